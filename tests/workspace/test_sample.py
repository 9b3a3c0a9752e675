"""The sample company has every kind of person that the rules must cope with."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import VirtualClock
from bot.workspace.people import id_tail
from bot.workspace.sample import GOALS, PEOPLE_CSV, on_leave, sample_members
from bot.workspace.world import World
from tests.workspace.office import START

COLUMNS = "email,name,manager_email,department,level,title,role,timezone,locale,hired_on,left_on"


def rows() -> list[dict[str, str]]:
    head, *lines = PEOPLE_CSV.read_text("utf-8").splitlines()
    assert head == COLUMNS
    return [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]


def test_it_has_24_people_in_4_departments_with_three_levels_of_managers() -> None:
    people = {row["email"]: row for row in rows()}
    assert len(people) == 24
    assert len({row["department"] for row in people.values()}) == 4
    managers = {row["manager_email"] for row in people.values()} - {""}
    assert managers <= set(people)

    def depth(email: str) -> int:
        above = people[email]["manager_email"]
        return 1 + depth(above) if above else 1

    assert max(depth(email) for email in managers) == 3


def test_it_has_a_large_team_a_person_without_a_manager_and_a_leaver() -> None:
    reports = Counter(row["manager_email"] for row in rows())
    assert max(count for email, count in reports.items() if email) == 9
    assert reports[""] == 2
    assert sum(bool(row["left_on"]) for row in rows()) == 1


def test_it_has_the_roles_zones_and_languages() -> None:
    roles = Counter(row["role"] for row in rows() if row["role"])
    assert roles == {"hr": 2, "hr:Sales": 1, "auditor": 1, "operator": 1}
    zones = {row["timezone"] for row in rows()}
    assert zones == {
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "America/New_York",
        "Asia/Kolkata",
    }
    assert all(ZoneInfo(zone) for zone in zones)
    assert {row["locale"] for row in rows()} == {"en", "zh"}


def test_goals_and_leave_are_of_people_who_are_there() -> None:
    emails = {row["email"] for row in rows()}
    today = date(2026, 11, 20)
    email, first, last = on_leave(today)
    assert email in emails
    assert first < today < last
    assert set(GOALS) <= emails
    assert all(
        2 <= len(goals) <= 3 and all(goal.title.en and goal.title.zh for goal in goals)
        for goals in GOALS.values()
    )
    numbers = [goal for goals in GOALS.values() for goal in goals if goal.target is not None]
    assert len(numbers) >= 10
    assert all(goal.values and goal.unit.en and goal.unit.zh for goal in numbers)


def test_it_makes_a_world_with_a_leaver_and_a_person_on_leave() -> None:
    members = sample_members(date(2026, 11, 20))
    world = World(members, clock=VirtualClock(START, speed=0))
    assert world.user("felix").member.deleted
    assert not sample_members(date(2026, 6, 30))[16].deleted
    assert world.user("lena").member.note == "on leave until 14 Jan"
    assert {one.name for one in world.conversations.values()} >= {"general", "engineering", "sales"}


def test_ids_are_slacks_and_differ() -> None:
    taken: set[str] = set()
    assert [id_tail(name, taken) for name in ("anna", "Anna", "a.n-n_a", "王芳", "")] == [
        "0ANNA000",
        "0ANNA200",
        "0ANNA300",
        "00000000",
        "02000000",
    ]
