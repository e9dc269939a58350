"""Words of an element as a browser shows them: on one line, or a line for each that it begins."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from curation.extract.wording import LONGEST_LINE, each, line

_PIECES = 200  # texts within an element of which words are asked
_UNSHOWN = {"script", "style", "noscript", "template"}
_BLOCKS = frozenset(
    each(
        "address article aside blockquote br button dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
        " hr li main nav ol p pre section table td th time tr ul"
    )
)
_APART = _BLOCKS | _UNSHOWN


def words_of(element: etree._Element) -> str:
    """Return an element's words on one line, at most the first pieces of it."""
    if element.tag not in _UNSHOWN and len(element) < _PIECES and all(map(_is_of_line, element)):
        return line(text_within(element))  # most hold nothing but words
    return line("".join(islice(_texts(element), 4 * _PIECES)))


def text_within(element: etree._Element) -> str:
    """Return all text within an element as it stands in the source, shown or not; ten times as quick as its words."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _is_of_line(element: etree._Element) -> bool:
    """Return whether an element holds nothing but words, which stand in the line around it."""
    return not len(element) and element.tag not in _APART


def _texts(element: etree._Element, of_block: str = " ", of_others: str = "") -> Iterator[str]:
    """Yield the texts within an element and what stands where a block or another part begins or ends.

    What is not shown is left out.
    """
    for event, at in etree.iterwalk(element, events=("start", "end")):
        blank = of_block if at.tag in _BLOCKS else of_others
        if event == "start":
            yield blank + ("" if at.tag in _UNSHOWN else at.text or "")
        elif at is not element:
            yield blank + (at.tail or "")
        else:
            return


def begins(element: etree._Element, most: int) -> str:
    """Return an element's words on one line, or where they are more than ``most`` characters the first of them.

    What is more is longer than ``most``: who looks for a line need not read what is none.
    """
    if not len(element):
        return words_of(element)
    found, count = [], 0
    for piece in islice(_texts(element), 4 * _PIECES):
        found.append(piece)
        count += len(" ".join(piece[:LONGEST_LINE].split()))
        if count > 2 * most:
            break
    return line("".join(found))


def lines_of(element: etree._Element) -> list[str]:
    """Return an element's words, a line for each that a browser begins."""
    said = "".join(islice(_texts(element, "\0", " "), 4 * _PIECES)).split("\0")
    return [words for piece in said if (words := line(piece))]
