"""The newsroom's tables as of release 0.1: what twelve migrations made in turn (decision 35 says who may pass)."""

import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    #: A database that has run all of these has these tables; one that has run only some is brought on by them first.
    replaces = [
        ("curation", "0001_first"),
        ("curation", "0002_harvest"),
        ("curation", "0003_desk"),
        ("curation", "0005_list"),
        ("curation", "0006_list_ages"),
        ("curation", "0007_checks"),
        ("curation", "0008_orders"),
        ("curation", "0009_owners_states"),
        ("curation", "0010_dismissed_articles"),
        ("curation", "0011_newest_titles"),
        ("curation", "0012_sections"),
        ("curation", "0013_cleaned_links"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("offerings", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LinkState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=2048, unique=True)),
                ("is_alive", models.BooleanField()),
                ("code", models.CharField(blank=True, help_text="The kind of failure.", max_length=40)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "slug",
                    models.SlugField(help_text="The first part of its addresses: /<slug>/", max_length=60, unique=True),
                ),
                ("masthead", models.CharField(help_text="The word above a headline, e.g. NEWS.", max_length=60)),
                ("search_category", models.CharField(blank=True, max_length=60)),
                ("first_tag", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        default="brief", help_text="What one article is called on screens.", max_length=40
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SourceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pasted", models.CharField(help_text="As it was pasted or imported.", max_length=2048)),
                ("resolved", models.CharField(blank=True, help_text="Where it led in the end.", max_length=2048)),
                ("cleaned", models.CharField(help_text="Without tracking parameters.", max_length=2048)),
                (
                    "canonical",
                    models.CharField(blank=True, help_text="What the page says its address is.", max_length=2048),
                ),
                ("key", models.CharField(editable=False, max_length=2048, unique=True)),
                ("brand", models.CharField(db_index=True, editable=False, max_length=255)),
                ("title", models.CharField(blank=True, help_text="The original headline.", max_length=1000)),
                ("site_name", models.CharField(blank=True, max_length=300)),
                (
                    "favicon",
                    models.CharField(blank=True, help_text="The name of a picture in our own media.", max_length=80),
                ),
                (
                    "metadata",
                    models.JSONField(
                        blank=True, default=dict, help_text="Open Graph, Twitter, HTML meta, JSON-LD, whole."
                    ),
                ),
                ("hops", models.JSONField(blank=True, default=list)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("edit", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "entered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, help_text="When it entered its state."
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="The last part of the address; frozen once it was published.",
                        max_length=600,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500)),
                ("standfirst", models.TextField(blank=True, help_text="One or two sentences under the title.")),
                (
                    "picture_alt",
                    models.CharField(
                        blank=True, help_text="What the picture shows, for those who can't.", max_length=500
                    ),
                ),
                (
                    "picture_decorative",
                    models.BooleanField(default=False, help_text="It says nothing that words would have to say."),
                ),
                ("picture_credit", models.CharField(blank=True, max_length=300)),
                (
                    "focus_x",
                    models.PositiveSmallIntegerField(
                        default=50, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "focus_y",
                    models.PositiveSmallIntegerField(
                        default=50, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("pdf", models.CharField(blank=True, max_length=2048)),
                ("insights_name", models.CharField(blank=True, max_length=300)),
                ("insights", models.TextField(blank=True, help_text="An optional editor's box under the body.")),
                (
                    "dated_at",
                    models.DateTimeField(
                        blank=True, help_text="The date the article carries, if not its first.", null=True
                    ),
                ),
                ("dated_day", models.BooleanField(default=False, help_text="The date is a day, not an instant.")),
                (
                    "modified_at",
                    models.DateTimeField(blank=True, help_text="When the words were last changed.", null=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "copied_reason",
                    models.CharField(
                        blank=True, help_text="Why many words in a row are those of the source.", max_length=300
                    ),
                ),
                ("body", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "brief",
                "ordering": ["-pk"],
                "permissions": [
                    ("write_article", "Can write articles: their own and unclaimed ones"),
                    ("review_article", "Can decide on articles in review"),
                    ("publish_article", "Can publish, withdraw and reschedule"),
                    ("assign_article", "Can give any article to anybody"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleOffering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("about", "about"), ("related", "related")], default="related", max_length=10
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="article_offerings",
                        to="curation.article",
                    ),
                ),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offerings.offering"
                    ),
                ),
            ],
            options={
                "verbose_name": "offering",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="offerings",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="curation.ArticleOffering", to="offerings.offering"
            ),
        ),
        migrations.CreateModel(
            name="ArticleTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("spelling", models.CharField(blank=True, max_length=200)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="article_topics",
                        to="curation.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="article_topics", to="offerings.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="topics",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="curation.ArticleTopic",
                to="offerings.Topic",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                (
                    "slug",
                    models.SlugField(blank=True, help_text="The address: /author/<slug>/", max_length=255, unique=True),
                ),
                (
                    "retired",
                    models.BooleanField(
                        default=False, help_text="Stays in old bylines, and is offered to nobody any more."
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ArticleAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="article_authors",
                        to="curation.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_authors",
                        to="curation.author",
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="authors",
            field=models.ManyToManyField(
                blank=True, related_name="articles", through="curation.ArticleAuthor", to="curation.author"
            ),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asking", "waiting for details"),
                            ("trying", "being tried"),
                            ("tried", "tried, not done"),
                            ("doing", "being done"),
                            ("done", "done"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="asking",
                        max_length=10,
                    ),
                ),
                ("details", models.JSONField(default=dict)),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="How the choice differs from what was on the screen.", max_length=300
                    ),
                ),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edit", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("ready", "can be done"),
                            ("refused", "refused"),
                            ("done", "done"),
                            ("undone", "undone"),
                            ("kept", "left as it is"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("was", models.CharField(blank=True, max_length=20)),
                ("becomes", models.CharField(blank=True, max_length=20)),
                ("undo", models.CharField(blank=True, max_length=20)),
                ("undo_words", models.TextField(blank=True)),
                ("before", models.JSONField(default=dict)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="curation.article"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="curation.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CheckLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_code", models.CharField(max_length=40, verbose_name="check")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("submit", "required before review"),
                            ("approve", "required before approval"),
                            ("advice", "recommended"),
                            ("off", "not asked"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="auth.group"),
                ),
            ],
            options={
                "ordering": ["check_code", "role"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(help_text="The name as it was then.", max_length=200)),
                ("words", models.TextField(max_length=4000)),
                ("blocks", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="curation.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dismissals", to="curation.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offerings.offering",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="curation.article",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dismissals",
                        to="offerings.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft_keys", to="curation.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("live_from", models.DateTimeField()),
                ("live_until", models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC))),
                ("closes_at", models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC))),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("replaced", "replaced"),
                            ("cancelled", "cancelled"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("tallied", models.BooleanField(default=False)),
                ("slug", models.CharField(max_length=600)),
                ("first_published_at", models.DateTimeField()),
                ("dated_day", models.BooleanField(default=False)),
                ("title", models.CharField(max_length=500)),
                ("summary", models.TextField(blank=True)),
                ("source_brand", models.CharField(blank=True, max_length=255)),
                ("minutes", models.PositiveSmallIntegerField(default=1)),
                ("cover", models.CharField(max_length=80)),
                ("picture_alt", models.CharField(blank=True, max_length=500)),
                ("picture_credit", models.CharField(blank=True, max_length=300)),
                ("focus_x", models.PositiveSmallIntegerField(default=50)),
                ("focus_y", models.PositiveSmallIntegerField(default=50)),
                ("standfirst", models.TextField(blank=True)),
                ("bylines", models.JSONField(default=list)),
                ("sources", models.JSONField(default=list)),
                ("pdf", models.CharField(blank=True, max_length=2048)),
                ("insights_name", models.CharField(blank=True, max_length=300)),
                ("insights", models.TextField(blank=True)),
                ("updated_at", models.DateTimeField(null=True)),
                ("update_note", models.CharField(blank=True, max_length=300)),
                ("pressed_at", models.DateTimeField()),
                ("body", models.TextField(blank=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="curation.article"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="curation.article",
                    ),
                ),
            ],
            options={
                "ordering": ["-first_published_at", "-article_id"],
            },
        ),
        migrations.CreateModel(
            name="EditionByline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_published_at", models.DateTimeField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_bylines",
                        to="curation.author",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edition_bylines",
                        to="curation.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="EditionOffering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_published_at", models.DateTimeField()),
                ("role", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edition_offerings",
                        to="curation.edition",
                    ),
                ),
                (
                    "offering",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_offerings",
                        to="offerings.offering",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="EditionTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_published_at", models.DateTimeField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edition_topics",
                        to="curation.edition",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_topics",
                        to="offerings.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be encoded"),
                            ("ready", "ready"),
                            ("missing", "missing"),
                            ("failed", "could not be taken"),
                        ],
                        default="missing",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, db_index=True, max_length=40)),
                (
                    "address",
                    models.CharField(
                        help_text="Where it came from: a path or an address.", max_length=2048, unique=True
                    ),
                ),
                (
                    "incoming",
                    models.CharField(blank=True, help_text="The file that waits for the encoder.", max_length=1000),
                ),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("colour", models.PositiveSmallIntegerField(default=0, help_text="Its placeholder colour, 0 to 63.")),
                ("widths", models.JSONField(blank=True, default=dict, help_text="The widths there are, by format.")),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(condition=models.Q(("state", "queued")), fields=["id"], name="picture_queue")],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="curation.picture",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="pictures",
            field=models.ManyToManyField(blank=True, related_name="in_bodies", to="curation.picture"),
        ),
        migrations.AddField(
            model_name="article",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curation.picture",
            ),
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "density",
                    models.CharField(choices=[("calm", "calm"), ("compact", "compact")], default="calm", max_length=10),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[("auto", "as the system"), ("light", "light"), ("dark", "dark")],
                        default="auto",
                        max_length=10,
                    ),
                ),
                ("zone", models.CharField(blank=True, help_text="Empty: the newsroom's own.", max_length=64)),
                (
                    "shortcuts",
                    models.BooleanField(default=True, help_text="Single keys and Ctrl or ⌘ with a key do things."),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(blank=True, max_length=40)),
                ("is_typing", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="curation.article"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("is_shared", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False, help_text="The owner's list opens with it.")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="curation.section"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="curation.section"
            ),
        ),
        migrations.CreateModel(
            name="Harvest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be read"),
                            ("reading", "being read"),
                            ("done", "read"),
                            ("failed", "not read"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("code", models.CharField(blank=True, help_text="The kind of failure.", max_length=40)),
                ("words", models.CharField(blank=True, help_text="What failed, for the curator.", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="page, pdf, picture, or text that was pasted.", max_length=10
                    ),
                ),
                ("found", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField(blank=True, help_text="The page's main text.")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="harvest", to="curation.sourcelink"
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        help_text="The link we had already for the page that this one leads to.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="curation.sourcelink",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("source", "source"), ("via", "via")], default="source", max_length=10),
                ),
                ("label", models.CharField(blank=True, help_text="How the document names it.", max_length=300)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why a second article uses the same link.", max_length=300),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="article_sources",
                        to="curation.article",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_sources",
                        to="curation.sourcelink",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="sources",
            field=models.ManyToManyField(
                blank=True, related_name="articles", through="curation.ArticleSource", to="curation.sourcelink"
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("all", "All"),
                            ("section", "Section"),
                            ("topic", "Topic"),
                            ("brand", "Brand"),
                            ("author", "Author"),
                            ("offering", "Offering"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=255)),
                ("month", models.CharField(blank=True, help_text="e.g. 2026-11; empty for all time", max_length=7)),
                ("count", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
                "indexes": [models.Index(fields=["kind", "month", "-count"], name="tally_by_size")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key", "month"), name="one_tally_per_month")],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, help_text="A name makes it easy to find again.", max_length=120)),
                ("sealed", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("content", models.JSONField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="curation.article"
                    ),
                ),
                ("writers", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["article", "-number"],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                ("actor", models.CharField(max_length=200)),
                ("at", models.DateTimeField(db_index=True)),
                ("from_state", models.CharField(blank=True, max_length=20)),
                ("to_state", models.CharField(max_length=20)),
                ("edit", models.PositiveIntegerField(help_text="The article's edit after the step.")),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(blank=True, default=dict)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="curation.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="curation.edition",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="curation.version",
                    ),
                ),
            ],
            options={
                "db_table": "curation_logged",
                "verbose_name": "log entry",
                "verbose_name_plural": "log",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="curation.version"
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=700, unique=True)),
                ("format", models.CharField(max_length=20)),
                ("path", models.CharField(max_length=1000)),
                ("digest", models.CharField(max_length=64)),
                ("edit", models.PositiveIntegerField(default=0)),
                ("published", models.BooleanField(default=True, help_text="Whether readers see the Version it made.")),
                ("leftovers", models.JSONField(blank=True, default=dict)),
                ("packed", models.BinaryField()),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="document", to="curation.article"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="curation.version"
                    ),
                ),
            ],
            options={
                "ordering": ["path"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="approved_version",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="curation.version",
            ),
        ),
        migrations.CreateModel(
            name="WorkPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("type", models.CharField(blank=True, max_length=200)),
                ("custom_fields", models.JSONField(blank=True, default=dict)),
                ("attachments", models.JSONField(blank=True, default=list)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work_package", to="curation.article"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="articleoffering",
            constraint=models.UniqueConstraint(fields=("article", "offering"), name="one_offering_once_per_article"),
        ),
        migrations.AddConstraint(
            model_name="articletopic",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="one_topic_once_per_article"),
        ),
        migrations.AddConstraint(
            model_name="articleauthor",
            constraint=models.UniqueConstraint(fields=("article", "author"), name="one_byline_per_author"),
        ),
        migrations.AddIndex(
            model_name="batchitem",
            index=models.Index(fields=["batch", "state", "id"], name="batch_items_by_state"),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(fields=("batch", "article"), name="once_per_batch"),
        ),
        migrations.AddConstraint(
            model_name="checklevel",
            constraint=models.UniqueConstraint(fields=("check_code", "role"), name="one_level_per_check_and_role"),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offering__isnull", True), ("other__isnull", True), ("topic__isnull", False)),
                    models.Q(("offering__isnull", False), ("other__isnull", True), ("topic__isnull", True)),
                    models.Q(("offering__isnull", True), ("other__isnull", False), ("topic__isnull", True)),
                    _connector="OR",
                ),
                name="dismissal_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(fields=("article", "topic"), name="one_dismissal_per_topic"),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(fields=("article", "offering"), name="one_dismissal_per_offering"),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(fields=("article", "other"), name="one_dismissal_per_article"),
        ),
        migrations.AddConstraint(
            model_name="draftkey",
            constraint=models.UniqueConstraint(fields=("by", "key"), name="one_draft_per_key"),
        ),
        migrations.AddIndex(
            model_name="editionbyline",
            index=models.Index(fields=["author", "-first_published_at", "-edition"], name="edition_byline_by_date"),
        ),
        migrations.AddConstraint(
            model_name="editionbyline",
            constraint=models.UniqueConstraint(fields=("edition", "position"), name="edition_bylines_in_order"),
        ),
        migrations.AddIndex(
            model_name="editionoffering",
            index=models.Index(fields=["offering", "-first_published_at", "-edition"], name="edition_offering_by_date"),
        ),
        migrations.AddConstraint(
            model_name="editionoffering",
            constraint=models.UniqueConstraint(fields=("edition", "position"), name="edition_offerings_in_order"),
        ),
        migrations.AddIndex(
            model_name="editiontopic",
            index=models.Index(fields=["topic", "-first_published_at", "-edition"], name="edition_topic_by_date"),
        ),
        migrations.AddConstraint(
            model_name="editiontopic",
            constraint=models.UniqueConstraint(fields=("edition", "position"), name="edition_topics_in_order"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("article", "user"), name="present_once_per_article"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_searches_have_names"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("owner",), name="one_default_search_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="harvest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "reading", "done", "failed", "cancelled"])),
                name="harvest_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlesource",
            constraint=models.UniqueConstraint(fields=("article", "link", "role"), name="one_source_once_per_role"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="versions_are_numbered"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["-first_published_at", "-article"], name="edition_by_date"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["slug", "live_until"], name="edition_by_slug"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["source_brand", "-first_published_at", "-article"], name="edition_by_brand"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["section", "-first_published_at", "-article"], name="edition_by_section"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["live_from"], name="edition_by_start"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(condition=models.Q(("tallied", False)), fields=["live_until"], name="edition_to_tally"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(condition=models.Q(("tallied", True)), fields=["live_until"], name="edition_to_untally"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="editions_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="edition_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("live_until__gte", models.F("live_from"))), name="edition_window_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gte", models.F("live_until"))), name="edition_ends_by_its_close"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["state", "-id"], name="article_by_state"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["state", "entered_at"], name="article_by_state_age"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-id", "owner", "title"], name="article_newest_by_title"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["owner", "state", "entered_at"], name="article_by_owner_and_state"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["entered_at", "owner"], name="article_longest_in_state"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title", "owner"], name="article_by_name"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("slug", ""), _negated=True), fields=("slug",), name="one_article_per_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "in_review", "changes_requested", "approved", "declined"])),
                name="article_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="workpackage",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="one_article_per_work_package"),
        ),
    ]
