"""My result and my team's on the home tab, from when they may be read."""

from __future__ import annotations

from datetime import datetime

from flows.core.screen import Act, Button, Divider, Element, Heading, Row
from flows.core.words import Words, same
from flows.home.mine import OPEN
from flows.home.records import HomeRecords
from flows.people.person import Person
from flows.results.releasing.states import is_released
from flows.results.shown.mine import open_to

TITLE = Words("Results", "结果")


def results(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """That there is something to read, and never what: the newest of one's own, and the team's while its cycle runs."""
    newest = next(open_to(records, actor, now), None)
    body: list[Element] = []
    if newest is not None:
        act = Act("see", ("result", str(newest.id), str(actor.id)))
        body.append(Row(Words("your result", "你的结果"), Button(OPEN, act), same(newest.name)))
    for cycle in records.cycles.in_state("live"):
        if is_released(records, cycle.id) and records.participants.led_by(cycle.id, actor.id):
            act = Act("see", ("results-team", str(cycle.id)))
            body.append(Row(Words("your team's results", "团队结果"), Button(OPEN, act), same(cycle.name)))
    return [Divider(), Heading(TITLE), *body] if body else []
