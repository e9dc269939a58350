"""The pictures of the measures, from what was read to shapes."""

from collections.abc import Sequence
from datetime import timedelta

from curation.admin import badges
from curation.measures.forecast import Forecast
from curation.measures.reading import Coverage, Stay, Week
from curation.measures.standing import AGES, Load, Waiting
from curation.models import MeasureFact

from . import spoken
from .svg import Drawing, scale
from .tables import percent

Kind = MeasureFact.Kind
AGE_NAMES = ("today", "1–2 d", "3–4 d", "5–7 d", "over 7 d")
_TOP = 14


def look_of(state: str) -> str:
    """Return the class that colours a state."""
    return f"is-{badges.LOOKS[state][0]}" if state in badges.LOOKS else "is-scheduled"


def _across(drawing, marks, left, bottom, height):
    """Draw the marks of an axis that stands at the left; return how high one unit is."""
    unit = (height - _TOP) / marks[-1]
    for mark in marks:
        y = bottom - mark * unit
        drawing.line(left, y, drawing.width, y, "m-grid")
        drawing.text(left - 10, y + 4, f"{mark:,}", anchor="end")
    return unit


def throughput(weeks: Sequence[Week], hours: int, told: str):
    """Draw briefs out as bars, briefs sent to review as marks, week by week; on this week's those that have an hour."""
    drawing = Drawing("throughput", 860, 190, "Throughput per week", told)
    left, bottom = 92, 182
    published = [week.counts[Kind.PUBLISHED] for week in weeks]
    sent = [week.counts[Kind.SUBMITTED] for week in weeks]
    unit = _across(drawing, scale(max(*published, *sent, published[-1] + hours)), left, bottom, bottom)
    room = (drawing.width - left) / len(weeks)
    for place, (out, came) in enumerate(zip(published, sent, strict=True)):
        x, wide = left + place * room + room * 0.24, room * 0.52
        drawing.rect(x, bottom - out * unit, wide, out * unit, "m-bar")
        if place == len(weeks) - 1 and hours:
            drawing.rect(x, bottom - (out + hours) * unit, wide, hours * unit, "m-plan")
        drawing.line(x - room * 0.06, bottom - came * unit, x + wide + room * 0.06, bottom - came * unit, "m-tick")
        if room > _ROOMY and out * unit > 16:
            drawing.text(x + wide / 2, bottom - 6, f"{out:,}", "on-bar", "middle")
    return drawing.html


_ROOMY = 30  # units that a number takes


