"""What checks ask of an article beside its words, and which addresses answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("curation", "0006_list_ages")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="picture_decorative",
            field=models.BooleanField(default=False, help_text="It says nothing that words would have to say."),
        ),
        migrations.AddField(
            model_name="article",
            name="copied_reason",
            field=models.CharField(
                blank=True, help_text="Why many words in a row are those of the source.", max_length=300
            ),
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
    ]
