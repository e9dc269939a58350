"""Costs of pictures and covers beside the least Pillow could do: ``python -m benchmarks.pictures``.

The floor is a bare open, thumbnail and save of the same file as one JPEG, in the same process; every line is a ratio to
it. Photographs are drawn from seeded noise, so every machine measures the same work.
"""

import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image

from curation import images
from curation.images import covers

SIZES = ((712, 400), (1200, 800), (1600, 1067), (2400, 1600))
ROUNDS = 5


def photograph(size: tuple[int, int], seed: int) -> bytes:
    """Return a JPEG with the soft shapes and the grain of a photograph, the same for a seed on every machine."""
    chance = Random(seed)
    soft = Image.frombytes("RGB", (12, 8), chance.randbytes(288)).resize(size, Image.Resampling.BICUBIC)
    tile = Image.frombytes("RGB", (256, 256), chance.randbytes(196_608))
    grain = tile.resize(size, Image.Resampling.BICUBIC)
    file = BytesIO()
    Image.blend(soft, grain, 0.12).save(file, "JPEG", quality=85)
    return file.getvalue()


def bare(data: bytes) -> None:
    """Make one JPEG of one picture, with nothing checked and nothing stripped: the floor."""
    picture = Image.open(BytesIO(data))
    picture.thumbnail((1600, 1600))
    picture.save(BytesIO(), "JPEG")


def seconds(work: Callable, *given) -> float:
    """Return the median CPU time of one call; CPU, because other work may share the machine."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work(*given)
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def measured_pictures() -> list[tuple[str, float, str]]:
    """Return ``(what, CPU seconds each, note)``, mean over the sizes; bare Pillow first."""
    files = [photograph(size, seed) for seed, size in enumerate(SIZES)]
    taken = [images.decode_picture(data) for data in files]
    masters = [(each.name, each.master) for each in taken]
    made = [images.renditions(*master, (*images.AT_ONCE, *images.LATER)) for master in masters]
    weights = {
        form: sum(len(each.data) for each in sum(made, []) if each.format == form) / len(files) / 1000
        for form in ("jpeg", "webp", "avif")
    }

    def at_once(data: bytes) -> None:
        whole = images.decode_picture(data)
        images.renditions(whole.name, whole.master)

    return [
        ("bare open, thumbnail, save", statistics.mean(seconds(bare, data) for data in files), "one JPEG"),
        ("take", statistics.mean(seconds(images.decode_picture, data) for data in files), "check, strip, master"),
        (
            "take, JPEG and WebP ladder",
            statistics.mean(seconds(at_once, data) for data in files),
            f"{weights['jpeg']:.0f} and {weights['webp']:.0f} kB a ladder",
        ),
        (
            "AVIF ladder, in the worker",
            statistics.mean(seconds(images.renditions, *master, images.LATER) for master in masters),
            f"{weights['avif']:.0f} kB a ladder",
        ),
    ]


def measured_covers() -> list[tuple[str, float, str]]:
    """Return the median cover of every motif, uncached."""
    found = []
    for motif in covers.MOTIFS:
        names = [f"{motif}-{seed % 36}-{seed:08x}{'-Rx' * (motif == 'letters')}.svg" for seed in range(20)]
        costs = [seconds(covers.draw.__wrapped__, name) for name in names]
        size = statistics.median(len(covers.draw.__wrapped__(name)) for name in names)
        found.append((f"cover: {motif}", statistics.median(costs), f"{size / 1000:.1f} kB"))
    return found


def main() -> None:
    rows = measured_pictures() + measured_covers()
    floor = rows[0][1]
    sys.stdout.write(f"{'':30}{'ms':>9}{'per s':>9}{'× bare':>9}\n")
    for what, cost, note in rows:
        sys.stdout.write(f"{what:30}{cost * 1000:9.2f}{1 / max(cost, 1e-6):9.0f}{cost / floor:9.2f}  {note}\n")
    every = statistics.mean(cost for what, cost, _ in rows if what.startswith("cover"))
    sys.stdout.write(f"\nCovers, all motifs: {1 / every:.0f} a second, {every / floor:.2f} × bare.\n")


if __name__ == "__main__":
    main()
