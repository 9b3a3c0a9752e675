"""What the lines of a sheet are held against: who is in the directory and the cycle, and which goals there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.hr.scope import ANYWHERE
from flows.cycle.records import Cycle, Participant
from flows.goals.importing.columns import plain
from flows.goals.importing.goal_columns import BY_NAME
from flows.goals.importing.lines import Line
from flows.goals.importing.problem import Problem
from flows.goals.kept import Goal, Terms
from flows.goals.measure.span import Span, days_of
from flows.goals.records import GoalsRecords
from flows.goals.tree.company import company_thing
from flows.people.person import Person
from flows.people.policy import Thing, may

if TYPE_CHECKING:
    from flows.goals.importing.plan import Entry

KIND = "goals_import"

NO_EMAIL = Words("Say with an email address whose goal it is.", "请填写邮箱，说明是谁的目标。")
UNKNOWN = Words("Nobody in the directory has the address {email}.", "通讯录中没有使用邮箱 {email} 的人。")
LEFT = Words("{name} has left the company.", "{name}已离职。")
NOT_IN = Words("{name} does not take part in {cycle}.", "{name}没有参加{cycle}。")
NOT_YOURS = Words("You look after other departments than {department}.", "你不负责{department}。")
NO_DEPARTMENT = Words("“{text}” is no department of the directory.", "通讯录中没有部门“{text}”。")
NOT_STARTED = Words(
    "{cycle} has not started: only the company's goals can be imported before.",
    "{cycle}尚未启动，目前只能导入公司目标。",
)
WHOLE = Words("the whole company", "整个公司")
ALL_JOBS = Words("the library, which is for all departments", "面向所有部门的目标库")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a line's goal, or why nobody can."""

    person: int = 0
    department: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One cycle as the actor may fill it. `columns` are those that the sheet has."""

    cycle: Cycle
    days: Span
    actor: Person
    now: datetime
    people: Mapping[str, Person]
    inside: frozenset[int]
    departments: Mapping[str, str]
    heads: Mapping[str, Person]
    above: Mapping[int, Goal]
    own: Mapping[int, Sequence[Goal]]
    elsewhere: frozenset[int] = frozenset()
    columns: frozenset[str] = frozenset()
    titles: dict[str, list[tuple[int, Terms]]] = field(default_factory=dict)

    def owner_of(self, line: Line) -> Owner:
        """Who answers for it: the address, else HR for the company's and whoever leads for a department's."""
        if line.level == "person":
            return self._person(line)
        department = self.departments.get(plain(line.department), "") if line.level == "department" else ""
        if line.level == "department":
            if not department:
                words = NO_DEPARTMENT.fill(text=line.department[:60] or "–")
                return self._no(line, "department", words)
            if self.cycle.state != "live":
                return self._no(line, "level", NOT_STARTED.fill(cycle=self.cycle.name))
        if not may(self.actor, "set", company_thing(line.level, department), self.now):
            return self._no(line, "level", NOT_YOURS.fill(department=department or WHOLE))
        if line.email:
            return replace(self._addressed(line), department=department)
        head = self.heads.get(department)
        return Owner(head.id if head else self.actor.id, department)

    def _person(self, line: Line) -> Owner:
        if not line.email:
            return self._no(line, "email", NO_EMAIL)
        if self.cycle.state != "live":
            return self._no(line, "level", NOT_STARTED.fill(cycle=self.cycle.name))
        found = self._addressed(line)
        person = self.people.get(line.email.lower())
        if found.problems or person is None:
            return found
        if not may(self.actor, "do", Thing(KIND, person), self.now):
            return self._no(line, "email", NOT_YOURS.fill(department=person.department))
        if person.id not in self.inside:
            return self._no(line, "email", NOT_IN.fill(name=person.name, cycle=self.cycle.name))
        return found

    def _addressed(self, line: Line) -> Owner:
        person = self.people.get(line.email.lower())
        if person is None:
            return self._no(line, "email", UNKNOWN.fill(email=line.email[:80]))
        if not person.active or person.has_left(local_day(self.now, person.zone)):
            return self._no(line, "email", LEFT.fill(name=person.name))
        return Owner(person.id)

    def _no(self, line: Line, column: str, words: Words) -> Owner:
        return Owner(problems=(Problem(line.number, BY_NAME[column].title, words),))

    def library_problems(self, line: Line) -> list[Problem]:
        """The library is for everybody: who is HR for some departments only can't change it."""
        if may(self.actor, "do", Thing(KIND, departments=frozenset({ANYWHERE})), self.now):
            return []
        return [Problem(line.number, BY_NAME["job"].title, NOT_YOURS.fill(department=ALL_JOBS))]

    def known(self, line: Line, person: int) -> Goal | None:
        """The goal that the line is about, if there is one already: by its owner and title."""
        title = plain(line.title)
        if line.level == "person":
            mine = [goal for goal in self.own.get(person, ()) if plain(goal.title) == title]
            wanted = plain(line.objective)
            return next((g for g in mine if not wanted or plain(self._objective_of(g)) == wanted), None)
        department = plain(line.department) if line.level == "department" else ""
        return next(
            (
                goal
                for goal in self.above.values()
                if (goal.level, plain(goal.department)) == (line.level, department)
                and plain(goal.title) == title
            ),
            None,
        )

    def _objective_of(self, goal: Goal) -> str:
        return next((one.title for one in self.own.get(goal.person, ()) if one.id == goal.terms.parent), "")

    def is_objective(self, goal: int) -> bool:
        """Whether it is somebody's own objective, not a goal of the company or a department."""
        return goal not in self.above

    def objective(self, line: Line, entry: Entry, entries: Sequence[Entry]) -> int | None:
        """The same person's objective of that title, in the file or among their goals."""
        wanted = plain(line.objective)
        for other in self.siblings(entry, entries):
            if other.terms.shape == "objective" and plain(other.line.title) == wanted:
                return other.id if other is not entry else None
        return next(
            (
                goal.id
                for goal in self.own.get(entry.person, ())
                if goal.terms.shape == "objective" and plain(goal.title) == wanted
            ),
            None,
        )

    def siblings(self, entry: Entry, entries: Sequence[Entry]) -> Iterable[Entry]:
        """The file's other goals of the same owner and level."""
        return (
            other for other in entries if (other.person, other.line.level) == (entry.person, entry.line.level)
        )

    def parents_called(self, text: str, entries: Sequence[Entry]) -> list[tuple[int, Terms]]:
        """The company's and departments' goals of that title or number, as they will be after the import."""
        if not self.titles:
            named: dict[int, Terms] = {goal.id: goal.terms for goal in self.above.values()}
            named |= {entry.id: entry.terms for entry in entries if entry.line.level != "person"}
            for goal, terms in named.items():
                self.titles.setdefault(plain(terms.title), []).append((goal, terms))
        return self.titles.get(plain(text), [])

    def is_elsewhere(self, goal: int) -> bool:
        """Whether there is such a goal, in another cycle."""
        return goal in self.elsewhere

    def people_goals(self) -> Iterable[Goal]:
        """All that the people of the file have, in the cycle."""
        return (goal for goals in self.own.values() for goal in goals)

    def name_of(self, person: int) -> str:
        """How they are called."""
        return next((one.name for one in self.people.values() if one.id == person), str(person))


