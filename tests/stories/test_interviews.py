"""Once results open, times that suit both are proposed: picked, moved across zones and a clock change, held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.exchange import Press
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.people.changes import person_changed
from flows.cycle.people.leaves import leave_changed
from flows.cycle.template import Phase
from tests.stories.releasing import OPENS, OVER, RELEASED, launched, person, rate, release

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TALKS = Phase("talks", Words("Feedback talks", "绩效面谈"), 14, 21, "interview")
WITH_TALKS = replace(RELEASED, phases=(*RELEASED.phases, TALKS))
EVENING = OPENS + 18 * HOUR  # of the day on which employees look, in Berlin
CONTENTS = ("Outstanding", "卓越", "Below", "待改进", "Good", "良好", "66.67", "Written about")


def opened(town: Any, template: Any = WITH_TALKS) -> int:
    """Results are open to everybody."""
    cycle = launched(town, template)
    rate(town, cycle)
    town.to(OVER)
    release(town)
    town.to(EVENING)
    return cycle


def talk(town: Any, cycle: int, name: str) -> Any:
    who = person(town, name).id
    return town.records(lambda records: records.interviews.find(cycle, who))


def task(town: Any, cycle: int, owner: str, about: str) -> Any:
    ids = [person(town, about).id]
    found = town.records(lambda records: records.tasks.of_about("interview", cycle, "talks", ids))
    return next((one for one in found if one.person == person(town, owner).id), None)


def at(day: int, hour: int) -> str:
    """A moment of that March as the messenger's field gives it."""
    return str(int(datetime(2026, 3, day, hour, tzinfo=UTC).timestamp()))


def calendars(player: Any) -> list[tuple[str, str, str, str]]:
    """(method, when, name, sequence) of every invitation in somebody's chat."""
    return [tuple(lines(content)) for name, content in player.files() if name.endswith(".ics")]  # type: ignore[misc]


def lines(content: bytes) -> Iterator[str]:
    text = content.decode().replace("\r\n ", "")
    for wanted in ("METHOD", "DTSTART;", "UID", "SEQUENCE"):
        found = [line for line in text.splitlines() if line.startswith(wanted)]
        yield found[-1].partition(":")[2]


