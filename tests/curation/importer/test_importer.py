"""What an import makes of documents, of the same documents again, and of those that changed meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from curation import workflow
from curation.models import Article, Author, Document, Edition, Picture, SourceLink, Version, WorkPackage
from offerings.addresses import lookup
from offerings.models import Offering, Taxonomy, Topic
from tests import factories

from .importing import DATA, SAMPLES, news, picture, put, run

pytestmark = pytest.mark.django_db


def live():
    """The Editions that readers see now, newest first."""
    return Edition.objects.live().newest_first()


def only(model, **found):
    """The one row there is."""
    return model.objects.get(**found)


# Both formats ------------------------------------------------------------------------------------------------------


def test_the_samples_are_taken_and_live():
    ran = run(SAMPLES)
    assert (ran.status, ran.lines) == (0, [])
    assert ran.counts("created", "failed", "new topics", "new offerings", "new authors") == [3, 0, 5, 2, 1]
    assert live().count() == 3
    assert set(Article.objects.values_list("state", flat=True)) == {"approved"}


def test_a_production_document_fills_every_column():
    run(SAMPLES)
    document = only(Document, key="sample-curations:4711")
    article, edition = document.article, document.article.editions.get()
    assert [row.tag.name for row in article.article_topics.all()] == ["Atlas: Alarm Fatigue", "Compass: Night Shifts"]
    assert [row.author.name for row in article.article_authors.all()] == ["Marit Solheim"]
    assert [
        (row.offering.external_id, row.offering.permalink, row.role) for row in article.article_offerings.all()
    ] == [
        (901, "/offering/lantern---night-desk", "related"),
        (902, "/offering/pebbles-bedside-notes", "related"),
    ]
    source = edition.sources[0]
    assert (source["brand"], source["site_name"]) == ("nightjournal.example", "The Night Journal")
    assert source["url"] == "https://www.nightjournal.example/2024/quiet-wards/"
    assert (edition.first_published_at, edition.dated_day) == (datetime(2024, 2, 29, 12, tzinfo=UTC), True)
    assert edition.updated_at == datetime(2024, 3, 1, 7, 15, 2, 250000, tzinfo=UTC)
    assert edition.slug == "nightjournal-quiet-wards-let-patients-sleep-and-nurses-think"
    assert edition.body.endswith(
        "<p>Nurses there say that they now know which bell matters. Patients say that they sleep.</p>"
    )
    assert article.standfirst.endswith("and to call the right pers")  # as it came; readers see it repaired
    assert "pers" not in edition.summary.split()
    assert article.picture.state == "missing"
    assert article.picture_alt == "Quiet Wards Let Patients Sleep, and Nurses Think"
    assert only(WorkPackage).attachments == [{"fileName": "ward.jpg", "link": "/api/v3/attachments/815/content"}]
    assert only(WorkPackage).custom_fields["medigyTopics"] == ["Atlas: Alarm Fatigue", "Compass: Night Shifts"]
    target = f"/news/{edition.slug}/"
    assert lookup("/news/quiet-wards-let-patients-sleep-and-nurses-think/") == target


def test_the_topics_of_offerings_are_filed_in_order_under_their_taxonomies():
    run(SAMPLES)
    offering = only(Offering, external_id=901)
    assert [topic.name for topic in offering.topics.all()] == ["Compass: Night Shifts", "Ward Round: Telemetry"]
    assert list(Taxonomy.objects.order_by("position").values_list("name", flat=True)) == [
        "",
        "Atlas",
        "Compass",
        "Ward Round",
    ]
    assert offering.history.get().history_change_reason == "import"


def test_an_old_post_keeps_its_address_its_spellings_and_what_has_no_column():
    run(SAMPLES)
    document = only(Document, key="slug:harbourdaily-ferries-carry-blood-samples-to-the-mainland")
    article = document.article
    assert lookup(f"/post/2019/11/03/{article.slug}") == f"/news/{article.slug}/"
    assert article.standfirst == "3."  # YAML reads a number, people wrote a word
    assert article.body.count("<p>") == 2
    assert article.article_sources.get().link.cleaned == "https://harbourdaily.example/ferries-carry-blood?id=7"
    assert document.leftovers == {
        "archetype": "bookmark",
        "dropmark.editURL": "http://pins.example/10/2",
        "socialScore": 12,
        "socialScoreSimulated": True,
        "source": {"name": "Pins", "apiendpoint": "https://pins.example/10.json"},
    }


def test_the_bytes_of_a_document_come_back():
    run(SAMPLES)
    for document in Document.objects.all():
        assert document.data == (SAMPLES / document.path).read_bytes()


def test_what_is_unfinished_is_a_warning_and_stops_nothing():
    ran = run(SAMPLES, verbosity=2)
    warnings = [line for line in ran.out.splitlines() if line.startswith("warning: /")]
    bare = [line for line in warnings if "a-list-without-words" in line]
    assert ran.status == 0
    assert any("no text" in line for line in bare)
    assert any("no topic" in line for line in bare)
    assert any("lies on another site" in line for line in bare)


@pytest.mark.skipif(not DATA.exists(), reason="the newsroom's own documents are not on this machine")
def test_every_document_of_the_newsroom_is_taken(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ran = run(DATA / "curated", DATA / "bookmarks", media=[str(tmp_path)])  # no pictures: encoding them takes long
    assert ran.status == 0
    assert ran.counts("created", "failed", "warning: no-topics") == [243, 0, 25]
    page = live().get(slug__startswith="innotechtoday-how-the-concept")
    assert [row.topic.label for row in page.edition_topics.all()] == ["Digital Twin", "Personalised Care"]
    assert [row.offering.permalink for row in page.edition_offerings.all()] == [
        "/offering/jope---examroom-live",
        "/offering/connectiverx-hub-services",
        "/offering/virgin-pulses-wellbeing-and-health",
    ]
    assert page.source_brand == "innotechtoday.com"
    again = run(DATA / "curated", DATA / "bookmarks")
    assert again.counts("created", "updated", "unchanged", "failed") == [0, 0, 243, 0]


# Again -------------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(tmp_path):
    run(SAMPLES)
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Version, Edition, Document, Topic)]
    ran = run(SAMPLES)
    assert ran.counts("created", "updated", "unchanged", "warnings") == [0, 0, 3, 0]
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Article, Version, Edition, Document, Topic)
    ]


def test_a_moved_document_is_the_same_document(tmp_path):
    run(put(tmp_path / "one", a=news()))
    ran = run(put(tmp_path / "two", renamed=news()))
    assert ran.counts("created", "unchanged") == [0, 1]
    assert only(Document).path == "renamed.md"


def test_an_edited_document_waits_for_review(tmp_path):
    run(put(tmp_path, a=news()))
    ran = run(put(tmp_path, a=news(title="Quieter Wards")))
    article = only(Article)
    assert ran.counts("created", "updated", "unchanged") == [0, 1, 0]
    assert (article.state, article.title) == ("in_review", "Quieter Wards")
    assert live().get().title == "Quiet Wards"
    assert only(Document).version == article.versions.first()
    assert run(tmp_path).counts("updated", "unchanged") == [0, 1]


def test_an_edited_document_goes_live_where_that_is_asked(tmp_path):
    run(put(tmp_path, a=news()))
    run(put(tmp_path, a=news(title="Quieter Wards")), publish=True)
    edition = live().get()
    assert (edition.title, edition.number) == ("Quieter Wards", 2)
    assert edition.first_published_at == datetime(2024, 2, 29, 8, tzinfo=UTC)
    assert edition.slug == "quiet-wards"


def test_what_an_earlier_run_left_in_review_can_be_published_later(tmp_path):
    run(put(tmp_path, a=news()))
    run(put(tmp_path, a=news(title="Quieter Wards")))
    ran = run(tmp_path, publish=True)
    assert ran.counts("published", "unchanged", "updated") == [1, 0, 0]
    assert live().get().title == "Quieter Wards"
    assert run(tmp_path, publish=True).counts("published", "unchanged") == [0, 1]


def test_drafts_are_live_for_nobody_until_they_are_published(tmp_path):
    run(put(tmp_path, a=news(), b=news(slug="early", more="draft: true\n")), draft=True)
    assert (live().count(), set(Article.objects.values_list("state", flat=True))) == (0, {"draft"})
    ran = run(tmp_path, publish=True)
    assert ran.counts("published", "unchanged") == [1, 1]  # what says itself that it is a draft stays one
    assert live().get().first_published_at == live().get().live_from == datetime(2024, 2, 29, 8, tzinfo=UTC)


def test_a_change_that_no_column_holds_makes_no_version(tmp_path):
    run(put(tmp_path, a=news(more="mood: calm\n")))
    ran = run(put(tmp_path, a=news(more="mood: calmer\n")))
    document = only(Document)
    assert ran.counts("updated") == [1]
    assert document.leftovers == {"mood": "calmer"}
    assert (Version.objects.count(), document.article.state) == (1, "approved")


def test_what_a_person_touched_is_a_conflict_and_nothing_is_overwritten(tmp_path):
    run(put(tmp_path, a=news(), b=news(slug="other", title="Other")))
    article = only(Article, slug="quiet-wards")
    factories.step("edit", article, factories.make_person("Manager"), changes={"standfirst": "By hand."})
    ran = run(put(tmp_path, a=news(title="Quieter Wards"), b=news(slug="other", title="Another")))
    article.refresh_from_db()
    assert (ran.status, ran.counts("conflicts", "updated")) == (0, [1, 1])
    assert [line.partition("a.md: ")[2] for line in ran.lines] == [
        f"conflict: somebody has worked on article {article.pk} since its document was last imported; "
        "nothing was overwritten"
    ]
    assert (article.title, article.standfirst) == ("Quiet Wards", "By hand.")
    assert run(put(tmp_path, a=news())).counts("conflicts", "unchanged") == [0, 2]


def test_a_declined_article_is_left_declined(tmp_path):
    run(put(tmp_path, a=news()), draft=True)
    article = only(Article)
    factories.step("decline", article, reason="Not ours.")
    Document.objects.update(edit=article.edit)  # as if the import itself had declined it
    ran = run(put(tmp_path, a=news(title="Quieter Wards")))
    assert ran.counts("conflicts", "updated") == [1, 0]
    assert "was declined" in ran.lines[0]


def test_documents_arrive_in_the_state_they_name(tmp_path):
    states = ["draft", "in review", "changes_requested", "approved", "declined", "pondered"]
    documents = {f"d{n}": news(slug=f"d{n}", more=f"status: {state}\n") for n, state in enumerate(states)}
    ran = run(put(tmp_path, **documents))
    assert list(Article.objects.order_by("slug").values_list("state", flat=True)) == [
        "draft",
        "in_review",
        "changes_requested",
        "approved",
        "declined",
        "draft",
    ]
    assert Edition.objects.count() == 0
    assert ran.counts("warning: odd-value") == [1]
    assert only(Document, key="slug:d5").leftovers == {"status": "pondered"}


def test_the_log_names_the_import_at_every_step(tmp_path):
    run(put(tmp_path, a=news()))
    log = list(only(Article).log.order_by("pk").values_list("step", "actor", "by"))
    assert log == [(step, "import", None) for step in ("begin", "submit", "approve", "publish")]


# Dates -------------------------------------------------------------------------------------------------------------


def test_a_day_stays_that_day_and_stands_at_noon_in_the_newsroom(tmp_path, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    run(put(tmp_path, a=news(date="'2024-02-29'"), b=news(slug="b", date="2024-03-01")))
    assert [(row.first_published_at, row.dated_day) for row in live()] == [
        (datetime(2024, 3, 1, 3, tzinfo=UTC), True),
        (datetime(2024, 2, 29, 3, tzinfo=UTC), True),
    ]


def test_an_instant_without_a_zone_is_in_utc(tmp_path):
    run(put(tmp_path, a=news(date="2024-02-29 08:00:00"), b=news(slug="b", date="'2024-02-29T09:30:00+01:00'")))
    assert [row.first_published_at.hour * 60 + row.first_published_at.minute for row in live()] == [510, 480]


def test_what_is_dated_later_is_scheduled(tmp_path):
    run(put(tmp_path, a=news(date="2093-01-01T00:00:00Z")))
    assert (live().count(), Edition.objects.scheduled().count()) == (0, 1)


def test_todays_noon_does_not_hold_back_what_is_dated_today(tmp_path, settings):
    now = timezone.now()
    settings.TIME_ZONE = "Pacific/Kiritimati" if now.hour < 10 else "Pacific/Pago_Pago"
    today = timezone.localdate(now, timezone=timezone.zoneinfo.ZoneInfo(settings.TIME_ZONE))
    run(put(tmp_path, a=news(date=f"'{today}'")))
    edition = live().get()
    assert edition.live_from <= now + timedelta(minutes=1)
    assert edition.dated_day


def test_without_a_date_it_is_live_from_now_and_a_warning(tmp_path):
    ran = run(put(tmp_path, a=news(date="")))
    assert ran.counts("warning: no-date", "created") == [1, 1]
    assert timezone.now() - live().get().first_published_at < timedelta(minutes=1)


# What documents refer to -------------------------------------------------------------------------------------------


def test_topics_are_one_whatever_their_case_and_each_article_keeps_its_spelling(tmp_path):
    documents = {f"d{n}": news(slug=f"d{n}", topic=topic) for n, topic in enumerate(["AI Care", "ai  care", "Ai Care"])}
    ran = run(put(tmp_path, **documents))
    topic = only(Topic)
    assert ran.counts("new topics") == [1]
    assert topic.name == "AI Care"
    assert sorted(topic.synonyms.values_list("spelling", flat=True)) == ["Ai Care", "ai  care"]
    assert sorted(row.spelling for row in topic.article_topics.all()) == ["", "Ai Care", "ai  care"]


def test_a_topic_named_twice_is_filed_once(tmp_path):
    run(put(tmp_path, a=news(topic="Rest\n  - rest\n  - Sleep")))
    assert [row.tag.name for row in only(Article).article_topics.all()] == ["Rest", "Sleep"]


def test_a_single_category_and_a_single_author_need_no_list(tmp_path):
    text = news(more="author: Ada Brook\n").replace("categories:\n  - Rest", "categories: Rest")
    run(put(tmp_path, a=text))
    assert only(Topic).name == "Rest"
    assert only(Author).slug == "ada-brook"


def test_a_link_that_two_articles_share_says_why(tmp_path):
    second = news(slug="b").replace("https://b.example/story", "http://www.a.example/story/")
    ran = run(put(tmp_path, a=news(slug="a"), b=second))
    reasons = [row.reason for row in SourceLink.objects.get().article_sources.order_by("article_id")]
    assert reasons == ["", "Another imported document names the same page."]
    assert ran.counts("warning: shared-link") == [1]


def test_via_and_its_link_are_a_further_source(tmp_path):
    run(put(tmp_path, a=news(more="via: Ward Letter\nviaLink: https://letter.example/9?utm_medium=x\n")))
    rows = only(Article).article_sources.all()
    assert [(row.role, row.label, row.link.cleaned) for row in rows] == [
        ("source", "", "https://quiet-wards.example/story"),
        ("via", "Ward Letter", "https://letter.example/9"),
    ]


def test_what_an_article_is_about_comes_first_with_its_maker(tmp_path):
    more = (
        "institution: Harbour Works\noffering:\n  label: Anchor Desk\n  offeringId: '77'\nrelatedOfferings: [Pebble]\n"
    )
    run(put(tmp_path, a=news(more=more)))
    rows = [(row.role, row.offering.name, row.offering.permalink) for row in only(Article).article_offerings.all()]
    assert rows == [
        ("about", "Anchor Desk", "/offering/anchor-desk"),
        ("related", "Pebble", "/offering/pebble"),
    ]
    anchor = only(Offering, external_id=77)
    assert anchor.institution.name == "Harbour Works"


def test_what_a_person_wrote_in_the_catalogue_is_left_alone(tmp_path):
    known = factories.make_offering(name="Anchor", permalink="/offering/anchor-desk", summary="Ours.")
    more = (
        "relatedOfferings:\n  - label: Anchor Desk, renamed\n    permalink: /offering/anchor-desk\n    offeringId: 5\n"
    )
    run(put(tmp_path, a=news(more=more)))
    known.refresh_from_db()
    assert (known.name, known.summary, known.external_id) == ("Anchor", "Ours.", 5)


# Addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_contested_alias_goes_to_the_earliest_article_whatever_the_order(tmp_path, names):
    first, second = names
    early = news(slug="early", date="2020-01-01", more="aliases: /news/shared\n")
    late = news(slug="late", date="2021-01-01", more="aliases: [/news/shared/, /news/own]\n")
    ran = run(put(tmp_path, **{first: early, second: late}))
    assert lookup("/news/shared") == "/news/early/"
    assert lookup("/news/own") == "/news/late/"
    assert ran.counts("warning: contested-alias") == [1]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_contested_alias_is_settled_alike_in_two_runs(tmp_path, names):
    documents = {"a": ("early", "2020-01-01"), "b": ("late", "2021-01-01")}
    for name in names:
        slug, day = documents[name]
        run(put(tmp_path / name, x=news(slug=slug, date=day, more="aliases: /news/shared\n")))
    assert lookup("/news/shared") == "/news/early/"


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_page_wins_over_an_alias_whatever_the_order(tmp_path, names):
    documents = {"a": news(slug="mine"), "b": news(slug="other", more="aliases: /news/mine/\n")}
    for name in names:
        run(put(tmp_path / name, x=documents[name]))
    assert lookup("/news/mine") is None


def test_a_bare_alias_lies_under_news_and_one_of_its_own_is_no_redirect(tmp_path):
    run(put(tmp_path, a=news(more="aliases: [old-wards, /News/Quiet-Wards/, https://old.example/a/b?c]\n")))
    assert lookup("/news/old-wards") == "/news/quiet-wards/"
    assert lookup("/a/b") == "/news/quiet-wards/"
    assert lookup("/news/quiet-wards") is None


def test_a_slug_that_is_taken_gets_a_number_and_keeps_it(tmp_path):
    documents = {f"d{n}": news(slug="same", title=f"Same {n}", more=f"id: {n}\n") for n in range(1, 4)}
    run(put(tmp_path, **documents))
    assert list(Article.objects.order_by("title").values_list("slug", flat=True)) == ["same", "same-2", "same-3"]
    run(put(tmp_path, d2=news(slug="same", title="Same 2 again", more="id: 2\n")), publish=True)
    assert only(Article, title="Same 2 again").slug == "same-2"


def test_a_new_slug_in_a_known_document_leaves_a_redirect(tmp_path):
    run(put(tmp_path, a=news(slug="old", more="id: 9\n")))
    run(put(tmp_path, a=news(slug="new", more="id: 9\n")), publish=True)
    assert live().get().slug == "new"
    assert lookup("/news/old") == "/news/new/"


# Pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_are_found_beside_content_and_encoded(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    picture(tmp_path / "site/static/img/ward.jpg")
    put(tmp_path / "site/content/news", a=news(more="featuredImage: /img/ward.jpg\n"))
    ran = run(tmp_path / "site")
    row = only(Picture)
    assert ran.counts("pictures ready", "pictures failed") == [1, 0]
    assert (row.state, row.width, row.height) == ("ready", 400, 240)
    assert row.widths == {"jpeg": [320, 400], "webp": [320, 400]}
    assert live().get().picture == row
    assert {path.suffix for path in settings.MEDIA_ROOT.rglob("*.*") if path.is_file()} == {".jpg", ".webp"}


def test_a_picture_that_comes_later_fills_its_place_and_makes_no_version(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    put(tmp_path / "in", a=news(more="featuredImage: {href: ward.jpg, alt: A ward, credit: M. S.}\n"))
    assert run(tmp_path / "in").counts("warning: missing-picture") == [1]
    picture(tmp_path / "pictures/ward.jpg")
    ran = run(tmp_path / "in", media=[str(tmp_path / "pictures")])
    assert ran.counts("unchanged", "pictures found later", "pictures ready") == [1, 1, 1]
    assert (Version.objects.count(), only(Picture).state) == (1, "ready")
    assert (live().get().picture_alt, live().get().picture_credit) == ("A ward", "M. S.")
    assert run(tmp_path / "in", media=[str(tmp_path / "pictures")]).counts("pictures found later") == [0]


def test_a_picture_that_is_none_is_failed_in_words_and_stops_nothing(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/ward.jpg").write_bytes(b"<svg>no</svg>")
    ran = run(put(tmp_path / "in", a=news(more="featuredImage: ward.jpg\n")), media=[str(tmp_path / "pictures")])
    assert (ran.status, ran.counts("pictures failed")) == (0, [1])
    assert only(Picture).state == "failed"
    assert only(Picture).failure


def test_a_remote_picture_keeps_its_address(tmp_path):
    address = "https://cdn.example/a%20b.jpg?Expires=1&Signature=~x"
    ran = run(put(tmp_path, a=news(more=f"featuredImage: {address}\n")))
    assert ran.counts("warning: remote-picture") == [1]
    assert (only(Picture).address, only(Picture).state) == (address, "missing")


# The command -------------------------------------------------------------------------------------------------------


def test_a_dry_run_says_the_same_and_keeps_nothing(tmp_path):
    put(tmp_path, a=news(), b=news(slug="b", more="date: 1\n"), c=news(slug="c", topic="AI"), d=news(title="Other"))
    dry, real = run(tmp_path, dry_run=True, verbosity=2), None
    assert Article.objects.count() == Topic.objects.count() == Document.objects.count() == 0
    assert "Nothing was kept" in dry.out
    real = run(tmp_path, verbosity=2)
    dry.table.pop("per second"), real.table.pop("per second")
    assert (dry.table, dry.lines, dry.status) == (real.table, real.lines, real.status)


def test_a_failure_gives_status_1_and_the_rest_is_taken(tmp_path):
    ran = run(put(tmp_path, a=news(), b="no front matter", c=news(slug="c")))
    assert ran.status == 1
    assert ran.counts("created", "failed") == [2, 1]
    assert [line.partition("b.md:")[2][:2] for line in ran.lines] == ["1:"]


def test_processes_read_in_the_same_order_with_the_same_end(tmp_path, transactional_db):
    put(tmp_path, **{f"d{n:03}": news(slug=f"d{n % 40}", title=f"Story {n}") for n in range(60)}, bad="nothing")
    ran = run(tmp_path, workers=2)
    assert ran.counts("created", "failed") == [40, 21]
    assert [article.title for article in Article.objects.order_by("pk")] == [f"Story {n}" for n in range(40)]


@pytest.mark.parametrize("options", [{"workers": 0}, {"media": ["/no/such/folder"]}])
def test_arguments_that_make_no_sense_are_refused(tmp_path, options):
    assert run(tmp_path, **options).status == 1


def test_a_path_that_is_not_there_is_a_failure(tmp_path):
    ran = run(tmp_path / "nowhere")
    assert (ran.status, ran.lines) == (1, [f"{tmp_path}/nowhere: there is no such file or folder"])


def test_an_article_that_is_gone_is_made_anew(tmp_path):
    run(put(tmp_path, a=news()), draft=True)
    only(Article).delete()
    assert run(tmp_path).counts("created") == [1]


def test_the_import_leaves_an_article_that_steps_go_on_from(tmp_path):
    run(put(tmp_path, a=news()))
    article = only(Article)
    workflow.take("withdraw", article, by=factories.make_person("Manager"), edit=article.edit, reason="Wrong.")
    assert live().count() == 0
    assert date(2024, 2, 29) == article.dated_at.date()
