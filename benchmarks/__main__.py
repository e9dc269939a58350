"""Every benchmark, one after the other, at sizes that take minutes: ``python -m benchmarks`` or ``make bench``."""

import subprocess
import sys

RUNS = (
    ("front matter", ["benchmarks.frontmatter"]),
    ("import", ["benchmarks.import_rate"]),
    ("pages", ["benchmarks.page_cost", "--sizes", "1000,10000"]),
    ("pictures", ["benchmarks.pictures"]),
    ("reading pages", ["benchmarks.harvest_read"]),
    ("evidence", ["benchmarks.evidence"]),
    ("marks of evidence", ["benchmarks.evidence_marks"]),
    ("memory", ["benchmarks.memory"]),
    ("text made to harm", ["benchmarks.worst_cases"]),
    ("desk", ["benchmarks.desk_cost", "--size", "10000"]),
    ("a curator's waits", ["benchmarks.desk_journey"]),
    ("bulk work and its undoing", ["benchmarks.bulk_undo"]),
    ("suggestions", ["benchmarks.suggestions"]),
    ("suggestions, speed", ["benchmarks.suggestion_speed", "--sizes", "20000"]),
)


def main() -> int:
    """Run them all; the worst exit status is ours."""
    worst = 0
    for title, module in RUNS:
        print(f"\n=== {title} ===", flush=True)  # noqa: T201 -- it is a report
        worst = max(worst, subprocess.run([sys.executable, "-m", *module], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
