"""Sample pages grown to the sizes that pages have in the wild, by the markup that real pages are mostly made of.

What is added says nothing of the story: styles, scripts and the state of an application in the head, a menu before the
story, and behind it a bar of sharing links, related stories with pictures and days, comments and a foot. The story
keeps what a reader would say of it, and a reader has to find it among all that.
"""

import re
from collections.abc import Iterator
from itertools import cycle, islice

#: Bytes of a page, dealt out in turn: 170 kB are usual, some have 500 kB.
SIZES = (90_000, 170_000, 130_000, 170_000, 240_000, 170_000, 500_000, 170_000)
_HEAD_SHARE = 0.4  # of a page's bytes; scripts and styles, as a rule about half of a page with those at its end

_STYLE = """
.menu-item-{0} > a:hover, .card--{0} .card__title{{color:#1a73e8;padding:0 .{0}rem;display:flex}}
@media (min-width: 48em){{.grid-{0}{{grid-template-columns:repeat(12,minmax(0,1fr));gap:1.{0}rem}}}}"""
_STATE = (
    '{{"id":{0},"type":"teaser","slug":"/wards/{0}/teaser","label":"Teaser {0}","tags":["wards","beds"],'
    '"position":{{"row":{0},"column":3}},"isOpen":false,"ratio":0.{0}}},'
)
_CODE = """
window.dataLayer=window.dataLayer||[];function push{0}(){{for(var i=0;i<{0};i++){{if(i&&1<2){{
dataLayer.push(arguments)}}}}return {0}}};push{0}("config","G-{0}",{{"anonymize_ip":true}});"""
_PRELOAD = (
    '<link rel="preload" href="/assets/chunk-{0}.js" as="script" crossorigin><link rel="alternate" hreflang="x-{0}"'
    ' href="/{0}/"><meta name="feature-{0}" content="on">\n'
)
_MENU = (
    '<li id="menu-item-{0}" class="menu-item menu-item-type-taxonomy menu-item-{0}"><a class="menu__link"'
    ' data-level="2" href="/section/part-{0}/"><svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M12 2L2 7l10 5"/></svg><span>Part {0}</span></a></li>\n'
)
_CARD = (
    '<div class="card card--{0} col-md-4" data-post="{0}"><a class="card__link" href="/other/story-{0}/"'
    ' tabindex="-1"><picture><source type="image/webp" srcset="/m/{0}-400.webp 400w, /m/{0}-800.webp 800w">'
    '<img class="card__image lazy" loading="lazy" width="400" height="225" alt="" src="/m/{0}-400.jpg"></picture></a>'
    '<div class="card__body"><span class="card__label"><a href="/label/{0}/">Label</a></span><h4 class="card__title">'
    '<a href="/other/story-{0}/">Another story that is told elsewhere {0}</a></h4><p class="card__text">A few words'
    ' that lead on to <em>another</em> story.</p><time class="card__time" datetime="2022-05-1{1}">May 1{1}, 2022</time>'
    "</div></div>\n"
)
_COMMENT = (
    '<li id="comment-{0}" class="comment even thread-even depth-1"><article class="comment-body"><footer'
    ' class="comment-meta"><b class="fn">Reader {0}</b> <a href="#comment-{0}"><time datetime="2024-02-0{1}T10:00:00">'
    '2 February</time></a></footer><div class="comment-content"><p>I <strong>read</strong> this with pleasure &amp;'
    ' wrote <a rel="nofollow" href="https://example.net/{0}">more</a>.</p></div><a class="comment-reply-link"'
    ' href="#respond">Reply</a></article></li>\n'
)
_SHARE = '<li class="share__item"><button type="button" class="share__button" data-net="{0}">Net {0}</button></li>\n'
_FOOT = '<li class="foot__item"><a class="foot__link" href="/about/{0}/">About part {0}</a></li>\n'


def grown(page: bytes, size: int) -> bytes:
    """Return a page of about so many bytes; one that has no body to grow is given back as it is."""
    opened = re.search(rb"<body\b[^>]*>", page, re.IGNORECASE)
    if opened is None or b"</body>" not in page or len(page) >= size:
        return page
    room = size - len(page)
    head, menu, behind = (int(room * share) for share in (_HEAD_SHARE, 0.15, 0.45))
    start, end = opened.start(), page.rindex(b"</body>")
    parts = (
        _of_head(head) if re.search(rb"</head>\s*$", page[:start], re.IGNORECASE) else "",
        page[start : opened.end()],
        f'<header class="masthead"><nav class="menu"><ul>{_many(_MENU, menu)}</ul></nav></header>\n',
        page[opened.end() : end],
        _behind(behind),
    )
    before = re.sub(rb"</head>\s*$", b"", page[:start], flags=re.IGNORECASE)
    return before + b"".join(part if isinstance(part, bytes) else part.encode() for part in parts) + page[end:]


def _of_head(size: int) -> str:
    styles, code, state = (
        _many(piece, int(size * share)) for piece, share in ((_STYLE, 0.3), (_CODE, 0.3), (_STATE, 0.3))
    )
    return (
        f"{_many(_PRELOAD, size // 10)}<style>{styles}</style>\n<script>{code}</script>\n"
        f'<script id="__STATE__" type="application/json">[{state}0]</script></head>\n'
    )


def _behind(size: int) -> str:
    """Return what stands behind a story."""
    shares, cards, comments, foot = (
        _many(piece, int(size * share))
        for piece, share in ((_SHARE, 0.05), (_CARD, 0.5), (_COMMENT, 0.3), (_FOOT, 0.15))
    )
    return (
        f'<ul class="share">{shares}</ul><section class="related-stories"><h3>More</h3>{cards}</section>'
        f'<section class="comments"><ol class="comment-list">{comments}</ol></section><footer class="foot"><ul>{foot}'
        '</ul></footer><noscript><img height="1" width="1" alt="" src="https://pixel.example.net/p?e=1"></noscript>\n'
    )


def _many(piece: str, size: int) -> str:
    numbers = range(1, max(2, size // len(piece) + 1))
    return "".join(piece.format(number, number % 10) for number in numbers)


def dealt(pages: list) -> Iterator[tuple]:
    """Yield each of these with the size it is to have."""
    return zip(pages, islice(cycle(SIZES), len(pages)), strict=True)
