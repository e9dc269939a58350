"""The demo newsroom's texts: whole, consistent, invented, and varied enough to be read."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
import yaml

from curation.text import links, prose
from offerings import slugs
from tests import ROOT

DEMO = ROOT / "medigy" / "demo"
FILES = sorted(DEMO.glob("articles/*.md"))
MOTIFS = frozenset(
    ["contours", "twin", "ridges", "cells", "lattice", "waves", "helix", "spiral", "maze", "bars", "arcs", "letters"]
)
STATES = {
    "published": 49,
    "expired": 1,
    "withdrawn": 1,
    "scheduled": 1,
    "draft": 3,
    "in_review": 2,
    "changes_requested": 1,
    "approved": 1,
    "declined": 1,
}
ALWAYS = {"title", "standfirst", "state", "days_ago", "byline", "topics", "offerings", "source"}
WITH_STATE = {
    "expired": {"expired_days_ago"},
    "withdrawn": {"withdrawn_days_ago", "reason"},
    "scheduled": {"days_ahead"},
    "changes_requested": {"reason"},
    "declined": {"reason"},
}
# Keys that come together or not at all.
AT_WILL = [
    {"about"},
    {"picture"},
    {"story"},
    {"via"},
    {"insights_name", "insights"},
    {"updated_note", "updated_days_ago"},
    {"revision"},
    {"planned_days_ahead"},
]
SENTENCE_END = re.compile(r"(?<=[.?!])[”’)*]*\s+")


class NoRepeats(yaml.SafeLoader):
    """Refuses a mapping that names a key twice; YAML itself would keep the last and say nothing."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key twice: {keys}"
        return super().construct_mapping(node, deep=deep)


def read_yaml(text):
    return yaml.load(text, NoRepeats)


@cache
def articles():
    """Return ``{file name: (front matter, body)}`` of every demo article."""
    read = {}
    for path in FILES:
        opening, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
        assert opening == "", path.name
        read[path.name] = read_yaml(matter), body.strip()
    return read


@cache
def catalogue():
    return read_yaml((DEMO / "catalogue.yaml").read_text(encoding="utf-8"))


@cache
def people():
    return read_yaml((DEMO / "people.yaml").read_text(encoding="utf-8"))["people"]


def topic_names():
    return [
        f"{taxonomy['prefix']}: {topic['label']}"
        for taxonomy in catalogue()["taxonomies"]
        for topic in taxonomy["topics"]
    ]


def names(kind):
    return [thing["name"] for thing in catalogue()[kind]]


def in_state(*states):
    return [(name, matter) for name, (matter, _) in articles().items() if matter["state"] in states]


def words(text):
    return re.findall(r"[\w’'-]+", text)


@pytest.fixture(params=[path.name for path in FILES])
def article(request):
    return articles()[request.param]


def test_the_counts_hold():
    counted = {kind: len(catalogue()[kind]) for kind in ("taxonomies", "institutions", "offerings")}
    assert counted == {"taxonomies": 3, "institutions": 15, "offerings": 30}
    assert (len(topic_names()), len(articles()), len(people())) == (25, 60, 6)


def test_nothing_has_the_name_of_another():
    for given in (topic_names(), names("institutions"), names("offerings"), [person["name"] for person in people()]):
        assert len(given) == len({name.casefold() for name in given})
    ids = [offering["external_id"] for offering in catalogue()["offerings"]]
    assert sorted(set(ids)) == list(range(90001, 90031))


def test_every_address_of_the_catalogue_is_its_own():
    for made in (
        [slugs.slug(name) for name in topic_names()],
        [slugs.slug(name) for name in names("institutions")],
        [slugs.slug(person["name"]) for person in people()],
        [slugs.offering_slug(name) for name in names("offerings")],
    ):
        assert all(made)
        assert len(made) == len(set(made))


