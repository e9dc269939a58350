"""Every key that documents carry has a place: the table of keys is held against the documents themselves."""

import pytest

from curation.importer import frontmatter
from curation.importer.documents import files, parse
from curation.importer.documents.keys import KEYS, Fate
from curation.importer.documents.meta_values import is_empty
from curation.models import Section
from tests.curation.importer.importing import DATA, SAMPLES

FOLDERS = [SAMPLES, *(folder for folder in (DATA / "curated", DATA / "bookmarks") if folder.exists())]
FOUND = [item for item in files.find(map(str, FOLDERS)) if isinstance(item, files.Found)]


def section():
    """What the News section says, without a database."""
    fresh = Section(name="News", slug="news", masthead="NEWS", search_category="News", first_tag="News")
    return {
        "identifier": fresh.name,
        "mastHead": fresh.masthead,
        "basePath": fresh.base_path,
        "searchCategory": fresh.search_category,
        "tags": [fresh.first_tag],
        "sub": fresh.kind,
    }


OPTIONS = parse.Options((), section())


def read(found):
    """The front matter of a document, and what the importer made of it."""
    values, _ = frontmatter.read(files.read(found), found.shown)
    return values, parse.parse(found, OPTIONS)


def test_every_key_of_every_document_is_in_the_table():
    unknown = {name for found in FOUND for name in read(found)[0] if name not in KEYS}
    assert unknown == set()


def test_every_key_of_the_table_occurs_in_a_document_or_is_named_by_the_format():
    occurring = {name for found in FOUND for name in read(found)[0]}
    assert KEYS.keys() - occurring == {"draft"}


def test_nothing_is_lost_between_columns_and_leftovers():
    """A value is in a leftover, or it is empty, or it follows from others, or a column holds it."""
    for found in FOUND:
        values, document = read(found)
        for name, value in values.items():
            if name in document.leftovers or is_empty(value) or KEYS[name].fate is Fate.DERIVED:
                continue
            assert KEYS[name].fate is Fate.COLUMN, (found.path, name)
            assert _held(document, name, value), (found.path, name, value)


_NUMBERS = {3.0: "3.", 11.0: "11."}  # what YAML reads as a number was a sentence cut short


def _held(document, name, value):
    """Whether what was parsed holds the value of a key that has a column."""
    main = document.sources[0].columns if document.sources else {}
    said = value if isinstance(value, dict) else {}
    places = {
        "slug": lambda: document.fields["slug"] == value,
        "title": lambda: document.fields["title"] == value,
        "description": lambda: document.fields["standfirst"] in (value, _NUMBERS.get(value)),
        "date": lambda: str(value)[:10] == f"{document.date:%Y-%m-%d}",
        "lastMod": lambda: value.startswith(f"{document.modified:%Y-%m-%dT%H:%M:%S.%f}"),
        "categories": lambda: document.topics == value,
        "author": lambda: document.bylines == value,
        "featuredImage": lambda: document.picture == said.get("href", value),
        "link": lambda: main["pasted"] == said.get("original", value),
        "original": lambda: main["pasted"] == value,
        "href": lambda: main["cleaned"] == value,
        "id": lambda: document.key.endswith(f":{value}") and document.package["number"] == value,
        "source": lambda: document.key.startswith(f"{value}:"),
        "aliases": lambda: document.old_paths == [value],
        "relatedOfferings": lambda: (
            [names["name"] for _, names in document.offerings] == [row["label"] for row in value]
        ),
        "openProjectCustomFields": lambda: document.package["custom_fields"] == value,
        "openProjectWorkPackageType": lambda: document.package["type"] == value,
    }
    if KEYS[name].where == "SourceLink.metadata":
        return main["metadata"][name] == value
    return places[name]()


def test_a_derived_key_that_says_something_else_is_kept():
    found = next(item for item in FOUND if item.path.endswith("7c1f0a52-quiet-wards.md"))
    text = files.read(found).decode()
    changed = text.replace("  - Alarm Fatigue\n", "  - Alarms\n").replace("mastHead: NEWS", "mastHead: VIEWS")
    document = parse.from_bytes(changed.encode(), found, OPTIONS)
    assert document.leftovers["categoryLabel"] == ["Alarms", "Night Shifts"]
    assert document.leftovers["mastHead"] == "VIEWS"
    assert "categorySlug" not in document.leftovers


@pytest.mark.parametrize("written", ["null", "''", "' '", "", "[]", "{}"])
def test_all_spellings_of_nothing_mean_nothing(written):
    text = (
        f"---\ntitle: A\nvia: {written}\ndescription: {written}\ncategories: {written}\naliases: {written}\n---\nWords."
    )
    found = files.Found("a.md", "a.md", "a.md")
    document = parse.from_bytes(text.encode(), found, OPTIONS)
    assert (document.fields["standfirst"].strip(), document.topics, document.old_paths, document.sources) == (
        "",
        [],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("front", "kept"),
    [
        ("mood: calm", {"mood": "calm"}),
        ("when: 2024-01-02", {"when": "2024-01-02"}),
        ("nan: .nan", {"nan": "nan"}),
        ("1: one", {"1": "one"}),
        ("deep: {2024-01-02: [.inf, 1.5]}", {"deep": {"2024-01-02": ["inf", 1.5]}}),
        ("source: {name: Pins}", {"source": {"name": "Pins"}}),
        ("categories: {a: b}", {"categories": {"a": "b"}}),
        ("openProjectCustomFields: {a: 1}", {"openProjectCustomFields": {"a": 1}}),
        ("via: A friend", {"via": "A friend"}),
        ("linkBrand: elsewhere.example", {"linkBrand": "elsewhere.example"}),
        ("slug: Über Uns", {"slug": "Über Uns"}),
    ],
)
def test_what_has_no_column_is_kept_as_json_can_hold_it(front, kept):
    found = files.Found("a.md", "a.md", "a.md")
    text = f"---\ntitle: A\nlink: https://a.example/\n{front}\n---\nWords."
    assert parse.from_bytes(text.encode(), found, OPTIONS).leftovers == kept
