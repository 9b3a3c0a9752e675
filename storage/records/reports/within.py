"""A report's scope as conditions on a table that has a department and a manager for each person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, select

from flows.reports.scope import Scope
from storage.tables.people import PERSON


def within(scope: Scope, table: FromClause) -> list[ColumnElement[bool]]:
    """The rows of `table` that the scope counts: by its columns `department` and `manager`.

    The line below a manager is the directory's of today, whatever table it is asked of.
    """
    found: list[ColumnElement[bool]] = []
    if scope.departments is not None:
        found.append(table.c.department.in_(sorted(scope.departments)))
    if scope.below is not None:
        found.append(table.c.manager.in_(leads_below(scope.below)))
    return found


def leads_below(manager: int) -> Select[Any]:
    """The ids of the manager and of everybody below them: whoever reports to one of these is in the line."""
    leads = select(PERSON.c.id).where(PERSON.c.id == manager).cte(recursive=True)
    leads = leads.union(select(PERSON.c.id).join(leads, PERSON.c.manager == leads.c.id))
    return select(leads.c.id)
