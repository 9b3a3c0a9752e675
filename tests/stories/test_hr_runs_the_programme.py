"""HR starts the check-ins, changes, pauses and ends them; nobody hears a word before that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.stories.conftest import MONDAY_BERLIN
from tests.stories.test_weekly_checkin import report_as

MONDAY_ALL = datetime(2026, 3, 2, 15, tzinfo=UTC)  # 10:00 in New York: everybody has been asked
NEXT_MONDAY_ALL = MONDAY_ALL + timedelta(days=7)
FRIDAY_EVENING = datetime(2026, 3, 6, 22, tzinfo=UTC)


def fill_in(player: Any, **answers: object) -> None:
    player.fill(**answers)
    assert player.submit() == {}


def edit(player: Any, question: str, **answers: object) -> None:
    """Press the edit button beside a question of the review, and answer it anew."""
    player.touch("修改" if "请检查" in player.window() else "Edit", beside=question)
    fill_in(player, **answers)


def test_nobody_is_written_to_before_hr_says_so(quiet_town: Any) -> None:
    quiet_town.to(FRIDAY_EVENING)
    for name in ("kavya", "lina", "emily", "marta", "liufang"):
        assert quiet_town.player(name).messages() == []
    marta = quiet_town.player("marta")
    assert "Not running. Nobody is written to." in marta.home()
    kavya = quiet_town.player("kavya")
    kavya.command("/checkin")
    assert "There is no check-in for you at the moment" in kavya.aside()


def test_hr_starts_it_for_everyone_on_the_home_tab(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.home()
    marta.press_home("Start check-ins")
    assert "Look through your answers" in marta.window()
    assert quiet_town.player("kavya").messages() == []
    assert marta.submit() == {}
    assert "Started. 23 people will be asked" in marta.window() or "Started. 24 people" in marta.window()
    assert "Monday 2 March at 09:00" in marta.window()
    assert quiet_town.player("kavya").messages() == []
    quiet_town.to(MONDAY_ALL)
    for name in ("kavya", "lina", "emily", "marta", "liufang", "grace"):
        assert len(quiet_town.player(name).messages()) == 1, name


def test_hr_in_chinese_starts_it_for_some_departments(quiet_town: Any) -> None:
    fang = quiet_town.player("liufang")
    fang.command("/checkin start")
    edit(fang, "邀请谁填写？", audience="departments")
    fill_in(fang, departments=["Sales"])
    assert "请检查你的回答" in fang.window()
    assert fang.submit() == {}
    assert "已启动。将邀请 5 人" in fang.window()
    quiet_town.to(MONDAY_ALL)
    assert len(quiet_town.player("ana").messages()) == 1
    assert quiet_town.player("kavya").messages() == []


def test_hr_starts_it_for_a_few_people_and_leaves_one_out(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/checkin start")
    mention = quiet_town.mention
    edit(marta, "Who is asked?", audience="people")
    fill_in(marta, people=[mention("kavya"), mention("lina"), mention("arjun")])
    edit(marta, "Leave these people out", without=[mention("arjun")])
    assert marta.submit() == {}
    assert "Started. 2 people will be asked" in marta.window()
    quiet_town.to(MONDAY_ALL)
    assert len(quiet_town.player("kavya").messages()) == len(quiet_town.player("lina").messages()) == 1
    assert quiet_town.player("arjun").messages() == quiet_town.player("ana").messages() == []


def test_it_is_not_started_for_nobody(bare_quiet_town: Any) -> None:
    marta = bare_quiet_town.player("marta")
    marta.command("/checkin start")
    mention = bare_quiet_town.mention
    edit(marta, "Who is asked?", audience="people")
    fill_in(marta, people=[mention("kavya")])
    edit(marta, "Leave these people out", without=[mention("kavya")])
    assert marta.submit() == {}
    assert "Nobody would be asked" in marta.window()
    assert "Look through your answers" in marta.window()


def test_a_line_that_is_not_understood_is_named_and_the_text_is_kept(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/checkin start")
    marta.touch("Edit", beside="Your own questions")
    own = "long: What did you learn? | 学到了什么？\nsomething: What is this?"
    marta.fill(own=own)
    problems = marta.submit()
    assert "Line 2" in problems["own"]
    assert "something: What is this?" in problems["own"]
    marta.close()
    marta.command("/checkin start")
    assert marta.field("own") == own


def test_own_questions_are_previewed_asked_and_read(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/checkin start")
    own = (
        "short: What did you learn? | 学到了什么？\nchoice(office, home)?: Where did you work? | 在哪里办公？"
    )
    edit(marta, "Your own questions", own=own)
    marta.touch("Preview as people will see it")
    preview = marta.window()
    assert "Your check-in for week 10 is open." in preview
    assert "Monday 2 March" in preview
    assert "What did you learn?" in preview
    assert "Where did you work? (optional)" in preview
    marta.close()
    assert quiet_town.player("kavya").messages() == []
    marta.command("/checkin start")
    assert marta.submit() == {}
    quiet_town.to(MONDAY_BERLIN)
    lina = quiet_town.player("lina")
    lina.press("填写")
    assert "学到了什么？" in lina.window()
    kavya = quiet_town.player("kavya")
    kavya.press("Write")
    assert kavya.submit().keys() >= {"done", "own_what_did_you_learn_"}
    kavya.fill(
        done="Tests", next="More tests", own_what_did_you_learn_="Patience", own_where_did_you_work_="home"
    )
    assert kavya.submit() == {}
    wei = quiet_town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "学到了什么？\nPatience" in wei.window()
    assert "在哪里办公？\nhome" in wei.window()


def test_the_same_own_question_twice_is_named(bare_quiet_town: Any) -> None:
    marta = bare_quiet_town.player("marta")
    marta.command("/checkin start")
    marta.touch("Edit", beside="Your own questions")
    marta.fill(own="short: What did you learn?\nlong: What did you learn?\nchoice(a, a): Which?")
    assert "Line 2" in marta.submit()["own"]
    marta.fill(own="short: What did you learn?\nchoice(a, a): Which?")
    assert "Line 2" in marta.submit()["own"]


def test_hr_changes_the_questions_in_the_middle_of_the_week(town: Any) -> None:
    town.to(MONDAY_ALL)
    kavya, arjun = town.player("kavya"), town.player("arjun")
    kavya.write("Half an answer")
    arjun.press("Write")
    arjun.fill(done="Before the change", next="n", blockers="A wall")
    arjun.close()
    report_as(town, "ana", blockers="No budget")
    marta = town.player("marta")
    marta.command("/checkin change")
    edit(
        marta,
        "Your own questions",
        own="short: One thing you learned? | 学到的一点？",
        standard=["done", "next", "mood"],
    )
    assert marta.submit() == {}
    assert "Changed." in marta.window()
    for name in ("kavya", "arjun", "ana", "lina"):
        assert len(town.player(name).messages()) == (2 if name == "kavya" else 1)
    kavya.command("/checkin")
    assert kavya.field("done") == "Half an answer"
    assert "One thing you learned?" in kavya.window()
    assert "What is in your way?" not in kavya.window()
    emily = town.player("emily")
    emily.command("/checkin team")
    emily.touch("Open", beside="Ana Ribeiro")
    assert "What is in your way?\nNo budget" in emily.window()


def test_hr_changes_the_time_and_the_next_week_follows_it(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    marta = bare_town.player("marta")
    marta.command("/checkin change")
    edit(
        marta,
        "On which day does it open?",
        weekday="0",
        opens="14:00",
        digest_weekday="3",
        digest="12:00",
        rhythm="weekly",
    )
    assert marta.submit() == {}
    bare_town.to(datetime(2026, 3, 9, 8, 29, tzinfo=UTC))
    assert len(bare_town.player("kavya").messages()) == 2  # the prompt, and Friday's reminder
    bare_town.to(datetime(2026, 3, 9, 8, 31, tzinfo=UTC))  # 14:00 in Kolkata
    assert len(bare_town.player("kavya").messages()) == 3
    emily = bare_town.player("emily")
    before = len([text for text in emily.messages() if "Your team's check-ins, week 11" in text])
    bare_town.to(datetime(2026, 3, 12, 16, 1, tzinfo=UTC))  # Thursday 12:01 in New York
    after = len([text for text in emily.messages() if "Your team's check-ins, week 11" in text])
    assert (before, after) == (0, 1)


def test_a_change_of_the_digest_on_the_eve_moves_the_digest_that_is_waiting(bare_town: Any) -> None:
    bare_town.to(datetime(2026, 3, 8, 12, tzinfo=UTC))  # Sunday: the next round is planned already
    marta = bare_town.player("marta")
    marta.command("/checkin change")
    edit(marta, "On which day does it open?", digest_weekday="3", digest="12:00")
    assert marta.submit() == {}
    bare_town.to(datetime(2026, 3, 12, 16, 1, tzinfo=UTC))  # Thursday 12:01 in New York
    assert "Your team's check-ins, week 11" in bare_town.player("emily").messages()[-1]


def test_another_weekday_does_not_ask_twice_in_one_week(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    marta = bare_town.player("marta")
    marta.command("/checkin change")
    edit(marta, "On which day does it open?", weekday="2")
    assert marta.submit() == {}
    bare_town.to(datetime(2026, 3, 7, 12, tzinfo=UTC))
    assert len(bare_town.player("kavya").messages()) == 2  # the prompt, and Friday's reminder
    report_as(bare_town, "kavya")  # the week that has begun goes on as it was
    bare_town.to(datetime(2026, 3, 11, 3, 31, tzinfo=UTC))  # Wednesday of the next week
    assert "week 11 is open" in bare_town.player("kavya").messages()[-1]


def test_a_pause_silences_what_was_waiting_and_resuming_says_it(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 2, tzinfo=UTC))  # Shanghai has been asked, India and Europe not yet
    town.player("lina").press("明天上午")
    marta = town.player("marta")
    marta.command("/checkin pause")
    assert "Paused: nobody is written to" in marta.aside()
    town.to(datetime(2026, 3, 4, 10, tzinfo=UTC))  # Wednesday
    assert town.player("kavya").messages() == []
    assert len(town.player("lina").messages()) == 1
    kavya = town.player("kavya")
    kavya.command("/checkin")
    assert "paused by HR" in kavya.aside()
    assert "Paused" in marta.home()
    marta.press_home("Resume")
    town.to(datetime(2026, 3, 5, 10, tzinfo=UTC))
    assert len(kavya.messages()) == 1
    assert "Write" in kavya.buttons(0)
    assert len(town.player("lina").messages()) == 2
    assert "提醒" in town.player("lina").messages()[1]


def test_a_pause_over_the_digest_makes_up_for_it_when_it_ends(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    report_as(bare_town, "ana")
    bare_town.player("marta").command("/checkin pause")
    bare_town.to(datetime(2026, 3, 7, 12, tzinfo=UTC))
    emily = bare_town.player("emily")
    assert not [text for text in emily.messages() if "Your team's check-ins" in text]
    bare_town.player("marta").command("/checkin resume")
    bare_town.to(datetime(2026, 3, 8, 20, tzinfo=UTC))
    assert not [text for text in emily.messages() if "Your team's check-ins" in text]  # not on a weekend
    bare_town.to(datetime(2026, 3, 9, 13, 1, tzinfo=UTC))
    assert len([text for text in emily.messages() if "Your team's check-ins, week 10" in text]) == 1


def test_the_end_closes_what_is_open_and_keeps_what_was_written(town: Any) -> None:
    town.to(MONDAY_ALL)
    report_as(town, "ana")
    kavya = town.player("kavya")
    old = kavya.later("Write")
    marta = town.player("marta")
    marta.command("/checkin end")
    assert "Ended." in marta.aside()
    town.to(MONDAY_ALL + timedelta(minutes=1))
    assert kavya.buttons(0) == []
    old()
    assert "HR has ended the check-ins" in kavya.aside() + kavya.window()
    town.to(NEXT_MONDAY_ALL)
    assert len(kavya.messages()) == 1
    ana = town.player("ana")
    ana.home()
    ana.press_home("Open")
    assert "Work" in ana.window()


def test_who_is_hr_for_one_department_does_not_steer(town: Any) -> None:
    juliana = town.player("juliana")
    for command in ("start", "change", "pause", "resume", "end"):
        juliana.command(f"/checkin {command}")
        assert "nothing here for you" in juliana.aside(), command
    assert "Pause" not in juliana.home()
    town.to(MONDAY_ALL)
    assert len(town.player("kavya").messages()) == 1


@pytest.mark.parametrize(
    ("rhythm", "asked_on", "called"),
    [
        ("biweekly", [(3, 2), (3, 16), (3, 30)], "the two weeks from 16 March"),
        ("monthly", [(3, 2), (4, 6), (5, 4)], "April"),
    ],
)
def test_a_slower_rhythm(
    bare_town_at: Any, rhythm: str, asked_on: list[tuple[int, int]], called: str
) -> None:
    town = bare_town_at(datetime(2026, 3, 1, 18, tzinfo=UTC), running_programme=False)
    marta = town.player("marta")
    marta.command("/checkin start")
    edit(marta, "How often?", rhythm=rhythm)
    assert marta.submit() == {}
    kavya = town.player("kavya")
    known = 0
    for month, day in asked_on:
        morning = datetime(2026, month, day, 3, 31, tzinfo=UTC)
        town.to(morning - timedelta(minutes=2))
        assert not [text for text in kavya.messages()[known:] if "is open." in text]
        town.to(morning)
        assert "is open." in kavya.messages()[-1], (month, day)
        known = len(kavya.messages())
        assert "this week" not in kavya.messages()[-1]
        if (month, day) == asked_on[1]:
            assert f"Your check-in for {called} is open." in kavya.messages()[-1]
            kavya.press("Write")
            assert "this week" not in kavya.window()
            kavya.close()


def test_a_pause_does_not_swallow_the_reminder_of_the_last_day(bare_town: Any) -> None:
    bare_town.to(datetime(2026, 3, 3, 9, tzinfo=UTC))
    marta, kavya = bare_town.player("marta"), bare_town.player("kavya")
    marta.command("/checkin pause")
    bare_town.to(datetime(2026, 3, 4, 9, tzinfo=UTC))
    marta.command("/checkin resume")
    bare_town.to(datetime(2026, 3, 5, 23, tzinfo=UTC))
    assert len(kavya.messages()) == 1
    bare_town.to(datetime(2026, 3, 6, 4, tzinfo=UTC))  # Friday 09:30 in Kolkata
    assert "A reminder" in kavya.messages()[-1]
