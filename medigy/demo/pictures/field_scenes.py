"""Scenes that fill the sheet: lattices, waves, cells, mazes, contours, ridges."""

import math

from curation.images.covers import contour
from curation.images.covers.mazes import maze
from curation.images.covers.pen import Dice, wave

from .drawing import HEIGHT, WIDTH, Sheet, smooth


def triangles(sheet: Sheet, dice: Dice) -> None:
    """Draw a triangular lattice; a few of its nodes stand alone, and one of those is the point."""
    side = 124
    nodes = {
        (column, row): (column * side + (row % 2) * side / 2 - 40, row * side * 0.866 + 20)
        for column in range(15)
        for row in range(11)
    }
    alone = {key for key in nodes if dice.roll() < 0.11}
    chosen = min(nodes, key=lambda key: math.hypot(nodes[key][0] - 930, nodes[key][1] - 430))
    alone.add(chosen)
    for (column, row), at in nodes.items():
        slant = row % 2
        for other in ((column + 1, row), (column + slant, row + 1), (column + slant - 1, row + 1)):
            if other in nodes and not {(column, row), other} & alone and dice.roll() < 0.86:
                sheet.line([at, nodes[other]], "m", 4)
    for key, at in nodes.items():
        sheet.disc(at, 11 if key in alone else dice.between(11, 19), "m" if key in alone else "l")
        if key in alone:
            sheet.ring(at, 24, "m", 2.5)
    sheet.point(nodes[chosen], 32)


def doubled(sheet: Sheet, dice: Dice) -> None:
    """Draw a square lattice and its copy a little behind it, with the point where the two disagree."""
    side, shift = 130, (34, 26)
    columns, rows = range(-1, 14), range(-1, 9)

    def at(column, row, copy):
        x, y = column * side + 20, row * side + 15
        return (x + shift[0] * copy, y + shift[1] * copy)

    for copy, tone, width, size in ((1, "m", 3, 9), (0, "l", 4, 13)):
        for column in columns:
            for row in rows:
                here = at(column, row, copy)
                sheet.line([here, at(column + 1, row, copy)], tone, width)
                sheet.line([here, at(column, row + 1, copy)], tone, width)
                if copy:
                    sheet.line([here, at(column, row, 0)], "p", 3)
        for column in columns:
            for row in rows:
                sheet.disc(at(column, row, copy), size, tone if copy else "i")
    column, row = 7, 3
    real, copied = at(column, row, 0), at(column, row, 1)
    astray = (copied[0] + 62, copied[1] - 78)
    sheet.line([real, astray], "i", 6)
    sheet.disc(real, 20, "i")
    sheet.point(astray, 34)


def long_waves(sheet: Sheet, dice: Dice) -> None:
    """Draw long parallel waves; the point rides the crest of the third."""
    swell = wave(dice, (52, 980), (22, 520), (6, 210))
    lines = []
    for number in range(15):
        level, drift = 60 + number * 68, number * 26
        lines.append([(x, level + swell(x + drift)) for x in range(-20, 1640, 10)])
    for number, points in enumerate(lines):
        sheet.shape([*points, (1640, 1100), (-20, 1100)], sheet.between("b", "m", number / 16))
        sheet.line(points, sheet.between("m", "l", number / 15), 4)
    x, y = min(lines[3][45:115], key=lambda place: place[1])
    sheet.point((x, y - 30), 30)


def posts(sheet: Sheet, dice: Dice) -> None:
    """Draw rings that spread from posts in a valley and cross one another; one post is the point."""
    slope = wave(dice, (40, 1400), (20, 700))
    for number in range(3):
        ridge = [(x, 300 + 210 * number + slope(x + 300 * number) - 110 * abs(x / 800 - 1)) for x in range(0, 1620, 20)]
        sheet.shape([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], sheet.between("b", "p", 0.35 + 0.32 * number))
    places = [(250, 650), (560, 400), (880, 700), (1180, 380), (1420, 760)]
    for x, y in places:
        for number in range(9):
            sheet.ring((x, y - 90), 46 + 44 * number, sheet.between("l", "p", number / 10), 3.2)
    for x, y in places:
        sheet.line([(x, y - 90), (x, y + 70)], "i", 9)
    for number, (x, y) in enumerate(places):
        if number == 2:
            sheet.point((x, y - 90), 34)
        else:
            sheet.disc((x, y - 90), 20, "i")


