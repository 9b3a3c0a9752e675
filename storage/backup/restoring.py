"""Takes a company out of a backup; what it had not finished saying by then may have been said since, so it is unsure."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, case, func, or_, select, update
from sqlalchemy.exc import DBAPIError

from storage.backup.carrying import Tally, carry, tallies
from storage.backup.places import emptied
from storage.backup.scratch import need_space, scratch
from storage.backup.sealing import About, BadBackup, key_in, unseal
from storage.connect import file_of
from storage.deliveries import RESTORED, SENDING, UNSURE
from storage.migrate import REVISIONS, bring_up_to_date
from storage.records.messages import LET_GO, WAITING
from storage.records.rows import CHUNK, chunks
from storage.refusals import NewerDatabase
from storage.tables.messages import MESSAGE

TABLE = MESSAGE.c
SINCE: Any = bindparam("since", type_=TABLE.due_at.type)
LARGER = 12  # times: what a company takes on the disk against its backup, at most

DOUBT = (
    update(MESSAGE)
    .where(or_(WAITING, SENDING, UNSURE), TABLE.due_at <= bindparam("to"))
    .values(
        state="unsure", error=RESTORED, unsure_since=SINCE, looked_at=None, found_absent=0,
        # The messenger is read from the earlier of the two on.
        sending_since=case((TABLE.sending_since < SINCE, TABLE.sending_since), else_=SINCE),
        **LET_GO,
    )
)  # fmt: skip
FREE = update(MESSAGE).where(TABLE.owner.is_not(None)).values(**LET_GO)
UNASKED = select(TABLE.id, TABLE.person).where(
    UNSURE, TABLE.day.is_not(None), TABLE.person.is_not(None), TABLE.due_at <= bindparam("to")
)
IN_DOUBT = select(func.count()).where(UNSURE)
PUT_OFF = update(MESSAGE).where(TABLE.id == bindparam("which")).values(due_at=bindparam("moment"))
LATEST = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Taken:
    """A company that was taken out of a backup, in a database of its own that nobody else sees."""

    about: About
    engine: Engine

    def doubt(self, to: datetime = LATEST) -> None:
        """Of no message that was due up to `to` and not finished is it known whether it arrived.

        The sender looks for each in the messenger, from the moment of the backup on, before it sends any.
        """
        with self.engine.begin() as connection:
            connection.execute(DOUBT, {"since": self.about.moment, "to": to})
            connection.execute(FREE)

    def unasked(self, to: datetime) -> list[tuple[str, int]]:
        """The messages of a day that are in doubt and were due up to `to`: their ids, and whom they are for."""
        with self.engine.begin() as connection:
            return [(one, person) for one, person in connection.execute(UNASKED, {"to": to})]

    def put_off(self, moments: Sequence[tuple[str, datetime]]) -> None:
        """Have each leave at its moment, if it turns out that it has not arrived."""
        with self.engine.begin() as connection:
            for chunk in chunks([{"which": one, "moment": moment} for one, moment in moments], CHUNK):
                connection.execute(PUT_OFF, chunk)

    def in_doubt(self) -> int:
        """How many messages are to be looked for."""
        with self.engine.begin() as connection:
            return int(connection.execute(IN_DOUBT).scalar_one())

    def tallies(self) -> tuple[Tally, ...]:
        """What every table holds."""
        with self.engine.begin() as connection:
            return tallies(connection)

    def put_into(self, url: str) -> tuple[Tally, ...]:
        """Put all of it into the empty database at `url`, or nothing; what was carried, table by table."""
        with self.engine.begin() as reading, emptied(url) as writing:
            return carry(reading, writing)


@contextmanager
def taken_out(file: Path, key: Path, folder: Path) -> Iterator[Taken]:
    """The backup's company, with the tables of this release, in `folder` in a file without a name.

    Raises BadBackup, BadKey, NewerDatabase or NoSpace.
    """
    identity = key_in(key)
    need_space(folder, LARGER * file.stat().st_size)
    with scratch(folder) as copy, file.open("rb") as opened:
        about = unseal(opened, [identity], copy.file)
        copy.file.flush()
        if about.revision not in REVISIONS:
            raise NewerDatabase(
                f"{file.name} was made by perfloop {about.release}, which is newer than this one. Install that release "
                "again; nothing was changed."
            )
        _check(copy.engine, file.name)
        bring_up_to_date(copy.engine)
        yield Taken(about, copy.engine)


def place_for(url: str) -> Path:
    """The folder on whose disk a copy may lie while the database at `url` is filled."""
    file = file_of(url)
    return file.parent if file else Path(tempfile.gettempdir())


def _check(engine: Engine, name: str) -> None:
    """Raises BadBackup where what was taken out is no sound database."""
    try:
        with engine.begin() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            whole = connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    except DBAPIError:
        sound = whole = False
    if not sound or not whole:
        raise BadBackup(
            f"What is in {name} is no sound database. Nothing was changed; try another copy of it."
        )
