"""Scenes with one figure on the sheet: twins, bars, arcs, helices, spirals, letters."""

import math
import re
from functools import cache
from importlib.resources import files

from curation.images.covers.pen import Dice

from .drawing import HEIGHT, WIDTH, Sheet, along, arc, smooth

_GOLDEN = math.pi * (3 - math.sqrt(5))


def _body(centre, radius, lobes, share, squash=1.0):
    """Return a closed line round a centre, wilder the larger its share of the lobes."""
    ring = []
    for step in range(36):
        angle = step * math.tau / 36
        swell = 1 + share * sum(size * math.cos(count * angle + phase) for count, size, phase in lobes)
        ring.append(
            (centre[0] + radius * swell * math.cos(angle), centre[1] + squash * radius * swell * math.sin(angle))
        )
    return smooth(ring, closed=True, steps=6)


def _lobes(dice):
    return [(count, size, dice.between(0, math.tau)) for count, size in ((1, 0.08), (2, 0.13), (3, 0.07), (4, 0.04))]


def overlap(sheet: Sheet, dice: Dice) -> None:
    """Draw two sets of rings that overlap, one in line and one in dots; the point stands where both are at home."""
    lobes, here, there = _lobes(dice), (560, 520), (950, 470)
    for centre in (here, there):
        sheet.shape(_body(centre, 430, lobes, 1), "p", 0.55)
        sheet.shape(_body(centre, 230, lobes, 0.7), "m", 0.35)
    for number in range(12):
        radius, share = 60 + 36 * number, min(1, 0.3 + number / 12)
        sheet.line(_body(here, radius, lobes, share), "l" if number % 3 else "i", 3.4, closed=True)
    for number in range(12):
        radius, share = 60 + 36 * number, min(1, 0.3 + number / 12)
        ring = _body(there, radius, lobes, share)
        sheet.dotted([*ring, ring[0]], "i", 13, 3)
    sheet.point(((here[0] + there[0]) / 2, (here[1] + there[1]) / 2 + 40), 30)


