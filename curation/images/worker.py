"""Worker that takes one picture in a process of its own: bytes on standard input, a line of JSON and bytes on output.

Run by ``untrusted`` in the ``sandbox``, and by nothing else: some small files unpack to gigabytes, whatever they say
first.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from curation.images import PictureRefused, decode_picture
from curation.images.icons import decode_icon


def main(wish: str) -> None:
    """Read standard input, and write what was wished for: ``picture`` or ``icon``, or why it is refused."""
    data = sys.stdin.buffer.read()
    try:
        kept = decode_icon(data) if wish == "icon" else decode_picture(data)
    except PictureRefused as refusal:
        _write_answer({"refused": [refusal.what, refusal.why, refusal.mend]})
        return
    body = "data" if wish == "icon" else "master"
    _write_answer({name: getattr(kept, name) for name in kept.__slots__ if name != body}, getattr(kept, body))


def _write_answer(facts: dict, body: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
