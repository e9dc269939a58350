"""From a pasted link to a draft, at once: a page is kept as one SourceLink, and curated twice only on purpose.

Instead of a draft of its own, a page may become a further source of an article that is there. What may be told already
is found by title before any page is read: by the words that were typed, or those that a link spells in its path.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import quote, unquote

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from curation import suggestions, workflow
from curation.editing import sources
from curation.models import Article, ArticleSource, LogEntry, SourceLink, Tombstone
from curation.models.snapshots import snapshot
from curation.publishing import erasing
from curation.text import links

from .tasks import harvest_soon

MOST = 200  # lines that are taken at once
_OFFERED = 10  # articles to choose from, of so many that are looked at:
_LOOKED_AT = 50
_LONGEST_WORDS = 500
_LIKE = 3  # articles that are named for each link or title
_TITLE_LENGTH = 300
_TYPED, _SPELLED = 3, 4  # words that make a title: typed by somebody, or spelled by a path
_DATE = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}\D")
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.*\d)[0-9a-f]{5,}", re.IGNORECASE)  # of the page, not of its title
_LABEL = r"\w[\w-]{0,62}\."
# Characters that end a link although no blank does: quotes of any script, the points of scripts that write without
# blanks, and brackets and quotes in the source code's own spelling.
_QUOTES = '"“”„‟«»‹›〝〞〟＂「」『』【】《》〈〉〔〕｢｣，。、；！？｡､'
_ESCAPED = r"&(?:[lg]t|quot|apos|nbsp|[lr][sd]?a?quo|hellip|[nm]dash|#(?:3[49]|6[02]|160)|#x(?:2[27]|3[ce]|a0));"
_NEXT = r"[,;|<>\u200b\u2060\ufeff]+https?://"
_REST = rf"[^\s{_QUOTES}]*?(?={_NEXT}|</a>|{_ESCAPED}|[\s{_QUOTES}]|$)"
_LINK = re.compile(
    rf"(?:https?://(?=[^\s/?#]*[.\[])|(?<![\w@/.])(?:www\.(?={_LABEL})|(?=(?:{_LABEL}){{1,8}}[^\W\d_]{{2,}}(?::\d+)?/)))"
    rf"{_REST}|(?<![\w./])(?:(?:info:|urn:)?doi[:/]?\s*+)?(?P<doi>10\.\d{{4,9}}/[^\s{_QUOTES}]+?(?={_ESCAPED}|[\s{_QUOTES}]|$))",
    re.IGNORECASE,
)
#: Papers by the number that somebody typed, where a line has no link.
_NUMBERED = (
    (re.compile(r"\bPMID:?\s*(\d{1,9})\b", re.IGNORECASE), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"(?<![\w/.-])(PMC\d{3,9})\b", re.IGNORECASE), "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    (re.compile(r"(?<![\w/.-])(NCT\d{8})\b", re.IGNORECASE), "https://clinicaltrials.gov/study/{}"),
    (re.compile(r"\barXiv:\s*(\d{4}\.\d{4,5}(?:v\d{1,2})?)", re.IGNORECASE), "https://arxiv.org/abs/{}"),
)
_WRITTEN_TWICE = re.compile(r"https?(?::\\/\\/|%3A%2F%2F)\S+", re.IGNORECASE)
_OTHER = re.compile(  # of another scheme, or broken off by a space before its site has a name
    r"(?:^|\s)(?:(?!https?:)[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|blob):\S|https?://[^\s.\[]*(?:\s|$))",
    re.IGNORECASE,
)
_MEANT = re.compile(r"\s*(?:$|[a-z][a-z0-9+.-]*:\S)", re.IGNORECASE)  # a link of some kind, or nothing at all
_AROUND = ".,;:!?'*`|\\\ufe0f\ufffc"  # characters that a sentence or a list puts behind a link
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "］": "［", "｝": "｛"}
_POINTS = {"Po", "Pf", "Pi", "Ps", "Pd", "Cf", "Cc"}  # of other scripts: points, quotes, dashes, invisible characters
_IN_A_DOI = "!$&'()*+,/:;=@-._~[]<>"
#: Pasting one's own link again so soon is a second click, and opens the draft of the first.
SECOND_CLICK = timedelta(minutes=1)


@dataclass(frozen=True)
class Use:
    """An article that has a page as its source, and whether somebody may open and change it."""

    article: Article
    may_open: bool
    may_write: bool = False


@dataclass(frozen=True)
class Like(Use):
    """An article whose title is like one that was given: how much, 0 to 100."""

    score: float = 0.0


@dataclass(frozen=True)
class Pasted:
    """A pasted link with its draft, or None where it is curated already, by the articles in ``uses``, or what was made
    of it was erased (the newest such in ``erased``).
    """

    link: SourceLink
    article: Article | None
    uses: list[Use] = field(default_factory=list)
    is_new: bool = False
    erased: Tombstone | None = None


class RepeatRefused(ValueError):
    """A page that another article is about already, while nobody said why it is taken again."""


@dataclass(frozen=True)
class Line:
    """One link of many, or a line without one: what came of it, or why it was refused; and what is like it by title."""

    words: str
    pasted: Pasted | None = None
    refusal: str = ""
    like: list[Like] = field(default_factory=list)


def addresses(line: str) -> list[str]:
    """Return the links in a line that somebody pasted, in order, whatever stands around them: a mark of a list, a
    title, brackets and quotes of any script, the sentence's punctuation, invisible characters.

    ``www.example.com`` and ``example.com/story`` are links with https; ``doi:10.1000/x`` is one to that paper. None
    where the line has a link of another scheme. Whether they are pages' addresses, ``links.check`` knows.
    """
    if _OTHER.search(line):
        return []
    line = _WRITTEN_TWICE.sub(_read_once, line)
    found = [_whole(match) for match in _LINK.finditer(line)]
    return found or [place.format(number) for pattern, place in _NUMBERED for number in pattern.findall(line)][:1]


def _read_once(found):
    """Return a link as it stands in a script or inside another link, made a link again."""
    written = found[0]
    return written.replace("\\/", "/") if "\\/" in written else unquote(written)


def _whole(found):
    address = _less_punctuation(found["doi"] or found[0])
    if found["doi"]:
        return f"https://doi.org/{quote(address, safe=_IN_A_DOI)}"
    return address if re.match("https?://", address, re.IGNORECASE) else f"https://{address}"


def _less_punctuation(address):
    """Return an address less what the sentence puts behind it; a bracket that it opened itself is its own."""
    if len(address) > links.MAX_LENGTH:  # it will be refused
        return address
    address = _until_unopened(address)
    while address and (_is_punctuation(address[-1]) or _is_unopened(address)):
        address = address[:-1]
    return address


def _is_punctuation(character):
    return character in _AROUND or (not character.isascii() and unicodedata.category(character) in _POINTS)


def _is_unopened(address):
    opening = _BRACKETS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _until_unopened(address):
    """Cut before a wide bracket that was opened before the address: no blank need stand behind it."""
    for closing in "）］｝":
        place = address.find(closing)
        if place >= 0 and _BRACKETS[closing] not in address[:place]:
            address = address[:place]
    return address


def address_in(words: str) -> str:
    """Return the one link in what somebody pasted; what looks like another kind of link as it is, for ``links.check``.

    Raises ``links.LinkRefused`` where there is no link, or more than one.
    """
    found = addresses(words)
    if len(found) > 1:
        raise links.LinkRefused(f"There are {len(found)} links here. Paste them one by one, or as many at once.")
    if not found and not _MEANT.match(words):
        raise links.LinkRefused("There is no link in this line.")
    return found[0] if found else words


def known(address: str, *, by) -> Pasted:
    """Return what is known of a page: the articles about it, newest first, or that such a one was erased. Four queries.

    Raises ``links.LinkRefused`` (a ValueError) for what is no page's address.
    """
    link = sources.read(address_in(address))
    return Pasted(link, None, uses(link, by=by) if link.pk else [], erased=erased_of(link))


def uses(link: SourceLink, *, by) -> list[Use]:
    """Return the articles that have this page as their source, newest first. Two queries, one where there are none."""
    about = ArticleSource.objects.filter(link=link, role=ArticleSource.Role.SOURCE).values("article")
    articles = list(Article.objects.filter(pk__in=about).with_live().select_related("owner").defer("body", "insights"))
    rights = _rights(articles, by)
    return [Use(article, *rights[article.pk]) for article in articles]


def _rights(articles, by):
    """Return article id → whether somebody may see it, and change it. One query."""
    opened = Article.objects.visible_to(by).filter(pk__in=[article.pk for article in articles])
    open_ones = set(opened.values_list("pk", flat=True))
    return {one.pk: (one.pk in open_ones, one.pk in open_ones and _may_write(one, by)) for one in articles}


def _may_write(article, by):
    return workflow.refusal(workflow.STEPS["edit"], article, by, None) is None


@transaction.atomic
def paste(address: str, *, by, reason: str = "") -> Pasted:
    """Begin a draft about a page; one that is curated already, or was and is erased, only for a ``reason``.

    Two who paste one page at the same instant get one SourceLink, and one of them the draft. The page is read later,
    by the worker. About twenty-five queries. Raises ``links.LinkRefused`` for what is no page's address,
    ``workflow.StepRefused`` for who may not write.
    """
    link = sources.read(address_in(address))
    erased = erased_of(link)
    if erased and not link.pk and not reason.strip():
        return Pasted(link, None, erased=erased)
    link = sources.keep(link)
    SourceLink.objects.select_for_update().only("pk").get(pk=link.pk)  # until the draft is there, for the other one
    before = uses(link, by=by)
    if draft := _of_first_click(before, by):
        return Pasted(link, draft, before)
    if (before or erased) and not reason.strip():
        return Pasted(link, None, before, erased=erased)
    row = {"link": link.pk, "role": ArticleSource.Role.SOURCE, "reason": reason.strip() if before or erased else ""}
    article = workflow.begin(by=by, sources=[row])
    harvest_soon(link, by=by)
    return Pasted(link, article, before, is_new=True)


def erased_of(link: SourceLink) -> Tombstone | None:
    """Return the tombstone of an article that was made of a page and erased, the newest of them, or None. One query."""
    return next(iter(erasing.tombstones_of_links([link.key])), None)


def _of_first_click(before, by):
    since = timezone.now() - SECOND_CLICK
    return next((u.article for u in before if u.article.owner_id == by.pk and u.article.created_at > since), None)


def paste_many(text: str, *, by) -> list[Line]:
    """Begin a draft for each link of each line, each in a transaction of its own, in order; empty lines do not count,
    and a line without a link is refused.

    Raises ValueError for more than 200 of these: nothing is begun then.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [one for line in lines for one in addresses(line) or [line]]
    if len(found) > MOST:
        raise ValueError(f"These are {len(found):,} links; at most {MOST} are taken at once. Paste them in parts.")
    said = [_line(one, by) for one in found]
    # Compared when all are begun: the price is that of one, and drafts without a title are like nothing.
    named = like(["" if line.pasted and not line.pasted.is_new else line.words for line in said], by=by)
    return [replace(line, like=found) for line, found in zip(said, named, strict=True)]


