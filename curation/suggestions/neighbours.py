"""Articles that were filed before, as compact postings: which are like a text, and what filing them has taught.

Built from a bounded number of articles, once for a process: about 0.2 ms and 1.5 kB for each.
"""

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from . import word_forms
from .topic_names import TRUST, WORTH, Names, Text

MOST_WORDS = 80  # of a body; what an article is about stands in its beginning
FEWEST_WORDS = 8  # different ones, without which two texts are alike by chance
TITLE_COUNTS = 3  # a word of the title counts as if it stood there thrice
MOST_LETTERS = 12 * MOST_WORDS
FEW = 1_000  # articles, up to which no word is too rare to be kept
LEARNED_FROM = 2_000  # articles from which names and titles are learned
NEAREST, HUNDRED = 20, 100
#: Postings that one question may look at; the rarest words go first, so what is left out says little.
BUDGET = 60_000

_WEIGHT = [0.0] + [1 + math.log(times) for times in range(1, 1024)]


@dataclass(frozen=True)
class Filed:
    """One article to learn from: its id, its words, its topics (ids; empty where it has none yet)."""

    pk: int
    text: Text
    topics: tuple[int, ...] = ()


class Neighbours:
    """TF-IDF vectors of articles, by word; and how far a name or a word of a title was right about a topic."""

    def __init__(self, filed: Iterable[Filed], names: Names):
        self.pks, self.topics = array("q"), []
        self._place, self._postings, self._idf = {}, {}, {}
        self.prior, self.trust = Counter(), {}
        self.learned: set[int] = set()
        self._titles, self._title_topics = Counter(), defaultdict(Counter)
        learning = _Learning(names)
        for one in self._count(filed):
            if one.topics and learning.count < LEARNED_FROM:
                learning.add(one)
        learning.teach(self)

    def __len__(self):
        return len(self._place)

    @property
    def is_worn(self) -> bool:
        """True if so much was replaced that all should be built anew."""
        return len(self.pks) > 1.2 * len(self) + 100

    # Building --------------------------------------------------------------------------------------------------------

    def _add_place(self, one: Filed) -> int:
        place = self._place[one.pk] = len(self.pks)
        self.pks.append(one.pk)
        self.topics.append(one.topics)
        return place

    def _count(self, filed):
        """Return word → its articles, each packed into one number with how often it stands there."""
        counts: defaultdict[str, array] = defaultdict(lambda: array("Q"))
        for one in filed:
            packed = self._add_place(one) << 10
            for word, times in _bag(one.text).items():
                counts[word].append(packed | times)
            yield one
        self._weigh(counts)

    def _weigh(self, counts):
        """Turn counts into weights of unit vectors. A word that one article alone has tells something of few only."""
        squares, count = [0.0] * len(self.pks), len(self.pks)
        for word, packed in counts.items():
            idf = self._idf[word] = _idf(count, len(packed))
            for one in packed:
                squares[one >> 10] += (_WEIGHT[one & 1023] * idf) ** 2
        lengths = [math.sqrt(square) or 1.0 for square in squares]
        fewest = 1 if count <= FEW else 2
        while counts:
            word, packed = counts.popitem()
            if len(packed) < fewest:
                del self._idf[word]
            else:
                idf = self._idf[word]
                weights = (_WEIGHT[one & 1023] * idf / lengths[one >> 10] for one in packed)
                self._postings[word] = (array("I", (one >> 10 for one in packed)), array("f", weights))

    def forget(self, pk: int) -> None:
        """Leave an article out from now on."""
        place = self._place.pop(pk, None)
        if place is not None:
            self.pks[place], self.topics[place] = 0, ()
            self.learned.discard(pk)

    def replace(self, one: Filed) -> None:
        """Take an article as it is now; what names and titles have taught stays until all is built anew."""
        self.forget(one.pk)
        vector = self.vector(one.text)
        place = self._add_place(one)
        for word, weight in vector.items():
            places, weights = self._postings.setdefault(word, (array("I"), array("f")))
            places.append(place)
            weights.append(weight)
            self._idf.setdefault(word, _idf(len(self), 1))

    # Asking ----------------------------------------------------------------------------------------------------------

    def vector(self, text: Text) -> dict[str, float]:
        """Return a text as a unit vector of words."""
        return self._unit(_bag(text))

    def _unit(self, bag):
        rarest = _idf(len(self), 1)
        vector = {word: _WEIGHT[times] * self._idf.get(word, rarest) for word, times in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        return {word: weight / length for word, weight in vector.items()}

    def cosine(self, one: Text, other: Text) -> float:
        """Return how alike two texts are, 0 to 1, whatever their titles; 0 where one of them is too short to say."""
        bags = [_bag(Text("", text.standfirst, text.body)) for text in (one, other)]
        if min(map(len, bags)) < FEWEST_WORDS:
            return 0.0
        first, second = map(self._unit, bags)
        return sum(weight * second.get(word, 0.0) for word, weight in first.items())

    def alike(self, text: Text, *, but: int | None = None) -> list[tuple[int, float]]:
        """Return the hundred articles most like a text, as ``(place, cosine)``, best first; never ``but``."""
        scores = [0.0] * len(self.pks)
        known = [(word, weight) for word, weight in self.vector(text).items() if word in self._postings]
        looked_at = 0
        for word, weight in sorted(known, key=lambda pair: len(self._postings[pair[0]][0])):
            places, weights = self._postings[word]
            looked_at += len(places)
            if looked_at > BUDGET:
                break
            for place, other in zip(places, weights, strict=True):
                scores[place] += weight * other
        best = heapq.nlargest(HUNDRED, range(len(scores)), key=scores.__getitem__)
        best = [place for place in best if scores[place] and self.pks[place] not in (0, but)]
        best.sort(key=lambda place: (-round(scores[place], 6), -self.pks[place]))
        return [(place, scores[place]) for place in best]

    def nearest_filed(self, text: Text, *, but: int | None = None) -> list[tuple[int, float]]:
        """Return the twenty nearest articles that have topics, as ``(place, cosine)``."""
        return [near for near in self.alike(text, but=but) if self.topics[near[0]]][:NEAREST]

    def taught(self, title: list[str], *, but: int | None = None) -> dict[int, tuple[float, str, int]]:
        """Return topic → how much oftener than usual titles with these words are filed there; the word; how many were.

        The mean over the two most telling words or pairs of words. What the article ``but`` itself taught is left out.
        """
        said: defaultdict[int, list] = defaultdict(list)
        itself = but in self.learned
        own = self.topics[self._place[but]] if itself else ()
        plain = word_forms.telling(title)
        for word in dict.fromkeys(plain + word_forms.pairs(plain)):
            for topic, right in self._title_topics.get(word, {}).items():
                usual, times = self.prior[topic], right - (topic in own)
                share = (times + WORTH * usual) / (self._titles[word] - itself + WORTH)
                if times > 1:
                    said[topic].append((share - usual, word, times))
        return {topic: _two_best(found) for topic, found in said.items()}

    def rarity(self, word: str) -> float:
        """Return how rare a word is among these articles: 0 for one that all have, 1 for one that none has."""
        return (self._idf.get(word, _idf(len(self), 0)) - 1) / math.log(1 + max(len(self), 1))

    def trusted(self, topic: int, field: str) -> float:
        """Return how often a topic is right whose name stands in a field: 0 to 1."""
        return self.trust.get((topic, field), TRUST)


def _two_best(found):
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:2]
    return sum(one[0] for one in best) / 2, best[0][1], best[0][2]


