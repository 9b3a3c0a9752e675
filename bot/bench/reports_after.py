"""What follows a released cycle: interviews, plans, actions, appeals and improvement plans."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, Text, case, cast, literal, null

from bot.bench.reports_rows import copied, one_of, owed
from bot.bench.staff import NOON
from storage.tables.appeals import APPEAL
from storage.tables.appeals import STEP as APPEAL_STEP
from storage.tables.improvement import IMPROVEMENT
from storage.tables.interviews import INTERVIEW
from storage.tables.people import PERSON
from storage.tables.plans import ACTION, DEVELOPMENT

DAY = timedelta(days=1)
P, A = PERSON.c, APPEAL.c
THEN = NOON - 50 * DAY


def followed(connection: Connection, number: int) -> None:
    """Everybody has had a talk and has a plan with two actions; one in fifty appealed, one in 500 is to improve."""
    led = P.manager.is_not(None)
    copied(
        connection, INTERVIEW, PERSON, led, cycle=number, person=P.id, manager=P.manager, state="done", minutes=30, until=THEN,
        uid=literal("u") + cast(P.id, Text), sequence=0, slots=[], turn=0, starts_at=None, ends_at=None, note="",
        made_at=THEN, changed_at=THEN,
    )  # fmt: skip
    copied(
        connection, DEVELOPMENT, person=P.id, cycle=number, state=case((P.id % 4 == 0, "draft"), else_="agreed"),
        content={"strengths": "x" * 200}, pending=None, version=1, asked=0, asked_by=None, changed_at=THEN,
    )  # fmt: skip
    owed(connection, "plan", number, "development-plan", state="done", done_at=THEN)
    for source, of in (("development", DEVELOPMENT), ("interview", INTERVIEW)):
        state = case((of.c.id % 3 == 0, "done"), (of.c.id % 11 == 0, "dropped"), else_="open")
        ended = case((of.c.id % 3 == 0, THEN + 9 * DAY), (of.c.id % 11 == 0, THEN), else_=null())
        copied(
            connection, ACTION, of, person=of.c.person, source=source, of=of.c.id, text="Learn it", state=state, why="",
            due=case((of.c.id % 2 == 0, NOON.date() - DAY), else_=NOON.date() + 30 * DAY), made_by=1, made_at=THEN,
            ended_at=ended,
        )  # fmt: skip
    outcomes = ["upheld", "partly", "rejected"]
    copied(
        connection, APPEAL, PERSON, P.id % 50 == 7, cycle=number, person=P.id, department=P.department, version=1,
        state="decided", parts=["rating"], facts="", evidence="", talk="held", wish="", apart=False, filed_at=THEN, step=4,
        step_at=THEN + 9 * DAY, due_at=THEN + 9 * DAY, completed=False, late=False, outcome=one_of(A.outcome, outcomes),
        ended_at=THEN + 9 * DAY,
    )  # fmt: skip
    for nth, kind in enumerate(("filed", "admitted", "proposed", "accepted")):
        copied(
            connection, APPEAL_STEP, APPEAL, appeal=A.id, kind=kind, by=1, at=THEN + 3 * nth * DAY, text="", about={},
        )  # fmt: skip
    copied(
        connection, IMPROVEMENT, PERSON, P.id % 500 == 3, person=P.id, manager=P.manager, made_by=1, made_at=THEN,
        state="published", version=1, terms={}, draft=None, asking=None, acknowledged=0, unread=0, published_at=THEN,
        meeting=None, paused_on=None, on_leave=False, extended=0, former=[], ended_at=None, steps=1, head="",
    )  # fmt: skip
