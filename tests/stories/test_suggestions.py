"""The suggestion box: somebody writes without a name, HR answers, and only the author is led to the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.exchange import Press
from flows.core.screen import Act
from tests.messengers.plain import lines

TEXT = "Please let us work four days from home while the street is rebuilt"
MORE = "周五的会议也可以改成线上"
REPLY = "Good idea: from May on, four days are possible"
WEEK = timedelta(days=7)


def suggest(player: Any, text: str, name: str = "without") -> None:
    player.command("/suggest new")
    player.fill(what=text, category="work", name=name)
    assert player.submit() == {}


def test_a_suggestion_is_answered_and_its_author_writes_on(quiet_town: Any) -> None:
    town = quiet_town
    lina, marta, priya = town.player("lina"), town.player("marta"), town.player("priya")
    lina.command("/suggest")
    assert "系统不保存任何作者信息" in lina.window()
    suggest(lina, TEXT)
    assert "已放入意见箱，HR 从下周一起可以看到。" in lina.window()
    marta.command("/suggest box")
    assert TEXT not in marta.window(), "what comes in this week is shown from Monday on"
    before = messages(town)
    town.to(town.now() + WEEK)
    assert "1 new suggestion in the box" in marta.home()
    marta.command("/suggest box")
    marta.touch("Open", beside=TEXT)
    assert "Without a name" in marta.window()
    assert not any(name in marta.window() for name in ("李娜", "lina"))
    marta.touch("in progress")
    assert "It is marked: in progress." in marta.window()
    marta.touch("Answer")
    assert TEXT in marta.window()
    marta.fill(what=REPLY)
    assert marta.submit() == {}
    lina.close()
    assert "你的意见有了答复。" in lina.home()
    lina.press_home("打开", beside="你的意见有了答复。")
    assert REPLY in lina.window()
    lina.touch("继续补充")
    lina.fill(what=MORE)
    assert lina.submit() == {}
    marta.close()
    marta.command("/suggest box")
    assert "answered" in marta.window(), "and nothing tells HR this week that the author was here"
    town.to(town.now() + WEEK)
    marta.command("/suggest box")
    assert "in progress" in marta.window()
    marta.touch("Open", beside=TEXT)
    assert MORE in marta.window()
    for other in (priya, marta):
        other.command("/suggest")
        assert TEXT not in other.window()
    told = [text for texts in messages(town).values() for text in texts]
    assert not any(word in text for text in told for word in (TEXT, REPLY, MORE, "意见箱", "uggestion"))
    assert {name: len(texts) for name, texts in messages(town).items()} == {
        name: len(texts) for name, texts in before.items()
    }, "no message goes to anybody because of it"


def test_who_signs_is_named_and_told(quiet_town: Any) -> None:
    town = quiet_town
    kavya, marta = town.player("kavya"), town.player("marta")
    suggest(kavya, TEXT, name="with")
    town.to(town.now() + WEEK)
    marta.command("/suggest box")
    marta.touch("Open", beside=TEXT)
    assert "Signed by Kavya Iyer" in marta.window()
    marta.touch("Answer")
    marta.fill(what=REPLY)
    assert marta.submit() == {}
    town.to(town.now() + timedelta(days=3))
    told = [text for text in kavya.messages() if "There is an answer to your suggestion." in text]
    assert told
    assert not any(REPLY in text for text in kavya.messages())
    marta.close()
    marta.command("/suggest box")
    marta.touch("Open", beside=TEXT)
    marta.touch("closed")
    kavya.command("/suggest")
    assert "closed" in kavya.window()
    assert REPLY in kavya.window()


def test_only_hr_of_the_whole_company_opens_the_box(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    suggest(town.player("kavya"), TEXT)
    name = town.records(lambda records: records.suggestions.everything()[0].id)
    town.to(town.now() + WEEK)
    for other in ("lina", "chenwei", "juliana", "olivia", "rahul"):
        player = town.player(other)
        for act in (
            Act("see", ("suggestion-box",)),
            Act("see", ("suggestion", name)),
            Act("open", ("suggestion-answer", name)),
            Act("open", ("suggest-more", name)),
            Act("do", ("suggestion-state", name, "closed")),
            Act("do", ("suggestion-category", name, "pay")),
        ):
            assert "There is nothing here for you" in said(town, player, act), (other, act)


def test_the_same_twice_stands_there_once_and_forged_places_lead_nowhere(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    kavya = town.player("kavya")
    suggest(kavya, TEXT)
    kavya.close()
    suggest(kavya, TEXT)
    assert len(town.records(lambda records: records.suggestions.everything())) == 1
    for id_ in ("~checkin~1", "~", "~~", "~suggest-more~x", "~nothing~1"):
        assert "There is nothing here for you" in said(town, kavya, Act("continue", (id_,)))


def test_a_long_text_is_refused_and_stays(bare_quiet_town: Any) -> None:
    lina = bare_quiet_town.player("lina")
    lina.command("/suggest new")
    lina.fill(what="长" * 4000, category="other", name="without")
    assert "3,000" in lina.submit()["what"]
    assert lina.field("what") == "长" * 4000
    lina.fill(what="长" * 3000)
    assert lina.submit() == {}
    assert "已放入意见箱" in lina.window()


def test_a_lost_key_is_said_in_the_box_alone(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta, lina = town.player("marta"), town.player("lina")
    suggest(lina, TEXT)
    (town.store.keys.folder / "suggestions.key").unlink()
    assert marta.home()
    assert "suggestion box" not in marta.home()
    marta.command("/suggest box")
    assert "The suggestion box can't be opened at the moment" in marta.aside()
    lina.close()
    lina.command("/suggest new")
    lina.fill(what=MORE, category="other", name="without")
    lina.submit()
    assert "暂时无法打开意见箱" in lina.window()
    assert MORE in lina.window() or lina.field("what") == MORE, "and nothing that was typed is lost"


def messages(town: Any) -> dict[str, list[str]]:
    return {name: town.player(name).messages() for name in ("lina", "marta", "priya")}


def said(town: Any, player: Any, act: Act) -> str:
    """What a pressed button shows, in English."""
    what = town.receive(player.person.account, Press(act, "message")).what
    if hasattr(what, "words"):
        return str(what.words.say("en"))
    return "\n".join(lines(what.screen.body, "en"))
