"""Changes in a line: the first words that differ, and what else does."""

import pytest

from curation.workflow.waiting.changes import change_since, first_words

BASE = {
    "title": "A ward that listens",
    "standfirst": "Nurses speak.",
    "body": "<p>One. The waits were halved in one trust.</p><p>Two stays.</p>",
    "picture_id": 1,
    "picture_alt": "A ward",
    "topics": [{"topic": 1, "spelling": ""}],
    "sources": [{"link": 1, "role": "source", "label": "", "reason": ""}],
    "offerings": [],
    "bylines": [],
}


@pytest.mark.parametrize(
    ("changes", "removed", "added", "notes"),
    [
        ({}, "", "", ["nothing"]),
        ({"title": "A ward that hears"}, "listens", "hears", []),
        (
            {"body": "<p>One. The waits fell by 31 % in one trust.</p><p>Two stays.</p>"},
            "were halved",
            "fell by 31 %",
            [],
        ),
        ({"body": "<p>Two stays.</p>"}, "One. The waits were halved in one trust", "", ["one paragraph fewer"]),
        ({"body": BASE["body"] + "<p>Three.</p><p>Four.</p>"}, "", "Three", ["2 paragraphs more"]),
        ({"title": "Another", "standfirst": "They do."}, "A ward that listens", "Another", ["new standfirst"]),
        ({"picture_id": 2, "topics": []}, "", "", ["new picture", "one topic fewer"]),
        ({"picture_id": None}, "", "", ["no picture any more"]),
        ({"topics": [{"topic": 2, "spelling": ""}]}, "", "", ["other topics"]),
        ({"title": "שם אחר"}, "A ward that listens", "שם אחר", []),
    ],
)
def test_a_change_is_told_in_a_line(changes, removed, added, notes):
    change = change_since(BASE, BASE | changes)
    assert (change.removed, change.added, change.notes) == (removed, added, notes)


def test_whatever_changed_the_line_stays_a_line():
    old, new = (f"<p>{' '.join(f'{word}{n}' for n in range(4000))}</p>" for word in ("old", "new"))
    change = change_since(BASE | {"body": old}, BASE | {"body": new * 300})
    assert max(len(change.removed), len(change.added)) <= 72
    assert change.notes == ["299 paragraphs more"]


@pytest.mark.parametrize(
    ("changes", "is_alive", "words"),
    [
        ({}, True, "10 words, one topic, source alive"),
        ({"body": "", "topics": []}, None, "no words yet, no topics, source not read"),
        ({"sources": []}, True, "10 words, one topic, no source yet"),
        ({}, False, "10 words, one topic, the source does not answer"),
    ],
)
def test_a_first_edition_is_told_by_what_it_is_made_of(changes, is_alive, words):
    assert first_words(BASE | changes, is_alive) == words
