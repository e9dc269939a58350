"""Mazes, for drawings of ways through buildings."""

from .pen import Dice

Square = tuple[int, int]


def maze(
    dice: Dice, columns: int, rows: int, start: Square, before: Square | None = None
) -> dict[Square, Square | None]:
    """Return a spanning tree over the squares of a grid: for each square the one it was entered from.

    ``before`` is where one stood before ``start``: a square outside the grid leaves a door in its wall there.
    """
    came: dict[Square, Square | None] = {start: before}
    trail = [start]
    while trail:
        column, row = trail[-1]
        around = [(column + 1, row), (column, row + 1), (column - 1, row), (column, row - 1)]
        free = [each for each in around if each not in came and 0 <= each[0] < columns and 0 <= each[1] < rows]
        if not free:
            trail.pop()
            continue
        following = dice.pick(free)
        came[following] = trail[-1]
        trail.append(following)
    return came
