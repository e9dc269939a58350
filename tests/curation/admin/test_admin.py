"""The desk: who gets in, what a page costs, and that nothing is written but by a step."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from curation import notices, workflow
from curation.admin import steps
from curation.admin.log import telling
from curation.editing import sources
from curation.models import Article, Edition, LogEntry, Picture, SourceLink, Version
from tests.curation.newsroom import Newsroom
from tests.curation.workflow import matrix
from tests.factories import (
    make_article,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
)

LIST = "admin:curation_article_changelist"


def page_of(article):
    return reverse("admin:curation_article_change", args=[article.pk])


def step_of(article, name):
    return reverse("admin:curation_article_step", args=[article.pk, name])


def said(response):
    """What the desk says at the top of the next page."""
    return [str(message) for message in response.context["messages"]]


def form_of(client, article):
    """What the browser would send if nothing were touched: the form of the article's page."""
    context = client.get(page_of(article)).context
    form = context["adminform"].form
    data = {"edit": str(article.edit), "seen": form.seen}
    for name in form.fields:
        value = form[name].value()
        if name == "edit" or value is None or value is False:
            continue
        if not isinstance(value, list):
            data[name] = form.fields[name].widget.format_value(value) or ""
            continue
        data[name] = [str(row["id"]) for row in value]
        for extra in form.fields[name].extras:
            data[f"{name}-{extra.name}"] = [row[extra.name] for row in value]
    return data


# The matrix, by direct POST ------------------------------------------------------------------------------------------


#: People with a single permission and no role: the desk does not let them in.
UNSEEN = {"reviewer", "publisher", "assigner"}


class Posting:
    """Posts each cell of the matrix as a browser would, and takes it back."""

    def __init__(self):
        self.newsroom = Newsroom()
        self.clients = {name: self._client(person) for name, person in self.newsroom.people.items()}
        for until in (timezone.now(), timezone.now() + timedelta(hours=1)):  # the second leaves the first's rows behind
            notices.take_pending(until)
        self.rows = {row["id"]: row for row in Article.objects.values()}
        self.logged = LogEntry.objects.count()

    def _client(self, person):
        client = Client(raise_request_exception=False)
        if person.pk:
            client.force_login(person)
        return client

    def outcome(self, name, state, person):
        """The state that the step entered, or None where nothing whatever was written."""
        article = self.newsroom.article_of(person, state)
        with transaction.atomic():
            self._post(name, article, person)
            after, taken = Article.objects.values().get(pk=article.pk), LogEntry.objects.count() - self.logged
            transaction.set_rollback(True)
        if not taken:
            assert after == self.rows[article.pk]
            return None
        assert taken == 1
        return after["state"]

    def _post(self, name, article, person):
        details = self.newsroom.details(name, article)
        if name == "edit":
            changes = details["changes"] | {"title": article.title, "body": article.body, "slug": article.slug}
            self.clients[person].post(page_of(article), {"edit": article.edit} | changes)
            return
        data = {"edit": article.edit} | {key: getattr(value, "pk", value) for key, value in details.items()}
        if "at" in data:
            data["at"] = f"{data['at']:%Y-%m-%dT%H:%M}"
        self.clients[person].post(step_of(article, name), data)


def tried(wanted, turn, is_whole):
    """The cells of a step that are posted: all that open it; of what is shut one state each, another at each turn."""
    at = {person: matrix.STATES[(turn + place) % len(matrix.STATES)] for place, person in enumerate(matrix.PEOPLE)}
    return [cell for cell, end in wanted.items() if is_whole or end in matrix.STATES or at[cell[1]] == cell[0]]


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_post_opens_each_step_to_whom_the_matrix_says_and_to_nobody_else(subtests, db, is_whole):
    posting = Posting()
    cells = [(state, person) for state in matrix.STATES for person in matrix.PEOPLE]
    for turn, name in enumerate(matrix.STEPS):
        wanted = {cell: "unseen" if cell[1] in UNSEEN else matrix.MATRIX[name, *cell] for cell in cells}
        with subtests.test(name):
            found = {cell: posting.outcome(name, *cell) for cell in tried(wanted, turn, is_whole)}
            assert len(found) >= len(matrix.PEOPLE)
            assert found == {cell: wanted[cell] if wanted[cell] in matrix.STATES else None for cell in found}


# Who gets in ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["index", "curation_article_changelist", "curation_article_add"])
def test_a_reader_is_sent_to_the_door(at_desk, reader, place):
    response = at_desk(reader).get(reverse(f"admin:{place}"))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("place", [LIST, "admin:index"])
