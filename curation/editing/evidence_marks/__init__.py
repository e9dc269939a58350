"""Marks of evidence: beside each sentence of a brief what of its sources it rests on, as found or as a person says."""

from curation.models.evidence import Decision, DecisionRefused, sentence_key

from .decisions import with_own, with_span, without
from .lacking import Lack, lacking
from .marks import MOST_SENTENCES, Mark, Near, marks, marks_of, sentences_of
from .texts import Text, texts_of, texts_of_many

__all__ = [
    "MOST_SENTENCES",
    "Decision",
    "DecisionRefused",
    "Lack",
    "Mark",
    "Near",
    "Text",
    "lacking",
    "marks",
    "marks_of",
    "sentence_key",
    "sentences_of",
    "texts_of",
    "texts_of_many",
    "with_own",
    "with_span",
    "without",
]
