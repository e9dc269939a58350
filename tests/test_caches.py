"""Every cache of the house by name, and its bound: in bytes where texts are kept, else a number of small things."""

import ast
import importlib

import pytest

from offerings.text.kept import Kept, _digests
from tests.test_house import modules, read

#: Answers to short keys only, by function: as many as lru_cache says, each of some hundred bytes.
COUNTED = {
    "curation.admin.addresses._pattern": 512,  # addresses of the desk
    "curation.evidence.figures.likeness._digits": 4096,  # two numbers
    "curation.evidence.names.capitals._is_capital": 4096,  # of a sentence that is cut at 2,000 characters
    "curation.evidence.names.capitals.part": 4096,
    "curation.evidence.names.dictionary.is_known_name": 8_192,  # no part of a name longer than 64 letters
    "curation.evidence.names.dictionary.is_ordinary": 8_192,  # no word longer than LONGEST
    "curation.evidence.words.stem": 16_384,  # no word longer than LONGEST
    "curation.importer.bodies.surroundings._address_of": 4096,
    "curation.importer.old_sites.origins._hugo": 256,
    "curation.importer.old_sites.origins._jekyll": 256,
    "curation.importer.old_sites.origins._rules": 1024,
    "curation.importer.old_sites.origins.origin_of": 1024,
    "curation.importer.old_sites.visibility.rule_of": 4096,
    "curation.images.covers.draw": 256,  # 6 kB each, of a name that is parsed first
    "curation.importer.documents.files._static": 1024,  # folders of one import
    "curation.sql.bulk_writes._written_before": 1024,  # moments
    "curation.suggestions.word_forms._stem": 32_768,  # no word of more than 64 letters
    "curation.text.links.parsing._checked_before": 256,  # addresses of at most 2,048 characters, as the next
    "curation.text.links.parsing._known_parts": 256,
    "curation.text.links.parsing._known_host": 2048,  # hosts
    "curation.text.links.identity._site": 1024,
    "curation.text.links.tracking._at": 1024,
    "curation.text.links.unwrapping._table_names": 1024,
}
#: As many answers as there are colours, letters, zones or views of ours.
FINITE = {
    "curation.admin.preferences.zones",
    "curation.editing.evidence_marks.remembered.revision",
    "curation.extract.judge.sayings.patterns",
    "curation.images.covers.figure_motifs._outlines",
    "curation.images.covers.palette.colours",
    "curation.images.covers.palette.policy",
    "curation.images.covers.palette.style",
    "curation.site.lists._within",
    "curation.sql.bulk_writes._blanks",
    "curation.text.dates.zone",
    "medigy.demo.pictures.figure_scenes._loops",
    "medigy.demo.pictures.figure_scenes._outlines",
    "medigy.http.refusals.bodies._outside",
    "medigy.http.refusals.turned_away.desk",
}
MOST = 32 * 1024 * 1024  # bytes that all of them may hold in one process


def decorated(*names):
    """Every function under a decorator of one of these names: its full name."""
    for path in modules("offerings", "curation", "medigy"):
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(read(path))):
            for one in getattr(node, "decorator_list", []):
                said = ast.unparse(one.func if isinstance(one, ast.Call) else one).rpartition(".")[2]
                if said in names:
                    yield f"{module}.{node.name}"


def function(name):
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def test_no_cache_is_unknown_and_none_is_named_that_is_gone():
    assert sorted(decorated("lru_cache")) == sorted(COUNTED)
    assert sorted(decorated("cache")) == sorted(FINITE)


@pytest.mark.parametrize("name", COUNTED)
def test_a_counted_cache_has_the_bound_that_is_written_here(name):
    assert function(name).cache_info().maxsize == COUNTED[name]


def test_caches_of_texts_are_bounded_by_bytes_and_together_small():
    bounds = {name: function(name).bound for name in decorated("kept")}
    assert len(bounds) >= 6
    assert sum(bounds.values()) < MOST


#: How many texts the pieces of pages are drawn of.
TEXTS = {
    "admin.board.faces._drawn": 14,
    "admin.calendar.cells._drawn": 8,
    "admin.calendar.cells._month_cell": 9,
    "admin.calendar.planning._row": 13,
}


@pytest.mark.parametrize("name", sorted(decorated("kept")))
def test_each_of_them_stays_within_its_bound_whatever_is_asked(name):
    asked = function(name)
    asked.forget()
    given = TEXTS.get(name.rpartition("curation.")[2], 2 if name.endswith(("_slug", "copied_run")) else 1)
    for number in range(60):
        asked(*[f"{number} " + "word and more " * 8_000] * given)
    assert 0 <= asked.held <= asked.bound
    asked.forget()
    assert asked.held == 0


def test_the_oldest_goes_and_what_is_large_is_not_kept():
    calls = []
    same = Kept(lambda text: calls.append(text) or text, 8_000)
    assert [same(text) for text in ("a", "a", "b" * 4_000, "b" * 4_000)] == ["a", "a", "b" * 4_000, "b" * 4_000]
    assert calls == ["a", "b" * 4_000, "b" * 4_000]
    for number in range(100):
        same(str(number))
    same("a")
    assert calls[-1] == "a"
    assert same.held <= 8_000


def test_long_texts_known_by_digest_hold_no_text_and_an_answer_of_none_is_kept():
    calls = []
    length = Kept(lambda a, b: calls.append(a), 8_000, _digests)
    assert [length("a" * 90_000, "b"), length("a" * 90_000, "b"), length("a", "b" * 90_000)] == [None] * 3
    assert [len(text) for text in calls] == [90_000, 1]
    assert length.held < 2_000
