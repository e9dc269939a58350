"""Offers of a page for each field, worked out as far as somebody looks: most never look beyond the first."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

_MOST = 100  # alternatives of one field that are looked at


class Remembered[Item]:
    """An iterator's items, kept as far as somebody looked, so that it is gone through once."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._coming = iter(items)
        self._kept: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        place = 0
        while place < len(self._kept) or self._take():
            yield self._kept[place]
            place += 1

    def _take(self) -> bool:
        taken = list(islice(self._coming, 1))
        self._kept += taken
        return bool(taken)


class Offers(Mapping[str, list[tuple[Any, str]]]):
    """The alternatives ``(value, origin)`` of each field, the likeliest first, each value once and none empty."""

    def __init__(self, fields: Mapping[str, Iterable[tuple[Any, str]]]) -> None:
        self._fields = {name: Remembered(_each_once(offered)) for name, offered in fields.items()}

    def first(self, name: str) -> Any:
        """Return the likeliest value of a field, None where there is none; looks no further."""
        return next((value for value, _ in self._fields[name]), None)

    def __getitem__(self, name: str) -> list[tuple[Any, str]]:
        return list(self._fields[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _each_once(offered: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    seen: list[Any] = []
    for value, origin in islice(offered, _MOST):
        if value and value not in seen:
            seen.append(value)
            yield value, origin
