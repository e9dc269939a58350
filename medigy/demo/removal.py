"""Removing the demo newsroom: all that it made and what hangs on that, and nothing that anything else still uses."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation import pictures, press, tasks
from curation.models import Article, Author, Edition, Picture, SourceLink, Tally
from medigy.checks import DEMO_ADDRESS
from offerings import addresses
from offerings.models import Institution, Offering, Redirect, Taxonomy, Topic

from . import record, sign_ins

#: What is tried once the articles are gone, in this order: nothing here stands in the way of what comes later.
_REST = (SourceLink, Picture, Offering, Topic, Taxonomy, Institution, Author)


@dataclass
class Removed:
    """How many things went, and what stayed because something else uses it, in words."""

    things: int = 0
    stayed: list[str] = field(default_factory=list)


def remove() -> Removed:
    """Remove everything the demo made, in one transaction, and its picture files after that. About two seconds.

    Articles go with their Editions, Versions and log, whoever edited them since; accounts go unless somebody made one
    their own by another e-mail address. A topic, offering, picture, source, institution or author that something else
    uses (an article or offering that the demo did not make) stays, is no longer the demo's, and is named.
    """
    with transaction.atomic():
        made, removed = record.keys(), Removed()
        articles = list(Article.objects.filter(pk__in=made[Article._meta.label_lower]))
        left = _remove_articles(articles)
        removed.things += len(articles)
        names = []
        for model in _REST:
            for row in model.objects.filter(pk__in=made[model._meta.label_lower]):
                address, name = _address(row), getattr(row, "name", "")
                if not _remove_row(row):
                    removed.stayed.append(f"{model._meta.verbose_name} “{row}”")
                    continue
                removed.things += 1
                left.add(address)
                names += [name] if model is Picture else []
        _remove_accounts(made[get_user_model()._meta.label_lower], removed)
        Redirect.objects.filter(target__in=left).delete()
        record.forget()
        addresses.touch()
    sign_ins.forget()
    _remove_files(names)
    return removed


def _remove_articles(articles):
    """Take articles off the site, settle the tallies, delete all of them; give the addresses they had."""
    press.withdraw(articles, at=timezone.now(), reason="The demo newsroom was removed.")
    editions = Edition.objects.filter(article__in=articles)
    left = {edition.get_absolute_url() for edition in editions}
    editions.delete()
    Article.objects.filter(pk__in=[article.pk for article in articles]).delete()
    Tally.objects.filter(count=0).delete()
    return left


def _address(row):
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""


def _remove_row(row):
    """Delete a row and its history, unless something else uses it; says whether it went."""
    key = row.pk
    if isinstance(row, Picture) and _is_shown(row):
        return False
    try:
        row.delete()
    except ProtectedError:
        return False
    if hasattr(row, "history"):
        type(row).history.filter(id=key).delete()
    if isinstance(row, Picture):
        DBTaskResult.objects.filter(task_path=tasks.encode_later.module_path, args_kwargs__args__0=key).delete()
    return True


def _is_shown(picture):
    """Whether a body shows the picture or the catalogue has it for a logo, which no foreign key says."""
    in_bodies = picture.in_bodies.exists() or Article.objects.filter(body__contains=picture.name).exists()
    return in_bodies or any(
        model.objects.filter(logo__startswith=picture.name).exists() for model in (Offering, Institution)
    )


def _remove_accounts(keys, removed):
    for account in get_user_model().objects.filter(pk__in=keys):
        if account.email.endswith(DEMO_ADDRESS):
            account.delete()
            removed.things += 1
        else:
            removed.stayed.append(f"account “{account}”")


def _remove_files(names):
    """Delete the files of pictures that no row has any more, and the folders they leave empty."""
    still = set(Picture.objects.filter(name__in=names).values_list("name", flat=True))
    for name in set(names) - still:
        folder = pictures.path(Path(settings.MEDIA_ROOT), f"{name}.png").parent
        for file in folder.glob(f"{name}*"):
            file.unlink(missing_ok=True)
        for empty in (folder, folder.parent):
            with suppress(OSError):
                empty.rmdir()