def test_somebody_without_a_role_is_told_who_can_give_one(at_desk, db, place):
    page = at_desk(make_person()).get(reverse(place), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("admin:login"))
    assert "An administrator can give you one" in page.content.decode()


def test_a_curator_sees_their_own_and_unclaimed_articles_and_no_others(at_desk, curator, manager):
    mine, nobodys, theirs = make_article(owner=curator), make_article(), make_article(owner=manager)
    client = at_desk(curator)
    assert {row.article.pk for row in client.get(reverse(LIST)).context["cl"].result_list} == {mine.pk, nobodys.pk}
    assert client.get(page_of(theirs)).status_code == 302
    assert client.get(reverse("admin:curation_article_history", args=[theirs.pk])).status_code == 302
    assert client.post(step_of(theirs, "decline"), {"edit": theirs.edit, "reason": "No."}).status_code == 404
    version = theirs.versions.first()
    assert client.get(reverse("admin:curation_version_change", args=[version.pk])).status_code == 302
    assert str(theirs) not in client.get(reverse("admin:curation_log")).content.decode()


def test_who_may_not_write_now_reads_the_words(at_desk, curator):
    article = make_in("in_review", owner=curator, body="<p>It <em>listens</em>.</p>")
    page = at_desk(curator).get(page_of(article))
    assert "<p>It <em>listens</em>.</p>" in page.content.decode()
    assert [step["name"] for step in page.context["steps"]] == ["take_back", "release", "due", "plan"]
    assert at_desk(curator).post(page_of(article), {"edit": article.edit, "title": "Mine"}).status_code == 403


@pytest.mark.parametrize("model", ["version", "edition", "document", "workpackage"])
def test_what_is_kept_is_read_and_never_written(at_desk, db, model):
    edition = make_published()
    rows = {"version": edition.version, "edition": edition}
    client = at_desk(make_person(is_superuser=True))
    assert client.get(reverse(f"admin:curation_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:curation_{model}_add")).status_code == 403
    if model in rows:
        page = reverse(f"admin:curation_{model}_change", args=[rows[model].pk])
        assert client.get(page).status_code == 200
        assert client.post(page, {}).status_code == 403


# What pages cost -----------------------------------------------------------------------------------------------------


def queries(client, page, django_assert_max_num_queries):
    client.get(page)
    with django_assert_max_num_queries(40) as counted:
        assert client.get(page).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    ("model", "most"),
    [
        ("article", 14),
        ("sourcelink", 7),
        ("author", 7),
        ("picture", 12),
        ("version", 8),
        ("edition", 8),
        ("section", 7),
    ],
)
def test_a_list_costs_the_same_however_long(at_desk, administrator, django_assert_max_num_queries, model, most):
    client, page = at_desk(administrator), reverse(f"admin:curation_{model}_changelist")
    costs = []
    for number in (2, 18):
        for _ in range(number):
            make_published(topics=[make_topic(), make_topic()], bylines=[make_author()], owner=administrator)
            Picture.objects.create(address=f"/p/{make_link().pk}.jpg")
        costs.append(queries(client, page, django_assert_max_num_queries))
    assert costs[0] == costs[1] <= most


def test_the_first_page_costs_the_same_however_much_there_is(at_desk, manager, django_assert_max_num_queries):
    client, costs = at_desk(manager), []
    for number in (1, 8):
        for _ in range(number):
            for state in ("draft", "in_review", "changes_requested"):
                make_in(state, owner=manager)
            make_article()
            make_published(at=timezone.now() + timedelta(days=1))
        costs.append(queries(client, reverse("admin:index"), django_assert_max_num_queries))
    assert costs[0] == costs[1] <= 18


def test_an_article_costs_the_same_however_much_hangs_on_it(at_desk, manager, django_assert_max_num_queries):
    many = {"topics": [make_topic() for _ in range(6)], "bylines": [make_author() for _ in range(4)]}
    many["offerings"] = [make_offering() for _ in range(3)]
    one = {"bylines": [make_author()], "offerings": [make_offering()]}
    linked = {"body": '<p><a href="https://example.org/x">A link</a>.</p>', "picture_id": make_picture().pk}
    few, much = make_in("in_review", **one, **linked), make_in("in_review", **many, **linked)
    client = at_desk(manager)
    costs = [queries(client, page_of(article), django_assert_max_num_queries) for article in (few, much)]
    assert costs[0] == costs[1] <= 17


