"""Pictures that wait: encoded once, failed in words, found again after a crash; AVIF by the worker."""

import pytest
from django_tasks_db.models import DBTaskResult

from curation.images import avif, queue, store, tasks
from curation.models import Picture
from tests.curation.importer.importing import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    """A media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def waiting(tmp_path, *names):
    """Pictures that wait for the encoder, of different colours."""
    colours = ["teal", "olive", "navy"]
    return [
        Picture.objects.create(
            address=f"/{name}", incoming=str(picture(tmp_path / name, colours[n % 3])), state=Picture.State.QUEUED
        )
        for n, name in enumerate(names)
    ]


def files(media):
    """The names of the files readers can be sent, and of the masters."""
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_a_waiting_picture_becomes_ready_with_its_files(tmp_path, media):
    (row,) = waiting(tmp_path, "a.jpg")
    assert queue.encode_queued() == {"ready": 1}
    row.refresh_from_db()
    assert (row.state, row.width, row.height, row.failure) == ("ready", 400, 240, "")
    assert row.widths == {"jpeg": [320, 400], "webp": [320, 400]}
    endings = ("-320.jpg", "-320.webp", "-400.jpg", "-400.webp", ".jpg")
    assert files(media) == [row.name + ending for ending in endings]


def test_what_is_no_picture_fails_in_words_and_the_next_is_taken(tmp_path, media):
    first, second, third = waiting(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    (tmp_path / "a.jpg").write_bytes(b"words")
    (tmp_path / "b.jpg").unlink()
    assert queue.encode_queued() == {"failed": 2, "ready": 1}
    failures = dict(Picture.objects.values_list("address", "failure"))
    assert failures["/a.jpg"]
    assert "No such file" in failures["/b.jpg"]
    assert failures["/c.jpg"] == ""


def test_a_limit_and_a_stop_leave_the_rest_waiting(tmp_path, media):
    waiting(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    assert queue.encode_queued(limit=1).total() == 1
    done = []
    queue.encode_queued(on_done=done.append, stopped=lambda: bool(done))
    assert len(done) == 1
    assert Picture.objects.filter(state="queued").count() == 1


def test_an_encoder_that_dies_leaves_the_picture_waiting_for_the_next(tmp_path, media, monkeypatch):
    (row,) = waiting(tmp_path, "a.jpg")
    whole, written = store.write, []

    def dying(root, some):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(whole(root, some))

    monkeypatch.setattr(store, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        queue.encode_queued()
    row.refresh_from_db()
    assert row.state == "queued"
    monkeypatch.undo()
    assert queue.encode_queued() == {"ready": 1}


def test_two_encoders_at_the_same_picture_ask_for_avif_once(tmp_path, media):
    (row,) = waiting(tmp_path, "a.jpg")
    twin = Picture.objects.get(pk=row.pk)
    queue.encode_one(row)
    queue.encode_one(twin)
    assert DBTaskResult.objects.filter(task_path="curation.images.tasks.encode_later").count() == 1


def test_the_worker_adds_avif_and_may_do_so_twice(tmp_path, media):
    (row,) = waiting(tmp_path, "a.jpg")
    queue.encode_queued()
    assert (tasks.encode_later.func(row.pk), tasks.encode_later.func(row.pk)) == (2, 2)
    row.refresh_from_db()
    assert row.widths == {"jpeg": [320, 400], "webp": [320, 400], "avif": [320, 400]}
    assert len([name for name in files(media) if name.endswith(".avif")]) == 2


def test_avif_of_a_picture_that_is_gone_is_nothing(tmp_path, media):
    (row,) = waiting(tmp_path, "a.jpg")
    assert avif.add_later(row.pk) == 0
    assert avif.add_later(0) == 0
