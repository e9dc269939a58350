"""Articles that tell the same story: nearly the same title, nearly the same text, or the same body retitled."""

from collections.abc import Iterable
from dataclasses import dataclass

from curation.models import Article

from . import memory
from .filing import text_of
from .neighbours import FEWEST_WORDS
from .similar_titles import ALIKE
from .topic_names import Text

ALIKE_TEXT = 90  # from here on two texts tell one story
RELATED = 50  # from here on they belong together
MOST = 10
LOOKED_AT = 30  # articles whose texts are read and compared in full


@dataclass(frozen=True)
class Likeness:
    """An article that is like what was asked about: how much, 0 to 100, and ``by`` what: title, text or body.

    ``body`` is the same body under another title, which is a slip more often than a purpose.
    """

    article: Article
    score: float
    by: str

    @property
    def is_same(self) -> bool:
        """True if it tells the same story; otherwise it is related."""
        return self.by == "body" or self.score >= (ALIKE if self.by == "title" else ALIKE_TEXT)


def similar(subject: Article | Text | str, *, related: bool = False) -> list[Likeness]:
    """Return articles in any state that tell the same story, the most alike first, at most ten; never the article.

    ``subject`` is a saved article, a ``Text``, or plain words: those of one short line are a title, all else is a
    body. Titles are compared with those of all articles, texts with the newest 20,000. With ``related`` also texts
    that belong together (from 50 on) are named, at most ten as well. Three queries, and those of the memory.
    """
    asked, but = _asked(subject)
    found = {pk: (score, "title") for pk, score in memory.titles().alike(asked.title, but=but)}
    for pk, score, by in _alike(asked, but):
        if score >= (RELATED if related else ALIKE_TEXT) and pk not in found:
            found[pk] = (score, by)
    return _likenesses(found, MOST * 2 if related else MOST)


def similar_to_title(words: str, *, but: int | None = None) -> list[Likeness]:
    """Return articles with nearly this title, the most alike first, at most ten: cheap enough while somebody types."""
    return _likenesses({pk: (score, "title") for pk, score in memory.titles().alike(words, but=but)}, MOST)


def similar_to_titles(asked: Iterable[str], most: int = MOST) -> list[list[Likeness]]:
    """Find for each of many titles the articles with nearly that one, at most ``most``; empty words are like nothing.

    One query and those of the memory, however many are asked about; none where all are empty.
    """
    asked = list(asked)
    if not any(asked):
        return [[] for _ in asked]
    known = memory.titles()
    found = [dict(known.alike(words)[:most]) if words else {} for words in asked]
    articles = _articles({pk for one in found for pk in one})
    return [_sorted({pk: (score, "title") for pk, score in one.items()}, articles) for one in found]


def _asked(subject):
    if isinstance(subject, Article):
        return text_of(subject), subject.pk
    if isinstance(subject, Text):
        return subject, None
    is_title = "\n" not in subject.strip() and len(subject) <= 200
    return (Text(title=subject) if is_title else Text(body=subject)), None


def _alike(asked, but):
    """Yield ``(id, 0 to 100, "text" or "body")`` of the articles whose words are most like these. One query."""
    texts = memory.neighbours()
    nearest = [texts.pks[place] for place, _ in texts.alike(asked, but=but)[:LOOKED_AT]]
    said = asked.body.lower().split()
    for article in Article.objects.filter(pk__in=nearest).only("title", "standfirst", "body"):
        text = text_of(article)
        if len(said) >= FEWEST_WORDS and text.body.lower().split() == said:
            yield article.pk, 100.0, "body"
        else:
            yield article.pk, texts.cosine(asked, text) * 100, "text"


def _likenesses(found, most):
    return _sorted(found, _articles(found))[:most]


def _articles(pks):
    return Article.objects.with_live().select_related("owner").defer("body", "insights").in_bulk(list(pks))


def _sorted(found, articles):
    best = [Likeness(articles[pk], round(score, 1), by) for pk, (score, by) in found.items() if pk in articles]
    return sorted(best, key=lambda one: (not one.is_same, -one.score, -one.article.pk))
