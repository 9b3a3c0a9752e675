"""Joiners: somebody whom a running cycle means and who is not in it; HR says whether they take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from flows.core.catalog import deed, notice, sweep, view
from flows.core.desk import NotThere
from flows.core.owed import Notice
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.owing import whole
from flows.cycle.people.leading import ask_for_managers, follow, tell_hr
from flows.cycle.people.leaving import LEFT
from flows.cycle.planning import place_of, snapshot_key, take_in
from flows.cycle.records import Cycle, CycleRecords, Participant, Sweep
from flows.people.person import Person
from flows.people.policy import Thing, may

SWEEP = "joiners"
AT_ONCE = 200  # joiners in one transaction
NOT_ASKED = "joined later"
Decision = Literal["in", "out"]


def ask_about(records: CycleRecords, cycle: Cycle, people: Sequence[Person], now: datetime) -> int:
    """Have HR asked about those of these people whom the cycle means and who have no place in it; how many.

    While the cycle's first list is being taken down they come onto it anyway. Who had left is asked about again.
    """
    snapshot = records.sweeps.get(snapshot_key(cycle.id))
    meant = [person for person in people if cycle.audience.has(person)]
    if not meant or (snapshot is not None and not snapshot.done):
        return 0
    places = {place.person: place for place in records.participants.many(cycle.id, [p.id for p in meant])}
    managers = {one.id: one for one in records.people.many({p.manager for p in meant if p.manager})}
    joining = [
        replace(place_of(cycle.id, person, managers, now), place="asked")
        for person in meant
        if person.id not in places or (places[person.id].place == "out" and places[person.id].why == LEFT)
    ]
    for place in joining:
        if place.person in places:
            records.participants.save(place)
    records.participants.add([place for place in joining if place.person not in places])
    if joining:
        tell_hr(records, cycle, "cycle.joiners", {"cycle": cycle.id}, now)
    return len(joining)


def asked_in(records: CycleRecords, actor: Person, cycle: int, now: datetime) -> list[Person]:
    """Who waits for a decision that the actor may make, by name."""
    people = records.people.many([place.person for place in records.participants.asked(cycle)])
    return [person for person in people if may(actor, "decide", Thing("joiner", person), now)]


def whose_joiners(records: CycleRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    cycle = records.cycles.get(whole(about[0])) if about else None
    return Thing("joiners") if cycle is not None and cycle.state == "live" else None


def whose_joiner(records: CycleRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The person a button is about; only somebody who waits, or waited, for a decision in a running cycle."""
    if len(about) != 2 or whose_joiners(records, _actor, about) is None:
        return None
    person = records.people.get(whole(about[1]))
    place = records.participants.get(whole(about[0]), person.id) if person else None
    return Thing("joiner", person) if place is not None else None


