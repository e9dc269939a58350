"""Words to pick articles and editions."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

#: Relations that a snapshot reads beside the article's own row.
RELATIONS = ("article_topics", "article_authors", "article_sources", "article_offerings")

#: What somebody may see of the working copies.
ALL, OWN, NONE = "all", "own", "none"


def sight_of(user) -> str:
    """Return what ``user`` may see of the working copies: a name for queries that are compiled once for each."""
    if not user.is_active:
        return NONE
    if user.has_perm("curation.review_article"):
        return ALL
    return OWN if user.has_perm("curation.write_article") else NONE


class ArticleQuerySet(models.QuerySet):
    """Words for working copies. The default manager hides nothing."""

    def unclaimed(self):
        """Return articles that belong to nobody yet."""
        return self.filter(owner=None)

    def claimed_by(self, user):
        """Return articles that belong to ``user``."""
        return self.filter(owner=user)

    def awaiting_review(self):
        """Return articles that wait for a manager."""
        return self.filter(state="in_review")

    def unfinished(self):
        """Return what somebody has to do something with: not what rests, and of what is approved what is not out."""
        rows = self.model._default_manager.order_by()
        worked_on = rows.filter(state__in=["draft", "in_review", "changes_requested"])
        waiting = rows.filter(state="approved", is_pressed=False)  # as the index has it
        return self.filter(models.Q(pk__in=worked_on.values("pk")) | models.Q(pk__in=waiting.values("pk")))

    def planned(self):
        """Return what is planned for a day, and not declined since."""
        return self.filter(planned_on__isnull=False).exclude(state="declined")

    def by_urgency(self):
        """Order by priority, then by due day, then by the time in their state, longest first: along an index."""
        return self.order_by("priority", "due_on", "entered_at", "pk")

    def visible_to(self, user):
        """Return those ``user`` may see: managers all, curators their own and unclaimed ones, others none."""
        return self.in_sight(sight_of(user), user.pk)

    def in_sight(self, sight, person):
        """Return those that a ``sight_of`` somebody, an account by its id, shows them."""
        if sight == OWN:
            # Not “theirs or nobody's”: that SQLite would find by the owners' index, and then sort all of it.
            return self.alias(whose=Coalesce("owner_id", Value(person))).filter(whose=person)
        return self if sight == ALL else self.none()

    def with_relations(self):
        """Load what a snapshot and the checks read: four more queries, however many articles."""
        return self.prefetch_related(*RELATIONS)

    def with_live(self, at=None):
        """Add of each whether readers see it now: ``is_live``. No further query."""
        editions = self.model._meta.get_field("editions").related_model.objects.filter(article=OuterRef("pk"))
        return self.annotate(is_live=Exists(editions.live(at)))

    def with_reviewer_back(self, today=None):
        """Add of each the last day on which its reviewer is away, None where they are here. No further query."""
        today = today or timezone.localdate()
        is_away = models.Q(reviewer__absence__first__lte=today, reviewer__absence__last__gte=today)
        return self.annotate(reviewer_back=models.Case(models.When(is_away, then="reviewer__absence__last")))

    def with_source(self):
        """Add the ``brand`` and the clean ``address`` of the main source of each. No further query."""
        sources = self.model._meta.get_field("article_sources").related_model.objects
        main = sources.filter(article=OuterRef("pk")).plain().order_by("position")
        return self.annotate(
            brand=Subquery(main.values("link__brand")[:1]), address=Subquery(main.values("link__cleaned")[:1])
        )

    def with_words(self, at=None):
        """Add of each the ``newest`` Version, and Version and number of the live Edition. No further query."""
        meta = self.model._meta
        versions = meta.get_field("versions").related_model.objects.filter(article=OuterRef("pk"))
        editions = meta.get_field("editions").related_model.objects.filter(article=OuterRef("pk")).live(at)
        live = {f"live_{name}": Subquery(editions.order_by().values(name)[:1]) for name in ("version", "number")}
        return self.annotate(newest=Subquery(versions.order_by("-number").values("pk")[:1]), **live)


class EditionQuerySet(models.QuerySet):
    """Words for what readers see."""

    def live(self, at=None):
        """Return what readers may see. A future start means scheduled, so nothing has to run at that hour."""
        at = at or timezone.now()
        # Nearly every Edition has begun. By its column, SQLite would find them all by that, to sort out a few.
        return self.alias(begun=Coalesce("live_from", "live_from")).filter(begun__lte=at, live_until__gt=at)

    def scheduled(self, at=None):
        """Return Editions whose hour is still to come."""
        return self.filter(live_from__gt=at or timezone.now(), live_until__gt=F("live_from"))

    def started(self, at=None):
        """Return Editions that readers have seen or see: their window opened, and was not empty."""
        return self.filter(live_from__lte=at or timezone.now(), live_until__gt=F("live_from"))

    def once_at(self, slug, at=None):
        """Return Editions of the article that readers find or ever found at ``slug``: old addresses lead to them."""
        return self.filter(article__in=self.model.objects.started(at).filter(slug=slug).order_by().values("article"))

    def about(self, topic):
        """Return Editions filed under ``topic``."""
        return self.filter(edition_topics__topic=topic)

    def naming(self, offering):
        """Return Editions that are about ``offering`` or name it as related."""
        return self.filter(edition_offerings__offering=offering)

    def written_by(self, author):
        """Return Editions with ``author`` in the byline."""
        return self.filter(edition_bylines__author=author)

    def from_brand(self, brand):
        """Return Editions whose main source is ``brand``."""
        return self.filter(source_brand=brand)

    def between(self, start, end):
        """Return Editions first published in ``start <= … < end`` (instants)."""
        return self.filter(first_published_at__gte=start, first_published_at__lt=end)

    def newest_first(self):
        """Order as every list does. The article settles ties, so that mending a typo (a new Edition) moves nothing."""
        return self.order_by("-first_published_at", "-article_id")


class FiledQuerySet(models.QuerySet):
    """Words for the rows that file an Edition under a topic, an offering or an author: twins of the Edition's own."""

    def live(self, at):
        """Return rows of Editions that readers see at ``at``."""
        return self.filter(edition__live_from__lte=at, edition__live_until__gt=at)

    def newest_first(self):
        """Order as every list does, by the thing's own index; the article settles ties."""
        return self.order_by("-first_published_at", "-edition__article_id")


class SourcesQuerySet(models.QuerySet):
    """Words for the sources of articles."""

    def plain(self):
        """Return sources proper: not those through which they were found (“via”)."""
        return self.filter(role="source")

    def main(self):
        """Return the main source of each article: its first one that is no “via”, wherever in the list that stands."""
        earlier = self.model.objects.plain().filter(article=OuterRef("article"), position__lt=OuterRef("position"))
        return self.plain().exclude(Exists(earlier))
