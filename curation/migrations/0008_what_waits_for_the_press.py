"""The index of what waits for the press begins with the state: SQLite takes a partial one only where it knows no other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0007_absences"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="article", name="article_to_publish"),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("is_pressed", False)),
                fields=["state", "entered_at"],
                name="article_to_publish",
            ),
        ),
    ]
