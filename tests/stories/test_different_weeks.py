"""Weeks that are not like others: holidays, leave, joiners and leavers, another manager, a clock change, an outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.workspace.sample import PEOPLE_CSV
from flows.people.directory import read_people
from tests.stories.conftest import MONDAY_BERLIN, SUNDAY
from tests.stories.test_weekly_checkin import report_as

MONDAY_ALL = datetime(2026, 3, 2, 15, tzinfo=UTC)  # 10:00 in New York: everybody has been asked
FRIDAY_EVENING = datetime(2026, 3, 6, 22, tzinfo=UTC)


def imports(town: Any, **changes: dict[str, str]) -> None:
    """HR imports the company's file again, with some cells changed: `kavya={"manager_email": …}`."""
    lines = PEOPLE_CSV.read_text("utf-8").splitlines()
    header = lines[0].split(",")
    for at, line in enumerate(lines):
        cells = line.split(",")
        for column, value in changes.get(cells[0].partition("@")[0], {}).items():
            cells[header.index(column)] = value
        lines[at] = ",".join(cells)
    file = read_people("\n".join(lines).encode())
    assert not file.problems
    town.records(lambda records: records.people.apply_import(file.rows))


def digests(player: Any, words: str = "Your team's check-ins, week 10") -> list[str]:
    return [text for text in player.messages() if words in text]


@pytest.mark.parametrize(
    ("sunday", "name", "asked_at"),
    [
        ("2026-03-01", "kavya", "2026-03-02T03:30"),
        ("2026-04-05", "jonas", "2026-04-07T07:00"),  # Easter Monday in Germany: Tuesday 09:00 there
        ("2026-04-05", "lina", "2026-04-07T01:00"),  # Qingming in China
        ("2026-04-05", "kavya", "2026-04-06T03:30"),  # a Monday like others in India
        ("2026-03-29", "jonas", "2026-03-30T07:00"),  # the clocks went forward on Sunday: still 09:00 there
        ("2026-03-08", "emily", "2026-03-09T13:00"),  # the same in New York
        ("2026-10-25", "jonas", "2026-10-26T08:00"),  # and back
        ("2026-09-27", "lina", "2026-09-28T01:00"),  # three working days before the National Day week
        ("2026-10-04", "lina", "2026-10-08T01:00"),  # holiday to Wednesday 7 October: Thursday
        ("2026-02-22", "lina", "2026-02-24T01:00"),  # the Spring Festival ends on Monday
    ],
)
def test_the_first_working_day_at_nine(bare_town_at: Any, sunday: str, name: str, asked_at: str) -> None:
    town = bare_town_at(datetime.fromisoformat(f"{sunday}T12:00+00:00"))
    moment = datetime.fromisoformat(f"{asked_at}+00:00")
    town.to(moment - timedelta(seconds=1))
    assert town.player(name).messages() == []
    town.to(moment)
    assert len(town.player(name).messages()) == 1


def test_a_week_that_is_all_holiday_is_skipped(bare_town_at: Any) -> None:
    town = bare_town_at(datetime(2026, 2, 15, 12, tzinfo=UTC))
    town.to(datetime(2026, 2, 22, 12, tzinfo=UTC))
    assert town.player("lina").messages() == []  # the Spring Festival, 15 to 23 February
    assert len([text for text in town.player("kavya").messages() if "week 8" in text]) == 2
    wei = town.player("chenwei")
    wei.command("/checkin team")
    assert "李娜" not in wei.window()
    assert "Kavya Iyer" in wei.window()


def test_the_reminder_of_a_holiday_comes_on_the_last_working_day_before(bare_town_at: Any) -> None:
    town = bare_town_at(datetime(2026, 9, 27, 12, tzinfo=UTC))
    town.to(datetime(2026, 9, 30, 0, 59, tzinfo=UTC))
    assert len(town.player("lina").messages()) == 1
    town.to(datetime(2026, 9, 30, 1, 1, tzinfo=UTC))  # Wednesday 09:00; from Thursday on it is National Day
    assert len(town.player("lina").messages()) == 2
    town.to(datetime(2026, 10, 4, 12, tzinfo=UTC))
    assert len(town.player("lina").messages()) == 2
    assert len(town.player("jonas").messages()) == 2


