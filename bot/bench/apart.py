"""Runs a piece of work in a process of its own and says what memory it took there."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

from bot import logs

P = ParamSpec("P")
T = TypeVar("T")

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MIB = 1024  # in what /proc counts in


@dataclass(frozen=True, slots=True)
class Apart(Generic[T]):
    """What the work gave, and the MiB by which the process grew at most; None where the system does not tell."""

    value: T
    growth: float | None


def apart(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> Apart[T]:
    """Run a module's function in a fresh interpreter; what it raises is raised here."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, work, *given, **named).result()  # type: ignore[arg-type]


def _measured(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> Apart[T]:
    logs.set_up("error")
    before = _held("VmRSS")
    if before is not None:
        CLEAR.write_text("5")  # the highest so far is forgotten
    value = work(*given, **named)
    most = _held("VmHWM")
    return Apart(value, None if before is None or most is None else (most - before) / MIB)


def _held(name: str) -> int | None:
    if not (STATUS.exists() and CLEAR.exists()):
        return None
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith(name))
