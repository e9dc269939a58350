"""The checks as a table: what each asks, the field it is about, how strict it is, and the rule that finds it.

A rule reads the subject and yields a sentence for each thing to mend; it never asks the network or the database and
never changes anything.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from curation.editing import link_checks
from curation.text import measures, prose

from .subject import Subject

SUBMIT, APPROVE, ADVICE, OFF = "submit", "approve", "advice", "off"
#: Levels of a check, the strictest first.
LEVELS = (SUBMIT, APPROVE, ADVICE, OFF)

TITLE_LENGTH = 100  # characters; lists and other people's cards cut what is longer
PICTURE_WIDTH = 1280  # pixels: the rendition that fills the 78rem of an article's picture
_NAMED = 60  # characters by which a sentence names a heading
EASE = 30  # of Flesch's reading ease; what is below is hard for anybody


@dataclass(frozen=True)
class Check:
    """One check. ``label`` says what is right where it passes; ``field`` is the form's field that it leads to.

    ``level`` is how strict it is unless a role has it otherwise. A ``plain`` one is told by the words alone, so that an
    import, which passes the gates, hears of it too. One of ``evidence`` reads the texts of the sources, which takes
    100 ms: it is asked where they were loaded, for a page of one brief or for a step that it may hold back. A ``late``
    one may fail after approval too, and is asked again before anything goes out.
    """

    code: str
    label: str
    field: str
    level: str
    rule: Callable[[Subject], Iterator[str]]
    plain: bool = True
    evidence: bool = False
    late: bool = False


def _no_title(subject):
    if not subject.has("title"):
        yield "There is no title yet."


def _cut_title(subject):
    if subject.content["title"].rstrip().endswith(("…", "...")):
        yield "The title was cut by its source and ends in “…”; write it out."


def _long_title(subject):
    length = len(subject.content["title"].strip())
    if length > TITLE_LENGTH:
        yield f"The title has {length} characters; beyond {TITLE_LENGTH} it is cut in places."


def _branded_title(subject):
    tail = re.search(r"\s[|–-]\s([^|–-]+)$", subject.content["title"] or "")
    if tail and _alike(tail[1], subject.brand, subject.site_name):
        yield f"The title ends with the name of its source (“{tail[1].strip()}”)."


def _alike(words, brand, site_name):
    """Return whether a title's tail is the brand's first label or the site's own name, spaces and case aside."""
    bare = re.sub(r"[^a-z0-9]", "", words.lower())
    names = (brand.rpartition(".")[0], brand, site_name)
    return bool(bare) and bare in {re.sub(r"[^a-z0-9]", "", name.lower()) for name in names}


def _no_body(subject):
    if not subject.has("body"):
        yield "There is no text under the title yet."


def _no_source(subject):
    if not any(row["role"] == "source" for row in subject.content["sources"]):
        yield "There is no source: readers must be able to go to the original."


def _no_standfirst(subject):
    if not subject.has("standfirst"):
        yield "There is no standfirst: cards and feeds show it."


def _cut_standfirst(subject):
    said = measures.measures_of(subject.content["standfirst"], subject.content["body"])
    # One machine cut at the first full stop, as a rule the end of a sentence: then there is nothing to repair.
    if said.is_cut and said.summary != " ".join(subject.content["standfirst"].split()):
        yield "The standfirst is a machine's cut of the text; write a sentence of its own."


def _no_topics(subject):
    if not subject.content["topics"]:
        yield "It is filed under no topic, so nobody will find it there."


def _retired_topic(subject):
    for label in subject.retired_topics:
        yield f"The topic “{label}” is retired; choose another."


def _open_comments(subject):
    names = list(dict.fromkeys(subject.blocking))
    if len(subject.blocking) == 1:
        yield f"A comment by {names[0]} holds it back until it is settled."
    elif names:
        some = ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
        yield f"{len(subject.blocking)} comments hold it back until they are settled, by {some}."


def _missing_picture(subject):
    if subject.content["picture_id"] is not None and subject.picture_missing:
        yield "The picture is named but not there; readers see a drawn cover."


def _small_picture(subject):
    if subject.content["picture_id"] is not None and 0 < subject.picture_width < PICTURE_WIDTH:
        yield f"The picture is {subject.picture_width} pixels wide; it is sharp from {PICTURE_WIDTH} on."


def _no_alt(subject):
    if _needs_alt(subject) and not subject.has("picture_alt"):
        yield "The picture has no alternative text; say what it shows, or that it is only decorative."


def _alt_is_title(subject):
    alt = (subject.content["picture_alt"] or "").strip().casefold()
    if _needs_alt(subject) and alt and alt == subject.content["title"].strip().casefold():
        yield "The alternative text repeats the title; say what the picture shows."


def _needs_alt(subject):
    return subject.content["picture_id"] is not None and not subject.content.get("picture_decorative")


class Located(str):
    """A sentence about one heading of the text: ``heading`` is its place among them, from 0."""

    __slots__ = ("heading",)

    def __new__(cls, words: str, heading: int):
        self = super().__new__(cls, words)
        self.heading = heading
        return self


def _empty_headings(subject):
    headings = measures.headings(subject.content["body"] or "")
    for heading, after in zip_longest(headings, headings[1:]):
        if not heading.has_words:
            yield Located(f"Heading {heading.place + 1} has no words; write it or take it out.", heading.place)
        elif not heading.has_text:
            yield Located(_nothing_under(heading, after), heading.place)


def _nothing_under(heading, after):
    named = f"Nothing stands under the heading “{_short(heading.words)}”"
    if after is None:
        return f"{named}, with which the text ends."
    return f"{named}: the next one follows at once{f', “{_short(after.words)}”' if after.has_words else ''}."


