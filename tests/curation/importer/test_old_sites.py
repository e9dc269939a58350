"""Whole old sites, small and invented, with every trap: nothing hidden is live, no address dies, every loss is told."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from curation.models import Article, Document, Edition, Picture
from offerings.addresses import lookup
from offerings.models import Institution, Offering, Topic
from tests.curation.importer.importing import picture, put, run

pytestmark = pytest.mark.django_db
SITES = Path(__file__).parent / "sites"


def imported(tmp_path, name, **options):
    """A site copied to a folder of its own, with the pictures it has, and imported."""
    site = tmp_path / name
    shutil.copytree(SITES / name, site)
    for place in ("static/img/ward.jpg", "content/news/2020/bundle/cover.jpg", "content/news/2020/bundle/plan.jpg"):
        if name == "hugo-yaml":
            picture(site / place, "teal" if "plan" in place else "olive", (1200, 600))
    return run(site, verbosity=2, **options)


def live():
    """The titles that readers see now."""
    return set(Edition.objects.live().values_list("title", flat=True))


def leads(path, title):
    """Whether an address of the old site leads to the article of that title, which is live."""
    return lookup(path) == Edition.objects.live().get(title=title, slug__isnull=False).get_absolute_url()


@pytest.fixture
def media(settings, tmp_path):
    """A media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


def test_nothing_hidden_of_a_hugo_site_is_live(tmp_path, media):
    ran = imported(tmp_path, "hugo-yaml")
    assert (ran.status, ran.lines) == (0, [])
    assert live() == {
        "Bells & Whistles: a quieter ward",
        "For everybody after all",
        "Links of the week",
        "The same title",
        "A bundle",
    }
    assert {row.title for row in Edition.objects.scheduled()} == {"Hidden later", "Hidden later-too"}
    ended = Edition.objects.get(title="A ward that closed")
    assert (ended.live_from.year, ended.live_until) == (2021, datetime(2021, 6, 1, tzinfo=UTC))
    hidden = Article.objects.filter(title__startswith="Hidden", state="draft").count()
    assert (hidden, ran.counts("warning: odd-value")) == (9, [2])


def test_what_a_hugo_page_says_is_kept_whole(tmp_path, media):
    imported(tmp_path, "hugo-yaml")
    page = Edition.objects.get(title="Bells & Whistles: a quieter ward")
    assert [line["name"] for line in page.bylines] == ["Ada Brook", "Bela Calder"]
    assert [row.topic.name for row in page.edition_topics.all()] == ["Alarms", "Rest & Sleep"]
    assert page.summary == "What a ward did with half of its bells."
    assert '<a href="/news/closed-ward/"' in page.body
    assert '<a href="/stories/plan/"' in page.body
    assert '<a href="https://www.youtube.com/watch?v=abc123"' in page.body
    assert "<td>12</td>" in page.body
    assert "<li>one <strong>bell</strong></li>" in page.body
    assert "<sup>[1]</sup>" in page.body
    assert [sign for sign in ("{{", "patients", "](", "chart") if sign in page.body] == []


def test_pictures_of_bodies_and_bundles_are_our_own(tmp_path, media):
    imported(tmp_path, "hugo-yaml")
    page = Edition.objects.get(title="Bells & Whistles: a quieter ward")
    (shown,) = page.pictures.all()
    assert (shown.state, 960 in shown.widths["jpeg"]) == ("ready", True)
    assert f'<figure><img src="/media/{shown.name}-960.jpg" alt="A ward"><figcaption>Ward 3</figcaption>' in page.body
    bundle = Edition.objects.get(title="A bundle")
    assert (bundle.picture.state, bundle.picture.address) == ("ready", "/news/2020/bundle/cover.jpg")
    assert bundle.pictures.get().name in bundle.body
    assert Picture.objects.exclude(state="ready").count() == 0


