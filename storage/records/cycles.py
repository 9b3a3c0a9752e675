"""Cycles with their own copies of templates, the company's templates, and delegations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.cycle.records import Audience, Cycle, CycleState, Delegation
from flows.cycle.template import Template
from flows.cycle.templates import kept_json as template_json
from flows.cycle.templates.file import built_in, read_template
from storage.records.rows import columns_of, insert_one, new_or_changed
from storage.tables.cycles import CYCLE, DELEGATION, TEMPLATE

TABLE = CYCLE.c
ALL = select(*(TABLE[name] for name in Cycle.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
NEWEST_FIRST = ALL.order_by(TABLE.id.desc())
LOCK = BY_ID.with_for_update()
IN_STATE = NEWEST_FIRST.where(TABLE.state.in_(bindparam("states", expanding=True)))
INSERT = insert(CYCLE)
UPDATE = update(CYCLE).where(TABLE.id == bindparam("which"))

TEXTS = select(TEMPLATE.c.text).order_by(TEMPLATE.c.name)
TEXT = select(TEMPLATE.c.text).where(TEMPLATE.c.name == bindparam("which"))
KEEP = new_or_changed(TEMPLATE, "name")

DELEGATED = select(*(DELEGATION.c[name] for name in Delegation.__slots__)).order_by(DELEGATION.c.first)
CURRENT = DELEGATED.where(DELEGATION.c.ended_at.is_(None))
ONE_DELEGATION = DELEGATED.where(DELEGATION.c.id == bindparam("id"))
BY_PERSON = CURRENT.where(DELEGATION.c.person == bindparam("person"))
BY_DEPUTY = CURRENT.where(DELEGATION.c.deputy == bindparam("deputy"))
DELEGATE = insert(DELEGATION)
CHANGE_DELEGATION = update(DELEGATION).where(DELEGATION.c.id == bindparam("which"))


class Cycles:
    """Implements `flows.cycle.records.CycleKeeper`. A cycle is read once, until one is saved."""

    __slots__ = ("_connection", "_read")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Cycle] = {}

    def get(self, cycle: int) -> Cycle | None:
        if cycle not in self._read:
            self._many(BY_ID, {"id": cycle})
        return self._read.get(cycle)

    def all(self) -> list[Cycle]:
        return self._many(NEWEST_FIRST, {})

    def lock(self, cycle: int) -> Cycle | None:
        self._read.pop(cycle, None)
        return next(iter(self._many(LOCK, {"id": cycle})), None)

    def in_state(self, *states: CycleState) -> list[Cycle]:
        return self._many(IN_STATE, {"states": states})

    def save(self, cycle: Cycle) -> Cycle:
        self._read.clear()
        row = columns_of(cycle, "id")
        row["template"] = template_json.dump(cycle.template)
        row["audience"] = columns_of(cycle.audience)
        row["moved"] = {
            phase: [first.isoformat(), last.isoformat()] for phase, (first, last) in cycle.moved.items()
        }
        if cycle.id:
            self._connection.execute(UPDATE, {**row, "which": cycle.id})
            return cycle
        return replace(cycle, id=insert_one(self._connection, INSERT, row))

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Cycle]:
        found = [_cycle(row) for row in self._connection.execute(statement, values)]
        self._read |= {cycle.id: cycle for cycle in found}
        return found


class Templates:
    """Implements `flows.cycle.records.TemplateRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Template]:
        """A text that can't be read by this release any more is left out."""
        own = (read_template(text) for text in self._connection.execute(TEXTS).scalars())
        found = {template.name: template for template in built_in()}
        found |= {template.name: template for template in own if isinstance(template, Template)}
        return sorted(found.values(), key=lambda template: template.name)

    def get(self, name: str) -> Template | None:
        return next((template for template in self.all() if template.name == name), None)

    def text(self, name: str) -> str | None:
        found: str | None = self._connection.execute(TEXT, {"which": name}).scalar()
        return found

    def save(self, name: str, text: str, now: datetime) -> None:
        self._connection.execute(KEEP, {"name": name, "text": text, "changed_at": now})


class Delegations:
    """Implements `flows.cycle.records.DelegationRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, delegation: Delegation) -> Delegation:
        row = columns_of(delegation, "id")
        if delegation.id:
            self._connection.execute(CHANGE_DELEGATION, {**row, "which": delegation.id})
            return delegation
        return replace(delegation, id=insert_one(self._connection, DELEGATE, row))

    def get(self, delegation: int) -> Delegation | None:
        return next(iter(self._many(ONE_DELEGATION, {"id": delegation})), None)

    def of_person(self, person: int) -> list[Delegation]:
        return self._many(BY_PERSON, {"person": person})

    def to_deputy(self, deputy: int) -> list[Delegation]:
        return self._many(BY_DEPUTY, {"deputy": deputy})

    def all_current(self) -> list[Delegation]:
        return self._many(CURRENT, {})

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Delegation]:
        return [Delegation(*row) for row in self._connection.execute(statement, values)]


def audience_of(kept: Mapping[str, Any]) -> Audience:
    """The audience that `columns_of` wrote."""
    return Audience(**{name: tuple(values) for name, values in kept.items()})


def _cycle(row: Any) -> Cycle:
    kept = row._asdict()
    return Cycle(
        **{
            **kept,
            "template": template_json.load(kept["template"]),
            "audience": audience_of(kept["audience"]),
            "moved": {
                phase: (date.fromisoformat(first), date.fromisoformat(last))
                for phase, (first, last) in kept["moved"].items()
            },
        }
    )
