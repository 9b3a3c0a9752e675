"""HR's side: start a check-in programme, change it, pause it, go on, end it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flows.checkins.prompt import asking
from flows.checkins.questions import HOW_TO_WRITE, STANDARD, questionnaire, read_questions, standard, write_questions
from flows.checkins.records import Audience, CheckinRecords, Programme
from flows.checkins.rounds import KIND, asked, name_of_round, plan, replan, task_for
from flows.core.catalog import deed, flow
from flows.core.kinds import Choices, Day, Option, People, Text
from flows.core.moments import WEEKDAYS_ZH, day_words
from flows.core.page import Page, Question, Questionnaire, choice
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.screen import Divider, Element, Heading, Letter, Line, Note, Screen
from flows.core.words import Words, count, same
from flows.cycle.calendar import Rhythm, Schedule, next_round
from flows.people.person import Person
from flows.people.policy import Thing

EVERYONE, DEPARTMENTS, PEOPLE = "everyone", "departments", "people"
WEEKDAYS = tuple(
    Option(str(n), Words(en, f"周{WEEKDAYS_ZH[n]}"))
    for n, en in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
HALF_HOURS = tuple(Option(f"{h:02}:{m:02}", same(f"{h:02}:{m:02}")) for h in range(6, 22) for m in (0, 30))
NAMED_RHYTHMS = {
    Rhythm.WEEKLY: Words("Every week", "每周"),
    Rhythm.BIWEEKLY: Words("Every two weeks", "每两周"),
    Rhythm.MONTHLY: Words("Every month", "每月"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What HR decided about a programme, and what the preview needs."""

    audience: Audience
    schedule: Schedule
    questions: tuple[Question, ...]
    people: int
    reader: Person


@dataclass(frozen=True, slots=True)
class Setup:
    """What the steps need: the directory in short, today, and the programme that is to change, if any."""

    actor: Person
    today: date
    departments: tuple[str, ...]
    people: tuple[Person, ...]
    current: Programme | None


class Who(Page):
    title = Words("Who is asked?", "邀请谁填写？")
    audience: str = choice(
        "Who is asked?",
        "邀请谁填写？",
        {
            EVERYONE: Words("Everyone in the directory", "通讯录中的所有人"),
            DEPARTMENTS: Words("Some departments", "部分部门"),
            PEOPLE: Words("Some people", "指定的人"),
        },
    )


class When(Page):
    title = Words("When?", "什么时候？")
    note = Words("Each person gets it at this hour of their own time zone.", "每个人都会在自己时区的这个时间收到。")
    rhythm: Rhythm = choice("How often?", "频率？", NAMED_RHYTHMS)
    weekday: str = choice("On which day does it open?", "星期几开放？", WEEKDAYS)
    opens: str = choice("At what time?", "几点开放？", HALF_HOURS)
    digest_weekday: str = choice("On which day do managers get their digest?", "星期几向上级发送汇总？", WEEKDAYS)
    digest: str = choice("At what time?", "几点发送汇总？", HALF_HOURS)


def first_page(today: date) -> Questionnaire:
    """From which day on; asked as data because the earliest day is today."""
    words = Words("From which day on?", "从哪一天开始？")
    hint = Words("The first one opens on the first such weekday from then on.", "第一次将在此后的首个对应星期几开放。")
    return Questionnaire("first", Words("Start", "开始日期"), (Question("first", words, Day(today - timedelta(days=13), today + timedelta(days=366)), hint=hint),))


def audience_page(kind: str, departments: tuple[str, ...]) -> Questionnaire | None:
    """Which departments, or which people; nothing to ask for everyone."""
    if kind == DEPARTMENTS:
        options = tuple(Option(name[:150], same(name)) for name in departments)
        asks = Question(DEPARTMENTS, Words("Which departments?", "哪些部门？"), Choices(options, least=1))
    elif kind == PEOPLE:
        asks = Question(PEOPLE, Words("Who?", "哪些人？"), People(least=1))
    else:
        return None
    return Questionnaire(kind, Words("Who exactly?", "具体是谁？"), (asks,))


