"""Words of a page about its pictures: what one shows, what stands below it, and whom to credit for it."""

import re
from itertools import islice

from lxml import etree

from curation.extract.linked_data import text_of
from curation.extract.markup.words import lines_of, words_of
from curation.extract.page import Page, first
from curation.extract.titles.verdicts import why_none
from curation.extract.wording import plain

_LONGEST = 1_000
_OF_CREDITS = re.compile(r"credit|copyright|attribution|photographer|image-?source|photo-?by|byline", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:(?:photo(?:graph)?|image|picture|illustration|foto|bild|courtesy)\b(?:\s*(?:credits?|courtesy|source|by|of|von))*"
    r"|credits?|copyright|©|source)\s*[:–—-]?\s*(?:(?:by|of)\s+)?",
    re.IGNORECASE,
)
#: A credit at the end of a caption: “… in May. (Photo: A. Person)”, “… Credit: A. Person / The Paper”.
_IN_CAPTION = re.compile(
    r"\s*[(\[]?\s*"
    r"(?:\b(?:photo(?:graph)?|image|picture|illustration|foto|bild)(?: credits?| by| courtesy(?: of)?)?\s*:|\bcredits?:"
    r"|\bphoto(?:graph)? (?:by|courtesy of)\b|\bcourtesy of\b|©)\s*([^()\[\]]{2,120}?)\s*[)\]]?\.?$",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """Return words on one line, or nothing where they only keep a place or name a file."""
    found = plain(text)[:_LONGEST]
    return "" if why_none(found) else found


def of_data(page: Page, thing: dict) -> dict[str, str]:
    """Return what JSON-LD says of a picture, as ``caption`` and ``credit``."""
    makers = (page.data.names(thing.get(key)) for key in ("creator", "author", "copyrightHolder"))
    named = first(
        [text_of(thing, "creditText"), *(", ".join(names) for names in makers), text_of(thing, "copyrightNotice")]
    )
    caption = said(text_of(thing, "caption") or text_of(thing, "description"))
    return _told(caption, said(named))


def of_element(element: etree._Element) -> dict[str, str]:
    """Return what stands around a picture within a page, as ``alt``, ``caption`` and ``credit``."""
    figure = next(element.iterancestors("figure"), None)
    below = None if figure is None else next(figure.iter("figcaption"), None)
    named = "" if figure is None else _credited(figure)
    caption = "" if below is None else " ".join(one for one in lines_of(below) if plain(one) != named)
    return {"alt": said(element.get("alt", ""))} | _told(said(caption), _LABEL.sub("", named))


def _credited(figure: etree._Element) -> str:
    """Return the words of the element of a figure that is marked as a credit."""
    for one in islice(figure.iter("span", "small", "cite", "div", "p", "em", "a"), 40):
        borne = f"{one.get('class', '')} {one.get('itemprop', '')}"
        if _OF_CREDITS.search(borne) and (words := plain(words_of(one))):
            return words[:_LONGEST]
    return ""


def _told(caption: str, credit: str) -> dict[str, str]:
    """Return caption and credit; a credit that a caption ends in stands there no more."""
    found = _IN_CAPTION.search(caption)
    if found is None:
        return {"caption": caption, "credit": credit}
    return {"caption": caption[: found.start()].rstrip(" ,;–—-("), "credit": credit or found[1].strip()}
