"""Tasks at the desk: in words, never a traceback, and what failed is tried again by whoever runs the newsroom."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation.admin.nouns import tasks
from curation.harvest.tasks import harvest
from curation.images.tasks import encode_later
from curation.models import Harvest
from tests.factories import make_link, make_person, make_picture

LIST = "admin:django_tasks_database_dbtaskresult_changelist"


@pytest.fixture
def failed(db):
    """A reading of a page that failed."""
    link = make_link("https://example.org/ward", title="A ward <b>")
    reading = Harvest.objects.create(link=link, asked_at=timezone.now())
    task = harvest.enqueue(reading.pk)
    end = {"status": "FAILED", "finished_at": timezone.now(), "exception_class_path": "django.db.OperationalError"}
    DBTaskResult.objects.filter(pk=task.id).update(traceback="Traceback: secret words", worker_ids=["w"], **end)
    return DBTaskResult.objects.get(pk=task.id)


def test_a_line_says_which_job_for_what_and_how_it_went(client, failed):
    encode_later.enqueue(make_picture(address="/a/kettle.jpg").pk)
    encode_later.enqueue(77)
    client.force_login(make_person("Manager"))
    page = client.get(reverse(LIST)).content.decode()
    for words in (
        "Read a page",
        ">A ward &lt;b&gt;</a>",
        "Did not work</span>: the database did not answer in time",
        ">kettle.jpg</a>",
        "what is not there any more",
        "Waits for the worker",
    ):
        assert words in page, words
    assert "secret words" not in page
    assert "Traceback" not in page


def test_what_failed_is_tried_again_once(client, failed):
    client.force_login(make_person("Manager"))
    retry = reverse("admin:curation_retry_task", args=[failed.pk])
    assert "is tried again" in client.post(retry, follow=True).content.decode()
    again = DBTaskResult.objects.get(pk=failed.pk)
    assert (again.status, again.worker_ids, again.traceback, again.finished_at) == ("READY", [], "", None)
    assert DBTaskResult.objects.ready().filter(pk=failed.pk).exists()
    assert "nothing to try again" in client.post(retry, follow=True).content.decode()
    assert client.get(retry).status_code == 302


@pytest.mark.parametrize("role", ["", "Curator"])
def test_nobody_else_sees_them_or_tries_again(client, failed, role):
    client.force_login(make_person(role))
    retry = reverse("admin:curation_retry_task", args=[failed.pk])
    assert client.get(reverse(LIST)).status_code == (403 if role else 302)
    assert client.post(retry).status_code == (403 if role else 302)
    assert DBTaskResult.objects.get(pk=failed.pk).status == "FAILED"


def test_every_task_of_ours_has_its_words():
    from django.conf import settings  # noqa: PLC0415 -- one use

    root = settings.ROOT
    unnamed = set()
    for file in root.glob("curation/**/tasks.py"):
        lines = file.read_text().splitlines()
        for place, line in enumerate(lines):
            if line.startswith("@task("):
                name = lines[place + 1].partition("def ")[2].partition("(")[0]
                path = f"{'.'.join(file.relative_to(root).with_suffix('').parts)}.{name}"
                if not any(path.endswith(end) for end in tasks.JOBS):
                    unnamed.add(path)
    assert unnamed == set()


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_however_long(client, db, number, django_assert_max_num_queries):
    for _ in range(number):
        encode_later.enqueue(make_picture().pk)
        harvest.enqueue(Harvest.objects.create(link=make_link(), asked_at=timezone.now()).pk)
    client.force_login(make_person("Manager"))
    client.get(reverse(LIST))
    with django_assert_max_num_queries(10):
        client.get(reverse(LIST))


@pytest.mark.parametrize(
    ("path", "words"),
    [("builtins.MemoryError", "there was not enough memory"), ("a.B", "something that nobody foresaw"), ("", "died")],
)
def test_what_went_wrong_is_said_in_words(path, words):
    assert words in tasks.why(path)
