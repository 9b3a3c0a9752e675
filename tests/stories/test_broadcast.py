"""HR writes to many: each gets it once, in their language; it can be stopped, corrected and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.stories.conftest import SUNDAY
from tests.stories.test_hr_runs_the_programme import fill_in

EN = "*Hello everyone*\nThe rules are <https://example.com/rules|on this page>:\n- read them\n- ask"
ZH = "*大家好*\n规则见<https://example.com/rules|这个页面>：\n- 请阅读\n- 有问题请提问"
MONDAY_IN_CHINA = datetime(2026, 3, 2, 1, tzinfo=UTC)


def write(player: Any, en: str = EN, zh: str = ZH, **who: Any) -> None:
    """Fill in everything up to the last question."""
    player.command("/broadcast")
    fill_in(player, en=en, zh=zh)
    if "Where does it go?" in player.window() or "发到哪里" in player.window():
        fill_in(player, where="people")
    fill_in(player, audience=who.pop("audience", "everyone"))
    if who:
        fill_in(player, **who)
    fill_in(player)


def confirm(player: Any, when: str = "now", **moment: str) -> None:
    """Say when, and that it is meant."""
    fill_in(player, when=when)
    if moment:
        fill_in(player, **moment)
    name = next(name for name in SURE if has_field(player, name))
    fill_in(player, **{name: "yes"})


SURE = [f"sure_{number}" for number in range(40)]


def has_field(player: Any, name: str) -> bool:
    try:
        player.field(name)
    except (AssertionError, StopIteration):
        return False
    return True


def send(player: Any) -> None:
    assert player.submit() == {}
    assert "It is on its way" in player.window() or "已安排发送" in player.window()


def everyone(town: Any) -> list[Any]:
    people = town.records(lambda records: records.people.active())
    return [town.player(person.email.partition("@")[0]) for person in people]


def copies(town: Any, text: str) -> list[int]:
    """How many messages of each person have that text."""
    return [sum(text in message for message in player.messages()) for player in everyone(town)]


def test_hr_writes_one_looks_at_it_in_both_languages_tries_it_and_sends_it(quiet_town: Any) -> None:
    marta, kavya, lina = (quiet_town.player(name) for name in ("marta", "kavya", "lina"))
    write(marta)
    confirm(marta)
    assert "Look through your answers" in marta.window()
    marta.touch("Preview as people will see it")
    preview = marta.window()
    assert "Hello everyone" in preview
    assert "大家好" in preview
    assert "on this page" in preview
    assert "*" not in preview
    assert "people will get it now, which takes about 1 minute" in preview
    marta.touch("Send me a test")
    assert "Sent to you alone" in marta.window()
    quiet_town.settle()
    english, chinese = marta.messages()[-2:]
    assert "Hello everyone" in english
    assert "大家好" in chinese
    assert "only you got this" in english
    assert kavya.messages() == lina.messages() == []
    marta.close()
    marta.command("/broadcast")
    send(marta)
    quiet_town.settle()
    assert len(kavya.messages()) == len(lina.messages()) == 1
    assert "Hello everyone" in kavya.messages()[0]
    assert "From Marta Klein, HR" in kavya.messages()[0]
    assert "大家好" in lina.messages()[0]
    assert "Hello" not in lina.messages()[0]
    quiet_town.to(SUNDAY + timedelta(minutes=1))
    got = [len(player.messages()) for player in everyone(quiet_town)]
    assert sorted(got) == [*[1] * (len(got) - 1), 4], "Marta has two tests, the card and her own copy"
    card = marta.messages()[-2] if "Broadcast:" in marta.messages()[-2] else marta.messages()[-1]
    assert "Broadcast: Sent" in card


def test_whoever_is_left_out_hears_nothing_and_departments_and_levels_narrow(quiet_town: Any) -> None:
    fang = quiet_town.player("liufang")
    write(fang, audience="departments", departments=["Engineering"], levels=["L3"])
    fang.close()
    fang.command("/broadcast")
    confirm(fang)
    send(fang)
    quiet_town.settle()
    assert len(quiet_town.player("kavya").messages()) == 1
    assert quiet_town.player("chenwei").messages() == []
    assert quiet_town.player("ana").messages() == []


def test_a_text_that_calls_everybody_is_refused_and_kept(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/broadcast")
    marta.fill(en="Hello <!channel>, please read", zh="请看 @here")
    problems = marta.submit()
    assert "<!channel> can't be used here" in problems["en"]
    assert "@here can't be used here" in problems["zh"]
    marta.close()
    marta.command("/broadcast")
    assert marta.field("en") == "Hello <!channel>, please read"
    fill_in(marta, en="Hello all, please read", zh="请看")
    assert "Where does it go?" in marta.window()


def test_one_language_goes_to_everyone_and_it_says_so(bare_quiet_town: Any) -> None:
    marta = bare_quiet_town.player("marta")
    write(marta, zh="")
    fill_in(marta, when="now")
    assert "Only one language is filled in, so everyone gets that one." in marta.window()
    assert "about 1 minute" in marta.window()
    marta.close()
    marta.command("/broadcast")
    fill_in(marta, **{next(name for name in SURE if has_field(marta, name)): "yes"})
    send(marta)
    bare_quiet_town.settle()
    assert "Hello everyone" in bare_quiet_town.player("lina").messages()[0]


def test_nothing_written_and_a_moment_that_is_over_are_refused(bare_quiet_town: Any) -> None:
    marta = bare_quiet_town.player("marta")
    write(marta, en="", zh="")
    confirm(marta, "at", day="2026-03-01", time="09:00")
    assert marta.submit() == {}
    assert "Nothing is written yet" in marta.window()
    marta.touch("Edit", beside="In English")
    fill_in(marta, en="Now there is something")
    assert marta.submit() == {}
    assert "That moment is over" in marta.window()
    assert bare_quiet_town.records(lambda records: records.broadcasts.latest(5)) == []


def test_an_hr_partner_reaches_only_their_departments(quiet_town: Any) -> None:
    juliana = quiet_town.player("juliana")
    juliana.command("/broadcast")
    fill_in(juliana, en="For Sales", zh="")
    assert "Everyone in Sales" in juliana.window()
    assert "channels" not in juliana.window()
    fill_in(juliana, audience="people")
    fill_in(juliana, people=[quiet_town.mention("kavya")])
    fill_in(juliana)
    confirm(juliana)
    assert juliana.submit() == {}
    assert "You look after Sales, and this reaches beyond: Kavya Iyer" in juliana.window()
    assert "Look through your answers" in juliana.window()
    juliana.touch("Edit", beside="Who is meant?")
    fill_in(juliana, audience="everyone")
    if "Is that right?" in juliana.window():
        fill_in(juliana, **{next(name for name in SURE if has_field(juliana, name)): "yes"})
    send(juliana)
    quiet_town.settle()
    assert len(quiet_town.player("ana").messages()) == 1
    assert quiet_town.player("kavya").messages() == []
    kavya = quiet_town.player("kavya")
    kavya.command("/broadcast")
    assert "nothing here for you" in kavya.aside() + kavya.window()


def by_the_clock(town: Any) -> Any:
    """For Monday at nine of everybody's own time."""
    marta = town.player("marta")
    write(marta)
    confirm(marta, "at", day="2026-03-02", time="09:00")
    send(marta)
    marta.close()
    return marta