def copying(sheet: Sheet, dice: Dice) -> None:
    """Draw a whole form, and beside it the same form as far as it has been copied."""
    lobes, here, there = _lobes(dice), (430, 500), (1170, 500)
    sheet.shape(_body(here, 350, lobes, 1), "p")
    sheet.shape(_body(here, 190, lobes, 0.7), "m", 0.5)
    for number in range(10):
        radius, share = 52 + 33 * number, min(1, 0.3 + number / 12)
        whole, copied = _body(here, radius, lobes, share), _body(there, radius, lobes, share)
        sheet.line(whole, "l" if number % 3 else "i", 3.4, closed=True)
        done = int(len(copied) * (0.3 + 0.022 * number))
        sheet.line(copied[len(copied) // 2 :][:done], "l", 3.4)
        rest = copied[len(copied) // 2 :][done:] + copied[: len(copied) // 2]
        sheet.dotted(rest, "m", 16, 2.4)
    sheet.line([(here[0] + 40, 500), (there[0] - 40, 500)], "i", 3)
    sheet.disc((there[0], 500), 10, "i")
    sheet.disc((here[0], 500), 10, "i")
    sheet.point((800, 500), 28)


def mornings(sheet: Sheet, dice: Dice) -> None:
    """Draw a row of thin upright bars of uneven height, with a gap, and the point above it."""
    gap, base = 8, 820
    sheet.line([(0, base), (WIDTH, base)], "l", 3)
    for number in range(13):
        x, height = 140 + 110 * number, dice.between(190, 560)
        if number == gap:
            sheet.line([(x, base - 24), (x, base)], "l", 4)
            sheet.dotted([(x, base - 60), (x, 360)], "m", 22, 3.5)
            sheet.point((x, 310), 34)
            continue
        sheet.line([(x, base - height), (x, base)], ("l", "l", "m", "i")[int(dice.between(0, 4))], 30)
        sheet.line([(x, base + 22), (x, base + 22 + height * 0.22)], "p", 30)


def shortening(sheet: Sheet, dice: Dice) -> None:
    """Draw bars that shorten in steps from left to right; the last wears the point."""
    base, count = 830, 14
    for number in range(count):
        x, height = 150 + 100 * number, 640 * (1 - number / count) ** 1.15 + 60
        tone = sheet.between("l", "m", number / count)
        sheet.shape([(x - 37, base), (x - 37, base - height), (x + 37, base - height), (x + 37, base)], tone)
        sheet.line([(x - 37, base - height), (x + 37, base - height)], "i", 5)
    sheet.line([(60, base), (WIDTH - 60, base)], "i", 4)
    sheet.point((150 + 100 * (count - 1), base - 640 * (1 / count) ** 1.15 - 60 - 44), 32)


def speech(sheet: Sheet, dice: Dice) -> None:
    """Draw arcs that open from the left edge, fainter the further they reach."""
    centre = (-60, 560)
    for number in range(15, 0, -1):
        radius = 130 + 102 * number
        reach = 52 - number * 1.2 + dice.between(-5, 5)
        sheet.line(arc(centre, radius, -reach, reach * 0.9), sheet.between("l", "p", number / 17), 30 - number * 1.4)
    sheet.disc(centre, 150, "i")
    sheet.point((centre[0] + 130 + 102 * 8 + 30, centre[1] - 60), 36)


def corners(sheet: Sheet, dice: Dice) -> None:
    """Draw quarter-circles from three corners, meeting round the point."""
    meet = (860, 560)
    for corner, step in (((0, 0), 62), ((WIDTH, 0), 56), ((0, HEIGHT), 58)):
        reach = math.hypot(corner[0] - meet[0], corner[1] - meet[1]) - 70
        sheet.disc(corner, reach * 0.62, "p", 0.4)
        for number in range(int(reach / step)):
            tone = sheet.between("m", "i", (number * step / reach) ** 2)
            sheet.ring(corner, reach - number * step if number else reach, tone if number else "i", 4 if number else 6)
    sheet.point(meet, 36)


def _twist(x, length, phase, swing):
    return swing * math.sin(math.tau * x / length + phase)


def strands(sheet: Sheet, dice: Dice) -> None:
    """Draw a double strand that turns across the picture; one of its rungs ends in the point."""
    length, phase, middle, swing = dice.between(900, 1050), dice.between(0, math.tau), 500, 270
    places = list(range(-40, WIDTH + 60, 44))

    def at(x, side, lift=0):
        return x, middle + lift - 0.1 * (x - WIDTH / 2) + side * _twist(x, length, phase, swing)

    for lift in (-430, 430):
        for side in (1, -1):
            sheet.line([at(x, side, lift) for x in range(-40, WIDTH + 60, 10)], "p", 4)
    for x in places:
        sheet.line([at(x, 1), at(x, -1)], "m", 4)
    for side, tone in ((-1, "m"), (1, "l")):
        sheet.line([at(x, side) for x in range(-40, WIDTH + 60, 10)], tone, 14)
        for x in places:
            sheet.disc(at(x, side), 14, "l" if side < 0 else "i")
    crest = max(places[9:26], key=lambda x: abs(_twist(x, length, phase, swing)))
    sheet.line([at(crest, 1), at(crest, -1)], "i", 6)
    sheet.point(at(crest, 1), 34)


def climber(sheet: Sheet, dice: Dice) -> None:
    """Draw a helix that stands upright like a climbing plant, faint below and firm above, with a bud."""
    length, phase = dice.between(330, 400), dice.between(0, math.tau)
    heights = list(range(1040, -50, -8))

    def at(y, turn=0.0):
        swing = 120 + 130 * (1000 - y) / 1000
        return 800 + swing * math.sin(math.tau * y / length + phase + turn), y

    sheet.line([(800, HEIGHT), (800, 0)], "m", 4)
    for y in heights[::5]:
        share = max(0, min(1, (1000 - y) / 900))
        sheet.line([(800, y), at(y)], sheet.between("p", "l", share), 3 + 2 * share)
    for one, other in zip(heights, heights[1:], strict=False):
        share = max(0, min(1, (1000 - one) / 800))
        sheet.line([at(one), at(other)], sheet.between("p", "i", share), 5 + 13 * share)
    for y in heights[3::10]:
        share = max(0, min(1, (1000 - y) / 800))
        x, _ = at(y)
        leaf = 40 + 70 * share
        out = leaf if x > 800 else -leaf
        blade = smooth(
            [(x, y), (x + out * 0.5, y - leaf * 0.5), (x + out, y - leaf * 0.55), (x + out * 0.6, y)], closed=True
        )
        sheet.shape(blade, sheet.between("p", "m", share))
        sheet.line(blade, sheet.between("m", "l", share), 3, closed=True)
    bud = min(heights[70:112], key=lambda y: at(y)[0])
    sheet.point(at(bud), 34)


def dots(sheet: Sheet, dice: Dice) -> None:
    """Draw dots that grow as they wind outwards."""
    turn, chosen = dice.between(0, math.tau), 26
    for number in range(5, 520):
        radius, angle = 31 * math.sqrt(number), number * _GOLDEN + turn
        place = 800 + radius * math.cos(angle), 500 + radius * math.sin(angle)
        glow = 0.5 + 0.5 * math.cos(3 * (angle - radius / 300))
        size = 4 + radius / 60 + 9 * glow
        if number == chosen:
            point = place
        elif -20 < place[0] < WIDTH + 20 and -20 < place[1] < HEIGHT + 20:
            sheet.disc(place, size, sheet.between("m", "l" if glow < 0.8 else "i", glow))
    sheet.point(point, 26)


def singers(sheet: Sheet, dice: Dice) -> None:
    """Draw short strokes in a loose spiral; one near the middle is the point's."""
    turn, winding = dice.between(0, math.tau), []
    for number in range(900):
        angle = number * 0.035
        radius = 70 + 25 * angle
        winding.append((800 + 1.25 * radius * math.cos(angle + turn), 500 + radius * math.sin(angle + turn)))
    seats = along(winding, 46)
    for number, (x, y) in enumerate(seats):
        lean, tall = dice.between(-0.3, 0.3), 17 + number / 9 + dice.between(-5, 5)
        tone = ("l", "m", "i", "l")[int(dice.between(0, 4))]
        if number != 14:
            sheet.line([(x - lean * tall, y + tall), (x + lean * tall, y - tall)], tone, 9 + number / 18)
    x, y = seats[14]
    sheet.line([(x, y + 26), (x, y - 26)], "b", 44)
    sheet.line([(x, y + 24), (x, y - 24)], "s", 24)


@cache
def _outlines():
    """Return advance and outlines of letters, as the drawn covers have them, in thousandths of their size."""
    rows = files("curation.images.covers").joinpath("letters.txt").read_text(encoding="ascii").splitlines()
    drawn = (row.split(" ", 4) for row in rows if not row.startswith("#"))
    return {letter: (int(advance), path) for letter, advance, _, _, path in drawn}


@cache
def _loops(path):
    """Return the closed lines of an outline, none of which crosses itself."""
    return [loop for line in _contours(path) for loop in _simple(line)]


def _contours(path):
    """Return the closed lines of an SVG path that knows M, l, q and z alone."""
    lines, at = [], (0.0, 0.0)
    for letter, said in re.findall(r"([Mlqz])([^Mlqz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d+", said)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "M":
            at = pairs[0]
            lines.append([at])
        while letter in "lq" and pairs:
            steer = pairs.pop(0) if letter == "q" else None
            end = pairs.pop(0)
            lines[-1] += _bent(at, steer, end)
            at = at[0] + end[0], at[1] + end[1]
    return lines


def _bent(at, steer, end):
    if steer is None:
        return [(at[0] + end[0], at[1] + end[1])]
    shares = [step / 8 for step in range(1, 9)]
    return [tuple(a + 2 * s * (1 - s) * c + s * s * e for a, c, e in zip(at, steer, end, strict=True)) for s in shares]


def _simple(outline):
    """Return an outline that crosses itself, as letters drawn with a pen do, as loops that do not."""
    for here in range(len(outline) - 2):
        for there in range(here + 2, len(outline) - 1):
            met = _crossing(outline[here], outline[here + 1], outline[there], outline[there + 1])
            if met:
                loop = [met, *outline[here + 1 : there + 1]]
                return _simple(loop) + _simple([*outline[: here + 1], met, *outline[there + 1 :]])
    return [outline]


def _crossing(a, b, c, d):
    """Return where the stretch from a to b crosses that from c to d, or None."""
    run, rise = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = run[0] * rise[1] - run[1] * rise[0]
    if turn == 0:
        return None
    one = ((c[0] - a[0]) * rise[1] - (c[1] - a[1]) * rise[0]) / turn
    other = ((c[0] - a[0]) * run[1] - (c[1] - a[1]) * run[0]) / turn
    within = 1e-6 < one < 1 - 1e-6 and 1e-6 < other < 1 - 1e-6
    return (a[0] + one * run[0], a[1] + one * run[1]) if within else None


def _written(words, size, x, base):
    """Return the outlines of words at a size, from a place on their base line; and where each letter began."""
    placed, starts = [], []
    for letter in words:
        advance, path = _outlines()[letter]
        starts.append(x)
        placed += [[(x + size * across, base + size * down) for across, down in line] for line in _loops(path)]
        x += size * advance
    return placed, [*starts, x]


def letter_head(sheet: Sheet, dice: Dice, words: str) -> None:
    """Draw large letters on ruled lines, as at the head of a letter, with a coral full stop."""
    size, base = 0.88, 730
    span = size * sum(_outlines()[letter][0] for letter in words)
    x = (WIDTH - span - 60) / 2
    sheet.shape([(x - 110, 0), (x - 110, HEIGHT), (0, HEIGHT), (0, 0)], "p", 0.7)
    for level in range(-6, 6):
        sheet.line([(0, base + level * 96), (WIDTH, base + level * 96)], "m", 2.4)
    sheet.line([(x - 110, 0), (x - 110, HEIGHT)], "l", 3)
    sheet.line([(0, base), (WIDTH, base)], "l", 4)
    placed, starts = _written(words, size, x, base)
    sheet.glyph(placed, "i")
    sheet.point((starts[-1] + 46, base - 30), 32)


def carbon(sheet: Sheet, dice: Dice, words: str) -> None:
    """Draw large letters doubled as carbon paper doubles them, with the point in the bowl of the last."""
    size, base = 0.88, 690
    span = size * sum(_outlines()[letter][0] for letter in words)
    x = (WIDTH - span) / 2
    for number in range(40):
        sheet.line([(0, 30 + 25 * number), (WIDTH, 30 + 25 * number)], "p", 2)
    for shift, tone, hides in ((34, "m", 0.55), (17, "m", 0.8), (0, "i", 1)):
        placed, starts = _written(words, size, x + shift, base + shift * 0.7)
        sheet.glyph(placed, tone, hides)
    sheet.point((starts[-2] + size * 262, base - size * 215), 36)
