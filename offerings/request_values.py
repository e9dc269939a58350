"""Values out of requests, read in one place: numbers, keys and JSON as they are meant, or nothing, never an exception.

Browsers send what forms offer; anything else may send anything. Whoever reads a number or JSON that came with a
request asks here, and decides what “nothing” means there.
"""

import json
from uuid import UUID

#: The largest number that a column of the database holds.
LARGEST = 2**63 - 1


def whole_number(value: object, *, most: int = LARGEST) -> int | None:
    """Return a whole number from 0 to ``most`` that is written in plain digits; None for anything else."""
    text = str(value)
    if len(text) > len(str(LARGEST)) or not (text.isascii() and text.isdecimal()):
        return None
    return number if (number := int(text)) <= most else None


def unique_id(value: object) -> UUID | None:
    """Return the UUID that is written, or None."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def json_value(text: str, kind: type = dict):
    """Return what JSON says, where it is of this ``kind``; else an empty one.

    Python also reads ``NaN`` and ``Infinity``, which no other program does, and stops at some depth: both are nothing.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return kind()
    return value if isinstance(value, kind) else kind()


def json_body(request, kind: type = dict):
    """Return what the JSON that was sent says, as ``json_value`` does. A form that was sent instead is read by now."""
    return kind() if request.content_type in _FORMS else json_value(request.body, kind)


_FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}


def _refuse(name):
    raise ValueError(f"{name} is no JSON.")
