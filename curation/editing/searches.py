"""Saved searches: lists of articles that people name; what is kept of a list's address, and who may change one."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode

from curation.models import SavedSearch, roles
from curation.sql import compiled_queries

#: Parameters of a list of articles; anything else in an address is left out.
PARAMETERS = (
    "state",
    "reach",
    "owner",
    "age",
    "topic",
    "taxonomy",
    "source",
    "section",
    "reviewer",
    "due",
    "planned",
    "priority",
    "counted",
    "q",
    "o",
)
LONGEST, MOST = 300, 50  # characters of a value, searches of a person


class SearchRefused(Exception):
    """A search that cannot be saved or changed; ``str()`` says why and who can."""


def known_parameters(asked: QueryDict) -> dict[str, str]:
    """Return what an address asks of the list, less what the list does not know and no database can hold. Pure."""
    asked = {name: asked.get(name, "")[:LONGEST].replace("\0", "") for name in PARAMETERS}
    return {name: value for name, value in asked.items() if value}


def query(asked: QueryDict) -> str:
    """Return the same as a query string: the same for the same list. Pure."""
    return urlencode(sorted(known_parameters(asked).items()))


def searches_of(user) -> list[SavedSearch]:
    """Return the searches that ``user`` sees: their own first, then what others share. One query."""
    found = compiled_queries.objects(("searches",), _seen, person=user.pk)
    return sorted(found, key=lambda search: search.owner_id != user.pk)


def _seen(person):
    seen = SavedSearch.objects.filter(Q(owner=person) | Q(is_shared=True))
    return seen.select_related("owner").order_by("name", "pk")


def may_change(search: SavedSearch, user) -> bool:
    """Return whether somebody may change it: its owner, and a manager where it is shared."""
    return search.owner_id == user.pk or (search.is_shared and roles.may(user, "curation.review_article"))


def save(user, *, name: str, asked: str, is_shared=False, is_default=False) -> SavedSearch:
    """Keep a list's query string under a name. Raises SearchRefused."""
    if SavedSearch.objects.filter(owner=user).count() >= MOST:
        raise SearchRefused(f"You have {MOST} saved searches already. Delete one that you no longer need.")
    search = SavedSearch(owner=user, query=query(QueryDict(asked)))
    if not search.query:
        raise SearchRefused("There is nothing to save: choose a filter or search for something first.")
    return _write(search, name, is_shared, is_default)


def change(search: SavedSearch, *, by, **parts) -> SavedSearch:
    """Rename, share or stop sharing (``name``, ``is_shared``, ``is_default``); what is not given stays as it is.

    Only its owner makes it their default. Raises SearchRefused.
    """
    _refuse_strangers(search, by)
    if search.owner_id != by.pk:
        parts.pop("is_default", None)
    now = {name: getattr(search, name) for name in ("name", "is_shared", "is_default")}
    return _write(search, **(now | parts))


def delete(search: SavedSearch, *, by) -> None:
    """Forget a search. Raises SearchRefused."""
    _refuse_strangers(search, by)
    search.delete()


def _refuse_strangers(search, by):
    if not may_change(search, by):
        raise SearchRefused("A saved search is its owner's to change; one that is shared, also a manager's.")


@transaction.atomic
def _write(search, name, is_shared, is_default):
    search.name, search.is_shared, search.is_default = " ".join(name.split())[:80], is_shared, is_default
    if not search.name:
        raise SearchRefused("Give the search a name.")
    if is_default:
        SavedSearch.objects.filter(owner=search.owner, is_default=True).exclude(pk=search.pk).update(is_default=False)
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise SearchRefused(f"There is a search called “{search.name}” already. Choose another name.") from error
    return search
