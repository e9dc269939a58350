"""Paragraphs of a text that was read."""

from curation.text.paragraphs import paragraphs


def test_a_line_of_a_page_is_a_paragraph_and_what_blank_lines_set_apart_of_other_texts():
    text = "One.\n Two. \n \n\n\nThree."
    assert paragraphs(text, "page") == ["One.", "Two.", "Three."]
    assert paragraphs(text, "pdf") == paragraphs(text, "text") == ["One.\n Two.", "Three."]
    assert paragraphs(" \n\n ", "page") == paragraphs("", "text") == []
