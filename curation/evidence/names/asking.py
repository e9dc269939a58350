"""The names of a sentence that its source should have: those that tell, piece by piece where two are joined."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .capitals import GENERIC, JOINTS, Name, is_shouted, names, part, tokens
from .dictionary import is_ordinary
from .long_forms import LONG_FORMS
from .shelf import NameShelf


def asked_names(text: str, shelf: NameShelf, elsewhere: Iterable[str] = ()) -> list[Name]:
    """Return the names of a sentence that its source should have.

    A word that only opens the sentence is one where the source knows it as a name, it is nearly such a name, it owns
    something (“Velmora’s”), or another sentence has it as a name (``elsewhere``).
    """
    if is_shouted(text):
        return []
    known = frozenset(elsewhere)
    written_out = list(_written_out(text, shelf))
    asked = [one for one in names(text) if _is_asked(text, one, shelf, known)]
    asked = [shelf.with_number(text, piece) for one in asked for piece in _pieces(text, one, shelf)]
    return [one for one in asked if not any(begin < one.end and one.start < end for begin, end in written_out)]


_WITH_AND = [form for form in LONG_FORMS if " and " in form]


def _pieces(text: str, name: Name, shelf: NameShelf) -> list[Name]:
    """Return a name, or where an “of” joins two of which the source has one, the two: “Meg Duarte of Summit Brook”."""
    if shelf.has(name):
        return [name]
    if name.opens and (behind := _behind_opener(text, name, shelf)):
        return [behind]
    if typed := _mistyped(text, name, shelf):
        return [typed]
    first, *rest = re.finditer(r"[^\s.]+\.?", text[name.start : name.end])
    if rest and first[0].isupper() and len(first[0].strip(".")) > 1:  # “GP Imogen Batty”
        behind = Name(name.start + rest[0].start(), name.end, name.parts[1:])
        if shelf.has(behind):
            return [Name(name.start, name.start + first.end(), name.parts[:1])]
    found = [
        Name(name.start + at, name.start + end, parts) for at, end, parts in _around_of(text[name.start : name.end])
    ]
    telling = [one for one in found if set(one.parts) - GENERIC]
    is_person = bool(telling) and len(set(telling[0].parts) - GENERIC) > 1  # “London School of Economics” is one
    is_pair = is_person and len(telling) > 1
    if len(telling) > 1 and shelf.is_proper_part(telling[0].parts) and not shelf.has(telling[-1]):
        return telling  # “Novelle of Antwerp”, of Novelle in Ghent
    return telling if is_pair and (any(map(shelf.has, telling)) or not set(telling[0].parts) & GENERIC) else [name]


def _behind_opener(text: str, name: Name, shelf: NameShelf) -> Name | None:
    """Return the name behind an ordinary word that opens the sentence, where the source has it: “Rival Otovia”."""
    first, *rest = re.finditer(r"[^\s.]+\.?", text[name.start : name.end])
    parts = name.parts[1:]
    if not rest or len(name.parts) < 2 or not is_ordinary(first[0]) or not set(parts) - GENERIC:
        return None
    behind = Name(name.start + rest[0].start(), name.end, parts)
    is_telling = len(parts) > 1 or not is_ordinary(rest[0][0])
    if len(parts) > 1 and not set(parts) & GENERIC and not any(is_ordinary(one[0]) for one in rest):
        return behind  # “Manager Philippa Onslow”, whom the source has or not
    return behind if is_telling and shelf.is_proper(behind) and shelf.has(behind) else None


def _mistyped(text: str, name: Name, shelf: NameShelf) -> Name | None:
    """Return the one part of a name that is mistyped, where the source has the first: Boyle, for “Cyprian Doyle”."""
    pieces = list(re.finditer(r"[^\s.]+\.?", text[name.start : name.end]))
    lacking = [piece for piece in pieces if part(piece[0]) not in GENERIC | JOINTS and not shelf.knows(part(piece[0]))]
    is_person = len(pieces) == 2 and not set(name.parts) & GENERIC and not is_ordinary(pieces[0][0])
    if not is_person or lacking != pieces[1:] or not shelf.is_nearly_known(part(lacking[0][0])):
        return None
    return Name(name.start + lacking[0].start(), name.start + lacking[0].end(), (part(lacking[0][0]),))


def _around_of(written: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    at = 0
    for joint in [*re.finditer(r"\s(?:of|for|de|von)\s(?:the\s)?", written), None]:
        end = joint.start() if joint else len(written)
        parts = tuple(word for word, _ in tokens(written[at:end]))
        if parts:
            yield at, end, parts
        at = joint.end() if joint else end


def _written_out(text: str, shelf: NameShelf) -> Iterator[tuple[int, int]]:
    """Yield where a long form with an “and” stands that the source has or shortens: two names to the eye, and one."""
    folded = text.lower()
    for form in _WITH_AND:
        at = folded.find(form)
        if at >= 0 and shelf.has_phrase(form):
            yield at, at + len(form)


_EVERYDAY_WORDS = """
    ai it tv pc sms gps cctv wifi internet web id pdf usb dvd ceo cfo cto cio coo vip scandinavian scandinavia nordic
    baltic mediterranean western christmas easter
"""
#: What a brief may say on its own: devices, posts and quarters of the world that are no firm’s and no country’s.
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


def _is_asked(text: str, name: Name, shelf: NameShelf, elsewhere: frozenset[str]) -> bool:
    if _EVERYDAY.issuperset(name.parts):
        return False
    if not name.opens:
        return True
    first = name.parts[0]
    if shelf.knows(first) or first in elsewhere:
        return True
    if len(name.parts) > 1 and first not in GENERIC:
        return True
    if is_ordinary(text[name.start : name.end]):  # “Searches” is no mistyped “Search”, and “Velmore” is a “Velmora”
        return shelf.is_nearly_known(first, is_ordinary)
    return True


def openers(texts: Iterable[str]) -> Counter:
    """Return the words that are names in the midst of a sentence, over all sentences."""
    return Counter(
        part for text in texts if not is_shouted(text) for name in names(text) if not name.opens for part in name.parts
    )
