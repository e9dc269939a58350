"""Further sections of a person's page, which other rooms bring: each a heading, a template, and what fills it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Section:
    """A part of a person's page, below what is asked there for itself.

    ``given(request, person)`` returns what its template is given, or None where it shows nothing of this person to
    whoever asks. A form in it is sent to an address of its own, and leads back to where it came from.
    """

    name: str
    title: str
    template: str
    given: Callable


_sections: list[Section] = []


def add(section: Section) -> None:
    """Have a section stand on every person's page, those of other people too; once, as its room is loaded."""
    _sections.append(section)


def sections_of(request, person) -> list[dict]:
    """Return the sections of a person's page, each with its ``name``, ``title`` and ``html``."""
    found = ((section, section.given(request, person)) for section in _sections)
    return [
        {
            "name": section.name,
            "title": section.title,
            "html": render_to_string(section.template, given | {"person": person}, request),
        }
        for section, given in found
        if given is not None
    ]
