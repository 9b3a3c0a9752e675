"""HR writes a goal of the company or of a department: its sentence, its number, and who answers for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.hr.scope import ANYWHERE, named, thing_of_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import withdraw
from flows.goals.kept import Goal
from flows.goals.measure.span import days_of
from flows.goals.records import GoalsRecords
from flows.goals.rights import other_side
from flows.goals.setting.soundness import refuse_unsound
from flows.goals.tree.company_pages import (
    COMPANY,
    Setting,
    Written,
    filled,
    first_page,
    number_page,
    rule_page,
    usual,
    written,
)
from flows.goals.tree.handing import put_before, standing_words
from flows.goals.tree.tree import coverage_words, refuse_parent
from flows.people.person import Person
from flows.people.policy import Thing, may

KIND = "company_goals"


def company_thing(level: str, department: str) -> Thing:
    """A goal of the company reaches everywhere, which only HR admins look after; a department's reaches that one."""
    return Thing(KIND, departments=frozenset({department if level == "department" else ANYWHERE}))


def settable(records: GoalsRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The goal "cycle/goal-id" that is to change; for a new one the department is asked about when it is known."""
    subject = about[0] if about else ""
    goal = records.goals.get(whole(subject.partition("/")[2]))
    if goal is not None:
        of_cycle = str(goal.cycle) == subject.partition("/")[0] and goal.level != "person"
        return company_thing(goal.level, goal.department) if of_cycle else None
    return Thing(KIND) if not subject or (subject.endswith("/new") and named(records, about)) else None


def known_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The goal "cycle/goal-id" that is there already."""
    goal = records.goals.get(whole(about[0].partition("/")[2])) if about else None
    return settable(records, actor, about) if goal else None


def setting(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Setting:
    """What there is to choose from; refuses a cycle that is over."""
    cycle = named(records, (subject,))
    if cycle is None:
        raise NotThere
    if cycle.state in ("closed", "archived"):
        raise Refusal(
            "{name} is closed, so its goals stay as they are.",
            "“{name}”已关闭，目标不再更改。",
            name=cycle.name,
        )
    goal = records.goals.get(whole(subject.partition("/")[2]))
    if goal and goal.state == "withdrawn":
        raise Refusal(
            "“{goal}” was withdrawn. Please write a new one.", "“{goal}”已撤回，请新建目标。", goal=goal.title
        )
    departments = tuple(
        name
        for name in records.people.departments()
        if may(actor, "set", company_thing("department", name), now)
    )
    above = [one for one in records.goals.above(cycle.id) if one.state != "draft" and one != goal]
    return Setting(
        cycle, goal, may(actor, "set", company_thing("company", ""), now), departments,
        {name: person.id for name, person in records.people.heads(departments).items()},
        tuple(one for one in above if one.terms.visibility == "public"), days_of(cycle)[1],
    )  # fmt: skip


def current(records: GoalsRecords, actor: Person, now: datetime) -> str:
    """A new goal of the newest cycle that runs, else of the newest that is to run: what the command means."""
    if not may(actor, "set", Thing(KIND), now):
        raise NotThere
    for states in (("live",), ("draft", "rehearsed")):
        for cycle in sorted(records.cycles.in_state(*states), key=lambda one: -one.id):
            if may(actor, "read", thing_of_cycle(records, actor, cycle), now):
                return f"{cycle.id}/new"
    raise Refusal(
        "There is no cycle yet that goals could belong to. HR makes one with /cycle new.",
        "还没有可以设定目标的周期。HR 可用 /cycle new 新建。",
    )


def keep(records: GoalsRecords, actor: Person, _subject: str, wanted: Written, now: datetime) -> Words:
    """Keep the goal, and ask who answers for it where it hangs under another's."""
    goal = wanted.goal
    if not may(actor, "set", company_thing(goal.level, goal.department), now):
        raise Refusal(
            "You look after other departments than {department}. Please choose one of yours.",
            "你不负责{department}，请选择你负责的部门。",
            department=goal.department or Words("the whole company", "整个公司"),
        )
    owner = records.people.get(goal.person)
    if owner is None or not owner.active:
        raise Refusal("Who answers for it has left. Please name somebody else.", "负责人已离职，请另选一位。")
    terms, cycle = wanted.terms, records.cycles.get(goal.cycle or 0)
    if cycle is None:
        raise NotThere
    if goal.level == "department":
        refuse_not_started(cycle)
    refuse_unsound(terms, *days_of(cycle))
    if terms.parent is not None:
        refuse_parent(records, goal, terms.parent)
    known = records.goals.lock(goal.id) if goal.id else None
    if known and known.terms == terms and known.pending is None:
        if known.person == goal.person:
            return Words("Nothing has changed.", "没有改动。")
        kept = records.goals.save(replace(known, person=goal.person, changed_at=now))
        follow(records, kept.cycle, kept.person, now)
    else:
        kept = put_before(records, replace(known or goal, person=goal.person), terms, actor, now)
    if known and known.person != kept.person:
        follow(records, kept.cycle, known.person, now)
    detail = {"level": kept.level, "department": kept.department, "person": kept.person}
    records.audit.note(now, actor.id, "goal.company", f"goal/{kept.id}", detail)
    return kept_words(records, kept, actor)


def refuse_not_started(cycle: Cycle) -> None:
    """A department's goal asks somebody to agree, so its cycle has to run."""
    if cycle.state != "live":
        raise Refusal(
            "Departments are asked once the cycle runs. The company's goals can be written now.",
            "周期启动后才能给部门设定目标，现在可以先填写公司目标。",
        )


def kept_words(records: GoalsRecords, goal: Goal, actor: Person) -> Words:
    """What is kept, who is asked, and how far the goal above is covered now."""
    words = Words("“{goal}” is kept. ", "“{goal}”已保存。").fill(goal=goal.title)
    words += standing_words(records, goal, actor)
    parent = records.goals.get(goal.terms.parent) if goal.terms.parent else None
    if parent is None or parent.terms.target is None:
        return words
    covered = coverage_words(parent, records.goals.coverage([parent.id]).get(parent.id))
    return words + same("\n") + Words("{parent}: ", "{parent}：").fill(parent=parent.title) + covered


@deed("goal-company-withdraw", may=(KIND, "set"), of=known_goal)
def take_away(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """HR withdraws a goal of the company at once; a department's that is agreed, once whoever answers for it agrees."""
    goal = records.goals.lock(whole(about[0].partition("/")[2]))
    cycle = named(records, about)
    if goal is None or cycle is None or cycle.state in ("closed", "archived"):
        raise NotThere
    alone = goal.level == "company" or other_side(records, goal) is None
    kept = records.goals.save(*withdraw(goal, actor.id, "", now, alone=alone))
    follow(records, kept.cycle, kept.person, now)
    records.audit.note(now, actor.id, "goal.company", f"goal/{kept.id}", {"state": kept.state})
    if kept.state != "withdrawn":
        return Words("It is withdrawn once the other side agrees.", "对方确认后撤回。")
    return Words("“{goal}” is withdrawn. What served it stays.", "“{goal}”已撤回，下级目标保留。").fill(
        goal=goal.title
    )


@flow(
    "goal-company",
    Words("Company goal", "公司或部门目标"),
    may=(KIND, "set"),
    of=settable,
    facts=setting,
    keep=keep,
    subject=current,
    readers=lambda _has: Words(
        "Read by everybody in the company, unless you choose otherwise.", "默认全公司可见，可另行选择。"
    ),
    prefill=lambda has: filled(has.goal) if has.goal else {},
    again=True,
    command="goal company",
    help=Words("HR: write a goal of the company or of a department", "HR：填写公司或部门目标"),
)
def write_company_goal(ask: Ask, has: Setting) -> Written:
    if has.goal is None:
        level, _, department = str(ask.form(first_page(has))["whose"] or COMPANY).partition("/")
    else:
        level, department = has.goal.level, has.goal.department
    number = ask.form(number_page(has, level), start=usual(has, department))
    parent = next((one for one in has.parents if one.id == number.get("parent")), None)
    rule = ask.form(page) if parent and (page := rule_page(parent, number)) else {}
    return written(has, level, department, {**number, **rule}, parent)
