"""What HR is asked when a programme is set up: its pages, and the answers to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flows.checkins.questions import HOW_TO_WRITE, STANDARD, read_questions, write_questions
from flows.checkins.records import Audience, Programme
from flows.core.kinds import Choices, Day, People, Text
from flows.core.moments import WEEKDAYS_ZH
from flows.core.page import Page, Question, Questionnaire, choice
from flows.core.play import Answers
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.calendar import Rhythm, Schedule
from flows.people.person import Person

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
    """What the steps need: today, everyone active with their department, by id, and the programme that is to change."""

    actor: Person
    today: date
    departments: tuple[str, ...]
    people: Mapping[int, str]
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
    note = Words(
        "Each person gets it at this hour of their own time zone.", "每个人都会在自己时区的这个时间收到。"
    )
    rhythm: Rhythm = choice("How often?", "频率？", NAMED_RHYTHMS)
    weekday: str = choice("On which day does it open?", "星期几开放？", WEEKDAYS)
    opens: str = choice("At what time?", "几点开放？", HALF_HOURS)
    digest_weekday: str = choice(
        "On which day do managers get their digest?", "星期几向上级发送汇总？", WEEKDAYS
    )
    digest: str = choice("At what time?", "几点发送汇总？", HALF_HOURS)


def first_page(today: date) -> Questionnaire:
    """From which day on; asked as data because the earliest day is today."""
    words = Words("From which day on?", "从哪一天开始？")
    hint = Words(
        "The first one opens on the first such weekday from then on.", "第一次将在此后的首个对应星期几开放。"
    )
    return Questionnaire(
        "first",
        Words("Start", "开始日期"),
        (Question("first", words, Day(today - timedelta(days=13), today + timedelta(days=366)), hint=hint),),
    )


def audience_page(kind: str, departments: tuple[str, ...]) -> Questionnaire | None:
    """Which departments, or which people; nothing to ask for everyone."""
    if kind == DEPARTMENTS:
        options = tuple(Option(name, same(name)) for name in departments)
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
        Question(
            "own",
            Words("Your own questions", "自定义问题"),
            Text(6, check=read_questions),
            optional=True,
            hint=HOW_TO_WRITE,
        ),
    ),
    Words(
        "Each goal is asked about besides, where a person has goals.",
        "如果员工有目标，还会逐个询问目标进展。",
    ),
)


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
            "own": write_questions([question for question in questions if question.name not in names])
            or None,
        },
        "without": {"without": list(programme.audience.without) or None if programme else None},
    }
    audience = programme.audience if programme else Audience()
    answers["Who"] = {"audience": audience.kind}
    answers[DEPARTMENTS] = {DEPARTMENTS: list(audience.departments)} if audience.departments else {}
    answers[PEOPLE] = {PEOPLE: list(audience.people)} if audience.people else {}
    return answers
