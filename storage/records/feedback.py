"""Feedback between two colleagues, and requests for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flows.coaching.feedback_records import Feedback, FeedbackRequest, RequestState
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.coaching import FEEDBACK, FEEDBACK_REQUEST

TABLE, ASKED = FEEDBACK.c, FEEDBACK_REQUEST.c
ALL = select(*(TABLE[name] for name in Feedback.__slots__)).order_by(TABLE.at, TABLE.id)
BY_ID = ALL.where(TABLE.id == bindparam("id"))
SINCE = TABLE.at >= bindparam("since")
ABOUT = ALL.where(TABLE.about == bindparam("person"), SINCE)
BY = ALL.where(TABLE.by == bindparam("person"), SINCE)
SHARED = ALL.where(TABLE.about.in_(bindparam("people", expanding=True)), TABLE.shared, SINCE)
INSERT = insert(FEEDBACK)
THANK = (
    update(FEEDBACK)
    .where(TABLE.id == bindparam("which"), TABLE.thanked_at.is_(None))
    .values(thanked_at=bindparam("now", type_=TABLE.thanked_at.type))
)
REQUESTS = select(*(ASKED[name] for name in FeedbackRequest.__slots__)).order_by(ASKED.at, ASKED.id)
REQUEST = REQUESTS.where(ASKED.id == bindparam("id"))
ASKED_OF = REQUESTS.where(ASKED.whom == bindparam("person"), ASKED.state == "open")
ASKED_BY = REQUESTS.where(ASKED.by == bindparam("person"), ASKED.at >= bindparam("since"))
ASK = insert(FEEDBACK_REQUEST)
SETTLE = update(FEEDBACK_REQUEST).where(ASKED.id == bindparam("which"))
FORGET = (
    delete(FEEDBACK).where(TABLE.at < bindparam("before")),
    delete(FEEDBACK_REQUEST).where(ASKED.at < bindparam("before")),
)


class FeedbackKept:
    """Implements `flows.coaching.feedback_records.FeedbackKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, request: FeedbackRequest) -> FeedbackRequest:
        return replace(request, id=insert_one(self._connection, ASK, columns_of(request, "id")))

    def request(self, request: int) -> FeedbackRequest | None:
        return next(iter(self._requests(REQUEST, {"id": request})), None)

    def settle(self, request: int, state: RequestState) -> None:
        self._connection.execute(SETTLE, {"which": request, "state": state})

    def asked_of(self, person: int) -> list[FeedbackRequest]:
        return self._requests(ASKED_OF, {"person": person})

    def asked_by(self, person: int, since: datetime) -> list[FeedbackRequest]:
        return self._requests(ASKED_BY, {"person": person, "since": since})

    def keep(self, feedback: Feedback) -> Feedback:
        return replace(feedback, id=insert_one(self._connection, INSERT, columns_of(feedback, "id")))

    def get(self, feedback: int) -> Feedback | None:
        return next(iter(self._many(BY_ID, {"id": feedback})), None)

    def thank(self, feedback: int, now: datetime) -> bool:
        return self._connection.execute(THANK, {"which": feedback, "now": now}).rowcount == 1

    def about(self, person: int, since: datetime) -> list[Feedback]:
        return self._many(ABOUT, {"person": person, "since": since})

    def by(self, person: int, since: datetime) -> list[Feedback]:
        return self._many(BY, {"person": person, "since": since})

    def shared_about(self, people: Sequence[int], since: datetime) -> list[Feedback]:
        return [
            one
            for some in chunks(people, MOST_IDS)
            for one in self._many(SHARED, {"people": some, "since": since})
        ]

    def forget(self, before: datetime) -> int:
        return sum(self._connection.execute(one, {"before": before}).rowcount for one in FORGET)

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Feedback]:
        return [Feedback(*row) for row in self._connection.execute(statement, values)]

    def _requests(self, statement: Any, values: Mapping[str, Any]) -> list[FeedbackRequest]:
        return [FeedbackRequest(*row) for row in self._connection.execute(statement, values)]
