"""Of each judgement the words that it is of, as an open Version is rewritten; of each presence whether it only reads."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_their_versions(apps, schema_editor):
    """Only what is sealed was judged until now: its words are those of its Version."""
    database = schema_editor.connection.alias
    versions = apps.get_model("curation", "Version").objects.using(database).filter(pk=OuterRef("version"))
    judgements = apps.get_model("curation", "Judgement").objects.using(database)
    judgements.update(digest=Subquery(versions.values("digest")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0017_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="digest",
            field=models.CharField(db_default="", max_length=64),
        ),
        migrations.RunPython(of_their_versions, migrations.RunPython.noop),
        migrations.AddField(
            model_name="presence",
            name="is_reading",
            field=models.BooleanField(default=False, db_default=False),
        ),
    ]