def place_of(
    records: GoalsRecords,
    actor: Person,
    cycle: Cycle,
    lines: Sequence[Line],
    columns: Iterable[str],
    now: datetime,
) -> Place:
    """Everything that these lines are held against, read at once."""
    found = records.people.by_emails(line.email for line in lines if line.email)
    people = {person.email: person for person in found}
    ids = sorted({person.id for person in people.values()})
    inside: list[Participant] = records.participants.many(cycle.id, ids) if ids else []
    above = {goal.id: goal for goal in records.goals.above(cycle.id)}
    own: dict[int, list[Goal]] = {}
    for goal in records.goals.of_people(cycle.id, ids):
        own.setdefault(goal.person, []).append(goal)
    numbers = {
        int(line.parent)
        for line in lines
        if line.parent.isascii() and line.parent.isdigit() and len(line.parent) < 10
    }
    elsewhere = {goal.id for goal in records.goals.many(numbers - above.keys())}
    departments = records.people.departments()
    wanted = {plain(line.department) for line in lines if line.level == "department"}
    heads = records.people.heads([name for name in departments if plain(name) in wanted])
    return Place(
        cycle, days_of(cycle), actor, now, people, frozenset(one.person for one in inside if one.place == "in"),
        {plain(name): name for name in departments}, heads, above, own, frozenset(elsewhere), frozenset(columns),
    )  # fmt: skip
