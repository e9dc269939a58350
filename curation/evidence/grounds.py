"""Grounds on which a sentence rests on a span: words, figures or names that chance seldom brings together."""

from curation.evidence.figures.figure import Figure

from .spans import Match, Question

# Shares of a sentence's words, by weight, from which it rests on a span; chosen on the pairs of the benchmark.
BY_WORDS, BY_MUCH, BY_ONE = 0.42, 0.34, 0.9  # with nothing else, where much is shared, where next to nothing is
BY_SPECIFIC, BY_NAME = 0.3, 0.1  # where it has a figure or a name, where it has a name of the source
BY_FIGURES, BY_EXACT = 0.22, 0.12  # with half its figures there, with two or more that are all there
BY_KIN = 0.38  # with a figure of the same kind
LEAST_MASS, MUCH_MASS = 0.7, 2.4  # of weights: a rare word, or three and more
FEW = 3  # telling words of a short sentence
OPINION = 0.22  # what is asked besides of a sentence in the editor's own voice
_STRONG = ("money", "mass", "volume", "length", "data", "pressure", "moles")


def rests(asked: Question, match: Match, *, is_own_voice: bool) -> bool:
    """Return whether what a sentence shares with its span is too much for chance: any of the grounds will do."""
    least = OPINION if is_own_voice else 0.0
    return (
        _by_all_figures(asked, match, is_own_voice=is_own_voice)
        or _by_some_figures(asked, match, least)
        or _by_like_figures(asked, match, least)
        or _by_names(asked, match, least)
        or _by_words(asked, match, least)
    )


def _by_all_figures(asked: Question, match: Match, *, is_own_voice: bool) -> bool:
    """Return whether figures alone are ground enough: all are in the span, and chance seldom brings them there."""
    if not match.figures or match.figures < len(asked.figures):
        return False
    if match.figures > 1:
        return match.words >= BY_EXACT or any(map(_is_telling, asked.figures))
    if _is_telling(asked.figures[0]) and (
        asked.figures[0].is_in_digits(asked.text) or asked.figures[0].readings[0].value > 100
    ):
        return True
    if len(asked.weights) < FEW and _has_unit(asked):
        return True
    one = asked.figures[0].readings[0]
    return not is_own_voice and match.shared > 0 and (one.value > 2 or one.unit != "")


def _by_some_figures(asked: Question, match: Match, least: float) -> bool:
    """Return whether a figure and some words are: a rare one, half of them, or two beside hardly a word to share."""
    is_strong = match.figures > 0 and any(map(_is_strong, asked.figures))
    if is_strong and (not least or match.words >= BY_EXACT or len(asked.weights) <= FEW):
        return True
    if match.figures * 2 < max(len(asked.figures), 1):
        return False
    is_some = match.words >= BY_FIGURES + least and match.mass >= LEAST_MASS / 2
    if match.figures > 1 and not least and any(map(_is_telling, asked.figures)):
        return True
    is_bare = len(asked.weights) < FEW  # “It fell from 39 in May to 12”: hardly a word to share
    return is_some or (is_bare and match.figures > 0 and (len(asked.figures) > 1 or _has_unit(asked)))


def _by_like_figures(asked: Question, match: Match, least: float) -> bool:
    """Return whether a figure that is not there, and stands where one of its measure does, and a word are."""
    dated = {"year", "decade", "century"}
    telling = any(_is_telling(one) and one.readings[0].unit not in dated for one in asked.figures)
    if not least and (match.mistyped or (match.shared and telling)):
        return True
    if not match.is_kin or (least and not match.shared):
        return False
    if _has_unit(asked) and not match.figures:
        return not least or match.words >= BY_KIN + least
    return match.shared > 0 and match.words >= BY_KIN + least


def _by_names(asked: Question, match: Match, least: float) -> bool:
    """Return whether a name is, that the source has, or has but for a letter: an editor’s own words seldom name one."""
    if not match.shared:
        return False
    if asked.is_strangely_named and not least and match.words >= BY_NAME:
        return True
    return asked.is_nearly_named or (asked.is_named and match.words >= BY_NAME + least / 2)


def _by_words(asked: Question, match: Match, least: float) -> bool:
    """Return whether words alone are ground enough; one word is not, unless it is all of the sentence."""
    if match.mass < LEAST_MASS or match.shared < 2:
        return match.words >= BY_ONE
    if asked.is_specific:
        return match.words >= BY_SPECIFIC + least
    return match.words >= (BY_MUCH if match.mass >= MUCH_MASS else BY_WORDS) + least


def _is_telling(figure: Figure) -> bool:
    """Return whether a figure is seldom met by chance: a measure, a date, a sum, or more than a score."""
    return any(reading.unit not in {"", "ordinal"} or abs(reading.value) > 20 for reading in figure.readings)


def _has_unit(asked: Question) -> bool:
    return any(figure.readings[0].unit not in {"", "ordinal", "year", "weekday"} for figure in asked.figures)


def _is_strong(figure: Figure) -> bool:
    """Return whether one such figure is enough: a sum, a weight, a whole date, three digits that are no year."""
    one = figure.readings[0]
    if one.day is not None:
        return one.day.day is not None
    digits = f"{abs(one.value / one.factor):.6g}".replace(".", "").strip("0")
    return one.unit.startswith(_STRONG) or (one.unit in {"", "share"} and len(digits) > 2)
