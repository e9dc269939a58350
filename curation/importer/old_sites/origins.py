"""The old site that a document comes from: where its folders are, and what its settings say of many pages at once."""

import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import yaml

from curation.importer import frontmatter
from curation.importer.documents.meta_values import as_list

_HUGO = ("hugo", "config", "config/_default/hugo", "config/_default/config")
_BYTES = 500_000  # of a settings file; real ones have some 5 kB
_UNREADABLE = "(what stands above this page cannot be read)"  # no value of any key, so what it hides stays hidden


@dataclass(frozen=True, slots=True)
class Origin:
    """One old site. ``content`` is the folder that its addresses are counted from, empty where nothing tells.

    ``pictures`` are the folders of its pictures, ``permalinks`` patterns of addresses by section (``""`` for any),
    ``defaults`` pairs of a rule and the values it gives to the pages that fit.
    """

    content: str = ""
    root: str = ""
    is_jekyll: bool = False
    pictures: tuple[str, ...] = ()
    permalinks: dict = field(default_factory=dict)
    defaults: tuple = ()


@lru_cache(maxsize=1024)
def origin_of(folder: str) -> Origin:
    """Return the old site of the documents in ``folder`` (a whole path). Looks upwards; reads a settings file once."""
    here = Path(folder)
    for place in (here, *here.parents):
        if place.name == "content":
            return _hugo(str(place), str(place.parent))
        if place.name in ("_posts", "_drafts"):
            return _jekyll(str(_above_collections(place.parent)))
        if (place / "_config.yml").is_file():
            return _jekyll(str(place))
    return Origin()


def _above_collections(place):
    """Return the nearest folder at or above ``place`` that has Jekyll's settings, else ``place``."""
    return next((above for above in (place, *place.parents) if (above / "_config.yml").is_file()), place)


def inside(file: str, path: str) -> str:
    """Return a document's path inside its old site, with ``/`` between the names; ``path`` where no site is known."""
    origin = origin_of(os.path.dirname(file))
    return Path(file).relative_to(origin.content).as_posix() if origin.content else path


@lru_cache(maxsize=256)
def _hugo(content, root):
    settings = next((read for name in _HUGO if (read := _settings(Path(root), name)) is not None), {})
    folders = (f"{root}/static", f"{root}/assets", f"{root}/public", content)
    patterns = settings.get("permalinks")
    return Origin(content, root, False, _there(folders), _patterns(patterns if isinstance(patterns, dict) else {}))


def _there(folders):
    return tuple(folder for folder in folders if os.path.isdir(folder))


def _settings(root, name):
    """Return the values of a settings file in any of its three forms; None where there is none that can be read."""
    for ending, opening, closing in ((".toml", "+++\n", "\n+++\n"), (".yaml", "---\n", "\n---\n"), (".json", "", "\n")):
        file = root / f"{name}{ending}"
        if file.is_file():
            return _read(file, opening, closing)
    return None


def _read(file, opening="---\n", closing="\n---\n"):
    """Return the values of a file; None where they cannot be read."""
    try:
        if file.stat().st_size > _BYTES:
            return None
        text = file.read_text(encoding="utf-8-sig")
        return frontmatter.read(f"{opening}{text}{closing}".encode(), str(file))[0]
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _patterns(permalinks):
    """Return patterns by section; newer settings have them by kind of page first."""
    of_pages = permalinks.get("page", permalinks)
    found = of_pages.items() if isinstance(of_pages, dict) else ()
    return {str(section): pattern for section, pattern in found if isinstance(pattern, str)}


@lru_cache(maxsize=256)
def _jekyll(root):
    file = Path(root) / "_config.yml"
    settings = _read(file) if file.is_file() else {}
    if settings is None:
        return Origin(root, root, True, (root,), {}, (({}, {"published": _UNREADABLE}),))
    pattern = settings.get("permalink")
    rules = [rule for rule in as_list(settings.get("defaults")) if isinstance(rule, dict)]
    pairs = [(rule.get("scope"), rule.get("values")) for rule in rules]
    defaults = tuple(({"path": _start(scope)}, values) for scope, values in pairs if isinstance(values, dict))
    return Origin(root, root, True, (root,), {"": pattern} if isinstance(pattern, str) else {}, defaults)


def _start(scope):
    """Return the pattern of the paths that a scope of Jekyll's settings covers."""
    path = str(scope.get("path") or "").strip("/") if isinstance(scope, dict) else ""
    return f"{path}**" if path else "**"


# Settings in folders above -----------------------------------------------------------------------------------------


def handed_down_to(file: str, path: str) -> dict:
    """Return what the site's settings and the section pages above a document say of it; nearer ones win."""
    folder = os.path.dirname(file)
    rules = _rules(folder, origin_of(folder).content or folder)
    values = {}
    for rule, some in rules:
        if _fits(rule, path):
            values |= some
    return values


@lru_cache(maxsize=1024)
def _rules(folder, top):
    """Return pairs of a rule and its values for the documents in ``folder``, those from farther above first."""
    is_top = folder == top or not folder.startswith(top)
    above = origin_of(folder).defaults if is_top else _rules(os.path.dirname(folder), top)
    return (*above, *_cascade(folder))


def _cascade(folder):
    """Return what a folder's own section page hands down."""
    for ending in (".md", ".html", ".markdown"):
        file = Path(folder) / f"_index{ending}"
        if file.is_file():
            return tuple(_handed_down(file))
    return ()


def _handed_down(file):
    try:
        values, _ = frontmatter.read(file.read_bytes()[:_BYTES], str(file))
    except (OSError, ValueError):
        yield {}, {"published": _UNREADABLE}
        return
    named = {str(name).lower(): value for name, value in values.items()}
    for item in as_list(named.get("cascade")):
        if isinstance(item, dict):
            rule = item.get("target") or item.get("_target")
            yield (rule if isinstance(rule, dict) else {}), _flat(item)
        else:
            yield {}, {"published": _UNREADABLE}


def _flat(item):
    inner = item.get("params")
    own = {name: value for name, value in item.items() if name not in ("target", "_target", "params")}
    return own | (inner if isinstance(inner, dict) else {})


def _fits(rule, path):
    """Return whether values handed down are for this page; for a rule that is not understood they are."""
    kind, pattern = rule.get("kind"), rule.get("path")
    if isinstance(kind, str) and kind not in ("page", "*", "**", "{page,section}"):
        return "page" in kind
    if not isinstance(pattern, str) or pattern in ("**", "/**"):
        return True
    path, pattern = f"/{path}", "/" + pattern.strip().lstrip("/")
    bare = path.rpartition(".")[0].removesuffix("/index")
    return any(fnmatchcase(name, pattern.replace("**", "*")) for name in (path, bare))
