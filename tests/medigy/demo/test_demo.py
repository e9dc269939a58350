"""The demo newsroom reads like one that has worked for a year: who did what, when, and what readers see of it."""

import shutil
import stat
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.core import checks
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation import images, workflow
from curation.images import tasks
from curation.models import Article, Author, Edition, Letter, LogEntry, Notice, Picture, SourceLink, State, Version
from curation.publishing import counts
from curation.text import prose
from curation.workflow import entry
from medigy import demo
from medigy.demo import record, texts
from offerings.models import Institution, Offering, Redirect, Synonym, Taxonomy, Topic
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_newsroom")]


def of(start):
    return Article.objects.get(title__startswith=start)


def test_everything_is_there_once():
    counts = {model: model.objects.count() for model in (Taxonomy, Topic, Institution, Offering, Author, Article)}
    assert counts == {Taxonomy: 3, Topic: 25, Institution: 15, Offering: 30, Author: 6, Article: 60}
    assert SourceLink.objects.count() == 62
    assert Synonym.objects.count() == sum(
        len(topic["synonyms"]) for taxonomy in texts.catalogue()["taxonomies"] for topic in taxonomy["topics"]
    )
    assert demo.present()


def test_the_states_are_those_of_the_texts():
    states = {State.DRAFT: 3, State.IN_REVIEW: 3, State.CHANGES_REQUESTED: 1, State.DECLINED: 1, State.APPROVED: 52}
    assert Counter(Article.objects.values_list("state", flat=True)) == states
    assert Edition.objects.live().count() == 49
    assert counts.counts_of("all")[""] == 49
    assert Edition.objects.count() == 49 + 2 + 3  # two corrected; one expired, one withdrawn, one to come


def test_what_readers_no_longer_or_do_not_yet_see():
    now = timezone.now()
    expired = of("Small grants").editions.get()
    assert expired.live_until < now
    assert expired.ended == Edition.Ended.NOT
    withdrawn = of("A wrist sensor").editions.get()
    assert (withdrawn.ended, withdrawn.reason[:27]) == (Edition.Ended.WITHDRAWN, "The publisher has taken bac")
    scheduled = of("A clinic bus").editions.get()
    assert timedelta(days=2.2) < scheduled.live_from - now < timedelta(days=2.4)


def test_a_correction_is_a_second_edition_that_says_what_changed():
    for start, then, now in (("Alarm limits", "1,420", "1,240"), ("A hospital bed that goes", "30,000", "13,000")):
        first, second = of(start).editions.order_by("number")
        assert (then in first.body, now in first.body) == (True, False)
        assert (then in second.body, now in second.body) == (False, True)
        assert second.update_note
        assert first.live_until == second.live_from
        assert second.first_published_at == first.first_published_at
        assert second.slug == first.slug


def test_the_log_is_in_the_order_of_time_and_leads_where_each_article_stands():
    rows = list(LogEntry.objects.order_by("pk"))
    assert all(before.at <= after.at for before, after in pairwise(rows))
    assert rows[-1].at <= timezone.now()
    of_article = defaultdict(list)
    for row in rows:
        of_article[row.article_id].append(row)
    for article in Article.objects.all():
        steps = of_article[article.pk]
        assert steps[0].step == "begin"
        assert [row.edit for row in steps] == list(range(len(steps)))
        assert [row.from_state for row in steps[1:]] == [row.to_state for row in steps[:-1]]
        assert steps[-1].to_state == article.state
        assert article.created_at == steps[0].at
    assert set(Counter(row.step for row in rows)) == {
        *("begin", "submit", "approve", "publish", "withdraw", "edit", "return", "decline", "release", "plan"),
    }


def test_every_step_was_taken_by_somebody_with_an_account_and_nobody_approved_their_own_words():
    assert set(LogEntry.objects.values_list("by__username", flat=True)) == {"tamsin", "ruaridh", "oriel"}
    assert all(row.actor == row.by.username for row in LogEntry.objects.select_related("by"))
    approvals = LogEntry.objects.filter(step="approve").select_related("version")
    assert approvals.count() == 55
    assert not any(row.version.writers.filter(pk=row.by_id).exists() for row in approvals)
    assert not Version.objects.filter(writers=None).exists()


def test_its_history_is_told_in_the_desk_and_mails_nobody():
    assert Notice.objects.exists()
    assert not Notice.objects.filter(planned_at=None).exists()
    assert not Letter.objects.exists()


def test_a_month_is_missing_nowhere_and_the_newest_is_from_today():
    dates = sorted(Edition.objects.live().values_list("first_published_at", flat=True))
    assert max(later - earlier for earlier, later in pairwise(dates)) < timedelta(days=31)
    assert timezone.now() - dates[-1] < timedelta(hours=3)


def test_three_can_sign_in_each_in_a_role(client, demo_newsroom):
    known = demo.sign_ins()
    assert [(one.username, one.role) for one in known] == [
        ("tamsin", "Curator"),
        ("ruaridh", "Manager"),
        ("oriel", "Administrator"),
    ]
    assert len({one.password for one in known}) == 3
    for one in known:
        person = User.objects.get(username=one.username)
        assert person.check_password(one.password)
        assert [group.name for group in person.groups.all()] == [one.role]
        assert entry.may_enter(person)
        assert person.author.name == person.get_full_name()
    assert stat.S_IMODE((demo_newsroom.parent / "demo-sign-ins").stat().st_mode) == 0o600


