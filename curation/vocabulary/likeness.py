"""Topics that look alike: by their names and synonyms, and by what is filed under both. Suggested, never acted on.

Names are alike that say the same but for accents, signs, order, plurals and spaces, or that one letter tells apart.
Those are found by what is left of each when a letter is taken out, so that no name meets all others.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone
from rapidfuzz.distance import OSA

from curation.models import EditionTopic, KeptApart, Tally
from offerings import slugs
from offerings.models import Synonym, Topic
from offerings.text.kept import kept

_SHORTEST = 6  # letters of names in which one may differ
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Words that tell no two topics apart.
_EMPTY = frozenset(["a", "an", "and", "for", "in", "of", "on", "the", "to"])
_NEWEST = 6_000  # filings of Editions that are read for what is filed under both
_SHARED_FROM, _SHARED = 5, 0.6  # briefs under both, and their share of all that are under either


@dataclass(frozen=True)
class Alike:
    """Two topics (by id, the lower first) that look alike, and why, in words."""

    one: int
    other: int
    why: str


@kept(kilobytes=2_048)
def forms_of(name: str) -> frozenset[str]:
    """Return what a name says without accents, signs and plurals, its words run together in their order, and sorted."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    words = _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    words = [_singular(word) for word in words if word not in _EMPTY] or words
    return frozenset(filter(None, ("".join(words), "".join(sorted(words)))))


def _singular(word):
    if word.endswith("ies") and len(word) > len("aries"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > len("news") else word


def _shorn(form: str) -> Iterator[str]:
    """Yield a form, and what is left of a long one without each of its letters."""
    yield form
    if len(form) > _SHORTEST:
        yield from {form[:place] + form[place + 1 :] for place in range(len(form))}


def is_near(one: str, other: str) -> bool:
    """Return whether two forms may be one name: the same, or long and one letter apart, never a figure. Pure.

    Another first letter is another thing: “eHealth” is not “mHealth”.
    """
    if one == other:
        return True
    is_long = min(len(one), len(other)) >= _SHORTEST and one[0] == other[0]
    return is_long and _figures(one) == _figures(other) and OSA.distance(one, other) <= 1


def _figures(form):
    return re.findall(r"\d+", form)


def by_name(among: set[int] | None = None) -> list[Alike]:
    """Return pairs of topics whose names or synonyms are alike; only those with one of ``among``, where it is given.

    Three queries; some 20 ms for two thousand topics.
    """
    standing = dict(Topic.objects.standing().order_by().values_list("pk", "label"))
    names = [(pk, label, False) for pk, label in standing.items()]
    synonyms = Synonym.objects.filter(topic__merged_into=None).order_by().values_list("topic_id", "spelling")
    names += [(pk, slugs.topic_label(spelling), True) for pk, spelling in synonyms]
    asked, found = defaultdict(list), {}
    for name, shorn, form in _spread(name for name in names if among is None or name[0] in among):
        asked[shorn].append((name, form))
    for name, shorn, form in _spread(names):
        for other, other_form in asked.get(shorn, ()):
            pair = min(name[0], other[0]), max(name[0], other[0])
            if name[0] != other[0] and pair not in found and is_near(form, other_form):
                found[pair] = _why(name[1:], other[1:])
    return _told(found)


def _spread(names):
    """Yield each name with all that it is looked up by, and the form that this comes from."""
    for name in names:
        for form in forms_of(name[1]):
            for shorn in _shorn(form):
                yield name, shorn, form


def _why(*names):
    """Return why two topics look alike: each name, and whether it is a synonym."""
    (one, is_synonym), (other, is_other_synonym) = sorted(names)
    if one == other:
        return f"“{one}” is a synonym of both" if is_synonym and is_other_synonym else f"both are called “{one}”"
    return f"“{one}” and “{other}” are nearly the same"


def _told(found):
    """Return pairs that nobody said are two things, by their keys."""
    apart = set(KeptApart.objects.values_list("first_id", "second_id"))
    return [Alike(*pair, why) for pair, why in sorted(found.items()) if pair not in apart]


def by_filing() -> list[Alike]:
    """Return pairs of topics under which nearly the same briefs are filed, as far as the newest tell. Three queries."""
    filed = defaultdict(set)
    now = timezone.now()
    newest = EditionTopic.objects.filter(first_published_at__lte=now, topic__merged_into=None).order_by("-edition_id")
    for edition, topic in newest.values_list("edition_id", "topic_id")[:_NEWEST]:
        filed[edition].add(topic)
    single = Counter(topic for topics in filed.values() for topic in topics)
    both = Counter(pair for topics in filed.values() for pair in combinations(sorted(topics), 2))
    found = {
        pair: f"{number:,} of {single[pair[0]] + single[pair[1]] - number:,} new briefs are filed under both"
        for pair, number in both.items()
        if number >= max(_SHARED_FROM, _SHARED * (single[pair[0]] + single[pair[1]] - number))
    }
    return _told(found)


def keep_apart(one: int, other: int, *, by) -> bool:
    """Write down that two topics are two things, so that nobody suggests them again; return whether both are there."""
    first, second = sorted((one, other))
    if first == second or Topic.objects.filter(pk__in=[first, second]).count() < len([first, second]):
        return False
    KeptApart.objects.bulk_create(
        [KeptApart(first_id=first, second_id=second, by=by, at=timezone.now())], ignore_conflicts=True
    )
    return True


def weights(topics) -> dict[int, int]:
    """Return how many live briefs these topics (ids) have. One query."""
    rows = Tally.objects.filter(kind=Tally.Kind.TOPIC, month="", key__in=[str(pk) for pk in topics])
    return {int(key): count for key, count in rows.values_list("key", "count")}
