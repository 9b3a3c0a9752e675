"""What waits for somebody's answer, on one screen: to agree to all of it at once, or to answer one by one."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Heading,
    Line,
    Note,
    Quote,
    Row,
    Screen,
)
from flows.core.words import Words, count, same
from flows.cycle.records import Cycle
from flows.goals.agreeing.answering import agree_act, agree_all_act, waiting_for, whose_answers
from flows.goals.agreeing.negotiation import asked_terms, is_turn_of
from flows.goals.agreeing.waiting import Asked, Waiting, names_of, said_words, told, waiting
from flows.goals.kept import Goal
from flows.goals.records import GoalsRecords
from flows.goals.rights import goals_of
from flows.people.person import Person

TITLE = Words("Goals to answer", "待答复的目标")
AGREE = Words("Agree", "同意")
CHANGES = Words("Ask for changes", "请对方修改")
ANSWER = Words("Answer", "答复")
ONE_BY_ONE = Words("Answer one by one", "逐个答复")
REWRITE = Words("Write it differently", "自己修改")
HISTORY = Words("History", "历史记录")
SEE_GOAL = Words("See the goal", "查看目标详情")
SEE_GOALS = Words("See the goals", "查看目标")
NOTHING_WAITS = Words("Nothing waits for your answer here.", "这里没有等待你答复的目标。")


@view("goals-asked", may=("goals", "answer"), of=whose_answers)
def asked_of_me(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything about one person that waits for the actor: to agree at once, or to answer one by one."""
    known = waiting(records, actor, about, now)
    subject, place = f"{known.cycle}/{known.owner.id}", Act("see", ("goals-asked", *about[:2]))
    see = Button(SEE_GOALS, Act("see", ("goals", str(known.cycle), str(known.owner.id))))
    back = returned(records, actor, known)
    if not known.asked:
        nothing = () if back else (Line(NOTHING_WAITS),)
        return Screen(TITLE, (*nothing, *back, Buttons((see,))), place=place)
    goals = [one.goal for one in known.asked]
    body: list[Element] = [Line(summary(known, actor))]
    body += [Note(known.weight)] if known.weight else []
    if len(goals) > 1:
        every = Words("Agree to all {n}", "全部同意（{n} 个）").fill(n=len(goals))
        tap = Button(every, agree_all_act(known.cycle, known.owner.id, goals), "primary")
        body.append(Buttons((tap, Button(ONE_BY_ONE, Act("open", ("goal-answer", subject))))))
    for one in known.asked:
        body += shown(one, known, actor)
    return Screen(TITLE, (*body, *back, Divider(), Buttons((see,))), place=place)


def returned(records: GoalsRecords, actor: Person, known: Waiting) -> list[Element]:
    """What the other side wants changed, for the actor to write anew."""
    goals = [
        goal
        for goal in goals_of(records, known.cycle, known.owner.id)
        if goal.state == "returned" and is_turn_of(goal, actor.id)
    ]
    if not goals:
        return []
    body: list[Element] = [Divider(), Heading(Words("Changes are asked of you", "需要你修改的目标"))]
    histories = records.goals.histories([goal.id for goal in goals])
    names = names_of(records, [line for lines in histories.values() for line in lines])
    for goal in goals:
        asked = next((line for line in reversed(histories.get(goal.id, [])) if line.act == "asked"), None)
        words = said_words(asked, names) if asked else Words("Changes are asked.", "需要修改。")
        way = Button(REWRITE, rewrite_act(goal))
        if goal.level != "person":  # HR writes these
            way = Button(SEE_GOAL, Act("see", ("goal-card", goal.key)))
        body.append(Row(words, way, same(goal.title)))
    return body


def rewrite_act(goal: Goal) -> Act:
    """The form in which either side writes the goal's terms."""
    return Act("open", ("goal", f"{goal.cycle}/{goal.id}"))


def to_answer(records: GoalsRecords, actor: Person, cycle: Cycle, owner: Person) -> list[Element]:
    """The way to what waits for the actor's answer, beside somebody's goals; nothing where nothing waits."""
    number = len(waiting_for(records, actor, cycle.id, owner.id)) if cycle.state == "live" else 0
    if not number:
        return []
    words = count(
        number,
        "{n} goal waits for your answer.",
        "{n} goals wait for your answer.",
        "有 {n} 个目标等待你答复。",
    )
    place = Act("see", ("goals-asked", str(cycle.id), str(owner.id)))
    return [Row(words, Button(ANSWER, place, "primary"))]


def summary(known: Waiting, actor: Person) -> Words:
    """How many goals of whom wait for the reader."""
    number = len(known.asked)
    if actor.id == known.owner.id:
        words = count(
            number,
            "{n} of your goals for {{cycle}} waits for your answer.",
            "{n} of your goals for {{cycle}} wait for your answer.",
            "你在{{cycle}}有 {n} 个目标等待你答复。",
        )
        return words.fill(cycle=known.name)
    words = count(
        number,
        "{n} goal of {{who}} for {{cycle}} waits for your answer.",
        "{n} goals of {{who}} for {{cycle}} wait for your answer.",
        "{{who}}在{{cycle}}有 {n} 个目标等待你答复。",
    )
    return words.fill(who=known.owner.name, cycle=known.name)


def shown(one: Asked, known: Waiting, reader: Person) -> list[Element]:
    """One goal: who asks what, the terms or what differs in them, what was said about it, and the ways to answer."""
    goal = one.goal
    body: list[Element] = [Divider(), Heading(same(asked_terms(goal).title)), Note(told(one, reader))]
    if rows := one.rows(known.titles):
        body.append(Facts(rows))
    if one.comment:
        body.append(Quote(one.comment.say(reader.language)))
    subject = f"{known.cycle}/{known.owner.id}/{goal.id}"
    alone = len(known.asked) == 1  # of several, agreeing to all of them is the main way
    ways = [
        Button(AGREE, agree_act(goal), "primary" if alone else "plain"),
        Button(CHANGES, Act("open", ("goal-answer", subject))),
    ]
    if goal.level == "person" and not goal.leaving:
        ways.append(Button(REWRITE, rewrite_act(goal)))
    ways.append(Button(HISTORY, Act("see", ("goal-versions", str(goal.id)))))
    return [*body, Buttons(tuple(ways))]
