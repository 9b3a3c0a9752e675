"""Answering in the chat, one question at a time, the way people write: short, wrong, late, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.stories.conftest import MONDAY_BERLIN
from tests.stories.test_weekly_checkin import goal_keys


def last(player: Any) -> str:
    return str(player.messages()[-1])


def test_a_chinese_colleague_answers_in_the_chat(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    min_ = town.player("zhangmin")
    min_.write("写完了测试用例")
    assert "接下来做什么？" in last(min_)
    min_.write("返回")
    assert "本周完成了什么？" in last(min_)
    assert "目前的回答：写完了测试用例" in last(min_)
    min_.write("写完了全部测试用例")
    min_.write("准备发布")
    min_.write("跳过")
    min_.write("@王强")
    assert "需要申请资源吗" in last(min_)
    min_.write("跳过")
    assert "这一周感觉如何" in last(min_)
    min_.write("不错")
    assert "一对一沟通想聊什么" in last(min_)
    min_.write("停止")
    assert "草稿已保存" in last(min_)
    town.to(MONDAY_BERLIN + timedelta(days=1))
    min_.write("聊聊职业发展")
    assert "都问完了，要提交吗？" in last(min_)
    assert "王强" in last(min_)
    min_.write("提交")
    assert "已提交，谢谢" in last(min_)
    wei = town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="张敏")
    for words in ("写完了全部测试用例", "准备发布", "王强", "不错", "聊聊职业发展"):
        assert words in wei.window()


def test_a_required_question_is_not_skipped(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write("Login page")
    kavya.write("skip")
    assert "This one needs an answer before you go on." in last(kavya)
    assert "What is next?" in last(kavya)
    kavya.write("Release")
    assert "What is in your way?" in last(kavya)


def test_a_number_chooses_and_a_wrong_one_is_asked_again(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    lina = bare_town.player("lina")
    for said in ("重做了页面", "联调", "跳过", "跳过", "跳过"):
        lina.write(said)
    assert "这一周感觉如何" in last(lina)
    lina.write("9")
    assert "请从中选择一项" in last(lina)
    assert "这一周感觉如何" in last(lina)
    lina.write("4")
    lina.write("跳过")
    assert "目标：重做结账页面" in last(lina)
    lina.write("3")  # the third: off track
    lina.write("两成")
    assert "有多大把握" in last(lina)
    lina.write("五")
    lina.write("正常")
    assert "目前的数值（分）？" in last(lina)
    assert "上次：94 分" in last(lina)
    lina.write("八十八")
    assert "偏离目标：重做结账页面" in last(lina)
    assert "需要什么帮助" in last(lina)
    lina.write("多一个人")
    assert "都问完了" in last(lina)
    lina.press("提交")
    wei = bare_town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="李娜")
    assert "状态: 偏离目标\n进度: 20%\n信心: 5/10" in wei.window()
    assert "数值: 88 分" in wei.window()
    assert "多一个人" in wei.window()


def test_begun_in_the_form_and_finished_in_the_chat(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    arjun.press("Write")
    arjun.fill(done="Halved the alerts", next="Recovery drill")
    assert arjun.submit() == {}
    arjun.close()
    arjun.write("hello, can I go on here?")  # a choice waits, so this is no answer to it
    assert "How is it going?" in last(arjun)
    for _ in goal_keys(town, "arjun"):
        arjun.press("On track")
        arjun.write("skip")
    arjun.write("8")  # the last has no number of its own, and is asked for a percentage and how sure he is
    assert "That was all. Send it?" in last(arjun)
    arjun.write("yes")
    assert "Sent. Thank you!" in last(arjun)
    assert "is sent. Thank you!" in arjun.messages()[0]


def test_begun_in_the_chat_and_finished_in_the_form(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Login page")
    kavya.write("Release notes")
    question = len(kavya.messages()) - 1
    kavya.press(kavya.buttons(0)[0], 0)
    assert kavya.field("done") == "Login page"
    assert kavya.field("next") == "Release notes"
    kavya.fill(blockers="No designer")
    assert kavya.submit() == {}
    assert "Sent" in kavya.window()
    assert kavya.buttons(question) == []
    assert "skip" not in kavya.messages()[question]  # it asks for nothing any more
    kavya.write("thanks!")
    assert "What you can do here" in last(kavya)


@pytest.mark.parametrize("word", ["stop", "停止", "cancel"])
def test_stopping_where_nothing_has_begun_begins_nothing(bare_town: Any, word: str) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write(word)
    kavya.command("/checkin")
    assert kavya.field("done") == ""
    assert "What is next?" not in last(kavya)


@pytest.mark.parametrize("word", ["ok", "skip", "好的", "back"])
def test_a_word_of_command_is_not_taken_for_the_first_answer(bare_town: Any, word: str) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write(word)
    assert "What did you finish this week?" in last(kavya)
    kavya.command("/checkin")
    assert kavya.field("done") == ""


def test_help_in_the_middle_asks_again_and_answers_nothing(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write("Login page")
    before = len(kavya.messages())
    kavya.write("help")
    assert len(kavya.messages()) == before + 1
    assert "What is next?" in last(kavya)
    assert "“stop”" in last(kavya)


def test_a_conversation_left_over_from_last_week_is_not_in_the_way(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Login page")
    town.to(MONDAY_BERLIN + timedelta(days=7))
    assert "week 11 is open" in last(kavya)
    kavya.write("Release notes")
    assert "What is next?" in last(kavya)
    kavya.command("/checkin")
    assert kavya.field("done") == "Release notes"


def test_a_week_that_closes_while_it_is_held_in_the_chat_says_so_once(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write("Login page")
    bare_town.to(datetime(2026, 3, 8, 18, 35, tzinfo=UTC))  # Monday 00:05 in Kolkata
    kavya.write("Release notes")
    assert "The check-in of week 10 closed on" in last(kavya)
    kavya.write("hm")
    assert "closed on" not in last(kavya)
    assert "What you can do here" in last(kavya)


def test_a_button_of_the_chat_pressed_late_answers_its_own_question(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    for said in ("Login page", "Release", "skip", "skip", "skip"):
        kavya.write(said)
    good, rough = kavya.later("4 · Good"), kavya.later("1 · Rough")
    good()
    assert "Anything for your 1:1?" in last(kavya)
    good()  # pressed twice
    kavya.write("skip")
    assert "That was all" in last(kavya)
    rough()
    assert "1 · Rough" in last(kavya)
    kavya.press("Send")
    rough()
    assert "sent already" in kavya.aside() + kavya.window()


def test_send_pressed_twice_sends_once(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    for said in ("Login page", "Release", *["skip"] * 5):
        kavya.write(said)
    send = kavya.later("Send")
    send()
    before = kavya.messages()
    send()
    assert len(kavya.messages()) <= len(before) + 1
    whose = kavya.person.id
    kept = bare_town.records(lambda records: records.checkins.latest(whose, 5))
    assert len(kept) == 1
    assert kept[0].edited_at is None


def test_a_text_that_is_too_long_is_kept_and_says_by_how_much(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.write("x" * 4000)
    assert "That is 4,000 characters; this field takes 3,000. Please shorten it by 1,000." in last(kavya)
    kavya.command("/checkin")
    assert kavya.field("done") == "x" * 4000


def test_nobody_in_the_directory_is_found_under_a_wrong_name(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    for said in ("Login page", "Release", "skip", "somebody"):
        kavya.write(said)
    assert "I can't find somebody in the company's directory" in last(kavya)
    kavya.write("arjun@example.com")
    assert "Do you need something" in last(kavya)


def test_editing_in_the_chat_what_was_sent_is_left_to_the_form(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    for said in ("Login page", "Release", *["skip"] * 5, "send"):
        kavya.write(said)
    assert "Sent. Thank you!" in last(kavya)
    kavya.write("I forgot something")
    assert "What you can do here" in last(kavya)
    assert "/checkin" in last(kavya)


def test_a_draft_begun_before_nine_goes_on_in_the_chat(bare_town: Any) -> None:
    bare_town.to(
        datetime(2026, 3, 1, 20, tzinfo=UTC)
    )  # Monday 01:30 in Kolkata: the week has begun, nobody is asked yet
    kavya = bare_town.player("kavya")
    kavya.write("hello there")
    assert "What you can do here" in kavya.messages()[-1]
    kavya.command("/checkin")
    kavya.close()
    kavya.write("Fixed the login page")
    assert "What is next?" in kavya.messages()[-1]
