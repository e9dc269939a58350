"""A made-up newsroom of any size in the production format: the same documents for the same number and seed.

``python -m benchmarks.corpus 10000 /tmp/corpus`` writes 10,000 documents to ``/tmp/corpus/news/``. Every name and
sentence is put together from the lists below; links lead to reserved example domains.
"""

import argparse
import itertools
import random
import textwrap
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from offerings import slugs

FIRST_DAY, DAYS = datetime(2015, 10, 1, tzinfo=UTC), 3650
TOPICS, OFFERINGS, BRANDS, AUTHORS = 80, 300, 200, 24
TAXONOMIES = ("Atlas", "Compass", "Ward Round")


def _words(text, separator=None):
    return [word.strip() for word in text.split(separator)]


WHO = _words("clinics hospitals researchers nurses pharmacists regulators insurers engineers surgeons therapists")
WHICH = _words("regional rural independent public small academic mobile remote paediatric municipal")
DO = _words("test adopt compare question redesign measure publish share extend simplify")
WHAT = _words(
    "triage tools, bedside sensors, discharge letters, referral queues, consent forms, imaging archives, dosage alerts,"
    "home visits, waiting lists, care pathways, lab exchanges, shift plans, remote consultations, wound photographs,"
    "vaccination records, patient diaries, hearing checks, sleep studies, rehabilitation games, ambulance routes",
    ",",
)
HOW = _words(
    "with fewer clicks, after a quiet pilot, across four districts, without new staff, under an open licence,"
    "over two winters, in half the time, against their own expectations, on ordinary phones, together with patients",
    ",",
)
WHY = _words(
    "because paper forms kept getting lost, while budgets stay flat, so that nobody has to call twice,"
    "after a review found three different lists, since the old system could not be mended,"
    "although the evidence is still thin, as more people are treated at home, before the rules change next year",
    ",",
)
THINGS = _words(
    "Beacon Harbour Lantern Meadow Orchard Pebble Quarry Ripple Saddle Thimble Willow Anchor Bramble Cobalt"
)
KINDS = _words("Care Notes Signals Rounds Desk Link Path Board Works Watch")
FORENAMES = _words("Ada Bela Cato Dunja Edda Finn Greta Hanno Ines Jon Kira Lasse")
SURNAMES = _words("Ahrens Brook Calder Dorn Eames Falk Grove Hale Iversen Jarrow Keel Lund")


@dataclass(frozen=True)
class Cast:
    """Topics, offerings, brands and authors that the documents of one corpus share."""

    topics: list[str]
    weights: list[float]
    offerings: list[tuple[int, str, list[str]]]
    brands: list[str]
    authors: list[str]


def cast() -> Cast:
    """Return the topics, offerings, brands and authors: the same for every corpus."""
    named = (f"{which.capitalize()} {what.title()}" for what, which in itertools.product(WHAT, WHICH))
    topics = [f"{TAXONOMIES[n % 3]}: {name}" for n, name in enumerate(itertools.islice(named, TOPICS))]
    made = itertools.islice(itertools.product(THINGS, KINDS, ("", " Plus", " - Home")), OFFERINGS)
    offerings = [
        (40_000 + n, f"{thing} {kind}{end}", [topics[n % TOPICS], topics[(n * 7 + 3) % TOPICS]])
        for n, (thing, kind, end) in enumerate(made)
    ]
    pairs = itertools.islice(itertools.product(THINGS, KINDS, (".example", "-daily.example")), BRANDS)
    brands = [f"{thing}{kind}{end}".lower() for thing, kind, end in pairs]
    authors = [f"{FORENAMES[n % 12]} {SURNAMES[n // 12 * 5 + n % 5]}" for n in range(AUTHORS)]
    # A few topics and brands hold most of the news, as everywhere.
    return Cast(topics, [1 / (place + 1) for place in range(TOPICS)], offerings, brands, authors)


def sentence(dice: random.Random) -> str:
    """Return one sentence of the vocabulary."""
    words = (dice.choice(WHICH), dice.choice(WHO), dice.choice(DO), dice.choice(WHAT), dice.choice(HOW))
    end = f", {dice.choice(WHY)}" if dice.random() < 0.5 else ""
    return f"{' '.join(words).capitalize()}{end}."


def document(number: int, dice: random.Random, known: Cast) -> tuple[str, str]:
    """``(file name, text)`` of one document: about 4 kB of front matter and 3 kB of body."""
    title = f"{sentence(dice)[:-1]} ({number})"
    brand = known.brands[min(int(dice.paretovariate(0.6)) - 1, BRANDS - 1)]
    moment = FIRST_DAY + timedelta(seconds=dice.randrange(DAYS * 86_400))
    topics = list(dict.fromkeys(dice.choices(known.topics, known.weights, k=dice.randint(1, 3))))
    offerings = dice.sample(known.offerings, dice.randint(0, 3))
    body = [" ".join(sentence(dice) for _ in range(dice.randint(4, 9))) for _ in range(6)]
    values = {
        "title": title,
        "brand": brand,
        "slug": slugs.slug(f"{brand.rpartition('.')[0]}-{title}"),
        "link": f"https://www.{brand}/{moment:%Y/%m}/{slugs.slug(title)}/",
        "day": f"{moment:%Y-%m-%d}",
        "moment": f"{moment + timedelta(hours=dice.randint(1, 90)):%Y-%m-%dT%H:%M:%S.%fZ}",
        "author": dice.choice(known.authors),
        "id": 500_000 + number,
        "cut": body[0][:200],
        "said": sentence(dice),
    }
    name = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    html = "".join(f"<p>{words}&nbsp;</p>" for words in body)
    return f"{name}.md", _front_matter(name, values, topics, offerings) + html


