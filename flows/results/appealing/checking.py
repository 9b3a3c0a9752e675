"""HR's part: the formal check, who decides as far as the rule lets them choose, and what was said at a hearing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, People, Text
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.appealing.deciders import PANEL, Chain, there
from flows.results.appealing.records import Appeal, on
from flows.results.appealing.rights import is_tied, locked, named, place_of, rights_of, whose_appeal
from flows.results.appealing.steps import NEWS, asked, begin, end, excuse, note, put, tell
from flows.results.appealing.steps import ask as ask_people
from flows.results.records import ResultRecords

CHECK = Words("Formal check", "形式审查")
VERDICTS = {
    "admitted": Words("Admitted: it is decided now", "受理：进入裁决"),
    "returned": Words("Sent back once: something is missing", "退回补充（仅一次）"),
    "inadmissible": Words("Not admissible", "不予受理"),
}
WHY = Question("why", Words("What is missing, or why?", "缺少什么，或理由？"), Text(4), optional=True)
READERS = Words("The employee reads it, and whoever decides.", "员工和裁决人会看到。")
ONLY_ON = Words(
    "You had a part in this score or are tied to somebody who had: you can have the appeal go on, not stop it.",
    "你参与过该评分或与参与者有关联：你可以让申诉继续，但不能不予受理。",
)


@dataclass(frozen=True, slots=True)
class Checking:
    """The appeal that is to be checked; `tied`: whoever checks it can't stop it."""

    appeal: Appeal
    cycle: Cycle
    person: Person
    tied: bool


def checking(records: ResultRecords, actor: Person, subject: str, _now: datetime) -> Checking:
    appeal, cycle, person = place_of(records, named(records, (subject,)))
    if appeal.state != "filed":
        raise Refusal(
            "This appeal was checked already, or is over. Open it to see where it is.",
            "这份申诉已审查或已结束，请打开查看进展。",
        )
    return Checking(appeal, cycle, person, is_tied(records, appeal, actor))


def check_steps(ask: Ask, its: Checking) -> tuple[str, str]:
    """What comes of it, and why; only what is possible is offered."""
    offered = {
        key: words
        for key, words in VERDICTS.items()
        if not (key == "returned" and its.appeal.completed) and not (key == "inadmissible" and its.tied)
    }
    verdict = Question("verdict", Words("What comes of it?", "审查结果？"), Choice(as_options(offered)))
    said = ask.form(Questionnaire("check", CHECK, (verdict, WHY), ONLY_ON if its.tied else None))
    return said["verdict"] or "", said["why"] or ""


def keep_check(
    records: ResultRecords, actor: Person, subject: str, said: tuple[str, str], now: datetime
) -> Words:
    """Have it decided, send it back once, or end it; the last two need words."""
    verdict, why = said
    appeal, cycle, person = locked(records, (subject,))
    checking(records, actor, subject, now)
    if verdict != "admitted" and not why:
        raise Refusal(
            "Please write what is missing, or why it is not admissible: the employee reads it.",
            "请写明缺少什么，或不予受理的理由：员工会看到。",
        )
    if verdict == "admitted":
        note(records, appeal, "admitted", actor.id, now, why)
        fresh = begin(records, cycle, appeal, "level1", now, actor.id)
        tell(records, fresh, [person.id], NEWS, now)
        names = join(same(one.name) for one in asked(records, fresh, now))
        if not on(records.appeals.seats(fresh.id), 1):
            return Words(
                "Admitted. Nobody in the company may decide it: everybody had a part in the score or is tied to somebody "
                "who had. Have somebody from outside decide it, and enter the decision with the appeal.",
                "已受理。公司内所有人都参与过评分或与参与者有关联，无人可裁决。请请外部人员裁决，并在申诉中录入其决定。",
            )
        return Words("Admitted. {names} decides.", "已受理，由{names}裁决。").fill(names=names)
    if verdict == "returned":
        note(records, appeal, "returned", actor.id, now, why)
        begin(records, cycle, appeal, "returned", now, actor.id, completed=True)
        return Words("Sent back to {name}.", "已退回给{name}。").fill(name=person.name)
    note(records, appeal, "inadmissible", actor.id, now, why)
    end(records, appeal, "inadmissible", now, actor.id)
    tell(records, appeal, [person.id], NEWS, now)
    return Words("{name} is told, with the reason.", "已通知{name}并附理由。").fill(name=person.name)


