"""Of each article whether an Edition was pressed of what is approved: what waits to be published is found by an index."""

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef


def mark(apps, schema_editor):
    """Mark the articles whose approved Version has an Edition that readers saw, see or will see."""
    editions = apps.get_model("curation", "Edition").objects.using(schema_editor.connection.alias)
    pressed = editions.filter(version=OuterRef("approved_version"), live_until__gt=F("live_from"))
    articles = apps.get_model("curation", "Article").objects.using(schema_editor.connection.alias)
    articles.filter(Exists(pressed), state="approved").update(is_pressed=True)


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0004_revised_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="is_pressed",
            field=models.BooleanField(
                default=False, editable=False, help_text="An Edition was made of what is approved."
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("is_pressed", False), ("state", "approved")),
                fields=["entered_at"],
                name="article_to_publish",
            ),
        ),
    ]