def test_no_address_of_a_hugo_site_dies(tmp_path, media):
    imported(tmp_path, "hugo-yaml")
    ward = "Bells & Whistles: a quieter ward"
    for path in ("/stories/quieter-ward.html", "/stories/quieter-ward", "/news/open-ward/", "/old/bells"):
        assert leads(path, ward), path
    assert leads("/2019/03/a-week/", "Links of the week")
    assert leads("/news/2020/bundle/", "A bundle")
    twins = {lookup(f"/news/{year}/links/") for year in (2020, 2021)}
    assert twins == {"/news/the-same-title/", "/news/the-same-title-2/"}
    assert lookup("/offering/anchor") == "/offering/anchor-desk/"
    assert lookup("/institution/pebble") == "/institution/pebble-works/"


def test_entries_of_the_catalogue_become_what_they_are(tmp_path, media):
    ran = imported(tmp_path, "hugo-yaml")
    anchor = Offering.objects.get(external_id=77)
    assert (anchor.name, anchor.permalink, anchor.summary) == (
        "Anchor Desk",
        "/offering/anchor-desk",
        "A desk that & holds.",
    )
    assert (anchor.website, anchor.institution.name) == ("https://anchor.example/", "Harbour Works")
    assert [topic.name for topic in anchor.topics.all()] == ["Ward: Calm"]
    assert Institution.objects.get(name="Pebble Works").summary == "They make pebbles."
    assert Topic.objects.get(name="Ward: Calm").description == "About calm."
    assert ran.counts("catalogue") == [3]
    assert not Article.objects.filter(title__in=["Anchor Desk", "Pebble Works", "Ward: Calm"]).exists()


def test_every_loss_of_a_hugo_site_is_counted(tmp_path, media):
    ran = imported(tmp_path, "hugo-yaml")
    losses = {name: number for name, number in ran.table.items() if name.startswith(("lost", "passed"))}
    assert losses == {
        "passed over": 8,
        "passed: section page": 3,
        "passed: folder of a site that holds no pages": 1,
        "passed: file of a page bundle": 1,
        "passed: file of another kind (.rst)": 1,
        "passed: page of another kind (layout: page)": 1,
        "passed: page of another kind (archetype: webinar)": 1,
        "lost: picture in a body": 1,
        "lost: shortcode chart": 1,
        "lost: shortcode private": 1,
        "lost: key (kept, shown nowhere)": 1,
        "lost: text of an entry (offering)": 1,
    }
    assert "mood ×1" in ran.out


@pytest.mark.parametrize("name", ["hugo-yaml", "hugo-toml", "jekyll", "decap"])
def test_a_dry_run_says_what_the_run_says_and_a_second_run_changes_nothing(tmp_path, media, name):
    dry = imported(tmp_path / "dry", name, dry_run=True)
    assert (Article.objects.count(), Offering.objects.count()) == (0, 0)
    ran = imported(tmp_path / "run", name)
    told = [row for row in ran.table if row.startswith(("lost", "passed", "warning", "created", "catalogue"))]
    assert dry.counts(*told) == ran.counts(*told)
    again = run(tmp_path / "run" / name)
    assert again.counts("created", "updated", "published", "failed") == [0, 0, 0, 0]
    assert again.counts("unchanged") == ran.counts("created")


def test_a_hugo_site_in_toml_is_as_one_in_yaml(tmp_path, media):
    ran = imported(tmp_path, "hugo-toml")
    assert (ran.status, ran.lines) == (0, [])
    assert live() == {"A ward in TOML", "A ward in JSON"}
    assert {row.title for row in Edition.objects.scheduled()} == {"Later"}
    ward = Edition.objects.get(title="A ward in TOML")
    assert ward.first_published_at == datetime(2022, 4, 5, 15, tzinfo=UTC)
    assert ([line["name"] for line in ward.bylines], ward.slug) == (["Ada Brook"], "ward-in-toml")
    assert "Tip <strong>one</strong>" in ward.body
    for path in ("/posts/ward-in-toml/", "/2022/04/05/ward-in-toml/"):
        assert leads(path, "A ward in TOML"), path
    for path in ("/posts/json/", "/was/here/", "/2022/04/06/a-ward-in-json/"):
        assert leads(path, "A ward in JSON"), path


