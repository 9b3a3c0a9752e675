"""The catalogue of trainings, and who takes part in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.plans.training_kept import Enrolment, Training
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.plans import ENROLMENT, TRAINING

TABLE, PLACE = TRAINING.c, ENROLMENT.c
ALL = select(*(TABLE[name] for name in Training.__slots__)).order_by(TABLE.code)
SOME = ALL.where(TABLE.id.in_(bindparam("ids", expanding=True)))
INSERT, UPDATE = insert(TRAINING), update(TRAINING).where(TABLE.id == bindparam("which"))
PLACES = select(*(PLACE[name] for name in Enrolment.__slots__)).order_by(PLACE.id)
BY_ID = PLACES.where(PLACE.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
OF_PERSON = PLACES.where(PLACE.person == bindparam("person"))
IN_TRAINING = PLACES.where(PLACE.training == bindparam("training"))
ASKED = PLACES.where(PLACE.person.in_(bindparam("ids", expanding=True)), PLACE.state == "asked")
ENROL, CHANGE = insert(ENROLMENT), update(ENROLMENT).where(PLACE.id == bindparam("which"))
FORGET = update(ENROLMENT).where(PLACE.decided_at < bindparam("before"), PLACE.why != "").values(why="")


class Trainings:
    """Implements `flows.plans.training_kept.TrainingKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, training: int) -> Training | None:
        return next(iter(self.many([training])), None)

    def many(self, trainings: Sequence[int]) -> list[Training]:
        found: list[Training] = []
        for ids in chunks(sorted(set(trainings)), MOST_IDS):
            found += [Training(*row) for row in self._connection.execute(SOME, {"ids": ids})]
        return found

    def all(self) -> list[Training]:
        return [Training(*row) for row in self._connection.execute(ALL)]

    def save(self, training: Training) -> Training:
        row = columns_of(training, "id")
        if training.id:
            self._connection.execute(UPDATE, {**row, "which": training.id})
            return training
        return replace(training, id=insert_one(self._connection, INSERT, row))

    def place(self, enrolment: int) -> Enrolment | None:
        return next(iter(self._places(BY_ID, {"id": enrolment})), None)

    def lock_place(self, enrolment: int) -> Enrolment | None:
        return next(iter(self._places(LOCKED, {"id": enrolment})), None)

    def places_of(self, person: int) -> list[Enrolment]:
        return self._places(OF_PERSON, {"person": person})

    def places_in(self, training: int) -> list[Enrolment]:
        return self._places(IN_TRAINING, {"training": training})

    def asked_of(self, people: Sequence[int]) -> list[Enrolment]:
        found: list[Enrolment] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._places(ASKED, {"ids": ids})
        return found

    def save_place(self, enrolment: Enrolment) -> Enrolment:
        row = columns_of(enrolment, "id")
        if enrolment.id:
            self._connection.execute(CHANGE, {**row, "which": enrolment.id})
            return enrolment
        return replace(enrolment, id=insert_one(self._connection, ENROL, row))

    def forget_texts(self, before: datetime) -> int:
        return self._connection.execute(FORGET, {"before": before}).rowcount

    def _places(self, statement: Any, values: dict[str, Any]) -> list[Enrolment]:
        return [Enrolment(*row) for row in self._connection.execute(statement, values)]
