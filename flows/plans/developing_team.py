"""The plans of a team in one list, and what happened to one plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Divider, Element, Heading, Line, Quote, Row, Screen
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import Thing
from flows.plans.agreeing import turn_of
from flows.plans.developing import day_of, shown
from flows.plans.developing_kept import PlanAct, PlanRecords
from flows.plans.developing_rights import NAME, named, other_side, place_of, title_of, whose_plan

ACTS: Mapping[PlanAct, Words] = {
    "proposed": Words("{who} proposed it", "{who}提出"),
    "asked": Words("{who} asked for changes", "{who}请对方修改"),
    "agreed": Words("{who} agreed", "{who}同意"),
    "changed": Words("{who} asked to change what was agreed", "{who}申请修改已确认的内容"),
    "declined": Words("{who} left it as agreed before", "{who}维持原有约定"),
    "withdrawn": Words("{who} took the change back", "{who}撤回修改"),
}


@view("plan-history", may=("development_plan", "read"), of=whose_plan)
def history(records: PlanRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """What happened to the plan, newest first, with what it said each time."""
    cycle, person = named(about) or (None, 0)
    plan, owner = records.development.find(person, cycle), records.people.get(person)
    if plan is None or owner is None:
        raise NotThere
    body: list[Element] = [Heading(title_of(records, owner, cycle))]
    for step in reversed(records.development.history(plan.id)):
        by = records.people.get(step.by)
        when = same(" · ") + day_and_time(step.at, actor.zone)
        body += [Divider(), Line(ACTS[step.act].fill(who=by.name if by else "?") + when)]
        body += [Quote(step.comment)] if step.comment else []
        if step.act in ("proposed", "changed"):
            body += shown(step.content)
            body += [Line(same(f"• {one.text}") + day_of(one.due)) for one in step.content.actions]
    return Screen(NAME, tuple(body), place=Act("see", ("plan-history", *place_of(plan))))


def own_team(records: PlanRecords, actor: Person, _about: tuple[str, ...]) -> Thing | None:
    """A team's plans are for whoever leads it."""
    return Thing("development_plans", actor) if records.people.reports_of(actor.id) else None


@view(
    "plan-team",
    may=("development_plans", "read"),
    of=own_team,
    command="plan team",
    help=Words("your team's development plans, if you lead one", "团队的发展计划（团队负责人）"),
)
def team(records: PlanRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """Each direct report with how their plan stands."""
    reports = records.people.reports_of(actor.id)
    plans = records.development.latest_of([one.id for one in reports])
    body: list[Element] = [Heading(Words("Development plans", "发展计划"))]
    for person in reports:
        plan = plans.get(person.id)
        if plan is None:
            to_actions = Button(Words("Actions", "行动"), Act("see", ("plan-actions", str(person.id))))
            body.append(Row(Words("no plan yet", "暂无计划"), to_actions, same(person.name)))
            continue
        words = Words("agreed", "已确认")
        if plan.asked_by is not None:
            side = other_side(records, person.id, plan.cycle)
            mine = turn_of(plan, side.id if side else None) == actor.id
            words = Words("waits for you", "等待你处理") if mine else Words("in the making", "协商中")
        open_act = Button(Words("Open", "打开"), Act("see", ("plan", *place_of(plan))))
        body.append(Row(words, open_act, same(person.name)))
    return Screen(NAME, tuple(body), place=Act("see", ("plan-team",)))
