"""Results as they were opened, counted by where people stood: the database groups, one statement for each question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Numeric,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
)

from flows.reports.cells import Place
from flows.reports.results.released import Questions, Sums
from flows.reports.scope import Scope
from storage.records.reports.within import within
from storage.records.rows import MOST_IDS, chunks
from storage.tables.cycles import PARTICIPANT
from storage.tables.people import PERSON
from storage.tables.results import RELEASED
from storage.tables.reviews import REVIEW
from storage.tables.sealed import SEALED_GROUP

R, V, G = RELEASED.c, REVIEW.c, SEALED_GROUP.c
EARLIER, NEWER = RELEASED.alias("earlier"), REVIEW.alias("newer")
PLACE = (R.department, R.level, R.manager)
TEAM = (R.department, literal("").label("level"), R.manager)
IN = and_(R.cycle == bindparam("cycle"), R.counted)
RATINGS = select(*PLACE, R.rating, func.count()).where(IN).group_by(*PLACE, R.rating)
GIVEN = select(*PLACE, R.given, func.count()).where(IN).group_by(*PLACE, R.given)
SCORES = (
    select(*TEAM, func.count(), func.sum(R.score))
    .where(IN, R.score.is_not(None))
    .group_by(R.department, R.manager)
)
BOTH = (
    select(*TEAM, EARLIER.c.rating, R.rating, func.count())
    .join(
        EARLIER, and_(EARLIER.c.person == R.person, EARLIER.c.cycle == bindparam("before"), EARLIER.c.counted)
    )
    .where(IN)
    .group_by(R.department, R.manager, EARLIER.c.rating, R.rating)
)
PLACES = select(R.person, *PLACE).where(IN, R.person.in_(bindparam("people", expanding=True)))
# One review for each person: where two managers wrote in one phase, the later one counts.
REVIEWED = and_(
    V.cycle == R.cycle,
    V.about == R.person,
    V.phase == bindparam("phase"),
    V.kind == bindparam("kind"),
    ~select(NEWER.c.id)
    .where(
        NEWER.c.cycle == V.cycle,
        NEWER.c.about == V.about,
        NEWER.c.phase == V.phase,
        NEWER.c.kind == V.kind,
        NEWER.c.id > V.id,
    )
    .exists(),
)
PUBLISHED = and_(G.cycle == R.cycle, G.about == R.person, G.phase == bindparam("phase"), G.shown)


class ReleasedResults:
    """Implements `flows.reports.results.released.ReleasedKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ratings(self, cycle: int) -> list[tuple[Place, str, int]]:
        rows = self._connection.execute(RATINGS, {"cycle": cycle})
        return [(Place(*row[:3]), row[3], row[4]) for row in rows]

    def given(self, cycle: int) -> list[tuple[Place, str, int]]:
        rows = self._connection.execute(GIVEN, {"cycle": cycle})
        return [(Place(*row[:3]), row[3], row[4]) for row in rows]

    def scores(self, cycle: int) -> list[tuple[Place, int, int]]:
        rows = self._connection.execute(SCORES, {"cycle": cycle})
        return [(Place(*row[:3]), row[3], int(row[4])) for row in rows]

    def both(self, before: int, after: int) -> list[tuple[Place, str, str, int]]:
        rows = self._connection.execute(BOTH, {"cycle": after, "before": before})
        return [(Place(*row[:3]), row[3], row[4], row[5]) for row in rows]

    def reviewed(self, cycle: int, phase: str, kind: str, questions: Questions) -> list[tuple[Place, Sums]]:
        values = []
        for name, steps in questions.items():
            said = V.answers[name].as_string()
            values.append(case((said.in_(sorted(steps)), cast(said, Integer) * 100)))
        asked = {"cycle": cycle, "phase": phase, "kind": kind}
        return self._sums(REVIEW, REVIEWED, list(questions), values, asked)

    def published(self, cycle: int, phase: str, questions: Sequence[str]) -> list[tuple[Place, Sums]]:
        averages = [cast(G.averages[name].as_string(), Numeric) for name in questions]
        values: list[ColumnElement[Any]] = [cast(func.round(average * 100), Integer) for average in averages]
        asked = {"cycle": cycle, "phase": phase}
        return self._sums(SEALED_GROUP, PUBLISHED, questions, values, asked)

    def leaders(self, cycle: int, scope: Scope) -> dict[int, str]:
        found = (
            select(PERSON.c.id, PERSON.c.name)
            .where(
                PERSON.c.id.in_(
                    select(R.manager).where(R.cycle == cycle, R.counted, *within(scope, RELEASED))
                )
            )
            .order_by(PERSON.c.name, PERSON.c.id)
        )
        return {row[0]: row[1] for row in self._connection.execute(found)}

    def places(self, cycle: int, people: Sequence[int]) -> dict[int, Place]:
        return {
            row[0]: Place(*row[1:])
            for some in chunks(people, MOST_IDS)
            for row in self._connection.execute(PLACES, {"cycle": cycle, "people": some})
        }

    def outside(
        self, cycles: Sequence[int], scopes: Sequence[Scope], apart: Collection[int]
    ) -> dict[Place, int]:
        if any(scope.whole for scope in scopes):
            return {}
        found, outside = (
            select(*PLACE, func.count()).where(R.cycle == cycles[0], R.person.not_in(sorted(apart))),
            [],
        )
        for nth, cycle in enumerate(cycles):
            there, place = RELEASED.alias(f"there{nth}"), PARTICIPANT.alias(f"place{nth}")
            found = found.join(
                there, and_(there.c.cycle == cycle, there.c.person == R.person, there.c.counted)
            )
            found = found.join(place, and_(place.c.cycle == cycle, place.c.person == R.person))
            inside = or_(*(and_(*within(scope, place)) for scope in scopes))
            outside.append(not_(func.coalesce(inside, False)))  # who has no manager is in nobody's line
        rows = self._connection.execute(found.where(or_(*outside)).group_by(*PLACE))
        return {Place(*row[:3]): row[3] for row in rows}

    def _sums(
        self,
        table: FromClause,
        on: ColumnElement[bool],
        questions: Iterable[str],
        values: Sequence[ColumnElement[Any]],
        asked: Mapping[str, Any],
    ) -> list[tuple[Place, Sums]]:
        """How many have each value, and its sum, by place; each row's values are read once."""
        names = list(questions)
        if not names:
            return []
        each = (
            select(*TEAM, *(value.label(f"v{nth}") for nth, value in enumerate(values)))
            .select_from(RELEASED)
            .join(table, on)
            .where(IN)
            .subquery()
        )
        columns = [each.c[f"v{nth}"] for nth in range(len(names))]
        place = (each.c.department, each.c.level, each.c.manager)
        counted = [one for column in columns for one in (func.count(column), func.sum(column))]
        rows = self._connection.execute(select(*place, *counted).group_by(*place), asked)
        return [
            (
                Place(*row[:3]),
                {name: (row[3 + 2 * nth], int(row[4 + 2 * nth] or 0)) for nth, name in enumerate(names)},
            )
            for row in rows
        ]
