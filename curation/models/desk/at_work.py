"""People at work: who is in an article, how they like the desk, what they keep and pass by."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from curation.models.article import Article
from offerings.models import Offering, Topic
from offerings.text.words import LineField

_PERSON = settings.AUTH_USER_MODEL


class DraftKey(models.Model):
    """The id that a browser made up for a draft that had none yet: sent twice, it is the same draft."""

    key = models.UUIDField()
    by = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="draft_keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="one_draft_per_key")]

    def __str__(self):
        return str(self.key)


class Presence(models.Model):
    """Somebody has an article open: where in it they are, whether they type, and when they were last heard of.

    Who ``is_reading`` has it open for deciding and writes nothing.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40, blank=True)
    is_typing = models.BooleanField(default=False)
    is_reading = models.BooleanField(default=False, db_default=False)  # workers of before write none
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="present_once_per_article")]

    def __str__(self):
        return f"{self.user} in {self.article}"


class Preference(models.Model):
    """A person's choices for their desk. Somebody who never chose has no row and the defaults."""

    class Density(models.TextChoices):
        CALM = "calm", "calm"
        COMPACT = "compact", "compact"

    class Scheme(models.TextChoices):
        AUTO = "auto", "as the system"
        LIGHT = "light", "light"
        DARK = "dark", "dark"

    user = models.OneToOneField(_PERSON, on_delete=models.CASCADE, related_name="preference")
    density = models.CharField(max_length=10, choices=Density, default=Density.CALM)
    scheme = models.CharField(max_length=10, choices=Scheme, default=Scheme.AUTO)
    zone = models.CharField(max_length=64, blank=True, help_text="Empty: the newsroom's own.")
    shortcuts = models.BooleanField(default=True, help_text="Single keys and Ctrl or ⌘ with a key do things.")
    hides_first_steps = models.BooleanField(default=False, help_text="The list of first steps was put away.")

    def __str__(self):
        return f"{self.user}: {self.density}, {self.scheme}"


class CheckLevel(models.Model):
    """A check's strictness for one role, where it differs from what the check says of itself."""

    class Level(models.TextChoices):
        SUBMIT = "submit", "required before review"
        APPROVE = "approve", "required before approval"
        ADVICE = "advice", "recommended"
        OFF = "off", "not asked"

    check_code = models.CharField("check", max_length=40)
    role = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level)

    class Meta:
        ordering = ["check_code", "role"]
        constraints = [models.UniqueConstraint(fields=["check_code", "role"], name="one_level_per_check_and_role")]

    def __str__(self):
        return f"{self.check_code}, {self.role}: {self.get_level_display()}"


class ReturnReason(models.Model):
    """A reason to return an article that this newsroom often gives: chosen with a click or a figure key, not typed."""

    words = LineField(max_length=80, unique=True, help_text="As its owner reads it, such as “Figure not found”.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower ones first; the first nine have keys.")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.words


def _only(thing):
    return Q(**{f"{one}__isnull": one != thing for one in ("topic", "offering", "other")})


class Dismissal(models.Model):
    """A suggestion that somebody did not want for an article: a topic or an offering that is not offered again, or
    another article that does not tell the same story; of two articles one row says it for both.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="dismissals")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="dismissals")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_only("topic") | _only("offering") | _only("other"), name="dismissal_is_of_one_thing"
            ),
            models.UniqueConstraint(fields=["article", "topic"], name="one_dismissal_per_topic"),
            models.UniqueConstraint(fields=["article", "offering"], name="one_dismissal_per_offering"),
            models.UniqueConstraint(fields=["article", "other"], name="one_dismissal_per_article"),
        ]

    def __str__(self):
        return f"not {self.topic or self.offering or self.other}"


class SavedSearch(models.Model):
    """A list of articles that somebody named: its filters as a query string; shared, everybody sees it."""

    owner = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="saved_searches")
    name = LineField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False, help_text="The owner's list opens with it.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_searches_have_names"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="one_default_search_per_person"
            ),
        ]

    def __str__(self):
        return self.name


class Absence(models.Model):
    """Somebody is away, from the first day to the last: what waits for them to decide is offered to others."""

    person = models.OneToOneField(_PERSON, on_delete=models.CASCADE, related_name="absence")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_after_it_begins")]

    def __str__(self):
        return f"{self.person}, {self.first} to {self.last}"
