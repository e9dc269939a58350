"""Addresses of the desk's pages, each looked up once: pages show the same few in row after row."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

_HOLE = 9_100_000_000  # a number that stands in an address for an id


def address(name: str, *args: int | str) -> str:
    """Return the address of a page of the desk by its name; ``args`` are ids, and words such as the name of a step.

    Raises NoReverseMatch where there is none.
    """
    holes = tuple(_HOLE + place if isinstance(arg, int) else arg for place, arg in enumerate(args))
    found = _pattern(get_script_prefix(), name, holes)
    for hole, arg in zip(holes, args, strict=True):
        if hole is not arg:
            found = found.replace(str(hole), str(arg), 1)
    return found


@lru_cache(512)
def _pattern(prefix, name, args):
    return reverse(f"admin:{name}", args=args)
