"""The keys that follow from others, and what they would say: where a document says something else, that is kept."""

from offerings import slugs

from .keys import KEYS, Fate


def leftovers(values: dict, section: dict, topics: list[str], brand: str) -> dict:
    """Return the keys that nothing else keeps: unknown ones, those kept as they come, and derived ones that differ.

    ``section`` holds what the section's row says, by the document's own names; ``brand`` is the main source's.
    """
    kept = {}
    for name, value in values.items():
        if name in _COLUMNS:
            continue
        rule = _RULES.get(name)
        if rule is None or value != _expected(name, rule, values, section, topics, brand):
            kept[str(name)] = value
    return kept


_COLUMNS = frozenset(name for name, key in KEYS.items() if key.fate is Fate.COLUMN)
_RULES = {name: key.where for name, key in KEYS.items() if key.fate is Fate.DERIVED}


def _expected(name, rule, values, section, topics, brand):
    if rule == "section":
        return section.get(name)
    if rule == "brand":
        return brand
    if rule == "breadcrumbs":
        return ["Home", section["identifier"], values.get("title")]
    if rule == "breadcrumb_links":
        return ["/", section["basePath"], ""]
    return [_OF_TOPIC[rule](topic) for topic in topics]


_OF_TOPIC = {
    "category_labels": slugs.topic_label,
    "category_slugs": slugs.category_slug,
    "category_urls": lambda topic: f"topic/{slugs.slug(topic)}",
}
