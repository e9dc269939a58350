"""Python's search for garbage in circles, which by itself costs an import a tenth of its time."""

import gc
from contextlib import contextmanager

_OBJECTS = 50_000  # made and not yet gone, before circles are looked for; Python's own 2,000 is a few documents


@contextmanager
def sought_rarely():
    """Look for circles rarely, and never among what was there before."""
    before = gc.get_threshold()
    seek_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def seek_rarely() -> None:
    """The same for the rest of this process's life."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)