# Writing -------------------------------------------------------------------------------------------------------------


def test_saving_writes_what_was_changed_through_the_workflow(at_desk, curator):
    article = make_article(owner=curator)
    client = at_desk(curator)
    data = form_of(client, article) | {"title": "Another title", "body": "<p onclick='x'>New <b>words</b></p>"}
    client.post(page_of(article), data)
    logged = article.log.first()
    article.refresh_from_db()
    assert (article.title, article.body) == ("Another title", "<p>New <strong>words</strong></p>")
    assert (logged.step, logged.by, logged.edit, logged.version) == (
        "edit",
        curator,
        article.edit,
        article.versions.first(),
    )


def test_saving_what_nobody_touched_writes_nothing(at_desk, curator):
    article = make_article(owner=curator, offerings=[make_offering()], bylines=[make_author()])
    client, before = at_desk(curator), LogEntry.objects.count()
    response = client.post(page_of(article), form_of(client, article), follow=True)
    assert said(response) == ["Nothing was changed, so nothing was saved."]
    assert LogEntry.objects.count() == before
    assert Version.objects.filter(article=article).count() == 1


def test_a_stale_save_loses_nothing_and_then_writes_only_what_was_typed(at_desk, curator, manager):
    article = make_article(owner=curator, title="Old title", standfirst="Old standfirst.")
    client = at_desk(curator)
    data = form_of(client, article) | {"title": "My title"}
    step("edit", article, manager, changes={"standfirst": "Their standfirst."})
    page = client.post(page_of(article), data)
    assert page.status_code == 200
    assert "My title" in page.content.decode()
    theirs = {"label": "Standfirst", "words": "Their standfirst.", "mine": False, "both": False}
    assert page.context["conflict"]["theirs"] == [theirs]
    article.refresh_from_db()
    assert article.title == "Old title"

    client.post(page_of(article), data | {"edit": page.context["conflict"]["edit"]})
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("My title", "Their standfirst.")


def test_a_link_alone_begins_a_draft_of_its_own(at_desk, curator):
    client, add = at_desk(curator), reverse("admin:curation_article_add")
    given = client.get(add, {"link": "https://www.example.org/new?utm_source=x"}).context["adminform"].form
    assert given["source_list"].value().typed == "https://www.example.org/new?utm_source=x"
    client.post(add, {"source_list-add": "https://www.example.org/new?utm_source=x"})
    article = Article.objects.get()
    assert (article.owner, article.state, article.log.get().step) == (curator, "draft", "begin")
    assert article.sources.get().cleaned == "https://www.example.org/new"


@pytest.mark.parametrize(("given", "focused"), [({}, True), ({"title": "Said already"}, False)])
def test_a_draft_that_was_just_begun_opens_on_its_title(at_desk, curator, given, focused):
    article = workflow.begin(by=curator, **given)
    page = at_desk(curator).get(page_of(article))
    assert ("autofocus" in page.context["adminform"].form.fields["title"].widget.attrs) == focused
    other = make_article(owner=curator)
    assert "autofocus" not in at_desk(curator).get(page_of(other)).content.decode()


@pytest.mark.parametrize(
    "typed", ["http://example.org/story/?utm_id=1", "example.org/story", "As told: <https://example.org/story>"]
)
def test_a_page_is_one_source_however_it_is_pasted(at_desk, curator, typed):
    link = make_link("https://www.example.org/story")
    article = make_article(owner=curator, sources=[])
    client, before = at_desk(curator), SourceLink.objects.count()
    client.post(page_of(article), form_of(client, article) | {"source_list-add": typed})
    assert list(article.sources.all()) == [link]
    assert SourceLink.objects.count() == before


def test_a_page_that_was_curated_before_is_taken_again_with_a_reason(at_desk, curator):
    link = make_link("https://www.example.org/story")
    make_article(owner=curator, sources=[link], title="The first one")
    article = make_article(owner=curator, sources=[])
    client = at_desk(curator)
    data = form_of(client, article)
    page = client.post(page_of(article), data | {"source_list-add": link.cleaned})
    (fault,) = page.context["adminform"].form.errors["source_list"]
    assert "“The first one” already (draft)" in fault
    assert article.sources.count() == 0
    again = {"source_list": [link.pk], "source_list-role": ["source"], "source_list-reason": ["A year later."]}
    client.post(page_of(article), data | again)
    assert article.article_sources.get().reason == "A year later."


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "not a link", "ftp://example.org/x", "https://"])
def test_what_is_no_link_is_refused_in_words(at_desk, curator, typed):
    article = make_article(owner=curator)
    client = at_desk(curator)
    page = client.post(page_of(article), form_of(client, article) | {"source_list-add": typed})
    assert page.context["adminform"].form.errors["source_list"]
    assert page.context["adminform"].form["source_list"].value().typed == typed


