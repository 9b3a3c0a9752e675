"""Somebody's actions in one list, for themselves and whoever leads them, with the ways to close and to put off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.core.catalog import deed, flow, view
from flows.core.desk import NotThere
from flows.core.page import Page, day, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of
from flows.plans.actions import FIXED, due_words, end, reopen, whose_action
from flows.plans.developing_actions import FARTHEST
from flows.plans.records import Action, ActionRecords

TITLE = Words("Actions", "行动")
DONE, LATER = Words("Done", "已完成"), Words("Put off", "推迟")
DROP, UNDO = Words("Not any more", "不再需要"), Words("Not done after all", "还没完成")
MOST, LATEST = 30, 8
BACK = timedelta(days=14)  # so long what was closed can be opened again
BY_PLAN = Words(
    "This one is fixed where it was agreed, and only changes there. You can say that it is done.",
    "这一项已在约定中确定，只能在原处更改；完成后可以标记为已完成。",
)


def whose_actions(records: ActionRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The actions of whoever is named, else one's own."""
    owner = records.people.get(whole(about[0])) if about and about[0] else actor
    return thing_of("actions", owner, actor, records.people) if owner else None


@view(
    "plan-actions",
    may=("actions", "read"),
    of=whose_actions,
    command="plan actions",
    help=Words("what you have agreed to do, and by when", "我答应要做的事和期限"),
)
def actions(records: ActionRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What is open, by day, then what was closed lately."""
    owner = records.people.get(whole(about[0])) if about and about[0] else actor
    if owner is None:
        raise NotThere
    today = local_day(now, owner.zone)
    closes = may(actor, "close", thing_of("action", owner, actor, records.people), now)
    open_ones = records.actions.open_of(owner.id)
    body: list[Element] = [Heading(same(owner.name))]
    for one in open_ones[:MOST]:
        body += shown(one, today) if closes else [Line(same(one.text)), Note(due_words(one, today))]
    if not open_ones:
        body.append(Line(Words("Nothing is open.", "没有进行中的行动。")))
    elif len(open_ones) > MOST:
        body.append(Note(Words("… and {n} more.", "……另有 {n} 项。").fill(n=len(open_ones) - MOST)))
    ended = [one for one in records.actions.about(owner.id) if one.ended_at]
    latest = sorted(ended, key=lambda one: (one.ended_at or now, one.id), reverse=True)[:LATEST]
    if latest:
        body += [Divider(), Heading(Words("Closed lately", "最近关闭"))]
    for one in latest:
        state = DONE if one.state == "done" else DROP
        body.append(Line(same(f"{one.text} · ") + state + same(f": {one.why}" if one.why else "")))
        if closes and one.ended_at and now - one.ended_at <= BACK and one.text:
            body.append(Buttons((Button(UNDO, Act("do", ("action-reopen", str(one.id)))),)))
    return Screen(TITLE, tuple(body), place=Act("see", ("plan-actions", str(owner.id))))


def shown(one: Action, today: date) -> list[Element]:
    """An open action with what can be done about it."""
    done = Button(DONE, Act("do", ("action-done", str(one.id))), "primary")
    row = Row(due_words(one, today), done, same(one.text))
    if one.source in FIXED:
        return [row]
    later = Button(LATER, Act("open", ("action-put-off", str(one.id))))
    return [row, Buttons((later, Button(DROP, Act("open", ("action-drop", str(one.id))))))]


@deed("action-done", may=("action", "close"), of=whose_action)
def is_done(records: ActionRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is done; pressed twice, it is done once."""
    action = locked(records, about[0])
    if action.state == "open":
        end(records, action, "done", actor, "", now)
    return Words("Done: {action}", "已完成：{action}").fill(action=same(action.text))


@deed("action-reopen", may=("action", "close"), of=whose_action)
def is_not_done(records: ActionRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is not done after all; what was closed long ago stays."""
    action = locked(records, about[0])
    if action.state != "open":
        if action.ended_at is None or now - action.ended_at > BACK:
            raise Refusal(
                "That was closed too long ago. Please write it into your plan anew.",
                "关闭时间过久，请重新写入计划。",
            )
        reopen(records, action, actor, now)
    return Words("Open again: {action}", "已恢复：{action}").fill(action=same(action.text))


@dataclass(frozen=True, slots=True)
class Changing:
    """An open action, and today where it is done."""

    action: Action
    today: date


def changeable(records: ActionRecords, _actor: Person, subject: str, now: datetime) -> Changing:
    """The action, while it is open and may be put off or given up."""
    action = records.actions.get(whole(subject))
    owner = records.people.get(action.person) if action else None
    if action is None or owner is None:
        raise NotThere
    if action.source in FIXED:
        raise Refusal(BY_PLAN)
    if action.state != "open":
        raise Refusal("This is closed already.", "这一项已关闭。")
    return Changing(action, local_day(now, owner.zone))


class Later(Page):
    title = Words("Put off", "推迟")
    due: date = day("By which day?", "推迟到哪一天？")
    why: str | None = text("Why?", "原因", most=300, optional=True)


def keep_later(records: ActionRecords, actor: Person, subject: str, page: Later, now: datetime) -> Words:
    """Give it another day, which has not passed."""
    has = changeable(records, actor, subject, now)
    if not has.today <= page.due <= has.today + FARTHEST:
        raise Refusal(
            "That day has passed, or is more than three years ahead. Please choose another.",
            "这一天已过，或在三年之后。请另选一天。",
        )
    action = locked(records, subject)
    records.actions.save(replace(action, due=page.due, why=page.why or ""))
    detail = {"person": action.person, "to": page.due.isoformat()}
    records.audit.note(now, actor.id, "action.put_off", f"action/{action.id}", detail)
    return Words("Put off.", "已推迟。")


@flow(
    "action-put-off", Later.title, may=("action", "close"), of=whose_action, facts=changeable, keep=keep_later,
    about=lambda has: same(has.action.text), again=True,
)  # fmt: skip
def put_off(ask: Ask, has: Changing) -> Later:
    return ask(Later, start={"due": has.action.due.isoformat()} if has.action.due else {})


class GivenUp(Page):
    title = Words("Not any more", "不再需要")
    why: str = text("Why is it not needed any more?", "为什么不再需要？", lines=2, most=300)


def keep_given_up(records: ActionRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    changeable(records, actor, subject, now)
    end(records, locked(records, subject), "dropped", actor, why, now)
    return Words("Noted. Your reason stays with it.", "已记录，原因会一并保留。")


@flow(
    "action-drop", GivenUp.title, may=("action", "close"), of=whose_action, facts=changeable, keep=keep_given_up,
    about=lambda has: same(has.action.text), again=True,
    readers=lambda _: Words("Read by whoever does it, and their managers.", "执行人及其上级可以看到。"),
)  # fmt: skip
def give_up(ask: Ask, _has: Changing) -> str:
    return ask(GivenUp).why


def locked(records: ActionRecords, which: str) -> Action:
    """The action that is named, held for this transaction."""
    action = records.actions.lock(whole(which))
    if action is None:
        raise NotThere
    return action
