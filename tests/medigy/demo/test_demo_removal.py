"""Filling and removing the demo newsroom beside real content: what it made goes, to the last row; nothing else does."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from curation import measures, workflow
from curation.models import Article
from curation.vocabulary import merging
from medigy import demo
from medigy.demo import people, record
from offerings import addresses
from offerings.models import Offering, Topic
from tests import factories

#: Only numbers that must rise for ever, and what Django keeps for itself.
NOT_CONTENT = {"offerings_publicationcounter", "curation_noticecursor", "sqlite_sequence", "django_migrations"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def tables():
    """Every row of every table, in order."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in NOT_CONTENT:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def files(folder):
    return {path for path in Path(folder).rglob("*") if path.is_file()}


def command(name, *given, **options):
    said = StringIO()
    call_command(name, *given, stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.fixture
def real_content(db):
    """A newsroom at work, which has names in common with the demo: a taxonomy, a topic, an offering, a person."""
    topic = factories.make_topic("Gartner: Digital  twin")
    maker = factories.make_institution(name="Vennicot")
    offering = factories.make_offering([topic], name="Kitchen-Table Hub", institution=maker, external_id=90002)
    factories.make_person("Curator", username="tamsin")
    factories.make_person("Administrator")
    edition = factories.make_published(
        topics=[topic], bylines=[factories.make_author()], offerings=[offering], picture_id=factories.make_picture().pk
    )
    addresses.redirect("/news/an-old-address", edition.get_absolute_url())
    factories.make_in("in_review")
    return edition


def test_a_database_with_real_content_is_as_it_was(real_content, fill_demo, media):
    measures.count_pending()
    before, files_before, topics = tables(), files(media), Topic.objects.count()
    fill_demo()
    assert Topic.objects.count() == topics + 24
    assert Offering.objects.filter(slug="kitchen-table-hub").get().institution.name == "Vennicot"
    assert User.objects.filter(username="tamsin-2").exists()
    removed = demo.remove()
    assert removed.stayed == []
    assert tables() == before
    assert files(media.parent) == files_before


def test_filling_twice_doubles_nothing_and_removing_twice_says_so(db, fill_demo):
    first = command("demo")
    assert first.startswith("Demo newsroom: 60 briefs (49 live), 25 topics, 30 offerings, 24 pictures in ")
    once = tables()
    again = command("demo")
    assert again.startswith("The demo newsroom is there already; nothing was changed.")
    assert tables() == once
    assert first.splitlines()[1:] == again.splitlines()[1:] == command("demo", "--sign-ins").splitlines()
    assert [line.split()[0] for line in first.splitlines()[1:]] == ["tamsin", "ruaridh", "oriel"]
    assert command("demo", "--remove") == "Demo newsroom removed: 228 things gone, 0 stayed.\n"
    assert command("demo", "--remove") == "There is no demo newsroom here; nothing was changed.\n"
    assert command("demo", "--sign-ins") == ""


@pytest.fixture
def staff(db):
    """The demo's people alone."""
    people.fill(timezone.now(), people.passwords())


def test_what_a_demo_person_wrote_since_stays_without_an_owner(staff):
    tamsin = User.objects.get(username="tamsin")
    own = factories.make_article(by=tamsin)
    demo.remove()
    own.refresh_from_db()
    assert (own.owner, [row.actor for row in own.log.all()]) == (None, ["tamsin"])


def test_an_account_that_somebody_made_their_own_stays(staff):
    User.objects.filter(username="oriel").update(email="oriel@hospital.example")
    assert demo.remove().stayed == ["account “oriel”"]
    assert list(User.objects.values_list("username", flat=True)) == ["oriel"]


def test_a_password_that_was_changed_is_printed_no_more(staff):
    tamsin = User.objects.get(username="tamsin")
    tamsin.set_password("a password of her own")
    tamsin.save()
    assert [one.username for one in demo.sign_ins()] == ["ruaridh", "oriel"]


def test_a_fill_that_fails_half_way_leaves_nothing(db, fill_demo, monkeypatch):
    before = tables()
    taken = workflow.take

    def take(name, *given, **details):
        if name == "withdraw":
            raise workflow.StepRefused("The test says no.")
        return taken(name, *given, **details)

    monkeypatch.setattr(workflow, "take", take)
    with pytest.raises(workflow.StepRefused):
        fill_demo()
    assert tables() == before


def test_where_others_can_reach_the_site_the_command_says_what_that_means(staff, settings):
    settings.SITE_URL = "https://news.example.org"
    assert "Whoever learns these can sign in at https://news.example.org" in command("demo", "--sign-ins")


@pytest.mark.parametrize(
    ("flags", "answer", "there"),
    [
        ([], None, True),
        ([], "y", False),
        ([], "n", True),
        (["--remove-demo"], None, False),
        (["--keep-demo"], "y", True),
        (["--dry-run"], "y", True),
    ],
)
def test_an_import_offers_to_remove_the_demo(staff, tmp_path, monkeypatch, flags, answer, there):
    document = tmp_path / "own.md"
    document.write_text("---\ntitle: A ward that listens\n---\nOn the ward nobody types any more.\n")
    asked = []

    class Terminal(StringIO):
        def isatty(self):
            return answer is not None

    def reply(words):
        asked.append(words)
        return answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", reply)
    call_command("import_articles", str(document), *flags, stdout=Terminal(), stderr=StringIO())
    assert bool(asked) == (answer is not None and not flags)
    assert demo.present() == there
    assert Article.objects.filter(title="A ward that listens").exists() == ("--dry-run" not in flags)


def test_an_import_asks_nothing_where_there_is_no_demo(db, tmp_path, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda words: pytest.fail(words))
    document = tmp_path / "own.md"
    document.write_text("---\ntitle: A ward that listens\n---\nOn the ward nobody types any more.\n")
    call_command("import_articles", str(document), stdout=StringIO(), stderr=StringIO())
    assert not demo.present()


def test_merged_topics_of_the_demo_go_and_one_that_took_in_something_of_ours_stays(staff):
    manager = factories.make_person("Manager")
    ours, mine = factories.make_topic("Ours: Wards"), factories.make_topic("Ours: Nights")
    one, other, third, fourth = made = [factories.make_topic(f"Demo: {name}") for name in "ABCD"]
    record.made(made)
    article = factories.make_article(topics=[mine])
    merging.merge(one.pk, other.pk, by=manager)
    merging.merge(third.pk, ours.pk, by=manager)
    kept = merging.merge(mine.pk, fourth.pk, by=manager)
    said = demo.remove().words()
    assert list(Topic.objects.filter(name__startswith="Demo: ")) == [fourth]
    assert f"Stays, because something else uses it: topic “{fourth}”." in said
    assert list(article.article_topics.values_list("tag", flat=True)) == [fourth.pk]
    merging.undo(kept.pk, by=manager)
    assert list(article.article_topics.values_list("tag", flat=True)) == [mine.pk]
