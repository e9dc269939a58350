"""Public face: written text as safe HTML; everything lives in ``curation.text.prose``."""

from curation.text.prose import body, clean, standfirst

__all__ = ["body", "clean", "standfirst"]
