"""Feedback between two colleagues: asked for or given, read by whom the giver chose, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.exchange import Press
from flows.core.screen import Act
from tests.messengers.plain import lines
from tests.stories.quarter import ON, go, launch

SITUATION = "In the customer review on Tuesday"
BEHAVIOUR = "You answered before the customer had finished, three times"
EFFECT = "They stopped telling us what they need"
WISH = "下次先让客户说完"


def write(player: Any, shared: str = "private") -> None:
    """Fill in what the open form asks."""
    player.fill(shared=shared)
    assert player.submit() == {}
    player.fill(situation=SITUATION, behaviour=BEHAVIOUR, effect=EFFECT, wish=WISH)
    assert player.submit() == {}
    assert player.submit() == {}


def test_feedback_is_given_privately_read_and_thanked_for(quiet_town: Any) -> None:
    town = quiet_town
    priya, kavya = town.player("priya"), town.player("kavya")
    priya.command("/feedback kavya@example.com")
    assert "For Kavya Iyer" in priya.window()
    assert "their manager does only if you choose so below" in priya.window()
    priya.fill(shared="private")
    assert priya.submit() == {}
    assert "Only this person reads it." in priya.window()
    priya.fill(situation=SITUATION, behaviour=BEHAVIOUR, effect=EFFECT, wish=WISH)
    assert priya.submit() == {}
    assert priya.submit() == {}
    assert "Kavya Iyer will see with their next message that you have feedback for them." in priya.window()
    town.to(town.now() + timedelta(days=3))
    told = [text for text in kavya.messages() if "Priya Nair has feedback for you." in text]
    assert told
    assert not any(BEHAVIOUR in text for text in kavya.messages()), "a message holds no contents"
    kavya.command("/feedback list")
    for part in (SITUATION, BEHAVIOUR, EFFECT, WISH):
        assert part in kavya.window()
    for other in ("chenwei", "marta", "lina"):
        player = town.player(other)
        player.command("/feedback list")
        assert BEHAVIOUR not in player.window()
    kavya.touch("Say thanks")
    assert "Thanked for." in kavya.window()
    town.to(town.now() + timedelta(days=3))
    assert any("Kavya Iyer thanks you for your feedback." in text for text in priya.messages())
    priya.close()
    priya.command("/feedback list")
    assert "From you" in priya.window()
    assert BEHAVIOUR in priya.window()


def test_the_manager_reads_it_only_where_the_giver_chose_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "goals")
    town.to(ON)
    priya, wei, kavya = town.player("priya"), town.player("chenwei"), town.player("kavya")
    priya.command("/feedback kavya@example.com")
    write(priya, "shared")
    priya.close()
    priya.command("/feedback lina@example.com")
    write(priya)
    town.to(town.now() + timedelta(days=3))
    assert any("Priya Nair 给了 Kavya Iyer 反馈，并同时给你看。" in text for text in wei.messages())
    wei.command("/feedback list")
    assert wei.window().count(BEHAVIOUR) == 1
    assert "Priya Nair 给 Kavya Iyer · 上级也能看到" in wei.window()
    go(town, ON + timedelta(days=26))
    for name, count in (("kavya", 1), ("lina", 0)):
        wei.close()
        wei.command(f"/score {name}@example.com")
        wei.touch("打开工作记录")
        assert wei.window().count(BEHAVIOUR) == count, name
    cycle = town.records(lambda records: records.cycles.in_state("live")[0].id)
    for name in ("kavya", "lina"):
        player = town.player(name)
        own = Press(Act("see", ("diary", str(cycle), str(player.person.id))), "message")
        assert BEHAVIOUR in "\n".join(lines(town.receive(player.person.account, own).what.screen.body, "en"))
    kavya.command("/feedback list")
    assert "manager reads it, too" in kavya.window()


def test_somebody_asks_and_is_answered_or_not(quiet_town: Any) -> None:
    town = quiet_town
    lina, priya, na = town.player("lina"), town.player("priya"), town.player("kavya")
    lina.command("/feedback ask priya@example.com 周二的发布会，我讲得清楚吗")
    assert "Priya Nair 会在下一次消息中看到你的请求。" in lina.aside()
    lina.command("/feedback ask priya@example.com 周二的发布会，我讲得清楚吗")
    assert "已经向 Priya Nair 发出请求。" in lina.aside()
    lina.command("/feedback ask")
    lina.fill(whom=town.mention("kavya"), what="代码评审是否太慢")
    assert lina.submit() == {}
    town.to(town.now() + timedelta(days=3))
    asked = next(n for n, text in enumerate(priya.messages()) if "李娜 asks you for feedback about:" in text)
    priya.press("Answer", asked)
    assert "They ask you about: 周二的发布会，我讲得清楚吗" in priya.window()
    write(priya)
    na.command("/feedback list")
    na.touch("Not this time")
    assert "李娜 asks you" not in na.window()
    town.to(town.now() + timedelta(days=3))
    assert any("Priya Nair 给了你反馈。" in text for text in lina.messages())
    assert any("Kavya Iyer 这次不便给出你请求的反馈。" in text for text in lina.messages())
    lina.close()
    lina.command("/feedback list")
    assert BEHAVIOUR in lina.window()


def test_what_can_not_be_said_so_is_said_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    priya = town.player("priya")
    for typed in ("kavya@example.com you talk too much", "nobody@example.com", "Kavya talks"):
        priya.command(f"/feedback {typed}")
        assert f"This is what you typed: {typed}" in priya.aside()
    priya.command("/feedback ask nobody@example.com about me")
    assert "This is what you typed: nobody@example.com about me" in priya.aside()
    priya.command("/feedback priya@example.com")
    write(priya)
    assert "Please choose a colleague, not yourself." in priya.window()
    assert BEHAVIOUR in priya.window(), "and nothing that was typed is lost"


def test_nobody_answers_or_thanks_for_somebody_else(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    lina, priya = town.player("lina"), town.player("priya")
    lina.command("/feedback ask priya@example.com 会议主持")
    for act in (
        Act("open", ("feedback", "request/1")),
        Act("do", ("feedback-decline", "1")),
        Act("do", ("feedback-thank", "1")),
        Act("open", ("feedback", "person/99999")),
        Act("open", ("feedback", "person/x")),
    ):
        reply = town.receive(town.player("kavya").person.account, Press(act, "message"))
        assert "There is nothing here for you" in reply.what.words.en, act
    priya.command("/feedback list")
    assert "会议主持" in priya.window()
