"""Bulk work: exactly what was chosen, told before it is done, in slices, undone for ten minutes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import signing
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation import bulk, workflow
from curation.bulk import runner
from curation.models import Article, Audit, Batch, BatchItem, Edition, LogEntry, State, Version
from offerings.models import PublicationCounter
from tests.factories import MACHINE, make_article, make_in, make_person, make_published, make_topic, step

LIST, BULK = "admin:curation_article_changelist", "admin:curation_article_bulk"


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch):
    """Everything goes in one piece, however slow the machine: the clock of the slices stands still."""
    monkeypatch.setattr(runner, "monotonic", lambda: 0.0)


def said(response):
    return [str(message) for message in response.context["messages"]]


def page_of(batch):
    return reverse("admin:curation_article_batch", args=[batch.pk])


def newest():
    return Batch.objects.latest("pk")


def chosen(articles, kind, by, told=None):
    """A batch of these articles as they are now, tried."""
    edits = dict(Article.objects.filter(pk__in=[a.pk for a in articles]).values_list("pk", "edit"))
    batch = bulk.choose(kind, edits.items(), by=by)
    if told:
        bulk.keep_details(batch, {"told": told})
    while bulk.advance(batch, by=by):
        pass
    return batch


def done(articles, kind, by, told=None):
    """The same, done."""
    batch = chosen(articles, kind, by, told)
    bulk.begin(batch, by=by)
    while bulk.advance(batch, by=by):
        pass
    return batch


def undone(batch, by):
    bulk.undo(batch, by=by)
    while bulk.advance(batch, by=by):
        pass
    return batch


def states(batch):
    return sorted(batch.items.values_list("state", flat=True))


def world():
    """All that bulk work could change, but for its own rows."""
    models = (Article, Version, Edition, LogEntry, PublicationCounter)
    return [list(model.objects.order_by("pk").values()) for model in models]


# The trial -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", bulk.KINDS)
def test_a_trial_writes_nothing_and_says_what_then_comes_true(kind, manager, curator, settings):
    settings.FOUR_EYES = True
    topic = make_topic("Field: Kept")
    articles = [make_in(state, owner=curator, topics=[make_topic()]) for state in State.values]
    articles += [make_published().article, make_article(sources=[]), make_article(owner=manager, topics=[topic])]
    articles += [make_in("in_review", owner=manager)]
    told = {
        "publish": {},
        "schedule": {"at": (timezone.now() + timedelta(days=1)).isoformat()},
        "assign": {"owner": manager.pk},
        "add_topic": {"topic": topic.pk},
        "remove_topic": {"topic": topic.pk},
    }.get(kind, {"reason": "For the test."} if bulk.KINDS[kind].asks else None)
    before = world()
    batch = chosen(articles, kind, manager, told if told != {} else {"note": "n"})
    assert world() == before
    foreseen = {item.article_id: (item.state, item.was, item.becomes) for item in batch.items.all()}
    assert {BatchItem.State.READY, BatchItem.State.REFUSED} == {state for state, *_ in foreseen.values()}
    bulk.begin(batch, by=manager)
    while bulk.advance(batch, by=manager):
        pass
    for item in batch.items.select_related("article"):
        state, was, becomes = foreseen[item.article_id]
        assert item.state == {"ready": "done", "refused": "refused"}[state], item.words
        if state == "ready":
            assert (item.article.state, item.article.edit) == (becomes, item.edit)
            logged = item.article.log.first()
            assert (logged.step, logged.by, logged.from_state) == (bulk.KINDS[kind].step, manager, was)
        else:
            assert item.words


def test_refusals_are_grouped_by_rule_with_who_can_and_some_titles(at_desk, curator):
    bare = [make_article(sources=[], owner=curator, title=f"Bare {n}") for n in range(7)]
    declined = make_in("declined", owner=curator)
    batch = chosen([*bare, declined], "submit", curator)
    groups = at_desk(curator).get(page_of(batch)).context["refused"]
    assert [(group["rule"], group["number"], len(group["items"]), group["more"]) for group in groups] == [
        ("What the checks ask for", 7, 5, 2),
        ("The state it is in", 1, 1, 0),
    ]
    assert groups[0]["who"] == "Its owner or a manager can mend it."
    assert "its owner or a manager can from “Draft” or “Changes requested”" in groups[1]["words"]


def test_approving_many_names_the_version_of_each_and_no_other_is_approved(at_desk, manager):
    same, moved = make_in("in_review"), make_in("in_review")
    batch = chosen([same, moved], "approve", manager)
    page = at_desk(manager).get(page_of(batch)).content.decode()
    for article in (same, moved):
        version = article.versions.first()
        assert reverse("admin:curation_version_change", args=[version.pk]) in page
    step("edit", moved, changes={"title": "Something else"})
    bulk.begin(batch, by=manager)
    bulk.advance(batch, by=manager)
    assert Article.objects.get(pk=same.pk).approved_version == same.versions.first()
    assert batch.items.get(article=moved).code == "stale"


def test_what_is_approved_in_bulk_may_be_drawn_for_a_second_look(manager, curator, settings):
    settings.AUDITED_SHARE = 1
    articles = [make_in("in_review", by=curator) for _ in range(3)]
    done(articles, "approve", manager)
    drawn = Audit.objects.values_list("article", "approved_by", "version")
    assert sorted(drawn) == [(one.pk, manager.pk, one.versions.latest("number").pk) for one in articles]


def test_a_topic_more_goes_last_and_an_approved_brief_is_in_review_as_was_told(at_desk, manager):
    first, more = make_topic(), make_topic()
    article = make_in("approved", topics=[first])
    batch = chosen([article], "add_topic", manager, {"topic": more.pk})
    assert at_desk(manager).get(page_of(batch)).context["moves"] == [(State.APPROVED, State.IN_REVIEW, 1)]
    bulk.begin(batch, by=manager)
    bulk.advance(batch, by=manager)
    assert list(article.topics.all()) == [first, more]
    undone(batch, manager)
    assert list(article.topics.all()) == [first]


# Exactly those -------------------------------------------------------------------------------------------------------


def across(client, kind, question, **data):
    """Choose all that match, as the list's form does it."""
    token = client.get(reverse(LIST), question).context["list"]["token"]
    return token, {"kind": kind, "across": "1", "seen": token, "back": "state=draft"} | data