def _line(words, by):
    try:
        return Line(words, paste(words, by=by))
    except links.LinkRefused as refusal:
        return Line(words, refusal=str(refusal))


# Stories that are told already -------------------------------------------------------------------------------------


def like(given: Iterable[str], *, by) -> list[list[Like]]:
    """Find for each link or title that somebody gave the articles of nearly that title, best first, at most three.

    Eight queries however many are given, none where nothing could be a title. No page is read.
    """
    found = suggestions.similar_to_titles([title_of(one) for one in given], most=_LIKE)
    articles = {one.article.pk: one.article for some in found for one in some}
    rights = _rights(articles.values(), by) if articles else {}
    return [[Like(one.article, *rights[one.article.pk], score=one.score) for one in some] for some in found]


def title_of(given: str) -> str:
    """Return the title that somebody typed (three words or more), or that a link's path spells (four); else nothing."""
    given = given.strip()
    try:
        return _spelled(links.clean(links.check(address_in(given))))[:_TITLE_LENGTH]
    except links.LinkRefused:
        is_title = "://" not in given and len(given.split()) >= _TYPED
        return given[:_TITLE_LENGTH] if is_title else ""


def _spelled(address):
    """Return the words of the part of a path that has the most, less its date, its ending and the page's number."""
    path = re.split(r"[?#]", address.partition("//")[2])[0].partition("/")[2]
    parts = [_DATE.sub("", _ENDING.sub("", unquote(part)), count=1) for part in path.split("/")]
    said = [[word for word in re.split(r"[\W_]+", part) if word and not _NUMBER.fullmatch(word)] for part in parts]
    best = max(said, key=len, default=[])
    return " ".join(best) if sum(not word.isdigit() for word in best) >= _SPELLED else ""


