"""Motifs that fill the sheet: contours, twins, ridges, ripples, gates, weave, cells, lattice, bars, routes.

Each is a generator of SVG pieces in the order they are painted, given dice; the last piece is the coral point.
"""

import math
from collections.abc import Iterator

from . import contour
from .mazes import maze
from .pen import HEIGHT, WIDTH, Dice, Point, circle, curve, dots, line, path, point, wave

_COLUMNS = [-160 + 80 * number for number in range(35)]
_ROWS = [-160 + 80 * number for number in range(24)]


def _hills(dice: Dice, focus: Point) -> list[tuple]:
    """Return a summit at the focus, and around it lower hills and hollows in places of their own."""
    hills = [(*focus, dice.between(430, 600), dice.between(380, 480), 1.15)]
    turn = dice.between(0, math.tau)
    for number in range(6):
        angle = turn + number * math.tau / 6 + dice.between(-0.35, 0.35)
        at = focus[0] + dice.between(850, 1250) * math.cos(angle), focus[1] + dice.between(560, 800) * math.sin(angle)
        hills.append((*at, dice.between(260, 460), dice.between(230, 400), dice.pick((0.85, 0.7, 0.55, -0.35, -0.5))))
    return hills


def _thinned(points: list[Point], least: float = 62) -> list[Point]:
    """Return points at least so far apart: a grid's crossings bunch up at its corners and would make a line angular."""
    kept = [points[0]]
    for place in points[1:-1]:
        if math.dist(place, kept[-1]) >= least:
            kept.append(place)
    return [*kept, points[-1]]


def _isolines(heights: list[list[float]], levels: list[float]) -> Iterator[tuple[int, str]]:
    """Yield ``(number of the level, path)`` of every line worth drawing; specks are left out."""
    for number, points, closed in contour.lines(_COLUMNS, _ROWS, heights, levels):
        points = _thinned(points)
        if len(points) > (7 if closed else 3):
            yield number, curve(points, closed=closed)


def _fenced(heights: list[list[float]]) -> list[list[float]]:
    """Return the same land with a deep ditch outside the sheet, so that high ground is whole and can be filled."""
    ditch = [-1.0] * len(_COLUMNS)
    return [ditch, *([-1.0, *row[1:-1], -1.0] for row in heights[1:-1]), ditch]


def contours(dice: Dice) -> Iterator[str]:
    """Draw a summit on a map, its highest ground shaded, found by a cross."""
    x, y = focus = dice.focus()
    heights = contour.bumps(_COLUMNS, _ROWS, _hills(dice, focus))
    levels = [-0.44 + 0.09 * number for number in range(18)]
    drawn = list(_isolines(heights, levels))
    ground = list(_isolines(_fenced(heights), [levels[10], levels[13]]))
    for look, height in (("p", 0), ("n", 1)):
        yield path(look, "".join(shape for number, shape in ground if number == height))
    # Odd levels go first when the picture is small; every eighth is an index line.
    for look, among in (("f x", (1, 3, 5, 7)), ("l", (0, 2, 6)), ("k", (4,))):
        yield path(look, "".join(shape for number, shape in drawn if number % 8 in among))
    yield path("k", f"M{round(x) - 120} {round(y)}h60m120 0h60M{round(x)} {round(y) - 120}v60m0 120v60")
    yield point(focus)


def _ring(centre: Point, radius: float, lobes: list[tuple], share: float) -> list[Point]:
    """Return a closed line round a centre, the less a circle the larger its share of the lobes."""
    ring = []
    for step in range(22):
        angle = step * math.tau / 22
        swell = 1 + share * sum(size * math.cos(count * angle + phase) for count, size, phase in lobes)
        ring.append((centre[0] + radius * swell * math.cos(angle), centre[1] + radius * swell * math.sin(angle)))
    return ring


def _rings(dice: Dice, centre: Point) -> list[list[Point]]:
    lobes = [(count, size, dice.between(0, math.tau)) for count, size in ((1, 0.1), (2, 0.17), (3, 0.09), (4, 0.05))]
    return [_ring(centre, 46 + 57 * number, lobes, min(1.0, 0.25 + number / 14)) for number in range(17)]


