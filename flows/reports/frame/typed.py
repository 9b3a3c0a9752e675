"""What somebody types behind /report, in any order: a report, a department, a manager, a cycle, and rows by what."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from flows.core.refusal import Refusal
from flows.core.words import Words, join, same

Part = Literal["report", "by", "cycle", "whose"]

LONGEST = 300  # signs that are looked at; no department and cycle together have as many
MOST_NAMED = 8
NEAR = 0.75  # how alike two names are that one may have meant
TWO = Words(
    "There are several that read alike: {names}. Type the one you mean in exactly these letters.",
    "有多个名称相近：{names}。请完全按原样输入。",
)
UNKNOWN = Words(
    "I find no report, department, manager or cycle “{said}” here.",
    "这里没有找到名为“{said}”的报告、部门、上级或周期。",
)
MEANT = Words(" Did you mean “{near}”?", "你是想输入“{near}”吗？")
THERE_IS = Words(" There is: {names}.", "可以选择：{names}。")


@dataclass(frozen=True, slots=True)
class Choice:
    """One name that can be typed, and what it stands for: for a cycle its id, for a scope as it is written."""

    part: Part
    name: str
    value: str


Known = dict[tuple[str, ...], list[Choice]]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was found of each part, and the words in between that are none of the names."""

    found: Mapping[Part, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def understood(text: str, choices: Iterable[Choice]) -> Understood:
    """Read so that the fewest words are left over, and longer names come first.

    Refuses, naming both, where two are written alike and neither is typed exactly.
    """
    words = unicodedata.normalize("NFKC", text[:LONGEST]).split()
    known: Known = {}
    for choice in choices:
        known.setdefault(folded(choice.name), []).append(choice)
    found, left = read(words, 0, known, {})
    unknown: list[list[str]] = []
    for nth, at in enumerate(left):
        if nth and left[nth - 1] == at - 1:
            unknown[-1].append(words[at])
        else:
            unknown.append([words[at]])
    return Understood(found, tuple(" ".join(some) for some in unknown))


def read(
    words: Sequence[str], at: int, known: Known, found: Mapping[Part, str]
) -> tuple[Mapping[Part, str], list[int]]:
    """What is found from a word on, and the places of the words that are left over.

    Each part is said once, so that there are few ways to read even a long text.
    """
    if at >= len(words):
        return found, []
    best: tuple[Mapping[Part, str], list[int]] | None = None
    for size in range(min(max(map(len, known), default=0), len(words) - at), 0, -1):
        if choice := match(words[at : at + size], known, found):
            way = read(words, at + size, known, {**found, choice.part: choice.value})
            if best is None or len(way[1]) < len(best[1]):
                best = way
    if best is not None:
        return best
    found, left = read(words, at + 1, known, found)
    return found, [at, *left]


def match(some: Sequence[str], known: Known, found: Mapping[Part, str]) -> Choice | None:
    """What these words name, of a part that was not said yet."""
    named = [one for one in known.get(folded(" ".join(some)), ()) if one.part not in found]
    first = [one for one in named if one.part == named[0].part]
    exact = [one for one in first if unicodedata.normalize("NFKC", one.name).split() == list(some)]
    if len({one.value for one in first}) > 1 and len(exact) != 1:
        names = dict.fromkeys(one.name for one in first)
        raise Refusal(TWO, names=join(same(f"“{name}”") for name in names))
    return next(iter(exact or first), None)


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without what does not tell it from another: large letters, widths, spaces."""
    return tuple(unicodedata.normalize("NFKC", name).casefold().split())


def not_found(said: str, choices: Sequence[Choice]) -> Refusal:
    """The no to a name that there is not, or not for this reader: what there is, and what may have been meant."""
    names = list(dict.fromkeys(choice.name for choice in choices))
    by_fold = {" ".join(folded(name)): name for name in names}
    near = difflib.get_close_matches(" ".join(folded(said)), list(by_fold), n=1, cutoff=NEAR)
    words = UNKNOWN.fill(said=said[:60])
    if near:
        return Refusal(words + MEANT.fill(near=by_fold[near[0]]))
    first = list({(choice.part, choice.value): choice.name for choice in reversed(choices)}.values())[::-1]
    shown = [same(name) for name in first[:MOST_NAMED]]
    more = [same("…")] if len(first) > MOST_NAMED else []
    return Refusal(words + THERE_IS.fill(names=join([*shown, *more])))
