"""Pictures as SVG: shapes with classes, which the sheet colours; a title and a description for who cannot see them."""

from itertools import count
from math import ceil

from django.utils.html import format_html


class Drawing:
    """A picture of so many units across and down, which grows by its shapes.

    Looks are classes and names of this code; words are anybody's, and are escaped as the picture is made.
    """

    def __init__(self, name: str, width: int, height: int, title: str, told: str):
        self.width, self.height = width, height
        size, by = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"', f"chart-{name}"
        self._pieces = [
            f'<svg class="chart" {size} role="img" aria-labelledby="{by}-t {by}-d">',
            f'<title id="{by}-t">{{}}</title><desc id="{by}-d">{{}}</desc>',
        ]
        self._words = [title, told]

    def rect(self, x, y, width, height, look):
        """Draw a rectangle."""
        if width > 0 and height > 0:
            size = f'width="{_short(width)}" height="{_short(height)}"'
            self._pieces.append(f'<rect class="{look}" x="{_short(x)}" y="{_short(y)}" {size}/>')

    def path(self, points, look, *, is_closed=False):
        """Draw a line through points."""
        along = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        self._pieces.append(f'<path class="{look}" d="M{along}{"Z" if is_closed else ""}"/>')

    def line(self, x, y, to_x, to_y, look):
        """Draw a straight line."""
        self.path([(x, y), (to_x, to_y)], look)

    def dot(self, x, y, radius):
        """Draw a dot."""
        self._pieces.append(f'<circle class="m-dot" cx="{_short(x)}" cy="{_short(y)}" r="{radius}"/>')

    def text(self, x, y, words, look="", anchor="start"):
        """Write words; ``anchor`` is where they stand at ``x``: its start, middle or end."""
        looks = " ".join(filter(None, ("ct", look, "" if anchor == "start" else f"at-{anchor}")))
        self._pieces.append(f'<text class="{looks}" x="{_short(x)}" y="{_short(y)}">{{}}</text>')
        self._words.append(words)

    @property
    def html(self):
        """The whole picture."""
        return format_html("".join([*self._pieces, "</svg>"]), *self._words)


def _short(value):
    """Return a number with no more decimals than anybody sees."""
    return round(value, 1) if isinstance(value, float) else value


def scale(most: float, steps: int = 3) -> list[int]:
    """Return the marks of an axis that holds ``most``: from 0 in even steps of a round number, so many at most."""
    rounds = (round_ * 10**power for power in count() for round_ in (1, 2, 5))
    step = next(one for one in rounds if one * steps >= most)
    return [step * number for number in range(max(1, ceil(most / step)) + 1)]
