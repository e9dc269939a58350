"""What of the catalogue readers may see: nothing that is known only through briefs nobody published yet.

A topic is public once an Edition under it opened, or as long as a public offering is filed under it. An offering is
public once an Edition that names it opened; before that, unless only briefs brought it: an import made it for a
document, or nobody keeps it at the desk and a working copy names it. An institution follows its offerings.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from curation.models import ArticleOffering, EditionOffering, EditionTopic
from offerings.importer import REASON
from offerings.models import Institution, Offering, OfferingTopic, Topic


def topics(at: datetime):
    """The topics that readers may visit at ``at``."""
    named = _opened(EditionTopic, at).filter(topic=OuterRef("pk"))
    filed = OfferingTopic.objects.filter(tag=OuterRef("pk"), content_object__in=offerings(at).values("pk"))
    return Topic.objects.filter(Exists(named) | Exists(filed))


def offerings(at: datetime):
    """The offerings that readers may visit at ``at``, retired ones among them."""
    named = _opened(EditionOffering, at).filter(offering=OuterRef("pk"))
    used = ArticleOffering.objects.filter(offering=OuterRef("pk"))
    of_its_own = Exists(_kept_by_people(Offering)) | ~(Exists(used) | Exists(_made_in_passing(Offering)))
    return Offering.objects.filter(Exists(named) | of_its_own)


def institutions(at: datetime):
    """The institutions that readers may visit at ``at``, retired ones among them."""
    offered = Offering.objects.filter(institution=OuterRef("pk"))
    public = offered.filter(pk__in=offerings(at).values("pk"))
    of_its_own = Exists(_kept_by_people(Institution)) | ~(Exists(offered) | Exists(_made_in_passing(Institution)))
    return Institution.objects.filter(Exists(public) | of_its_own)


def _opened(model, at):
    """Rows of Editions that readers have seen or see: their window opened, and was not empty."""
    return model.objects.filter(edition__live_from__lte=at, edition__live_until__gt=F("edition__live_from"))


def _kept_by_people(model):
    """Rows of a thing's history that somebody signed."""
    return model.history.filter(id=OuterRef("pk"), history_user__isnull=False)


def _made_in_passing(model):
    """The row of a thing's history that says an import made it because a document names it."""
    return model.history.filter(id=OuterRef("pk"), history_type="+", history_change_reason=REASON)