def test_the_deploy_check_names_them_where_others_can_reach_the_site(settings):
    def errors():
        found = checks.run_checks(include_deployment_checks=True)
        return [one.msg for one in found if one.id == "medigy.E001"]

    settings.SITE_URL = "http://127.0.0.1:8000"
    assert errors() == []
    settings.SITE_URL = "https://news.example.org"
    assert errors() == [
        "3 of the demo's people can sign in at https://news.example.org: oriel, ruaridh, tamsin.",
    ]


@pytest.mark.parametrize("path", ["/", "/news/", "/topic/", "/offering/", "/institution/", "/author/", "/source/"])
def test_every_index_answers(client, path):
    assert client.get(path).status_code == 200


def test_pages_of_all_kinds_answer(client):
    def status(row):
        return client.get(row.get_absolute_url()).status_code

    live = Edition.objects.live()
    assert {status(row) for row in (*live, *Topic.objects.all(), *Offering.objects.all())} == {200}
    assert {status(row) for row in (*Institution.objects.all(), *Author.objects.all())} == {200}
    assert status(of("A wrist sensor").editions.get()) == 410
    assert status(of("A clinic bus").editions.get()) == 404


def test_what_tables_and_boxes_hold_arrives(client):
    tables = [edition for edition in Edition.objects.live() if "<table>" in edition.body]
    assert len(tables) == 2
    boxed = Edition.objects.live().exclude(insights="").get(title__startswith="A hospital counts its network")
    assert boxed.insights.startswith("<ul>")
    assert Edition.objects.live().filter(sources__1__role="via").count() == 2


def test_pictures_are_ready_on_disk_and_wait_for_avif(client, demo_newsroom, settings):
    settings.MEDIA_ROOT = demo_newsroom
    rows = Picture.objects.all()
    assert [(row.state, row.width, row.height) for row in rows] == [("ready", 1600, 1000)] * 24
    assert Edition.objects.live().exclude(picture=None).exclude(picture_alt="").count() >= 23
    for row in rows:
        assert row.widths == {form: [320, 480, 640, 960, 1280, 1600] for form in ("jpeg", "webp")}
        files = [images.rendition_name(row.name, width, form) for form in row.widths for width in row.widths[form]]
        assert all(images.path(demo_newsroom, name).is_file() for name in files)
    shown = Edition.objects.live().exclude(picture=None).first().picture
    assert client.get(f"/media/{images.rendition_name(shown.name, 640, 'webp')}").status_code == 200
    waiting = DBTaskResult.objects.filter(task_path=tasks.encode_later.module_path)
    assert {row.args_kwargs["args"][0] for row in waiting} == {row.pk for row in rows}


def test_a_person_told_about_in_the_past_keeps_their_own_rights():
    tamsin = workflow.Past(User.objects.get(username="tamsin"))
    article = of("Nine clinics share a pool of interpreters by video, and waits")
    then = datetime(2020, 1, 1, tzinfo=UTC)
    with pytest.raises(workflow.StepRefused, match="a manager"):
        workflow.take("approve", article, by=tamsin, edit=article.edit, now=then)


def test_everything_that_was_made_is_remembered():
    kept = record.keys()
    models = (Article, Author, Institution, Offering, Picture, SourceLink, Taxonomy, Topic, User)
    assert {name: len(rows) for name, rows in kept.items()} == {
        model._meta.label_lower: model.objects.count() for model in models
    }


# Removed -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def media(demo_newsroom, settings, tmp_path):
    """The pictures once more, to be removed."""
    settings.MEDIA_ROOT = shutil.copytree(demo_newsroom, tmp_path / "media")
    return settings.MEDIA_ROOT


def test_what_something_else_uses_stays_and_is_named(media):
    topic = Topic.objects.get(name="Gartner: Command Centre")
    offering = Offering.objects.get(name="Drift & Threshold")
    author, picture = Author.objects.get(name="Søren Achterlow"), Picture.objects.first()
    in_body = Picture.objects.last()
    body = prose.clean(f'<p>Seen from above.</p><p><img src="/media/{in_body.name}-640.jpg" alt="A field"></p>')
    own = factories.make_published(
        topics=[topic], bylines=[author], offerings=[offering], picture_id=picture.pk, picture_alt="A field", body=body
    )
    removed = demo.remove()
    stayed = {
        *(f"picture “{picture}”", f"picture “{in_body}”", f"offering “{offering}”", f"author “{author}”"),
        *(f"topic “{name}”" for name in offering.topics.values_list("name", flat=True)),
        f"topic “{topic}”",
        *(f"taxonomy “{name}”" for name in ("Gartner", "Symplur", "The Healthcare Guys")),
        f"institution “{offering.institution}”",
    }
    assert set(removed.stayed) <= stayed
    assert {f"topic “{topic}”", f"offering “{offering}”", f"picture “{in_body}”"} <= set(removed.stayed)
    assert f"Stays, because something else uses it: topic “{topic}”." in removed.words().splitlines()
    assert list(Edition.objects.all()) == [own]
    assert (media / in_body.name[:2]).is_dir()
    assert not demo.present()


def test_an_article_of_the_demo_goes_even_where_somebody_edited_it(media, manager):
    before = counts.counts_of("all")[""]
    article = Edition.objects.live().first().article
    slug = article.slug
    factories.step("edit", article, by=manager, changes={"slug": "another-address", "title": "Another title"})
    factories.step("approve", article, by=factories.make_person("Manager"))
    factories.step("publish", article, by=manager)
    assert Redirect.objects.get().path == f"/news/{slug}"
    assert before == 49
    demo.remove()
    assert (Article.objects.count(), Redirect.objects.count(), counts.counts_of("all")) == (0, 0, {})
    assert User.objects.count() == entry.colleagues().count() > 0
