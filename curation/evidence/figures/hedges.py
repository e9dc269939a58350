"""Words beside a figure that make it less exact: “about”, “nearly”, “more than”; and what they allow."""

import math
import re

_HEDGES = {
    "about": "about around roughly approximately approx some circa estimated ~ ≈ c. close_to in_the_region_of"
    " an_average_of in_the_order_of in_the_area_of something_like give_or_take"
    " more_or_less",
    "nearly": "nearly almost just_under just_short_of not_quite close_on approaching nigh_on getting_on_for barely"
    " hardly virtually practically the_better_part_of the_best_part_of slightly_under slightly_less_than"
    " slightly_fewer_than a_little_under a_little_less_than a_shade_under just_below a_bit_under all_but"
    " little_short_of little_less_than shy_of scarcely not_even short_of",
    "over": "more_than over above just_over upwards_of exceeding in_excess_of greater_than a_little_over well_over"
    " at_least no_fewer_than no_less_than not_less_than a_minimum_of > ≥ slightly_over slightly_more_than north_of"
    " a_shade_over a_little_more_than just_above comfortably_over a_bit_over better_than longer_than older_than"
    " larger_than higher_than a_good little_more_than little_over exceeds exceeded passed topped surpassed",
    "under": "less_than fewer_than under below no_more_than not_more_than at_most up_to as_many_as as_much_as"
    " a_maximum_of < ≤ as_little_as as_few_as well_under well_below shorter_than younger_than lower_than not_exceeding"
    " a_limit_of as_long_as",
}
_OF = {word.replace("_", " "): hedge for hedge, words in _HEDGES.items() for word in words.split()}
#: “Hardly longer than 30” is no “longer than 30”: what denies a difference says about as much.
_DENIED = ("hardly", "hardly any", "scarcely", "barely", "not much", "only slightly")
_COMPARED = ("more", "less", "fewer", "longer", "shorter", "higher", "lower", "bigger", "smaller", "older", "better")
_OF |= {f"{denied} {compared} than": "about" for denied in _DENIED for compared in _COMPARED}
_ANY = "|".join(sorted(map(re.escape, _OF), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?<![^\W\d_])(?P<hedge>{_ANY}) ?(?:(?<= )(?:an?|(?P<the>the)|one) )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:(?P<over>\+|or\s+(?:more|over|above|older)\b|plus\b|at\s+(?:the\s+)?(?:very\s+)?least\b|upwards\b|and\s+(?:over|above|older)\b)"
    r"|(?P<under>or\s+(?:fewer|less|under|below|younger)\b|at\s+(?:the\s+)?(?:very\s+)?most\b)"
    r"|(?P<about>or\s+so\b|or\s+thereabouts\b|[-\s]odd\b))"
)
_REACH = 26
MOST_OFF = 0.07  # of a value: nothing rounds further


def beside(text: str, start: int, end: int) -> str:
    """Return the kind of hedge beside a figure, or nothing."""
    after = _AFTER.match(text, end)
    if after:
        return after.lastgroup or ""
    found = _BEFORE.search(text[max(0, start - _REACH) : start])
    hedge = _OF[found["hedge"].lower()] if found else ""
    return "" if hedge in {"over", "under"} and found["the"] else hedge  # “more than the 300 of last year” are 300


def allowed(value: float, step: float, hedge: str, *, is_part: bool = False) -> tuple[float, float]:
    """Return the least and the most that a source may say where the sentence says a value with this hedge.

    “Nearly 40” is 38 to 40, “more than 300” is 300 to 375, “about 300” is 279 to 321; without one, half a step. A part
    (“nearly half”) is a share that has no digits.
    """
    half = step / 2
    if not hedge or not math.isfinite(value):
        return value - half, value + half
    below, above = (_parts_reach if is_part else _reach)(value, step)[hedge]
    return value - below, value + above


def _reach(value: float, step: float) -> dict[str, tuple[float, float]]:
    """Return how far below and above a figure each hedge lets the source be."""
    least = max(step, grain(value))
    is_half = 1 < value < 10 and value % 1 == 0.5  # “more than a day and a half”
    off = max(step / 2, min(least / 2, MOST_OFF * value), MOST_OFF * value * (value in {12, 24, 36, 48, 60}))
    return {
        "about": (off, off),
        "nearly": (min(least, max(0.055 * value, _nearly_of_few(value))), 0.0),
        "over": (0.0, max(min(least, 0.25 * value), 0.25 * is_half)),
        "under": (max(min(least, 0.25 * value), 0.25 * is_half), 0.0),
    }


def _nearly_of_few(value: float) -> float:
    """Return how far “nearly” reaches below small numbers: eleven is nearly a dozen, eleven months nearly a year."""
    return 1.0 if 8 <= value <= 20 else 0.2 if value <= 2 else 0.1 * value if value < 8 else 0.0


def _parts_reach(value: float, step: float) -> dict[str, tuple[float, float]]:
    """Return the same for a share in words: “more than half” may be 62 %, as nobody would say two thirds."""
    far = min(0.31 * value, max(0.5 * (1 - value), 0.0))
    return {
        "about": (step / 2, step / 2),
        "nearly": (0.13 * value, 0.0),
        "over": (0.0, max(far, step / 2)),
        "under": (max(far, step / 2), 0.0),
    }


def grain(value: float) -> float:
    """Return the place of a value's last digit that is no nought: 100 for 300, 10 for 40, 1 for 312."""
    whole = round(value)
    if not whole or abs(value - whole) > 1e-6:
        return 0.0
    digits = f"{whole}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))
