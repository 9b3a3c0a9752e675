"""`/report`, with or without words behind it: the list, or the report that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.sitting import reader_of
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import BEFORE, thing_of_cycle
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import may
from flows.reports.frame.choices import departments_for, reports_for
from flows.reports.frame.filters import Filters
from flows.reports.frame.meant import cycles_of
from flows.reports.frame.showing import LIST, see
from flows.reports.frame.typed import Choice, not_found, understood
from flows.reports.kinds import report_named
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, ReportKind
from flows.reports.rights import (
    ALL,
    BELOW,
    COMPANY,
    OF_DEPARTMENT,
    own_reports,
    own_scope,
    scope_meant,
    scope_written,
)

BARE = {"department": ("department", "departments", "部门"), "manager": ("manager", "managers", "上级"),
        "level": ("level", "levels", "职级")}  # fmt: skip
NOT_LAUNCHED = "not launched"
TOO_EARLY = Words(
    "{name} has not been launched yet, so there is nothing to report.{others}",
    "“{name}”尚未启动，暂无数据。{others}",
)
OTHERS = Words(" Choose one of these: {names}.", "请选择：{names}。")


@deed("report", may=("reports", "read"), of=own_reports, command="report",
      help=Words("what is going on, and what to do about it", "了解整体情况和该做什么"))  # fmt: skip
def open_report(records: ReportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """Lead to the list, or to the report that the words behind the command mean."""
    text = about[0] if about else ""
    return see(filters_typed(records, actor, text, now)) if text.strip() else LIST


def filters_typed(records: ReportRecords, actor: Person, text: str, now: datetime) -> Filters:
    """What was typed. A name that there is not, and one that is not for this reader, get the same answer."""
    kinds = reports_for(records, actor, now)
    choices = list(choices_for(records, actor, kinds, now))
    said = understood(text, choices)
    name = said.found.get("report", kinds[0].name if kinds else "")
    whose = said.found.get("whose", "")
    visible = [one for one in choices if one.part in ("report", "cycle", "whose")]
    for phrase in said.unknown:
        found = "" if whose else line_named(records, actor, phrase, report_named(name), now)
        if not found:
            raise not_found(phrase, visible)
        whose = found
    cycle = said.found.get("cycle", "")
    if cycle.startswith(NOT_LAUNCHED):
        known = [one.name for one in choices if one.part == "cycle" and one.value.isdigit()]
        others = OTHERS.fill(names=join(same(one) for one in known[:10])) if known else same("")
        raise Refusal(TOO_EARLY, name=cycle.removeprefix(NOT_LAUNCHED), others=others)
    return Filters(name, whose, whole(cycle), said.found.get("by", ""))


def line_named(
    records: ReportRecords, actor: Person, phrase: str, kind: ReportKind | None, now: datetime
) -> str:
    """Everybody below the manager whom a mention, an e-mail address or a full name means; "" for nobody to be seen."""
    person = reader_of(records, actor, now).find(phrase)
    whose = f"{BELOW}{person}" if person else ""
    return whose if whose and kind and scope_meant(records, actor, whose, kind, now) else ""


def choices_for(
    records: ReportRecords, actor: Person, kinds: Sequence[ReportKind], now: datetime
) -> Iterator[Choice]:
    """Every name that this reader can type, in both languages."""
    for kind in kinds:
        for name in (kind.name, kind.title.en, kind.title.zh):
            yield Choice("report", name, kind.name)
    if actor.hr_scope is None:
        for name in ("company", COMPANY.words.en, COMPANY.words.zh):
            yield Choice("whose", name, ALL)
    for department in departments_for(records, actor):
        yield Choice("whose", department, f"{OF_DEPARTMENT}{department}")
    scope, _ = scope_written(records, actor, own_scope(actor))
    for cycle in cycles_of(records, scope) if scope else ():
        yield Choice("cycle", cycle.name, str(cycle.id))
    for cycle in records.cycles.in_state(*BEFORE) if actor.is_hr else ():
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now):
            yield Choice("cycle", cycle.name, NOT_LAUNCHED + cycle.name)
    for by, words in BYS.items():
        for name in (words.en, words.zh, *BARE[by]):
            yield Choice("by", name, by)
