"""The drawn cover of an article without a picture: a field of its topic's hue, hairlines, and one coral point.

A cover is its name. ``contours-17-9f3a2c1b.svg`` says motif, hue and seed; ``letters-20-9f3a2c1b-Rx.svg`` also what is
written. Nothing is stored: ``draw`` makes the same bytes from the same name on every machine, so they may be cached for
as long as anyone likes. The drawing adapts to light and dark and to its own size.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from . import palette
from .field_motifs import bars, cells, contours, gates, lattice, ridges, ripples, routes, twins, weave
from .figure_motifs import arcs, helix, letters, pulse, rosette, spiral, vessels
from .palette import HUES
from .pen import HEIGHT, WIDTH, Dice

__all__ = ["HUES", "MOTIFS", "draw", "initials", "name", "parse_name", "policy"]

# The order is part of every cover's identity: new motifs go at the end and change what new articles get.
MOTIFS = {
    motif.__name__: motif
    for motif in (
        contours,
        twins,
        ridges,
        cells,
        lattice,
        gates,
        helix,
        spiral,
        routes,
        bars,
        arcs,
        ripples,
        weave,
        vessels,
        pulse,
        rosette,
        letters,
    )
}
_ORDER = tuple(MOTIFS)
_NAME = re.compile(r"([a-z]+)-(0|[1-9]|[12][0-9]|3[0-5])-([0-9a-f]{8})(?:-([A-Za-z0-9]{1,3}))?\.svg", re.ASCII)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", re.ASCII)


def initials(words: str) -> str:
    """Return one to three letters that stand for a topic's label, or nothing where it has none that can be drawn.

    “Digital Twin” is Dt, “eHealth” eH, “Telehealth” Te, “AI” and “EHR” stay as they are.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    parts = _WORD.findall(plain)
    if not parts:
        return ""
    if len(parts) == 1 or (parts[0].isupper() and len(parts[0]) > 1):
        return parts[0][:3] if parts[0].isupper() else parts[0][:2].capitalize()
    if parts[0].islower() and len(parts[0]) == 1:
        return parts[0] + parts[1][0]
    return parts[0][0].upper() + parts[1][0].lower()


def name(identity: str, hue: int, words: str = "") -> str:
    """Return the file name of the cover of whatever ``identity`` is (a slug, say), in hue 0 to 35 (others wrap round).

    ``words`` is a topic's label; only with it can the cover be one of letters.
    """
    digest = hashlib.sha256(identity.encode()).digest()
    written = initials(words)
    motif = _ORDER[int.from_bytes(digest[:4]) % len(_ORDER)]
    if motif == "letters" and not written:
        motif = _ORDER[int.from_bytes(digest[8:12]) % (len(_ORDER) - 1)]
    tail = f"-{written}" if motif == "letters" else ""
    return f"{motif}-{hue % HUES}-{digest[4:8].hex()}{tail}.svg"


def parse_name(filename: str) -> tuple[str, int, int, str] | None:
    """Return ``(motif, hue, seed, letters)`` of a cover's file name, or None for anything else."""
    found = _NAME.fullmatch(filename)
    if found is None or found[1] not in MOTIFS or (found[1] == "letters") != bool(found[4]):
        return None
    return found[1], int(found[2]), int(found[3], 16), found[4] or ""


@lru_cache(maxsize=256)
def draw(filename: str) -> str | None:
    """Return the SVG of a name that ``name`` could have given, 1200 × 750; None for any other. About 3 ms and 6 kB."""
    parsed = parse_name(filename)
    if parsed is None:
        return None
    motif, hue, seed, written = parsed
    pieces = MOTIFS[motif](Dice(seed), written) if written else MOTIFS[motif](Dice(seed))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH // 2}" height="{HEIGHT // 2}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"><style>{palette.style(hue)}</style>'
        f'<path class="b" d="M0 0h{WIDTH}v{HEIGHT}h-{WIDTH}z"/>{"".join(pieces)}</svg>'
    )


def policy(filename: str) -> str:
    """Return the Content-Security-Policy header of a cover; one that allows nothing for a name that is not ours."""
    parsed = parse_name(filename)
    return palette.policy(parsed[1]) if parsed else "default-src 'none'; sandbox"
