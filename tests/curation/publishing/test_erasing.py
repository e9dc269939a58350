"""Erasing: everything that hangs on an article goes, what others use stays, and the log tells it without its words."""

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as DjangoLogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation import workflow
from curation.images import disk
from curation.models import (
    Article,
    Batch,
    BatchItem,
    Comment,
    Dismissal,
    Document,
    DraftKey,
    Edition,
    Harvest,
    LinkState,
    LogEntry,
    Picture,
    Presence,
    SourceLink,
    Tombstone,
    Trace,
    WorkPackage,
)
from curation.publishing import erasing, tasks
from curation.text.addresses import MEDIA
from medigy.http import whence
from offerings import addresses
from offerings.models import Redirect
from tests.curation import everywhere
from tests.factories import make_article, make_link, make_person, make_picture, make_published, make_topic, step

pytestmark = pytest.mark.engines
WORDS = ("velvet kettle", "saffron gantry", "velvet.example")


def names(count):
    """Names of pictures as our own media has them."""
    return ["abcdefghij234567" + f"{'klmnopq'[number]}aaa" for number in range(count)]


@pytest.fixture
def administrator(db):
    return make_person("Administrator")


@pytest.fixture
def article(administrator):
    """An article that has everything an article can have, with words that stand nowhere else."""
    own, lead, both, icon = names(4)
    make_picture(name=own, address="https://velvet.example/kettle.jpg")
    body = (
        f'<p>A velvet kettle at length <a href="https://example.org/velvet">here</a>.</p>'
        f'<figure><img src="{MEDIA}{own}-640.jpg" alt="A velvet kettle"></figure>'
        f'<figure><img src="{MEDIA}{both}-640.jpg" alt=""></figure>'
    )
    link = make_link("https://velvet.example/story", title="Velvet kettle, whole", favicon=f"{icon}-32.png")
    link.metadata = {"og": {"title": "A velvet kettle"}}
    link.save()
    Harvest.objects.create(
        link=link,
        asked_at=timezone.now(),
        text="All of the velvet kettle.",
        found={"title": [["A velvet kettle", "h1"]], "picture": [["https://velvet.example/second.jpg", "meta"]]},
    )
    make_picture(name=names(5)[4], address="https://velvet.example/second.jpg")
    shared = make_link("https://shared.example/story", title="Shared by two")
    picture = make_picture(name=lead)
    kept = make_picture(name=both)
    make_article(title="Another", picture_id=kept.pk, sources=[shared])
    edition = make_published(
        title="A velvet kettle",
        standfirst="The velvet kettle, in short.",
        body=body,
        picture_id=picture.pk,
        picture_alt="A velvet kettle on a saffron gantry",
        sources=[link, shared],
    )
    article = edition.article
    step("edit", article, changes={"title": "The saffron gantry", "slug": "saffron-gantry"})
    step("return", article, reason="A saffron gantry is no velvet kettle.")
    step("submit", article)
    step("approve", article)
    step("publish", article, note="The velvet kettle is mended.")
    _beside(article, administrator)
    return article


def _beside(article, person):
    """All that people and programs leave beside it."""
    now, version = timezone.now(), article.versions.first()
    Comment.objects.create(article=article, by=person, actor="x", words="What velvet kettle?", at=now)
    Presence.objects.create(article=article, user=person, at=now)
    DraftKey.objects.create(article=article, by=person, key="00000000-0000-4000-8000-000000000001")
    Dismissal.objects.create(article=article, topic=make_topic(), by=person, at=now)
    packed = {"version": version, "format": "x", "path": "velvet kettle.md", "digest": "x", "packed": _packed()}
    Document.objects.create(article=article, key="slug:velvet kettle", leftovers={"x": "velvet kettle"}, **packed)
    WorkPackage.objects.create(article=article, number=7, custom_fields={"about": "a velvet kettle"})
    batch = Batch.objects.create(by=person, step="claim", stage="done", at=now)
    BatchItem.objects.create(batch=batch, article=article, edit=1, words="The velvet kettle was changed.")
    LinkState.objects.create(key="example.org/velvet", is_alive=True, at=now)
    kind = ContentType.objects.get_for_model(Article)
    told = {"object_repr": "A velvet kettle", "action_flag": CHANGE, "change_message": "Changed velvet kettle."}
    DjangoLogEntry.objects.create(user=person, content_type=kind, object_id=str(article.pk), **told)
    for thing in (
        SourceLink.objects.get(cleaned__contains="velvet"),
        *Picture.objects.filter(address__contains="velvet"),
    ):
        whence.told(DjangoLogEntry.objects.log_actions(person.pk, [thing], CHANGE, "Changed title."))


