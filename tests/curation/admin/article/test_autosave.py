"""Saving while somebody writes: what is kept, what waits, who is told what; a second sending is no second draft."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from curation import workflow
from curation.admin import badges
from curation.harvest import store
from curation.models import Article, ArticleTopic, DraftKey
from curation.models.snapshots import snapshot
from tests.curation.admin.test_admin import form_of
from tests.factories import (
    make_article,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_person,
    make_published,
    make_topic,
    step,
)

BEGIN = "admin:curation_article_begin"


def address(article):
    return reverse("admin:curation_article_autosave", args=[article.pk])


@pytest.fixture
def mine(curator):
    return make_article(owner=curator, title="Old title", standfirst="Old standfirst.", body="<p>Old body.</p>")


@pytest.fixture
def writing(client, curator, mine):
    """A curator's browser with the article open, and its form as it would be sent."""
    client.force_login(curator)
    return client, form_of(client, mine)


def sent(client, article, data, **changed):
    """The answer to a save: its status and its JSON."""
    response = client.post(address(article), data | changed)
    return response.status_code, response.json()


def went_on(data, answer):
    """The form as the page sends it next: at the new edit, measured by the new fingerprints."""
    return data | {"edit": str(answer["edit"]), "seen": json.dumps(answer["seen"])}


def test_a_change_is_saved_and_the_next_one_builds_on_it(writing, mine, curator):
    client, data = writing
    code, answer = sent(client, mine, data, title="New title")
    assert (code, answer["status"], answer["fields"], answer["waiting"]) == (200, "saved", [], {})
    code, answer = sent(client, mine, went_on(data, answer) | {"title": "New title"}, standfirst="New standfirst.")
    assert (code, answer["status"]) == (200, "saved")
    stored = Article.objects.get(pk=mine.pk)
    assert (stored.title, stored.standfirst, stored.edit) == ("New title", "New standfirst.", answer["edit"])


@pytest.mark.parametrize("by", ["a harvest", "a colleague"])
def test_words_that_come_between_the_look_and_the_step_are_looked_at_once_more(writing, mine, monkeypatch, by):
    client, data = writing
    writer = {"a harvest": store.HARVEST, "a colleague": make_person("Manager")}[by]
    asked = store.edit_to_build_on

    def slowly(article, seen):
        found = asked(article, seen)
        if article.edit == mine.edit:
            workflow.take("edit", Article.objects.get(), by=writer, edit=mine.edit, changes={"title": "Theirs"})
        return found

    monkeypatch.setattr(store, "edit_to_build_on", slowly)
    code, answer = sent(client, mine, data, title="Mine")
    gives_way = by == "a harvest"
    assert (code, answer["status"]) == ((200, "saved") if gives_way else (409, "conflict"))
    assert Article.objects.get().title == ("Mine" if gives_way else "Theirs")


def test_thirty_saves_of_one_session_are_one_version_and_one_row_of_the_log(writing, mine):
    client, data = writing
    before = mine.versions.count(), mine.log.count()
    for number in range(30):
        data["title"] = f"Title {number}"
        code, answer = sent(client, mine, data)
        assert code == 200
        data = went_on(data, answer)
    assert (mine.versions.count() - before[0], mine.log.count() - before[1]) == (1, 1)
    assert mine.versions.first().content["title"] == "Title 29"


def test_nothing_changed_writes_nothing(writing, mine):
    client, data = writing
    code, answer = sent(client, mine, data)
    assert (code, answer["status"], answer["edit"]) == (200, "same", mine.edit)
    assert Article.objects.get(pk=mine.pk).edit == mine.edit


def test_what_only_somebody_else_changed_is_given_back_and_mine_waits_for_the_newest(writing, mine, manager):
    client, data = writing
    step("edit", mine, manager, changes={"standfirst": "Theirs."})
    code, answer = sent(client, mine, data, title="Mine")
    assert (code, answer["status"], answer["by"]) == (409, "conflict", str(manager))
    assert [(f["name"], f["value"], f["mine"]) for f in answer["fields"]] == [("standfirst", "Theirs.", False)]
    assert Article.objects.get(pk=mine.pk).title == "Old title"
    data |= {"standfirst": "Theirs.", "title": "Mine"}
    code, answer = sent(client, mine, went_on(data, answer))
    stored = Article.objects.get(pk=mine.pk)
    assert (code, stored.title, stored.standfirst) == (200, "Mine", "Theirs.")


