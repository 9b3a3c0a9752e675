"""The list of reports, each with the question that it answers."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words
from flows.people.person import Person
from flows.reports.frame.choices import reports_for
from flows.reports.frame.filters import Filters
from flows.reports.frame.showing import LIST, see
from flows.reports.records import ReportRecords
from flows.reports.rights import own_reports

TITLE = Words("Reports", "报告")
OPEN = Words("Open", "打开")
TYPED = Words(
    "You can also type what you want to see, in any order: /report completion Sales, /report goals 2026 H2.",
    "也可以直接输入想看的内容，顺序不限：/report 完成情况 Sales、/report goals 2026 H2。",
)


SWITCH = "reports-weekly"
WEEKLY = Words("On Monday mornings", "每周一早上")
IS_ON = Words("You get the counts in your digest.", "摘要中会附上进度数字。")
IS_OFF = Words("Nothing comes by itself.", "不会自动发送。")
TURN_ON, TURN_OFF = Words("Switch on", "开启"), Words("Switch off", "关闭")


@view("reports", may=("reports", "read"), of=own_reports, command="report list",
      help=Words("the reports that you can see", "查看可用的报告"))  # fmt: skip
def listed(records: ReportRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Every report that the reader may see, of what is theirs."""
    kinds = reports_for(records, actor, now)
    body: list[Element] = [Heading(TITLE)]
    body += [Row(kind.question, Button(OPEN, see(Filters(kind.name))), kind.title) for kind in kinds]
    if actor.is_hr or records.reports.groups.leads_leads(actor.id):
        body.append(weekly_row(records, actor))
    body.append(Note(TYPED) if kinds else Line(Words("There is none yet.", "暂无报告。")))
    return Screen(TITLE, tuple(body), place=LIST)


def weekly_row(records: ReportRecords, actor: Person) -> Element:
    """Whether the weekly look comes, with the other way; only for whom it comes at all."""
    off = records.reports.weekly.is_off(actor.id)
    label, to = (TURN_ON, "on") if off else (TURN_OFF, "off")
    return Row(IS_OFF if off else IS_ON, Button(label, Act("do", (SWITCH, to))), WEEKLY)
