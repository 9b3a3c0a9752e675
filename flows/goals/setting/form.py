"""Writing one goal, or its change: a sentence, its numbers, and who is asked to agree once it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.goals.agreeing.following import follow
from flows.goals.current import NO_CYCLE, own_cycle, running, taking_part
from flows.goals.kept import Goal, Terms
from flows.goals.measure.span import days_of
from flows.goals.records import GoalsRecords
from flows.goals.rights import goal_thing, other_side
from flows.goals.setting.form_pages import KeyResult, Sentence, Writing, is_key_result, more_page, terms_page
from flows.goals.setting.form_read import advice, begun, start_of, usual_rule, written
from flows.goals.setting.known import context_of
from flows.goals.setting.soundness import is_own_objective, refuse_unlinked, refuse_unsound
from flows.goals.smart.checking import MOST, check
from flows.goals.tree.handing import put_before, standing_words
from flows.goals.tree.tree import may_see, parents_for
from flows.people.person import Person
from flows.people.policy import Thing

NEW = "new"
MOST_GOALS = 40  # of one person in a cycle, key results too: more is a list of tasks
MOST_PARENTS = 60


@dataclass(frozen=True, slots=True)
class Named:
    """What the subject names: the cycle, a goal that is there (else a new one), the objective of a new key result."""

    cycle: int
    goal: Goal | None
    objective: Goal | None


def named(records: GoalsRecords, subject: str) -> Named | None:
    """ "cycle/goal-id", "cycle/new" or "cycle/new-objective-id"; None where there is no such thing."""
    cycle, _, rest = subject.partition("/")
    word, _, objective = rest.partition("-")
    if word == NEW:
        above = records.goals.get(whole(objective)) if objective else None
        fits = above and above.terms.shape == "objective" and above.state != "withdrawn" and _of(above, cycle)
        return Named(whole(cycle), None, above) if fits or not objective else None
    goal = records.goals.get(whole(rest))
    return Named(whole(cycle), goal, None) if goal and _of(goal, cycle) else None


def _of(goal: Goal, cycle: str) -> bool:
    return goal.level == "person" and str(goal.cycle) == cycle


def whose(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Their own, or a report's that was put before them; a draft is its writer's alone."""
    subject = about[0] if about else ""
    found = named(records, subject)
    if found is None:
        return Thing("goal", actor) if not subject else None
    goal = found.goal or found.objective
    if goal is None:
        return Thing("goal", actor) if own_cycle(records, actor, (str(found.cycle),)) else None
    return goal_thing(records, goal, actor, "goal")


