"""Small disks: a piece of memory that is mounted, fills up, and may be given more room."""

import contextlib
import shutil
import subprocess
from pathlib import Path

import pytest


class Disk:
    """A mounted file system of ``size`` bytes at ``place``."""

    def __init__(self, place: Path, size: int):
        self.place = place
        place.mkdir(parents=True)
        self._mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs")

    def grow(self, size: int) -> None:
        """Make room: from now on it holds ``size`` bytes."""
        self._mount("-o", f"remount,size={size}")

    def _mount(self, *words):
        subprocess.run(["mount", *words, str(self.place)], check=True, capture_output=True, text=True)

    def end(self) -> None:
        """Take it away with all it holds."""
        subprocess.run(["umount", str(self.place)], check=True, capture_output=True)

    @property
    def free(self) -> int:
        """Bytes that are left."""
        return shutil.disk_usage(self.place).free


@contextlib.contextmanager
def disk(place: Path, size: int):
    """A small disk until the block ends. Skips the test where this user may not mount one."""
    try:
        small = Disk(place, size)
    except (FileNotFoundError, subprocess.CalledProcessError) as refusal:
        pytest.skip(f"no disk can be mounted here: {(getattr(refusal, 'stderr', '') or str(refusal)).strip()}")
    try:
        yield small
    finally:
        small.end()
