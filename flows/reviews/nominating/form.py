"""The form in which somebody names the reviewers of a person, and how it is kept: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, count, join, same
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.fitting import Surroundings, problem_with, surroundings
from flows.reviews.nominating.following import follow
from flows.reviews.nominating.naming import Naming, is_open_to, live, planned
from flows.reviews.nominating.opening import refuse_unless_open
from flows.reviews.nominating.rights import named_by, whose
from flows.reviews.nominating.slate import LEADS, PEERS, Slate, page_of, prefill, slate
from flows.reviews.nominating.wording import readers, will_show
from flows.reviews.records import Nomination


def keep(
    records: ResultRecords, actor: Person, subject: str, chosen: tuple[int, ...], now: datetime
) -> Words:
    """Keep who is named, and take back who is not any more."""
    found = named_by(records, (subject,))
    if found is None:
        raise NotThere
    return keep_for(records, actor, *found, chosen, now)


def keep_for(
    records: ResultRecords,
    actor: Person,
    naming: Naming,
    person: Person,
    place: Participant,
    chosen: Sequence[int],
    now: datetime,
    *,
    adding: bool = False,
) -> Words:
    """The same for one person; refuses before anything is kept, person by person. `adding` takes nobody back."""
    # Nobody gets one review too many, and the opening comes wholly before or wholly after this.
    records.cycles.lock(naming.cycle.id)
    refuse_unless_open(records, naming, person, place, actor, now)
    known = surroundings(records, naming, person, place, chosen, now)
    refuse_unfit(records, known, actor, chosen)
    asked = planned(records, naming)
    mine = [one for one in live(known.nominations) if is_open_to(one, actor.id, person.id, asked=asked)]
    dropped = [one for one in mine if one.reviewer not in chosen and not adding]
    kept = known.named - {one.reviewer for one in dropped}
    refuse_too_many(known, len(kept | set(chosen)))
    for one in dropped:
        records.nominations.save(replace(one, state="withdrawn"))
    added = [reviewer for reviewer in chosen if reviewer not in kept]
    for reviewer in added:
        records.nominations.save(new(known, actor, reviewer))
    if actor.id != person.id:  # the manager's or HR's word is a yes to what was proposed
        settle(records, known, actor, chosen)
    detail = {"phase": naming.phase.name, "named": len(added), "taken_back": len(dropped)}
    records.audit.note(now, actor.id, "nominations.name", f"cycle/{naming.cycle.id}/{person.id}", detail)
    follow(records, naming, person.id, now)
    now_named = len(kept | set(chosen))
    return join([said(naming.is_peer, now_named), *will_show(known, now_named)], " ", "")


def said(peers: bool, number: int) -> Words:
    """How many there are now."""
    if not peers:
        return count(number, "Kept: {n} lead.", "Kept: {n} leads.", "已保存：{n} 位负责人。")
    return count(number, "Kept: {n} colleague.", "Kept: {n} colleagues.", "已保存：{n} 位同事。")


def new(known: Surroundings, actor: Person, reviewer: int) -> Nomination:
    """Proposed, where the manager has to say yes to the employee; else approved at once."""
    naming = known.naming
    own = actor.id == known.person.id
    waits = own and naming.needs_yes and known.place.manager is not None
    return Nomination(
        0, naming.cycle.id, naming.phase.name, naming.phase.review or "peer", known.person.id, reviewer,
        "proposed" if waits else "approved", actor.id, decided_by=None if own else actor.id,
    )  # fmt: skip


def settle(records: ResultRecords, known: Surroundings, actor: Person, chosen: Sequence[int]) -> None:
    for one in known.nominations:
        if one.state == "proposed" and one.reviewer in chosen:
            records.nominations.save(replace(one, state="approved", decided_by=actor.id))


def refuse_unfit(records: ResultRecords, known: Surroundings, actor: Person, chosen: Sequence[int]) -> None:
    """Refuse with a line for each person who can't be named."""
    people = {one.id: one for one in records.people.many(chosen)}
    own = actor.id == known.person.id
    wrong = [
        same(people[one].name if one in people else "?") + Words(": ", "：") + problem
        for one in chosen
        if (problem := problem_with(people.get(one), known, own=own))
    ]
    if wrong:
        lines = join(wrong[:SHOWN], "\n", "\n")
        if len(wrong) > SHOWN:
            lines += count(len(wrong) - SHOWN, "\nand {n} more", "\nand {n} more", "\n以及另外 {n} 人")
        raise Refusal(UNFIT + lines)


SHOWN = 20  # of those who can't be named
UNFIT = Words(
    "Nothing is kept yet. Please take these people out, or choose others instead:\n",
    "尚未保存。请去掉以下人员，或另选他人：\n",
)


def refuse_too_many(known: Surroundings, number: int) -> None:
    """Refuse more than the template allows."""
    most = known.naming.rule.most
    if number > most:
        raise Refusal(
            "That makes {n}, and there may be {most} at most. Please take {over} out; nothing is kept yet.",
            "共 {n} 人，最多 {most} 人。请去掉 {over} 人；尚未保存。",
            n=number, most=most, over=number - most,
        )  # fmt: skip


def steps(ask: Ask, its: Slate) -> tuple[int, ...]:
    """One page; whoever is ticked and named as well counts once."""
    answers = ask.form(page_of(its))
    return tuple(
        dict.fromkeys(int(one) for one in (*(answers.get("suggested") or ()), *(answers["others"] or ())))
    )


name_colleagues = flow(
    "nominate", PEERS, may=("peer_nomination", "create"), of=whose(peers=True), facts=slate, keep=keep,
    readers=lambda its: readers(its.known), prefill=prefill, again=True,
)(steps)  # fmt: skip

name_leads = flow(
    "nominate-lead", LEADS, may=("project_review", "assign"), of=whose(peers=False), facts=slate, keep=keep,
    readers=lambda its: readers(its.known), prefill=prefill, again=True,
)(steps)  # fmt: skip
