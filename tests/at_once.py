"""Several people at the same instant, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(*actions, refusal: type[Exception]):
    """What each of these actions gives, all begun at once; a refusal is given in its words."""
    barrier = Barrier(len(actions))

    def go(action):
        barrier.wait()
        try:
            return action()
        except refusal as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [one.result() for one in [pool.submit(go, action) for action in actions]]
