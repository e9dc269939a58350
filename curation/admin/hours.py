"""Inputs for an hour: on the clock of whoever types it, with the hours that are often chosen, and which of two."""

from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from curation.admin import badges
from curation.text import dates, hours

#: The code of the refusal of an hour that comes twice: then the input asks which one is meant.
TWICE = "twice"
_SHOWN = "%Y-%m-%dT%H:%M"


NEWSROOM = "newsroom"  # the value of ``clock`` in what is asked and sent


def keep_clock(sent) -> bool:
    """Tell and read every hour of this request on the newsroom's clock, where it asks so (``clock``); return whether.

    The calendar's days are the newsroom's, whoever looks: an hour that is set on one of them is read as they are.
    """
    asks = is_on_another_clock(sent)
    if asks:
        timezone.activate(dates.zone(settings.TIME_ZONE))
    return asks


def is_on_another_clock(sent) -> bool:
    """Return whether hours of what was sent are the newsroom's instead of those on the clock of whoever sent it."""
    return sent.get("clock") == NEWSROOM


class HourInput(forms.DateTimeInput):
    """An input of an hour. Of an hour that the clock shows twice it asks which one is meant (``NAME-turn``)."""

    def __init__(self, is_quick=False):
        super().__init__(attrs={"type": "datetime-local"}, format=_SHOWN)
        self.is_quick = is_quick

    def value_from_datadict(self, data, files, name):
        """Return what was typed, with the turn behind it where one was chosen."""
        typed, turn = data.get(name) or "", data.get(f"{name}-turn") or ""
        return f"{typed}/{turn}" if typed and turn else typed

    def render(self, name, value, attrs=None, renderer=None):
        shown, turn = _read(value)
        zone = timezone.get_current_timezone()
        attrs = self.build_attrs(self.attrs, attrs)
        given = {
            "input": super().render(name, shown.strftime(_SHOWN) if shown else value, attrs, renderer),
            "name": name,
            "id": attrs.get("id"),
            "turn": turn,
            "turns": hours.turns(shown, zone) if shown and hours.is_twice(shown, zone) else _TURNS,
            "is_twice": bool(shown and hours.is_twice(shown, zone)),
            "quick": [_quick(at, zone) for at in hours.choices(timezone.now(), zone)] if self.is_quick else [],
        }
        return render_to_string("admin/widgets/hour.html", given)


_LAST_YEAR = 9999
_TURNS = [(hours.FIRST, "before the clocks go back"), (hours.SECOND, "after it")]  # where it is not known which


def _quick(at, zone):
    """Return an hour to choose: as the input holds it, and in words."""
    shown = at.astimezone(zone)
    return {"shown": shown.strftime(_SHOWN), "words": f"{shown:%A %H:%M}", "ahead": badges.ahead(at - timezone.now())}


def _read(value):
    """Return what an input holds as a clock shows it, without a zone, and which of two; None for what is no hour."""
    if isinstance(value, datetime):
        return value.replace(fold=0), hours.SECOND if value.fold else hours.FIRST
    typed, _, turn = str(value or "").partition("/")
    try:
        shown = parse_datetime(typed.strip())
    except ValueError:
        shown = None
    if shown is None or not 1 < shown.year < _LAST_YEAR:  # beside the ends of the calendar no zone can be reckoned
        return None, turn
    return shown.replace(tzinfo=None), turn


class Hour(forms.DateTimeField):
    """An hour on the clock of whoever types it."""

    default_error_messages = {"invalid": "Give a day and an hour, such as 2027-01-31 08:00."}

    def __init__(self, label, help_text="", is_quick=False):
        super().__init__(label=label, help_text=help_text, required=False, widget=HourInput(is_quick))

    def to_python(self, value):
        """Return the instant that is meant; an hour that there is not, or twice, is refused in words."""
        if value in self.empty_values:
            return None
        shown, turn = _read(value)
        if shown is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        try:
            return hours.instant_of(shown, timezone.get_current_timezone(), turn).astimezone(UTC)
        except hours.HourError as fault:
            code = TWICE if isinstance(fault, hours.HourTwiceError) else "hour"
            raise forms.ValidationError(str(fault), code) from fault
