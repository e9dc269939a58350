"""A process of its own for what strangers' files may break: little memory, little time, no environment, no secrets."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

MEGABYTE = 1_000_000
#: Sets the limits, then runs the script: what it loads comes under them already.
_BOOT = """
import json, resource, runpy, sys
for name, most in json.loads(sys.argv[1]).items():
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):
        pass  # a system without this limit; Linux has them all
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(
    script: Path,
    *wishes: str,
    data: bytes,
    memory: int,
    calculating: int,
    seconds: float,
    written: int,
    has_threads: bool = False,
) -> tuple[bytes, bool]:
    """Run a script with ``data`` on its standard input; give ``(bytes, bool)``: what it wrote, and if it ended well.

    ``memory`` in bytes of address space, ``calculating`` in seconds of CPU, ``seconds`` on the clock, ``written`` in
    bytes that are read of what it wrote. What it wrote before it was ended counts. Without ``has_threads`` it can start
    neither threads nor processes.
    """
    limits = {"RLIMIT_AS": memory, "RLIMIT_CPU": calculating, "RLIMIT_FSIZE": written}
    limits |= {"RLIMIT_NOFILE": 32, "RLIMIT_CORE": 0} | ({} if has_threads else {"RLIMIT_NPROC": 0})
    # No environment goes along, so none of our secrets does; ``-I`` because nothing near the script is to be found.
    asked = [sys.executable, "-I", "-c", _BOOT, json.dumps(limits), str(script), *wishes]
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(
                asked, input=data, stdout=said, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=seconds
            )
        except subprocess.TimeoutExpired:
            done = None
        said.seek(0)
        return said.read(written), done is not None and done.returncode == 0
