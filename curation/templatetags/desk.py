"""Tags and filters of the desk's templates: marks of states and people, the bar, and what needs whoever signed in."""

import re

from django import template
from django.contrib import admin
from django.urls import NoReverseMatch
from django.utils import timezone

from curation.admin import badges, home
from curation.admin.addresses import address
from curation.admin.beginning import checklist
from curation.admin.log import telling
from curation.admin.notices import bell
from curation.models import Article, Picture, SourceLink
from offerings.models import Institution, Offering, Topic

register = template.Library()
register.simple_tag(badges.icon)
register.simple_tag(badges.pill)
register.simple_tag(badges.standing)
register.simple_tag(badges.avatar)
register.simple_tag(badges.age)
register.simple_tag(badges.reach_mark)
register.simple_tag(badges.risk_mark)
register.simple_tag(badges.chips)
register.simple_tag(home.home_of, name="desk_home")
register.simple_tag(checklist.first_steps, name="desk_first_steps")
register.simple_tag(bell.bell, name="desk_bell")
register.simple_tag(badges.wait)
register.simple_tag(badges.due_mark)
register.simple_tag(badges.priority_mark)
register.filter("initials", badges.initials)
register.filter("named", badges.named)
register.filter("who", badges.who)
register.filter("with_people", badges.with_people)
register.filter("moment", badges.moment)
register.filter("hour", badges.hour)
register.filter("short_moment", badges.short_moment)


register.simple_tag(badges.clock, name="desk_clock")
register.filter("day_and_hour", badges.day_and_hour)


@register.filter
def ahead(at):
    """Return how long until an instant: “in 3 h 7 min”."""
    return badges.ahead(at - timezone.now())


register.filter("logged", telling.words_of)


@register.filter
def step_told(entry):
    """Return a row of the log as the words before and behind the brief's name: “sent”, “ to review”."""
    words = telling.words_of(entry)
    before, *behind = re.split(r"\bit\b", words, maxsplit=1)
    return (before.strip(), behind[0]) if behind else (f"{words}:", "")


#: Entries of the bar, where the person may see it: the model, and its word.
PLACES = (
    (Article, "Briefs"),
    (SourceLink, "Sources"),
    (Topic, "Topics"),
    (Offering, "Offerings"),
    (Institution, "Institutions"),
    (Picture, "Pictures"),
)
#: Other views of the list of briefs, before it in the bar.
VIEWS = (("Board", "board"), ("Calendar", "calendar"))


@register.simple_tag
def desk_places(request):
    """Return the places of the bar as dicts of words, address and whether one is there. No query."""
    seen = [(model, words) for model, words in PLACES if _is_seen(model, request)]
    places = [(words, desk_url(f"{model._meta.label_lower.replace('.', '_')}_changelist")) for model, words in seen]
    if seen and seen[0][0] is Article:
        places[:0] = [(words, desk_url(f"curation_article_{name}")) for words, name in VIEWS]
        places.append(("Measures", desk_url("curation_measures")))
    # The board is one of the briefs'.
    here = max((url for _, url in places if request.path.startswith(url)), key=len, default="")
    return [{"words": words, "url": url, "here": url == here} for words, url in places]


def _is_seen(model, request):
    keeper = admin.site.get_model_admin(model)
    return keeper.has_module_permission(request) and keeper.has_view_permission(request)


@register.simple_tag
def sorted_by(headers):
    """Return the order of a stock list in words, the first reason first: “name, then made, last first”; or nothing."""
    reasons = sorted((one for one in headers if one.get("sorted")), key=lambda one: one["sort_priority"])
    said = [f"{one['text']}".lower() + ("" if one["ascending"] else ", last first") for one in reasons]
    return ", then ".join(said)


@register.simple_tag
def desk_url(name, *args):
    """Return a page of the desk by its name, or nothing where there is none."""
    try:
        return address(name, *args)
    except NoReverseMatch:
        return ""