def _clip(shape, middle, away):
    """Return the part of a convex shape on the near side of a line through ``middle``, square to ``away``."""
    sides = [(x - middle[0]) * away[0] + (y - middle[1]) * away[1] for x, y in shape]
    kept = []
    for number, (here, side) in enumerate(zip(shape, sides, strict=True)):
        before, other = shape[number - 1], sides[number - 1]
        if (side < 0) != (other < 0):
            share = other / (other - side)
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if side < 0:
            kept.append(here)
    return kept


def _lands(seeds, reach, gap):
    """Return the land nearer to each seed than to any other, drawn in by half a gap."""
    lands = []
    for x, y in seeds:
        shape = [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]
        for other_x, other_y in seeds:
            away, far = (other_x - x, other_y - y), math.hypot(other_x - x, other_y - y)
            if 0 < far < 2 * reach:
                share = 0.5 - gap / 2 / far
                shape = _clip(shape, (x + away[0] * share, y + away[1] * share), away)
        lands.append(shape)
    return lands


def _rounded(shape):
    """Return a shape with soft corners: a smooth line through the middles and thirds of its sides."""
    after = shape[1:] + shape[:1]
    places = [
        (ax + (bx - ax) * share, ay + (by - ay) * share)
        for (ax, ay), (bx, by) in zip(shape, after, strict=True)
        for share in (0.25, 0.75)
    ]
    return smooth(places, closed=True, steps=6)


def empty_cells(sheet: Sheet, dice: Dice) -> None:
    """Draw a field of irregular cells, nearly all empty; the one that is outlined holds the point."""
    seeds = [
        (column * 150 + (row % 2) * 75 + dice.between(-44, 44), row * 138 + dice.between(-40, 40))
        for column in range(-1, 13)
        for row in range(-1, 9)
    ]
    chosen = min(range(len(seeds)), key=lambda key: math.hypot(seeds[key][0] - 930, seeds[key][1] - 480))
    lands = _lands(seeds, 190, 14)
    for number, shape in enumerate(lands):
        if number != chosen and len(shape) > 2:
            round_shape = _rounded(shape)
            full = dice.roll() < 0.1
            sheet.shape(round_shape, "m" if full else "p", 1 if full else dice.between(0.25, 1))
            sheet.line(round_shape, "m", 2.6, closed=True)
    outline = _rounded(lands[chosen])
    sheet.shape(outline, "b")
    sheet.line(outline, "i", 10, closed=True)
    sheet.point(seeds[chosen], 30)


def forearm(sheet: Sheet, dice: Dice) -> None:
    """Draw a honeycomb stretched along a forearm; the point stands where the thumb leaves it."""

    def sleeve(u, v):
        """Return a place on the splint: u from the elbow (0) to the knuckles (1), v from -1 to 1 across."""
        half = 235 - 190 * u + 175 * max(0, u - 0.52) ** 1.3 * 2.1
        return 150 + 1260 * u, 560 - 120 * u + v * half + 20 * math.sin(u * 5)

    edge = [sleeve(step / 60, 1) for step in range(61)]
    other = [sleeve(step / 60, -1) for step in range(61)]
    outline = [*edge, *reversed(other)]
    sheet.shape(outline, "m", 0.55)
    along_it, across = 0.05, 0.25
    for column in range(1, 20):
        for row in range(-4, 5):
            u, v = column * along_it, (row + (column % 2) / 2) * across
            if abs(v) < 0.9:
                angles = [corner * math.tau / 6 for corner in range(6)]
                cell = [sleeve(u + 0.031 * math.cos(angle), v + 0.12 * math.sin(angle)) for angle in angles]
                sheet.shape(cell, "b")
                sheet.line(cell, "l", 4, closed=True)
    sheet.line(outline, "i", 9, closed=True)
    x, y = sleeve(0.8, -1)
    thumb = smooth([(x - 190, y + 4), (x - 90, y - 70), (x + 10, y - 170), (x + 120, y - 210), (x + 170, y - 160)])
    sheet.dotted(thumb, "l", 20, 5)
    sheet.point((x - 90, y - 70), 34)


