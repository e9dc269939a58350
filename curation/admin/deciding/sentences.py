"""Sentences of a brief on the screen for deciding, in HTML: their pieces, and behind each the mark of its evidence.

Built here and not by a template: a brief has forty of them, each of a dozen parts, and half the page's time went there.
"""

from django.utils.html import format_html, format_html_join

from curation.admin import badges

_PIECES = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>"}


def drawn(sentence, mark, shown) -> str:
    """Return a sentence with what changed in it and its mark (None: it has none), which ``shown`` puts into words."""
    look = "st is-no" if mark and mark.kind == "missing" else "st"
    number = format_html(' id="s{}"', sentence.number) if sentence.number else ""
    pieces = format_html_join("", "{}", ((_piece(one),) for one in sentence.pieces))
    changed = " is-changed" if sentence.is_changed else ""
    marks = (_mark(mark, shown) if mark else "", _talk(shown.comment) if shown.comment else "")
    return format_html('<span class="{}{}"{}>{}{}{}</span>', look, changed, number, pieces, *marks)


def _talk(comment):
    """Return the mark of a sentence that is discussed, which leads to what is said."""
    link = (
        '&#8288;<a class="talk-here" href="#comment-{}" title="Discussed">{}<span class="visually-hidden">{}</span></a>'
    )
    return format_html(link, comment, badges.icon("talk"), "Discussed")


def _piece(piece):
    return format_html(_PIECES[piece.kind], piece.words) if piece.kind in _PIECES else piece.words


def _mark(mark, shown):
    """Return the mark behind a sentence: a link to its place in the source, and in words for who cannot see it."""
    return format_html(
        '&#8288;<a class="ev {}" data-ev="{}" href="{}"{}{} title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">Sentence {}: {}</span></a>',
        shown.look,
        mark.kind,
        f"?source={mark.source}#p{mark.paragraph}" if mark.source else f"#s{mark.number}",
        _place(mark),
        _near(shown.near),
        shown.said,
        shown.label,
        mark.number,
        shown.said,
    )


def _place(mark):
    if not mark.source:
        return ""
    words = ' data-source="{}" data-p="{}" data-from="{}" data-to="{}"'
    return format_html(words, mark.source, mark.paragraph, *(mark.span or ("", "")))


def _near(near):
    return format_html(' data-near="{}" data-near-p="{}"', near.words, near.paragraph) if near else ""
