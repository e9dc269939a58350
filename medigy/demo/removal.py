"""Removing the demo newsroom: all that it made and what hangs on that, and nothing that anything else still uses."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation import images, measures
from curation.images.tasks import encode_later
from curation.models import Article, Author, Edition, LogEntry, Picture, SourceLink, Tally, TopicMerge
from curation.models.roles import keepers
from curation.publishing import guards, press
from curation.publishing.tasks import settle
from medigy.serving.checks import DEMO_ADDRESS
from offerings import addresses
from offerings.models import Institution, Offering, Redirect, Taxonomy, Topic

from . import record, sign_ins

#: Models to be emptied once the articles are gone, in this order: nothing here stands in the way of what comes later.
_REST = (SourceLink, Picture, Offering, Topic, Taxonomy, Institution, Author)


@dataclass
class Removed:
    """Number of things that went, and what stayed because something else uses it, in words."""

    things: int = 0
    stayed: list[str] = field(default_factory=list)
    #: Addresses that lead nowhere now, and the names of pictures whose rows are gone.
    addresses: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)

    def words(self) -> str:
        """Return a line for each that stayed, and one of numbers."""
        stays = [f"Stays, because something else uses it: {what}." for what in self.stayed]
        gone = f"Demo newsroom removed: {self.things} things gone, {len(self.stayed)} stayed."
        return "\n".join([*stays, gone])


def remove() -> Removed:
    """Remove everything the demo made, in one transaction, and its picture files after that. About two seconds.

    Articles go with their Editions, Versions and log, whoever edited them since; accounts go unless somebody made one
    their own by another e-mail address. A topic, offering, picture, source, institution or author that something else
    uses (an article or offering that the demo did not make) stays, is no longer the demo's, and is named. A topic of
    the demo that went into another one goes with its merge; one that took in a topic which stays does so as well.
    """
    with transaction.atomic():
        made, removed = record.keys(), Removed()
        with guards.log_open():
            LogEntry.objects.filter(article__in=made[Article._meta.label_lower]).delete()
        _remove_articles(made[Article._meta.label_lower], removed)
        TopicMerge.objects.filter(topic__in=made[Topic._meta.label_lower]).delete()
        for model in _REST:
            for row in _in_order(model.objects.filter(pk__in=made[model._meta.label_lower])):
                _remove_row(row, removed)
        _remove_accounts(made[get_user_model()._meta.label_lower], removed)
        Redirect.objects.filter(target__in=removed.addresses).delete()
        record.forget()
        addresses.touch()
    sign_ins.forget()
    _remove_files(removed.pictures)
    return removed


def _in_order(rows):
    """Return rows so that a topic which went into another one comes before that."""
    return rows.order_by(F("merged_into").desc(nulls_last=True), "pk") if rows.model is Topic else rows


def _remove_articles(keys, removed):
    """Take articles off the site through the press, which settles the tallies, and delete all of them."""
    articles, editions = Article.objects.filter(pk__in=keys), Edition.objects.filter(article__in=keys)
    removed.things += articles.count()
    removed.addresses |= {edition.get_absolute_url() for edition in editions}
    hours = {hour for window in editions.values_list("live_from", "live_until") for hour in window}
    now = timezone.now()
    reaching = editions.filter(live_until__gt=now).filter(live_until__gt=F("live_from"))
    press.withdraw(list(articles.filter(editions__in=reaching).distinct()), at=now, reason="The demo was removed.")
    # The press lets the worker count once more at each hour to come, and says so only when all this holds.
    transaction.on_commit(DBTaskResult.objects.filter(task_path=settle.module_path, run_after__in=hours).delete)
    editions.delete()
    articles.delete()
    measures.forget(keys)
    Tally.objects.filter(count=0).delete()


def _remove_row(row, removed):
    """Delete a row and what remembers it, unless something else uses it."""
    model, key = type(row), row.pk
    address = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    try:
        if model is Picture:
            _protect_shown(row)
        row.delete()
    except ProtectedError:
        removed.stayed.append(f"{model._meta.verbose_name} “{row}”")
        return
    removed.things += 1
    removed.addresses.add(address)
    if hasattr(model, "history"):
        model.history.filter(id=key).delete()
    if model is Picture:
        removed.pictures.add(row.name)
        DBTaskResult.objects.filter(task_path=encode_later.module_path, args_kwargs__args__0=key).delete()


def _protect_shown(picture):
    """Refuse where a body shows the picture or the catalogue has it for a logo, which no foreign key says."""
    shows = [picture.in_bodies.all(), Article.objects.filter(body__contains=picture.name)]
    shows += [model.objects.filter(logo__startswith=picture.name) for model in (Offering, Institution)]
    if any(rows.exists() for rows in shows):
        raise ProtectedError("A body or the catalogue shows it.", {picture})


def _remove_accounts(keys, removed):
    """Delete the demo's accounts, those who can let others in last: one stays where a newsroom has nobody else."""
    kept = set(keepers.keepers().values_list("pk", flat=True))
    for account in sorted(get_user_model().objects.filter(pk__in=keys), key=lambda one: one.pk in kept):
        if not account.email.endswith(DEMO_ADDRESS) or not _delete_account(account):
            removed.stayed.append(f"account “{account}”")
        else:
            removed.things += 1


def _delete_account(account):
    """Delete an account; return whether it went."""
    try:
        with transaction.atomic():
            account.delete()
    except keepers.LastKeeperRefused:
        return False
    return True


def _remove_files(names):
    """Delete the files of pictures that no row has any more, and the folders they leave empty."""
    still = set(Picture.objects.filter(name__in=names).values_list("name", flat=True))
    for name in names - still:
        folder = images.path(Path(settings.MEDIA_ROOT), f"{name}.png").parent
        for file in folder.glob(f"{name}*"):
            file.unlink(missing_ok=True)
        for empty in (folder, folder.parent):
            with suppress(OSError):
                empty.rmdir()
