"""HR's side: start a check-in programme, change it, pause it, go on, end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flows.checkins.planning import replan
from flows.checkins.prompt import asking
from flows.checkins.questions import (
    questionnaire,
    read_questions,
    standard,
)
from flows.checkins.records import Audience, CheckinRecords, Programme
from flows.checkins.rounds import KIND, means, name_of_round, task_for
from flows.checkins.setup import (
    DEPARTMENTS,
    EVERYONE,
    PEOPLE,
    QUESTIONS,
    WITHOUT,
    Draft,
    Setup,
    When,
    Who,
    as_answers,
    audience_page,
    first_page,
)
from flows.core.catalog import flow
from flows.core.moments import day_words
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Divider, Element, Heading, Line, Note, Screen
from flows.core.words import Words, count, same
from flows.cycle.calendar import Round, Schedule, next_round, round_on
from flows.cycle.nudges.entry import when_due
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a preview has not been started


def setup(records: CheckinRecords, actor: Person, subject: str, now: datetime) -> Setup:
    """The directory in short; refuses to start a second programme, or to change one that is not there."""
    current = records.programmes.current()
    if subject == "new" and current:
        raise Refusal(
            "Check-ins are running already. Use /checkin change, or /checkin end first.",
            "周报已在进行中。请使用 /checkin change 修改，或先用 /checkin end 结束。",
        )
    if subject != "new" and (current is None or str(current.id) != subject):
        raise Refusal(
            "No check-ins are running. Start them with /checkin start.",
            "目前没有进行中的周报。请使用 /checkin start。",
        )
    people = records.people.by_department()
    if not people:
        raise Refusal(
            "The directory is empty. Import it first: perfloop import people.csv",
            "通讯录为空，请先导入：perfloop import people.csv",
        )
    return Setup(actor, now.date(), tuple(records.people.departments()), people, current)


def decide(ask: Ask, has: Setup) -> Draft:
    """The steps of starting and of changing a programme."""
    who = ask(Who)
    exactly = audience_page(who.audience, has.departments)
    chosen = ask.form(exactly) if exactly else {}
    without = ask.form(WITHOUT)["without"] or ()
    when = ask(When)
    first = ask.form(first_page(has.today))["first"]
    asks = ask.form(QUESTIONS)
    audience = Audience(
        who.audience if who.audience in (DEPARTMENTS, PEOPLE) else EVERYONE,  # type: ignore[arg-type]
        tuple(chosen.get(DEPARTMENTS, ())),
        tuple(chosen.get(PEOPLE, ())),
        tuple(without),
    )
    schedule = Schedule(
        when.rhythm, first, int(when.weekday), time.fromisoformat(when.opens),
        int(when.digest_weekday), time.fromisoformat(when.digest),
    )  # fmt: skip
    number = sum(means(audience, person, department) for person, department in has.people.items())
    return Draft(
        audience,
        schedule,
        (*standard(asks["standard"], when.rhythm), *read_questions(asks["own"] or "")),
        number,
        has.actor,
    )


def preview(draft: Draft) -> Screen:
    """The message and the questions as a reader of the programme will see them."""
    programme = Programme(0, "running", draft.audience, draft.schedule, draft.questions, None, NEVER)
    round_ = next_round(draft.schedule, draft.schedule.first - timedelta(days=1))
    task = task_for(programme, round_, replace(draft.reader, away=()), round_.opens_on)
    name = name_of_round(draft.schedule.rhythm, round_.key)
    readers = Words(
        "Read by your manager and the managers above; your mood only by your manager.",
        "阅读者：你的上级及更上级；心情只有你的上级能看到。",
    )
    body: list[Element] = [
        Note(
            Words("This is what {n} will get on {day}:", "{n} 将于 {day} 收到：").fill(
                n=_people(draft.people), day=day_words(round_.opens_on)
            )
        )
    ]
    if task:
        shown = asking(programme, task, name, readers)
        until = when_due(task, draft.reader, task.opens_at)
        body += [Line(shown.first + same(" ") + until), Note(shown.why)]
    body += [Divider(), Heading(Words("The questions", "问题"))]
    for question in questionnaire(draft.questions, draft.schedule.rhythm).questions:
        body.append(
            Line(question.words + (Words(" (optional)", "（选填）") if question.optional else same("")))
        )
    return Screen(Words("Preview", "预览"), tuple(body))


def _people(number: int) -> Words:
    return count(number, "{n} person", "{n} people", "{n} 人")


def whose_programme(_records: CheckinRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("programme")


def keep_new(records: CheckinRecords, actor: Person, _subject: str, draft: Draft, now: datetime) -> Words:
    """Start the programme; from here on people are written to."""
    _refuse_empty(draft)
    programme = Programme(0, "running", draft.audience, draft.schedule, draft.questions, actor.id, now)
    programme = records.programmes.save(programme)
    records.audit.note(
        now, actor.id, "programme.start", f"programme/{programme.id}", {"people": draft.people}
    )
    opens = next_round(draft.schedule, draft.schedule.first - timedelta(days=1)).opens_on
    return Words(
        "Started. {n} will be asked, the first time on {day} at {hour} of their own time.",
        "已启动。将邀请 {n}，首次于 {day} {hour}（各自时区）。",
    ).fill(n=_people(draft.people), day=day_words(opens), hour=f"{draft.schedule.opens:%H:%M}")


def _refuse_empty(draft: Draft) -> None:
    if not draft.people:
        raise Refusal(
            "Nobody would be asked: choose a department or people who are in the directory.",
            "这样不会邀请任何人：请选择通讯录中的部门或人员。",
        )


def keep_change(records: CheckinRecords, actor: Person, subject: str, draft: Draft, now: datetime) -> Words:
    """Change the programme. What was sent stays sent; rounds not yet opened follow the new rules."""
    _refuse_empty(draft)
    current = records.programmes.get(whole(subject))
    if current is None:
        raise Refusal(
            "No check-ins are running. Start them with /checkin start.",
            "目前没有进行中的周报。请使用 /checkin start。",
        )
    changed = replace(current, audience=draft.audience, schedule=draft.schedule, questions=draft.questions)
    running = told_round(records, current, now)
    if running and _days(changed.schedule) != _days(current.schedule):
        first = max(draft.schedule.first, running.closes_on + timedelta(days=1))
        changed = replace(changed, schedule=replace(draft.schedule, first=first))
    records.programmes.save(changed)
    records.audit.note(now, actor.id, "programme.change", f"programme/{current.id}", {"people": draft.people})
    replan(records, changed, current, running, now)
    return Words("Changed. What was already sent stays as it is.", "已修改。已发送的内容不受影响。")


def told_round(records: CheckinRecords, programme: Programme, now: datetime) -> Round | None:
    """The round that is on, if somebody has been asked in it: it goes on by the rules it began with."""
    round_ = round_on(programme.schedule, now.date())
    return round_ if round_ and records.tasks.has_begun(KIND, programme.id, round_.key) else None


def _days(schedule: Schedule) -> tuple[object, ...]:
    """What decides on which days rounds open."""
    return schedule.rhythm, schedule.weekday, schedule.first


def the_current(records: CheckinRecords, _actor: Person, _now: datetime) -> str:
    """The subject of the programme to change."""
    current = records.programmes.current()
    return str(current.id) if current else "0"


PARTS: dict[str, Any] = {
    "may": ("programme", "steer"),
    "of": whose_programme,
    "facts": setup,
    "prefill": as_answers,
    "preview": preview,
    "again": True,
}
start = flow(
    "checkin-start", Words("Start check-ins", "启动周报"), keep=keep_new, subject=lambda *_: "new",
    command="checkin start", help=Words("HR: start the check-in programme", "HR：启动周报"), **PARTS,
)(decide)  # fmt: skip
change = flow(
    "checkin-change", Words("Change check-ins", "修改周报"), keep=keep_change, subject=the_current,
    command="checkin change", help=Words("HR: change audience, time or questions", "HR：修改对象、时间或问题"), **PARTS,
)(decide)  # fmt: skip
