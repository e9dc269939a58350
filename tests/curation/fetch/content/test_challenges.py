"""How a guard's question looks, and that a story about guards does not."""

import pytest

from curation.fetch.content import challenges


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Just a moment…",
        "Attention Required! | Cloudflare",
        "Access Denied",
        "Access denied | www.example.org used a guard to restrict access",
        "Access to this page has been denied.",
        "Are you a robot?",
        "Checking your browser before accessing example.org",
        "Please verify you are human",
        "Example: verifying you are human",
        "Security check",
        "Security Check - Example",
        "Pardon Our Interruption",
        "403 Forbidden",
        " captcha ",
    ],
)
def test_titles_of_guards(title):
    assert challenges.is_challenge(title, "")
    assert not challenges.is_challenge(title, "x" * (challenges.LONGEST + 1))


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Just a moment of quiet on the ward",
        "Captcha is dead, and the clinic is glad",
        "Security checks at the hospital's back door",
        "Access denied to two wards after a flood",
        "Are you human enough for a night shift?",
        "Please wait: the queue that tells you how long",
    ],
)
def test_headlines_of_stories(title):
    assert not challenges.is_challenge(title, "<p>A story.</p>")


def test_what_a_guard_serves_gives_it_away():
    assert challenges.is_challenge("Example", "<script>window._CF_CHL_OPT = {}</script>")
