"""The answer for one sentence: what it rests on, and what of it the source does not have."""

from dataclasses import dataclass, field
from typing import Literal

Nearest = tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence held against a source.

    ``kind`` is ``"source"`` (a span says it), ``"missing"`` (a span says it, but for the figures and names in
    ``missing``) or ``"own"`` (nothing in the source is like it). ``paragraph`` counts from 1, ``span`` is where in that
    paragraph; both are None for ``"own"``, which may lack figures and full names all the same. ``missing`` is as the
    sentence writes it, in its order, each once;
    ``nearest`` has for each of them the figure or name of the source that comes nearest, and its paragraph, or None.
    """

    kind: Literal["source", "missing", "own"]
    paragraph: int | None = None
    span: tuple[int, int] | None = None
    missing: list[str] = field(default_factory=list)
    nearest: list[Nearest] = field(default_factory=list)


OWN = Finding("own")
