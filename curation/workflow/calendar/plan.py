"""A brief's planned day, set by a step: what the newsroom means to do. It sends nothing out; only an hour does."""

from datetime import date, timedelta

from curation.text import dates

FARTHEST = timedelta(days=5 * 366)  # nobody plans further; a slip of the year would be seen nowhere


def set_plan(transition):
    """Set the day that it is planned for (``planned_on``, a date); None takes it off the plan."""
    today = dates.local(transition.at).date()
    for article in list(transition.articles):
        day, before = transition.detail(article, "planned_on"), article.planned_on
        if why := _fault(day, today):
            transition.refuse(article, why, "planned_on")
        else:
            transition.put(article, planned_on=day)
            transition.notes[article.pk] |= {"planned_on": _kept(day), "before": _kept(before)}


def _fault(day, today):
    """Return in words why nothing can be planned for a day, or nothing where it can."""
    if day and day < today:
        return f"{dates.day(day)} is over. Choose today or a later day."
    if day and day - today > FARTHEST:
        return f"{dates.day(day)} is too far ahead. Choose a day of the next five years."
    return ""


def _kept(day: date | None) -> str:
    return day.isoformat() if day else ""
