"""The walls of the house: what may import what, and the things that happen in one place only.

Each wall is a function from a file to its breaches, so that it is held against the house and against a breach.
"""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from . import ROOT

MAY_IMPORT = {"offerings": set(), "curation": {"offerings"}, "medigy": {"curation", "offerings"}}
READERS = ("curation/site/", "medigy/site/", "offerings/filters.py")
NETWORK = {"socket", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "ssl"}
MAY_USE_NETWORK = "curation/fetch/"
GUARDS_ACCOUNTS = "curation/models/roles/keepers.py"  # accounts are Django's: there is no method of ours to ask in
ASKS_ITS_OWN_PORT = {"medigy/serving/serve.py"}  # whether it is free
MAY_STYLE = {
    "curation/images/covers/__init__.py"
}  # an SVG file is a document of its own, and follows the reader's light
ROW_SIGNALS = {"pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
READ_BY_HAND = {"int", "float", "Decimal", "UUID", "loads", "isdigit", "isdecimal", "isnumeric"}
VAGUE = {"utils", "helpers", "common", "base", "services", "misc", "lib"}
#: What may stand beside the floors: Django's own places, and what hands on to others (``docs/architecture.md``).
DJANGOS = {"", "admin", "apps", "management", "migrations", "templatetags"}
PUBLIC_FACE = {"links", "prose", "frontmatter", "intake"}
PROJECTS_OWN = {"apps", "environment", "models", "settings", "urls", "wsgi"}
MOST_MODULES, MOST_LINES = 12, 1_500
#: Words with which no docstring begins: whoever reads one has to guess the noun.
RIDDLES = {"What", "Where", "Who", "Whose", "Whether", "How", "That", "Which", "If", "Why", "When"}
LONGEST_TEMPLATE_LINE = 160
READERS_PATH = re.compile(r"/(?:news|topic|institution|offering|source|author|cover|media)/")
SPELLS_ADDRESSES = {"curation/text/addresses.py", "offerings/slugs.py", "medigy/settings.py"}
STRANGERS_ADDRESSES = ("curation/text/links/", "curation/extract/")  # paths on other people's sites
LETTERS = ("templates", "mail")  # no mail program loads a sheet
NEEDS_NOTHING = "templates/site/500.html"  # not even the map of the site, which may be what broke
WORDS_FOR_PROGRAMS = {"application/ld+json", "application/json", "importmap"}  # data, or the desk's with its nonce


def modules(*packages):
    """Every module of the packages, as paths from the root."""
    return sorted(path.relative_to(ROOT) for package in packages for path in (ROOT / package).rglob("*.py"))


def templates(folder="templates"):
    found = [ROOT / folder, *(ROOT / package / "templates" for package in MAY_IMPORT)]
    return sorted(path.relative_to(ROOT) for place in found for path in place.rglob("*") if path.is_file())


def imports_of(tree):
    """Every module a file imports, by its full name; relative ones are within the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strings_of(tree):
    """Every string a file holds, but for its docstrings."""
    spoken = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


def names_of(tree):
    """Every name a file says: variables, attributes, what it imports and as what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]


