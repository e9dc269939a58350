"""What nobody sees does not come in, at any field that people read; what a script or an emoji needs stays."""

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from offerings.text.words import LineField, WordsField, is_plain, plain_text, single_line

OWN = ("offerings", "curation", "medigy")

#: Text that is no line of words, by why it is kept as it comes.
HTML = {"Article.body", "Article.insights", "Edition.body", "Edition.insights"}  # passes ``prose.clean``
ADDRESSES = {
    f"{model}.{name}"
    for model, names in {
        "Article": "slug pdf",
        "Edition": "slug pdf source_brand cover",
        "SourceLink": "pasted resolved cleaned canonical key brand favicon",
        "Section": "slug",
        "Author": "slug",
        "Taxonomy": "slug",
        "Topic": "slug key",
        "Synonym": "key",
        "Institution": "slug website logo",
        "Offering": "slug permalink website logo",
        "Picture": "address incoming name",
        "Redirect": "path target",
        "LinkState": "key",
        "Document": "key path",
        "SavedSearch": "query",
        "Tally": "key month",
        "Tombstone": "address",
        "Trace": "mark",
        "OutsideLink": "key email",
    }.items()
    for name in names.split()
}
FOR_PROGRAMS = {  # chosen from a list, or made by us
    f"{model}.{name}"
    for model, names in {
        "Article": "state",
        "ArticleSource": "role",
        "ArticleOffering": "role",
        "Version": "digest",
        "LogEntry": "step from_state to_state",
        "Harvest": "state code kind",
        "Heartbeat": "name",
        "LinkState": "code",
        "Document": "format digest",
        "Presence": "field",
        "Preference": "density scheme zone",
        "CheckLevel": "check_code level",
        "Batch": "step stage",
        "BatchItem": "state code was becomes undo",
        "Picture": "state",
        "Edition": "ended",
        "EditionOffering": "role",
        "Tally": "kind",
        "CalendarFeed": "key digest",
        "Trace": "kind",
        "Audit": "verdict",
        "Notice": "kind token",
        "NoticeChoice": "kind mail",
        "NoticeCursor": "name",
        "MovedRows": "kind",
        "TopicMerge": "stage",
        "Judgement": "level digest",
        "MeasureFact": "kind key",
        "MeasureCount": "kind key",
        "Comment": "field",
        "OutsideLink": "digest opinion",
        "Invitation": "key",
        "DemoThing": "model",
    }.items()
    for name in names.split()
}
AS_THE_DOCUMENT_SPELLS_IT = {"ArticleTopic.spelling", "WorkPackage.source", "WorkPackage.type"}  # for export alone
KEPT = HTML | ADDRESSES | FOR_PROGRAMS | AS_THE_DOCUMENT_SPELLS_IT


def text_fields():
    for app in OWN:
        for model in apps.get_app_config(app).get_models():
            name = model.__name__.removeprefix("Historical")
            own = "history_" if model.__name__.startswith("Historical") else "\0"
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.name.startswith(own):
                    yield model, f"{name}.{field.name}", field


def test_every_text_that_people_read_is_of_a_field_that_cleans_it():
    loose = {name for _, name, field in text_fields() if not isinstance(field, LineField | WordsField)}
    assert sorted(loose - KEPT) == []


READ = [(model, field) for model, _, field in text_fields() if isinstance(field, LineField | WordsField)]


@pytest.mark.parametrize(("model", "field"), READ, ids=lambda one: getattr(one, "__name__", getattr(one, "name", one)))
def test_each_of_them_cleans_whatever_way_it_is_filled(model, field):
    trick, shown = "Ab\u202ec\u200b\x00\ufeffd", "Abcd"
    by_name = model(**{field.attname: trick})
    later = model()
    setattr(later, field.attname, trick)
    assert getattr(by_name, field.attname) == getattr(later, field.attname) == shown
    assert field.get_prep_value(trick) == field.to_python(trick) == shown
    assert getattr(model(**{field.attname: None}), field.attname) is None


HIDDEN = (
    "202a 202b 202c 202d 202e 2066 2067 2068 2069 200e 200f 061c 200b 200c 200d 2060 2061 2064 206a 206f feff ad 034f "
    "115f 1160 17b4 180e 3164 ffa0 fff9 fffb 0 7 1b 7f 9b d800 dfff fdd0 fffe fe0f e0001 e0041 e0101 1d173"
)


@pytest.mark.parametrize("number", HIDDEN.split())
def test_what_nobody_sees_goes(number):
    hidden = chr(int(number, 16))
    assert single_line(f"a{hidden}b{hidden}") == plain_text(f"{hidden}a{hidden}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian, with its non-joiner
        "क्‍ष and क्‌ष",
        "👩‍⚕️ 👩🏽‍🔬 ❤️‍🔥 🏳️‍🌈 👨‍👩‍👧‍👦",
        "#️⃣ 1️⃣ ☎️ ©️",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "שלום\u200f! العربية mixed with Latin",
        "葛\U000e0100城",
        "naïve “quotes” … – ½ ² ™ \xa0 e\u0301",
    ],
)
def test_what_a_script_or_an_emoji_is_written_with_stays(text):
    assert single_line(text) == plain_text(text) == text


def test_a_line_is_one_line_and_a_text_keeps_its_own():
    assert single_line("a\r\nb\tc\u2028d\x85e") == "a b c de"
    assert plain_text("a\r\nb\tc\u2028d\re") == "a\nb\tc\nd\ne"


MIXED = "\u200e\u200f\u061caن क्葛❤#1\n\r\t\u200c\u200d\ufe0f\u20e3\u202e\u200b\u180b\u1160\U000e0100🏴"


@given(st.text(st.sampled_from(MIXED)))
def test_twice_changes_nothing(text):
    assert plain_text(plain_text(text)) == plain_text(text)
    assert single_line(single_line(text)) == single_line(text)
    assert "\u202e" not in plain_text(text)


@pytest.mark.parametrize("length", [1, 299, 300, 4000])
@pytest.mark.parametrize("sign", ["", "\n", "\t", "\x00", "\x7f", "\xa0", "é", "\u200b", "\ud800"])
def test_plain_is_what_ascii_prints_on_one_line_however_long(length, sign):
    text = "a" * (length - 1) + sign
    assert is_plain(text) is (text.isascii() and text.isprintable())
