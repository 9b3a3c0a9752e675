"""A manager sets one goal for several people at once: its sentence and numbers once, then each person's own number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, Choices, Percent
from flows.core.page import Page, Question, Questionnaire, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept, Option
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.team import GIVE, NOBODY
from flows.goals.amounts import told
from flows.goals.current import running
from flows.goals.kept import LIVE, Goal, Shape, Terms
from flows.goals.measure.span import days_of
from flows.goals.records import GoalsRecords
from flows.goals.setting.copying import renewed
from flows.goals.setting.form_pages import AMOUNT, EXAMPLE, PLAIN_KINDS, Writing, more_page, terms_page
from flows.goals.setting.form_read import advice, begun, start_of, usual_rule, written
from flows.goals.setting.known import context_of
from flows.goals.setting.soundness import refuse_unlinked, refuse_unsound
from flows.goals.tree.handing import put_before
from flows.goals.tree.tree import parents_for
from flows.people.person import Person
from flows.people.policy import Thing

ON_ONE_SCREEN = 6  # people, each with two questions
MOST_SOURCES = 90  # options of a menu in a messenger
LAST = 10  # goals of each person's last cycles that can be set again


class What(Page):
    title = Words("The goal", "目标")
    sentence: str = text("The goal in one sentence", "用一句话写出目标", hint=EXAMPLE)
    kind: Shape = choice("What kind is it?", "目标类型", PLAIN_KINDS)


@dataclass(frozen=True, slots=True)
class Giving:
    """What the form needs: the team, what can be set again by its key, and what each person's number was then."""

    writing: Writing
    team: tuple[Person, ...]
    sources: Mapping[str, Terms]
    before: Mapping[tuple[str, int], Decimal]


@dataclass(frozen=True, slots=True)
class Given:
    """One person's goal."""

    person: int
    terms: Terms