def _way(came, goal):
    way = [goal]
    while came[way[-1]] is not None:
        way.append(came[way[-1]])
    return way[::-1]


class _Plan:
    """A maze on the sheet: where its squares are, and its walls."""

    def __init__(self, came, columns, rows, side, corner):
        self.came, self.columns, self.rows, self.side, self.corner = came, columns, rows, side, corner

    def middle(self, square):
        return tuple(edge + (place + 0.5) * self.side for edge, place in zip(self.corner, square, strict=True))

    def walls(self):
        """Yield the wall between any two squares that nobody passed between, inside the outer ones."""
        passed = {frozenset(pair) for pair in self.came.items() if pair[1] is not None}
        left, top = self.corner
        for column in range(self.columns):
            for row in range(self.rows):
                x, y = left + (column + 1) * self.side, top + (row + 1) * self.side
                if column + 1 < self.columns and frozenset({(column, row), (column + 1, row)}) not in passed:
                    yield [(x, y - self.side), (x, y)]
                if row + 1 < self.rows and frozenset({(column, row), (column, row + 1)}) not in passed:
                    yield [(x - self.side, y), (x, y)]


def house(sheet: Sheet, dice: Dice) -> None:
    """Draw a maze under a roof, its one way from the front door to a bedroom drawn in."""
    columns, rows, side, corner = 15, 7, 80, (200, 330)
    door = (5, rows - 1)
    came = maze(dice, columns, rows, door)
    plan = _Plan(came, columns, rows, side, corner)
    rooms = [(column, row) for column in range(8, 14) for row in range(0, 3)]
    way = min((_way(came, room) for room in rooms), key=lambda one: abs(len(one) - 26))
    left, top, right, foot = 200, 330, 200 + columns * side, 330 + rows * side
    sheet.shape([(left - 70, top), (800, 80), (right + 70, top)], "m")
    sheet.shape([(left, top), (right, top), (right, foot), (left, foot)], "p")
    doorstep = plan.middle(door)
    path = [(doorstep[0], foot + 70), *(plan.middle(square) for square in way)]
    sheet.line(path, "b", 40)
    for wall in plan.walls():
        sheet.line(wall, "l", 7)
    sheet.line(
        [(doorstep[0] - 40, foot), (left, foot), (left, top), (right, top), (right, foot), (doorstep[0] + 40, foot)],
        "i",
        11,
    )
    sheet.line([(left - 70, top), (800, 80), (right + 70, top)], "i", 11)
    sheet.line([(0, foot + 6), (left, foot + 6)], "i", 5)
    sheet.line([(right, foot + 6), (WIDTH, foot + 6)], "i", 5)
    sheet.dotted(path, "i", 20, 5)
    sheet.point(path[-1], 30)


def dead_end(sheet: Sheet, dice: Dice) -> None:
    """Draw a maze over the whole sheet, one route through it dotted, and the point in a dead end beside the route."""
    columns, rows, side = 20, 13, 84
    came = maze(dice, columns, rows, (0, 6))
    plan = _Plan(came, columns, rows, side, (-40, -46))
    way = _way(came, (columns - 1, dice.pick((4, 6, 8))))
    entered = set(came.values())
    ends = [square for square in came if square not in entered and square not in way]
    beside = [square for square in ends if 5 < square[0] < 15 and 2 < square[1] < 10 and _detour(came, square, way) < 5]
    chosen = min(beside or ends, key=lambda square: math.hypot(square[0] - 10.5, square[1] - 5.5))
    path = [plan.middle(square) for square in way]
    sheet.line(path, "p", 46)
    for wall in plan.walls():
        sheet.line(wall, "l", 6)
    sheet.dotted(path, "i", 22, 5.5)
    sheet.point(plan.middle(chosen), 30)


def _detour(came, square, way):
    """Return how many squares lie between a square and the way."""
    steps = 0
    while square not in way:
        square, steps = came[square], steps + 1
    return steps


_COLUMNS = [-40 + 28 * number for number in range(61)]
_ROWS = [-40 + 28 * number for number in range(40)]


