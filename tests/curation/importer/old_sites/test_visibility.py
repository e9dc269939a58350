"""Who may see a page, by every key and spelling: what is not understood is seen by nobody."""

from datetime import UTC, datetime

import pytest

from curation.importer.old_sites import visibility

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DATE = datetime(2024, 1, 1, tzinfo=UTC)


def seen(values, beside=None, path="news/a.md", date=DATE):
    found = visibility.read(values, beside or {}, path)
    visibility.settle(found, date, NOW)
    return found


@pytest.mark.parametrize(
    "values",
    [{"draft": word} for word in (True, "t", "T", "yes", "Yes ", "y", "on", 1, "1", "TRUE", "maybe", "2031-01-01", [1])]
    + [{name: False} for name in ("published", "Published", "public", "visible", "is_published", "is-live", "enabled")]
    + [{name: "no"} for name in ("publish", "listed", "active", "output")]
    + [{name: True} for name in ("headless", "private", "Hidden", "unlisted", "archived", "expired", "noindex")]
    + [{name: True} for name in ("hiddenFromSearch", "hidden_in_home_list", "excludeFromSite", "scheduled", "embargo")]
    + [{name: "soon"} for name in ("publishDate", "EXPIRYDATE", "unpublish", "embargo_until", "publish_somehow")]
    + [{"build": {"render": word}} for word in ("never", "link", False, "perhaps")]
    + [{"_build": {"list": "local"}}, {"build": False}, {"render": "never"}, {"password": "x"}]
    + [{"status": word} for word in ("private", "Scheduled", "in-progress", "pondered", "trash", False, 7)]
    + [{"visibility": "members"}, {"access": "paid"}, {"state": "hidden"}, {"sitemap": False}, {"robots": "noindex, x"}]
    + [{"params": {"draft": True}}, {"sitemap": {"disable": True}}, {"draft": False, "Draft": True}]
    + [
        {"Params": {"Draft": True}},
        {"meta": {"draft": "yes"}},
        {"seo": {"noindex": True}},
        {"cascade": {"draft": True}},
    ]
    + [
        {"permalink": False},
        {"eleventyComputed": {"permalink": False}},
        {"list": "never"},
        {"robots": {"index": False}},
    ]
    + [{name: True} for name in ("not_ready", "in-progress", "exclude", "under_review", "staging")]
    + [{name: False} for name in ("ready", "approved", "show", "display")]
    + [{name: "pending"} for name in ("stage", "moderation", "reviewStatus")]
    + [{"availability": "hidden"}, {"robots": "none"}, {"audience": "internal"}],
)
def test_it_is_kept_from_readers(values):
    assert seen(values).wants != "live"
    assert seen(values).reasons


@pytest.mark.parametrize(
    "values",
    [{"draft": word} for word in (False, "false", "no", "f", "0", 0, "", None, " ")]
    + [{"published": True}, {"published": "2020-01-01"}, {"publishDate": "2020-01-01"}, {"expiryDate": None}]
    + [{"publisher": "A house"}, {"publication": "A letter"}, {"published_in": "A letter"}, {"hideMeta": True}]
    + [{"state": "CA"}, {"output": "html_document"}, {"sitemap": {"priority": 0.5}}, {"robots": "index, follow"}]
    + [{"status": "Published"}, {"visibility": "public"}, {"build": {"render": "always", "list": True}}]
    + [{"expires": "never"}, {"publishDate": "0001-01-01"}, {"hidden": False}, {"password": False}]
    + [{"permalink": "/a/:title/"}, {"layout": "post"}, {"type": "review"}, {"display": {"toc": True}}, {"list": True}]
    + [{"stage": "Seed round"}, {"audience": "Nurses"}, {"meta": {"title": "x"}}, {"robots": {"index": True}}],
)
def test_it_is_for_everybody(values):
    found = seen(values)
    assert (found.wants, found.reasons) == ("live", [])


@pytest.mark.parametrize(
    "path", ["_drafts/a.md", "news/_drafts/a.md", "drafts/a.md", "news/_a.md", "a.draft.md", "_wip/a.md", "a.wip.md"]
)
def test_its_place_keeps_it_from_readers(path):
    assert seen({}, path=path).wants == "draft"


@pytest.mark.parametrize(
    ("values", "opens", "closes"),
    [
        ({"publishDate": "2091-01-01"}, 2091, None),
        ({"PUBLISH_AT": "January 1, 2091"}, 2091, None),
        ({"published": "2091-01-01"}, 2091, None),
        ({"status": "scheduled", "go_live": "2091-01-01"}, 2091, None),
        ({"expiryDate": "2025-01-01"}, None, 2025),
        ({"Unpublish_Date": "2091/01/02", "expires": "2090-01-01"}, None, 2090),
        ({"expiryDate": "9999-12-31"}, None, None),
    ],
)
def test_hours_become_its_window(values, opens, closes):
    found = seen(values)
    assert found.wants == "live"
    assert (found.opens and found.opens.year, found.closes and found.closes.year) == (opens, closes)


def test_its_own_word_goes_before_what_is_handed_down():
    assert seen({}, {"draft": True}).wants == "draft"
    assert seen({"Draft": False}, {"draft": True}).wants == "live"
