"""A field named ``clean`` hid ``Model.clean``, so that no form could save a source link."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("curation", "0012_sections")]
    operations = [migrations.RenameField("sourcelink", "clean", "cleaned")]
