"""What says a state by a fill, a shadow or a colour alone says it in forced colours too, where these are taken away."""

import re

from django.conf import settings

SHEETS = {sheet.name: sheet.read_text() for sheet in sorted((settings.ROOT / "static/desk").glob("*.css"))}
TAKEN_AWAY = re.compile(
    r"background(-color)?|box-shadow|color|fill|((border|outline|text-decoration)(-[a-z]+)*-)color|opacity"
)
STATE = re.compile(
    r"aria-(current|selected|pressed|expanded|checked)|:checked|\.is-|\.selected|\.active|\.on\b|data-state"
)
FORCED = re.compile(r"@media \(forced-colors: active\) \{(.*?)\n\}", re.S)
#: States that words, a sign or their weight say beside the colour.
ALSO_SAID = {
    ".is-done h3": "its mark is a tick",
    ".typed-topic.is-there": "it says that it is there already",
    ".board .card.is-dragged": "the pointer carries it",
    ".ce.is-dragged": "the pointer carries it",
    ".sh.is-dragged": "the pointer carries it",
    ".gaps .is-worst": "it comes first, and says its days",
    ".ce-plan.is-missed .i": "its line is thicker",
    ".ce-end.is-over a > span": "it has a sign of its own",
    ".month td:is(.is-past, .is-end)": "it is before today, or a weekend's day",
    ".month td.is-bare": "it says that there is nothing yet",
    ".weekt tbody td.is-today": "its first row has the line",
    ".st.is-focus ins": "its sentence is framed",
    ".rv-match.is-changes": "it says so in words",
    ".paras:has(.is-used)": "what is used has a line beside it",
    ".paras .is-match .pn": "its paragraph is framed",
    ".ev-tally": "its words and its sign",
    ".is-source > .ev-said": "its words",
    ".is-missing > .ev-said": "its words",
    ".is-missing > blockquote": "its words",
    "ol.breadcrumbs [aria-current]": "it is the last, and no link",
    ".job.is-done p svg": "its sign",
    ".head.is-late": "its words",
    ".bell.is-ringing": "its number",
    ".notice.is-new p": "its dot",
    ".role:has(:checked) span": "its box is chosen",
    ".grid-table tr:has(.action-select:checked) .action-checkbox": "its row is framed",
    ".choices li[aria-selected=\"true\"] small": "its row is filled",
    ".saved": "its words, and its dot keeps its colour",
    ".run-ticks": "ticks keep their colours",
    ".paras .is-used::before": "it keeps its colour",
    ".paras .is-near::before": "it keeps its colour",
    ".board .card-menu[aria-expanded]": "its menu lies open below",
    ".agenda .is-today h2 a": "its day is underlined",
    ":is(.on-text.is-gone, .talk-over .on-text)": "its line is dotted, and it says so",
}  # fmt: skip


def without_comments(sheet):
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)


def bare(selector):
    """The selector without what only says that a link is one."""
    return re.sub(r":is\(:link, :visited\)|:link\b", "", " ".join(selector.split()))


def parts(selector):
    """The selectors of a list, split at the commas that stand in no brackets."""
    return [bare(part) for part in re.split(r",(?![^(]*\))", selector)]


def unsaid(sheet, forced):
    """The selectors of a sheet that say a state by what is taken away, and by nothing else."""
    rules = re.findall(r"([^{};]+)\{([^{}]*)\}", FORCED.sub("", without_comments(sheet)))
    for selector, body in rules:
        names = [line.split(":")[0].strip() for line in body.split(";") if line.strip()]
        if not names or not all(TAKEN_AWAY.fullmatch(name) for name in names):
            continue
        for part in parts(selector):
            if STATE.search(part) and ":hover" not in part and part not in forced:
                yield part


def said_in_forced_colours():
    """The selectors that have a rule of their own in forced colours, in whichever sheet."""
    blocks = "".join(FORCED.findall(without_comments("".join(SHEETS.values()))))
    return {part for selector in re.findall(r"([^{};]+)\{", blocks) for part in parts(selector)}


def test_every_state_that_a_colour_says_is_said_in_forced_colours():
    forced = said_in_forced_colours()
    left = [part for sheet in SHEETS.values() for part in unsaid(sheet, forced)]
    found = [part for part in left if not part.startswith(tuple(ALSO_SAID))]
    assert not found, "name them in static/desk/forced.css: " + "; ".join(found)
    assert not [said for said in ALSO_SAID if not any(part.startswith(said) for part in left)], "no rule is so any more"


def test_a_state_that_only_a_fill_says_is_found():
    assert list(unsaid(".row.is-chosen {\n  background: red;\n}\n", set())) == [".row.is-chosen"]
    assert not list(unsaid(".row.is-chosen {\n  background: red;\n}\n", {".row.is-chosen"}))
    assert not list(unsaid(".row.is-chosen {\n  background: red;\n  font-weight: 700;\n}\n", set()))
