"""A page's source becomes a tree, however broken or hostile it is, in time linear in it."""

from lxml import etree

_LONG = 10_000  # characters without an end of a tag
_MOST = 2_000  # attributes of one tag


def parsed(source: str) -> etree._Element:
    """Return a page's root; of a page that holds nothing, an empty one."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(_without_towers_of_attributes(source).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        tree = None
    return tree if tree is not None else etree.Element("html")


def _without_towers_of_attributes(source: str) -> str:
    """Return a page without the attributes no tag has room for: the parser's time grows with their square.

    Looks for an end of a tag once in many characters, so that a page costs next to nothing.
    """
    kept, taken, begun = [], 0, 0
    while len(source) - begun > _LONG:
        end = source.rfind(">", begun, begun + _LONG + 1) + 1
        if not end:
            end = source.find(">", begun + _LONG)
            end = len(source) if end < 0 else end
            kept += source[taken:begun], _shortened(source[begun:end])
            taken = end
        begun = end
    return "".join([*kept, source[taken:]]) if kept else source


def _shortened(piece: str) -> str:
    begun = piece.rfind("<")
    words = piece[begun:].split(None, _MOST) if begun >= 0 else ()
    return piece[:begun] + " ".join(words[:_MOST]) if len(words) > _MOST else piece
