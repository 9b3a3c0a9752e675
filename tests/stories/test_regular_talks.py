"""1:1s and team meetings: an agenda that fills itself, notes for two or for one, and a quiet reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.stories.conftest import MONDAY_BERLIN

DAY = timedelta(days=1)
BLOCKER = "The signing key of the store has expired"
TOPIC = "Whether I may go to the mobile conference"


def checked_in(town: Any, name: str = "kavya") -> Any:
    """Somebody whose check-in has a blocker and a topic for the 1:1."""
    town.to(MONDAY_BERLIN)
    player = town.player(name)
    player.press("Write")
    player.fill(done="Fixed the login page", next="The release", blockers=BLOCKER, one_on_one=TOPIC)
    assert player.submit() == {}
    return player


def rhythm(
    player: Any, whom: str, every: str = "biweekly", on: str = "2026-03-10", label: str = "设定频率"
) -> None:
    player.command(f"/1on1 {whom}")
    player.touch(label)
    player.fill(every=every, first=on)
    assert player.submit() == {}
    player.close()


def test_the_agenda_fills_itself_and_both_sides_see_the_same(town: Any) -> None:
    kavya, wei = checked_in(town), town.player("chenwei")
    for player, title in ((kavya, "1:1 · 陈伟"), (wei, "一对一 · Kavya Iyer")):
        player.command("/1on1 kavya@example.com" if player is wei else "/1on1 chenwei@example.com")
        assert title in player.window()
        assert BLOCKER in player.window()
        assert TOPIC in player.window()
    kavya.touch("Add a point")
    assert "The two of you read this page, and nobody else" in kavya.window()
    kavya.fill(point="My vacation in May")
    assert kavya.submit() == {}
    wei.command("/1on1 kavya@example.com")
    assert "My vacation in May" in wei.window()
    wei.touch("已谈", beside="My vacation in May")
    assert "My vacation in May" not in wei.window()


def test_a_note_is_for_both_or_for_oneself_and_what_follows_is_an_action(town: Any) -> None:
    kavya, wei = checked_in(town), town.player("chenwei")
    wei.command("/1on1 kavya@example.com")
    wei.touch("写记录")
    wei.fill(said="她考虑转做架构", readers="mine")
    assert wei.submit() == {}
    assert wei.submit() == {}  # nothing follows
    assert wei.submit() == {}
    wei.close()
    wei.command("/1on1 kavya@example.com")
    wei.touch("写记录")
    wei.fill(said="同意参加大会", readers="shared")
    assert wei.submit() == {}
    wei.fill(action="Book the conference", who=town.mention("kavya"), due="2026-03-12")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "Kavya Iyer有一项新的行动" in wei.window()
    kavya.command("/1on1 chenwei@example.com")
    assert "同意参加大会" in kavya.window()
    assert "她考虑转做架构" not in kavya.window(), "a note for oneself is one's own"
    assert "Book the conference" in kavya.window()
    anna = town.player("anna")
    anna.command("/1on1 kavya@example.com")
    assert "同意参加大会" not in anna.window() + anna.aside(), "the manager above has no part in it"


def test_who_writes_down_an_action_of_somebody_outside_loses_nothing(town: Any) -> None:
    checked_in(town)
    wei = town.player("chenwei")
    wei.command("/1on1 kavya@example.com")
    wei.touch("写记录")
    wei.fill(said="需要法务帮忙", readers="shared")
    assert wei.submit() == {}
    wei.fill(action="Ask legal", who=town.mention("marta"))
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "只有参加者才能承担该行动" in wei.window()
    wei.command("/1on1 kavya@example.com")
    wei.touch("写记录")
    assert "需要法务帮忙" in wei.window()


def test_after_fourteen_days_without_one_the_manager_is_told_once_and_quietly(quiet_town: Any) -> None:
    town = quiet_town
    wei = town.player("chenwei")
    rhythm(wei, "kavya@example.com", on="2026-03-05")
    town.to(town.now() + 13 * DAY)
    assert not [text for text in wei.messages() if "没有与Kavya Iyer一对一沟通" in text]
    town.to(town.now() + 3 * DAY)
    told = [text for text in wei.messages() if "天没有与Kavya Iyer一对一沟通" in text]
    assert len(told) == 1
    assert town.player("kavya").messages() == [], "it is between the bot and the manager"
    town.to(town.now() + 9 * DAY)
    assert len([text for text in wei.messages() if "没有与Kavya Iyer一对一沟通" in text]) == 1


def test_a_talk_that_was_held_is_not_asked_about(quiet_town: Any) -> None:
    town = quiet_town
    wei = town.player("chenwei")
    rhythm(wei, "kavya@example.com", on="2026-03-05")
    town.to(town.now() + 10 * DAY)
    wei.command("/1on1 kavya@example.com")
    wei.touch("今天已沟通")
    assert "上次 3月11日" in wei.window() or "上次 3月12日" in wei.window()
    assert "下次 3月2" in wei.window()
    wei.touch("今天已沟通")
    town.to(town.now() + 12 * DAY)
    assert wei.messages() == []


def test_leave_a_new_manager_and_no_rhythm_keep_the_reminder_away(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    wei = town.player("chenwei")
    for whom in ("kavya", "jonas", "lena"):
        rhythm(wei, f"{whom}@example.com", on="2026-03-05")

    def changed(records: Any) -> None:
        kavya, jonas = (records.people.by_email(f"{name}@example.com") for name in ("kavya", "jonas"))
        records.people.save(replace(kavya, away=((date(2026, 3, 10), date(2026, 3, 24)),)))
        records.people.save(replace(jonas, manager=records.people.by_email("marta@example.com").id))

    town.records(changed)
    wei.command("/1on1 lena@example.com")
    wei.touch("设定频率")
    wei.fill(every="none")
    assert wei.submit() == {}
    town.to(town.now() + 21 * DAY)
    assert wei.messages() == []
    town.to(town.now() + 5 * DAY)
    assert len([text for text in wei.messages() if "一对一沟通" in text]) == 1, "once her leave is over"


def test_a_rhythm_that_is_set_again_and_somebody_who_is_back_are_remembered(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    wei = town.player("chenwei")
    for whom in ("kavya", "jonas"):
        rhythm(wei, f"{whom}@example.com", on="2026-03-05")
        wei.command(f"/1on1 {whom}@example.com")
        wei.touch("今天已沟通")
    wei.command("/1on1 kavya@example.com")
    wei.touch("设定频率")
    wei.fill(every="none")
    assert wei.submit() == {}
    wei.close()

    def led_by(name: str) -> None:
        def changed(records: Any) -> None:
            jonas = records.people.by_email("jonas@example.com")
            records.people.save(replace(jonas, manager=records.people.by_email(f"{name}@example.com").id))

        town.records(changed)

    led_by("marta")
    town.to(town.now() + 20 * DAY)
    assert wei.messages() == []
    led_by("chenwei")
    rhythm(wei, "kavya@example.com", on="2026-04-10")
    town.to(town.now() + 12 * DAY)
    assert not [text for text in wei.messages() if "没有与Kavya" in text], "a new rhythm has its time first"
    town.to(town.now() + 7 * DAY)
    for name in ("Kavya Iyer", "Jonas Weber"):
        assert len([text for text in wei.messages() if f"没有与{name}一对一沟通" in text]) == 1, name


def test_the_team_reads_points_and_not_what_check_ins_say(town: Any) -> None:
    kavya, wei, jonas = checked_in(town), town.player("chenwei"), town.player("jonas")
    wei.command("/1on1 团队")
    assert BLOCKER in wei.window()
    assert TOPIC not in wei.window(), "what is for the 1:1 is for the 1:1"
    jonas.command("/1on1 team")
    assert "Team meeting · 陈伟" in jonas.window()
    assert BLOCKER not in jonas.window()
    wei.touch("列入议程")
    wei.touch("列入议程")
    jonas.command("/1on1 team")
    assert jonas.window().count(BLOCKER) == 1
    jonas.touch("Add a point")
    jonas.fill(point="Who covers the night of the release?")
    assert jonas.submit() == {}
    kavya.command("/1on1 team")
    assert "Who covers the night of the release?" in kavya.window()
    assert "Set the rhythm" not in kavya.window()


def test_a_list_says_with_whom_one_talks(quiet_town: Any) -> None:
    town = quiet_town
    wei, kavya = town.player("chenwei"), town.player("kavya")
    rhythm(wei, "kavya@example.com")
    kavya.command("/1on1")
    assert "1:1 · 陈伟\nEvery two weeks · next on Tuesday 10 March" in kavya.window()
    assert "Team meeting · 陈伟\nNo rhythm is set yet." in kavya.window()
    kavya.touch("Open", beside="1:1 · 陈伟")
    assert "To talk about" in kavya.window()


def test_what_can_not_be_is_said(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    kavya = town.player("kavya")
    kavya.command("/1on1 jonas@example.com")
    assert "I don't know of a regular talk between you and jonas@example.com." in kavya.aside()
    kavya.command("/1on1 chenwei@example.com")
    kavya.touch("Set the rhythm")
    kavya.fill(every="weekly", first="2026-02-20")
    kavya.submit()
    assert "Friday 20 February is over. Please choose today or a later day." in kavya.window()
