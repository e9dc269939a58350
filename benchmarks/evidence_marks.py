"""CPU that a page pays for the marks of evidence, where findings are not known yet, and where they are.

    python -m benchmarks.evidence_marks

A brief of thirty sentences is held against texts of the benchmark of evidence, put together to 3,000 words, and against
as much as is searched at most. “cutting” is the part that divides the brief into its sentences. Prints the best of
seven, in milliseconds; the budget is 10 ms where findings are known.
"""

import os
import time
from collections.abc import Callable
from itertools import count
from random import Random

import django

from .evidence import read

BEST_OF = 7


def main() -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medigy.settings")
    django.setup()
    from curation.editing import evidence_marks  # noqa: PLC0415 -- settings come first

    content, words = _brief_and_words()
    rounds = count(time.time_ns())  # a brief that was never asked about
    for length in (3_000, 80_000):
        source = (words * (length // len(words) + 1))[:length]
        paragraphs = tuple(" ".join(source[at : at + 50]) for at in range(0, length, 50))
        texts = [evidence_marks.Text(1, "a.example", paragraphs)]

        def unknown(texts=texts):
            evidence_marks.marks_of(content | {"standfirst": f"Round {next(rounds)}."}, texts)

        rows = {"unknown": unknown, "known": lambda texts=texts: evidence_marks.marks_of(content, texts)}
        for title, asked in rows.items():
            print(f"{length:7,} words, {title:8} {_milliseconds(asked):8.1f} ms CPU")  # noqa: T201 -- it is a report
    cutting = _milliseconds(lambda: evidence_marks.sentences_of(content))
    print(f"of it cutting {cutting:17.1f} ms CPU")  # noqa: T201


def _brief_and_words() -> tuple[dict, list[str]]:
    """Return thirty sentences as a snapshot has them, and the words of all sources in an order of their own."""
    pairs, random = list(read()), Random(7)
    paragraphs = [paragraph for pair in pairs for paragraph in pair.source]
    random.shuffle(paragraphs)
    told = random.sample([expected.text for pair in pairs for expected in pair.brief], 30)
    body = "".join(f"<p>{' '.join(told[at : at + 5])}</p>" for at in range(0, 30, 5))
    return {"standfirst": "", "body": body, "evidence": []}, " ".join(paragraphs).split()


def _milliseconds(asked: Callable) -> float:
    """Return the CPU of the quickest of some runs."""
    took = []
    for _ in range(BEST_OF):
        began = time.process_time()
        asked()
        took.append((time.process_time() - began) * 1_000)
    return min(took)


if __name__ == "__main__":
    main()
