"""Lines of equal height through a field of numbers: marching squares, then the pieces joined end to end."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .pen import Point

# For each of the sixteen ways a cell's corners can lie above a level: which of its sides the line joins.
# Corners count 1, 2, 4, 8 and sides 0 to 3, both clockwise from the upper left; saddles take one of their two ways.
_JOINS = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip

Edge = tuple[int, int, int]


def bumps(columns: Sequence[float], rows: Sequence[float], hills: Sequence[tuple]) -> list[list[float]]:
    """Return heights on a grid: the sum of round hills ``(x, y, width, depth, height)``. A product a hill and node."""
    shapes = [
        (
            [height * math.exp(-(((x - at_x) / width) ** 2)) for x in columns],
            [math.exp(-(((y - at_y) / depth) ** 2)) for y in rows],
        )
        for at_x, at_y, width, depth, height in hills
    ]
    return [
        [sum(across[column] * down[row] for across, down in shapes) for column in range(len(columns))]
        for row in range(len(rows))
    ]


def _cell(row: int, column: int, corners: Sequence[float], level: float):
    """Return the pieces of one level inside one cell, as pairs of grid edges (row, column, 0 across or 1 down)."""
    one, two, three, four = corners
    above = (one > level) + 2 * (two > level) + 4 * (three > level) + 8 * (four > level)
    edges = ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))
    return [(edges[start], edges[end]) for start, end in _JOINS.get(above, ())]


def pieces(heights: list[list[float]], levels: Sequence[float]) -> list[list[tuple[Edge, Edge]]]:
    """Return the pieces of every level's lines (levels rising), in no order."""
    found = [[] for _ in levels]
    for row, (upper, lower) in enumerate(zip(heights, heights[1:], strict=False)):
        for column in range(len(upper) - 1):
            corners = (upper[column], upper[column + 1], lower[column + 1], lower[column])
            for number in range(bisect_left(levels, min(corners)), bisect_right(levels, max(corners))):
                found[number] += _cell(row, column, corners, levels[number])
    return found


def _walk(neighbours: dict[Edge, list[Edge]], start: Edge) -> list[Edge]:
    """Follow the pieces from one edge as far as they go, using each up."""
    chain = [start]
    while neighbours[chain[-1]]:
        following = neighbours[chain[-1]].pop()
        neighbours[following].remove(chain[-1])
        chain.append(following)
    return chain


def chains(joined: list[tuple[Edge, Edge]]) -> list[tuple[list[Edge], bool]]:
    """Yield pieces joined into lines: ``(edges, whether the line closes on itself)``."""
    neighbours: dict[Edge, list[Edge]] = {}
    for start, end in joined:
        neighbours.setdefault(start, []).append(end)
        neighbours.setdefault(end, []).append(start)
    ends = [edge for edge, others in neighbours.items() if len(others) == 1]
    found = [(_walk(neighbours, edge), False) for edge in ends if neighbours[edge]]
    return found + [(_walk(neighbours, edge)[:-1], True) for edge in neighbours if neighbours[edge]]


def lines(columns: Sequence[float], rows: Sequence[float], heights: list[list[float]], levels: Sequence[float]):
    """Return ``[(number of the level, points, closed)]`` for every line of four points and more."""

    def place(edge: Edge, level: float) -> Point:
        row, column, down = edge
        here, there = heights[row][column], heights[row + down][column + 1 - down]
        share = (level - here) / (there - here) if there != here else 0.5
        if down:
            return columns[column], rows[row] + share * (rows[row + 1] - rows[row])
        return columns[column] + share * (columns[column + 1] - columns[column]), rows[row]

    return [
        (number, [place(edge, levels[number]) for edge in chain], closed)
        for number, joined in enumerate(pieces(heights, levels))
        for chain, closed in chains(joined)
        if len(chain) > 3
    ]