def test_nothing_hidden_of_a_jekyll_blog_is_live(tmp_path, media):
    ran = imported(tmp_path, "jekyll")
    assert (ran.status, ran.lines) == (0, [])
    assert live() == {"A ward opens", "The second", "No title"}
    assert {row.title for row in Edition.objects.scheduled()} == {"From the future"}
    assert set(Article.objects.filter(state="draft").values_list("title", flat=True)) == {"Hidden", "Inside", "An idea"}
    assert ran.counts("passed over") == [4]


def test_no_address_of_a_jekyll_blog_dies(tmp_path, media):
    imported(tmp_path, "jekyll")
    paths = ("/health/news/2019/03/a-ward-opens/", "/health/news/2019/03/04/a-ward-opens.html", "/ward/", "/2019/ward")
    for path in (*paths[:3], "/2019/ward.html"):
        assert leads(path, "A ward opens"), path
    for path in ("/2019/03/second/", "/2019/03/05/second.html"):
        assert leads(path, "The second"), path


def test_what_only_jekyll_understood_is_translated_or_counted(tmp_path, media):
    ran = imported(tmp_path, "jekyll")
    body = Edition.objects.get(title="A ward opens").body
    assert '<a href="/2019/03/second/"' in body  # where it was read by the site's own pattern
    assert 'puts "{{ page.title }}"' in body  # code that is shown
    assert "The A ward opens of" in body
    outside = body.replace('puts "{{ page.title }}"', "")
    assert [sign for sign in ("{{", "{%", "{:", "Bela") if sign in outside] == []
    losses = {name: number for name, number in ran.table.items() if name.startswith("lost")}
    assert losses == {
        "lost: shortcode gallery": 1,
        "lost: shortcode comment": 1,
        "lost: shortcode site": 1,
        "lost: mark {: …}": 2,
        "lost: picture in a body": 1,
    }
    assert [row.tag.name for row in Article.objects.get(title="A ward opens").article_topics.all()] == [
        "health",
        "news",
    ]
    assert [row.tag.name for row in Article.objects.get(title="The second").article_topics.all()] == ["calm", "rest"]


def test_a_decap_folder_is_read(tmp_path, media):
    ran = imported(tmp_path, "decap")
    assert (ran.status, ran.lines) == (0, [])
    assert live() == {"The first of all", "The fourth"}
    first = Edition.objects.get(title="The first of all")
    assert "<em>first</em>" in first.body
    assert "watch?v=xyz" in first.body
    assert first.picture.address == "/img/one.jpg"
    assert Edition.objects.get(title="The fourth").live_until == datetime(2091, 1, 1, tzinfo=UTC)
    assert ran.counts("lost: <iframe>", "lost: component Chart", "passed over", "warning: hidden") == [1, 1, 2, 2]


# Again, elsewhere, and by another name -----------------------------------------------------------------------------

PLAIN = "---\ntitle: Links of the week\ndate: 2024-01-0{}\n---\nPart {}.\n"


def test_a_series_under_one_title_is_many_articles_and_stays_so(tmp_path):
    put(tmp_path, **{f"d{n}": PLAIN.format(n, n) for n in range(1, 5)})
    assert run(tmp_path).counts("created", "failed") == [4, 0]
    assert run(tmp_path).counts("created", "updated", "unchanged") == [0, 0, 4]
    put(tmp_path, d2=PLAIN.format(2, "two"))
    assert run(tmp_path).counts("updated", "unchanged") == [1, 3]


def test_a_file_without_a_name_of_its_own_that_was_moved_is_the_same_document(tmp_path):
    run(put(tmp_path / "one", a=PLAIN.format(1, 1)))
    ran = run(put(tmp_path / "two", b=PLAIN.format(1, 1)))
    assert ran.counts("created", "unchanged") == [0, 1]
    assert Document.objects.get().key == "path:b.md"
    assert run(tmp_path / "two").counts("created", "unchanged") == [0, 1]


def test_a_document_that_was_known_by_its_title_is_known_by_its_path_now(tmp_path):
    put(tmp_path, a=PLAIN.format(1, 1))
    run(tmp_path)
    Document.objects.update(key="slug:links-of-the-week")
    put(tmp_path, a=PLAIN.format(1, "one"), b=PLAIN.format(2, 2))
    assert run(tmp_path).counts("created", "updated") == [1, 1]
    assert set(Document.objects.values_list("key", flat=True)) == {"path:a.md", "path:b.md"}