def test_all_that_match_are_those_that_matched_on_the_screen(at_desk, curator):
    articles = [make_article(owner=curator) for _ in range(30)]
    client = at_desk(curator)
    _, data = across(client, "submit", {"state": "draft", "owner": "me"})
    late, gone, touched = make_article(owner=curator), articles[0], articles[1]
    step("edit", touched, curator, changes={"title": "A session that goes on"})
    step("decline", gone, curator, reason="No.")
    step("edit", touched, curator, changes={"title": "Meanwhile"})
    response = client.post(reverse(BULK), data, follow=True)
    batch = newest()
    items = dict(batch.items.values_list("article_id", "code"))
    assert items.keys() == {article.pk for article in articles[1:]} | {late.pk}
    assert {pk for pk, code in items.items() if code == "since"} == {late.pk, touched.pk}
    client.post(page_of(batch), {"do": "begin"})
    assert set(Article.objects.awaiting_review()) == set(articles[2:])
    assert "It came into this list, or was changed" in response.content.decode()


def test_how_many_matched_and_match_is_said(at_desk, curator):
    articles = [make_article(owner=curator) for _ in range(3)]
    client = at_desk(curator)
    _, data = across(client, "submit", {"state": "draft"})
    step("decline", articles[0], curator, reason="No.")
    response = client.post(reverse(BULK), data, follow=True)
    assert response.context["batch"].note == (
        "When the list was on your screen 3 matched; 2 do now. What is new is left out."
    )


@pytest.mark.parametrize("spoil", ["forged", "another's", "none"])
def test_a_list_that_was_not_on_ones_screen_is_refused(at_desk, curator, manager, spoil):
    make_article(owner=curator)
    token, data = across(at_desk(manager), "submit", {"state": "draft"})
    data["seen"] = {"forged": signing.dumps({"query": ""}, salt="x"), "another's": token, "none": ""}[spoil]
    response = at_desk(curator).post(reverse(BULK), data, follow=True)
    assert said(response) == [
        "The list on your screen is too old, or is somebody else's. Open it again, and choose anew."
    ]
    assert not Batch.objects.exists()


