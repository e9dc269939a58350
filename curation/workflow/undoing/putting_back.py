"""Putting back what steps found: columns of the article, windows of its Editions, words that are handed over."""

from datetime import date, datetime

from django.contrib.auth import get_user_model

from curation.editing import versions, working_copy
from curation.models import Article, State, Version
from curation.models.snapshots import snapshot
from curation.publishing import press

from . import rules


def put_back(undoing, decisions, words=None):
    """Put back what these steps found: log rows by article id, newest first."""
    found = {pk: _together(rows) for pk, rows in decisions.items()}
    known = _still_there(found.values())
    windows = {pk: dict(one["windows"]) for pk, one in found.items() if "windows" in one}
    for article in undoing.articles:
        rows = decisions[article.pk]
        _put_back_columns(undoing, article, found[article.pk], rows[-1].from_state, known)
        undoing.notes[article.pk]["undone"] = [row.step for row in rows]
    moved = [article for article in undoing.articles if article.pk in windows]
    if moved:
        undoing.editions = press.put_back(moved, windows, at=undoing.at, moves=undoing.moves)
    _put_back_words(undoing, words or {}, {pk for pk, one in found.items() if "slug" in one})


def _together(rows):
    """Return what the first of these steps found, with what it left as it was and a later one changed."""
    together = {}
    for row in rows:
        together |= rules.found(row)
    return together


def _still_there(found):
    """Return the ids of people and Versions that are to be named again and were not deleted since. Two queries."""
    people = {one.get(name) for one in found for name in _PEOPLE} - {None}
    approved = {one.get("approved_version_id") for one in found} - {None}
    there = {name: get_user_model().objects.in_bulk(people) for name in _PEOPLE} if people else {}
    return there | {"approved_version_id": set(Version.objects.filter(pk__in=approved).values_list("pk", flat=True))}


_PEOPLE = ("owner_id", "reviewer_id", "revised_by_id")
_READ = {"entered_at": datetime.fromisoformat, "due_on": date.fromisoformat, "planned_on": date.fromisoformat}


def _put_back_columns(undoing, article, found, state, known):
    """Put back the columns of one article; its state, and what goes with that, is saved by the engine."""
    values = {name: value for name, value in found.items() if name != "windows"}
    values |= {name: read(values[name]) for name, read in _READ.items() if values.get(name)}
    values |= {name: None for name, there in known.items() if name in values and values[name] not in there}
    undoing.enters[article.pk] = State(state)
    undoing.entered[article.pk] = values.get("entered_at", article.entered_at)
    undoing.revisers[article.pk] = values.get("revised_by_id", article.revised_by_id)
    undoing.put(article, **values)


def _put_back_words(undoing, words, readdressed):
    """Write what an edit changed as it was, and keep the newest Version a picture of the working copy."""
    articles = {article.pk: article for article in undoing.articles if article.pk in words or article.pk in readdressed}
    working_copy.write_many([(articles[pk], words[pk]) for pk in articles if pk in words], undoing.at)
    loaded = Article.objects.filter(pk__in=articles).with_relations() if articles else ()
    contents = {row.pk: snapshot(row) | {"slug": articles[row.pk].slug} for row in loaded}
    if contents:
        undoing.versions |= versions.record_many(contents, by=None, at=undoing.at)