def test_lists_keep_the_order_they_are_sent_in_and_their_own_spellings(at_desk, curator):
    first, second, third = (make_topic() for _ in range(3))
    article = make_article(owner=curator, topics=[{"topic": first.pk, "spelling": "FIRST"}, {"topic": second.pk}])
    client = at_desk(curator)
    client.post(page_of(article), form_of(client, article) | {"topic_list": [third.pk, second.pk, first.pk]})
    rows = article.article_topics.values_list("tag", "position", "spelling")
    assert list(rows) == [(third.pk, 0, ""), (second.pk, 1, ""), (first.pk, 2, "FIRST")]


def test_a_topic_is_typed_by_name_label_or_synonym_and_an_unknown_one_makes_none(at_desk, curator):
    topic = make_topic("Gartner: Digital Twin")
    topic.synonyms.create(spelling="virtual double")
    client = at_desk(curator)
    for typed in ("gartner:  digital twin", "Digital twin", "Virtual Double"):
        article = make_article(owner=curator, topics=[])
        client.post(page_of(article), form_of(client, article) | {"topic_list-add": typed})
        assert list(article.topics.all()) == [topic]
    article = make_article(owner=curator, topics=[])
    page = client.post(page_of(article), form_of(client, article) | {"topic_list-add": "Perpetual Motion"})
    (fault,) = page.context["adminform"].form.errors["topic_list"]
    assert fault.startswith("No topic in use is called “Perpetual Motion”.")


def test_a_retired_topic_stays_where_it_is_and_goes_nowhere_new(at_desk, curator):
    topic = make_topic(retired=True)
    article, other = make_article(owner=curator, topics=[topic]), make_article(owner=curator)
    client = at_desk(curator)
    client.post(page_of(article), form_of(client, article) | {"title": "Still filed there"})
    assert list(article.topics.all()) == [topic]
    page = client.post(page_of(other), form_of(client, other) | {"topic_list": [topic.pk]})
    assert "is retired" in page.context["adminform"].form.errors["topic_list"][0]


def test_a_tick_takes_a_row_out_without_any_script(at_desk, curator):
    first, second = make_topic(), make_topic()
    article = make_article(owner=curator, topics=[first, second])
    client = at_desk(curator)
    client.post(page_of(article), form_of(client, article) | {"topic_list-gone": ["0"]})
    assert list(article.topics.all()) == [second]


def test_an_address_that_is_taken_is_refused_beside_the_field(at_desk, curator):
    taken, article = make_in("in_review"), make_article(owner=curator)
    client = at_desk(curator)
    page = client.post(page_of(article), form_of(client, article) | {"slug": taken.slug})
    assert "Another article has the address" in page.context["adminform"].form.errors["slug"][0]


def test_a_body_that_the_writing_field_cannot_hold_is_shown_as_html(at_desk, curator):
    article = make_article(owner=curator, body="<table><tbody><tr><td>1</td></tr></tbody></table>")
    client = at_desk(curator)
    assert "data-django-prose-editor" not in client.get(page_of(article)).content.decode()
    client.post(page_of(article), form_of(client, article) | {"title": "With a table"})
    article.refresh_from_db()
    assert article.body == "<table><tbody><tr><td>1</td></tr></tbody></table>"


@pytest.mark.parametrize("name", ["title", "standfirst", "picture_credit", "insights"])
def test_what_is_typed_is_never_markup(at_desk, manager, name):
    article = make_article(owner=manager, **{name: "<script>alert(1)</script>"})
    step("decline", article, manager, reason="<script>alert(2)</script>")
    client = at_desk(manager)
    for page in (
        page_of(article),
        reverse(LIST),
        reverse("admin:index"),
        page_of(article).replace("change", "history"),
    ):
        assert "<script>alert" not in client.get(page).content.decode()


# Steps ---------------------------------------------------------------------------------------------------------------


