"""All pairs that tell one story twice, and the command that reports them."""

import io

import pytest
from django.core.management import CommandError, call_command

from curation import suggestions
from curation.models import Article
from curation.suggestions.pairs import CROWD, Pair, pairs
from tests import factories

pytestmark = pytest.mark.django_db

STORY = "On the third floor nobody types any more: a microphone above every bed takes down what nurses say at night."


def draft(title, body):
    return factories.make_article(title=title, standfirst="", body=f"<p>{body}</p>", topics=[])


@pytest.fixture
def newsroom():
    """Twelve stories of their own, and four that are told twice or nearly."""
    rows = [
        ("A ward that listens", STORY),
        ("Microphones above beds", STORY),
        ("The Seven Key Factors for Mergers", "Soup is boiled until noon."),
        ("Seven key factors for mergers", "Barley is sown in spring by hand."),
    ]
    rows += [
        (f"Quiet {word} in the {word} hills", f"About {word} one could write more, and {word} did.") for word in OWN
    ]
    return [draft(*row) for row in rows]


OWN = "apple birch cedar dunes ember ferns grain heath islet jetty knoll lakes".split()  # noqa: SIM905 -- a list of words


def test_pairs_are_told_with_score_and_cause(newsroom):
    one, other, third, fourth = (article.pk for article in newsroom[:4])
    title, body = pairs()[1], pairs()[0]
    assert body == Pair(one, other, 100.0, "body")
    assert (title.one, title.other, title.by) == (third, fourth, "title")
    assert 85 <= title.score < 100
    assert len(pairs()) == 2


def test_less_alike_ones_are_found_when_asked_for(newsroom):
    assert len(pairs(least=95)) == 1
    assert len(pairs(least=60)) >= 2


def test_of_what_came_later_only_its_own_pairs_are_told(newsroom):
    assert len(pairs(after=newsroom[1].pk)) == 1
    late = draft("A ward that listens!", "Rain falls on the lake, and on the hills behind it.")
    assert pairs(after=newsroom[-1].pk) == [Pair(newsroom[0].pk, late.pk, 100.0, "title")]
    assert pairs(after=late.pk) == []


def test_it_says_what_similar_says(newsroom):
    for pair in pairs():
        found = suggestions.similar(Article.objects.get(pk=pair.one))
        assert [(one.article.pk, one.by) for one in found] == [(pair.other, pair.by)]


def test_a_crowd_that_shares_a_title_is_bounded():
    for number in range(CROWD + 5):
        draft("Weekly letter", f"{OWN[number % 12]} {number}")
    assert len(pairs()) <= (CROWD + 5) * CROWD


def test_what_is_done_is_told(newsroom):
    told = {}
    pairs(tell=lambda doing, count: told.update({doing: told.get(doing, 0) + count}))
    assert told["Titles"] == told["Texts"] == len(newsroom)
    assert told["Pairs"] >= 1


def test_the_command_lists_pairs_and_ends_with_numbers(newsroom):
    out = io.StringIO()
    call_command("similar_articles", stdout=out)
    *lines, last = out.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0].split() == (
        f"100.0 same body {newsroom[0].pk} “A ward that listens” = {newsroom[1].pk} “Microphones above beds”".split()
    )
    assert last.startswith(f"2 pairs among {len(newsroom)} articles in ")
    call_command("similar_articles", stdout=(out := io.StringIO()), after=newsroom[1].pk)
    assert out.getvalue().splitlines()[-1].startswith("1 pairs")
    call_command("similar_articles", stdout=(out := io.StringIO()), least=95)
    assert out.getvalue().startswith("100.0")


def test_an_empty_newsroom_has_none():
    out = io.StringIO()
    call_command("similar_articles", stdout=out)
    assert out.getvalue().startswith("0 pairs among 0 articles")


@pytest.mark.parametrize("least", [0, 101, -5])
def test_a_senseless_number_is_refused(least):
    with pytest.raises(CommandError, match="from 1 to 100"):
        call_command("similar_articles", least=least)
