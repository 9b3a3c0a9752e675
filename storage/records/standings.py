"""How goals stood at the last look, and the sums of every week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, exists, insert, literal, select

from flows.goals.measure.kept_standing import KeptStanding
from storage.records.rows import CHUNK, chunks, columns_of, new_or_changed
from storage.records.standing_sums import joined, sums
from storage.tables.cycles import PARTICIPANT
from storage.tables.goals import STANDING, WEEK

SUMS = ("goals", "valued", "behind", "shares", "points", "paced_shares", "paced")
KEEP = new_or_changed(STANDING, "cycle", "person", "goal")
DROP = delete(STANDING).where(STANDING.c.cycle == bindparam("of_cycle"), STANDING.c.day < bindparam("before"))
HAS_WEEK = select(exists().where(WEEK.c.cycle == bindparam("of_cycle"), WEEK.c.day == bindparam("monday")))


class Standings:
    """Implements `flows.goals.measure.kept_standing.StandingRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, standings: Sequence[KeptStanding]) -> None:
        for part in chunks(standings, CHUNK):
            self._connection.execute(KEEP, [columns_of(one) for one in part])

    def drop_before(self, cycle: int, day: date) -> None:
        self._connection.execute(DROP, {"of_cycle": cycle, "before": day})

    def has_week(self, cycle: int, monday: date) -> bool:
        return bool(self._connection.scalar(HAS_WEEK, {"of_cycle": cycle, "monday": monday}))

    def keep_week(self, cycle: int, monday: date) -> None:
        group = (PARTICIPANT.c.department, PARTICIPANT.c.manager)
        found = (
            select(literal(cycle), literal(monday), *group, *sums())
            .select_from(joined())
            .where(STANDING.c.cycle == cycle, STANDING.c.share.is_not(None))
            .group_by(*group)
        )
        columns = ("cycle", "day", "department", "manager", *SUMS)
        self._connection.execute(insert(WEEK).from_select(columns, found))
