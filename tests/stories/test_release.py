"""HR releases a cycle's results: managers first, then everybody in their own morning; nothing changes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.exchange import Press
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.people.changes import person_changed
from flows.cycle.template import Review
from flows.results.records import Session
from tests.stories.quarter import go
from tests.stories.releasing import (
    OPENS,
    OVER,
    RELEASED,
    launched,
    person,
    rate,
    ready,
    release,
    task,
)
from tests.stories.reviewing import HELPS, KEEP, READY, RISK, write

COLLEAGUES = ("wangqiang", "zhangmin", "jonas")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHANGHAI, BERLIN, SAO_PAULO = (OPENS + hours * HOUR for hours in (1, 8, 12))  # nine in the morning
NOT_YET = ("no result of yours to read yet", "目前还没有可以查看的结果")
CONTENTS = ("Outstanding", "卓越", "66.67", "Below", "待改进", "Good", "良好", "Keep", "Written about")


def has_result(town: Any, name: str) -> bool:
    """Whether the person finds a result of theirs."""
    player = town.player(name)
    player.command("/result")
    return not any(words in player.window() for words in NOT_YET)


def told(town: Any, name: str) -> list[str]:
    """The messages that say that a result is there."""
    words = ("our result of Q1 is there", "Q1的结果已发布")
    return [text for text in town.player(name).messages() if any(one in text for one in words)]


def audited(town: Any, action: str) -> list[Any]:
    return town.records(lambda records: records.audit.latest(action, OVER - 30 * DAY))  # type: ignore[no-any-return]


def test_managers_look_first_and_everybody_in_the_morning_of_their_own_zone(quiet_town: Any) -> None:
    cycle = ready(quiet_town, lina=COLLEAGUES, kavya=COLLEAGUES[:2])
    marta = quiet_town.player("marta")
    marta.command("/cycle release")
    look = marta.window()
    assert "Results to be opened: 20 people" in look
    assert "Managers look: as soon as it is released" in look
    assert "from their own morning of Wednesday 18 March" in look
    release(quiet_town)
    assert "The results of Q1 are being opened: 20 people" in marta.window()
    assert "The results of Q1 are released" in marta.messages()[-1]

    chenwei = quiet_town.player("chenwei")
    quiet_town.to(OVER + DAY)
    assert "Q1的团队结果已发布给你" in chenwei.messages()[-1]
    chenwei.press("查看")
    assert "李娜" in chenwei.window()
    assert "A · 卓越 · 90" in chenwei.window()
    assert task(quiet_town, cycle, "chenwei", "team").state == "done"
    assert "团队结果 · Q1：已查看。" in chenwei.messages()[-1]
    assert not has_result(quiet_town, "chenwei"), "a manager's own result opens with everybody's"
    assert not has_result(quiet_town, "lina")

    for morning, name, others in (
        (SHANGHAI, "lina", ("jonas", "ana")), (BERLIN, "jonas", ("ana",)), (SAO_PAULO, "ana", ()),
    ):  # fmt: skip
        quiet_town.to(morning - timedelta(minutes=1))
        assert not has_result(quiet_town, name)
        quiet_town.to(morning + timedelta(minutes=1))
        assert len(told(quiet_town, name)) == 1
        assert not any(told(quiet_town, other) for other in others)
    assert task(quiet_town, cycle, "lina").state == "open"
    lina = quiet_town.player("lina")
    lina.press("查看")
    assert task(quiet_town, cycle, "lina").state == "done"
    assert "你的结果 · Q1：已查看。" in lina.messages()[-1]
    result = lina.window()
    assert "评级: A · 卓越" in result
    assert "得分: 90" in result
    assert "薪酬系数: 1.2" in result
    assert "成果如何？ 100 · 权重 70%" in result
    assert "同事评估: 66.67 · 权重 30%" in result
    assert "此人给你的帮助有多大？ 2.0" in result
    assert all(f"Keep lina {n}" in result for n in range(3))
    assert "如有异议，请在 3月27日（周五） 结束前" in result
    lina.touch("查看", beside="上级评估")
    assert "Written about lina" in lina.window()

    kavya = quiet_town.player("kavya")
    kavya.command("/result")
    assert "Too few have answered: it takes at least 3" in kavya.window()
    assert "Keep kavya" not in kavya.window()
    assert "Review by a colleague: left out · weight 30%" in kavya.window()
    kavya.touch("How was this computed?")
    assert "Versions" in kavya.window()
    for name in ("lina", "jonas", "ana", "kavya", "chenwei", "marta", "liufang"):
        for text in quiet_town.player(name).messages():
            assert not [words for words in CONTENTS if words in text], f"{name} reads contents in a message"


def test_a_weekend_takes_nothing_of_the_managers_lead(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    go(town, OVER + 4 * DAY + 9 * HOUR + HOUR / 2)  # Friday evening in Berlin
    marta = town.player("marta")
    marta.command("/cycle release")
    assert "from their own morning of Wednesday 25 March, 2 working days later" in marta.window()
    release(town)
    for morning, name in ((SHANGHAI, "chenwei"), (BERLIN, "anna")):
        player = town.player(name)
        asked = ("团队结果已发布给你", "results of your people in Q1 are there")
        town.to(morning + 5 * DAY - HOUR)
        assert not any(words in text for text in player.messages() for words in asked)
        town.to(morning + 5 * DAY + HOUR)
        assert any(words in player.messages()[-1] for words in asked)
        assert not has_result(town, "lina")
    town.to(SHANGHAI + 7 * DAY + HOUR)
    assert has_result(town, "lina")


def test_one_person_is_withheld_and_opened_later(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    marta = town.player("marta")
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("lina"), why="A question about her contract")
    assert marta.submit() == {}
    assert "李娜 is withheld" in marta.window()
    marta.command("/cycle release")
    assert "Results to be opened: 19 people" in marta.window()
    assert "Withheld: 1 person" in marta.window()
    marta.touch("Who is withheld")
    assert "A question about her contract" in marta.window()
    release(town)
    chenwei = town.player("chenwei")
    town.to(OVER + DAY)
    chenwei.command("/result team")
    assert "李娜：尚未开放" in chenwei.window()
    assert "contract" not in chenwei.window()
    town.to(SAO_PAULO + HOUR)
    assert not has_result(town, "lina")
    assert not told(town, "lina")
    marta.command("/cycle results")
    assert "李娜 · Engineering (withheld)" in marta.window()
    assert "Withheld: 1 person" in marta.window()
    marta.touch("Who is withheld")
    marta.touch("Open it", beside="李娜")
    assert "their manager can read 李娜's result now" in marta.window().replace("Their", "their")
    assert [line[2] for line in audited(town, "result.lift")] == [{"person": person(town, "lina").id}]
    assert "A · 卓越" not in chenwei.messages()[-1]
    chenwei.command("/result team")
    assert "A · 卓越" in chenwei.window()
    assert not has_result(town, "lina"), "her manager comes first again"
    town.to(SHANGHAI + 4 * DAY + HOUR)
    assert not has_result(town, "lina"), "two working days are two working days"
    town.to(SHANGHAI + 5 * DAY + HOUR)
    assert len(told(town, "lina")) == 1
    assert has_result(town, "lina")
    assert task(town, cycle, "lina").state == "done"


def test_what_somebody_could_read_already_is_not_taken_away(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    marta = release(town)
    town.to(SHANGHAI + HOUR)
    liufang = town.player("liufang")
    liufang.command("/cycle withhold")
    assert "自 3月16日（周一）17:00 起，上级已可查看" in liufang.window()
    assert "这份结果可能已被看过" in liufang.window()
    for name, no in (("lina", "could read it since"), ("liufang", "is above you")):
        marta.command("/cycle withhold")
        assert "Managers could read the results of their people since Monday 16 March" in marta.window()
        marta.fill(person=town.mention(name), why="Too late")
        marta.submit()
        assert no in marta.window()
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("ana"), why="Still asleep")  # it is nine in the evening in Sao Paulo
    assert marta.submit() == {}
    town.to(SAO_PAULO + HOUR)
    assert not has_result(town, "ana")
    assert not told(town, "ana")


def test_what_stands_in_the_way_is_named_and_nothing_is_opened(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town)
    marta = town.player("marta")
    marta.command("/cycle release")
    assert "reviews are taken until Friday 13 March" in marta.window()
    assert "without a rating (20): " in marta.window()
    assert "calibration" not in marta.window()
    rate(town, cycle, without=("jonas",))
    go(town, OVER)

    open_one = calibrated(town, cycle, "Engineering")
    marta.command("/cycle release")
    assert "calibration is not locked: Engineering" in marta.window()
    assert "without a rating (1): Jonas Weber" in marta.window()
    assert "they will then have no result in this cycle" in marta.window()
    assert "reviews are taken" not in marta.window()
    with pytest.raises(AssertionError, match="there is no 'Release'"):
        marta.touch("Release")
    press_unasked(town, "marta", "release-ask", str(cycle))
    assert town.records(lambda records: records.releases.get(cycle)) is None
    town.records(lambda records: records.sessions.save(replace(open_one, state="locked")))
    marta.command("/cycle withhold")
    assert "Whoever has no rating by the release will have no result in this cycle" in marta.window()
    assert "Managers could read" not in marta.window()
    marta.fill(person=town.mention("jonas"), why="Nobody could judge him")
    assert marta.submit() == {}
    release(town)
    assert "The results of Q1 are released" in marta.messages()[-1]
    marta.command("/cycle release")
    marta.touch("Who is withheld")
    marta.touch("Open it", beside="Jonas Weber")
    assert (
        "nobody had rated them by the release, and afterwards nobody can" in marta.last_aside + marta.window()
    )


def calibrated(town: Any, cycle: int, name: str) -> Any:
    """A calibration session is open."""
    hr = person(town, "marta").id
    session = Session(0, cycle, name, "open", (hr,), hr, town.now())
    return town.records(lambda records: records.sessions.save(session))


def press_unasked(town: Any, name: str, deed: str, *about: str) -> None:
    """Press a button that is not there: an old message, or a forged one."""
    player = town.player(name)
    player._take(Press(Act("do", (deed, *about)), "message"))


def test_two_of_hr_at_once_release_it_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    marta, liufang = town.player("marta"), town.player("liufang")
    marta.command("/cycle release")
    liufang.command("/cycle release")
    marta.touch("Release")
    liufang.touch("发布")
    assert "Marta Klein 正在发布“Q1”的结果，没有重复操作。" in liufang.window()
    town.to(OVER + HOUR)
    press_unasked(town, "liufang", "release-ask", str(cycle))
    assert "Marta Klein 已于 3月16日（周一） 发布“Q1”的结果，没有重复操作。" in liufang.last_aside
    assert len(audited(town, "release.begin")) == len(audited(town, "release.done")) == 1
    assert len([text for text in town.player("chenwei").messages() if "团队结果" in text]) == 1


def hired(town: Any, people: int) -> None:
    """So many more take part, in the team of one's own manager."""

    def hire(records: Any) -> None:
        model = records.people.by_email("kavya@example.com")
        for n in range(people):
            email = f"new{n}@example.com"
            records.people.save(replace(model, id=0, email=email, name=f"New {n}", account=None))

    town.records(hire)


