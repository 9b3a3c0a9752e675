"""A person names a deputy for a time: who does their duties towards others, never passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flows.core.catalog import deed, flow, notice, view
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.page import Page, day, person
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import DAY, local_day
from flows.cycle.owing import whole
from flows.cycle.people.standing_days import plan_edges, settle_around
from flows.cycle.records import CycleRecords, Delegation
from flows.people.person import Person
from flows.people.policy import Thing

LONGEST = 366  # days
WHAT = Words(
    "A deputy does what you owe to others, such as your reviews of your people and your answers about their goals, "
    "and sees it while they do. Nothing that is about the deputy or their own manager, and nothing about yourself. "
    "A deputy can't pass it on.",
    "代理人会代你完成对他人的任务（例如对下属的评估、对其目标的答复），期间可以看到相关内容。涉及代理人本人或其上级的、以及关于你自己的任务除外。代理不可转交。",
)


class Deputy(Page):
    title = Words("Name a deputy", "指定代理人")
    note = WHAT
    deputy: int = person("Who stands in for you?", "由谁代理？")
    first: date = day("From which day?", "从哪一天开始？")
    last: date = day("Until which day (included)?", "到哪一天为止（含当天）？")


@dataclass(frozen=True, slots=True)
class Named:
    """Who is to stand in, from the first to the last day, both included and local to whose duties they are."""

    deputy: int
    first: date
    last: date


def own(_records: CycleRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("delegation", actor)


def keep(records: CycleRecords, actor: Person, _subject: str, named: Named, now: datetime) -> Words:
    """Keep the delegation; what is open goes to the deputy at once if it has begun."""
    deputy = records.people.get(named.deputy)
    today = local_day(now, actor.zone)
    check_days(named, today)
    if deputy is None or not deputy.active or deputy.has_left(named.first):
        raise Refusal(
            "This person is not active in the company's directory. Please choose a colleague who is.",
            "该同事不在职，请选择一位在职的同事。",
        )
    check_chain(records, actor, deputy, named)
    kept = records.delegations.save(
        Delegation(0, actor.id, deputy.id, named.first, named.last, actor.id, now)
    )
    detail = {"deputy": deputy.id, "first": named.first.isoformat(), "last": named.last.isoformat()}
    records.audit.note(now, actor.id, "delegation.make", f"delegation/{kept.id}", detail)
    records.notices.add(
        [Notice(0, f"delegation/{kept.id}", deputy.id, "deputy.named", {"delegation": kept.id}, now)]
    )
    plan_edges(records, actor, [(named.first, named.last)], now)
    settle_around(records, [actor.id], now)
    return Words(
        "{name} stands in for you from {first} to {last}. Type /perf deputies to see or end it.",
        "{first} 至 {last} 由{name}代理。输入 /perf deputies 可查看或提前结束。",
    ).fill(name=deputy.name, first=day_words(named.first), last=day_words(named.last))


def check_days(named: Named, today: date) -> None:
    """Refuse days that are in the past, in the wrong order, or too many."""
    if named.first < today:
        raise Refusal(
            "The first day ({day}) is over already. Please choose today or a later day.",
            "第一天（{day}）已经过去，请选择今天或之后的日期。",
            day=named.first,
        )
    if named.last < named.first:
        raise Refusal(
            "The last day ({last}) is before the first ({first}). Please correct one of them.",
            "最后一天（{last}）早于第一天（{first}），请修改。",
            first=named.first, last=named.last,
        )  # fmt: skip
    if (named.last - named.first).days >= LONGEST:
        raise Refusal(
            "That is more than a year. Please choose an earlier last day; you can name a deputy again later.",
            "超过一年。请选择更早的结束日期，之后可以再次指定。",
        )


def check_chain(records: CycleRecords, actor: Person, deputy: Person, named: Named) -> None:
    """Refuse oneself, a second deputy at one time, and whatever would pass duties on from hand to hand."""
    if deputy.id == actor.id:
        raise Refusal(
            "You can't stand in for yourself. Please choose a colleague.", "不能由自己代理，请选择同事。"
        )
    if overlaps(records.delegations.of_person(actor.id), named):
        raise Refusal(
            "You have a deputy for some of these days already. Type /perf deputies to end that first, or choose other days.",
            "这段时间内你已有代理人。请先输入 /perf deputies 结束，或选择其他日期。",
        )
    if overlaps(records.delegations.of_person(deputy.id), named):
        raise Refusal(
            "{name} has a deputy of their own in that time, and duties are never passed on. Please choose somebody else.",
            "{name}在这段时间也有代理人，而代理不可转交，请选择其他同事。",
            name=deputy.name,
        )
    if overlaps(records.delegations.to_deputy(actor.id), named):
        raise Refusal(
            "You stand in for somebody yourself in that time, and duties are never passed on. Please choose other days.",
            "这段时间你正在代理他人，而代理不可转交，请选择其他日期。",
        )
    if overlaps(records.delegations.to_deputy(deputy.id), named):
        raise Refusal(
            "{name} stands in for somebody else in that time already. Please choose another colleague.",
            "{name}在这段时间已代理其他同事，请另选一位。",
            name=deputy.name,
        )
    if all(deputy.is_away(named.first + n * DAY) for n in range((named.last - named.first).days + 1)):
        raise Refusal(
            "{name} is away in that time as well. Please choose another colleague.",
            "{name}在这段时间也在休假，请另选一位。",
            name=deputy.name,
        )


def overlaps(delegations: Sequence[Delegation], named: Named) -> bool:
    return any(one.first <= named.last and named.first <= one.last for one in delegations)


@flow(
    "deputy", Words("Name a deputy", "指定代理人"), may=("delegation", "set"), of=own, facts=lambda *_: None, keep=keep,
    subject=lambda *_: "mine", again=True, command="perf deputy",
    help=Words("name who stands in for you for a time", "指定一段时间内的代理人"),
)  # fmt: skip
def name_deputy(ask: Ask, _facts: object) -> Named:
    page = ask(Deputy)
    return Named(page.deputy, page.first, page.last)


@view(
    "deputies", may=("delegation", "set"), of=own, command="perf deputies",
    help=Words("see who stands in for you, and for whom you do", "查看代理情况"),
)  # fmt: skip
def deputies(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """My deputies, now and to come, with a way to end each; and for whom I stand in."""
    mine = [one for one in records.delegations.of_person(actor.id) if one.last >= local_day(now, actor.zone)]
    theirs = records.delegations.to_deputy(actor.id)
    people = {
        one.id: one for one in records.people.many({*(d.deputy for d in mine), *(d.person for d in theirs)})
    }
    body: list[Element] = []
    for one in mine:
        over = Act("do", ("deputy-end", str(one.id)))
        sure = Words("Your duties come back to you at once.", "相关任务将立即回到你这里。")
        end = Button(Words("End it now", "立即结束"), over, confirm=sure)
        body.append(Row(spanned(one), end, same(people[one.deputy].name)))
    for one in theirs:
        whose = people[one.person]
        if one.last >= local_day(now, whose.zone):
            words = Words("You stand in for {name}: {days}.", "你代理{name}：{days}。")
            body.append(Line(words.fill(name=whose.name, days=spanned(one))))
    if not body:
        body.append(Line(Words("Nobody stands in for you, and you for nobody.", "目前没有代理安排。")))
    body.append(Buttons((Button(Words("Name a deputy", "指定代理人"), Act("open", ("deputy", ""))),)))
    body.append(Note(WHAT))
    return Screen(Words("Deputies", "代理"), tuple(body), place=Act("see", ("deputies",)))


def spanned(one: Delegation) -> Words:
    """From when until when."""
    return Words("{first} to {last}", "{first} 至 {last}").fill(
        first=day_words(one.first), last=day_words(one.last)
    )


def whose(records: CycleRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    one = records.delegations.get(whole(about[0])) if about else None
    owner = records.people.get(one.person) if one else None
    return Thing("delegation", owner) if owner else None


@deed("deputy-end", may=("delegation", "set"), of=whose)
def end_now(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The duties come back at once; the deputy hears of it if they were told."""
    one = records.delegations.get(whole(about[0]))
    if one is not None and one.ended_at is None:
        records.delegations.save(replace(one, ended_at=now))
        records.audit.note(now, actor.id, "delegation.end", f"delegation/{one.id}", {})
        about_it = {"delegation": one.id}
        records.notices.add(
            [Notice(0, f"delegation/{one.id}/end", one.deputy, "deputy.ended", about_it, now)]
        )
        settle_around(records, [actor.id, one.deputy], now)
    return Words("Ended. What is open is yours again.", "已结束，未完成的任务已回到你这里。")


