"""The benches that `perfloop bench` knows: every module in bot/bench that has a `run`."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def known() -> dict[str, str]:
    """Every bench's name with the first line of its docstring; empty when there are none."""
    folder = find_spec("bot.bench")
    places = list(folder.submodule_search_locations or ()) if folder else []
    found = {}
    for module in pkgutil.iter_modules(places):
        bench = import_module(f"bot.bench.{module.name}")
        if callable(getattr(bench, "run", None)):
            found[module.name] = (bench.__doc__ or "").partition("\n")[0]
    return found


def measures_postgresql(name: str) -> bool:
    """Whether the bench can do without PostgreSQL, or with it."""
    return "with_postgresql" in inspect.signature(_start_of(name)).parameters


async def run(name: str, *, with_postgresql: bool | None = None) -> None:
    """Run one of `known`, whether its `run` is a coroutine or a plain function.

    `with_postgresql` is for those that measure it on request; None leaves it to the bench.
    """
    given = {} if with_postgresql is None else {"with_postgresql": with_postgresql}
    ending = _start_of(name)(**given)
    if inspect.isawaitable(ending):
        await ending


def _start_of(name: str) -> Callable[..., Any]:
    start: Callable[..., Any] = import_module(f"bot.bench.{name}").run
    return start
