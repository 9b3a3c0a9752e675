"""Makes a backup while the bot runs, and takes away those that may not be kept any longer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, func, insert, select, union

from storage.backup import sealing
from storage.backup.carrying import Tally, carry
from storage.backup.places import snapshot
from storage.backup.scratch import need_space, scratch
from storage.backup.sealing import About, BadBackup, recipient
from storage.connect import file_of
from storage.keys import settle
from storage.migrate import REVISIONS
from storage.refusals import StorageError
from storage.tables.conversations import CONVERSATION
from storage.tables.every import METADATA
from storage.tables.sealed import PEN

ENDING = ".backup"
KEPT = timedelta(days=14)  # of a backup with answers that are anonymous once their cycle is released
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
UNSEALED = union(select(PEN.c.cycle), select(CONVERSATION.c.sealed).where(CONVERSATION.c.sealed.is_not(None)))


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its size in bytes, and what it holds."""

    file: Path
    size: int
    rows: int
    about: About


def back_up(url: str, place: Path, to: str, release: str, now: datetime) -> Made:
    """Put the company at `url` into a new file at `place`, or in the folder `place`, encrypted to the public key `to`.

    While it is made, a copy lies beside it in a file without a name. The backup gets its name when it was read back
    whole. Raises a StorageError or an OSError; then there is no new file.
    """
    public = recipient(to)
    file = place / f"perfloop-{now:%Y%m%dT%H%M%SZ}{ENDING}" if place.is_dir() else place
    if file.exists():
        raise StorageError(f"{file} is there already. Choose another name; nothing was changed.")
    if not file.parent.is_dir():
        raise StorageError(f"The folder {file.parent} does not exist. Make it first, or correct the path.")
    draft = file.with_name(f".{file.name}.part")
    with scratch(file.parent) as copy:
        with snapshot(url) as source:
            need_space(file.parent, 2 * _size(source, url))
            carried, unsealed = _copied(source, copy.engine)
        about = About(now, release, REVISIONS[-1], unsealed)
        copy.file.seek(0)
        try:
            with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as opened:
                sealing.seal(copy.file, opened, about, public)
            draft.rename(file)
        finally:
            draft.unlink(missing_ok=True)
    settle(file.parent)
    return Made(file, file.stat().st_size, sum(tally.rows for tally in carried), about)


def _copied(source: Connection, scratch: Engine) -> tuple[Sequence[Tally], tuple[int, ...]]:
    with scratch.begin() as target:
        METADATA.create_all(target)  # what the migrations make, in a tenth of their time
        VERSION.create(target)
        target.execute(insert(VERSION).values(version_num=REVISIONS[-1]))
        carried = carry(source, target)
        unsealed = tuple(sorted(target.execute(UNSEALED).scalars()))
    return carried, unsealed


def _size(connection: Connection, url: str) -> int:
    """Bytes of the database."""
    file = file_of(url)
    if file is not None:
        return file.stat().st_size
    return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)


def prune(folder: Path, now: datetime) -> tuple[list[Path], list[Path]]:
    """Delete backups of `folder` that are older than two weeks and hold answers which become anonymous.

    Those that were deleted, and those that can't be read. A cycle is sealed after its backups were made, so none
    outlives its seal by more than two weeks.
    """
    gone, unreadable = [], []
    for file in sorted(folder.glob(f"*{ENDING}")):
        try:
            about = sealing.about(file)
        except BadBackup:
            unreadable.append(file)
            continue
        if about.unsealed and about.moment + KEPT <= now:
            file.unlink()
            gone.append(file)
    return gone, unreadable
