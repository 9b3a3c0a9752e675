"""Taking goals over into a new cycle: what is unfinished from before, and the library of one's job title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.following import follow
from flows.goals.current import own_cycle, running
from flows.goals.kept import Goal, LibraryGoal, Terms
from flows.goals.measure.span import days_of
from flows.goals.measure.standing import Standing, is_result_of, standings
from flows.goals.records import GoalsRecords
from flows.goals.setting.form import MOST_GOALS
from flows.people.person import Person
from flows.people.policy import Thing
from flows.plans.records import Carried

LIBRARY = "library"
OFFERED, LOOKED_AT = 5, 40


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken over with one tap: what names it, its terms, and where it comes from."""

    key: str
    terms: Terms
    origin: Words


def offers(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Offer]:
    """What may be taken over into the cycle, besides what has the title of a goal that is there."""
    there = {goal.title.casefold() for goal in records.goals.of_cycle(cycle.id, actor.id)}
    found = [
        *[
            Offer(goal.key, goal.terms, origin(records, goal))
            for goal in unfinished(records, actor, cycle, now)
        ],
        *[
            Offer(f"{LIBRARY}:{one.id}", one.terms, Words("library", "目标库"))
            for one in records.library.for_job(actor.title)
        ],
    ]
    fresh: dict[str, Offer] = {}
    for offer in found:
        if offer.terms.title.casefold() not in there:
            fresh.setdefault(offer.terms.title.casefold(), offer)
    return list(fresh.values())[:OFFERED]


def unfinished(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Goal]:
    """The goals of the actor's last cycle that were not reached, and those of no cycle; none that was let go."""
    gone = {one.of for one in records.carried.of(cycle.id, actor.id) if one.kind == "goal" and not one.taken}
    loose = [goal for goal in records.goals.of_person(actor.id) if goal.cycle is None]
    before = records.goals.latest_of(actor.id, cycle.id, LOOKED_AT)
    last = [goal for goal in before if goal.cycle == before[0].cycle]
    known = standings(records, last, now)
    ids = {goal.id for goal in last}
    found = [*loose, *(goal for goal in last if goal.terms.parent not in ids and is_open(known[goal.id]))]
    return [goal for goal in found if goal.id not in gone]


def let_go(records: GoalsRecords, cycle: Cycle, goal: Goal, actor: Person, now: datetime) -> None:
    """Offer the goal no more in this cycle; said twice, it is kept once."""
    if records.carried.keep(Carried(cycle.id, "goal", goal.id, actor.id, taken=False, at=now)):
        records.audit.note(now, actor.id, "goal.let_go", f"cycle/{cycle.id}", {"goal": goal.id})


def is_open(standing: Standing) -> bool:
    """Whether it was not reached: nobody knows, or less than 100 %."""
    return standing.attainment is None or standing.attainment < 100


def origin(records: GoalsRecords, goal: Goal) -> Words:
    """Where a goal comes from."""
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    return same(cycle.name) if cycle else Words("outside a cycle", "不属于任何周期")


def own_source(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(goal or "library:id", cycle): a goal of one's own, or one of the library for one's job."""
    if len(about) != 2:
        return None
    kind, _, entry = about[0].partition(":")
    if kind == LIBRARY:
        known = library_goal(records, actor, whole(entry)) is not None
    else:
        goal = records.goals.get(whole(about[0]))
        known = bool(goal and goal.person == actor.id and goal.level == "person")
    return own_cycle(records, actor, about[1:]) if known else None


def library_goal(records: GoalsRecords, actor: Person, entry: int) -> LibraryGoal | None:
    found = records.library.get(entry)
    return found if found and found.job in ("", actor.title) else None


@deed("goal-copy", may=("goals", "write"), of=own_source)
def copy_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take one over as a draft with the cycle's days; an objective brings its key results along."""
    cycle = running(records, whole(about[1]))
    kind, _, entry = about[0].partition(":")
    from_library = library_goal(records, actor, whole(entry)) if kind == LIBRARY else None
    goal = None if kind == LIBRARY else records.goals.lock(whole(about[0]))
    terms = from_library.terms if from_library else goal.terms if goal else None
    if terms is None:
        raise NotThere
    mine = records.goals.of_cycle(cycle.id, actor.id)
    if any(one.title.casefold() == terms.title.casefold() for one in mine):
        return Words("“{goal}” is among your goals already.", "“{goal}”已在你的目标中。").fill(
            goal=terms.title
        )
    if len(mine) >= MOST_GOALS:
        raise Refusal(
            "There are {n} goals already. Please remove one first.",
            "已有 {n} 个目标，请先删除一个。",
            n=MOST_GOALS,
        )
    number = _taken_over(records, actor, cycle, goal, terms, now)
    if goal:
        records.carried.keep(Carried(cycle.id, "goal", goal.id, actor.id, taken=True, at=now))
    records.audit.note(now, actor.id, "goal.copy", f"cycle/{cycle.id}", {"goals": number})
    follow(records, cycle.id, actor.id, now)
    words = Words("“{goal}” is taken over as a draft", "“{goal}”已作为草稿加入").fill(goal=terms.title)
    if number > 1:
        results = count(number - 1, "{n} key result", "{n} key results", "{n} 条关键结果")
        words += Words(", with {results}", "，含 {results}").fill(results=results)
    return words + Words(". Look it through before you propose it.", "。提交前请检查一遍。")


def _taken_over(
    records: GoalsRecords, actor: Person, cycle: Cycle, goal: Goal | None, terms: Terms, now: datetime
) -> int:
    """Keep the draft and its key results; how many. A goal of no cycle moves in as it is, with what was reported."""
    results = _results(records, goal) if goal else []
    values = standings(records, [goal, *results], now) if goal else {}
    draft = Goal(0, actor.id, terms, cycle.id, state="draft", changed_at=now)
    if goal and goal.cycle is None:
        draft = replace(
            goal, cycle=cycle.id, state="draft", asked_by=None, pending=None, leaving=False, changed_at=now
        )
    kept = records.goals.save(
        replace(draft, terms=renewed(terms, cycle, values.get(goal.id) if goal else None))
    )
    for result in results:
        fresh = replace(renewed(result.terms, cycle, values.get(result.id)), parent=kept.id)
        records.goals.save(Goal(0, actor.id, fresh, cycle.id, state="draft", changed_at=now))
    return 1 + len(results)


def _results(records: GoalsRecords, goal: Goal) -> Sequence[Goal]:
    if goal.terms.shape != "objective" or goal.cycle is None:
        return []
    mine = records.goals.of_cycle(goal.cycle, goal.person)
    return [one for one in mine if is_result_of(one, goal)]


def renewed(terms: Terms, cycle: Cycle, standing: Standing | None) -> Terms:
    """The terms for another cycle: due on its last day, beginning where it stands now, weights and parents open.

    A limit or a number per period begins anew; what has gone past its target keeps the start that it had.
    """
    start = terms.baseline
    value = standing.value if standing else None
    if value is not None and terms.target is not None and start is not None and terms.gather == "latest":
        between = min(start, terms.target) < value < max(start, terms.target)
        start = value if between else start
    return replace(
        terms, due=days_of(cycle)[1], baseline=start, weight=None if terms.part == "ordinary" else terms.weight,
        parent=None, rule="none", factor=None,
    )  # fmt: skip
