"""When articles entered their state, from the log."""

from django.db import migrations

FILL = """
    UPDATE curation_article SET entered_at = COALESCE(
        (SELECT entry.at FROM curation_logged AS entry
         WHERE entry.article_id = curation_article.id AND entry.to_state = curation_article.state
           AND entry.from_state <> entry.to_state
         ORDER BY entry.id DESC LIMIT 1),
        created_at)
"""


class Migration(migrations.Migration):
    dependencies = [("curation", "0005_list")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