def test_a_tick_is_the_edit_that_was_on_the_screen(at_desk, curator):
    fresh, stale = make_article(owner=curator), make_article(owner=curator)
    ticks = [f"{article.pk}:{article.edit}" for article in (fresh, stale)]
    step("edit", stale, curator, changes={"title": "Meanwhile"})
    client = at_desk(curator)
    client.post(reverse(BULK), {"kind": "submit", "chosen": [*ticks, "x:y", "7", "9" * 30 + ":1"], "back": ""})
    client.post(page_of(newest()), {"do": "begin"})
    assert [item.code for item in newest().items.order_by("article_id")] == ["", "stale"]
    stale.refresh_from_db()
    assert stale.state == "draft"


def test_what_one_does_not_see_cannot_be_chosen(at_desk, curator, manager):
    theirs = make_article(owner=manager, title="Secret")
    response = at_desk(curator).post(reverse(BULK), {"kind": "claim", "chosen": [f"{theirs.pk}:0"]}, follow=True)
    assert said(response) == ["Nothing is selected. Tick some briefs first."]
    assert not Batch.objects.exists()


# Doing ---------------------------------------------------------------------------------------------------------------


def test_a_reason_is_asked_for_before_anything_is_tried(at_desk, manager):
    articles = [make_published().article for _ in range(2)]
    client = at_desk(manager)
    ticks = [f"{article.pk}:{article.edit}" for article in articles]
    page = client.post(reverse(BULK), {"kind": "withdraw", "chosen": ticks, "back": "reach=live"}, follow=True)
    batch = newest()
    assert batch.stage == "asking"
    page = client.post(page_of(batch), {"do": "tell", "reason": " "})
    assert page.context["form"].errors["reason"] == ["It needs a reason, so that others understand."]
    client.post(page_of(batch), {"do": "tell", "reason": "Both were wrong."})
    assert Edition.objects.live().count() == 2
    end = client.post(page_of(batch), {"do": "begin"}, follow=True)
    assert end.redirect_chain[-1][0] == f"{reverse(LIST)}?reach=live"
    assert said(end)[0].startswith("2 briefs withdrawn. <button")
    assert Edition.objects.live().count() == 0
    assert set(Edition.objects.values_list("reason", flat=True)) == {"Both were wrong."}


def test_a_topic_is_named_as_everywhere(at_desk, curator):
    topic = make_topic("Gartner: Digital Twin")
    topic.synonyms.create(spelling="virtual double")
    article = make_article(owner=curator)
    client = at_desk(curator)
    client.post(reverse(BULK), {"kind": "add_topic", "chosen": f"{article.pk}:{article.edit}"})
    page = client.post(page_of(newest()), {"do": "tell", "topic": "Perpetual Motion"})
    assert page.context["form"].errors["topic"][0].startswith("No topic in use is called “Perpetual Motion”.")
    client.post(page_of(newest()), {"do": "tell", "topic": "Virtual Double"})
    client.post(page_of(newest()), {"do": "begin"})
    assert topic in article.topics.all()


def test_many_are_given_to_somebody(at_desk, manager, curator):
    articles = [make_article(owner=manager), make_article()]
    client = at_desk(manager)
    client.post(reverse(BULK), {"kind": "assign", "chosen": [f"{a.pk}:{a.edit}" for a in articles]})
    client.post(page_of(newest()), {"do": "tell", "owner": curator.pk, "reviewer": ""})
    client.post(page_of(newest()), {"do": "begin"})
    assert set(Article.objects.values_list("owner", flat=True)) == {curator.pk}
    client.post(page_of(newest()), {"do": "undo"})
    assert {a.pk: a.owner for a in Article.objects.all()} == {articles[0].pk: manager, articles[1].pk: None}


