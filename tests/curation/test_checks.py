"""Checks: what each rule finds, and which step waits for it."""

import pytest

from curation import checks
from curation.checks import Subject

WHOLE = {
    "title": "A ward that listens",
    "standfirst": "Nurses speak and the record writes itself.",
    "body": "<p>On ward four nobody types any more.</p>",
    "sources": [{"link": 1, "role": "source"}],
    "topics": [{"topic": 1}],
    "picture_id": None,
    "picture_alt": "",
}


def found(**given):
    """The codes of what is found, and the gate of each."""
    subject = {name: given.pop(name) for name in list(given) if name in Subject.__dataclass_fields__}
    return [(finding.code, finding.gate) for finding in checks.findings(Subject(WHOLE | given, **subject))]


def test_an_article_that_is_whole_has_nothing_to_mend():
    assert found() == []
    assert found(picture_id=1, picture_alt="Two nurses at a bedside") == []


@pytest.mark.parametrize(
    ("given", "findings"),
    [
        ({"title": ""}, [("no-title", "submit")]),
        ({"title": " \n"}, [("no-title", "submit")]),
        ({"title": "A ward that list… "}, [("cut-title", "")]),
        ({"title": "A ward | Health News", "site_name": "Health News"}, [("branded-title", "")]),
        ({"title": "A ward - Example", "brand": "example.org"}, [("branded-title", "")]),
        ({"title": "A ward – example.org", "brand": "example.org"}, [("branded-title", "")]),
        ({"title": "A ward - and why", "brand": "example.org"}, []),
        ({"title": "A well-known ward", "brand": "example.org", "site_name": "Ward"}, []),
        ({"body": ""}, [("no-body", "submit")]),
        ({"sources": []}, [("no-source", "submit")]),
        ({"sources": [{"link": 1, "role": "via"}]}, [("no-source", "submit")]),
        ({"standfirst": " "}, [("no-standfirst", "approve")]),
        ({"topics": []}, [("no-topics", "submit")]),
        ({"retired_topics": ["Fax"]}, [("retired-topic", "")]),
        ({"picture_id": 1, "picture_alt": "A nurse", "picture_missing": True}, [("missing-picture", "")]),
        ({"picture_id": 1, "picture_alt": " "}, [("no-alt", "")]),
        ({"picture_id": 1, "picture_alt": "A ward that listens "}, [("no-alt", "")]),
    ],
)
def test_each_rule_finds_what_it_is_about(given, findings):
    assert found(**given) == findings


def test_a_standfirst_cut_by_a_machine_is_advice():
    body = "<p>" + "On ward four nobody types any more, because the walls have learned to listen. " * 5 + "</p>"
    assert found(body=body, standfirst=body[3:203]) == [("cut-standfirst", "")]


def test_gates_come_first():
    assert [gate for _, gate in found(title="Cut…", body="", standfirst="")] == ["submit", "approve", ""]


def test_approval_waits_for_everything_that_submission_waits_for():
    all_findings = checks.findings(Subject(WHOLE | {"topics": [], "standfirst": "", "picture_id": 1}))
    assert [finding.code for finding in checks.holding_back(all_findings, "submit")] == ["no-topics"]
    assert [finding.code for finding in checks.holding_back(all_findings, "approve")] == ["no-standfirst", "no-topics"]


def test_every_finding_is_a_sentence_for_a_colleague():
    empty = {name: [] if isinstance(value, list) else "" for name, value in WHOLE.items()} | {"picture_id": 1}
    for finding in checks.findings(Subject(empty, picture_missing=True, retired_topics=["Fax"])):
        assert finding.words.endswith(".")
