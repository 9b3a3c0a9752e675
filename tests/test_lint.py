"""Style and types are checked with the tests, by the very line that everybody runs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("check", ["ruff check", "ruff format --check", "mypy --strict"])
def test_the_code_passes(check: str) -> None:
    tool, *options = check.split()
    targets = ["."] if tool == "ruff" else []  # mypy's are in pyproject.toml
    ended = subprocess.run(
        [sys.executable, "-m", tool, *options, *targets],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
