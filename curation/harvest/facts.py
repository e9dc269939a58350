"""Facts that a page tells beside its words, for the desk: when, by whom, in what language, and of its pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language_info

from curation.models import Harvest
from curation.text import dates


@dataclass(frozen=True, slots=True)
class Told:
    """A moment that a page tells: an instant, or noon of a day where it tells no time or no zone."""

    at: datetime
    is_day: bool
    origin: str

    @property
    def words(self) -> str:
        """The day, and the time on the newsroom's clock where the page tells it."""
        return dates.day(self.at) if self.is_day else f"{dates.day(dates.local(self.at))}, {dates.local(self.at):%H:%M}"


@dataclass(frozen=True, slots=True)
class OfPicture:
    """Words of a page on one picture; ``shown`` are ways to say what it shows, each with where that stands."""

    shown: list[tuple[str, str]]
    credit: str


def published(harvest: Harvest) -> list[Told]:
    """Return when the page was published, the likeliest first, each day or instant once."""
    return _moments(harvest.found.get("published", ()))


def changed(harvest: Harvest) -> Told | None:
    """Return when the page was changed last, None where it does not tell."""
    return next(iter(_moments(harvest.found.get("modified", ()))), None)


def writers(harvest: Harvest) -> list[tuple[str, str]]:
    """Return the names of those who wrote the page, each with where it stands."""
    return [(name, origin) for name, origin in harvest.found.get("writers", ())]


def publisher(harvest: Harvest) -> str:
    """Return who publishes the page, as it writes the name."""
    return _first(harvest, "publisher")


def language(harvest: Harvest) -> str:
    """Return the page's language in words, as “German”; the tag itself where it has no name here."""
    tag = _first(harvest, "language")
    try:
        return get_language_info(tag.lower())["name"] if tag else ""
    except KeyError:
        return tag


def pages(harvest: Harvest) -> str:
    """Return how many pages a PDF has; empty for anything else."""
    return _first(harvest, "pages")


def of_picture(harvest: Harvest, address: str) -> OfPicture:
    """Return what the page says of the picture at an address."""
    credits = _of(harvest, "credit", address)
    return OfPicture(
        [*_of(harvest, "alt", address), *_of(harvest, "caption", address)], credits[0][0] if credits else ""
    )


def _of(harvest, kind: str, address: str) -> list[tuple[str, str]]:
    return [(words, kind) for words, of in harvest.found.get(kind, ()) if of == address]


def _first(harvest, name: str) -> str:
    return next((value for value, _ in harvest.found.get(name, ())), "")


def _moments(values) -> list[Told]:
    found: dict[tuple, Told] = {}
    for told in _parsed(values):
        found.setdefault((told.at, told.is_day), told)
    return list(found.values())


def _parsed(values) -> Iterator[Told]:
    for value, origin in values:
        moment = datetime.fromisoformat(value)
        if len(value) > len("2023-01-13") and moment.tzinfo is not None:
            yield Told(moment, False, origin)
        else:  # a clock without a zone tells the day alone
            yield Told(dates.noon(date(moment.year, moment.month, moment.day)), True, origin)