def test_who_says_they_are_away_is_asked_when_they_are_back(town: Any) -> None:
    jonas = town.player("jonas")
    jonas.command("/perf away")
    jonas.fill(first="2026-03-02", last="2026-03-03")
    assert jonas.submit() == {}
    assert "From Monday 2 March to Tuesday 3 March nothing is asked of you" in jonas.window()
    town.to(datetime(2026, 3, 4, 7, 59, tzinfo=UTC))
    assert jonas.messages() == []
    town.to(datetime(2026, 3, 4, 8, 1, tzinfo=UTC))  # Wednesday 09:01 in Berlin
    assert len(jonas.messages()) == 1
    assert "Write" in jonas.buttons()


def test_days_away_are_understood_in_words_and_the_wrong_way_round_is_refused(bare_town: Any) -> None:
    lina = bare_town.player("lina")
    lina.command("/perf away")
    lina.fill(first="2026-03-05", last="2026-03-04")
    assert lina.submit() == {}
    assert "早于第一天" in lina.window()
    lina.fill(last="2026-03-06")
    assert lina.submit() == {}
    assert "3月5日（周四）" in lina.window()


def test_a_leave_of_the_whole_week_that_is_said_on_sunday_holds(bare_town: Any) -> None:
    kavya = bare_town.player("kavya")
    kavya.command("/perf away")
    kavya.fill(first="2026-03-02", last="2026-03-06")
    kavya.submit()
    bare_town.to(datetime(2026, 3, 8, 20, tzinfo=UTC))
    assert kavya.messages() == []
    wei = bare_town.player("chenwei")
    digest = digests(wei, "团队周报：第 10 周")[0]
    assert "休假: Kavya Iyer" in digest
    assert "Kavya Iyer" not in next(line for line in digest.splitlines() if line.startswith("未提交"))


def test_a_digest_does_not_wait_for_somebody_on_leave(bare_town: Any) -> None:
    daniel = bare_town.player("daniel")
    daniel.command("/perf away")
    daniel.fill(first="2026-03-02", last="2026-03-06")
    daniel.submit()
    bare_town.to(MONDAY_ALL)
    report_as(bare_town, "ana")
    bare_town.to(MONDAY_ALL + timedelta(days=1))  # Monday's message was her own check-in
    assert len(digests(bare_town.player("emily"))) == 1


def test_somebody_on_leave_comes_back_in_the_middle_of_the_week(bare_town_at: Any) -> None:
    town = bare_town_at(SUNDAY - timedelta(days=3))  # before the week is planned
    kavya = town.player("kavya")
    kavya.command("/perf away")
    kavya.fill(first="2026-02-26", last="2026-03-04")
    kavya.submit()
    town.to(datetime(2026, 3, 5, 3, 29, tzinfo=UTC))
    assert kavya.messages() == []
    town.to(datetime(2026, 3, 5, 3, 31, tzinfo=UTC))
    assert len(kavya.messages()) == 1


