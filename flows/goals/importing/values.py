"""A dropped sheet of metric values: which number, about whom, for which period; every problem with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.core.typed import number
from flows.core.typed_dates import full_date
from flows.core.words import Words, same
from flows.cycle.hr.scope import ANYWHERE
from flows.goals.importing.columns import Column, columns_of, plain
from flows.goals.importing.dropped import Table
from flows.goals.importing.problem import Problem
from flows.goals.kept import Level, Reading
from flows.goals.measure.series import metric_series
from flows.goals.metrics.lines import LONGEST_METRIC, METRIC
from flows.goals.metrics.periods import span_of
from flows.goals.metrics.permit import OLDEST, latest_day
from flows.goals.records import GoalsRecords
from flows.goals.signals.looking import plan_look
from flows.goals.tree.dividing import in_places
from flows.people.person import Person
from flows.people.policy import Thing, may

KIND = "goals_import"
LONGEST_NOTE = 300

VALUE_COLUMNS = (
    Column(
        "metric",
        Words("Metric", "指标"),
        Words("Its name, as in the goals' column “Imported as”.", "指标名称，与目标的“导入指标”列一致。"),
        ("kpi", "指标名称", "导入指标"),
    ),
    Column(
        "subject",
        Words("Subject", "对象"),
        Words("An email address, a department, or “company”.", "邮箱、部门名称，或“公司”。"),
        ("email", "who", "person", "department", "邮箱", "部门", "归属"),
    ),
    Column(
        "period",
        Words("Period", "周期"),
        Words(
            "Like 2026-03-31, 2026-W09, 2026-03, 2026-Q1 or 2026.",
            "如 2026-03-31、2026-W09、2026-03、2026-Q1 或 2026。",
        ),
        ("date", "day", "month", "日期", "期间", "月份"),
    ),
    Column(
        "value", Words("Value", "数值"), Words("The number.", "数值。"), ("amount", "number", "实际值", "值")
    ),
    Column(
        "note", Words("Note", "备注"), Words("Anything worth knowing.", "补充说明。"), ("comment", "说明")
    ),
)
NAMED = {column.name: column.title for column in VALUE_COLUMNS}
NEEDED = ("metric", "subject", "period", "value")
COMPANY = frozenset({"company", "公司", "全公司"})
DEPARTMENT = ("department:", "部门:")

NO_METRIC = Words(
    "“{text}” can't be a metric's name: use letters, digits, single blanks and . : - _",
    "“{text}”不能作为指标名：只能使用文字、数字、单个空格和 . : - _",
)
NO_PERIOD = Words(
    "“{text}” is no period; write it as 2026-03-31, 2026-W09, 2026-03, 2026-Q1 or 2026.",
    "“{text}”不是有效周期，请写成 2026-03-31、2026-W09、2026-03、2026-Q1 或 2026。",
)
AHEAD = Words("{text} has not begun yet.", "{text} 尚未开始。")
LONG_AGO = Words("{text} is more than ten years ago.", "{text} 已超过十年。")
NO_NUMBER = Words("“{text}” is not a number that I can read.", "“{text}”不是可识别的数字。")
NOBODY = Words(
    "“{text}” is no address or department of the directory, and not “company”.",
    "“{text}”不是通讯录中的邮箱或部门，也不是“公司”。",
)
NOT_YOURS = Words("You look after other departments than {department}.", "你不负责{department}。")
WHOLE = Words("the whole company", "整个公司")
LEFT = Words("{name} had left before this period began.", "{name}在该周期开始前已离职。")
TWICE = Words("The same metric, subject and period stand in line {n}.", "与第 {n} 行的指标、对象和周期相同。")


@dataclass(frozen=True, slots=True)
class Values:
    """What a sheet of values would bring; nothing where there are problems."""

    readings: Sequence[Reading]
    metrics: frozenset[str]
    subjects: int
    problems: Sequence[Problem] = ()


def is_of_values(table: Table) -> bool:
    """Whether the sheet's headings are those of values rather than of goals."""
    places, _ = columns_of(table, VALUE_COLUMNS)
    return {"metric", "period", "value"} <= places.keys()