def test_work_that_takes_long_goes_on_piece_by_piece_and_may_be_stopped(at_desk, curator, monkeypatch):
    articles = [make_article(owner=curator) for _ in range(5)]
    batch = chosen(articles, "submit", curator)
    monkeypatch.setattr(runner, "_FIRST_SLICE", 2)
    monkeypatch.setattr(runner, "_LARGEST_SLICE", 2)
    monkeypatch.setattr(runner, "monotonic", iter(range(10_000)).__next__)  # every slice seems to last a second
    client = at_desk(curator)
    page = client.post(page_of(batch), {"do": "begin"}, follow=True)
    assert page.context["is_going"]
    through = page.context["through"]
    assert 0 < through < 5
    answer = client.post(page_of(batch), {"do": "go"}, headers={"X-Requested-With": "fetch"}).json()
    assert through < answer["through"] < 5
    client.post(page_of(batch), {"do": "stop"})
    assert Article.objects.awaiting_review().count() == answer["through"]
    assert newest().stage == "done"


def test_two_windows_do_nothing_twice(curator):
    articles = [make_article(owner=curator) for _ in range(3)]
    batch = chosen(articles, "submit", curator)
    other = Batch.objects.get(pk=batch.pk)
    bulk.begin(batch, by=curator)
    with pytest.raises(bulk.BulkRefused, match="begun already"):
        bulk.begin(other, by=curator)
    bulk.advance(batch, by=curator)
    other.stage = "doing"
    assert bulk.advance(other, by=curator) is False
    assert LogEntry.objects.filter(step="submit").count() == 3


def test_a_slice_costs_the_same_queries_however_many_it_takes(curator):
    costs = []
    for number in (2, 12):
        batch = chosen([make_article(owner=curator, topics=[make_topic()]) for _ in range(number)], "submit", curator)
        bulk.begin(batch, by=curator)
        with CaptureQueriesContext(connection) as asked:
            bulk.advance(batch, by=curator)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 60


def test_a_page_of_bulk_work_costs_the_same_however_much_there_is(at_desk, curator, django_assert_max_num_queries):
    client, costs = at_desk(curator), []
    for number in (2, 12):
        batch = chosen([make_article(owner=curator) for _ in range(number)], "submit", curator)
        client.get(page_of(batch))
        with django_assert_max_num_queries(16) as asked:
            client.get(page_of(batch))
        costs.append(len(asked))
    assert costs[0] == costs[1]


# Undoing -------------------------------------------------------------------------------------------------------------

STEPS_BACK = [
    ("submit", "draft"),
    ("submit", "changes_requested"),
    ("take_back", "in_review"),
    ("return", "in_review"),
    ("return", "approved"),
    ("approve", "in_review"),
    ("claim", "draft"),
    ("release", "draft"),
    ("assign", "in_review"),
    ("add_topic", "draft"),
    ("add_topic", "approved"),
    ("remove_topic", "approved"),
    ("decline", "in_review"),
    ("decline", "changes_requested"),
    ("reopen", "declined"),
    ("publish", "approved"),
    ("schedule", "approved"),
]


def told_to(kind, manager, topic):
    """What a kind of work is told."""
    later = (timezone.now() + timedelta(days=1)).isoformat()
    return {
        "add_topic": {"topic": make_topic().pk},
        "remove_topic": {"topic": topic.pk},
        "assign": {"owner": None, "reviewer": manager.pk},
        "publish": {"note": "n"},
        "schedule": {"at": later},
        **dict.fromkeys(("return", "decline", "withdraw"), {"reason": "For the test."}),
    }.get(kind)


def stood(article):
    """All that an article is, its Editions and topics; but for its edit, and for what was pressed and never seen."""
    columns = Article.objects.filter(pk=article.pk).values().get() | {"edit": None}
    editions = Edition.objects.filter(article=article, live_from__lt=F("live_until")).order_by("pk").values()
    filed = article.article_topics.order_by("position").values_list("tag", "spelling")
    return columns, list(editions), list(filed)


@pytest.mark.parametrize(("kind", "state"), STEPS_BACK)
def test_undoing_puts_everything_back_and_says_so_in_the_log(kind, state, manager, curator, clock):
    topic = make_topic()
    article = make_in(state, owner=manager if kind in ("take_back", "release") else None, topics=[topic, make_topic()])
    clock.turn(hours=5)
    before = stood(article)
    batch = done([article], kind, manager, told_to(kind, manager, topic))
    item = batch.items.get()
    assert item.state == "done", item.words
    assert stood(article) != before
    clock.turn(minutes=1)
    undone(batch, manager)
    logged = article.log.first()
    assert stood(article) == before
    assert (batch.items.get().state, batch.items.get().undo_words) == ("undone", "")
    assert (logged.step, logged.by, logged.reason) == ("undo", manager, bulk.reason(batch))
    assert logged.details["undone"] == [bulk.KINDS[kind].step]


