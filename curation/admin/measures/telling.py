"""The sections of the page: of each measure its sentence, its picture and its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from curation.measures import facts, forecast, reading, standing
from curation.measures.spans import Span
from curation.models import MeasureFact, State
from curation.risk import audits
from curation.text import dates
from curation.workflow import deadlines
from curation.workflow.people.accounts import named

from . import charts, spoken
from .tables import Cell, Links, Table, number, percent

Kind = MeasureFact.Kind


@dataclass
class Section:
    """A measure on the page: its name, what it says in bold and behind that, its picture, table and key."""

    name: str
    title: str
    said: str
    more: str = ""
    chart: str = ""
    table: Table | None = None
    key: tuple = ()
    link: tuple[str, str] = ("", "")
    wide: int = 6


@dataclass
class Measured:
    """All that a page of measures is made of, each read once and when it is first asked for."""

    span: Span
    now: datetime
    links: Links
    person: object
    taxonomy: str = ""

    @cached_property
    def weeks(self) -> list[reading.Week]:
        """The weeks of the span."""
        return reading.weeks_of(self.span)

    @cached_property
    def stays(self) -> dict[str, reading.Stay]:
        """Times in states."""
        return reading.stays_of(self.span)

    @cached_property
    def open(self) -> standing.Standing:
        """All that is open now, by state and by owner."""
        return standing.standing_at(self.now)

    @property
    def waiting(self) -> dict[str, standing.Waiting]:
        """Briefs that are open now, by state."""
        return self.open.waiting

    @cached_property
    def hours(self) -> tuple[int, int]:
        """Numbers of briefs with an hour to go out for the first time: in what is left of this week, and at all."""
        return standing.with_an_hour(self.now, self.span.last)

    @cached_property
    def coverage(self) -> tuple[list[reading.Coverage], int]:
        """Topics with how often they were told, and how many were."""
        return reading.coverage_of(self.span, self.taxonomy)

    @cached_property
    def played(self) -> reading.Played:
        """The weeks that a forecast plays again."""
        return reading.played_weeks(self.span.today)

    @cached_property
    def forecast(self) -> forecast.Forecast | None:
        """The forecast of when the queue is clear; None where there is too little to tell."""
        weeks, today = self.played.weeks, self.span.today
        if not forecast.is_enough(weeks):
            return None
        return forecast.forecast(self.waiting[State.IN_REVIEW].count, weeks, today, today.toordinal())

    @cached_property
    def audits(self) -> audits.Tally:
        """The findings of second looks in the span."""
        return audits.found_since(dates.midnight(self.span.first))

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to measure: nothing happened in the span, and nothing is open."""
        has_counts = any(week.counts or week.first for week in self.weeks)
        return not (has_counts or self.stays or self.coverage[0] or any(one.count for one in self.waiting.values()))

    def counted(self, kind: str, *before, after: Sequence = (), is_own: bool = False) -> str:
        """Return the address of what was counted in the whole span."""
        return self.links.counted(kind, *before, self.span.first, self.span.last, *after, is_own=is_own)


_OUT = (
    (Kind.PUBLISHED, "Published"),
    (Kind.SUBMITTED, "Submitted"),
    (Kind.RETURNED, "Returned"),
    (Kind.APPROVED, "Approved"),
)
_ABREAST = 12  # weeks whose columns stand under the bars


def throughput(page: Measured) -> Section:
    """Tell how many went out, were sent to review, returned and approved, week by week."""
    whole = [week.counts[Kind.PUBLISHED] for week in page.weeks[:-1]]
    said = f"{spoken.mean_of(whole)} a week went out." if any(whole) else "Nothing went out before this week."
    now = page.weeks[-1].counts[Kind.PUBLISHED]
    hours = page.hours[0]
    more = f"This week, which is not over, {now:,}" + (f", and {hours:,} more have an hour." if hours else ".")
    told = f"{said} Between {min(whole):,} and {max(whole):,}. {more}"
    chart = charts.throughput(page.weeks, hours, told)
    key = (("m-k-bar", "published"), ("m-k-plan", "has an hour"), ("m-k-tick", "submitted"))
    return Section("throughput", "Throughput per week", said, more, chart, _weekly(page), key, wide=8)


