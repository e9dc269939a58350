"""The set-up on machines of every kind: each is a made-up HOME and PATH, on a copy of what the script needs."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

# What the script uses besides Python; a made-up machine has these and nothing else.
TOOLS = ("sh", "dirname", "tr", "cat", "rm", "mv", "cksum", "mkdir", "env", "printf", "grep")
# Stands for a Python: runs the real one, except that it installs nothing and names its version as told.
PYTHON = """#!/bin/sh
case "$*" in
    *"pip install"*) echo "pip install" >> "{log}"; exit 0 ;;
    *"-m venv"*) exec "{real}" -m venv --without-pip --symlinks "$3" ;;
    "--version") echo "Python {version}"; exit 0 ;;
    *version_info*) {verdict} ;;
esac
exec "{real}" "$@"
"""
BROKEN_SHIM = """#!/bin/sh
echo "pyenv: $0: command not found" >&2
exit 127
"""


class Machine:
    """A checkout, a home and a PATH, all empty but for the tools."""

    def __init__(self, folder):
        self.site, self.home, self.bin = folder / "site", folder / "home", folder / "bin"
        self.log = folder / "log"
        for place in (self.site / "requirements", self.home, self.bin):
            place.mkdir(parents=True)
        shutil.copy(ROOT / "requirements/setup.sh", self.site / "requirements")
        (self.site / "requirements/development.txt").write_text("# nothing to install\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def program(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def python(self, path, version="3.13.1", good=True):
        verdict = "exit 0" if good else "exit 1"
        self.program(path, PYTHON.format(real=sys.executable, version=version, verdict=verdict, log=self.log))

    def shim(self, name):
        self.program(self.bin / name, BROKEN_SHIM)

    def uv(self, *, brings=None):
        """A stand-in for uv that logs what it is asked and brings a Python when told to install one."""
        python = self.home / "from-uv/bin/python3"
        if brings:
            self.python(self.home / "hidden", brings)
        self.program(
            self.bin / "uv",
            f"""#!/bin/sh
echo "uv $*" >> "{self.log}"
case "$1 $2" in
    "--version ") echo "uv 0.0" ;;
    "python install") [ -f "{self.home}/hidden" ] || exit 1
        mkdir -p "{python.parent}"; mv "{self.home}/hidden" "{python}" ;;
    "python find") echo "{python}" ;;
esac
""",
        )

    def set_up(self, **given):
        environment = {"HOME": str(self.home), "PATH": str(self.bin)} | given
        command = ["/bin/sh", str(self.site / "requirements/setup.sh")]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    @property
    def asked(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_python_on_the_path_is_taken(machine):
    machine.python(machine.bin / "python3.12", "3.12.9")
    done = machine.set_up()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Making .venv with Python 3.12.9 ({machine.bin}/python3.12)." in done.stdout
    assert (machine.site / ".venv/bin/python").exists()
    assert machine.asked == []  # the packages went through the new environment's own pip


@pytest.fixture(autouse=True)
def _pip(machine):
    """In a made-up machine the new environment's pip is a module that installs nothing."""
    pip = machine.site / "pip"
    pip.mkdir()
    (pip / "__init__.py").touch()
    (pip / "__main__.py").write_text(
        f"import sys; open({str(machine.log) + '.pip'!r}, 'a').write(' '.join(sys.argv[1:]))"
    )


def pip_was_asked(machine):
    log = Path(f"{machine.log}.pip")
    return log.read_text() if log.exists() else ""


def test_the_lock_is_installed_with_its_hashes(machine):
    machine.python(machine.bin / "python3")
    machine.set_up()
    assert "install --quiet" in pip_was_asked(machine)
    assert pip_was_asked(machine).endswith("--require-hashes -r requirements/development.txt")


def test_an_old_python3_and_failing_shims_do_not_hide_a_python_in_pyenv(machine):
    machine.python(machine.bin / "python3", "3.11.7", good=False)
    machine.shim("python3.13")
    machine.shim("python3.12")
    machine.shim("uv")
    machine.python(machine.home / ".pyenv/versions/3.11.7/bin/python3", "3.11.7", good=False)
    machine.python(machine.home / ".pyenv/versions/3.13.0/bin/python3", "3.13.0")
    done = machine.set_up()
    assert done.returncode == 0
    assert "Python 3.13.0 (" in done.stdout
    assert ".pyenv/versions/3.13.0/bin/python3" in done.stdout


def test_a_shim_that_fails_does_not_hide_the_same_name_further_along_the_path(machine, tmp_path):
    machine.shim("python3.13")
    machine.python(tmp_path / "usr/bin/python3.13")
    done = machine.set_up(PATH=f"{machine.bin}:{tmp_path}/usr/bin")
    assert f"{tmp_path}/usr/bin/python3.13" in done.stdout


