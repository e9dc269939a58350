"""Offerings to set beside an article, each with its reasons. What a vendor pays, or is, is not among what is read."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from curation.models import Article
from offerings.models import Offering, OfferingTopic
from offerings.text.kept import kept

from . import memory, word_forms
from .filing import text_of

#: All that the order of offerings may depend on, besides the topics they are filed under and whether they are in use.
#: ``external_id`` is a running number: the higher, the fresher. A test shuffles every other column.
READ = ("pk", "external_id", "name", "summary")
#: Columns that a list shows of each, once the order is settled.
SHOWN = ("name", "slug", "permalink", "institution__name", "retired")

MOST = 20
MOST_READ = 1_000  # the newest, and as many that share a topic
#: Words that any offering in health care may call itself by.
_GENERIC = """
    app application assist based best better business care client clinic clinical clinician company customer data
    digital easy healthcare health healthy help hospital hub improve information innovation innovative leading live
    management medical medicine offer offering patient people physician platform practice product program provide
    provider quality real service software solution support system team technology tool use user way work world
"""
GENERIC = frozenset(_GENERIC.split())
TOPIC, NAME, TEXT, FRESH = 2.0, 1.5, 1.0, 0.1
ENOUGH = 0.45  # least weight of the words together: two in a row, or two apart that few use


@dataclass
class Beside:
    """An offering's id with its score, and what speaks for it."""

    pk: int
    score: float = 0.0
    topics: list[int] = field(default_factory=list)  # those it shares, the rarest first
    carried_by: int = 0  # offerings that carry the rarest, where these are few
    named: str = ""
    mentioned: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OfferingSuggestion:
    """An offering, why in a piece of a sentence, how much speaks for it, and whether it stands there already."""

    offering: Offering
    reason: str
    score: float
    is_taken: bool


def offerings(article: Article) -> list[OfferingSuggestion]:
    """Return offerings in use for a saved article, best first, about twenty; those it has are among them.

    Shared topics count most, each by its rarity; then words that both use, and the offering's name in the article;
    where these leave a tie, the fresher one is first. Eight queries, and those of the memory.
    """
    taken = set(article.article_offerings.values_list("offering", flat=True))
    labels = dict(article.article_topics.values_list("tag", "tag__label"))
    best = _ranked(article, list(labels), taken)
    known = Offering.objects.in_use().select_related("institution").only(*SHOWN).in_bulk([one.pk for one in best])
    return [
        OfferingSuggestion(known[one.pk], _reason(one, labels), round(one.score, 4), one.pk in taken)
        for one in best
        if one.pk in known
    ]


def _ranked(article, topics, taken):
    filed = _filed(topics)
    rows = _rows(topics, taken)
    scored = {row["pk"]: Beside(row["pk"]) for row in rows}
    _count_topics(scored, filed, Offering.objects.in_use().count())
    _count_words(scored, rows, article)
    spoken_for = {pk for pk, one in scored.items() if one.score} | taken
    fresh = sorted(rows, key=_freshness)
    for place, row in enumerate(fresh, start=1):
        scored[row["pk"]].score += FRESH * place / len(rows)
    best = [scored[row["pk"]] for row in reversed(fresh) if row["pk"] in spoken_for]
    best.sort(key=lambda one: -round(one.score, 6))  # stable: the fresher stays first
    return best[:MOST] + [one for one in best[MOST:] if one.pk in taken]


def _freshness(row):
    """Return the key that sorts by age: an offering made here after the import has no number, and is the newest."""
    return (row["external_id"] is None, row["external_id"] or 0, row["pk"])


def _filed(topics) -> dict[int, set[int]]:
    """Return topic → the offerings in use that are filed there."""
    filed = defaultdict(set)
    rows = OfferingTopic.objects.filter(tag__in=topics, content_object__retired=False).order_by()
    for topic, offering in rows.values_list("tag", "content_object"):
        filed[topic].add(offering)
    return filed


def _rows(topics, taken):
    """Return the candidates' rows: those that share a topic or are taken, and the newest; thousands at most."""
    in_use = Offering.objects.in_use().order_by(F("external_id").desc(nulls_first=True), "-pk").values(*READ)
    sharing = in_use.filter(offering_topics__tag__in=topics).distinct()[:MOST_READ] if topics else []
    rows = [*in_use[:MOST_READ], *sharing, *(in_use.filter(pk__in=taken) if taken else [])]
    return list({row["pk"]: row for row in rows}.values())