def _idf(count, having):
    return math.log((1 + count) / (1 + having)) + 1


def _bag(text: Text) -> Counter:
    bag = Counter(word_forms.telling(word_forms.tokens(f"{text.standfirst} {text.body}"[:MOST_LETTERS]))[:MOST_WORDS])
    for word in word_forms.telling(word_forms.tokens(text.title))[:MOST_WORDS]:
        bag[word] += TITLE_COUNTS
    return bag


class _Learning:
    """Counts, over articles that have topics, how often a name or a word of a title was right."""

    def __init__(self, names):
        self.names, self.count, self.pks = names, 0, set()
        self.topics, self.named, self.right = Counter(), Counter(), Counter()
        self.titles: list[tuple] = []  # words and pairs of a title, its topics

    def add(self, one):
        self.count += 1
        self.pks.add(one.pk)
        self.topics.update(one.topics)
        fields = one.text.fields()
        for topic, found in self.names.found(fields).items():
            for field in found.fields:
                self.named[topic, field] += 1
                self.right[topic, field] += topic in one.topics
        title = word_forms.telling(fields["title"])
        self.titles.append(({*title, *word_forms.pairs(title)}, one.topics))

    def teach(self, neighbours):
        """Keep what was told more than once."""
        neighbours.learned = self.pks
        neighbours.prior.update({topic: times / self.count for topic, times in self.topics.items()})
        for key, times in self.named.items():
            neighbours.trust[key] = (self.right[key] + WORTH * TRUST) / (times + WORTH)
        neighbours._titles.update(self._titles())
        for said, topics in self.titles:
            for word in said & neighbours._titles.keys():
                neighbours._title_topics[word].update(topics)

    def _titles(self):
        """Return how many titles hold each word, where it is more than one."""
        having = Counter(word for said, _ in self.titles for word in said)
        return {word: times for word, times in having.items() if times > 1}
