"""What an import would change: every line held against the directory, the cycle and the goals that there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.goals.agreeing.negotiation import asked_terms, awaits
from flows.goals.importing.goal_columns import BY_NAME
from flows.goals.importing.lines import Line
from flows.goals.importing.place import Place
from flows.goals.importing.problem import Problem
from flows.goals.kept import Goal, LibraryGoal, Rule, Terms
from flows.goals.measure.weights import weights_problem
from flows.goals.setting.soundness import refuse_unsound
from flows.goals.tree.dividing import adds_up
from flows.goals.tree.tree import DEEPEST

LOOP = Words("It would serve itself in the end: the goals above go in a circle.", "上级目标之间形成了循环。")
NOT_ADDING = Words(
    "It counts in another unit than “{parent}”, so it can't add up. Give a factor, or let it not count.",
    "与“{parent}”单位不同，不能累加。请填写系数，或设为不计入。",
)
NO_FACTOR = Words("“Times the factor” needs a factor.", "选择“乘以系数”时请填写系数。")
NO_PARENT = Words(
    "There is no goal “{text}” of the company or a department, in this file or in {cycle}.",
    "本文件和{cycle}中都没有名为“{text}”的公司或部门目标。",
)
TWO_PARENTS = Words(
    "There are several goals “{text}”. Write the number of the one that is meant.",
    "有多个名为“{text}”的目标，请填写目标编号。",
)
OTHER_CYCLE = Words("Goal {text} belongs to another cycle.", "目标 {text} 属于另一个周期。")
NO_OBJECTIVE = Words(
    "This person has no objective “{text}”, in this file or in {cycle}.",
    "本文件和{cycle}中，此人没有名为“{text}”的目标（O）。",
)
TOO_DEEP = Words("There would be more than {n} goals above it.", "上级目标超过 {n} 层。")
# Columns that say whose goal it is; while one can't be read, that is not looked at.
WHOSE = tuple(BY_NAME[name].title for name in ("level", "email", "department", "job"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with the goal that it makes or changes. `id` is the goal's, or a negative number of its own if new."""

    line: Line
    id: int
    before: Goal | None
    person: int
    department: str
    terms: Terms

    @property
    def is_changed(self) -> bool:
        return self.before is not None and asked_terms(self.before) != self.terms


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do. `warnings` do not keep it from being done."""

    cycle: Cycle
    entries: Sequence[Entry] = ()
    library: Mapping[str, Sequence[LibraryGoal]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    warnings: Sequence[Words] = ()

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.before is None]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_changed]

    @property
    def waiting(self) -> bool:
        """Whether any of the goals waits to be agreed."""
        return any(entry.before is not None and awaits(entry.before) for entry in self.entries)

    @property
    def people(self) -> set[int]:
        return {entry.person for entry in self.entries if entry.line.level == "person"}


def planned(lines: Sequence[Line], place: Place, problems: Sequence[Problem]) -> Plan:
    """The plan for these lines where `place` is what there is; every problem is named, not only the first."""
    wrong: list[Problem] = []
    owners: list[Problem] = []
    broken = {problem.line for problem in problems}
    unclear = {problem.line for problem in problems if problem.column in WHOSE}
    entries, library = [], dict[str, list[LibraryGoal]]()
    for nth, line in enumerate(lines):
        if line.job:
            terms = _own_terms(line, Terms(line.title), place, wrong)
            job = "" if line.job == "*" else line.job
            library.setdefault(job, []).append(LibraryGoal(0, job, terms))
            wrong += place.library_problems(line)
            continue
        found = place.owner_of(line)
        owners += found.problems if line.number not in unclear else ()
        before = place.known(line, found.person) if not found.problems else None
        base = asked_terms(before) if before else Terms(line.title, due=place.days[1])
        terms = _own_terms(line, base, place, wrong)
        entries.append(
            Entry(line, before.id if before else -nth - 1, before, found.person, found.department, terms)
        )
    linked = [_linked(entry, entries, place, wrong) for entry in entries]
    _find_loops(linked, place, wrong)
    # What follows from a cell that could not be read is not news.
    told = [*problems, *owners, *(one for one in wrong if one.line not in broken)]
    warnings = [] if told else weight_warnings(linked, place)
    return Plan(place.cycle, linked, library, sorted(told, key=lambda one: one.line), warnings)


def _own_terms(line: Line, base: Terms, place: Place, wrong: list[Problem]) -> Terms:
    """The terms that the line says for itself; a column that the sheet does not have leaves them as they are."""
    given = {name: _usual(name) if value in ("", None) else value for name, value in line.given.items()}
    given.pop("rule", None)
    if "due" in given and given["due"] is None and not line.job:
        given["due"] = place.days[1]
    terms = replace(base, title=line.title, **given)
    if line.objective and "method" not in given:
        terms = replace(terms, method="okr")
    if terms.shape == "objective":
        terms = replace(terms, method="okr")
    first, last = place.days
    try:
        refuse_unsound(terms, first, last)
    except Refusal as no:
        wrong.append(Problem(line.number, None, no.words))
    return terms


def _usual(name: str) -> Any:
    return getattr(Terms(""), name)


def _linked(entry: Entry, entries: Sequence[Entry], place: Place, wrong: list[Problem]) -> Entry:
    """The entry with its parent: the objective of a key result, or the goal of the company or a department."""
    line = entry.line
    if line.objective and not entry.person:
        return entry
    if line.objective:
        parent = place.objective(line, entry, entries)
        if parent is None:
            words = NO_OBJECTIVE.fill(text=line.objective, cycle=place.cycle.name)
            wrong.append(Problem(line.number, BY_NAME["objective"].title, words))
            return entry
        return replace(entry, terms=replace(entry.terms, parent=parent, rule="none", factor=None))
    if not line.parent:
        terms = entry.terms
        if "parent" in place.columns and terms.parent and not place.is_objective(terms.parent):
            terms = replace(terms, parent=None, rule="none", factor=None)
        return replace(entry, terms=terms)
    column = BY_NAME["parent"].title
    found = place.parents_called(line.parent, entries)
    if line.parent.isascii() and line.parent.isdigit() and len(line.parent) < 10 and not found:
        parent_goal = place.above.get(int(line.parent))
        words = OTHER_CYCLE if place.is_elsewhere(int(line.parent)) else NO_PARENT
        found = [(parent_goal.id, parent_goal.terms)] if parent_goal else []
    else:
        words = NO_PARENT
    if len(found) != 1:
        words = TWO_PARENTS if found else words
        wrong.append(Problem(line.number, column, words.fill(text=line.parent, cycle=place.cycle.name)))
        return entry
    return _ruled(entry, *found[0], wrong)


def _ruled(entry: Entry, parent: int, above: Terms, wrong: list[Problem]) -> Entry:
    """The entry under its parent, with how its number counts there."""
    terms, line = entry.terms, entry.line
    rule: Rule = line.given.get("rule") or (
        "factor" if terms.factor else "sum" if adds_up(terms, above) else "none"
    )
    if rule == "sum" and not adds_up(terms, above):
        wrong.append(Problem(line.number, BY_NAME["rule"].title, NOT_ADDING.fill(parent=above.title)))
    if rule == "factor" and not terms.factor:
        wrong.append(Problem(line.number, BY_NAME["factor"].title, NO_FACTOR))
    factor = terms.factor if rule == "factor" else None
    return replace(entry, terms=replace(terms, parent=parent, rule=rule, factor=factor))


def _find_loops(entries: Sequence[Entry], place: Place, wrong: list[Problem]) -> None:
    above = {goal.id: goal.terms.parent for goal in place.above.values()}
    above |= {entry.id: entry.terms.parent for entry in entries}
    for entry in entries:
        seen, at = {entry.id}, entry.terms.parent
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at is not None:
            wrong.append(Problem(entry.line.number, BY_NAME["parent"].title, LOOP))
        elif len(seen) - 1 > DEEPEST:
            wrong.append(Problem(entry.line.number, BY_NAME["parent"].title, TOO_DEEP.fill(n=DEEPEST)))


def weight_warnings(entries: Sequence[Entry], place: Place) -> list[Words]:
    """Whose weights would not come to 100 %, by person."""
    after: dict[int, dict[int, Goal]] = {}
    for goal in place.people_goals():
        after.setdefault(goal.person, {})[goal.id] = replace(goal, terms=asked_terms(goal))
    for entry in entries:
        if entry.line.level == "person":
            goal = Goal(entry.id, entry.person, entry.terms, place.cycle.id, state="proposed")
            after.setdefault(entry.person, {})[entry.id] = goal
    found = []
    touched: Iterable[int] = dict.fromkeys(e.person for e in entries if e.line.level == "person")
    for person in touched:
        problem = weights_problem(list(after[person].values()), place.cycle.template.perspectives)
        if problem is not None:
            found.append(Words("{name}: ", "{name}：").fill(name=place.name_of(person)) + problem)
    return found