def test_a_field_that_both_changed_is_given_back_with_both_texts_and_the_rest_goes_on(writing, mine, manager):
    client, data = writing
    step("edit", mine, manager, changes={"standfirst": "Their standfirst."})
    code, answer = sent(client, mine, data, title="Mine", standfirst="My standfirst.")
    (field,) = answer["fields"]
    assert (code, field["name"], field["mine"], field["value"]) == (409, "standfirst", True, "Their standfirst.")
    assert field["spans"] == [["removed", "My "], ["added", "Their "], ["same", "standfirst."]]
    assert (field["by"], field["at"]) == (badges.named(manager), badges.moment(mine.versions.first().updated_at))
    data = went_on(data, answer) | {"title": "Mine", "standfirst": "My standfirst.", "hold": "standfirst"}
    code, answer = sent(client, mine, data)
    stored = Article.objects.get(pk=mine.pk)
    assert (code, stored.title, stored.standfirst) == (200, "Mine", "Their standfirst.")
    assert answer["waiting"] == {"standfirst": []}
    assert [field["name"] for field in answer["fields"]] == ["standfirst"]


def test_mine_may_be_kept_over_theirs(writing, mine, manager):
    client, data = writing
    step("edit", mine, manager, changes={"standfirst": "Theirs."})
    _, answer = sent(client, mine, data, standfirst="Mine.")
    seen = answer["seen"] | {"standfirst": answer["fields"][0]["mark"]}
    chosen = data | {"standfirst": "Mine.", "edit": answer["edit"], "seen": json.dumps(seen)}
    code, answer = sent(client, mine, chosen)
    assert (code, answer["status"], answer["fields"]) == (200, "saved", [])
    assert Article.objects.get(pk=mine.pk).standfirst == "Mine."


def test_both_who_wrote_the_same_agree(writing, mine, manager):
    client, data = writing
    step("edit", mine, manager, changes={"title": "One title"})
    code, answer = sent(client, mine, data, title="One title")
    assert answer["fields"] == []
    code, answer = sent(client, mine, went_on(data, answer) | {"title": "One title"})
    assert (code, answer["status"]) == (200, "same")


def test_a_list_that_somebody_else_changed_comes_back_as_it_is_now(writing, mine, manager):
    client, data = writing
    topic = make_topic("Field: Alpha")
    step("edit", mine, manager, changes={"topics": [{"topic": topic.pk}]})
    _, answer = sent(client, mine, data, title="Mine")
    (field,) = answer["fields"]
    assert (field["name"], field["mine"]) == ("topic_list", False)
    assert f'value="{topic.pk}"' in field["html"]
    assert "Field: Alpha" in field["html"]


def test_what_cannot_be_saved_yet_waits_and_the_rest_is_saved(writing, mine):
    client, data = writing
    code, answer = sent(client, mine, data, title="T" * 501, standfirst="New.")
    assert (code, answer["status"]) == (200, "saved")
    assert list(answer["waiting"]) == ["title"]
    assert "500" in answer["waiting"]["title"][0]
    stored = Article.objects.get(pk=mine.pk)
    assert (stored.title, stored.standfirst) == ("Old title", "New.")
    code, answer = sent(client, mine, went_on(data, answer) | {"standfirst": "New.", "title": "Short"})
    assert Article.objects.get(pk=mine.pk).title == "Short"


@pytest.mark.parametrize("slug", ["taken", "Not An Address!"])
def test_an_address_that_cannot_be_taken_waits_and_the_rest_is_saved(writing, mine, slug):
    make_article(slug="taken")
    client, data = writing
    code, answer = sent(client, mine, data, slug=slug, title="New title")
    assert (code, list(answer["waiting"])) == (200, ["slug"])
    assert "address" in answer["waiting"]["slug"][0]
    assert Article.objects.get(pk=mine.pk).title == "New title"


