"""What belongs to goals: action steps, API tokens and the library."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.goals.kept import ActionStep, LibraryGoal, Token
from flows.goals.terms_json import to_json
from storage.records.goal_rows import LIBRARY_GOALS, STEPS, library_goal_of
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.goals import LIBRARY, STEP, TOKEN

STEPS_OF = STEPS.where(STEP.c.goal.in_(bindparam("ids", expanding=True))).order_by(
    STEP.c.goal, STEP.c.due.nulls_last(), STEP.c.id
)
ONE_STEP = STEPS.where(STEP.c.id == bindparam("id"))
ADD_STEP = insert(STEP)
CHANGE_STEP = update(STEP).where(STEP.c.id == bindparam("which"))
FORGET_STEPS = delete(STEP).where(STEP.c.id.in_(bindparam("ids", expanding=True)))

TOKENS = select(*(TOKEN.c[name] for name in Token.__slots__)).order_by(TOKEN.c.id)
BY_SECRET = TOKENS.where(TOKEN.c.secret == bindparam("hash"))
ONE_TOKEN = TOKENS.where(TOKEN.c.id == bindparam("id"))
ADD_TOKEN = insert(TOKEN)
CHANGE_TOKEN = update(TOKEN).where(TOKEN.c.id == bindparam("which"))
PREFIX = "pl_"  # so that a token is recognised where it should not lie

FOR_JOB = LIBRARY_GOALS.where(LIBRARY.c.job.in_(["", bindparam("of_job")])).order_by(
    LIBRARY.c.job.desc(), LIBRARY.c.place
)
ALL_LIBRARY = LIBRARY_GOALS.order_by(LIBRARY.c.job, LIBRARY.c.place)
ONE_OF_LIBRARY = LIBRARY_GOALS.where(LIBRARY.c.id == bindparam("id"))
CLEAR = delete(LIBRARY).where(LIBRARY.c.job == bindparam("of_job"))
ADD_LIBRARY = insert(LIBRARY)


class Steps:
    """Implements `flows.goals.records.StepRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_goals(self, goals: Sequence[int]) -> list[ActionStep]:
        found: list[ActionStep] = []
        for ids in chunks(sorted(set(goals)), MOST_IDS):
            found += [ActionStep(*row) for row in self._connection.execute(STEPS_OF, {"ids": ids})]
        return found

    def get(self, step: int) -> ActionStep | None:
        row = self._connection.execute(ONE_STEP, {"id": step}).first()
        return ActionStep(*row) if row else None

    def save(self, step: ActionStep) -> ActionStep:
        row = columns_of(step, "id")
        if step.id:
            self._connection.execute(CHANGE_STEP, {**row, "which": step.id})
            return step
        return replace(step, id=insert_one(self._connection, ADD_STEP, row))

    def forget(self, steps: Sequence[int]) -> None:
        for ids in chunks(steps, MOST_IDS):
            self._connection.execute(FORGET_STEPS, {"ids": ids})


class Tokens:
    """Implements `flows.goals.records.TokenRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(
        self, name: str, metrics: Sequence[str], departments: Sequence[str], by: int, now: datetime
    ) -> tuple[Token, str]:
        secret = PREFIX + secrets.token_urlsafe(32)
        token = Token(0, name, tuple(metrics), tuple(departments), by, now)
        row = {**columns_of(token, "id"), "metrics": list(metrics), "departments": list(departments)}
        made = insert_one(self._connection, ADD_TOKEN, {**row, "secret": hash_of(secret)})
        return replace(token, id=made), secret

    def find(self, secret: str) -> Token | None:
        return self._one(BY_SECRET, {"hash": hash_of(secret)})

    def get(self, token: int) -> Token | None:
        return self._one(ONE_TOKEN, {"id": token})

    def all(self) -> list[Token]:
        return [_token(row) for row in self._connection.execute(TOKENS)]

    def revoke(self, token: int, now: datetime) -> None:
        self._connection.execute(CHANGE_TOKEN, {"which": token, "revoked_at": now})

    def used(self, token: int, now: datetime) -> None:
        self._connection.execute(CHANGE_TOKEN, {"which": token, "used_at": now})

    def _one(self, statement: Any, values: dict[str, Any]) -> Token | None:
        row = self._connection.execute(statement, values).first()
        return _token(row) if row else None


class Library:
    """Implements `flows.goals.records.LibraryRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def for_job(self, job: str) -> list[LibraryGoal]:
        return [library_goal_of(row) for row in self._connection.execute(FOR_JOB, {"of_job": job})]

    def all(self) -> list[LibraryGoal]:
        return [library_goal_of(row) for row in self._connection.execute(ALL_LIBRARY)]

    def get(self, entry: int) -> LibraryGoal | None:
        row = self._connection.execute(ONE_OF_LIBRARY, {"id": entry}).first()
        return library_goal_of(row) if row else None

    def replace(self, job: str, entries: Sequence[LibraryGoal]) -> None:
        self._connection.execute(CLEAR, {"of_job": job})
        rows = [{"job": job, "place": n, "terms": to_json(entry.terms)} for n, entry in enumerate(entries)]
        if rows:
            self._connection.execute(ADD_LIBRARY, rows)


def hash_of(secret: str) -> str:
    """What is kept of a secret: it has 256 random bits, so one round of SHA-256 can't be guessed back."""
    return sha256(secret.encode()).hexdigest()


def _token(row: Any) -> Token:
    token = Token(*row)
    return replace(token, metrics=tuple(token.metrics), departments=tuple(token.departments))
