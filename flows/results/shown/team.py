"""The results of a manager's people, from when the manager may see each; their own stands by itself."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.releasing.looking import TEAM, seen
from flows.results.releasing.states import is_released
from flows.results.shown.result import OPEN, is_open
from flows.results.shown.standing import in_short, standing_of
from flows.results.stages import thing_about

TITLE = Words("Team results", "团队结果")
NOT_OPEN = Words("not opened yet", "尚未开放")
NO_RESULT = Words("no result", "没有结果")


def led_in(records: ResultRecords, actor: Person) -> Cycle | None:
    """The newest cycle in which the actor leads somebody and results are open, else the newest that runs."""
    led = [
        cycle
        for cycle in records.cycles.in_state("live", "closed", "archived")
        if records.participants.led_by(cycle.id, actor.id)
    ]
    led.sort(key=lambda cycle: (is_released(records, cycle.id), cycle.state == "live", cycle.id))
    return led[-1] if led else None


def own_team(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The list is always of those whom the actor leads in the cycle; who leads nobody has none."""
    if any(about):
        return Thing("cycle_team", actor) if records.participants.led_by(whole(about[0]), actor.id) else None
    return Thing("cycle_team", actor) if led_in(records, actor) else None


@view("results-team", may=("cycle_team", "read"), of=own_team, command="result team",
      help=Words("the results of your people", "查看团队成员的结果"))  # fmt: skip
def team(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everybody whom the actor leads in the cycle, by name; looking at it is what was asked."""
    cycle = records.cycles.get(whole(about[0])) if any(about) else led_in(records, actor)
    if cycle is None:
        raise NotThere
    if is_released(records, cycle.id):
        seen(records, actor, cycle, TEAM, now)
    body: list[Element] = [Heading(same(cycle.name))]
    places = records.participants.led_by(cycle.id, actor.id)
    people = records.people.many([place.person for place in places])
    people.sort(key=lambda one: (one.name, one.id))
    body += [row(records, actor, cycle, person, now) for person in people]
    body.append(Note(THEIRS if is_released(records, cycle.id) else NOT_RELEASED))
    if is_open(records, actor, cycle, actor, now):
        act = Act("see", ("result", str(cycle.id), str(actor.id)))
        body.append(Row(Words("Your own result", "你自己的结果"), Button(OPEN, act)))
    return Screen(TITLE, tuple(body), place=Act("see", ("results-team", str(cycle.id))))


def row(records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime) -> Element:
    """One person: the result once it is released, in a calibration what is discussed there, else nothing of it."""
    name, it = same(person.name), (str(cycle.id), str(person.id))
    standing = standing_of(records.ledger.of(cycle.id, person.id))
    if standing is not None and is_open(records, actor, cycle, person, now):
        words = in_short(cycle.template, standing)
        return Row(words, Button(OPEN, Act("see", ("result", *it))), name)
    discussed = thing_about(records, actor, "score_calibrated", cycle, person, now)
    if standing is not None and discussed and may(actor, "view", discussed, now):
        words = in_short(cycle.template, standing) + Words(" (being calibrated)", "（校准中）")
        return Row(words, Button(OPEN, Act("see", ("result-explained", *it))), name)
    nothing = standing is None and is_released(records, cycle.id)
    return Line(name + Words(": ", "：") + (NO_RESULT if nothing else NOT_OPEN))


THEIRS = Words(
    "Your people see their own later than you do. Talk each through in person.",
    "团队成员会晚于你看到自己的结果。请与每个人当面沟通。",
)
NOT_RELEASED = Words("HR has not released the results of this cycle yet.", "HR 尚未发布本周期的结果。")
