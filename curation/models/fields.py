"""The fields of an article, declared once: everything that must know of one is derived from this table.

Columns, Versions, differences, the desk's form and boxes, the import and Editions read it. Add a field here first
(``docs/recipes.md``); ``tests/curation/models/test_fields.py`` holds every place against the table.
"""

from collections.abc import Callable
from dataclasses import dataclass

#: Ways of a field into an Edition: copied under its name, worked out by the press, or not at all.
COPIED, MADE, DESK = "copied", "made", "desk"


@dataclass(frozen=True)
class Box:
    """A group of boxes on the article's page: its heading, and the classes that say where it stands."""

    heading: str
    classes: tuple[str, ...] = ()


WORDS, PICTURE = Box("Words"), Box("Picture")
EXTRAS, ADDRESS = Box("Editor's box", ("collapse",)), Box("Address, date, PDF", ("collapse",))
# Required before optional, as they stand in the rail.
TOPICS, SOURCES = Box("Topics", ("beside", "first")), Box("Sources", ("beside", "first"))
OFFERINGS, BYLINES = Box("Offerings", ("beside",)), Box("Bylines", ("beside",))
BOXES = (WORDS, PICTURE, EXTRAS, ADDRESS, TOPICS, SOURCES, OFFERINGS, BYLINES)


@dataclass(frozen=True)
class Rows:
    """The rows behind a field that is an ordered list.

    ``relation`` reaches them from an article; ``columns`` are the keys of a row in a snapshot and their columns, the
    thing itself first; ``once`` names the keys that may stand in the list only once together.
    """

    relation: str
    columns: dict[str, str]
    once: tuple[str, ...]

    @property
    def thing(self) -> str:
        """The key that names what is listed, such as ``topic``."""
        return next(iter(self.columns))


@dataclass(frozen=True)
class ArticleField:
    """One field of an article.

    ``name`` is what a snapshot calls it; ``input`` its name on the form where that differs; ``box`` the group of boxes
    it stands in (None: nobody writes it, it says something of what is written), ``on_line`` whether it shares the line
    of the field before it. ``reaches`` says how it comes into an
    Edition. ``key`` is the key of a document that carries it as plain text, so that the importer takes it without being
    told; keys that need a rule stand in ``importer/documents/keys.py``. ``before`` is what Versions held that are older
    than the field, for one that came later (``is_late``).
    """

    name: str
    label: str
    box: Box | None
    reaches: str = COPIED
    input: str = ""
    rows: Rows | None = None
    key: str = ""
    is_html: bool = False
    is_instant: bool = False
    before: object = None
    is_late: bool = False
    on_line: bool = False

    @property
    def box_name(self) -> str:
        """Its name on the form."""
        return self.input or self.name


def _late(name, label, box, before, **given):
    """Return a field that articles did not have from the beginning, and what Versions without it held."""
    return ArticleField(name, label, box, before=before, is_late=True, **given)


#: Every field, in the order in which people read differences.
TABLE = (
    ArticleField("title", "Title", WORDS),
    ArticleField("standfirst", "Standfirst", WORDS, MADE),
    ArticleField("body", "Brief", WORDS, is_html=True),
    ArticleField("picture_alt", "Alternative text", PICTURE, MADE),
    _late("picture_decorative", "Decorative, needs no words", PICTURE, False, reaches=MADE),
    ArticleField("picture_credit", "Credit", PICTURE),
    ArticleField("picture_id", "Picture", PICTURE, input="picture_list"),
    ArticleField("focus_x", "Focus, % from the left", PICTURE),
    ArticleField("focus_y", "Focus, % from the top", PICTURE, on_line=True),
    ArticleField(
        "topics",
        "Topics",
        TOPICS,
        MADE,
        "topic_list",
        Rows("article_topics", {"topic": "tag_id", "spelling": "spelling"}, ("topic",)),
    ),
    ArticleField(
        "sources",
        "Sources",
        SOURCES,
        MADE,
        "source_list",
        Rows(
            "article_sources",
            {"link": "link_id", "role": "role", "label": "label", "reason": "reason"},
            ("link", "role"),
        ),
    ),
    ArticleField(
        "offerings",
        "Offerings",
        OFFERINGS,
        MADE,
        "offering_list",
        Rows("article_offerings", {"offering": "offering_id", "role": "role"}, ("offering",)),
    ),
    ArticleField(
        "bylines",
        "Bylines",
        BYLINES,
        MADE,
        "byline_list",
        Rows("article_authors", {"author": "author_id"}, ("author",)),
    ),
    _late("copied_reason", "Why words of the source stay as they are", WORDS, "", reaches=DESK),
    ArticleField("insights_name", "Name of the editor's box", EXTRAS),
    ArticleField("insights", "Editor's box", EXTRAS, is_html=True),
    ArticleField("slug", "Address", ADDRESS),
    ArticleField("section_id", "Section", ADDRESS, input="section"),
    ArticleField("dated_at", "Date", ADDRESS, MADE, is_instant=True),
    ArticleField("dated_day", "Only the day counts", ADDRESS),
    ArticleField("pdf", "PDF", ADDRESS),
    _late("evidence", "Where sentences rest, as people said", None, [], reaches=DESK),
)
#: When the words were last changed: part of a snapshot, but nothing that anybody writes.
CLOCK = "modified_at"
BY_NAME: dict[str, ArticleField] = {field.name: field for field in TABLE}
BY_INPUT: dict[str, ArticleField] = {field.box_name: field for field in TABLE if field.box}
LISTS: dict[str, Rows] = {field.name: field.rows for field in TABLE if field.rows}
INSTANTS = (*(field.name for field in TABLE if field.is_instant), CLOCK)
PLAIN = tuple(field.name for field in TABLE if not field.rows and not field.is_instant)
HTML = tuple(field.name for field in TABLE if field.is_html)
BEFORE = {field.name: field.before for field in TABLE if field.is_late}
LABELS = {field.name: field.label for field in TABLE}
#: What people write: whose words remain is asked of these, and only they move the clock.
WRITTEN = frozenset(field.name for field in TABLE if field.box)


def names(is_one: Callable[[ArticleField], bool]) -> tuple[str, ...]:
    """Return the names of the fields that ``is_one`` picks, in the table's order."""
    return tuple(field.name for field in TABLE if is_one(field))


def lines_in(box: Box) -> tuple[str | tuple[str, ...], ...]:
    """Return the lines of boxes in a group: names on the form, as tuples where several share a line."""
    lines = []
    for name, field in BY_INPUT.items():
        if field.box is box:
            lines += [[*lines.pop(), name]] if field.on_line else [[name]]
    return tuple(line[0] if len(line) == 1 else tuple(line) for line in lines)


#: Fields that the press copies as they are; the rest of an Edition it works out.
TO_EDITIONS = names(lambda field: field.reaches == COPIED)
