"""The sheet that HR fills in to import goals: with choices to pick from, and each column explained."""

from __future__ import annotations

from datetime import datetime

from bot.file_orders import Draw
from bot.files import File
from bot.sheets import Cell, Sheet, workbook
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.goals.importing.columns import Column
from flows.goals.importing.goal_columns import GOAL_COLUMNS
from flows.goals.importing.values import VALUE_COLUMNS
from flows.people.person import Person
from flows.people.policy import Thing, may
from storage.work import Work

NAME = Words("goals-template.xlsx", "目标导入模板.xlsx")
TITLE = Words("Goals to import", "目标导入模板")
GOALS, COLUMNS = Words("Goals", "目标"), Words("How to fill it in", "填写说明")
HEADER = (Words("Column", "列"), Words("What it is for", "说明"), Words("Possible values", "可选值"))
HOW = Words(
    "Fill in the sheet “Goals”, one goal a line, and drop the file into this chat. You see what it would change before "
    "anything is imported. Columns that you don't need may be deleted.",
    "在“目标”工作表中每行填写一个目标，然后把文件拖到这个聊天里。导入前你会先看到将有哪些变化。不需要的列可以删除。",
)
VALUES = Words(
    "To import values of metrics instead, drop a sheet with these columns:",
    "如需导入指标数值，请发送包含以下列的表格：",
)


def template_files(_records: Work, _order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The template in the reader's language, for who may import."""
    if not may(reader, "do", Thing("goals_import"), now):
        return None
    language = reader.language
    return lambda: [File(NAME.say(language), TITLE.say(language), template(language))]


def template(language: str) -> bytes:
    """The workbook as an XLSX file."""
    header = [column.title.say(language) for column in GOAL_COLUMNS]
    choices = {
        nth: [words.say(language) for words in column.choices.values()]
        for nth, column in enumerate(GOAL_COLUMNS)
        if column.choices
    }
    widths = [34 if column.name == "title" else 16 for column in GOAL_COLUMNS]
    explained: list[tuple[Cell, ...]] = [(HOW.say(language), "", "")]
    explained += [_explained(column, language) for column in GOAL_COLUMNS]
    explained += [("", "", ""), (VALUES.say(language), "", "")]
    explained += [_explained(column, language) for column in VALUE_COLUMNS]
    return workbook(
        [
            Sheet(GOALS.say(language), header, [], widths, choices),
            Sheet(COLUMNS.say(language), [words.say(language) for words in HEADER], explained, (24, 70, 50)),
        ]
    )


def _explained(column: Column, language: str) -> tuple[Cell, ...]:
    values = ("; " if language == "en" else "；").join(
        words.say(language) for words in column.choices.values()
    )
    return column.title.say(language), column.about.say(language), values
