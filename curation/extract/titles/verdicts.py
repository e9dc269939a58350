"""Titles that nobody gave: one judge for pages and PDFs, with its reason.

What programs write where a person wrote nothing has few kinds: a word that keeps a place, a template that was never
filled, a file's name, an identifier, a program's own name, the question of whoever guards a site.
"""

import re

from curation.extract.wording import each, line, parts, squashed
from curation.fetch.content import challenges

PLACEHOLDER = "a word that keeps a title's place"
TEMPLATE = "a template that was never filled"
FILE_NAME = "the name of a file"
IDENTIFIER = "a number or an identifier"
PROGRAM = "the words of a program"
GUARD = "the question of a guard"

#: Whole titles, letters and digits alone; a number behind them says which of many.
_PLACEHOLDERS = frozenset(
    each(
        "home homepage startpage startseite accueil pagedaccueil inicio paginainicial paginaprincipal hauptseite"
        " hjem forside etusivu index frontpage mainpage landingpage welcome willkommen bienvenue bienvenido"
        " bienvenidos undefined null none nan nil na nada false true void objectobject default unknown empty blank"
        " untitled untitleddocument untitledpage untitledpost untitledarticle unbenannt unbenanntesdokument"
        " ohnetitel sanstitre sintitulo senzatitolo semtitulo zondertitel utantitel bezimeni notitle notitleset"
        " notitlefound title titel titre titulo pagetitle posttitle sitetitle articletitle documenttitle yourtitle"
        " yourtitlehere titlehere titlegoeshere inserttitle inserttitlehere entertitle addtitle edittitle headline"
        " yourheadlinehere subtitle document newdocument webpage newpage blankpage page samplepage sampletitle"
        " testpage test testing todo tbd tba post newpost article newarticle story item content details detail"
        " blog news newsroom website site mysite mywebsite myblog newsite search menu header footer main print"
        " printpage printversion share login loading loadingpage pleasewait onemoment onemomentplease redirecting"
        " redirect youarebeingredirected wait loremipsum loremipsumdolorsitamet helloworld reactapp viteapp vueapp"
        " angularapp nextjsapp nuxtapp svelteapp createnextapp gatsbydefaultstarter webapp application wordpress"
        " justanotherwordpresssite comingsoon underconstruction defaultpage itworks welcometonginx"
        " apache2ubuntudefaultpageitworks indexof error errorpage 404 403 500 502 503 presentation publication"
        " report cover coverpage titlepage titleslide template layout form draft proof galley manuscript paper"
        " abstract fulltext supplement appendix attachment download file copy scan scanneddocument scannedimage"
        " image photo picture figure book booklet brochure flyer poster leaflet letter letterhead memo invoice"
        # What keeps a title's place elsewhere.
        " placeholder placeholdertitle defaulttitle headtitle ogtitle wppost testarticle normal normalpage"
        " articleinpress loremipsumdolor titleofthepaper titleofpaper nojobname acmart vitereact printpreview"
        " googledocs aboutblank seitentitel titulek paginainiziale stronagłowna stronaglowna anasayfa hem"
        " kezdolap acasa domov pocetna trangchu beranda utennavn nimeton nimeamaton namnlos bezetytułu beztytułu"
        " beznazvu naslovnica adsiz basliksiz cimnelkul faratitlu khongtieude tanpajudul главная главнаястраница"
        " домашняястраница безназвания беззаголовка новаястраница документ головна αρχικη αρχικησελιδα χωριστιτλο"
        " ホーム トップページ トップ 無題 無題ドキュメント タイトルなし 首页 首頁 主页 主頁 无标题 無標題"
        " 无标题文档 无题 未命名 未命名文件 홈 제목없음 무제 الرئيسية الصفحةالرئيسية بدونعنوان دفالبيت עמודהבית"
        " ראשי ללאכותרת หน้าแรก ไม่มีชื่อ होम मुखपृष्ठ"
    )
)
# As they are compared: signs over and under letters are folded, or fall apart, in some scripts.
_PLACEHOLDERS |= frozenset(map(squashed, _PLACEHOLDERS))
_TEMPLATE_PART = re.compile(
    r"(?:\{\{.*\}\}|\{%.*%\}|\$\{.*\}|#\{.*\}|<%.*%>|&lt;%.*%&gt;|<\?.*|\[\[.*\]\]|%%[\w. -]+%%|%[\w.]+%|__[\w.]+__"
    r"|\{[\w. |-]+\}|\$[a-z_][\w.>-]*|@(?:model|viewbag|page)\.\w+|\[(?:title|site-?name|page-?title|post-?title)\])",
    re.IGNORECASE,
)
_KINDS_OF_FILE = (
    "docx?|docm|dotx?|pptx?|ppsx?|xlsx?|pdf|indd|idml|qxd|qxp|tex|dvi|e?ps|rtf|odt|odp|x?html?|php|aspx?|jsp|cfm|pub|ai"
    "|pmd?|p65|fm|pages|key|numbers|wpd|wps|txt|md|jpe?g|png|tiff?|gif|svg|psd|vsdx?|cdr|zip|ashx|cgi"
)
_FILE = re.compile(
    r"(?:file:|[a-z]:\\|\\\\|/(?:home|users|tmp|var)/).*"
    rf"|.*[\w)\]]\.(?:{_KINDS_OF_FILE})(?:[:_ -]+(?:(?:layout|page|sheet)\s*)?\d+)?",
    re.IGNORECASE,
)
_WITH_DIGITS = r"[\w().:/;<>\[\]-]*\d[\w().:/;<>\[\]-]*"
_IDENTIFIER = re.compile(
    r"(?:https?://|www\.|urn:|info:).*|10\.\d{4,9}/\S+.*|arxiv:.*"
    r"|(?:doi|pii|pmid|pmcid|pmc|isbn|issn|handle|hdl|ssrn|nihms|gid|uuid|id|ref"
    r"|(?:ref|document|doc|file)\.? (?:no|id))\b"
    rf"[\s:#.]*{_WITH_DIGITS}(?:\s+{_WITH_DIGITS})*"
    r"|[sb]?\d{4}-?\d{3}[\dx](?:\(\d\d\)\d{5}-[\dx])?|[0-9a-f]{16,128}|\S*\d{5,}\S*"
    r"|[a-z]{2,8}(?:[ _-]\d+){3,}|[a-z]{2,10}[_-]\d{2,}[_.-]\d{2,}\S*|.*\s\d+\.\.\d+"
    r"|\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"(?:microsoft|ms)\s+(?:office\s+)?(?:word|powerpoint|excel|publisher|visio|outlook|access|project)\s+[-–—].*"
    r"|(?:\w+\s){0,2}microsoft\s(?:office\s)?(?:word|powerpoint|excel|publisher)(?:\s(?:document|dokument|documento))?"
    r"|(?:\w+\s(?:de\s)?)?powerpoint(?:[- ]?(?:presentation|präsentation|template|slide ?show))?"
    r"|(?:adobe|quark|corel|libre|open)\s?(?:photoshop|indesign|illustrator|acrobat|pagemaker|xpress|draw|office|writer)"
    r"(?:\s(?:pdf|cc|cs\d?|file|document|image|writer|impress|[\d.]+)){0,3}"
    r"|(?:untitled|unbenannt|sans titre|document|dokument|documento|presentation|présentation|präsentation|presentación"
    r"|slide|diapositive|folie|page|seite|layout|sheet|tabelle|book|mappe|publication|new|nouveau|neues?|blank"
    r"|print|printing|drawing|image|img|dsc|scan|skm|doc|copy|version|draft|final|rev|figure|chart)"
    r"(?:\s(?:document|dokument|page|presentation|layout|slide|publication))?[\s_.#-]*\(?[\d_.-]*\)?"
    r"(?:\s[-–—(]\s?(?:google (?:docs|slides)|page \d+\)))?"
    r"|(?:diapositiva|diapositivo|foliennummer|blatt|feuille|feuil|hoja|foglio|dia|lysbilde|bild"
    r"|slajd|слайд|лист|幻灯片|スライド|文档|文書|документ)[\s_.-]*\d+"
    r"|(?:microsoft )?powerpoint[\s-][^\x00-\x7f]{2,20}|(?:acrobat )?pdfmaker\b.{0,40}"
    r"|(?:wkhtmltopdf|prince|ghostscript|pdftex|report builder)[\s\d.]+"
    r"|\(microsoft (?:word|powerpoint|excel|publisher)\s+[-–—].*|\S+\spdf"
    r"|(?:scanned|scan|printed|created|generated|converted|exported|produced)\s(?:from|by|with|using|document|image)\b.{0,60}"
    r"|full page (?:photo|fax)(?: print)?|(?:print|printing)\s\S*[\\/:]\S*.*|camscanner.{0,30}|crystal reports.{0,30}"
    r"|latex(?:\s(?:document|output|template|2e|with hyperref(?: package)?))?"
    r"|(?:word|article|manuscript|paper|journal|poster|letterhead|document|press ?release|slide|a4|us letter|rtf|bmc"
    r"|ieee|acm|springer|elsevier|latex guide|proceedings|\w+ journal|(?:ieee|acm) \w+)\s+template"
    r"(?:\s+\S{1,8}|\s+in a4.{0,10}|\s[-–—]\s\w+)?"
    r"|template for\W*",
    re.IGNORECASE,
)
#: What such titles hold somewhere: of most titles, nothing more has to be asked.
_OF_TEMPLATES = re.compile(r"[{<\[%_$#@&]")
_OF_FILES = re.compile(r"[.:\\/]")
_OF_IDENTIFIERS = re.compile(r"\d|:|\bwww\.|^[a-f]{16}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER_BEHIND = re.compile(r"(?<=[a-z])\d{1,3}$")


def why_none(title: str) -> str:
    """Return why this is no title that somebody gave, an empty string where it may be one. Pure; some microseconds.

    A title may be several parts with bars or dashes between: where one keeps a place and the others are a site's name,
    the caller knows; a template that was never filled spoils the whole.
    """
    title = line(title, 1_000)
    bare = squashed(title)
    if _OF_TEMPLATES.search(title) and any(_TEMPLATE_PART.fullmatch(part.strip()) for part in (title, *parts(title))):
        return TEMPLATE
    if not bare or bare in _PLACEHOLDERS or _NUMBER_BEHIND.sub("", bare) in _PLACEHOLDERS:
        return PLACEHOLDER
    if _OF_FILES.search(title) and _FILE.fullmatch(title) and len(title.split()) <= 12:
        return FILE_NAME
    if _OF_IDENTIFIERS.search(title) and _IDENTIFIER.fullmatch(title):
        return IDENTIFIER
    if not _WORD.search(title) and any(map(str.isdigit, title)):
        return IDENTIFIER
    if _PROGRAM.fullmatch(title):
        return PROGRAM
    return GUARD if challenges.is_challenge(title, "") else ""


def is_code(title: str) -> bool:
    """Return whether a single word is a program's: it has digits, underscores or full stops inside, as no headline
    has.
    """
    return " " not in title.strip() and re.search(r"[\d_]|\w\.\w", title) is not None
