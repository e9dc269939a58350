"""The document format: values as ``yaml.safe_load`` gives them, and a line for everything refused."""

import datetime
import math

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from curation.importer import frontmatter
from curation.importer.frontmatter import FrontMatterRefused, meta_key, read, read_document, split_inner
from tests import SHARED

DATA = SHARED / "data"


def document(front, body="Body.\n"):
    return f"---\n{front}---\n{body}".encode()


def refusal(data, name="night.md"):
    with pytest.raises(FrontMatterRefused) as caught:
        read(data, name)
    return caught.value


PRODUCTION = """\
aliases: >-
  /news/a-night
  on-the-ward
categories:
  - 'Ward: Night Shift'
  - "Ward: #eNight"
date: '2023-01-13'
description: >-
  The ward slept: soundly & long,
  says Ada's - chart # 5.
favIconImage: null
featuredImage:
  size:
    - 500
    - 800
  valid: true
msvalidate.01: ~
id: 16670
lastMod: '2023-01-13T10:53:16.742644Z'
via: ' '
status: ''
relatedOfferings:
  - label: Vena - Night
    permalink: /offering/vena---night
    categories:
      - 'Ward: Night Shift'
    offeringId: 7
"""


def test_a_production_document_is_read_whole():
    values, body = read(document(PRODUCTION, "<p>One.</p>\n\n<p>Two.</p>"))
    assert values == yaml.safe_load(PRODUCTION)
    assert values["categories"] == ["Ward: Night Shift", "Ward: #eNight"]
    assert values["description"] == "The ward slept: soundly & long, says Ada's - chart # 5."
    assert values["relatedOfferings"][0]["offeringId"] == 7
    assert list(values) == list(yaml.safe_load(PRODUCTION))
    assert body == "<p>One.</p>\n\n<p>Two.</p>"


@pytest.mark.parametrize(
    ("data", "values", "body"),
    [
        (b"---\na: 1\n---\nBody", {"a": 1}, "Body"),
        (b"\xef\xbb\xbf---\na: 1\n---\nBody", {"a": 1}, "Body"),
        (b"---\r\na: >-\r\n  x\r\n  y\r\n---\r\nOne\r\nTwo\r\n", {"a": "x y"}, "One\nTwo\n"),
        (b"---\ra: 1\r---\rOne\r", {"a": 1}, "One\n"),
        (b"--- \t\na: 1\n---  \nBody", {"a": 1}, "Body"),
        (b"---\na: 1\n---", {"a": 1}, ""),
        (b"---\na: 1\n---\n", {"a": 1}, ""),
        (b"---\na: 1\n---\n\n\nBody\n---\nmore\n", {"a": 1}, "\n\nBody\n---\nmore\n"),
        (b"---\n---\nBody", {}, "Body"),
        (b"---\n\n---\nBody", {}, "Body"),
        (b"---\n{}\n---\nBody", {}, "Body"),
        (b"---\n# only a remark\na: 1\n---\n", {"a": 1}, ""),
        (b"---\na: |\n  ---\n  x\n---\n", {"a": "---\nx\n"}, ""),
        (b"---\na: 'b\tc'\nd: |\n  e\tf\n---\n\tBody", {"a": "b\tc", "d": "e\tf\n"}, "\tBody"),
        ("---\na: Über … 医療 🙂\n---\nÜber".encode(), {"a": "Über … 医療 🙂"}, "Über"),
    ],
)
def test_bytes_become_values_and_a_body(data, values, body):
    assert read(data) == (values, body)


@pytest.mark.parametrize(
    "scalar",
    [
        "1",
        "-1",
        "+1",
        "017",
        "0x1F",
        "0b11",
        "1_000",
        "1:30",
        "190:20:30",
        "08",
        "0o17",
        "1e3",
        "1.5e3",
        "1.5e+3",
        "11.",
    ]
    + [
        ".5",
        ".inf",
        "-.INF",
        "1:30.5",
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "n",
        "true",
        "~",
        "null",
        "NULL",
        "",
        "2019-01-02",
    ]
    + ["2019-1-2", "2019-03-14T11:07:18Z", "2019-03-14 11:07:18", "2019-03-14t11:07:18.123456789-05:30", "2019-01"]
    + [
        "'2019-01-02'",
        '"yes"',
        "'it''s'",
        '"a\\tb\\u263a"',
        "a: b".replace(": ", ":"),
        "a # b",
        "a#b",
        "http://e.org/#x",
    ]
    + ["AT&T", "a & b", "a * b", "wow !", "[1, yes, 2019-01-02]", "{a: 1, b: [c]}", "|\n  a\n   b\n", ">\n  a\n\n  b\n"]
    + [
        "'a\n\n  b'",
        "a\n  b\n  c",
        "- ",
        "-",
        "1e999999",
        "99999999999999999999",
        "-0",
        "-0.0",
        "%".join("ab"),
        "a\u00a0b",
    ],
)
def test_values_are_those_of_safe_load(scalar):
    front = f"k: {scalar}\n"
    try:
        expected = yaml.safe_load(front)
    except yaml.YAMLError:
        assert refusal(document(front)).line == 2
        return
    values, _ = read(document(front))
    assert repr(values) == repr(expected)


