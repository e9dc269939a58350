"""Topics as the newsroom finds them: by any of their names, with how many live briefs are filed under each."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from curation.admin.vocabulary import alike, merging
from curation.models import Article, ArticleTopic, Tally
from curation.vocabulary import likeness
from curation.vocabulary.merging import may_merge
from curation.workflow.board import columns
from offerings import slugs
from offerings.admin import TopicAdmin
from offerings.models import OfferingTopic, Synonym, Topic
from offerings.pickers.names import find_topics

from .beside import Beside

MOST = 20
_WORDS = 8  # of a search that are looked at

admin.site.unregister(Topic)


@admin.register(Topic)
class NewsroomTopicAdmin(Beside, TopicAdmin):
    """The catalogue's topics with what is filed under each, and the address that finds them for a brief."""

    list_display = ("chip", "taxonomy", "filed", "slug", "use")

    def load_beside(self, rows, user):
        """Count what is filed under each topic that ``user`` may see, and find what looks like it for who may merge.

        Nine queries for all of them, none over all briefs.
        """
        ids, mine = [topic.pk for topic in rows], Article.objects.visible_to(user).order_by()
        keys = [str(pk) for pk in ids]
        live = Tally.objects.filter(kind=Tally.Kind.TOPIC, month="", key__in=keys).values_list("key", "count")
        offerings = OfferingTopic.objects.filter(tag__in=ids).order_by().values_list("tag").annotate(Count("pk"))
        live, offerings = dict(live), dict(offerings)
        waiting = columns.open_work(mine, timezone.now())  # from these to topics: of either there are few
        open_ = Counter(dict(waiting.values_list("article_topics__tag").annotate(Count("pk"))))
        idle = [pk for pk in ids if not (live.get(str(pk)) or open_[pk])]
        named = ArticleTopic.objects.filter(tag=OuterRef("pk"), content_object__in=mine.values("pk"))
        rest = set(Topic.objects.filter(Exists(named), pk__in=idle).values_list("pk", flat=True)) if idle else set()
        twins = _twins(ids) if may_merge(user) else {}
        for topic in rows:
            counts = live.get(str(topic.pk), 0), open_[topic.pk], offerings.get(topic.pk, 0)
            topic.uses = _uses(topic, *counts, topic.pk in rest)
            topic.twin = twins.get(topic.pk)

    @admin.display(description="Topic", ordering="label")
    def chip(self, topic):
        chip = format_html('<span class="chip hue-{}">{}</span>', topic.taxonomy.hue, topic.label)
        if topic.twin is None:
            return chip
        address = f"{reverse('admin:topic_merge', args=[topic.pk])}?into={topic.twin.pk}"
        return format_html('{} <a class="link" href="{}">looks like {}</a>', chip, address, topic.twin)

    @admin.display(description="In use")
    def filed(self, topic):
        return topic.uses

    def get_urls(self):
        view = self.admin_site.admin_view(find)
        own = [path("find/", view, {"desk": self}, name="curation_find_topics"), *alike.urls(self), *merging.urls(self)]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, *args, **given):
        topic = context.get("original")
        is_asked = topic is not None and not topic.merged_into_id and may_merge(request.user)
        context["alike"] = alike.pairs_of(likeness.by_name({topic.pk})) if is_asked else []
        return super().render_change_form(request, context, *args, **given)

    def get_queryset(self, request):
        """Leave out of lists what went into another topic; its own page stays, and says so."""
        is_list = request.resolver_match.url_name in ("offerings_topic_changelist", "autocomplete")
        return super().get_queryset(request).standing() if is_list else super().get_queryset(request)

    def has_change_permission(self, request, obj=None):
        """Refuse to change what went into another topic: undoing that finds it as it was."""
        return not (obj and obj.merged_into_id) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not (obj and obj.merged_into_id) and super().has_delete_permission(request, obj)


def _twins(ids):
    """Return of each of these topics one that looks like it by its name, by id. Four queries."""
    found = {}
    for pair in likeness.by_name(set(ids)):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            found.setdefault(one, other)
    known = Topic.objects.in_bulk({other for one, other in found.items() if one in ids}) if found else {}
    return {one: known[other] for one, other in found.items() if other in known}


