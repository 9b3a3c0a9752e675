"""What can be wrong with who reports to whom in a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.core.words import Words
from flows.people.sheet import Problem

LONGEST_LOOP_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Report:
    """A person on a line of the file, and the manager it names; both as e-mails."""

    line: int
    email: str
    manager: str | None


def reporting_problems(reports: Iterable[Report], unusable: Mapping[str, int]) -> list[Problem]:
    """Unknown managers, one's own manager, loops, and everybody below such a person.

    `unusable` are people whose lines are already known to be bad, by e-mail, with the line. Takes time in
    proportion to the number of people.
    """
    known = {report.email: report for report in reports}
    reasons: dict[str, Words] = {}
    for report in known.values():
        if report.manager == report.email:
            reasons[report.email] = Words(
                f"{report.email} is named as their own manager.", f"{report.email} 的上级写成了本人。"
            )
        elif report.manager and report.manager not in known and report.manager not in unusable:
            reasons[report.email] = Words(
                f"The manager {report.manager} is not in the file.", f"文件中找不到上级 {report.manager}。"
            )
    for loop in _loops(known, skip=reasons):
        shown = loop if len(loop) <= LONGEST_LOOP_SHOWN else [*loop[:LONGEST_LOOP_SHOWN], "…"]
        chain = " → ".join([*shown, loop[0]])
        words = Words(f"The reporting line goes in a circle: {chain}.", f"汇报关系成了一个环：{chain}。")
        reasons.update(dict.fromkeys(loop, words))
    lines = dict(unusable) | {email: report.line for email, report in known.items()}
    _spread(known, reasons, lines, unusable)
    return [Problem(known[email].line, words) for email, words in reasons.items()]


def _loops(known: Mapping[str, Report], skip: Mapping[str, Words]) -> list[list[str]]:
    """Each loop once, from its person highest up in the file."""
    loops: list[list[str]] = []
    seen = set(skip)
    for start in known:
        path: dict[str, None] = {}
        email: str | None = start
        while email is not None and email in known and email not in seen:
            seen.add(email)
            path[email] = None
            email = known[email].manager
        if email is not None and email in path:
            members = list(path)
            loop = members[members.index(email) :]
            top = loop.index(min(loop, key=lambda member: known[member].line))
            loops.append(loop[top:] + loop[:top])
    return loops


def _spread(
    known: Mapping[str, Report],
    reasons: dict[str, Words],
    lines: Mapping[str, int],
    unusable: Mapping[str, int],
) -> None:
    """Adds a reason for everybody below a person who has one: without that manager they hang in the air."""
    below = defaultdict(list)
    for report in known.values():
        if report.manager:
            below[report.manager].append(report.email)
    open_ends = [*unusable, *reasons]
    while open_ends:
        manager = open_ends.pop()
        for email in below[manager]:
            if email not in reasons:
                reasons[email] = Words(
                    f"Their manager {manager} can't be taken in: see line {lines[manager]}.",
                    f"上级 {manager} 无法导入，请先修改第 {lines[manager]} 行。",
                )
                open_ends.append(email)
