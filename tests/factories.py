"""Plain functions that make things for tests: honest defaults, and every step taken as people take it."""

from itertools import count

from django.contrib.auth.models import Group, User

from curation import workflow
from curation.models import Article, Author, Picture, SourceLink
from offerings.models import Institution, Offering, Taxonomy, Topic

_numbers = count(1)

#: An actor that may do everything and signs nothing.
MACHINE = workflow.Machine("import")
PASSWORD = "the kettle is on the boil"


def make_person(role="", **given):
    """Somebody with an account. ``role`` is the name of a group: Curator, Manager, Administrator, or empty; a group
    that is none of these is made.
    """
    given = {"username": f"person{next(_numbers)}"} | given
    person = User.objects.create_user(password=given.pop("password", PASSWORD), **given)
    if role:
        person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def make_taxonomy(**given):
    """A taxonomy of its own name."""
    return Taxonomy.objects.create(**{"name": f"Vocabulary {next(_numbers)}"} | given)


def make_topic(name="", **given):
    """A topic; its taxonomy is the one its name begins with, made where it is missing."""
    name = name or f"Field: Subject {next(_numbers)}"
    prefix = name.partition(": ")[0] if ": " in name else ""
    given.setdefault("taxonomy", None)
    given["taxonomy"] = given["taxonomy"] or Taxonomy.objects.get_or_create(name=prefix)[0]
    return Topic.objects.create(name=name, **given)


def make_institution(**given):
    """Somebody who makes offerings."""
    return Institution.objects.create(**{"name": f"Maker {next(_numbers)}"} | given)


def make_offering(topics=(), **given):
    """An offering, filed under ``topics``."""
    offering = Offering.objects.create(**{"name": f"Product {next(_numbers)}"} | given)
    if topics:
        offering.topics.set(topics)
    return offering


def make_author(**given):
    """Somebody whose name stands in bylines."""
    return Author.objects.create(**{"name": f"Writer {next(_numbers)}"} | given)


def make_link(address="", **given):
    """A page on somebody else's site."""
    return SourceLink.objects.create(pasted=address or f"https://www.example.org/story-{next(_numbers)}", **given)


def make_picture(**given):
    """A picture that is ready to be shown."""
    number = next(_numbers)
    ready = {"state": "ready", "name": f"picture{number}", "address": f"/pictures/{number}.jpg", "width": 1200}
    return Picture.objects.create(**ready | {"height": 800} | given)


def words(**given):
    """Changes that no gate holds back, in a snapshot's shape. Lists may be given as things instead of rows."""
    number = next(_numbers)
    whole = {
        "title": f"A ward that listens, part {number}",
        "standfirst": f"Nurses on ward {number} speak, and the record writes itself.",
        "body": f"<p>On ward {number} nobody types any more. What is said at the bedside is written down.</p>",
    } | given
    if whole.get("picture_id"):
        whole.setdefault("picture_alt", "Two nurses at a bedside")
    whole.setdefault("sources", [make_link()])
    whole.setdefault("topics", [make_topic()])
    return {name: _rows(name, value) for name, value in whole.items()}


_KEYS = {"topics": "topic", "bylines": "author", "sources": "link", "offerings": "offering"}
_ROLES = {"sources": "source", "offerings": "related"}


def _rows(name, value):
    if name not in _KEYS:
        return value
    role = {"role": _ROLES[name]} if name in _ROLES else {}
    return [row if isinstance(row, dict) else {_KEYS[name]: row.pk} | role for row in value]


def make_article(*, by=None, owner=None, **given):
    """A draft that could be submitted, begun by ``by`` or by a machine, and given to ``owner``."""
    article = workflow.begin(by=by or MACHINE, **words(**given))
    if owner is not None and owner != article.owner:
        step("assign", article, owner=owner)
    return article


def step(name, article, by=None, **details):
    """Take one step as ``by`` (a machine where nobody is named) on the newest edit; gives the log row.

    ``article`` is read again afterwards.
    """
    edit = Article.objects.values_list("edit", flat=True).get(pk=article.pk)
    logged = workflow.take(name, article, by=by or MACHINE, edit=edit, **details)
    article.refresh_from_db()
    return logged


def make_in(state, **given):
    """An article in a state, brought there by a machine through the steps that lead there."""
    article = make_article(**given)
    paths = {
        "draft": [],
        "in_review": ["submit"],
        "changes_requested": ["submit", "return"],
        "approved": ["submit", "approve"],
        "declined": ["decline"],
    }
    for name in paths[state]:
        step(name, article, reason="For the test.")
    return article


def make_published(*, at=None, until=None, note="", **given):
    """An article that a machine published, now or ``at`` an hour; gives its Edition."""
    article = make_in("approved", **given)
    return step("publish", article, at=at, until=until, note=note).edition
