"""One line of a sheet of goals as what it says, or everything that is wrong in it. Nothing else is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.core.refusal import Refusal
from flows.core.said import SHORT
from flows.core.typed import number
from flows.core.typed_dates import full_date
from flows.core.words import Words, join
from flows.goals.amounts import PERCENT, unit_of
from flows.goals.importing.columns import Column, chosen, columns_of, plain
from flows.goals.importing.dropped import Table
from flows.goals.importing.goal_columns import BY_NAME, GOAL_COLUMNS
from flows.goals.importing.problem import Problem, too_many
from flows.goals.kept import Level
from flows.goals.setting.form_lists import milestones_of
from flows.goals.tree.dividing import in_places

NUMBERS = ("baseline", "target", "stretch", "weight", "factor")
REFERENCES = ("title", "email", "level", "department", "job", "parent", "objective")
"""Columns that say which goal it is and where it belongs, rather than what it says."""

LONGEST_MEASURE = 1000
MOST_GOALS = 10_000

NO_TITLE = Words("It has no goal: say what is to be achieved.", "缺少目标：请写明要达成什么。")
TOO_LONG = Words("It has more than {most} characters; please shorten it.", "超过 {most} 个字符，请缩短。")
NOT_ONE_OF = Words(
    "“{text}” is none of the possible values: {choices}.", "“{text}”不在可选值之内：{choices}。"
)
NO_NUMBER = Words("“{text}” is not a number that I can read.", "“{text}”不是可识别的数字。")
NO_DAY = Words(
    "“{text}” is not a day that I can read; write it as 2026-03-31.",
    "“{text}”不是可识别的日期，请写成 2026-03-31 的形式。",
)
NO_TITLES = Words(
    "There is no column “Goal”. /goal template gives you a sheet with all headings.",
    "缺少“目标”列。可用 /goal template 获取带完整表头的模板。",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. `given` are the terms of the columns that the sheet has, empty ones at their usual."""

    number: int
    title: str
    email: str = ""
    level: Level = "person"
    department: str = ""
    job: str = ""
    parent: str = ""
    objective: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """Which goal it is: two lines of one key are the same goal."""
        owner = (
            self.department if self.level == "department" else self.email if self.level == "person" else ""
        )
        return (self.job, self.level, plain(owner), plain(self.objective), plain(self.title))


def read_lines(table: Table) -> tuple[list[Line], list[Problem]]:
    """Every line of the sheet, and everything that is wrong in any of them."""
    columns, strange = columns_of(table, GOAL_COLUMNS)
    problems = [Problem(0, None, words) for words in strange]
    problems += too_many(len(table.rows), MOST_GOALS)
    if "title" not in columns:
        problems.append(Problem(0, None, NO_TITLES))
    lines: list[Line] = []
    if problems:
        return lines, problems
    seen: dict[tuple[str, ...], int] = {}
    for number_, cells in table.rows:
        line, wrong = read_line(number_, {name: cells[place] for name, place in columns.items()})
        before = seen.setdefault(line.key, number_)
        if before != number_ and line.title:
            words = Words("It is the same goal as in line {n}.", "与第 {n} 行是同一个目标。").fill(n=before)
            wrong.append(Problem(number_, BY_NAME["title"].title, words))
        problems += wrong
        lines.append(line)
    return lines, problems


def read_line(line: int, cells: Mapping[str, str]) -> tuple[Line, list[Problem]]:
    """What one line says, with what is wrong in it."""
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in cells.items():
        value, wrong = _value(BY_NAME[name], text)
        given[name] = value
        if wrong is not None:
            problems.append(Problem(line, BY_NAME[name].title, wrong))
    said: dict[str, Any] = {name: given.pop(name, "") or "" for name in REFERENCES}
    said["level"] = said["level"] or "person"
    if PERCENT in cells.get("target", "") and not given.get("unit"):
        given["unit"] = PERCENT
    if not cells.get("title"):
        problems.append(Problem(line, None, NO_TITLE))
    return Line(line, **said, given=given), problems


def _value(column: Column, text: str) -> tuple[Any, Words | None]:
    """What a cell says, and what is wrong with it."""
    if column.choices:
        value = chosen(column, text) if text else ""
        if value is None:
            choices = join(column.choices.values())
            return "", NOT_ONE_OF.fill(text=text[:40], choices=choices)
        return (value == "lower" if column.name == "lower" else value), None
    if column.name in NUMBERS:
        return _number(text)
    if column.name == "due":
        found = full_date(text) if text else None
        return found, None if found or not text else NO_DAY.fill(text=text[:40])
    if column.name == "milestones":
        try:
            return milestones_of(text.replace(";", "\n").replace("；", "\n")), None
        except Refusal as no:
            return (), no.words
    most = LONGEST_MEASURE if column.name == "measure" else SHORT
    if len(text) > most:
        return "", TOO_LONG.fill(most=most)
    if column.name == "unit":
        return unit_of(text), None
    return " ".join(text.split()) if column.name != "measure" else text, None


def _number(text: str) -> tuple[Decimal | None, Words | None]:
    """An amount; more decimals than are kept are left to the check of the terms, which names them."""
    if not text:
        return None, None
    value = number(text)
    if value is None or in_places(value) is None:
        return None, NO_NUMBER.fill(text=text[:40])
    return value, None
