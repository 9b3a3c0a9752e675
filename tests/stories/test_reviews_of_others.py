"""Project leads and one's own manager are reviewed, too; people come, go and change managers in the middle."""

from __future__ import annotations

from typing import Any

from flows.cycle.planning import take_in, take_out
from tests.stories.colleagues import (
    COLLEAGUES,
    DAY,
    REVIEWS_OPEN,
    WITH_LEADS,
    WITH_UPWARD,
    asked,
    begun,
    change,
    name,
    person,
    states,
    tasks_of,
)
from tests.stories.quarter import go
from tests.stories.test_a_quarter import opens, sees


def name_lead(town: Any, manager: str, whom: str, lead: str) -> str:
    """A manager names a project lead of one of their people; what is said at the end."""
    player = town.player(manager)
    if player.window():
        player.close()
    player.command("/review project")
    player.touch(
        "指定负责人" if player.title() == "项目负责人" else "Name leads", beside=person(town, whom).name
    )
    player.fill(others=[town.mention(lead)])
    player.submit()
    return str(player.window())


def test_the_manager_names_a_project_lead_who_writes_with_their_name(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town, WITH_LEADS)
    emily, daniel = town.player("emily"), town.player("daniel")
    assert "Naming leads · Q2 · due" in emily.home()
    emily.press_home("Name leads")
    assert "Leads write with their name." in emily.window()
    emily.touch("Name leads", beside="Daniel Brooks")
    assert "They write with their name" in emily.window()
    emily.fill(others=[town.mention("zhouting")])
    assert emily.submit() == {}
    assert "Kept: 1 lead." in emily.window()
    emily.close()
    emily.home()
    emily.press_home("That's everybody")
    assert "Naming leads · Q2\ndone" in emily.home()
    assert states(town, cycle, "daniel", "lead-review") == {"zhouting": "approved"}
    daniel.command("/review nominate")
    assert "zhou" not in daniel.window()
    assert "周婷" not in daniel.window()
    go(town, REVIEWS_OPEN)
    assert asked(town, cycle, "daniel", "lead-review") == {"zhouting"}
    assert asked(town, cycle, "ana", "lead-review") == set()
    emily.command("/review project")
    emily.touch("Take back", beside="周婷")
    assert asked(town, cycle, "daniel", "lead-review") == set()
    assert "Kept: 1 lead." in name_lead(town, "emily", "daniel", "zhouting")
    assert asked(town, cycle, "daniel", "lead-review") == {"zhouting"}


def test_a_lead_is_named_by_the_manager_or_hr_and_nobody_else(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, WITH_LEADS)
    subject = f"{cycle}/lead-review/{person(town, 'daniel').id}"
    for who, may in (
        ("emily", True), ("marta", True), ("juliana", True), ("daniel", False), ("rafael", False), ("anna", False),
    ):  # fmt: skip
        assert opens(town, who, "nominate-lead", subject) is may, who
    assert "zhouting" not in states(town, cycle, "daniel", "lead-review")
    said = name_lead(town, "emily", "daniel", "emily")
    assert "Emily Carter: reviews Daniel Brooks as their manager already" in said


def test_somebody_who_is_both_is_named_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town, WITH_LEADS)
    name(town, "daniel", "zhouting", "priya", "rahul")
    said = name_lead(town, "emily", "daniel", "zhouting")
    assert "周婷: is named for another review of the same person already" in said


def test_a_lead_who_cannot_judge_tells_the_manager(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town, WITH_LEADS)
    name_lead(town, "emily", "daniel", "priya")
    go(town, REVIEWS_OPEN)
    priya, emily = town.player("priya"), town.player("emily")
    priya.home()
    priya.press_home("I can't judge this person")
    priya.fill(why="The project ended in March")
    priya.submit()
    go(town, town.now() + 2 * DAY)
    assert "Reviewers of Daniel Brooks for Q2 who can't or may not: 1; 0 are left." in "\n".join(
        emily.messages()
    )
    emily.command("/review project")
    assert "Priya Nair: can't: The project ended in March" in emily.window()


