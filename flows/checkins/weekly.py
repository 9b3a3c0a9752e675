"""The weekly check-in as its writer lives it: which one is open, what is asked, and what happens when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flows.checkins.actions import Due, ask_about, due_in, keep_said, titles_of
from flows.checkins.answers_json import plain
from flows.checkins.digest_moments import refresh_digest
from flows.checkins.goals import Asked, asked_of, beside, form_of, keep_reported, told_of
from flows.checkins.questions import Health, Rescue, questionnaire
from flows.checkins.readers import OF_GOALS, readers_of
from flows.checkins.records import Checkin, CheckinRecords, Programme
from flows.checkins.rounds import KIND, asked, local_today, name_of_round, running_round, task_for
from flows.core.catalog import flow
from flows.core.moments import day_and_time, day_words
from flows.core.page import Questionnaire
from flows.core.play import Ask, play
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.sitting import MODAL
from flows.core.words import Words
from flows.cycle.calendar import next_round
from flows.cycle.nudges.closing import close
from flows.cycle.owing import whole
from flows.goals.kept import Goal
from flows.people.person import Person
from flows.people.policy import Thing


@dataclass(frozen=True, slots=True)
class Week:
    """What the check-in's steps need: its questions, goals and actions, last time's "next" and who will read it."""

    name: Words
    form: Questionnaire
    goals: tuple[Asked, ...]
    last_next: str | None
    readers: Words
    actions: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported: the form's answers by name, per goal the answers about it, and what would help."""

    form: Mapping[str, Any]
    progress: Mapping[Goal, Mapping[str, Any]]
    rescue: Mapping[Goal, Rescue]


def subject_of(programme: int, round_key: str) -> str:
    return f"{programme}/{round_key}"


def split_subject(subject: str) -> tuple[int, str]:
    """(programme, round) of a check-in's subject; a malformed one is (0, "")."""
    programme, _, round_key = subject.partition("/")
    return (whole(programme), round_key) if whole(programme) else (0, "")


def own(records: CheckinRecords, actor: Person, subject: tuple[str, ...]) -> Thing | None:
    """A check-in is always one's own: the subject names a round, not a person."""
    programme, round_key = split_subject(subject[0]) if subject and subject[0] else (0, "")
    if programme and records.tasks.find(KIND, programme, actor.id, round_key) is None:
        return None
    return Thing("checkin", actor)


def open_round(records: CheckinRecords, actor: Person, now: datetime) -> str:
    """The subject of the check-in that is open for the actor now; refuses in words when there is none.

    Somebody who was skipped (leave, a holiday week, joined late) may still check in of their own accord.
    """
    programme = records.programmes.current()
    if programme is None or not asked(programme.audience, actor):
        raise Refusal(
            "There is no check-in for you at the moment. HR decides who is asked, and when; you need not do anything.",
            "目前没有需要你填写的周报。由 HR 决定何时、向谁收集，你无需操作。",
        )
    if programme.state == "paused":
        raise Refusal(
            "Check-ins are paused by HR at the moment. You will be told when they go on.",
            "HR 暂停了周报，恢复后会通知你。",
        )
    latest = records.tasks.latest_subject(KIND, programme.id)
    begun = records.tasks.find(KIND, programme.id, actor.id, latest) if latest else None
    if begun and begun.opens_at <= now < begun.until:  # HR may have moved the days since
        return subject_of(programme.id, begun.subject)
    round_ = running_round(programme, local_today(actor, now))
    if round_ is None:
        raise Refusal(
            "No check-in is open yet: the first one opens on {day}.",
            "周报还没有开始，第一次将于 {day} 开放。",
            day=day_words(next_round(programme.schedule, local_today(actor, now)).opens_on),
        )
    if records.tasks.find(KIND, programme.id, actor.id, round_.key) is None:
        task = task_for(programme, round_, actor, local_today(actor, now))
        assert task is not None  # noqa: S101 - a day was given
        begun_by_themselves = replace(
            task, opens_at=now, next_at=task.until, said_at=now, told_due=task.due_at
        )
        records.tasks.add([begun_by_themselves])
    return subject_of(programme.id, round_.key)


