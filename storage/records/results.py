"""What results keep: the ledger of versions, calibration sessions with their seats, and the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from flows.results.records import Given, Release, Session, Version, Withheld
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, insert_one, new_only, new_or_changed
from storage.tables.cycles import PARTICIPANT
from storage.tables.results import RELEASE, SEAT, SESSION, VERSION, WITHHELD

V, S, W = VERSION.c, SESSION.c, WITHHELD.c
VERSIONS = select(*(V[name] for name in Version.__slots__))  # in the order of the value's fields
OF_CYCLE = V.cycle == bindparam("cycle")
OF = VERSIONS.where(OF_CYCLE, V.person == bindparam("person")).order_by(V.version)
LATEST = OF.order_by(None).order_by(V.version.desc()).limit(1)
THEIRS = V.person.in_(bindparam("people", expanding=True))
LATER = VERSION.alias("later")
NEWEST: ColumnElement[int] = (  # one look into the key for each row, which is all that either database needs
    select(func.max(LATER.c.version))
    .where(LATER.c.cycle == V.cycle, LATER.c.person == V.person)
    .scalar_subquery()
)
LATEST_ONES = VERSIONS.where(OF_CYCLE, THEIRS, V.version == NEWEST)
GIVEN = select(*(V[name] for name in Given.__slots__)).where(OF_CYCLE, THEIRS).order_by(V.person, V.version)
SPREAD = select(V.person, V.rating).where(OF_CYCLE, V.version == NEWEST).order_by(V.person)
NEXT_PEOPLE = (
    select(V.person)
    .where(OF_CYCLE, V.person > bindparam("after"))
    .group_by(V.person)
    .order_by(V.person)
    .limit(bindparam("most"))
)
FROM_TO = VERSIONS.where(OF_CYCLE, V.person.between(bindparam("first"), bindparam("last"))).order_by(
    V.person, V.version
)
ADD = new_only(VERSION)

SESSIONS = select(*(S[name] for name in Session.__slots__))
SESSION_BY_ID = SESSIONS.where(S.id == bindparam("id"))
SESSION_LOCKED = SESSION_BY_ID.with_for_update()
SESSIONS_OF_CYCLE = SESSIONS.where(S.cycle == bindparam("cycle")).order_by(S.id)
INSERT_SESSION = insert(SESSION)
UPDATE_SESSION = update(SESSION).where(S.id == bindparam("which"))
SEATED = SESSIONS.join(SEAT, SEAT.c.session == S.id)
OF_PERSON = SEATED.where(SEAT.c.cycle == bindparam("cycle"), SEAT.c.person == bindparam("person"))
SEATED_ONES = select(SEAT.c.person).where(
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

RELEASES = select(*(RELEASE.c[name] for name in Release.__slots__))
RELEASE_OF = RELEASES.where(RELEASE.c.cycle == bindparam("cycle"))
TO_SCRUB = RELEASES.where(RELEASE.c.sealed_at.is_not(None), RELEASE.c.scrubbed_at.is_(None)).order_by(
    RELEASE.c.cycle
)
SAVE_RELEASE = new_or_changed(RELEASE, "cycle")
TAKE_BACK = delete(RELEASE).where(RELEASE.c.cycle == bindparam("cycle"), RELEASE.c.released_at.is_(None))
# Nothing is there to be locked before the first has asked, so the lock is on the cycle's number itself.
ONE_RELEASES = select(func.pg_advisory_xact_lock(literal_column(str(0x7265_6C65)), bindparam("cycle")))
WITHHELD_ALL = select(*(W[name] for name in Withheld.__slots__)).where(W.cycle == bindparam("cycle"))
WITHHELD_OF_CYCLE = WITHHELD_ALL.order_by(W.person)
WITHHELD_ONE = WITHHELD_ALL.where(W.person == bindparam("person"))
WITHHOLD = new_or_changed(WITHHELD, "cycle", "person")


class Ledger:
    """Implements `flows.results.records.LedgerRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, cycle: int, person: int) -> Version | None:
        return next(iter(self._many(LATEST, cycle=cycle, person=person)), None)

    def of(self, cycle: int, person: int) -> list[Version]:
        return self._many(OF, cycle=cycle, person=person)

    def latest_many(self, cycle: int, people: Sequence[int]) -> dict[int, Version]:
        return {
            version.person: version
            for ids in chunks(people, MOST_IDS)
            for version in self._many(LATEST_ONES, cycle=cycle, people=ids)
        }

    def given(self, cycle: int, people: Sequence[int]) -> list[Given]:
        return [
            Given(*row)
            for ids in chunks(sorted(people), MOST_IDS)
            for row in self._connection.execute(GIVEN, {"cycle": cycle, "people": ids})
        ]

    def add(self, versions: Sequence[Version]) -> int:
        return add_all(self._connection, ADD, [columns_of(version) for version in versions])

    def slice(self, cycle: int, after: int, limit: int) -> list[Version]:
        asked = {"cycle": cycle, "after": after, "most": limit}
        people = self._connection.execute(NEXT_PEOPLE, asked).scalars().all()
        return self._many(FROM_TO, cycle=cycle, first=people[0], last=people[-1]) if people else []

    def spread(self, cycle: int) -> list[tuple[int, str]]:
        return [(person, rating) for person, rating in self._connection.execute(SPREAD, {"cycle": cycle})]

    def _many(self, statement: Any, **values: Any) -> list[Version]:
        return [Version(*row) for row in self._connection.execute(statement, values)]


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
        found: set[int] = set()
        for ids in chunks(people, MOST_IDS):
            found.update(self._connection.execute(SEATED_ONES, {"cycle": cycle, "people": ids}).scalars())
        return found

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

    def final(self, cycle: int, people: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for ids in chunks(people, MOST_IDS):
            rows = self._connection.execute(STATES, {"cycle": cycle, "people": ids})
            found.update(person for person, state in rows if state == "locked")
        return found

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Session | None:
        row = self._connection.execute(statement, values).first()
        return _session(row) if row else None


class Releases:
    """Implements `flows.results.records.ReleaseRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, cycle: int) -> Release | None:
        row = self._connection.execute(RELEASE_OF, {"cycle": cycle}).first()
        return Release(*row) if row else None

    def lock(self, cycle: int) -> Release | None:
        if self._connection.dialect.name == "postgresql":  # SQLite has one writer
            self._connection.execute(ONE_RELEASES, {"cycle": cycle})
        return self.get(cycle)

    def save(self, release: Release) -> None:
        self._connection.execute(SAVE_RELEASE, columns_of(release))

    def take_back(self, cycle: int) -> None:
        self._connection.execute(TAKE_BACK, {"cycle": cycle})

    def to_scrub(self) -> list[Release]:
        return [Release(*row) for row in self._connection.execute(TO_SCRUB)]

    def withhold(self, withheld: Withheld) -> None:
        self._connection.execute(WITHHOLD, columns_of(withheld))

    def withheld(self, cycle: int) -> list[Withheld]:
        return [Withheld(*row) for row in self._connection.execute(WITHHELD_OF_CYCLE, {"cycle": cycle})]

    def is_withheld(self, cycle: int, person: int) -> Withheld | None:
        row = self._connection.execute(WITHHELD_ONE, {"cycle": cycle, "person": person}).first()
        return Withheld(*row) if row else None


def _session(row: Any) -> Session:
    found = Session(*row)
    return replace(found, participants=tuple(found.participants))