def test_types_that_are_no_text():
    values, _ = read(document("a: 11.\nb: 2019-01-02\nc: 2019-03-14T11:07:18Z\nd: .nan\nyes: 1\n2: x\n=: y\n"))
    assert math.isnan(values.pop("d"))
    assert values == {
        "a": 11.0,
        "b": datetime.date(2019, 1, 2),
        "c": datetime.datetime(2019, 3, 14, 11, 7, 18, tzinfo=datetime.UTC),
        True: 1,
        2: "x",
        "=": "y",
    }


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "no front matter"),
        (b"Just words\n", 1, "no front matter"),
        (b"----\na: 1\n----\n", 1, "no front matter"),
        (b"---\na: 1\n", 1, "never ends"),
        (b"---", 1, "never ends"),
        (b"---\na: 1\n ---\n", 1, "never ends"),
        (b"---\n- a\n- b\n---\n", 2, "no list of keys"),
        (b"---\nwords\n---\n", 2, "no list of keys"),
        (b"---\nnull\n---\n", 2, "no list of keys"),
        (b"---\na: 1\nb: x: y\n---\n", 3, "mapping values are not allowed"),
        (b"---\na: 1\nb\n---\n", 3, "could not find expected ':'"),
        (b"---\na: 'x\nb: 1\n---\n", 2, "unexpected end of stream"),
        (b"---\na: [1, 2\n---\n", 2, "did not find expected"),
        (b"---\na: 1\n  b: 2\n---\n", 3, "mapping values are not allowed"),
        (b"---\na:\n\t- b\n---\n", 3, "'\\\\t'"),
        (b"---\na: 1\n\tb: 2\n---\n", 3, "'\\\\t'"),
        (b"---\na: b\tc\n---\n", 2, "tab"),
        (b"---\na: @b\n---\n", 2, "begins with a sign"),
        ("---\na: x\u0085 \u2028 y\nb: @c\n---\n".encode(), 3, "begins with a sign"),
        (b"---\na: 1\nb: 2\na: 3\n---\n", 4, "“a” comes twice"),
        (b'---\na: 1\n"a": 3\n---\n', 3, "“a” comes twice"),
        (b"---\na:\n  - b: 1\n    c: 2\n    b: 3\n---\n", 5, "“b” comes twice"),
        (b"---\na: {b: 1, b: 2}\n---\n", 2, "“b” comes twice"),
        (b"---\n1: a\n0x1: b\n---\n", 3, "“1” comes twice"),
        (b"---\na: &x 1\nb: *x\n---\n", 2, "anchor &x"),
        (b"---\na: 1\nb: *x\n---\n", 3, r"alias \*x"),
        (b"---\na: [&x [1], *x]\n---\n", 2, "anchor &x"),
        (b"---\na: {b: 1, &x c: 2}\n---\n", 2, "anchor &x"),
        (b"---\n&x a: 1\n---\n", 2, "anchor &x"),
        (b"---\n? &x a\n: 1\n---\n", 2, "anchor &x"),
        (b'---\n{"a":&x 1}\n---\n', 2, "anchor &x"),
        (b"---\na: 1\nb: !!python/object/apply:os.system [ls]\n---\n", 3, "a tag"),
        (b"---\na: !!str 1\n---\n", 2, "a tag"),
        (b"---\na: !x 1\n---\n", 2, "a tag"),
        (b"---\na: ! 1\n---\n", 2, "a tag"),
        (b"---\na: !<tag:yaml.org,2002:int> 1\n---\n", 2, "a tag"),
        (b"---\n- !!binary aGk=\n---\n", 2, "a tag"),
        (b"---\n!!map {a: 1}\n---\n", 2, "a tag"),
        (b"---\n<<: {a: 1}\n---\n", 2, "a merge"),
        (b"---\na: <<\n---\n", 2, "looks like a merge"),
        (b"---\na: 1\nb: =\n---\n", 3, "looks like a value"),
        (b"---\na: 1\n? [b, c]\n: 2\n---\n", 3, "no single word"),
        (b"---\n{a: b}: c\n---\n", 2, "no single word"),
        (b"---\na: 1\ndate: 2019-02-30\n---\n", 3, "“2019-02-30” looks like a timestamp and is none"),
        (b"---\na: 1\ndate: 2019-13-45\n---\n", 3, "timestamp"),
        (b"---\ndate: 2019-01-01T25:00:00Z\n---\n", 2, "timestamp"),
        (b"---\ndate: 2019-01-01T00:00:00+99:00\n---\n", 2, "timestamp"),
        (b"---\na: 0x_\n---\n", 2, "looks like a int"),
        (b"---\n2019-02-30: a\n---\n", 2, "timestamp"),
        (b"---\na: " + b"9" * 5000 + b"\n---\n", 2, "number of 5,000 characters"),
        (b"---\na: " + b"1:" + b"59:" * 60_000 + b"00\n---\n", 2, "number of"),
        (b"---\na: 1\nb: " + b"1:" + b"59:" * 165 + b"59.5\n---\n", 3, "number of"),
        (b"---\na: \x01\n---\n", 2, "U\\+0001"),
        (b"---\na: 1\nb: \x7f\n---\n", 3, "U\\+007F"),
        ("---\na: \ufeff\n---\n".encode(), 2, "U\\+FEFF"),
        (b"---\na: 1\n---\nBo\x00dy", 4, "0x00"),
        (b"---\na: 1\nb: \xe9t\xe9\n---\n", 3, "0xE9 is not UTF-8"),
        (b"---\na: 1\n---\nok\n\xff", 5, "0xFF is not UTF-8"),
        (b"---\na: \xed\xa0\x80\n---\n", 2, "0xED is not UTF-8"),
        ("---\na: 1\n---\n".encode("utf-16"), 1, "UTF-16"),
        ("---\na: 1\n---\n".encode("utf-32"), 1, "UTF-32"),
        ("---\na: 1\n---\n".encode("utf-16-le"), 1, "0x00"),
        (b"---\na: 1\n...\nb: 2\n---\n", 4, "document"),
        (b"---\na: 1\n--- b\n---\n", 3, "document"),
        (b"---\n%YAML 1.1\na: 1\n---\n", 3, "document start"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(data, line, reason):
    said = refusal(data)
    assert (said.line, said.name) == (line, "night.md")
    with pytest.raises(FrontMatterRefused, match=reason):
        raise said
    assert str(said) == f"night.md, line {line}: {said.reason}. {said.mend}"
    assert said.mend.endswith(".")


def test_without_a_name_the_refusal_still_tells_the_line():
    assert str(refusal(b"---\na: 1\na: 2\n---\n", "")).startswith("line 3: the key “a” comes twice. ")


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "[" * 10_000 + "]" * 10_000,
        "a: " + "[" * 10_000,
        "a: " + "{b: " * 10_000 + "}" * 10_000,
        "- " * 10_000 + "a",
    ]
    + ["? " * 10_000 + "a", "\n".join(" " * depth + "a:" for depth in range(1500)), "a: " + "[" * 100 + "]" * 100]
    + ["a:\n  " + "- " * 300 + "b", '["]",' * 200_000, "-\t" * 10_000 + "a", "- " * 900_000],
)
def test_deep_nesting_is_refused(front):
    assert refusal(document(front + "\n")).line >= 2


