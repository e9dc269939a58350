"""Words beside a figure that make it less exact: “about”, “nearly”, “more than”; and what they allow."""

import math
import re

_HEDGES = {
    "about": "about around roughly approximately approx some circa estimated ~ ≈ c. close_to in_the_region_of"
    " an_average_of",
    "nearly": "nearly almost just_under just_short_of not_quite close_on approaching nigh_on",
    "over": "more_than over above just_over upwards_of exceeding in_excess_of greater_than a_little_over well_over"
    " at_least no_fewer_than no_less_than a_minimum_of > ≥",
    "under": "less_than fewer_than under below no_more_than at_most up_to as_many_as as_much_as a_maximum_of < ≤",
}
_OF = {word.replace("_", " "): hedge for hedge, words in _HEDGES.items() for word in words.split()}
_ANY = "|".join(sorted(map(re.escape, _OF), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?<![^\W\d_])(?P<hedge>{_ANY}) ?(?:(?<= )(?:an?|the|one) )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:(?P<over>\+|or\s+(?:more|over|above|older)\b|plus\b)|(?P<under>or\s+(?:fewer|less|under|below)\b)|(?P<about>or\s+so\b|or\s+thereabouts\b))"
)
_REACH = 26
MOST_OFF = 0.07  # of a value: nothing rounds further


def beside(text: str, start: int, end: int) -> str:
    """Return the kind of hedge beside a figure, or nothing."""
    after = _AFTER.match(text, end)
    if after:
        return after.lastgroup or ""
    found = _BEFORE.search(text[max(0, start - _REACH) : start])
    return _OF[found["hedge"].lower()] if found else ""


def allowed(value: float, step: float, hedge: str, *, is_part: bool = False) -> tuple[float, float]:
    """Return the least and the most that a source may say where the sentence says a value with this hedge.

    “Nearly 40” is 38 to 40, “more than 300” is 300 to 375, “about 300” is 279 to 321; without one, half a step. A part
    (“nearly half”) is a share that has no digits.
    """
    half = step / 2
    if not hedge or not math.isfinite(value):
        return value - half, value + half
    grain = max(step, 0.13 * value) if is_part else max(step, _grain(value))
    below, above = {
        "about": (max(half, min(grain / 2, MOST_OFF * value)),) * 2,
        "nearly": (min(grain, (0.13 if is_part else 0.055) * value), 0.0),
        "over": (0.0, min(grain, 0.25 * value)),
        "under": (min(grain, 0.25 * value), 0.0),
    }[hedge]
    return value - below, value + above


def _grain(value: float) -> float:
    """Return the place of a value's last digit that is no nought: 100 for 300, 10 for 40, 1 for 312."""
    whole = round(value)
    if not whole or abs(value - whole) > 1e-6:
        return 0.0
    digits = f"{whole}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))
