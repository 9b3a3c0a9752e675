"""The results of a manager's people, from when the manager may see each; their own stands by itself."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Heading, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.appealing.rights import counted_of
from flows.results.records import ResultRecords
from flows.results.releasing.looking import TEAM, seen
from flows.results.releasing.states import is_released
from flows.results.shown.lines import OPEN, line_of, listed
from flows.results.shown.result import is_open

TITLE = Words("Team results", "团队结果")


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
    known = listed(records, actor, cycle, people, now)
    body += [line_of(known, actor, person, same(person.name), now) for person in people]
    if number := counted_of(records, actor, cycle, people, now):
        body.append(Note(APPEALS.fill(n=number)))
    body.append(Note(THEIRS if is_released(records, cycle.id) else NOT_RELEASED))
    if is_open(records, actor, cycle, actor, now):
        act = Act("see", ("result", str(cycle.id), str(actor.id)))
        body.append(Row(Words("Your own result", "你自己的结果"), Button(OPEN, act)))
    return Screen(TITLE, tuple(body), place=Act("see", ("results-team", str(cycle.id))))


APPEALS = Words(
    "Appeals about results of your people: {n}. They are others' to decide; you are told what is decided.",
    "针对你团队成员结果的申诉：{n} 份。由他人裁决，结果会通知你。",
)
THEIRS = Words(
    "Your people see their own later than you do. Talk each through in person.",
    "团队成员会晚于你看到自己的结果。请与每个人当面沟通。",
)
NOT_RELEASED = Words("HR has not released the results of this cycle yet.", "HR 尚未发布本周期的结果。")
