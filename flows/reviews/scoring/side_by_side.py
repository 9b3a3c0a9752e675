"""One question about the whole team on one screen, side by side: the answers go into each person's draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.conversation import Conversation
from flows.core.desk import NotThere
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.words import Words, count, join, same
from flows.cycle.owing import parts_of, refuse_unless_open
from flows.goals.amounts import percent
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.gathering import goals_of
from flows.reviews.evidence import DiaryRecords, entries, looking, told
from flows.reviews.owed import Asked, subject_of
from flows.reviews.readers import BY_MANAGER
from flows.reviews.scoring.drafts import WRITABLE, in_phase, put, send
from flows.reviews.writing import FORM, write_review

MOST_NAMES = 20
BEFORE = Words(
    "Nobody reads this before you send each review. ", "在你提交每份评估之前，没有人会看到这些内容。"
)


@dataclass(frozen=True, slots=True)
class Team:
    """One question of a phase's review, and everybody about whom the actor has to answer it, with what is known of each."""

    question: Question
    people: Sequence[Asked]
    drafts: Mapping[int, Conversation]
    beside: Mapping[int, Words] = field(default_factory=dict)


def team(records: DiaryRecords, actor: Person, subject: str, now: datetime) -> Team:
    """What "cycle/phase/question" names, for the people of the actor alone. Refuses in words when all is closed."""
    number, phase, name = parts_of(subject, 3) or ("", "", "")
    cycle = next((one for one in records.cycles.in_state("live") if str(one.id) == number), None)
    found = cycle.template.phase(phase) if cycle else None
    theirs = in_phase(records, actor, cycle, found, now) if cycle and found else []
    question = next((one for asked in theirs[:1] for one in asked.form.questions if one.name == name), None)
    if question is None:
        raise NotThere
    people = [one for one in theirs if one.owed.task.state in WRITABLE and now < one.owed.task.until]
    if not people:
        refuse_unless_open(theirs[0].owed, theirs[0].owed.title, actor, now)
        raise NotThere
    drafts = {
        asked.about.id: draft
        for asked in people
        if (draft := records.conversations.find(write_review.name, actor.id, subject_of(asked.owed.task)))
    }
    return Team(question, people, drafts)


def shown(records: DiaryRecords, actor: Person, subject: str, now: datetime) -> Team:
    """The same with what stands beside each person."""
    its = team(records, actor, subject, now)
    return replace(its, beside=beside(records, its.people, now))


def beside(records: DiaryRecords, people: Sequence[Asked], now: datetime) -> dict[int, Words]:
    """In a line for each person: how far the goals are reached, and the months of which nothing is noted."""
    cycle = people[0].owed.cycle
    goals = goals_of(records, cycle, [asked.about.id for asked in people], now)
    found = {}
    for asked in people:
        value = goals[asked.about.id].value
        words = (
            Words("No goal has a value yet.", "目标都还没有数据。")
            if value is None
            else Words("Goals so far: {share}.", "目标目前达成 {share}。").fill(share=percent(value))
        )
        seen = looking(cycle, asked.about, now)
        found[asked.about.id] = words + Words(" ", "") + told(seen, entries(records, seen))
    return found


def known(its: Team) -> Answers:
    """What the drafts say already."""
    return {
        f"person-{person}": {its.question.name: draft.answers[FORM][its.question.name]}
        for person, draft in its.drafts.items()
        if its.question.name in draft.answers.get(FORM, {})
    }


def keep(
    records: DiaryRecords, actor: Person, subject: str, given: Mapping[int, object], now: datetime
) -> Words:
    """Write each answer into the draft of that person's review; one that was sent is sent again with it."""
    its = team(records, actor, subject, now)
    table = records.conversations.find("score-table", actor.id, subject)
    answers = table.answers if table else {}
    changed: list[str] = []
    again: list[str] = []
    for asked in its.people:
        kept = answers.get(f"person-{asked.about.id}", {}).get(its.question.name)
        if asked.about.id in given and kept is not None:
            before = its.drafts.get(asked.about.id)
            if before is None or before.answers.get(FORM, {}).get(its.question.name) != kept:
                filled = put(records, actor, asked, {FORM: {its.question.name: kept}}, now)
                if asked.owed.task.state == "done" and send(records, actor, filled, now)[0].sent:
                    again.append(asked.about.name)
                else:
                    changed.append(asked.about.name)
    if not changed and not again:
        return Words("Nothing has changed.", "没有变化。")
    words = same("")
    if again:
        words += Words("Sent again with it: {names}. ", "已更新并重新提交：{names}。").fill(
            names=named(again)
        )
    if changed:
        words += count(len(changed), "Kept in {n} draft: ", "Kept in {n} drafts: ", "已记入 {n} 份草稿：")
        words += named(changed) + Words(". ", "。")
        words += Words(
            "Each review is sent from its own form or with /score.", "请在各自的表单中或用 /score 提交评估。"
        )
    return words


def named(names: Sequence[str]) -> Words:
    return join(same(name) for name in names[:MOST_NAMES])


def own(_records: DiaryRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The table holds the actor's own drafts, whatever the button says."""
    return Thing("review_list", actor)


@flow(
    "score-table",
    Words("Side by side", "并排评分"),
    may=("review_list", "read"),
    of=own,
    facts=shown,
    keep=keep,
    prefill=known,
    again=True,
    readers=lambda _: BEFORE + BY_MANAGER.fill(name=Words("Each person", "本人")),
)
def side_by_side(ask: Ask, its: Team) -> dict[int, object]:
    question = replace(its.question, optional=True)
    forms = [
        Questionnaire(
            f"person-{asked.about.id}", same(asked.about.name), (question,), its.beside[asked.about.id]
        )
        for asked in its.people
    ]
    answers = ask.forms(forms)
    return {
        asked.about.id: answers[form.key][question.name]
        for asked, form in zip(its.people, forms, strict=True)
    }