def test_some_offerings_show_the_permalink_rule():
    made = {name: slugs.offering_slug(name) for name in names("offerings")}
    assert made["Orrin - Ward in Miniature"] == "orrin---ward-in-miniature"
    assert made["Drift & Threshold"] == "drift--threshold"
    assert made["Interpreter’s Chair"] == "interpreters-chair"


def test_synonyms_lead_to_one_topic():
    labels = {topic["label"].casefold() for taxonomy in catalogue()["taxonomies"] for topic in taxonomy["topics"]}
    given = [
        synonym.casefold()
        for taxonomy in catalogue()["taxonomies"]
        for topic in taxonomy["topics"]
        for synonym in topic["synonyms"]
    ]
    assert len(given) == len(set(given))
    assert not labels & set(given)


def test_topics_are_described_and_have_one_to_four_synonyms():
    for taxonomy in catalogue()["taxonomies"]:
        assert taxonomy.keys() == {"prefix", "description", "topics"}
        for topic in taxonomy["topics"]:
            assert topic.keys() == {"label", "description", "synonyms"}
            assert 1 <= len(topic["synonyms"]) <= 4
            assert 50 <= len(topic["description"]) <= 250, topic["label"]


def test_institutions_and_offerings_refer_to_what_exists():
    for institution in catalogue()["institutions"]:
        assert institution.keys() == {"name", "website", "summary"}
    for offering in catalogue()["offerings"]:
        assert offering.keys() == {"name", "institution", "external_id", "website", "summary", "topics"}
        assert offering["institution"] in names("institutions")
        assert set(offering["topics"]) <= set(topic_names()), offering["name"]
        assert 2 <= len(set(offering["topics"])) == len(offering["topics"]) <= 4


def test_every_institution_offers_something():
    assert {offering["institution"] for offering in catalogue()["offerings"]} == set(names("institutions"))


def test_three_people_can_sign_in_and_no_password_is_written_down():
    assert {person["role"] for person in people() if "username" in person} == {"curator", "manager", "administrator"}
    assert sum("username" in person for person in people()) == 3
    for person in people():
        assert person.keys() - {"username", "role"} == {"name", "about", "email"}
        assert person["email"].endswith("@demo.medigy.example")


def test_everybody_with_a_byline_has_written_something():
    assert {matter["byline"] for matter, _ in articles().values()} == {person["name"] for person in people()}


def test_an_article_has_the_keys_of_its_state_and_no_others(article):
    matter, _ = article
    required = ALWAYS | WITH_STATE.get(matter["state"], set())
    rest = matter.keys() - required
    assert required <= matter.keys()
    for together in AT_WILL:
        assert together & rest in (set(), together)
        rest -= together
    assert rest == set()


def test_an_article_refers_to_what_exists(article):
    matter, _ = article
    assert 1 <= len(set(matter["topics"])) == len(matter["topics"]) <= 4
    assert set(matter["topics"]) <= set(topic_names())
    assert len(set(matter["offerings"])) == len(matter["offerings"]) <= 4
    assert set(matter["offerings"]) <= set(names("offerings"))
    assert matter.get("about", "") in ["", *matter["offerings"][:1]]


def test_an_article_shares_a_topic_with_each_offering_it_names_more_often_than_not():
    topics_of = {offering["name"]: set(offering["topics"]) for offering in catalogue()["offerings"]}
    shared = [
        bool(topics_of[name] & set(matter["topics"]))
        for matter, _ in articles().values()
        for name in matter["offerings"]
    ]
    assert sum(shared) / len(shared) > 0.75


def test_a_text_is_written_and_not_cut(article):
    matter, body = article
    assert 40 <= len(matter["title"]) <= 90 or 170 <= len(matter["title"]) <= 190
    assert 70 <= len(matter["standfirst"]) <= 260
    assert matter["standfirst"].endswith((".", "?"))
    assert not body.startswith(matter["standfirst"][:40])
    assert 150 <= len(words(body)) <= 420
    assert len(words(body.split("\n\n")[0])) >= 15


def test_one_title_is_very_long():
    assert sum(len(matter["title"]) > 90 for matter, _ in articles().values()) == 1


