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


async def run(name: str) -> None:
    """Run one of `known`, whether its `run` is a coroutine or a plain function."""
    start: Callable[[], Any] = import_module(f"bot.bench.{name}").run
    ending = start()
    if inspect.isawaitable(ending):
        await ending
