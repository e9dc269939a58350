"""Authorship: who wrote the words of a Version. It follows the words that remain, not who once saved.

Whoever typed something that is gone again wrote nothing of what waits; so nobody loses the right to approve by a letter
that was typed and deleted, and nobody gains it by having another press “Save”.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from rapidfuzz.distance import LCSseq

from curation.models import Article, Harvest, LogEntry, Version
from curation.models.fields import LISTS, WRITTEN
from curation.models.snapshots import complete
from curation.models.vocabulary.current import current, successors_in
from curation.text.sentences import sentences

#: Where a harvest names who pasted its text, among what it found.
PASTED_BY = "pasted_by"
_TOKEN = re.compile(r"<[^>]*>|\w+|[^\w\s]")
_NOBODY = frozenset()


def authors(newest: dict[int, Version], among: Iterable[int] | None = None) -> dict[int, set[int]]:
    """Return who wrote words of these Versions that were not approved before, by article id: sets of user ids.

    ``newest`` are Versions by article id. Whoever pasted the source's text from which the standfirst has a sentence is
    one of them. ``among`` names the people who matter, where others do not: what nobody of them ever signed is not read
    word by word. Four queries, however many Versions.
    """
    approved = _approved(newest)
    signed = _signed(newest, approved)
    asked = None if among is None else set(among)
    close = {pk for pk, by_number in signed.items() if asked is None or any(asked & who for who in by_number.values())}
    contents = _contents({pk: newest[pk] for pk in close}, approved)
    result = pasters({pk: version.content for pk, version in newest.items()})
    for pk in newest:
        if pk in close:
            result[pk] |= remaining(contents[pk].pop(approved[pk], None), contents[pk], signed[pk])
        else:
            result[pk] |= set().union(*signed[pk].values())
    return result


def may_have_written(article, user) -> bool:
    """Return whether ``user`` may be among the authors of an article (``near``). One query."""
    return Article.objects.filter(near(user.pk), pk=article.pk).exists()


def near(user: int) -> Q:
    """Return the condition that ``user`` (an id) may be among the authors: they signed a Version, or a text was pasted.

    It spares most pages the reading of Versions.
    """
    signed = Version.writers.through.objects.filter(version__article=OuterRef("pk"), user=user)
    pasted = Harvest.objects.filter(kind="text", link__article_sources__article=OuterRef("pk"))
    return Q(Exists(signed)) | Q(Exists(pasted))


def _approved(newest):
    """Return the number of the last Version that was approved before each of these; 0 for none. One query."""
    found = defaultdict(int)
    # All steps of these articles are fewer than all approvals of the newsroom, which a database may prefer to read.
    steps = LogEntry.objects.filter(article__in=newest, version__isnull=False).order_by()
    for article, step, number in steps.values_list("article_id", "step", "version__number"):
        if step == "approve" and number < newest[article].number:
            found[article] = max(found[article], number)
    return found


def _signed(newest, approved):
    """Return who signed each Version since the approved one: sets by number by article id. One query."""
    found = defaultdict(lambda: defaultdict(set))
    signed = Version.writers.through.objects.filter(version__article__in=newest)
    for article, number, user in signed.values_list("version__article_id", "version__number", "user_id"):
        if approved[article] < number <= newest[article].number:
            found[article][number].add(user)
    return found


def _contents(newest, approved):
    """Return the contents of these articles' Versions from the approved one on, by number by article id.

    Two queries at most.
    """
    found = defaultdict(dict)
    rows = Version.objects.filter(article__in=newest).order_by("number") if newest else Version.objects.none()
    for article, number, content in rows.values_list("article_id", "number", "content").iterator(chunk_size=200):
        if approved[article] <= number <= newest[article].number:
            found[article][number] = complete(content)
    return _filed_alike(found)


def _filed_alike(found):
    """Return contents by number by article id, with topics as of now: nobody wrote that one went into another.

    One query, none where no article was filed anew.
    """
    refiled = [content for by_number in found.values() if _is_refiled(by_number) for content in by_number.values()]
    if successors := successors_in(refiled):
        for by_number in found.values():
            by_number |= {number: current(content, successors) for number, content in by_number.items()}
    return found


def _is_refiled(by_number):
    filings = [content["topics"] for content in by_number.values()]
    return any(topics != filings[0] for topics in filings)


def remaining(base: dict | None, contents: dict[int, dict], signers: dict[int, set[int]]) -> set[int]:
    """Return whose words remain in the last of ``contents`` (snapshots by number, in their order). Pure.

    Words that ``base`` had are nobody's; who took some of those out is an author as well, as long as they stay out.
    """
    return set().union(*(_of_part(name, base, contents, signers) for name in WRITTEN)) if contents else set()


def _of_part(name, base, contents, signers):
    """Return who wrote what one part of a snapshot says now and did not say in ``base``."""
    first = _tokens(name, base) if base is not None else []
    last = _tokens(name, contents[max(contents)])
    if first == last:
        return set()
    words = [(token, place, _NOBODY) for place, token in enumerate(first)]
    removers = {}
    for number, content in contents.items():
        who = frozenset(signers.get(number, ()))
        words, gone = _rewritten(words, _tokens(name, content), who)
        removers |= dict.fromkeys(gone, who)
    return _those_who_differ(first, last, words, removers)


def _tokens(name, content):
    """Return a part of a snapshot as what is written at once: words and signs of a text, rows of a list."""
    value = content.get(name)
    if name in LISTS:
        return [json.dumps(row, sort_keys=True) for row in value or ()]
    if isinstance(value, str):
        return _TOKEN.findall(value)
    return [] if value in (None, False) else [json.dumps(value)]


def _rewritten(words, tokens, who):
    """Return the words after ``who`` rewrote them, and the places in the base of those that went."""
    after, gone = [], []
    for kind, a, b, c, d in LCSseq.opcodes([token for token, *_ in words], tokens):
        if kind == "equal":
            after += words[a:b]
            continue
        gone += [place for _, place, _ in words[a:b] if place is not None]
        after += [(token, None, who) for token in tokens[c:d]]
    return after, gone


def _those_who_differ(first, last, words, removers):
    """Return who wrote the words that ``last`` has and ``first`` has not, and who removed those it lacks."""
    found = set()
    for kind, a, b, c, d in LCSseq.opcodes(first, last):
        if kind != "equal":
            found.update(*(removers.get(place, _NOBODY) for place in range(a, b)), *(who for *_, who in words[c:d]))
    return found


def pasters(contents: dict[int, dict]) -> dict[int, set[int]]:
    """Return who pasted the text of a source from which the standfirst has a sentence, by article id. One query.

    Whoever clicks “Use” signs as well; but the words are those of the person who pasted them.
    """
    named = {pk: {row["link"] for row in content["sources"]} for pk, content in contents.items()}
    pasted = Harvest.objects.filter(kind="text", link__in=set().union(*named.values()))
    texts = {harvest.link_id: harvest for harvest in pasted.only("link", "asked_by", "found", "text")}
    return {
        pk: {
            _paster(texts[link])
            for link in named[pk] & texts.keys()
            if _is_drawn_from(content["standfirst"], texts[link])
        }
        - {None}
        for pk, content in contents.items()
    }


def _paster(harvest):
    """Return the id of who pasted the text; of before that was kept, of who asked last."""
    return next((int(who) for who, _ in harvest.found.get(PASTED_BY, ())), harvest.asked_by_id)


def _is_drawn_from(standfirst, harvest):
    """Return whether a whole sentence of the standfirst, or its cut beginning, stands in what was pasted."""
    offered = [words for words, _ in harvest.found.get("description", ())]
    text = " ".join(" ".join([harvest.text, *offered]).split())
    return any(words in text for one in sentences(standfirst) if (words := one.rstrip("… ")))
