"""How one cell of a report's table reads in a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words, join, same
from flows.cycle.progress import short_day
from flows.goals.amounts import figure
from flows.reports.report import WITHHELD, Cell, Figure

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NO_DATA = Words("no data", "无数据")
NUMBERS = ("count", "amount", "percent", "points")  # kinds of figures


def cell_words(cell: Cell, kind: str) -> Words:
    """A cell by its figure's kind; nothing known is said, for it is no zero."""
    match cell:
        case None:
            return NO_DATA
        case Words():
            return cell
        case Decimal():
            if kind == "percent":
                return same(f"{figure(half_up(cell, TENTH))}%")
            return same(figure(half_up(cell, HUNDREDTH)))
        case date():
            return short_day(cell)
    return same(f"{cell:,}%" if kind == "percent" else f"{cell:,}")


def between(column: Figure, cell: Cell) -> Words:
    """What stands between a figure's name and its value: words in the place of a number are set off."""
    return Words(": ", "：") if isinstance(cell, Words) and column.kind in NUMBERS else same(" ")


def row_words(columns: Sequence[Figure], row: Sequence[Cell]) -> Words:
    """A row without its first cell: each figure's short name and value; what has no data is left out.

    Where nothing of a row may be shown, that is said once.
    """
    known = [(column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell is not None]
    if len(known) > 1 and all(cell == WITHHELD for _, cell in known):
        return WITHHELD
    told = [column.title + between(column, cell) + cell_words(cell, column.kind) for column, cell in known]
    return join(told, " · ", " · ") if told else NO_DATA
