"""Makes the picture and the sheet of a report that somebody asked for, as its reader may see it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.drawn_apart import drawn_apart
from bot.file_orders import Draw
from bot.files import File
from bot.sheets import Cell, Sheet, workbook
from flows.core.file_orders import FileOrder
from flows.core.words import Words, join
from flows.people.person import Person
from flows.reports import report as reports
from flows.reports.frame.asking import report_of
from flows.reports.frame.filters import filters_in
from flows.reports.frame.spoken import panel_words
from flows.reports.kinds import report_named
from flows.reports.report import WITHHELD, Figure, Kind, Report, Table
from storage.work import Work

MOST_PANELS = 10  # pictures that come in one message
ABOUT, DEFINITIONS = Words("About", "说明"), Words("Definitions", "指标说明")
REPORT, WHOSE = Words("Report", "报告"), Words("Whose, and of when", "范围与周期")
AS_OF, ASKED_BY = Words("As of (your time)", "数据时间（你的时区）"), Words("Asked for by", "申请人")
QUESTION, IN_SHORT = Words("What it answers", "回答的问题"), Words("In short", "摘要")
FIGURE, DEFINITION = Words("Figure", "指标"), Words("What it is", "含义")
FORMULA = Words("How it is worked out", "计算方法")
NO_DATA = Words("(empty)", "（空白）")
WHY_WITHHELD = Words(
    "Too few people stand behind this figure, or it would give away another one that has too few.",
    "该指标涉及的人数过少，或显示后会推算出另一个人数过少的指标。",
)
WHY_EMPTY = Words("There is no data.", "没有数据。")
FORMATS: dict[Kind, str] = {"count": "#,##0", "amount": "#,##0.##", "percent": "0.0%", "points": "0.00"}
WIDTHS: dict[Kind, int] = {"text": 30, "count": 14, "amount": 18, "percent": 14, "points": 14, "day": 14}


def report_pictures(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """A picture of each panel of the report."""
    report = report_of(records, order, reader, now)
    return drawn_apart(pictures_of, report, reader) if report else None


def pictures_of(report: Report, reader: Person) -> list[File]:
    """The pictures as files; each says the same in words for screen readers."""
    from bot import report_charts  # here because it brings matplotlib

    language = reader.language
    heading = heading_of(report, reader)
    panels = report.panels[:MOST_PANELS]
    if not panels:
        content = report_charts.sentences(report.title, report.said, heading, language)
        return [File("report.png", report.title.say(language), content, report.said.say(language))]
    return [
        File(
            f"report-{nth}.png" if nth > 1 else "report.png",
            panel.title.say(language),
            report_charts.picture(panel, heading, language),
            panel_words(panel).say(language),
        )
        for nth, panel in enumerate(panels, 1)
    ]


def heading_of(report: Report, reader: Person) -> Words:
    """Which report of whose figures, and of which day: a picture may be shown to others later."""
    day = report.at.astimezone(ZoneInfo(reader.zone))
    said = Words(f"{day.day} {day:%b %Y}", f"{day.year}年{day.month}月{day.day}日")
    return join((report.title, report.about, said), " · ", " · ")


def report_sheet(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """All rows of the report's tables."""
    kind = report_named(filters_in(order.about).name)
    report = report_of(records, order, reader, now)
    if kind is None or report is None:
        return None
    return drawn_apart(sheet_of, report, kind.question, kind.figures, reader)


def sheet_of(report: Report, question: Words, figures: Sequence[Figure], reader: Person) -> list[File]:
    """The workbook as a file."""
    content = workbook(sheets_of(report, question, figures, reader))
    return [File("report.xlsx", report.title.say(reader.language), content)]


def sheets_of(report: Report, question: Words, figures: Sequence[Figure], reader: Person) -> list[Sheet]:
    """What it is about, a sheet for each table, and what every figure means, in the reader's language."""
    language = reader.language
    about: list[Sequence[Cell]] = [
        (REPORT.say(language), report.title.say(language)),
        (QUESTION.say(language), question.say(language)),
        (WHOSE.say(language), report.about.say(language)),
        (AS_OF.say(language), report.at.astimezone(ZoneInfo(reader.zone))),
        (ASKED_BY.say(language), reader.name),
        (IN_SHORT.say(language), report.said.say(language)),
        *((table.title.say(language), table.note.say(language)) for table in report.tables if table.note),
    ]
    return [
        Sheet(ABOUT.say(language), (ABOUT.say(language), ""), about, (26, 100)),
        *(sheet_of_table(table, language) for table in report.tables),
        Sheet(
            DEFINITIONS.say(language),
            (FIGURE.say(language), DEFINITION.say(language), FORMULA.say(language)),
            list(definitions(report, figures, language)),
            (26, 80, 70),
        ),
    ]


def sheet_of_table(table: Table, language: str) -> Sheet:
    """Every row, each column in its kind."""
    kinds = [figure.kind for figure in table.columns]
    return Sheet(
        table.title.say(language),
        [figure.title.say(language) for figure in table.columns],
        [
            [cell_of(value, kind, language) for value, kind in zip(row, kinds, strict=True)]
            for row in table.rows
        ],
        [WIDTHS[kind] for kind in kinds],
        formats={place: FORMATS[kind] for place, kind in enumerate(kinds) if kind in FORMATS},
    )


def cell_of(value: reports.Cell, kind: Kind, language: str) -> Cell:
    """A value as a sheet counts with it: a percentage is a part of one, and what is withheld is words."""
    match value:
        case Words():
            return value.say(language)
        case Decimal() | int() if kind == "percent":
            return float(value) / 100
        case Decimal():
            return float(value)
    return value


def definitions(report: Report, figures: Sequence[Figure], language: str) -> Iterator[Sequence[Cell]]:
    """Every figure of the report with its definition, then what stands where there is no figure."""
    known = {figure.name: figure for table in report.tables for figure in table.columns}
    for figure in ({figure.name: figure for figure in figures} | known).values():
        formula = figure.formula.say(language) if figure.formula else ""
        yield figure.title.say(language), figure.definition.say(language), formula
    yield WITHHELD.say(language), WHY_WITHHELD.say(language), ""
    yield NO_DATA.say(language), WHY_EMPTY.say(language), ""
