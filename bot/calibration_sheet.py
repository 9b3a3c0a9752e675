"""The sheet of a calibration session: people with their ratings, every version with its reason, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.file_orders import Draw
from bot.files import File
from bot.sheets import Cell, Sheet, workbook
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.people.person import Person
from flows.results.calibrating.asking import ordered
from flows.results.calibrating.groups import KINDS as GROUPED
from flows.results.calibrating.groups import grouped
from flows.results.calibrating.person import KINDS as KINDS_OF_VERSIONS
from flows.results.calibrating.rights import Table
from flows.results.calibrating.session import by_rating
from flows.results.calibrating.spread import Figures, figures_of
from flows.results.calibrating.told import ALL, KINDS, Names, name_of
from flows.results.distribution import Rated, counts
from storage.work import Work

PEOPLE, HISTORY, SPREAD = Words("People", "人员"), Words("Versions", "历次版本"), Words("Counts", "人数分布")
CAPTION = Words("Calibration: ratings and reasons", "校准：评级与原因")
NAME, RATING, REASON = Words("Name", "姓名"), Words("Rating", "评级"), Words("Reason", "原因")
UNRATED = Words("No rating", "暂无评级")
PEOPLE_HEADER = (
    NAME, Words("Department", "部门"), Words("Level", "职级"), Words("Manager", "上级"), Words("Computed", "系统计算"),
    Words("By the manager", "上级评定"), Words("Now", "当前评级"), Words("Changed by", "调整人"), REASON,
)  # fmt: skip
HISTORY_HEADER = (
    NAME, Words("Version", "版本"), Words("Kind", "类型"), RATING, Words("Who", "操作人"),
    Words("When (your time)", "时间（你的时区）"), REASON,
)  # fmt: skip
SPREAD_HEADER = (Words("By", "分组方式"), Words("Group", "组"), Words("People", "人数"))


def calibration_sheet(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The session as its reader sees it now."""
    table = ordered(records, order, reader, now)
    if table is None:
        return None
    sheets = sheets_of(table, figures_of(records, table), names_in(records, table), reader)
    name = f"calibration-{table.session.id}.xlsx"
    return lambda: [File(name, CAPTION.say(reader.language), workbook(sheets))]


def names_in(records: Work, table: Table) -> Names:
    """The names of everybody who has set a rating, and of the managers."""
    ids = {version.by for row in table.rows for version in row.versions}
    ids |= {row.place.manager for row in table.rows}
    return {one.id: one.name for one in records.people.many({one for one in ids if one is not None})}


def sheets_of(table: Table, figures: Figures, names: Names, reader: Person) -> list[Sheet]:
    """The three tables, in the reader's language."""
    language = reader.language
    keys = list(counts(figures.template, ()))
    return [
        Sheet(PEOPLE.say(language), said(PEOPLE_HEADER, language), list(people(table, names)),
              (24, 20, 8, 24, 12, 14, 12, 24, 50)),
        Sheet(HISTORY.say(language), said(HISTORY_HEADER, language), list(history(table, names, reader)),
              (24, 9, 16, 12, 24, 18, 60)),
        Sheet(SPREAD.say(language), [*said(SPREAD_HEADER, language), *keys, UNRATED.say(language)],
              list(spread(figures, language)), (16, 26, 10)),
    ]  # fmt: skip


def said(header: Sequence[Words], language: str) -> list[str]:
    return [words.say(language) for words in header]


def people(table: Table, names: Names) -> Iterator[Sequence[Cell]]:
    """A line for each person; the reason is that of the latest change, for those who read such reasons."""
    for row in by_rating(table.cycle.template, table.rows):
        rated, move = row.rated(), row.latest("calibrated")
        manager = names.get(row.place.manager, "") if row.place.manager else ""
        yield (
            row.person.name, row.place.department, row.place.level, manager, rated.computed, rated.given, row.rating,
            names.get(move.by, "") if move and move.by else "", move.why if move and table.notes else "",
        )  # fmt: skip


def history(table: Table, names: Names, reader: Person) -> Iterator[Sequence[Cell]]:
    """A line for each version of each person."""
    zone = ZoneInfo(reader.zone)
    for row in table.rows:
        for one in row.versions:
            told = table.notes or one.kind != "calibrated"
            yield (
                row.person.name, one.version, KINDS_OF_VERSIONS[one.kind].say(reader.language), one.rating,
                names.get(one.by, "") if one.by else "", one.at.astimezone(zone), one.why if told else "",
            )  # fmt: skip


def spread(figures: Figures, language: str) -> Iterator[Sequence[Cell]]:
    """A line for everybody and for each group, with how many have each rating."""
    yield counted(figures, "", ALL.say(language), figures.people)
    for kind in GROUPED:
        for name, members in grouped(kind, figures.people).items():
            told = name_of(kind, name, figures.names).say(language)
            yield counted(figures, KINDS[kind].say(language), told, members)


def counted(figures: Figures, kind: str, name: str, members: Sequence[Rated]) -> Sequence[Cell]:
    ratings = [one.rating for one in members]
    return (kind, name, len(members), *counts(figures.template, ratings).values(), ratings.count(""))
