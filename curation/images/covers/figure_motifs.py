"""Motifs with one figure on the field: helix, spiral, arcs, vessels, pulse, rosette, and letters.

Each is a generator of SVG pieces in the order they are painted, given dice; the last piece is the coral point.
"""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .pen import HEIGHT, WIDTH, Dice, Point, circle, curve, dots, line, path, point, wave

_GOLDEN = math.pi * (3 - math.sqrt(5))


def helix(dice: Dice) -> Iterator[str]:
    """Draw two strands and their rungs, with their shadows passing behind."""
    length, swing, phase = dice.between(900, 1250), dice.between(310, 400), dice.between(0, math.tau)
    tilt, middle = dice.between(-0.14, 0.14), dice.between(690, 810)

    def at(x: float, side: int, lift: float = 0) -> Point:
        return x, middle + lift + tilt * (x - WIDTH / 2) + side * swing * math.sin(math.tau * x / length + phase)

    strand = {side: [at(-80 + 64 * step, side) for step in range(41)] for side in (1, -1)}
    for lift in (-620, 620):
        yield path("f x", "".join(curve([at(-80 + 64 * step, side, lift) for step in range(41)]) for side in (1, -1)))
    beads = [-60 + 58 * number for number in range(44)]
    yield path("f", "".join(line([at(x, 1), at(x, -1)]) for x in beads if abs(at(x, 1)[1] - at(x, -1)[1]) > 130))
    yield path("q", dots(at(x, -1) for x in beads), 24)
    yield path("l", curve(strand[-1]))
    yield path("k", curve(strand[1]))
    yield path("i", dots(at(x, 1) for x in beads), 28)
    crests = [x for x in beads if 780 < x < 1620 and 0.3 < abs(math.sin(math.tau * x / length + phase)) < 0.96]
    yield point(at(dice.pick(crests or beads[18:24]), 1), 36)


def spiral(dice: Dice) -> Iterator[str]:
    """Draw seeds in a flower head, larger and smaller along arms that turn."""
    x, y = dice.between(1050, 1350), dice.between(670, 830)
    arms, turn, sense = dice.pick((2, 3, 3, 5)), dice.between(0, math.tau), dice.sign()
    chosen = int(dice.between(22, 70))
    sizes: dict[tuple[str, int], list[Point]] = {}
    for number in range(4, 560):
        radius, angle = 46 * math.sqrt(number), number * _GOLDEN
        at = x + radius * math.cos(angle), y + radius * math.sin(angle)
        if not (-30 < at[0] < WIDTH + 30 and -30 < at[1] < HEIGHT + 30):
            continue
        glow = 0.5 + 0.5 * math.cos(arms * (angle - sense * radius / 420) + turn)
        size = int(1 + 4.99 * glow**1.3 * min(1.0, 0.45 + radius / 900))
        if number == chosen:
            coral = at
        else:
            sizes.setdefault(("o" if glow > 0.55 else "q", size), []).append(at)
    for (look, size), places in sorted(sizes.items()):
        yield path(look, dots(places), 6 + 11 * size)
    yield point(coral, 34)


def arcs(dice: Dice) -> Iterator[str]:
    """Draw progress on many tracks at once."""
    x, y = centre = round(dice.between(1080, 1320)), round(dice.between(680, 820))
    for number in range(15):
        radius = 130 + 78 * number
        round_trip = math.tau * radius
        yield circle("t", centre, radius)
        share, start = dice.between(0.14, 0.62), dice.between(-180, 180)
        look, width = dice.pick((("o", 36), ("q", 36), ("i", 36), ("q", 22), ("o", 22)))
        yield (
            f'<circle class="{look}" stroke-width="{width}" cx="{x}" cy="{y}" r="{radius}"'
            f' stroke-dasharray="{round(share * round_trip)} {round(round_trip)}"'
            f' transform="rotate({round(start)} {x} {y})"/>'
        )
    yield point(centre, 44)


def _generations(dice: Dice, at: Point, angle: float) -> Iterator[tuple[list[str], list[Point]]]:
    """Return eight generations of vessels, each shorter and more scattered than the last: paths, and where they end."""
    growing = [(at, angle, 560.0)]
    for _ in range(8):
        drawn, ends, following = [], [], []
        for (x, y), ahead, reach in growing:
            bend = ahead + dice.between(-0.35, 0.35)
            end = x + reach * math.cos(bend), y + reach * math.sin(bend)
            steer = reach * 0.5 * math.cos(ahead), reach * 0.5 * math.sin(ahead)
            drawn.append(
                f"M{round(x)} {round(y)}q{round(steer[0])} {round(steer[1])} {round(end[0] - x)} {round(end[1] - y)}"
            )
            ends.append(end)
            spread = dice.between(0.3, 0.52)
            for side in (-1, 1):
                following.append((end, bend + side * spread * dice.between(0.7, 1.3), reach * dice.between(0.7, 0.86)))
        yield drawn, ends
        growing = following


