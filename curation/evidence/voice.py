"""The editor's own voice: words to the readers, asides, and sayings that are about nothing in particular."""

import re

_SUM = r"(?:(?:about|some|nearly|over|around|only|just|up to)\s)?[£$€\d]"  # what is worth a sum is no matter of taste
_VOICE = re.compile(
    r"\b(?:we|our|ours|us|i|my|you|your|readers?|should|ought|perhaps|arguably|surely|hopefully|whether|watch|imagine|remember"
    rf"|worth(?!\s{_SUM})|question|lesson|always|never|seldom|rarely|tends?|everybody|everyone|anyone"
    r"|worldwide|globally|around the world|other (?:countries|hospitals|regions|towns)"
    r"|for the record|by (?:some|all|most) (?:estimates|accounts)|it turns out|by the way|incidentally|to be fair"
    r"|of course|after all"
    r"|one to|in short|(?:question|doubt|it) remains|wonder|expect|hope|matters?|deserves?"
    r"|is an? \w+, not|is not an? \w+, but)\b|^\W*why\b|\?\s*$",
    re.IGNORECASE,
)
#: What tells of something in particular: a thing or person named before, a time, what was or will be.
_PARTICULAR = re.compile(
    r"\b(?:the|this|that|these|those|its?|their|they|them|his|her|he|she|him|there|here|now|so far|said|says?|no"
    r"|was|were|had|did|will|would|could|may|might|been|\w+ed"
    r"|rose|fell|went|took|gave|got|made|found|kept|left|told|came|saw|began|sold|cost|spent|ran|led|won|lost|paid)\b",
    re.IGNORECASE,
)


def speaks_to_readers(sentence: str, span: str) -> bool:
    """Return whether a sentence speaks to its readers in words that its span does not use."""
    said = {word.lower() for word in _VOICE.findall(sentence)}
    return bool(said - {word.lower() for word in _VOICE.findall(span)})


def is_saying(sentence: str) -> bool:
    """Return whether a sentence, that has no figure or name, tells of nothing in particular: “Water is free”."""
    return not _PARTICULAR.search(sentence)
