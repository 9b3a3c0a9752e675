"""Reads a dropped file in a process of its own, with little memory and time: a hostile one ends there, not the bot."""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection

from bot.unreadable import Unreadable
from flows.core.words import Words
from flows.goals.importing.dropped import Table

MEMORY = 2 << 30  # bytes of address space; a sheet of 50,000 lines needs a tenth
SECONDS = 30  # of a core's time
PATIENCE = 60.0  # seconds for all of it

TOO_HARD = Words(
    "The file takes too much to read. Please keep only the sheet to import, save it as .csv, and drop it again.",
    "读取这个文件所需资源过多。请只保留要导入的工作表，另存为 .csv 后重新发送。",
)


def read_apart(content: bytes, patience: float = PATIENCE) -> Table:
    """The table in a file. Blocks until it is read; raises Unreadable, also where it took too much."""
    # Not a fork: the bot has threads, whose locks a copy would hold for ever.
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=work, args=(theirs, content), daemon=True, name="sheet")
    process.start()
    theirs.close()
    try:
        said = ours.recv() if ours.poll(patience) else TOO_HARD
    except (EOFError, OSError):  # it died without a word: out of memory or time
        said = TOO_HARD
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(said, Words):
        raise Unreadable(said)
    table: Table = said
    return table


def work(to: Connection, content: bytes) -> None:
    """What the process does: read, and say the table or why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from bot.dropped_sheet import read_sheet

    try:
        to.send(read_sheet(content))
    except Unreadable as no:
        to.send(no.words)
    except MemoryError:
        to.send(TOO_HARD)
