"""Answers kept for a while, bounded by the bytes they take: what was long is as dear as many that were short."""

import sys
from collections.abc import Callable
from functools import update_wrapper
from hashlib import blake2b
from threading import Lock

ENTRY = 300  # bytes that keeping anything takes beside the text


def kept(*, kilobytes: int, by_digest: bool = False) -> Callable:
    """Keep what a function of texts gives, the newest first to stay, within so many kilobytes in each process.

    What alone would take an eighth of them is not kept. For pure functions of strings that give strings or numbers, or
    sets and tuples of them, or nothing (None). About a microsecond where the answer is there; ``by_digest`` knows long
    texts by 16 bytes, which takes a microsecond for each thousand characters.
    """
    return lambda function: Kept(function, kilobytes * 1024, _digests if by_digest else tuple)


def _digests(texts):
    return tuple(blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest() for text in texts)


class Kept:
    """A function that keeps its answers: ``bound`` bytes at most, of which it holds ``held``."""

    def __init__(self, function, bound: int, key: Callable = tuple):
        update_wrapper(self, function)
        self.bound, self.held, self._key = bound, 0, key
        self._function, self._answers, self._lock = function, {}, Lock()

    def __call__(self, *given):
        key = self._key(given)
        found = self._answers.get(key)
        if found is None:
            found = (self._function(*given), 0)
            self._keep(key, found[0])
        return found[0]

    def forget(self) -> None:
        """Begin anew, as a new process does."""
        with self._lock:
            self._answers.clear()
            self.held = 0

    def _keep(self, key, answer):
        weight = _weight(key) + _weight(answer)
        with self._lock:
            if weight > self.bound // 8 or key in self._answers:
                return
            self._answers[key] = (answer, weight)
            self.held += weight
            while self.held > self.bound:
                self.held -= self._answers.pop(next(iter(self._answers)))[1]


def _weight(thing) -> int:
    """Return the bytes that a text or a collection of texts takes, roughly."""
    if isinstance(thing, tuple | list | set | frozenset):
        return ENTRY + sys.getsizeof(thing) + sum(map(sys.getsizeof, thing))
    return sys.getsizeof(thing)
