"""Ends of sentences in English prose, and how much of a text is enough to introduce it."""

import re
from collections.abc import Iterator

from offerings.text.words import is_plain

LIMIT = 250  # characters a proposal may have
ENOUGH = 80  # characters after which the opening of a long text needs no second sentence

# Pasted paragraphs often lack the blank between them: “…did not happen.From now on…”.
_GLUED = r"(?<=[a-z]{3})[.!?](?=(?!Com |Org |Net |Gov |Edu |Js )[A-Z][a-z]*[ ,’'])"
# A run of stops is tried once, from its beginning, and as a whole: a page of full stops takes no longer than a page.
_END = re.compile(rf"(?P<glued>{_GLUED})|(?<![.!?…])(?P<stop>[.!?…]++)[\"'”’»)\]]*+(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«—–/]+$")
_NEXT = re.compile(r"\s+[\"'“‘«(\[]*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAMEL = re.compile(r"[a-z]{1,3}[A-Z]")  # eHealth, iPhone, mRNA
_LETTERS_WITH_STOPS = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")  # U.S, a.m, Ph.D
_LOOSE_END = ' \t\n.,;:!?…–—-(["“‘«/&'
_ONLY_NUMBER = re.compile(r"\W*(?:\d+|[A-Za-z])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence: something follows each of these.
_LEADING = _words(
    "dr mr mrs ms mx messrs prof profs st ste gen sen sens rep reps gov hon rev fr br capt col cmdr lt maj sgt pres"
    " mt ft vs v e.g i.e cf ca approx viz resp incl esp"
)
# Not the end before a number.
_NUMBERED = _words(
    "no nos fig figs vol vols p pp sec secs ch chap art eq eqs tab ver para jan feb mar apr jun jul aug sep sept"
    " oct nov dec"
)
# The end only before a word that begins sentences more often than names.
_TRAILING = _words(
    "inc corp ltd co cos llc llp plc bros jr sr esq etc al dept depts est univ assn assoc intl natl govt mfg"
    " ave blvd rd hosp med pharm adm yahoo"
)
_OPENERS = _words(
    "The A An In It Its It's It’s This That These Those But However He She They We I You Our Their His Her My"
    " There Here When While As At On For From With By If After Before Since Although Though And Or So Yet Now Then"
    " Today Yesterday Many Most Some Several All Both Each Every What Why How Who Where Which According Despite"
    " During Because Until Instead Meanwhile Moreover Furthermore Also Additionally Finally Such Under To Is Are"
    " Was Were Has Have Had Even Just Only More Other Another Any One Nearly About Among Through Without Unlike"
    " Once Still Not Nor Whether"
)


def single_spaced(words: str) -> str:
    """Return words on one line, with one blank between each two. At once where they stand so already, as most do."""
    # Of all blanks only the plain one is printable.
    return words.strip() if "  " not in words and (is_plain(words) or words.isprintable()) else " ".join(words.split())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each on one line; an empty line ends one whatever stands before it."""
    for block in re.split(r"\n[ \t]*\n", text):
        yield from _sentences_of(single_spaced(block))


def _sentences_of(line: str) -> Iterator[str]:
    for start, end in bounds(line):
        yield line[start:end]


def bounds(line: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a line begins and ends, so that it can be shown where it stands."""
    start = 0
    for end in _END.finditer(line):
        if end["glued"] or _ends(line, start, end):
            yield start, end.end()
            start = end.end() + (not end["glued"])
    if line[start:]:
        yield start, len(line)


def _ends(line: str, start: int, end: re.Match) -> bool:
    """Return whether a full stop, question or exclamation mark before a blank ends the sentence begun at ``start``."""
    following = line[_NEXT.match(line, end.end()).end() :][:40]
    if following[:1].islower() and not _CAMEL.match(following):
        return False
    before = _WORD_BEFORE.search(line, max(start, end.start() - 40), end.start())
    if before is None or end["stop"] not in {".", "!"}:
        return True
    if _ONLY_NUMBER.fullmatch(line, start, end.start()):
        return False  # “1.” or “A.” opens an item of a list
    return _ends_after(before[0], following)


def _ends_after(word: str, following: str) -> bool:
    """Return whether a full stop after this word ends a sentence, given what follows."""
    name = word.lower()
    if name in _LEADING:
        return False
    if name in _NUMBERED:
        return not following[:1].isdigit()
    is_initial = len(word) == 1 and word.isalpha() and word.isupper()
    if is_initial or name in _TRAILING or _LETTERS_WITH_STOPS.fullmatch(word):
        return _opens_a_sentence(following)
    return True


def _opens_a_sentence(following: str) -> bool:
    word = _WORD.match(following)
    if word is None:
        return not following[:1].isdigit()
    # “J. A. Smith”: one letter and a full stop is an initial, not the article.
    return word[0] in _OPENERS and not (len(word[0]) == 1 and following[1:2] == ".")


def first(text: str) -> str:
    """Return the first sentence of a text, however long, or nothing."""
    return next(sentences(text), "")


def opening(text: str) -> str:
    """Return the whole sentences that introduce a text: at most 250 characters, else cut at a word with ``…``.

    One sentence, as a rule. Where a long text opens with a short one, those that follow join it until there are 80
    characters. The last sentence of a text is never added: what is left is what there is to read.
    """
    found = list(_beginning(text))
    if not found:
        return ""
    if len(found[0]) > LIMIT:
        return cut(found[0])
    chosen = found[0]
    for sentence in found[1:-1] if sum(map(len, found)) > LIMIT else ():
        if len(chosen) >= ENOUGH or len(chosen) + 1 + len(sentence) > LIMIT:
            break
        chosen = f"{chosen} {sentence}"
    return chosen


def _beginning(text: str) -> Iterator[str]:
    """Yield sentences until there are more characters than fit: one that is chosen is among them, less the last."""
    length = 0
    for sentence in sentences(text):
        yield sentence
        length += len(sentence)
        if length > LIMIT:
            return


def cut(line: str, limit: int = LIMIT) -> str:
    """Return a line of at most ``limit`` characters, where it must be cut between two words and ended with ``…``."""
    if len(line) <= limit:
        return line
    kept = line[: limit - 1] if line[limit - 1].isspace() else line[: limit - 1].rpartition(" ")[0]
    return (kept or line[: limit - 1]).rstrip(_LOOSE_END) + "…"
