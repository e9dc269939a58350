"""Every rule on the vectors at hand: the newsroom's where they lie beside the project, our own always."""

import json

import pytest

from curation.importer.frontmatter import meta_key
from curation.text import prose
from curation.text.links import article_slug, brand
from offerings.slugs import category_slug, offering_slug, slug, topic_label
from tests import ROOT, SHARED

PLACES = [ROOT / "tests" / "vectors.json", SHARED / "data" / "vectors" / "rules.json"]
VECTORS = [vector for place in PLACES if place.is_file() for vector in json.loads(place.read_text(encoding="utf-8"))]

ANSWERS = {
    "slug": lambda given: {
        "linkBrand": brand(given["url"]),
        "slug": article_slug(given["url"], given["title"]),
    },
    "offering_permalink": lambda given: {"permalink": f"/offering/{offering_slug(given['label'])}"},
    "category": lambda given: {
        "categorySlug": category_slug(given["category"]),
        "categoryUrl": f"topic/{slug(given['category'])}",
        "categoryLabel": topic_label(given["category"]),
    },
    "description_autocut": lambda given: {"wanted": prose.standfirst(given["body_first_line"])},
    "meta_key": lambda given: {"key": meta_key(given["name"])},
}


@pytest.mark.parametrize("vector", VECTORS, ids=[f"{vector['kind']}-{place}" for place, vector in enumerate(VECTORS)])
def test_the_rules_give_what_the_vector_says(vector):
    assert vector | ANSWERS[vector["kind"]](vector) == vector


def test_every_rule_has_a_vector():
    assert {vector["kind"] for vector in VECTORS} == ANSWERS.keys()


@pytest.mark.parametrize("vector", [vector for vector in VECTORS if vector["kind"] == "description_autocut"])
def test_the_old_cut_is_known_for_a_machines(vector):
    assert prose.is_machine_cut(vector["legacy_go"], vector["body_first_line"])
    assert prose.repaired(vector["legacy_go"], prose.body(vector["body_first_line"])) == vector["wanted"]