def test_a_laughing_file_is_refused():
    front = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert refusal(document(front)).reason == "an anchor &a is not allowed"


def test_signs_inside_words_are_no_anchors():
    front = "a: &-less\n"
    assert refusal(document(front)).line == 2
    kept = "a: Innovation & Tech\nb: '&x *y !z'\nc: >-\n  &x\n  *y !z\nd: 5 *stars !\ne: \"!\"\n# &remark\n"
    assert read(document(kept))[0] == yaml.safe_load(kept)


def test_a_big_file_is_refused_before_it_is_read():
    said = refusal(b"---\na: 1\n---\n" + b"x" * 50_000_000)
    assert said.reason == f"the file has 50,000,013 bytes; at most {frontmatter.MAX_BYTES:,} are read"


@pytest.mark.parametrize("end", ["words\n", "'a\ttab'\n"])
def test_front_matter_of_the_greatest_size_is_read(end):
    front = "".join(f"k{number}: {end}" for number in range(9_000))
    assert len(read(document(front))[0]) == 9_000
    assert refusal(document(front + "a: " + "b" * 100_000 + "\n")).reason.endswith("at most 200,000 are read")


def test_a_document_knows_its_source():
    found = read_document(document("a: 11.\nb: '2019-01-02'\nc: 2019-01-02\nd: >-\n  x\n  y\ne: [1]\nf:\n"), "night.md")
    assert (found.name, found.body, found.body_line) == ("night.md", "Body.\n", 11)
    assert [found.spelling(key) for key in "abcdefg"] == ["11.", "2019-01-02", "2019-01-02", "x y", None, "", None]
    assert found.values["a"] == 11.0


def test_the_body_begins_on_the_line_it_says():
    data = document(PRODUCTION)
    assert data.decode().split("\n")[read_document(data).body_line - 1] == "Body."