def twins(dice: Dice) -> Iterator[str]:
    """Draw a thing and its double: two bodies of rings, one drawn and one dotted, and the way between their hearts."""
    middle, lean, apart = dice.between(1120, 1280), dice.between(-90, 90), dice.between(330, 430) * dice.sign()
    here, there = (middle - apart, 720 + lean), (middle + apart, 720 - lean)
    solid, dotted = _rings(dice, here), _rings(dice, there)
    for look, number in (("p", 10), ("n", 5)):
        yield path(look, curve(solid[number], closed=True) + curve(dotted[number], closed=True))
    yield path("l", "".join(curve(ring, closed=True) for ring in solid[::2]))
    yield path("l x", "".join(curve(ring, closed=True) for ring in solid[1::2]))
    yield path("d", "".join(curve(ring, closed=True) for ring in dotted[::2]))
    yield path("d x", "".join(curve(ring, closed=True) for ring in dotted[1::2]))
    yield path("k", line([here, there]))
    yield circle("k r", there, 24)
    yield point(here, 33)


def ridges(dice: Dice) -> Iterator[str]:
    """Draw a range of hills in parallel traces, each hiding what is behind; a plumb line drops to the highest crest."""
    centre, spread = dice.between(980, 1420), dice.between(330, 470)
    crest: Point = (centre, HEIGHT)
    traces = []
    for number in range(19):
        rough = wave(dice, (0.42, 340), (0.34, 190), (0.24, 118))
        base, height = 650 + 48 * number, dice.between(0.6, 1) * (430 if 1 < number < 12 else 270)
        points = []
        for step in range(45):
            x = -60 + step * 57
            swell = math.exp(-(((x - centre) / spread) ** 2))
            points.append((x, base - swell * height * (0.25 + abs(rough(x))) - (1 - swell) * rough(x) * 12))
        # A smooth line passes a little below the points that steer it.
        eased = [
            (x, (before + 6 * y + after) / 8)
            for (_, before), (x, y), (_, after) in zip(points[15:], points[16:29], points[17:], strict=False)
        ]
        crest = min(crest, *eased, key=lambda place: place[1])
        traces.append(curve(points))
    for trace in traces:
        yield path("r l", f"{trace}V1560H-60z")
    yield path("k", line([(crest[0], 0), (crest[0], crest[1] - 50)]))
    yield point(crest)


def ripples(dice: Dice) -> Iterator[str]:
    """Draw two stones in still water."""
    x, y = dice.focus()
    angle, apart, step = dice.between(0, math.tau), dice.between(230, 330), dice.between(74, 86)
    far = (x + apart * math.cos(angle), y + apart * 0.6 * math.sin(angle))
    yield circle("p", (x, y), step * 4.5)
    yield circle("n", (x, y), step * 1.5)
    for number in range(24):
        yield circle("f x" if number % 2 else "f", far, step * (number + 1))
    for number in range(24):
        yield circle("l x" if number % 2 else "l", (x, y), step * (number + 0.5))
    yield point((x, y), 30)


def gates(dice: Dice) -> Iterator[str]:
    """Draw wandering streams that fall into step to pass a row of gates."""
    gate, count = dice.between(1380, 1760), 25
    flip = dice.sign()
    tide, drift = wave(dice, (150, 2600), (60, 1300)), wave(dice, (70, 700), (40, 420))
    streams = []
    for number in range(count):
        level = 60 + number * (HEIGHT - 120) / (count - 1)
        points = []
        for step in range(20):
            x = -80 + step * 135
            free = max(0.0, min(1.0, (gate - 120 - x) / 900))
            free = free * free * (3 - 2 * free)
            wander = tide(x + number * 30) + drift(number * 90 + x * 0.35)
            points.append((x if flip > 0 else WIDTH - x, level + free * wander))
        streams.append(points)
    column = gate if flip > 0 else WIDTH - gate
    yield path("f", "".join(curve(points) for points in streams[1::2]))
    yield path("l", "".join(curve(points) for points in streams[::2]))
    rows = [60 + number * (HEIGHT - 120) / (count - 1) for number in range(4, count - 4, 2)]
    chosen = dice.pick(rows[2:-2])
    yield path("i", dots((column, row) for row in rows if row != chosen), 34)
    yield point((column, chosen), 33)


_TILE = 240