@view("cycle-joiners", may=("joiners", "decide"), of=whose_joiners)
def joiners(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Who waits, with a decision beside each, and one for all."""
    cycle = records.cycles.get(whole(about[0]))
    assert cycle is not None  # noqa: S101 - whose_joiners found it
    waiting = asked_in(records, actor, cycle.id, now)
    body: list[Element] = [
        Line(Words("Do they take part in {cycle}?", "他们是否参加“{cycle}”？").fill(cycle=cycle.name))
    ]
    others = [person for person in waiting if person.id != actor.id]
    for person in others:
        ids = (str(cycle.id), str(person.id))
        where = same(" · ".join(part for part in (person.department, person.level) if part))
        body.append(
            Row(
                where,
                Button(Words("Include", "纳入"), Act("do", ("joiner-include", *ids))),
                same(person.name),
            )
        )
        body.append(Buttons((Button(Words("Leave out", "不纳入"), Act("do", ("joiner-leave-out", *ids))),)))
    if len(others) > 1:
        body.append(Buttons(tuple(for_all(cycle, len(others)))))
    if not waiting:
        body = [Line(Words("Nobody waits for a decision.", "目前没有待确认的人员。"))]
    if len(waiting) > len(others):
        body.append(Note(ABOUT_YOURSELF))
    return Screen(
        Words("Joiners", "新加入的人员"), tuple(body), place=Act("see", ("cycle-joiners", about[0]))
    )


ABOUT_YOURSELF = Words(
    "You are among them yourself: another HR colleague has to decide about you.",
    "其中包括你本人，需由其他 HR 同事决定。",
)


def for_all(cycle: Cycle, people: int) -> list[Button]:
    sure = Words("For all {n} of them?", "确定应用于全部 {n} 人吗？").fill(n=people)
    include = Act("do", ("joiners-all", str(cycle.id), "in"))
    leave_out = Act("do", ("joiners-all", str(cycle.id), "out"))
    return [
        Button(Words("Include all", "全部纳入"), include, "primary", sure),
        Button(Words("Leave all out", "全部不纳入"), leave_out, confirm=sure),
    ]


@deed("joiner-include", may=("joiner", "decide"), of=whose_joiner)
def include(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """They take part, also in what is open already."""
    return one_decided(records, actor, about, "in", now)


@deed("joiner-leave-out", may=("joiner", "decide"), of=whose_joiner)
def leave_out(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """They take no part; they can be added later."""
    return one_decided(records, actor, about, "out", now)


def one_decided(
    records: CycleRecords, actor: Person, about: tuple[str, ...], decision: Decision, now: datetime
) -> Words:
    cycle, person = records.cycles.get(whole(about[0])), records.people.get(whole(about[1]))
    assert cycle is not None and person is not None  # noqa: S101, PT018 - whose_joiner found them
    if person.id == actor.id:
        raise Refusal(ABOUT_YOURSELF)
    place = records.participants.get(cycle.id, person.id)
    if place is None or place.place != "asked":
        raise Refusal(
            "That was decided already. In the cycle's view people can be added and removed.",
            "已经有人决定过了。可以在周期页面添加或移除人员。",
        )
    decide(records, cycle, [place], decision, actor.id, now)
    words = (
        Words("{name} takes part.", "已纳入{name}。")
        if decision == "in"
        else Words("{name} takes no part.", "未纳入{name}。")
    )
    return words.fill(name=person.name)


@deed("joiners-all", may=("joiners", "decide"), of=whose_joiners)
def all_decided(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """One decision for everybody who waits and about whom the actor may decide; many go in slices."""
    cycle = records.cycles.get(whole(about[0]))
    if about[1:] not in (("in",), ("out",)):
        raise NotThere
    decision: Decision = "in" if about[1] == "in" else "out"
    assert cycle is not None  # noqa: S101 - whose_joiners found it
    waiting = [person.id for person in asked_in(records, actor, cycle.id, now) if person.id != actor.id]
    for start in range(0, len(waiting), AT_ONCE):
        people = waiting[start : start + AT_ONCE]
        if start == 0:
            decide(records, cycle, records.participants.many(cycle.id, people), decision, actor.id, now)
        else:
            order = {"cycle": cycle.id, "people": people, "decision": decision, "actor": actor.id}
            records.sweeps.plan(Sweep(f"{SWEEP}/{cycle.id}/{now.isoformat()}/{start:06}", order, now))
    return count(len(waiting), "Decided for {n} person.", "Decided for {n} people.", "已决定 {n} 人。")


@sweep(SWEEP)
def decide_in_slices(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """The next joiners of a decision for all."""
    cycle = records.cycles.get(work.about["cycle"])
    if cycle is not None and cycle.state == "live":
        places = records.participants.many(cycle.id, work.about["people"])
        decide(records, cycle, places, work.about["decision"], work.about["actor"], now)
    return replace(work, done=True)


def decide(
    records: CycleRecords,
    cycle: Cycle,
    places: Sequence[Participant],
    decision: Decision,
    actor: int,
    now: datetime,
) -> None:
    """Keep a decision about those who still wait; who takes part gets what is open already."""
    waiting = [place for place in places if place.place == "asked"]
    for place in waiting:
        thing = f"cycle/{cycle.id}/{place.person}"
        records.audit.note(now, actor, "participant.joiner", thing, {"place": decision})
        if decision == "out":
            records.participants.save(replace(place, place="out", why=NOT_ASKED))
    if decision == "in":
        people = records.people.many([place.person for place in waiting])
        take_in(records, cycle, people, now)
        follow(records, people, now)  # a manager who has left is not theirs here, but the one above is
        taken = records.participants.many(cycle.id, [person.id for person in people])
        if any(place.manager is None for place in taken):
            ask_for_managers(records, cycle, now)


@notice("cycle.joiners")
def joiners_notice(records: CycleRecords, one: Notice, now: datetime) -> list[Element] | None:
    """How many wait, with the way to decide; the latest of several says it."""
    cycle = records.cycles.get(one.about["cycle"])
    actor = records.people.get(one.person)
    if cycle is None or actor is None or cycle.state != "live" or is_repeated(records, one, now):
        return None
    waiting = len(asked_in(records, actor, cycle.id, now))
    if not waiting:
        return None
    words = count(
        waiting, "{n} person has joined who is not in {{cycle}} yet.", "{n} people have joined who are not in {{cycle}} yet.",
        "有 {n} 位新加入的人员尚未纳入“{{cycle}}”。",
    )  # fmt: skip
    button = Button(Words("Decide", "去确认"), Act("see", ("cycle-joiners", str(cycle.id))))
    return [Line(words.fill(cycle=cycle.name)), Buttons((button,))]


def is_repeated(records: CycleRecords, one: Notice, now: datetime) -> bool:
    """Whether a later notice waits that says the same."""
    waiting = records.notices.due_of([one.person], now)
    return any(w.kind == one.kind and dict(w.about) == dict(one.about) and w.id > one.id for w in waiting)
