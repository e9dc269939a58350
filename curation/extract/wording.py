"""Words as pages write them: on one line, entities decoded, compared without regard to dress."""

import re
import unicodedata

from curation.text.entities import unescape
from offerings.text.kept import kept
from offerings.text.words import plain_text

LONGEST_LINE = 5_000  # characters that are looked at
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_NO_LETTERS = re.compile(r"[\W_]+")
#: What stands between a title and the name of its site.
SEPARATOR = re.compile(r"\s+(?:[|–—―·•»«›‹>~/]|::?|--?)\s+|\s*\|+\s*|(?<=\S)\s+::\s*")
_MAY_SEPARATE = re.compile(r"\||\s[–—―·•»«›‹>~/:-]")  # of most titles, nothing more has to be asked
_LEAST_TWICE = 12  # characters that nobody writes twice: “Bora Bora” is shorter
_CUT = re.compile(r"\s*(?:[\[(]\s*(?:…|\.{3})\s*[\])]|…|\.{3,})$")


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return text on one line of at most so many characters, entities decoded even where they are encoded twice."""
    text = text[:longest]
    for _ in range(3):
        if "&" not in text or (plainer := unescape(text)) == text:
            break
        text = plainer
    if not text.isprintable():
        text = plain_text(" ".join(text.split()))
    return " ".join(text.split()) if "  " in text else text.strip()


def plain(text: str) -> str:
    """Return text on one line without the tags some pages leave in their descriptions."""
    said = line(text)
    return " ".join(_TAG.sub(" ", said).split()) if "<" in said else said


def each(words: str) -> list[str]:
    """Return the words of a text: a table of names, written short."""
    return words.split()


@kept(kilobytes=1_024)
def squashed(text: str) -> str:
    """Return the letters and digits of a text in lower case and without accents, to compare what is written."""
    text = text.replace("&", "and")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NO_LETTERS.sub("", text.casefold())


def separators(title: str) -> list[re.Match]:
    """Return the places where a title may end and the name of its site begin, or the other way round."""
    return list(SEPARATOR.finditer(title)) if _MAY_SEPARATE.search(title) else []


def parts(title: str) -> list[str]:
    """Return what stands between the separators of a title; all of one that has none."""
    return SEPARATOR.split(title) if _MAY_SEPARATE.search(title) else [title]


def once(title: str) -> str:
    """Return a title once that is written twice, as “Beds, counted | Beds, counted” or with nothing between."""
    kept, seen, begun, between = "", set(), 0, ""
    for found in separators(title):
        kept, between, begun = kept + _new(title[begun : found.start()], between, seen), found[0], found.end()
    return _halved(kept + _new(title[begun:], between, seen))


def _new(part: str, between: str, seen: set[str]) -> str:
    """Return a part of a title and what stands before it; nothing where it was seen before."""
    said = squashed(part)
    if said in seen and len(said) >= _LEAST_TWICE:
        return ""
    seen.add(said)
    return between + part


def _halved(title: str) -> str:
    if title.find(title[: _LEAST_TWICE - 1], 1) < 0:
        return title
    for between in range(4):
        half = (len(title) - between) // 2
        begun, again = title[:half].rstrip(), title[half + between :].lstrip()
        if half >= _LEAST_TWICE and begun == again and not title[half : half + between].strip(" .,;:|/–—-"):
            return begun
    return title


def is_cut(text: str) -> bool:
    """Return whether a machine has cut this text: it ends in an ellipsis."""
    return _CUT.search(text[-12:]) is not None


def uncut(text: str, others: list[str]) -> str:
    """Return the longest of ``others`` that goes on where ``text`` was cut, else ``text``."""
    if not is_cut(text):
        return text
    stem = squashed(_CUT.sub("", text))
    longer = [other for other in others if not is_cut(other) and squashed(other).startswith(stem)]
    return max(longer, key=len) if stem and longer else text