def test_quotation_marks_are_typographic(article):
    matter, body = article
    for text in (matter["title"], matter["standfirst"], matter.get("reason", ""), body):
        assert not re.search(r"""["']|--|\.\.\.|  """, re.sub(r"(?m)^\|.*$", "", text))


def test_titles_and_article_addresses_are_unique():
    titles = [matter["title"].casefold() for matter, _ in articles().values()]
    made = [links.article_slug(matter["source"]["url"], matter["title"]) for matter, _ in articles().values()]
    assert len(set(titles)) == len(set(made)) == 60


def test_sources_are_different_pages_of_ten_to_twelve_publications():
    brands = defaultdict(set)
    for matter, _ in articles().values():
        source = matter["source"]
        assert source.keys() - {"text"} == {"url", "title", "site_name", "published_days_before"}
        assert source["title"] != matter["title"]
        assert source["published_days_before"] > 0
        brands[links.brand(source["url"])].add(source["site_name"])
    assert 10 <= len(brands) <= 12
    assert all(len(site_names) == 1 for site_names in brands.values())
    assert len({links.duplicate_key(matter["source"]["url"]) for matter, _ in articles().values()}) == 60


def test_what_waits_for_a_decision_has_its_source_to_be_held_against():
    waiting = [matter for matter, _ in articles().values() if matter["state"] == "in_review" or "revision" in matter]
    assert len(waiting) == 3
    for matter in waiting:
        assert len(matter["source"]["text"].splitlines()) >= 8


def test_a_revision_changes_words_that_are_there():
    revised = [(matter["revision"]["words"], body) for matter, body in articles().values() if "revision" in matter]
    assert revised
    for words, body in revised:
        assert all(then in body and now not in body for then, now in words)


def test_some_addresses_came_with_trackers():
    pasted = [matter["source"]["url"] for matter, _ in articles().values()]
    assert sum(links.clean(url) != url for url in pasted) == 2


def test_every_address_is_on_a_reserved_domain():
    for path in [*FILES, DEMO / "catalogue.yaml", DEMO / "people.yaml"]:
        text = path.read_text(encoding="utf-8")
        hosts = [urlsplit(url).hostname for url in re.findall(r"https?://[^\s)\"’]+", text)]
        hosts += re.findall(r"[\w.+-]+@([\w.-]+)", text)
        assert all(host.endswith(".example") for host in hosts), path.name
        assert not re.search(r"\b[\w-]+\.(?:com|org|net|io|co\.uk|gov|edu|health)\b", text), path.name


def test_states_are_spread():
    assert Counter(matter["state"] for matter, _ in articles().values()) == STATES


def test_times_run_forwards():
    for name, matter in in_state(*STATES):
        assert 0 < matter["days_ago"] <= 400, name
        for later in ("expired_days_ago", "withdrawn_days_ago", "updated_days_ago"):
            assert 0 < matter.get(later, 0.01) < matter["days_ago"], name
        assert matter.get("days_ahead", 1) > 0
        assert matter.get("planned_days_ahead", 1) > 0


def test_the_last_fortnight_is_full_and_no_month_is_empty():
    ages = sorted(matter["days_ago"] for _, matter in in_state("published"))
    assert sum(age <= 14 for age in ages) == 25
    assert max(later - earlier for earlier, later in pairwise(ages)) < 30
    assert ages[-1] > 375


def test_hardly_a_month_page_is_missing_on_any_day_of_the_year():
    ages = [matter["days_ago"] for _, matter in in_state("published")]
    for day in range(365):
        today = datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        months = {at.year * 12 + at.month for at in (today - timedelta(days=age) for age in ages)}
        # February may slip between two articles; no other month can.
        assert max(months) - min(months) + 1 - len(months) <= 1, today


