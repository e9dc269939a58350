"""The page before the last: in words what would go with a brief and what would stay, its title typed, and a reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from curation import workflow
from curation.admin.post_buttons import comes_from_the_door, tell_not_done
from curation.models import Edition
from curation.publishing import erasing
from curation.publishing.press import Windows
from curation.workflow.erasing import LONGEST_REASON, hindrance

from .form import thumbnail


class EraseForm(forms.Form):
    """The title or the number of the brief, and why it goes."""

    edit = forms.CharField(required=False)
    typed = forms.CharField(
        label="Its title, or its number", max_length=600, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.CharField(
        label="Why it goes",
        max_length=LONGEST_REASON,
        help_text="This stays, and colleagues read it. Do not quote the brief, and name nobody.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def page(request, article, desk):
    """Ask by GET, erase by POST. Whoever is no administrator is turned away, with either."""
    if not desk.has_delete_permission(request, article):
        raise PermissionDenied
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tombstone = workflow.erase(article, by=request.user, **form.cleaned_data)
        except workflow.StepRefused as refusal:
            form.add_error(refusal.code if refusal.code in ("typed", "reason") else None, str(refusal))
            article.refresh_from_db(fields=["edit", "title"])  # what the page says now is what would go
        else:
            messages.success(request, f"Brief {tombstone.number} is erased. The log says who did it, when and why.")
            return redirect("admin:curation_article_changelist")
    elif comes_from_the_door(request):
        tell_not_done(request)
    own = {"title": "Erase for good", "opts": desk.opts, "article": article, "form": form, "max": LONGEST_REASON}
    return render(
        request, "admin/curation/article/erase.html", desk.admin_site.each_context(request) | own | _said(article)
    )


def _said(article):
    """Return what the page says of an article: what readers see, what goes, what stays, and who sends readers here."""
    now = timezone.now()
    editions = list(article.editions.only("article", "number", "slug", "section", "live_from", "live_until", "ended"))
    windows = Windows([article], now, known=editions)
    estate = erasing.estate_of(article)
    return {
        "live": windows.live(article),
        "coming": windows.scheduled(article),
        "seen": windows.seen(article),
        "editions": len(editions),
        "versions": len(estate.contents) - 1,
        "comments": article.comments.count(),
        "here": article.presences.select_related("user"),
        "links": estate.links,
        "shared_links": estate.shared_links,
        "pictures": [(picture, thumbnail(picture)) for picture in estate.pictures],
        "shared_pictures": len(estate.shared_pictures),
        "led_here": Edition.objects.filter(successor=article).values("article").distinct().count(),
        "hindrance": hindrance(article),
    }