def test_the_one_primary_button_is_the_next_legal_step(at_desk, curator, manager):
    labels = {}
    for state in matrix.STATES:
        article = make_in(state, owner=curator)
        page = at_desk(manager).get(page_of(article)).context
        labels[state] = page["primary"] and page["primary"]["label"]
    assert labels == {
        "draft": "Send to review",
        "in_review": "Approve",
        "changes_requested": "Send to review",
        "approved": "Publish",
        "declined": "Reopen",
    }


@pytest.mark.parametrize(
    ("others", "can"),
    [
        ((), "and so did everybody who approves. An administrator can name another manager."),
        (("ann",), "ann can approve it."),
        (("ann", "bo", "cy", "di"), "ann, bo, cy or another manager can approve it."),
    ],
)
def test_who_wrote_part_of_it_is_told_who_can_approve_it(at_desk, curator, manager, others, can):
    for name in others:
        make_person("Manager", username=name)
    article = make_article(owner=curator)
    step("edit", article, manager, changes={"title": "A manager's title"})
    step("submit", article, curator)
    page = at_desk(manager).get(page_of(article)).context
    assert page["primary"]["name"] == "return"
    assert "approve" not in [step["name"] for step in page["steps"]]
    assert page["why_not"].endswith(can)


def test_who_wrote_none_of_it_approves(at_desk, curator, manager, settings):
    article = make_in("in_review", owner=curator)
    assert at_desk(manager).get(page_of(article)).context["primary"]["name"] == "approve"
    own = make_article(owner=manager)
    step("edit", own, manager, changes={"title": "Mine"})
    step("submit", own, manager)
    assert at_desk(manager).get(page_of(own)).context["primary"]["name"] == "return"
    settings.FOUR_EYES = False
    assert at_desk(manager).get(page_of(own)).context["primary"]["name"] == "approve"


def test_what_readers_see_already_is_not_published_again_by_the_way(at_desk, curator, manager):
    edition = make_published(owner=curator)
    page = at_desk(manager).get(page_of(edition.article))
    assert (page.context["primary"], page.context["is_out"]) == (None, True)
    assert "publish" in [step["name"] for step in page.context["steps"]]
    assert "Readers see this. A change sends it back to review." in page.content.decode()
    assert f'<a class="btn btn-primary" href="{edition.get_absolute_url()}">View on site' in page.content.decode()
    step("withdraw", edition.article, manager, reason="Wrong.")
    page = at_desk(manager).get(page_of(edition.article)).context
    assert (page["primary"]["name"], page["is_out"]) == ("publish", False)


def test_a_newer_approved_text_is_published(at_desk, curator, manager):
    article = make_published(owner=curator).article
    step("edit", article, curator, changes={"title": "Second edition"})
    step("approve", article, manager)
    assert at_desk(manager).get(page_of(article)).context["primary"]["name"] == "publish"


def test_sending_to_review_saves_first(at_desk, curator):
    article = make_article(owner=curator)
    client = at_desk(curator)
    client.post(page_of(article), form_of(client, article) | {"title": "Said at last", "_step": "submit"})
    article.refresh_from_db()
    assert (article.state, article.title) == ("in_review", "Said at last")
    assert list(article.log.values_list("step", flat=True))[:2] == ["submit", "edit"]


def test_a_step_that_is_refused_says_why_and_the_words_are_saved_all_the_same(at_desk, curator):
    article = make_article(owner=curator, sources=[])
    client = at_desk(curator)
    response = client.post(
        page_of(article), form_of(client, article) | {"title": "Kept", "_step": "submit"}, follow=True
    )
    saved, refused = said(response)
    assert saved == "Saved."
    assert re.sub("<[^>]*>", "", refused).split("waits: ") == [
        "“Send to review” ",
        "There is no source: readers must be able to go to the original. ",
    ]
    assert f'<a autofocus class="link" href="{page_of(article)}#id_source_list">' in refused
    article.refresh_from_db()
    assert (article.state, article.title) == ("draft", "Kept")


def reopened(response):
    """The form of the step that the page opens again, or None."""
    drawn = [response.context["primary"], *response.context["steps"]]
    return next((step["form"] for step in drawn if step and step["form"] and step["form"].is_bound), None)


def test_a_refusal_gives_the_typed_reason_back_where_it_was_typed(at_desk, manager):
    article = make_in("in_review")
    data = {"edit": article.edit - 1, "reason": "Which trust <measured> it?"}
    client = at_desk(manager)
    response = client.post(step_of(article, "return"), data, follow=True)
    (words,) = said(response)
    form = reopened(response)
    assert (form.name, form["reason"].value(), form.non_field_errors()) == ("return", data["reason"], [words])
    assert words.startswith("This article changed a moment ago.")
    assert re.search(r"<textarea[^>]* autofocus[^>]*>\s*Which trust &lt;measured&gt; it", response.content.decode())
    assert reopened(client.get(page_of(article))) is None