def writing(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Writing:
    """What the form shows and compares with; refuses a cycle that is over and a goal that was withdrawn."""
    found = named(records, subject)
    known = (found.goal or found.objective) if found else None
    owner = records.people.get(known.person) if known else actor
    if found is None or owner is None:
        raise NotThere
    cycle = running(records, found.cycle)
    if found.goal and found.goal.state == "withdrawn":
        raise Refusal(
            "“{goal}” was withdrawn. Please write a new goal instead.", "“{goal}”已撤回，请填写新的目标。",
            goal=found.goal.title,
        )  # fmt: skip
    goal = found.goal or Goal(0, owner.id, Terms(""), cycle.id, state="draft")
    objective = found.objective or objective_of(records, goal)
    parents = [
        one
        for one in parents_for(records, owner, cycle.id, now, found.goal)
        if one.id != goal.id and (owner.id == actor.id or may_see(records, actor, one, now))
    ][:MOST_PARENTS]
    side = other_side(records, goal)
    return Writing(
        cycle, owner, actor, found.goal, objective, records.people.get(side) if side else None, tuple(parents),
        context_of(records, owner, cycle, goal.id, bool(parents or objective), now), local_day(now, owner.zone),
        max(days_of(cycle)[1], cycle.first),
    )  # fmt: skip


def objective_of(records: GoalsRecords, goal: Goal) -> Goal | None:
    """The objective that the goal is a key result of."""
    parent = records.goals.get(goal.terms.parent) if goal.terms.parent else None
    return parent if parent and is_own_objective(parent, goal) else None


def begin(records: GoalsRecords, actor: Person, now: datetime) -> str:
    """A new goal in the cycle in which the actor sets goals now."""
    cycles = taking_part(records, actor, now)
    if not cycles:
        raise Refusal(NO_CYCLE)
    return f"{cycles[0].id}/{NEW}"


def readers_of(has: Writing) -> Words:
    """Who will read it, and what sending it does, said before any typing."""
    if has.writer.id != has.owner.id:
        return Words(
            "This is {name}'s goal. What you write here is put before {name}, who agrees or asks for changes; until "
            "then what you agreed on stays.",
            "这是{name}的目标。你填写的内容会提交给{name}确认或提出修改；在此之前，原来的约定保持不变。",
        ).fill(name=has.owner.name)
    if has.goal and has.goal.state not in ("draft", "returned") and has.other:
        return Words(
            "When you send it, {name} is asked to agree to the change; until then what you agreed on stays.",
            "提交后由{name}确认修改；在此之前，原来的约定保持不变。",
        ).fill(name=has.other.name)
    who = same(has.other.name) if has.other else Words("whoever reviews you", "评估你的人")
    return Words(
        "Nobody reads it before you propose it. Then {who}, the managers above and your team may, unless you choose "
        "otherwise under “Set more”.",
        "提出之前只有你能看到。提出之后，{who}、上级管理者和你的团队可以看到，也可以在“更多设置”中修改。",
    ).fill(who=who)  # fmt: skip


def keep(records: GoalsRecords, actor: Person, subject: str, terms: Terms, now: datetime) -> Words:
    """Keep a draft, or put the change before the other side; refuses first what the terms may not say."""
    has = writing(records, actor, subject, now)
    goal = records.goals.lock(has.goal.id) if has.goal else None
    base = goal or Goal(0, has.owner.id, terms, has.cycle.id, state="draft")
    first = min(has.today, base.terms.due or has.today)
    refuse_unsound(terms, min(first, has.last), has.last)
    refuse_unlinked(records, base, terms, actor, now)
    if goal is None and len(records.goals.of_cycle(has.cycle.id, has.owner.id)) >= MOST_GOALS:
        raise Refusal(
            "There are {n} goals already. Please remove one first: a few that matter are better than many.",
            "已有 {n} 个目标。请先删除一个，少而精为好。",
            n=MOST_GOALS,
        )
    own = has.writer.id == has.owner.id
    if own and base.state in ("draft", "returned"):
        kept = records.goals.save(replace(base, terms=terms, changed_at=now))
        follow(records, kept.cycle, kept.person, now)
        words = kept_words(has, kept)
    elif base.state == "proposed" and terms == base.terms:
        return Words("Nothing has changed.", "没有改动。")
    else:
        kept = put_before(records, base, terms, actor, now)
        words = Words("“{goal}” is sent. ", "“{goal}”已提交。").fill(goal=terms.title)
        words += standing_words(records, kept, actor)
    records.audit.note(now, actor.id, "goal.write", f"goal/{kept.id}", {"state": kept.state})
    return words + missing(has, terms)


def kept_words(has: Writing, goal: Goal) -> Words:
    """That it is kept, and what comes next."""
    words = Words("“{goal}” is kept as a draft. ", "“{goal}”已保存为草稿。").fill(goal=goal.title)
    if goal.state == "returned":
        words = Words("“{goal}” is kept. ", "“{goal}”已保存。").fill(goal=goal.title)
    if goal.terms.shape == "objective":
        words += Words("Now add its key results. ", "接下来请添加关键结果。")
    if has.other is None:
        return words + Words(
            "Propose your goals from /goal; they stand at once.", "在 /goal 中提出后即生效。"
        )
    return words + Words(
        "When all your goals are ready, propose them to {name} from /goal.",
        "全部写好后，在 /goal 中一次提交给{name}。",
    ).fill(name=has.other.name)


def missing(has: Writing, terms: Terms) -> Words:
    """What would still make it clearer; it blocks nothing."""
    hints = check(terms, has.context)[:MOST]
    if not hints:
        return same("")
    listed = join((hint.words for hint in hints), "\n", "\n")
    return Words("\nIt would be clearer still:\n", "\n还可以更清楚：\n") + listed


@flow(
    "goal",  # not named after the task's kind: what is then written in the chat goes on being a check-in
    Words("A goal", "目标"),
    may=("goal", "change"),
    of=whose,
    facts=writing,
    keep=keep,
    subject=begin,
    readers=readers_of,
    again=True,
    command="goal new",
    help=Words("write a new goal", "填写新目标"),
)
def write_goal(ask: Ask, has: Writing) -> Terms:
    page: type[Sentence] | type[KeyResult] = KeyResult if is_key_result(has) else Sentence
    about = Words("Measures the objective “{goal}”.", "用于衡量目标“{goal}”。").fill(
        goal=has.objective.title if has.objective else ""
    )
    first = ask(
        page,
        start={"sentence": has.base.title, "kind": has.base.shape},
        note=about if has.objective else None,
    )
    begin_with = begun(has, first.sentence or "", first.kind or "number")
    start = start_of(begin_with)
    said = ask.form(terms_page(has, begin_with.shape, advice(has, begin_with)), start=start)
    more = None
    if said["more"]:
        more = ask.form(more_page(has, begin_with.shape), start=start)
    terms = written(begin_with, said, more)
    parent = next((one for one in has.parents if one.id == terms.parent), None)
    if more is not None and parent and more.get("rule") is None:
        terms = usual_rule(terms, parent)
    return terms
