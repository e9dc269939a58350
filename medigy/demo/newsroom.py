"""The demo's articles, led through the steps that every article takes, by the people who would have taken them.

Everybody acts in the past: each step is taken through ``workflow`` at the moment it would have happened, in the order
of time over all articles, so that log, Versions and Editions read like those of a newsroom that has worked for a year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from curation import workflow
from curation.models import Article, Harvest, Picture, SourceLink
from curation.text import prose

from . import record
from .catalogue import Catalogue
from .people import Newsroom
from .stories import Event, Story
from .texts import Text


@dataclass(frozen=True)
class Desk:
    """Things that an article may name: authors, topics, offerings, and pictures by the name of the article's text."""

    newsroom: Newsroom
    catalogue: Catalogue
    pictures: dict[str, Picture]


def fill(texts: list[Text], desk: Desk, now: datetime, tell: Callable[[int, int], None]) -> list[Article]:
    """Take every step of every article; ``tell(done, of)`` hears of each. About 25 queries a step, 230 steps."""
    stories = [Story(text, now, desk.newsroom, _words(text, desk)) for text in texts]
    for story in stories:
        story.changes["sources"] = _sources(story)
    events = sorted((event for story in stories for event in story.events()), key=attrgetter("at"))
    articles = {}
    for done, event in enumerate(events, 1):
        _take_step(event, articles)
        tell(done, len(events))
    record.made(articles.values())
    return list(articles.values())


def _take_step(event: Event, articles):
    """Take one step; a refusal is an error in the texts or the table, so it is raised."""
    if event.name == "begin":
        article = workflow.begin_many([event.details["changes"]], by=event.by, now=event.at)[0]
        articles[event.article] = article
        Article.objects.filter(pk=article.pk).update(created_at=event.at)
    else:
        article = articles[event.article]
        workflow.take(event.name, article, by=event.by, edit=article.edit, now=event.at, **event.details)


def _words(text, desk):
    """Return the text as changes in a snapshot's shape, but for its sources."""
    matter = text.matter
    return {
        "title": matter["title"],
        "standfirst": matter["standfirst"],
        "body": prose.body(text.body),
        "insights_name": matter.get("insights_name", ""),
        "insights": prose.body(matter.get("insights", "")),
        "bylines": [{"author": desk.newsroom.authors[matter["byline"]].pk}],
        "topics": [{"topic": desk.catalogue.topics[name].pk} for name in matter["topics"]],
        "offerings": [
            {
                "offering": desk.catalogue.offerings[name].pk,
                "role": "about" if name == matter.get("about") else "related",
            }
            for name in matter["offerings"]
        ],
    } | _picture(text, desk.pictures)


def _picture(text, pictures):
    if text.name not in pictures:
        return {}
    told = text.matter["picture"]
    return {
        "picture_id": pictures[text.name].pk,
        "picture_alt": told["alt"],
        "picture_credit": told["credit"],
    }


def _sources(story):
    source, via = story.text.matter["source"], story.text.matter.get("via")
    rows = [{"link": _link(story, source).pk, "role": "source"}]
    if via:
        rows.append({"link": _link(story, via).pk, "role": "via", "label": via["site_name"]})
    return rows


def _link(story, told):
    """Return the link of a page; one page has one, whoever named it first."""
    link = SourceLink(pasted=told["url"], title=told.get("title", ""), site_name=told["site_name"]).derive()
    known = SourceLink.objects.filter(key=link.key).first()
    if known is None:
        link.metadata = {"published": story.source_published.date().isoformat()} if "title" in told else {}
        link.save()
        record.made([link])
        _keep_text(link, told.get("text"), story)
    return known or link


def _keep_text(link, text, story):
    """Keep the text of a page as if it had been read when its article was begun."""
    if text:
        at = story.at - timedelta(days=1)
        Harvest.objects.create(link=link, state="done", kind="page", text=text, asked_at=at, begun_at=at, ended_at=at)