def test_everybody_is_asked_about_their_manager_who_never_sees_who_has_written(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, WITH_UPWARD)
    go(town, REVIEWS_OPEN)
    assert asked(town, cycle, "emily", "upward-review") == {"daniel", "ana"}
    assert asked(town, cycle, "chenwei", "upward-review") >= {"kavya", "arjun", "jonas", "lina"}
    assert [t.about for t in tasks_of(town, "grace", "review") if t.subject == "upward-review"] == []
    emily, daniel = town.player("emily"), town.player("daniel")
    before = emily.home()
    daniel.command("/review")
    daniel.touch("Write", beside="Emily Carter")
    daniel.fill(results="2")
    daniel.submit()
    assert emily.home() == before
    assert not sees(town, "emily", "cycle-team", str(cycle), "upward-review")
    go(town, town.now() + 20 * DAY)
    told = "\n".join(emily.messages())
    assert "have not finished “Review of my manager”" not in told


def test_who_does_not_want_to_say_anything_about_the_manager_takes_it_off_the_list(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = begun(town, WITH_UPWARD)
    go(town, REVIEWS_OPEN)
    ana = town.player("ana")
    ana.command("/review")
    ana.touch("I can't judge this person")
    assert "You need not say why, and nobody is told." in ana.window()
    ana.fill(sure="yes")
    ana.submit()
    assert asked(town, cycle, "emily", "upward-review") == {"daniel"}
    go(town, town.now() + 2 * DAY)
    for who in ("emily", "marta", "juliana"):
        assert not any("Ana Ribeiro" in text for text in town.player(who).messages())


def test_a_review_of_ones_manager_follows_to_another_until_something_is_written(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, WITH_UPWARD)
    go(town, REVIEWS_OPEN)
    daniel = town.player("daniel")
    daniel.command("/review")
    daniel.touch("Write", beside="Emily Carter")
    daniel.fill(why="She listens")
    daniel.close()
    rafael, emily = person(town, "rafael").id, person(town, "emily").id
    for who in ("daniel", "ana"):
        change(town, who, manager=rafael)
    assert asked(town, cycle, "emily", "upward-review") == {"daniel"}
    assert "ana" in asked(town, cycle, "rafael", "upward-review")
    change(town, "ana", manager=emily)
    assert asked(town, cycle, "emily", "upward-review") == {"daniel", "ana"}
    assert "ana" not in asked(town, cycle, "rafael", "upward-review")
    change(town, "emily", active=False)
    assert asked(town, cycle, "emily", "upward-review") == set()
    assert "ana" in asked(town, cycle, "rafael", "upward-review")


def test_who_is_taken_out_and_in_again_has_the_same_reviewers(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, COLLEAGUES)
    name(town, "kavya", "jonas", "arjun", "priya")
    go(town, REVIEWS_OPEN)
    kavya = person(town, "kavya")
    town.records(lambda r: take_out(r, r.cycles.get(cycle), kavya.id, "leave", town.now()))
    assert asked(town, cycle, "kavya") == set()
    town.records(lambda r: take_in(r, r.cycles.get(cycle), [kavya], town.now()))
    town.settle()
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "priya"}


def test_a_phase_that_is_moved_keeps_what_was_decided(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, COLLEAGUES)
    name(town, "kavya", "jonas", "arjun", "priya")
    marta, wei = town.player("marta"), town.player("chenwei")
    marta.command("/cycle move")
    later = (REVIEWS_OPEN + 10 * DAY).date()
    marta.fill(phase="peer-review")
    marta.submit()
    marta.fill(first=later, last=later + 7 * DAY)
    marta.submit()
    while marta.window() and "now lasts from" not in marta.window():
        marta.submit()
    go(town, REVIEWS_OPEN + 2 * DAY)
    assert asked(town, cycle, "kavya") == set()
    (task,) = tasks_of(town, "chenwei", "approve")
    assert task.until.date() == later
    wei.command("/review approve")
    wei.touch("全部同意")
    go(town, REVIEWS_OPEN + 10 * DAY)
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "priya"}
