"""What a bench says: a table, whether each goal is met, and all of it as one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

WIDE = 140  # columns, where the output is no terminal


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with its limit. `least`: the limit is the least it may be, otherwise the most."""

    name: str
    figure: float
    limit: float
    least: bool = False

    @property
    def met(self) -> bool:
        return self.figure >= self.limit if self.least else self.figure <= self.limit


def show(title: str, rows: Sequence[Mapping[str, Any]], goals: Sequence[Goal], **more: Any) -> dict[str, Any]:
    """Print the rows as a table (their keys are its columns), the goals, and one line of JSON, which is given back."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    table = Table(title=title)
    columns = list(rows[0]) if rows else []
    for column in columns:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(_shown(row.get(column)) for column in columns))
    console.print(table)
    for goal in goals:
        sign = "met    " if goal.met else "NOT MET"
        wanted = f"{'at least' if goal.least else 'at most'} {_shown(goal.limit)}"
        console.print(f"{sign}  {goal.name}: {_shown(goal.figure)} ({wanted})", markup=False)
    whole = {
        "bench": title,
        "rows": list(rows),
        "goals": [asdict(goal) | {"met": goal.met} for goal in goals],
        **more,
    }
    console.print(json.dumps(whole, ensure_ascii=False), soft_wrap=True, markup=False)
    return whole


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