def test_a_reason_for_what_is_not_open_any_more_is_said_again(at_desk, manager):
    article = make_in("in_review")
    edit = article.edit
    step("decline", article, manager, reason="No.")
    response = at_desk(manager).post(step_of(article, "return"), {"edit": edit, "reason": "Which trust?"}, follow=True)
    (words,) = said(response)
    assert (reopened(response), words.endswith("You wrote: “Which trust?”")) == (None, True)


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("withdraw", {"reason": "Told better.", "successor": "A ward that"}, "successor"),
        ("withdraw", {"reason": " ", "successor": ""}, "reason"),
        ("publish", {"at": "soon", "until": "", "note": "A typo"}, "at"),
        ("publish", {"at": "", "until": "2020-01-01T09:00", "note": "A typo"}, "until"),
    ],
)
def test_a_refused_step_is_opened_again_at_the_field_in_fault(at_desk, manager, name, data, field):
    article = make_published().article
    response = at_desk(manager).post(step_of(article, name), data | {"edit": article.edit}, follow=True)
    form = reopened(response)
    assert {asked: form[asked].value() for asked in data} == data
    assert (list(form.errors), list(form.errors[field])) == ([field], said(response))
    assert form.fields[field].widget.attrs["autofocus"]
    page = response.content.decode()
    assert '<details class="menu" open>' in page
    assert '<details class="step-more" name="step" open>' in page


def test_hours_are_those_of_the_newsroom(at_desk, manager, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    article = make_in("approved")
    day = timezone.now() + timedelta(days=3)
    data = {"edit": article.edit, "at": f"{day:%Y-%m-%d}T09:00", "until": f"{day:%Y-%m-%d}T18:30", "note": ""}
    at_desk(manager).post(step_of(article, "publish"), data)
    edition = Edition.objects.get()
    assert [f"{moment:%H:%M}" for moment in (edition.live_from, edition.live_until)] == ["00:00", "09:30"]


def test_withdrawing_may_name_a_successor_by_its_address(at_desk, manager):
    old, new = make_published().article, make_published()
    data = {"edit": old.edit, "reason": "Told better elsewhere.", "successor": f"/news/{new.slug}/"}
    at_desk(manager).post(step_of(old, "withdraw"), data)
    assert old.editions.get().successor == new.article


def test_a_successor_is_named_by_its_title_and_what_is_like_it_is_offered(at_desk, manager):
    old, new = make_published(title="A ward that types").article, make_published(title="A ward that listens").article
    make_article(title="a ward that LISTENS")
    client = at_desk(manager)

    def named(title):
        data = {"edit": old.edit, "reason": "Told better elsewhere.", "successor": title}
        return client.post(step_of(old, "withdraw"), data, follow=True)

    assert said(named("Wards listens")) == [
        "No brief has the title, number or address “Wards listens”. "
        f"Readers can go to “A ward that listens” ({new.pk})."
    ]
    assert said(named("Nothing alike")) == ["No brief has the title, number or address “Nothing alike”."]
    twin = make_published(title="A ward that listens").article
    assert said(named("A ward that listens")) == [
        f"2 briefs are called “A ward that listens”: “{new}” ({new.pk}), “{twin}” ({twin.pk}). Give the number of one."
    ]
    step("withdraw", twin, manager, reason="Wrong.")
    named("a  ward that listens ")
    assert old.editions.get().successor == new


def test_assigning_leaves_alone_what_is_not_asked_for(at_desk, manager, curator):
    article = make_article(owner=curator)
    client = at_desk(manager)
    client.post(step_of(article, "assign"), {"edit": article.edit, "owner": "", "reviewer": manager.pk})
    article.refresh_from_db()
    assert (article.owner, article.reviewer) == (curator, manager)
    client.post(step_of(article, "assign"), {"edit": article.edit, "owner": "nobody", "reviewer": ""})
    article.refresh_from_db()
    assert (article.owner, article.reviewer) == (None, manager)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("publish", {"at": "soon"}),
        ("withdraw", {"reason": "r", "successor": "nothing-of-that-name"}),
        ("assign", {"owner": "4711"}),
        ("roll_back", {"edition": "first"}),
    ],
)
def test_nonsense_is_refused_in_words(at_desk, manager, name, data):
    article = make_published().article
    response = at_desk(manager).post(step_of(article, name), data | {"edit": article.edit}, follow=True)
    before, article = article.edit, Article.objects.get(pk=article.pk)
    assert (len(said(response)), article.edit) == (1, before)


