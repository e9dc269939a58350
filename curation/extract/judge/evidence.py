"""Evidence that tells a story from a wall: a page's sayings, running text, forms, and what it declares."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from lxml import etree

from curation.extract import site
from curation.extract.linked_data import STORIES, text_of, types_of
from curation.extract.markup.words import lines_of, words_of
from curation.extract.page import Page
from curation.extract.wording import line, parts

from .sayings import LEADING, patterns

_EDGES = " \t\n.,;:!?…·•|–—-_'\"“”„«»‘’()[]{}*#~©®™¡¿›»→>←🙁☹😕"
_LONGEST = 200  # characters of a saying
_COLON = re.compile(r":\s+")
_FEW = 5  # words that a site's name may have, where nothing tells it
_SENTENCE = 40  # characters; shorter blocks are labels
_MOST = 20_000  # elements that are looked at
_PASSED_OVER = {"script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select", "textarea"}
_PASSED_OVER |= {"label", "svg", "dialog", "iframe", "a", "h1", "h2", "h3", "h4", "h5", "h6", "head"}
_INLINE = {
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "small",
    "sup",
    "sub",
    "code",
    "abbr",
    "cite",
    "q",
    "mark",
    "time",
    "font",
}
_INLINE |= {"br", "wbr", "img", "s", "big", "tt", "kbd", "acronym", "ins", "del"}
_WHOLE = {"html", "body", "main", "article"}
_BESIDE = re.compile(
    r"cookie|consent|gdpr|ccpa|onetrust|didomi|usercentrics|quantcast|sp_message|cmp[-_]|newsletter|subscri|paywall"
    r"|modal|popup|overlay|banner|login|signin|sign-in|captcha",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|gdpr|privacy|onetrust|didomi|usercentrics|quantcast|sp_message|cmp", re.IGNORECASE
)
_AGREE = re.compile(
    r"\b(?:accept|agree|allow|consent|reject|decline|got it|ok|akzeptieren|zustimmen|ablehnen|annehmen|accepter|refuser"
    r"|j'accepte|aceptar|acepto|rechazar|accett\w+|rifiut\w+|aceitar|concordo|rejeitar|accepteren|akkoord|weigeren"
    r"|akceptuj\w*|zgadzam|godkänn\w*|acceptera|accept[eé]r|godta|принять|согласен|kabul)\b|同意|接受|동의",
    re.IGNORECASE,
)
_CMP_WORDS = re.compile(
    r"cookies?\b.{0,200}(?:accept|consent|partners|prefer|advert)|our (?:\d+ )?partners|store and/or access information"
    r"|legitimate interest|personali[sz]ed (?:ads|advertising|content)|withdraw your consent|unsere partner"
    r"|nos partenaires"
    r"|nuestros socios|nostri partner|nossos parceiros|onze partners",
    re.IGNORECASE | re.DOTALL,
)
_SEARCH = re.compile(r"/(?:search|suche|recherche|buscar|busca|ricerca|zoeken)\b|[?&](?:s|q|query|search|keywords?)=")
_SEARCH_NAMES = {"q", "s", "query", "search", "keyword", "keywords", "searchterm", "search_query", "term", "suche"}
_LEADS_ON = re.compile(
    r"(?:\blocation(?:\.href)?\s{0,9}=(?!=)\s{0,9}|\blocation\.(?:replace|assign)\s{0,9}\(|\bnavigate\s{0,9}\()[\s\"'`(a-z]",
    re.IGNORECASE,
)
_PARKED = (
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "hugedomains.com/domain_profile",
    "afternic.com/forsale",
    "dan.com/buy-domain",
    "sedo.com/search/details",
    "above.com/marketplace",
    "parklogic.com",
    "cashparking",
    "LANDER_SYSTEM",
    "domainmarket.com/buynow",
    "window.park =",
)


class Evidence:
    """Evidence that one page shows; each piece is worked out when first asked for, in time linear in the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.title = line((page.titles or [value for value, _ in page.values("og:title")] or [""])[0], _LONGEST * 2)

    @cached_property
    def _known(self) -> list[str]:
        return site.names(self.page)

    @cached_property
    def headings(self) -> list[str]:
        """The first main heading, or where there is none the first second one."""
        own = self.page.heading_words[:1]
        below = (
            words_of(one)
            for one in islice(self.page.tree.iter("h2", "h3", "legend"), 20)
            if not self.page.is_aside(one)
        )
        return own or [words for words in below if words][:1]

    @cached_property
    def of_title(self) -> set[str]:
        """The codes of what the title says."""
        return self._codes(self.title)

    @cached_property
    def of_headings(self) -> set[str]:
        """The codes of what the first heading says; a second one's only where the title is no headline."""
        if not self.page.heading_words and not self.is_nameless:
            return set()
        return set().union(*(self._codes(words) for words in self.headings))

    @cached_property
    def of_lines(self) -> set[str]:
        """The codes of the first lines that are shown, where neither title nor heading says anything."""
        if not self.is_nameless:
            return set()
        body = self.page.tree.find("body")
        shown = lines_of(body)[:8] if body is not None else []
        return set().union(*(codes_of(words) for words in [*shown, *self._unscripted]))

    @cached_property
    def _unscripted(self) -> list[str]:
        said = [line(" ".join("".join(one.itertext()).split())) for one in islice(self.page.tree.iter("noscript"), 5)]
        return said if self.shown < _SENTENCE else []

    def _codes(self, words: str) -> set[str]:
        """Return the codes of a title as a whole, and of what stands in it beside the site's name."""
        found = codes_of(words)
        if len(words) > _LONGEST:
            return found
        few = 0 if " : " in words else _FEW  # French puts a blank before a colon
        return found | self._beside(parts(words), few=few) | self._beside(_COLON.split(words), few=0)

    def _beside(self, pieces: list[str], few: int) -> set[str]:
        """Return the codes of those parts that say something, if the others are names of the site."""
        said = [codes_of(piece) for piece in pieces]
        rest = [piece for piece, codes in zip(pieces, said, strict=True) if not codes]
        if all(len(part.split()) <= few or site.is_like(part, self._known) for part in rest):
            return set().union(*said)
        return set()

    @cached_property
    def is_nameless(self) -> bool:
        """True if the title is no headline: missing, the site's name, or a word or two."""
        named = [part for part in parts(self.title) if part.strip()]
        return all(site.is_like(part, self._known) or len(part.split()) < 4 for part in named)

    @cached_property
    def is_declared(self) -> bool:
        """True if the page declares itself a story, under a name that is none of a wall."""
        for thing in self.page.data.things:
            if types_of(thing) & STORIES:
                name = text_of(thing, "headline") or text_of(thing, "name")
                return not codes_of(name) if name else not self.of_title
        named = [value for value, _ in self.page.values("og:title", "twitter:title")][:1]
        kinds = {value.lower() for value, _ in self.page.values("og:type")}
        timed = any(True for _ in self.page.values("article:published_time", "citation_title"))
        return bool(("article" in kinds or timed) and named and not self._codes(named[0]) and not self.of_title)

    @cached_property
    def is_told(self) -> bool:
        """True if the page tells programs a title or description of its own."""
        told = ("og:title", "og:description", "twitter:title", "description", "twitter:description")
        return any(not codes_of(value) for value, _ in self.page.values(*told))

    # What is shown

    @cached_property
    def prose(self) -> int:
        """The characters of running text in the one place that has the most of it; links and labels are none."""
        return _most_prose(self.page.tree, skip=None)

    @cached_property
    def prose_beside_consent(self) -> int:
        """The same, less paragraphs that only ask for consent."""
        return _most_prose(self.page.tree, skip=_CMP_WORDS)

    @cached_property
    def shown(self) -> int:
        """The characters of all words that are shown without scripts, two hundred at most."""
        count = 0
        for words in _shown(self.page.tree):
            count += len("".join(words.split()))
            if count >= 200:
                break
        return count

    @cached_property
    def has_password(self) -> bool:
        return any((one.get("type") or "").lower() == "password" for one in self._inputs)

    @cached_property
    def has_search(self) -> bool:
        asked = re.search(
            r"/(?:search|suche|recherche|buscar|busca|ricerca|zoeken)\b|[?&](?:s|q|query|search|keywords?)=",
            self.page.url,
        )
        return asked is not None or any(
            (one.get("type") or "").lower() == "search" or (one.get("name") or "").lower() in _SEARCH_NAMES
            for one in self._inputs
        )

    @cached_property
    def has_consent(self) -> bool:
        """True if the page asks for consent by a button, in a place marked for it."""
        marked = any(
            _CONSENT.search(" ".join([one.get("class", ""), one.get("id", ""), one.get("action", "")]))
            for one in islice(self.page.tree.iter("form", "div", "section", "body", "main"), 300)
        )
        return marked and any(_AGREE.search(words) for words in self._buttons)

    @cached_property
    def asks_consent(self) -> bool:
        return any(_AGREE.search(words) for words in self._buttons)

    @cached_property
    def _inputs(self) -> list[etree._Element]:
        return list(islice(self.page.tree.iter("input"), 100))

    @cached_property
    def _buttons(self) -> list[str]:
        return [
            words_of(one) or one.get("value", "") for one in islice(self.page.tree.iter("button", "a", "input"), 100)
        ]

    @cached_property
    def has_scripts(self) -> bool:
        return next(self.page.tree.iter("script"), None) is not None

    @cached_property
    def leads_on(self) -> bool:
        """True if a script sends the browser on, or a refresh for who runs none."""
        texts = "".join((one.text or "")[:5_000] for one in islice(self.page.tree.iter("script"), 20))
        refreshed = any(
            (one.get("http-equiv") or "").lower() == "refresh" for one in islice(self.page.tree.iter("meta"), 50)
        )
        return refreshed or _LEADS_ON.search(texts) is not None

    @cached_property
    def is_parked(self) -> bool:
        return any(mark in self.page.source for mark in _PARKED)

    @cached_property
    def is_listing(self) -> bool:
        """True if a server lists a folder here: it links to the folder above by its own words."""
        return any(mark in self.page.source for mark in ("Parent Directory", "[To Parent Directory]", 'href="../"'))


