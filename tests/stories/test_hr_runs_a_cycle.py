"""HR sets a cycle up, launches it with a second person, steers it while it runs, closes it and puts it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

FIRST = date(2026, 3, 23)  # its drafts open two weeks earlier, on Monday 9 March
LAUNCH_DAY = datetime(2026, 3, 4, 9, tzinfo=UTC)
OPEN_DAY = datetime(2026, 3, 9, 15, tzinfo=UTC)  # after nine in the morning everywhere
NEXT_DAY = OPEN_DAY + timedelta(days=1)
TOO_MANY = 40


def fill_in(player: Any, **answers: object) -> None:
    player.fill(**answers)
    assert player.submit() == {}


def set_up(player: Any, name: str = "Q2", first: date = FIRST, **audience: object) -> None:
    """Answer the pages of a new cycle and send it; everyone unless another audience is given."""
    player.command("/cycle new")
    fill_in(player, template="quarterly-okr", name=name, first=first.isoformat())
    kind = str(audience.pop("audience", "everyone"))
    fill_in(player, audience=kind)
    without = audience.pop("without", [])
    if kind != "everyone":
        fill_in(player, **audience)
    fill_in(player, without=without)
    assert player.submit() == {}


def the(records: Any, name: str = "Q2") -> Any:
    return next(cycle for cycle in records.cycles.all() if cycle.name == name)


def rehearsed(town: Any, name: str = "Q2") -> None:
    """What a rehearsal decides, without its figures."""

    def work(records: Any) -> None:
        cycle = the(records, name)
        records.cycles.save(replace(cycle, state="rehearsed", rehearsed_at=town.now()))

    town.records(work)


def cycle_of(town: Any, name: str = "Q2") -> Any:
    return town.records(lambda records: the(records, name))


def hire_many(town: Any) -> None:
    """So many that a launch needs a second person of HR."""

    def work(records: Any) -> None:
        model = records.people.by_email("kavya@example.com")
        for n in range(TOO_MANY):
            records.people.save(
                replace(model, id=0, email=f"new{n}@example.com", name=f"New {n}", account=None)
            )

    town.records(work)


def opened(player: Any, name: str = "Q2") -> None:
    player.command("/cycle")
    player.touch("打开" if "周期" in player.title() else "Open", beside=name)


def launched(town: Any) -> Any:
    """A cycle of everybody but a few, launched by Marta alone."""
    town.to(LAUNCH_DAY)
    marta = town.player("marta")
    set_up(marta)
    rehearsed(town)
    opened(marta)
    marta.touch("Launch")
    assert (
        "Q2 is launched for 23 people" in marta.window() or "Q2 is launched for 24 people" in marta.window()
    )
    return marta


def task_of(town: Any, name: str, phase: str = "draft") -> Any:
    def work(records: Any) -> Any:
        person = records.people.by_email(f"{name}@example.com")
        return records.tasks.find("goals", the(records).id, person.id, phase)

    return town.records(work)


def place_of(town: Any, name: str) -> Any:
    def work(records: Any) -> Any:
        return records.participants.get(the(records).id, records.people.by_email(f"{name}@example.com").id)

    return town.records(work)


def last_days(town: Any, name: str) -> list[str]:
    """What the person was told that names the moved deadline."""
    return [text for text in town.player(name).messages() if "Friday 20 March" in text or "3月20日" in text]


def test_hr_sets_up_a_cycle_looks_it_through_and_nobody_hears_a_word(quiet_town: Any) -> None:
    quiet_town.to(LAUNCH_DAY)
    marta = quiet_town.player("marta")
    set_up(marta, audience="departments", departments=["Sales"], levels=[], also=[])
    assert "Q2 is kept as a draft for 5 people" in marta.window()
    opened(marta)
    assert "draft, begins on Monday 23 March" in marta.window()
    assert "For 5 people as of today." in marta.window()
    marta.touch("Preview")
    preview = marta.window()
    assert "Quarterly OKR · for 5 people" in preview
    assert "Monday 9 March to Wednesday 18 March (4 days of grace): everyone writes their goals" in preview
    assert "each manager ticks off a to-do" in preview
    assert "Sales: 5 people" in preview
    quiet_town.to(OPEN_DAY)
    assert quiet_town.player("ana").messages() == []
    assert quiet_town.records(lambda records: records.participants.count(the(records).id)) == {}


def test_a_draft_is_changed_and_copied(quiet_town: Any) -> None:
    quiet_town.to(LAUNCH_DAY)
    fang = quiet_town.player("liufang")
    set_up(fang, "二季度")
    rehearsed(quiet_town, "二季度")
    fang.command("/cycle edit")
    assert "请检查你的回答" in fang.window()
    fang.touch("修改", beside="周期名称？")
    fill_in(fang, name="Q2")
    assert fang.submit() == {}
    assert "已修改" in fang.window()
    assert (cycle_of(quiet_town).state, cycle_of(quiet_town).rehearsed_at) == ("draft", None)
    opened(fang)
    fang.touch("复制")
    assert "已复制为草稿“Q2 (2)”" in fang.window()
    assert cycle_of(quiet_town, "Q2 (2)").first == FIRST + timedelta(weeks=13)


def test_a_cycle_runs_from_launch_to_archive(quiet_town: Any) -> None:
    marta = launched(quiet_town)
    quiet_town.to(LAUNCH_DAY + timedelta(minutes=5))
    assert quiet_town.player("kavya").messages() == []
    quiet_town.to(OPEN_DAY)
    for name in ("kavya", "lina", "emily", "ana", "marta"):
        assert len(quiet_town.player(name).messages()) >= 1, name
    opened(marta)
    assert "live" in marta.window()
    assert "0 of 2" in marta.window()
    marta.command("/cycle status")
    assert "Taking part: " in marta.window()
    assert "Engineering: " in marta.window()
    marta.command("/cycle close")
    assert "Q2 is closed" in marta.aside()
    assert task_of(quiet_town, "kavya").state == "expired"
    before = len(quiet_town.player("kavya").messages())
    quiet_town.to(OPEN_DAY + timedelta(days=20))
    assert len(quiet_town.player("kavya").messages()) == before
    marta.command("/cycle archive")
    assert "Q2 is archived." in marta.aside()
    marta.command("/cycle archive")
    assert "There is no cycle of yours here that is closed" in marta.aside()


def test_above_fifty_people_a_second_person_approves(quiet_town: Any) -> None:
    quiet_town.to(LAUNCH_DAY)
    hire_many(quiet_town)
    marta, fang = quiet_town.player("marta"), quiet_town.player("liufang")
    set_up(marta)
    rehearsed(quiet_town)
    opened(marta)
    assert "A second person of HR has to approve its launch." in marta.window()
    marta.touch("Launch")
    assert "so a second person approves it. Asked: 刘芳" in marta.window()
    marta.command("/cycle launch")
    assert "Marta Klein has asked for approval already" in marta.aside()
    assert quiet_town.player("juliana").messages() == []
    assert "Marta Klein 请你批准：启动“Q2”" in fang.messages()[-1]
    fang.press("退回")
    assert "sent Q2 back" in marta.messages()[-1]
    assert "已无需批准" in fang.messages()[-1]
    assert cycle_of(quiet_town).asked_by is None
    marta.command("/cycle launch")
    old = fang.later("批准")
    fang.press("批准")
    assert cycle_of(quiet_town).state == "live"
    assert (cycle_of(quiet_town).launched_by, cycle_of(quiet_town).approved_by) == ids(
        quiet_town, "marta", "liufang"
    )
    assert "is launched" in marta.messages()[-1]
    old()
    assert "没有重复操作" in fang.aside()
    quiet_town.to(LAUNCH_DAY + timedelta(minutes=5))
    assert sum(quiet_town.records(lambda records: records.participants.count(the(records).id)).values()) > 60


def ids(town: Any, *names: str) -> tuple[int, ...]:
    return town.records(
        lambda records: tuple(records.people.by_email(f"{name}@example.com").id for name in names)
    )  # type: ignore[no-any-return]


def test_an_approval_of_what_was_changed_since_is_refused(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(LAUNCH_DAY)
    hire_many(town)
    marta, fang = town.player("marta"), town.player("liufang")
    set_up(marta)
    rehearsed(town)
    marta.command("/cycle launch")
    old = fang.later("批准")
    marta.command("/cycle edit")
    marta.touch("Edit", beside="What is it called?")
    fill_in(marta, name="Q2 anew")
    assert marta.submit() == {}
    old()
    assert "现为草稿" in fang.aside()
    rehearsed(town, "Q2 anew")
    old()
    assert "目前没有待批准的申请" in fang.aside()
    marta.command("/cycle launch")
    old()
    assert "在此消息之后有修改" in fang.aside()
    assert cycle_of(town, "Q2 anew").state == "rehearsed"
    fang.press("批准")
    assert cycle_of(town, "Q2 anew").state == "live"


def test_nobody_approves_what_they_asked_for_and_without_a_second_person_it_says_so(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    town.to(LAUNCH_DAY)
    hire_many(town)
    marta = town.player("marta")
    set_up(marta)
    rehearsed(town)

    def alone(records: Any) -> None:
        fang = records.people.by_email("liufang@example.com")
        records.people.save(replace(fang, roles=()))

    town.records(alone)
    marta.command("/cycle launch")
    assert "there is none. Have another HR admin named in the directory first." in marta.aside()
    assert cycle_of(town).asked_by is None
    town.records(
        lambda records: records.cycles.save(replace(the(records), asked_by=ids_in(records, "marta")))
    )
    opened(marta)
    assert "Approve" not in marta.window()


def ids_in(records: Any, name: str) -> int:
    return int(records.people.by_email(f"{name}@example.com").id)


def test_moving_a_date_tells_everybody_once_and_extending_tells_one(quiet_town: Any) -> None:
    marta = launched(quiet_town)
    quiet_town.to(OPEN_DAY)
    assert last_days(quiet_town, "kavya") == last_days(quiet_town, "lina") == []
    old_due = task_of(quiet_town, "kavya").due_at
    marta.command("/cycle move")
    fill_in(marta, phase="draft")
    fill_in(marta, last="2026-03-20")
    assert marta.submit() == {}
    assert "would still last until Friday 20 March when" in marta.window()
    move(marta, "align", first="2026-03-21", last="2026-03-27")
    assert "now lasts from Saturday 21 March to Friday 27 March" in marta.window()
    move(marta, "draft", last="2026-03-20")
    assert "now lasts from Monday 9 March to Friday 20 March" in marta.window()
    assert task_of(quiet_town, "kavya").due_at == old_due + timedelta(days=2)
    quiet_town.to(NEXT_DAY)
    for name in ("kavya", "lina"):
        assert len(last_days(quiet_town, name)) == 1, name
    marta.command("/cycle extend")
    fill_in(marta, person=quiet_town.mention("kavya"))
    fill_in(marta, phase="draft", last="2026-03-25")
    assert marta.submit() == {}
    assert "Kavya Iyer has until Wednesday 25 March" in marta.window()
    assert place_of(quiet_town, "kavya").extended == {"draft": date(2026, 3, 25)}
    quiet_town.to(NEXT_DAY + timedelta(days=1))
    assert any("Wednesday 25 March" in text for text in quiet_town.player("kavya").messages())
    assert not any("3月25日" in text for text in quiet_town.player("lina").messages())


def move(player: Any, phase: str, **days: object) -> None:
    player.command("/cycle move")
    if "Look through" in player.window():  # a move that was refused is kept
        player.touch("Start over")
    fill_in(player, phase=phase)
    fill_in(player, **days)
    assert player.submit() == {}


def test_a_pause_is_silent_and_nothing_is_lost_by_it(quiet_town: Any) -> None:
    marta = launched(quiet_town)
    opened(marta)
    marta.touch("Pause")
    assert "Q2 is paused" in marta.window()
    marta.command("/cycle pause")
    assert "Q2 is paused already" in marta.aside()
    quiet_town.to(OPEN_DAY)
    assert quiet_town.player("kavya").messages() == quiet_town.player("lina").messages() == []
    marta.command("/cycle resume")
    assert "Q2 goes on" in marta.aside()
    quiet_town.to(NEXT_DAY)
    for name in ("kavya", "lina"):
        assert len(quiet_town.player(name).messages()) == 1, name


def test_a_pause_on_the_first_day_holds_back_the_kick_off_for_later_zones(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = launched(town)
    morning = datetime(2026, 3, 9, 9, tzinfo=UTC)  # it has left for Asia and Europe, not for America
    town.to(morning)
    assert len(town.player("lina").messages()) == 1
    marta.command("/cycle pause")
    town.to(morning + timedelta(hours=8))
    assert town.player("emily").messages() == []
    marta.command("/cycle resume")
    town.to(morning + timedelta(days=1, hours=8))
    for name in ("emily", "lina"):
        assert len(town.player(name).messages()) == 1, name
    marta.command("/cycle close")
    before = len(town.player("emily").messages())
    town.to(morning + timedelta(days=4))
    assert len(town.player("emily").messages()) == before


def test_people_are_taken_out_and_added(quiet_town: Any) -> None:
    quiet_town.to(LAUNCH_DAY)
    marta = quiet_town.player("marta")
    set_up(marta, without=[quiet_town.mention("arjun")])
    rehearsed(quiet_town)
    marta.command("/cycle launch")
    quiet_town.to(OPEN_DAY)
    assert quiet_town.player("arjun").messages() == []
    opened(marta)
    marta.touch("Take somebody out")
    fill_in(marta, person=quiet_town.mention("kavya"))
    fill_in(marta, why="Leaves in April")
    assert marta.submit() == {}
    assert "Kavya Iyer takes part no longer." in marta.window()
    assert task_of(quiet_town, "kavya").state == "waived"
    assert "Leaves in April" not in "".join(quiet_town.player("kavya").messages())
    marta.command("/cycle add")
    fill_in(marta, people=[quiet_town.mention("arjun")])
    assert "Arjun Mehta take part now" in marta.window()
    quiet_town.to(NEXT_DAY)
    assert len(quiet_town.player("arjun").messages()) == 1
    before = len(quiet_town.player("kavya").messages())
    quiet_town.to(OPEN_DAY + timedelta(days=9))
    assert len(quiet_town.player("kavya").messages()) == before


def test_nobody_in_hr_decides_about_themselves(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = launched(town)
    town.to(OPEN_DAY)
    marta.command("/cycle extend")
    fill_in(marta, person=town.mention("marta"))
    fill_in(marta, phase="draft", last="2026-03-25")
    assert marta.submit() == {}
    assert "somebody else in HR has to decide about you" in marta.window()
    marta.command("/cycle remove")
    fill_in(marta, person=town.mention("marta"))
    fill_in(marta, why="No time")
    assert marta.submit() == {}
    assert "somebody else in HR has to decide about you" in marta.window()
    assert (place_of(town, "marta").place, dict(place_of(town, "marta").extended)) == ("in", {})


def test_a_partner_of_a_department_stays_within_it(quiet_town: Any) -> None:
    quiet_town.to(LAUNCH_DAY)
    juliana = quiet_town.player("juliana")
    set_up(
        juliana,
        "Sales Q2",
        audience="people",
        people=[quiet_town.mention("ana"), quiet_town.mention("kavya")],
    )
    assert "You look after Sales, and this reaches beyond: Kavya Iyer" in juliana.window()
    assert "Look through your answers" in juliana.window()
    juliana.touch("Edit", beside="Who?")
    fill_in(juliana, people=[quiet_town.mention("ana")])
    assert juliana.submit() == {}
    assert "Sales Q2 is kept as a draft for 1 person" in juliana.window()
    rehearsed(quiet_town, "Sales Q2")
    juliana.command("/cycle launch")
    assert "Sales Q2 is launched for 1 person" in juliana.aside()
    quiet_town.to(LAUNCH_DAY + timedelta(minutes=5))
    juliana.command("/cycle add")
    fill_in(juliana, people=[quiet_town.mention("kavya")])
    assert "Kavya Iyer is in Engineering, and you look after Sales" in juliana.window()


def test_a_partner_sees_counts_of_their_department_and_steers_nobody_elses_cycle(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    launched(town)
    town.to(OPEN_DAY)
    juliana = town.player("juliana")
    opened(juliana)
    assert "Taking part: 5 people" in juliana.window()
    assert "Engineering" not in juliana.window()
    assert "Close the cycle" not in juliana.window()
    for verb in ("pause", "close", "archive", "launch"):
        juliana.command(f"/cycle {verb}")
        assert "There is no cycle of yours here" in juliana.aside()
        juliana.command(f"/cycle {verb} {cycle_of(town).id}")
        assert "nothing here for you under that name" in juliana.aside()
    opened(juliana)
    juliana.touch("Extend one person")
    fill_in(juliana, person=town.mention("kavya"))
    fill_in(juliana, phase="draft", last="2026-03-25")
    assert juliana.submit() == {}
    assert "Kavya Iyer is in Engineering, and you look after Sales" in juliana.window()
    opened(juliana)
    juliana.touch("Extend one person")
    juliana.touch("Edit", beside="Who?")
    fill_in(juliana, person=town.mention("ana"))
    assert juliana.submit() == {}
    assert "Ana Ribeiro has until Wednesday 25 March" in juliana.window()
    kavya = town.player("kavya")
    kavya.command("/cycle close")
    assert "nothing here for you under that name" in kavya.aside()
    assert cycle_of(town).state == "live"


def test_it_is_launched_once_and_only_when_it_is_ready(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(LAUNCH_DAY)
    marta = town.player("marta")
    set_up(marta)
    it = cycle_of(town).id
    marta.command(f"/cycle launch {it}")
    assert "Rehearse Q2 first" in marta.aside()
    rehearsed(town)
    town.to(OPEN_DAY + timedelta(days=10))
    marta.command(f"/cycle launch {it}")
    assert "would be due on Wednesday 18 March, which is past" in marta.aside()
    town.records(lambda records: records.cycles.save(replace(the(records), first=date(2026, 5, 4))))
    marta.command(f"/cycle launch {it}")
    assert "is launched" in marta.aside()
    marta.command(f"/cycle launch {it}")
    assert "is launched already" in marta.aside()
    lines = town.records(lambda records: records.audit.latest("cycle.launch", LAUNCH_DAY))
    assert len(lines) == 1


def test_bad_answers_are_named_and_kept(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(LAUNCH_DAY)
    marta = town.player("marta")
    marta.command("/cycle new")
    marta.fill(template="quarterly-okr", name="Q2", first="2026-02-02")
    assert "Please choose a day from 2026-03-04 on." in marta.submit()["first"]
    fill_in(marta, first="2026-03-10")
    fill_in(marta, audience="people")
    fill_in(marta, people=[town.mention("ana")])
    fill_in(marta, without=[town.mention("ana")])
    assert marta.submit() == {}
    assert "Nobody would take part" in marta.window()
    marta.touch("Edit", beside="Leave these people out")
    fill_in(marta, without=[])
    assert marta.submit() == {}
    assert "would be due on Thursday 5 March" not in marta.window()
    assert "Q2 is kept as a draft for 1 person" in marta.window()
    set_up(marta, "q2")
    assert "There is a cycle called q2 already" in marta.window()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"last": "2026-03-09"}, "Please choose a day from 2026-03-10 on."),
        ({"last": "2026-03-11"}, "there are only 2 working days"),
        ({"last": "2026-03-18"}, "These are its dates already"),
    ],
)
def test_a_running_phase_is_not_moved_into_the_past_nor_made_too_short(
    bare_quiet_town: Any, days: dict[str, str], said: str
) -> None:
    town = bare_quiet_town
    marta = launched(town)
    town.to(NEXT_DAY)
    marta.command("/cycle move")
    fill_in(marta, phase="draft")
    marta.fill(**days)
    problems = marta.submit()
    if not problems:
        assert marta.submit() == {}
    assert said in "".join(problems.values()) + marta.window()
    assert cycle_of(town).moved == {}


def test_joiners_hinder_the_closing_until_hr_has_decided(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = launched(town)
    town.to(OPEN_DAY)

    def joins(records: Any) -> None:
        place = records.participants.get(the(records).id, ids_in(records, "kavya"))
        records.participants.save(replace(place, place="asked"))

    town.records(joins)
    marta.command("/cycle close")
    assert "1 joiner waits for your answer; say whether they take part" in marta.aside()
    assert cycle_of(town).state == "live"


def test_managers_are_told_a_count_and_hr_a_list(quiet_town: Any) -> None:
    marta = launched(quiet_town)
    quiet_town.to(datetime(2026, 3, 20, 15, tzinfo=UTC))  # two days late, and two of grace are left
    told = [text for text in quiet_town.player("chenwei").messages() if "人还没有完成" in text]
    assert told == []
    quiet_town.to(datetime(2026, 3, 25, 15, tzinfo=UTC))
    told = [text for text in quiet_town.player("chenwei").messages() if "人还没有完成" in text]
    assert len(told) == 1
    assert "你的团队 9 人中有 9 人还没有完成" in told[0]
    assert "Kavya" not in told[0]
    hers = [n for n, text in enumerate(marta.messages()) if "some have not finished it" in text]
    assert len(hers) == 1
    marta.press("See who", hers[0])
    assert "Kavya Iyer · Engineering" in marta.window()
    quiet_town.to(datetime(2026, 4, 6, 15, tzinfo=UTC))
    assert len([text for text in quiet_town.player("chenwei").messages() if "人还没有完成" in text]) == 1


def test_a_kill_while_people_are_taken_down_leaves_everything_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = launched(town)
    town.stop()
    town.start()
    town.to(OPEN_DAY)
    town.restart()
    places, tasks = town.records(
        lambda records: (
            sum(records.participants.count(the(records).id).values()),
            len(records.tasks.of_scope(("goals",), the(records).id)),
        )
    )
    assert places == tasks > 20
    assert len(town.player("kavya").messages()) == 1
    opened(marta)
    assert "live" in marta.window()