def weave(dice: Dice) -> Iterator[str]:
    """Draw quarter turns laid at random, which find their own way into loops and roads; one is made whole."""
    arcs = "".join(
        f"M{corner} {corner + side * radius}A{radius} {radius} 0 0 0 {corner + side * radius} {corner}"
        for corner, side in ((0, 1), (_TILE, -1))
        for radius in (72, 120, 168)
    )
    column, row = int(dice.between(4, 7)), int(dice.between(2, 5))
    whole = {(column - 1, row - 1): 0, (column, row): 0, (column, row - 1): 1, (column - 1, row): 1}
    yield f'<defs><path id="t" d="{arcs}"/></defs>'
    yield circle("p", (column * _TILE, row * _TILE - 90), 168) + circle("n", (column * _TILE, row * _TILE - 90), 72)
    yield '<g class="l">'
    for across in range(10):
        for down in range(7):
            x, y = across * _TILE, down * _TILE - 90
            turned = whole.get((across, down), int(dice.roll() < 0.5))
            yield f'<use href="#t" transform="translate({x + turned * _TILE} {y}){"scale(-1 1)" * turned}"/>'
    yield "</g>"
    yield point((column * _TILE, row * _TILE - 90), 32)


def _clip(shape: list[Point], middle: Point, away: Point) -> list[Point]:
    """Return the part of a convex shape on the near side of a line through ``middle``, square to ``away``."""
    (mx, my), (ax, ay) = middle, away
    sides = [(x - mx) * ax + (y - my) * ay for x, y in shape]
    kept: list[Point] = []
    for number, (here, side) in enumerate(zip(shape, sides, strict=True)):
        before, other = shape[number - 1], sides[number - 1]
        if (side < 0) != (other < 0):
            share = other / (other - side)
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if side < 0:
            kept.append(here)
    return kept


_AROUND = [(across, down) for across in (-2, -1, 0, 1, 2) for down in (-1, 0, 1) if (across, down) != (0, 0)]


def _territory(seed: Point, others: list[Point], gap: float) -> list[Point]:
    """Return the land nearest to a seed, drawn in by half a gap. The nearest seeds come first, so it may stop early."""
    x, y = seed
    shape = [(x - 300, y - 300), (x + 300, y - 300), (x + 300, y + 300), (x - 300, y + 300)]
    for apart, dx, dy in sorted((math.hypot(ox - x, oy - y), ox - x, oy - y) for ox, oy in others):
        if apart - gap > 2 * max(math.hypot(px - x, py - y) for px, py in shape):
            break
        share = 0.5 - gap / 2 / apart
        shape = _clip(shape, (x + dx * share, y + dy * share), (dx, dy))
    return shape


def _territories(seeds: dict[tuple[int, int], Point], gap: float) -> dict[tuple[int, int], list[Point]]:
    """Return the land of every seed of a jittered grid; only neighbours on the grid are asked."""
    return {
        (column, row): _territory(
            seed,
            [seeds[column + dx, row + dy] for dx, dy in _AROUND if (column + dx, row + dy) in seeds],
            gap,
        )
        for (column, row), seed in seeds.items()
    }


def _softened(shape: list[Point]) -> list[Point]:
    """Return the shape with the middle of every side between its corners, so that a smooth line keeps closer to it."""
    after = shape[1:] + shape[:1]
    return [
        place
        for (ax, ay), (bx, by) in zip(shape, after, strict=True)
        for place in ((ax, ay), ((ax + bx) / 2, (ay + by) / 2))
    ]


def cells(dice: Dice) -> Iterator[str]:
    """Draw tissue under a microscope: cells in three tints, each with its nucleus, one of them looked at."""
    seeds = {
        (column, row): (
            60 + column * 240 + (row % 2) * 120 + dice.between(-80, 80),
            70 + row * 226 + dice.between(-68, 68),
        )
        for column in range(-1, 11)
        for row in range(-1, 7)
    }
    x, y = dice.focus()
    chosen = min(seeds, key=lambda key: math.hypot(seeds[key][0] - x, seeds[key][1] - y))
    tints: dict[str, list[str]] = {"l": [], "c": [], "n l": []}
    lands = _territories(seeds, 12)
    for key, shape in lands.items():
        if key != chosen and len(shape) > 2:
            tints[dice.pick(("l", "l", "c", "c", "n l"))].append(curve(_softened(shape), closed=True))
    for look, shapes in tints.items():
        yield path(look, "".join(shapes))
    yield path("h o", dots(place for key, place in seeds.items() if key != chosen), 17)
    yield path("k r", curve(_softened(lands[chosen]), closed=True))
    yield point(seeds[chosen], 33)