def test_steps_are_taken_by_post_and_lead_back_to_this_site_only(at_desk, manager):
    article, client = make_article(), at_desk(manager)
    assert client.post(step_of(article, "edit"), {"edit": article.edit}).status_code == 404
    assert client.post(step_of(article, "fly"), {"edit": article.edit}).status_code == 404
    away = client.post(step_of(article, "claim"), {"edit": article.edit, "next": "https://evil.example/"})
    assert away.url == page_of(article)
    home = client.post(step_of(article, "release"), {"edit": article.edit + 1, "next": reverse("admin:index")})
    assert home.url == reverse("admin:index")


SIGNED_OUT = "You were signed out, so nothing was done. Press the button again."


def rooms_of(article):
    """The addresses that buttons of an article's room post to, each with the place that a GET of it leads to."""
    version, comment = article.versions.first(), article.comments.create(words="Which trust?", at=timezone.now())
    naming = reverse("admin:curation_article_name_version", args=[article.pk, version.pk])
    settling = reverse("admin:curation_article_comment_do", args=[article.pk, comment.pk, "resolve"])
    steps_of = {step_of(article, name): "" for name in steps.ASKED if name != "assign"}
    return steps_of | {naming: "", settling: "#comments"}


def test_a_button_pressed_signed_out_says_so_after_signing_in(client, manager):
    article = make_in("in_review")
    for address, place in rooms_of(article).items():
        client.logout()
        door = client.post(address, {"edit": article.edit, "reason": "Which trust?"})
        assert door.url == f"{reverse('admin:login')}?next={address}"
        client.force_login(manager)
        before = Article.objects.filter(pk=article.pk).values().get(), LogEntry.objects.count()
        assert client.head(address).status_code == 302
        response = client.get(address, follow=True)
        assert response.redirect_chain == [(page_of(article) + place, 302)]
        assert said(response) == [SIGNED_OUT]
        assert (Article.objects.filter(pk=article.pk).values().get(), LogEntry.objects.count()) == before
    assert article.comments.get().resolved_at is None


@pytest.mark.parametrize("who", ["reader", "nobody", "colleague"])
def test_a_button_of_what_one_does_not_see_leads_nowhere(at_desk, curator, reader, who):
    article = make_article(owner=curator)
    client = at_desk({"reader": reader, "nobody": make_person(), "colleague": make_person("Curator")}[who])
    assert {client.get(address).status_code for address in rooms_of(article)} == {404 if who == "colleague" else 302}


def test_who_may_not_take_a_step_is_led_to_what_they_may_read(at_desk, curator):
    article = make_in("in_review", owner=curator)
    response = at_desk(curator).get(step_of(article, "approve"), follow=True)
    assert (response.status_code, said(response), response.context["primary"]) == (200, [SIGNED_OUT], None)


def test_only_what_is_live_can_be_viewed_on_the_site(at_desk, manager):
    live = make_published()
    client = at_desk(manager)
    assert f'href="{live.get_absolute_url()}"' in client.get(page_of(live.article)).content.decode()
    step("withdraw", live.article, reason="Wrong.")
    assert f'href="{live.get_absolute_url()}"' not in client.get(page_of(live.article)).content.decode()


@pytest.mark.parametrize(("name", "state", "verb"), [("return", "in_review", "asks"), ("decline", "draft", "declined")])
def test_the_reason_of_who_decided_is_shown(at_desk, curator, manager, name, state, verb):
    manager.first_name, manager.last_name = "Ruaridh", "Senanayake"
    manager.save()
    article = make_in(state, owner=curator)
    step(name, article, manager, reason="Which <b>trust</b> measured it?")
    page = at_desk(curator).get(page_of(article)).content.decode()
    assert f"Ruaridh Senanayake {verb}: “Which &lt;b&gt;trust&lt;/b&gt; measured it?”" in page
    home = at_desk(curator).get(reverse("admin:index")).content.decode()
    assert ("“Which &lt;b&gt;trust&lt;/b&gt; measured it?”" in home) == (name == "return")


