"""The places where pages show readers who wrote them; asked only if they tell programs nothing."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from curation.extract import marks
from curation.extract.dates import days
from curation.extract.markup.words import begins, lines_of, text_within, words_of
from curation.extract.page import OF_A_PERSON, Page, following, preceding
from curation.extract.wording import each

from .names import has_office, is_personal, split

_PLACES = frozenset(each("a span p div address cite li ul h2 h3 h4 h5 h6 strong b em i small section td dd figcaption"))
_NO_MARKS = re.compile(
    r"(?:photo|image|comment|quote|testimonial|contact)[-_]?author|reviewer|(?:^|[\s_-])(?:share|sharing|copy|clipboard"
    r"|toolbar|tooltip)(?:$|[\s_-])|author[-_]?(?:title|role|job|bio|desc|social|image|photo|avatar)",
    re.IGNORECASE,
)
_ZONE = (
    r"\(?(?:[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z][a-z]+(?: (?:Standard|Daylight))?(?: Time)?|[+-]\d\d:?\d\d"
    r"|[Uu]hr|hrs?|h)\)?"
)
#: “10:05 am PDT”, “14.30 Uhr”, “9 a.m. (Eastern Time)”, “08:00 GMT+2”: a name may follow.
_CLOCK = rf"(?:\d[:.h]\d\d(?::\d\d)?|\d\s?[ap]\.?m\b\.?)(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s?{_ZONE})?"
#: “By Jane Doe”, at the beginning or behind a date, a time of day or how long ago it was.
_SIGNED = re.compile(
    rf"(?:^|(?:[|•·–—/\d]|{_CLOCK}|\b(?:ago|read|[Tt]oday|[Yy]esterday))[\s,|•·–—-]{{1,3}})"
    r"(?P<said>(?:(?:[Ww]ritten|[Pp]osted|[Ss]ubmitted|[Cc]ontributed|[Rr]eported|[Aa]uthored|[Pp]ublished|[Ss]tory"
    r"|[Ww]ords|[Gg]uest [Pp]ost|[Aa]rticle)\s+)?(?:by|By|BY):?\s+(?=\w)(?=[^a-z])|(?<![\s\S])Authors?:\s)"
)
_LABEL = re.compile(r"^(?:authors?|byline|contributors?|writers?|by)\b:?\s+(?=[^a-z])", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s+(?:[•·|–—-]+(?:\s|$)|[@(]|in\s+[A-Z]|\d+\s+(?:comments?|min)|\d{4}-\d|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]).*"
    r"|\s+(?:and|&)\s+(?:medically\s+)?(?:reviewed|edited|fact).*",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_BEHIND = re.compile(
    r"^([^,;]+?)\s+(?:staff|contribut(?:or|ing)|senior|correspondent|reporter|editor|email|twitter|linkedin)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_WRITER = re.compile(r"/(?:authors?|contributors?|columnists?|writers?|reporters?)/[^/?#]+", re.IGNORECASE)
_FAMILIES = frozenset(each("writer author reporter editor"))
_BEATS = frozenset(
    each(
        "health science medical business politics sports tech technology city national world web digital staff guest"
        " senior junior contributing freelance lead features opinion investigative environment education legal money"
    )
)
#: Places of people who did not write the story.
_NO_PLACES = re.compile(
    r"(?:^|\s)(?:media|press)?[-_]?contacts?(?![a-z])|testimonial|quote|caption|credit|gallery|lightbox"
    r"|lyrics|tracklist|discograph",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"^\W*(?:\w+ly\s+)?(?:reviewed|fact[\s-]?checked|edited|translated|photographed|illustrated)\b", re.IGNORECASE
)
#: What stands before a name of its own element.
_BEFORE_NAME = re.compile(
    r"(?:^|[,;|•·–—:\d)]\s*|\b(?:posted|written|authored|submitted|published|contributed)\s+)by:?\s*$|\bauthors?:\s*$",
    re.IGNORECASE,
)
_NAMES_GO_ON = re.compile(r"\s*(?:,|&|\band\b|,\s*and\b)\s*", re.IGNORECASE)
_PROSE = re.compile(r"\b[a-z]{3,}\s+[a-z]{3,}\s+[a-z]{3,}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MOST_BESIDE = 4  # words of a byline beside names: “Published Monday, 3 May at”
_ABOVE = 12  # elements above the heading
_NEAR = 60  # elements below the heading
_MOST = 40  # places that are asked
_LONGEST = 160  # characters of a byline


def signed(page: Page) -> Iterator[list[str]]:
    """Yield the names in each place of the page that shows who wrote it, the likeliest first; some lists are empty."""
    for element in islice(page.marked(_PLACES, marks.AUTHOR), _MOST):
        if _is_of_story(page, element) and (found := _names_in(element)):
            yield found + [name for other in _row(element) for name in _names_in(other)]
    yield from _beside_heading(page)


def _beside_heading(page: Page) -> Iterator[list[str]]:
    """Yield the names in what stands below the heading or just above it and has no marks."""
    near = list(_near(page))
    for element in chain(near, islice(preceding(page.heading), _ABOVE)):
        found = _by(element) or _labelled(element)
        if found and not page.is_aside(element) and not page.is_of_another(element):
            yield found
    for element in near:
        if element.tag == "a" and OF_A_PERSON.search(element.get("href", "")) and _is_short(element.getparent()):
            yield _leading_to_person(element)


def _leading_to_person(link: etree._Element) -> list[str]:
    """Return whom a link names if they write, or stand in a line that tells but names and a day.

    Press releases link the professor whom they quote.
    """
    if _OF_A_WRITER.search(link.get("href", "")):
        return _persons(words_of(link))
    return _linked(link.getparent()) if _is_dated(link.getparent()) else []


def _near(page: Page) -> Iterator[etree._Element]:
    """Yield the elements below the heading up to the story's first heading of a part."""
    has_begun = False
    for element in islice(following(page.heading), _NEAR):
        yield element
        if element.tag in {"h2", "h3", "h4"} and has_begun:
            return
        has_begun = has_begun or (element.tag == "p" and len(begins(element, 80)) > 80)