def test_what_the_desk_puts_into_its_proper_form_comes_back(writing, mine):
    client, data = writing
    link = make_link("https://example.org/second")
    rows = [*data["source_list"], str(link.pk)]
    typed = {"source_list": data["source_list"], "source_list-add": link.cleaned}
    code, answer = sent(client, mine, data, **typed)
    field = next(field for field in answer["fields"] if field["name"] == "source_list")
    assert (code, field["mine"]) == (200, False)
    assert all(f'value="{pk}"' in field["html"] for pk in rows)


def test_a_body_is_not_taken_for_changed_because_it_was_cleaned(writing, mine):
    client, data = writing
    body = '<p class="x">New <b>body</b>.</p>'
    _, answer = sent(client, mine, data, body=body)
    assert answer["fields"] == []
    code, answer = sent(client, mine, went_on(data, answer) | {"body": body})
    assert (code, answer["status"]) == (200, "same")
    assert Article.objects.get(pk=mine.pk).body == "<p>New <strong>body</strong>.</p>"


def test_each_contested_field_names_who_wrote_it_and_not_who_came_last(writing, mine, manager, administrator):
    client, data = writing
    manager.first_name, manager.last_name = "Mara", "Kent"
    manager.save()
    step("edit", mine, manager, changes={"standfirst": "Mara's standfirst."})
    step("edit", mine, administrator, changes={"title": "Another title"})
    _, answer = sent(client, mine, data, title="Mine", standfirst="My standfirst.")
    named = {field["name"]: field["by"] for field in answer["fields"] if field["mine"]}
    them = badges.named(administrator)
    assert named == {"standfirst": "Mara Kent", "title": them}
    assert answer["by"] == them


def test_ones_own_other_window_is_named_as_such(writing, mine, curator):
    client, data = writing
    step("edit", mine, curator, changes={"standfirst": "From the other window."})
    _, answer = sent(client, mine, data, standfirst="From this one.")
    (field,) = answer["fields"]
    assert (field["mine"], field["by"]) == (True, "You, in another window,")


def test_what_was_read_of_the_page_meanwhile_is_no_conflict(writing, mine):
    client, data = writing
    step("edit", mine, store.HARVEST, changes={"picture_credit": "From the page"})
    code, answer = sent(client, mine, data, title="Mine")
    assert (code, answer["status"]) == (200, "saved")
    assert [(f["name"], f["value"], f["mine"]) for f in answer["fields"]] == [
        ("picture_credit", "From the page", False)
    ]


# Two people and one list ---------------------------------------------------------------------------------------------


def things(kind, number):
    """Things that stand in a list of this name."""
    made = {
        "topic_list": make_topic,
        "byline_list": make_author,
        "source_list": make_link,
        "offering_list": make_offering,
    }
    return [made[kind]() for _ in range(number)]


PARTS = {
    "topic_list": ("topics", "topic", {}),
    "byline_list": ("bylines", "author", {}),
    "source_list": ("sources", "link", {"role": "source", "reason": ""}),
    "offering_list": ("offerings", "offering", {"role": "related"}),
}


def in_list(kind, given):
    """These things as changes of a list."""
    part, key, extras = PARTS[kind]
    return {part: [{key: thing.pk} | extras for thing in given]}


def as_sent(kind, given, **more):
    """These things as a form sends them."""
    extras = {f"{kind}-{name}": [value] * len(given) for name, value in PARTS[kind][2].items()}
    return {kind: [str(thing.pk) for thing in given]} | extras | more


def stored_list(kind, article):
    part, key, _ = PARTS[kind]
    return [row[key] for row in snapshot(Article.objects.get(pk=article.pk))[part]]


def shown_list(field):
    """The ids of the rows of a list's HTML."""
    return [int(pk) for pk in re.findall(rf'type="hidden" name="{field["name"]}" value="([0-9]+)"', field["html"])]


@pytest.fixture(params=PARTS)
def listed(request, client, curator):
    """A list with two things, open in a curator's browser: its name, the things, four more, the article, the form."""
    kind = request.param
    first, second, *more = things(kind, 6)
    article = make_article(owner=curator, **in_list(kind, [first, second]))
    client.force_login(curator)
    return kind, (first, second), more, article, form_of(client, article)


