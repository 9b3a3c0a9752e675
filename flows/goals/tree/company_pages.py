"""What HR is asked about a goal of the company or a department, and the goal that the answers make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from flows.core.kinds import Choice, Day, Number, Someone, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers
from flows.core.said import SHORT, Kept, Option
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.telling import VISIBILITIES
from flows.goals.amounts import LONGEST_UNIT, told, unit_of
from flows.goals.kept import LARGEST, Goal, Rule, Terms
from flows.goals.tree.dividing import adds_up, in_places

COMPANY = "company"
AMOUNT = Number(least=Decimal(0), most=LARGEST)
FACTOR = Number(least=Decimal(0), most=LARGEST)
ALONE = "none"
NO_PARENT = Option(ALONE, Words("None: it stands by itself", "不关联，独立目标"))
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the steps need: the cycle, the goal that changes (None: a new one), and what there is to choose from.

    `heads` are whom a department's goal is proposed to (id), by department; `whole`: may set the company's own.
    `until` is the last day of the cycle's period, a local day.
    """

    cycle: Cycle
    goal: Goal | None
    whole: bool
    departments: tuple[str, ...]
    heads: Mapping[str, int]
    parents: tuple[Goal, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Written:
    """The goal that is meant (its terms as they are in force), and the terms that HR wrote."""

    goal: Goal
    terms: Terms


def first_page(has: Setting) -> Questionnaire:
    """Whose goal it is."""
    options = [Option(COMPANY, Words("The whole company", "整个公司"))] if has.whole else []
    options += [Option(f"department/{name}", same(name)) for name in has.departments]
    whose = Question("whose", Words("Whose goal is it?", "这是谁的目标？"), Choice(tuple(options)))
    return Questionnaire("whose", Words("Whose goal", "目标归属"), (whose,))


def number_page(has: Setting, level: str) -> Questionnaire:
    """Its sentence, who answers for it, its number and its day."""
    asked = [
        Question("title", Words("The goal in one sentence", "用一句话写出目标"), Text(1, SHORT),
                 hint=Words("For example: Revenue of 10 million in the quarter", "例如：本季度营收达到 1000 万")),
        Question("person", Words("Who answers for it?", "由谁负责？"), Someone()),
        Question("unit", Words("Unit", "单位"), Text(1, LONGEST_UNIT), optional=True,
                 hint=Words("CNY, %, customers…; empty where it has no number", "例如：CNY、%、客户数；没有数值可留空")),
        Question("target", Words("Target", "目标值"), AMOUNT, optional=True),
        Question("baseline", Words("Where it stands now", "现状值"), AMOUNT, optional=True),
        Question("way", Words("Which is better?", "数值越高越好还是越低越好？"), Choice((
            Option(HIGHER, Words("Higher: something to reach", "越高越好（要达到的值）")),
            Option(LOWER, Words("Lower: a limit, such as a budget", "越低越好（上限，例如预算）")),
        ))),
        Question("due", Words("By when?", "截止日期？"), Day(has.cycle.first, has.until)),
        Question("measure", Words("Where does the number come from?", "数据来源？"), Text(1, SHORT), optional=True),
        Question("visibility", Words("Who may see it?", "谁可以看到？"), Choice(
            tuple(Option(name, words) for name, words in VISIBILITIES.items()))),
    ]  # fmt: skip
    if level == "department" and has.parents:
        options = (*(Option(one.key, same(one.title), value=one.id) for one in has.parents), NO_PARENT)
        words = Words("Which goal does it serve?", "它支撑哪个上级目标？")
        asked.append(Question("parent", words, Choice(options), optional=True))
    return Questionnaire("number", Words("The goal", "目标内容"), tuple(asked))


def usual(has: Setting, department: str) -> dict[str, Kept]:
    """What stands in the fields before anything is written."""
    start: dict[str, Kept] = {"due": has.until.isoformat(), "way": HIGHER, "visibility": "public"}
    if head := has.heads.get(department):
        start["person"] = head
    return start


def rule_page(parent: Goal, number: Mapping[str, Any]) -> Questionnaire | None:
    """How a number in another unit counts for the goal above; nothing to ask where it adds up, or can't."""
    unit = unit_of(number.get("unit") or "")
    mine = replace(parent.terms, unit=unit, lower=number.get("way") == LOWER)
    if number.get("target") is None or parent.terms.target is None or adds_up(mine, parent.terms):
        return None
    words = Words("1 {unit} counts as how many {theirs}?", "1 {unit} 折合多少 {theirs}？").fill(
        unit=unit or Words("of it", "单位"),
        theirs=parent.terms.unit or Words("of the goal above", "上级单位"),
    )
    note = Words(
        "It has another unit than “{parent}” ({target}). Leave it empty to link it without counting.",
        "单位与“{parent}”（{target}）不同。留空则只关联、不计入。",
    ).fill(parent=parent.title, target=told(parent.terms.target, parent.terms.unit))
    factor = Question("factor", words, FACTOR, optional=True)
    return Questionnaire("rule", Words("How it counts", "计入方式"), (factor,), note)


def written(
    has: Setting, level: str, department: str, said: Mapping[str, Any], parent: Goal | None
) -> Written:
    """The goal and the terms that the answers mean."""
    unit, target = unit_of(said.get("unit") or ""), placed(said.get("target"))
    base = has.goal.terms if has.goal else Terms("")
    terms = replace(
        base, title=said["title"] or "", unit=unit, target=target, baseline=placed(said.get("baseline")),
        lower=said["way"] == LOWER, due=said["due"], measure=said.get("measure") or "",
        visibility=said["visibility"] or "public",
    )  # fmt: skip
    if "parent" in said:  # one that is gone meanwhile is refused in words when it is kept
        chosen = None if said["parent"] in (None, ALONE) else whole(str(said["parent"]))
        factor = said.get("factor") or None
        adds = parent is not None and target is not None and adds_up(terms, parent.terms)
        rule: Rule = "factor" if factor else "sum" if adds else "none"
        terms = replace(terms, parent=chosen, rule=rule, factor=factor)
    goal = has.goal or Goal(0, 0, terms, has.cycle.id, "company", state="draft")
    if level == "department":
        goal = replace(goal, level="department", department=department)
    return Written(replace(goal, person=said["person"] or 0), terms)


def placed(value: Decimal | None) -> Decimal | None:
    """An amount as it can be kept."""
    return None if value is None else in_places(value)


def filled(goal: Goal) -> Answers:
    """The answers that a goal's terms make, to begin its change with."""
    terms = goal.pending or goal.terms
    number: dict[str, Kept] = {
        "title": terms.title, "person": goal.person, "unit": terms.unit or None, "target": plain(terms.target),
        "baseline": plain(terms.baseline), "way": LOWER if terms.lower else HIGHER, "measure": terms.measure or None,
        "visibility": terms.visibility, "parent": str(terms.parent or ALONE),
    }  # fmt: skip
    if terms.due:
        number["due"] = terms.due.isoformat()
    rule = {"rule": {"factor": plain(terms.factor)}} if terms.factor is not None else {}
    return {"number": number, **rule}


def plain(value: Decimal | None) -> str | None:
    """An amount as an answer keeps it."""
    return None if value is None else f"{value:f}"