def floors():
    """The floors of the newsroom from the ground up, as the page about the house lays them."""
    table = (ROOT / "docs/architecture.md").read_text().split("| floor |")[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)(?:/|\.py)` \|", table, re.MULTILINE)


def folders(package):
    """Every folder of a package that holds modules, as paths from the root."""
    return sorted({path.parent for path in modules(package)})


# The walls


def imports_from_above(order, floor, source):
    """What a module of a floor imports from the floors above it, or through the public face, which is for others."""
    own = order.index(floor)
    reached = {name.split(".")[1] for name in imports_of(ast.parse(source)) if re.match(r"curation\.\w", name)}
    return sorted(name for name in reached if name in PUBLIC_FACE or (name in order and order.index(name) > own))


def imports_upward(package, source):
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    return sorted({name.split(".")[0] for name in imports_of(ast.parse(source))} & forbidden)


def names_upward(package, source):
    """Import paths, model labels, URL names and templates of a package above, hidden in strings."""
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    path = re.compile(rf"^(?:{'|'.join(sorted(forbidden)) or '(?!)'})[.:/]\w")
    return sorted(text for text in strings_of(ast.parse(source)) if path.match(text))


def template_reaches_upward(package, source):
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    reached = re.findall(r"[\"'](\w+)[/:][\w-]", source)
    shown = re.findall(r"{[{%][^}]*\b(article|edition)s?\b\s*[.|\s}%]", source) if package == "offerings" else []
    return sorted(set(reached) & forbidden) + sorted(set(shown))


def reverse_relations_upward(package, source):
    """In the catalogue a reverse relation to the newsroom is an import nobody sees."""
    hidden = {"articles", "editions", "article_set", "edition_set", "versions"} if package == "offerings" else set()
    return sorted({node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)} & hidden)


def touches_working_copy(source):
    """A reader's module that says Article or Version, follows an Edition to its article, or looks one up by string."""
    tree = ast.parse(source)
    said = {name for name in names_of(tree) if re.match(r"(Article|Version)(?![a-z])", name)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    followed = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"article", "version"} and id(node) not in called
    }
    looked_up = {
        text
        for text in strings_of(tree)
        if re.match(r"(article|version)__", text) or re.match(r"curation\.(Article|Version)", text, re.IGNORECASE)
    }
    return sorted(said | followed | looked_up)


def reads_requests_by_hand(source):
    """Numbers, keys and JSON that are made of text where requests are at hand: ``offerings.request_values`` reads them,
    and knows that ``²`` is a digit to Python, and that JSON may be as deep as a program's stack is not.
    """
    tree = ast.parse(source)
    said = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)} | set(names_of(tree))
    calls = (
        [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if said & {"request", "QueryDict", "forms"}
        else []
    )
    named = [getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls]
    bodies = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "body"]
    bodies = ["body" for node in bodies if ast.unparse(node.value).endswith("request")]
    return sorted([name for name in named if name in READ_BY_HAND] + bodies)


def hides_model_methods(model):
    """Fields and ways back to other rows that take the name of something that every model does."""
    fields = model._meta.get_fields()
    names = {getattr(one, "get_accessor_name", lambda one=one: one.name)() for one in fields} - {None}
    return sorted(name for name in names if hasattr(models.Model, name))


def calls_markup_safe(source):
    return sorted({name for name in names_of(ast.parse(source)) if name in {"mark_safe", "SafeString", "SafeText"}})


def template_switches_escaping_off(source):
    return re.findall(r"\|\s*safe(?:seq)?\b|{%-?\s*autoescape\s+(?:off|false)", source)


def inline_in_markup(source):
    """Inline styles, scripts and handlers in a template, or in markup that code puts together."""
    markup = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", "", source, flags=re.DOTALL)
    scripts = re.findall(r"<script\b([^>]*)>", markup, re.IGNORECASE)
    typed = [re.search(r"type=[\"']?([\w/+]+)", attributes) for attributes in scripts]
    inline = [
        "<script>"
        for attributes, kind in zip(scripts, typed, strict=True)
        if "src=" not in attributes and (kind is None or kind[1] not in WORDS_FOR_PROGRAMS)
    ]
    others = re.findall(
        r"<style\b|\sstyle\s*=|<[a-z][^>]*\s(on[a-z]+)\s*=|javascript:|srcdoc\s*=", markup, re.IGNORECASE
    )
    return inline + [found or "style" for found in others]


def lines_too_long(source):
    return [number for number, line in enumerate(source.splitlines(), 1) if len(line) > LONGEST_TEMPLATE_LINE]


def types_addresses(source):
    """Addresses of readers' pages that stand in code, but for those of old sites, whose names begin with ``OLD_``."""
    tree = ast.parse(source)
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    old = {
        node.value.value for node in named if ast.unparse(node.targets[0]).startswith("OLD_") and _is_text(node.value)
    }
    return sorted({text for text in strings_of(tree) if READERS_PATH.match(text)} - old)


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def template_types_addresses(source):
    return re.findall(rf"(?:href|src|action)=[\"']({READERS_PATH.pattern}[^\"']*)", source)


def uses_network(source):
    said = set(imports_of(ast.parse(source)))
    return sorted(name for name in NETWORK if any(one == name or one.startswith(f"{name}.") for one in said))


def listens_to_rows(source):
    tree = list(ast.walk(ast.parse(source)))
    imported = {
        alias.name
        for node in tree
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals")
        for alias in node.names
    }
    through = {
        node.attr for node in tree if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("signals")
    }
    return sorted((imported | through) & ROW_SIGNALS)


def docstrings_in_riddles(source):
    """Docstrings whose first word asks instead of naming what is there: ruff's D401 sees only other moods."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    spoken = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    return sorted(text.splitlines()[0] for text in spoken if re.match(r"\w*", text)[0] in RIDDLES)


def faults_without_their_ending(source):
    """Exception classes by whose name nobody knows them; bases are read by name, so one of ours is known as well."""
    ending = re.compile(r"(?:Refused|Error)$")
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and any(ending.search(said) or said in {"Exception", "BaseException"} for said in map(ast.unparse, node.bases))
        and not ending.search(node.name)
    ]


def read(path):
    return (ROOT / path).read_text()


def breaches(paths, wall):
    return {str(path): found for path in paths if (found := wall(read(path)))}


# The house


@pytest.mark.parametrize("package", MAY_IMPORT)
@pytest.mark.parametrize("wall", [imports_upward, names_upward, reverse_relations_upward])
def test_packages_reach_only_downward(package, wall):
    assert breaches(modules(package), lambda source: wall(package, source)) == {}


def test_a_floor_imports_only_from_those_below():
    order = floors()
    upward = {}
    for path in modules("curation"):
        floor = path.parts[1].removesuffix(".py")
        if floor in order:
            upward |= breaches([path], lambda source, floor=floor: imports_from_above(order, floor, source))
    assert upward == {}


def test_every_floor_stands_in_the_table_and_no_module_lies_loose():
    order, inside = floors(), {path.parts[1].removesuffix(".py") for path in modules("curation")} - {"__init__"}
    assert set(order) - inside == set()
    assert inside - set(order) - DJANGOS - PUBLIC_FACE == set()
    assert {path.stem for path in (ROOT / "medigy").glob("*.py")} - {"__init__"} == PROJECTS_OWN


def test_a_folder_holds_no_more_than_a_reader_can_take_in():
    crowded = {}
    for folder in (place for package in MAY_IMPORT for place in folders(package) if place.name != "migrations"):
        files = [path for path in (ROOT / folder).glob("*.py") if path.stem != "__init__"]
        lines = sum(len(path.read_text().splitlines()) for path in files)
        if len(files) > MOST_MODULES or lines > MOST_LINES:
            crowded[str(folder)] = (len(files), lines)
    assert crowded == {}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_tests_stand_where_what_they_test_stands(package):
    astray = []
    for path in (ROOT / "tests" / package).rglob("test_*.py"):
        folder, stem = path.parent.relative_to(ROOT / "tests"), path.stem.removeprefix("test_")
        here = (ROOT / folder / f"{stem}.py").exists() or (ROOT / folder / stem).is_dir() or stem == folder.name
        elsewhere = any(found.stem == stem for found in modules(package))
        if not (ROOT / folder).is_dir() or (elsewhere and not here):
            astray.append(str(path.relative_to(ROOT)))
    assert astray == []


def test_a_line_of_a_template_can_be_read_without_scrolling():
    assert breaches(templates(), lines_too_long) == {}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_templates_reach_only_downward(package):
    own = [path for path in templates() if package in path.parts[:-1]]
    assert breaches(own, lambda source: template_reaches_upward(package, source)) == {}


def test_who_serves_readers_never_touches_a_working_copy():
    serving = [path for path in modules(*MAY_IMPORT) if str(path).startswith(READERS) and path.stem != "urls"]
    assert breaches(serving, touches_working_copy) == {}


def test_markup_is_declared_safe_in_one_place():
    elsewhere = [path for path in modules(*MAY_IMPORT) if str(path) != "curation/text/prose.py"]
    assert breaches(elsewhere, calls_markup_safe) == {}
    assert breaches(templates(), template_switches_escaping_off) == {}


def test_addresses_of_readers_are_spelled_in_one_place():
    own = [path for path in modules(*MAY_IMPORT) if not str(path).startswith(STRANGERS_ADDRESSES)]
    elsewhere = [path for path in own if str(path) not in SPELLS_ADDRESSES and path.parts[1] != "migrations"]
    assert breaches(elsewhere, types_addresses) == {}
    assert breaches([path for path in templates() if str(path) != NEEDS_NOTHING], template_types_addresses) == {}


def test_nothing_is_inline():
    pages = [path for path in templates() if path.parts[:2] != LETTERS]
    assert breaches(pages, inline_in_markup) == {}
    code = [path for path in modules(*MAY_IMPORT) if str(path) not in MAY_STYLE]
    assert (
        breaches(code, lambda source: [s for text in strings_of(ast.parse(source)) for s in inline_in_markup(text)])
        == {}
    )


def test_the_network_is_used_in_one_place():
    elsewhere = [path for path in modules(*MAY_IMPORT) if not str(path).startswith(MAY_USE_NETWORK)]
    assert breaches([path for path in elsewhere if str(path) not in ASKS_ITS_OWN_PORT], uses_network) == {}


def test_apps_call_functions_instead_of_listening_to_rows():
    assert breaches([path for path in modules(*MAY_IMPORT) if str(path) != GUARDS_ACCOUNTS], listens_to_rows) == {}


def test_what_requests_give_is_read_in_one_place():
    there = ("offerings/request_values.py", MAY_USE_NETWORK)  # and requests to others are no requests to us
    elsewhere = [path for path in modules(*MAY_IMPORT) if not str(path).startswith(there)]
    assert breaches(elsewhere, reads_requests_by_hand) == {}


def test_no_field_of_a_model_hides_what_every_model_does():
    hidden = {model._meta.label: hides_model_methods(model) for model in apps.get_models()}
    assert {label: names for label, names in hidden.items() if names and label.split(".")[0] in MAY_IMPORT} == {}


def test_a_field_that_hides_a_method_is_seen():
    class Hiding(models.Model):
        clean = models.CharField(max_length=1)
        word = models.CharField(max_length=1)

        class Meta:
            app_label = "nowhere"

        def __str__(self):
            return self.word

    try:
        assert hides_model_methods(Hiding) == ["clean"]
    finally:
        del apps.all_models["nowhere"]


def test_every_module_is_named_for_its_subject_and_says_what_it_is_for():
    named = [str(path) for path in modules(*MAY_IMPORT, "tests") if path.stem in VAGUE]
    silent = [
        str(path)
        for path in modules(*MAY_IMPORT)
        if "migrations" not in path.parts and read(path).strip() and not ast.get_docstring(ast.parse(read(path)))
    ]
    assert (named, silent) == ([], [])


def test_no_docstring_opens_with_a_riddle():
    worded = [path for path in modules(*MAY_IMPORT, "benchmarks") if "migrations" not in path.parts]
    assert breaches(worded, docstrings_in_riddles) == {}


def test_every_exception_is_named_for_a_refusal_or_an_error():
    assert breaches(modules(*MAY_IMPORT, "tests", "benchmarks"), faults_without_their_ending) == {}


def test_a_decision_has_a_number_of_its_own_and_says_it():
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in found]
    assert numbers == sorted(set(numbers))
    said = [path.read_text(encoding="utf-8").split("\n", 1)[0] for path in found]
    assert [line.split(" · ")[0] for line in said] == [f"# {number}" for number in numbers]


def test_nothing_names_the_machine_it_was_made_on():
    own = [*modules(*MAY_IMPORT, "tests"), *templates(), Path("pyproject.toml"), Path("Makefile"), Path(".ci/run")]
    places = re.compile(r"/(?:work|root|home/\w+|Users/\w+)/[\w.]")
    assert breaches(own, lambda source: places.findall(source)) == {}


# The walls against breaches, so that none of them stands by never looking


@pytest.mark.parametrize(
    ("wall", "source", "found"),
    [
        (lambda s: imports_upward("offerings", s), "from curation.models import Edition", ["curation"]),
        (lambda s: imports_upward("offerings", s), "def f():\n    import medigy.settings", ["medigy"]),
        (lambda s: imports_upward("curation", s), "import medigy", ["medigy"]),
        (lambda s: imports_upward("medigy", s), "import curation, offerings", []),
        (lambda s: imports_upward("curation", s), "from offerings.models import Topic\nfrom . import press", []),
        (lambda s: names_upward("offerings", s), 'ForeignKey("curation.Article")', ["curation.Article"]),
        (lambda s: names_upward("offerings", s), 'reverse("curation:article")', ["curation:article"]),
        (lambda s: names_upward("curation", s), 'render(r, "medigy/home.html")', ["medigy/home.html"]),
        (lambda s: names_upward("curation", s), '"""medigy.settings is above."""\nx = "offerings.Topic"', []),
        (lambda s: names_upward("medigy", s), 'get_model("curation.Article")', []),
        (lambda s: imports_from_above(["text", "site"], "text", s), "from curation.site import lists", ["site"]),
        (
            lambda s: imports_from_above(["text", "site"], "text", s),
            "def f():\n    import curation.site.lists",
            ["site"],
        ),
        (lambda s: imports_from_above(["text", "site"], "text", s), "from curation import site, text", ["site"]),
        (lambda s: imports_from_above(["text", "site"], "site", s), "from curation.text import links", []),
        (lambda s: imports_from_above(["text", "site"], "site", s), "from curation import links", ["links"]),
        (lambda s: imports_from_above(["text", "site"], "site", s), "from curation.models import Edition", []),
        (lambda s: reverse_relations_upward("offerings", s), "topic.articles.count()", ["articles"]),
        (lambda s: reverse_relations_upward("curation", s), "topic.articles.count()", []),
        (lambda s: template_reaches_upward("offerings", s), '{% include "curation/card.html" %}', ["curation"]),
        (lambda s: template_reaches_upward("offerings", s), "{% url 'curation:article' %}", ["curation"]),
        (lambda s: template_reaches_upward("offerings", s), "{% for article in topic.articles %}", ["article"]),
        (lambda s: template_reaches_upward("offerings", s), "<article>{{ offering.name }}</article>", []),
        (touches_working_copy, "from curation.models import Article", ["Article"]),
        (touches_working_copy, "from .models import ArticleTopic as T", ["ArticleTopic"]),
        (touches_working_copy, "models.Version.objects.all()", ["Version"]),
        (touches_working_copy, "title = edition.article.title", ["article"]),
        (touches_working_copy, "page = reading.article(slug)", []),
        (touches_working_copy, 'Edition.objects.filter(**{"article__state": 1})', ["article__state"]),
        (touches_working_copy, 'apps.get_model("curation.Article")', ["curation.Article"]),
        (touches_working_copy, "from curation.models import Edition\nArticles = 1\nedition.article_id", []),
        (calls_markup_safe, "from django.utils.safestring import mark_safe as m", ["mark_safe"]),
        (calls_markup_safe, "safestring.SafeString('x')", ["SafeString"]),
        (template_switches_escaping_off, "{{ body|safe }}", ["|safe"]),
        (template_switches_escaping_off, "{% autoescape off %}", ["{% autoescape off"]),
        (template_switches_escaping_off, "{%- autoescape false %}", ["{%- autoescape false"]),
        (template_switches_escaping_off, "{{ story.safety }}", []),
        (inline_in_markup, '<p style="color: red">', ["style"]),
        (inline_in_markup, "<style>p{}</style>", ["style"]),
        (inline_in_markup, "<script>alert()</script>", ["<script>"]),
        (inline_in_markup, '<script type="module">go()</script>', ["<script>"]),
        (inline_in_markup, '<a class="x" onclick="go()">', ["onclick"]),
        (inline_in_markup, '<a href="javascript:go()">', ["style"]),
        (inline_in_markup, '<script src="/a.js" defer></script><link rel="stylesheet">', []),
        (inline_in_markup, '<script type="application/ld+json">{}</script><p class="on">one = two</p>', []),
        (lines_too_long, f"{'a' * 160}\n{'b' * 161}", [2]),
        (types_addresses, 'f"/news/{slug}/"', ["/news/"]),
        (types_addresses, 'OLD_NEWS = "/news/"\npath("news/")\nsee("https://a.example/news/")', []),
        (template_types_addresses, '<a href="/topic/{{ slug }}/">', ["/topic/{{ slug }}/"]),
        (template_types_addresses, '<a href="{{ section.base_path }}">', []),
        (uses_network, "import urllib.request", ["urllib.request"]),
        (uses_network, "from http.client import HTTPSConnection", ["http"]),
        (uses_network, "import socket as s", ["socket"]),
        (uses_network, "from urllib.parse import urlsplit\nfrom http import HTTPStatus", ["http"]),
        (uses_network, "from urllib.parse import urlsplit\nfrom django.http import Http404", []),
        (reads_requests_by_hand, "def view(request):\n    int(request.GET['page'])", ["int"]),
        (reads_requests_by_hand, "def view(request):\n    a = request.body\n    json.loads(a)", ["body", "loads"]),
        (reads_requests_by_hand, "def view(request):\n    return request.GET['pk'].isdigit()", ["isdigit"]),
        (reads_requests_by_hand, "def view(request):\n    return json_value(request.body)", ["body"]),
        (reads_requests_by_hand, "def months(key):\n    return int(key)", []),
        (listens_to_rows, "from django.db.models.signals import post_save", ["post_save"]),
        (listens_to_rows, "from django.db.models.signals import post_migrate", []),
        (faults_without_their_ending, "class Late(Exception):\n    pass", ["Late"]),
        (faults_without_their_ending, "class Late(faults.FetchRefused):\n    pass", ["Late"]),
        (faults_without_their_ending, "class LateError(ValueError):\n    pass\n\nclass Late:\n    pass", []),
        (docstrings_in_riddles, 'def f():\n    """What f gives."""', ["What f gives."]),
        (docstrings_in_riddles, '"""How: so."""\nclass C:\n    """Whichever."""\n    x = "Where"', ["How: so."]),
        (docstrings_in_riddles, 'def f():\n    """Return what f gives."""\n\ndef g():\n    pass', []),
    ],
)
def test_a_breach_is_seen(wall, source, found):
    assert wall(source) == found