def test_every_topic_has_published_articles_and_three_are_fuller():
    counts = Counter(topic for _, matter in in_state("published") for topic in matter["topics"])
    assert all(counts[topic] >= 2 for topic in topic_names())
    fuller = {"Gartner: Digital Twin", "Gartner: Remote Patient Monitoring", "The Healthcare Guys: Telehealth"}
    assert min(counts[topic] for topic in fuller) >= 7
    assert {topic for topic, _ in counts.most_common(4)} >= fuller


def test_every_offering_is_named_by_an_article_or_waits_under_a_topic_that_is():
    counts = Counter(name for _, matter in in_state("published") for name in matter["offerings"])
    assert sum(counts[name] > 0 for name in names("offerings")) >= 27


def test_pictures_are_specified_credited_and_described():
    pictures = [matter["picture"] for matter, _ in articles().values() if "picture" in matter]
    assert len(pictures) == 24
    assert Counter(picture["motif"] for picture in pictures) == dict.fromkeys(MOTIFS, 2)
    for picture in pictures:
        assert picture.keys() - {"letters"} == {"motif", "alt", "credit"}
        assert ("letters" in picture) == (picture["motif"] == "letters")
        assert re.fullmatch(r"[A-Za-z0-9]{1,3}", picture.get("letters", "x"))
        assert 60 <= len(picture["alt"]) <= 180
        assert picture["credit"] == "Illustration: Medigy"
    assert len({picture["alt"] for picture in pictures}) == 24


def test_what_is_rare_is_there():
    def having(key):
        return sum(key in matter for matter, _ in articles().values())

    assert {key: having(key) for key in ("via", "insights", "updated_note", "about")} == {
        "via": 2,
        "insights": 3,
        "updated_note": 2,
        "about": 5,
    }
    bodies = [body for _, body in articles().values()]
    assert sum("|---" in body for body in bodies) == 2
    assert sum(body.count("\n> ") > 0 for body in bodies) >= 7
    assert sum("\n## " in body for body in bodies) >= 5
    assert sum("\n- **" in body for body in bodies) >= 4


def test_a_body_is_markdown_of_a_few_kinds_that_all_arrive(article):
    _, body = article
    assert not re.search(r"<[a-zA-Z/!]", body)
    assert not re.search(r"^# |^#{3,} |^    ", body, re.MULTILINE)
    html = prose.body(body)
    blocks = body.split("\n\n")
    assert html.count("<h2>") == sum(block.startswith("## ") for block in blocks)
    assert html.count("<blockquote>") == sum(block.startswith("> ") for block in blocks)
    assert html.count("<table>") == sum(block.startswith("| ") for block in blocks)
    assert html.count("<li>") == len(re.findall(r"^(?:-|\d\.) ", body, re.MULTILINE))
    assert not re.search(r"\*|\|", re.sub(r"<[^>]+>", "", html))


def test_one_story_runs_for_a_year_and_one_has_two_sources():
    stories = defaultdict(list)
    for matter, _ in articles().values():
        if "story" in matter:
            stories[matter["story"]].append(matter)
    running = sorted(matter["days_ago"] for matter in stories["skerrow"])
    assert len(running) == 3
    assert running[-1] - running[0] > 300
    pair = stories["interpreters"]
    assert len({links.brand(matter["source"]["url"]) for matter in pair}) == len(pair) == 2
    assert {matter["state"] for matter in pair} == {"published", "in_review"}
    assert stories.keys() == {"skerrow", "interpreters"}


def test_no_long_sentence_appears_twice():
    places = defaultdict(set)
    for name, (matter, body) in articles().items():
        texts = [matter["standfirst"], matter.get("insights", ""), matter.get("picture", {}).get("alt", ""), body]
        for sentence in SENTENCE_END.split("\n\n".join(texts)):
            plain = tuple(word.casefold() for word in words(sentence))
            if len(plain) >= 6:
                places[plain].add(name)
    assert {sentence: found for sentence, found in places.items() if len(found) > 1} == {}


def test_articles_do_not_open_alike():
    openings = Counter(tuple(words(body.casefold())[:3]) for _, body in articles().values())
    assert max(openings.values()) == 1
