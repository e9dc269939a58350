"""The words of the demo newsroom, which lie beside this module as YAML and Markdown."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Text:
    """One article: the name of its file, its front matter, and its body in Markdown."""

    name: str
    matter: dict
    body: str


def catalogue() -> dict:
    """Return taxonomies with their topics, institutions, and offerings."""
    return _read("catalogue.yaml")


def people() -> list[dict]:
    """Return everybody with a byline; those with a ``username`` can sign in."""
    return _read("people.yaml")["people"]


def articles() -> list[Text]:
    """Return all articles, in the order of their numbers."""
    return [_article(path) for path in sorted(FOLDER.glob("articles/*.md"))]


def _read(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _article(path):
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Text(path.stem, yaml.safe_load(matter), body.strip())
