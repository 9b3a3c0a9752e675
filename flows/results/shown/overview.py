"""HR's look at a cycle's results: how many are open, withheld and seen, and everybody in scope with their rating."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words, same
from flows.cycle.hr.setup import told_people
from flows.cycle.owing import VIEW, whole
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import may
from flows.results.records import ResultRecords
from flows.results.releasing.look import EMPLOYEES_LOOK, from_day
from flows.results.releasing.looking import RESULT
from flows.results.releasing.readiness import kept_back, leavers
from flows.results.releasing.states import cycle_to_show, release_thing
from flows.results.shown.lines import line_of, listed

TITLE = Words("Results", "结果")
NEXT = Words("Next", "下一页")
PAGE = 40  # people at a time


@view("cycle-results", may=("release", "view"), of=release_thing, command="cycle results",
      help=Words("HR: the results of a cycle, and who has seen theirs", "HR：查看周期结果及查看情况"))  # fmt: skip
def overview(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Counts, then a page of people: about is (cycle, the last id on the page before)."""
    cycle = cycle_to_show(records, actor, about, now)
    after = whole(about[1]) if about[1:] else 0
    body: list[Element] = [Heading(same(cycle.name))]
    if not after:
        body += figures(records, actor, cycle)
    body += by_name(records, actor, cycle, after, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("cycle-results", str(cycle.id), *about[1:2])))


def figures(records: ResultRecords, actor: Person, cycle: Cycle) -> list[Element]:
    """How many are open, withheld and seen, of the departments that the reader looks after."""
    scope = actor.hr_scope
    everybody = records.participants.count(cycle.id)
    people = sum(n for name, n in everybody.items() if scope is None or name in scope)
    back = in_scope(records, actor, cycle, kept_back(records, cycle))
    left = [place for place in leavers(records, cycle) if scope is None or place.department in scope]
    rows = [(Words("Taking part", "参与者"), told_people(people))]
    if back:
        rows.append((Words("Withheld", "暂不发布"), told_people(back)))
    if left:
        rows.append((Words("Have left", "已离职"), told_people(len(left))))
    rows += how_far(records, actor, cycle)
    ways = [Button(Words("The release", "发布"), Act("see", ("cycle-release", str(cycle.id))))]
    if actor.hr_scope is not None:
        ways = []
    if cycle.state == "live":
        ways.append(
            Button(Words("Withhold one", "暂不发布某人"), Act("open", ("result-withhold", str(cycle.id))))
        )
    if back:
        ways.append(
            Button(Words("Who is withheld", "暂不发布名单"), Act("see", ("cycle-withheld", str(cycle.id))))
        )
    return [Facts(tuple(rows)), *([Buttons(tuple(ways))] if ways else [])]


def how_far(records: ResultRecords, actor: Person, cycle: Cycle) -> list[tuple[Words, Words]]:
    """Whether it is released, when employees look, and how many have."""
    release = records.releases.get(cycle.id)
    if release is None or release.released_at is None or release.employees_at is None:
        return [(Words("Released", "发布"), Words("not yet", "尚未"))]
    asked, looked = viewed(records, actor, cycle)
    if not asked:
        return [(EMPLOYEES_LOOK, from_day(release.employees_at))]
    return [
        (Words("Have looked at theirs", "已查看"), Words("{n} of {m}", "{n}/{m}").fill(n=looked, m=asked))
    ]


def viewed(records: ResultRecords, actor: Person, cycle: Cycle) -> tuple[int, int]:
    """(how many were asked to look at their own result, how many have), by their department."""
    counted = [
        (state, number)
        for subject, department, state, number in records.tasks.counted((VIEW,), cycle.id)
        if subject == RESULT
        and state != "waived"
        and (actor.hr_scope is None or department in actor.hr_scope)
    ]
    return sum(n for _, n in counted), sum(n for state, n in counted if state == "done")


def in_scope(records: ResultRecords, actor: Person, cycle: Cycle, people: set[int]) -> int:
    """How many of these count in the departments that the reader looks after."""
    if actor.hr_scope is None:
        return len(people)
    places = records.participants.many(cycle.id, sorted(people))
    return sum(place.department in actor.hr_scope for place in places)


def by_name(records: ResultRecords, actor: Person, cycle: Cycle, after: int, now: datetime) -> list[Element]:
    """A page of people in the order of their ids; those who have left stand on the first one.

    Neither the reader nor anybody above them is on it: these are nobody's to look after.
    """
    scope = actor.hr_scope
    found = list(page(records, cycle, after, scope))
    gone = [one for one in leavers(records, cycle) if scope is None or one.department in scope]
    places = [*(gone[:PAGE] if not after else []), *found[:PAGE]]
    people = {person.id: person for person in records.people.many([place.person for place in places])}
    known = listed(records, actor, cycle, list(people.values()), now)
    back = kept_back(records, cycle)
    body: list[Element] = []
    for place in places:
        person, thing = people[place.person], known.things.get(place.person)
        if person.id == actor.id or thing is None or not may(actor, "count", thing, now):
            continue
        name = same(person.name) + (same(f" · {place.department}") if place.department else same(""))
        name += LEFT if place.place == "out" else same("")
        if person.id in back:
            name += WITHHELD
        body.append(line_of(known, actor, person, name, now))
    if not body:
        body.append(Line(Words("Nobody is listed by now.", "目前没有可列出的人员。")))
    body.append(Note(OTHERS))
    if len(found) > PAGE:
        act = Act("see", ("cycle-results", str(cycle.id), str(found[PAGE - 1].person)))
        body.append(Buttons((Button(NEXT, act, "primary"),)))
    return body


OTHERS = Words(
    "You and the managers above you are not listed. That you open a result is written down.",
    "不包括你本人和你的上级。打开个人结果会被记录。",
)


def page(
    records: ResultRecords, cycle: Cycle, after: int, scope: frozenset[str] | None
) -> Iterator[Participant]:
    """The next participants in scope, one more than a page, so that it shows whether there are others."""
    number = 0
    while number <= PAGE and (places := records.participants.slice(cycle.id, after, 500)):
        after = places[-1].person
        for place in places:
            if (scope is None or place.department in scope) and number <= PAGE:
                number += 1
                yield place


LEFT = Words(" (has left)", "（已离职）")
WITHHELD = Words(" (withheld)", "（暂不发布）")
