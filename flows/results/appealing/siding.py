"""What whoever decides does besides proposing: agree to what another of the panel proposes, or step back."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person
from flows.results.appealing.deciding import judging, settle
from flows.results.appealing.outcome import decision_of
from flows.results.appealing.rights import locked, rights_of, whose_decision
from flows.results.appealing.steps import excuse, fill, note
from flows.results.appealing.voting import agreed_to, proposal, votes
from flows.results.records import ResultRecords


@deed("appeal-agree", may=("appeal_decision", "create"), of=whose_decision)
def agree(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Agree to what another of the panel proposes; once enough do, it is decided."""
    appeal, cycle, person = locked(records, about)
    judging(records, actor, str(appeal.id), now)
    proposed = proposal(records, appeal)
    if proposed is None or about[1:] != (str(proposed.id),):
        raise Refusal(
            "Another decision was proposed meanwhile. Please open the appeal and read it first.",
            "刚刚有成员提出了另一份决定，请打开申诉查看后再表态。",
        )
    if actor.id not in agreed_to(records, appeal, proposed):
        note(records, appeal, "agreed", actor.id, now, about={"proposal": proposed.id})
    if len(agreed_to(records, appeal, proposed)) < votes(records, appeal):
        return Words("Noted. Another one still has to agree.", "已记录，还需其他成员同意。")
    author = records.people.get(proposed.by or 0) or actor
    settle(records, cycle, appeal, decision_of(proposed.about, proposed.text), author, now)
    return Words("Decided. {name} is told.", "已裁决，{name}会收到通知。").fill(name=person.name)


@deed("appeal-step-back", may=("appeal_decision", "create"), of=whose_decision)
def step_back(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Whoever knows better than the records that they can't decide it freely is replaced, and says no more than that."""
    appeal, cycle, _person = locked(records, about)
    if not rights_of(records, actor, appeal, now).decides:
        raise NotThere
    excuse(records, appeal, [actor.id], now)
    note(records, appeal, "stepped_back", actor.id, now)
    fill(records, cycle, appeal, now)
    return Words("Thank you. Somebody else is asked instead.", "谢谢，将改由他人裁决。")