def test_who_has_no_manager_is_told_that_nobody_reads_it(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    olivia = bare_town.player("olivia")
    olivia.press("Write")
    assert "You have no manager in the directory yet" in olivia.window()
    olivia.fill(done="An audit", next="Another")
    assert olivia.submit() == {}
    assert "Sent." in olivia.window()


def test_a_new_manager_gets_the_digest_and_reads_and_the_old_one_no_longer(town: Any) -> None:
    town.to(MONDAY_ALL)
    report_as(town, "kavya", mood="2", blockers="Waiting for a review")
    wei, priya = town.player("chenwei"), town.player("priya")
    wei.command("/checkin team")
    imports(town, kavya={"manager_email": "priya@example.com"})
    wei.touch("打开", beside="Kavya Iyer")
    assert "没有你可以查看的内容" in wei.window() + wei.aside()
    wei.close()
    wei.command("/checkin team")
    assert "Kavya Iyer" not in wei.window()
    town.to(FRIDAY_EVENING)
    assert "Blocked: Kavya Iyer" in digests(priya)[-1]
    priya.command("/checkin team")
    priya.touch("Open", beside="Kavya Iyer")
    assert "Strained" in priya.window()


def test_whoever_gets_their_first_report_in_the_middle_of_the_week_gets_a_digest(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    report_as(bare_town, "kavya")
    imports(bare_town, kavya={"manager_email": "arjun@example.com"})
    bare_town.to(FRIDAY_EVENING)
    assert len(digests(bare_town.player("arjun"))) == 1


def test_who_leaves_in_the_middle_of_the_week_hears_no_more(town: Any) -> None:
    town.to(MONDAY_ALL)
    kavya = town.player("kavya")
    old = kavya.later("Write")
    town.to(datetime(2026, 3, 4, 6, tzinfo=UTC))
    imports(town, kavya={"left_on": "2026-03-03"})
    old()
    assert "not in perfloop's directory" in kavya.aside() + kavya.window()
    kavya.command("/checkin")
    assert "not in perfloop's directory" in kavya.aside()
    town.to(datetime(2026, 3, 9, 20, tzinfo=UTC))
    assert len(kavya.messages()) == 1
    wei = town.player("chenwei")
    assert "Kavya Iyer" not in digests(wei, "团队周报：第 10 周")[0]


def test_the_bot_was_down_from_sunday_to_wednesday_and_writes_once_in_working_hours(town: Any) -> None:
    town.stop()
    town.to(datetime(2026, 3, 4, 10, tzinfo=UTC))
    town.start()
    jonas, emily = town.player("jonas"), town.player("emily")
    assert len(jonas.messages()) == 1  # 11:00 in Berlin
    assert emily.messages() == []  # 05:00 in New York
    town.to(datetime(2026, 3, 4, 13, 59, tzinfo=UTC))
    assert emily.messages() == []
    town.to(datetime(2026, 3, 4, 14, 1, tzinfo=UTC))
    assert len(emily.messages()) == len(jonas.messages()) == 1
    town.to(datetime(2026, 3, 5, 20, tzinfo=UTC))
    assert len(emily.messages()) == len(jonas.messages()) == 1


def test_a_bot_that_comes_back_after_the_deadline_does_not_ask_for_the_past(bare_town: Any) -> None:
    bare_town.stop()
    bare_town.to(datetime(2026, 3, 7, 10, tzinfo=UTC))
    bare_town.start()
    bare_town.to(datetime(2026, 3, 8, 12, tzinfo=UTC))
    assert bare_town.player("kavya").messages() == []


def test_a_snooze_ends_before_the_deadline(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    assert {"in 1 hour", "tomorrow morning"} <= set(kavya.buttons())
    assert "on Monday" not in kavya.buttons()
    old = kavya.later("tomorrow morning")
    bare_town.to(datetime(2026, 3, 6, 4, tzinfo=UTC))  # Friday 09:30 in Kolkata: the reminder is there
    assert "in 1 hour" in kavya.buttons()
    assert "tomorrow morning" not in kavya.buttons()
    old()
    assert "after the deadline" in kavya.aside() + kavya.window()
    bare_town.to(datetime(2026, 3, 6, 9, 45, tzinfo=UTC))  # 15:15
    kavya.press("in 1 hour")
    assert "after the deadline" in kavya.aside() + kavya.window()
    assert "Write" in kavya.buttons()


def test_a_snooze_of_an_hour_is_kept_to_in_the_evening_too(bare_town: Any) -> None:
    bare_town.to(datetime(2026, 3, 2, 12, 45, tzinfo=UTC))  # 18:15 in Kolkata
    kavya = bare_town.player("kavya")
    kavya.press("in 1 hour")
    bare_town.to(datetime(2026, 3, 2, 13, 46, tzinfo=UTC))
    assert len(kavya.messages()) == 2


def test_a_late_one_is_not_put_off_to_a_day_off(bare_town: Any) -> None:
    bare_town.to(
        datetime(2026, 3, 6, 11, tzinfo=UTC)
    )  # Friday 16:30 in Kolkata: late, the week is still open
    kavya = bare_town.player("kavya")
    assert "late (was due Friday 6 March, 16:00)" in kavya.home()
    with pytest.raises(AssertionError, match="tomorrow morning"):
        kavya.press_home("tomorrow morning")
