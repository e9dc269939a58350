"""A harvest from asking to keeping: claimed once, read outside of any transaction, and kept only if still wanted."""

import json
import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.http import parse_header_parameters

from curation import workflow
from curation.editing import authorship
from curation.extract import Reading, image_candidates, judge, pdf, read
from curation.extract.judge import identity
from curation.fetch import faults, fetch
from curation.fetch.content import sniffing
from curation.models import Article, ArticleSource, Harvest, LogEntry, SourceLink, State
from curation.text import links, prose, sentences

log = logging.getLogger(__name__)
HARVEST = workflow.Machine("harvest")
STUCK = timedelta(seconds=60)  # no reading takes as long: whoever began it is gone
_TEXT = 200_000  # characters of main text that are kept, and of what a page says of itself in JSON-LD
_UNREADABLE = "The page is built in a way that could not be read. Paste the page's text instead."
_PASTED = "What was pasted is no story either."
_OF_DESCRIPTIONS = ("Open Graph", "Twitter", "JSON-LD", "meta")  # origins of descriptions that somebody wrote
_WRITABLE = (State.DRAFT, State.CHANGES_REQUESTED)


def ask(link: SourceLink, *, by=None) -> Harvest:
    """Ask for a link to be read, anew if it was before; what is being read is left to end. Two queries."""
    now = timezone.now()
    harvest, is_new = Harvest.objects.get_or_create(link=link, defaults={"asked_at": now, "asked_by": by})
    free = Q(begun_at__lt=now - STUCK) | ~Q(state=Harvest.State.READING)
    if not is_new:
        fresh = {"state": Harvest.State.WAITING, "asked_at": now, "asked_by": by, "code": "", "words": ""}
        Harvest.objects.filter(free, pk=harvest.pk).update(**fresh)
        harvest.refresh_from_db()
    return harvest


def cancel(harvest: Harvest) -> None:
    """Stop waiting for a page; what its reading still brings is not kept. One query."""
    now = timezone.now()
    wanted = Harvest.objects.filter(pk=harvest.pk, state__in=[Harvest.State.WAITING, Harvest.State.READING])
    wanted.update(state=Harvest.State.CANCELLED, ended_at=now, attempt=F("attempt") + 1)


def run(pk: int) -> Harvest | None:
    """Read the page of a harvest that waits, keep what it says, and fill what is empty; None where none waits.

    Takes as long as ``fetch`` may; no transaction is open meanwhile. Never raises for what a page does.
    """
    harvest = _claim(pk)
    if harvest is None:
        return None
    try:
        fetched = fetch(harvest.link.cleaned)
        reading, text = _reading(fetched)
        verdict = None if is_believed(harvest.link) else _verdict(harvest.link, fetched, reading, text)
    except faults.FetchError as fault:
        return _end(harvest, state=Harvest.State.FAILED, code=fault.code, words=str(fault)[:300])
    except Exception:  # a page made to break its reader must not leave anybody waiting
        log.exception("Reading %s failed", harvest.link.cleaned)
        return _end(harvest, state=Harvest.State.FAILED, code="unreadable", words=_UNREADABLE)
    if verdict:
        said = {"code": verdict.code, "words": verdict.words}
        return _end(harvest, fetched.hops, state=Harvest.State.FAILED, **said, **_offered_still(fetched))
    return _keep(harvest, reading, fetched.kind, text, fetched)


def _offered_still(fetched):
    """Give what is offered of what was refused: of a PDF without words its first page, as a picture."""
    if fetched.kind != sniffing.PDF:
        return {}
    worth = image_candidates.offered(Reading(), fetched.kind, fetched.url)
    return {"kind": fetched.kind, "found": {name: _plain(values) for name, values in worth.items() if values}}


def _verdict(link, fetched, reading, text):
    """Return why what was fetched is no story, or None; of a PDF, that nothing in it can be read."""
    if fetched.kind == "page":
        return judge.verdict(reading, link.cleaned, fetched.url)
    if fetched.kind == "pdf" and not text.strip():
        return judge.of_code("nothing-readable")
    return None


def believe(link: SourceLink, *, by) -> Harvest:
    """Hold a link's page for the story, whatever the judge says, as a person saw it; ask for it anew. Four queries."""
    link.metadata = link.metadata | {"is_story": by.pk}
    link.save(update_fields=["metadata"])
    return ask(link, by=by)


def is_believed(link: SourceLink) -> bool:
    """Return whether a person said that a link's page is the story. No query where its metadata is loaded."""
    return "is_story" in link.metadata


def may_believe(harvest: Harvest) -> bool:
    """Return whether it was the judge who refused a page, so that a person may know better."""
    return harvest.state == Harvest.State.FAILED and judge.is_verdict(harvest.words) and not is_believed(harvest.link)