def test_what_both_changed_of_a_list_is_one_list(client, listed, manager):
    kind, (first, second), (mine, theirs, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [first, theirs]))
    code, answer = sent(client, article, data | as_sent(kind, [first, second, mine]), title="Mine")
    (field,) = answer["fields"]
    assert (code, field["name"], field["mine"], field["merged"]) == (409, kind, False, True)
    merged = [first.pk, theirs.pk, mine.pk]
    assert shown_list(field) == merged
    data = went_on(data, answer) | as_sent(kind, [first, theirs, mine])
    code, answer = sent(client, article, data, title="Mine")
    assert (code, answer["status"], answer["fields"]) == (200, "saved", [])
    assert (stored_list(kind, article), Article.objects.get(pk=article.pk).title) == (merged, "Mine")


def test_what_one_goes_on_to_do_with_a_list_is_merged_when_it_is_saved(client, listed, manager):
    """The page had sent other fields when it heard of the list, and its rows changed meanwhile."""
    kind, (first, second), (mine, theirs, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [first, second, theirs]))
    _, answer = sent(client, article, data, title="Mine")
    seen = answer["seen"] | {kind: json.loads(data["seen"])[kind]}
    went = {"edit": str(answer["edit"]), "seen": json.dumps(seen)}
    code, answer = sent(client, article, data | went | as_sent(kind, [second, first, mine]))
    assert code == 200
    assert stored_list(kind, article) == [second.pk, theirs.pk, first.pk, mine.pk]
    assert shown_list(answer["fields"][0]) == stored_list(kind, article)


def test_where_both_put_another_first_one_chooses_and_the_rest_is_saved(client, listed, manager):
    kind, (first, second), (mine, theirs, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [theirs, first, second]))
    sending = data | as_sent(kind, [mine, first, second])
    code, answer = sent(client, article, sending, title="Mine")
    (field,) = answer["fields"]
    assert (code, field["mine"], shown_list(field)) == (409, True, [theirs.pk, first.pk, second.pk])
    assert {kind for kind, _ in field["spans"]} == {"removed", "added", "same"}
    code, answer = sent(client, article, went_on(sending, answer), title="Mine", hold=kind)
    assert (code, Article.objects.get(pk=article.pk).title, list(answer["waiting"])) == (200, "Mine", [kind])
    seen = answer["seen"] | {kind: answer["fields"][0]["mark"]}
    code, answer = sent(client, article, sending | {"edit": answer["edit"], "seen": json.dumps(seen), "title": "Mine"})
    assert (code, stored_list(kind, article)) == (200, [mine.pk, first.pk, second.pk])


def test_a_list_that_one_emptied_and_the_other_added_to(client, listed, manager):
    kind, (first, second), (_, theirs, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [first, second, theirs]))
    code, answer = sent(client, article, data | as_sent(kind, []))
    assert (code, shown_list(answer["fields"][0])) == (409, [theirs.pk])


def test_what_one_took_out_is_gone_and_what_the_other_added_is_there(client, listed, manager):
    """The other way round: who was faster took something out."""
    kind, (first, second), (mine, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [first]))
    sending = data | as_sent(kind, [first, second, mine])
    code, answer = sent(client, article, sending)
    assert (code, shown_list(answer["fields"][0])) == (409, [first.pk, mine.pk])
    code, answer = sent(client, article, went_on(sending, answer) | as_sent(kind, [first, mine]))
    assert (code, stored_list(kind, article)) == (200, [first.pk, mine.pk])


@pytest.mark.parametrize("kind", ["source_list", "offering_list"])
@pytest.mark.parametrize("is_mine_out", [True, False])
def test_where_one_took_out_what_the_other_changed_one_chooses(client, curator, manager, kind, is_mine_out):
    first, second = things(kind, 2)
    article = make_article(owner=curator, **in_list(kind, [first, second]))
    client.force_login(curator)
    data, (part, _, extras) = form_of(client, article), PARTS[kind]
    other = {"source_list": "via", "offering_list": "about"}[kind]
    theirs = in_list(kind, [first, second] if is_mine_out else [first])
    if is_mine_out:
        theirs[part][1] |= {"role": other}
    step("edit", article, manager, changes=theirs)
    mine = as_sent(kind, [first] if is_mine_out else [first, second])
    if not is_mine_out:
        mine[f"{kind}-role"] = [extras["role"], other]
    code, answer = sent(client, article, data | mine)
    (field,) = answer["fields"]
    assert (code, field["name"], field["mine"]) == (409, kind, True)
    assert shown_list(field) == ([first.pk, second.pk] if is_mine_out else [first.pk])
    assert stored_list(kind, article) == shown_list(field)


