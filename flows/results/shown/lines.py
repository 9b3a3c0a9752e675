"""One person in a list of results: the result once it is released, in a calibration what is discussed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.screen import Act, Button, Element, Line, Row
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.releasing.states import is_released
from flows.results.shown.standing import Standing, in_short, standings
from flows.results.stages import things_about

OPEN = Words("Open", "打开")
NOT_OPEN = Words("not opened yet", "尚未开放")
NO_RESULT = Words("no result", "没有结果")
AHEAD = Words(" (not released)", "（尚未发布）")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list needs to know of several people; of whoever takes no part there is no thing."""

    cycle: Cycle
    things: Mapping[int, Thing]
    standings: Mapping[int, Standing]
    released: bool


def listed(
    records: ResultRecords, actor: Person, cycle: Cycle, people: Sequence[Person], now: datetime
) -> Listed:
    """Look it up for all of them at once."""
    return Listed(
        cycle,
        things_about(records, actor, "score_final", cycle, people, now),
        standings(records, cycle, [person.id for person in people]),
        is_released(records, cycle.id),
    )


def line_of(known: Listed, actor: Person, person: Person, name: Words, now: datetime) -> Element:
    """The person with the rating and the way to it, as far as the actor may know of it by now."""
    thing, standing = known.things.get(person.id), known.standings.get(person.id)
    it = (str(known.cycle.id), str(person.id))
    if thing is not None and standing is not None:
        words = in_short(known.cycle.template, standing)
        if may(actor, "view", thing, now):
            return Row(words, Button(OPEN, Act("see", ("result", *it))), name)
        if may(actor, "view", replace(thing, kind="score_calibrated"), now):
            return Row(words + AHEAD, Button(OPEN, Act("see", ("result-explained", *it))), name)
    nothing = standing is None and known.released
    return Line(name + Words(": ", "：") + (NO_RESULT if nothing else NOT_OPEN))
