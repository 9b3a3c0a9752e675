"""A development plan as its two sides see it: how it stands, what is asked, its actions and trainings."""

from __future__ import annotations

from datetime import date, datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time, day_words
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Heading,
    Line,
    Note,
    Quote,
    Screen,
)
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import may, thing_of
from flows.plans.agreeing import asked_content, awaits, turn_of
from flows.plans.agreeing_answer import agree_act
from flows.plans.developing_kept import Content, DevelopmentPlan, PlanRecords
from flows.plans.developing_rights import (
    NAME,
    current_cycle,
    named,
    other_side,
    plan_thing,
    title_of,
    whose_plan,
)
from flows.plans.records import Action
from flows.plans.training_shown import places_shown

PARTS = {
    "skills": Words("Skills to grow", "需要提升的能力"),
    "training": Words("Training", "培训"),
    "step": Words("Next career step", "下一步职业发展"),
    "support": Words("Support needed", "需要的支持"),
}
WRITE, CHANGE = Words("Write it", "填写"), Words("Change", "修改")
AGREE, CHANGES = Words("Agree", "同意"), Words("Ask for changes", "请对方修改")
NONE_YET = Words(
    "There is no development plan yet. It says what you want to grow in, what it takes, and what you do by when.",
    "还没有发展计划。计划写明你想在哪些方面成长、需要什么支持，以及何时做什么。",
)
STATES = {
    "open": Words("open", "进行中"),
    "done": Words("done", "已完成"),
    "dropped": Words("dropped", "已取消"),
}


@view(
    "plan",
    may=("development_plan", "read"),
    of=whose_plan,
    command="plan",
    help=Words("your development plan", "我的发展计划"),
)
def plan_view(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The plan that is named, or one's own of now."""
    found = named(about) if about not in ((), ("",)) else (current_cycle(records, actor, now), actor.id)
    owner = records.people.get(found[1]) if found else None
    if found is None or owner is None:
        raise NotThere
    cycle = found[0]
    plan = records.development.find(owner.id, cycle)
    place = (str(cycle or 0), str(owner.id))
    body: list[Element] = [Heading(title_of(records, owner, cycle))]
    if plan is None:
        body.append(Line(NONE_YET))
    else:
        body += standing(records, actor, plan)
        body += shown(plan.content)
        body += actions_of(records, plan)
        if plan.pending is not None:
            body += [Divider(), Heading(Words("The change that is asked for", "申请的修改")), *changed(plan)]
    places = thing_of("training_place", owner, actor, records.people)
    body += places_shown(records, owner, recording=may(actor, "record", places, now))
    body += [Divider(), *ways(records, actor, owner, plan, place, now)]
    return Screen(NAME, tuple(body), place=Act("see", ("plan", *place)))


def standing(records: PlanRecords, actor: Person, plan: DevelopmentPlan) -> list[Element]:
    """In one line how it stands, and what was said last about it."""
    side = other_side(records, plan.person, plan.cycle)
    who = records.people.get(turn_of(plan, side.id if side else None) or 0)
    when = Words(" · {when}", " · {when}").fill(when=day_and_time(plan.changed_at, actor.zone))
    if plan.asked_by is None:
        return [Note(Words("Agreed", "已确认") + when)]
    if who is None:
        return [Note(NOBODY)]
    words = (
        Words("Changes are asked of {name}", "等待{name}修改")
        if plan.state == "returned"
        else Words("Waiting for {name}", "等待{name}答复")
    )
    body: list[Element] = [Note(words.fill(name=who.name) + when)]
    said = next((one for one in reversed(records.development.history(plan.id)) if one.comment), None)
    if said and plan.state == "returned":
        by = records.people.get(said.by)
        body += [Line(same(by.name if by else "?") + Words(":", "：")), Quote(said.comment)]
    return body


NOBODY = Words(
    "Nobody in the directory answers about it at the moment. Send it again, and it stands as agreed.",
    "通讯录中目前没有人可以答复。再次提交即直接生效。",
)


def shown(content: Content) -> list[Element]:
    """What a plan says, part by part."""
    body: list[Element] = []
    for name, words in PARTS.items():
        if said := getattr(content, name):
            body += [Line(words), Quote(said)]
    return body


def actions_of(records: PlanRecords, plan: DevelopmentPlan) -> list[Element]:
    """The actions with how each stands; before the plan is agreed, as they are proposed."""
    kept = records.actions.of("development", plan.id)
    rows = [(one.text, day_of(one.due), state_of(one)) for one in kept]
    known = {one.text.casefold() for one in kept}
    proposed = Words("proposed", "待确认")
    rows += [
        (one.text, day_of(one.due), proposed)
        for one in plan.content.actions
        if one.text.casefold() not in known and plan.state != "agreed"
    ]
    if not rows:
        return []
    lines = [Line(same(f"• {text}") + day + same(" · ") + state) for text, day, state in rows]
    return [Line(Words("Actions", "行动")), *lines]


def day_of(due: date | None) -> Words:
    """Until when, where a day was set."""
    return Words(" (until {day})", "（{day}前）").fill(day=day_words(due)) if due else same("")


def state_of(action: Action) -> Words:
    """How an action stands."""
    words = STATES[action.state]
    return words + same(f": {action.why}") if action.why and action.state == "dropped" else words


def changed(plan: DevelopmentPlan) -> list[Element]:
    """What differs between what is in force and what is asked for."""
    new = asked_content(plan)
    body: list[Element] = []
    for name, words in PARTS.items():
        before, after = getattr(plan.content, name), getattr(new, name)
        if before != after:
            body += [Line(words), Quote(after or "–")]
    old = {(one.text, one.due) for one in plan.content.actions}
    fresh = {(one.text, one.due) for one in new.actions}
    for one in new.actions:
        if (one.text, one.due) not in old:
            body.append(Line(same(f"+ {one.text}") + day_of(one.due)))
    for one in plan.content.actions:
        if (one.text, one.due) not in fresh:
            body.append(Line(same(f"− {one.text}") + day_of(one.due)))
    return body


def ways(
    records: PlanRecords,
    actor: Person,
    owner: Person,
    plan: DevelopmentPlan | None,
    place: tuple[str, str],
    now: datetime,
) -> list[Element]:
    """What this reader can do about it."""
    thing = plan_thing(records, owner, plan.cycle if plan else None, actor)
    own = actor.id == owner.id
    buttons: list[Button] = []
    mine = plan is not None and awaits(plan) and (plan.asked_by == plan.person) != own
    if plan and mine and may(actor, "answer", thing, now):
        buttons.append(Button(AGREE, agree_act(plan), "primary"))
        buttons.append(Button(CHANGES, Act("open", ("plan-changes", str(plan.id)))))
    if may(actor, "write", thing, now):
        write = Act("open", ("plan-write", "/".join(place)))
        buttons.append(Button(CHANGE if plan else WRITE, write, "plain" if plan else "primary"))
    if plan and plan.pending is not None and not mine and may(actor, "answer", thing, now):
        back = Act("do", ("plan-take-back", str(plan.id)))
        buttons.append(Button(Words("Take my change back", "撤回修改"), back))
    if plan:
        buttons.append(Button(Words("History", "历史记录"), Act("see", ("plan-history", *place))))
    buttons.append(Button(Words("Actions", "行动"), Act("see", ("plan-actions", str(owner.id)))))
    buttons.append(Button(Words("Trainings", "培训目录"), Act("see", ("trainings",))))
    return [Buttons(tuple(buttons))]
