"""The SMART check: what would make a goal clearer, the most helpful first; it advises and never blocks."""

from __future__ import annotations

from collections.abc import Iterator

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.goals.amounts import figure
from flows.goals.kept import Terms
from flows.goals.smart import rules
from flows.goals.smart.alike import twin
from flows.goals.smart.attainable import attainable
from flows.goals.smart.hint import Context, Hint, Known, Rule
from flows.goals.smart.rewriting import rewritten
from flows.goals.smart.rules import Facts, facts_of

__all__ = ["MOST", "WELL_SAID", "Context", "Hint", "Known", "Rule", "check", "rewritten"]

MOST = 3  # hints shown at a time: more would be nagging
WELL_SAID = Words("Well said: clear, measurable and dated.", "写得很好：清楚、可衡量、有期限。")


def check(terms: Terms, context: Context) -> tuple[Hint, ...]:
    """Every hint, the most helpful first; show the first `MOST`. None: the goal is `WELL_SAID`. Never raises."""
    facts = facts_of(terms, context.today, context.last)
    found = tuple(_hints(facts, context))
    named = {hint.rule for hint in found}
    said = {"number"} if named & {"vague", "outcome"} else set()
    if "vague" in named and _is_haste(facts):
        said = {"date"}
    return tuple(
        sorted(found, key=lambda hint: hint.rule in said)
    )  # what another hint asks for already comes last


def _hints(facts: Facts, context: Context) -> Iterator[Hint]:
    other = twin(facts.sentence, context.others, context.today)
    if other is not None:
        yield Hint("duplicate", DUPLICATE.fill(title=other))
    if rules.is_task(facts):
        yield Hint("outcome", OUTCOME)
    vague = rules.vague_word(facts)
    if vague:
        yield Hint("vague", _vague(facts).fill(word=vague))
    if rules.lacks_number(facts):
        yield Hint("number", MILESTONES if facts.terms.shape == "milestones" else NUMBER)
    if rules.lacks_target(facts):
        yield Hint("target", TARGET)
    if rules.lacks_unit(facts) and facts.target is not None:
        yield Hint("unit", UNIT.fill(figure=figure(facts.target)))
    if rules.lacks_date(facts, context.first, context.last):
        yield Hint("date", _date(facts, context))
    reach = attainable(facts, context)
    if reach is not None:
        yield Hint("attainable", reach)
    if rules.lacks_baseline(facts):
        yield Hint("baseline", BASELINE)
    if not context.owned:
        yield Hint("owner", NOBODY)
    elif context.level == "person" and rules.names_others(facts):
        yield Hint("owner", OTHERS)
    if context.parents and facts.terms.parent is None and context.level != "company":
        yield Hint("parent", PARENT)


def _is_haste(facts: Facts) -> bool:
    return facts.has_figure or rules.is_haste(facts)


def _vague(facts: Facts) -> Words:
    if _is_haste(facts):
        return HASTE
    return VAGUE if facts.terms.shape == "number" else VAGUE_DONE


def _date(facts: Facts, context: Context) -> Words:
    """That it has none, or that the one it has lies outside the cycle."""
    due, first, last = facts.due, context.first, context.last
    if due is None:
        return DATE_UNTIL.fill(last=day_words(last)) if last else DATE
    edge = first if first and due < first else last
    return (TOO_EARLY if edge is first else TOO_LATE).fill(
        due=day_words(due), edge=day_words(edge) if edge else same("")
    )


DUPLICATE = Words(
    "It says the same as “{title}”: keep one of the two.", "和“{title}”说的是同一件事，留一个就好。"
)
OUTCOME = Words(
    "This is what you will do: say what will be better for it, with a number.",
    "这是要做的事：写明做完后带来什么结果，最好有数字。",
)
VAGUE = Words(
    "“{word}” can mean anything: say from how much to how much.", "“{word}”不够具体：写明从多少到多少。"
)
VAGUE_DONE = Words(
    "“{word}” can mean anything: say what is there once it is done.",
    "“{word}”不够具体：写明完成后能看到什么。",
)
HASTE = Words("“{word}” is no date: name the day.", "“{word}”不是期限：写明哪一天。")
NUMBER = Words(
    "Say how you will know that it is reached: a number with its unit.", "写明怎样算达成：给出数字和单位。"
)
MILESTONES = Words("Name the milestones that will be counted.", "写明要计数的里程碑。")
TARGET = Words("This is where things stand: say what you want to reach.", "只写了现状：写明最后要达到多少。")
UNIT = Words("{figure} of what? Add the unit.", "{figure} 的单位是什么？请补上。")
BASELINE = Words("Say where it stands today, so that progress can be seen.", "写明现在是多少，才看得出进展。")
DATE = Words("Say until when: name the last day.", "写明期限：到哪一天为止。")
DATE_UNTIL = Words("Say until when: a day up to {last}.", "写明期限：不晚于{last}。")
TOO_EARLY = Words(
    "{due} lies before the cycle: choose a day from {edge} on.",
    "{due}在本周期开始之前：请选{edge}或之后的一天。",
)
TOO_LATE = Words(
    "{due} lies after the cycle: choose a day up to {edge}.",
    "{due}在本周期结束之后：请选不晚于{edge}的一天。",
)
NOBODY = Words("Nobody answers for it yet: choose who does.", "还没有负责人：请指定一位。")
OTHERS = Words(
    "This is your own goal: say what your part of it is.", "这是你个人的目标：写明你自己负责哪一部分。"
)
PARENT = Words("Link it to the goal that it serves.", "把它关联到所支持的上级目标。")
