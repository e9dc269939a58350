"""Every pair of colours that stands together meets WCAG 2.2 AA, in light and in dark, for all 36 hues of topics."""

import colorsys
import math
import re

import pytest
from django.conf import settings

TOKENS = (settings.ROOT / "static/css/tokens.css").read_text()
PAPERS = ("paper", "paper-raised", "paper-sunk")
WORDS = [
    *((ink, paper) for ink in ("ink", "ink-soft", "ink-faint", "accent", "signal") for paper in PAPERS),
    *((ink, "accent-soft") for ink in ("ink", "ink-soft", "accent")),
    ("accent-ink", "accent"),
    *((f"state-{state}", "paper") for state in re.findall(r"--state-(\w+):", TOKENS)),
]
EDGES = [(edge, paper) for edge in ("focus", "ink-faint", "signal", "accent") for paper in PAPERS]
SCHEMES = ("light", "dark")


def token(name, scheme):
    """The colour of a token as three shares of light, each 0 to 1, as sRGB writes them."""
    found = re.search(rf"--{name}:\s*light-dark\(#(\w{{6}}), #(\w{{6}})\)", TOKENS)
    written = found[1 + SCHEMES.index(scheme)]
    return [int(written[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def linear(share):
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def gamma(light):
    light = min(1, max(0, light))
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def contrast(one, other):
    """The ratio of WCAG 2 between two colours, 1 to 21."""
    lights = [
        sum(weight * linear(c) for weight, c in zip((0.2126, 0.7152, 0.0722), colour, strict=True))
        for colour in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab_hue(colour):
    """The angle of a colour in OKLab, in radians."""
    r, g, b = map(linear, colour)
    long, mid, short = (
        math.cbrt(x * r + y * g + z * b)
        for x, y, z in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    return math.atan2(0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short, a)


def oklch(lightness, chroma, angle):
    """A colour by lightness, chroma and angle, clipped to what a screen can show."""
    a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    long, mid, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    return [
        gamma(x * long + y * mid + z * short)
        for x, y, z in (
            (4.0767416621, -3.3077115913, 0.2309699292),
            (-1.2684380046, 2.6097574011, -0.3413193965),
            (-0.0041960863, -0.7034186147, 1.7076147010),
        )
    ]


def of_hue(name, number, scheme):
    """What ``--hue-…`` becomes for a class: lightness and chroma from the sheet, angle from its number."""
    value = r"oklch\(from [^)]*\) ([\d.]+) ([\d.]+) h\)"
    given = re.search(rf"--hue-{name}: light-dark\({value}, {value}", TOKENS)
    lightness, chroma = (float(given[i]) for i in ((1, 2) if scheme == "light" else (3, 4)))
    return oklch(lightness, chroma, oklab_hue(colorsys.hls_to_rgb(number / 36, 0.45, 0.6)))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read(scheme):
    weak = {pair: contrast(token(pair[0], scheme), token(pair[1], scheme)) for pair in WORDS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_marks_can_be_seen(scheme):
    weak = {pair: contrast(token(pair[0], scheme), token(pair[1], scheme)) for pair in EDGES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("number", range(36))
def test_a_topic_can_be_read_whatever_its_hue(scheme, number):
    ink, mark, soft = (of_hue(name, number, scheme) for name in ("ink", "mark", "soft"))
    assert contrast(ink, soft) >= 4.5
    for paper in PAPERS:
        assert contrast(ink, token(paper, scheme)) >= 4.5
        assert contrast(mark, token(paper, scheme)) >= 3


def test_contrast_is_what_wcag_says():
    assert contrast([0, 0, 0], [1, 1, 1]) == pytest.approx(21)
    assert contrast([0x76 / 255] * 3, [1, 1, 1]) == pytest.approx(4.54, abs=0.01)


def test_a_colour_survives_the_way_through_oklch():
    assert oklch(0.627955, 0.257683, oklab_hue([1, 0, 0])) == pytest.approx([1, 0, 0], abs=0.002)
