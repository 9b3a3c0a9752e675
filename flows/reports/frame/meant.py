"""Which report is meant by what was chosen, with all that was left open filled in; and that report, made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.frame.filters import Filters
from flows.reports.kinds import report_named
from flows.reports.records import ReportRecords
from flows.reports.report import Asked, By, Report, ReportKind
from flows.reports.rights import scope_meant
from flows.reports.scope import Scope

MOST_NAMED = 10  # cycles that a sentence names
NOT_BEGUN = Words(
    "No cycle has been launched for {whose} yet, so there is nothing to report. It fills itself once HR launches one.",
    "{whose}还没有已启动的周期，暂无数据。HR 启动周期后，报告会自动生成。",
)
NO_SUCH_CYCLE = Words(
    "There is no such cycle for {whose}. Choose one of these: {names}.",
    "{whose}没有这个周期。请从以下周期中选择：{names}。",
)
NOTHING_BEFORE = Words(
    "Before and after needs two cycles, and there is only {name} for {whose} so far.",
    "前后对比需要两个周期，{whose}目前只有“{name}”。",
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A report that may be made: of which kind, what is asked, and the cycles that it could be about."""

    kind: ReportKind
    asked: Asked
    cycles: tuple[Cycle, ...] = ()


def meant(records: ReportRecords, reader: Person, filters: Filters, now: datetime) -> Meant:
    """What is asked for, with what the reader did not say filled in.

    `NotThere` for a report or a scope that there is not, or not for this reader; a Refusal with what to choose for a
    cycle without anybody of the scope.
    """
    kind = report_named(filters.name)
    scope = scope_meant(records, reader, filters.whose, kind, now) if kind else None
    if kind is None or scope is None:
        raise NotThere
    by = by_meant(kind, filters.by, scope)
    if not kind.needs_cycle:
        return Meant(kind, Asked(scope, by=by))
    cycles = cycles_of(records, scope)
    usual = newest_opened(records, cycles, now) if kind.of_results and not filters.cycle else None
    cycle = usual or one_of(cycles, filters.cycle, scope)
    before = None
    if kind.compares:
        older = [one for one in cycles if one.first < cycle.first]
        if not older:
            raise Refusal(NOTHING_BEFORE, name=cycle.name, whose=scope.words)
        before = one_of(older, filters.before, scope)
    return Meant(kind, Asked(scope, cycle, before, by=by), tuple(cycles))


def made(records: ReportRecords, reader: Person, filters: Filters, now: datetime) -> Report:
    """The report as it is now; refuses as `meant` does, and where there is no data."""
    found = meant(records, reader, filters, now)
    return found.kind.make(records, reader, found.asked, now)


def by_meant(kind: ReportKind, by: str, scope: Scope) -> By:
    """By what the rows are: as it is said, else by manager for somebody's line, else by the kind's first."""
    wanted = by or ("manager" if scope.below is not None else "")
    return next((one for one in kind.bys if one == wanted), kind.bys[0] if kind.bys else "department")


def cycles_of(records: ReportRecords, scope: Scope) -> list[Cycle]:
    """The launched cycles in which anybody of the scope takes part, the newest first."""
    known = {cycle.id: cycle for cycle in records.cycles.all()}
    return [known[one] for one in records.reports.groups.cycles(scope)]


def newest_opened(records: ReportRecords, cycles: list[Cycle], now: datetime) -> Cycle | None:
    """The newest cycle whose results everybody may look at."""
    for cycle in cycles:
        release = records.releases.get(cycle.id)
        if release and release.employees_at and release.employees_at <= now:
            return cycle
    return None


def one_of(cycles: list[Cycle], wanted: int, scope: Scope) -> Cycle:
    """The cycle that is meant; where none was said, the newest that runs, else the newest."""
    if not cycles:
        raise Refusal(NOT_BEGUN, whose=scope.words)
    if wanted:
        found = next((one for one in cycles if one.id == wanted), None)
        if found is None:
            raise Refusal(NO_SUCH_CYCLE, whose=scope.words, names=names_of(cycles))
        return found
    return next((one for one in cycles if one.state == "live"), cycles[0])


def names_of(cycles: list[Cycle]) -> Words:
    return join(same(one.name) for one in cycles[:MOST_NAMED])
