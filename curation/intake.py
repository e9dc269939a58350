"""Public face: pasted links become drafts; everything lives in ``curation.harvest.intake``."""

from curation.harvest.intake import addresses, paste, paste_many

__all__ = ["addresses", "paste", "paste_many"]