def _packed():
    import zlib  # noqa: PLC0415 -- one use

    return zlib.compress(b"--- a velvet kettle ---")


def erase(article, by):
    return workflow.erase(article, by=by, edit=article.edit, typed=str(article.pk), reason="It was asked for.")


def test_of_everything_that_hung_on_it_no_word_is_left_in_any_table(article, administrator):
    assert {"curation_version.content", "curation_edition.body", "curation_document.packed"} <= set(
        everywhere.found_in(*WORDS)
    )
    rows = list(article.log.order_by("pk").values_list("pk", "step", "actor", "at"))
    erase(article, administrator)
    assert everywhere.found_in(*WORDS) == []
    kept = LogEntry.objects.filter(about=f"brief {article.pk}").exclude(step="erase").order_by("pk")
    assert list(kept.values_list("pk", "step", "actor", "at")) == rows
    assert set(kept.values_list("reason", flat=True)) == {""}
    last = LogEntry.objects.first()
    assert (last.step, last.actor, last.reason) == ("erase", str(administrator), "It was asked for.")


def test_what_others_use_stays_and_what_nobody_uses_goes_with_its_files(article, administrator):
    own, lead, both, icon, gathered = names(5)
    for name in names(5):
        file = disk.path(settings.MEDIA_ROOT, f"{name}-640.jpg")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    erase(article, administrator)
    assert [link.title for link in SourceLink.objects.exclude(title="")] == ["Shared by two"]
    assert list(Picture.objects.values_list("name", flat=True)) == [both]
    assert Harvest.objects.count() == LinkState.objects.count() == 0
    waiting = DBTaskResult.objects.filter(task_path=tasks.remove_files.module_path)
    assert waiting.count() == 2  # one more for what an encoder writes meanwhile
    for task in waiting:
        tasks.remove_files.func(*task.args_kwargs["args"])
    left = {name for name in names(5) if disk.path(settings.MEDIA_ROOT, f"{name}-640.jpg").exists()}
    assert left == {both}


def test_nothing_goes_and_no_task_waits_where_the_transaction_does_not_hold(article, administrator):
    before = DBTaskResult.objects.filter(task_path=tasks.remove_files.module_path).count()
    with transaction.atomic():
        erase(article, administrator)
        transaction.set_rollback(True)
    assert DBTaskResult.objects.filter(task_path=tasks.remove_files.module_path).count() == before
    assert Edition.objects.live().filter(article=article).exists()


def test_the_tombstone_keeps_what_it_was_and_nothing_of_what_it_said(article, administrator):
    address = article.editions.order_by("-number").first().get_absolute_url()
    first = min(edition.first_published_at for edition in article.editions.all())
    tombstone = erase(article, administrator)
    stored = Tombstone.objects.get()
    assert (stored.number, stored.address, stored.by, stored.actor) == (
        tombstone.number,
        address,
        administrator,
        str(administrator),
    )
    assert (stored.created_at, stored.first_published_at) == (article.created_at, first)
    assert [window["edition"] for window in stored.windows] == [1, 2]


