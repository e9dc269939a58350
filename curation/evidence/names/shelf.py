"""A source's names on a shelf: whether it has a sentence's name, in full, by initials or as an acronym; the nearest."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from curation.evidence.figures.forms import units

from .capitals import GENERIC, JOINTS, Name, names, tokens
from .dictionary import is_ordinary
from .long_forms import LONG_FORMS
from .peoples import kin

MOST_PLACES = 64  # of one word, and names that are compared for the nearest
MOST_COMPARED = 2_000
NEAR = 8  # words within which the parts of one name stand
ALIKE, MISTYPED = 60, 75  # of 100: as alike a nearest name is, and a word that may be meant


_CAPITALS = re.compile(r"\b[A-Z][\w’'-]*(?:,?\s(?:(?:and|of|for|the|in|&)\s){0,2}[A-Z][\w’'-]*){1,8}")


_NUMBER = re.compile(r"\s(\d{1,3}[A-Za-z]?)(?![\w%°+]|[.,:/-]\d|\s?%)(?!\s[a-z]+(?:s|people|men|women|per)\b)")


def _number_after(text: str, name: Name) -> str:
    """Return the number that a name ends with, as products have one; none that counts something."""
    found = None if name.parts[-1] in GENERIC else _NUMBER.match(text, name.end)
    return found[1] if found and not units.AFTER.match(text, found.end()) else ""


class NameShelf:
    """Words and names of a source, by what they share."""

    def __init__(self, paragraphs: Sequence[str]):
        self._places: dict[str, list[int]] = defaultdict(list)
        self._capitals: set[str] = set()
        self._runs: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._initials: set[str] = set()
        self._written: dict[str, int] = {}
        self._joined: set[str] = set()
        self._numbers: dict[str, set[str]] = defaultdict(set)
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
        for run in _CAPITALS.finditer(paragraph):
            initials = "".join(re.findall(r"\b[A-Z]", run[0])).lower()
            self._initials |= {initials[at:] for at in range(max(1, min(4, len(initials) - 2)))}  # HHS, of the DHHS
        for name in names(paragraph):
            pieces = (word for word, _ in tokens(name.words(paragraph)))  # of “Lindqvist-Moreau”
            telling = frozenset((*name.parts, *pieces)) - GENERIC
            for part in telling:
                if len(self._runs[part]) < MOST_PLACES:
                    self._runs[part].append(telling)
            if behind := _number_after(paragraph, name):
                self._numbers[name.parts[-1]].add(behind)
            if not name.opens or len(name.parts) > 1:
                self._written.setdefault(name.words(paragraph), number)

    def knows(self, word: str) -> bool:
        """Return whether the source has a word, however it writes it."""
        return word in self._places or word in self._joined

    def with_number(self, text: str, name: Name) -> Name:
        """Return a name with the number behind it, where the source numbers what it calls so: “Verity 5”."""
        number = _number_after(text, name)
        if not number or name.parts[-1] not in self._numbers:
            return name
        end = text.index(number, name.end) + len(number)
        return Name(name.start, end, (*name.parts, number), opens=name.opens)

    def has(self, name: Name) -> bool:
        """Return whether the source has a name: all its telling parts together, or another form of it."""
        if name.parts[-1][:1].isdigit() and len(name.parts) > 1 and name.parts[-2] in self._numbers:
            return name.parts[-1] in self._numbers[name.parts[-2]]
        parts = [self._singular(part) for part in dict.fromkeys(name.parts) if part not in GENERIC | JOINTS]
        if not parts or self.knows("".join(name.parts)) or "".join(name.parts) in self._joined:
            return True
        if self._has_form(" ".join(name.parts)) or self._has_acronym(name):
            return True
        if len(parts) == 1:
            return self._has_part(parts[0])
        return self._stand_together(parts) or self._stand_in_groups(name) or self._has_proper(name, parts)

    def _singular(self, part: str) -> str:
        """Return the source's word of which a part is the plural: “two million Pulsar Bands”."""
        return part[:-1] if part.endswith("s") and not self.knows(part) and part[:-1] in self._capitals else part

    def _has_proper(self, name: Name, parts: list[str]) -> bool:
        """Return whether the source has the one word of a name, alone, that is no ordinary one: “Nobel Prize”."""
        first, *rest = parts
        if len(name.parts) != 2 or is_ordinary(first) or not is_ordinary(rest[0]) or first not in self._capitals:
            return False
        return all(run == {first} for run in self._runs.get(first, ()))

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
        return any(kin(part, self._capitals))

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
            short = name.parts[0]
            return 2 < len(short) < 9 and (short in self._initials or (len(short) > 3 and short in self._firsts))
        short = "".join(part[:1] for part in name.parts if part not in {"of", "and", "for", "the"})
        return len(short) > 2 and short in self._capitals

    @cached_property
    def _firsts(self) -> str:
        """Return the first letters of all words: “quality-adjusted life year” is a QALY."""
        return "".join(word[:1] or " " for word in self._words)

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
        if found:
            return found[0], self._written[found[0]]
        words = {word: name for name in candidates for word in name.split()}  # “Lopez” is nearest to “Maria Lopes”
        found = process.extractOne(written, list(words), scorer=fuzz.ratio, score_cutoff=MISTYPED)
        return (words[found[0]], self._written[words[found[0]]]) if found else None

    def is_proper_part(self, parts: tuple[str, ...]) -> bool:
        """Return whether the source has a name of one word."""
        return len(parts) == 1 and parts[0] in self._runs

    def is_nearly_known(self, part: str, but: Callable[[str], bool] | None = None) -> bool:
        """Return whether a word that is not there is a letter or two from a name that is: “Velmore” for “Velmora”."""
        if len(part) < 5:
            return False
        names = [word for word in self._capitals if len(word) > 4]
        near = process.extractOne(
            part, [word for word in names if not (but and but(word))][:MOST_COMPARED], scorer=fuzz.ratio
        )
        return bool(near) and near[1] >= MISTYPED