def test_two_files_with_the_same_bytes_are_one_article(tmp_path):
    put(tmp_path, a=PLAIN.format(1, 1), b=PLAIN.format(1, 1))
    assert run(tmp_path).counts("created", "unchanged") == [1, 1]
    assert run(tmp_path).counts("created", "updated", "unchanged") == [0, 0, 2]


def test_an_article_whose_document_is_hidden_later_is_said(tmp_path):
    run(put(tmp_path, a=PLAIN.format(1, 1)))
    hidden = PLAIN.format(1, 1).replace("date", "published: false\ndate")
    ran = run(put(tmp_path, a=hidden))
    assert ran.counts("warning: still-live", "warning: hidden") == [1, 1]


def test_a_picture_of_a_text_that_comes_later_is_shown_and_only_where_nobody_wrote(tmp_path, media):
    text = PLAIN.format(1, 1) + "\n![A ward](late.jpg)\n"
    run(put(tmp_path, a=text))
    assert "<img" not in Article.objects.get().body
    picture(tmp_path / "late.jpg")
    ran = run(tmp_path, publish=True)
    assert (ran.counts("updated"), '<img src="/media/' in Article.objects.get().body) == ([1], True)
    assert run(tmp_path).counts("updated", "unchanged") == [0, 1]
    Article.objects.update(body="<p>Mine now.</p>", edit=99)
    assert run(tmp_path).counts("updated", "unchanged", "conflicts") == [0, 1, 0]


def test_an_hour_that_an_edit_moves_is_said_for_readers_have_the_old_one(tmp_path):
    text = PLAIN.format(1, 1).replace("date", "expiryDate: {}\ndate")
    run(put(tmp_path, a=text.format("2091-05-01T09:00:00Z")))
    ran = run(put(tmp_path, a=text.format("2092-01-01T09:00:00Z")), verbosity=2)
    assert ran.counts("updated", "warning: other-hours") == [1, 1]
    assert Edition.objects.get().live_until == datetime(2091, 5, 1, 9, tzinfo=UTC)
    said = "readers see it until 1 May 2091, 09:00, its document now says until 1 January 2092, 09:00"
    assert said in ran.out + "\n".join(ran.lines)
    assert run(put(tmp_path, a=PLAIN.format(1, 1))).counts("warning: other-hours") == [1]
    assert run(put(tmp_path, a=PLAIN.format(1, 1))).counts("unchanged", "warning: other-hours") == [1, 0]


def test_a_window_that_ended_before_it_began_opens_for_nobody(tmp_path):
    text = PLAIN.format(5, 1).replace("date", "expiryDate: 2023-01-01\ndate")
    run(put(tmp_path, a=text))
    assert (Edition.objects.count(), Article.objects.get().state) == (0, "draft")


def test_an_hour_to_come_opens_the_window_then(tmp_path):
    text = PLAIN.format(1, 1).replace("date", "publish_at: 2091-05-01T09:00:00Z\nUnpublish-Date: 2092-01-01\ndate")
    run(put(tmp_path, a=text))
    edition = Edition.objects.scheduled().get()
    assert (edition.live_from, edition.live_until) == (
        datetime(2091, 5, 1, 9, tzinfo=UTC),
        datetime(2092, 1, 1, tzinfo=UTC),
    )
    assert edition.first_published_at < timezone.now()


def test_a_page_of_a_catalogue_that_is_not_for_readers_is_passed_over(tmp_path):
    ran = run(put(tmp_path, a="---\narchetype: offering\ntitle: Anchor\ndraft: true\n---\n"))
    assert (Offering.objects.count(), ran.counts("passed over", "catalogue")) == (0, [1, 0])


def test_what_people_wrote_of_an_offering_stays(tmp_path):
    text = "---\narchetype: offering\ntitle: Anchor\ndescription: Theirs.\n---\n"
    run(put(tmp_path, a=text))
    Offering.objects.update(summary="Ours.")
    run(tmp_path)
    assert Offering.objects.get().summary == "Ours."