def test_above_fifty_people_a_second_person_approves_it(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    hired(town, 40)
    cycle = ready(town)
    marta, liufang = town.player("marta"), town.player("liufang")
    marta.command("/cycle release")
    marta.touch("Release")
    assert "60 people take part, so a second person approves it. Asked: 刘芳." in marta.window()
    town.settle()
    assert task(town, cycle, "chenwei", "team") is None
    press_unasked(town, "marta", "release-approve", str(cycle))
    assert "somebody else in HR has to approve it" in marta.last_aside
    press_unasked(town, "liufang", "release-ask", str(cycle))
    assert "Marta Klein 已申请发布“Q1”的结果" in liufang.last_aside
    liufang.press("退回")
    town.settle()
    assert "sent the release of Q1 back" in marta.messages()[-1]
    assert "已无需批准" in liufang.messages()[-1]
    assert town.records(lambda records: records.releases.get(cycle)) is None

    marta.command("/cycle release")
    marta.touch("Release")
    town.settle()
    old = liufang.later("批准")
    liufang.press("批准")
    town.to(OVER + HOUR)
    kept = town.records(lambda records: records.releases.get(cycle))
    assert (kept.asked_by, kept.approved_by) == (person(town, "marta").id, person(town, "liufang").id)
    assert "The results of Q1 are released" in marta.messages()[-1]
    old()
    assert "没有重复操作" in liufang.last_aside
    assert len(audited(town, "release.begin")) == 1


def test_nothing_is_written_or_moved_after_the_release(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, lina=COLLEAGUES)
    release(town)
    before = town.records(lambda records: records.ledger.slice(cycle, 0, 1000))
    for name, about in (("chenwei", "lina"), ("wangqiang", "lina")):
        player, phase = town.player(name), "manager-review" if name == "chenwei" else "peers"
        player._take(Press(Act("open", ("review", f"{cycle}/{phase}/{person(town, about).id}")), "message"))
        assert "你写的内容已保留" in player.last_aside, "there is no form any more"
    chenwei = town.player("chenwei")
    chenwei.command('/score lina@example.com C "Too late"')
    assert "Too late" in chenwei.window()
    assert "没有记录" in chenwei.window()
    town.to(SHANGHAI + HOUR)
    assert town.records(lambda records: records.ledger.slice(cycle, 0, 1000)) == before
    assert town.records(lambda records: records.pens.is_sealed(cycle))
    marta = town.player("marta")
    marta.command("/cycle close")
    assert "Q1 is closed" in marta.last_aside
    assert has_result(town, "jonas") is False
    town.to(BERLIN + HOUR)
    assert has_result(town, "jonas"), "what is released stays readable"


def test_a_cycle_is_not_closed_in_the_middle_of_its_release(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    marta = release(town)
    marta.command("/cycle close")
    assert "its results are being released" in marta.last_aside


def test_nobody_of_hr_sees_their_own_or_their_managers_result_early(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    marta = release(town)
    for name in ("marta", "liufang"):
        marta._take(Press(Act("see", ("result", str(cycle), str(person(town, name).id))), "message"))
        assert "There is nothing here for you" in marta.last_aside
    marta.command("/cycle results")
    assert "Marta Klein" not in marta.window()
    assert "刘芳" not in marta.window()
    assert not audited(town, "result.read")
    marta.touch("Open", beside="李娜")
    assert "A · Outstanding" in marta.window()
    assert [line[2] for line in audited(town, "result.read")] == [{"person": person(town, "lina").id}]
    juliana = town.player("juliana")
    juliana.command("/cycle results")
    assert "Ana Ribeiro" in juliana.window()
    assert "李娜" not in juliana.window(), "she looks after Sales alone"
    juliana.command("/cycle release")
    assert "There is nothing here for you" in juliana.last_aside
    for stranger in ("jonas", "rahul", "olivia", "emily"):
        player = town.player(stranger)
        player._take(Press(Act("see", ("result", str(cycle), str(person(town, "lina").id))), "message"))
        assert "There is nothing here for you" in player.last_aside


PRIVATE = replace(
    RELEASED,
    reviews={
        **RELEASED.reviews,
        "peer": Review(
            "peer", Words("Review by a colleague", "同事评估"), (HELPS, KEEP, READY, RISK), anonymous=True,
            private={"ready": "manager", "risk": "hr"},
        ),
    },
)  # fmt: skip


def test_a_private_question_is_read_by_whom_it_is_for(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town, PRIVATE, lina=COLLEAGUES)
    name = person(town, "lina").name
    for author in COLLEAGUES:
        write(town.player(author), name, helps="3", keep="Go on", ready="She is ready", risk="She may leave")
    rate(town, cycle)
    go(town, OVER)
    marta = release(town)
    town.to(SHANGHAI + HOUR)
    it = Press(Act("see", ("result", str(cycle), str(person(town, "lina").id))), "message")
    for reader, ready_shown, risk_shown in (
        ("lina", False, False), ("chenwei", True, False), ("marta", True, True),
    ):  # fmt: skip
        player = town.player(reader)
        player._take(it)
        assert "Go on" in player.window()
        assert ("She is ready" in player.window()) == ready_shown, reader
        assert ("She may leave" in player.window()) == risk_shown, reader
    assert marta.window()


def test_somebody_who_left_is_not_asked_and_hr_still_sees_the_result(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)

    def leave(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com")
        gone = records.people.save(replace(kavya, active=False))
        person_changed(records, kavya, gone, town.now())

    town.records(leave)
    marta = town.player("marta")
    marta.command("/cycle release")
    assert "Taking part: 19 people" in marta.window()
    assert "Of people who have left: 1, for their manager and HR" in marta.window()
    release(town)
    town.to(SAO_PAULO + HOUR)
    assert task(town, cycle, "kavya") is None
    marta.command("/cycle results")
    assert "Have left: 1 person" in marta.window()
    marta.touch("Open", beside="Kavya Iyer")
    assert "C · Below" in marta.window()


def test_who_was_taken_out_has_no_result(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    marta = town.player("marta")
    marta.command("/cycle remove")
    marta.fill(person=town.mention("kavya"))
    assert marta.submit() == {}
    marta.fill(why="She joined too late")
    assert marta.submit() == {}
    assert marta.submit() == {}
    release(town)
    town.to(SAO_PAULO + HOUR)
    assert not has_result(town, "kavya")
    assert not told(town, "kavya")
    hers = (str(cycle), str(person(town, "kavya").id))
    for name in ("kavya", "chenwei", "marta"):
        player = town.player(name)
        for view in ("result", "result-explained"):
            player._take(Press(Act("see", (view, *hers)), "message"))
            assert any(
                words in player.last_aside for words in ("nothing here for you", "这里没有你可以查看的内容")
            ), (name, view)


def test_without_the_key_nothing_is_released(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, lina=COLLEAGUES)
    town.store.keys.destroy(cycle)
    marta = town.player("marta")
    marta.command("/cycle release")
    assert "the bot's key to them is missing" in marta.window()
    press_unasked(town, "marta", "release-ask", str(cycle))
    assert "can't be released yet" in marta.last_aside
    assert town.records(lambda records: records.releases.get(cycle)) is None


def test_what_changes_between_asking_and_opening_calls_the_release_off(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    marta = town.player("marta")
    marta.command("/cycle release")
    marta.touch("Release")
    calibrated(town, cycle, "Sales")
    town.to(OVER + HOUR)
    assert "could not be released: something has changed" in marta.messages()[-1]
    assert town.records(lambda records: records.releases.get(cycle)) is None
    assert task(town, cycle, "chenwei", "team") is None


def test_whoever_moves_to_another_zone_has_their_own_morning_there(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    release(town)
    town.to(OPENS - HOUR)

    def move(records: Any) -> None:
        lina = records.people.by_email("lina@example.com")
        person_changed(records, lina, records.people.save(replace(lina, zone="Europe/Berlin")), town.now())

    town.records(move)
    assert task(town, cycle, "lina").opens_at == BERLIN
    town.to(SHANGHAI + HOUR)
    assert not has_result(town, "lina")
    town.to(BERLIN + HOUR)
    assert has_result(town, "lina")


def test_who_does_not_look_is_reminded_and_only_counted(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    marta = release(town)
    go(town, OPENS + 21 * DAY)
    assert len([text for text in town.player("jonas").messages() if "our result" in text]) > 1
    assert not [text for text in town.player("chenwei").messages() if "Jonas" in text and "结果" in text]
    assert has_result(town, "jonas"), "it stays there to be read"
    marta.command("/cycle results")
    assert "Have looked at theirs: 1 of 20" in marta.window()


def test_a_partner_withholds_whom_they_look_after_and_a_closed_cycle_can_still_be_opened(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    ready(town)
    juliana, marta = town.player("juliana"), town.player("marta")
    juliana.command("/cycle withhold")
    juliana.fill(person=town.mention("lina"), why="Not mine to say")
    juliana.submit()
    assert "you don't look after" in juliana.window()
    juliana.command("/cycle withhold")
    juliana.fill(person=town.mention("ana"), why="A question about a contract")
    assert juliana.submit() == {}
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("ana"), why="Once more")
    marta.submit()
    assert "Ana Ribeiro is withheld already" in marta.window()
    release(town)
    town.to(SAO_PAULO + HOUR)
    marta.command("/cycle close")
    assert not has_result(town, "ana")
    marta.command("/cycle")
    marta.touch("Open", beside="Q1")
    marta.touch("Results")
    marta.touch("Who is withheld")
    marta.touch("Open it", beside="Ana Ribeiro")
    assert "Nobody is written to about a closed cycle" in marta.window()
    town.to(SAO_PAULO + 5 * DAY + HOUR)
    assert has_result(town, "ana")
    assert not told(town, "ana")
