"""What may be shown of what people agreed to do: to whoever leads them all of it, to HR sums about enough people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flows.plans.records import Source
from flows.reports.cells import COMPANY, LEAST, Place, shown_groups, sizes_of
from flows.reports.plans.kept import Agreed, Doing
from flows.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Doings:
    """What the people of a scope agreed to do, by department and source, and which sums of it may be shown.

    `departments` are those of the scope that have any, `seen` those whose sum may be shown, `sources` likewise;
    `together`: whether the sum of all may be.
    """

    rows: Sequence[Doing]
    departments: frozenset[str]
    seen: frozenset[str]
    sources: frozenset[Source]
    together: bool

    def of(self, department: str) -> Agreed | None:
        """A department's; None where it may not be shown."""
        return self._sum(lambda one: one.department == department) if department in self.seen else None

    def at(self, source: Source) -> Agreed | None:
        """What was agreed in one kind of place; None where it may not be shown."""
        return self._sum(lambda one: one.source == source) if source in self.sources else None

    @property
    def all(self) -> Agreed | None:
        """All of it; None where it may not be shown."""
        return self._sum(lambda one: one.department in self.departments) if self.together else None

    def _sum(self, wanted: Callable[[Doing], bool]) -> Agreed:
        return total(one.agreed for one in self.rows if wanted(one))


def total(several: Iterable[Agreed]) -> Agreed:
    return sum(several, Agreed())


def to_whoever_leads(rows: Sequence[Doing]) -> Doings:
    """All of it: they may read it one by one."""
    every = frozenset(one.department for one in rows)
    return Doings(rows, every, every, frozenset(one.source for one in rows), together=True)


def to_hr(rows: Sequence[Doing], scope: Scope, led: Sequence[Doing] = ()) -> Doings:
    """Sums about at least four people, from which, whoever else sees whatever, nothing about fewer follows.

    `rows` are the whole company's, whatever the scope, so that the same is shown to everybody. Somebody who agreed to
    something in several kinds of places is counted in each, so the least number is as many times as large. Of a line
    nothing is shown: lines lie within each other, and their differences are single people. What the reader's own people
    agreed to (`led`) they read one by one: what is left of a sum without these has to be enough as well.
    """
    every = frozenset(one.department for one in rows)
    if scope.below is not None:
        return Doings((), frozenset(), frozenset(), frozenset(), together=False)
    kinds = {one.source for one in rows}
    least = LEAST * max(len(kinds), 1)
    places = Counter({Place(one.department, one.source, None): one.people for one in rows})
    others = places - Counter({Place(one.department, one.source, None): one.people for one in led})
    unread, enough = sizes_of(others), shown_groups(others, least)
    shown = {group for group in shown_groups(places, least) if group in enough or not unread.get(group)}
    wanted = every if scope.departments is None else every & scope.departments
    seen = frozenset(name for name in wanted if ("department", name) in shown)
    if scope.departments is None:
        sources = frozenset(source for source in kinds if ("level", source) in shown)
        return Doings(rows, wanted, seen, sources, together=COMPANY in shown)
    return Doings(rows, wanted, seen, frozenset(), together=bool(wanted) and wanted == seen)
