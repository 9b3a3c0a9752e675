"""After the result: an agenda for each side, what each says was agreed, how they differ, and who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.exchange import Press
from flows.core.screen import Act
from flows.interviews.changing import booked as set_for
from flows.interviews.changing import change
from flows.interviews.records import Interview
from flows.reviews.records import Review
from tests.stories.quarter import go
from tests.stories.releasing import OPENS, OVER, person, ready, release
from tests.stories.reviewing import has_goal

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COLLEAGUES = ("wangqiang", "zhangmin", "jonas")
TALK = OPENS + DAY + 2 * HOUR  # Thursday 19 March, ten in the morning in Shanghai
CONTENTS = ("发布流程", "SQL", "Lead", "不同意", "卓越", "Written about", "disagree")


def booked(town: Any, cycle: int, name: str, starts: datetime = TALK) -> int:
    """They have a time for their talk."""

    def work(records: Any) -> int:
        whose = records.people.by_email(f"{name}@example.com")
        manager = records.participants.get(cycle, whose.id).manager
        ends, now = starts + timedelta(minutes=45), town.now()
        one = records.interviews.find(cycle, whose.id)
        if one is None:
            new = Interview(
                0, cycle, whose.id, manager, "proposed", 45, ends + 20 * DAY, f"talk-{name}", 0, (), 0,
                None, None, "", now, now,
            )  # fmt: skip
            records.interviews.add([new])
            one = records.interviews.find(cycle, whose.id)
        assert change(records, one, set_for(one, (starts, ends)), now) is not None
        return int(one.id)

    number: int = town.records(work)
    return number


def has_reviewed_themselves(town: Any, cycle: int, name: str, results: str, proud: str) -> None:
    def work(records: Any) -> None:
        whose = records.people.by_email(f"{name}@example.com").id
        answers = {"results": results, "proud": proud, "learned": "To ask early"}
        records.reviews.keep(
            Review(0, cycle, "self-review", "self", whose, whose, None, answers, sent_at=town.now())
        )

    town.records(work)


def says(player: Any, *points: tuple[str, str, str], comment: str = "") -> str:
    """Fill in the form that is open, point by point; what it says in the end."""
    player.fill(anything="points" if points else "nothing", **({"comment": comment} if comment else {}))
    assert player.submit() == {}
    for nth, (what, who, by) in enumerate(points, 1):
        player.fill(
            what=what, who=who, **({"by": by} if by else {}), more="yes" if nth < len(points) else "no"
        )
        assert player.submit() == {}
    if points:
        assert player.submit() == {}
    return str(player.window())


def talked(town: Any, *names: str) -> tuple[int, dict[str, int]]:
    """The results are open, and these people have talked about theirs with their managers."""
    cycle = ready(town, lina=COLLEAGUES)
    for name in names:
        has_reviewed_themselves(town, cycle, name, "3", f"What makes {name} proud")
    release(town)
    go(town, OPENS + 12 * HOUR + HOUR)
    numbers = {name: booked(town, cycle, name) for name in names[:1]}
    for nth, name in enumerate(names[1:], 1):
        numbers[name] = booked(town, cycle, name, TALK + nth * HOUR)
    town.to(TALK + 8 * HOUR)
    return cycle, numbers


def opened(town: Any, name: str, button: str) -> Any:
    """Somebody presses the button of their newest message."""
    player = town.player(name)
    player.press(button)
    return player


def see(town: Any, name: str, view: str, number: int) -> str:
    """What a view shows to somebody who has its address from wherever: nothing, unless it is theirs."""
    player = town.player(name)
    player.close()
    player._take(Press(Act("see", (view, str(number))), "message"))
    return str(player.window() or player.aside())


def actions(town: Any, number: int, state: str = "open") -> list[tuple[str, str, str]]:
    """(who, what, by when) of the actions that came of an interview."""

    def work(records: Any) -> list[tuple[str, str, str]]:
        return [
            (records.people.get(one.person).name, one.text, str(one.due))
            for one in records.actions.of("interview", number)
            if one.state == state
        ]

    return town.records(work)  # type: ignore[no-any-return]


def tasks(town: Any, name: str) -> list[str]:
    whose = person(town, name).id
    kinds = ("interview-agreed", "interview-sign")
    return [
        one.kind for one in town.records(lambda records: records.tasks.open_of(whose)) if one.kind in kinds
    ]


def test_both_say_what_was_agreed_see_how_they_differ_and_sign(quiet_town: Any) -> None:
    town = quiet_town
    _, numbers = talked(town, "lina")
    lina, chenwei = town.player("lina"), town.player("chenwei")
    assert "你已与陈伟就Q1的结果进行面谈。请填写约定的事项" in lina.messages()[-1]
    assert "你已与李娜就Q1的结果进行面谈" in chenwei.messages()[-1]

    opened(town, "lina", "填写约定事项")
    assert "陈伟填写自己认为的约定之后才能看到" in lina.window()
    told = says(
        lina,
        ("负责下一次发布流程", "person", "2026-05-04"),
        ("学习 SQL 课程", "both", ""),
        comment="谈得很好",
    )
    assert "陈伟填写后，你就能看到对方的内容" in told
    assert tasks(town, "lina") == []
    lina.touch("查看双方的内容")
    assert "等待陈伟填写" in lina.window()
    assert "负责下一次发布流程 · 李娜 · 5月4日（周一）前" in lina.window()

    opened(town, "chenwei", "填写约定事项")
    chenwei.close()
    opened(town, "chenwei", "填写约定事项")
    told = says(chenwei, ("负责下一次的发布流程", "person", "2026-06-01"), ("每两周沟通一次", "manager", ""))
    assert "李娜也已填写，请查看双方的内容并签署" in told
    chenwei.touch("查看双方的内容")
    both = chenwei.window()
    assert "谈得很好" in both
    assert "“负责下一次发布流程”：期限不同：李娜写的是5月4日（周一），陈伟写的是6月1日（周一）。" in both
    assert "只有李娜提到“学习 SQL 课程”。" in both
    assert "只有陈伟提到“每两周沟通一次”。" in both
    chenwei.touch("采纳", beside="期限不同")
    assert "期限不同" not in chenwei.window()
    assert chenwei.window().count("5月4日（周一）前") == 2

    town.to(TALK + DAY)
    assert "关于Q1的面谈约定已可查看，请查看并签署" in lina.messages()[-1]
    opened(town, "lina", "查看并签署")
    assert "只有陈伟提到“每两周沟通一次”。" in lina.window()
    lina.touch("签署")
    assert "签署只表示你已知悉内容，不代表同意" in lina.window()
    lina.fill(way="disagrees", comment="我不同意其中一点")
    assert lina.submit() == {}
    assert "已请陈伟签署" in lina.window()
    assert actions(town, numbers["lina"]) == []

    opened(town, "chenwei", "查看并签署")
    assert "李娜：我已知悉，但不同意其中内容" in chenwei.window()
    assert "我不同意其中一点" in chenwei.window()
    chenwei.touch("签署")
    chenwei.fill(way="noted")
    assert chenwei.submit() == {}
    assert "面谈至此完成" in chenwei.window()
    assert actions(town, numbers["lina"]) == [
        ("李娜", "负责下一次发布流程", "2026-05-04"),
        ("李娜", "学习 SQL 课程", "None"),
        ("陈伟", "每两周沟通一次", "None"),
    ]
    assert tasks(town, "lina") == tasks(town, "chenwei") == []
    chenwei.touch("查看双方的内容")
    assert "双方已签署，内容不再变动" in chenwei.window()
    town.settle()
    for name in ("lina", "chenwei", "marta", "anna", "liufang"):
        for text in town.player(name).messages():
            assert not [words for words in CONTENTS if words in text], f"{name} reads contents in a message"


def test_the_agenda_shows_each_side_what_it_may_read_and_comes_as_a_page(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, kavya=COLLEAGUES)
    has_reviewed_themselves(town, cycle, "kavya", "3", "<b>Bold</b> & \u202eproud")
    has_goal(town, cycle, "kavya", "Ship the new app")
    town.to(OVER)
    number = booked(town, cycle, "kavya")
    assert "nothing here for you" in see(town, "kavya", "interview-agenda", number), (
        "not before her own opening"
    )
    assert "结果尚未对你开放" in see(town, "chenwei", "interview-agenda", number)
    release(town)
    managers = see(town, "chenwei", "interview-agenda", number)
    assert "如何开场" in managers
    assert "这个结果不容易沟通" in managers
    assert "Kavya Iyer的自评高于你的评估" in managers
    assert "评级: C · 待改进" in managers
    assert "↕ 成果如何？ Kavya Iyer 3，陈伟 1" in managers
    assert "Ship the new app" in managers
    assert "Written about kavya" in managers
    assert "Keep kavya" not in managers, "comments without names stand with the result"
    assert "nothing here for you" in see(town, "kavya", "interview-agenda", number)

    go(town, OPENS + 12 * HOUR)
    hers = see(town, "kavya", "interview-agenda", number)
    assert "How to prepare" in hers
    assert "What you might ask" in hers
    assert "You may disagree. Until the end of Monday 30 March you can appeal" in hers
    assert (
        "陈伟: Thursday 19 March, 07:30–08:15 (Asia/Kolkata) · for 陈伟 10:00–10:45 (Asia/Shanghai)" in hers
    )
    assert "• How were the results? 1 / 3 (Manager review)" in hers
    assert "How to open" not in hers
    for name in ("lina", "jonas", "olivia", "rahul", "emily"):
        assert "nothing here for you" in see(
            town, name, "interview-agenda", number
        ) or "没有你可以查看" in see(town, name, "interview-agenda", number)

    kavya = town.player("kavya")
    see(town, "kavya", "interview-agenda", number)
    kavya.touch("Send me this as a page")
    (name, content), *_ = [one for one in kavya.files() if one[0].endswith(".html")]
    page = content.decode()
    assert name == "interview-agenda.html"
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; proud" in page
    assert "<script" not in page
    assert "http-equiv" in page
    assert "src=" not in page
    assert "href=" not in page
    assert "\u202e" not in page
    stranger, about = person(town, "jonas").id, {"interview": number}
    town.records(lambda records: records.file_orders.ask("interview-agenda", stranger, about, town.now()))
    assert town.player("jonas").files() == []


def test_who_does_not_say_anything_in_time_blocks_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    _, numbers = talked(town, "jonas")
    number = numbers["jonas"]
    jonas = opened(town, "jonas", "Say what was agreed")
    says(jonas, ("Lead the on-call rota", "person", "2026-04-20"), ("Meet every month", "both", ""))
    assert "Lead the on-call" not in see(town, "chenwei", "interview-talk", number)
    assert "Lead the on-call" not in see(town, "marta", "interview-talk", number), "nor does HR before"
    go(town, TALK + 13 * DAY)
    assert tasks(town, "chenwei") == ["interview-agreed", "interview-sign"] or set(tasks(town, "chenwei")) == {
        "interview-agreed", "interview-sign",
    }  # fmt: skip
    late = see(town, "chenwei", "interview-talk", number)
    assert "其中一方未按时填写" in late
    chenwei = town.player("chenwei")
    chenwei.touch("采纳", beside="Meet every month")
    assert "只有Jonas Weber提到“Lead the on-call rota”。" in chenwei.window()
    see(town, "jonas", "interview-talk", number)
    jonas.touch("Sign")
    jonas.fill(way="noted")
    assert jonas.submit() == {}
    marta = town.player("marta")
    see(
        town, "marta", "interviews-signed", town.records(lambda records: records.interviews.get(number).cycle)
    )
    assert "Engineering: waits for signatures 1" in marta.window()
    assert "Lead the on-call" not in marta.window()
    marta.touch("Open", beside="Jonas Weber – 陈伟")
    assert "Lead the on-call" in marta.window()
    see(
        town,
        "juliana",
        "interviews-signed",
        town.records(lambda records: records.interviews.get(number).cycle),
    )
    assert "No talk has been held yet" in town.player("juliana").window(), "Sales alone is theirs"
    go(town, TALK + 40 * DAY)
    assert "陈伟: not signed (recorded" in see(town, "jonas", "interview-talk", number)
    assert actions(town, number) == [
        ("Jonas Weber", "Lead the on-call rota", "2026-04-20"),
        ("Jonas Weber", "Meet every month", "None"),
        ("陈伟", "Meet every month", "None"),
    ]
    assert tasks(town, "chenwei") == []
    see(town, "chenwei", "interview-talk", number)
    chenwei.touch("签署")
    chenwei.fill(way="noted")
    assert chenwei.submit() == {}
    assert "陈伟: I have taken note of it" in see(town, "jonas", "interview-talk", number), (
        "late is taken as well"
    )


def test_a_change_after_both_signed_is_a_new_version_that_both_sign_anew(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    _, numbers = talked(town, "jonas")
    number = numbers["jonas"]
    jonas, chenwei = opened(town, "jonas", "Say what was agreed"), town.player("chenwei")
    says(jonas, ("Write the guide", "person", "2026-04-20"))
    opened(town, "chenwei", "填写约定事项")
    says(chenwei, ("Write the guide", "person", "2026-04-20"))
    for name, label in (("jonas", "Sign"), ("chenwei", "签署")):
        see(town, name, "interview-talk", number)
        town.player(name).touch(label)
        town.player(name).fill(way="noted")
        assert town.player(name).submit() == {}
    assert actions(town, number) == [("Jonas Weber", "Write the guide", "2026-04-20")]
    see(town, "jonas", "interview-talk", number)
    assert "Both say the same" in jonas.window()
    jonas.touch("Change mine")
    assert "Both of you have signed already" in jonas.window() or "Look through" in jonas.window()
    assert jonas.submit() == {}, "sent as it was, nothing changes"
    assert tasks(town, "chenwei") == []
    see(town, "jonas", "interview-talk", number)
    jonas.touch("Change mine")
    jonas.touch("Edit", beside="By when")
    jonas.fill(by="2026-05-20")
    assert jonas.submit() == {}
    assert jonas.submit() == {}
    assert tasks(town, "jonas") == tasks(town, "chenwei") == ["interview-sign"]
    assert actions(town, number) == [("Jonas Weber", "Write the guide", "2026-04-20")], "until it is signed"
    for name, label in (("jonas", "Sign"), ("chenwei", "签署")):
        see(town, name, "interview-talk", number)
        town.player(name).touch(label)
        town.player(name).fill(way="noted")
        assert town.player(name).submit() == {}
    assert actions(town, number) == [("Jonas Weber", "Write the guide", "2026-05-20")]
    assert actions(town, number, "dropped") == [("Jonas Weber", "Write the guide", "2026-04-20")]


def test_bad_days_old_buttons_and_strangers_get_a_clear_sentence(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    release(town)
    go(town, OPENS + 13 * HOUR)
    number = booked(town, cycle, "jonas")
    jonas, chenwei = town.player("jonas"), town.player("chenwei")
    jonas._take(Press(Act("open", ("interview-agreed", str(number))), "message"))
    assert "has not taken place yet" in jonas.window() + jonas.aside()
    town.to(TALK + 8 * HOUR)
    jonas._take(Press(Act("open", ("interview-sign", f"{number}/0")), "message"))
    assert "There is nothing to sign yet" in jonas.window() + jonas.aside()
    jonas.close()
    opened(town, "jonas", "Say what was agreed")
    says(jonas, ("Too early", "person", "2026-03-18"))
    assert "Point 1: Wednesday 18 March 2026 lies before your talk" in jonas.window()
    jonas.touch("Edit", beside="By when")
    jonas.fill(by="2026-04-18")
    assert jonas.submit() == {}
    assert jonas.submit() == {}
    opened(town, "chenwei", "填写约定事项")
    assert "没有" in chenwei.window()
    says(chenwei)
    see(town, "jonas", "interview-talk", number)
    jonas.touch("Sign")
    chenwei._take(Press(Act("do", ("interview-adopt", str(number), "2", "0")), "modal"))
    chenwei._take(Press(Act("do", ("interview-adopt", str(number), "2", "0")), "modal"))
    assert town.records(lambda records: len(records.agreements.said(number))) == 3, "twice is once"
    jonas.fill(way="noted", comment="I typed this")
    jonas.submit()
    assert "has changed since you opened this" in jonas.window()
    assert "I typed this" in jonas.window()
    for name in ("kavya", "emily", "olivia", "rahul"):
        assert "nothing here for you" in see(town, name, "interview-talk", number)
        assert "nothing here for you" in see(town, name, "interview-agenda", number)
    assert "Too early" in see(town, "anna", "interview-talk", number), "the manager above reads it"
    assert "Too early" in see(town, "marta", "interview-talk", number)
    assert len(town.records(lambda records: records.audit.latest("interview.read", OVER))) == 1
    jonas.close()
    jonas._take(Press(Act("do", ("interview-adopt", str(number), "x", "99")), "modal"))
    assert town.records(lambda records: len(records.agreements.said(number))) == 3


def test_a_talk_that_took_place_before_its_time_is_said_to_have_been_held(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    release(town)
    go(town, OPENS + 13 * HOUR)
    number = booked(town, cycle, "kavya", TALK + 3 * DAY)
    kavya = town.player("kavya")
    kavya.command("/interview")
    kavya.touch("Open")
    kavya.touch("We have talked already")
    assert "Waits for what Kavya Iyer and 陈伟 say" in kavya.window()
    kavya._take(Press(Act("do", ("interview-held", str(number))), "modal"))
    assert town.records(lambda records: records.interviews.get(number).state) == "held"
    town.settle()
    assert tasks(town, "kavya") == tasks(town, "chenwei") == ["interview-agreed"]
    see(town, "kavya", "interview-talk", number)
    kavya.touch("Say what was agreed")
    says(kavya)
    assert tasks(town, "kavya") == []
    town.to(TALK + 4 * DAY)
    assert tasks(town, "chenwei") == ["interview-agreed"]


def test_whoever_held_the_talk_signs_it_and_one_that_did_not_take_place_is_asked_about_anew(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle, numbers = talked(town, "jonas", "kavya")
    anna = person(town, "anna").id

    def moves(records: Any) -> None:
        place = records.participants.get(cycle, records.people.by_email("jonas@example.com").id)
        records.participants.save(replace(place, manager=anna))

    town.records(moves)
    chenwei, kavya = town.player("chenwei"), town.player("kavya")
    opened(town, "chenwei", "填写约定事项")
    assert "Jonas Weber" in chenwei.window()
    says(chenwei, ("Hand over well", "both", ""))
    assert "Hand over well" in see(town, "chenwei", "interview-talk", numbers["jonas"])
    assert "Hand over well" in see(town, "anna", "interview-talk", numbers["jonas"]), "she leads him now"

    kavya.command("/interview")
    kavya.touch("Open")
    kavya.touch("It did not take place")
    town.settle()
    assert tasks(town, "kavya") == []
    assert "has not taken place yet" in see(town, "kavya", "interview-talk", numbers["kavya"])
    booked(town, cycle, "kavya", TALK + 5 * DAY)
    town.to(TALK + 6 * DAY)
    assert tasks(town, "kavya") == ["interview-agreed"]


def test_a_closed_cycle_asks_nobody_and_what_was_signed_counts(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle, numbers = talked(town, "jonas")
    town.records(lambda records: records.cycles.save(replace(records.cycles.get(cycle), state="closed")))
    number = numbers["jonas"]
    for name in ("jonas", "chenwei"):
        player = town.player(name)
        player._take(Press(Act("open", ("interview-agreed", str(number))), "message"))
        says(player, ("Write the guide", "person", ""))
    for name, label in (("jonas", "Sign"), ("chenwei", "签署")):
        see(town, name, "interview-talk", number)
        town.player(name).touch(label)
        town.player(name).fill(way="noted")
        assert town.player(name).submit() == {}
    assert actions(town, number) == [("Jonas Weber", "Write the guide", "None")]
    assert tasks(town, "jonas") == tasks(town, "chenwei") == []