def test_it_comes_at_nine_of_each_readers_own_time(quiet_town: Any) -> None:
    by_the_clock(quiet_town)
    assert quiet_town.player("lina").messages() == []
    quiet_town.to(MONDAY_IN_CHINA - timedelta(seconds=1))
    assert sum(copies(quiet_town, "大家好")) == 0
    quiet_town.to(MONDAY_IN_CHINA)
    assert len(quiet_town.player("lina").messages()) == 1
    assert quiet_town.player("kavya").messages() == quiet_town.player("emily").messages() == []
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=13))
    assert len(quiet_town.player("kavya").messages()) == len(quiet_town.player("emily").messages()) == 1


def test_paused_in_the_middle_it_waits_and_goes_on_and_each_gets_it_once(quiet_town: Any) -> None:
    marta = by_the_clock(quiet_town)
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=1))
    assert "Still to go: 16 · as each reader's hour comes" in marta.messages()[-1]
    marta.press("Pause")
    assert "Broadcast: Paused" in marta.messages()[-1]
    assert "Sent: 8 of 24" in marta.messages()[-1]
    assert "Still to go: 16 · Paused" in marta.messages()[-1]
    assert marta.buttons() == ["Resume", "Cancel", "Correct", "Recall", "Look"]
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=4))
    quiet_town.restart()
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=5))
    assert len(quiet_town.player("lina").messages()) == 1
    assert quiet_town.player("kavya").messages() == []
    marta.press("Resume")
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=5, minutes=1))
    assert len(quiet_town.player("kavya").messages()) == 1, "her nine o'clock is over"
    assert quiet_town.player("emily").messages() == [], "hers is not"
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=14))
    for name in ("lina", "kavya", "emily", "ana"):
        assert len(quiet_town.player(name).messages()) == 1, name