def test_a_talk_is_picked_and_moved_twice_across_zones_and_a_clock_change(quiet_town: Any) -> None:
    town = quiet_town
    cycle = opened(town)
    jonas, chenwei = town.player("jonas"), town.player("chenwei")
    assert "Times are proposed for your talk with 陈伟 about Q1. Please choose one." in jonas.messages()[-1]
    jonas.command("/interview")
    assert "陈伟 · Q1\nTimes are proposed: please choose one." in jonas.window()
    jonas.touch("Open")
    first = talk(town, cycle, "jonas")
    assert len(first.slots) == 3
    assert "(Europe/Berlin) · for 陈伟 1" in jonas.window()
    assert task(town, cycle, "jonas", "jonas").state == "open"
    jonas.touch("Take this time", beside="Thursday 19 March")
    assert "It is on Thursday 19 March, " in jonas.window()
    assert task(town, cycle, "jonas", "jonas").state == "done"
    chenwei.command("/interview")
    assert "3月19日（周四）\nJonas Weber" in chenwei.window()
    town.to(town.now() + HOUR / 2)
    assert [one[0] for one in calendars(jonas)] == [one[0] for one in calendars(chenwei)] == ["REQUEST"]

    jonas.command("/interview pick")
    jonas.touch("Move it")
    jonas.fill(when=at(31, 8))  # two days after the clocks of Berlin went forward
    assert jonas.submit() == {}
    assert "陈伟 is asked about Tuesday 31 March, 10:00–10:45" in jonas.window()
    assert talk(town, cycle, "jonas").time in first.slots
    assert talk(town, cycle, "jonas").state == "booked", "the old time stays until the other says yes"
    town.to(datetime(2026, 3, 19, 1, 1, tzinfo=UTC))
    assert "Jonas Weber为Q1面谈提议了时间，请确认是否合适。" in chenwei.messages()[-1]
    chenwei.press("选择时间")
    assert "Jonas Weber希望改期" in chenwei.window()
    assert (
        "3月31日（周二）16:00–16:45 (Asia/Shanghai) · Jonas Weber：10:00–10:45 (Europe/Berlin)"
        in chenwei.window()
    )
    chenwei.touch("选这个时间")
    assert "时间：3月31日（周二）16:00–16:45" in chenwei.window()
    assert task(town, cycle, "chenwei", "jonas").state == "done"
    town.to(town.now() + HOUR)
    assert calendars(jonas)[-1][3] == "2"

    chenwei.touch("改期")
    chenwei.fill(when=at(27, 9))  # before the change, on which Berlin is seven hours behind
    assert chenwei.submit() == {}
    assert "已改到 3月27日（周五）17:00–17:45 (Asia/Shanghai) · Jonas Weber：10:00–10:45" in chenwei.window()
    town.to(datetime(2026, 3, 20, 8, 5, tzinfo=UTC))
    assert "Your talk with 陈伟 about Q1 is moved: Friday 27 March, 10:00–10:45" in jonas.messages()[-1]
    for player in (jonas, chenwei):
        sent = calendars(player)
        assert [one[3] for one in sent] == ["1", "2", "3"], "each version is a higher one of the same"
        assert len({one[2] for one in sent}) == 1
    assert calendars(chenwei)[-1][1] == "20260327T170000"

    starts = datetime(2026, 3, 27, 9, tzinfo=UTC)
    before = len(jonas.messages())
    town.to(starts - DAY + timedelta(minutes=1))
    said = "A reminder: your talk with 陈伟 about Q1 is on Friday 27 March, 10:00–10:45"
    assert any(said in text for text in jonas.messages()[before:])
    said = "提醒：你与Jonas Weber的Q1面谈时间为 3月27日（周五）17:00–17:45"
    assert any(said in text for text in chenwei.messages())
    town.to(starts - timedelta(minutes=14))
    assert "begins soon" in jonas.messages()[-1]
    town.to(starts + HOUR)
    assert talk(town, cycle, "jonas").state == "held"
    told = [
        text for text in jonas.messages()[before:] if "begins soon" in text or "A reminder: your talk" in text
    ]
    assert len(told) == 2, "nothing reminds of the times that it had before"
    marta = town.player("marta")
    marta.command("/interview overview")
    assert "held 1" in marta.window()
    assert "Jonas" not in marta.window()
    for name in ("jonas", "chenwei"):
        assert not [t for t in town.player(name).messages() for words in CONTENTS if words in t]