@pytest.mark.parametrize(
    ("body", "inner", "rest"),
    [
        ("---\ntitle: Night\nx: 1\n---\nBody", {"title": "Night", "x": 1}, "Body"),
        ("\n\n---\nslug: night\n---\n\nBody", {"slug": "night"}, "\nBody"),
        ("Body\n---\ntitle: Night\n---\n", None, "Body\n---\ntitle: Night\n---\n"),
        ("---\nNote: this\n---\nBody", None, "---\nNote: this\n---\nBody"),
        ("---\nwords\n---\nBody", None, "---\nwords\n---\nBody"),
        ("---\ntitle: x: y\n---\nBody", None, "---\ntitle: x: y\n---\nBody"),
        ("---\ntitle: x\n", None, "---\ntitle: x\n"),
        ("---\n---\nBody", None, "---\n---\nBody"),
        ("Body", None, "Body"),
        ("", None, ""),
    ],
)
def test_front_matter_inside_a_body_is_split_off(body, inner, rest):
    assert split_inner(body) == (inner, rest)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("og:image:height", "ogimageheight"),
        ("article:modified_time", "articlemodified_time"),
        ("msvalidate.01", "msvalidate.01"),
        ("google-site-verification", "google-site-verification"),
        ("Plain", "Plain"),
        (":", ""),
    ],
)
def test_a_meta_key_loses_its_colons_and_nothing_else(name, key):
    assert meta_key(name) == key


yaml_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.sampled_from(
        ["yes", "~", "2019-02-30", "1:30", "0x_", "=", "<<", "&a", "*a", "!a", "- a", "a: b", " ", "\u0085"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(st.text(), yaml_values, max_size=6),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.booleans(),
)
def test_whatever_yaml_writes_is_read_as_safe_load_reads_it(values, style, flow, unicode):
    class Plain(yaml.SafeDumper):
        ignore_aliases = None

    Plain.ignore_aliases = lambda self, data: True
    front = yaml.dump(values, Dumper=Plain, default_style=style, default_flow_style=flow, allow_unicode=unicode)
    expected = safe_load(front)
    found = load(front)
    # With a forced style the writer adds tags, and those are refused.
    assert found == expected or was_refused(found, expected) or "U+FEFF" in found.reason


def safe_load(front):
    try:
        return repr(yaml.safe_load(front))
    except (yaml.YAMLError, ValueError, ArithmeticError):
        return None


def load(front):
    try:
        return repr(frontmatter.values.load(front))
    except FrontMatterRefused as refused:
        return refused


def was_refused(found, expected):
    """Say whether a text was refused as it should be: where ``safe_load`` fails too, or for a reason of our own."""
    ours = ("comes twice", "a merge", "no single word", "a tag", "an anchor", "an alias")
    return isinstance(found, FrontMatterRefused) and (expected is None or any(words in found.reason for words in ours))


scalars = st.text(alphabet="0123456789_.:+-eExobTtZzinfNAa ~=<", max_size=20) | st.sampled_from(
    ["yes", "No", "null", "2019-01-02", "2019-1-2 1:2:3.4 +5", "'x'", '"x\\n"', "a # b", "|", ">-", "- a", "? a", ""]
)
lines = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.sampled_from([0, 0, 0, 2, 2, 4, 1, 3]),
    st.sampled_from(["", "", "- ", "-", "? ", "- - "]),
    st.sampled_from(["a: ", "b: ", "c:", "d.e: ", "'f': ", "", "", "0: ", "{g: ", "[", "# "]),
    scalars,
)


@given(st.lists(lines, max_size=6).map("\n".join))
@example("a: >\n  b")
@example("a: |-\n b\n  c\n")
@example("- a: 'x'\n b: y")
@example("a: \t1")
@example("a: [1\n, 2]\n")
def test_lines_in_any_order_are_read_as_safe_load_reads_them_or_refused(front):
    found, expected = load(front), safe_load(front)
    assert found == expected or was_refused(found, expected)


@given(st.binary() | st.text().map(str.encode) | st.text(alphabet="-\n a:'\"[{&*!|>#\t\r").map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    for given_bytes in (data, b"---\n" + data + b"\n---\nBody"):
        try:
            values, body = read(given_bytes)
        except FrontMatterRefused as refused:
            line = refused.line
        else:
            line = 1
            assert isinstance(values, dict)
            assert isinstance(body, str)
        assert 1 <= line <= given_bytes.count(b"\n") + given_bytes.count(b"\r") + 1


@pytest.mark.skipif(not DATA.is_dir(), reason="the newsroom's own documents are not beside the project")
def test_every_document_at_hand_is_read_as_safe_load_reads_it():
    paths = sorted(DATA.rglob("*.md"))
    assert paths
    for path in paths:
        _, front, body = path.read_bytes().decode().split("---\n", 2)
        assert read(path.read_bytes(), path.name) == (yaml.safe_load(front), body)