@pytest.mark.parametrize(
    "place",
    [
        ".local/share/uv/python/cpython-3.13.0-linux-x86_64-gnu/bin/python3",
        ".asdf/installs/python/3.12.4/bin/python3",
        ".local/share/mise/installs/python/3.14.0/bin/python3",
    ],
)
def test_a_python_that_another_tool_keeps_is_found(machine, place):
    machine.python(machine.home / place)
    assert f"({machine.home}/{place})" in machine.set_up().stdout


def test_uv_brings_a_python_where_there_is_none(machine):
    machine.python(machine.bin / "python3", "3.11.7", good=False)
    machine.uv(brings="3.13.5")
    done = machine.set_up()
    assert done.returncode == 0
    assert "No Python 3.12 or newer is here; asking uv for one." in done.stderr
    assert f"Making .venv with Python 3.13.5 ({machine.home}/from-uv/bin/python3)." in done.stdout
    asked = [line for line in machine.asked if line != "uv --version"]
    assert asked[:2] == ["uv python install 3.13", "uv python find 3.13"]
    assert asked[2].startswith("uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/")


@pytest.mark.parametrize("uv", ["absent", "broken", "helpless"])
def test_without_any_python_it_stops_with_one_clear_sentence(machine, uv):
    if uv == "broken":
        machine.shim("uv")
    if uv == "helpless":
        machine.uv()
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "Medigy needs Python 3.12 or newer and found none that runs: "
        "install one (or uv, which brings its own) and try again."
    )
    assert not (machine.site / ".venv").exists()


def test_a_python_without_venv_is_named_with_its_remedy(machine):
    machine.program(machine.bin / "python3", '#!/bin/sh\ncase "$*" in *"-m venv"*) exit 1;; esac\nexit 0\n')
    done = machine.set_up()
    assert done.returncode == 1
    assert "cannot make a virtual environment: install its venv package (on Debian: python3-venv) or uv" in done.stderr


def test_the_environment_file_has_a_random_key_and_is_private(machine):
    machine.python(machine.bin / "python3")
    machine.set_up()
    file = machine.site / ".env"
    lines = dict(line.split("=", 1) for line in file.read_text().splitlines() if not line.startswith("#"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert lines["SITE_URL"] == "http://127.0.0.1:8000"
    assert len(lines["SECRET_KEY"]) >= 50
    assert len(set(lines["SECRET_KEY"])) > 15


def test_a_second_run_does_nothing_and_says_nothing(machine):
    machine.python(machine.bin / "python3")
    machine.set_up()
    before, asked = (machine.site / ".env").read_text(), pip_was_asked(machine)
    done = machine.set_up()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (machine.site / ".env").read_text() == before
    assert pip_was_asked(machine) == asked


def test_a_changed_lock_is_installed_again(machine):
    machine.python(machine.bin / "python3")
    machine.set_up()
    (machine.site / "requirements/development.txt").write_text("# one more\n")
    assert machine.set_up().stdout == "Installing the locked packages.\n"


def test_an_install_that_failed_is_tried_again(machine):
    machine.python(machine.bin / "python3")
    (machine.site / "pip/__main__.py").write_text("raise SystemExit(1)")
    done = machine.set_up()
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    (machine.site / "pip/__main__.py").write_text("")
    assert machine.set_up().returncode == 0


def test_an_environment_whose_python_is_gone_is_made_again(machine):
    machine.python(machine.bin / "python3")
    machine.set_up()
    link = machine.site / ".venv/bin/python"
    link.unlink()
    link.symlink_to("/nowhere/python")
    assert "Making .venv with" in machine.set_up().stdout


def test_it_is_plain_sh():
    dash = shutil.which("dash")
    if not dash:
        pytest.skip("dash is not on this machine")
    subprocess.run([dash, "-n", str(ROOT / "requirements/setup.sh")], check=True)


def test_no_version_file_is_in_the_way_of_shims():
    assert not (ROOT / ".python-version").exists()


@pytest.mark.parametrize("lock", ["production", "development"])
def test_the_locks_are_hashed_and_name_no_index(lock):
    lines = (ROOT / f"requirements/{lock}.txt").read_text().splitlines()
    pins = [line for line in lines if line[:1].isalpha()]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert [line for line in lines if "://" in line or "index-url" in line] == []
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    parts = [line for line in text.splitlines() if line.startswith('    "') and ">=" in line]
    assert len(parts) > 20
    assert [line for line in parts if "# " not in line] == []


def test_it_finds_its_own_checkout_from_anywhere(machine):
    machine.python(machine.bin / "python3")
    done = subprocess.run(
        ["/bin/sh", str(machine.site / "requirements/setup.sh")],
        env={"HOME": str(machine.home), "PATH": str(machine.bin)},
        cwd=os.sep,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert (machine.site / ".venv").is_dir()
