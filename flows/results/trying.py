"""HR looks at what a cycle's results would be under another template, before daring it; nothing is written by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Heading, Line, Row, Screen
from flows.core.words import Words, same
from flows.cycle.hr.scope import all_cycles, thing_of_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.results.gathering import gather
from flows.results.records import ResultRecords, Version
from flows.results.simulating import (
    Part,
    Way,
    tried,
    way_of,
)
from flows.results.stages import things_about
from flows.results.tried import Tried, told
from flows.reviews.published import kept_from

NAME = "cycle-simulate"
MOST = 2000  # people in one look; a larger cycle is looked at department by department
CYCLES = 12

TITLE = Words("Another template", "换用其他模板试算")
TRY = Words("Try it", "试算")
CHOOSE = Words("Choose", "选择")


@view(NAME, may=("cycles", "read"), of=all_cycles, command="cycle simulate",
      help=Words("HR: what results would be under another template", "HR：换用其他模板试算结果"))  # fmt: skip
def simulate(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Step by step: which cycle, which template, in a large cycle which department, then who would move and why."""
    place = Act("see", (NAME, *about))
    if not any(about):
        return Screen(TITLE, tuple(cycles(records, actor, now)), place=place)
    cycle = records.cycles.get(whole(about[0]))
    if cycle is None or not may(actor, "read", thing_of_cycle(records, actor, cycle), now):
        raise NotThere
    body: list[Element] = [Heading(same(cycle.name))]
    if len(about) == 1:
        return Screen(TITLE, (*body, *templates(records, cycle)), place=place)
    other = records.templates.get(about[1])
    if other is None:
        raise NotThere
    body.append(Line(Words("Under “{title}”", "换用“{title}”").fill(title=other.title)))
    departments = departments_of(records, actor, cycle)
    if len(about) == 2 and sum(departments.values()) > MOST:
        return Screen(TITLE, (*body, *by_department(departments, about)), place=place)
    found = look(records, actor, cycle, way_of(other), about[2] if len(about) > 2 else None, now)
    return Screen(TITLE, (*body, *told(cycle, found)), place=place)


def cycles(records: ResultRecords, actor: Person, now: datetime) -> list[Element]:
    """The newest cycles in which something was computed."""
    found = [
        cycle
        for cycle in records.cycles.all()
        if cycle.launched_at is not None
        and may(actor, "read", thing_of_cycle(records, actor, cycle), now)
        and records.ledger.slice(cycle.id, 0, 1)
    ][:CYCLES]
    if not found:
        return [Line(Words("No cycle of yours has results yet.", "还没有已计算结果的周期。"))]
    return [
        Line(Words("Whose data?", "使用哪个周期的数据？")),
        *(Row(same(one.name), Button(CHOOSE, Act("see", (NAME, str(one.id))))) for one in found),
    ]


def templates(records: ResultRecords, cycle: Cycle) -> list[Element]:
    """Every template; the cycle's own may have been changed since it was launched."""
    return [
        Line(Words("Under which template?", "换用哪个模板？")),
        *(
            Row(one.title, Button(TRY, Act("see", (NAME, str(cycle.id), one.name))))
            for one in records.templates.all()
        ),
    ]


def departments_of(records: ResultRecords, actor: Person, cycle: Cycle) -> dict[str, int]:
    """How many take part in each department that the actor looks after."""
    scope = actor.hr_scope
    every = records.participants.count(cycle.id)
    return {name: number for name, number in every.items() if scope is None or name in scope}


def by_department(departments: Mapping[str, int], about: tuple[str, ...]) -> list[Element]:
    return [
        Line(Words("It is a large cycle. Which department?", "该周期人数较多，请选择部门：")),
        *(
            Row(same(f"{name or '–'} · {number}"), Button(TRY, Act("see", (NAME, *about, name))))
            for name, number in departments.items()
        ),
    ]


def look(
    records: ResultRecords, actor: Person, cycle: Cycle, there: Way, department: str | None, now: datetime
) -> Tried:
    """Everybody whose score the actor may see, at most `MOST`, under both templates.

    Why it would change, with what each part counts for, is not told of those about whom the actor was asked themself.
    """
    people = {one.id: one for one in in_sight(records, actor, cycle, department, now)}
    here = way_of(cycle.template)
    versions = records.ledger.latest_many(cycle.id, list(people))
    more = [name for name in there.names if name not in here.names]
    parts = parts_of(records, cycle, versions, more, now)
    unknown = [name for name in more if not any(name in one for one in parts.values())]
    unseen = {about for about, _ in kept_from(records, cycle, actor.id, list(versions))}
    trials = [tried(here, there, person, parts[person]) for person in versions]
    trials = [replace(one, why=same("")) if one.person in unseen else one for one in trials]
    records.audit.note(
        now, actor.id, "result.simulate", f"cycle/{cycle.id}", {"template": there.template.name}
    )
    return Tried(here, there, people, trials, unknown)


def in_sight(
    records: ResultRecords, actor: Person, cycle: Cycle, department: str | None, now: datetime
) -> list[Person]:
    """The participants whose score the actor may see now: nobody judges themselves or those above them."""
    departments = departments_of(records, actor, cycle)
    meant = departments if department is None else departments.keys() & {department}
    ids: list[int] = []
    after = 0
    while len(ids) < MOST and (places := records.participants.slice(cycle.id, after, MOST)):
        after = places[-1].person
        ids += [place.person for place in places if place.department in meant]
    people = records.people.many(ids[:MOST])
    things = things_about(records, actor, "score_final", cycle, people, now)
    return [
        one
        for one in people
        if (thing := things.get(one.id))
        and any(
            may(actor, "view", replace(thing, kind=kind), now) for kind in ("score_final", "score_proposed")
        )
    ]


def parts_of(
    records: ResultRecords, cycle: Cycle, versions: Mapping[int, Version], more: Sequence[str], now: datetime
) -> dict[int, dict[str, Part]]:
    """Each person's components: those kept with the result, and of `more` what the cycle's reviews say besides."""
    found = {
        person: {part["name"]: part for part in version.inputs.get("components", ())}
        for person, version in versions.items()
    }
    if more:
        for person, components in gather(records, cycle, more, list(found), now).items():
            found[person] |= {one.name: one.as_json() for one in components if one.value is not None}
    return found
