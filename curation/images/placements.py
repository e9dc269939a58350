"""Places where readers meet an article's picture, and its shape there. A test holds them against the style sheets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """One place: its ``key`` (the CSS class ``crop-<key>``), its name, its shape, and the width in pixels at which it
    is drawn. ``is_focused`` says whether the focal point decides what is cut off; others cut at the middle.
    """

    key: str
    name: str
    shape: tuple[int, int]
    width: int
    is_focused: bool = True

    @property
    def height(self) -> int:
        return round(self.width * self.shape[1] / self.shape[0])

    def is_too_large_for(self, width: int, height: int) -> bool:
        """Return whether a picture of this size would be enlarged here."""
        return width < self.width or height < self.height


PLACEMENTS = (
    Placement("article", "Article", (21, 10), 1280),
    Placement("front", "Front page", (16, 10), 736),
    Placement("list", "Lists, phones", (3, 2), 480),
    Placement("print", "Printed", (3, 1), 960),
    # Readers' pages give the whole picture along; every network we know cuts it at its middle.
    Placement("social", "Social", (40, 21), 1200, is_focused=False),
)
