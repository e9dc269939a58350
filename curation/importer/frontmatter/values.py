"""YAML as values: exactly those of ``yaml.safe_load``, or a refusal with its line.

Refused beyond what ``safe_load`` refuses: anchors, aliases, tags and merge keys (small files that unfold into big
ones, or into objects), a key that comes twice (the first value would vanish), and deep nesting.
"""

import operator
import re
from collections.abc import Hashable

import yaml

from .refusal import FrontMatterRefused

MAX_LENGTH = 200_000  # characters; a production document's front matter has 5,000
MAX_DEPTH = 60  # production documents have 4
MAX_BRACKETS = 5_000  # libyaml takes time by the square of what is open

_PREFIX = "tag:yaml.org,2002:"
_STR, _NULL, _MERGE, _VALUE = (_PREFIX + kind for kind in ("str", "null", "merge", "value"))


_SCALAR = yaml.ScalarNode
_PATTERNS = {  # types of a plain scalar besides text, by its first character
    sign: [(tag, pattern.match) for tag, pattern in patterns]
    for sign, patterns in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


_LONGEST_WORD = len("false")  # of those that begin with a letter and are no text


class _QuickTags:
    """A loader that asks less of Python for each node; the answers are the same.

    PyYAML tells Python of each step down and up, for resolvers by path, of which there are none: these two only
    swallow what they are told.
    """

    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(tuple)

    def resolve(self, kind, value, implicit):
        if kind is not _SCALAR or not implicit[0]:
            return _DEFAULT_TAGS[kind]
        if value == "null":  # every third scalar of a production document
            return _NULL
        if len(value) > _LONGEST_WORD and value[0].isalpha():
            return _STR
        for tag, matches in _PATTERNS.get(value[:1], ()):
            if matches(value):
                return tag
        return _STR


class _ExactLoader(_QuickTags, yaml.SafeLoader):
    """The loader of ``yaml.safe_load``."""


class _FastLoader(_QuickTags, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The same in C, which takes tabs where the other does not."""


_DEFAULT_TAGS = {yaml.ScalarNode: _STR, yaml.SequenceNode: _PREFIX + "seq", yaml.MappingNode: _PREFIX + "map"}
_UNREADABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PLAIN = b"\t\n\r" + bytes(range(0x20, 0x7F))  # of what is readable
# Signs of an anchor, an alias or a tag. Or just of words: then the parser's events tell.
_SIGNS = re.compile(r"(?<![^\s\[\]{},:?])(?:[&*]\S|!)")
_LONG_LINE = 2_000  # levels lie beside each other on a line or are indented below: as deep as it is wide
_LONG_NUMBER = 500  # characters; base 60 takes time by the square of them
_UNCLOSED = ("could not find expected ':'", "end of stream", "expected ',' or", "flow sequence", "flow mapping")
_MEND = "Check quotes, colons and indent there."
_MENDS = {
    "mapping values are not allowed": "Put quotes round a value that holds a colon and a blank, and check the indent.",
    "tab": "Indent with spaces, not with tabs.",
    "could not find expected ':'": "Each key ends with a colon and a blank.",
    "end of stream": "A quote that is opened has to be closed.",
    "flow ": "A bracket that is opened has to be closed.",
    "<document start>": "A line of --- or ... ends the front matter, so neither may stand inside it.",
}
_SIGN_MENDS = {
    "\t": "Indent with spaces, not with tabs.",
    **dict.fromkeys("%@`", "Put quotes round a value that begins with a sign."),
}


def load(text: str, first_line: int = 1, name: str = "") -> object:
    """Return what ``yaml.safe_load(text)`` returns, as dicts, lists and scalars; or raise ``FrontMatterRefused``.

    ``first_line`` is the line of the file the text begins on. About 0.4 ms for a production document's front matter.
    """
    return _Reading(text, first_line, name).value()


def spelling(text: str, key: str) -> str | None:
    """Return the scalar under a top-level key as it is written, whatever type YAML reads it as; None without one."""
    root = yaml.compose(text, Loader=_FastLoader)
    for key_node, value_node in root.value if isinstance(root, yaml.MappingNode) else ():
        if key_node.value == key:
            return value_node.value if isinstance(value_node, yaml.ScalarNode) else None
    return None


class _Reading:
    """One text on its way to values."""

    def __init__(self, text: str, first_line: int, name: str) -> None:
        self.text = text
        self.first_line = first_line
        self.name = name

    def value(self) -> object:
        self._refuse_length()
        self._refuse_unreadable()
        loader = _ExactLoader if "\t" in self.text else _FastLoader
        try:
            if loader is _ExactLoader or self._may_explode():
                self._refuse_bombs(loader)
            self.loader = loader(self.text)
            root = self.loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            raise self._as_refusal(error) from None
        except yaml.YAMLError as error:
            raise self._refused(" ".join(str(error).split()), 0) from None
        return None if root is None else self._of(root, 1)

    def _refused(self, reason: str, at: int, mend: str = "") -> FrontMatterRefused:
        """Make a refusal of something at a place in the text. YAML counts other line ends as well; a file does not."""
        return FrontMatterRefused(
            reason, line=self.first_line + self.text.count("\n", 0, at), name=self.name, mend=mend
        )

    def _as_refusal(self, error: yaml.MarkedYAMLError) -> FrontMatterRefused:
        reason = ", ".join(filter(None, (error.context, error.problem)))
        # A bracket or quote that is never closed is best mended where it was opened.
        is_open = error.context_mark and any(sign in reason for sign in _UNCLOSED)
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        if mark is None:
            return self._refused(f"this is no YAML: {reason}", 0, _MEND)
        mend = next((mend for sign, mend in _MENDS.items() if sign in reason), _MEND)
        mend = _SIGN_MENDS.get(self.text[mark.index : mark.index + 1], mend)
        return self._refused(f"this is no YAML: {reason}", mark.index, mend)

    def _refuse_unreadable(self) -> None:
        # Most are plain letters: to delete those and see what is left is quicker than to look at each.
        if self.text.isascii() and not self.text.encode().translate(None, _PLAIN):
            return
        if found := _UNREADABLE.search(self.text):
            reason = f"the invisible character U+{ord(found[0]):04X} is not allowed in front matter"
            raise self._refused(reason, found.start(), "Delete it.")

    def _refuse_length(self) -> None:
        if len(self.text) > MAX_LENGTH:
            reason = f"the front matter has {len(self.text):,} characters; at most {MAX_LENGTH:,} are read"
            raise self._refused(reason, 0, "Move the text into the body.")
        if sum(self.text.count(sign) for sign in "[{" if sign in self.text) > MAX_BRACKETS:
            raise self._refused(f"there are more than {MAX_BRACKETS:,} brackets", 0, "Nothing real needs as many.")

    def _may_explode(self) -> bool:
        """Return whether the text may hold what must be refused before nodes are made of it. Costs next to nothing."""
        text = self.text
        return (("&" in text or "*" in text or "!" in text) and _SIGNS.search(text) is not None) or (
            len(text) > _LONG_LINE and max(map(len, text.split("\n"))) > _LONG_LINE
        )

    def _refuse_bombs(self, loader: type) -> None:
        """Refuse what would grow, become an object, or lie too deep for the composer, by looking at events alone."""
        depth = 0
        for event in yaml.parse(self.text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            at = event.start_mark.index
            if depth > MAX_DEPTH:
                raise self._too_deep(at)
            if (anchor := getattr(event, "anchor", None)) is not None:
                sign = "alias *" if isinstance(event, yaml.AliasEvent) else "anchor &"
                raise self._refused(f"an {sign}{anchor} is not allowed", at, "Write the value out, or quote it.")
            if (tag := getattr(event, "tag", None)) is not None:
                raise self._refused(f"a tag ({tag}) is not allowed", at, "Write the plain value, or quote it.")

    def _too_deep(self, at: int) -> FrontMatterRefused:
        return self._refused(f"more than {MAX_DEPTH} levels lie inside each other", at, "Flatten them.")

    def _of(self, node: yaml.Node, depth: int) -> object:
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _STR:
                return node.value
            return None if node.tag == _NULL else self._scalar(node)
        if depth > MAX_DEPTH:
            raise self._too_deep(node.start_mark.index)
        if isinstance(node, yaml.SequenceNode):
            return [item.value if item.tag == _STR else self._of(item, depth + 1) for item in node.value]
        return self._mapping(node, depth + 1)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict:
        values: dict = {}
        for key_node, value_node in node.value:
            key = key_node.value if key_node.tag == _STR else self._key(key_node)
            if key in values:
                mend = "Keep one of them; the other value would be lost."
                raise self._refused(f"the key “{key}” comes twice", key_node.start_mark.index, mend)
            # Most are text or nothing: those need no call.
            tag = value_node.tag
            values[key] = value_node.value if tag == _STR else None if tag == _NULL else self._of(value_node, depth)
        return values

    def _key(self, node: yaml.Node) -> Hashable:
        if node.tag == _VALUE:
            return node.value
        if node.tag == _MERGE:
            raise self._refused("a merge (<<) is not allowed", node.start_mark.index, "Write the keys out.")
        if not isinstance(node, yaml.ScalarNode):
            raise self._refused("a key is no single word", node.start_mark.index, "Put quotes round it.")
        return self._scalar(node)

    def _scalar(self, node: yaml.ScalarNode) -> Hashable:
        """Return a scalar that is no text as ``safe_load`` makes it: number, date, yes or no, nothing."""
        if len(node.value) > _LONG_NUMBER:
            reason = f"a number of {len(node.value):,} characters is not read"
            raise self._refused(reason, node.start_mark.index, "Put quotes round it.")
        try:
            return self.loader.construct_object(node)
        except (ValueError, ArithmeticError, yaml.YAMLError) as error:
            shown = node.value if len(node.value) <= 40 else node.value[:40] + "…"
            why = getattr(error, "problem", None) or error
            kind = node.tag.removeprefix(_PREFIX)
            reason = f"“{shown}” looks like a {kind} and is none ({why})"
            raise self._refused(reason, node.start_mark.index, "Correct it, or put quotes round it.") from None
