"""Reviews from all sides: who writes them, what they are told beforehand, what stands beside, and who reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.build import catalog
from flows.checkins.records import Checkin
from flows.checkins.setup import usual
from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.screen import Act
from flows.core.words import Words
from flows.goals.kept import Goal, Terms, Version
from flows.results.records import Release
from tests.stories.quarter import ON, QUARTER, go, launch
from tests.stories.reviewing import (
    CLOSED,
    PEERS,
    PROJECTS,
    SIDES,
    UPWARD,
    WITH_NAMES,
    has_goal,
    launched,
    person,
    write,
)
from tests.stories.test_a_quarter import opens, sees

DAY = timedelta(days=1)
PROMISE = (
    "Only if at least 3 of you answer, not counting anybody who reads the answers, all are shown together"
)


def sent_about(town: Any, cycle: int, name: str) -> list[Any]:
    """What was sent about somebody with a name."""
    whom = person(town, name).id
    found: list[Any] = town.records(lambda records: records.reviews.about(cycle, [whom]))
    return found


def pen(town: Any, cycle: int, phase: str, author: str, about: str) -> Any:
    """What somebody has sent about somebody without a name."""
    ids = person(town, author).id, person(town, about).id
    return town.records(lambda records: records.pens.mine(cycle, phase, *ids))


def test_a_colleague_reads_the_promise_writes_and_changes_it(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"))
    jonas = town.player("jonas")
    jonas.command("/review")
    assert "Reviews by colleagues · Q2" in jonas.window()
    jonas.touch("Write", beside="Kavya Iyer")
    shown = jonas.window()
    assert "Nobody is ever shown who wrote what, HR included." in shown
    assert PROMISE in shown
    assert "averages rounded to halves, and comments without names in a mixed order" in shown
    assert (
        "陈伟 or a deputy, the managers above and HR see them when all reviews are closed, Kavya Iyer after"
        in shown
    )
    assert "How you write can still tell who you are. Nobody reads your draft." in shown
    assert "You can change it until" in shown
    jonas.fill(helps="unknown", keep="Her clear designs")
    assert jonas.submit() == {}
    assert "Sent. You can change it until" in jonas.window()
    write(jonas, "Kavya Iyer", again="Change", helps="3", keep="Her clear designs and tests")
    assert pen(town, cycle, PEERS, "jonas", "kavya") == {
        "helps": "3", "keep": "Her clear designs and tests", "stop": None,
    }  # fmt: skip
    assert sent_about(town, cycle, "kavya") == []


def test_a_colleague_can_read_what_they_sent_until_the_answers_are_sealed(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"))
    qiang = town.player("wangqiang")
    write(qiang, "Kavya Iyer", helps="2", keep="思路清楚")
    go(town, CLOSED)
    qiang.command("/review")
    qiang.touch("查看", beside="Kavya Iyer")
    assert "这里的内容只有你自己能看到。" in qiang.window()
    assert "思路清楚" in qiang.window()
    own = ("review-own", f"{cycle}/{PEERS}/{person(town, 'kavya').id}")
    assert sees(town, "wangqiang", *own)
    release(town, cycle, seal=True)
    assert not sees(town, "wangqiang", *own)
    qiang.command("/review")
    assert "Kavya Iyer\n已提交" not in qiang.window()  # without a way to it
    assert "Kavya Iyer：已提交" in qiang.window()


def test_two_colleagues_are_told_beforehand_that_nothing_will_be_shown(quiet_town: Any) -> None:
    town = quiet_town
    launched(town, kavya=("jonas", "wangqiang"))
    jonas, qiang = town.player("jonas"), town.player("wangqiang")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    assert (
        "Only 2 colleagues were asked to review Kavya Iyer, and at least 3 who don't read the answers themselves must "
        "answer before anything is shown: nothing of what you write will be shown to anybody."
    ) in jonas.window()
    assert PROMISE not in jonas.window()
    qiang.command("/review")
    qiang.touch("填写", beside="Kavya Iyer")
    assert (
        "只邀请了 2 位同事评估Kavya Iyer，而至少要有 3 人作答（不计能看到汇总的人）才会显示内容：你写的内容不会显示给任何人。"
        in qiang.window()
    )


def test_an_author_who_reads_the_answers_does_not_count(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launched(town, kavya=("jonas", "lena", "marta"), lina=("jonas", "lena", "wangqiang", "marta"))
    jonas = town.player("jonas")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    assert "Only 3 colleagues were asked to review Kavya Iyer" in jonas.window()
    jonas.close()
    jonas.command("/review")
    jonas.touch("Write", beside="李娜")
    assert PROMISE in jonas.window()


def test_a_colleague_sees_public_goals_alone_and_no_diary(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"))
    has_goal(town, cycle, "kavya", "A faster start", "public")
    has_goal(town, cycle, "kavya", "Grow into a lead", "team")
    has_goal(town, cycle, "kavya", "A matter of two", "private")
    jonas, kavya = town.player("jonas"), town.player("kavya")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    assert "Goals of Kavya Iyer:\n• A faster start" in jonas.window()
    assert "Grow into a lead" not in jonas.window()
    assert "A matter of two" not in jonas.window()
    kavya.command("/review")
    kavya.touch("Write")
    assert "Your goals:\n• A faster start\n• Grow into a lead\n• A matter of two" in kavya.window()
    kavya.touch("Open the diary")
    assert kavya.title() == "Diary"


def test_messages_about_anonymous_reviews_name_nobody_whom_they_are_about(quiet_town: Any) -> None:
    town = quiet_town
    launched(town, kavya=("jonas", "lena", "wangqiang"), lina=("jonas", "lena", "wangqiang"))
    jonas, lena = town.player("jonas"), town.player("lena")
    before = [len(jonas.messages()), len(lena.messages())]
    assert "Reviews by colleagues · Q2: 2 people, 0 done." in jonas.messages()[-1]
    write(jonas, "Kavya Iyer", helps="2", keep="Her clear designs")
    town.to(town.now() + timedelta(hours=1))
    assert [len(jonas.messages()), len(lena.messages())] == before
    assert "Reviews by colleagues · Q2: one of them is sent. Thank you!" in jonas.messages()[-1]
    write(jonas, "李娜", helps="2", keep="Her calm")
    town.to(town.now() + timedelta(hours=1))
    for name in ("jonas", "lena", "kavya", "chenwei", "anna", "marta"):
        for text in town.player(name).messages():
            assert "李娜" not in text, text
            assert "Kavya" not in text or name == "chenwei", text


def test_what_stands_in_a_message_leads_to_the_list_alone(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"))
    jonas, about, found = person(town, "jonas"), person(town, "kavya").id, catalog()[0]

    def faces(records: Any) -> Any:
        ((task,),) = [records.tasks.for_person("review", cycle, PEERS, about, [jonas.id])]
        return [
            found.duties["review"].face(records, replace(task, state=state), jonas, town.now())
            for state in ("open", "done", "waived", "expired")
        ]

    for face in town.records(faces):
        assert face.button.act == face.list.act == Act("see", ("reviews", str(cycle), PEERS))
        said = [face.title, face.first, face.again, face.why, face.together, face.over]
        assert not any("Kavya" in words.en + words.zh for words in said if words)


def test_people_review_their_manager(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town)
    kavya, daniel = town.player("kavya"), town.player("daniel")
    kavya.command("/review")
    assert "Reviews of managers · Q2" in kavya.window()
    kavya.touch("Write", beside="陈伟")
    assert "Only if at least 4 of you answer" in kavya.window()
    assert "Anna Becker or a deputy, the managers above and HR see them" in kavya.window()
    kavya.fill(helps="3", keep="He listens")
    assert kavya.submit() == {}
    assert pen(town, cycle, UPWARD, "kavya", "chenwei")["keep"] == "He listens"
    daniel.command("/review")
    daniel.touch("Write", beside="Emily Carter")
    assert "Only 2 people are asked about Emily Carter, and at least 4 who" in daniel.window()


def test_a_manager_does_not_see_who_of_the_team_has_reviewed_them(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town)
    write(town.player("kavya"), "陈伟", helps="3", keep="He listens")
    wei = town.player("chenwei")
    assert "向上评估" not in wei.home().partition("我的团队")[2]
    assert not sees(town, "chenwei", "cycle-team", str(cycle), UPWARD)


def test_a_project_lead_writes_with_their_name_and_the_manager_reads_it_when_all_is_closed(
    quiet_town: Any,
) -> None:
    town = quiet_town
    cycle = launched(town, leads={"kavya": "felix"})
    felix, wei = town.player("felix"), town.player("chenwei")
    felix.command("/review")
    felix.touch("Write", beside="Kavya Iyer")
    assert (
        "It carries your name. 陈伟 or a deputy, and the managers above, may read it when all reviews are closed"
        in felix.window()
    )
    assert "Kavya Iyer never reads this: only their manager, the managers above and HR do." in felix.window()
    assert "Only HR reads this." in felix.window()
    felix.fill(results="3", keep="Her tests", ready="Next year", risk="No sign of it")
    assert felix.submit() == {}
    (sent,) = sent_about(town, cycle, "kavya")
    assert not sees(town, "chenwei", "review-read", str(sent.id))
    go(town, CLOSED)
    wei.command("/cycle reviews @Kavya Iyer")
    wei.touch("查看", beside="项目评估")
    assert "由Felix Braun填写" in wei.window()
    assert "Next year" in wei.window()
    assert "No sign of it" not in wei.window()
    assert not sees(town, "kavya", "review-read", str(sent.id))


def test_a_question_for_the_manager_or_hr_alone_is_never_shown_to_the_person(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, leads={"kavya": "felix"})
    write(
        town.player("felix"),
        "Kavya Iyer",
        results="3",
        keep="Her tests",
        ready="Next year",
        risk="No sign of it",
    )
    go(town, ON + 24 * DAY)
    wei = town.player("chenwei")
    wei.command("/review")
    wei.touch("填写", beside="Kavya Iyer")
    assert "Kavya Iyer看不到这一项，只有其上级、更上级的管理者和 HR 能看到。" in wei.window()
    wei.fill(results="3", why="数据说明一切", ready="再等一年", risk="没有")
    assert wei.submit() == {}
    assert "文字说明过短" in wei.window()
    assert wei.submit() == {}
    go(town, ON + 42 * DAY)
    marta = town.player("marta")
    for kind in ("Manager review", "Review by a project lead"):
        marta.command("/cycle reviews @Kavya Iyer")
        marta.touch("Read", beside=kind)
        assert "Only HR reads this." in marta.window()
        marta.close()
    release(town, cycle)
    kavya = town.player("kavya")
    kavya.command("/review")
    assert "Written about you · Q2" in kavya.window()
    kavya.touch("Read", beside="Manager review")
    assert "数据说明一切" in kavya.window()
    assert "再等一年" not in kavya.window()
    assert "Ready for the next level?" not in kavya.window()
    kavya.close()
    kavya.command("/review")
    kavya.touch("Read", beside="Review by a project lead")
    assert "Written by Felix Braun" in kavya.window()
    for hidden in ("Next year", "No sign of it", "Might they leave?"):
        assert hidden not in kavya.window()


def test_hr_leaves_a_line_in_the_audit_log_and_others_do_not(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town)
    write(town.player("kavya"), "Kavya Iyer", proud="The login page", learned="To ask", results="2")
    (sent,) = sent_about(town, cycle, "kavya")
    assert not sees(town, "marta", "review-read", str(sent.id))
    go(town, CLOSED)
    for name in ("kavya", "chenwei", "anna"):
        assert sees(town, name, "review-read", str(sent.id)), name
    assert town.records(lambda records: records.audit.latest("review.read", ON)) == []
    assert sees(town, "marta", "review-read", str(sent.id))
    (line,) = town.records(lambda records: records.audit.latest("review.read", ON))
    assert line[1] == f"review/{sent.id}"
    assert "login" not in str(line)


def test_hr_partners_read_those_of_their_departments_and_nobody_their_own_managers(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = launched(town)
    for name in ("kavya", "daniel", "liufang"):
        write(town.player(name), person(town, name).name, proud="Much", learned="More", results="2")
    go(town, CLOSED)
    sent = {name: str(sent_about(town, cycle, name)[0].id) for name in ("kavya", "daniel", "liufang")}
    reads = {
        name: [whose for whose in sent if sees(town, name, "review-read", sent[whose])]
        for name in ("marta", "juliana", "liufang", "rahul", "olivia")
    }
    assert reads == {
        "marta": ["kavya", "daniel"], "juliana": ["daniel"], "liufang": ["kavya", "daniel", "liufang"], "rahul": [], "olivia": [],
    }  # fmt: skip


def test_with_names_the_form_says_so_and_the_person_reads_who_wrote(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, WITH_NAMES, kavya=("jonas", "wangqiang"))
    jonas, qiang, kavya = (town.player(name) for name in ("jonas", "wangqiang", "kavya"))
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    assert "It carries your name." in jonas.window()
    assert (
        "Kavya Iyer reads it, with your name, after HR has released the results, not before."
        in jonas.window()
    )
    jonas.close()
    write(jonas, "Kavya Iyer", helps="3", keep="Her clear designs")
    qiang.command("/review")
    qiang.touch("填写", beside="Kavya Iyer")
    assert "这份评估会显示你的姓名。" in qiang.window()
    qiang.fill(helps="2", keep="思路清楚")
    assert qiang.submit() == {}
    assert len(sent_about(town, cycle, "kavya")) == 2
    kavya.command("/review")
    assert "Written about you" not in kavya.window()
    go(town, ON + 42 * DAY)
    release(town, cycle)
    kavya.command("/review")
    assert "by Jonas Weber" in kavya.window()
    assert "by 王强" in kavya.window()


def test_the_diary_names_the_months_that_have_nothing(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review", FOUR_MONTHS)
    noted(town, cycle, "kavya")
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/review")
    wei.touch("填写", beside="Kavya Iyer")
    assert "Kavya Iyer的目标：\n• Fewer crashes" in wei.window()
    assert "2025年11月和2026年2月没有任何记录。" in wei.window()
    wei.fill(why="半句话")
    wei.touch("打开工作记录")
    shown = wei.window()
    assert shown.index("2025年11月") < shown.index("2025年12月") < shown.index("2026年1月")
    assert "12月10日（周三）：周报：第 50 周" in shown
    assert "Shipped the new start screen" in shown
    assert "1月15日（周四）：目标已确认：Fewer crashes" in shown
    wei.close()
    wei.command("/review")
    wei.touch("继续（1/2）", beside="Kavya Iyer")
    assert wei.field("why") == "半句话"


def test_ones_own_diary_stands_beside_the_self_review(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "self-review", FOUR_MONTHS)
    noted(town, cycle, "kavya")
    town.to(ON)
    kavya = town.player("kavya")
    kavya.command("/review")
    kavya.touch("Write")
    assert "Nothing is noted for November 2025 and February 2026." in kavya.window()
    kavya.touch("Open the diary")
    assert "Wednesday 10 December: Check-in, week 50" in kavya.window()
    assert "Nothing is noted.\n" in kavya.window() + "\n"


def test_a_diary_is_opened_by_the_person_those_who_lead_them_and_whoever_reviews_them(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = launch(town, "manager-review", FOUR_MONTHS)
    noted(town, cycle, "kavya")
    town.to(ON)
    kavya, ana = person(town, "kavya"), person(town, "ana")
    diary = ("diary", str(cycle), str(kavya.id))
    names = ("kavya", "chenwei", "anna", "grace", "jonas", "marta", "emily", "rahul", "olivia")
    assert [name for name in names if sees(town, name, *diary)] == ["kavya", "chenwei", "anna", "grace"]
    town.records(lambda records: hand_over(records, cycle, kavya, ana))
    assert sees(town, "ana", *diary)
    for wrong in (
        (),
        (str(cycle),),
        (str(cycle), "x"),
        ("999", str(kavya.id)),
        (str(cycle), "999"),
        (str(cycle), str(kavya.id), "1"),
    ):
        assert not sees(town, "chenwei", "diary", *wrong), wrong


def test_forty_questions_are_kept_over_a_restart(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, LONG_PEER, kavya=("jonas", "lena", "wangqiang"))
    jonas = town.player("jonas")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    for first in (1, 13):
        jonas.fill(**{f"skill{n}": f"About {n}" for n in range(first, first + 12)})
        assert jonas.submit() == {}
    jonas.fill(skill25="Half a sentence")
    jonas.touch("Back")
    jonas.close()
    town.restart()
    kept = town.records(conversation_rows)
    assert "About 1" not in kept
    assert "Half a sentence" not in kept
    jonas.command("/review")
    jonas.touch("Continue (3 of 5)", beside="Kavya Iyer")
    assert jonas.field("skill13") == "About 13"
    assert jonas.submit() == {}
    assert jonas.field("skill25") == "Half a sentence"
    jonas.fill(**{f"skill{n}": f"About {n}" for n in range(25, 37)})
    assert jonas.submit() == {}
    jonas.fill(**{f"skill{n}": f"About {n}" for n in range(37, 41)})
    assert jonas.submit() == {}
    assert "About 40" in jonas.window()
    assert jonas.submit() == {}
    assert pen(town, cycle, PEERS, "jonas", "kavya") == {f"skill{n}": f"About {n}" for n in range(1, 41)}


def test_after_the_release_nothing_changes_any_more_and_what_was_typed_is_kept(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"))
    jonas, kavya = town.player("jonas"), town.player("kavya")
    for player, name in ((jonas, "Kavya Iyer"), (kavya, "陈伟")):
        player.command("/review")
        player.touch("Write", beside=name)
        player.fill(helps="3", keep="Almost in time")
    release(town, cycle)
    for player in (jonas, kavya):
        player.submit()
        assert "HR has released the results, so nothing of it changes any more." in player.window()
        assert "Almost in time" in player.window()


def test_what_is_typed_at_other_ids_is_not_there(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launched(town, kavya=("jonas", "lena", "wangqiang"), leads={"kavya": "felix"})
    write(town.player("jonas"), "Kavya Iyer", helps="2", keep="Her clear designs")
    write(town.player("felix"), "Kavya Iyer", results="2", keep="Her tests")
    kavya, (sent,) = person(town, "kavya"), sent_about(town, cycle, "kavya")
    peer, project = (f"{cycle}/{phase}/{kavya.id}" for phase in (PEERS, PROJECTS))
    everybody = (
        "kavya",
        "chenwei",
        "anna",
        "grace",
        "marta",
        "liufang",
        "juliana",
        "lina",
        "olivia",
        "rahul",
    )
    for name in everybody:
        assert not opens(town, name, "review", peer), name
        assert not opens(town, name, "review", project), name
        assert not sees(town, name, "review-own", peer), name
        assert not sees(town, name, "review-read", str(sent.id)), name
    assert sees(town, "jonas", "review-own", peer)
    assert not sees(town, "lena", "review-own", peer)  # has sent nothing
    assert not sees(town, "felix", "review-own", project)  # carries a name
    assert sees(town, "felix", "review-read", str(sent.id))
    for wrong in ("", "x", "0", "-1", "999", f"{sent.id}/1", str(sent.id) + " "):
        assert not sees(town, "felix", "review-read", wrong), wrong
        assert not sees(town, "jonas", "review-own", wrong), wrong
    assert not sees(town, "jonas", "review-own")
    assert not sees(town, "felix", "review-read")
    who = {
        name: sees(town, name, "reviews-of", str(cycle), str(kavya.id))
        for name in (*everybody, "jonas", "emily")
    }
    assert [name for name, may in who.items() if may] == ["chenwei", "anna", "grace", "marta", "liufang"]
    for wrong in ((), (str(cycle),), ("x", "y"), (str(cycle), "999"), ("999", str(kavya.id))):
        assert not sees(town, "marta", "reviews-of", *wrong), wrong


FOUR_MONTHS = replace(
    QUARTER,
    phases=tuple(replace(phase, starts=120) if phase.work == "review" else phase for phase in QUARTER.phases),
)
"""Reviews that look back on four months, from November to February."""

SKILLS = tuple(
    Question(f"skill{n}", Words(f"How about skill {n}?", f"第 {n} 项能力如何？"), Text(2))
    for n in range(1, 41)
)
LONG_PEER = replace(
    SIDES, reviews={**SIDES.reviews, "peer": replace(SIDES.reviews["peer"], questions=SKILLS)}
)


def noted(town: Any, cycle: int, name: str) -> None:
    """Somebody's check-in of December, and a goal that was agreed in January."""
    whose = person(town, name)

    def save(records: Any) -> None:
        started = datetime(2025, 11, 2, tzinfo=UTC)
        programme = records.programmes.save(replace(usual(date(2025, 11, 3), None, started), state="ended"))
        at = datetime(2025, 12, 10, 12, tzinfo=UTC)
        form = {"done": "Shipped the new start screen", "mood": "1"}
        records.checkins.keep(Checkin(0, programme.id, whose.id, "2025-12-08", form, {}, {}, {}, False, at))
        terms = Terms("Fewer crashes")
        agreed = Version(0, 0, 1, "agreed", whose.manager, datetime(2026, 1, 15, 12, tzinfo=UTC), terms)
        records.goals.save(Goal(0, whose.id, terms, cycle), agreed)

    town.records(save)


def hand_over(records: Any, cycle: int, about: Any, to: Any) -> None:
    """The manager's review of somebody is with a colleague now."""
    (task,) = records.tasks.for_person("review", cycle, "manager-review", about.id, [about.manager])
    records.tasks.save(replace(task, person=to.id, why="On a long trip"))


def conversation_rows(records: Any) -> str:
    """Every conversation as it lies in the database."""
    return str(records._connection.exec_driver_sql("SELECT * FROM conversation").all())


def release(town: Any, cycle: int, *, seal: bool = False) -> None:
    """HR releases the results to managers and everybody at once; then the next working morning has come everywhere."""
    marta, now = person(town, "marta").id, town.now()

    def save(records: Any) -> None:
        sealed_at = now if seal else None
        records.releases.save(
            Release(cycle, marta, now, released_at=now, employees_at=now, sealed_at=sealed_at)
        )
        if seal:
            records.pens.seal(cycle, [], [])

    town.records(save)
    town.to(now + 4 * DAY)