def test_readers_get_410_at_every_address_it_had_and_old_ones_lead_there(article, administrator, client):
    old, new = [edition.get_absolute_url() for edition in article.editions.order_by("number")]
    addresses.redirect("/an/old/place/", new)
    client.get(new)
    before = addresses.edition_of_site()
    erase(article, administrator)
    assert addresses.edition_of_site() > before
    answer = client.get(new)
    assert answer.status_code == 410
    assert "removed for good" in answer.content.decode()
    for address in (old, "/an/old/place/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert Redirect.objects.filter(target=new).count() == 2
    for page in ("/", "/news/", "/news/feed.xml", "/sitemap.xml", "/topics/"):
        answer = client.get(page, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert not any(word.encode() in content.lower() for word in (*WORDS, "saffron-gantry")), page


def test_an_address_that_was_erased_is_nobodys_again_and_an_unseen_one_is_as_unknown_as_ever(administrator, client):
    unseen = make_article(slug="never-shown")
    erase(unseen, administrator)
    assert client.get("/news/never-shown/").status_code == 404
    seen = make_published(slug="once-shown").article
    erase(seen, administrator)
    other = make_article()
    with pytest.raises(workflow.StepRefused, match="Another article has the address"):
        step("edit", other, administrator, changes={"slug": "once-shown"})


def test_a_successor_that_is_erased_leaves_the_other_at_its_own_end(administrator, client):
    first, second = make_published(), make_published()
    step("withdraw", first.article, reason="For the test.", successor=second.article)
    assert client.get(first.get_absolute_url()).status_code == 301
    erase(Article.objects.get(pk=second.article_id), administrator)
    assert client.get(first.get_absolute_url()).status_code == 410


def test_the_estate_says_what_goes_and_what_stays(article):
    estate = erasing.estate_of(article)
    assert [link.title for link in estate.links] == ["Velvet kettle, whole"]
    assert [link.title for link in estate.shared_links] == ["Shared by two"]
    own, lead, both, _, gathered = names(5)
    assert {picture.name for picture in estate.pictures} == {own, lead, gathered}
    assert [picture.name for picture in estate.shared_pictures] == [both]


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"about": "brief 7"},
        {"article": None, "reason": "", "details": {"words": "other"}},
        {"article": None, "reason": "Another", "details": {}},
        {"article": None, "reason": "", "details": {}, "actor": "Somebody else"},
        {"article": None, "reason": "", "details": {}, "step": "approve"},
    ],
)
def test_the_one_door_in_the_log_lets_nothing_else_through(db, change):
    article = make_article()
    step("submit", article)
    step("return", article, reason="For the test.")
    rows = LogEntry.objects.filter(step="return")
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        rows.update(**change | ({} if "details" in change else {"details": {"words": "more"}}))


def test_a_row_that_was_emptied_is_as_fixed_as_any_other(article, administrator):
    erase(article, administrator)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        LogEntry.objects.filter(about=f"brief {article.pk}").update(about="brief 1")


def test_a_paste_of_its_page_says_that_it_was_erased_and_begins_only_for_a_reason(administrator, client):
    from curation.harvest import intake  # noqa: PLC0415 -- the floor below

    curator = make_person("Curator")
    page = "https://velvet.example/story"
    gone = intake.paste(page, by=curator).article
    erase(Article.objects.get(pk=gone.pk), administrator)
    pasted = intake.paste(f"{page}?utm_source=x", by=curator)
    assert (pasted.article, pasted.erased.number) == (None, gone.pk)
    assert not SourceLink.objects.exists()
    many = intake.paste_many(f"{page}\nhttps://velvet.example/other", by=curator)
    assert [line.pasted.article is None for line in many] == [True, False]
    client.force_login(curator)
    shown = client.post(reverse("admin:curation_article_paste"), {"link": page}).content.decode()
    assert "A brief about this page was erased." in shown
    assert "It was asked for." in shown
    again = client.post(reverse("admin:curation_article_paste"), {"link": page, "reason": "The source corrected it."})
    assert again.status_code == 302
    assert Trace.objects.filter(kind="link").count() == 1
