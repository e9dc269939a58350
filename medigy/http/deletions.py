"""Rows that would go with a thing of the desk, and those that keep it here: a bounded number of each relation.

Django's own page walks through every row that leads to a thing; a topic of fifty thousand briefs would be its end.
"""

from dataclasses import dataclass, field
from itertools import islice

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import CASCADE, PROTECT, RESTRICT, Model
from django.urls import NoReverseMatch, reverse

NAMED, COUNTED = 5, 1_000  # rows of a relation that are named, and counted
#: Columns behind which stands what people know a row by.
_KNOWN_BY = ("article", "content_object", "edition", "offering", "topic", "link")


@dataclass
class Kin:
    """Rows of one kind that lead to a thing: how many (``is_more``: at least), and some of them with their pages."""

    kind: str
    count: int
    is_more: bool = False
    some: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self):
        return f"{self.count:,}{' and more' if self.is_more else ''} {self.kind}"


def kin_of(thing: Model, site: admin.AdminSite) -> tuple[list[Kin], list[Kin], list[Kin]]:
    """Return what keeps a thing here, what goes with it, and what stays and leads to it no more.

    One query a relation, and a few for those that have rows.
    """
    keep, go, loose = [], [], []
    for relation in _relations(type(thing)):
        lists = {PROTECT: keep, RESTRICT: keep, CASCADE: go}
        if kin := _kin(thing, relation, site):
            lists.get(relation.on_delete, loose).append(kin)
    return _merged(keep), _merged(go), _merged(loose)


def _relations(model):
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]


def _kin(thing, relation, site):
    model, name = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{name: thing})
    pks = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if not pks:
        return None
    known_by = next((one for one in _KNOWN_BY if one != name and _is_link(model, one)), None)
    about = model._meta.get_field(known_by).related_model if known_by else model
    kind = about._meta.verbose_name if len(pks) == 1 else about._meta.verbose_name_plural
    some = rows.filter(pk__in=pks[:NAMED])
    some = some.select_related(known_by) if known_by else some
    shown = [_shown(getattr(row, known_by) if known_by else row, site) for row in some]
    return Kin(str(kind), min(len(pks), COUNTED), len(pks) > COUNTED, list(dict.fromkeys(shown)))


def _is_link(model, name):
    return any(one.name == name and one.is_relation for one in model._meta.concrete_fields)


def _shown(thing, site):
    """Return a thing's name and the address of its page at the desk, where it has one."""
    try:
        page = reverse(f"{site.name}:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[quote(thing.pk)])
    except NoReverseMatch:
        page = ""
    return str(thing), page


def _merged(some):
    """Return rows of one kind as one: several relations may lead from it."""
    merged = {}
    for kin in some:
        known = merged.setdefault(kin.kind, Kin(kin.kind, 0))
        known.count, known.is_more = max(known.count, kin.count), known.is_more or kin.is_more
        known.some = list(islice(dict.fromkeys([*known.some, *kin.some]), NAMED))
    return list(merged.values())
