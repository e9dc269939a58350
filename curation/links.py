"""Public face: what a web address looks like; everything lives in ``curation.text.links``."""

from curation.text.links import article_slug, brand, check, clean, duplicate_key

__all__ = ["article_slug", "brand", "check", "clean", "duplicate_key"]