def told(records: CycleRecords, one: Notice) -> tuple[Delegation, Person] | None:
    found = records.delegations.get(one.about["delegation"])
    owner = records.people.get(found.person) if found else None
    return (found, owner) if found and owner else None


@notice("deputy.named")
def named_notice(records: CycleRecords, one: Notice, now: datetime) -> list[Element] | None:
    """Who named the reader, and for when."""
    found = told(records, one)
    if found is None or found[0].ended_at is not None or found[0].last < local_day(now, found[1].zone):
        return None
    words = Words(
        "{name} has named you as their deputy: {days}. What falls due then comes to you.",
        "{name}指定你为代理人：{days}。期间的相关任务会转到你这里。",
    )
    button = Button(Words("See", "查看"), Act("see", ("deputies",)))
    return [Line(words.fill(name=found[1].name, days=spanned(found[0]))), Buttons((button,))]


@notice("deputy.ended")
def ended_notice(records: CycleRecords, one: Notice, now: datetime) -> list[Element] | None:
    """That it is over; nothing to somebody who was never told that it began."""
    found = told(records, one)
    if found is None or is_untold(records, one, now):
        return None
    words = Words("You no longer stand in for {name}.", "你不再代理{name}。").fill(name=found[1].name)
    return [Line(words)]


def is_untold(records: CycleRecords, one: Notice, now: datetime) -> bool:
    """Whether the notice that named the reader is still waiting beside this one."""
    waiting = records.notices.due_of([one.person], now)
    return any(w.kind == "deputy.named" and w.about == one.about for w in waiting)
