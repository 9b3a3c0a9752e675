"""Deciding an appeal: one person at level 1, most of a panel at level 2, and somebody from outside where nobody may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, Rating, Text
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act, Button
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.appealing.deciders import chain_of
from flows.results.appealing.outcome import (
    OUTCOMES,
    Decision,
    Result,
    after,
    standing_result,
    write,
)
from flows.results.appealing.records import Appeal, Step, on
from flows.results.appealing.rights import locked, named, place_of, rights_of, whose_appeal, whose_decision
from flows.results.appealing.steps import DECIDED, NEWS, begin, end, note, tell
from flows.results.appealing.voting import votes
from flows.results.rating import rating_question, rating_words
from flows.results.records import ResultRecords
from flows.results.scale import rating_of
from flows.reviews.rules_result import part_named

TITLE = Words("Decide", "裁决")
WHAT = Question("outcome", Words("What do you decide?", "你的决定？"), Choice(as_options(OUTCOMES)))
WHY = Question("why", Words("Why?", "理由？"), Text(6))
WHO = Question(
    "outside",
    Words("Who from outside has decided it? Name and organisation", "由外部哪位裁决？请写姓名和单位"),
    Text(),
)
READERS = Words(
    "The employee reads it, and HR; the manager, too, unless it is kept apart. The reason stays in the history of the "
    "result, with your name: write nothing in it that has to stay between you and the employee.",
    "员工和 HR 会看到；除非单独处理，上级也会看到。理由会连同你的姓名保留在结果的历史版本中，请勿写入只应让员工知道的内容。",
)
TIED = Words(
    "You are tied to somebody who had a part in this score by now, so you can't decide about it any more. HR names "
    "somebody else. What you wrote is kept.",
    "你目前与参与评分的人存在汇报或代理关系，不能再裁决这份申诉。HR 会另行指定。你写的内容已保留。",
)
NOT_NOW = Words(
    "Nothing is to be decided about this appeal at the moment. Open it to see where it is.",
    "这份申诉目前无需裁决。请打开查看其进展。",
)


@dataclass(frozen=True, slots=True)
class Judging:
    """The appeal with the result as it stands; `outside`: HR enters what somebody from outside decides."""

    appeal: Appeal
    cycle: Cycle
    person: Person
    result: Result
    outside: bool


def judging(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Judging:
    """For whoever sits at the level that decides; refuses once they are tied to the score."""
    appeal, cycle, person = place_of(records, named(records, (subject,)))
    rights = rights_of(records, actor, appeal, now)
    outside = bool(appeal.level) and not on(records.appeals.seats(appeal.id), appeal.level)
    if not appeal.level:
        raise Refusal(NOT_NOW)
    if not (rights.decides or (outside and rights.assigns)):
        raise NotThere
    chain = chain_of(records, appeal)
    if not outside and (chain is None or chain.tie_of(actor.id) is not None):
        raise Refusal(TIED)
    versions = records.ledger.of(cycle.id, person.id)
    return Judging(appeal, cycle, person, standing_result(versions), outside)


def about(its: Judging) -> Words:
    template = its.cycle.template
    stands = Words(" · now: {rating}", " · 当前：{rating}").fill(
        rating=rating_words(template, its.result.rating)
    )
    return same(f"{its.person.name} · {its.cycle.name}") + stands


def steps(ask: Ask, its: Judging) -> Decision:
    """Outcome and reason; where it is upheld, the new rating and new steps of what is contested."""
    first = (WHO, WHAT, WHY) if its.outside else (WHAT, WHY)
    said = ask.form(Questionnaire("decision", TITLE, first))
    kept = Decision(said["outcome"], said["why"] or "", outside=said.get("outside") or "")
    if kept.outcome not in ("upheld", "partly"):
        return kept
    template = its.cycle.template
    questions = [*_rating(its), *_parts(its)]
    if not questions:
        return kept
    title = Words("The new result", "新的结果")
    start = {"rating": its.result.rating} if its.result.rating else {}
    new = ask.form(Questionnaire("new", title, tuple(questions), UNCHANGED), start=start)
    rating = new.get("rating")
    steps = {
        name.removeprefix("part-"): str(value) for name, value in new.items() if name != "rating" and value
    }
    return replace(kept, rating=rating_of(template, str(rating)) if rating is not None else "", steps=steps)


UNCHANGED = Words("What you leave empty stays as it is.", "留空的内容保持不变。")


def _rating(its: Judging) -> list[Question]:
    template = its.cycle.template
    if not (template.scale or template.free):
        return []
    asked = rating_question(template, Words("Which rating?", "评级？"))
    return [replace(asked, optional=True)]


def _parts(its: Judging) -> list[Question]:
    """A higher step for each contested part that the manager has rated: data and what many said are no one's to change."""
    found = []
    for part in its.result.inputs.get("components", ()):
        if part["name"] in its.appeal.parts and "rated" in part:
            options = higher(its.cycle, part)
            if options:
                name = part_named(its.cycle.template, part["name"])
                found.append(Question(f"part-{part['name']}", name, Choice(options), optional=True))
    return found