def test_what_was_published_is_undone_before_it_goes_out(manager, clock):
    live, first = make_published(), make_in("approved")
    step("edit", live.article, changes={"title": "Second edition"})
    step("approve", live.article)
    clock.turn(hours=1)
    before = [stood(article) for article in (live.article, first)]
    batch = done([live.article, first], "publish", manager, {"note": "n"})
    clock.turn(minutes=1, seconds=50)
    assert list(Edition.objects.live(clock.at)) == [live]
    undone(batch, manager)
    clock.turn(minutes=5)
    assert [stood(article) for article in (live.article, first)] == before


def test_what_readers_have_seen_is_withdrawn_or_rolled_back_and_told(at_desk, manager, clock):
    live, first = make_published(), make_in("approved", title="First")
    step("edit", live.article, changes={"title": "Second edition"})
    step("approve", live.article)
    batch = chosen([live.article, first], "publish", manager, {"note": "n"})
    assert {words for *_, words in at_desk(manager).get(page_of(batch)).context["undoing"]} == {
        "Undone once it is out, it leaves readers a page that says it was withdrawn.",
        "Undone once it is out, what readers saw before is published again.",
    }
    bulk.begin(batch, by=manager)
    bulk.advance(batch, by=manager)
    clock.turn(minutes=5)
    assert set(Edition.objects.live(clock.at).values_list("title", flat=True)) == {"Second edition", "First"}
    client = at_desk(manager)
    *_, words = said(client.post(page_of(batch), {"do": "undo"}, follow=True))
    assert "1 was out, and leaves readers a page that says it was withdrawn." in words
    assert list(Edition.objects.live(clock.at).values_list("title", flat=True)) == [live.title]
    assert {item.article for item in client.get(page_of(batch)).context["different"]["items"]} == {live.article, first}


def test_what_was_withdrawn_is_out_or_scheduled_as_before(manager, clock):
    live, later = make_published().article, make_published(at=timezone.now() + timedelta(days=1)).article
    before = [stood(article) for article in (live, later)]
    batch = done([live, later], "withdraw", manager, {"reason": "Wrong."})
    assert not Edition.objects.live(clock.at).exists()
    clock.turn(minutes=9)
    undone(batch, manager)
    assert [stood(article) for article in (live, later)] == before


def test_many_go_out_at_an_hour_that_is_owed(at_desk, manager, clock):
    articles = [make_in("approved"), make_in("approved"), make_in("draft", title="Not ready")]
    client = at_desk(manager)
    client.post(reverse(BULK), {"kind": "schedule", "chosen": [f"{a.pk}:{a.edit}" for a in articles]})
    batch = newest()
    page = client.post(page_of(batch), {"do": "tell", "at": ""})
    assert page.context["form"].errors["at"] == ["Choose the hour at which they go out."]
    hour = clock.after(days=2).replace(second=0, microsecond=0)
    shown = timezone.localtime(hour).strftime("%Y-%m-%dT%H:%M")
    client.post(page_of(batch), {"do": "tell", "at": shown})
    page = client.get(page_of(batch))
    ((group),) = page.context["refused"]
    assert "Approved" in group["words"]
    assert reverse("admin:curation_article_change", args=[articles[2].pk]) in page.content.decode()
    client.post(page_of(batch), {"do": "begin"})
    assert set(Edition.objects.values_list("live_from", flat=True)) == {hour}


@pytest.mark.parametrize("kind", ["submit", "decline", "claim", "add_topic"])
def test_a_curator_undoes_what_they_did_themselves(kind, curator):
    articles = [make_article(owner=None if kind == "claim" else curator) for _ in range(2)]
    before = [stood(article) for article in articles]
    batch = done(articles, kind, curator, told_to(kind, curator, make_topic()))
    assert states(batch) == ["done", "done"]
    undone(batch, curator)
    assert (states(batch), [stood(article) for article in articles]) == (["undone", "undone"], before)