def test_the_differences_of_a_list_are_shown_before_a_plain_form_merges_them(client, listed, manager):
    kind, (first, second), (mine, theirs, *_), article, data = listed
    step("edit", article, manager, changes=in_list(kind, [first, second, theirs]))
    place = reverse("admin:curation_article_differences", args=[article.pk])
    answer = client.post(place, data | as_sent(kind, [first, mine]))
    (shown,) = answer.context["differences"]
    assert answer.status_code == 200
    stored, typed = (
        "".join(span.words for span in shown.spans if span.kind in ("same", side)) for side in ("removed", "added")
    )
    assert stored.splitlines() == [str(one) for one in (first, second, theirs)]
    assert typed.splitlines() == [str(one) for one in (first, mine)]


def test_what_was_entered_in_a_lists_box_stays_there_when_somebody_was_faster(writing, mine, manager):
    client, data = writing
    alpha = make_topic("Field: Alpha")
    step("edit", mine, manager, changes=in_list("source_list", [make_link()]))
    typed = {"source_list-add": "https://www.example.org/typed", "topic_list-add": "Field: Alpha; Field: Beta"}
    code, answer = sent(client, mine, data | typed, source_list=data["source_list"])
    field = next(field for field in answer["fields"] if field["name"] == "source_list")
    assert (code, "https://www.example.org/typed" in field["html"]) == (409, True)
    code, answer = sent(client, mine, went_on(data, answer) | typed)
    assert (code, list(answer["waiting"])) == (200, ["topic_list"])
    assert alpha.pk in stored_list("topic_list", mine)
    assert Article.objects.get(pk=mine.pk).sources.filter(pasted=typed["source_list-add"]).exists()


def test_words_typed_while_one_hears_of_anothers_wait_for_a_choice(writing, mine, manager):
    client, data = writing
    step("edit", mine, manager, changes={"standfirst": "Theirs."})
    _, answer = sent(client, mine, data, title="Mine")
    seen = answer["seen"] | {"standfirst": json.loads(data["seen"])["standfirst"]}
    went = {"edit": str(answer["edit"]), "seen": json.dumps(seen), "title": "Mine", "standfirst": "Mine, meanwhile."}
    code, answer = sent(client, mine, data | went)
    assert (code, [(f["name"], f["mine"], f["value"]) for f in answer["fields"]]) == (
        409, [("standfirst", True, "Theirs.")]
    )  # fmt: skip
    assert Article.objects.get(pk=mine.pk).standfirst == "Theirs."


@pytest.mark.parametrize("seen", ["7", "[]", '{"topic_list": 7}', '{"topic_list": "[[7]]"}', '{"topic_list": "abc"}'])
@pytest.mark.parametrize("pk", ["²", "٣", str(2**63), "9" * 29, "-1", "nan", "9" * 5000])
def test_a_list_of_nonsense_waits_and_the_rest_is_saved(writing, mine, manager, seen, pk):
    client, data = writing
    step("edit", mine, manager, changes=in_list("topic_list", [make_topic()]))
    edit = Article.objects.get(pk=mine.pk).edit
    code, answer = sent(client, mine, data, topic_list=[pk], seen=seen, edit=edit, title="Mine")
    assert (code, "topic_list" in answer["waiting"]) in ((200, True), (409, False), (409, True))


# Who may -------------------------------------------------------------------------------------------------------------


def test_an_ended_session_is_told_so_in_json_and_nothing_is_written(writing, mine):
    client, data = writing
    client.logout()
    code, answer = sent(client, mine, data, title="Mine")
    assert (code, answer["status"], answer["door"]) == (401, "signed-out", reverse("admin:login"))
    assert Article.objects.get(pk=mine.pk).title == "Old title"


