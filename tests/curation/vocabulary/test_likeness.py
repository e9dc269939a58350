"""Topics that look alike: what one name says in two ways, what is another thing, and what is filed under both."""

from curation.vocabulary import likeness, merging
from tests.factories import make_published, make_topic

#: Names, and whether they look alike.
PAIRS = [
    ("Telehealth", "Tele-Health", True),
    ("Hospitals at home", "Hospital at Home", True),
    ("#eHealth", "E-Health", True),
    ("Säuglinge", "Sauglinge", True),
    ("Research & Trials", "Trials and research", True),
    ("Therapies", "Therapy", True),
    ("Telemedicine", "Telemedecine", True),
    ("eHealth", "mHealth", False),
    ("ICD-9 coding", "ICD-10 coding", False),
    ("Phase 2 trials", "Phase 3 trials", False),
    ("Wards", "Words", False),
    ("Cardiology", "Radiology", False),
    ("AI", "AR", False),
    ("", "…", False),
]


def test_names_that_say_the_same_look_alike(subtests):
    for one, other, is_alike in PAIRS:
        with subtests.test(f"{one}, {other}"):
            near = any(likeness.is_near(a, b) for a in likeness.forms_of(one) for b in likeness.forms_of(other))
            assert near == is_alike


def pairs(found):
    return [(one.one, one.other, one.why) for one in found]


def test_topics_are_compared_across_taxonomies_and_by_synonyms(db, manager):
    care, tools, third = make_topic("Care: Telehealth"), make_topic("Tools: Telehealth"), make_topic("Care: Remote")
    third.synonyms.create(spelling="Care: Tele health")
    assert pairs(likeness.by_name()) == [
        (care.pk, tools.pk, "both are called “Telehealth”"),
        (care.pk, third.pk, "“Tele health” and “Telehealth” are nearly the same"),
        (tools.pk, third.pk, "“Tele health” and “Telehealth” are nearly the same"),
    ]
    assert [one[:2] for one in pairs(likeness.by_name({third.pk}))] == [(care.pk, third.pk), (tools.pk, third.pk)]
    merging.merge(tools.pk, care.pk, by=manager)
    likeness.keep_apart(third.pk, care.pk, by=manager)
    assert likeness.by_name() == []


def test_topics_under_which_the_same_is_filed_look_alike(db):
    one, other, broad = make_topic("Care: Nights"), make_topic("Care: After dark"), make_topic("Care: All")
    for number in range(9):
        make_published(topics=[one, other, broad] if number < 5 else [broad])
    assert pairs(likeness.by_filing()) == [(one.pk, other.pk, "5 of 5 new briefs are filed under both")]
