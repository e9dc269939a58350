from django.db import migrations, models

OFTEN = ("Figure not found", "Too close to the source", "Weak standfirst", "Wrong topic", "Picture unclear")


def lay_down(apps, schema_editor):
    """Lay down reasons to begin with; each newsroom changes them as it likes."""
    reasons = apps.get_model("curation", "ReturnReason").objects.using(schema_editor.connection.alias)
    reasons.bulk_create(reasons.model(words=words, position=place) for place, words in enumerate(OFTEN, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0002_evidence_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.CharField(
                        help_text="As its owner reads it, such as “Figure not found”.", max_length=80, unique=True
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Lower ones first; the first nine have keys."
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
    ]
