"""Two people change one ordered list: what merges, what waits for a choice; nothing of either is lost."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.editing.list_merge import merged


def items(words):
    """``"7 8via"`` as items: what each is, and what is said of it."""
    return [[word[:1], word[1:]] for word in words.split()]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result"),
    [
        ("1", "1 2", "1 3", "1 3 2"),  # both added
        ("", "2", "3", "3 2"),  # both began the list: who saved first stands first
        ("1 2", "1", "1 2 3", "1 3"),  # one took out, the other added
        ("1 2 3", "1 3", "1 2", "1"),  # both took out
        ("1 2 3", "3 1 2", "1 2 3 4", "3 4 1 2"),  # one moved, the other added
        ("1 2", "1 2via", "1why 2", "1why 2via"),  # both said something of another item
        ("1 2", "1 2 3", "1 2 3", "1 2 3"),  # both did the same
        ("1 2", "3 1 2", "1 2", "3 1 2"),  # only I put something first
        ("1 2", "1 2", "2 1", "2 1"),
        ("1", "1 1via", "1 2", "1 2 1via"),  # one page in two roles
        ("1 2", "2", "2", "2"),
        ("1", "", "1", ""),
        ("1 2 3 4", "1 2 4", "4 1 2 3", "4 1 2"),
    ],
)
def test_changes_of_different_items_merge(base, mine, theirs, result):
    assert merged(items(base), items(mine), items(theirs)) == items(result)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("1 2", "1 2via", "1 2why"),  # both said something else of one item
        ("1 2", "1", "1 2why"),  # taken out by one, changed by the other
        ("1 2 3", "2 1 3", "3 1 2"),  # moved apart
        ("1", "2 1", "3 1"),  # both put another first: one of them is the primary topic, the main source
        ("1", "2", "3"),
        ("", "1via", "1why"),  # both added one thing and said something else of it
    ],
)
def test_changes_of_one_item_wait_for_a_choice(base, mine, theirs):
    assert merged(items(base), items(mine), items(theirs)) is None


LISTS = st.lists(st.tuples(st.sampled_from("123456"), st.sampled_from(["", "via"])), unique_by=lambda item: item[0])


@given(LISTS, LISTS, LISTS)
def test_what_is_merged_holds_every_change_of_both_and_nothing_twice(base, mine, theirs):
    old, own, other = ([list(item) for item in side] for side in (base, mine, theirs))
    result = merged(old, own, other)
    for side, unchanged in itertools.product((own, other), (False, True)):
        assert merged(old, side, old if unchanged else side) == side
    if result is None:
        return
    assert len(result) == len({item[0] for item in result})
    for item in result:
        assert item in own or item in other
    for side in (own, other):
        added = [item for item in side if item not in old]
        gone = {item[0] for item in old} - {item[0] for item in side}
        assert all(item in result for item in added)
        assert not gone & {item[0] for item in result}
