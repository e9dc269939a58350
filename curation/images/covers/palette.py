"""The colours of a cover: six for each of 36 hues and two schemes, at one lightness and chroma whatever the hue.

They are worked out in OKLCH and written as plain hexadecimal, so contrast is settled once and every browser agrees.
"""

import base64
import colorsys
import hashlib
import math
from functools import cache

HUES = 36

# Lightness and chroma of: background, pale, middle, line, ink.
_LIGHT = ((0.935, 0.026), (0.885, 0.042), (0.765, 0.072), (0.5, 0.09), (0.3, 0.055))
_DARK = ((0.255, 0.032), (0.32, 0.04), (0.46, 0.062), (0.74, 0.085), (0.92, 0.04))
_SIGNAL = {"light": "#c8452f", "dark": "#ff8d75"}
_NAMES = "bpmli"

# A sheet is 2400 units wide. --w is a hairline; as the picture gets small it grows, second thoughts (.x) are left out
# and the coral point (.s) keeps its weight.
_RULES = (
    "svg{--w:4.4px;fill:none;stroke-linejoin:round;stroke-linecap:round}"
    ".b{fill:var(--b)}.p{fill:var(--p)}.m{fill:var(--m)}.n{fill:var(--m);opacity:.55}.h{fill:var(--l)}"
    ".f,.l,.k,.r,.c{stroke:var(--l);stroke-width:var(--w)}.f{stroke:var(--m)}"
    ".k,.d{stroke:var(--i)}.k{stroke-width:calc(var(--w)*1.2)}"
    ".d{stroke-width:calc(var(--w)*1.8);stroke-dasharray:.1px calc(var(--w)*4.6)}"
    ".r{fill:var(--b)}.c{fill:var(--p)}"
    ".o{stroke:var(--l)}.q{stroke:var(--m)}.u,.t{stroke:var(--p)}.t{stroke-width:calc(var(--w)*1.5)}.i{stroke:var(--i)}"
    ".s{fill:var(--s);stroke:var(--b);stroke-width:30px;paint-order:stroke;transform-box:fill-box;"
    "transform-origin:center}"
    "@media(max-width:560px){svg{--w:6px}.s{transform:scale(1.3)}}"
    "@media(max-width:330px){svg{--w:8px}.s{transform:scale(1.6)}.x{display:none}}"
    "@media(max-width:210px){svg{--w:10.5px}.s{transform:scale(1.9)}}"
)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Turn OKLCH, hue in radians, into linear sRGB; values outside 0 to 1 cannot be shown."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    return round(255 * (12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return ``#rrggbb``; chroma is lowered until the colour can be shown. ``hue`` in radians."""
    while any(not -1e-4 < channel < 1.0001 for channel in _linear(lightness, chroma, hue)):
        chroma -= 0.002
    return "#" + "".join(f"{_encoded(channel):02x}" for channel in _linear(lightness, chroma, hue))


def _angle(number: int) -> float:
    """Return the OKLCH hue of hsl(10 × number, 60 %, 45 %), the colour wheel the style sheets count in."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in colorsys.hls_to_rgb(number / HUES, 0.45, 0.6)
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return math.atan2(
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
    )


@cache
def colours(number: int) -> dict[str, dict[str, str]]:
    """Return ``{"light": {"b": "#…", "p", "m", "l", "i", "s"}, "dark": {…}}`` for one of the 36 hues."""
    angle = _angle(number)
    return {
        scheme: {name: oklch(*tone, angle) for name, tone in zip(_NAMES, tones, strict=True)} | {"s": _SIGNAL[scheme]}
        for scheme, tones in (("light", _LIGHT), ("dark", _DARK))
    }


@cache
def style(number: int) -> str:
    """Return the one style sheet of every cover of a hue: constant, so that a policy can allow it by its digest."""
    light, dark = (
        "svg{" + ";".join(f"--{name}:{value}" for name, value in each.items()) + "}"
        for each in colours(number).values()
    )
    return f"{light}@media(prefers-color-scheme:dark){{{dark}}}{_RULES}"


@cache
def policy(number: int) -> str:
    """Return the Content-Security-Policy a cover of this hue is sent with: its own style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(number).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; sandbox"
