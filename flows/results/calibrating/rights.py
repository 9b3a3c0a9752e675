"""Which session a button names, and what it is to whoever presses it, as the policy sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.hr.scope import readable_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, allows, may
from flows.results.calibrating.seats import Row, everybody, hidden_from, seen_by, sessions_of, standing_in
from flows.results.records import ResultRecords, Session

KIND = "calibration"
FINAL = Words(
    "This session is locked, and what was decided in it is final. Nothing was changed.",
    "该校准会已锁定，结果为最终结果，未作任何更改。",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A session as somebody sits at it: its cycle, the rows that they see, and whether that is everybody's.

    `steers`: they are HR for it, and neither their own result nor that of a manager above them is discussed in it.
    `notes`: they read why ratings were changed.
    """

    session: Session
    cycle: Cycle
    rows: tuple[Row, ...]
    everyone: bool
    steers: bool
    notes: bool

    @property
    def is_open(self) -> bool:
        return self.session.state == "open"


def named(records: ResultRecords, about: tuple[str, ...]) -> Session | None:
    """The session whose number stands first, as in "7" or "7/12"."""
    number = whole(about[0].partition("/")[0]) if about else 0
    return records.sessions.get(number) if number else None


def whose_session(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The session that a button names: for whoever takes part in it, and for HR of all departments in it."""
    session = named(records, about)
    return thing_of(records, actor, session) if session else None


def thing_of(records: ResultRecords, actor: Person, session: Session) -> Thing:
    departments = None if actor.hr_scope is None else departments_of(records, session)
    return Thing(KIND, departments=departments, standing=standing_in(actor, session))


def departments_of(records: ResultRecords, session: Session) -> frozenset[str]:
    seats = records.sessions.seats(session.id)
    return frozenset(place.department for place in records.participants.many(session.cycle, seats))


def whose_steering(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The same for whoever leads it: nobody leads a session in which they or the managers above them are discussed."""
    session = named(records, about)
    if session is None or hidden_from(records, actor, session.cycle) & {*records.sessions.seats(session.id)}:
        return None
    return thing_of(records, actor, session)


def any_session(records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The list: for HR, and for whoever takes part in some session."""
    takes_part = bool(sessions_of(records, actor))
    return Thing(KIND, standing=frozenset({"session"}) if takes_part else frozenset())


def whose_cycle(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """For a new session: HR of at least some of the cycle's departments; a command names no cycle yet."""
    if about and about[0]:
        thing = readable_cycle(records, actor, about)
        return Thing(KIND) if allows_part(actor, thing) else None
    return Thing(KIND)


def allows_part(actor: Person, thing: Thing | None) -> bool:
    """Whether the cycle reaches any department that the actor looks after."""
    scope = actor.hr_scope
    return thing is not None and (scope is None or bool((thing.departments or frozenset()) & scope))


def table_of(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Table:
    """The session as the actor sees it; raises NotThere where there is none."""
    session = named(records, about)
    cycle = records.cycles.get(session.cycle) if session else None
    if session is None or cycle is None:
        raise NotThere
    every = everybody(records, session)
    rows = seen_by(records, actor, session, cycle, now, every)
    steers = allows(actor, (KIND, "submit"), whose_steering(records, actor, (str(session.id),)), now)
    note = Thing("calibration_note", stage="K", standing=standing_in(actor, session))
    return Table(session, cycle, tuple(rows), len(rows) == len(every), steers, may(actor, "view", note, now))


def row_of(table: Table, person: int) -> Row:
    """One person's row; one that the reader may not see is not there."""
    row = next((row for row in table.rows if row.person.id == person), None)
    if row is None:
        raise NotThere
    return row


def refuse_final(session: Session) -> None:
    """Nothing changes in a locked session."""
    if session.state == "locked":
        raise Refusal(FINAL)