def codes_of(words: str) -> set[str]:
    """Return the codes of the reasons whose sayings these words are, whole. Pure."""
    if not words or len(words) > _LONGEST:
        return set()
    said = " ".join(words.lower().replace("’", "'").replace("…", "").split()).strip(_EDGES)
    rest = LEADING.sub("", said, count=1).strip(_EDGES) if LEADING.match(said) else said
    forms = {said, rest, re.sub(r"\W+(?:error )?404(?: error)?$", "", rest)} - {""}
    return {code for code, pattern in patterns().items() if any(pattern.fullmatch(form) for form in forms)}


def _shown(tree: etree._Element) -> Iterator[str]:
    body = tree.find("body")
    walk = etree.iterwalk(body if body is not None else tree, events=("start", "end"))
    for _, (event, at) in zip(range(2 * _MOST), walk, strict=False):
        if event == "end":
            yield at.tail or ""
        elif at.tag in {"script", "style", "noscript", "template", "head", "title"}:
            walk.skip_subtree()
        else:
            yield at.text or ""


def _most_prose(tree: etree._Element, skip: re.Pattern | None) -> int:
    """Return the length of the longest run of text: that of one block, or of the blocks within it side by side."""
    most = 0
    texts: list[list[str]] = [[]]
    sums = [0]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for _, (event, at) in zip(range(2 * _MOST), walk, strict=False):
        if event == "start":
            if _is_beside(at):
                walk.skip_subtree()
                texts.append([])
                sums.append(0)
            elif at.tag in _INLINE:
                texts[-1].append(at.text or "")
            else:
                texts.append([at.text or ""])
                sums.append(0)
            continue
        if at.tag not in _INLINE or _is_beside(at):
            own = _length("".join(texts.pop()), skip)
            most = max(most, own + sums.pop())
            if not sums:
                break
            sums[-1] += own
        if texts:
            texts[-1].append(at.tail or "")
    return most


def _length(words: str, skip: re.Pattern | None) -> int:
    words = " ".join(words.split())
    return 0 if len(words) < _SENTENCE or (skip and skip.search(words[:2_000])) else len(words)


def _is_beside(at: etree._Element) -> bool:
    if at.tag in _PASSED_OVER:
        return True
    if at.tag in _WHOLE or at.tag in _INLINE:
        return False
    marks = f"{at.get('class', '')} {at.get('id', '')} {at.get('role', '')}"
    return len(marks) > 2 and _BESIDE.search(marks) is not None