def test_somebody_else_in_the_same_browser_saves_nothing_for_the_first(writing, mine, curator, manager):
    client, data = writing
    client.force_login(manager)
    code, answer = sent(client, mine, data | {"as": str(curator.pk)}, title="Mine")
    assert (code, answer["status"]) == (401, "signed-out")
    assert Article.objects.get(pk=mine.pk).title == "Old title"


@pytest.mark.parametrize(("who", "code"), [("reader", 403), ("colleague", 404), ("bystander", 403)])
def test_nobody_saves_what_is_not_theirs(writing, mine, client, who, code, reader):
    _, data = writing
    people = {"reader": reader, "colleague": make_person("Curator"), "bystander": make_person()}
    client.force_login(people[who])
    assert sent(client, mine, data, title="Mine")[0] == code
    assert Article.objects.get(pk=mine.pk).title == "Old title"


def test_an_article_in_review_says_who_may_still_write(client, curator):
    article = make_in("in_review", owner=curator)
    client.force_login(curator)
    code, answer = sent(client, article, {"edit": article.edit, "title": "Mine", "seen": "{}"})
    assert (code, answer["status"], answer["rule"]) == (403, "refused", "who")
    assert "a manager or its owner whose edit sent it back to review can" in answer["words"]


def test_an_edit_of_a_live_article_shows_readers_nothing(client, manager):
    edition = make_published(title="As it is")
    client.force_login(manager)
    data = form_of(client, edition.article)
    code, _ = sent(client, edition.article, data, title="As it will be")
    edition.refresh_from_db()
    assert (code, edition.title, Article.objects.get(pk=edition.article_id).state) == (200, "As it is", "in_review")


def test_whoever_changes_what_was_approved_goes_on_writing_in_review(client, curator):
    article = make_in("approved", owner=curator)
    client.force_login(curator)
    data, title = form_of(client, article), article.title
    for words, state in (("A", "in_review"), ("An", "in_review"), (title, "approved"), ("Another", "in_review")):
        code, answer = sent(client, article, data, title=words)
        data |= {"edit": answer["edit"], "seen": json.dumps(answer["seen"])}
        assert (code, answer["status"], answer["state"]) == (200, "saved", state)


def test_a_get_saves_nothing(writing, mine):
    assert writing[0].get(address(mine)).status_code == 405


# The first words -----------------------------------------------------------------------------------------------------


def test_the_first_save_begins_one_draft_however_often_it_is_sent(client, curator):
    client.force_login(curator)
    key = str(uuid.uuid4())
    first = client.post(reverse(BEGIN), {"client": key, "title": "First words", "seen": ""}).json()
    again = client.post(reverse(BEGIN), {"client": key, "title": "First words, longer", "seen": ""}).json()
    assert first["article"] == again["article"]
    article = Article.objects.get()
    assert (article.title, article.owner, DraftKey.objects.count()) == ("First words, longer", curator, 1)


def test_two_people_with_one_key_have_two_drafts(client, curator, manager):
    key = str(uuid.uuid4())
    for person in (curator, manager):
        client.force_login(person)
        client.post(reverse(BEGIN), {"client": key, "title": person.username})
    assert {article.title for article in Article.objects.all()} == {curator.username, manager.username}


@pytest.mark.parametrize("key", ["", "1", "x" * 5_000, "\x00"])
def test_a_page_without_a_proper_key_begins_nothing(client, curator, key):
    client.force_login(curator)
    response = client.post(reverse(BEGIN), {"client": key, "title": "First"})
    assert (response.status_code, Article.objects.count()) == (400, 0)


def test_a_reader_begins_nothing(client, reader):
    key = str(uuid.uuid4())
    assert client.post(reverse(BEGIN), {"client": key, "title": "First"}).status_code == 401
    client.force_login(reader)
    assert client.post(reverse(BEGIN), {"client": key, "title": "First"}).status_code == 403
    assert Article.objects.count() == 0


@pytest.mark.parametrize("topics", [1, 8])
def test_a_save_costs_the_same_however_many_topics(client, curator, topics, django_assert_max_num_queries):
    article = make_article(owner=curator, topics=[make_topic() for _ in range(topics)])
    client.force_login(curator)
    data = form_of(client, article)
    with django_assert_max_num_queries(46):
        assert sent(client, article, data, title="New")[0] == 200
    assert ArticleTopic.objects.filter(content_object=article).count() == topics
