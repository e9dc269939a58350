"""The tests: they mirror the packages. Where the project lies, and where real documents may lie beside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