def vessels(dice: Dice) -> Iterator[str]:
    """Draw a vessel that parts and parts again until it reaches one place."""
    flip = dice.sign()
    start = (-40 if flip > 0 else WIDTH + 40), dice.between(650, 850)
    grown = list(_generations(dice, start, 0 if flip > 0 else math.pi))
    for depth, (drawn, _) in enumerate(grown):
        yield path("o" if depth < 5 else "q", "".join(drawn), round(44 * 0.7**depth + 3, 1))
    tips = grown[-1][1]
    yield path("o", dots(tips), 15)
    near = tips + grown[-2][1] + grown[-3][1]
    yield point(min(near, key=lambda tip: math.hypot(tip[0] - WIDTH / 2 - flip * 200, tip[1] - HEIGHT / 2)), 33)


def pulse(dice: Dice) -> Iterator[str]:
    """Draw a sound, a rhythm, a day: strokes that rise and fall about one line."""
    swell, beat = wave(dice, (0.5, 1500), (0.3, 820)), wave(dice, (0.45, 250), (0.35, 141), (0.3, 83))
    heights = []
    for x in range(12, WIDTH, 24):
        body = math.exp(-(((x - WIDTH / 2) / 1050) ** 2)) * (0.8 + 0.5 * swell(x))
        heights.append(min(480, 50 + 520 * abs(body) * (0.3 + 0.7 * abs(beat(x)))))
    top = max(range(36, 64), key=heights.__getitem__)
    strokes = [
        f"M{12 + 24 * number} {round(820 - height)}V{round(820 + height * 0.62)}"
        for number, height in enumerate(heights)
    ]
    yield path("p", f"M0 820H{WIDTH}V{HEIGHT}H0z")
    yield path("q", "".join(strokes[::2]), 8)
    yield path("o", "".join(strokes[1::2]), 11)
    yield path("k", f"M0 820H{WIDTH}")
    yield path("i", strokes[top], 13)
    yield point((12 + 24 * top, 820 - heights[top]), 34)


def rosette(dice: Dice) -> Iterator[str]:
    """Draw the engraved flower of a certificate: one closed line, turned and drawn in a little at a time."""
    x, y = dice.between(1080, 1320), dice.between(680, 820)
    petals, deep, sense = dice.pick((3, 4, 5, 6, 7)), dice.between(0.16, 0.3), dice.sign()
    angles = [step * math.tau / (petals * 10) for step in range(petals * 10)]
    spans = [1150 * (1 + deep * math.cos(petals * angle)) for angle in angles]
    flower = [(span * math.cos(angle), span * math.sin(angle)) for span, angle in zip(spans, angles, strict=True)]
    turn, shrink, start = dice.between(2.2, 4.4) * sense, dice.between(0.915, 0.935), dice.between(0, 360)
    yield f'<defs><path id="a" d="{curve(flower, closed=True)}"/></defs>'
    for number in range(32):
        look = {9: "c k", 18: "n l"}.get(number, "l" if number % 3 == 0 else "f")
        size = shrink**number
        yield (
            f'<use href="#a" class="{look}" transform="translate({round(x)} {round(y)})'
            f'rotate({start + turn * number:.1f})scale({size:.3f})"/>'
        )
    yield point((x, y), 34)


@cache
def _outlines() -> dict[str, tuple[int, int, int, str]]:
    """Return of each letter and digit its advance, left and right bounds, in thousandths of its size, and outline."""
    rows = (Path(__file__).parent / "letters.txt").read_text(encoding="ascii").splitlines()
    found = {}
    for row in rows:
        if not row.startswith("#"):
            letter, advance, left, right, drawn = row.split(" ", 4)
            found[letter] = int(advance), int(left), int(right), drawn
    return found


def letters(dice: Dice, words: str) -> Iterator[str]:
    """Draw an abbreviation set large between ruled lines, with a coral full stop."""
    shapes = [_outlines()[letter] for letter in words]
    span = sum(advance for advance, _, _, _ in shapes) - 14 * (len(shapes) - 1)
    size = min(1.4, 1260 / span)
    base = 750 + 340 * size
    x = (WIDTH - (span + 60) * size) / 2
    yield path("f", "".join(f"M0 {round(level)}H{WIDTH}" for level in (base, base - 426 * size, base - 670 * size)))
    yield path("f x", f"M0 {round(base + 220 * size)}H{WIDTH}M{round(x)} 0V{HEIGHT}")
    for advance, _, _, drawn in shapes:
        yield f'<path class="h" transform="translate({round(x)} {round(base)})scale({size:.3f})" d="{drawn}"/>'
        x += (advance - 14) * size
    yield point((x + 40 * size + 62, base - 42), 42)
