"""Words as people can see them: what is typed or imported, without characters that nobody sees and that mislead.

Controls of direction can show a name backwards, and zero-width ones make two names of one. Right-to-left text needs
its marks alone. Joiners stay where a script or an emoji is written with them.
"""

import re
import unicodedata

from django.db import models
from django.db.models.query_utils import DeferredAttribute

_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
_HIDDEN_ONE = re.compile(f"[{_HIDDEN}]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{3,8}\U000e007f")  # of a country within one
_FLAG_OR_HIDDEN = re.compile(f"{_FLAG.pattern}|{_HIDDEN_ONE.pattern}")
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_ANY_BREAK = re.compile("[\n\t]+")
_MARKS = ("\u200e", "\u200f", "\u061c")  # of direction, which turn nothing round by themselves
_NON_JOINER, _JOINER = "\u200c", "\u200d"


def is_plain(text: str) -> bool:
    """Return whether a text is one line of plain letters and signs, as ASCII has them."""
    if len(text) < _LONG:
        return text.isascii() and text.isprintable()
    return text.isascii() and not text.encode().translate(None, _PRINTABLE)


_LONG = 300  # characters from which on deleting what is plain is quicker than looking at each
_PRINTABLE = bytes(range(0x20, 0x7F))


def plain_text(text: str) -> str:
    """Return the text without what nobody sees, its lines ended by ``\\n``. Doing so twice changes nothing.

    Next to nothing for plain letters, 10 µs for 1,000 others; linear.
    """
    if is_plain(text):
        return text
    text = _BREAK.sub("\n", text)
    return _FLAG_OR_HIDDEN.sub(_kept, text) if _HIDDEN_ONE.search(text) else text


def single_line(text: str) -> str:
    """Return ``plain_text`` on one line: a break or tab is a blank."""
    return text if is_plain(text) else _ANY_BREAK.sub(" ", plain_text(text))


def _kept(found: re.Match) -> str:
    """Return a character nobody sees where it belongs with its neighbours; an empty string anywhere else."""
    said, text, at = found[0], found.string, found.start()
    before, after = text[max(at - 1, 0) : at], text[found.end() : found.end() + 1]
    if len(said) > 1 or (said in _MARKS and (_is_right_to_left(before) or _is_right_to_left(after))):
        return said
    if said in (_JOINER, _NON_JOINER):
        return said if _joins(said, text, at, after) else ""
    if "\ufe00" <= said <= "\ufe0f":
        return said if _is_styled(before, after) else ""
    return said if said >= "\U000e0100" and _is_han(before) else ""


def _joins(said, text, at, after):
    before = text[max(at - 1, 0) : at]
    if _is_joined_script(before) and _is_joined_script(after):
        return True
    if before == "\ufe0f":  # ❤️‍🔥: the emoji stands before its style
        before = text[max(at - 2, 0) : at - 1]
    return said == _JOINER and _is_emoji(before) and _is_emoji(after)


def _is_styled(before, after):
    """Return whether a style may follow: after an emoji, and inside a key cap (#️⃣)."""
    return _is_emoji(before) or (before in tuple("0123456789#*") and after == "\u20e3")


def _is_joined_script(letter: str) -> bool:
    """Return whether this is a letter or sign of a script whose letters join: Arabic, Indian ones, and others."""
    is_letter = "\u0600" <= letter < "\u1c00" and unicodedata.category(letter) in ("Lo", "Lm", "Mn", "Mc")
    return is_letter and not _HIDDEN_ONE.match(letter)


def _is_right_to_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter or " ") in ("R", "AL") and not _HIDDEN_ONE.match(letter)


def _is_emoji(letter: str) -> bool:
    return letter > "\xa8" and unicodedata.category(letter) in ("So", "Sm", "Sk")


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter < "\ufb00" or "\U00020000" <= letter < "\U00040000"


class _Cleaned(DeferredAttribute):
    """A field's value, cleaned whenever somebody gives it one."""

    def __set__(self, instance, value):
        if type(value) is str and not (value.isascii() and value.isprintable()):  # as most are, without a call
            value = self.field.rule(value)
        instance.__dict__[self.field.attname] = value


class _Words:
    """Text fields that clean what they are given. To migrations and the database they are Django's own."""

    descriptor_class = _Cleaned
    rule = staticmethod(plain_text)

    def cleaned(self, value):
        """Return the value as it is kept; what is no text stays what it is."""
        return self.rule(value) if type(value) is str else value

    def to_python(self, value):
        """Clean what forms and queries give; Django asks this of every value on its way into the database."""
        return self.cleaned(super().to_python(value))

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        kind = "CharField" if isinstance(self, models.CharField) else "TextField"
        return name, f"django.db.models.{kind}", args, kwargs


class LineField(_Words, models.CharField):
    """A line that people read: a name, a title, a reason."""

    rule = staticmethod(single_line)


class WordsField(_Words, models.TextField):
    """Text that people read, and that is no HTML; HTML passes ``prose.clean``, which does the same first."""
