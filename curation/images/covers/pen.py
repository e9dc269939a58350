"""Marks on a sheet of 2400 × 1500 units, as short pieces of SVG, and dice that fall the same way everywhere."""

import math
import random
from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 2400, 1500

Point = tuple[float, float]


class Dice:
    """Chance from a seed. Only ``random.random()`` is used, whose sequence Python promises never to change."""

    def __init__(self, seed: int):
        self.roll = random.Random(seed).random

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.roll()

    def pick(self, options: Sequence):
        return options[int(self.roll() * len(options))]

    def sign(self) -> int:
        return 1 if self.roll() < 0.5 else -1

    def focus(self) -> Point:
        """Pick a place that every crop shows, from a 21:10 banner to a square."""
        return self.between(820, 1580), self.between(560, 940)


def wave(dice: Dice, *parts: tuple[float, float]):
    """Return a smooth function of x: a sum of sines, each ``(amplitude, length)`` with a phase of its own."""
    terms = [(amplitude, math.tau / length, dice.between(0, math.tau)) for amplitude, length in parts]
    return lambda x: sum(amplitude * math.sin(rate * x + phase) for amplitude, rate, phase in terms)


def _even(value: float) -> int:
    return 2 * round(value / 2)


def _pair(x: int, y: int) -> str:
    """Return two numbers as SVG reads them with the fewest letters: a minus sign is separator enough."""
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return a smooth path near the points, which steer it and lie beside it as in a quadratic B-spline.

    Steering points are rounded to even numbers: their midpoints are then whole, and ``t``, which mirrors the point
    before, repeats them exactly. That is a third of the bytes of writing each curve out.
    """
    steer = [(_even(x), _even(y)) for x, y in points]
    if closed:
        steer.append(steer[0])
    ahead = steer[1:] + (steer[1:2] if closed else [])
    middles = [((ax + bx) // 2, (ay + by) // 2) for (ax, ay), (bx, by) in zip(steer, ahead, strict=False)]
    (x, y), (cx, cy), (nx, ny) = middles[0], steer[1], middles[1]
    start = f"M{_pair(x, y)}" if closed else f"M{_pair(*steer[0])}L{_pair(x, y)}"
    moves = [_pair(bx - ax, by - ay) for (ax, ay), (bx, by) in zip(middles[1:], middles[2:], strict=False)]
    rest = "t" + "t".join(moves) if moves else ""
    end = "z" if closed else f"L{_pair(*steer[-1])}"
    return f"{start}q{_pair(cx - x, cy - y)} {_pair(nx - x, ny - y)}{rest}{end}"


def line(points: Iterable[Point], *, closed: bool = False) -> str:
    """Return a path straight from point to point."""
    whole = [(round(x), round(y)) for x, y in points]
    moves = [_pair(bx - ax, by - ay) for (ax, ay), (bx, by) in zip(whole, whole[1:], strict=False)]
    return f"M{_pair(*whole[0])}l{' '.join(moves).replace(' -', '-')}{'z' * closed}"


def dots(points: Iterable[Point]) -> str:
    """Return a path of marks without length: round ends make them dots as wide as their stroke."""
    drawn, at = [], (0, 0)
    for x, y in points:
        place = round(x), round(y)
        drawn.append(f"m{_pair(place[0] - at[0], place[1] - at[1])}h0")
        at = place
    return "".join(drawn)


def path(look: str, drawn: str, width: float | None = None) -> str:
    """Return a path in one of the looks of the style sheet; ``width`` overrides its stroke, in units."""
    stroke = f' stroke-width="{width:g}"' if width else ""
    return f'<path class="{look}"{stroke} d="{drawn}"/>' if drawn else ""


def circle(look: str, centre: Point, radius: float) -> str:
    return f'<circle class="{look}" cx="{round(centre[0])}" cy="{round(centre[1])}" r="{round(radius)}"/>'


def point(centre: Point, radius: float = 27) -> str:
    """Return the coral point. Every cover has one."""
    return circle("s", centre, radius)