check = flow(
    "appeal-check", CHECK, may=("appeal", "assign"), of=whose_appeal, facts=checking, keep=keep_check,
    about=lambda its: same(f"{its.person.name} · {its.cycle.name}"), readers=lambda _its: READERS, again=True,
    ways=lambda its: [Button(Words("Read the appeal", "查看申诉"), Act("see", ("appeal-shown", str(its.appeal.id))))],
)(check_steps)  # fmt: skip


DECIDERS = Words("Who decides", "裁决人")
RULE = Words(
    "Nobody decides who had a part in the score, reports to somebody who had, or stands in for one; a panel has up to three "
    "people from outside the managers above. Whoever does not fit is named when you send it.",
    "参与过评分的人、其下属（含间接）、以及与其互为代理的人不得裁决；复审小组最多三人，且不得来自员工的上级链。不符合的人选在提交时会指出。",
)


@dataclass(frozen=True, slots=True)
class Naming:
    """The appeal at the level that decides, and who decides now."""

    appeal: Appeal
    cycle: Cycle
    people: tuple[int, ...]


def naming(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Naming:
    appeal, cycle, _person = place_of(records, named(records, (subject,)))
    if not rights_of(records, actor, appeal, now).assigns:
        raise NotThere
    if not appeal.level:
        raise Refusal(
            "Nobody decides this appeal at the moment. Open it to see where it is.",
            "这份申诉目前没有裁决人。请打开查看进展。",
        )
    return Naming(appeal, cycle, tuple(on(records.appeals.seats(appeal.id), appeal.level)))


def name_steps(ask: Ask, its: Naming) -> tuple[int, ...]:
    most = PANEL if its.appeal.level > 1 else 1
    who = Question("people", Words("Who decides?", "由谁裁决？"), People(1, most))
    said = ask.form(Questionnaire("deciders", DECIDERS, (who,), RULE), start={"people": list(its.people)})
    return said["people"] or ()


def keep_named(
    records: ResultRecords, actor: Person, subject: str, people: tuple[int, ...], now: datetime
) -> Words:
    """Have these people decide, each of whom the rule lets; what was proposed by others before counts no more."""
    appeal, cycle, _person = locked(records, (subject,))
    its = naming(records, actor, subject, now)
    chain = Chain(records, cycle, appeal.person)
    found = {one.id: one for one in records.people.many(people)}
    for number in people:
        if number not in its.people and (no := why_not(records, chain, appeal, found.get(number), now)):
            raise Refusal(no)
    excuse(records, appeal, [one for one in its.people if one not in people], now)
    put(records, appeal, [one for one in people if one not in its.people], actor.id, now)
    ask_people(records, cycle, appeal, asked(records, appeal, now), now)
    names = join(same(found[number].name) for number in people)
    return Words("Decided by: {names}.", "裁决人：{names}。").fill(names=names)


def why_not(
    records: ResultRecords, chain: Chain, appeal: Appeal, person: Person | None, now: datetime
) -> Words | None:
    """Why somebody may not decide it; None where they may."""
    name = person.name if person else "–"
    if person is None or not there(person, now):
        return Words("{name} is not here for the next week. Please choose somebody else.",
                     "{name}未来一周不在岗，请另选一位。").fill(name=name)  # fmt: skip
    if any(one.person == person.id and one.level < appeal.level for one in records.appeals.seats(appeal.id)):
        return Words("{name} was asked to decide it at level 1. Please choose somebody else.",
                     "{name}已参与第一级裁决，请另选一位。").fill(name=name)  # fmt: skip
    if appeal.level > 1 and person.id in chain.upward:
        return Words("{name} stands in the line of managers above, and a panel is from outside of it. Please choose "
                     "somebody else.", "{name}在员工的上级链中，复审小组须来自链外，请另选一位。").fill(name=name)  # fmt: skip
    way = chain.tie_of(person.id)
    if way is None:
        return None
    if len(way) == 1:
        return Words("{name} had a part in this score. Please choose somebody else.",
                     "{name}参与过该评分，请另选一位。").fill(name=name)  # fmt: skip
    people = {one.id: one.name for one in records.people.many(way)}
    names = join((same(people.get(one, "?")) for one in way), " → ", " → ")
    return Words(
        "{name} is tied to the score by who reports to whom or stands in for whom: {way}. Please choose somebody else.",
        "{name}通过汇报或代理关系与评分有关联：{way}。请另选一位。",
    ).fill(name=name, way=names)  # fmt: skip


name_deciders = flow(
    "appeal-deciders", DECIDERS, may=("appeal", "assign"), of=whose_appeal, facts=naming, keep=keep_named, again=True,
)(name_steps)  # fmt: skip