def test_who_may_not_take_the_step_any_more_does_not_undo_it(manager):
    articles = [make_in("in_review")]
    batch = done(articles, "approve", manager)
    manager.groups.clear()
    manager.user_permissions.add(Permission.objects.get(codename="write_article"))
    lesser = type(manager).objects.get(pk=manager.pk)
    undone(batch, lesser)
    assert [(item.state, item.code) for item in batch.items.all()] == [("kept", "who")]
    articles[0].refresh_from_db()
    assert articles[0].state == "approved"


def test_a_topic_that_was_deleted_since_is_not_put_back(manager):
    topic = make_topic()
    article = make_article(topics=[topic])
    batch = done([article], "remove_topic", manager, {"topic": topic.pk})
    topic.delete()
    undone(batch, manager)
    assert [(item.state, item.code) for item in batch.items.all()] == [("kept", "gone")]


def test_what_somebody_touched_since_is_left_and_listed(at_desk, curator, manager):
    left, touched = make_article(), make_article()
    batch = done([left, touched], "claim", curator)
    step("edit", touched, curator, changes={"title": "Worked on"})
    client = at_desk(curator)
    page = client.post(page_of(batch), {"do": "undo"}, follow=True)
    owners = {article.pk: article.owner for article in Article.objects.all()}
    assert owners == {left.pk: None, touched.pk: curator}
    (group,) = page.context["kept"]
    assert group["words"] == f"{curator} was at it since, so it is left as it is."
    assert [item.article for item in group["items"]] == [touched]


def test_a_second_undo_does_nothing(at_desk, curator):
    article = make_article()
    batch = done([article], "claim", curator)
    client = at_desk(curator)
    assert said(client.post(page_of(batch), {"do": "undo"}, follow=True)) == ["Undone: 1 brief as before."]
    logged = LogEntry.objects.count()
    assert said(client.post(page_of(batch), {"do": "undo"}, follow=True)) == ["This was undone already."]
    assert LogEntry.objects.count() == logged


def test_whatever_undoing_leaves_different_is_told_of_one_and_of_many():
    words = {alternative.words for alternative in bulk.ALTERNATIVES.values()}
    told = {bulk.left(one, number) for one in words for number in (1, 1_200)}
    assert {line.split()[0] for line in told} == {"1", "1,200"}


def test_after_ten_minutes_it_stays(at_desk, curator, clock):
    article = make_article()
    batch = done([article], "claim", curator)
    Batch.objects.filter(pk=batch.pk).update(done_at=timezone.now() - timedelta(minutes=10, seconds=1))
    client = at_desk(curator)
    assert 'value="undo"' not in client.get(page_of(batch)).content.decode()
    response = client.post(page_of(batch), {"do": "undo"}, follow=True)
    assert said(response)[0].startswith("Ten minutes have passed.")
    article.refresh_from_db()
    assert article.owner == curator


def test_it_is_undone_by_who_did_it_or_by_a_manager(at_desk, curator, manager):
    batch = done([make_article()], "claim", curator)
    another = make_person("Curator")
    with pytest.raises(bulk.BulkRefused, match="by who did it, or by a manager"):
        bulk.undo(batch, by=another)
    at_desk(manager).post(page_of(batch), {"do": "undo"})
    assert batch.items.get().article.owner is None
    assert newest().undone_by == manager


# Who may -------------------------------------------------------------------------------------------------------------


def test_everybody_is_offered_what_they_may(curator, manager):
    publisher = make_person()
    publisher.user_permissions.add(Permission.objects.get(codename="publish_article"))
    assert list(bulk.offered(manager)) == list(bulk.KINDS)
    assert list(bulk.offered(publisher)) == ["publish", "schedule", "withdraw"]
    assert list(bulk.offered(curator)) == [
        "submit", "claim", "add_topic", "remove_topic", "take_back", "release", "decline", "reopen"
    ]  # fmt: skip
    assert bulk.offered(make_person()) == {}


