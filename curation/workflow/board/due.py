"""A brief's due day and priority, set by a step: the newsroom's own, which readers and Versions never know."""

from curation.models import NO_DAY, Priority
from offerings.request_values import whole_number


def set_due(transition):
    """Set the day by which the newsroom wants it (None: no day) and its priority; what is not told stays."""
    for article in list(transition.articles):
        day = transition.detail(article, "due_on", article.due_on) or NO_DAY
        priority = whole_number(transition.detail(article, "priority", article.priority))
        if priority not in Priority.values:
            transition.refuse(article, "There is no such priority. Choose high, normal or low.", "priority")
        else:
            transition.put(article, due_on=day, priority=priority)
            transition.notes[article.pk] |= {
                "due_on": "" if day == NO_DAY else day.isoformat(),
                "priority": Priority(priority).label,
            }
