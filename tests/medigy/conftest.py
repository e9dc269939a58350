"""The demo newsroom as fixtures: its pictures are drawn once a session, coarsely; everything else is the real thing."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from medigy import demo
from medigy.demo import texts
from medigy.demo.pictures import drawing, illustrations
from offerings.models import PublicationCounter


@pytest.fixture(scope="session")
def demo_pictures(tmp_path_factory):
    """A media folder with the demo's pictures, and what drawing them gave."""
    folder = tmp_path_factory.mktemp("drawn") / "media"
    with override_settings(MEDIA_ROOT=folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "FINENESS", 1)
        return folder, illustrations.draw(texts.articles(), lambda *_: None)


@pytest.fixture(scope="session")
def fill_demo(demo_pictures):
    """A function that fills the demo newsroom; as the command, it finds the pictures drawn already."""
    folder, rows = demo_pictures

    def copy(words, tell):
        shutil.copytree(folder, Path(django_settings.MEDIA_ROOT), dirs_exist_ok=True)
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(illustrations, "draw", copy)
        yield demo.fill


@pytest.fixture(scope="module")
def demo_newsroom(fill_demo, tmp_path_factory, django_db_setup, django_db_blocker):
    """The demo newsroom, filled once for all tests of a module and removed after them; gives its media folder."""
    media = tmp_path_factory.mktemp("newsroom") / "media"
    with override_settings(MEDIA_ROOT=media):
        with django_db_blocker.unblock():
            fill_demo()
        yield media
        with django_db_blocker.unblock():
            demo.remove()
            assert not DBTaskResult.objects.exists()
            PublicationCounter.objects.all().delete()
