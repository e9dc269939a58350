"""Ordinary English words, by a dictionary: what opens a sentence and is none of them is a name."""

from functools import lru_cache

from simplemma import is_known, lemmatize

LONGEST = 30  # letters of a word

# Read now, in a quarter of a second and 25 MB, which workers that are forked later share: no brief shall wait for it.
is_known("word", lang="en")


@lru_cache(maxsize=8_192)
def is_ordinary(word: str) -> bool:
    """Return whether a word is one of the language, and no name; of two joined by a hyphen both."""
    return all(_is_one(piece) for piece in word.lower().split("-") if piece)


@lru_cache(maxsize=8_192)
def is_known_name(word: str) -> bool:
    """Return whether the dictionary has a word, given in small letters, as a name: “kenya”."""
    return word.isascii() and lemmatize(word[:LONGEST], lang="en")[:1].isupper()


def _is_one(word: str) -> bool:
    bare = word.replace("’", "'").removesuffix("'s").rstrip("'")
    if not bare.isascii() or len(bare) > LONGEST:
        return False
    return is_known(bare, lang="en") and lemmatize(bare, lang="en")[:1].islower()