def own_team(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Goals are set for those whom the actor reviews in the cycle."""
    subject = about[0] if about else ""
    return Thing("team_goals", actor) if not subject or records.cycles.get(whole(subject)) else None


def first_cycle(records: GoalsRecords, actor: Person, _now: datetime) -> str:
    """The newest cycle that runs in which the actor reviews somebody."""
    for cycle in sorted(records.cycles.in_state("live"), key=lambda one: -one.id):
        if team_of(records, cycle, actor):
            return str(cycle.id)
    raise Refusal(NOBODY)


def team_of(records: GoalsRecords, cycle: Cycle, actor: Person) -> tuple[Person, ...]:
    """Whom the actor reviews in the cycle, by name."""
    people = records.people.many([one.person for one in records.participants.led_by(cycle.id, actor.id)])
    return tuple(sorted((one for one in people if one.active), key=lambda one: one.name))


def giving(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Giving:
    """Everything that the form shows; refuses a cycle that is over, and whoever leads nobody in it."""
    if records.cycles.get(whole(subject)) is None:
        raise NotThere
    cycle = running(records, whole(subject))
    team = team_of(records, cycle, actor)
    if not team:
        raise Refusal(NOBODY)
    own = [goal for goal in records.goals.of_cycle(cycle.id, actor.id) if goal.state in LIVE]
    above = {goal.id: goal for goal in [*own, *parents_for(records, actor, cycle.id, now)]}
    last = max(days_of(cycle)[1], cycle.first)
    writing = Writing(
        cycle, actor, actor, None, None, None, tuple(above.values())[:MOST_SOURCES],
        context_of(records, actor, cycle, 0, bool(above), now), local_day(now, actor.zone), last,
    )  # fmt: skip
    sources, before = sources_of(records, cycle, team)
    return Giving(writing, team, sources, before)


def sources_of(
    records: GoalsRecords, cycle: Cycle, team: Sequence[Person]
) -> tuple[dict[str, Terms], dict[tuple[str, int], Decimal]]:
    """What can be set again: the library's goals and those of the team's last cycles, with each person's target."""
    found = {
        f"library-{one.id}": one.terms for one in records.library.all() if one.terms.shape != "objective"
    }
    keys = {terms.title.casefold(): key for key, terms in found.items()}
    before: dict[tuple[str, int], Decimal] = {}
    for person in team:
        for goal in records.goals.latest_of(person.id, cycle.id, LAST):
            if goal.terms.shape == "objective" or goal.terms.visibility == "private":
                continue
            key = keys.setdefault(goal.title.casefold(), f"goal-{goal.id}")
            found.setdefault(key, goal.terms)
            if goal.terms.target is not None:
                before.setdefault((key, person.id), goal.terms.target)
    return {key: renewed(terms, cycle, None) for key, terms in list(found.items())[:MOST_SOURCES]}, before


def who_page(has: Giving) -> Questionnaire:
    """For whom, and whether it begins with a goal that there is already."""
    people = Choices(tuple(Option(str(one.id), same(one.name)) for one in has.team), least=1)
    asked = [Question("people", Words("For whom?", "为哪些人设定？"), people)]
    if has.sources:
        options = tuple(Option(key, same(terms.title), aim_of(terms)) for key, terms in has.sources.items())
        hint = Words(
            "From the library or the last cycles; you can change it.", "来自目标库或往期，可再修改。"
        )
        asked.append(Question("source", Words("Begin with", "从已有目标开始"), Choice(options), True, hint))
    return Questionnaire("whom", GIVE, tuple(asked))


def aim_of(terms: Terms) -> Words | None:
    return told(terms.target, terms.unit) if terms.target is not None else None


def numbers_page(
    has: Giving, people: Sequence[Person], common: Terms, source: str, number: int
) -> tuple[Questionnaire, dict[str, Kept]]:
    """Each person's target and weight, and what is proposed: what they had before, else what all get."""
    asked: list[Question] = []
    start: dict[str, Kept] = {}
    for one in people:
        if common.shape == "number":
            words = Words("Target for {name}", "{name}的目标值").fill(name=one.name)
            asked.append(Question(f"target{one.id}", words, AMOUNT, optional=True))
            target = has.before.get((source, one.id), common.target)
            start |= {f"target{one.id}": f"{target:f}"} if target is not None else {}
        words = Words("Weight for {name} in percent", "{name}的权重（%）").fill(name=one.name)
        asked.append(Question(f"weight{one.id}", words, Percent(Decimal(0), Decimal(100)), optional=True))
        start |= {f"weight{one.id}": f"{common.weight:f}"} if common.weight is not None else {}
    return Questionnaire(
        f"numbers{number}", Words("Each person's number", "每个人的数值"), tuple(asked)
    ), start


def keep(records: GoalsRecords, actor: Person, subject: str, given: Sequence[Given], now: datetime) -> Words:
    """Put each goal before its person; none is kept where one of them can't be."""
    cycle = running(records, whole(subject))
    team = {one.id: one for one in team_of(records, cycle, actor)}
    given = [one for one in given if one.person in team]
    refuse_doubles(records, cycle, [team[one.person] for one in given], given[0].terms.title if given else "")
    first, last = days_of(cycle)
    for one in given:
        refuse_unsound(one.terms, first, max(first, last))
        refuse_unlinked(records, fresh(one, cycle), one.terms, actor, now)
    for one in given:
        kept = put_before(records, fresh(one, cycle), one.terms, actor, now)
        records.audit.note(now, actor.id, "goal.give", f"goal/{kept.id}", {"person": one.person})
    names = join(same(team[one.person].name) for one in given)
    return Words(
        "The goal is proposed to {names}. They are asked to agree with their next message.",
        "已向{names}提出这个目标，对方会在下一条消息中收到并确认。",
    ).fill(names=names)


def fresh(one: Given, cycle: Cycle) -> Goal:
    return Goal(0, one.person, one.terms, cycle.id, state="draft")


def refuse_doubles(records: GoalsRecords, cycle: Cycle, people: Sequence[Person], title: str) -> None:
    """Refuse a goal that somebody has already by this name."""
    there = {
        goal.person
        for goal in records.goals.of_people(cycle.id, [one.id for one in people])
        if goal.title.casefold() == title.casefold()
    }
    if there:
        raise Refusal(
            "There is a goal of this name already for {names}. Choose others, or another sentence.",
            "{names}已有同名目标，请换人或换一句话描述。",
            names=join(same(one.name) for one in people if one.id in there),
        )


def common_terms(ask: Ask, has: Writing, base: Terms) -> Terms:
    """What all of them get, as the form for one's own goal asks it."""
    if base.title:
        has = replace(has, goal=Goal(0, has.owner.id, base, has.cycle.id, state="draft"))
    first = ask(What, start={"sentence": base.title, "kind": base.shape})
    begin_with = begun(has, first.sentence or "", first.kind or "number")
    start = start_of(begin_with)
    said = ask.form(terms_page(has, begin_with.shape, advice(has, begin_with)), start=start)
    more: Mapping[str, Any] | None = None
    if said["more"]:
        more = ask.form(more_page(has, begin_with.shape), start=start)
    terms = written(begin_with, said, more)
    parent = next((one for one in has.parents if one.id == terms.parent), None)
    return usual_rule(terms, parent) if more is not None and parent and more.get("rule") is None else terms


@flow(
    "goal-give",
    GIVE,
    may=("team_goals", "set"),
    of=own_team,
    facts=giving,
    keep=keep,
    subject=first_cycle,
    readers=lambda _has: Words(
        "Each person reads their own goal and agrees to it, or asks for changes; it counts once both agree.",
        "每个人会看到自己的目标并确认或要求修改；双方确认后生效。",
    ),
    again=True,
    command="goal give",
    help=Words("set a goal for several of your people", "为多位下属设定目标"),
)
def give(ask: Ask, has: Giving) -> tuple[Given, ...]:
    whom = ask.form(who_page(has))
    source = whom.get("source") or ""
    common = common_terms(ask, has.writing, has.sources.get(source, Terms("")))
    chosen = [one for one in has.team if str(one.id) in (whom["people"] or ())]
    found: list[Given] = []
    for number, at in enumerate(range(0, len(chosen), ON_ONE_SCREEN)):
        people = chosen[at : at + ON_ONE_SCREEN]
        page, start = numbers_page(has, people, common, source, number)
        said = ask.form(page, start=start)
        for one in people:
            target = said.get(f"target{one.id}", common.target)
            found.append(Given(one.id, replace(common, target=target, weight=said[f"weight{one.id}"])))
    return tuple(found)
