"""The list of reports, each with the question that it answers."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words
from flows.people.person import Person
from flows.reports.choices import reports_for
from flows.reports.filters import Filters
from flows.reports.records import ReportRecords
from flows.reports.rights import own_reports
from flows.reports.showing import LIST, see

TITLE = Words("Reports", "报告")
OPEN = Words("Open", "打开")
TYPED = Words(
    "You can also type what you want to see, in any order: /report completion Sales, /report goals 2026 H2.",
    "也可以直接输入想看的内容，顺序不限：/report 完成情况 Sales、/report goals 2026 H2。",
)


@view("reports", may=("reports", "read"), of=own_reports, command="report list",
      help=Words("the reports that you can see", "查看可用的报告"))  # fmt: skip
def listed(records: ReportRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Every report that the reader may see, of what is theirs."""
    kinds = reports_for(records, actor, now)
    body: list[Element] = [Heading(TITLE)]
    body += [Row(kind.question, Button(OPEN, see(Filters(kind.name))), kind.title) for kind in kinds]
    body.append(Note(TYPED) if kinds else Line(Words("There is none yet.", "暂无报告。")))
    return Screen(TITLE, tuple(body), place=LIST)