def this_week(records: CheckinRecords, actor: Person, subject: str, now: datetime) -> Week:
    """Everything the check-in asks about; refuses when it is closed."""
    programme, task = _owed(records, actor, subject)
    if now >= task.until or task.state == "expired":
        raise Refusal(
            Words("The check-in of {round} closed on {day}. ", "{round}的周报已于 {day} 关闭。").fill(
                round=name_of_round(programme.schedule.rhythm, task.subject),
                day=day_and_time(task.until, actor.zone),
            )
            + Words("Type /checkin for the one that is open now.", "输入 /checkin 填写当前的周报。")
        )
    before = records.checkins.before(actor.id, task.subject)
    end = local_today(actor, task.until - timedelta(seconds=1))
    sent = sent_before(records, programme, task)
    goals = asked_of(records, actor, end, sent)
    return Week(
        name_of_round(programme.schedule.rhythm, task.subject),
        questionnaire(programme.questions, programme.schedule.rhythm),
        goals,
        (before.form.get("next") if before else None) or None,
        readers_of(records, actor) + (OF_GOALS if goals else Words("", "")),
        due_in(records, actor, local_today(actor, now), sent),
    )


def sent_before(records: CheckinRecords, programme: Programme, task: Task) -> Checkin | None:
    """The check-in that was sent already, and is changed now."""
    if task.state != "done":
        return None
    return records.checkins.find(programme.id, task.person, task.subject)


def keep(records: CheckinRecords, actor: Person, subject: str, report: Report, now: datetime) -> Words:
    """Keep what was reported, close the task, and bring the manager's digest to the state of things."""
    programme, task = _owed(records, actor, subject)
    before = sent_before(records, programme, task)
    late = before.late if before else now > task.due_at
    due = due_in(records, actor, local_today(actor, now), before)
    records.checkins.keep(
        Checkin(
            before.id if before else 0,
            programme.id,
            actor.id,
            task.subject,
            plain(report.form),
            {goal.key: plain({**said, **told_of(goal, said)}) for goal, said in report.progress.items()},
            {goal.key: plain(vars(page)) for goal, page in report.rescue.items()},
            {q.name: q.words.en for q in programme.questions}
            | {goal.key: goal.title for goal in report.progress}
            | titles_of(due),
            late=late,
            sent_at=before.sent_at if before else now,
            edited_at=now if before else None,
        )
    )
    keep_reported(records, actor, report.progress, before, now)
    keep_said(records, actor, due, report.form, before, now)
    if task.state != "done":
        close(records, replace(task, state="done", done_at=now))
    refresh_digest(records, programme, task.subject, actor, now)
    until = day_and_time(task.until, actor.zone)
    if late:
        return Words(
            "Sent, and marked as late. You can change it until {until}.",
            "已提交（迟交）。{until} 前可以修改。",
        ).fill(until=until)
    return Words("Sent. You can change it until {until}.", "已提交。{until} 前可以修改。").fill(until=until)


@flow(
    "checkin",
    Words("Weekly check-in", "周报"),
    may=("checkin", "write"),
    of=own,
    facts=this_week,
    keep=keep,
    subject=open_round,
    readers=lambda week: week.readers,
    command="checkin",
    help=Words("write or change this week's check-in", "填写或修改本周周报"),
)
def weekly_checkin(ask: Ask, week: Week) -> Report:
    planned = Words("Last time you planned: {next}", "上次计划：{next}").fill(next=week.last_next)
    form = ask.form(week.form, beside={"done": planned} if week.last_next else {})
    said = ask.forms(
        [form_of(one) for one in week.goals], beside={one.key: beside(one) for one in week.goals}
    )
    progress = {one.goal: said[one.key] for one in week.goals}
    off_track = [goal for goal, answers in progress.items() if answers["health"] is Health.OFF_TRACK]
    rescue = ask.each(Rescue, off_track)
    return Report({**form, **ask_about(ask, week.actions)}, progress, rescue)


WRITE = Words("Write", "填写")


def way_in(records: CheckinRecords, actor: Person, subject: str, now: datetime) -> Words:
    """What stands on the button into the form: to write, or to go on where the draft was left."""
    begun = records.conversations.find("checkin", actor.id, subject)
    if begun is None or not (begun.answers or begun.typed):
        return WRITE
    played = play(weekly_checkin.steps, this_week(records, actor, subject, now), begun.answers, MODAL)
    answered, steps = played.progress
    if steps < 2:
        return Words("Continue your draft", "继续填写草稿")
    return Words("Continue ({n} of {m})", "继续（{n}/{m}）").fill(n=min(answered + 1, steps + 1), m=steps + 1)


def _owed(records: CheckinRecords, actor: Person, subject: str) -> tuple[Programme, Task]:
    programme_id, round_key = split_subject(subject)
    programme = records.programmes.get(programme_id)
    task = records.tasks.find(KIND, programme_id, actor.id, round_key)
    if programme is None or task is None:
        raise Refusal(
            "There is no such check-in. Type /checkin for the one that is open.",
            "没有这份周报。请输入 /checkin。",
        )
    if programme.state == "ended":
        raise Refusal(
            "HR has ended the check-ins. What you wrote is kept.", "HR 已结束周报收集，你写的内容已保留。"
        )
    return programme, task
