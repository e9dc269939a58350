"""Every address that the site answers at, and a small newsroom in which each leads to something of every kind."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from curation import discussion, images
from curation.discussion import outside
from curation.models import Batch, Document, Notice, ReturnReason, SavedSearch, WorkPackage
from curation.notices import mail
from curation.workflow.calendar import feed
from offerings.models import Redirect
from tests import factories

ROLES = ("anonymous", "roleless", "curator", "manager", "administrator")
_FILLED_IN = re.compile(r"<[^>]+>|\(\[\^/\]\+\)|\(\?P<\w+>[^)]*\)")


def patterns(resolver=None, above=""):
    """The patterns of all addresses as they stand in the map, packages' among them."""
    for one in (resolver or get_resolver()).url_patterns:
        whole = above + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one, whole)
        else:
            yield whole


def filled(pattern, values):
    """The address that a pattern makes with what is given for each of its parts, in order."""
    given = iter(values)
    return "/" + re.sub(r"[\^$]", "", _FILLED_IN.sub(lambda _: str(next(given)), pattern))


class Newsroom:
    """Articles of all kinds, each in words that tell whose they are, and everything else that has an address.

    ``mine`` is the curator's own draft, ``theirs`` another curator's, ``free`` nobody's; readers see ``live``, and do
    not see ``scheduled`` and ``withdrawn``, which are the other curator's too.
    """

    def __init__(self):
        self.people = {name: factories.make_person(name.title(), username=name) for name in ROLES[2:]}
        self.people["roleless"] = factories.make_person(username="roleless")
        self.people["colleague"] = factories.make_person("Curator", username="colleague")
        self.people["superuser"] = factories.make_person(username="superuser", is_superuser=True)
        self.articles = {name: self._article(name) for name in ARTICLES}
        self._show()
        self.samples = self._samples()

    def things(self, pattern):
        """What is there for an address, by kind: what stands in its parts. Of several rooms the nearest one's."""
        rooms = [room for room in self.samples if pattern.startswith(room)]
        return self.samples[max(rooms, key=len)] if rooms else {"": []}

    # Articles --------------------------------------------------------------------------------------------------------

    def _article(self, name):
        curator, colleague = self.people["curator"], self.people["colleague"]
        given = {part: f"{part} of {name}" for part in ("title", "standfirst", "insights_name", "picture_alt")}
        given |= {part: f"<p>{part} of {name}</p>" for part in ("body", "insights")}
        article = factories.make_article(
            owner={"mine": curator, "free": None}.get(name, colleague),
            picture_id=self._picture(name).pk,
            sources=[factories.make_link(f"https://{name}.example.org/page", title=f"page of {name}")],
            topics=[factories.make_topic(f"Field: Topic of {name}")],
            offerings=[factories.make_offering(name=f"Offering of {name}")],
            bylines=[factories.make_author(name=f"Author of {name}")],
            **given,
        )
        discussion.add(article, f"comment of {name}", by=colleague)
        Document.objects.create(article=article, key=name, path=f"{name}.md", format="x", digest="", packed=b"")
        WorkPackage.objects.create(article=article, number=article.pk, source=f"package of {name}")
        return article

    def _picture(self, name):
        """A picture that is really there, another one for each name."""
        file = BytesIO()
        Image.new("RGB", (400, 300), (len(name) * 20, ord(name[0]), 0)).save(file, "PNG")
        taken = images.decode_picture(file.getvalue())
        made = images.renditions(taken.name, taken.master, ("jpeg",))
        for one in (taken, *made):
            images.write(Path(settings.MEDIA_ROOT), one)
        widths = {"jpeg": [one.width for one in made]}
        address = f"pictures/{name}.png"
        return factories.make_picture(name=taken.name, address=address, width=400, height=300, widths=widths)

    def _asked(self, name):
        """A link for somebody outside to an article, and its path."""
        return outside.ask(self.articles[name], by=self.people["colleague"], name=f"outside of {name}")

    def _show(self):
        for name in ("live", "scheduled", "withdrawn"):
            article, hour = self.articles[name], timezone.now() + timedelta(days=1)
            factories.step("submit", article)
            factories.step("approve", article)
            factories.step("publish", article, at=hour if name == "scheduled" else None)
        factories.step("withdraw", self.articles["withdrawn"], reason="reason of withdrawn")

    # What stands in the parts of addresses ---------------------------------------------------------------------------

    def _samples(self):
        """The rooms of the map: the beginning of a pattern, and what there is of each kind below it."""
        return self._of_readers() | self._of_articles() | self._of_the_desk()

    def _of_readers(self):
        slugs = {name: article.slug or f"{name}-title-of-{name}" for name, article in self.articles.items()}
        month = [f"{timezone.now():%Y}", f"{timezone.now():%m}"]
        return {
            "topic/<": {name: [f"field-topic-of-{name}", *month] for name in ARTICLES},
            "offering/<": {name: [f"offering-of-{name}"] for name in ARTICLES},
            "author/<": {name: [f"author-of-{name}"] for name in ARTICLES},
            "source/<": {name: [f"{name}.example.org"] for name in ARTICLES},
            "institution/<": {"": [factories.make_institution(name="Maker").slug]},
            "sitemap-<": {"": ["topics"]},
            "welcome/<": {"": ["MQ", "set-password"]},
            "planned/<": {"": feed.renew(self.people["curator"]).strip("/").removesuffix(".ics").split("/")[1:]},
            "review/<": {"": self._asked("live")[1].strip("/").split("/")[1:]},
            "cover/<": {"": ["contours-17-9f3a2c1b.svg"]},
            "media/<": {name: [f"{one.picture.name}-400.jpg"] for name, one in self.articles.items()},
            "<slug:section>/": {"": ["news"]},
            "<slug:section>/<year": {"": ["news", *month]},
            "<slug:section>/<slug:slug>/": {name: ["news", slug] for name, slug in slugs.items()},
        }

    def _of_articles(self):
        """Addresses below an article: the article, and what stands behind it in its parts."""
        pks = {name: [self.articles[name].pk] for name in ("mine", "theirs")}
        at = "admin/curation/article/<int:pk>/"
        return {
            "admin/curation/article/<": pks,
            "admin/curation/article/<path:object_id>/change/": {
                name: [self.articles[name].pk] for name in ("mine", "theirs", "free", "live", "scheduled")
            },
            f"{at}step/": {name: [*pk, "assign"] for name, pk in pks.items()},
            f"{at}harvest/<": {name: [*pk, "cancel"] for name, pk in pks.items()},
            f"{at}suggestions/<": {name: [*pk, "hide"] for name, pk in pks.items()},
            f"{at}versions/": {name: [*pk, self.articles[name].versions.first().pk] for name, pk in pks.items()},
            f"{at}outside/<": {name: [*pk, self._asked(name)[0].pk] for name, pk in pks.items()},
            f"{at}comments/<": {
                name: [*pk, self.articles[name].comments.first().pk, "resolve"] for name, pk in pks.items()
            },
        }

    def _told(self, name, who):
        """A notice of somebody, about their own brief."""
        return Notice.objects.create(
            person=who,
            kind="approved",
            article=self.articles[name],
            entry=self.articles[name].log.last(),
            made_at=timezone.now(),
            due_at=timezone.now(),
        ).pk

    def _of_the_desk(self):
        whose = {"mine": self.people["curator"], "theirs": self.people["colleague"]}
        live = self.articles["live"]
        return {
            "admin/r/": self._on_site(),
            "admin/curation/article/calendar/<slug:view>/": {"": ["week"]},
            "admin/curation/article/calendar/<slug:view>/<slug:on>/": {"": ["month", "2026-11"]},
            "admin/curation/article/measures/<slug:table>/csv/": {"": ["load"]},
            "admin/^(?P<app_label>": {"": ["curation"]},
            "admin/(?P<url>": {"": ["no/such/page/"]},
            "admin/curation/article/bulk/<": {
                name: [Batch.objects.create(by=who, step="submit", at=timezone.now()).pk] for name, who in whose.items()
            },
            "admin/curation/article/searches/<": {
                name: [SavedSearch.objects.create(owner=who, name=f"search of {name}").pk]
                for name, who in whose.items()
            },
            "admin/auth/user/<": {"": [self.people["colleague"].pk]},
            "admin/notices/<": {name: [self._told(name, who)] for name, who in whose.items()},
            "admin/notices/off/": {"": [mail.token_of(whose["theirs"], "daily")]},
            "admin/people/<": {name: [self.people[name].pk] for name in ("colleague", "superuser")},
            "admin/offerings/topic/": {"": self._past(live.topics.get())},
            "admin/offerings/taxonomy/": {"": self._past(live.topics.get().taxonomy)},
            "admin/offerings/offering/": {"": self._past(live.article_offerings.get().offering)},
            "admin/offerings/institution/": {"": self._past(factories.make_institution())},
            "admin/offerings/redirect/": {"": [Redirect.objects.create(path="/old", target="/about/").pk]},
            "admin/curation/section/": {"": [live.section.pk]},
            "admin/curation/author/": {"": [live.article_authors.get().author.pk]},
            "admin/curation/returnreason/": {"": [ReturnReason.objects.first().pk]},
            "admin/curation/picture/": {"": [live.picture.pk]},
            "admin/curation/sourcelink/": {"": [live.article_sources.get().link.pk]},
            "admin/curation/version/<": self._rows("versions", "mine", "theirs"),
            "admin/curation/logentry/<": self._rows("log", "mine", "theirs"),
            "admin/curation/edition/<": self._rows("editions", "live", "scheduled", "withdrawn"),
            "admin/curation/document/<": {name: [self.articles[name].document.pk] for name in whose},
            "admin/curation/workpackage/<": {name: [self.articles[name].work_package.pk] for name in whose},
            "admin/django_tasks_database/dbtaskresult/": {"": [_task().pk]},
        }

    def _rows(self, relation, *names):
        return {name: [getattr(self.articles[name], relation).first().pk] for name in names}

    @staticmethod
    def _past(thing):
        return [thing.pk, thing.history.first().pk]

    def _on_site(self):
        """Things that Django's address leads on from: a kind of thing, and which."""
        editions = {name: self.articles[name].editions.first() for name in ("live", "scheduled", "withdrawn")}
        things = {f"edition {name}": edition for name, edition in editions.items()}
        things |= {f"article {name}": self.articles[name] for name in ("mine", "live", "scheduled")}
        things |= {"topic": self.articles["live"].topics.get(), "user": self.people["curator"]}
        return {name: [ContentType.objects.get_for_model(thing).pk, thing.pk] for name, thing in things.items()}


def _task():
    """A task that waits."""
    given = {"task_path": "x", "queue_name": "default", "backend_name": "default", "args_kwargs": {}, "priority": 0}
    return DBTaskResult.objects.create(run_after=timezone.now(), **given)


#: Whose articles there are; see :class:`Newsroom`.
ARTICLES = ("mine", "theirs", "free", "live", "scheduled", "withdrawn")
