"""Evidence: how often a sentence's span, and what the source lacks of it, is found right; and what it costs.

``python -m benchmarks.evidence [--wrong]`` holds ``curation.evidence.of`` against the pairs of brief and source in
``benchmarks/evidence/*.toml``, written by hand in invented words. The lots ``unseen*.toml`` were written after the
matcher was done and before it was asked about them, one after the other; each was then learned from, and so were the
lots ``colleague*.toml`` of people who have not seen the matcher (``e`` to ``h`` in other kinds of text). So what
pairs of others would give is told by each lot's first run, which decision 37 keeps, and not by the table that this
prints.

* **span**: a sentence that rests on the source is right where paragraph and span are; precision is over all spans
  given, recall over all that there are.
* **not found**: figures and names; one is right where the sentence is said to lack it and does.
* **beside**: the best paragraph by the library alone (``extractOne``), which says own below a score of 50.

Ends with status 1 where precision is below .95, or recall below .85 (span) or .9 (not found), over all pairs.
"""

import argparse
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from rapidfuzz import fuzz, process

from curation import evidence
from curation.evidence import Finding

PAIRS = Path(__file__).with_suffix("")
TARGETS = {"span": (0.95, 0.85), "not found": (0.95, 0.9)}
BEST_OF = 7


@dataclass(frozen=True)
class Expected:
    """A sentence, and what a person says of it; ``words`` are in the span."""

    text: str
    paragraph: int | None
    words: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A brief and its source, the trap it is about, and the file it stands in."""

    file: str
    trap: str
    source: list[str]
    brief: list[Expected]


@dataclass
class Tally:
    """Counts of what was given, what there is, and what of it is right."""

    right: int = 0
    given: int = 0
    there: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


def read() -> Iterator[Pair]:
    """Yield all pairs, file by file."""
    for path in sorted(PAIRS.glob("*.toml")):
        for pair in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]:
            yield Pair(
                path.stem, pair["trap"], [" ".join(lines) for lines in pair["source"]], [*map(_expected, pair["brief"])]
            )


def _expected(line: list[str]) -> Expected:
    where, text, *missing = line
    number, _, words = where.partition(": ")
    return Expected(text, None if where == "own" else int(number), words, tuple(missing))


def by_library_alone(sentences: list[str], paragraphs: list[str]) -> list[Finding]:
    """Return the paragraph that the library finds most alike, and nothing about figures."""
    found = []
    for sentence in sentences:
        best = process.extractOne(sentence, paragraphs, scorer=fuzz.token_set_ratio, score_cutoff=50)
        found.append(Finding("source", best[2] + 1, (0, len(best[0]))) if best else evidence.Finding("own"))
    return found


def judge(pair: Pair, found: list[Finding], spans: Tally, lacks: Tally) -> None:
    """Add one pair's answers to the tallies."""
    for expected, answer in zip(pair.brief, found, strict=True):
        _judge_span(pair, expected, answer, spans)
        _judge_missing(expected, answer, lacks)


def _judge_span(pair: Pair, expected: Expected, answer: Finding, spans: Tally) -> None:
    is_right = answer.paragraph == expected.paragraph and (answer.span is None or _overlaps(pair, expected, answer))
    spans.given += answer.span is not None
    spans.there += expected.paragraph is not None
    spans.right += is_right and answer.span is not None
    if not is_right:
        spans.wrong.append(f"{expected.text}\n      ¶{expected.paragraph}, said {answer.kind} ¶{answer.paragraph}")


def _overlaps(pair: Pair, expected: Expected, answer: Finding) -> bool:
    begin = pair.source[expected.paragraph - 1].index(expected.words)
    return answer.span[0] < begin + len(expected.words) and begin < answer.span[1]


def _judge_missing(expected: Expected, answer: Finding, lacks: Tally) -> None:
    said, due = set(answer.missing), set(expected.missing)
    lacks.given += len(said)
    lacks.there += len(due)
    lacks.right += len(said & due)
    if said != due:
        lacks.wrong.append(f"{expected.text}\n      lacks {sorted(due)}, said {sorted(said)}")


def measure(pairs: list[Pair], matcher: Callable) -> dict[str, tuple[Tally, Tally]]:
    """Return tallies of spans and of what is not found, by file, by trap and over all."""
    tallies: dict[str, tuple[Tally, Tally]] = defaultdict(lambda: (Tally(), Tally()))
    for pair in pairs:
        found = matcher([expected.text for expected in pair.brief], pair.source)
        for key in (f"file {pair.file}", pair.trap, "all"):
            judge(pair, found, *tallies[key])
    return tallies


def costs(pairs: list[Pair]) -> Iterator[tuple[str, float]]:
    """Yield CPU milliseconds of 30 sentences against 3,000 words of 60 paragraphs, ours and the library's alone."""
    random = Random(7)
    paragraphs = [paragraph for pair in pairs for paragraph in pair.source]
    random.shuffle(paragraphs)
    words = " ".join(paragraphs * 3).split()[:3_000]
    source = [" ".join(words[at : at + 50]) for at in range(0, 3_000, 50)]
    brief = random.sample([expected.text for pair in pairs for expected in pair.brief], 30)
    for title, matcher in (("ours", evidence.of), ("library alone", by_library_alone)):
        yield title, min(_milliseconds(matcher, brief, source) for _ in range(BEST_OF))


def _milliseconds(matcher: Callable, brief: list[str], source: list[str]) -> float:
    began = time.process_time()
    matcher(brief, source)
    return (time.process_time() - began) * 1_000


def main() -> int:
    """Print the tables; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wrong", action="store_true", help="print every sentence that was judged wrong")
    options = parser.parse_args()
    pairs = list(read())
    ours = measure(pairs, evidence.of)
    beside = measure(pairs, by_library_alone)
    print(f"{len(pairs)} pairs, {sum(len(pair.brief) for pair in pairs)} sentences")  # noqa: T201 -- it is a report
    print(f"{'':30} {'span':>15} {'not found':>15} {'library, span':>15}")  # noqa: T201
    for key in sorted(ours, key=lambda one: (one == "all", one.startswith("file"), one)):
        _print_row(key, *ours[key], beside[key][0])
    for title, milliseconds in costs(pairs):
        print(f"{title:30} {milliseconds:8.1f} ms CPU for 30 sentences × 3,000 words")  # noqa: T201
    if options.wrong:
        print("\n".join(f"  - {line}" for tally in ours["all"] for line in tally.wrong))  # noqa: T201
    return int(any(_misses(tally, *TARGETS[name]) for name, tally in zip(TARGETS, ours["all"], strict=True)))


def _print_row(key: str, *tallies: Tally) -> None:
    shown = "".join(f"{tally.precision:8.3f} {tally.recall:7.3f}" for tally in tallies)
    print(f"{key:30}{shown}  ({tallies[0].there} spans, {tallies[1].there} not found)")  # noqa: T201


def _misses(tally: Tally, precision: float, recall: float) -> bool:
    return tally.precision < precision or tally.recall < recall


if __name__ == "__main__":
    sys.exit(main())
