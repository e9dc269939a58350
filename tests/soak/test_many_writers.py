"""Eight people in one article at once, ten edits each: no word is lost, nobody meets an error, nothing is locked."""

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from .newsroom import Newsroom, database

pytestmark = pytest.mark.soak

PEOPLE, EDITS = 8, 10


@pytest.fixture
def room(tmp_path):
    """An empty newsroom."""
    with database(tmp_path) as url:
        room = Newsroom(tmp_path / "room", url)
        room.must("migrate", "-v0")
        yield room


def test_no_word_of_eight_who_write_at_once_is_lost(room, say):
    article, names = room.ask("tests.soak.editors:begin", PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as pool:  # each asks a process of its own
        told = list(pool.map(lambda name: room.ask("tests.soak.editors:write", article, name, EDITS), names))
    answers = {code: sum(one.get(code, 0) for one in told) for one in told for code in one}
    end = room.ask("tests.soak.editors:outcome", article)
    say(f"{json.dumps(answers)}; {end['versions']} Versions, {end['log']} log rows, edit {end['edit']}")
    assert set(answers) <= {"200", "409"}
    assert answers["200"] == PEOPLE * EDITS
    lost = [said for said in product(names, range(EDITS)) if f"{said[0]} says {said[1]}." not in end["body"]]
    assert lost == []
    assert end["newest"] == end["body"]
    assert end["edit"] == PEOPLE * EDITS
