"""The queries that run all day read an index, however large the tables grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from flows.checkins.records import Audience
from flows.people.mine.subjects import SUBJECTS
from storage.engine import open_store
from storage.tables.every import METADATA
from storage.work import Work

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

QUERIES: dict[str, tuple[Callable[[Work], Any], set[str]]] = {
    "claim": (lambda records: records.outbox.claim(NOW, 5), {"message_waiting", "message_turn"}),
    "claim sending": (
        lambda records: records.outbox.claim(NOW, 5, sending=True), {"message_waiting", "message_turn"}
    ),
    "unsure": (lambda records: records.outbox.unsure(NOW), {"message_unsure"}),
    "stale": (lambda records: records.outbox.stale(NOW, 5), {"message_stale"}),
    "recover": (
        lambda records: records.outbox.recover("me", NOW),
        {"message_sending", "message_held"},
    ),
    "counts": (
        lambda records: records.outbox.counts(),
        {"message_sending", "message_waiting", "message_unsure", "message_parked", "message_stale"},
    ),
    "next moment": (lambda records: records.outbox.next_moment(), {"message_sending", "message_waiting"}),
    "next message": (lambda records: records.messages.next_moment(), {"message_waiting"}),
    "oldest": (lambda records: records.outbox.oldest_waiting(NOW), {"message_waiting"}),
    "by beginning": (lambda records: records.messages.starting("a/"), {"sqlite_autoindex_message_2"}),
    "who is due": (lambda records: records.tasks.who_is_due(NOW, 5), {"task_next"}),
    "due tasks": (lambda records: records.tasks.due_of([1, 2], NOW), {"task_open"}),
    "who has news": (lambda records: records.notices.who_is_due(NOW, 5), {"notice_due"}),
    "news": (lambda records: records.notices.due_of([1, 2], NOW), {"notice_person"}),
    "days taken": (lambda records: records.messages.unasked([1, 2], NOW.date()), {"message_day"}),
    "carriers": (lambda records: records.messages.waiting_of("d", NOW, "", 5), {"message_waiting"}),
    "parked": (lambda records: records.messages.parked(), {"message_parked"}),
    "next task": (lambda records: records.tasks.next_moment(), {"task_next"}),
    "open tasks": (lambda records: records.tasks.open_of(1), {"task_open"}),
    "round": (lambda records: records.tasks.of_round("checkin", 1, "a"), {"sqlite_autoindex_task_1"}),
    "latest round": (lambda records: records.tasks.latest_subject("checkin", 1), {"task_round_about"}),
    "has begun": (lambda records: records.tasks.has_begun("checkin", 1, "a"), {"task_round_about"}),
    "unsaid of some": (lambda records: records.tasks.drop_unsaid("checkin", 1, 2000, 4000), {"task_owned"}),
    "woken of some": (lambda records: records.tasks.wake_slice("checkin", 1, NOW, 2000, 4000), {"task_owned"}),
    "who leads": (lambda records: records.programmes.leading(Audience(), 0, 2000), {"person_manager"}),
    "conversation": (lambda records: records.conversations.find("f", 1, "a"), {"conversation_kept_key"}),
    "chat": (lambda records: records.conversations.in_chat(1), {"conversation_in_chat_key"}),
    "before": (lambda records: records.checkins.before(1, "a"), {"checkin_person_round"}),
    "programme": (lambda records: records.programmes.current(), {"sqlite_autoindex_programme_1"}),
    "line": (lambda records: records.people.line_of(1), set()),
    "reports": (lambda records: records.people.reports_of(1), {"person_manager"}),
    "prune": (lambda records: records.prune(NOW), {"inbound_at"}),
    "goals of a cycle": (lambda records: records.goals.of_cycle(1, 1), {"goal_cycle_person"}),
    "goals of a team": (lambda records: records.goals.of_people(1, [1, 2]), {"goal_cycle_person"}),
    "goals below": (lambda records: records.goals.children([1, 2]), {"goal_parent"}),
    "coverage": (lambda records: records.goals.coverage([1, 2]), {"goal_parent"}),
    "goals of a night": (lambda records: records.goals.watched(0, 5), {"PRIMARY", "goal_parent"}),
    "goals of a metric": (lambda records: records.goals.with_metric("m", 0, 5), {"goal_metric"}),
    "readings": (lambda records: records.readings.of(["goal/1"]), {"reading_current"}),
    "plain readings": (lambda records: records.readings.plain(["goal/1"]), {"reading_current"}),
    "corrections": (
        lambda records: records.readings.history("goal/1", "a"), {"reading_current", "reading_replaced"},
    ),
    "signals": (lambda records: records.signals.of_goals([1, 2]), set()),
    "steps": (lambda records: records.steps.of_goals([1, 2]), {"goal_step_goal"}),
    "calendars due": (lambda records: records.calendars.claim(NOW, NOW, 5), {"calendar_next"}),
    "busy times": (lambda records: records.calendars.busy_of([1, 2], NOW, NOW), {"calendar_busy_person"}),
    "to be written": (lambda records: records.calendars.claim_writing(NOW, NOW, 5), {"calendar_writing_next"}),
    "token": (lambda records: records.tokens.find("pl_x"), {"sqlite_autoindex_api_token_1"}),
    "what was agreed": (
        lambda records: records.agreements.many([1, 2]),
        {"sqlite_autoindex_interview_said_1", "sqlite_autoindex_interview_signature_1"},
    ),
    "talks about somebody": (lambda records: records.agreements.about(1), {"interview_person"}),
}  # fmt: skip
READ_THROUGH = {
    "response", "review", "nomination", "sealed_answer", "sealed_group", "guest", "clipping", "broadcast", "task",
    "notice", "message", "file_order", "dropped_sheet",
}  # fmt: skip
"""Tables that a person's own file goes through: it is made in the background and seldom, and an index more would cost
whoever writes there all day."""

OF_SOMEBODY: dict[str, tuple[Callable[[Work], Any], set[str]]] = {
    "plans that somebody led": (
        lambda records: records.improvements.led_by(1), {"improvement_manager", "improvement_step_handed"},
    ),
    "plans about people": (lambda records: records.improvements.about([1, 2]), {"improvement_person"}),
    "talks of a manager": (lambda records: records.interviews.of_manager(1), {"interview_manager"}),
    "talks of somebody": (lambda records: records.interviews.of_person(1), {"interview_person"}),
    "talks of either": (
        lambda records: records.interviews.open_with([1, 2]), {"interview_person", "interview_manager"},
    ),
    "booked times": (
        lambda records: records.interviews.booked_of([1, 2], NOW, NOW), {"interview_person", "interview_manager"},
    ),
    "appeals that somebody decides": (lambda records: records.appeals.seated(1), {"appeal_seat_person"}),
    "appeals of a cycle": (lambda records: records.appeals.of_cycle(1), {"appeal_cycle"}),
    "appeals of somebody": (lambda records: records.appeals.about(1), {"appeal_person"}),
    "open actions": (lambda records: records.actions.open_of(1), {"action_person"}),
    "actions of a talk": (lambda records: records.actions.of("meeting", 1), {"action_of"}),
    "development of a team": (
        lambda records: records.development.latest_of([1, 2]), {"sqlite_autoindex_development_1"},
    ),
    "trainings of somebody": (lambda records: records.trainings.places_of(1), {"enrolment_person"}),
    "who takes a training": (lambda records: records.trainings.places_in(1), {"enrolment_training"}),
    "asked trainings": (lambda records: records.trainings.asked_of([1, 2]), {"enrolment_person"}),
    "rewards of people": (lambda records: records.rewards.of_people(1, [1, 2]), {"reward_person"}),
    "rewards of somebody": (lambda records: records.rewards.about(1), {"reward_person"}),
    "rewards in a state": (lambda records: records.rewards.in_state(1, ["proposed"], 5), {"reward_state"}),
    "rewards of a run": (lambda records: records.rewards.claim(1, ["bonus"]), {"reward_run"}),
    "unpaid rewards": (lambda records: records.rewards.unpaid(["bonus"]), {"reward_run"}),
    "regular talks of a manager": (lambda records: records.meetings.led_by(1), {"sqlite_autoindex_meeting_1"}),
    "points": (lambda records: records.meetings.points(1), {"meeting_point_open"}),
    "notes": (lambda records: records.meetings.notes(1, 1), {"meeting_note_meeting"}),
    "evidence": (lambda records: records.evidence.about(1, NOW.date()), {"evidence_about"}),
    "evidence by somebody": (lambda records: records.evidence.by(1), {"evidence_by"}),
    "feedback": (lambda records: records.feedback.about(1, NOW), {"feedback_about"}),
    "feedback that is shared": (lambda records: records.feedback.shared_about([1, 2], NOW), {"feedback_about"}),
    "who opened what": (lambda records: records.openings.of(1), {"sqlite_autoindex_opening_1"}),
    "requests about data": (lambda records: records.wishes.of(1), {"data_request_person"}),
    "open requests": (lambda records: records.wishes.open(), {"data_request_open"}),
    **{
        f"all about somebody in {subject.table} by {subject.mine}": (
            lambda records, it=subject: (
                records.held.rows(it.table, it.shown, it.mine, 1), records.held.named(it.table, it.mine, 1),
            ),
            set[str](),
        )
        for subject in SUBJECTS
        if subject.table not in READ_THROUGH
    },
}  # fmt: skip
"""What is asked about one person, team or talk: of these there are few, which are sorted afterwards."""

FEW = {"cycle"}  # of these there are a dozen
SORTED_AFTERWARDS = {
    "busy times",
    "by beginning",
    "carriers",
    "line",
    "goals below",
    "signals",
    "steps",
    "what somebody signed",
}  # of these there are few


@pytest.mark.parametrize("name", [*QUERIES, *OF_SOMEBODY])
def test_it_reads_an_index(sqlite_url: str, name: str) -> None:
    query, indexes = (QUERIES | OF_SOMEBODY)[name]
    store, steps = open_store(sqlite_url, lambda: NOW), []

    def explain(connection: Any, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        plan = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps.extend(row[3] for row in plan)

    with store.work() as records:
        event.listen(store.engine, "before_cursor_execute", explain)
        query(records)
    store.close()
    scanned = [step for step in steps if step.startswith("SCAN") and " USING " not in step]
    assert [step for step in scanned if step.split()[1] in METADATA.tables.keys() - FEW] == []
    assert indexes <= {word for step in steps for word in step.split()}
    assert name in {*SORTED_AFTERWARDS, *OF_SOMEBODY} or not any("TEMP B-TREE" in step for step in steps)
