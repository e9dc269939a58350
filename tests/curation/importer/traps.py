"""Two hundred documents that hold every trap an import can fall into: what is twice, contested, odd, late or broken."""

import random
from pathlib import Path

from .importing import news, picture, put

COUNT = 200
TOPICS = [
    "Atlas: Sleep",
    "atlas:  sleep",
    "ATLAS: Sleep",
    "Compass: Night",
    "night",
    "Night",
    "Überwachung",
    "A&B",
    "a & b",
]
AUTHORS = ["Ada Brook", "ada  brook", "Bela Calder", "Émile Dorn", "Emile Dorn"]
OFFERINGS = [
    "{label: Anchor Desk, permalink: /offering/anchor-desk, categories: ['Atlas: Sleep', 'Rest']}",
    "{label: Anchor Desk, permalink: /offering/anchor-desk, offeringId: 5, categories: [rest, Night]}",
    "{label: Anchor renamed, offeringId: 5}",
    "{label: Pebble - Notes, offeringId: '6', categories: ['Compass: Night']}",
    "{label: Another, permalink: /offering/pebble---notes, offeringId: 7}",
    "Willow",
]
DATES = ["'2024-02-29'", "2019-05-01", "2019-05-01T10:00:00Z", "2019-05-01 12:00:00+02:00", "'2093-01-01'"]
BODIES = [
    "<p>Sleep well.&nbsp;</p><p>Wake <b>early</b>.</p>",
    "Plain words.\n\nIn two blocks, with *stress*.",
    "<div>One <script>alert(1)</script><a href='javascript:x'>link</a></div>",
    "",
    "---\ntitle: Inner\ndate: 2001-01-01\n---\nAfter a second front matter.",
    "Words " * 400,
]
STATES = ["draft: true", "status: in review", "status: changes requested", "status: approved", "status: declined"]
BROKEN = ["mood: [", "date: soon", "viaLink: ftp://a.example/", "aliases: /../x", "featuredImage: ../x.jpg", "a: &b c"]


def write(folder: Path) -> Path:
    """Write the documents and their pictures below ``folder``; always the same ones."""
    dice = random.Random(11)
    for colour in ("teal", "olive"):
        picture(folder / f"static/img/{colour}.jpg", colour, (360, 200))
    picture(folder / "static/img/twin.jpg", "teal", (360, 200))
    (folder / "static/img/none.jpg").write_bytes(b"no picture at all")
    documents = {f"d{number:03}": _document(number, dice) for number in range(COUNT)}
    put(folder / "content/news", **documents)
    return folder


def _document(number, dice):
    if number % 29 == 7:
        return news(slug=f"d{number:03}", more=f"{dice.choice(BROKEN)}\n")
    slug = dice.choice([f"story-{number:03}"] * 6 + ["shared-story", "shared-story-2", "story-010"])
    lines = [f"id: {number - (number % 31 == 0)}", "source: traps"] if number % 3 else [f"key{number}: {number}"]
    lines += [f"author: [{', '.join(dice.sample(AUTHORS, 2))}]"] if dice.random() < 0.6 else []
    lines += [f"relatedOfferings: [{', '.join(dice.sample(OFFERINGS, dice.randint(1, 3)))}]"] if number % 4 else []
    lines += ["institution: Harbour Works", f"offering: {dice.choice(OFFERINGS)}"] if number % 7 == 0 else []
    lines += [f"aliases: [/news/{dice.choice(['old', 'story-011', slug, f'own-{number}'])}, 'bare-{number % 50}']"]
    lines += [_picture(dice)] if dice.random() < 0.4 else []
    lines += [f"lastMod: '2024-03-{number % 27 + 1:02}T07:15:02.25Z'"] if number % 2 else []
    lines += [dice.choice(STATES)] if number % 9 == 4 else []
    lines += ["archetype: bookmark", "linkBrand: elsewhere.example"] if number % 5 == 1 else []
    lines += ["via: A letter", f"viaLink: http://letter.example/{number % 6}?utm_source=x"] if number % 6 == 2 else []
    lines += ["insights_name: We", "insights_description: '**Sleep** more'", "odd: {2024-01-01: .nan}"] * (
        number % 8 == 3
    )
    topic = "\n  - ".join(f"'{name}'" for name in dice.sample(TOPICS, dice.randint(1, 4)))
    text = news(
        slug=slug,
        title=f"Story {number} cut at its end…" if number % 13 == 0 else f"Story {number}",
        date=dice.choice(DATES),
        topic=topic,
        more="".join(f"{line}\n" for line in lines),
    )
    if number % 10 == 5:
        text = text.replace(f"link: https://{slug}.example/story", "link: https://www.same.example/story/?fbclid=1")
    text = text.replace("<p>Sleep.</p>\n", dice.choice(BODIES))
    encoded = text.replace("\n", "\r\n").encode() if number % 17 == 0 else text.encode()
    return b"\xef\xbb\xbf" + encoded if number % 19 == 0 else encoded


def _picture(dice):
    address = dice.choice(["teal.jpg", "olive.jpg", "twin.jpg", "none.jpg", "missing.jpg"])
    return dice.choice(
        [
            f"featuredImage: /img/{address}",
            f"featuredImage: {{href: /img/{address}, alt: A field, wpAttachment: {{link: /a/1}}, valid: true}}",
            "featuredImage: https://cdn.example/x.jpg?Expires=1",
        ]
    )
