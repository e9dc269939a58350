"""Hours on a clock that is put forward and back: which instant is meant, what never comes, what comes twice. Pure."""

from datetime import UTC, datetime, time, timedelta, tzinfo

FIRST, SECOND = "first", "second"
_MORNING, _EVENING = time(8), time(17)
_SOON = timedelta(minutes=30)  # an hour to choose is at least so far ahead


class HourError(ValueError):
    """An hour that a clock does not show, or shows twice; ``str()`` says what to choose instead."""


class HourTwiceError(HourError):
    """An hour that a clock shows twice, of which nobody said which one is meant."""


def is_skipped(shown: datetime, zone: tzinfo) -> bool:
    """Return whether a clock never shows this (without a zone): it was put forward then."""
    return _shown(_first(shown, zone), zone) != shown


def is_twice(shown: datetime, zone: tzinfo) -> bool:
    """Return whether a clock shows this (without a zone) twice: it was put back then."""
    return not is_skipped(shown, zone) and len({one.utcoffset() for one in _both(shown, zone)}) > 1


def instant_of(shown: datetime, zone: tzinfo, turn: str = "") -> datetime:
    """Return the instant at which a clock of ``zone`` shows this; ``turn`` says which of two. Raises HourError."""
    if is_skipped(shown, zone):
        after, before = (_shown(one, zone) for one in _both(shown, zone))
        raise HourError(
            f"There is no {shown:%H:%M} on {_day(shown)}: the clocks go forward in that night ({zone}). "
            f"Choose {before:%H:%M} or {after:%H:%M}."
        )
    if is_twice(shown, zone) and turn not in (FIRST, SECOND):
        names = " or ".join(f"the {turn} one, {words}" for turn, words in turns(shown, zone))
        words = f"{shown:%H:%M} comes twice on {_day(shown)}: the clocks go back in that night ({zone})."
        raise HourTwiceError(f"{words} Say which: {names}.")
    return shown.replace(tzinfo=zone, fold=int(turn == SECOND and is_twice(shown, zone)))


def turns(shown: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    """Return which of two there are of an hour that comes twice, each in words: “CEST, UTC+02:00”."""
    return [(turn, f"{one:%Z}, UTC{one:%:z}") for turn, one in zip((FIRST, SECOND), _both(shown, zone), strict=True)]


def choices(now: datetime, zone: tzinfo) -> list[datetime]:
    """Return hours that are often chosen, in their order: this evening, tomorrow morning, Saturday's, Monday's."""
    today = now.astimezone(zone).date()
    days = [
        today + timedelta(days=1),
        *(today + timedelta(days=(wanted - today.weekday()) % 7 or 7) for wanted in (5, 0)),
    ]
    shown = [datetime.combine(today, _EVENING), *(datetime.combine(day, _MORNING) for day in days)]
    found = {instant_of(one, zone, FIRST) for one in shown if not is_skipped(one, zone)}
    return sorted(one for one in found if one - now > _SOON)


def _both(shown, zone):
    return [shown.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]


def _first(shown, zone):
    return shown.replace(tzinfo=zone, fold=0)


def _shown(instant, zone):
    return instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)


def _day(shown):
    return f"{shown.day} {shown:%B %Y}"
