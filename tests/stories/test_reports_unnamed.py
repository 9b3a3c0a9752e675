"""Of what people write without a name, reports tell nothing of any group, and one number at most once it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.core.screen import Act
from flows.reports.frame.filters import Filters
from flows.reports.frame.meant import made
from tests.stories.quarter import go
from tests.stories.reviewing import CLOSED, PEERS, UPWARD, launched
from tests.stories.test_who_is_late import send

DAY = timedelta(days=1)
HIDDEN = ("Reviews of managers", "Reviews by colleagues")


@pytest.fixture
def town(bare_quiet_town: Any) -> Any:
    return bare_quiet_town


@pytest.fixture
def cycle(town: Any) -> int:
    cycle = launched(town, kavya=("marta", "arjun", "jonas"), liufang=("arjun", "lena"))
    go(town, town.now() + 8 * DAY)
    return cycle


def data(town: Any, name: str, **filters: Any) -> Any:
    person = town.player(name).person
    return town.records(lambda records: made(records, person, Filters("completion", **filters), town.now()))


def numbers(report: Any) -> dict[str, tuple[object, ...]]:
    """What the table of phases says of each."""
    return {row[0].en: row[2:] for row in report.tables[0].rows}


@pytest.mark.parametrize("whose", ["", "d:Engineering", "b:2"])
@pytest.mark.parametrize("by", ["department", "manager", "level"])
def test_no_group_is_told_while_it_is_written(town: Any, cycle: int, whose: str, by: str) -> None:
    before = data(town, "marta", whose=whose, by=by)
    send(town, cycle, UPWARD, "lina", "kavya", "arjun", "jonas", "daniel", "ana", "juliana")
    send(town, cycle, PEERS, "arjun", "jonas")
    after = data(town, "marta", whose=whose, by=by)
    assert after == before, "nothing that anybody does there changes any figure"
    told = numbers(after)
    for name in HIDDEN:
        assert name not in told or not any(isinstance(cell, int) for cell in told[name])


@pytest.mark.parametrize("name", ["anna", "chenwei", "emily", "grace", "juliana"])
def test_leads_and_partners_are_told_nothing_of_it_even_afterwards(town: Any, cycle: int, name: str) -> None:
    go(town, CLOSED + DAY)
    before = data(town, name)
    send(town, cycle, UPWARD, "lina", "kavya", "arjun", "jonas", "daniel", "ana", "juliana", "marta")
    assert data(town, name) == before
    told = numbers(before)
    for hidden in HIDDEN:
        assert not any(isinstance(cell, int) for cell in told.get(hidden, ()))


def test_the_one_number_waits_for_whoever_got_more_time(town: Any, cycle: int) -> None:
    """Told before, it would rise by one when that one person sends theirs."""
    send(town, cycle, UPWARD, "lina", "kavya", "arjun", "jonas", "daniel", "ana", "juliana", "marta")

    def more_time(records: Any) -> None:
        place = records.participants.get(cycle, records.people.by_email("rafael@example.com").id)
        records.participants.save(replace(place, extended={UPWARD: (CLOSED + 2 * DAY).date()}))

    town.records(more_time)
    go(town, CLOSED + DAY)
    assert not isinstance(numbers(data(town, "marta"))["Reviews of managers"][0], int)
    go(town, CLOSED + 9 * DAY)
    assert numbers(data(town, "marta"))["Reviews of managers"][:2] == (8, 22)


def test_the_whole_company_is_one_number_once_it_is_over(town: Any, cycle: int) -> None:
    send(town, cycle, UPWARD, "lina", "kavya", "arjun", "jonas", "daniel", "ana", "juliana", "marta")
    go(town, CLOSED + DAY)
    assert numbers(data(town, "marta"))["Reviews of managers"][:2] == (8, 22)
    assert "Reviews of managers" not in str(data(town, "marta").tables[1])
    assert Act("see", ("cycle-late", str(cycle), UPWARD)) not in [
        act for _, _, act in data(town, "marta").tables[0].acts
    ]
