"""The identity of pages: the duplicate key that two addresses of one page share, and what is left out of it.

Whatever is left out here is only left out for comparing: the link itself keeps it. Two stories under one key could
never both be kept, so what may be another page stays in: a fragment that is an address, ``amp`` as a name.
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from . import parsing, tracking, unwrapping
from .parsing import Parts

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AMP_FLAGS = {"amp", "amp=", "amp=1", "amp=true", "outputtype=amp"}
_AMP_ENDING = re.compile(r"(?P<name>/[^/.]+)\.amp(?P<html>\.html?)?$", re.IGNORECASE)
# ``/amp`` behind or before these is a name: of a topic, a product, a page about it.
_BEFORE_A_NAME = frozenset(
    tracking.names(
        "topic topics tag tags category categories section sections subject subjects keyword keywords label"
        " labels term terms glossary wiki w dictionary encyclopedia product products brand brands company"
        " companies organization organizations solution solutions service services platform platforms tool"
        " tools project projects technology technologies gene genes drug drugs protein proteins standard"
        " standards person people author authors user users member members team teams group groups channel"
        " channels program programs search docs api blog news about c r s t u e en de fr es it"
        " guide guides learn lessons courses resources library reports papers publications research journals insights"
        " features reviews acronyms abbreviations definitions"
    )
)
_BEHIND_A_NAME = frozenset(
    tracking.names(
        "about api blog careers company contact demo docs documentation download downloads faq features help"
        " index jobs login news partners plans press pricing privacy products resources search services signin"
        " signup solutions sponsors status store support team terms"
    )
)
_MOBILE = frozenset(tracking.names("m mobile amp touch wap"))
_SECOND_LEVELS = frozenset(tracking.names("ac co com edu go gob gouv gov ltd ne net nhs nom or org plc sch"))

# A fragment that leads to another story: a route of a script's page, or one report of a page that goes on all day.
_STORY_NAMES = frozenset(
    tracking.names("id article articleid article_id story storyid news newsid post postid item itemid doc")
)
_LIVE_PATH = re.compile(
    r"/(?:live|liveblog|live-?blogs?|live-news|live-updates?|live-coverage|newsblog|ticker|liveticker)(?:/|$)"
    r"|[-_](?:live|liveblog|live-blog|live-updates?|live-coverage|liveticker)(?:[-_./]|$)|/live-(?:updates?|blog)-",
    re.IGNORECASE,
)
_PARTS_OF_A_PAGE = frozenset(
    tracking.names(
        "top main content maincontent main-content comments comment respond reply share header footer nav"
        " navigation menu body article article-body page-top skip start end sharing newsletter signup"
        " disqus_thread back-to-top"
    )
)
_REPORT = re.compile(
    r"(?:block|live|liveblog|live-blog|lb|livepost|live-post)[-_:]+(?=.*\d)[\w:.-]{6,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f-]{9,}",
    re.IGNORECASE,
)

_PUBMED, _PMC = "pubmed.ncbi.nlm.nih.gov/{0}", "pmc.ncbi.nlm.nih.gov/articles/PMC{0}"
_PMC_FILE = r"/articles/PMC([0-9]+)/(?:pdf|reader|epub)(?:/[^/]*)?"

# The same thing under several well-known addresses: host, what its path and query say, what stands for it.
_SAME = (
    ("youtu.be", r"/([\w-]+)(?:\?.*)?", "youtube.com/watch?v={0}"),
    ("youtube.com", r"/watch/?\?(?:.*&)?v=([\w-]+)(?:&.*)?", "youtube.com/watch?v={0}"),
    ("youtube.com", r"/(?:embed|shorts|live|v|e)/([\w-]+)(?:\?.*)?", "youtube.com/watch?v={0}"),
    ("youtube-nocookie.com", r"/embed/([\w-]+)(?:\?.*)?", "youtube.com/watch?v={0}"),
    ("music.youtube.com", r"/watch\?(?:.*&)?v=([\w-]+)(?:&.*)?", "youtube.com/watch?v={0}"),
    ("player.vimeo.com", r"/video/([0-9]+)(?:\?.*)?", "vimeo.com/{0}"),
    ("x.com", r"/(?:i/web|[^/]+)/status(?:es)?/([0-9]+)(?:/(?:photo|video)/[0-9]+)?(?:\?.*)?", "x.com/i/status/{0}"),
    ("redd.it", r"/(\w+)", "reddit.com/comments/{0}"),
    ("reddit.com", r"(?:/r/\w+)?/comments/(\w+)(?:/[^/]*)?(?:\?.*)?", "reddit.com/comments/{0}"),
    ("doi.org", r"/(?:doi:|doi/)?10\.48550/arxiv\.(.+)", "arxiv.org/abs/{0}"),
    ("doi.org", r"/(?:doi:|doi/)?(10\.[0-9]{4,9}(?:/|%2F).+)", "doi.org/{0}"),
    ("ncbi.nlm.nih.gov", r"/(?:m/)?pubmed/?(?:\?term=)?([0-9]+)(?:[?&].*)?", _PUBMED),
    ("ncbi.nlm.nih.gov", r"/entrez/query\.fcgi\?.*db=pubmed.*&list_uids=([0-9]+)(?:&.*)?", _PUBMED),
    ("pubmed.ncbi.nlm.nih.gov", r"/?(?:\?term=)?([0-9]+)(?:[?&].*)?", _PUBMED),
    ("pubmed.gov", r"/([0-9]+)(?:\?.*)?", _PUBMED),
    ("ncbi.nlm.nih.gov", r"/(?:m/)?pmc/(?:articles/)?(?:PMC)?([0-9]+)(?:\?.*)?", _PMC),
    ("pmc.ncbi.nlm.nih.gov", r"/(?:articles/)?(?:PMC)?([0-9]+)(?:\?.*)?", _PMC),
    ("europepmc.org", r"/(?:article|abstract)/med/([0-9]+)(?:\?.*)?", _PUBMED),
    ("europepmc.org", r"/(?:article|abstract)/pmc/(?:PMC)?([0-9]+)(?:\?.*)?", _PMC),
    ("europepmc.org", r"/articles/(?:PMC)?([0-9]+)(?:\?.*)?", _PMC),
    ("clinicaltrials.gov", r"/(?:(?:ct2/)?show|study)/(NCT[0-9]{8})(?:\?.*)?", "clinicaltrials.gov/study/{0}"),
    (
        "nature.com",
        r"/articles/([a-z]?[0-9]{4,}[\w-]*-[\w-]+)(?:\.pdf|_reference\.pdf)?(?:\?.*)?",
        "doi.org/10.1038/{0}",
    ),
    ("papers.ssrn.com", r"/sol3/papers\.cfm\?(?:.*&)?abstract_?id=([0-9]+)(?:&.*)?", "ssrn.com/abstract={0}"),
    ("dai.ly", r"/(\w+)", "dailymotion.com/video/{0}"),
    ("vimeo.com", r"/(?:channels/[\w-]+|groups/[\w-]+/videos)/([0-9]+)", "vimeo.com/{0}"),
    ("frontiersin.org", r"/journals/[\w-]+/articles/(10\.[0-9]{4,9}/[^/?]+)(?:/.*)?", "doi.org/{0}"),
    ("pmc.ncbi.nlm.nih.gov", _PMC_FILE, _PMC),
    ("ncbi.nlm.nih.gov", f"/pmc{_PMC_FILE}", _PMC),
    ("ncbi.nlm.nih.gov", r"/pmc/(articles/PMC[0-9]+/.+)", "pmc.ncbi.nlm.nih.gov/{0}"),
    ("arxiv.org", r"/(?:abs|pdf|html)/(.+?)(?:v[0-9]+)?(?:\.pdf)?", "arxiv.org/abs/{0}"),
    ("biorxiv.org", r"/content/(10\.[0-9]{4,9}/[0-9.]+)(?:v[0-9]+)?(?:\.[\w.-]+)?(?:\?.*)?", "doi.org/{0}"),
    ("medrxiv.org", r"/content/(10\.[0-9]{4,9}/[0-9.]+)(?:v[0-9]+)?(?:\.[\w.-]+)?(?:\?.*)?", "doi.org/{0}"),
    ("journals.plos.org", r"/\w+/article(?:/file)?\?(?:.*&)?id=(10\.[0-9]{4,9}(?:/|%2F)[^&]+)(?:&.*)?", "doi.org/{0}"),
    ("linkinghub.elsevier.com", r"/retrieve/pii/(\w+)(?:\?.*)?", "sciencedirect.com/science/article/pii/{0}"),
    ("sciencedirect.com", r"/science/article/(?:abs/)?pii/(\w+)(?:\?.*)?", "sciencedirect.com/science/article/pii/{0}"),
)
# Publishers' pages of a paper have its DOI in their path, whichever of its forms they show.
_FORM = r"full|fulltext|abs|abstract|pdf|epdf|pdfdirect|pdfplus|epub|reader|fullhtml|html|xml"
_BY_DOI = re.compile(
    rf"(?:/[\w.-]+)?/(?:doi|articles?|content|chapter)(?:/(?:{_FORM}))?/(10\.[0-9]{{4,9}}(?:/|%2F)[^?]+?)"
    rf"(?:/(?:{_FORM}))?(?:\.pdf)?(?:\?.*)?",
    re.IGNORECASE,
)
_RULES: dict[str, list[tuple[re.Pattern, str]]] = {}
for _host, _pattern, _template in _SAME:
    _RULES.setdefault(_host, []).append((re.compile(_pattern, re.IGNORECASE), _template))
_ARCHIVES = frozenset({"archive.today", "web.archive.org"})  # the address they keep stands in the path
# Hosts that are one site under several names.
_HOSTS = {
    "dx.doi.org": "doi.org",
    **dict.fromkeys(("twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com"), "x.com"),
    "old.reddit.com": "reddit.com",
    "i.reddit.com": "reddit.com",
    "web.facebook.com": "facebook.com",
    "classic.clinicaltrials.gov": "clinicaltrials.gov",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "export.arxiv.org": "arxiv.org",
    "pubmed.com": "pubmed.gov",
    **{f"archive.{ending}": "archive.today" for ending in ("fo", "is", "li", "md", "ph", "vn")},
}


def key(address: str) -> str:
    """Return the duplicate key of a cleaned address; what has no host is its own. Linear in what is given."""
    pieces = parsing.parts(address)
    host = parsing.ascii_host(pieces) or parsing.host(pieces)
    if not host or len(address) > unwrapping.LONGEST:
        return address
    host = _site(host)
    path = _path(pieces.path, host)
    where, rest = host + _port(pieces), path + _query(pieces.query, host)
    return _known_as(where, rest) or where + rest + _route(pieces.fragment, path)


@lru_cache(maxsize=1024)
def _site(host):
    """Return a host less what only says how its pages are shown: ``www.``, ``m.``, ``amp.`` and their like."""
    host = host.removeprefix("www.")
    first, _, rest = host.partition(".")
    if first in _MOBILE and _is_registrable(rest):
        host = rest.removeprefix("www.")
    elif rest.startswith("m.") and _is_registrable(rest[2:]):
        host = f"{first}.{rest[2:]}"  # en.m.wikipedia.org
    return _HOSTS.get(host, host)


def _is_registrable(name):
    """Return whether a name is somebody's own, as far as its shape tells: ``co.uk`` and ``org`` are nobody's."""
    labels = name.split(".")
    return len(labels) > 2 or (len(labels) == 2 and not (labels[0] in _SECOND_LEVELS and len(labels[1]) == 2))


def _port(pieces: Parts) -> str:
    stated = parsing.port(pieces)
    default = {"http:": ":80", "https:": ":443"}.get(pieces.scheme.lower())
    return "" if stated in {":", default} else stated


def _path(path, host):
    path = _one_spelling(path).rstrip("/")
    return path if host in _ARCHIVES else _less_amp(path)


def _less_amp(path):
    """Return a path less what says that this is the accelerated copy of a page; ``amp`` as a name stays."""
    while path.lower().endswith("/amp"):
        before = path[:-4].rstrip("/")
        if not before or before.rpartition("/")[2].lower() in _BEFORE_A_NAME:
            return path
        path = before
    if path.lower().startswith("/amp/") and path[5:].lower() not in _BEHIND_A_NAME:
        path = path[4:]
    return _AMP_ENDING.sub(r"\g<name>\g<html>", path) if ".amp" in path.lower() else path


def _query(query, host):
    if not query:
        return ""
    segments = (_one_spelling(segment) for segment in query[1:].split("&"))
    kept = sorted(segment for segment in segments if segment and _tells(segment, host))
    return "?" + "&".join(kept) if kept else ""


def _tells(segment, host):
    """Return whether a parameter may tell one page from another."""
    return segment.lower() not in _AMP_FLAGS and not tracking.is_token(tracking.name(segment), host)


def _known_as(where, rest):
    """Return the one address of a thing that has several; None where nothing is known of it."""
    rules = _RULES.get(where, ())
    if "/10." in rest:
        rules = (*rules, (_BY_DOI, "doi.org/{0}"))
    for pattern, template in rules:
        if found := pattern.fullmatch(rest):
            said = template.format(found[1])
            return said.replace("%2F", "/").lower() if said.startswith("doi.org/") else said
    return None


def _route(fragment, path):
    """Return a fragment that is an address of its own, in one spelling; of any other nothing."""
    if not _leads_on(fragment[1:], path):
        return ""
    where, mark, query = _one_spelling(fragment).partition("?")
    kept = "&".join(segment for segment in query.split("&") if not tracking.is_tracker(tracking.name(segment), ""))
    return where.rstrip("/") + mark * bool(kept) + kept


def _leads_on(said, path):
    if said[:3].upper() in ("%2F", "%21"):
        said = unquote(said)
    if said.startswith(("!", "/")):
        return said.strip("!/") != ""
    if "=" in said:
        return tracking.name(said.removeprefix("?")) in _STORY_NAMES
    if "/" in said:
        return True
    if _LIVE_PATH.search(path):
        return said != "" and said.lower() not in _PARTS_OF_A_PAGE
    return _REPORT.fullmatch(said) is not None


def _one_spelling(text):
    """Return text with its escapes in one spelling: none for plain characters, upper case and UTF-8 for the rest."""
    if not text.isascii():
        text = quote(text, safe="".join(map(chr, range(128))), errors="surrogatepass")
    return _ESCAPE.sub(_one_escape, text) if "%" in text else text


def _one_escape(found):
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