WITHOUT = Questionnaire(
    "without",
    Words("Who is left out?", "排除谁？"),
    (Question("without", Words("Leave these people out", "不邀请这些人"), People(), optional=True),),
)
QUESTIONS = Questionnaire(
    "questions",
    Words("What is asked?", "问什么？"),
    (
        Question(
            "standard",
            Words("Standard questions", "标准问题"),
            Choices(tuple(Option(q.name, q.words) for q in STANDARD), least=1),
        ),
        Question("own", Words("Your own questions", "自定义问题"), Text(6, check=read_questions), optional=True, hint=HOW_TO_WRITE),
    ),
    Words("Each goal is asked about besides, where a person has goals.", "如果员工有目标，还会逐个询问目标进展。"),
)


def setup(records: CheckinRecords, actor: Person, subject: str, now: datetime) -> Setup:
    """The directory in short; refuses to start a second programme, or to change one that is not there."""
    current = records.programmes.current()
    if subject == "new" and current:
        raise Refusal(
            "Check-ins are running already. Use /checkin change, or /checkin end first.",
            "周报已在进行中。请使用 /checkin change 修改，或先用 /checkin end 结束。",
        )
    if subject != "new" and (current is None or str(current.id) != subject):
        raise Refusal("No check-ins are running. Start them with /checkin start.", "目前没有进行中的周报。请使用 /checkin start。")
    people = tuple(records.people.active())
    if not people:
        raise Refusal("The directory is empty. Import it first: perfloop import people.csv", "通讯录为空，请先导入：perfloop import people.csv")
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
    number = sum(asked(audience, person) for person in has.people)
    return Draft(audience, schedule, (*standard(asks["standard"]), *read_questions(asks["own"] or "")), number, has.actor)


USUAL = Schedule(Rhythm.WEEKLY, date.min, 0, time(9), 4, time(16))  # Monday 09:00, the digest on Friday 16:00


def usual(first: date, started_by: int | None, now: datetime) -> Programme:
    """The programme that HR gets without changing a thing."""
    return Programme(0, "running", Audience(), replace(USUAL, first=first), STANDARD, started_by, now)


def as_answers(has: Setup) -> Answers:
    """The steps' answers for the programme as it runs, or the defaults of a new one."""
    programme = has.current
    first = has.today + timedelta(days=-has.today.weekday() % 7)
    schedule = programme.schedule if programme else replace(USUAL, first=first)
    questions = programme.questions if programme else STANDARD
    names = {question.name for question in STANDARD}
    answers: dict[str, dict[str, Any]] = {
        "When": {
            "rhythm": schedule.rhythm.value,
            "weekday": str(schedule.weekday),
            "opens": f"{schedule.opens:%H:%M}",
            "digest_weekday": str(schedule.digest_weekday),
            "digest": f"{schedule.digest:%H:%M}",
        },
        "first": {"first": schedule.first.isoformat()},
        "questions": {
            "standard": [question.name for question in questions if question.name in names],
            "own": write_questions([question for question in questions if question.name not in names]) or None,
        },
        "without": {"without": list(programme.audience.without) or None if programme else None},
    }
    audience = programme.audience if programme else Audience()
    answers["Who"] = {"audience": audience.kind}
    answers[DEPARTMENTS] = {DEPARTMENTS: list(audience.departments)} if audience.departments else {}
    answers[PEOPLE] = {PEOPLE: list(audience.people)} if audience.people else {}
    return answers


