"""Memory that a web process keeps after many saves: ``python -m benchmarks.memory [--saves 2000]``, on no database."""

import argparse
import os
import tempfile
from pathlib import Path


def resident() -> float:
    """Megabytes this process holds of its own: without pages of files that are mapped."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def main() -> None:
    """Save bodies that differ, through what a save asks of texts, and print what is held on the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=2_000)
    saves = parser.parse_args().saves
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{folder}/m.sqlite3"}
        begun = run(saves)
    print(f"{saves} saves: {begun[0]:.0f} MB before, {begun[1]:.0f} MB after a tenth, {begun[2]:.0f} MB at the end")  # noqa: T201 -- it is a report


def run(saves: int) -> tuple[float, float, float]:
    import django  # noqa: PLC0415 -- only after the settings are named

    django.setup()
    from curation.suggestions import word_forms  # noqa: PLC0415 -- only after Django is set up
    from curation.text import prose  # noqa: PLC0415 -- the same

    before, tenth = resident(), 0.0
    for number in range(saves):
        paragraph = " ".join(f"word{number}x{place}" for place in range(400))
        body = prose.clean(f"<p>{paragraph}</p>" * 8)
        said = prose.text(body)
        prose.standfirst(said)
        prose.minutes(body)
        word_forms.tokens(said)
        tenth = resident() if number == saves // 10 else tenth
    return before, tenth, resident()


if __name__ == "__main__":
    main()