def _short(words):
    return words if len(words) <= _NAMED else f"{words[: _NAMED - 1].rstrip()}…"


def _copied_run(subject):
    if not subject.source_text or subject.has("copied_reason"):
        return
    run = measures.copied_run(subject.content["body"] or "", subject.source_text)
    if run:
        quoted = " They are quoted, which counts too." if run.is_quoted else ""
        yield f"{run.length} words in a row are the source's, from “{run.opening} …”.{quoted} Rewrite them or say why."


class OfSentence(str):
    """A sentence about one sentence of the brief: its number from 1, and the ``field`` it stands in."""

    __slots__ = ("field", "sentence")

    def __new__(cls, words: str, lack):
        self = super().__new__(cls, words)
        self.sentence, self.field = lack.sentence, lack.part
        return self


def _missing_figures(subject):
    yield from _lacking(subject, "is not in the source", is_name=False)


def _missing_names(subject):
    yield from _lacking(subject, "is not named in the source", is_name=True)


def _lacking(subject, said, is_name):
    found = [lack for lack in subject.lacking if lack.is_name is is_name]
    for lack in found[:_MOST_LACKING]:
        nearest = f"; nearest is “{_short(lack.near.words)}”, ¶{lack.near.paragraph}" if lack.near else ""
        yield OfSentence(f"“{_short(lack.words)}” {said}{nearest}.", lack)
    if len(found) > _MOST_LACKING:
        yield OfSentence(f"{len(found) - _MOST_LACKING} more like these.", found[_MOST_LACKING])


_MOST_LACKING = 5  # lines of one such check


def _silent_source(subject):
    if not any(row["role"] == "source" for row in subject.content["sources"]):
        return
    if subject.source_answered is None:
        yield "The source was not read, so nobody knows whether readers reach it."
    elif not subject.source_answered:
        yield f"Readers may not reach the source. {subject.source_words}".strip()


def _dead_links(subject):
    dead = [(address, why) for key, address in subject.addresses.items() if (why := subject.links.get(key))]
    if dead:
        more = f"; {len(dead) - 1} more" if len(dead) > 1 else ""
        address, why = dead[0]
        yield f"A link in the text is dead ({link_checks.reason(why)}): {address[:100]}{more}."


def _untried_links(subject):
    addresses = subject.addresses
    untried = len(addresses.keys() - subject.links.keys())
    if untried:
        yield f"Links in the text that were not tried lately: {untried} of {len(addresses)}."


def _telling_links(subject):
    found = link_checks.telling(subject.content["body"] or "", subject.content.get("insights") or "")
    for address, wrong in list(found.items())[:1]:
        more = f" So do {len(found) - 1} more." if len(found) > 1 else ""
        yield f"A link tells who follows it ({', '.join(wrong)[:80]}): {address[:100]}.{more}"


def _hard_text(subject):
    if subject.language and not subject.language.lower().startswith("en"):
        return
    ease = measures.reading_ease(prose.text(subject.content["body"] or ""))
    if ease is not None and ease < EASE:
        yield f"The text is hard to read: a reading ease of {ease:.0f}, where {EASE} is asked. Shorten its sentences."


CHECKS = (
    Check("no-title", "It has a title", "title", SUBMIT, _no_title),
    Check("cut-title", "The title is whole", "title", ADVICE, _cut_title),
    Check("long-title", "The title is short enough for lists", "title", ADVICE, _long_title, plain=False),
    Check("branded-title", "The title does not name its source", "title", ADVICE, _branded_title),
    Check("no-body", "It has a text", "body", SUBMIT, _no_body),
    Check("no-source", "It has a source", "source_list", SUBMIT, _no_source),
    Check("no-standfirst", "It has a standfirst", "standfirst", APPROVE, _no_standfirst),
    Check("cut-standfirst", "The standfirst is whole", "standfirst", APPROVE, _cut_standfirst),
    Check("no-topics", "It is filed under a topic", "topic_list", SUBMIT, _no_topics),
    Check("retired-topic", "Its topics are in use", "topic_list", ADVICE, _retired_topic),
    Check("open-comments", "No comment holds it back", "comments", APPROVE, _open_comments, plain=False, late=True),
    Check("missing-picture", "The picture is there", "picture_list", ADVICE, _missing_picture),
    Check("small-picture", "The picture is large enough", "picture_list", ADVICE, _small_picture, plain=False),
    Check("no-alt", "The picture has alternative text", "picture_alt", APPROVE, _no_alt),
    Check("alt-is-title", "The alternative text is not the title", "picture_alt", ADVICE, _alt_is_title),
    Check("empty-headings", "Every heading has words and a text", "body", ADVICE, _empty_headings, plain=False),
    Check("copied-run", "The text is in your own words", "body", APPROVE, _copied_run, plain=False),
    Check(
        "missing-figures", "Its figures are the source's", "body", ADVICE, _missing_figures, plain=False, evidence=True
    ),
    Check("missing-names", "Its names are the source's", "body", ADVICE, _missing_names, plain=False, evidence=True),
    Check("silent-source", "Readers reach the source", "source_list", ADVICE, _silent_source, plain=False),
    Check("dead-links", "No link is known to be dead", "body", ADVICE, _dead_links, plain=False),
    Check("untried-links", "The links were tried", "body", ADVICE, _untried_links, plain=False),
    Check("telling-links", "Links tell nobody who follows them", "body", ADVICE, _telling_links),
    Check("hard-text", "The text reads easily", "body", ADVICE, _hard_text, plain=False),
)
BY_CODE = {check.code: check for check in CHECKS}