def test_a_long_reason_is_cut_and_leads_to_the_log(at_desk, curator, manager):
    article = make_in("in_review", owner=curator)
    step("return", article, manager, reason="Which trust? " * 100)
    page = at_desk(curator).get(page_of(article)).content.decode()
    assert page.count("Which trust?") < 40
    assert f'href="{reverse("admin:curation_article_history", args=[article.pk])}">The whole of it</a>' in page


def test_only_the_newest_reason_is_shown_and_only_while_it_stands(at_desk, curator, manager):
    article = make_in("in_review", owner=curator)
    step("return", article, manager, reason="The first one.")
    step("edit", article, curator, changes={"title": "Mended"})
    step("submit", article, curator)
    client = at_desk(curator)
    assert "The first one." not in client.get(page_of(article)).content.decode()
    step("return", article, manager, reason="The second one.")
    step("edit", article, curator, changes={"title": "Mended again"})
    for address in (page_of(article), reverse("admin:index")):
        page = client.get(address).content.decode()
        assert ("The first one." in page, "The second one." in page) == (False, True)


def test_a_page_with_a_reason_costs_no_more(at_desk, curator, manager, django_assert_max_num_queries):
    article = make_in("in_review", owner=curator)
    step("return", article, manager, reason="Which trust?")
    for address in (page_of(article), reverse("admin:index")):
        assert queries(at_desk(curator), address, django_assert_max_num_queries) <= 16


def test_the_log_says_what_each_step_did():
    assert {"begin", "name", "undo", *workflow.STEPS, *LogEntry.BESIDE} == set(telling.STEPS)


# Beside articles -----------------------------------------------------------------------------------------------------


def test_a_picture_is_taken_in_and_kept_once(at_desk, curator, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    client, add = at_desk(curator), reverse("admin:curation_picture_add")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(add, {"file": picture_file("../../ward.png")})
    picture = Picture.objects.get()
    assert (picture.state, picture.width, picture.address.rpartition("/")[2]) == ("ready", 640, "ward.png")
    assert not list((tmp_path / "incoming").iterdir())
    again = client.post(add, {"file": picture_file("ward-again.png")})
    assert again.context["adminform"].form.errors["file"] == ["This file is here already. Find it by its name."]


def test_what_is_no_picture_says_so(at_desk, curator, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("ward.png", b"<svg onload=alert(1)>")
    with django_capture_on_commit_callbacks(execute=True):
        at_desk(curator).post(reverse("admin:curation_picture_add"), {"file": file})
    picture = Picture.objects.get()
    assert (picture.state, bool(picture.failure)) == ("failed", True)


def picture_file(name):
    """A small picture as a browser uploads it."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "#0a6b60").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def test_two_people_who_paste_one_link_get_one_source(db):
    first, second = sources.read("https://example.org/a"), sources.read("http://www.example.org/a/")
    assert sources.keep(first) == sources.keep(second)
    assert SourceLink.objects.count() == 1


# Steps that are asked for on a page of their own ----------------------------------------------------------------------


def test_a_manager_chooses_somebody_on_a_page_of_its_own(at_desk, manager, curator):
    article = make_article()
    page = at_desk(manager).get(step_of(article, "assign")).content.decode()
    assert f'value="{curator.pk}"' in page
    at_desk(manager).post(step_of(article, "assign"), {"edit": article.edit, "owner": curator.pk})
    assert Article.objects.get(pk=article.pk).owner == curator


@pytest.mark.parametrize(("who", "code"), [("curator", 403), ("reader", 302)])
def test_who_may_not_assign_is_not_asked_whom(at_desk, curator, reader, who, code):
    article = make_article(owner=curator)
    person = {"curator": curator, "reader": reader}[who]
    assert at_desk(person).get(step_of(article, "assign")).status_code == code


def test_the_way_back_to_the_list_keeps_its_filters(at_desk, curator):
    article, client = make_article(owner=curator), at_desk(curator)
    page = page_of(article) + "?_changelist_filters=state%3Ddraft%26p%3D2"
    words = client.get(page).content.decode()
    assert f'href="{reverse(LIST)}?state=draft&amp;p=2"' in words
    assert f'name="next" value="{page.replace("&", "&amp;")}"' in words
    saved = client.post(page, form_of(client, article) | {"title": "New"})
    assert saved.url == page
    article.refresh_from_db()
    closed = client.post(page, form_of(client, article) | {"title": "Newer", "_close": "1"})
    assert closed.url == f"{reverse(LIST)}?state=draft&p=2"