def take_text(link: SourceLink, text: str, *, by) -> Harvest:
    """Keep the text of a page that a person pasted, because the page itself cannot be read, and fill what is empty."""
    harvest = ask(link, by=by)
    claimed = _claim(harvest.pk)
    words = "\n\n".join(block for part in text.split("\n\n") if (block := " ".join(part.split())))[:_TEXT]
    if claimed is None:
        return harvest
    if verdict := judge.of_code(judge.of_words(words)):
        return _end(claimed, state=Harvest.State.FAILED, code=verdict.code, words=f"{_PASTED} {verdict.words}"[:300])
    found = {"description": [(prose.standfirst(words), "page text")], authorship.PASTED_BY: [(by.pk, str(by))]}
    return _keep(claimed, Reading(found=found), "text", words, by=by)


def _claim(pk):
    """Return the harvest, now ours alone to read; None if it is not waiting."""
    now = timezone.now()
    stuck = Q(state=Harvest.State.READING, begun_at__lt=now - STUCK)
    waiting = Harvest.objects.filter(Q(state=Harvest.State.WAITING) | stuck, pk=pk)
    if not waiting.update(state=Harvest.State.READING, begun_at=now, ended_at=None, attempt=F("attempt") + 1):
        return None
    return Harvest.objects.select_related("link").get(pk=pk)


def _reading(fetched):
    """Return what the fetched page or PDF says of itself, and its main text."""
    if fetched.kind == "pdf":
        return _of_paper(pdf.read_pdf(fetched.body, fetched.url))
    if fetched.kind != "page":
        return Reading(), ""
    _, said = parse_header_parameters(fetched.headers.get("Content-Type", "")[:500])
    reading = read(fetched.body, fetched.url, charset=said.get("charset", ""))
    return reading, reading.text


def _of_paper(paper):
    found = {
        "title": paper.titles,
        "description": paper.introductions,
        "authors": [(paper.authors, "PDF metadata")] if paper.authors else [],
        "pages": [(paper.pages, "PDF")] if paper.pages else [],
    }
    return Reading(title=paper.title, authors=paper.authors, found=found), paper.text


def _end(harvest, hops=None, **values):
    """Write how it ended, beside its link too, unless somebody cancelled it or asked anew meanwhile.

    ``hops`` are the way to what was refused, so that a curator sees where the link led.
    """
    ours = Harvest.objects.filter(pk=harvest.pk, attempt=harvest.attempt, state=Harvest.State.READING)
    failure = values["words"] if values["state"] == Harvest.State.FAILED else ""
    with transaction.atomic():
        if ours.update(ended_at=timezone.now(), **values):
            way = {"hops": hops} if hops is not None else {}
            SourceLink.objects.filter(pk=harvest.link_id).update(failure=failure, **way)
    harvest.refresh_from_db()
    return harvest


def _keep(harvest, reading, kind, text, fetched=None, by=None):
    """Keep what was read beside the link, then fill what is empty in its drafts; ``by`` pasted it, where it was."""
    found = {name: _plain(alternatives) for name, alternatives in _found(reading).items() if alternatives}
    found |= {"writers": [[name, origin] for names, origin in reading.found.get("authors", [])[:1] for name in names]}
    if fetched is not None:
        found |= {
            name: _plain(worth) for name, worth in image_candidates.offered(reading, kind, fetched.url).items() if worth
        }
    with transaction.atomic():
        ended = _end(harvest, state=Harvest.State.DONE, kind=kind, found=found, text=text[:_TEXT], **_caution(reading))
        if ended.state != Harvest.State.DONE or ended.attempt != harvest.attempt:
            return ended
        if fetched is not None:
            ended.same_as = _describe(ended.link, reading, fetched)
            ended.save(update_fields=["same_as"])
    fill(ended, by=by)
    return ended


def _caution(reading):
    """Return what a curator should know of a page that was read: whoever pays for it reads more than we did."""
    paywall = faults.PaywalledError
    return {"code": paywall.code, "words": paywall.sentence} if reading.is_paywalled else {"code": "", "words": ""}


def _found(reading):
    alone = {"description": [(reading.description, "page text")]} if reading.description else {}
    # Its pictures are weighed by ``image_candidates``: of sixty addresses nobody looks at more than a few.
    return {name: alternatives for name, alternatives in reading.found.items() if name != "image"} or alone


def _plain(alternatives):
    """Return alternatives as JSON keeps them: dates as ISO text, lists of names joined."""
    return [[", ".join(value) if isinstance(value, list) else str(value), origin] for value, origin in alternatives]


