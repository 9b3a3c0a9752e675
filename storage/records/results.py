"""What results keep: the ledger of versions, and the release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)

from flows.results.records import Given, Release, Unreadable, Version, Withheld
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, new_only, new_or_changed
from storage.tables.results import RELEASE, VERSION, WITHHELD

V, W = VERSION.c, WITHHELD.c
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
UNTIL = (
    select(V.person, func.max(V.version).label("last"), func.count().label("many"))
    .where(OF_CYCLE, V.at <= bindparam("until", type_=V.at.type))
    .group_by(V.person)
    .subquery()
)
ENDS = (
    select(UNTIL.c.many, V.hash)
    .join(UNTIL, (V.person == UNTIL.c.person) & (V.version == UNTIL.c.last))
    .where(OF_CYCLE)
    .order_by(V.person)
)
SPREAD = select(V.person, V.rating).where(OF_CYCLE, V.version == NEWEST).order_by(V.person)
NEXT_PEOPLE = (
    select(V.person)
    .where(OF_CYCLE, V.person > bindparam("after"))
    .group_by(V.person)
    .order_by(V.person)
    .limit(bindparam("most"))
)
FROM_TO = V.cycle == bindparam("cycle"), V.person.between(bindparam("first"), bindparam("last"))
OF_SOME = VERSIONS.where(*FROM_TO).order_by(V.person, V.version)
KEYS_OF_SOME = select(V.person, V.version).where(*FROM_TO).order_by(V.person, V.version)
ONE = VERSIONS.where(OF_CYCLE, V.person == bindparam("person"), V.version == bindparam("version"))
ADD = new_only(VERSION)

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

    def slice(self, cycle: int, after: int, limit: int) -> list[Version | Unreadable]:
        asked = {"cycle": cycle, "after": after, "most": limit}
        people = self._connection.execute(NEXT_PEOPLE, asked).scalars().all()
        if not people:
            return []
        some = {"cycle": cycle, "first": people[0], "last": people[-1]}
        try:
            return [*self._many(OF_SOME, **some)]
        except Exception:  # whatever stands in a row that was spoiled: the others are read without it
            keys = self._connection.execute(KEYS_OF_SOME, some).all()
            return [self._one(cycle, person, version) for person, version in keys]

    def ends(self, cycle: int, until: datetime) -> tuple[int, list[str]]:
        rows = self._connection.execute(ENDS, {"cycle": cycle, "until": until}).all()
        return sum(many for many, _ in rows), [last for _, last in rows]

    def spread(self, cycle: int) -> list[tuple[int, str]]:
        return [(person, rating) for person, rating in self._connection.execute(SPREAD, {"cycle": cycle})]

    def _one(self, cycle: int, person: int, version: int) -> Version | Unreadable:
        try:
            return self._many(ONE, cycle=cycle, person=person, version=version)[0]
        except Exception:  # the database itself has just answered
            return Unreadable(person, version)

    def _many(self, statement: Any, **values: Any) -> list[Version]:
        return [Version(*row) for row in self._connection.execute(statement, values)]


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
