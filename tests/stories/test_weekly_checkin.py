"""A week of check-ins, as an employee, a manager and HR live through it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.stories.conftest import MONDAY_BERLIN

FRIDAY_EVENING = datetime(2026, 3, 6, 21, tzinfo=UTC)


def answer(player: Any, **more: object) -> None:
    """Fill in the form of somebody without goals."""
    player.fill(done="Fixed the login page", next="Write the release notes", **more)
    assert player.submit() == {}


def test_an_employee_answers_from_the_message_in_one_screen(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    assert len(kavya.messages()) == 1
    assert "Your check-in for week 10 is open" in kavya.messages()[0]
    kavya.press("Write")
    assert "Read by 陈伟" in kavya.window()
    answer(kavya, mood="4")
    assert "Sent" in kavya.window()
    assert "is sent. Thank you!" in kavya.messages()[0]
    assert kavya.buttons(0) == []


def test_everyone_is_asked_at_nine_of_their_own_morning(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 1, 0, 30, tzinfo=UTC))  # 09:00 in Shanghai
    assert len(town.player("lina").messages()) == 1
    assert town.player("jonas").messages() == []
    assert town.player("kavya").messages() == []
    town.to(datetime(2026, 3, 2, 3, 29, tzinfo=UTC))
    assert town.player("kavya").messages() == []
    town.to(datetime(2026, 3, 2, 3, 31, tzinfo=UTC))  # 09:00 in Kolkata
    assert len(town.player("kavya").messages()) == 1


def test_who_is_on_leave_or_has_left_is_not_asked(town: Any) -> None:
    town.to(FRIDAY_EVENING)
    assert town.player("lena").messages() == []


def test_an_off_track_goal_asks_what_would_help(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    wang = town.player("wangqiang")
    wang.press("填写")
    wang.fill(done="迁移了一半的表", next="完成迁移")
    assert wang.submit() == {}
    fields = [line for line in wang.window().splitlines() if line.startswith("目标：")]
    assert len(fields) == 3
    wang.fill(**{f"Progress:{n}.health": "on_track" for n in goal_keys(town, "wangqiang")})
    wang.fill(**{f"Progress:{goal_keys(town, 'wangqiang')[1]}.health": "off_track"})
    assert wang.submit() == {}
    assert "需要什么帮助" in wang.window()
    wang.fill(help="需要一名数据库专家")
    assert wang.submit() == {}
    assert "请检查你的回答" in wang.window()
    assert wang.submit() == {}
    assert "已提交" in wang.window()


def test_a_draft_is_kept_and_continued_on_another_device(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    arjun.press("Write")
    arjun.fill(done="Halved the alerts", next="Drill the recovery")
    assert arjun.submit() == {}
    arjun.close()
    town.restart()
    arjun.home()
    arjun.press_home("Continue (2 of 3)")
    assert "2 of 3" in arjun.window()


def test_who_starts_over_gets_an_empty_form(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    arjun.press("Write")
    arjun.fill(done="Halved the alerts", next="Drill the recovery")
    assert arjun.submit() == {}
    arjun.fill(**{f"Progress:{key}.health": "on_track" for key in goal_keys(town, "arjun")})
    assert arjun.submit() == {}
    arjun.touch("Start over")
    assert "1 of 3" in arjun.window()
    assert arjun.field("done") == ""
    arjun.close()
    arjun.command("/checkin")
    assert arjun.field("done") == ""


def test_the_manager_gets_one_digest_when_all_have_answered(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))  # 10:00 in New York
    emily = town.player("emily")
    assert len(emily.messages()) == 1
    for name in ("daniel", "ana"):
        report_as(town, name, blockers="No access to the CRM" if name == "ana" else "")
    assert len(emily.messages()) == 1  # the day's one message was her own check-in
    town.to(datetime(2026, 3, 3, 14, 1, tzinfo=UTC))  # the next morning at nine
    digests = [text for text in emily.messages() if "Your team's check-ins" in text]
    assert len(digests) == 1
    assert "Answered: 2 of 2" in digests[0]
    assert "Blocked: Ana Ribeiro" in digests[0]
    assert "CRM" not in digests[0]


def test_the_digest_comes_on_friday_and_is_refreshed_by_a_late_one(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    report_as(town, "ana")
    emily = town.player("emily")
    town.to(datetime(2026, 3, 6, 20, 59, tzinfo=UTC))
    assert not [text for text in emily.messages() if "Your team's check-ins" in text]
    town.to(datetime(2026, 3, 6, 21, 1, tzinfo=UTC))  # 16:01 in New York
    assert "Not yet: Daniel Brooks" in emily.messages()[-1]
    assert "You still owe" in emily.messages()[-1]  # her own, which has its buttons here and nowhere else
    assert "Write" in emily.buttons()
    assert [emily.buttons(n) for n in range(len(emily.messages()) - 1)] == [[]] * (len(emily.messages()) - 1)
    daniel = town.player("daniel")
    daniel.command("/checkin")
    fill_all(town, daniel, "daniel")
    assert "marked as late" in daniel.window()
    digests = [text for text in emily.messages() if "Your team's check-ins" in text]
    assert len(digests) == 1
    assert "Late: Daniel Brooks" in digests[0]


def test_the_manager_reads_replies_and_grants_and_the_writer_is_told(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    report_as(town, "ana", resource="A licence for the CRM", mood="2")
    emily, ana = town.player("emily"), town.player("ana")
    emily.command("/checkin team")
    emily.touch("Open", beside="Ana Ribeiro")
    assert "A licence for the CRM" in emily.window()
    assert "Strained" in emily.window()
    emily.touch("Reply")
    emily.fill(text="I will call IT today")
    assert emily.submit() == {}
    assert "Emily Carter replied to your check-in." in ana.messages()[-1]
    ana.press("Open")
    assert "I will call IT today" in ana.window()
    emily.close()
    emily.command("/checkin team")
    emily.touch("Open", beside="Ana Ribeiro")
    emily.touch("Grant")
    assert "A licence for the CRM" in emily.window()
    assert emily.submit() == {}
    assert "granted what you asked for" in ana.messages()[-1]


def test_a_manager_further_up_reads_the_report_but_not_the_mood(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    report_as(town, "ana", mood="2")
    rafael = town.player("rafael")
    rafael.command("/perf")
    assert "Strained" not in rafael.window()


def test_snooze_replaces_the_message_and_comes_once(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("tomorrow morning")
    assert "put off until Tuesday 3 March" in kavya.messages()[0]
    assert kavya.buttons(0) == []
    town.to(datetime(2026, 3, 3, 3, 31, tzinfo=UTC))
    assert len(kavya.messages()) == 2
    assert "Write" in kavya.buttons(1)
    assert "see the newer message" in kavya.messages()[0]


def test_skipping_with_a_reason_tells_the_manager(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Skip this one")
    kavya.fill(reason="At a conference all week")
    assert kavya.submit() == {}
    assert "is skipped" in kavya.messages()[0]
    wei = town.player("chenwei")
    wei.command("/checkin team")
    assert "At a conference all week" in wei.window()


def test_the_open_message_says_so_when_it_is_late(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    assert "Please send it by Friday 6 March, 16:00" in kavya.messages()[-1]
    town.to(FRIDAY_EVENING)
    assert (
        "It was due on Friday 6 March, 16:00; you can still send it until Sunday 8 March, 24:00"
        in kavya.messages()[-1]
    )
    assert "Write" in kavya.buttons()


def test_a_closed_week_says_so_and_keeps_what_was_typed(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    town.to(datetime(2026, 3, 8, 18, 31, tzinfo=UTC))
    kavya.fill(done="Too late, but here it is", next="More")
    assert kavya.submit() == {}
    assert "closed on" in kavya.window()
    assert "Too late, but here it is" in kavya.window()


def test_what_was_sent_can_be_changed_until_the_week_closes(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    answer(kavya)
    kavya.close()
    kavya.command("/checkin")
    assert kavya.field("done") == "Fixed the login page"
    kavya.fill(done="Fixed the login and the logout page")
    assert kavya.submit() == {}
    wei = town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "Fixed the login and the logout page" in wei.window()


def test_a_change_after_the_deadline_does_not_make_it_late(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    answer(kavya)
    kavya.close()
    town.to(FRIDAY_EVENING)
    kavya.command("/checkin")
    kavya.fill(done="Fixed the login and the logout page")
    assert kavya.submit() == {}
    assert "Sent. You can change it until Sunday 8 March, 24:00." in kavya.window()


def test_last_weeks_next_stands_beside_this_weeks_done(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    answer(kavya)
    kavya.close()
    town.to(MONDAY_BERLIN + timedelta(days=7))
    kavya.press("Write")
    assert "Last time you planned: Write the release notes" in kavya.window()


def test_hr_sees_counts_by_department_and_nobody_else_does(town: Any) -> None:
    town.to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    report_as(town, "ana", blockers="a secret")
    marta = town.player("marta")
    marta.command("/checkin status")
    assert "Sales: 1 of" in marta.window()
    assert "secret" not in marta.window()
    juliana = town.player("juliana")
    juliana.command("/checkin status")
    assert "Sales: 1 of" in juliana.window()
    assert "Engineering" not in juliana.window()
    kavya = town.player("kavya")
    kavya.command("/checkin status")
    assert "nothing here for you" in kavya.aside()


def test_answering_in_the_chat_one_question_at_a_time(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Fixed the login page")
    assert "What is next?" in kavya.messages()[-1]
    kavya.write("Release notes")
    assert "What is in your way?" in kavya.messages()[-1]
    kavya.write("back")
    assert "Your answer so far: Release notes" in kavya.messages()[-1]
    kavya.write("Release notes and a rest")
    for _ in range(3):
        kavya.write("skip")
    kavya.press("4 · Good")
    kavya.write("skip")
    assert "That was all. Send it?" in kavya.messages()[-1]
    kavya.press("Send")
    assert "Sent. Thank you!" in kavya.messages()[-1]
    wei = town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "Release notes and a rest" in wei.window()


def test_the_chat_and_the_form_share_one_draft(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Fixed the login page")
    kavya.command("/checkin")
    assert kavya.field("done") == "Fixed the login page"
    kavya.close()
    kavya.write("stop")
    assert "your draft is kept" in kavya.messages()[-1]


def goal_keys(town: Any, name: str) -> list[str]:
    store = town.trial.bot.store if hasattr(town, "trial") else town.store
    run = town.in_database if hasattr(town, "in_database") else None

    def keys() -> list[str]:
        with store.work() as records:
            person = records.people.by_email(f"{name}@example.com")
            return [goal.key for goal in records.goals.of_person(person.id)]

    return run(keys) if run else keys()


def fill_all(town: Any, player: Any, name: str, **more: object) -> None:
    """Answer every screen of somebody's check-in, all goals on track, and send it."""
    player.fill(done="Work", next="More work", **more)
    assert player.submit() == {}
    keys = goal_keys(town, name)
    if keys:
        player.fill(**{f"Progress:{key}.health": "on_track" for key in keys})
        assert player.submit() == {}
        assert player.submit() == {}


def report_as(town: Any, name: str, **more: object) -> None:
    player = town.player(name)
    player.press("Write")
    fill_all(town, player, name, **{k: v for k, v in more.items() if v})
    player.close()
