"""HR imports goals and metric values from sheets that are dropped into the chat."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from flows.goals.importing.goal_columns import GOAL_COLUMNS


def test_hr_asks_for_the_template_and_gets_it_once(town: Any) -> None:
    marta = town.player("marta")
    marta.command("/goal template")
    marta.command("/goal template")
    assert "in a moment" in marta.aside() or "稍后" in marta.aside()
    [(name, content)] = marta.files()
    assert name == "goals-template.xlsx"
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.title.en for column in GOAL_COLUMNS]
