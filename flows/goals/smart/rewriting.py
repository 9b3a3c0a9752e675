"""A goal's sentence rewritten with ⟨slots⟩ for what is missing, in the language that it is written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flows.core.words import Words, same
from flows.goals.kept import Terms
from flows.goals.smart.folding import language_of
from flows.goals.smart.hint import Context, Hint
from flows.goals.smart.rules import Facts, facts_of, is_outside
from flows.goals.smart.words import CHANGES, DOWN, HASTE

Edits = list[tuple[int, int, str]]


def rewritten(terms: Terms, hints: Sequence[Hint], context: Context) -> Words:
    """The sentence with what the hints miss as ⟨slots⟩; the sentence itself where no slot would help."""
    facts = facts_of(terms, context.today, context.last)
    chinese = language_of(terms.title) == "zh"
    missed = {hint.rule for hint in hints}
    by = _until(context.last, chinese)
    edits: Edits = []
    title = terms.title.rstrip()
    ends: list[str] = []
    if missed & {"number", "outcome"}:
        ends.append(_measure(facts, "outcome" in missed, chinese))
    elif "vague" in missed and terms.shape == "yes_no":
        ends.append(_say(DONE_WHEN, chinese))
    ends += [_say(words, chinese) for rule, words in BEHIND.items() if rule in missed]
    if "unit" in missed:
        target = facts.sentence.roles.target
        edits += [(target.end, target.end, _say(UNIT, chinese))] if target and terms.target is None else []
    if "date" in missed:
        _dated(facts, context, by, chinese, edits, ends)
    if "owner" in missed and context.owned:
        ends.append(_say(MY_PART, chinese))
    if not edits and not ends:
        return same(terms.title)
    if ends:
        title = title.rstrip(".!。！;；,，")
    for start, end, text in sorted(edits, reverse=True):
        title = title[:start] + text + title[end:]
    return same(title + "".join(ends))


def _dated(facts: Facts, context: Context, by: str, chinese: bool, edits: Edits, ends: list[str]) -> None:
    """The day's slot: in the place of a day outside the cycle or of a hasty word, else at the end."""
    said = facts.sentence.due
    if is_outside(facts, context.first, context.last):
        if said and facts.terms.due is None:
            edits.append((said.start, said.end, by))
        return
    haste = HASTE.search(facts.sentence.text)
    if haste:
        edits.append((haste.start(), haste.end(), f"{by}前" if chinese else f"by {by}"))
    else:
        ends.append(f"，{by}前" if chinese else f" by {by}")


def _measure(facts: Facts, task: bool, chinese: bool) -> str:
    if facts.terms.shape == "milestones":
        return _say(MILESTONES, chinese)
    text = facts.sentence.text
    if task:
        return _say(SO_THAT, chinese)
    if not CHANGES.search(text):
        return _say(MEASURE, chinese)
    return _say(FALLS if DOWN.search(text) else RISES, chinese)


def _until(last: date | None, chinese: bool) -> str:
    if last is None:
        return "⟨日期⟩" if chinese else "⟨date⟩"
    return f"⟨{last.month}月{last.day}日⟩" if chinese else f"⟨{last.day} {last:%B} or earlier⟩"


def _say(words: Words, chinese: bool) -> str:
    return words.zh if chinese else words.en


MEASURE = Words(
    ": ⟨what is measured⟩ from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩", "：⟨衡量指标⟩从⟨现值⟩到⟨目标值⟩⟨单位⟩"
)
RISES = Words(" from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩", "，从⟨现值⟩提高到⟨目标值⟩⟨单位⟩")
FALLS = Words(" from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩", "，从⟨现值⟩降到⟨目标值⟩⟨单位⟩")
SO_THAT = Words(
    ", so that ⟨result⟩ goes from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩", "，使⟨结果指标⟩从⟨现值⟩到⟨目标值⟩⟨单位⟩"
)
DONE_WHEN = Words(" (done when ⟨what is there then⟩)", "（完成标志：⟨届时能看到什么⟩）")
MILESTONES = Words(": ⟨milestone⟩, ⟨milestone⟩, ⟨milestone⟩", "：⟨里程碑⟩、⟨里程碑⟩、⟨里程碑⟩")
UNIT = Words(" ⟨unit⟩", "⟨单位⟩")
MY_PART = Words(" (my part: ⟨what I answer for⟩)", "（我负责：⟨自己的部分⟩）")
BEHIND: Mapping[str, Words] = {
    "target": Words(", to ⟨target⟩", "，达到⟨目标值⟩"),
    "baseline": Words(" (now ⟨value today⟩)", "（目前⟨现值⟩）"),
}
