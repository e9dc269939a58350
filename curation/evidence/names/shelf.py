"""A source's names on a shelf: whether it has a sentence's name, in full, by initials or as an acronym; the nearest."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from .capitals import GENERIC, JOINTS, Name, is_shouted, names, tokens
from .dictionary import is_ordinary
from .long_forms import LONG_FORMS
from .peoples import kin

MOST_PLACES = 64  # of one word, and names that are compared for the nearest
MOST_COMPARED = 2_000
NEAR = 8  # words within which the parts of one name stand
ALIKE = 60  # of 100: a nearest name is as alike as this


class NameShelf:
    """Words and names of a source, by what they share."""

    def __init__(self, paragraphs: Sequence[str]):
        self._places: dict[str, list[int]] = defaultdict(list)
        self._capitals: set[str] = set()
        self._runs: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._initials: set[str] = set()
        self._written: dict[str, int] = {}
        self._joined: set[str] = set()
        self._words: list[str] = []
        for number, paragraph in enumerate(paragraphs, 1):
            self._put_words(paragraph)
            self._put_names(number, paragraph)

    def _put_words(self, paragraph: str) -> None:
        last = ""
        for word, written in tokens(paragraph):
            places = self._places[word]
            if len(places) < MOST_PLACES:
                places.append(len(self._words))
            if written[0].isupper():
                self._capitals.add(word)
            self._joined.add(last + word)
            self._words.append(last := word)
        self._words += [""] * NEAR

    def _put_names(self, number: int, paragraph: str) -> None:
        for name in names(paragraph):
            pieces = (word for word, _ in tokens(name.words(paragraph)))  # of “Lindqvist-Moreau”
            telling = frozenset((*name.parts, *pieces)) - GENERIC
            for part in telling:
                if len(self._runs[part]) < MOST_PLACES:
                    self._runs[part].append(telling)
            self._initials.add("".join(part[:1] for part in name.parts if part not in {"of", "and", "for", "the"}))
            if not name.opens or len(name.parts) > 1:
                self._written.setdefault(name.words(paragraph), number)

    def knows(self, word: str) -> bool:
        """Return whether the source has a word, however it writes it."""
        return word in self._places or word in self._joined

    def has(self, name: Name) -> bool:
        """Return whether the source has a name: all its telling parts together, or another form of it."""
        parts = list(dict.fromkeys(part for part in name.parts if part not in GENERIC | JOINTS))
        if not parts or self.knows("".join(name.parts)) or "".join(name.parts) in self._joined:
            return True
        if self._has_form(" ".join(name.parts)) or self._has_acronym(name):
            return True
        if len(parts) == 1:
            return self._has_part(parts[0])
        return self._stand_together(parts) or self._stand_in_groups(name)

    def is_proper(self, name: Name) -> bool:
        """Return whether the source writes a telling part of a name with a capital."""
        return any(part in self._capitals and part not in GENERIC | JOINTS for part in name.parts)

    def _has_part(self, part: str) -> bool:
        return (
            self.knows(part)
            or self._has_people(part)
            or self._has_form(part)
            or (part.endswith("s") and self.knows(part[:-1]))
            or self.knows(f"{part}s")
        )

    def _has_people(self, part: str) -> bool:
        """Return whether the source has the people of a place, or the place of a people: Kenya, Kenyan."""
        return any(other in self._capitals for other in kin(part))

    def _has_form(self, written: str) -> bool:
        return any(self._has_phrase(form.split()) for form in LONG_FORMS.get(written, ()))

    def has_phrase(self, phrase: str) -> bool:
        """Return whether the source has a phrase, or another form of it."""
        return self._has_phrase(phrase.split()) or self._has_form(phrase)

    def _has_phrase(self, phrase: list[str]) -> bool:
        size = len(phrase)
        return any(self._words[at : at + size] == phrase for at in self._places.get(phrase[0], ()))

    def _has_acronym(self, name: Name) -> bool:
        """Return whether one of a name and the source writes out what the other shortens."""
        if len(name.parts) == 1:
            return 2 < len(name.parts[0]) < 9 and name.parts[0] in self._initials
        short = "".join(part[:1] for part in name.parts if part not in {"of", "and", "for", "the"})
        return len(short) > 2 and short in self._capitals

    def _stand_in_groups(self, name: Name) -> bool:
        """Return whether a run of two names, a generic word between them, is there name by name."""
        groups: list[list[str]] = [[]]
        for part in name.parts:
            if part in GENERIC:
                groups.append([])
            else:
                groups[-1].append(part)
        groups = [group for group in groups if group]
        return (
            len(groups) > 1
            and all(self._stand_together(group) if len(group) > 1 else self._has_part(group[0]) for group in groups)
            and not self._clash([part for group in groups for part in group])
        )

    def _stand_together(self, parts: list[str]) -> bool:
        """Return whether the parts of a name stand near each other; a first name may be its initial."""
        last = parts[-1]
        if not self._has_part(last):
            return False
        missing = [part for part in parts[:-1] if not self._has_part(part)]
        if missing:
            return all(self._has_initial(part, last) for part in missing)
        return not self._clash(parts) and all(self._are_near(part, last) for part in parts[:-1])

    def _has_initial(self, part: str, last: str) -> bool:
        return any(
            word == part[0] or (len(part) == 1 and word[:1] == part)
            for at in self._places.get(last, ())
            for word in self._words[max(0, at - 3) : at]
        )

    def _clash(self, parts: list[str]) -> bool:
        """Return whether the source has these parts in other names: “Jonas Maron”, of Jonas Petrov and Ilse Maron."""
        wanted = set(parts)
        runs = [run for part in parts for run in self._runs.get(part, ())]
        if any(wanted <= run for run in runs):
            return False
        return any(run - wanted and len(run) > 1 for run in runs)

    def _are_near(self, one: str, other: str) -> bool:
        others = self._places.get(other, [])
        for at in self._places.get(one, ()):
            place = bisect_left(others, at - NEAR)
            if place < len(others) and others[place] <= at + NEAR:
                return True
        return one not in self._places or other not in self._places

    def lacks(self, word: str) -> bool:
        """Return whether the source has neither a word nor another form of it."""
        return not self._has_part(word)

    def nearest(self, written: str) -> tuple[str, int] | None:
        """Return the name of the source that is most alike, and its paragraph."""
        candidates = list(self._written)[:MOST_COMPARED]
        found = process.extractOne(written, candidates, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return (found[0], self._written[found[0]]) if found else None

    def is_nearly_known(self, part: str) -> bool:
        """Return whether a word that is not there is a letter or two from a name that is: “Velmore” for “Velmora”."""
        if len(part) < 5:
            return False
        near = process.extractOne(
            part, [word for word in self._capitals if len(word) > 4][:MOST_COMPARED], scorer=fuzz.ratio
        )
        return bool(near) and near[1] >= 75


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
    asked = [piece for one in asked for piece in _pieces(text, one, shelf)]
    return [one for one in asked if not any(begin < one.end and one.start < end for begin, end in written_out)]


_WITH_AND = [form for form in LONG_FORMS if " and " in form]


def _pieces(text: str, name: Name, shelf: NameShelf) -> list[Name]:
    """Return a name, or where an “of” joins two of which the source has one, the two: “Meg Duarte of Summit Brook”."""
    if shelf.has(name):
        return [name]
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
    return telling if is_pair and (any(map(shelf.has, telling)) or not set(telling[0].parts) & GENERIC) else [name]


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


def _is_asked(text: str, name: Name, shelf: NameShelf, elsewhere: frozenset[str]) -> bool:
    if not name.opens:
        return True
    first = name.parts[0]
    if shelf.knows(first) or first in elsewhere:
        return True
    if len(name.parts) > 1 and first not in GENERIC:
        return True
    return shelf.is_nearly_known(first) or not is_ordinary(text[name.start : name.end])


def openers(texts: Iterable[str]) -> Counter:
    """Return the words that are names in the midst of a sentence, over all sentences."""
    return Counter(
        part for text in texts if not is_shouted(text) for name in names(text) if not name.opens for part in name.parts
    )
