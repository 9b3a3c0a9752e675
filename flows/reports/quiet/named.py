"""The people of whom nothing was heard for long, by name as far as the reader may be told of each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flows.coaching.feedback import PERSON
from flows.coaching.meetings.named import PAIR
from flows.core.screen import Act
from flows.core.words import Words, join, same
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.reports.quiet.kept import FEEDBACK_DAYS, Quiet, Since, on_leave
from flows.reports.records import ReportRecords
from flows.reports.report import Cell, Figure, Table
from flows.reports.rights import managers_named
from flows.reports.scope import Scope

KIND, READ = "quiet_person", "read"
"""The policy's row: of whom it may be said by name that nothing was heard of them."""

MOST = 5000  # names in a sheet: nobody reads more, and a department can be chosen
ACTS = 50  # rows with a button: a window shows fewer
ONE_NOT_NAMED = Words(
    "One person is counted and not named: nobody is HR over themselves and the managers above them.",
    "有 1 人只计数不列名：HR 不能查看自己及自己上级的名单。",
)
NOT_NAMED = Words(
    "{n} people are counted and not named: nobody is HR over themselves and the managers above them.",
    "有 {n} 人只计数不列名：HR 不能查看自己及自己上级的名单。",
)
MOST_MISSING = Words(
    f"These are the {MOST:,} with most missing; choose a department or a manager to see the others.",
    f"仅列出缺失最多的 {MOST:,} 人；选择部门或上级可查看其他人。",
)
FINE = Words("fine", "正常")

NAME = Figure(
    "name", Words("Name", "姓名"), Words("Of whom something is missing.", "有缺失项的人员。"), "text"
)
DEPARTMENT = Figure(
    "department", Words("Department", "部门"), Words("As the directory has it.", "以通讯录为准。"), "text"
)
MANAGER = Figure(
    "manager", Words("Manager", "上级"), Words("Who leads them today.", "目前的直接上级。"), "text"
)
FEEDBACK = Figure(
    "feedback",
    Words("Feedback", "反馈"),
    Words(
        f"“None” where there was neither praise nor feedback for {FEEDBACK_DAYS} days; when there was any is not told.",
        f"超过 {FEEDBACK_DAYS} 天没有点赞或反馈时显示“无”；不显示收到反馈的时间。",
    ),
    "text",
)
TALK = Figure(
    "talk",
    Words("Last 1:1", "上次一对一"),
    Words("The day of the last 1:1, where it is too long ago.", "间隔过长时，显示上次一对一的日期。"),
    "day",
)
CHECKIN = Figure(
    "checkin",
    Words("Last check-in", "上次周报"),
    Words(
        "The first day of the round for which one was sent last, where it is too long ago.",
        "间隔过长时，显示上次提交的周报所属轮次的第一天。",
    ),
    "day",
)
COLUMNS = (NAME, DEPARTMENT, MANAGER, FEEDBACK, TALK, CHECKIN)
OPEN_TALK = Words("Open 1:1", "打开一对一")
GIVE = Words("Give feedback", "给出反馈")
NEVER = Words("never", "从未")
NONE = Words("none", "无")


def named_table(records: ReportRecords, reader: Person, scope: Scope, heard: Since, now: datetime) -> Table:
    """Those of whom most is missing first; who is on leave is not named, nor whom the policy keeps from the reader."""
    found = records.reports.quiet.people(scope, heard, MOST)
    known = {one.id: one for one in records.people.many(one.person for one in found)}
    thing = things(records, reader, scope)
    rows: list[tuple[Cell, ...]] = []
    acts: list[tuple[int, Words, Act]] = []
    hidden = 0
    for one in found:
        person = known[one.person]
        if on_leave(person.away, heard.today):
            continue
        if not may(reader, READ, thing(person), now):
            hidden += 1
            continue
        if len(rows) < ACTS and (act := act_for(one, person, reader, leads=scope.below is not None)):
            acts.append((len(rows), *act))
        rows.append(row(one, person, heard))
    return Table(
        Words("People", "人员"),
        columns(heard),
        tuple(rows),
        note(hidden, cut=len(found) == MOST),
        tuple(acts),
    )


def things(records: ReportRecords, reader: Person, scope: Scope) -> Callable[[Person], Thing]:
    """Each person as the policy sees them. Whose line the scope is was asked before: it is looked up once for all."""
    above = frozenset(records.people.line_of(reader.id)) if reader.is_hr else frozenset()
    top = scope.below
    leads = top is not None and (top == reader.id or reader.id in records.people.line_of(top))

    def thing(person: Person) -> Thing:
        line = (person.manager or 0, reader.id) if leads and person.id != reader.id else ()
        return Thing(KIND, person, line, above_actor=person.id in above)

    return thing


def unnamed_managers(records: ReportRecords, reader: Person, scope: Scope, now: datetime) -> frozenset[int]:
    """The managers above the reader of whose people they may not be told apart from the sums."""
    line = records.people.many(records.people.line_of(reader.id))
    return frozenset(one.id for one in line) - managers_named(records, reader, scope, line, now)


def row(one: Quiet, person: Person, heard: Since) -> tuple[Cell, ...]:
    """One person's; what is not missing is fine, and no day is told of it."""
    talk: Cell = (one.last_talk or NEVER) if one.no_talk else FINE
    sent: Cell = date.fromisoformat(one.last_round) if one.last_round else NEVER
    cells = (
        same(person.name), same(person.department), same(one.manager), NONE if one.no_feedback else FINE, talk,
        sent if one.no_checkin else FINE,
    )  # fmt: skip
    return cells[: len(columns(heard))]


def columns(heard: Since) -> tuple[Figure, ...]:
    """Without check-ins where there were too few rounds so far."""
    return COLUMNS if heard.rounds else COLUMNS[:-1]


def act_for(one: Quiet, person: Person, reader: Person, *, leads: bool) -> tuple[Words, Act] | None:
    """What the reader can do about it: talk with their own report, or give feedback to somebody of their line."""
    if one.no_talk and person.manager == reader.id:
        return OPEN_TALK, Act("see", ("meeting", PAIR, str(person.id)))
    if one.no_feedback and leads:
        return GIVE, Act("open", ("feedback", f"{PERSON}{person.id}"))
    return None


def note(hidden: int, *, cut: bool) -> Words | None:
    """Who is not named, and why."""
    told = []
    if hidden:
        told.append(NOT_NAMED.fill(n=f"{hidden:,}") if hidden != 1 else ONE_NOT_NAMED)
    if cut:
        told.append(MOST_MISSING)
    return join(told, " ", "") if told else None
