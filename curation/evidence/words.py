"""Words as evidence compares them: folded, stemmed, synonyms as one; Chinese, Japanese and Korean as two characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .synonyms import GROUPS

LONGEST = 48  # letters; what is longer is no word, and its beginning stands for it
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
TOKEN = re.compile(rf"[{_CJK}]+|[^\W\d_{_CJK}](?:[^\W_{_CJK}]|['’](?=[^\W\d_]))*")
_IS_CJK = re.compile(f"[{_CJK}]")
_STOP_WORDS = """
    a about above after again against all almost also although am among an and any are around as at away be because
    been before being below between both but by can cannot could did do does doing down during each either else even
    ever every few for from further had has have having he her here hers him his how i if in instead into is it its
    itself just least less like made many may me might more most much must my near nearly neither no nor not now of
    off on once only onto or other others our out over own per rather same she should since so some such than that
    the their them then there these they this those though through thus to too toward towards under until up upon us
    very was we well were what when where whether which while who whom whose why will with within without would yet
    you your one two three four five six seven eight nine ten eleven twelve hundred thousand million billion percent
    cent half third quarter approximately roughly ago longer later soon already still another whole enough quite
    really something anything nothing everything
    lot lots kind sort thing things fewer today
    get gets got getting put puts went goes going mr mrs ms dr prof de la le les des
    du et der die das und den dem
    ein eine el los las un una en von
"""
STOP = frozenset(_STOP_WORDS.split())
#: Words that most reports of this trade hold, so that sharing them says little.
COMMON = """
hospital patient nurse doctor staff care health healthcare system people person year month week day time new work team
    company tool data use need make take give help plan service clinic clinical medical technology digital trust say
    number
result part case group country world percent rate project programme change way good better first last big small hour
figure show find ward unit test treat study report trial lead start end run keep go come see think cost money
"""
_ENDINGS = (
    *("ization", "isation", "ational", "fulness", "iveness", "ability", "ations"),
    *("ation", "ments", "ising", "izing", "ment", "ness", "ings", "ions", "ally", "ance", "ence", "able", "ible"),
    *(
        "ening",
        "ened",
        "ers",
        "ing",
        "ion",
        "ies",
        "ive",
        "ity",
        "ous",
        "ful",
        "ed",
        "er",
        "es",
        "ly",
        "al",
        "or",
        "ic",
        "en",
        "s",
    ),
)
_LEAST = 4  # letters that stay in front of an ending
_SHORT = frozenset({"ed", "es", "ing"})  # and one less in front of these: “voted”, “votes”


def fold(text: str) -> str:
    """Return text without case and accents."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold().replace("’", "'")


def _base(word: str) -> str:
    word = fold(word[:LONGEST]).removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        least = _LEAST - (ending in _SHORT and not word.endswith("eed"))
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    else:
        word = word.removesuffix("s") if len(word) > 3 and not word.endswith(("ss", "us", "is")) else word
    word = word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
    return word.removesuffix("e").removesuffix("y").removesuffix("i")[:7] or word


def _groups() -> dict[str, str]:
    """Return each base that has a synonym → the base of its group's first word; a word of two groups is the first's."""
    found: dict[str, str] = {}
    for group in filter(None, map(str.split, GROUPS.splitlines())):
        for word in group:
            found.setdefault(_base(word), _base(group[0]))
    return found


_GROUP = _groups()


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return what forms and synonyms of a word share: “Dropped” and “fell” are one; nothing of a little word."""
    if len(word) < 2 or fold(word) in STOP:
        return ""
    base = _base(word)
    return _GROUP.get(base, base)


COMMON_STEMS = frozenset(stem(word) for word in COMMON.split())


def stems(text: str) -> list[str]:
    """Return the telling words of a text, in order, as stems: no little words, no numbers."""
    return list(_stems(text))


def _stems(text: str) -> Iterator[str]:
    for word in TOKEN.findall(text):
        if _IS_CJK.match(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif told := stem(word[:LONGEST]):
            yield told