def _is_dated(line: etree._Element) -> bool:
    """Return whether a line tells a day and beside its links hardly more: what links a person in a sentence goes on."""
    words = words_of(line)
    beside = words
    for link in islice(line.iter("a"), 20):
        beside = beside.replace(words_of(link), " ")
    is_prose = _PROSE.search(words) or len(_LETTERS.findall(beside)) > _MOST_BESIDE
    return not is_prose and next(days.within(words), None) is not None


def _is_of_story(page: Page, element: etree._Element) -> bool:
    borne = f"{element.get('class', '')} {element.get('id', '')}"
    if _NO_MARKS.search(borne) or page.is_aside(element) or page.is_of_another(element):
        return False
    if any(_is_no_place(outer) for outer in (element, *islice(element.iterancestors(), 3))):
        return False
    words = words_of(element)
    return not _OTHER_WORK.search(words) or _SIGNED.search(words) is not None or " By " in words


def _is_no_place(element: etree._Element) -> bool:
    borne = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in {"blockquote", "figcaption", "button"} or _NO_PLACES.search(borne) is not None


def _labelled(element: etree._Element) -> list[str]:
    """Return the names in an element of their own before which “by” or “Author:” stands."""
    around = element.getparent()
    if element.tag not in {"a", "b", "strong", "span", "em"} or around is None or around.tag == "figcaption":
        return []
    before = element.getprevious()
    said = " ".join(((around.text if before is None else before.tail) or "").split())
    if not _BEFORE_NAME.search(said) or len(begins(around, _LONGEST)) > _LONGEST:
        return []
    found = _persons(words_of(element))
    while found and element is not None and _NAMES_GO_ON.fullmatch(element.tail or ""):
        element = element.getnext()
        found += [] if element is None else _persons(words_of(element))
    return found


def _by(element: etree._Element) -> list[str]:
    """Return the names in a text that begins with “By”, or says it behind a date."""
    words = begins(element, _LONGEST) if _may_sign(element) else ""
    found = _SIGNED.search(words) if len(words) < _LONGEST else None
    if found is None or found.start("said") > 60 or _is_menu(element):
        return []
    return _linked(element) or _persons(words[found.start("said") :])


def _may_sign(element: etree._Element) -> bool:
    """Return whether an element holds the letters of “by” or “author”; most do not."""
    said = text_within(element)
    return "by" in said or "By" in said or "uthor" in said or "BY" in said


def _is_menu(element: etree._Element) -> bool:
    """Return whether a link itself begins with “By”, as “By Patient Group” does, and leads to nobody."""
    return any(
        _SIGNED.match(words_of(link)) and not OF_A_PERSON.search(link.get("href", ""))
        for link in islice(element.iter("a"), 5)
    )


def _is_short(element: etree._Element) -> bool:
    return len(begins(element, 100)) < 100


def _names_in(element: etree._Element) -> list[str]:
    """Return the names in a byline: of its links, else line by line."""
    linked = _linked(element)
    if linked or len(begins(element, _LONGEST)) > _LONGEST:
        return linked
    found: list[str] = []
    for said in lines_of(element):
        if _OTHER_WORK.search(said):
            continue
        by = _SIGNED.search(said)
        found += _persons(said[by.start("said") :] if by else said)
    return found


def _linked(element: etree._Element) -> list[str]:
    """Return the people a byline links to, those whose address says that they write if any does."""
    if len(begins(element, 2 * _LONGEST)) > 2 * _LONGEST:
        return []
    links = [one for one in islice(element.iter("a"), 20) if words_of(one)]
    of_people = [
        one for one in links if "author" in one.get("rel", "").lower() or OF_A_PERSON.search(one.get("href", ""))
    ]
    return [name for one in of_people or links for name in _persons(words_of(one)) or _called(one)]


def _called(link: etree._Element) -> list[str]:
    """Return the name of a writer whose own page is linked, and whose family bears the name of an office."""
    said = words_of(link)
    first, _, family = said.partition(" ")
    is_name = is_personal(said) and family.istitle() and " " not in family and not has_office(first)
    return [said] if is_name and _OF_A_WRITER.search(link.get("href", "")) and first.lower() not in _BEATS else []


def _row(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of the same make beside one: further authors."""
    for one in islice(element.itersiblings(), 20):
        if (one.tag, one.get("class")) == (element.tag, element.get("class")):
            yield one


def _persons(words: str) -> list[str]:
    """Return the people in a byline; what follows a dash, a dot or a handle is no name."""
    words = _OFFICE_BEHIND.sub(r"\1", _BEHIND_NAME.sub("", _LABEL.sub("", words)))
    return [name for name in split(words) if is_personal(name) and (not has_office(name) or _bears_an_office(name))]


def _bears_an_office(name: str) -> bool:
    """Return whether a family bears the name of an office, as Juli Writer's does: no office stands so behind a name."""
    first, _, family = name.partition(",")[0].partition(" ")
    return family.lower() in _FAMILIES and first.lower() not in _BEATS and not has_office(first)
