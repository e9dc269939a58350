"""Public face: the old documents' front matter; everything lives in ``curation.importer.frontmatter``."""

from curation.importer.frontmatter import meta_key, read

__all__ = ["meta_key", "read"]
