"""What is asked when a goal's number is divided: among whom, how much each, and what counts in another unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flows.core.kinds import Choices, People, Someone, Text
from flows.core.page import Question, Questionnaire
from flows.core.said import SHORT, Kept, Option, carried
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.amounts import LONGEST_UNIT, unit_of
from flows.goals.kept import Coverage, Goal, Terms
from flows.goals.tree.company_pages import AMOUNT, FACTOR, placed, plain
from flows.goals.tree.dividing import adds_up, contribution, evenly
from flows.people.person import Person

MOST_PARTS = 40  # shares in one form: four screens of numbers


@dataclass(frozen=True, slots=True)
class Splitting:
    """What the steps need: the goal, those below it, and among whom it can be divided.

    `heads` are who stands at the top of each department that can be chosen; `reports` may be given a part themselves.
    """

    goal: Goal
    children: tuple[Goal, ...]
    coverage: Coverage | None
    heads: Mapping[str, Person]
    reports: tuple[Person, ...]
    name_of: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One share: of a department (with who answers for it) or a person; `child` is the goal that holds it already."""

    person: int
    department: str = ""
    child: Goal | None = None

    @property
    def key(self) -> str:
        if self.child:
            return f"goal/{self.child.id}"
        return carried(f"department/{self.department}") if self.department else f"person/{self.person}"


def whom_page(has: Splitting) -> Questionnaire:
    """The departments and people who get a part."""
    asked = []
    if has.heads:
        options = tuple(Option(name, same(name)) for name in has.heads)
        asked.append(
            Question(
                "departments", Words("Which departments?", "哪些部门？"), Choices(options), optional=True
            )
        )
    if has.reports:
        people = tuple(Option(str(one.id), same(one.name), value=one.id) for one in has.reports)
        asked.append(Question("people", Words("Which people?", "哪些人？"), Choices(people), optional=True))
    asked.append(
        Question("others", Words("Anybody further down", "其他下级"), People(), optional=True,
                 hint=Words("People who report to them, or further below", "下级的下级也可以"))
    )  # fmt: skip
    return Questionnaire("whom", Words("Among whom?", "分给谁？"), tuple(asked))


def whom_start(has: Splitting) -> dict[str, Kept]:
    """Those who have a part already."""
    people = {child.person for child in has.children if child.level == "person"}
    direct = {one.id for one in has.reports}
    return {
        "departments": [
            name for name in has.heads if any(name == child.department for child in has.children)
        ],
        "people": [str(one.id) for one in has.reports if one.id in people],
        "others": sorted(people - direct),
    }


def heads_page(has: Splitting, departments: Sequence[str]) -> Questionnaire | None:
    """Who answers for each department's new goal."""
    words = Words("Who answers for {name}?", "{name}由谁负责？")
    known = {child.department for child in has.children}
    asked = [
        Question(carried(name), words.fill(name=name), Someone()) for name in departments if name not in known
    ]
    return Questionnaire("heads", Words("Who answers?", "由谁负责？"), tuple(asked)) if asked else None


def parts_of(has: Splitting, whom: Mapping[str, Any], heads: Mapping[str, Any]) -> list[Part]:
    """Every share to be filled in, as many as a form can bear: those that there are, and new ones for the others."""
    parts: list[Part] = []
    for name in whom.get("departments") or ():
        there = [child for child in has.children if child.department == name]
        parts += [Part(child.person, name, child) for child in there]
        parts += [] if there else [Part(heads.get(carried(name)) or 0, name)]
    people = (whole(str(one)) for one in (*(whom.get("people") or ()), *(whom.get("others") or ())))
    for person in dict.fromkeys(people):
        there = [child for child in has.children if child.level == "person" and child.person == person]
        parts += [Part(person, "", child) for child in there] or [Part(person)]
    return parts[:MOST_PARTS]


def shares_page(has: Splitting, parts: Sequence[Part], now: Words) -> Questionnaire:
    """A number each, and whose counts in another unit. `now` says how far the goal is covered as it is."""
    unit = has.goal.terms.unit
    asked = [
        Question(
            part.key, called(has, part) + (same(f" ({unit})") if unit else same("")), AMOUNT, optional=True
        )
        for part in parts
    ]
    options = tuple(Option(part.key, called(has, part)) for part in parts)
    asked.append(
        Question("other", Words("Does a part count in another unit?", "有按其他单位计的部分吗？"), Choices(options),
                 optional=True, hint=Words("Such as contracts instead of CNY: asked next", "例如按合同数而不是金额，下一步填写"))
    )  # fmt: skip
    hint = Words(" What is open is proposed in even parts.", "未分配部分已按平均值填好，可修改。")
    if len(parts) == MOST_PARTS:
        hint += Words(
            " {n} parts are shown at once. Divide again for others, or change a goal on its own card.",
            "一次最多显示 {n} 份。其余部分请再次拆分，或在对应目标的卡片上修改。",
        ).fill(n=MOST_PARTS)
    return Questionnaire("shares", Words("How much each?", "每份多少？"), tuple(asked), now + hint)