def test_cancelled_in_the_middle_nobody_else_gets_it(quiet_town: Any) -> None:
    marta = by_the_clock(quiet_town)
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=1))
    marta.press("Cancel")
    assert "Broadcast: Cancelled" in marta.messages()[-1]
    quiet_town.to(MONDAY_IN_CHINA + timedelta(days=2))
    assert len(quiet_town.player("lina").messages()) == 1
    assert quiet_town.player("kavya").messages() == quiet_town.player("emily").messages() == []


def test_a_correction_reaches_who_has_it_and_who_will_get_it(quiet_town: Any) -> None:
    marta = by_the_clock(quiet_town)
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=1))
    marta.press("Correct")
    assert marta.field("en") == EN
    fill_in(marta, en="Corrected hello", zh="更正后的大家好")
    assert "messages that were sent are being edited" in marta.window()
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=14))
    lina, emily = quiet_town.player("lina"), quiet_town.player("emily")
    assert len(lina.messages()) == len(emily.messages()) == 1
    assert "更正后的大家好" in lina.messages()[0]
    assert "已更正" in lina.messages()[0]
    assert "Corrected hello" in emily.messages()[0]


def test_a_recall_takes_it_back_from_everybody(quiet_town: Any) -> None:
    marta = by_the_clock(quiet_town)
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=4))
    assert len(quiet_town.player("lina").messages()) == len(quiet_town.player("kavya").messages()) == 1
    fang = quiet_town.player("liufang")
    fang.command("/broadcast list")
    fang.touch("打开")
    fang.touch("撤回")
    assert "正在从" in fang.window()
    quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=14))
    assert sum(copies(quiet_town, "来自 Marta")) == sum(copies(quiet_town, "From Marta")) == 0
    assert "Broadcast: Recalled" in marta.messages()[-1]
    lines = quiet_town.records(lambda records: records.audit.latest("broadcast.recall", SUNDAY))
    assert len(lines) == 1


def test_who_left_since_gets_none_and_who_joined_gets_none(bare_quiet_town: Any) -> None:
    marta = by_the_clock(bare_quiet_town)
    bare_quiet_town.to(MONDAY_IN_CHINA + timedelta(hours=1))

    def change(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com")
        records.people.save(replace(kavya, active=False))
        new = replace(kavya, id=0, email="noor@example.com", name="Noor", account="U0NOOR", active=True)
        records.people.save(new)

    bare_quiet_town.records(change)
    bare_quiet_town.to(MONDAY_IN_CHINA + timedelta(days=1))
    assert bare_quiet_town.player("noor").messages() == []
    assert bare_quiet_town.records(lambda r: r.messages.states("broadcast/1/")).get("dropped") == 1
    assert "Broadcast: Sent" in marta.messages()[0]


def test_a_channel_gets_both_languages_in_one_post(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/broadcast")
    fill_in(marta, en="Hello channel", zh="频道大家好")
    fill_in(marta, where="channels")
    marta.fill(channels="sales")
    assert "names no channel" in marta.submit()["channels"]
    fill_in(marta, channels=quiet_town.channel("sales"))
    confirm(marta)
    send(marta)
    quiet_town.settle()
    (post,) = quiet_town.posts("sales")
    assert "Hello channel" in post
    assert "频道大家好" in post
