"""All articles that tell one story twice, found in one reading: only those that share something rare are compared."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import batched, combinations

from django.db.models.functions import Substr

from curation.models import Article
from curation.text import prose

from . import memory, word_forms
from .filing import text_of
from .likeness import ALIKE_TEXT
from .memory import BEGINNING, SLICE
from .neighbours import FEWEST_WORDS
from .similar_titles import ALIKE, ratio, sorted_words, telling_words
from .topic_names import Text

RAREST = 4  # words of a title; two titles that share two of them are compared
PRINTS = 4  # of a text: the smallest hashes of three words in a row; two texts that share one are compared
CROWD = 40  # a sign that so many share tells of no likeness: only the newest of them are compared with the next


@dataclass(frozen=True)
class Pair:
    """Two articles' ids, the older first; how alike they are, 0 to 100, and by what: title, text or body."""

    one: int
    other: int
    score: float
    by: str


def pairs(
    least: float | None = None,
    tell: Callable[[str, int], None] = lambda doing, count: None,
    *,
    after: int = 0,
) -> list[Pair]:
    """Return pairs of articles in any state, the most alike first; of two ways in which a pair is alike the surer.

    ``least`` is for titles (85 where it is not given) and texts (90). ``tell`` hears what is being done and how many
    were done since. With ``after`` only pairs whose newer article has a higher id. Reads titles and the beginnings of
    bodies once, and about 100 bytes for each stay in memory.
    """
    found = {(pair.one, pair.other): pair for pair in _texts(least or ALIKE_TEXT, tell, after)}
    found |= {(pair.one, pair.other): pair for pair in _titles(least or ALIKE, tell, after)}
    return sorted(found.values(), key=lambda pair: (-round(pair.score, 1), pair.one, pair.other))


def _titles(least, tell, after) -> Iterator[Pair]:
    titles, having = {}, Counter()
    for pk, title in Article.objects.exclude(title="").order_by("pk").values_list("pk", "title").iterator(SLICE):
        titles[pk] = title
        having.update(telling_words(title))
        tell("Titles", 0)
    met: dict[int, list[int]] = defaultdict(list)
    for pk, title in titles.items():
        tell("Titles", 1)
        others = _met(met, pk, _title_signs(title, having))
        asked = sorted_words(title)
        for other in others if pk > after else ():
            score = _ratio_if_near(asked, sorted_words(titles[other]), least)
            if score >= least:
                yield Pair(other, pk, score, "title")


def _title_signs(title, having):
    rarest = sorted(telling_words(title), key=lambda word: (having[word], word))[:RAREST]
    return [hash(pair) for pair in combinations(rarest, 2)] or [hash((word, "")) for word in rarest]


def _ratio_if_near(one, other, least):
    """Return the ratio, unless the lengths alone forbid it."""
    shorter, longer = sorted((len(one), len(other)))
    return ratio(one, other) if 200 * shorter >= least * (shorter + longer) else 0.0


def _met(met, pk, signs) -> set[int]:
    """Return the articles that left one of these signs before, and leave the signs of this one."""
    others = set()
    for sign in signs:
        crowd = met[sign]
        others.update(crowd)
        crowd.append(pk)
        if len(crowd) > CROWD:
            del crowd[0]
    return others


def _texts(least, tell, after) -> Iterator[Pair]:
    met: dict[int, list[int]] = defaultdict(list)
    read = Article.objects.annotate(beginning=Substr("body", 1, BEGINNING)).order_by("pk")
    candidates = []
    for pk, standfirst, beginning in read.values_list("pk", "standfirst", "beginning").iterator(SLICE):
        tell("Texts", 1)
        others = _met(met, pk, _text_signs(standfirst, beginning))
        candidates += [(other, pk) for other in others] if pk > after else []
    for some in batched(candidates, 500):
        tell("Pairs", len(some))
        yield from _compared(some, least)


def _text_signs(standfirst, beginning):
    said = word_forms.telling(word_forms.tokens(prose.text(beginning) or standfirst))
    rows = zip(said, said[1:], said[2:], strict=False)
    return heapq.nsmallest(PRINTS, {hash(row) for row in rows}) if len(said) >= FEWEST_WORDS else []


def _compared(candidates, least):
    """Read the texts of candidates in full and compare them. One query."""
    texts = memory.neighbours()
    known = Article.objects.only("title", "standfirst", "body").in_bulk({pk for pair in candidates for pk in pair})
    read: dict[int, Text] = {pk: text_of(article) for pk, article in known.items()}
    for one, other in candidates:
        if one in read and other in read:
            pair = _pair(texts, one, other, read)
            if pair.score >= least:
                yield pair


def _pair(texts, one, other, read):
    said, also = (read[pk].body.lower().split() for pk in (one, other))
    if len(said) >= FEWEST_WORDS and said == also:
        return Pair(one, other, 100.0, "body")
    return Pair(one, other, texts.cosine(read[one], read[other]) * 100, "text")
