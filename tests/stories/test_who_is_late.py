"""What HR is told about who has not finished, where reviews carry no names: nothing that tells who wrote about whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.core.screen import Act
from tests.stories.calibrating import attempt
from tests.stories.quarter import go
from tests.stories.reviewing import CLOSED, PEERS, UPWARD, launched, person

DAY = timedelta(days=1)


@pytest.fixture
def town(bare_quiet_town: Any) -> Any:
    return bare_quiet_town


@pytest.fixture
def cycle(town: Any) -> int:
    """The reviews are past due and still taken; whoever is named for somebody has not written."""
    cycle = launched(
        town, kavya=("marta", "arjun", "jonas"), liufang=("arjun", "lena"), lina=("grace", "jonas")
    )
    go(town, town.now() + 11 * DAY)
    return cycle


def shown(town: Any, name: str, *view: object) -> str:
    """A screen as somebody sees it, with all that stands in it."""
    place = Act("see", tuple(str(part) for part in view))
    return str(attempt(town, name, lambda front, *who: front.see(*who, place, town.now())))


def send(town: Any, cycle: int, phase: str, *authors: str) -> None:
    """These have written what they are asked for in the phase."""

    def work(records: Any) -> None:
        for name in authors:
            for task in records.tasks.of_round("review", cycle, phase, [person_in(records, name)]):
                records.tasks.save(replace(task, state="done", next_at=None, live=None))

    def person_in(records: Any, name: str) -> int:
        return int(records.people.by_email(f"{name}@example.com").id)

    town.records(work)


def test_of_colleagues_hr_sees_who_is_late_but_not_of_their_own_people_nor_about_themselves(
    town: Any, cycle: int
) -> None:
    liu = shown(town, "liufang", "cycle-late", cycle, PEERS)
    marta = shown(town, "marta", "cycle-late", cycle, PEERS)
    assert {name for name in ("Arjun", "Jonas", "Lena", "Marta", "Grace") if name in liu} == {
        "Arjun",
        "Jonas",
    }
    assert {name for name in ("Arjun", "Jonas", "Lena", "Grace") if name in marta} == {
        "Arjun",
        "Jonas",
        "Lena",
    }
    assert "open)" not in liu + marta, "nor of how many"
    assert "Arjun" not in shown(town, "juliana", "cycle-late", cycle, PEERS), (
        "who is HR of another department"
    )
    assert "Kavya" in shown(town, "marta", "cycle-late", cycle, "self-review"), "where there is no promise"


def test_who_wrote_about_their_manager_is_told_to_nobody_and_how_many_only_in_the_end(
    town: Any, cycle: int
) -> None:
    people = ("juliana", "marta", "daniel", "ana", "lina", "kavya", "arjun", "jonas")
    send(town, cycle, UPWARD, *people)
    names = [person(town, name).name for name in ("marta", "juliana", "felix", "lena", "emily", "zhouting")]
    for reader in ("liufang", "marta", "juliana"):
        listed = shown(town, reader, "cycle-late", cycle, UPWARD)
        assert not [name for name in names if name in listed]
        assert "not sent" not in listed
        overview = shown(town, reader, "cycle", cycle)
        assert "8 of" not in overview, "no number before the closing"
    go(town, CLOSED + DAY)
    for reader in ("liufang", "marta"):
        assert "8 of 22 done" in shown(town, reader, "cycle", cycle)
        assert "14 were not sent." in shown(town, reader, "cycle-late", cycle, UPWARD)
    assert "of 22 done" not in shown(town, "juliana", "cycle", cycle), "who is HR of one department"
    assert "told to nobody" in shown(town, "juliana", "cycle-late", cycle, UPWARD)


@pytest.mark.parametrize("few", [2, 4])
def test_where_nearly_nobody_wrote_no_number_is_told(town: Any, cycle: int, few: int) -> None:
    """Four are the threshold, and whoever reads it may be one of them."""
    send(town, cycle, UPWARD, *("daniel", "lina", "kavya", "arjun")[:few])
    go(town, CLOSED + DAY)
    assert f"{few} of 22 done" not in shown(town, "marta", "cycle", cycle)
    assert "not sent." not in shown(town, "marta", "cycle-late", cycle, UPWARD)


def test_managers_are_told_nothing_about_reviews_without_names(town: Any, cycle: int) -> None:
    go(town, CLOSED + DAY)
    for manager in ("chenwei", "emily", "anna", "grace", "liufang"):
        told = "\n".join(town.player(manager).messages())
        for en, zh in (("Reviews by colleagues", "同事评估"), ("Reviews of managers", "向上评估")):
            assert f"have not finished “{en}”" not in told
            assert f"还没有完成“{zh}”" not in told
