"""Families of forms: what a source says in another form is there, and what is only like it is missing."""

import tomllib
from pathlib import Path

import pytest

from curation import evidence

AROUND = "The weather was fine in the valley, and the kitchen served soup.", "Parking remains difficult near the river."


def families():
    for path in sorted(Path(__file__).parent.glob("*/families.toml")):
        for family, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield pytest.param(rows, id=f"{path.parent.name}-{family}")


@pytest.mark.parametrize("rows", families())
def test_each_form_of_a_family_is_read(rows):
    wrong = []
    for sentence, said, *missing in rows:
        [found] = evidence.of([sentence], [AROUND[0], said, AROUND[1]])
        if found.missing != missing:
            wrong.append((sentence, said, missing, found.missing))
    assert wrong == []
