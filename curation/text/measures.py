"""Measures of a text: its standfirst against its body, words it shares with its source, how hard it reads.

The first is worked out once: checks, the press and the importer all ask.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from offerings.text.kept import kept

from . import entities, prose, sentences

KEPT = 1024  # pairs; a slice of an import has two hundred


class Measures(NamedTuple):
    """Measures of a standfirst and its body.

    ``summary`` is the standfirst as cards show it; ``repeats`` says whether the body opens with it; ``minutes`` to read
    the body; ``is_cut`` says whether the standfirst as written is a machine's cut of the body.
    """

    summary: str
    repeats: bool
    minutes: int
    is_cut: bool


_kept: dict[tuple[str, str], Measures] = {}


def measures_of(standfirst: str, body: str) -> Measures:
    """Return the measures of a standfirst and a clean body. About 0.2 ms the first time."""
    known = _kept.get((standfirst, body))
    if known is None:
        is_cut = prose.is_machine_cut(standfirst, prose.text(body))
        summary = prose.repaired(standfirst, body, is_cut)
        known = Measures(summary, prose.repeats(summary, body), prose.minutes(body), is_cut)
        remember(standfirst, body, known)
    return known


def remember(standfirst: str, body: str, measures: Measures) -> None:
    """Keep what another process of ours worked out."""
    if len(_kept) >= KEPT:
        _kept.clear()
    _kept[standfirst, body] = measures


# Text under a heading ----------------------------------------------------------------------------------------------

_TAG = re.compile(r"<[^>]*?(?: alt=\"([^\"]*)\"[^>]*)?>")
_HEADING = re.compile(r"<h([2-4])>(.*?)</h\1>", re.DOTALL)


class Heading(NamedTuple):
    """A heading of a text: its ``place`` among them (from 0), its words, and whether anything stands under it."""

    place: int
    words: str
    has_text: bool

    @property
    def has_words(self) -> bool:
        return _WORD.search(self.words) is not None


def headings(body: str) -> list[Heading]:
    """Return the headings of a clean body in order. A picture is text; what has no width, a rule or a dash is none."""
    found = list(_HEADING.finditer(body))
    ends = [*(heading.start() for heading in found[1:]), len(body)]
    return [
        Heading(place, _plain(heading[2]), _says_something(body[heading.end() : end]))
        for place, (heading, end) in enumerate(zip(found, ends, strict=False))
    ]


def _plain(html: str) -> str:
    """Return the words of a piece of clean HTML; a picture's alternative text stands for it."""
    return " ".join(entities.unescape(_TAG.sub(_alternative, html)).split())


def _alternative(tag: re.Match) -> str:
    return f" {tag[1] or 'picture'} " if tag[0].startswith("<img") else " "


def _says_something(html: str) -> bool:
    return _WORD.search(_plain(html)) is not None


# Copied words ------------------------------------------------------------------------------------------------------

COPIED = 25  # words in a row that nobody writes a second time by chance
_TRIES = 200  # searches for a longer run in texts that repeat themselves; each costs 0.1 ms at most
_WORD = re.compile(r"\w+")
_INSIDE_WORDS = re.compile("['’\u00ad\u200b-\u200d\u2060\ufeff]")  # apostrophes, soft hyphens, what has no width
_QUOTE_TAG = re.compile(r"<(/?)blockquote>")


class Run(NamedTuple):
    """Words in a row that two texts share: how many, the first of them in small letters, whether they are quoted."""

    length: int
    opening: str
    is_quoted: bool


@kept(kilobytes=512, by_digest=True)
def copied_run(body: str, source: str) -> Run | None:
    """Return the longest run of words that a clean body shares with the text of its source, if it has 25 words or more.

    Case, punctuation and the forms of one letter do not count; quotations do. Whether there is one is exact; how long
    it is may be told too short where both texts repeat themselves hundreds of times. Linear: below 0.1 s for two
    hostile texts of 200,000 characters, about 1 ms for an article and its page.
    """
    said, read = _words(prose.text(body)), _words(source)
    codes = dict(zip(dict.fromkeys(read), map(chr, range(1, len(read) + 1)), strict=False))
    mine, theirs = "".join([codes.get(word, "\0") for word in said]), "".join([codes[word] for word in read])
    run = _longest_shared(mine, theirs)
    if not run:
        return None
    start = mine.index(run)
    words = said[start : start + len(run)]
    return Run(len(run), " ".join(words[:6]), _is_within(words, _words(_quoted(body))))


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall(_INSIDE_WORDS.sub("", text).replace("_", " "))


def _longest_shared(mine: str, theirs: str) -> str:
    """Return the longest piece of ``mine``, a character a word, that is in ``theirs`` too; nothing if it is below 25.

    Every window of 25 is looked up in a set; where windows in a row are shared they are one piece, as a rule.
    """
    if max(map(len, mine.split("\0"))) < COPIED:
        return ""
    known = {theirs[place : place + COPIED] for place in range(len(theirs) - COPIED + 1)}
    windows = range(len(mine) - COPIED + 1)
    marks = "".join(["x" if mine[place : place + COPIED] in known else " " for place in windows])
    shared = [mine[found.start() : found.end() + COPIED - 1] for found in re.finditer("x+", marks)]
    return _longest_piece(sorted(shared, key=len, reverse=True), theirs)


def _longest_piece(shared: list[str], theirs: str) -> str:
    """Return the longest of these pieces that is whole in ``theirs``, or the longest part of one. Longest are first."""
    found, tries = "", 0
    for piece in shared:
        if len(piece) <= len(found):
            break
        if piece in theirs:
            return piece
        start, found = 0, found or piece[:COPIED]
        while start + len(found) < len(piece) and tries < _TRIES:
            tries += 1
            longer = piece[start : start + len(found) + 1]
            start, found = (start, longer) if longer in theirs else (start + 1, found)
    return found


def _quoted(body: str) -> str:
    """Return the words of a clean body's quotations."""
    return "\n".join(prose.text(part) for part in _quotations(body))


def _quotations(body: str) -> Iterator[str]:
    depth, at = 0, 0
    for tag in _QUOTE_TAG.finditer(body):
        if depth:
            yield body[at : tag.start()]
        depth, at = depth + (-1 if tag[1] else 1), tag.end()


def _is_within(words: list[str], others: list[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(others)} "


# Ease of reading ---------------------------------------------------------------------------------------------------

ENOUGH = 100  # words without which reading ease means little
_SILENT = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]{1,2}")


@kept(kilobytes=256, by_digest=True)
def reading_ease(text: str) -> float | None:
    """Return Flesch's reading ease of an English text: 60 is plain, below 30 hard; None below a hundred words.

    206.835 - 1.015 · words a sentence - 84.6 · syllables a word. Syllables are counted as groups of vowels.
    """
    words = Counter(_words(text))
    number = words.total()
    if number < ENOUGH:
        return None
    syllables = sum(_syllables(word) * times for word, times in words.items())
    ends = sum(1 for _ in sentences.sentences(text))
    return 206.835 - 1.015 * number / ends - 84.6 * syllables / number


def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word).removeprefix("y"))))
