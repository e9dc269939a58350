"""A sheet of 1600 × 1000 units to draw on: lines, discs and fields in the tones of one hue, smooth at any size."""

import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw

from curation.images.covers import palette

WIDTH, HEIGHT = 1600, 1000
FINENESS = 3  # pixels drawn for each that is kept, each way

Point = tuple[float, float]


class Sheet:
    """A ground that changes a little from corner to corner, and marks on it.

    Tones are those of the drawn covers: ``b`` ground, ``p`` pale, ``m`` middle, ``l`` line, ``i`` ink, ``s`` the coral
    signal. A ``deep`` sheet has a dark ground and light lines. Marks are opaque unless they say how much they hide.
    """

    def __init__(self, hue: int, *, deep: bool = False):
        scheme = "dark" if deep else "light"
        self.tones = {name: _channels(value) for name, value in palette.colours(hue % palette.HUES)[scheme].items()}
        beside = palette.colours((hue + 4) % palette.HUES)[scheme]
        self.image = _ground(self.tones["b"], _channels(beside["p"]), self.tones["p"], deep=deep)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def between(self, one: str, other: str, share: float) -> tuple[int, ...]:
        """Return a colour on the way from one tone to another."""
        pairs = zip(self.tones[one], self.tones[other], strict=True)
        return tuple(round(here + (there - here) * share) for here, there in pairs)

    def _ink(self, tone, hides=1.0):
        return (*(self.tones[tone] if isinstance(tone, str) else tone), round(255 * hides))

    def line(self, points: Iterable[Point], tone="l", width: float = 3, *, closed: bool = False) -> None:
        """Draw a line through points, round at its ends."""
        places = _finer(points)
        if closed:
            places += places[:2]
        wide = max(1, round(width * FINENESS))
        self.pen.line(places, fill=self._ink(tone), width=wide, joint="curve")
        if wide > 8 and not closed:
            for x, y in (places[0], places[-1]):
                self._round(x, y, wide / 2, fill=self._ink(tone))

    def dotted(self, points: Sequence[Point], tone="l", gap: float = 14, size: float = 3) -> None:
        """Draw a line of dots, evenly apart along the way."""
        for place in along(points, gap):
            self.disc(place, size, tone)

    def disc(self, centre: Point, radius: float, tone="l", hides: float = 1.0) -> None:
        (x, y), *_ = _finer([centre])
        self._round(x, y, radius * FINENESS, fill=self._ink(tone, hides))

    def _round(self, x, y, radius, **look):
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), **look)

    def ring(self, centre: Point, radius: float, tone="l", width: float = 3) -> None:
        (x, y), *_ = _finer([centre])
        self._round(x, y, radius * FINENESS, outline=self._ink(tone), width=max(1, round(width * FINENESS)))

    def shape(self, points: Iterable[Point], tone="p", hides: float = 1.0) -> None:
        """Fill a field with these corners."""
        self.pen.polygon(_finer(points), fill=self._ink(tone, hides))

    def glyph(self, outlines: Iterable[Sequence[Point]], tone="i", hides: float = 1.0) -> None:
        """Fill what is inside outlines that run clockwise, less what is inside those that run the other way: type."""
        mask = Image.new("L", self.image.size)
        pen = ImageDraw.Draw(mask)
        for outline in sorted(outlines, key=_area, reverse=True):
            pen.polygon(_finer(outline), fill=255 if _area(outline) > 0 else 0)
        self.pen.bitmap((0, 0), mask, fill=self._ink(tone, hides))

    def point(self, centre: Point, radius: float = 25) -> None:
        """Draw the coral point. Every picture has one."""
        self.disc(centre, radius + 13, "b")
        self.disc(centre, radius, "s")

    def finished(self) -> Image.Image:
        """Return the picture at its own size."""
        return self.image.reduce(FINENESS)


def _area(outline):
    """Return twice the area inside, negative where the outline runs against the clock."""
    after = [*outline[1:], outline[0]]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(outline, after, strict=True))


def _channels(colour):
    return tuple(bytes.fromhex(colour[1:]))


def _finer(points):
    return [(x * FINENESS, y * FINENESS) for x, y in points]


def _ground(near, far, glow, *, deep):
    """Paint from one colour in the upper left to another in the lower right, with a wide glow above the middle."""
    size = (WIDTH * FINENESS, HEIGHT * FINENESS)
    slope = Image.linear_gradient("L").rotate(30, Image.Resampling.BICUBIC, expand=True).crop((90, 90, 260, 260))
    ground = Image.composite(Image.new("RGB", slope.size, far), Image.new("RGB", slope.size, near), slope)
    light, strength = ImageChops.invert(Image.radial_gradient("L")), 0.75 if deep else 0.3
    light = light.resize(slope.size).point(lambda level: level * strength)
    ground.paste(glow if deep else (255, 255, 255), mask=light)
    return ground.resize(size, Image.Resampling.BICUBIC)


# Lines ------------------------------------------------------------------------------------------------------------


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """Return a curve through every point (Catmull and Rom's), as a line of many."""
    ends = ([points[-1]], points[:2]) if closed else ([points[0]], points[-1:])
    around = [*ends[0], *points, *ends[1]]
    curve = []
    for before, here, there, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        curve += [_between(before, here, there, after, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _between(before, here, there, after, share):
    square, cube = share**2, share**3
    return tuple(
        0.5 * (2 * b + (c - a) * share + (2 * a - 5 * b + 4 * c - d) * square + (3 * b - a - 3 * c + d) * cube)
        for a, b, c, d in zip(before, here, there, after, strict=True)
    )


def arc(centre: Point, radius: float, start: float, end: float, steps: int = 80) -> list[Point]:
    """Return a part of a circle, from one angle to another in degrees, clockwise from three o'clock."""
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]


def along(points: Sequence[Point], gap: float) -> list[Point]:
    """Yield places on a line, so far apart from each other along the way."""
    places, left = [points[0]], gap
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        length, gone = math.hypot(bx - ax, by - ay), 0.0
        while length - gone >= left:
            gone += left
            places.append((ax + (bx - ax) * gone / length, ay + (by - ay) * gone / length))
            left = gap
        left -= length - gone
    return places
