"""Topics for an article, each with its reasons in words; those it has already are in the list as well."""

from dataclasses import dataclass

from curation.models import Article
from curation.text import prose
from offerings.models import Synonym, Topic

from . import memory
from .ranking import Ranked, rank, reason
from .topic_names import Names, Text

MOST = 20
LONGEST = 20_000  # characters of a body that are searched for names


@dataclass(frozen=True)
class TopicSuggestion:
    """A topic, why in a piece of a sentence, how much speaks for it, and whether the article has it already."""

    topic: Topic
    reason: str
    score: float
    is_taken: bool


def text_of(article: Article) -> Text:
    """Return an article's words as suggestions read them."""
    return Text(article.title, article.standfirst, prose.text(article.body)[:LONGEST])


def topics(article: Article) -> list[TopicSuggestion]:
    """Return topics in use for a saved article, best first, about twenty; those it has are among them.

    Six queries, and those that bring the process's memory of other articles up to date.
    """
    best = rank(text_of(article), _names_in_use(), memory.neighbours(), but=article.pk)[: MOST * 2]
    taken = list(article.article_topics.order_by("position").values_list("tag_id", flat=True))
    known = Topic.objects.in_use().select_related("taxonomy").in_bulk([*(one.topic for one in best), *taken])
    best = [one for one in best if one.topic in known][:MOST]
    best += [Ranked(pk) for pk in taken if pk in known and all(one.topic != pk for one in best)]
    titles = _titles({pk for one in best for pk in one.like[:1]})
    return [
        TopicSuggestion(known[one.topic], reason(one, titles), round(one.score, 4), one.topic in taken) for one in best
    ]


def _names_in_use() -> Names:
    """Read the names of topics, each time: the catalogue is small, and a new name is found at once. Two queries."""
    synonyms = Synonym.objects.filter(topic__retired=False).order_by().values_list("topic_id", "spelling")
    return Names.of_topics(Topic.objects.in_use().order_by().values_list("pk", "label", "name"), synonyms)


def _titles(pks):
    return dict(Article.objects.filter(pk__in=pks).values_list("pk", "title"))
