"""Decisions as the screen for deciding sends them: one form, one or two steps of the workflow, all or nothing."""

from django.db import transaction

from curation import workflow
from curation.admin import steps
from curation.models import State
from curation.workflow import undoing

#: What the bar's buttons are called, and the step that each takes. Its rows of the log are those that can be undone.
BUTTONS = {"approve": "approve", "return": "return", "publish": "publish", "schedule": "publish"}


def decide(user, article, sent) -> steps.Outcome:
    """Take the decision that was sent (``step`` names the button), as ``user``.

    What is published now goes out when the time for undoing is over; the button for an hour needs one.
    """
    button = sent.get("step")
    if button not in BUTTONS:
        return steps.Outcome(False, "This button is of an older page. Reload it, then decide again.")
    if button == "schedule" and not sent.get("at", "").strip():
        return steps.Outcome(False, "Choose the hour at which it goes out, or publish it now.", "at")
    data = sent.copy()
    if button == "publish":
        data["at"] = ""
    form = steps.StepForm(BUTTONS[button], data)
    return steps.attempt(user, article, form, _publish if form.name == "publish" else steps.taken)


@transaction.atomic
def _publish(user, article, form):
    """Publish what is approved; what waits for approval is approved first, of the Version that was on the screen."""
    edit = form.data.get("edit", "")
    if article.state != State.APPROVED:
        edit = workflow.take("approve", article, by=user, edit=edit, version=form.data.get("version", "")).edit
    return workflow.take("publish", article, by=user, edit=edit, **({"at": undoing.soonest()} | form.details))