def _front_matter(name, values, topics, offerings):
    lines = [
        "---",
        _folded("aliases", f"/news/{slugs.slug(values['title'])}"),
        "archetype: curated-content",
        f"author:\n  - {values['author']}",
        "basePath: /news/",
        "breadcrumbLinks:\n  - /\n  - /news/\n  - ''",
        f"breadcrumbs:\n  - Home\n  - News\n  - '{values['title']}'",
        _listed("categories", topics),
        _listed("categorySlug", [topic.lower() for topic in topics]),
        _listed("categoryUrl", [f"topic/{slugs.slug(topic)}" for topic in topics]),
        _listed("categoryLabel", [slugs.topic_label(topic) for topic in topics]),
        "contentCategories: made-up-curated-content",
        "institution: null",
        "offering: null",
        "layOut: single",
        f"date: '{values['day']}'",
        _folded("description", values["cut"]),
        "favIconImage: null",
        "featuredImage: null",
        "featuredPdf: null",
        _metadata("htmlMetaData", values, _HTML),
        f"id: {values['id']}",
        "identifier: News",
        f"lastMod: '{values['moment']}'",
        f"link:\n  brand: {values['brand']}",
        _folded("  href", values["link"]),
        _folded("  original", f"{values['link']}?utm_source=mail"),
        _folded("href", values["link"]),
        _folded("original", f"{values['link']}?utm_source=mail"),
        "mastHead: NEWS",
        f"mdName: {name}.md",
        _metadata("openGraphMetaData", values, _OPEN_GRAPH),
        "openProjectCustomFields:",
        _folded("  cleanUrl", values["link"]),
        _listed("  medigyTopics", topics),
        _folded("  sourceUrl", f"{values['link']}?utm_source=mail"),
        "openProjectWorkPackageType: Curated Content",
        "searchCategory: News",
        _folded("slug", values["slug"]),
        "source: made-up-curations",
        "status: ''",
        "sub: brief",
        "tags:\n  - News",
        _folded("title", values["title"]),
        "via: ' '",
        "insights_description: null\ninsights_name: null\nviaLink: null",
        _related(offerings),
        _metadata("twitterMetaData", values, _TWITTER),
        "---\n",
    ]
    return "\n".join(lines)


_NOTHING = "author generator viewport articlemodified_time articlepublished_time msvalidate.01 ogimage ogtype robots"
_HTML = (*(_NOTHING + " ogupdated_time ogurl fbapp_id oglocale fbadmins keywords").split(), "ogtitle", "description")
_OPEN_GRAPH = (
    "ogdescription",
    "ogtitle",
    "ogurl",
    "ogimage",
    "ogsite_name",
    "ogtype",
    "ogupdated_time",
    "ogimageheight",
)
_TWITTER = ("twittercard", "twitterdescription", "twittertitle", "twitterimage", "twitterurl")


def _folded(name, words):
    """Return a value as a folded block, wrapped at 80 columns as the production pipeline writes it."""
    margin = " " * (len(name) - len(name.lstrip()) + 2)
    wrapped = textwrap.wrap(words, 78, break_long_words=False, break_on_hyphens=False)
    return f"{name}: >-\n" + "\n".join(margin + line for line in wrapped)


def _listed(name, items):
    margin = " " * (len(name) - len(name.lstrip()) + 2)
    return f"{name}:" + "".join(f"\n{margin}- '{item}'" for item in items)


def _metadata(name, values, keys):
    """Return a page's words about itself: mostly nothing, a title and a description."""
    lines = [f"{name}:"]
    for key in keys:
        if key.endswith("title"):
            lines.append(_folded(f"  {key}", f"{values['title']} - {values['brand']}"))
        elif key.endswith("description"):
            lines.append(_folded(f"  {key}", values["said"]))
        else:
            lines.append(f"  {key}: null")
    return "\n".join(lines)


def _related(offerings):
    if not offerings:
        return "relatedOfferings: []"
    lines = ["relatedOfferings:"]
    for number, label, topics in offerings:
        lines += [f"  - label: {label}", f"    permalink: /offering/{slugs.offering_slug(label)}"]
        lines += ["    categories:", *(f"      - '{topic}'" for topic in topics), f"    offeringId: {number}"]
    return "\n".join(lines)


def write(folder: Path, count: int, seed: int = 1) -> Path:
    """Write ``count`` documents below ``folder`` and give the folder. About 4,000 a second, 7 kB each.

    Where that number is there already, they are left as they are.
    """
    news, dice, known = Path(folder) / "news", random.Random(seed), cast()
    news.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in news.iterdir()) != count:
        for number in range(count):
            name, text = document(number, dice, known)
            (news / name).write_text(text, encoding="utf-8")
    return Path(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.count, given.seed)


if __name__ == "__main__":
    main()
