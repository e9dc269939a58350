"""Faces of cards: an article as it stands on the board, in words; the same words are drawn once."""

from datetime import datetime

from django.template.loader import render_to_string

from curation.admin import badges
from curation.models import State
from offerings.text.kept import kept


class Faces:
    """Cards of one page: every colleague's disc is drawn once, and a card that was drawn before is taken as it is.

    ``query`` is what is asked of the board, which a card's own page leads back to.
    """

    def __init__(self, query: str, now: datetime):
        self.query, self.now, self._discs = query, now, {}

    def face(self, article, reach: tuple[str, int], ways: list[str], out: datetime | None) -> str:
        """Return an article (with its source, its people, its reviewer's absence) as a card, in HTML.

        ``reach`` is what readers see of it and the number of that edition; ``ways`` are the columns that whoever looks
        may put it into; ``out`` is when it goes out, in the column of what is scheduled. No query.
        """
        look, age = badges.card_age(article, self.now)
        if out:
            look, age = "", f"out {badges.hour(out, self.now)}, {badges.ahead(out - self.now)}"
        people = self._disc(article.owner, "curator"), self._disc(article.reviewer, "reviewer")
        marks = badges.due_mark(article, self.now), badges.priority_mark(article)
        about = str(article), article.brand or "", _mark(*reach), _offered(article), look, age
        return _drawn(str(article.pk), str(article.edit), " ".join(ways), self.query, *about, *people, *marks)

    def _disc(self, person, part):
        key = person and (person.pk, part)
        if key not in self._discs:
            self._discs[key] = badges.disc(person, part) if person else ""
        return self._discs[key]


_FACTS = ("number", "edit", "moves", "query", "title", "brand", "mark", "offered", "look", "age")
_MARKS = ("owner", "reviewer", "due", "priority")


@kept(kilobytes=2_048)
def _drawn(*facts: str) -> str:
    """Draw a card of nothing but these words."""
    return render_to_string("admin/curation/board/face.html", dict(zip((*_FACTS, *_MARKS), facts, strict=True)))


def _mark(reach, edition):
    """Return what readers see of it: “live, ed. 1”; nothing where they never saw it: its hour says so."""
    if reach in ("never", "scheduled"):
        return ""
    words = badges.REACHES[reach][2].lower()
    return f"{words}, ed. {edition}" if reach == "live" else words


def _offered(article):
    """Return why anybody may decide on what waits: it has no reviewer, or theirs is away; else nothing."""
    if article.state != State.IN_REVIEW:
        return ""
    if article.reviewer_id is None:
        return "no reviewer"
    return "reviewer away" if article.reviewer_back else ""
