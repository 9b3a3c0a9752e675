"""HR and managers look at ratings side by side, change some with a reason, and make them final."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.reviews.records import Review
from tests.stories.calibrating import (
    DUE,
    ENGINEERS,
    FORCED,
    GONE,
    MANAGERS,
    RATED,
    above,
    begin,
    change,
    change_place,
    does,
    names_of,
    open_session,
    opens,
    person,
    rate,
    ratings_of,
    rows_in,
    sees,
    session_of,
    sit_down,
    told,
    version,
)  # fmt: skip
from tests.stories.quarter import ON, go, launch


def test_hr_and_managers_align_ratings_and_make_them_final(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begin(town)
    marta, wei = town.player("marta"), town.player("chenwei")
    open_session(town, marta, "chenwei", "emily")
    assert "Engineering, Sales is open with 17 people" in marta.window()
    town.to(town.now() + timedelta(hours=20))
    assert "你将参与“H1”的一个校准会。" in wei.messages()[-1]
    assert "Kavya" not in wei.messages()[-1]
    wei.home()
    wei.press_home("打开", beside="Engineering, Sales · H1")
    seen = wei.window()
    assert "参与校准：Emily Carter、Marta Klein、陈伟" in seen
    assert "S 0 · A 1 · B 13 · C 1 · D 0" in seen  # without himself (S) and Anna (A)
    assert "B: 13 人，87%；指引 70%，即 9–12 人；多 1 人" in seen
    wei.touch("打开", beside="Kavya Iyer")
    assert "当前评级: B · 符合预期" in wei.window()
    wei.touch("调整评级")
    wei.fill(rating="A", why="上线了新版移动端，影响远超目标")
    assert wei.submit() == {}
    assert "Kavya Iyer：B · 符合预期 → A · 略超预期。" in wei.window()
    seen = sit_down(wei)
    assert "B → A · 略超预期" in seen
    assert "与上级评定相比：上调 1 人，下调 0 人。" in seen
    assert "S 0 · A 2 · B 12 · C 1 · D 0" in seen

    seen = sit_down(marta)
    assert "S 1 · A 3 · B 12 · C 1 · D 0" in seen
    marta.touch("Open", beside="Kavya Iyer")
    assert " · calibrated: A · Beyond · 陈伟, " in marta.window()
    assert "上线了新版移动端，影响远超目标" in marta.window()
    sit_down(marta)
    marta.touch("Lock")
    assert "Locked. What was decided in “Engineering, Sales” is final." in marta.window()
    assert "Final: locked by Marta Klein" in sit_down(wei).replace(
        "已锁定（最终结果）：", "Final: locked by "
    )
    wei.touch("打开", beside="Kavya Iyer")
    assert "调整评级" not in wei.window()
    assert ratings_of(town, cycle, "kavya") == ["B", "A"]


def test_a_participant_has_what_it_takes_to_discuss_somebody(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "manager-review", replace(RATED, weights={"results": Decimal(100)}), "H1")
    town.to(ON)
    kavya, manager = person(town, "kavya").id, person(town, "chenwei").id
    review = Review(
        0, cycle, "manager-review", "manager", kavya, manager, manager, {"results": "3", "why": "Carried the release"},
        town.now(),
    )  # fmt: skip
    town.records(lambda records: records.reviews.keep(review))
    rate(town, cycle)
    go(town, DUE)
    emily = town.player("emily")
    open_session(town, town.player("marta"), "emily")
    sit_down(emily)
    emily.touch("Open", beside="Kavya Iyer")
    assert "computed: S · Far beyond" in emily.window()  # 3 of 3 steps: 100 of 100
    assert "by the manager: B · As expected · 陈伟, " in emily.window()
    emily.touch("How it was computed")
    assert "score 100" in emily.window()
    sit_down(emily)
    emily.touch("Open", beside="Kavya Iyer")
    emily.touch("Read", beside="Manager review")
    assert "Carried the release" in emily.window()


def test_a_change_that_comes_after_the_lock_is_refused_and_its_text_stays(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    marta, emily = town.player("marta"), town.player("emily")
    open_session(town, marta, "emily")
    change(emily, "Kavya Iyer", "A", "The new app", send=False)
    sit_down(marta)
    marta.touch("Lock")
    assert emily.submit() == {}
    assert "This session is locked, and what was decided in it is final." in emily.window()
    assert "The new app" in emily.window()
    assert ratings_of(town, cycle, "kavya") == ["B"]
    session = session_of(town, cycle)
    final = "This session is locked, and what was decided in it is final. Nothing was changed."
    assert told(town, "marta", "calibration-people", str(session)) == final
    assert does(town, "marta", "calibration-lock", str(session)).words.en == final
    subject = f"{session}/{person(town, 'kavya').id}"
    assert told(town, "emily", "calibration-move", subject) == final or not opens(
        town, "emily", "calibration-move", subject
    )


def test_of_two_who_change_the_same_rating_the_second_sees_what_it_is_now(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    marta, emily = town.player("marta"), town.player("emily")
    open_session(town, marta, "emily")
    change(emily, "Kavya Iyer", "C", "Two outages", send=False)
    change(marta, "Kavya Iyer", "A", "The new app")
    assert emily.submit() == {}
    assert "What this form asks about has changed meanwhile." in emily.window()
    assert "Now: A · Beyond, by Marta Klein. The reason: The new app" in emily.window()
    assert emily.field("why.why") == "Two outages"
    assert ratings_of(town, cycle, "kavya") == ["B", "A"]
    emily.fill(rating="C")
    assert emily.submit() == {}
    assert "Kavya Iyer: A · Beyond → C · Below." in emily.window()
    change(marta, "Kavya Iyer", "C", "Yes")
    assert "Kavya Iyer has this rating already." in marta.window()
    marta.fill(rating="B")  # back to where it began: a further version
    assert marta.submit() == {}
    assert ratings_of(town, cycle, "kavya") == ["B", "A", "C", "B"]


def test_a_change_needs_a_reason_and_a_rating_of_the_scale(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    marta = town.player("marta")
    open_session(town, marta, "emily")
    change(marta, "Kavya Iyer", "A", "", send=False)
    assert "why" in marta.submit()
    marta.fill(rating="Z", why="Because")
    assert "rating" in marta.submit()
    assert ratings_of(town, cycle, "kavya") == ["B"]


@pytest.mark.parametrize("name", ["chenwei", "emily", "felix"])
def test_nobody_can_tell_from_a_session_how_they_and_those_above_them_are_rated(
    bare_quiet_town: Any, name: str
) -> None:
    """Not what their own rating is, nor those above them, nor whether these have a seat at all."""
    town = bare_quiet_town
    cycle = begin(town)
    marta = town.player("marta")
    change_place(town, cycle, "jonas", manager=person(town, "felix").id)
    open_session(town, marta, name)
    player = town.player(name)
    before = sit_down(player)
    hidden = [one for one in (name, *above(name)) if one in MANAGERS]
    for rating in "SD":
        for one in hidden:
            town.records(lambda records, one=one, rating=rating: version(
                records, cycle, one, "calibrated", rating, "marta", town.now(), "aligned"))  # fmt: skip
        assert sit_down(player) == before
    for one in hidden:
        change_place(town, cycle, one, place="out")
    assert sit_down(player) == before


def test_own_rows_are_not_there_whatever_a_button_says(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    open_session(town, town.player("marta"), "chenwei", "emily")
    session = session_of(town, cycle)
    for name in ("chenwei", "anna", "grace", "marta"):  # himself, those above, and who has no seat in it
        subject = f"{session}/{person(town, name).id}"
        assert not sees(town, "chenwei", "calibration-person", subject)
        assert not opens(town, "chenwei", "calibration-move", subject)
    for subject in (f"{session}/999", f"{session}/", f"{session}", "0/1", "x/y", f"{session + 1}/1"):
        assert not sees(town, "chenwei", "calibration-person", subject)
        assert not opens(town, "chenwei", "calibration-move", subject)
    kavya = f"{session}/{person(town, 'kavya').id}"
    assert sees(town, "chenwei", "calibration-person", kavya)
    for name in (
        "kavya",
        "anna",
        "juliana",
        "olivia",
        "rahul",
    ):  # takes no part, or is HR for some of it only
        assert not sees(town, name, "calibration", str(session))
        assert not sees(town, name, "calibration-person", kavya)
        assert not opens(town, name, "calibration-move", kavya)
        assert not opens(town, name, "calibration-people", str(session))
        assert not opens(town, name, "calibration-exception", f"{session}/all")
        for deed in ("calibration-lock", "calibration-picture", "calibration-sheet"):
            assert does(town, name, deed, str(session)) == GONE
    for flow in ("calibration-people", "calibration-exception"):
        assert not opens(town, "chenwei", flow, f"{session}/all")
    assert does(town, "chenwei", "calibration-lock", str(session)) == GONE


def test_hr_leads_no_session_in_which_they_or_those_above_them_are_discussed(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    marta, fang = town.player("marta"), town.player("liufang")
    marta.command("/calibrate new")
    marta.fill(kind="left")
    assert marta.submit() == {}
    marta.fill(participants=[town.mention("chenwei")])
    assert marta.submit() == {}
    assert marta.submit() == {}
    session = session_of(town, cycle)
    seats = town.records(lambda records: records.sessions.seats(session))
    for name in ("marta", "liufang", "grace"):
        assert person(town, name).id not in seats
    marta.command("/calibrate")
    assert "in no session" not in marta.window()  # who is left are herself and those above her

    fang.command("/calibrate")
    assert "有 1 人不在任何校准会中：以其上级评定的评级为准。" in fang.window()
    fang.touch("新建校准会")
    fang.fill(kind="left")
    assert fang.submit() == {}
    fang.fill(participants=[town.mention("marta")], name="HR")
    assert fang.submit() == {}
    assert fang.submit() == {}
    town.records(lambda records: version(records, cycle, "marta", "manager", "B", "liufang", town.now()))
    assert "Marta Klein" in sit_down(fang, "HR")
    seen = sit_down(marta, "HR")
    assert "Marta Klein\n" not in seen
    assert does(town, "marta", "calibration-lock", str(session_of(town, cycle))) == GONE


def test_an_hr_partner_calibrates_their_own_departments_and_no_others(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    juliana, marta = town.player("juliana"), town.player("marta")
    marta.command("/cycle")
    marta.touch("Open", beside="H1")
    marta.touch("Open", beside="Calibration: sessions, and who is in none")
    assert "21 people are in no session: the rating that their manager gave stands." in marta.window()
    juliana.command("/calibrate")
    juliana.touch("New calibration session")
    juliana.fill(kind="departments")
    assert juliana.submit() == {}
    assert "Engineering" not in juliana.window()
    juliana.fill(departments=["Engineering"])
    assert "departments" in juliana.submit()
    juliana.fill(departments=["Sales"])
    assert juliana.submit() == {}
    juliana.fill(participants=[town.mention("emily")])
    assert juliana.submit() == {}
    assert juliana.submit() == {}
    assert "Sales is open with 5 people." in juliana.window()
    change(juliana, "Ana Ribeiro", "A", "New markets")
    assert ratings_of(town, cycle, "ana") == ["B", "A"]
    sit_down(juliana, "Sales")
    juliana.touch("Lock")
    assert "Locked." in juliana.window()
    open_session(town, marta, "emily")
    assert not sees(town, "juliana", "calibration", str(session_of(town, cycle)))


def test_a_group_that_differs_has_a_reason_or_a_warning_and_small_groups_are_looked_at_together(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    begin(
        town,
        ratings=dict.fromkeys(ENGINEERS, "B") | dict.fromkeys(("felix", "lina", "wangqiang", "kavya"), "A"),
    )
    marta, emily = town.player("marta"), town.player("emily")
    open_session(town, marta, "emily")
    seen = sit_down(marta)
    assert "Fewer than 10 people even together, so only looked at with everybody: Sales." in seen
    assert "Engineering (12)\n⚠ S, A: 2 too many; B: 1 too few" in seen
    assert "Anna Becker + 陈伟 (11)\n⚠ S, A: 1 too many; looked at together" in seen
    marta.touch("Give a reason", beside="Anna Becker + 陈伟")
    assert "Anna Becker + 陈伟: S, A: 1 too many" in marta.window()
    marta.fill(why="The team was new, and rated alike on purpose")
    assert marta.submit() == {}
    reason = "✓ S, A: 1 too many; looked at together. Exception: The team was new, and rated alike on purpose"
    assert reason in sit_down(marta)
    assert "The team was new" not in sit_down(emily)  # she doesn't see everybody in it
    marta.touch("Change the reason", beside="Anna Becker + 陈伟")
    marta.fill(why="")
    assert marta.submit() == {}
    assert "The team was new" not in sit_down(marta)
    marta.touch("Lock")
    assert "Locked." in marta.window()


def test_a_forced_guide_refuses_the_lock_until_it_is_met(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begin(town, FORCED, dict.fromkeys(ENGINEERS, "A"))
    marta = town.player("marta")
    open_session(town, marta, "emily")
    sit_down(marta)
    marta.touch("Lock")
    assert "The guide of this cycle is binding, and it is not met: Everybody here (S, A: " in marta.window()
    marta.close()
    for name in ("Kavya Iyer", "Lena Hoffmann", "Jonas Weber", "Arjun Mehta", "李娜", "张敏", "王强"):
        change(marta, name, "B", "Within the guide")
    sit_down(marta)
    marta.touch("Lock")
    assert "Locked." in marta.window()


def test_nothing_is_final_while_somebody_has_no_rating(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begin(town, ratings={"kavya": "", "lena": ""})
    marta = town.player("marta")
    open_session(town, marta, "emily")
    seen = sit_down(marta)
    assert "2 without a rating" in seen
    marta.touch("Lock")
    assert "2 people have no rating yet: Kavya Iyer, Lena Hoffmann." in marta.window()
    marta.close()
    for name in ("Kavya Iyer", "Lena Hoffmann"):
        change(marta, name, "B", "Their manager was ill")
    sit_down(marta)
    marta.touch("Lock")
    assert "Locked." in marta.window()


def test_before_the_reviews_are_due_a_session_shows_no_ratings_and_takes_no_changes(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = launch(town, "manager-review", RATED, "H1")
    town.to(ON)
    rate(town, cycle)
    marta, emily = town.player("marta"), town.player("emily")
    open_session(town, marta, "emily")
    for player in (marta, emily):
        assert "Ratings are shown here, and can be changed, once every review" in sit_down(player)
        assert "Kavya Iyer" not in player.window()
    subject = f"{session_of(town, cycle)}/{person(town, 'kavya').id}"
    assert not opens(town, "emily", "calibration-move", subject)
    sit_down(marta)
    marta.touch("Lock")
    assert "You don't see everybody's rating here" in marta.window()
    go(town, DUE)
    assert "Kavya Iyer" in sit_down(emily)


def test_participants_come_and_go_and_only_managers_and_hr_take_part(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begin(town)
    marta, emily, anna = (town.player(name) for name in ("marta", "emily", "anna"))
    open_session(town, marta, "kavya")
    assert "Kavya Iyer: only active managers who review somebody in this cycle, and HR" in marta.window()
    marta.touch("Edit", beside="Who takes part?")
    marta.fill(participants=[town.mention("emily")])
    assert marta.submit() == {}
    assert marta.submit() == {}
    assert "Kavya Iyer" in sit_down(emily)
    sit_down(marta)
    marta.touch("Who takes part")
    marta.fill(participants=[town.mention("anna"), town.mention("marta")])
    assert marta.submit() == {}
    assert "New: Anna Becker; No longer: Emily Carter. Who is new is told" in marta.window()
    emily.command("/calibrate")
    assert "There is nothing here for you under that name." in emily.aside()
    seen = sit_down(anna)
    assert "Kavya Iyer" in seen
    assert "Anna Becker\n" not in seen
    town.to(town.now() + timedelta(hours=20))
    assert "You take part in a calibration session of H1." in anna.messages()[-1]


def test_everybody_is_in_one_session_of_a_cycle(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begin(town)
    marta = town.player("marta")
    open_session(town, marta, "emily", kind="managers", managers=[town.mention("emily")])
    open_session(town, marta, "emily", kind="departments", departments=["Sales"])
    open_session(town, marta, "emily", kind="levels", levels=["L6"])
    sessions = town.records(lambda records: records.sessions.of_cycle(cycle))
    seats = town.records(lambda records: [records.sessions.seats(one.id) for one in sessions])
    assert [names_of(town, there) for there in seats] == [
        {"daniel", "ana"}, {"rafael", "emily", "zhouting"}, {"anna", "priya"},
    ]  # fmt: skip
    assert [one.name for one in sessions] == ["Emily Carter", "Sales", "L6"]
    open_session(town, marta, "emily", kind="departments", departments=["Sales"])
    assert "Nobody of this group is left" in marta.window()


def test_the_picture_has_counts_and_the_sheet_only_whom_the_asker_sees(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begin(town)
    open_session(town, town.player("marta"), "chenwei", "emily")
    change(town.player("emily"), "Kavya Iyer", "A", "=1+1")
    wei = town.player("chenwei")
    sit_down(wei)
    wei.touch("生成图片")
    wei.touch("导出表格")
    files = dict(wei.files())
    assert set(files) == {"calibration.png", "calibration-before.png", "calibration-1.xlsx"}
    people = rows_in(files["calibration-1.xlsx"], "人员")
    kavya = next(row for row in people if row[0] == "Kavya Iyer")
    assert kavya[1:] == ("Engineering", "L3", "陈伟", None, "B", "A", "Emily Carter", "=1+1")
    for sheet in ("人员", "历次版本"):
        rated = {row[0] for row in rows_in(files["calibration-1.xlsx"], sheet)}
        assert len(rated) == 15
        assert rated.isdisjoint({"陈伟", "Anna Becker", "Grace Miller"})
    assert rows_in(files["calibration-1.xlsx"], "人数分布")[0] == (None, "全体", 15, 0, 2, 12, 1, 0, 0)
