"""Measures: what the newsroom did and how fast, from its log, in counts that are kept (docs/decisions/0052)."""

from .counting import count_anew, count_pending, counted_at, forget, is_pending, keep_up

__all__ = ["count_anew", "count_pending", "counted_at", "forget", "is_pending", "keep_up"]
