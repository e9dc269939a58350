"""The production document format: YAML front matter over a body, read without loss and refused in words."""

from .document import MAX_BYTES, Document, meta_key, read, read_document, split_inner
from .refusal import FrontMatterRefused

__all__ = ["MAX_BYTES", "Document", "FrontMatterRefused", "meta_key", "read", "read_document", "split_inner"]
