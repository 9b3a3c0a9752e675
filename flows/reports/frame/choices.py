"""What can be chosen in a report's window: by what its rows are, which cycle, and whose figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.screen import Act, Menu, here
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.reports.frame.filters import VIEW, Filters
from flows.reports.frame.meant import cycles_of
from flows.reports.kinds import REPORTS
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, Asked, ReportKind
from flows.reports.rights import ALL, COMPANY, OF_DEPARTMENT, own_scope, scope_meant, scope_written

MOST = 100  # choices of a menu; whatever is beyond is typed
CHOSEN = same("✓ ")
CYCLE = Words("Another cycle", "其他周期")
BEFORE = Words("Compared with", "对比周期")
WHOSE = Words("Whose figures", "查看范围")
SORTED = Words("Rows by", "分组方式")


def reports_for(records: ReportRecords, actor: Person, now: datetime) -> list[ReportKind]:
    """The reports that somebody may see of what is theirs, in the order of the list."""
    scope, thing = scope_written(records, actor, own_scope(actor))
    to_all, to_hr = (scope is not None and may(actor, action, thing, now) for action in ("read", "read_hr"))
    return [kind for kind in REPORTS if (to_hr if kind.readers == "hr" else to_all)]


def departments_for(records: ReportRecords, actor: Person) -> list[str]:
    """The departments whose figures somebody may see as HR, by name."""
    scope = actor.hr_scope
    if scope is not None and not scope:
        return []
    return [name for name in records.people.departments() if scope is None or name in scope]


def menus(
    records: ReportRecords,
    actor: Person,
    kind: ReportKind,
    filters: Filters,
    asked: Asked | None,
    now: datetime,
) -> Iterator[Menu]:
    """A menu for each thing that can be chosen; each shows the same report otherwise, in the same window."""
    if asked and len(kind.bys) > 1:
        choices = [(BYS[one], replace(filters, by=one), one == asked.by) for one in kind.bys]
        yield menu(SORTED, choices)
    if kind.needs_cycle:
        yield from cycle_menus(records, actor, kind, filters, asked, now)
    if actor.is_hr and (departments := departments_for(records, actor)):
        whose = [(COMPANY.words, ALL)] if actor.hr_scope is None else []
        if actor.hr_scope and len(actor.hr_scope) > 1:
            whose.append((Words("All my departments", "我负责的全部部门"), own_scope(actor)))
        whose += [(same(name), f"{OF_DEPARTMENT}{name}") for name in departments]
        now_shown = filters.whose or own_scope(actor)
        if len(whose) > 1:
            yield menu(
                WHOSE, [(name, replace(filters, whose=one), one == now_shown) for name, one in whose[:MOST]]
            )


def cycle_menus(
    records: ReportRecords,
    actor: Person,
    kind: ReportKind,
    filters: Filters,
    asked: Asked | None,
    now: datetime,
) -> Iterator[Menu]:
    """Which cycle, and with which older one it is compared."""
    scope = scope_meant(records, actor, filters.whose, kind, now)
    cycles = cycles_of(records, scope) if scope else []
    current = asked.cycle if asked else None
    others = [one for one in cycles if kind.compares is False or one.first > cycles[-1].first]
    if len(others) > 1 or (others and current is None):
        yield menu(
            CYCLE, [by_cycle(one, replace(filters, cycle=one.id, before=0), current) for one in others[:MOST]]
        )
    if kind.compares and current is not None and asked:
        older = [one for one in cycles if one.first < current.first]
        if len(older) > 1:
            yield menu(
                BEFORE, [by_cycle(one, replace(filters, before=one.id), asked.before) for one in older[:MOST]]
            )


def by_cycle(one: Cycle, filters: Filters, current: Cycle | None) -> tuple[Words, Filters, bool]:
    return same(one.name), filters, current is not None and one.id == current.id


def menu(label: Words, choices: Sequence[tuple[Words, Filters, bool]]) -> Menu:
    """A menu that shows another report in place; what is shown now is marked."""
    return Menu(
        label,
        tuple(
            ((CHOSEN if chosen else same("")) + name, here(Act("see", (VIEW, *filters.about))))
            for name, filters, chosen in choices
        ),
    )
