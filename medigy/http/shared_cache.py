"""The cache that many processes share, as something pages can do without: while it is away, nothing is kept."""

import logging
import threading
import time
from functools import wraps

import redis
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.5  # seconds that a page may wait for the cache
PAUSE = 5  # seconds in which a cache that failed is not asked again
SAID_EVERY = 60  # seconds between two lines that say it is away

logger = logging.getLogger(__name__)


class Outage:
    """A cache's failure as a process knows it: until when it is left alone, and when that was last said."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.until, self.said = 0.0, None
        self.lock = threading.Lock()

    def is_on(self) -> bool:
        """Return whether the cache failed a moment ago and is not asked."""
        return self.clock() < self.until

    def begins(self, why) -> None:
        """Leave the cache alone for a while; say so once a minute."""
        with self.lock:
            now = self.clock()
            self.until = now + PAUSE
            if self.said is None or now - self.said >= SAID_EVERY:
                self.said = now
                logger.warning("The cache does not answer (%s): pages do without", type(why).__name__)

    def ends(self) -> None:
        """End it, as the cache has answered; say so if it was said to be away."""
        if self.said is not None:
            with self.lock:
                self.until, self.said = 0.0, None
                logger.warning("The cache answers again")


def _or_else(nothing):
    """Make a method of the cache return ``nothing`` (made anew by calling it) where the server does not answer."""

    def wrapped(method):
        @wraps(method)
        def tried(self, *args, **given):
            if self.outage.is_on():
                return nothing(*args, **given)
            try:
                found = method(self, *args, **given)
            except (redis.RedisError, OSError) as failed:
                self.outage.begins(failed)
                return nothing(*args, **given)
            self.outage.ends()
            return found

        return tried

    return wrapped


def _default(key, default=None, version=None):
    return default


def _sent(data, *args, **given):
    return list(data)


class DispensableCache(RedisCache):
    """Redis, or what speaks its protocol. Away, slow or full, it holds nothing and takes nothing, and nobody fails.

    ``add`` gives False then: nobody does what only the first may do. After a failure it is left alone for five
    seconds, so that a server that hangs costs a process half a second in that time and not each page.
    """

    outages = {}  # by server: Django makes a cache for each thread

    def __init__(self, server, params):
        held = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 1)}
        super().__init__(server, params | {"OPTIONS": held | params.get("OPTIONS", {})})
        self.outage = self.outages.setdefault(str(server), Outage())

    def is_there(self) -> bool:
        """Return whether the server answered last; asks it, unless it failed in the last seconds. One round trip."""
        self.get("is-there")
        return self.outage.said is None

    get = _or_else(_default)(RedisCache.get)
    get_many = _or_else(lambda *args, **given: {})(RedisCache.get_many)
    has_key = _or_else(lambda *args, **given: False)(RedisCache.has_key)
    add = _or_else(lambda *args, **given: False)(RedisCache.add)
    set = _or_else(lambda *args, **given: None)(RedisCache.set)
    set_many = _or_else(_sent)(RedisCache.set_many)
    touch = _or_else(lambda *args, **given: False)(RedisCache.touch)
    delete = _or_else(lambda *args, **given: False)(RedisCache.delete)
    delete_many = _or_else(lambda *args, **given: None)(RedisCache.delete_many)
    clear = _or_else(lambda *args, **given: False)(RedisCache.clear)
    incr = _or_else(lambda key, delta=1, version=None: delta)(RedisCache.incr)
