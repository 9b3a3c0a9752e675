"""The way to one's own appeal, and the form of one that came back because something is missing in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.results.appealing.filing import READERS, Disagreeing, Filed, disagreeing, own, steps, ways
from flows.results.appealing.rights import locked, named, place_of, rights_of, whose_appeal
from flows.results.appealing.steps import begin, note
from flows.results.records import ResultRecords
from flows.results.shown.mine import open_to


def completing(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Disagreeing:
    """The appeal that came back; refuses one that did not."""
    appeal, cycle, person = place_of(records, named(records, (subject,)))
    version = records.ledger.latest(cycle.id, person.id)
    if version is None or not rights_of(records, actor, appeal, now).retracts:
        raise NotThere
    if appeal.state != "returned":
        raise Refusal(
            "Nothing has to be completed in your appeal at the moment. Type /appeal to see where it is.",
            "你的申诉目前无需补充。输入 /appeal 查看进展。",
        )
    return Disagreeing(cycle, person, version, appeal)


def complete(records: ResultRecords, actor: Person, subject: str, filed: Filed, now: datetime) -> Words:
    """Keep the new text; what was written before stays nowhere else."""
    appeal, cycle, _person = locked(records, (subject,))
    completing(records, actor, subject, now)
    note(records, appeal, "completed", actor.id, now)
    fresh = replace(
        appeal,
        parts=filed.parts,
        facts=filed.facts,
        evidence=filed.evidence,
        talk=filed.talk,
        wish=filed.wish,
    )
    begin(records, cycle, fresh, "filed", now, by=actor.id)
    return Words("Thank you. HR goes on with it.", "谢谢，HR 将继续处理。")


complete_appeal = flow(
    "appeal-complete", Words("Complete your appeal", "补充申诉"), may=("appeal", "retract"), of=whose_appeal,
    facts=completing, keep=complete, about=lambda its: same(its.cycle.name), readers=lambda _its: READERS, ways=ways,
    again=True,
)(steps)  # fmt: skip


@deed("appeal", may=("conversation", "hold"), of=own, command="appeal",
      help=Words("disagree with your result, and see where your appeal is", "对结果提出申诉，查看申诉进展"))  # fmt: skip
def go(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words | Act:
    """To one's newest appeal, or to the form; a button names a cycle, a command nothing."""
    typed = about[0].strip() if about else ""
    cycle = records.cycles.get(whole(typed)) if typed else next(open_to(records, actor, now), None)
    if typed and cycle is None:
        raise Refusal(
            "Only whoever a result is about can appeal against it. For your own, type /appeal alone; others do it "
            "themselves. This is what you typed: {typed}",
            "只有结果的本人可以申诉。对自己的结果申诉，请只输入 /appeal；他人需自行提出。你输入的内容是：{typed}",
            typed=typed[:300],
        )
    if cycle is None:
        raise Refusal(
            "There is no result of yours yet that you could appeal against.", "目前还没有可以申诉的结果。"
        )
    theirs = records.appeals.of(cycle.id, actor.id)
    if theirs and (theirs[-1].state != "withdrawn" or len(theirs) > 1):
        return Act("see", ("appeal-shown", str(theirs[-1].id)))
    disagreeing(records, actor, str(cycle.id), now)
    return Act("open", ("appeal", str(cycle.id)))
