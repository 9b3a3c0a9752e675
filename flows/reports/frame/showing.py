"""A report in a window: what somebody remembers of it, its rows, what else can be chosen, and its files."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Heading,
    Line,
    Note,
    Row,
    Screen,
    here,
)
from flows.core.words import Words, count, same
from flows.people.person import Person
from flows.reports.frame.asking import MAY, file_buttons, whose_report
from flows.reports.frame.cell_words import cell_words, row_words
from flows.reports.frame.choices import menus
from flows.reports.frame.filters import VIEW, Filters, filters_of
from flows.reports.frame.meant import meant
from flows.reports.kinds import report_named
from flows.reports.records import ReportRecords
from flows.reports.report import Table
from flows.reports.rights import scope_meant

MOST_ROWS = 12  # of a table in the window; the sheet has all
LIST = Act("see", ("reports",))
MEANING = Words("What is this?", "指标说明")
CHANGE = Words("Choose", "选择范围")
ALL_REPORTS = Words("All reports", "全部报告")
NO_ROWS = Words("Nothing.", "无。")
AS_OF = Words("As of {moment}.", "数据截至 {moment}。")


def see(filters: Filters) -> Act:
    """The window of a report."""
    return Act("see", (VIEW, *filters.about))


@view(VIEW, may=MAY, of=whose_report)
def shown(records: ReportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The report as the reader may see it; where there is no data, the reason with what can be chosen instead."""
    filters = filters_of(about)
    kind = report_named(filters.name)
    scope = scope_meant(records, actor, filters.whose, kind, now) if kind else None
    if kind is None or scope is None:
        raise NotThere
    try:
        asked = meant(records, actor, filters, now).asked
        report = kind.make(records, actor, asked, now)
    except NotThere:
        raise
    except Refusal as no:
        body: list[Element] = [Heading(kind.title + same(" · ") + scope.words), Line(no.words)]
        body += [*menus(records, actor, kind, filters, None, now), ways(filters)]
        return Screen(kind.title, tuple(body), place=see(filters))
    body = [Heading(report.title + same(" · ") + report.about), Line(report.said)]
    body.append(Buttons((*file_buttons(report, filters), *meaning(filters))))
    for table in report.tables:
        body += rows_of(table)
    body += [Divider(), *menus(records, actor, kind, filters, asked, now), ways(filters)]
    body.append(Note(AS_OF.fill(moment=day_and_time(report.at, actor.zone))))
    return Screen(kind.title, tuple(body), place=see(filters))


def meaning(filters: Filters) -> tuple[Button, ...]:
    """The way to what the figures mean."""
    return (Button(MEANING, Act("see", ("report-means", *filters.about))),)


def ways(filters: Filters) -> Buttons:
    """To choose in words what no menu holds, and to the other reports."""
    choose = Button(CHANGE, Act("open", ("report-choose", filters.as_subject)))
    return Buttons((choose, Button(ALL_REPORTS, here(LIST))))


def rows_of(table: Table) -> list[Element]:
    """A table's first rows: what each is about in bold, its figures by name, and what can be done about it."""
    body: list[Element] = [Heading(table.title)]
    acts = {nth: Button(label, act) for nth, label, act in table.acts}
    plain: list[tuple[Words, Words]] = []
    for nth, row in enumerate(table.rows[:MOST_ROWS]):
        name, words = cell_words(row[0], table.columns[0].kind), row_words(table.columns, row)
        if nth not in acts:
            plain.append((name, words))
            continue
        body += [Facts(tuple(plain))] if plain else []
        body.append(Row(words, acts[nth], name))
        plain = []
    body += [Facts(tuple(plain))] if plain else []
    if not table.rows:
        body.append(Line(NO_ROWS))
    if (more := len(table.rows) - MOST_ROWS) > 0:
        said = count(
            more,
            "And {n} more; the sheet has all.",
            "And {n} more; the sheet has all.",
            "另有 {n} 行，表格中有全部内容。",
        )
        body.append(Note(said))
    if table.note:
        body.append(Note(table.note))
    return body


@view("report-means", may=MAY, of=whose_report)
def means(_records: ReportRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """What each figure of a report means, and how it is worked out."""
    kind = report_named(about[0] if about else "")
    if kind is None:
        raise NotThere
    body: list[Element] = [Heading(kind.title), Line(kind.question)]
    for one in kind.figures:
        words = one.definition
        if one.formula:
            words += same("\n") + one.formula
        body.append(Facts(((one.title, words),)))
    return Screen(MEANING, tuple(body), place=Act("see", ("report-means", *about)))