def test_two_can_not_have_the_same_time(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, wangqiang = town.player("lina"), town.player("wangqiang")
    lina.command("/interview pick")
    first = talk(town, cycle, "lina").slots[0]
    taken = talk(town, cycle, "wangqiang")
    town.records(lambda records: records.interviews.save(replace(taken, slots=(first, *taken.slots[1:]))))
    wangqiang.command("/interview pick")
    lina.touch("选这个时间")
    when = f"{first[0].astimezone(tz('Asia/Shanghai')):%H:%M}"
    wangqiang.touch("选这个时间", beside=when)
    assert "陈伟已有另一场面谈" in wangqiang.window()
    assert "以下是其他可选时间" in wangqiang.window()
    anew = talk(town, cycle, "wangqiang")
    assert anew.state == "proposed"
    assert len(anew.slots) == 3
    assert first not in anew.slots
    lina.command("/interview pick")
    assert "时间：" in lina.window()
    assert "选这个时间" not in lina.window()


def test_a_managers_people_get_a_sensible_week(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    team = ("wangqiang", "lina", "zhangmin", "zhaolei", "sunyue", "arjun", "kavya", "jonas", "lena")
    talks = [talk(town, cycle, name) for name in team]
    slots = [slot for one in talks for slot in one.slots]
    assert len(slots) == len(set(slots)) == 27, "each can pick any of theirs"
    days = [one.slots[0][0].date() for one in talks]
    assert max(days.count(day) for day in days) <= 3
    for one in talks:
        for zone in ("Asia/Shanghai", person(town, "jonas").zone if one is talks[7] else "Asia/Shanghai"):
            for starts, ends in one.slots:
                assert starts.astimezone(tz(zone)).hour >= 9
                assert ends.astimezone(tz(zone)).hour <= 17
    chenwei = town.player("chenwei")
    chenwei.command("/interview")
    assert chenwei.window().count("已推荐时间，正在等") == 9


def test_somebody_asks_for_later_and_is_shown_times_then(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, chenwei = town.player("lina"), town.player("chenwei")
    lina.command("/interview pick")
    lina.touch("希望推迟")
    lina.fill(first="2026-03-18", why="家里有事")
    lina.submit()
    assert "请选择之后的日期" in lina.window()
    lina.fill(first="2026-04-20", why="家里有事")
    lina.submit()
    assert "面谈应在 4月5日（周日） 前完成" in lina.window()
    lina.fill(first="2026-03-26", why="家里有事")
    lina.submit()
    assert "将为你推荐 3月26日（周四） 之后的时间" in lina.window()
    assert task(town, cycle, "lina", "lina").state == "done"
    town.to(EVENING + DAY)
    assert any("李娜希望推迟Q1的面谈" in text for text in chenwei.messages())
    assert not any("家里有事" in text for text in chenwei.messages())
    chenwei.command("/interview")
    chenwei.touch("打开", beside="李娜")
    assert "家里有事" in chenwei.window()
    town.to(datetime(2026, 3, 25, 2, tzinfo=UTC))
    found = talk(town, cycle, "lina")
    assert found.state == "proposed"
    assert min(starts for starts, _ in found.slots).astimezone(tz("Asia/Shanghai")).date() == date(
        2026, 3, 26
    )
    assert task(town, cycle, "lina", "lina").state == "open"


def test_a_manager_cancels_with_a_reason_and_may_ask_again(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, chenwei = town.player("lina"), town.player("chenwei")
    lina.command("/interview pick")
    lina.touch("选这个时间")
    chenwei.command("/interview")
    chenwei.touch("打开", beside="李娜")
    chenwei.touch("取消面谈")
    chenwei.fill(why="我们昨天已经谈过")
    assert chenwei.submit() == {}
    assert talk(town, cycle, "lina").state == "cancelled"
    lina.command("/interview")
    lina.touch("打开")
    assert "已取消" in lina.window()
    assert "我们昨天已经谈过" in lina.window()
    town.to(EVENING + DAY)
    assert calendars(lina)[-1][0] == "CANCEL"
    assert any("你与陈伟的Q1面谈已取消" in text for text in lina.messages())
    assert not any("昨天" in text for text in lina.messages())
    assert not any(text.startswith("提醒：你与") for text in lina.messages())
    lina._take(Press(Act("do", ("interview-others", str(talk(town, cycle, "lina").id))), "message"))
    assert talk(town, cycle, "lina").state == "cancelled", "who did not cancel it does not take that back"
    chenwei._take(Press(Act("open", ("interview-propose", str(talk(town, cycle, "lina").id))), "message"))
    chenwei.fill(when="2026-03-30T10:00+08:00")
    assert chenwei.submit() == {}
    lina.command("/interview pick")
    lina.touch("选这个时间")
    assert talk(town, cycle, "lina").state == "booked"


def test_a_talk_that_did_not_take_place_gets_new_times(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, chenwei = town.player("lina"), town.player("chenwei")
    lina.command("/interview pick")
    lina.touch("选这个时间")
    time = talk(town, cycle, "lina").time
    town.to(time[1] + HOUR)
    assert talk(town, cycle, "lina").state == "held"
    chenwei.command("/interview")
    lina.command("/interview")
    lina.touch("打开")
    lina.touch("没有进行")
    found = talk(town, cycle, "lina")
    assert found.state == "missed"
    assert len(found.slots) == 3
    assert "上次未能进行。已推荐时间，请选择一个。" in lina.window()
    lina.touch("选这个时间")
    again = talk(town, cycle, "lina")
    assert again.state == "booked"
    assert again.sequence == 2
    assert again.time != time
    assert task(town, cycle, "lina", "lina").state == "done"


def away(town: Any, name: str, first: date, last: date) -> None:
    def work(records: Any) -> None:
        who = records.people.by_email(f"{name}@example.com")
        leave_changed(records, records.people.save(replace(who, away=((first, last),))), town.now())

    town.records(work)
    town.settle()


def test_a_leave_of_either_takes_the_time_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = town.player("lina")
    lina.command("/interview pick")
    lina.touch("选这个时间")
    day = talk(town, cycle, "lina").starts_at.date()
    away(town, "chenwei", day, day + DAY)
    found = talk(town, cycle, "lina")
    assert found.state == "proposed"
    assert len(found.slots) == 3
    assert not [starts for starts, _ in found.slots if day <= starts.date() <= day + DAY]
    assert task(town, cycle, "lina", "lina").state == "open"
    for name in ("zhangmin", "zhaolei"):
        assert not [s for s, _ in talk(town, cycle, name).slots if day <= s.date() <= day + DAY], name
    town.to(EVENING + DAY)
    assert any("遇到休假，已取消原时间" in text for text in lina.messages())
    assert calendars(lina)[-1][0] == "CANCEL"
    away(town, "chenwei", day, day + DAY)
    assert talk(town, cycle, "lina") == found, "looked at twice, nothing changes"


def test_another_manager_holds_the_talk(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, chenwei, anna = (town.player(name) for name in ("lina", "chenwei", "anna"))
    lina.command("/interview pick")
    lina.touch("选这个时间")
    before = talk(town, cycle, "lina")

    def work(records: Any) -> None:
        who = records.people.by_email("lina@example.com")
        moved = records.people.save(replace(who, manager=records.people.by_email("anna@example.com").id))
        person_changed(records, who, moved, town.now())

    town.records(work)
    town.settle()
    after = talk(town, cycle, "lina")
    assert after.manager == person(town, "anna").id
    assert (after.state, after.sequence) == ("proposed", 0)
    assert after.uid != before.uid
    town.to(EVENING + DAY)
    assert calendars(chenwei)[-1][0] == "CANCEL"
    assert any("You now hold the talk with 李娜 about Q1" in text for text in anna.messages())
    assert any("改由Anna Becker进行" in text for text in lina.messages())
    anna.command("/interview")
    assert "李娜" in anna.window()
    chenwei.command("/interview")
    assert "李娜" not in chenwei.window()
    lina.command("/interview pick")
    lina.touch("选这个时间")
    assert talk(town, cycle, "lina").state == "booked"


def test_who_leaves_has_no_talk(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    town.player("lina").command("/interview pick")
    town.player("lina").touch("选这个时间")

    def work(records: Any) -> None:
        who = records.people.by_email("lina@example.com")
        gone = records.people.save(replace(who, active=False))
        person_changed(records, who, gone, town.now())

    town.records(work)
    town.settle()
    assert talk(town, cycle, "lina").state == "cancelled"
    town.to(EVENING + DAY)
    assert calendars(town.player("chenwei"))[-1][0] == "CANCEL"


def test_who_is_taken_out_has_no_talk_and_gets_times_when_added_again(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina, marta = town.player("lina"), town.player("marta")
    lina.command("/interview pick")
    lina.touch("选这个时间")
    before = talk(town, cycle, "lina")
    marta.command("/cycle remove")
    for answer in ({"person": town.mention("lina")}, {"why": "On a project elsewhere"}):
        marta.fill(**answer)
        assert marta.submit() == {}
    assert marta.submit() == {}
    town.settle()
    assert talk(town, cycle, "lina").state == "cancelled"
    marta.command("/cycle add")
    marta.fill(people=[town.mention("lina")])
    assert marta.submit() == {}
    town.settle()
    after = talk(town, cycle, "lina")
    assert after.state == "proposed"
    assert after.uid != before.uid
    assert task(town, cycle, "lina", "lina").state == "open"


def test_pressed_twice_it_is_done_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = town.player("lina")
    lina.command("/interview pick")
    slot = talk(town, cycle, "lina").slots[0]
    act = Act(
        "do", ("interview-pick", str(talk(town, cycle, "lina").id), str(int(slot[0].timestamp()) // 60))
    )
    for _ in range(2):
        lina._take(Press(act, "message"))
        assert talk(town, cycle, "lina").time == slot
    assert talk(town, cycle, "lina").sequence == 1
    town.to(EVENING + HOUR)
    assert len(calendars(lina)) == 1


def test_a_closed_cycle_arranges_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = town.player("lina")
    lina.command("/interview pick")
    act = Act("do", ("interview-others", str(talk(town, cycle, "lina").id)))

    def work(records: Any) -> None:
        found = records.cycles.get(cycle)
        records.cycles.save(replace(found, state="closed", closed_at=town.now()))

    town.records(work)
    lina._take(Press(act, "message"))
    assert "HR 已关闭本周期" in lina.aside()
    lina.command("/interview")
    lina.touch("打开")
    assert "选这个时间" not in lina.window()


def test_who_is_withheld_is_asked_when_it_opens(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town, WITH_TALKS)
    rate(town, cycle)
    town.to(OVER)
    marta = town.player("marta")
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("lina"), why="A question")
    marta.submit()
    release(town)
    town.to(EVENING)
    assert talk(town, cycle, "lina") is None
    assert talk(town, cycle, "wangqiang") is not None
    marta.command("/cycle results")
    marta.touch("Who is withheld")
    marta.touch("Open it", beside="李娜")
    town.to(EVENING + HOUR)
    lina = town.player("lina")
    lina.command("/interview")
    assert "目前没有需要安排的面谈" in lina.window(), "not before the result is open"
    town.to(EVENING + 7 * DAY)
    lina.command("/interview")
    assert "已推荐时间，请选择一个。" in lina.window()


def test_nobody_else_arranges_it(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    number = str(talk(town, cycle, "lina").id)
    lina, kavya, marta = town.player("lina"), town.player("kavya"), town.player("marta")
    lina.command("/interview pick")
    slot = str(int(talk(town, cycle, "lina").slots[0][0].timestamp()) // 60)
    kavya.command("/interview")
    for who in (kavya, marta):
        who._take(Press(Act("do", ("interview-pick", number, slot)), "message"))
        assert talk(town, cycle, "lina").state == "proposed"
        who._take(Press(Act("open", ("interview-propose", number)), "message"))
        assert "面谈" not in who.window()


def test_the_result_leads_to_the_talk_and_the_home_tab_to_the_choice(quiet_town: Any) -> None:
    town = quiet_town
    opened(town)
    kavya = town.player("kavya")
    assert "Talk with 陈伟 · Q1" in kavya.home()
    kavya.command("/result")
    kavya.touch("Arrange the talk")
    kavya.touch("Open")
    assert "Your talk with 陈伟 · Q1" in kavya.window()
    kavya.touch("Show other times")
    assert kavya.window().count("(Asia/Kolkata)") == 3


def test_before_the_release_there_is_nothing_to_arrange(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launched(town, WITH_TALKS)
    lina = town.player("lina")
    lina.command("/interview")
    assert "目前没有需要安排的面谈" in lina.window()
    lina.command("/interview pick")
    assert "目前没有需要安排的面谈" in lina.aside()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-18 09:00", "That time is over already."),
        ("2026-03-29 02:30", "The clocks go forward that night, and 02:30 does not exist on that day."),
        ("2026-03-28 11:00", "You don't work that day"),
        ("2026-04-03 11:00", "You don't work that day"),  # Good Friday
        ("2026-03-26 17:00", "That is 00:00 for 陈伟"),
        ("2026-03-26 05:00", "That is 05:00 for you"),
        ("2026-04-09 10:00", "too late: the talk should be held by 2026-04-05"),
        ("2026-03-24 10:00", "陈伟 has another interview then."),
        ("2026-03-25 10:00", "陈伟's calendar says that they are busy then."),
        ("gibberish", "Please give a day and a time"),
    ],
)
def test_a_time_that_can_not_be_is_refused_and_nothing_typed_is_lost(
    bare_quiet_town: Any, typed: str, words: str
) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    chenwei = person(town, "chenwei").id
    lina = talk(town, cycle, "lina")
    starts = datetime(2026, 3, 24, 9, 30, tzinfo=UTC)

    def work(records: Any) -> None:
        booked = replace(lina, state="booked", starts_at=starts, ends_at=starts + HOUR, turn=0)
        assert records.interviews.save(booked)
        busy = datetime(2026, 3, 25, 9, tzinfo=UTC)
        records.calendars.set_busy(chenwei, [(busy, busy + HOUR)])

    town.records(work)
    jonas = town.player("jonas")
    jonas.command("/interview pick")
    jonas.touch("Propose another time")
    jonas.fill(when=typed)
    said = jonas.submit()
    assert words in said.get("when", jonas.window())
    found = talk(town, cycle, "jonas")
    assert (found.state, found.turn) == ("proposed", person(town, "jonas").id)
    jonas.fill(when="2026-03-26 10:00")
    assert jonas.submit() == {}
    assert talk(town, cycle, "jonas").turn == chenwei


def tz(name: str) -> ZoneInfo:
    return ZoneInfo(name)
