"""The benchmark counts as it says, and its promise holds where the posts are."""

import pytest

from benchmarks import suggestions as bench
from curation.suggestions import Text


def post(pk, title, *topics):
    return bench.Post(pk, Text(title), topics)


def test_figures_are_counted_as_they_are_defined():
    posts = [post(n, f"Title {n}", "a", "b") for n in range(10)] + [post(n, f"Title {n}", "c") for n in range(10, 20)]
    perfect = bench.measured(posts, 1, lambda training, catalogue: lambda asked: list(asked.topics))
    assert (perfect.precision, perfect.recall) == (pytest.approx(0.5), 1)  # 2 of 3 places, and 1 of 3
    constant = bench.measured(posts, 1, lambda training, catalogue: lambda asked: ["x", "a", "y", "z", "c", "b"])
    assert (constant.precision, constant.recall) == (pytest.approx(1 / 6), pytest.approx(0.75))


def test_posts_of_one_title_are_never_on_both_sides():
    posts = [post(n, "The Same" if n % 2 else f"Title {n}", "a") for n in range(40)]
    dealt = bench.folds(posts, 5)
    assert sorted(one.pk for fold in dealt for one in fold) == list(range(40))
    assert sum(any(one.text.title == "The Same" for one in fold) for fold in dealt) == 1


def test_no_test_fold_is_learned_from():
    posts = [post(n, f"Title {n}", "a") for n in range(30)]

    def way(training, catalogue):
        known = {one.pk for one in training}
        return lambda asked: [] if asked.pk not in known else pytest.fail("a tested post was learned from")

    bench.measured(posts, 3, way)


def test_synonyms_are_learned_from_training_alone():
    posts = [post(n, "Harbour lights", "a") for n in range(3)] + [post(n, f"Soup {n}", "b") for n in range(3, 9)]
    assert sorted(bench.learned(posts)["a"]) == ["harbour", "harbour light", "light"]
    assert "a" not in bench.learned(posts[1:])


@pytest.mark.skipif(not bench.POSTS.is_dir(), reason="the old posts are not here")
def test_ours_beats_plain_neighbours_at_both():
    posts = bench.read(bench.POSTS)
    assert len(posts) == 217
    gap = bench.measured(posts, 7, bench.ours()) - bench.measured(posts, 7, bench.plain())
    assert min(gap.precision, gap.recall) >= bench.BETTER_BY
