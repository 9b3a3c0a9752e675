"""What the digest says about goals that wait: the task of answering about somebody's, and what was answered about one's own."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flows.core.catalog import notice
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, count, join, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import AGREE
from flows.cycle.records import Cycle
from flows.goals.agreeing.asked import ANSWER, SEE_GOALS
from flows.goals.agreeing.following import ANSWERED
from flows.goals.agreeing.negotiation import awaits, is_turn_of
from flows.goals.kept import Act as Done
from flows.goals.kept import Goal
from flows.goals.phases import WRITING, writing_phases
from flows.goals.records import GoalsRecords
from flows.goals.rights import goals_of
from flows.people.person import Person

LIST = Words("Open your team's goals", "打开团队目标")


def face(records: GoalsRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How the task shows to whoever has to answer; how many goals wait is counted when it is read."""
    cycle, about = records.cycles.get(task.scope), records.people.get(task.about)
    if cycle is None or about is None:
        return None
    named = Words("Goals to answer: {name} · {cycle}", "待答复的目标：{name} · {cycle}")
    title = named.fill(name=about.name, cycle=cycle.name)
    waits = waiting_words(records, cycle, about)
    place = Act("see", ("goals-asked", str(cycle.id), str(about.id)))
    return Face(
        title,
        waits,
        Words("A reminder: ", "提醒：") + waits,
        Button(ANSWER, place, "primary"),
        reason(task, cycle, about, person),
        over=over(task, title),
        together=Words("Goals to answer · {cycle}", "待答复的目标 · {cycle}").fill(cycle=cycle.name),
        list=Button(LIST, Act("see", ("team-goals", str(cycle.id))), "primary"),
    )


def waiting_words(records: GoalsRecords, cycle: Cycle, about: Person) -> Words:
    """How many goals wait. Their titles stand in no message."""
    number = sum(awaits(goal) and goal.asked_by == about.id for goal in goals_of(records, cycle.id, about.id))
    words = count(
        number,
        "{n} goal of {{name}} for {{cycle}} waits for your answer.",
        "{n} goals of {{name}} for {{cycle}} wait for your answer.",
        "{{name}}在{{cycle}}有 {n} 个目标等待你答复。",
    )
    if not number:  # returned ones that the other side has to write anew
        words = Words("Goals of {name} for {cycle} wait for you.", "{name}在{cycle}的目标等待你处理。")
    return words.fill(name=about.name, cycle=cycle.name)


def reason(task: Task, cycle: Cycle, about: Person, person: Person) -> Words:
    """Why this person is asked."""
    if task.owner == person.id:
        words = Words(
            "Why me? You are the one who agrees goals with {name} in {cycle}.",
            "为什么收到？{cycle}由你与{name}确认目标。",
        )
    else:
        words = Words(
            "Why me? You do this instead of the one who usually agrees goals with {name} in {cycle}.",
            "为什么收到？{cycle}由你代为与{name}确认目标。",
        )
    return words.fill(name=about.name, cycle=cycle.name)


def over(task: Task, title: Words) -> Words | None:
    """How it ended, in one line; None while it is open."""
    match task.state:
        case "done":
            return title + Words(": answered. Thank you!", "：已答复，谢谢！")
        case "waived":
            return title + Words(": nothing waits for you any more.", "：已无需答复。")
        case "expired":
            return title + Words(
                ": closed. You can still answer on “Your team's goals”.", "：已关闭，仍可在“团队目标”中答复。"
            )
    return None


AGREEING = Duty(AGREE, owing.policy, face, owing.moments, to_others=True)


@notice(ANSWERED)
def answered_notice(records: GoalsRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """What the other side did since: counted, and only as far as it still stands."""
    cycle = records.cycles.get(one.about["cycle"])
    if cycle is None or cycle.state != "live":
        return None
    lines = records.goals.answers(cycle.id, one.person, datetime.fromisoformat(one.about["since"]))
    goals = records.goals.many({line.goal for line in lines})
    asked_again = any(
        (task := records.tasks.find(WRITING, cycle.id, one.person, phase.name)) and task.state == "open"
        for phase in writing_phases(cycle)
    )
    acts = {line.goal: line.act for line in lines}  # the last of each
    told = [
        said for goal in goals if (said := news_of(goal, one.person, acts[goal.id], asked_again=asked_again))
    ]
    if not told:
        return None
    who = join(same(person.name) for person in records.people.many({line.by for line in lines if line.by}))
    words = Words("{who} about your goals for {cycle}: {what}.", "{who}对你的{cycle}目标：{what}。")
    parts = [NEWS[said].fill(n=number) for said, number in sorted(Counter(told).items())]
    waits = any(awaits(goal) and is_turn_of(goal, one.person) for goal in goals)
    view = "goals-asked" if waits else "goals"
    button = Button(ANSWER if waits else SEE_GOALS, Act("see", (view, str(cycle.id), str(one.person))))
    return [Line(words.fill(who=who, cycle=cycle.name, what=join(parts, ", ", "，"))), Buttons((button,))]


NEWS = {
    "1 agreed": Words("{n} agreed", "已确认 {n} 个"),
    "2 changes": Words("changes asked in {n}", "{n} 个需要修改"),
    "3 proposed": Words("{n} proposed, waiting for your answer", "提出 {n} 个，等待你答复"),
    "4 declined": Words("{n} left as agreed before", "{n} 个维持原有约定"),
    "5 withdrawn": Words("{n} withdrawn", "已撤回 {n} 个"),
}


def news_of(goal: Goal, person: int, act: Done, *, asked_again: bool) -> str | None:
    """What there is to tell about a goal; what the person's own open task says already is left out."""
    turn = is_turn_of(goal, person)
    if turn and asked_again:
        return None
    if goal.state == "returned" and turn:
        return "2 changes"
    if turn:
        return "3 proposed"
    if goal.state == "withdrawn":
        return "5 withdrawn"
    if goal.state != "agreed" or awaits(goal):
        return None
    return "4 declined" if act == "declined" else "1 agreed"