def higher(cycle: Cycle, part: Any) -> tuple[Option, ...]:
    """The steps above the one that was given, with what each means."""
    highest = int(Decimal(part["of"])) if isinstance(part["of"], str) else max(map(int, part["of"]))
    review = cycle.template.reviews.get("manager")
    question = next((one for one in review.questions if one.name == part["name"]), None) if review else None
    kind = question.kind if question else None
    labels = {one.key: one.label for one in kind.options} if isinstance(kind, Rating) else {}
    return tuple(
        Option(str(step), same(f"{step} · ") + labels[str(step)] if str(step) in labels else same(step))
        for step in range(int(Decimal(part["rated"])) + 1, highest + 1)
    )


def keep(records: ResultRecords, actor: Person, subject: str, decision: Decision, now: datetime) -> Words:
    """Decide it; where others of a panel have to agree first, propose it to them."""
    appeal, cycle, person = locked(records, (subject,))
    its = judging(records, actor, subject, now)  # as it stands now that nobody else changes it
    after(cycle.template, its.result, decision)
    needed = votes(records, appeal)
    if its.outside or needed == 1:
        settle(records, cycle, appeal, decision, actor, now)
        return Words("Decided. {name} is told.", "已裁决，{name}会收到通知。").fill(name=person.name)
    note(records, appeal, "proposed", actor.id, now, decision.why, decision.as_json())
    return Words(
        "The others of the panel see it now. It counts once {n} of you agree.",
        "复审小组其他成员现在可以看到，{n} 人同意后生效。",
    ).fill(n=needed)


def settle(
    records: ResultRecords, cycle: Cycle, appeal: Appeal, decision: Decision, by: Person, now: datetime
) -> None:
    """Write the version; then the employee has time to go on, or after level 2 it is over. Both sides are told."""
    versions = records.ledger.of(cycle.id, appeal.person)
    stands = write(records, cycle, versions, appeal.version, decision, by.id, now)
    detail = {**decision.as_json(), "level": appeal.level, "version": stands}
    records.appeals.note(
        Step(0, appeal.id, "decided", by.id, now, decision.why, {"step": appeal.step, **detail})
    )
    counted = {"level": appeal.level, "outcome": decision.outcome, "version": stands}
    records.audit.note(now, by.id, "appeal.decided", f"appeal/{appeal.id}", counted)
    fresh = replace(appeal, version=stands, outcome=decision.outcome)
    if appeal.level == 1:
        begin(records, cycle, fresh, "answered", now, by.id)
    else:
        end(records, fresh, "decided", now, by.id)
        tell(records, fresh, [appeal.person], NEWS, now)
    place = records.participants.get(cycle.id, appeal.person)
    if place and place.manager and not appeal.apart:
        tell(records, fresh, [place.manager], DECIDED, now)


def ways(its: Judging) -> list[Button]:
    return [Button(Words("Read the appeal", "查看申诉"), Act("see", ("appeal-shown", str(its.appeal.id))))]


decide = flow(
    "appeal-decide", TITLE, may=("appeal_decision", "create"), of=whose_decision, facts=judging, keep=keep, about=about,
    readers=lambda _its: READERS, ways=ways, again=True,
)(steps)  # fmt: skip

decide_outside = flow(
    "appeal-outside", Words("A decision from outside", "外部裁决"), may=("appeal", "assign"), of=whose_appeal,
    facts=judging, keep=keep, about=about, readers=lambda _its: READERS, ways=ways, again=True,
)(steps)  # fmt: skip