def _uses(topic, live, open_, offerings, is_at_rest):
    """Return in words what is filed under a topic; each number leads to its list."""
    briefs, board = (reverse(f"admin:curation_article_{name}") for name in ("changelist", "board"))
    asked = urlencode({"topic": topic.slug})
    said = [(live, "live brief", f"{briefs}?{asked}&reach=live"), (open_, "open brief", f"{board}?{asked}")]
    said += [(0 if live or open_ else is_at_rest, "brief at rest", f"{briefs}?{asked}")]
    said += [(offerings, "offering", f"{reverse('admin:offerings_offering_changelist')}?topics={topic.pk}")]
    links = [(where, _counted(number, word)) for number, word, where in said if number]
    return format_html_join(", ", '<a class="link" href="{}">{}</a>', links) or "nowhere"


def _counted(number, word):
    """Return how many of something, in words; of what nobody counted that it is there."""
    return "only briefs at rest" if number is True else f"{number:,} {word}{'s' * (number != 1)}"


@require_http_methods(["GET", "POST"])
def find(request, desk):
    """Answer GET ``term`` with ``{"results": […], "said"}``; POST ``names``, a pasted list, with ``{"found", "rest",
    "fault"}``. ``said`` is why there can be no results, else empty.

    Each topic is ``{"id", "text", "css", "note", "used"}``. Three queries at most, whatever there is.
    """
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method == "GET":
        results = _search(request.GET.get("term", "")[:200])
        return JsonResponse({"results": results, "said": "" if results else _none_at_all()})
    named = find_topics(Topic.objects.select_related("taxonomy"))(request.POST.get("names", ""))
    found = [_shown(topic) for topic in named.found]
    return JsonResponse({"found": found, "rest": named.rest, "fault": named.fault})


def _none_at_all():
    """Return words for a desk without topics; empty where there are some."""
    return "" if Topic.objects.in_use().exists() else "There are no topics yet. A manager can add them."


def _search(term):
    """Return the topics in use that have every word of ``term`` in their name or in a synonym; used ones first."""
    words = slugs.topic_key(term).split()[:_WORDS]
    if not words:
        return []
    topics = Topic.objects.in_use().select_related("taxonomy")
    for word in words:
        synonym = Synonym.objects.filter(topic=OuterRef("pk"), key__contains=word)
        topics = topics.filter(Q(key__contains=word) | Exists(synonym))
    topics = list(topics.annotate(used=_used(), rank=_rank(words)).order_by("rank", "-used", "label")[:MOST])
    why = _synonyms(topics, words)
    return [_shown(topic, why.get(topic.pk, ""), topic.used) for topic in topics]


def _used():
    """Return the number of live briefs a topic has, as the press counted them: an annotation."""
    mine = Tally.objects.filter(kind=Tally.Kind.TOPIC, month="", key=Cast(OuterRef("pk"), CharField()))
    return Coalesce(Subquery(mine.values("count")[:1]), 0)


def _rank(words):
    """Return an annotation: what begins as the words do comes first, then other names, then synonyms."""
    phrase = " ".join(words)
    begins = Q(key__startswith=phrase) | Q(key__contains=f": {phrase}")
    named = Q(*(("key__contains", word) for word in words))
    return Case(When(begins, then=Value(0)), When(named, then=Value(1)), default=Value(2))


def _synonyms(topics, words):
    """Return by topic the synonym that was found, where its name is not what was looked for."""
    by_other = {topic.pk: topic.key for topic in topics if not all(word in topic.key for word in words)}
    rows = Synonym.objects.filter(topic__in=by_other).values_list("topic", "spelling", "key") if by_other else ()
    found = {}
    for topic, spelling, key in rows:
        if any(word in key and word not in by_other[topic] for word in words):
            found.setdefault(topic, f"“{spelling}” is a synonym")
    return found


def _shown(topic, note="", used=None):
    css = f"hue-{topic.taxonomy.hue}"
    return {"id": str(topic.pk), "text": topic.name, "css": css, "note": note, "used": used}