# Further sources ---------------------------------------------------------------------------------------------------


@transaction.atomic
def attach(article: Article, address: str, *, by, reason: str = "") -> LogEntry | None:
    """Make a page a further source of an article; return the step, or None where it is a source of it already.

    As it only adds, it builds on whatever edit is the newest. What nobody read yet is read by the worker. Raises
    ``links.LinkRefused``, ``workflow.StepRefused``, and ``RepeatRefused`` where others have this page and no reason is
    given.
    """
    link = sources.keep(sources.read(address_in(address)))
    others = ArticleSource.objects.filter(link=link, role=ArticleSource.Role.SOURCE).exclude(article=article)
    if others.exists() and not reason.strip():
        raise RepeatRefused("Another brief is about this page already. Say why it is curated again.")
    if not reason.strip() and (erased := erased_of(link)):
        raise RepeatRefused(f"A brief about this page was erased: {erased.reason} Say why it is curated again.")
    logged = _add(article, {"link": link.pk, "role": ArticleSource.Role.SOURCE, "reason": reason.strip()[:300]}, by)
    if logged and not link.title:
        harvest_soon(link, by=by)
    return logged


def _add(article, row, by, tries=5):
    """Add a source at the end; somebody who is faster is built upon."""
    stored = Article.objects.with_relations().get(pk=article.pk)
    have = snapshot(stored)["sources"]
    if any((one["link"], one["role"]) == (row["link"], row["role"]) for one in have):
        return None
    try:
        return workflow.take("edit", stored, by=by, edit=stored.edit, changes={"sources": [*have, row]})
    except workflow.StepRefused as refusal:
        if refusal.code != "stale" or tries == 1:
            raise
    return _add(article, row, by, tries - 1)


def candidates(words: str, link: SourceLink, *, by) -> list[Article]:
    """Return up to ten articles that a page may become a further source of.

    Those that somebody may change and that do not have it, with these words in the title; one's own first, then the
    newest change. One query.
    """
    own_first = Case(When(owner=by.pk, then=Value(0)), default=Value(1))
    found = (
        Article.objects.visible_to(by).filter(title__icontains=words.strip()[:_LONGEST_WORDS]).select_related("owner")
    )
    found = found.defer("body", "insights").order_by(own_first, "-modified_at")
    if link.pk:
        found = found.exclude(article_sources__link=link)
    return [article for article in found[:_LOOKED_AT] if _may_write(article, by)][:_OFFERED]
