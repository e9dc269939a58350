"""Signs of other generators in a body: translated where they have a plain meaning, gone and counted where not."""

from collections import Counter

import pytest

from curation.importer.bodies.written import has_signs, without_signs
from curation.text import prose

LINK = '<p><a href="https://youtu.be/x1" rel="noopener">https://youtu.be/x1</a></p>'


@pytest.mark.parametrize(
    ("source", "html", "lost"),
    [
        ("> [!NOTE]\n> Inside", "<blockquote>\n<p><strong>Note</strong></p>\n<p>Inside</p></blockquote>", {}),
        ("> [!TIP]- Rest\n> Inside", "<blockquote>\n<p><strong>Rest</strong></p>\n<p>Inside</p></blockquote>", {}),
        ('[caption id="a" width="1"]A ward[/caption]', "<p>A ward</p>", {}),
        ("[embed]https://youtu.be/x1[/embed]", LINK, {}),
        ("[youtube https://youtu.be/x1]", LINK, {}),
        ("[youtube=https://youtu.be/x1]", LINK, {}),
        ('[gallery ids="1,2"]\n\nWords', "<p>Words</p>", {"shortcode gallery": 1}),
        ('[video src="x.mp4"][/video]', "", {"shortcode video": 1}),
        ('[vc_row][vc_column width="1/2"]Words[/vc_column][/vc_row]', "<p>Words</p>", {}),
        ('[audio src="x.mp3"]', "", {"shortcode audio": 1}),
        ('[contact-form-7 id="1"]\n\nWords', "<p>Words</p>", {"shortcode contact-form-7": 1}),
        ("[su_spacer]\n\nWords", "<p>Words</p>", {}),
        ("```\n[gallery]\n```", "<pre><code>[gallery]\n</code></pre>", {}),
        ("A [video] and [audio]", "<p>A [video] and [audio]</p>", {}),
        ("[video](https://e.example)", '<p><a href="https://e.example" rel="noopener">video</a></p>', {}),
    ],
)
def test_a_sign_is_translated_or_counted(source, html, lost):
    counted = Counter()
    assert has_signs(source) or source == html.removeprefix("<p>").removesuffix("</p>")
    assert (prose.body(without_signs(source, ".md", counted)), counted) == (html, Counter(lost))


@pytest.mark.parametrize("tag", ["div", "section", "aside"])
def test_markdown_in_a_tag_that_says_so_is_read(tag):
    assert prose.body(f'<{tag} markdown="1">\n**bold**\n</{tag}>') == "<p><strong>bold</strong></p>"