def _map(sheet, hills, levels):
    """Draw lines of equal height, the higher ground in deeper tints, every fourth line firm."""
    heights = contour.bumps(_COLUMNS, _ROWS, hills)
    steps = [levels[0] + (levels[1] - levels[0]) * number / 21 for number in range(22)]
    for number, points, shut in contour.lines(_COLUMNS, _ROWS, heights, steps):
        if shut and number in (10, 13, 16):
            sheet.shape(smooth(points, closed=True, steps=4), sheet.between("p", "m", (number - 10) / 9))
    for number, points, shut in contour.lines(_COLUMNS, _ROWS, heights, steps):
        line = smooth(points[::2], closed=shut, steps=6)
        sheet.line(line, "l" if number % 4 else "i", 2.8 if number % 4 else 5, closed=shut)


def summits(sheet: Sheet, dice: Dice) -> None:
    """Draw contours round two summits; the point lies on the saddle between them."""
    lift = dice.between(-60, 60)
    one, other = (530, 520 + lift), (1090, 480 - lift)
    hills = [(*one, 330, 300, 1.0), (*other, 340, 310, 0.94)]
    hills += [(dice.between(0, 1600), y, 300, 200, dice.between(-0.35, -0.2)) for y in (-40, 1040)]
    hills += [(x, dice.between(100, 900), 260, 260, 0.3) for x in (-120, 1720)]
    _map(sheet, hills, (-0.3, 1.12))
    for x, y in (one, other):
        sheet.line([(x - 26, y + 20), (x, y - 26), (x + 26, y + 20)], "i", 6, closed=True)
    sheet.point(((one[0] + other[0]) / 2 + 4, (one[1] + other[1]) / 2), 32)


def valley(sheet: Sheet, dice: Dice) -> None:
    """Draw contours that crowd on one side and open to a valley; a dotted line crosses them to the point."""
    hills = [(150, 430, 430, 520, 1.1), (420, 900, 300, 300, 0.45), (330, 80, 280, 260, 0.35)]
    hills += [(1330, 520, 420, 340, -0.3), (1650, 80, 300, 260, 0.3), (1560, 1000, 260, 200, 0.22)]
    _map(sheet, hills, (-0.32, 1.2))
    track = smooth([(120, 420), (370, 510), (600, 440), (830, 560), (1070, 520), (1220, 600)])
    sheet.dotted(track, "i", 24, 7)
    sheet.point(track[-1], 34)


def calm(sheet: Sheet, dice: Dice) -> None:
    """Draw stacked lines, nearly flat; the point sits where one of them lifts."""
    lifted, place = 9, dice.between(880, 1020)
    for number in range(19):
        swell = wave(dice, (3.5, 420), (2.5, 260), (1.5, 130))
        level = 110 + number * 47
        points = []
        for x in range(-20, 1640, 10):
            rise = 96 * math.exp(-(((x - place) / 105) ** 2)) if number == lifted else 0
            points.append((x, level - rise + swell(x)))
        sheet.shape([*points, (1640, 1100), (-20, 1100)], sheet.between("b", "p", 0.15 + number / 22))
        sheet.line(
            points, sheet.between("m", "i", number / 22) if number != lifted else "i", 4 if number != lifted else 7
        )
        if number == lifted:
            top = min(points, key=lambda at: at[1])
    sheet.point((top[0], top[1] - 46), 32)


def limits(sheet: Sheet, dice: Dice) -> None:
    """Draw ridges one behind the other, each with a line at its own height; the point is where one meets its line."""
    met = None
    for number in range(6):
        rough = wave(dice, (64, 820), (36, 410), (13, 170), (4, 80))
        base, peak = 270 + number * 125, 250 + 190 * number
        ridge = [(x, base + rough(x) - 110 * math.exp(-(((x - peak) / 210) ** 2))) for x in range(-20, 1640, 8)]
        sheet.shape([*ridge, (1640, 1100), (-20, 1100)], sheet.between("b", "m", 0.12 + number / 7))
        sheet.line(ridge, sheet.between("m", "i", 0.25 + number / 7), 5)
        level = min(y for _, y in ridge[20:180]) + dice.between(22, 44)
        sheet.line([(0, level), (WIDTH, level)], "l", 2.6)
        if number == 2:
            met = min(((x, y) for x, y in ridge[60:150]), key=lambda at: abs(at[1] - level))
    sheet.point(met, 32)