def _describe(link, reading, fetched):
    """Store what the page says of itself beside its link; return the link that had its address already, or None."""
    link.title = link.title or reading.title[:1000]
    link.site_name = link.site_name or reading.publisher[:300]
    link.canonical = reading.canonical if links.is_web(reading.canonical) else ""
    link.hops = fetched.hops
    link.metadata = link.metadata | {"page": _page_facts(reading)}
    # Not the addresses: somebody may have put a parameter back while the page was read.
    link.save(update_fields=["title", "site_name", "canonical", "hops", "metadata"])
    return _follow(link, fetched.url) or _held(link, identity.own_addresses(reading.page, fetched.url))


def _held(link, addresses):
    """Return the oldest other link of the page that has one of these addresses, or declares one; None without one.

    One query, which reads every link's canonical address.
    """
    keys = [links.duplicate_key(address) for address in addresses]
    said = [one for address in (*addresses, link.cleaned) for one in identity.spellings(address)]
    same = SourceLink.objects.filter(Q(key__in=keys) | Q(canonical__in=said))
    return same.exclude(pk=link.pk).order_by("pk").first()


def _page_facts(reading):
    """Return all that a page says, less a JSON-LD that no page needs."""
    json_ld = reading.json_ld if len(json.dumps(reading.json_ld, default=str)) <= _TEXT else []
    return {"properties": reading.properties, "json_ld": json_ld, "language": reading.language}


def _follow(link, url):
    """Give a link that led to another page that page's address; where we have that one already, return its link."""
    clean = links.cleaned(url).url
    if not links.is_web(clean) or links.duplicate_key(clean) == link.key:
        return None
    try:
        with transaction.atomic():
            link.resolved, link.cleaned = url, clean
            link.save(update_fields=["resolved", "cleaned", "key", "brand"])
    except IntegrityError:
        link.refresh_from_db()
        return SourceLink.objects.filter(key=links.duplicate_key(clean)).first()
    return None


# Filling -----------------------------------------------------------------------------------------------------------


def fill(harvest: Harvest, *, by=None) -> int:
    """Fill what is empty in the drafts whose main source this page is; return how many were changed.

    Who pasted the text (``by``) fills only drafts that they may write in, and signs what they fill.

    Words that a person wrote are never touched: what is empty is looked at anew each time somebody was faster.
    """
    main = ArticleSource.objects.filter(link=harvest.link_id).main()
    drafts = Article.objects.filter(pk__in=main.values("article"), state__in=_WRITABLE)
    return sum(_fill_one(pk, proposals(harvest), by) for pk in drafts.values_list("pk", flat=True))


def proposals(harvest: Harvest) -> dict[str, str]:
    """Return the page's proposals for fields of an article, by the field's name."""
    offered = offers(harvest)
    # A file's name is offered, because there may be nothing else, and never filled.
    offered["title"] = [one for one in offered["title"] if one[1] != pdf.titles.FILE_NAME]
    first = {name: values[0][0] for name, values in offered.items() if values}
    title, standfirst = first.get("title", "")[:500], first.get("standfirst") or prose.standfirst(harvest.text)
    return {name: words for name, words in (("title", title), ("standfirst", standfirst)) if words}


def offers(harvest: Harvest) -> dict[str, list[tuple[str, str]]]:
    """Return the alternatives for each field of an article, ``(value, origin)``, the likeliest first."""
    described = harvest.found.get("description", ())
    return {
        "title": [(value, origin) for value, origin in harvest.found.get("title", ())],
        "standfirst": [(_standfirst(words, origin), origin) for words, origin in described],
    }


def _standfirst(words: str, origin: str) -> str:
    """Return a description as it was written where it is whole and fits, else the sentences proposed for a text."""
    is_whole = origin in _OF_DESCRIPTIONS and len(words) <= sentences.LIMIT and words.rstrip().endswith((".", "!", "?"))
    return words.strip() if is_whole and not words.rstrip().endswith("...") else prose.standfirst(words)


def edit_to_build_on(article: Article, seen: int) -> int:
    """Return the edit that words written at ``seen`` may build on: the newest, where only harvests changed it since.

    What a person typed meanwhile counts, and what was filled stays where they typed nothing. At most one query.
    """
    if not isinstance(seen, int) or seen >= article.edit:
        return seen
    since = LogEntry.objects.filter(article=article, edit__gt=seen)
    others = since.exclude(step="edit", by=None, actor=str(HARVEST))
    return seen if others.exists() else article.edit


def _fill_one(pk, wanted, by):
    signers = {by.pk} if by else set()
    for _ in range(5):
        article = Article.objects.get(pk=pk)
        empty = {name: words for name, words in wanted.items() if not getattr(article, name).strip()}
        if not empty or (by and workflow.refusal(workflow.STEPS["edit"], article, by, None)):
            return False
        try:
            workflow.take("edit", article, by=HARVEST, edit=article.edit, changes=empty, signers=signers)
        except workflow.StepRefused as refusal:
            if refusal.code != "stale":
                return False
        else:
            return True
    return False
