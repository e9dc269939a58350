"""What a page says of its pictures: what they show, what stands below them, whom to credit."""

import pytest

from curation.extract import image_candidates, read

URL = "https://www.example.org/a-ward"
PICTURE = "https://www.example.org/ward.jpg"


def said(body, head=""):
    """What is said of the first picture of a page."""
    reading = read(f"<head><title>A ward</title>{head}</head><body><h1>A ward that listens</h1>{body}", URL)
    found = image_candidates.offered(reading, "page", URL)
    first = found["picture"][0][0]
    return {name: [words for words, of in found[name] if of == first] for name in ("alt", "caption", "credit")}


def figure(below, alt="A nurse"):
    picture = f'<img src="/ward.jpg" width="800" height="600" alt="{alt}">'
    return f"<figure>{picture}<figcaption>{below}</figcaption></figure>"


@pytest.mark.parametrize(
    ("below", "caption", "credit"),
    [
        ("The ward in May.", "The ward in May.", ""),
        ("The ward in May. (Photo: A. Person)", "The ward in May.", "A. Person"),
        ("The ward in May. Credit: A. Person / The Paper", "The ward in May.", "A. Person / The Paper"),
        ("The ward in May © The Paper", "The ward in May", "The Paper"),
        ("Photo by A. Person", "", "A. Person"),
        ("The ward in May <span class='credit'>Image: The Paper</span>", "The ward in May", "The Paper"),
        ("<span itemprop='copyrightHolder'>The Paper</span><p>The ward.</p>", "The ward.", "The Paper"),
        ("The credit union photographs its ward.", "The credit union photographs its ward.", ""),
        ("", "", ""),
    ],
)
def test_what_stands_below_a_picture_is_its_caption_and_its_credit(below, caption, credit):
    found = said(figure(below))
    assert (found["caption"], found["credit"]) == ([caption] if caption else [], [credit] if credit else [])


@pytest.mark.parametrize(
    ("alt", "kept"), [("A nurse", ["A nurse"]), ("", []), ("IMG_2034.jpg", []), ("image", []), ("{{ alt }}", [])]
)
def test_of_an_alternative_text_only_what_somebody_wrote_is_kept(alt, kept):
    assert said(figure("", alt))["alt"] == kept


def test_what_is_declared_and_what_is_shown_of_one_picture_are_kept_together():
    head = (
        f'<meta property="og:image" content="{PICTURE}"><meta property="og:image:alt" content="A nurse at her desk">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A ward that listens", "image":'
        f' {{"@type": "ImageObject", "url": "{PICTURE}", "caption": "A desk", "creator": {{"name": "A. Person"}}}}}}'
        "</script>"
    )
    found = said(figure("The ward in May.").replace("/ward.jpg", "/ward-800x600.jpg"), head)
    assert found == {
        "alt": ["A nurse at her desk", "A nurse"],
        "caption": ["A desk", "The ward in May."],
        "credit": ["A. Person"],
    }