def preview(draft: Draft) -> Screen:
    """The message and the questions as a reader of the programme will see them."""
    programme = Programme(0, "running", draft.audience, draft.schedule, draft.questions, None, datetime.min)
    round_ = next_round(draft.schedule, draft.schedule.first - timedelta(days=1))
    task = task_for(programme, round_, replace(draft.reader, away=()), round_.opens_on)
    name = name_of_round(draft.schedule.rhythm, round_.key)
    readers = Words("Read by: their manager and the managers above.", "阅读者：其上级及更上级。")
    body: list[Element] = [
        Note(Words("This is what {n} will get on {day}:", "{n} 将于 {day} 收到：").fill(n=_people(draft.people), day=day_words(round_.opens_on)))
    ]
    if task:
        letter = asking(task, programme, draft.reader, name, readers, 0, task.opens_at)
        body += _without_buttons(letter)
    body += [Divider(), Heading(Words("The questions", "问题"))]
    for question in questionnaire(draft.questions).questions:
        body.append(Line(question.words + (Words(" (optional)", "（选填）") if question.optional else same(""))))
    return Screen(Words("Preview", "预览"), tuple(body))


def _without_buttons(letter: Letter) -> list[Element]:
    return [element for element in letter.body if isinstance(element, Line | Note)]


def _people(number: int) -> Words:
    return count(number, "{n} person", "{n} people", "{n} 人")


def whose_programme(_records: CheckinRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("programme")


def keep_new(records: CheckinRecords, actor: Person, _subject: str, draft: Draft, now: datetime) -> Words:
    """Start the programme; from here on people are written to."""
    _refuse_empty(draft)
    programme = Programme(0, "running", draft.audience, draft.schedule, draft.questions, actor.id, now)
    programme = records.programmes.save(programme)
    records.audit.note(now, actor.id, "programme.start", f"programme/{programme.id}", {"people": draft.people})
    plan(records, now)
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
    current = records.programmes.get(int(subject))
    if current is None:
        raise Refusal("No check-ins are running. Start them with /checkin start.", "目前没有进行中的周报。请使用 /checkin start。")
    changed = replace(current, audience=draft.audience, schedule=draft.schedule, questions=draft.questions)
    records.programmes.save(changed)
    records.audit.note(now, actor.id, "programme.change", f"programme/{current.id}", {"people": draft.people})
    records.tasks.drop_unsaid(KIND, changed.id)
    replan(records, changed, now)
    return Words("Changed. What was already sent stays as it is.", "已修改。已发送的内容不受影响。")


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


def _steer(records: CheckinRecords, actor: Person, now: datetime, state: Any, action: str) -> Programme:
    current = records.programmes.current()
    if current is None:
        raise Refusal("No check-ins are running. Start them with /checkin start.", "目前没有进行中的周报。请使用 /checkin start。")
    if current.state != state:
        records.audit.note(now, actor.id, action, f"programme/{current.id}", {})
    return records.programmes.save(replace(current, state=state))


@deed("checkin-pause", may=("programme", "steer"), of=whose_programme, command="checkin pause",
      help=Words("HR: write to nobody until resumed", "HR：暂停发送"))  # fmt: skip
def pause(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Say nothing until HR resumes."""
    programme = _steer(records, actor, now, "paused", "programme.pause")
    records.tasks.silence(KIND, programme.id)
    return Words("Paused: nobody is written to until you type /checkin resume.", "已暂停：在输入 /checkin resume 之前不会发送任何消息。")


@deed("checkin-resume", may=("programme", "steer"), of=whose_programme, command="checkin resume",
      help=Words("HR: go on after a pause", "HR：恢复发送"))  # fmt: skip
def resume(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Go on; rounds that passed during the pause are not made up for."""
    programme = _steer(records, actor, now, "running", "programme.resume")
    records.tasks.resume(KIND, programme.id, now)
    plan(records, now)
    return Words("Check-ins go on.", "周报已恢复。")


@deed("checkin-end", may=("programme", "steer"), of=whose_programme, command="checkin end",
      help=Words("HR: end the programme", "HR：结束周报"))  # fmt: skip
def end(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Close what is open and ask nobody any more; what was written is kept."""
    programme = _steer(records, actor, now, "ended", "programme.end")
    records.messages.refresh(records.tasks.close_all(KIND, programme.id, "programme ended"))
    return Words("Ended. Nobody is asked any more; everything written is kept.", "已结束，不再收集；已填写的内容都会保留。")