def lattice(dice: Dice) -> Iterator[str]:
    """Draw a crystal that has begun to grow: nodes swell and join the nearer they are to where it started."""
    x, y = dice.focus()
    spread, side = dice.between(430, 560), 150
    nodes = {
        (column, row): (column * side + (row % 2) * side / 2 - 75, row * side * 0.866 - 30)
        for column in range(18)
        for row in range(13)
    }
    start = min(nodes, key=lambda key: math.hypot(nodes[key][0] - x, nodes[key][1] - y))
    origin = nodes[start]
    heat = {
        key: math.exp(-(((at[0] - origin[0]) / spread) ** 2 + ((at[1] - origin[1]) / spread / 0.8) ** 2))
        + dice.between(-0.16, 0.16)
        for key, at in nodes.items()
    }
    bonds: dict[str, list[str]] = {"f": [], "l": []}
    for (column, row), at in nodes.items():
        slant = row % 2
        for other in ((column + 1, row), (column + slant, row + 1), (column + slant - 1, row + 1)):
            if other in nodes:
                warm = heat[column, row] + heat[other]
                if warm > 0.62 or dice.roll() < 0.34:
                    bonds["l" if warm > 0.62 else "f"].append(line([at, nodes[other]]))
    for look, drawn in bonds.items():
        yield path(look, "".join(drawn))
    for look, least, most, width in (
        ("q", 0.05, 0.2, 20),
        ("o", 0.2, 0.45, 30),
        ("o", 0.45, 0.75, 44),
        ("i", 0.75, 9, 50),
    ):
        yield path(look, dots(at for key, at in nodes.items() if least < heat[key] <= most and key != start), width)
    yield point(origin, 36)


def bars(dice: Dice) -> Iterator[str]:
    """Draw stock on shelves, or a sequence read off: rows of rods in three tones, one place still open."""
    row_at, rods = 0, {"o": [], "q": [], "u": []}
    chosen, place = int(dice.between(5, 9)), None
    aim = dice.between(780, 1280)
    for row_at in range(15):
        x, y = dice.between(-360, -40), 50 + row_at * 100
        while x < WIDTH:
            length = dice.pick((10, 110, 110, 280, 280, 460))
            if row_at == chosen and place is None and x > aim:
                place, x = (x + 50, y), x + 180
                continue
            rods[dice.pick("ooqqu")].append(f"M{round(x)} {y}h{length}")
            x += length + 106
    for look, drawn in rods.items():
        yield path(look, "".join(drawn), 56)
    yield point(place or (aim, 50 + chosen * 100), 40)


def _way(came: dict[tuple[int, int], tuple[int, int]], goal: tuple[int, int]) -> list[tuple[int, int]]:
    way = [goal]
    while way[-1] in came:
        way.append(came[way[-1]])
    return way


def _walls(came: dict[tuple[int, int], tuple[int, int]], columns: int, rows: int, side: int) -> Iterator[str]:
    """Yield a wall between any two squares that nobody passed between."""
    passed = {frozenset(pair) for pair in came.items()}
    for column in range(columns):
        for row in range(rows):
            x, y = (column + 1) * side, (row + 1) * side - 30
            if frozenset({(column, row), (column + 1, row)}) not in passed:
                yield f"M{x} {y - side}v{side}"
            if frozenset({(column, row), (column, row + 1)}) not in passed:
                yield f"M{x - side} {y}h{side}"


def routes(dice: Dice) -> Iterator[str]:
    """Draw the quickest way through a building nobody drew on purpose."""
    side, columns, rows = 120, 20, 13
    came = maze(dice, columns, rows, (0, rows // 2), before=(-1, rows // 2))
    ways = [_way(came, (column, row)) for column in range(7, 13) for row in range(4, 9)]
    fair = [way for way in ways if 16 < len(way) < 46] or [min(ways, key=len)]
    places = [((column + 0.5) * side, (row + 0.5) * side - 30) for column, row in dice.pick(fair)]
    yield path("u", line(places), 60)
    yield path("l", "".join(_walls(came, columns, rows, side)))
    yield path("d", line(places))
    yield point(places[0], 33)