def read_values(records: GoalsRecords, actor: Person, table: Table, now: datetime) -> Values:
    """The values in the sheet as the actor may import them, or everything that is wrong."""
    places, strange = columns_of(table, VALUE_COLUMNS)
    problems = [Problem(0, None, words) for words in strange]
    problems += [
        Problem(0, None, Words("There is no column “{text}”.", "缺少“{text}”列。").fill(text=NAMED[name]))
        for name in NEEDED
        if name not in places
    ]
    if problems:
        return Values((), frozenset(), 0, problems)
    found = {text for _, cells in table.rows if "@" in (text := cells[places["subject"]])}
    people = {person.email: person for person in records.people.by_emails(found)}
    who = Subjects(actor, now, people, {plain(name): name for name in records.people.departments()})
    readings, metrics, subjects = [], set[str](), set[tuple[str, int | str]]()
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.rows:
        said = {name: cells[place] for name, place in places.items()}
        made = _reading(said, who, line, problems)
        if made is None:
            continue
        before = seen.setdefault((made.series, made.period), line)
        if before != line:
            problems.append(Problem(line, None, TWICE.fill(n=before)))
        readings.append(made)
        metrics.add(said["metric"])
        subjects.add((said["subject"].lower(), ""))
    if problems:
        return Values((), frozenset(), 0, problems)
    return Values(readings, frozenset(metrics), len(subjects))


def keep_values(records: GoalsRecords, values: Values, now: datetime) -> dict[str, int]:
    """Keep the values, and have the goals that read them looked at; how many are new, corrected, as they were."""
    new, corrected, same_ = records.readings.keep(values.readings)
    if new or corrected:
        plan_look(records, values.metrics, now)
    return {"new": new, "changed": corrected, "same": same_}


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom values may be about: people by address, departments by name as it is compared."""

    actor: Person
    now: datetime
    people: Mapping[str, Person]
    departments: Mapping[str, str]

    def find(self, text: str) -> tuple[Level, int | str, Person | None] | Words:
        """Whose number it is, or why it can't be."""
        if plain(text) in COMPANY:
            allowed = may(self.actor, "do", Thing(KIND, departments=frozenset({ANYWHERE})), self.now)
            return ("company", "", None) if allowed else NOT_YOURS.fill(department=WHOLE)
        person = self.people.get(text.lower())
        if person is not None:
            if not may(self.actor, "do", Thing(KIND, person), self.now):
                return NOT_YOURS.fill(department=person.department)
            return "person", person.id, person
        name = plain(text)
        for start in DEPARTMENT:
            name = name.removeprefix(start).strip()
        department = self.departments.get(name)
        if department is None:
            return NOBODY.fill(text=text[:80] or "–")
        if not may(self.actor, "do", Thing(KIND, departments=frozenset({department})), self.now):
            return NOT_YOURS.fill(department=department)
        return "department", department, None


def _reading(said: Mapping[str, str], who: Subjects, line: int, problems: list[Problem]) -> Reading | None:
    """The value of one line; None where something is wrong, all of which is noted."""
    wrong: list[tuple[str, Words]] = []
    metric, period = said["metric"], said["period"]
    if not METRIC.fullmatch(metric) or len(metric) > LONGEST_METRIC:
        wrong.append(("metric", NO_METRIC.fill(text=metric[:60])))
    day = full_date(period)
    period = day.isoformat() if day else period
    span = span_of(period)
    if span is None:
        wrong.append(("period", NO_PERIOD.fill(text=period[:40])))
    elif span[0] > latest_day(who.now):
        wrong.append(("period", AHEAD.fill(text=period)))
    elif span[1] < latest_day(who.now) - OLDEST:
        wrong.append(("period", LONG_AGO.fill(text=period)))
    value = number(said["value"])
    value = in_places(value) if value is not None else None
    if value is None:
        wrong.append(("value", NO_NUMBER.fill(text=said["value"][:40])))
    subject = who.find(said["subject"])
    if isinstance(subject, Words):
        wrong.append(("subject", subject))
    elif span and (person := subject[2]) and is_gone(person, span[0]):
        wrong.append(("subject", LEFT.fill(name=person.name)))
    problems += [Problem(line, NAMED[name], words) for name, words in wrong]
    if wrong or span is None or value is None or isinstance(subject, Words):
        return None
    series = metric_series(metric, subject[0], subject[1])
    note = said.get("note", "")[:LONGEST_NOTE]
    return Reading(0, series, period, span[1], value, "import", who.now, who.actor.id, note=note)


def is_gone(person: Person, first: date) -> bool:
    """Whether they had left the company before that day."""
    return person.has_left(first) or (not person.active and person.left_on is None)


def value_facts(values: Values) -> tuple[tuple[Words, Words], ...]:
    """The counts for the screen."""
    return (
        (Words("Values", "数值"), same(f"{len(values.readings):,}")),
        (Words("Metrics", "指标"), same(len(values.metrics))),
        (Words("Subjects", "对象"), same(values.subjects)),
    )
