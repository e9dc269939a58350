"""Placeholders, which stand where a picture will be: 64 colours and focal points, as classes of one static sheet.

A strict Content-Security-Policy allows no inline style, so colours, positions and hues are quantised here and written
once to ``static/css/components/placeholder.css``, which is exactly what ``sheet()`` returns.
"""

from itertools import pairwise

from PIL import Image

# Eight greys from ink to paper, then fourteen hues in four lightnesses each, even steps in OKLCH.
# fmt: off
PLACEHOLDERS = (
    "#0a0e0c", "#262a27", "#444946", "#6a6964", "#8d8c87", "#b2b1ab", "#d9d7d2", "#f5f3ee",
    "#522627", "#8d4e4f", "#c78382", "#f0c5c3", "#502a17", "#8b5338", "#c5886c", "#eec8b6",
    "#4a2f07", "#815a26", "#b9905c", "#e6ccae", "#3f3504", "#716323", "#a7995a", "#dad2ad",
    "#2f3b11", "#5a6b31", "#8ea165", "#cbd7b3", "#1a3e22", "#3e7147", "#73a77b", "#bbdbbf",
    "#033f33", "#1d7360", "#5aaa95", "#b0dccf", "#023e40", "#007176", "#4fa8ad", "#abdbde",
    "#003c4e", "#1d6d88", "#5aa3c0", "#afd9ea", "#1a3756", "#3d6692", "#719ccb", "#bad4f2",
    "#2d3256", "#575e93", "#8b94cd", "#c8cff2", "#3c2c51", "#6d578b", "#a38cc4", "#d7caed",
    "#472846", "#7e517b", "#b686b3", "#e4c6e2", "#4f2637", "#894e66", "#c2829c", "#edc4d3",
)
# fmt: on
HUES = 36
STEPS = 20

_SAMPLE = (8, 8)  # coarse, so that a busy picture gives the colour it has from across the room


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _palette() -> Image.Image:
    """Return the 64 colours as a picture in palette mode, for Pillow; unused places hold the last one again."""
    colours = PLACEHOLDERS + PLACEHOLDERS[-1:] * (256 - len(PLACEHOLDERS))
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in colours for channel in _channels(colour)])
    return palette


def colour(picture: Image.Image) -> int:
    """Return the number, 0 to 63, of the colour that most of an RGB picture is nearest to."""
    small = picture.resize(_SAMPLE, Image.Resampling.BOX, reducing_gap=2.0)
    votes = small.quantize(palette=_palette(), dither=Image.Dither.NONE).histogram()
    last = len(PLACEHOLDERS) - 1
    votes[last] = sum(votes[last:])
    return max(range(last + 1), key=votes.__getitem__)


def focus(x: float, y: float) -> str:
    """Return the classes of a focal point given as shares of width and height, 0.0 to 1.0, rounded to 5 %."""
    across, down = (round(min(max(share, 0.0), 1.0) * STEPS) for share in (x, y))
    return f"fx-{across} fy-{down}"


def _rules() -> list[str]:
    rules = [".pic img { object-position: var(--fx, 50%) var(--fy, 50%); }"]
    rules += [f".ph-{number} {{ background-color: {value}; }}" for number, value in enumerate(PLACEHOLDERS)]
    for axis in ("fx", "fy"):
        rules += [f".{axis}-{step} {{ --{axis}: {step * 100 // STEPS}%; }}" for step in range(STEPS + 1)]
    return rules + [f".hue-{number} {{ --hue: {number * 360 // HUES}; }}" for number in range(HUES)]


def sheet() -> str:
    """Return the whole style sheet as the formatter lays it out, with a blank line between families."""
    rules = _rules()
    lines = ["/* Written by curation.images.placeholder.sheet(); a test holds the two together. */", "", rules[0]]
    for before, rule in pairwise(rules):
        lines += [""] * (before.split("-")[0] != rule.split("-")[0]) + [rule]
    return "\n".join(lines).replace(" { ", " {\n  ").replace("; }", ";\n}") + "\n"
