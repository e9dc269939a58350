"""Sections have addresses of their own: the base path follows from the slug, and live Editions are counted by section."""

from collections import Counter

from django.db import migrations, models

from curation.text import dates


def count(apps, schema_editor):
    """Count what is counted already once more by its section."""
    Edition, Tally = apps.get_model("curation", "Edition"), apps.get_model("curation", "Tally")
    counts = Counter()
    for section, moment in Edition.objects.filter(tallied=True).values_list("section", "first_published_at").iterator():
        counts[str(section), ""] += 1
        counts[str(section), f"{dates.local(moment):%Y-%m}"] += 1
    rows = [Tally(kind="section", key=key, month=month, count=by) for (key, month), by in sorted(counts.items())]
    Tally.objects.bulk_create(rows, batch_size=500)


def forget(apps, schema_editor):
    """Take the counts by section away again."""
    apps.get_model("curation", "Tally").objects.filter(kind="section").delete()


class Migration(migrations.Migration):
    dependencies = [("curation", "0011_newest_titles")]

    operations = [
        migrations.RemoveField(model_name="section", name="base_path"),
        migrations.RemoveField(model_name="section", name="kind_plural"),
        migrations.AlterField(
            model_name="section",
            name="slug",
            field=models.SlugField(help_text="The first part of its addresses: /<slug>/", max_length=60, unique=True),
        ),
        migrations.AlterField(
            model_name="tally",
            name="kind",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["section", "-first_published_at", "-article"], name="edition_by_section"),
        ),
        migrations.RunPython(count, forget),
    ]
