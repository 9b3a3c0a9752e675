"""Asking for a report as a picture or as a sheet: it comes into the asker's own chat, after a word about who can read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flows.core.catalog import deed
from flows.core.file_orders import ON_ITS_WAY, FileOrder
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.reports.frame.filters import Filters, filters_in, filters_of
from flows.reports.frame.meant import made, meant
from flows.reports.kinds import report_named
from flows.reports.records import ReportRecords
from flows.reports.report import Report
from flows.reports.rights import own_scope, scope_written

PICTURE, SHEET = "report-picture", "report-sheet"
"""The kinds of the orders. `order.about` is what `Filters.as_json` gives."""

MAY = ("report", "read")
EXPORTED = Words(
    "The file comes into your chat with me. Whoever may export this workspace can read what is in it.",
    "文件会发到你和我的聊天里。有权导出本工作区数据的人可以看到其中的内容。",
)
EVERY_ROW = EXPORTED + Words(
    " It has every row, with the names where the report has names. Delete it when you are done.",
    "其中包含所有行；如果报告中有姓名，文件中也会有。用完后请删除。",
)


def whose_report(
    records: ReportRecords, actor: Person, about: tuple[str, ...]
) -> Callable[[datetime], Thing | None]:
    """The figures that a window or a button names, as far as that report is for the actor at all."""
    filters = filters_of(about)
    kind = report_named(filters.name)

    def at(now: datetime) -> Thing | None:
        _, thing = scope_written(records, actor, filters.whose or own_scope(actor))
        if kind is None or (kind.readers == "hr" and not may(actor, "read_hr", thing, now)):
            return None
        return thing

    return at


def file_buttons(report: Report, filters: Filters) -> list[Button]:
    """The two files; nothing is made before the reader has said yes to what can become of it."""
    picture = Button(
        Words("As a picture", "生成图片"), Act("do", (PICTURE, *filters.about)), confirm=EXPORTED
    )
    sheet = Button(Words("As a sheet", "导出表格"), Act("do", (SHEET, *filters.about)), confirm=EVERY_ROW)
    return [*([picture] if report.panels else []), sheet]


@deed(PICTURE, may=MAY, of=whose_report)
def picture(records: ReportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the picture, and note that it was."""
    return order(records, actor, PICTURE, about, now)


@deed(SHEET, may=MAY, of=whose_report)
def sheet(records: ReportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the sheet, and note that it was."""
    return order(records, actor, SHEET, about, now)


def order(records: ReportRecords, actor: Person, kind: str, about: tuple[str, ...], now: datetime) -> Words:
    """Order a file of exactly what the reader sees: the cycle is written down, whichever is the newest later."""
    filters = filters_of(about)
    asked = meant(records, actor, filters, now).asked
    cycle, before = (one.id if one else 0 for one in (asked.cycle, asked.before))
    whose = filters.whose or own_scope(actor)
    said = Filters(filters.name, whose, cycle, asked.by, before).as_json
    records.file_orders.ask(kind, actor.id, said, now)
    thing = f"cycle/{cycle}" if cycle else "reports"
    records.audit.note(now, actor.id, "report.export", thing, {"file": kind, **said})
    return ON_ITS_WAY


def report_of(records: ReportRecords, order: FileOrder, reader: Person, now: datetime) -> Report | None:
    """The report that a file was ordered of, made anew; None where the reader may not see it any more, or it has no data."""
    try:
        return made(records, reader, filters_in(order.about), now)
    except Refusal:
        return None