def _weekly(page):
    """Return the table of weeks: as columns under the bars, many of them as rows, the newest first."""
    weeks = [(spoken.short_day(week.monday), [_done_in(page, week, kind) for kind, _ in _OUT]) for week in page.weeks]
    if len(weeks) > _ABREAST:
        table = Table("throughput", ["Week from", *(name for _, name in _OUT)], look="tall")
        table.rows = [(Cell(day), cells) for day, cells in reversed(weeks)]
        return table
    table = Table("throughput", ["Week from", *(day for day, _ in weeks)], look="weeks")
    for place, (_, name) in enumerate(_OUT):
        table.rows.append((Cell(name, look="" if place else "is-main"), [cells[place] for _, cells in weeks]))
    return table


def _done_in(page, week, kind):
    ends = (week.monday, week.monday + timedelta(days=6))
    return number(week.counts[kind], page.links.counted(kind, *ends))


def clear(page: Measured) -> Section:
    """Tell when the queue is clear."""
    section = Section("forecast", "When the queue is clear", *_clear_in_words(page), wide=4)
    waiting, found = page.waiting[State.IN_REVIEW].count, page.forecast
    if found is None or not waiting:
        return section
    section.chart = charts.forecast(found, f"{section.said} {section.more}")
    shown = found.points[:: -(-len(found.points) // _COLUMNS)]
    section.table = Table("forecast", ["Waiting on", *(spoken.short_day(point.day) for point in shown)], look="full")
    for name, at, look in _RUNS:
        cells = [number(getattr(point, at)) for point in shown]
        cells[0] = number(waiting, page.links.counted("open", State.IN_REVIEW))
        section.table.rows.append((Cell(name, look=look), cells))
    return section


_COLUMNS = 5
_RUNS = (("Half the runs", "half", "is-main"), ("9 in 10, at most", "high", ""), ("9 in 10, at least", "low", ""))


def _clear_in_words(page):
    """Return the sentence of the forecast, in two parts."""
    waiting, found, weeks = page.waiting[State.IN_REVIEW].count, page.forecast, reading.PLAYED
    if found is None:
        fewest = f"{forecast.FEWEST_WEEKS} of the last {weeks} weeks, with {forecast.FEWEST_LEFT} decisions"
        return "Too few to tell.", f"A forecast needs {fewest}. {waiting:,} wait now."
    if not waiting:
        return "The queue is clear.", "Nothing waits for a decision."
    left, came = page.played.left / weeks, page.played.came / weeks
    pace = f"{left:,.1f} a week left review and {came:,.1f} came, in the last {weeks}."
    if found.half is None:
        return "Not in sight.", f"{waiting:,} wait. {pace}"
    sure = f"{spoken.long_day(found.sure)} to be nearly sure" if found.sure else "one run in ten takes over half a year"
    return f"{spoken.long_day(found.half)},", f"{sure}: then what waits now is decided, {waiting:,}. {pace}"


def times(page: Measured) -> Section:
    """Tell the times in each state, with what is there now and late."""
    states = [(str(state), charts_name(state)) for state in standing.STATES] + [(facts.SCHEDULED, "Scheduled")]
    goals = {
        state: deadlines.DEADLINES[State(state)].too_long for state, _ in states if state in set(deadlines.DEADLINES)
    }
    table = Table("times", ["State", "Median", "9 in 10 within", "Too long after", "Left it", "There now", "Late"])
    for state, name in states:
        table.rows.append(_row_of_state(page, state, name, goals.get(state)))
    review = page.stays.get(State.IN_REVIEW)
    said = (
        f"Review takes {spoken.span(review.half)} at the median," if review else "Nothing left review in these weeks."
    )
    more = f"nine in ten within {spoken.span(review.most)}. " if review else ""
    more += "Times are kept to within five per cent."
    shown = [(state, name, page.stays.get(state), goals.get(state)) for state, name in states]
    chart = charts.stays(shown, "; ".join(_told_of(name, stay) for _, name, stay, _ in shown))
    key = (("m-k-half", "median"), ("m-k-most", "9 in 10"), ("m-k-goal", "too long"))
    return Section("times", "Time in each state", said, more, chart, table, key)


def charts_name(state) -> str:
    """Return what a state is called where it is waited in."""
    return "Approved, no hour" if state == State.APPROVED else State(state).label


def _told_of(name, stay):
    return (
        f"{name}: median {spoken.span(stay.half)}, 9 in 10 within {spoken.span(stay.most)}"
        if stay
        else f"{name}: none left"
    )


def _row_of_state(page, state, name, goal):
    stay, waiting = page.stays.get(state), page.waiting.get(state)
    left = page.counted("left", state)
    if stay:
        longest = int(stay.most.total_seconds() // 60)
        late = "over" if goal and stay.most > goal else ""
        cells = [
            Cell(spoken.span(stay.half), left, "", _hours(stay.half)),
            Cell(spoken.span(stay.most), page.counted("left", state, after=[longest]), late, _hours(stay.most)),
        ]
    else:
        cells = [Cell("–", look="faint"), Cell("–", look="faint")]
    cells.append(Cell(spoken.span(goal), "", "soft", _hours(goal)) if goal else Cell("none", "", "soft"))
    cells.append(number(stay.count if stay else 0, left))
    if waiting:
        cells += [number(waiting.count, page.links.counted("open", state))]
        cells += [number(waiting.late, page.links.counted("late", state), "late")]
    else:
        cells += [number(page.hours[1], page.links.counted("hour")), Cell("–", look="faint")]
    return Cell(name, look=charts.look_of(state)), cells


def _hours(span):
    """Return a time as it is taken along: in hours."""
    return round(span.total_seconds() / 3600, 2)


def ageing(page: Measured) -> Section:
    """Tell how long open briefs have been in their state."""
    found = list(page.waiting.values())
    open_now = sum(one.count for one in found)
    young = sum(one.ages[0] + one.ages[1] for one in found)
    table = Table("ageing", ["State", *charts.AGE_NAMES, "All"])
    for one in found:
        cells = [
            number(one.ages[place], page.links.counted("open", one.state, first, below))
            for place, (first, below) in enumerate(standing.AGES)
        ]
        cells.append(number(one.count, page.links.counted("open", one.state), "is-main"))
        table.rows.append((Cell(charts_name(one.state), look=charts.look_of(one.state)), cells))
    said = f"{young:,} of {open_now:,} moved within three days." if open_now else "Nothing is open."
    late = sum(one.late for one in found)
    more = f"{late:,} wait too long." if late else "None waits too long."
    told = "; ".join(f"{charts_name(one.state)} {one.count:,}" for one in found)
    chart = charts.ageing(found, f"{said} {more} {told}.") if open_now else ""
    return Section(
        "ageing", "Ageing", said, more, chart, table, link=("On the board", reverse("admin:curation_article_board"))
    )


def coverage(page: Measured) -> Section:
    """Tell how often topics were told."""
    found, count = page.coverage
    table = Table("coverage", ["Topic", "Briefs", "Share", "Last told"])
    for one in found:
        url = page.counted("told", one.topic.slug)
        days = (page.span.today - one.last).days if one.last else None
        last = (
            Cell("never", "", "faint", "")
            if days is None
            else Cell(
                spoken.days_ago(days), "", "over" if days >= settings.COVERAGE_GAP_DAYS else "", one.last.isoformat()
            )
        )
        table.rows.append((Cell(one.topic.name), [number(one.count, url), percent(one.count, _whole(one)), last]))
    quiet = quietest(page)
    said = f"{spoken.topics(count)} told in these weeks." if count else "No topic was told in these weeks."
    more = f"Nothing on {quiet.topic.label} for {(page.span.today - quiet.last).days} days." if quiet else ""
    told = f"{said} {more} " + ", ".join(f"{one.topic.label} {one.count:,}" for one in found)
    chart = charts.coverage(found, told) if found else ""
    return Section("coverage", "Coverage per topic", said, more, chart, table, wide=7)


def _whole(one):
    return round(one.count / one.share) if one.share else 0


def quietest(page: Measured) -> reading.Coverage | None:
    """Return the known topic that was told of longest ago, where that is a gap."""
    gap = timedelta(days=settings.COVERAGE_GAP_DAYS)
    gaps = [one for one in page.coverage[0] if one.last and page.span.today - one.last >= gap]
    return min(gaps, key=lambda one: one.last, default=None)


def at_once(page: Measured) -> Section:
    """Tell the share that is approved at the first decision."""
    table = Table("first", ["Weeks from"], look="full")
    size = _GROUPS[page.span.weeks]
    groups = [page.weeks[at : at + size] for at in range(0, len(page.weeks), size)]
    table.heads += [spoken.short_day(group[0].monday) for group in groups]
    sums = [(sum(w.decided for w in group), sum(w.at_once for w in group), _ends(group)) for group in groups]
    table.rows = [
        (Cell("Decided"), [number(all_, page.links.counted("round", *ends)) for all_, _, ends in sums]),
        (Cell("First time"), [number(first, page.links.counted("first", *ends)) for _, first, ends in sums]),
        (Cell("Share", look="is-main"), [percent(first, all_) for all_, first, _ in sums]),
    ]
    decided, first = sum(week.decided for week in page.weeks), sum(week.at_once for week in page.weeks)
    if not decided:
        return Section("first", "Approved first time", "Nothing was decided in these weeks.", table=table, wide=5)
    said = f"{percent(first, decided).shown} of {decided:,} briefs"
    more = "were approved at the first decision."
    chart = charts.at_once(page.weeks, f"{said} {more}")
    return Section("first", "Approved first time", said, more, chart, table, wide=5)


_GROUPS = {4: 1, 12: 4, 26: 4, 52: 13}  # weeks of a column, so that there are seven at most


def _ends(group):
    return group[0].monday, group[-1].monday + timedelta(days=6)


def load(page: Measured) -> Section:
    """Tell what people carry, and what came of it in the span."""
    made = reading.people_of(page.span)
    found = standing.loads(page.open.own, set(made))
    if not page.links.sees_all:
        found = [one for one in found if one.person == page.person]
    table = Table("load", ["Who", "Drafts", "In review", "Back", "To decide", "Out", "Decided"])
    for one in found[:_PEOPLE]:
        table.rows.append(_row_of_person(page, one, made))
    people = [one for one in found if one.person]
    said = f"{named(people[0].person)} carries most: {people[0].count:,}." if len(people) > 1 else ""
    nobody = next((one for one in found if one.person is None), None)
    more = f"{nobody.to_decide:,} in review have no reviewer." if nobody and nobody.to_decide else ""
    if not page.links.sees_all:
        said, more = "What is yours.", "What others carry, managers see."
    shown = [(named(one.person) if one.person else "Nobody", one) for one in found[:_PEOPLE] if one.count]
    told = "; ".join(f"{name}: {one.count:,}" for name, one in shown)
    chart = charts.loads(shown, told) if shown else ""
    return Section("load", "Load per person", said, more, chart, table, wide=5)


_PEOPLE = 12


def _row_of_person(page, one, made):
    own = one.person == page.person
    pk = one.person.pk if one.person else "nobody"
    who = "me" if own and not page.links.sees_all else pk
    cells = [
        number(one.own[state], page.links.asked(is_own=own, owner=who, state=state)) for state in standing.STATES[:3]
    ]
    reviewer = "me" if who == "me" else pk
    cells.append(number(one.to_decide, page.links.asked(is_own=own, reviewer=reviewer, state="in_review")))
    came = made.get(one.person.pk) if one.person else None
    for kind, code in ((facts.OUT, "published"), (facts.DECIDED, facts.DECIDED)):
        url = page.counted(code, after=[pk], is_own=own)
        cells.append(number(came[kind] if came else 0, url))
    return Cell(named(one.person) if one.person else "Nobody"), cells


def looks(page: Measured) -> Section:
    """Tell what second looks found."""
    found = page.audits
    table = Table("looks", ["Looked at again", "Right", "Something wrong", "Share wrong"])
    url = reverse("admin:curation_audits") if page.links.sees_all else ""
    right = found.looked_at - found.wrong
    table.rows = [
        (
            Cell(f"{found.looked_at:,}", url),
            [number(right, url), number(found.wrong, url, "late"), percent(found.wrong, found.looked_at)],
        )
    ]
    if not found.looked_at:
        said, chart = "Nobody looked again in these weeks.", ""
        more = f"One in {_one_in()} approvals from the first page is drawn by lot." if settings.AUDITED_SHARE else ""
    else:
        said = (
            f"{found.wrong:,} of {found.looked_at:,} were wrong."
            if found.wrong
            else f"All {found.looked_at:,} were right."
        )
        more, chart = "", charts.looks(right, found.wrong, said)
    return Section(
        "looks",
        "What second looks find",
        said,
        more,
        chart,
        table if found.looked_at else None,
        link=("Second looks", url),
        wide=5,
    )


def _one_in():
    return round(1 / settings.AUDITED_SHARE)


#: Sections of the page in their order, by the name of their table.
SECTIONS = {
    "throughput": throughput,
    "forecast": clear,
    "times": times,
    "ageing": ageing,
    "coverage": coverage,
    "first": at_once,
    "load": load,
    "looks": looks,
}