def called(has: Splitting, part: Part) -> Words:
    return same(part.department or has.name_of(part.person))


def shares_start(has: Splitting, parts: Sequence[Part]) -> dict[str, Kept]:
    """What each has; what is still open is divided evenly among those who have nothing."""
    goal = has.goal.terms
    start: dict[str, Kept] = {}
    for part in parts:
        terms = asked_of(part)
        if terms and terms.rule != "factor" and terms.unit == goal.unit:
            start[part.key] = plain(terms.target)
    start["other"] = [part.key for part in parts if part.child and part.key not in start]
    fresh = [part for part in parts if part.child is None]
    if goal.target is None or not fresh:
        return start
    if not adds_up(goal, goal):
        return start | {part.key: plain(goal.target) for part in fresh}
    left = goal.target - after(has, []).given
    if left > 0:
        start |= {part.key: plain(each) for part, each in zip(fresh, evenly(left, len(fresh)), strict=True)}
    return start


def asked_of(part: Part) -> Terms | None:
    """The terms of a part that there is: those asked for, where something is asked."""
    return (part.child.pending or part.child.terms) if part.child else None


def after(has: Splitting, changed: Sequence[tuple[Part, Terms]]) -> Coverage:
    """How the goal is divided once these terms stand, and those asked for already."""
    terms = {child.id: child.pending or child.terms for child in has.children}
    terms |= {part.child.id: wanted for part, wanted in changed if part.child}
    every = [*terms.values(), *(wanted for part, wanted in changed if part.child is None)]
    given = [found for one in every if (found := contribution(one, has.goal.terms)) is not None]
    return Coverage(sum(given, Decimal(0)), len(given), len(every) - len(given))


def unit_page(has: Splitting, part: Part) -> tuple[Questionnaire, dict[str, Kept]]:
    """The number of a part in its own unit, and what one of it is worth; with what stands in it."""
    theirs = has.goal.terms.unit or Words("of the goal above", "上级单位")
    worth = Words("One of it counts as how many {unit}?", "每 1 个单位折合多少 {unit}？").fill(unit=theirs)
    asked = (
        Question("unit", Words("Unit", "单位"), Text(1, LONGEST_UNIT), hint=Words("Such as contracts", "例如：合同")),
        Question("target", Words("How many?", "多少？"), AMOUNT),
        Question("factor", worth, FACTOR, optional=True,
                 hint=Words("Left empty, it is linked without counting", "留空则只关联、不计入")),
    )  # fmt: skip
    terms = asked_of(part)
    start: dict[str, Kept] = {}
    if terms and terms.unit != has.goal.terms.unit:
        start = {"unit": terms.unit, "target": plain(terms.target), "factor": plain(terms.factor)}
    return Questionnaire(f"unit:{part.key}", called(has, part), asked), start


def terms_for(
    has: Splitting, part: Part, amount: Decimal | None, own: Mapping[str, Any] | None
) -> Terms | None:
    """The terms of one part, without a sentence where it is new; None where nothing is given to it."""
    goal, target = has.goal.terms, placed(own["target"] if own else amount)
    if target is None:
        return None
    terms = asked_of(part) or replace(
        goal, title="", shape="number", method="kpi" if goal.method == "okr" else goal.method, baseline=None,
        stretch=None, weight=None, part="ordinary", steps=(), milestones=(), parent=has.goal.id,
        visibility="public" if part.department else "team" if goal.visibility == "public" else goal.visibility,
    )  # fmt: skip
    if own is None:
        rule = "sum" if adds_up(replace(terms, unit=goal.unit), goal) else "none"
        if part.child and terms.unit == goal.unit and terms.rule != "factor":
            rule = terms.rule
        return replace(terms, unit=goal.unit, target=target, rule=rule, factor=None)  # type: ignore[arg-type]
    factor = own.get("factor") or None
    fresh = {} if part.child else {"metric": "", "measure": "", "gather": "latest"}
    return replace(
        terms, unit=unit_of(own["unit"] or ""), target=target, rule="factor" if factor else "none", factor=factor,
        **fresh,  # type: ignore[arg-type]
    )  # fmt: skip


def check_page(covered: Words, *, fresh: bool, title: str) -> tuple[Questionnaire, dict[str, Kept]]:
    """How far the goal is covered with all of this, before it is sent; the new goals' sentence, and a word to all."""
    asked = [Question("word", Words("A word to them", "想对他们说的话"), Text(3), optional=True)]
    if fresh:
        asked.insert(
            0, Question("sentence", Words("The sentence of the new goals", "新目标的表述"), Text(1, SHORT))
        )
    return Questionnaire("check", Words("How it adds up", "合计"), tuple(asked), covered), {"sentence": title}
