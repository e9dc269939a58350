"""Titles, authors and introductions of a PDF: its metadata where somebody wrote it, else its first page."""

import re
from urllib.parse import unquote, urlsplit

from curation.extract.titles.verdicts import is_code, why_none
from curation.extract.wording import line, squashed
from curation.text import prose

METADATA, PAGE_ONE, FILE_NAME = "PDF metadata", "page one", "file name"

_ABSTRACT = re.compile(r"^\s*(?:abstract|summary|executive summary|overview)\b[\s.:—–-]*", re.IGNORECASE | re.MULTILINE)
_NAMES = re.compile(r"\s*;\s*|\s+and\s+|\s*&\s*")
_LONGEST_TITLE = 300
_INTRODUCTION = 1_500  # characters; a standfirst is made of the first of them
_ENDINGS = re.compile(r"\.(?:pdf|ashx|aspx|php)$", re.IGNORECASE)


def titles(told: str, lines: list[tuple[str, float]], url: str) -> list[tuple[str, str]]:
    """Return what a PDF may be called, each with its origin, the likeliest first.

    ``told`` is the title in its metadata, ``lines`` the lines of its first page with their heights in points.
    """
    told = line(told, _LONGEST_TITLE)
    found = [("" if is_junk(told) else told, METADATA), (_largest(lines), PAGE_ONE), (_file_name(url), FILE_NAME)]
    kept: dict[str, tuple[str, str]] = {}
    for words, origin in found:
        if squashed(words):
            kept.setdefault(squashed(words), (words, origin))
    return list(kept.values())


def is_junk(title: str) -> bool:
    """Return whether a program wrote this title: its own name, the name of a file, a number, a code."""
    return len(squashed(title)) < 3 or bool(why_none(title)) or is_code(title)


def _largest(lines: list[tuple[str, float]]) -> str:
    """Return the largest words of a page that are more than a name, else its first line of some words."""
    runs: list[list] = []
    for words, height in lines:
        if runs and abs(runs[-1][1] - height) <= height / 20:
            runs[-1][0] += f" {words.strip()}"
        else:
            runs.append([words.strip(), height])
    spoken = [(words, height) for words, height in runs if _may_be_title(words)]
    first = next((line(words) for words, _ in lines if _may_be_title(words)), "")
    return line(max(spoken, key=lambda run: run[1])[0]) if spoken else first


def _may_be_title(words: str) -> bool:
    return len(words.split()) > 2 and len(squashed(words)) > 8 and len(words) <= _LONGEST_TITLE and not is_junk(words)


def _file_name(url: str) -> str:
    name = _ENDINGS.sub("", unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]))
    words = line(re.sub(r"[-_+.]+", " ", name), _LONGEST_TITLE)
    return words[:1].upper() + words[1:] if re.search(r"[^\W\d_]{3}", words) else ""


def authors(told: str) -> list[str]:
    """Return the names in the metadata; a single word is the account of whoever made the file, not a name."""
    names = _NAMES.split(line(told, 2_000))
    if len(names) == 1:
        parts = [part.strip() for part in told.split(",")]
        names = parts if all(" " in part for part in parts) else names
    return [name for name in names if " " in name and len(name) <= 120][:50]


def introductions(told: str, lines: list[tuple[str, float]], text: str) -> list[tuple[str, str]]:
    """Return how a PDF introduces itself, each with its origin: its abstract or first paragraph, then its subject."""
    subject = line(told, _INTRODUCTION)
    found = [(_abstract(text) or _first_paragraph(lines), PAGE_ONE)]
    found += [(subject, METADATA)] if len(subject.split()) > 7 else []
    return [(words, origin) for words, origin in found if prose.standfirst(words)]


def _abstract(text: str) -> str:
    found = _ABSTRACT.search(text[:10_000])
    return line(text[found.end() : found.end() + _INTRODUCTION]) if found else ""


def _first_paragraph(lines: list[tuple[str, float]]) -> str:
    """Return the words from where two full lines follow one another: what stands above are names and places."""
    words = [one.strip() for one, _ in lines]
    for place, (one, after) in enumerate(zip(words, words[1:], strict=False)):
        if min(len(one.split()), len(after.split())) > 7 and lines[place][1] == lines[place + 1][1]:
            return line(" ".join(words[place:])[:_INTRODUCTION])
    return ""
