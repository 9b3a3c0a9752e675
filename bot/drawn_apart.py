"""Makes files in a process of their own, so that the bot spares neither the core nor the memory that drawing takes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec

from bot import logs
from bot.file_orders import Draw
from bot.files import File

P = ParamSpec("P")


def drawn_apart(work: Callable[P, Sequence[File]], *given: P.args, **named: P.kwargs) -> Draw:
    """What calls a module's function in a fresh interpreter; what is given to it goes there as a copy."""

    def draw() -> Sequence[File]:
        spawn = multiprocessing.get_context("spawn")  # not a fork: the bot has threads
        with ProcessPoolExecutor(1, mp_context=spawn, initializer=logs.set_up, initargs=("warning",)) as pool:
            return pool.submit(work, *given, **named).result()

    return draw
