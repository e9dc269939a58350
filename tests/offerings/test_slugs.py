"""The rules of addresses, on examples and as properties."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offerings.slugs import category_slug, offering_slug, slug, topic_key, topic_label, topic_prefix


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ward Round & Tea", "ward-round-and-tea"),
        ("AT&T", "atandt"),
        ("Q&A", "qanda"),
        ("& &", "and-and"),
        ("nurses@night", "nursesatnight"),
        ("The nurse’s chart", "the-nurse-s-chart"),
        ("The nurse's chart", "the-nurse-s-chart"),
        ("“Quoted” ‘words’", "quoted-words"),
        ("©2020 Pill® Box™", "c2020-pillr-boxtm"),
        ("Straße, Ärzte, Öl, Übung", "strasse-aerzte-oel-uebung"),
        ("ẞ", "ss"),
        ("Ångström Ærø Œuvre Øre", "angstroem-aero-oeuvre-ore"),
        ("Łódź, Đà Nẵng, Ísafjörður", "lodz-da-nang-isafjoerdur"),
        ("Þór Ħal-Għargħur", "thor-hal-gharghur"),
        ("crème brûlée, señor, façade, naïve", "creme-brulee-senor-facade-naive"),
        ("İstanbul ılık", "istanbul-ilik"),
        ("x² ½ ﬁn № 5 Ⅷ", "x2-1-2-fin-no-5-viii"),
        ("ＡＢＣ＆Ｄ", "abcandd"),
        ("COVID\u201119 \u2014 next\u2026", "covid-19-next"),
        ("100 % of £9m", "100-of-9m"),
        ("snake_case / a.b", "snake-case-a-b"),
        ("  \t\n edges \u00a0", "edges"),
        ("--a----b--", "a-b"),
        ("soft\u00adhyphen", "soft-hyphen"),
        ("医療 only", "only"),
        ("医療", ""),
        ("", ""),
        ("!?", ""),
        ("\ud800 broken", "broken"),
        ("R®\ufe0f", "rr"),
    ],
)
def test_a_text_becomes_its_address(text, address):
    assert slug(text) == address


def test_an_address_has_no_limit_of_length():
    assert slug("word " * 500) == "-".join(["word"] * 500)


@given(st.text())
@example("İ")
@example("\u0301a")
@example("ﷺ")
def test_an_address_is_plain_and_stays_as_it_is(text):
    address = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", address)
    assert slug(address) == address


@given(st.text(st.characters(codec="latin-1")))
@example("Überraschung")
@example("A\u030angström")
def test_composed_and_decomposed_text_share_an_address(text):
    assert slug(unicodedata.normalize("NFD", text)) == slug(text)


@given(st.text())
def test_case_does_not_matter(text):
    assert slug(text.lower()) == slug(text)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Vena - Night Desk", "vena---night-desk"),
        ("Vena's Charts", "venas-charts"),
        ("Vena’s Charts", "venas-charts"),
        ("A & B", "a--b"),
        ("Snake_Case 2.0", "snake_case-20"),
        ("Pill/Box (Pro)™", "pillbox-pro"),
        ("Café Über", "café-über"),
        (" edge ", "-edge-"),
        ("two  spaces", "two--spaces"),
        ("医療 記録", "医療-記録"),
        ("!", ""),
        ("", ""),
    ],
)
def test_an_offering_keeps_its_hyphens(name, address):
    assert offering_slug(name) == address


@given(st.text())
def test_an_offerings_address_stays_as_it_is(name):
    address = offering_slug(name)
    assert offering_slug(address) == address
    assert not set(address) & set(" /?#&%'\"<>\\")


@pytest.mark.parametrize(
    ("name", "prefix", "label", "address", "key"),
    [
        ("Ward: Night Shift", "Ward", "Night Shift", "ward-night-shift", "ward: night shift"),
        ("Ward: Night: Late", "Ward", "Night: Late", "ward-night-late", "ward: night: late"),
        ("Tags: #eCare", "Tags", "#eCare", "tags-ecare", "tags: #ecare"),
        ("Night  Shift ", "", "Night  Shift ", "night-shift", "night shift"),
        ("Ratio 1:2", "", "Ratio 1:2", "ratio-1-2", "ratio 1:2"),
        ("STRASSE", "", "STRASSE", "strasse", "strasse"),
    ],
)
def test_a_topic_has_a_prefix_a_label_an_address_and_a_key(name, prefix, label, address, key):
    assert (topic_prefix(name), topic_label(name), slug(name), topic_key(name)) == (prefix, label, address, key)


def test_a_category_slug_is_the_whole_name_in_lower_case():
    assert category_slug("Ward: Night  Shift") == "ward: night  shift"


@given(st.text())
def test_a_topics_key_is_its_own_key(name):
    assert topic_key(topic_key(name)) == topic_key(name)
