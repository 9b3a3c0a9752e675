"""What a report is made of: figures with their definitions, tables, panels to draw, and the same in words.

A report is data. The window, the picture and the sheet each draw it their own way, and none of them asks the records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.scope import Scope

Kind = Literal["text", "count", "amount", "percent", "points", "day"]
By = Literal["department", "manager", "level"]
BYS: Mapping[By, Words] = {
    "department": Words("By department", "按部门"),
    "manager": Words("By manager", "按上级"),
    "level": Words("By level", "按职级"),
}

Cell = Words | int | Decimal | date | None
"""What stands in a table; None is "no data". What may not be told is `WITHHELD`, never a zero and never None."""

WITHHELD = Words("too few to show", "人数过少，不显示")
BEHIND = Words("behind", "落后")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what its column is called, what kind of number it is, and the sentence that says what it is.

    `definition` stands behind "what is this?", in the sheet of definitions and in docs/reports.md. `formula` is how it
    is worked out where a sentence is not enough. The figure's arithmetic is one pure function.
    """

    name: str
    title: Words
    definition: Words
    kind: Kind = "count"
    formula: Words | None = None


GROUP = Figure(
    "group",
    Words("Whose", "范围"),
    Words(
        "A department, as it was when the cycle began; everybody whom one manager leads in the cycle; or a level.",
        "部门（以周期启动时为准）、某位上级在周期中带领的员工，或某个职级。",
    ),
    "text",
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under figures. The first columns say what the row is about; every row is as long as `columns`.

    `note` says what was left out and why. `acts` are what can be done about a row, by the row's place.
    """

    title: Words
    columns: tuple[Figure, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Words | None = None
    acts: tuple[tuple[int, Words, Act], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `said` stands at its end ("12/20"), `mark` is where it should be by now, `alarm` that one should look at it."""

    label: Words
    value: Decimal
    said: Words
    mark: Decimal | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other, the longest axis being `whole` (100 for percent) or the largest value.

    `mark` and `alarm` are what those of a bar mean.
    """

    title: Words
    bars: tuple[Bar, ...]
    whole: Decimal | None = None
    mark: Words | None = None
    alarm: Words = BEHIND


@dataclass(frozen=True, slots=True)
class Shares:
    """How many fall into each of `parts`, for each row; None where a row may not be shown."""

    title: Words
    parts: tuple[Words, ...]
    rows: tuple[tuple[Words, tuple[int, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of values by day; days rise."""

    name: Words
    points: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a line goes on to: by day the low, the middle and the high end; `said` names the method and the band."""

    points: tuple[tuple[date, Decimal, Decimal, Decimal], ...]
    said: Words


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines against time, with the plan to compare with (by day) and the first line's forecast."""

    title: Words
    lines: tuple[Line, ...]
    plan: Line | None = None
    forecast: Forecast | None = None
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one row; None where there is no data or it may not be shown."""

    label: Words
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Before and after, row by row."""

    title: Words
    before: Words
    after: Words
    rows: tuple[Change, ...]


Panel = Bars | Shares | Lines | Changes


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: whose figures (checked already), of which cycle, from when on, and by what.

    `cycle` is None for reports that belong to none, and `before` is the cycle to compare with. `since` is the first
    day that counts and `until` the last, both included, on the reader's calendar.
    """

    scope: Scope
    cycle: Cycle | None = None
    before: Cycle | None = None
    since: date | None = None
    until: date | None = None
    by: By = "department"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is at `at` (aware): `said` are the two or three sentences that somebody remembers of it.

    `about` is whose and which cycle's ("Sales · 2026 H2"). Names of people stand only in tables, so that `panels` can
    be shown to whoever may see the table.
    """

    title: Words
    about: Words
    at: datetime
    said: Words
    tables: tuple[Table, ...] = ()
    panels: tuple[Panel, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report of the list: what question it answers, what can be chosen, and the function that makes it.

    `make(records, reader, asked, now)` reads through `records.reports` and returns a Report; it raises a Refusal where
    there is no data, with what to choose instead. `needs_cycle` asks for a cycle, `bys` for what it can be sorted.
    `readers`: "leads" for HR and everybody who leads people, "hr" for HR alone. `of_results`: where no cycle is said, it
    is about the newest whose results everybody may look at.
    """

    name: str
    title: Words
    question: Words
    figures: tuple[Figure, ...]
    make: Callable[[Any, Person, Asked, datetime], Report]
    needs_cycle: bool = False
    compares: bool = False
    bys: tuple[By, ...] = ()
    readers: Literal["leads", "hr"] = "leads"
    of_results: bool = False
