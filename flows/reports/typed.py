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
NEAR = 0.6  # how alike two names are that one may have meant
TWO = Words(
    "There are several that read alike: {names}. Type the one you mean in exactly these letters.",
    "有多个名称相近：{names}。请完全按原样输入。",
)
UNKNOWN = Words(
    "I find no report, department, manager or cycle “{said}” here.",
    "这里没有找到名为“{said}”的报告、部门、上级或周期。",
)
MEANT = Words(" Did you mean “{near}”?", " 你是想输入“{near}”吗？")
THERE_IS = Words(" There is: {names}.", " 可以选择：{names}。")


@dataclass(frozen=True, slots=True)
class Choice:
    """One name that can be typed, and what it stands for: for a cycle its id, for a scope as it is written."""

    part: Part
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What was found of each part, and the words in between that are none of the names."""

    found: Mapping[Part, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def understood(text: str, choices: Iterable[Choice]) -> Understood:
    """Read from the left, the longest name first. Letters count only where two names differ in nothing else.

    Refuses, naming both, where two are written alike and neither is typed exactly.
    """
    words = unicodedata.normalize("NFKC", text[:LONGEST]).split()
    known: dict[tuple[str, ...], list[Choice]] = {}
    for choice in choices:
        known.setdefault(folded(choice.name), []).append(choice)
    longest = max(map(len, known), default=0)
    found: dict[Part, str] = {}
    unknown: list[list[str]] = []
    at, gap = 0, False
    while at < len(words):
        size, choice = match(words, at, longest, known, found)
        if choice is not None:
            found[choice.part] = choice.value
        elif gap:
            unknown[-1].append(words[at])
        else:
            unknown.append([words[at]])
        at, gap = at + size, choice is None
    return Understood(found, tuple(" ".join(some) for some in unknown))


def match(
    words: Sequence[str],
    at: int,
    longest: int,
    known: Mapping[tuple[str, ...], Sequence[Choice]],
    found: Mapping[Part, str],
) -> tuple[int, Choice | None]:
    """The longest name that stands there, of a part that was not said yet; how many words it has."""
    for size in range(min(longest, len(words) - at), 0, -1):
        some = words[at : at + size]
        open_ones = [one for one in known.get(folded(" ".join(some)), ()) if one.part not in found]
        if not open_ones:
            continue
        first = [one for one in open_ones if one.part == open_ones[0].part]
        exact = [one for one in first if unicodedata.normalize("NFKC", one.name).split() == some]
        if len({one.value for one in first}) > 1 and len(exact) != 1:
            names = dict.fromkeys(one.name for one in first)
            raise Refusal(TWO, names=join(same(f"“{name}”") for name in names))
        return size, (exact or first)[0]
    return 1, None


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
    shown = [same(name) for name in names[:MOST_NAMED]]
    more = [same("…")] if len(names) > MOST_NAMED else []
    return Refusal(words + THERE_IS.fill(names=join([*shown, *more])))
