"""Logos by their name: what of the catalogue shows a picture, and whether readers may have a file, by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offerings", "0001_first"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["logo"], name="institution_by_logo"),
        ),
        migrations.AddIndex(
            model_name="offering",
            index=models.Index(fields=["logo"], name="offering_by_logo"),
        ),
    ]
