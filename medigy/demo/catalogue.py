"""The demo's catalogue: what it names and the newsroom has already is used as it is, the rest is made."""

from dataclasses import dataclass
from datetime import datetime

from offerings import slugs
from offerings.models import Institution, Offering, Synonym, Taxonomy, Topic

from . import record, texts

REASON = "demo"  # the reason of these rows in the catalogue's history
#: The quiet colour of each taxonomy, in steps of ten degrees.
HUES = {"Gartner": 20, "Symplur": 15, "The Healthcare Guys": 2}


@dataclass(frozen=True)
class Catalogue:
    """Topics and offerings by the names that the texts use."""

    topics: dict[str, Topic]
    offerings: dict[str, Offering]


def fill(at: datetime) -> Catalogue:
    """Find or make everything the texts name; history says that it was made ``at`` a moment. About 500 queries."""
    words = texts.catalogue()
    topics = {}
    for place, row in enumerate(words["taxonomies"]):
        taxonomy = _taxonomy(row, place, at)
        for each in row["topics"]:
            name = f"{row['prefix']}: {each['label']}"
            topics[name] = _topic(name, taxonomy, each, at)
    makers = {row["name"]: _institution(row, at) for row in words["institutions"]}
    return Catalogue(topics, {row["name"]: _offering(row, makers, topics, at) for row in words["offerings"]})


def _taxonomy(row, place, at):
    name = row["prefix"]
    known = Taxonomy.objects.filter(slug=slugs.slug(name)).first()
    new = Taxonomy(name=name, description=row["description"], hue=HUES[name], position=place)
    return known or _make(new, at)


def _topic(name, taxonomy, row, at):
    """Return a topic; only a new one gets synonyms, because what people wrote is left as it is."""
    known = Topic.objects.filter(key=slugs.topic_key(name)).select_related("merged_into").first()
    if known:
        return known.merged_into or known
    topic = _make(Topic(name=name, taxonomy=taxonomy, description=row["description"]), at)
    for spelling in row["synonyms"]:
        Synonym.objects.create(topic=topic, spelling=spelling)
    return topic


def _institution(row, at):
    known = Institution.objects.filter(slug=slugs.slug(row["name"])).first()
    return known or _make(Institution(name=row["name"], website=row["website"], summary=row["summary"]), at)


def _offering(row, makers, topics, at):
    new = Offering(
        name=row["name"],
        institution=makers[row["institution"]],
        external_id=row["external_id"],
        website=row["website"],
        summary=row["summary"],
    ).derive()
    known = Offering.objects.filter(slug=new.slug).first()
    if known:
        return known
    if Offering.objects.filter(external_id=new.external_id).exists():
        new.external_id = None
    _make(new, at).topics.set([topics[name] for name in row["topics"]])
    return new


def _make(row, at):
    """Save a new row, with its history, and remember it."""
    row._change_reason, row._history_date = REASON, at
    row.save()
    record.made([row])
    return row
