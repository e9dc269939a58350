"""That two articles do not tell the same story can be kept, as topics and offerings that nobody wanted are."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("curation", "0009_owners_states")]

    operations = [
        migrations.RemoveConstraint(model_name="dismissal", name="dismissal_is_of_one_thing"),
        migrations.AddField(
            model_name="dismissal",
            name="other",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="curation.article",
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.CheckConstraint(
                condition=Q(topic__isnull=False, offering__isnull=True, other__isnull=True)
                | Q(topic__isnull=True, offering__isnull=False, other__isnull=True)
                | Q(topic__isnull=True, offering__isnull=True, other__isnull=False),
                name="dismissal_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(fields=["article", "other"], name="one_dismissal_per_article"),
        ),
    ]
