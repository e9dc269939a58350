"""Marks of evidence: beside each sentence of a brief what of its sources it rests on, as found or as a person says."""

from .decisions import Decision
from .marks import MOST_SENTENCES, Mark, Near, marks, marks_of, sentences_of
from .texts import Text, texts_of

__all__ = ["MOST_SENTENCES", "Decision", "Mark", "Near", "Text", "marks", "marks_of", "sentences_of", "texts_of"]
