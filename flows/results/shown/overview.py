"""HR's look at a cycle's results: how many are open, withheld and seen, and everybody in scope with their rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.hr.setup import told_people
from flows.cycle.owing import VIEW, whole
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import may
from flows.results.records import ResultRecords, Version
from flows.results.releasing.look import EMPLOYEES_LOOK, from_day
from flows.results.releasing.looking import RESULT
from flows.results.releasing.readiness import kept_back, leavers
from flows.results.releasing.states import cycle_to_show, release_thing
from flows.results.shown.result import OPEN
from flows.results.shown.standing import in_short, standing_of
from flows.results.stages import thing_about

TITLE = Words("Results", "结果")
NEXT = Words("Next", "下一页")
PAGE = 40  # people at a time
WITHHELD = Words("withheld", "暂不发布")


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
    """A page of people in the order of their ids; those who have left stand on the first one."""
    scope = actor.hr_scope
    found = list(page(records, cycle, after, scope))
    gone = leavers(records, cycle) if not after else []
    shown = found[:PAGE]
    places = [*[one for one in gone[:PAGE] if scope is None or one.department in scope], *shown]
    ids = [place.person for place in places]
    people = {person.id: person for person in records.people.many(ids)}
    latest = records.ledger.latest_many(cycle.id, ids)
    back = kept_back(records, cycle)
    rows = [
        row
        for place in places
        if (row := line(records, actor, cycle, people[place.person], place, latest, back, now))
    ]
    body: list[Element] = [*rows, Note(OTHERS)]
    if len(found) > PAGE:
        act = Act("see", ("cycle-results", str(cycle.id), str(shown[-1].person)))
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


def line(
    records: ResultRecords,
    actor: Person,
    cycle: Cycle,
    person: Person,
    place: Participant,
    latest: Mapping[int, Version],
    back: set[int],
    now: datetime,
) -> Element | None:
    """One person with the rating, as far as the policy lets the reader see it; None for oneself and those above."""
    if person.id == actor.id:
        return None
    counted = thing_about(records, actor, "score_final", cycle, person, now)
    if counted is None or not (may(actor, "count", counted, now) or may(actor, "view", counted, now)):
        return None
    name = same(person.name) + (same(f" · {place.department}") if place.department else same(""))
    name += LEFT if place.place == "out" else same("")
    if person.id in back:
        return Line(name + Words(": ", "：") + WITHHELD)
    if person.id not in latest:
        return Line(name + Words(": no result", "：没有结果"))
    it = (str(cycle.id), str(person.id))
    if may(actor, "view", counted, now):
        way = "result"
    elif any(
        visible(records, actor, kind, cycle, person, now) for kind in ("score_calibrated", "score_proposed")
    ):
        way = "result-explained"
    else:
        return Line(name)
    standing = standing_of(records.ledger.of(cycle.id, person.id))
    words = in_short(cycle.template, standing) if standing else same("–")
    return Row(words, Button(OPEN, Act("see", (way, *it))), name)


LEFT = Words(" (has left)", "（已离职）")


def visible(
    records: ResultRecords, actor: Person, kind: str, cycle: Cycle, person: Person, now: datetime
) -> bool:
    thing = thing_about(records, actor, kind, cycle, person, now)
    return thing is not None and may(actor, "view", thing, now)
