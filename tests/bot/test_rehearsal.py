"""A rehearsal says what then happens, message for message, and leaves the company as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.apart import Apart, Done, Failed, Order
from bot.build import catalog
from bot.clock import VirtualClock
from bot.rehearsal import OWN, end_of, play
from flows.core.catalog import Catalog
from flows.cycle.rehearsals.rehearsal import Timelines
from flows.cycle.template import NudgePolicy
from storage.engine import Store, open_store
from tests.bot.conftest import CommandLine
from tests.bot.rehearsed import FIRST, PHASES, SUNDAY, Line, found, lived, on_to, someone, template

ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York", "Pacific/Auckland", "UTC")


@pytest.fixture(scope="module")
def whole() -> Catalog:
    return catalog()[0]


@pytest.fixture
def company(database_url: str) -> Iterator[Store]:
    with closing(open_store(database_url, lambda: SUNDAY)) as store:
        yield store


def small(store: Store, **other: Any) -> int:
    people = [someone(1, None), *(someone(n, 1) for n in range(2, 6)), someone(6, 2, zone="Asia/Shanghai")]
    return found(store, people, template(), **other)


def lines_of(timelines: Timelines) -> list[Line]:
    return sorted(
        (
            person,
            one.kind,
            one.at,
            tuple(sorted((thing.kind, thing.subject, thing.count) for thing in one.things)),
        )
        for person, told in timelines.items()
        for one in told
    )


def rows_in(store: Store) -> list[Any]:
    with store.work() as records:
        cycles = records.cycles.all()
        return [
            cycles,
            [records.participants.count(cycle.id) for cycle in cycles],
            records.people.slice(0, 100),
            records.messages.next_moment(),
            records.sweeps.next_moment(),
            records.tasks.next_moment(),
        ]


def test_it_is_played_in_a_copy_and_the_company_stays_as_it_was(company: Store, whole: Catalog) -> None:
    cycle = small(company, checkins=True)
    before = rows_in(company)
    percents: list[int] = []
    played = play(company, cycle, SUNDAY, whole, 240, percents.append)
    assert played is not None
    assert rows_in(company) == before
    assert percents == sorted(set(percents))
    assert percents[-1] == 100
    assert played.found.people == 6
    assert played.found.kickoff == 6
    assert {thing.kind for one in played.timelines[2] for thing in one.things} >= {
        "goals",
        "review",
        "checkin",
    }


def test_there_is_at_most_one_message_a_day_and_four_a_week(company: Store, whole: Catalog) -> None:
    played = play(company, small(company, checkins=True), SUNDAY, whole, 240, lambda _percent: None)
    assert played is not None
    for told in played.timelines.values():
        days = [one.day for one in told if one.unasked and one.kind != "checkin.digest"]
        assert len(days) == len(set(days))


def test_who_is_gone_from_the_directory_gets_nothing(company: Store, whole: Catalog) -> None:
    people = [someone(1, None), someone(2, 1), someone(3, 1, active=False)]
    played = play(company, found(company, people, template()), SUNDAY, whole, 240, lambda _percent: None)
    assert played is not None
    assert set(played.timelines) == {1, 2}


def test_what_was_sent_this_week_counts_against_the_weekly_limit(company: Store, whole: Catalog) -> None:
    from flows.core.records import Message

    cycle = small(company)
    alone = play(company, cycle, SUNDAY, whole, 240, lambda _percent: None)
    with company.work() as records:
        for offset in range(4):
            day = FIRST + timedelta(days=offset)
            records.messages.write(
                Message(
                    f"other/{offset}", "broadcast", {"broadcast": 9}, SUNDAY + timedelta(days=400), 2, day=day
                )
            )
    busy = play(company, cycle, SUNDAY, whole, 240, lambda _percent: None)
    assert alone is not None
    assert busy is not None

    def first_week(told: Any) -> int:
        return sum(one.kind == "digest" and one.day < FIRST + timedelta(days=7) for one in told)

    assert first_week(busy.timelines[2]) < first_week(alone.timelines[2])


def test_a_cycle_that_is_none(company: Store, whole: Catalog) -> None:
    assert play(company, 77, SUNDAY, whole, 240, lambda _percent: None) is None


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Any]:
    size = draw(st.integers(2, 7))
    people = []
    for number in range(1, size + 1):
        manager = draw(st.one_of(st.none(), st.integers(1, number - 1))) if number > 1 else None
        offset, length = draw(st.integers(0, 20)), draw(st.integers(0, 12))
        away = ((FIRST + timedelta(days=offset), FIRST + timedelta(days=offset + length)),)
        people.append(
            someone(
                number, manager, zone=draw(st.sampled_from(ZONES)), away=away if draw(st.booleans()) else ()
            )
        )
    nudges = NudgePolicy(
        hour=time(draw(st.sampled_from([7, 9, 14]))),
        before=draw(st.sampled_from([(3, 1), (5, 2, 1), ()])),
        on_day=draw(st.booleans()),
        after=draw(st.sampled_from([(2, 4), (), (1,)])),
        manager=draw(st.sampled_from([None, 6])),
        hr=draw(st.sampled_from([None, 8])),
    )
    phases = draw(st.lists(st.sampled_from(PHASES), min_size=1, unique=True))
    deputies = [(2, 1, draw(st.integers(0, 10)))] if draw(st.booleans()) and size > 2 else []
    return {
        "people": people, "made": template(tuple(phases), nudges), "deputies": deputies, "checkins": draw(st.booleans()),
        "hours": draw(st.integers(0, 160)),
    }  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(companies())
def test_what_is_rehearsed_is_what_happens_message_for_message(whole: Catalog, made: dict[str, Any]) -> None:
    clock = VirtualClock(SUNDAY, speed=0)
    with closing(open_store("sqlite://", clock.now)) as store:
        cycle = found(store, **{name: value for name, value in made.items() if name != "hours"})
        # Check-ins asked for before the launch count in its week.
        moment = SUNDAY + timedelta(hours=made["hours"])
        on_to(store, whole, clock, moment)
        clock.to(moment)
        played = play(store, cycle, moment, whole, 240, lambda _percent: None)
        assert played is not None
        happened = lived(store, cycle, whole, clock, end_of(played.cycle))
    assert lines_of(played.timelines) == sorted(line for line in happened if line[1] not in OWN)


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


def outcome_of(apart: Apart) -> Done | Failed:
    while True:
        said = apart.hear(60)
        if isinstance(said, Done | Failed):
            return said


def test_it_is_played_in_a_process_of_its_own_beside_the_running_bot(url: str) -> None:
    with closing(open_store(url, lambda: SUNDAY)) as store:  # holds the file, as the bot does
        cycle = small(store)
        with store.work() as records:
            reader = records.people.many([1])[0]
        apart = Apart(Order(url, cycle, SUNDAY, 240, reader))
        try:
            done = outcome_of(apart)
        finally:
            apart.end()
    assert isinstance(done, Done)
    assert done.found.people == 6
    assert len(done.timelines) == 6
    assert [file.name.rpartition(".")[2] for file in done.files] == ["png", "png", "xlsx"]
    assert done.files[0].instead.startswith(f"{done.found.messages} messages")


def test_a_process_that_dies_has_failed_and_nothing_waits_for_it(url: str) -> None:
    with closing(open_store(url, lambda: SUNDAY)) as store:
        cycle = small(store)
        with store.work() as records:
            reader = records.people.many([1])[0]
    apart = Apart(Order(url, cycle, SUNDAY, 240, reader))
    apart._process.kill()  # what the system does to who takes too much memory
    assert outcome_of(apart) == Failed("killed")
    apart.end()


def test_the_command_line_tells_figures_problems_and_writes_the_files(
    perfloop: CommandLine, url: str, tmp_path: Path
) -> None:
    from bot.clock import SystemClock

    soon = SystemClock().now().date() + timedelta(days=10)
    with closing(open_store(url, SystemClock().now)) as store:
        cycle = small(store, first=soon)
    out = tmp_path / "out"
    ended = perfloop("rehearse", "q", "--people", "1", "--out", out, PERFLOOP_DATABASE_URL=url)
    assert ended.code == 0, ended.err
    assert "messages on" in ended.out
    assert "no manager" in ended.out
    assert "goals" in ended.out
    (sheet,) = out.glob("*.xlsx")
    assert openpyxl.load_workbook(sheet).sheetnames[0] == "Read me"
    assert len(list(out.glob("*.png"))) == 2
    missing = perfloop("rehearse", "nonsense", PERFLOOP_DATABASE_URL=url)
    assert missing.code == 1
    assert f"{cycle} (Q)" in missing.err


def test_a_partner_of_hr_sees_only_the_names_they_look_after(company: Store, whole: Catalog) -> None:
    from bot.rehearsal_report import files_of

    people = [someone(1, None, department="Board"), someone(2, 1), someone(3, 2, name="=HYPERLINK(1)")]
    played = play(company, found(company, people, template()), SUNDAY, whole, 240, lambda _percent: None)
    assert played is not None
    partner = someone(9, None, roles=("hr:Sales",))
    sheet = files_of(played, partner)[2].content
    import io

    book = openpyxl.load_workbook(io.BytesIO(sheet))
    cells = {str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row}
    assert "Person 1" not in cells
    assert {"Person 2", "=HYPERLINK(1)", "(another department)"} <= cells
