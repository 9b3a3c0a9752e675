"""One grammar for every command: its longest known beginning, then what it is about."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from flows.core.refusal import Refusal
from flows.core.words import Words, same

HELP = ("help", "帮助", "?", "？")


def is_help(name: str, said: str) -> bool:
    """Whether `said` asks what there is under the command `name`."""
    return said in tuple(f"{name} {word}" for word in HELP)


def meant(said: str, known: Iterable[str]) -> tuple[str, str]:
    """The command and what it is about; refuses what is unknown with the one that was probably meant."""
    names = sorted(known, key=len, reverse=True)
    for name in names:
        if said == name or said.startswith(name + " "):
            return name, said[len(name) :].strip()
    raise did_you_mean(said, names)


def did_you_mean(said: str, known: Iterable[str]) -> Refusal:
    """The no to something that is no command, or takes no such words."""
    near = difflib.get_close_matches(said[:60], list(known), n=1, cutoff=0.5)
    words = Words("I don't know /{said}.", "我不认识 /{said}。").fill(said=same(said[:60]))
    if near:
        words += Words(" Did you mean /{near}?", " 你是想输入 /{near} 吗？").fill(near=near[0])
    return Refusal(words + Words(" /perf shows everything you can do.", " 输入 /perf 查看所有功能。"))
