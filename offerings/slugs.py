"""The site's own way of turning names into addresses; every rule is a pure function of a string.

Django's ``slugify`` reproduces four of five of the site's addresses. These reproduce all of them.
"""

import re
import unicodedata
from collections.abc import Iterator

_WORDS = {
    "&": "and",
    "@": "at",
    "©": "c",
    "®": "r",
    "™": "tm",
    "ß": "ss",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "å": "a",
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    # Letters with a stroke and their like: to Unicode they are letters of their own, so folding leaves them alone.
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "þ": "th",
    "ŧ": "t",
}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_DASHES = re.compile("-{2,}")


def _spelled(character: str) -> str:
    """Return what one lower-case character becomes: letters, nothing for a loose accent, or ``-``."""
    if character in _WORDS:
        return _WORDS[character]
    folded = unicodedata.normalize("NFKD", character).lower()
    if folded != character:
        return "".join(map(_spelled, folded))
    if character in _PLAIN:
        return character
    return "" if unicodedata.category(character) in {"Mn", "Me"} else "-"


class _Alphabet(dict[int, str]):
    """A table for ``str.translate`` that works out a character the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = spelled = _spelled(chr(code))
        return spelled


_ALPHABET = _Alphabet()
for _code in range(0x250):
    _ALPHABET[_code]


def slug(text: str) -> str:
    """Return the address form of any text: only ``[a-z0-9-]``, no hyphen at an end, never two together.

    ``AT&T`` gives ``atandt``, ``Parkinson’s`` gives ``parkinson-s``, ``Überraschung`` gives ``ueberraschung``. There
    is no limit of length, and the result is empty where nothing of the text has a Latin form. Two spellings of the
    same text in Unicode (composed or not) give the same address. About 5 µs for a title.
    """
    lowered = text.lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", lowered)
    return _DASHES.sub("-", lowered.translate(_ALPHABET)).strip("-")


def offering_slug(name: str) -> str:
    """Return the address an offering gets from its name: ``Jope - ExamRoom Live`` gives ``jope---examroom-live``.

    Only letters (of any script: accents stay), digits, ``_``, space and hyphen are kept; each space becomes one
    hyphen, and hyphens are neither merged nor trimmed. Empty where nothing is kept.
    """
    return "".join(_kept(unicodedata.normalize("NFC", name.lower())))


def _kept(name: str) -> Iterator[str]:
    for character in name:
        if character == " ":
            yield "-"
        elif character in "_-" or character.isalpha() or character.isdigit():
            yield character


def topic_prefix(name: str) -> str:
    """Return the taxonomy's part of a topic's whole name: what precedes the first ``": "``, else nothing."""
    prefix, colon, _ = name.partition(": ")
    return prefix if colon else ""


def topic_label(name: str) -> str:
    """Return what readers see of a topic's whole name: what follows the first ``": "``, else the whole name."""
    prefix, colon, label = name.partition(": ")
    return label if colon else prefix


def topic_key(name: str) -> str:
    """Return what two spellings of one topic share: white space collapsed, case folded."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def category_slug(name: str) -> str:
    """Return a document's ``categorySlug``: the whole name in lower case, spaces and colon kept."""
    return name.lower()


def topic_address(slug: str) -> str:
    """Return the address of a topic's page. Pages build many, so nothing is looked up; a test holds them to the map."""
    return f"/topic/{slug}/"


def parted_topic(path: str) -> tuple[str, str]:
    """Return the address of a topic and what lies beneath it, of a path in its normal form; else the path, and nothing.

    ``/topic/a/feed.xml`` gives ``/topic/a`` and ``feed.xml``.
    """
    slug, _, beneath = path.removeprefix(_TOPICS).partition("/")
    is_beneath = path.startswith(_TOPICS) and slug and beneath
    return (f"{_TOPICS}{slug}", beneath) if is_beneath else (path, "")


_TOPICS = "/topic/"


def institution_address(slug: str) -> str:
    """Return the address of an institution's page."""
    return f"/institution/{slug}/"


def offering_address(slug: str) -> str:
    """Return the address of an offering's page."""
    return f"/offering/{slug}/"
