"""Speed of reading front matter beside PyYAML's own loaders on the same text: documents a second, and ratios.

``python -m benchmarks.frontmatter [--documents 300]`` measures on made-up documents of the production format, the same
ones on every run, and fails if one value differs from that of ``yaml.safe_load``.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable

import yaml

from curation.importer import frontmatter

from . import corpus

ROUNDS = 5


def rate(read: Callable[[object], object], texts: list) -> float:
    """Return documents a second, in the best of five rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for text in texts:
            read(text)
        best = min(best, time.perf_counter() - begun)
    return len(texts) / best


def main() -> int:
    """Print the rates; 1 if a value differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    count = parser.parse_args().documents
    dice, known = random.Random(1), corpus.cast()
    documents = [corpus.document(number, dice, known)[1].encode() for number in range(count)]
    fronts = [frontmatter.read_document(document).front for document in documents]
    differing = sum(
        frontmatter.read(document)[0] != yaml.safe_load(front)
        for document, front in zip(documents, fronts, strict=True)
    )
    kilobytes = sum(map(len, fronts)) / count / 1000
    print(f"{count} documents with {kilobytes:.1f} kB of front matter each; {differing} differ")  # noqa: T201 -- a report
    ours = rate(frontmatter.read, documents)
    others = {
        "PyYAML, C loader": rate(lambda front: yaml.load(front, Loader=yaml.CSafeLoader), fronts),
        "PyYAML, Python loader": rate(yaml.safe_load, fronts[: max(1, count // 10)]),
    }
    print(f"{'frontmatter.read':24}{ours:8,.0f} documents/s")  # noqa: T201 -- a report
    for name, theirs in others.items():
        print(f"{name:24}{theirs:8,.0f} documents/s; ours is {ours / theirs:.2f} times as fast")  # noqa: T201 -- a report
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
