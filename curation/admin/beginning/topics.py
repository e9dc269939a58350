"""A list of taxonomies and topics that is typed, pasted or brought as a file: shown as it would be made, then made."""

import hashlib

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.models import LogEntry, roles
from offerings.pickers import typed_lists

RIGHTS = ("offerings.add_topic", "offerings.add_taxonomy")
_MOST = 200_000  # characters of a list


def urls(site):
    """Return the address of the list."""
    return [path("begin/topics/", site.admin_view(page), {"site": site}, name="begin_topics")]


class ListForm(forms.Form):
    """A list in a box, or a file that takes its place."""

    text = forms.CharField(label="The list", required=False, strip=False, max_length=_MOST, widget=forms.Textarea)
    file = forms.FileField(label="Or a file", required=False, help_text="Plain text or CSV, in UTF-8.")

    def clean_file(self):
        """Return the text of a file, None without one."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > _MOST:
            raise forms.ValidationError("This file is larger than a list of topics can be.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise forms.ValidationError("This file is no plain text in UTF-8. Save it as such, or paste it.") from fault

    def clean(self):
        """Read the list; ``typed`` is what it says. Refuse one that says nothing."""
        given = super().clean()
        given["text"] = (given.get("file") or given.get("text") or "").replace("\r\n", "\n")
        self.typed = typed_lists.typed(given["text"])
        if not self.errors and not (self.typed.topics or self.typed.faults):
            self.add_error("text", "There is nothing in the list yet.")
        return given


@require_http_methods(["GET", "POST"])
def page(request, site):
    """Ask for a list; show what it would make and what is there already; make all at once what was shown (``seen``).

    What differs from that by now, as another file or what a colleague made meanwhile, is shown again.
    """
    if not all(roles.may(request.user, right) for right in RIGHTS):
        raise PermissionDenied("Managers and administrators add taxonomies and topics.")
    form = ListForm(request.POST if request.method == "POST" else None, request.FILES or None)
    is_good = form.is_valid()
    plans = typed_lists.plan(form.typed) if is_good else []
    faults = form.typed.faults if is_good else []
    seen, mark = request.POST.get("seen", ""), _mark(plans)
    is_asked = is_good and not faults and "make" in request.POST
    if is_asked and seen == mark:
        return _made(request, plans)
    if is_asked:
        messages.warning(request, _ANOTHER if seen else _UNSEEN)
    text = form.cleaned_data["text"] if is_good else request.POST.get("text", "")
    given = {
        "title": "Taxonomies and topics",
        "form": form,
        "text": text,
        "plans": plans,
        "faults": faults,
        "mark": mark,
        "new": sum(not topic.known_as for one in plans for topic in one.topics),
        "new_taxonomies": sum(one.is_new for one in plans),
    }
    return render(request, "admin/beginning/topics.html", site.each_context(request) | given)


def _mark(plans):
    """Return a mark of what would be made and of what is there already: another plan has another."""
    return hashlib.sha256(repr(plans).encode()).hexdigest()


_UNSEEN = "Nothing is made yet: look first at what would be made, then make it."
_ANOTHER = "Nothing is made yet: this is not what you looked at. Look at it as it is now, then make it."


def _made(request, plans):
    """Make what is planned, say how much that was, and lead to the topics."""
    taxonomies, topics = typed_lists.make(plans)
    said = f"{_counted(topics, 'topic', 'topics')} in {_counted(taxonomies, 'new taxonomy', 'new taxonomies')}"
    LogEntry.note("added", request.user, f"a list: {said}")
    messages.success(request, f"Made: {said}.")
    return redirect("admin:offerings_topic_changelist")


def _counted(number, one, many):
    return f"{number} {one if number == 1 else many}"
