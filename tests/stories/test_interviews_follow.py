"""What changes after times were proposed or set: the phase's dates, a zone, a calendar, and the manager back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.exchange import Press
from flows.core.screen import Act
from flows.cycle.people.changes import person_changed
from flows.cycle.people.leaves import leave_changed
from tests.stories.releasing import person
from tests.stories.test_interviews import EVENING, calendars, opened, talk, task

DAY = timedelta(days=1)


def change(town: Any, name: str, **to: Any) -> None:
    """What the directory tells of somebody."""

    def work(records: Any) -> None:
        before = records.people.by_email(f"{name}@example.com")
        person_changed(records, before, records.people.save(replace(before, **to)), town.now())

    town.records(work)
    town.settle()


def taken(town: Any, name: str) -> Any:
    player = town.player(name)
    player.command("/interview pick")
    player.touch("选这个时间")
    return player


def test_when_hr_moves_the_phase_the_days_for_a_talk_follow(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, marta = taken(town, "lina"), town.player("marta")
    booked, before = talk(town, cycle, "lina"), talk(town, cycle, "wangqiang")
    assert booked.state == "booked"
    marta.command("/cycle move")
    marta.fill(phase="talks")
    marta.submit()
    marta.fill(last="2026-04-24")
    assert marta.submit() == {}
    assert marta.submit() == {}
    town.to(town.now() + timedelta(minutes=2))
    after = talk(town, cycle, "wangqiang")
    assert after.until.date() == date(2026, 4, 24)
    assert (after.slots, after.changed_at) == (before.slots, before.changed_at)
    assert task(town, cycle, "wangqiang", "wangqiang").until > datetime(2026, 4, 24, tzinfo=UTC)
    assert talk(town, cycle, "lina").time == booked.time, "what is set stays"
    lina.command("/interview pick")
    lina.touch("改期")
    lina.fill(when="2026-04-22 10:00")
    assert lina.submit() == {}


def test_a_move_to_where_it_would_be_night_takes_the_time_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = taken(town, "lina")
    asked = task(town, cycle, "wangqiang", "wangqiang")
    change(town, "lina", zone="America/New_York")
    after = talk(town, cycle, "lina")
    assert (after.state, after.turn) == ("proposed", person(town, "lina").id)
    for name in ("lina", "wangqiang"):
        change(town, name, zone="America/New_York")
        found = talk(town, cycle, name)
        hours = [starts.astimezone(tz_of(town, name)).hour for starts, _ in found.slots]
        assert hours, name
        assert all(6 <= hour <= 21 for hour in hours), (name, hours)
    now = task(town, cycle, "wangqiang", "wangqiang")
    assert (now.opens_at, now.due_at) == (asked.opens_at, asked.due_at)
    town.to(EVENING + 2 * DAY)
    assert calendars(lina)[-1][0] == "CANCEL"
    assert any("原时间已不在双方的工作时间内" in text for text in lina.messages())


def test_a_move_by_an_hour_leaves_the_time(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = taken(town, "lina")
    before = talk(town, cycle, "lina")
    change(town, "lina", zone="Asia/Tokyo")
    after = talk(town, cycle, "lina")
    assert (after.time, after.sequence) == (before.time, before.sequence)
    assert after.until == before.until - timedelta(hours=1), "the end of the last day, by her own clock"
    lina.command("/interview")
    lina.touch("打开")
    assert "(Asia/Tokyo) · 陈伟" in lina.window()


def test_a_calendar_that_fills_up_meanwhile_is_looked_at_when_a_time_is_taken(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    first = talk(town, cycle, "lina").slots[0]
    lina = town.player("lina")
    lina.command("/interview pick")
    chenwei = person(town, "chenwei").id
    town.records(lambda records: records.calendars.set_busy(chenwei, [first]))
    act = Act(
        "do", ("interview-pick", str(talk(town, cycle, "lina").id), str(int(first[0].timestamp()) // 60))
    )
    lina._take(Press(act, "message"))
    found = talk(town, cycle, "lina")
    assert found.state == "proposed"
    assert len(found.slots) == 3
    assert first not in found.slots


def test_the_manager_who_is_back_reminds_again(bare_quiet_town: Any) -> None:
    """Each pair has a number of its own for calendars and reminders, also when it is the same pair once more."""
    town = bare_quiet_town
    cycle = opened(town)
    lina = taken(town, "lina")
    manager = person(town, "chenwei").id
    change(town, "lina", manager=person(town, "anna").id)
    town.to(town.now() + timedelta(minutes=5))
    change(town, "lina", manager=manager)
    lina.command("/interview pick")
    lina.touch("选这个时间")
    found = talk(town, cycle, "lina")
    assert (found.manager, found.sequence) == (manager, 1)
    town.to(found.starts_at - timedelta(minutes=14))
    for name in ("lina", "chenwei"):
        texts = town.player(name).messages()
        assert len([text for text in texts if "面谈即将开始" in text]) == 1, name


def test_a_day_off_at_the_end_of_the_phase_does_not_give_the_talk_away(bare_quiet_town: Any) -> None:
    """A talk that is late is held within a week: the manager is looked for in that week, not on that one day."""
    town = bare_quiet_town
    cycle = opened(town)
    town.to(datetime(2026, 4, 7, 2, tzinfo=UTC))  # Tuesday, two days after the phase
    today = date(2026, 4, 7)

    def work(records: Any) -> None:
        who = records.people.by_email("chenwei@example.com")
        leave_changed(records, records.people.save(replace(who, away=((today, today),))), town.now())

    town.records(work)
    town.settle()
    assert talk(town, cycle, "lina").manager == person(town, "chenwei").id


def test_times_that_are_over_by_now_are_not_offered_any_more(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    slots = talk(town, cycle, "lina").slots
    town.to(min(slots)[0] + timedelta(minutes=1))
    lina = town.player("lina")
    lina.command("/interview pick")
    assert lina.window().count("（周") == 2
    town.to(max(slots)[1])
    lina.command("/interview pick")
    assert "之前推荐的时间已过" in lina.window()
    assert "（周" not in lina.window()
    lina.touch("换一批时间")
    assert lina.window().count("（周") == 3


def tz_of(town: Any, name: str) -> Any:
    return ZoneInfo(person(town, name).zone)