def forecast(found: Forecast, told: str):
    """Draw how many wait, in half of the runs as a line and in eight of ten as a fan around it."""
    drawing = Drawing("forecast", 410, 190, "When the queue is clear", told)
    left, bottom, right = 46, 164, 394
    unit = _across(drawing, scale(max(point.high for point in found.points), 2), left, bottom, bottom)
    room = (right - left) / max(1, len(found.points) - 1)
    xs = [left + place * room for place in range(len(found.points))]
    low = [(x, bottom - point.low * unit) for x, point in zip(xs, found.points, strict=True)]
    high = [(x, bottom - point.high * unit) for x, point in zip(xs, found.points, strict=True)]
    half = [(x, bottom - point.half * unit) for x, point in zip(xs, found.points, strict=True)]
    drawing.path([*high, *reversed(low)], "m-fan", is_closed=True)
    drawing.path(half, "m-line")
    clear = next((place for place, point in enumerate(found.points) if point.half == 0), None)
    if clear:
        drawing.dot(*half[clear], 5)
    every = -(-len(found.points) // 5)
    for place in range(0, len(found.points), every):
        anchor = "start" if place == 0 else "end" if place == len(found.points) - 1 else "middle"
        drawing.text(xs[place], 184, spoken.short_day(found.points[place].day), anchor=anchor)
    return drawing.html


def stays(found: Sequence[tuple[str, str, Stay | None, timedelta | None]], told: str):
    """Draw times in states: a bar to the median, a thin one to nine of ten, a mark where it is too long."""
    drawing = Drawing("states", 640, 30 + 33 * len(found), "Time in each state", told)
    left, bottom = 140, 8 + 33 * len(found)
    longest = max((stay.most for _, _, stay, _ in found if stay), default=timedelta(days=7)) * 1.02
    nearest = min((goal for *_, goal in found if goal), default=longest)
    longest = max(longest, nearest if nearest < 3 * longest else longest)
    marks, unit_name, span = _time_axis(longest)
    unit = (drawing.width - left - 24) / marks[-1]
    for mark in marks:
        drawing.line(left + mark * unit, 4, left + mark * unit, bottom, "m-grid")
        drawing.text(left + mark * unit, bottom + 16, f"{mark} {unit_name}" if mark else "0", anchor="middle")
    for row, (state, name, stay, goal) in enumerate(found):
        y = 14 + row * 33
        drawing.text(left - 12, y + 12, name, "ct-b", "end")
        if stay:
            half, most = (left + time / span * unit for time in (stay.half, stay.most))
            drawing.rect(left, y + 5, most - left, 4, f"m-most {look_of(state)}")
            drawing.line(most, y, most, y + 14, f"m-end {look_of(state)}")
            drawing.rect(left, y, max(2.0, half - left), 14, f"m-half {look_of(state)}")
        if goal and goal <= longest:
            x = left + goal / span * unit
            drawing.line(x, y - 5, x, y + 19, "m-goal")
    return drawing.html


def _time_axis(longest):
    """Return the marks of an axis of time, what its unit is called, and the unit."""
    for name, span in (("min", timedelta(minutes=1)), ("h", timedelta(hours=1)), ("d", timedelta(days=1))):
        if longest / span <= _MOST_OF[name]:
            break
    return scale(longest / span, 5), name, span


_MOST_OF = {"min": 120, "h": 48, "d": float("inf")}


def ageing(found: Sequence[Waiting], told: str):
    """Draw open briefs by the time in their state, one upon the other by state."""
    drawing = Drawing("ageing", 640, 200, "Ageing", told)
    left, bottom = 46, 174
    sums = [sum(one.ages[place] for one in found) for place in range(len(AGES))]
    unit = _across(drawing, scale(max(sums), 2), left, bottom, bottom - 10)
    room = (drawing.width - left) / len(AGES)
    for place, name in enumerate(AGE_NAMES):
        x, y = left + place * room + room * 0.2, float(bottom)
        for one in found:
            high = one.ages[place] * unit
            y -= high
            drawing.rect(x, y, room * 0.6, high, f"m-soft {look_of(one.state)}")
            if high > 13:
                drawing.text(x + room * 0.3, y + high / 2 + 4, _short_of(one, place), "on-soft", "middle")
        drawing.text(x + room * 0.3, y - 6, f"{sums[place]:,}", "ct-b", "middle")
        drawing.text(x + room * 0.3, bottom + 18, name, anchor="middle")
    return drawing.html


_WORDS = {"draft": "draft", "in_review": "in review", "changes_requested": "changes", "approved": "approved"}


def _short_of(one, place):
    return f"{one.ages[place]:,} {_WORDS[one.state]}"


def coverage(found: Sequence[Coverage], told: str):
    """Draw how often each topic was told."""
    drawing = Drawing("coverage", 760, 8 + 25 * len(found), "Coverage per topic", told)
    left, most = 250, max(1, *(one.count for one in found))
    unit = (drawing.width - left - 110) / most
    for row, one in enumerate(found):
        y = 6 + row * 25
        drawing.text(left - 12, y + 12, _cut(one.topic.label), "ct-b" if one.count else "ct-need", "end")
        drawing.rect(left, y, one.count * unit, 15, "m-bar")
        words = f"{one.count:,}" if one.count else "not told"
        drawing.text(left + one.count * unit + 8, y + 12, words, "" if one.count else "ct-need")
    return drawing.html


def _cut(words, most=32):
    return words if len(words) <= most else f"{words[: most - 1]}…"


def at_once(weeks: Sequence[Week], told: str):
    """Draw the share that was approved at the first decision, as a line over the weeks in which any was decided."""
    drawing = Drawing("first", 540, 150, "Approved first time", told)
    left, bottom, right = 54, 136, 488
    for mark in (0, 50, 100):
        y = bottom - mark * 1.2
        drawing.line(left, y, drawing.width, y, "m-grid")
        drawing.text(left - 8, y + 4, f"{mark} %", anchor="end")
    room = (right - left - 12) / max(1, len(weeks) - 1)
    points = [
        (left + 12 + place * room, bottom - week.at_once / week.decided * 120.0)
        for place, week in enumerate(weeks)
        if week.decided
    ]
    drawing.path(points, "m-line")
    for x, y in points[:-1]:
        drawing.dot(x, y, 3 if room > _CLOSE else 2)
    drawing.dot(*points[-1], 5)
    last = next(week for week in reversed(weeks) if week.decided)
    drawing.text(points[-1][0] + 9, points[-1][1] + 4, percent(last.at_once, last.decided).shown, "ct-b")
    return drawing.html


_CLOSE = 12


def loads(found: Sequence[tuple[str, Load]], told: str):
    """Draw what people carry: their own by state, and dashed what waits for their decision."""
    drawing = Drawing("load", 540, 6 + 29 * len(found), "Load per person", told)
    left = 130
    unit = (drawing.width - left - 8) / max(1, *(load.count for _, load in found))
    for row, (name, load) in enumerate(found):
        x, y = float(left), 5 + row * 29
        drawing.text(0, y + 13, _cut(name, 18), "ct-b")
        for state in _WORDS:
            wide = load.own[state] * unit
            drawing.rect(x, y, wide, 18, f"m-soft {look_of(state)}")
            _inside(drawing, x, y, wide, load.own[state], _WORDS[state])
            x += wide
        drawing.rect(x + 2, y + 1, load.to_decide * unit - 2, 16, "m-plan")
        _inside(drawing, x, y, load.to_decide * unit, load.to_decide, "to decide")
    return drawing.html


def _inside(drawing, x, y, wide, count, words):
    """Write a number into a piece of a bar, with its word where there is room."""
    said = next((one for one in (f"{count:,} {words}", f"{count:,}") if len(one) * 6.6 + 6 < wide), None)
    if said:
        drawing.text(x + wide / 2, y + 13.5, said, "on-soft", "middle")


def looks(right: int, wrong: int, told: str):
    """Draw how many second looks found it right, and how many did not."""
    drawing = Drawing("looks", 540, 40, "What second looks find", told)
    unit = drawing.width / max(1, right + wrong)
    drawing.rect(0, 8, right * unit, 22, "m-bar")
    drawing.rect(right * unit + 2, 8, wrong * unit - 2, 22, "m-wrong")
    if right * unit > 70:
        drawing.text(10, 24, f"{right:,} right", "on-bar")
    if wrong * unit > 70:
        drawing.text(right * unit + 12, 24, f"{wrong:,} wrong", "on-bar")
    return drawing.html
