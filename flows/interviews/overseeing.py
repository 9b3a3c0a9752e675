"""For HR: how many talks were held, said and signed, and the way to those that are not finished; no contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import named as cycle_named
from flows.cycle.hr.scope import readable_cycle
from flows.interviews.following import known
from flows.interviews.sides import Both, both_of_many, things_in
from flows.interviews.talked import SIDES, Talk, TalkRecords
from flows.people.person import Person
from flows.people.policy import may

TITLE = Words("Talks: agreed and signed", "面谈：约定与签署")
OPEN = Words("Open", "打开")
MOST = 40  # talks that are listed by name

HOW_FAR: tuple[Words, ...] = (
    Words("signed by both", "双方已签署"),
    Words("a signature is missing", "缺少签署"),
    Words("waits for signatures", "等待签署"),
    Words("waits for what was agreed", "等待填写约定"),
)
SIGNED, MISSING, TO_SIGN, TO_SAY = range(4)


def how_far(said: int, signed: int, missing: int) -> int:
    """Which of the four it is."""
    if signed == len(SIDES):
        return SIGNED
    if missing:
        return MISSING
    return TO_SIGN if said == len(SIDES) else TO_SAY


@view("interviews-signed", may=("cycle", "read"), of=readable_cycle)
def interviews_signed(records: TalkRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Counts by department in the reader's scope, then by name who is not finished, as far as the policy lets them."""
    cycle = cycle_named(records, about)
    if cycle is None:
        raise NotThere
    scope = actor.hr_scope
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for department, said, signed, missing, number in records.agreements.counted(cycle.id):
        if scope is None or department in scope:
            counted[department][how_far(said, signed, missing)] += number
    body: list[Element] = [Heading(same(cycle.name))]
    if not counted:
        body.append(Line(Words("No talk has been held yet.", "还没有进行过面谈。")))
    else:
        body.append(Facts(tuple((same(name), numbers(counted[name])) for name in sorted(counted))))
        body.append(Note(BLOCKS_NOTHING))
    open_ones = records.agreements.unfinished(cycle.id, sorted(scope) if scope is not None else None, MOST)
    found = both_of_many(records, [one for n in open_ones if (one := records.interviews.get(n))])
    things = things_in(records, actor, found, now)
    rows = [
        row(both, known(records, both))
        for both in found
        if may(actor, "view", things.get(both.interview.id), now)
    ]
    if rows:
        body += [Heading(Words("Not signed by both", "尚未双方签署")), *rows]
    return Screen(TITLE, tuple(body), place=Act("see", ("interviews-signed", *about)))


BLOCKS_NOTHING = Words(
    "A missing signature blocks nothing; it is recorded.", "缺少签署不影响任何事项，仅作记录。"
)


def numbers(several: Counter[int]) -> Words:
    """ "signed by both 3 · waits for signatures 1"."""
    return join((HOW_FAR[which] + same(f" {several[which]}") for which in sorted(several)), " · ", " · ")


def row(both: Both, talk: Talk) -> Row:
    """One talk with how far it is, and the way to it."""
    signed = sum(talk.has_signed(side) for side in SIDES)
    words = HOW_FAR[how_far(len(talk.said), signed, len(talk.signed) - signed)]
    act = Act("see", ("interview-talk", str(both.interview.id)))
    return Row(words, Button(OPEN, act), same(f"{both.person.name} – {both.manager.name}"))
