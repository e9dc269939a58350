"""Record of the demo newsroom's rows: written when it is filled, read when it is removed."""

from collections import defaultdict
from collections.abc import Iterable

from medigy.models import DemoThing


def present() -> bool:
    """Return whether the demo newsroom is in this database. One query."""
    return DemoThing.objects.exists()


def made(rows: Iterable) -> None:
    """Remember rows that were just made. One insert."""
    DemoThing.objects.bulk_create(DemoThing(model=row._meta.label_lower, key=row.pk) for row in rows)


def keys() -> dict[str, list[int]]:
    """Return the primary keys of everything that was made, by model (``curation.article``). One query."""
    found = defaultdict(list)
    for model, key in DemoThing.objects.values_list("model", "key"):
        found[model].append(key)
    return found


def forget() -> None:
    """Remember nothing any more. One query."""
    DemoThing.objects.all().delete()
