"""TOML and JSON as values, within the bounds that YAML has here; refusals name their line."""

import json
import re
import tomllib
from collections import Counter

from .refusal import FrontMatterRefused
from .values import MAX_BRACKETS, MAX_DEPTH, MAX_LENGTH

_DOTS = 1_000  # in a line: a dotted key takes time by the square of its parts
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def load(text: str, syntax: str, first_line: int, name: str = "") -> dict:
    """Return the values of front matter in ``toml`` or ``json``; raise ``FrontMatterRefused`` with line and reason.

    ``first_line`` is the line of the file the text begins on.
    """
    _refuse_bombs(text, first_line, name)
    try:
        found = tomllib.loads(text) if syntax == "toml" else json.loads(text or "{}", object_pairs_hook=_once)
    except RecursionError:
        raise _too_deep(first_line, name) from None
    except json.JSONDecodeError as fault:
        raise _refused(f"this is no JSON: {fault.msg}", first_line + fault.lineno - 1, name) from None
    except ValueError as fault:
        raise _no_values(str(fault), syntax, first_line, name) from None
    if not isinstance(found, dict):
        raise _refused("the front matter is no list of keys and values", first_line, name)
    _refuse_depth(found, first_line, name)
    return found


def end_of_json(text: str, at: int, name: str = "") -> int:
    """Return where the JSON object that begins at ``at`` ends; raise ``FrontMatterRefused`` where it is none."""
    line = text.count("\n", 0, at) + 1
    try:
        return _JSON.raw_decode(text, at)[1]
    except json.JSONDecodeError as fault:
        raise _refused(f"this is no JSON: {fault.msg}", fault.lineno, name) from None
    except RecursionError:
        raise _too_deep(line, name) from None
    except ValueError as fault:
        raise _no_values(str(fault), "json", line, name) from None


_JSON = json.JSONDecoder()


def _once(pairs):
    """Return an object's values; a key that comes twice is refused, for one of the values would vanish."""
    values = dict(pairs)
    if len(values) < len(pairs):
        double = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key “{double}” comes twice")
    return values


def _no_values(reason, syntax, first_line, name):
    place = _PLACE.search(reason)
    line = first_line + (int(place[1]) - 1 if place and place[1] else 0)
    return _refused(f"this is no {syntax.upper()}: {_PLACE.sub('', reason)}", line, name)


def _refuse_bombs(text, first_line, name):
    if len(text) > MAX_LENGTH:
        reason = f"the front matter has {len(text):,} characters; at most {MAX_LENGTH:,} are read"
        raise _refused(reason, first_line, name, "Move the text into the body.")
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        reason = f"there are more than {MAX_BRACKETS:,} brackets"
        raise _refused(reason, first_line, name, "Nothing real needs as many.")
    for number, line in enumerate(text.split("\n") if text.count(".") > _DOTS else ()):
        if line.count(".") > _DOTS:
            raise _refused(f"a line has more than {_DOTS:,} full stops", first_line + number, name, "Break the line.")


def _refuse_depth(found, first_line, name):
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise _too_deep(first_line, name)
        inner = [item for holder in level for item in (holder.values() if isinstance(holder, dict) else holder)]
        level = [item for item in inner if isinstance(item, dict | list)]


def _too_deep(line, name):
    return _refused(f"more than {MAX_DEPTH} levels lie inside each other", line, name, "Flatten them.")


def _refused(reason, line, name, mend="Check quotes, brackets and signs there."):
    return FrontMatterRefused(reason, line=line, name=name, mend=mend)