def _count_topics(scored, filed, total):
    for topic, having in sorted(filed.items(), key=lambda item: (len(item[1]), item[0])):
        rarity = math.log((1 + total) / len(having)) / math.log(1 + total)
        for pk in having & scored.keys():
            scored[pk].score += TOPIC * rarity
            scored[pk].topics.append(topic)
            scored[pk].carried_by = scored[pk].carried_by or (len(having) if 1 < len(having) * 10 <= total else 0)


def _count_words(scored, rows, article):
    """Add what the article and an offering both speak of: its name, and the three most telling words or pairs."""
    text = text_of(article)
    whole = f"{text.title}\n{text.standfirst}\n{text.body}"
    said = word_forms.tokens(whole)
    names, terms = word_forms.said_once(said, 6), _telling(said)
    shared = {row["pk"]: _terms(f"{row['name']}. {row['summary']}") & terms for row in rows}
    weights = _weights(shared.values(), memory.neighbours())
    spelled = word_forms.spelled(whole)
    for row in rows:
        one = scored[row["pk"]]
        if _is_name(row["name"]) and word_forms.name_key(row["name"])[0] in names:
            one.named, one.score = row["name"], one.score + NAME
        weighed = [(weights[term], term) for term in shared[row["pk"]] & weights.keys()]
        best = _apart(sorted(weighed, key=lambda pair: (-pair[0], pair[1])))
        if sum(weight for weight, _ in best) >= ENOUGH:
            one.score += TEXT * sum(weight for weight, _ in best) / 3
            one.mentioned = [" ".join(spelled[word] for word in term.split()) for _, term in best]


def _weights(shared, articles):
    """Return term → what it tells, for those that tell enough to be mentioned."""
    having = Counter(term for found in shared for term in found)
    weights = {term: _weight(term, times, len(shared), articles) for term, times in having.items()}
    return {term: weight for term, weight in weights.items() if weight >= 0.15}


def _weight(term, having, total, articles):
    """Return a term's weight, 0 to 1: what few offerings and articles say tells much; two words together more."""
    parts = term.split()
    rare_here = math.log((1 + total) / having) / math.log(1 + total)
    rare_there = sum(articles.rarity(word) for word in parts) / len(parts)
    return rare_here * (0.5 + 0.5 * min(rare_there, 1)) * (1.0 if len(parts) > 1 else 0.4)


def _apart(weighed, most=3):
    """Return the three best terms, none of whose words stands in a better one."""
    best, used = [], set()
    for weight, term in weighed:
        if len(best) < most and not used & set(term.split()):
            best.append((weight, term))
            used.update(term.split())
    return best


@kept(kilobytes=8_192)
def _terms(text: str) -> frozenset[str]:
    return _telling(word_forms.tokens(text))


def _telling(said):
    """Return words, and pairs of them, that tell offerings apart; a pair may hold one word that any offering uses."""
    plain = word_forms.telling(said)
    pairs = (
        pair
        for pair in word_forms.pairs(said)
        if not word_forms.STOP & set(pair.split()) and set(pair.split()) - GENERIC
    )
    return frozenset(word for word in plain if word not in GENERIC and not word.isdigit()) | frozenset(pairs)


def _is_name(name):
    """Return whether a name is more than a word that people use anyway."""
    said = word_forms.telling(word_forms.tokens(name))
    return len(said) > 1 or bool(said and len(said[0]) > 5 and said[0] not in GENERIC)


def _reason(one, labels):
    pieces = []
    if one.topics:
        names = [labels[topic] for topic in one.topics]
        shared = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        is_rare = len(names) == 1 and one.carried_by > 1
        pieces.append(f"shares {shared}" + (f", which only {one.carried_by} offerings carry" if is_rare else ""))
    if one.named:
        pieces.append("is named in the brief")
    if one.mentioned:
        pieces.append(f"mentions {', '.join(one.mentioned)}")
    return "; ".join(pieces) or "is on the brief already"
