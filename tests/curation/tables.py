"""A database as plain data, table by table, less ids and clocks: two that hold the same newsroom are equal."""

from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.db.models import DateTimeField, ForeignKey, JSONField

from curation.models import Article, Author, Edition, Picture, Section, SourceLink, Tally, Version
from offerings.models import Institution, Offering, Taxonomy, Topic

# Columns that hold a moment of the import, or an id (a digest is made of a content that holds ids).
_CLOCKS = {"created_at", "updated_at", "pressed_at", "at", "history_date", "digest", "enqueued_at"}
_KEPT_CLOCKS = {("edition", "updated_at"), ("document", "digest")}  # these two come from the documents
_PARTS = ("offerings", "curation")
_LEFT_OUT = {"publicationcounter"}  # rises with every slice, whatever it holds


def dump() -> dict[str, list]:
    """``table → sorted rows`` of the catalogue and the newsroom, each row as text."""
    names = _Names()
    return {
        model._meta.model_name: sorted(repr(names.row(row)) for row in model._default_manager.all())
        for label in _PARTS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.model_name not in _LEFT_OUT
    }


def differences(one: dict, other: dict) -> list[str]:
    """The rows that only one of two dumps has, for a test to print."""
    found = []
    for table in sorted(one.keys() | other.keys()):
        left, right = one.get(table, []), other.get(table, [])
        found += [f"{table} -{row}" for row in left if row not in right]
        found += [f"{table} +{row}" for row in right if row not in left]
        if len(left) != len(right):
            found.append(f"{table}: {len(left)} and {len(right)} rows")
    return found


class _Names:
    """What stands for an id: the same in every database that holds the same documents."""

    def __init__(self):
        self.now = datetime.now(UTC)
        keys = {
            Topic: "key",
            Taxonomy: "name",
            Institution: "name",
            Offering: "slug",
            Author: "name",
            Picture: "address",
            Section: "slug",
            SourceLink: "key",
            Article: "document__key",
        }
        self.of = {model: dict(model._default_manager.values_list("pk", key)) for model, key in keys.items()}
        for model in (Version, Edition):
            rows = model.objects.values_list("pk", "article__document__key", "number")
            self.of[model] = {pk: f"{key}#{number}" for pk, key, number in rows}

    def row(self, row):
        """A row as ``{column: value}`` without its id."""
        fields = [field for field in row._meta.concrete_fields if not field.primary_key]
        table = row._meta.model_name
        return {
            field.name: self._value(row, field)
            for field in fields
            if field.name not in _CLOCKS or (table, field.name) in _KEPT_CLOCKS
        }

    def _value(self, row, field):
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and field.related_model in self.of:
            return value and self.of[field.related_model].get(value, value)
        if row._meta.model_name.startswith("historical") and field.name == "id":
            return self.of[row.instance_type].get(value)
        if isinstance(row, Tally) and field.name == "key":
            kinds = {"topic": Topic, "author": Author, "offering": Offering}
            return self.of[kinds[row.kind]][int(value)] if row.kind in kinds else value
        if isinstance(field, DateTimeField):
            return self._moment(value)
        return self._plain(value) if isinstance(field, JSONField) else value

    def _moment(self, value):
        """A moment of the run is ``now``, another one stays."""
        return "now" if value and abs(value - self.now) < timedelta(hours=1) else value

    def _plain(self, value):
        """JSON with names for the ids in it, and without the clock."""
        if isinstance(value, dict):
            return {key: self._named(key, inner) for key, inner in value.items()}
        return [self._plain(inner) for inner in value] if isinstance(value, list) else value

    def _named(self, key, value):
        models = {"topic": Topic, "author": Author, "offering": Offering, "link": SourceLink}
        models |= {"picture_id": Picture, "section_id": Section}
        if key in models and isinstance(value, int):
            return self.of[models[key]][value]
        if isinstance(value, str) and key in ("dated_at", "modified_at", "from", "until"):
            return self._moment(datetime.fromisoformat(value))
        return self._plain(value)
