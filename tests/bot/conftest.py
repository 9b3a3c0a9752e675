"""What the tests of the running program share: logging that is put back, and a command line to type at."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import structlog

from bot.__main__ import main


@pytest.fixture(autouse=True)
def logging_is_put_back() -> Iterator[None]:
    """Each test may set logging up; the next one finds it as it was."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


CommandLine = Callable[..., Ended]


@pytest.fixture
def perfloop(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`perfloop("import", file, PERFLOOP_PORT="1")` runs a command with these settings and no others."""

    def run(*arguments: object, **environ: str) -> Ended:
        for name in [name for name in os.environ if name.startswith(("PERFLOOP_", "SLACK_"))]:
            monkeypatch.delenv(name)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["perfloop", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run
