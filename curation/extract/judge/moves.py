"""Moves that an address tells of: a link led away from its story, to a front page, a section, or a wall."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from curation.extract.addresses import is_home
from curation.extract.wording import each
from curation.text import links

_LANGUAGE = re.compile(
    r"(?:[a-z]{2}|[a-z]{2}[-_][a-z]{2}|int|intl|global|www|home|index|main|start|welcome)", re.IGNORECASE
)
_HOME_FILE = re.compile(r"(?:index|default|home|main|start|welcome)(?:\.\w{2,5})?", re.IGNORECASE)
_VIEWS = frozenset(
    each("amp print page comments full story article single mobile m index html view all text reader 1 2 3")
)
_SECTIONS = frozenset(
    each(
        "news blog blogs articles article stories story press newsroom media category categories tag tags topic topics section"
        " sections archive archives posts post search latest all home events insights resources publications magazine world"
        " health science business opinion features reports podcasts video videos channel channels feed aktuell nachrichten"
        " artikel themen thema actualites actualite articles noticias noticia notizie nieuws nyheter nyheder aktuelles presse"
    )
)
_YEAR = re.compile(r"(?:19|20)\d\d|0?[1-9]|[12]\d|3[01]")
_WORD = re.compile(r"[^\W_]+")

#: Whole segments of a path that a link may be led to, by what stands there; asked only where it was led away.
_PATHS = {
    "gone": r"(?:error[-_]?)?(?:404|410)(?:\.\w+)?|(?:page[-_]?)?not[-_]?found(?:\.\w+)?|notfound|errors?(?:\.\w+)?|page-?error|gone"
    r"|missing|unavailable",
    "sign-in": r"(?:user[-_]?)?(?:log|sign)[-_]?(?:in|on)(?:\.\w+)?|auth(?:orize|enticate|wall)?|sso|oauth2?|checkpoint|register|signup"
    r"|account|anmelden|connexion|accedi|inloggen",
    "consent": r"(?:cookie|privacy|gdpr|eu)?[-_]?consent(?:\.\w+)?|collectconsent|cookie-?(?:wall|policy-?gate|settings)|privacy-?(?:gate|wall)"
    r"|gdpr|consent-management",
    "challenged": r"captcha(?:\.\w+)?|challenge|sorry|validate|verify-?human|are-?you-?(?:a-?)?(?:human|robot)|robot(?:-?check)?|blocked|access-?denied",
    "paywalled": r"subscri(?:be|ption|ptions)(?:\.\w+)?|paywall|abo|abonnement|membership|join|plans",
    "maintenance": r"maintenance(?:\.\w+)?|wartung|offline|under-?construction|coming-?soon",
    "region": r"(?:eu-?)?(?:geo-?)?(?:unavailable|blocked|restricted)(?:-in-.{1,30})?|unsupported-?(?:region|country)|451",
    "search-results": r"search(?:[-_]?results?)?(?:\.\w+)?|suche|recherche|buscar|busca|ricerca|zoeken",
    "gate": r"age-?(?:gate|check|verification)|hcp-?(?:gate|check)?|are-you-a-.{1,40}professional",
}
_PATHS = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _PATHS.items()}
_HOSTS = (
    ("consent", re.compile(r"(?:consent|guce|privacy-?mgmt|myprivacy|cookies?)\..+")),
    ("sign-in", re.compile(r"(?:login|signin|sign-in|auth|accounts?|sso|idp|id|identity)\..+")),
    ("challenged", re.compile(r"(?:validate\.perfdrive|geo\.captcha-delivery|captcha\.\S+)\..+|captcha\..+")),
    ("app", re.compile(r"(?:apps|itunes)\.apple\.com|play\.google\.com|appgallery\.huawei\.com|\S+\.app\.link")),
    (
        "parked",
        re.compile(
            r"(?:www\.)?(?:hugedomains|sedo|dan|afternic|godaddy|undeveloped|domainmarket|bodis|parkingcrew)\.\w+|ww\d+\..+"
        ),
    ),
)

FRONT, SECTION = "front", "section"


def led_to(asked: str, found: str, title: str = "", *, is_story: bool = False, is_list: bool = False) -> str:
    """Return the code of what a link led to instead of its story, ``front`` and ``section`` among them; else nothing.

    ``title`` is what the page at the end is called: one that repeats the words of the link is its story, wherever it
    moved. ``is_story`` says that the page declares itself one, ``is_list`` that it is a site's page without a text.
    """
    stayed = asked.partition("#")[0] == found.partition("#")[0]
    if stayed or links.duplicate_key(asked) == links.duplicate_key(found) or is_front(asked):
        return ""
    if _repeats(asked, title):
        return ""
    if is_front(found):
        return _wall_of_host(asked, found) or ("" if _is_short(asked, found) else FRONT)
    if is_story:
        return ""
    return _wall_of_host(asked, found) or _wall_of_path(asked, found) or _section(asked, found, is_list)


def is_front(address: str) -> bool:
    """Return whether an address is a site's front page, in whatever language; what is asked of it tells no story."""
    parts = urlsplit(address)
    segments = _segments(address)
    homely = all(_LANGUAGE.fullmatch(one) for one in segments[:-1]) and len(segments) <= 2
    if segments and not (homely and (_LANGUAGE.fullmatch(segments[-1]) or _HOME_FILE.fullmatch(segments[-1]))):
        return False
    if parts.fragment.startswith(("/", "!")):
        return False
    return is_home(address) or not any(
        _tells(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )


def is_above(address: str, story: str) -> bool:
    """Return whether an address is a section that holds the other: a folder above it, less what only shows it anew."""
    above, below = _segments(address), _segments(story)
    if (
        not above
        or links.brand(address) != links.brand(story)
        or len(above) >= len(below)
        or below[: len(above)] != above
    ):
        return False
    left = [re.sub(r"\.\w{2,5}$", "", one).lower() for one in below[len(above) :]]
    return not _is_slug(above[-1]) and not all(one in _VIEWS for one in left)


def _segments(address: str) -> list[str]:
    return [unquote(one) for one in urlsplit(address).path.split("/") if one]


def _tells(name: str, value: str) -> bool:
    """Return whether a parameter may name a story: a number, a route, a slug; an address one came from does not."""
    if name.lower() in {
        "url",
        "from",
        "ref",
        "referrer",
        "redirect",
        "redirect_from",
        "aspxerrorpath",
        "error",
        "err",
        "src",
    }:
        return False
    return bool(re.fullmatch(r"\d+", value)) or name.lower() in {
        "p",
        "id",
        "page_id",
        "story",
        "article",
        "r",
        "route",
        "page",
    }


def _wall_of_host(asked: str, found: str) -> str:
    host, before = urlsplit(found).hostname or "", urlsplit(asked).hostname or ""
    fits = (code for code, pattern in _HOSTS if pattern.fullmatch(host) and not pattern.fullmatch(before))
    return next(fits, "") if host != before else ""


def _wall_of_path(asked: str, found: str) -> str:
    own = {one.lower() for one in _segments(asked)}
    new = [one for one in _segments(found) if one.lower() not in own]
    return next((code for one in new for code, pattern in _PATHS.items() if pattern.fullmatch(one)), "")


def _is_short(asked: str, found: str) -> bool:
    """Return whether the link was a short one of a site that shortens, which may well lead to another's front page."""
    labels, segments = links.brand(asked).split("."), _segments(asked)
    is_shortener = len(labels) == 2 and len(labels[0]) <= 8 and links.brand(found) != links.brand(asked)
    return is_shortener and len(segments) == 1 and 3 <= len(segments[0]) <= 12 and "." not in segments[0]


def _section(asked: str, found: str, is_list: bool) -> str:
    """Return ``section`` where an address is a folder above the link, or a list's where a story's should be."""
    segments = [one.lower() for one in _segments(found)]
    named = all(one in _SECTIONS or _LANGUAGE.fullmatch(one) or _YEAR.fullmatch(one) for one in segments)
    plain = is_list and len(segments) <= 2 and not _is_slug(segments[-1])
    was_story = _is_slug((_segments(asked) or [""])[-1])
    return SECTION if is_above(found, asked) or (was_story and (named or plain)) else ""


def _is_slug(segment: str) -> bool:
    """Return whether a segment names a story: by three words, or by a long number."""
    if _YEAR.fullmatch(segment):
        return False
    words = [word for word in re.split(r"[\W_]+", segment) if word]
    return len(words) >= 3 or re.search(r"\d{4,}|[0-9a-f]{8,}", segment) is not None


def _repeats(asked: str, title: str) -> bool:
    """Return whether a title has the words that a link spells: three at least, most of them."""
    best = max((set(_WORD.findall(one.lower())) for one in _segments(asked)), key=len, default=set())
    spelled = {word for word in best if len(word) > 2 and not word.isdigit()}
    said = set(_WORD.findall(title.lower()))
    return len(spelled) >= 3 and len(spelled & said) * 5 >= len(spelled) * 3