@pytest.mark.parametrize("kind", ["approve", "publish", "schedule", "withdraw", "assign", "return", "delete", ""])
def test_what_is_not_offered_is_forbidden(at_desk, curator, kind):
    article = make_in("in_review", owner=curator)
    tick = {"kind": kind, "chosen": f"{article.pk}:{article.edit}"}
    assert at_desk(curator).post(reverse(BULK), tick).status_code == 403
    assert not Batch.objects.exists()
    with pytest.raises(bulk.BulkRefused, match="not yours"):
        bulk.choose(kind, [(article.pk, article.edit)], by=curator)


@pytest.mark.parametrize("door", [True, False])
def test_what_was_pressed_signed_out_says_so_after_the_door(at_desk, curator, door):
    batch = chosen([make_article()], "claim", curator)
    client, before = at_desk(curator), world()
    given = {"headers": {"Referer": f"http://testserver{reverse('admin:login')}?next=/"}} if door else {}
    for address in (reverse(BULK), page_of(batch)):
        told = ["You were signed out, so nothing was done. Press the button again."] if door else []
        assert said(client.get(address, **given)) == told
    assert (world(), newest().stage) == (before, "tried")


def test_who_has_no_right_gets_nowhere(at_desk, curator, reader):
    batch = chosen([make_article()], "claim", curator)
    for person in (reader, make_person()):
        client = at_desk(person)
        for address, data in ((reverse(BULK), {"kind": "claim"}), (page_of(batch), {"do": "begin"})):
            for response in (client.get(address), client.post(address, data)):
                assert response.status_code in (302, 403)
                assert response.status_code == 403 or response.url.startswith(reverse("admin:login"))
    assert newest().stage == "tried"


@pytest.mark.parametrize("wish", ["tell", "go", "begin", "undo", "stop", "leave", "fly"])
def test_anothers_work_is_not_there_for_a_curator_and_only_to_look_at_for_a_manager(at_desk, curator, manager, wish):
    article = make_article()
    batch = chosen([article], "claim", curator)
    assert at_desk(make_person("Curator")).post(page_of(batch), {"do": wish}).status_code == 404
    assert at_desk(manager).get(page_of(batch)).status_code == 200
    at_desk(manager).post(page_of(batch), {"do": wish})
    assert (newest().stage, LogEntry.objects.filter(step="claim").exists()) == ("tried", False)


def test_recent_work_is_ones_own_and_a_managers_everybodys(at_desk, curator, manager):
    done([make_article()], "claim", curator)
    chosen([make_article()], "claim", curator)
    theirs = done([make_article()], "claim", manager)
    rows = at_desk(curator).get(reverse(BULK)).context["rows"]
    assert [row["batch"].by for row in rows] == [curator]
    assert [row["batch"] for row in at_desk(manager).get(reverse(BULK)).context["rows"]][0] == theirs
    assert "Undo, 9 min left" in at_desk(manager).get(reverse(BULK)).content.decode()


def test_choices_that_nothing_came_of_are_forgotten(curator):
    old = chosen([make_article()], "claim", curator)
    kept = done([make_article()], "claim", curator)
    Batch.objects.update(at=timezone.now() - timedelta(days=2))
    chosen([make_article()], "claim", curator)
    assert not Batch.objects.filter(pk=old.pk).exists()
    assert Batch.objects.filter(pk=kept.pk).exists()


def test_every_kind_has_a_step_and_every_alternative_is_one():
    assert {kind.step for kind in bulk.KINDS.values()} <= workflow.STEPS.keys()
    assert {alternative.step for alternative in bulk.ALTERNATIVES.values()} <= workflow.STEPS.keys()


def test_nothing_that_is_told_is_markup(at_desk, manager):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    manager.first_name = hostile
    manager.save()
    articles = [make_article(title=hostile), make_article(title=hostile, sources=[])]
    client = at_desk(manager)
    batch = done(articles, "decline", manager, {"reason": hostile})
    Batch.objects.filter(pk=batch.pk).update(details=batch.details | {"said": [["Reason", hostile]]}, note=hostile)
    step("edit", make_article(), MACHINE, changes={"title": "x"})
    for address in (page_of(batch), reverse(BULK), reverse(LIST) + "?all=1"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
