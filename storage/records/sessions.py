"""Calibration sessions and whom each is about: in one cycle a person has one seat at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from flows.results.records import Session
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, insert_one, new_only
from storage.tables.cycles import PARTICIPANT
from storage.tables.results import SEAT, SESSION

S = SESSION.c
SESSIONS = select(*(S[name] for name in Session.__slots__))
SESSION_BY_ID = SESSIONS.where(S.id == bindparam("id"))
SESSION_LOCKED = SESSION_BY_ID.with_for_update()
SESSIONS_OF_CYCLE = SESSIONS.where(S.cycle == bindparam("cycle")).order_by(S.id)
INSERT_SESSION = insert(SESSION)
UPDATE_SESSION = update(SESSION).where(S.id == bindparam("which"))
OF_PERSON = SESSIONS.join(SEAT, SEAT.c.session == S.id).where(
    SEAT.c.cycle == bindparam("cycle"), SEAT.c.person == bindparam("person")
)
OF_PEOPLE = select(SEAT.c.person, SEAT.c.session).where(
    SEAT.c.cycle == bindparam("cycle"), SEAT.c.person.in_(bindparam("people", expanding=True))
)
P = PARTICIPANT.c
LEFT = (
    select(P.person)
    .outerjoin(SEAT, (SEAT.c.cycle == P.cycle) & (SEAT.c.person == P.person))
    .where(P.cycle == bindparam("cycle"), P.place == "in", SEAT.c.person.is_(None))
)
COUNT_LEFT = select(func.count()).select_from(LEFT.subquery())
SEATS = select(SEAT.c.person).where(SEAT.c.session == bindparam("session")).order_by(SEAT.c.person)
# With a share of the lock that `SESSION_LOCKED` takes: no session becomes final while this transaction computes.
STATES = (
    select(SEAT.c.person, S.state)
    .join(SESSION, SEAT.c.session == S.id)
    .where(SEAT.c.cycle == bindparam("cycle"), SEAT.c.person.in_(bindparam("people", expanding=True)))
    .with_for_update(read=True, of=SESSION)
)
SEAT_NEW = new_only(SEAT)


class Sessions:
    """Implements `flows.results.records.SessionRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, session: int) -> Session | None:
        return self._one(SESSION_BY_ID, {"id": session})

    def lock(self, session: int) -> Session | None:
        return self._one(SESSION_LOCKED, {"id": session})

    def save(self, session: Session) -> Session:
        row = columns_of(session, "id") | {"participants": list(session.participants)}
        if session.id:
            self._connection.execute(UPDATE_SESSION, {**row, "which": session.id})
            return session
        return replace(session, id=insert_one(self._connection, INSERT_SESSION, row))

    def of_cycle(self, cycle: int) -> list[Session]:
        return [_session(row) for row in self._connection.execute(SESSIONS_OF_CYCLE, {"cycle": cycle})]

    def seat(self, session: Session, people: Sequence[int]) -> int:
        rows = [{"cycle": session.cycle, "person": person, "session": session.id} for person in people]
        return add_all(self._connection, SEAT_NEW, rows)

    def seats(self, session: int) -> list[int]:
        return list(self._connection.execute(SEATS, {"session": session}).scalars())

    def seated(self, cycle: int, people: Sequence[int]) -> set[int]:
        return {person for person, _ in self._seats(cycle, people)}

    def left(
        self, cycle: int, limit: int, departments: Sequence[str] = (), levels: Sequence[str] = ()
    ) -> list[int]:
        named = [P.department.in_(departments)] if departments else []
        named += [P.level.in_(levels)] if levels else []
        asked = LEFT.where(*named).order_by(P.person).limit(limit)
        return list(self._connection.execute(asked, {"cycle": cycle}).scalars())

    def count_left(self, cycle: int) -> int:
        return int(self._connection.execute(COUNT_LEFT, {"cycle": cycle}).scalar_one())

    def of_person(self, cycle: int, person: int) -> Session | None:
        return self._one(OF_PERSON, {"cycle": cycle, "person": person})

    def of_people(self, cycle: int, people: Sequence[int]) -> dict[int, Session]:
        known = {session.id: session for session in self.of_cycle(cycle)}
        return {person: known[session] for person, session in self._seats(cycle, people if known else ())}

    def final(self, cycle: int, people: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for ids in chunks(people, MOST_IDS):
            rows = self._connection.execute(STATES, {"cycle": cycle, "people": ids})
            found.update(person for person, state in rows if state == "locked")
        return found

    def _seats(self, cycle: int, people: Sequence[int]) -> Iterator[tuple[int, int]]:
        """(person, session) of those of these people who have a seat."""
        for ids in chunks(people, MOST_IDS):
            rows = self._connection.execute(OF_PEOPLE, {"cycle": cycle, "people": ids})
            yield from ((person, session) for person, session in rows)

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Session | None:
        row = self._connection.execute(statement, values).first()
        return _session(row) if row else None


def _session(row: Any) -> Session:
    found = Session(*row)
    return replace(found, participants=tuple(found.participants))
