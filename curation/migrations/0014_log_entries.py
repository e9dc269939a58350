"""The log holds entries: the model is called so, and so are its permissions."""

from django.db import migrations


def _rename(apps, schema_editor, old, new):
    """Rename permissions here: ours are made as soon as a migrate ends, before Django would rename the old ones."""
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for permission in permissions.filter(content_type__app_label="curation", codename__endswith=f"_{old}"):
        permission.codename = permission.codename.removesuffix(old) + new
        permission.save(update_fields=["codename"])


def to_entry(apps, schema_editor):
    """Rename permissions to the new name."""
    _rename(apps, schema_editor, "logged", "logentry")


def to_logged(apps, schema_editor):
    """Rename permissions back."""
    _rename(apps, schema_editor, "logentry", "logged")


class Migration(migrations.Migration):
    dependencies = [("curation", "0013_cleaned_links")]

    operations = [migrations.RenameModel("Logged", "LogEntry"), migrations.RunPython(to_entry, to_logged)]
