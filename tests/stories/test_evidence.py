"""What somebody saw is saved from a message's menu or written down, stands in the diary, and is no secret from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.exchange import FromMenu, Press
from flows.core.picked import Picked
from flows.core.screen import Act
from tests.messengers.plain import lines
from tests.stories.quarter import ON, go, launch

SAID = "The customer called: the fix of last night works"
SAW = "Stayed calm while three customers shouted, and had a plan within the hour"


def test_a_message_is_saved_for_oneself_and_tied_to_a_goal(quiet_town: Any) -> None:
    town = quiet_town
    lina, priya = town.player("lina"), town.player("priya")
    priya.post("general", SAID)
    lina.pick("Save as evidence", SAID)
    assert f"Priya Nair（#general）：“{SAID}”" in lina.window()
    assert "它会记入当事人的工作记录" in lina.window()
    lina.fill(what="连夜修复")
    assert lina.submit() == {}
    assert "与哪个目标有关？" in lina.window()
    goal = town.records(lambda records: worked_towards(records, "lina")[0])
    lina.fill(goal=str(goal.id))
    assert lina.submit() == {}
    assert lina.submit() == {}
    assert "已记入你的工作记录。" in lina.window()
    lina.touch("全部依据")
    assert SAID in lina.window()
    assert "连夜修复" in lina.window()
    assert goal.title in lina.window()
    priya.command("/evidence list")
    assert SAID not in priya.window()


def test_a_manager_notes_what_they_saw_and_the_employee_sees_it(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "goals")
    town.to(ON)
    wei, kavya, na = town.player("chenwei"), town.player("kavya"), town.player("lina")
    wei.command("/evidence")
    wei.fill(whom=str(person(town, "kavya").id), what=SAW, day="2026-03-20")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "该日期还没有到" in wei.window(), "a day to come is refused, and what was typed stays"
    assert wei.field("what") == SAW
    wei.fill(day="2026-03-02")
    assert wei.submit() == {}
    assert "已记入 Kavya Iyer 的工作记录" in wei.window()
    town.to(town.now() + timedelta(days=3))
    told = [text for text in kavya.messages() if "has noted something that they saw of your work" in text]
    assert told
    assert not any(SAW in text for text in kavya.messages()), "a message holds no contents"
    kavya.command("/evidence list")
    assert SAW in kavya.window()
    assert "Delete" not in kavya.window(), "it is not hers to take away"
    for other in (na, town.player("priya"), town.player("marta")):
        other.command("/evidence list")
        assert SAW not in other.window()
    go(town, ON + timedelta(days=26))
    wei.close()
    wei.command("/score kavya@example.com")
    wei.touch("打开工作记录")
    assert "的观察" in wei.window()
    assert SAW in wei.window()


def test_the_line_reads_it_and_the_writer_takes_it_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    wei = town.player("chenwei")
    note(town, "chenwei", "kavya", SAW)
    kavya = person(town, "kavya")
    above = town.records(lambda records: records.people.get(records.people.line_of(kavya.id)[1]))
    boss = town.player(above.email.partition("@")[0])
    reply = town.receive(boss.person.account, press("see", "evidence-list", str(kavya.id)))
    assert SAW in said_in(reply)
    for name in ("priya", "marta", "rahul"):
        reply = town.receive(town.player(name).person.account, press("see", "evidence-list", str(kavya.id)))
        assert SAW not in said_in(reply)
    wei.command("/evidence list")
    writer = wei.person.id
    number = town.records(lambda records: records.evidence.by(writer)[0].id)
    refused = town.receive(
        town.player("kavya").person.account, press("do", "evidence-take-back", str(number))
    )
    assert "There is nothing here for you" in said_in(refused)
    wei.touch("删除")
    assert SAW not in wei.window()
    assert town.records(lambda records: records.evidence.about(kavya.id, date(2020, 1, 1))) == []


@pytest.mark.parametrize("place", ["direct", "private"])
@pytest.mark.parametrize("own", [True, False])
def test_somebody_elses_private_message_is_not_copied_and_nothing_is_lost(
    bare_quiet_town: Any, place: str, own: bool
) -> None:
    town = bare_quiet_town
    lina = town.player("lina")
    author = "U0LINA" if own else "U0PRIYA"
    message = Picked(author, "x", SAID, place, "", "https://acme.slack.com/archives/D1/p1", town.now())  # type: ignore[arg-type]
    lina._take(FromMenu("evidence", message))
    assert (SAID in lina.window()) is own
    assert ("不会被复制" in lina.window()) is not own
    clipped = town.records(lambda records: records.evidence.clipping(1))
    assert (clipped.text, clipped.link) == ((SAID, message.link) if own else ("", ""))
    if not own:
        assert "what" in lina.submit(), "one's own words are asked for then"
        lina.fill(what="客户表示满意", day="2026-03-01")
        for _ in range(3):
            assert lina.submit() == {}
        whom, ever = lina.person.id, date(2020, 1, 1)
        kept = town.records(lambda records: records.evidence.about(whom, ever))
        assert [(one.text, one.quote) for one in kept] == [("客户表示满意", "")]


def test_what_somebody_took_up_is_nobody_elses_and_is_forgotten_after_a_week(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    lina, priya = town.player("lina"), town.player("priya")
    priya.post("general", SAID)
    lina.pick("Save as evidence", SAID)
    for subject in ("message/1", "message/99", "message/x", "message/"):
        reply = town.receive(priya.person.account, press("open", "evidence", subject))
        assert "There is nothing here for you" in said_in(reply)
    later = town.now() + timedelta(days=8)
    town.records(lambda records: records.prune(later))
    assert town.records(lambda records: records.evidence.clipping(1)) is None


def test_an_entry_or_a_message_that_is_not_known_is_a_clear_no(bare_quiet_town: Any) -> None:
    lina = bare_quiet_town.player("lina")
    for what in (FromMenu("evidence", None), FromMenu("drop table", None)):
        lina._take(what)
        assert "无法读取这条消息" in lina.aside()
        assert lina.window() == ""


def worked_towards(records: Any, name: str) -> Any:
    return records.goals.worked_towards([records.people.by_email(f"{name}@example.com").id])


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def note(town: Any, by: str, about: str, what: str) -> None:
    """Write an observation down, without a goal."""
    player = town.player(by)
    player.command("/evidence")
    player.fill(whom=str(person(town, about).id), what=what, day="2026-03-01")
    assert player.submit() == {}
    assert "已记入" in player.window()
    player.close()


def press(verb: str, *about: str) -> Any:
    return Press(Act(verb, about), "message")


def said_in(reply: Any) -> str:
    """All that a reply shows."""
    what = reply.what
    if hasattr(what, "words"):
        return str(what.words.say("en"))
    return "\n".join(lines(what.screen.body, "en"))
