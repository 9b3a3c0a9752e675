"""Who is asked for what in a phase, and how a cycle's work goes on after a kill: everything once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.asking import tasks_of
from flows.cycle.phase import window_of, windows
from flows.cycle.planning import phase_key, plan_snapshot, planned_at, snapshot_key, take_in, take_out
from flows.cycle.records import Audience, Cycle, Participant, Sweep
from flows.cycle.snapshot import take_snapshot
from flows.cycle.template import Nominations, Phase, Template
from flows.people.person import Person
from storage.engine import Store, open_store

NOW = datetime(2026, 2, 27, 9, tzinfo=UTC)  # a Friday
FIRST = date(2026, 3, 2)
PHASES = {
    "goals": Phase("goals", Words("Goals", "目标"), 0, 5, "goals"),
    "self": Phase("self", Words("Self review", "自评"), 7, 5, "review", review="self"),
    "manager": Phase("manager", Words("Manager review", "上级评价"), 14, 5, "review", "managers", "manager"),
    "peer": Phase("peer", Words("Peer review", "同事评价"), 14, 5, "review", "everyone", "peer"),
    "upward": Phase("upward", Words("Upward review", "下属评价"), 14, 5, "review", "everyone", "upward"),
    "talk": Phase("talk", Words("Talk", "面谈"), 21, 5, "confirm", "managers", hard=True),
    "todo": Phase("todo", Words("To-do", "待办"), 21, 5, "confirm"),
    "release": Phase("release", Words("Release", "公布"), 28, 1),
}
TEMPLATE = Template("t", Words("T", "T"), "quarter", tuple(PHASES.values()))
CYCLE = Cycle(1, "live", "Q2", FIRST, TEMPLATE, Audience(), 1, NOW, launched_at=NOW)


def person(number: int, manager: int | None = None, **other: Any) -> Person:
    one = Person(
        number, f"p{number}@example.com", f"P{number}", manager, "Sales", "L3", "", (), "Europe/Berlin", "en", None,
        None, None, True,
    )  # fmt: skip
    return replace(one, **other)


def place(one: Person, **other: Any) -> Participant:
    row = Participant(1, one.id, "in", one.manager, one.department, one.level, one.zone, one.language, NOW)
    return replace(row, **other)


BOSS = person(1, department="Operations")
ANN, BEN, CY = person(2, 1), person(3, 1, zone="Asia/Shanghai"), person(4, 2, department="Legal")
EVERYBODY = [BOSS, ANN, BEN, CY]
PEOPLE = {one.id: one for one in EVERYBODY}


def asked(
    phase: str, places: list[Participant] | None = None, people: dict[int, Person] | None = None
) -> Any:
    window = window_of(CYCLE, PHASES[phase])
    rows = places if places is not None else [place(one) for one in EVERYBODY]
    return tasks_of(CYCLE, window, rows, people or PEOPLE, NOW)


@pytest.mark.parametrize(
    ("phase", "pairs"),
    [
        ("goals", [(1, 1), (2, 2), (3, 3), (4, 4)]),
        ("self", [(1, 1), (2, 2), (3, 3), (4, 4)]),
        ("todo", [(1, 1), (2, 2), (3, 3), (4, 4)]),
        ("manager", [(1, 2), (1, 3), (2, 4)]),
        ("talk", [(1, 1), (2, 2)]),
        ("peer", []),
        ("upward", [(2, 1), (3, 1), (4, 2)]),
        ("release", []),
    ],
)
def test_each_phase_asks_the_people_it_is_for(phase: str, pairs: list[tuple[int, int]]) -> None:
    tasks = asked(phase)
    assert [(task.owner, task.about) for task in tasks] == pairs
    assert all(task.person == task.owner and task.subject == phase and task.scope == 1 for task in tasks)
    assert {task.kind for task in tasks} <= {PHASES[phase].work}


def test_reviewers_who_were_named_are_asked_about_these_people_only() -> None:
    window = window_of(CYCLE, PHASES["peer"])
    named = [(ANN.id, CY.id), (BEN.id, ANN.id), (BOSS.id, BEN.id), (ANN.id, 99)]
    tasks = tasks_of(CYCLE, window, [place(ANN), place(BEN)], PEOPLE, NOW, {}, named)
    assert [(task.owner, task.about) for task in tasks] == [(CY.id, ANN.id), (ANN.id, BEN.id)]
    assert [task.department for task in tasks] == ["Legal", "Sales"]  # where the reviewer works
    assert [task.person for task in tasks] == [CY.id, ANN.id]
    gone = PEOPLE | {CY.id: replace(CY, active=False)}
    assert [t.owner for t in tasks_of(CYCLE, window, [place(ANN)], gone, NOW, {}, named)] == []


def test_a_manager_who_takes_no_part_is_reviewed_by_nobody() -> None:
    assert asked("upward", [place(ANN), place(BEN), place(BOSS, place="out")]) == []


@pytest.mark.parametrize(
    ("by", "kind", "pairs"),
    [
        (("employee", "manager"), "peer", [(1, 1), (2, 2), (3, 3), (4, 4)]),
        (("manager", "hr"), "peer", [(1, 2), (1, 3), (2, 4)]),
        (("hr",), "peer", []),
        (("employee",), "project", [(1, 1), (2, 2)]),
    ],
)
def test_whoever_names_reviewers_is_asked_to(by: Any, kind: Any, pairs: list[tuple[int, int]]) -> None:
    phase = Phase("name", Words("Name", "提名"), 7, 5, "nominate", review=kind)
    template = replace(TEMPLATE, phases=(phase,), nominations=Nominations(by=by))
    cycle = replace(CYCLE, template=template)
    rows = [place(one) for one in EVERYBODY]
    tasks = tasks_of(cycle, window_of(cycle, phase), rows, PEOPLE, NOW)
    assert [(task.owner, task.about) for task in tasks] == pairs


def test_moments_are_those_of_whoever_owes_it() -> None:
    berlin, shanghai = asked("goals")[1:3]
    assert berlin.opens_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert shanghai.opens_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert berlin.due_at == datetime(2026, 3, 6, 22, 59, 59, tzinfo=UTC)
    assert shanghai.until == datetime(2026, 3, 13, 16, tzinfo=UTC)
    assert berlin.next_at == berlin.opens_at


def test_a_task_counts_in_the_department_of_the_one_it_is_about() -> None:
    assert [task.department for task in asked("manager")] == ["Sales", "Sales", "Legal"]
    assert [task.department for task in asked("talk")] == ["Operations", "Sales"]


def test_whoever_is_gone_is_asked_for_nothing_of_their_own() -> None:
    gone = PEOPLE | {2: replace(ANN, active=False)}
    assert [task.owner for task in asked("goals", people=gone)] == [1, 3, 4]
    assert [(task.owner, task.about) for task in asked("manager", people=gone)] == [(1, 2), (1, 3), (2, 4)]


def test_an_extension_counts_for_the_owner_and_for_the_one_it_is_about() -> None:
    later = {"manager": date(2026, 4, 1)}
    rows = [place(BOSS), place(ANN, extended=later), place(BEN), place(CY)]
    due = {(task.owner, task.about): task.due_at.date() for task in asked("manager", rows)}
    assert due == {(1, 2): date(2026, 4, 1), (1, 3): date(2026, 3, 20), (2, 4): date(2026, 4, 1)}


def test_what_is_over_for_them_is_not_asked_any_more() -> None:
    late = datetime(2026, 3, 13, 20, tzinfo=UTC)  # Saturday in Shanghai, still Friday in Berlin
    window = window_of(CYCLE, PHASES["goals"])
    tasks = tasks_of(CYCLE, window, [place(ANN), place(BEN)], PEOPLE, late)
    assert [task.owner for task in tasks] == [2]


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.none() | st.integers(1, 12), st.booleans()), unique_by=lambda p: p[0]
    )
)
def test_every_task_is_unique_and_nobody_reviews_themself(rows: list[tuple[int, int | None, bool]]) -> None:
    people = {n: person(n, manager, active=active) for n, manager, active in rows}
    places = [place(one) for one in people.values()]
    for phase in PHASES:
        tasks = asked(phase, places, people)
        keys = [(task.owner, task.about) for task in tasks]
        assert len(keys) == len(set(keys))
        if phase == "manager":
            assert all(owner != about for owner, about in keys)


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url, lambda: NOW)) as store:
        yield store


@pytest.fixture
def live(store: Store) -> Cycle:
    """A cycle launched for seven people, one of whom leads the rest, and one who is left out."""
    with store.work() as records:
        boss = records.people.save(replace(BOSS, id=0, email="boss@example.com"))
        for n in range(7):
            records.people.save(person(0, boss.id, email=f"n{n}@example.com", name=f"N{n}"))
        out = records.people.by_email("n6@example.com")
        audience = Audience(without=(out.id,))
        cycle = records.cycles.save(replace(CYCLE, id=0, owner=boss.id, audience=audience))
        plan_snapshot(records, cycle, NOW)
        return cycle


def swept(store: Store, catalog: Any, now: datetime) -> None:
    """All the work in slices that is due."""
    while True:
        with store.work() as records:
            sweep = records.sweeps.due(now)
            if sweep is None:
                return
            step = catalog.sweeps[sweep.key.partition("/")[0]].step
            records.sweeps.save(step(records, sweep, now))


@pytest.fixture
def catalog() -> Any:
    from bot.build import catalog

    return catalog()[0]


def tasks_in(store: Store, cycle: Cycle, phase: str, kind: str = "goals") -> list[Any]:
    with store.work() as records:
        return [task for task in records.tasks.of_scope((kind,), cycle.id) if task.subject == phase]


def test_a_launch_takes_down_who_takes_part_and_plans_what_is_near(
    store: Store, live: Cycle, catalog: Any
) -> None:
    swept(store, catalog, NOW)
    with store.work() as records:
        assert sum(records.participants.count(live.id).values()) == 7
        assert not records.sweeps.get(phase_key(live.id, "goals")).done
        assert records.sweeps.get(phase_key(live.id, "release")) is None
        assert records.sweeps.get(phase_key(live.id, "goals")).due_at == planned_at(windows(live)[0])
    swept(store, catalog, NOW + timedelta(days=1))
    assert len(tasks_in(store, live, "goals")) == 7
    assert tasks_in(store, live, "self", "review") == []


def test_a_kill_between_slices_leaves_everything_once(store: Store, live: Cycle, catalog: Any) -> None:
    with store.work() as records:
        sweep = records.sweeps.due(NOW)
        take_snapshot.step(records, sweep, NOW)  # done, but that it was is lost with the process
    swept(store, catalog, NOW)
    with store.work() as records:
        records.sweeps.save(Sweep(snapshot_key(live.id), {"cycle": live.id}, NOW, cursor=3))
    later = NOW + timedelta(days=1)
    swept(store, catalog, later)
    with store.work() as records:
        records.sweeps.save(replace(records.sweeps.get(phase_key(live.id, "goals")), done=False, cursor=2))
    swept(store, catalog, later)
    with store.work() as records:
        assert sum(records.participants.count(live.id).values()) == 7
        assert len(records.audit.latest("broadcast.kickoff", NOW - timedelta(days=1))) == 1
    assert len(tasks_in(store, live, "goals")) == 7


def test_a_phase_moved_away_is_planned_when_it_is_near_again(store: Store, live: Cycle, catalog: Any) -> None:
    swept(store, catalog, NOW)
    with store.work() as records:
        moved = {"goals": (date(2026, 3, 16), date(2026, 3, 20))}
        records.cycles.save(replace(live, moved=moved))
    swept(store, catalog, NOW + timedelta(days=3))
    assert tasks_in(store, live, "goals") == []
    swept(store, catalog, datetime(2026, 3, 14, tzinfo=UTC))
    assert {task.opens_at.date() for task in tasks_in(store, live, "goals")} == {date(2026, 3, 16)}


def test_a_closed_cycle_plans_nothing_more(store: Store, live: Cycle, catalog: Any) -> None:
    with store.work() as records:
        records.cycles.save(replace(live, state="closed"))
    swept(store, catalog, NOW + timedelta(days=30))
    with store.work() as records:
        assert records.participants.count(live.id) == {}


def test_somebody_added_gets_what_is_open_and_somebody_taken_out_owes_nothing(
    store: Store, live: Cycle, catalog: Any
) -> None:
    now = NOW + timedelta(days=15)  # goals' last days of grace, self reviews open, manager reviews about to
    swept(store, catalog, now)
    with store.work() as records:
        late = records.people.by_email("n6@example.com")
        assert take_in(records, live, [late], now) == 1
        assert take_in(records, live, [late], now) == 0
    mine = [
        (task.kind, task.subject, task.state)
        for kind in ("goals", "review")
        for phase in PHASES
        for task in tasks_in(store, live, phase, kind)
        if task.about == late.id
    ]
    assert mine == [("review", "self", "open"), ("review", "manager", "open")]
    with store.work() as records:
        assert take_out(records, live, late.id, "moves away", now)
        assert not take_out(records, live, late.id, "moves away", now)
        assert records.tasks.open_about([late.id]) == []
        assert records.participants.get(live.id, late.id).why == "moves away"
        assert take_in(records, live, [late], now) == 1
        assert len(records.tasks.open_about([late.id])) == 2


def test_a_manager_taken_out_goes_on_leading(store: Store, live: Cycle, catalog: Any) -> None:
    now = NOW + timedelta(days=22)
    swept(store, catalog, now)
    with store.work() as records:
        boss = records.people.by_email("boss@example.com")
        take_out(records, live, boss.id, "", now)
        left = {(task.subject, task.about == boss.id) for task in records.tasks.open_owned([boss.id])}
    assert left == {("talk", True), ("manager", False)}


def test_phases_are_planned_before_they_open_anywhere() -> None:
    for window in windows(CYCLE):
        opens = datetime.combine(window.opens, time(0), tzinfo=UTC) - timedelta(hours=14)
        assert planned_at(window) < opens
