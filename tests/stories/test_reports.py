"""Somebody who decides looks at what is going on: HR at everything, a partner at theirs, a manager at their line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.exchange import Command, Press, Say
from flows.core.screen import Act
from tests.stories.quarter import ON, QUARTER, go, launch

DAY = timedelta(days=1)


def finish(town: Any, cycle: int, phase: str, *names: str) -> None:
    """These have done what they owe in the phase, now."""

    def work(records: Any) -> None:
        for name in names:
            person = records.people.by_email(f"{name}@example.com").id
            kind = QUARTER.phase(phase).work
            for task in records.tasks.of_round(kind, cycle, phase, [person]):
                records.tasks.save(replace(task, state="done", done_at=town.now(), next_at=None, live=None))

    town.records(work)


def a_week_in(town: Any) -> int:
    """The self reviews have been open for a week: half of Sales is done, and three of Engineering."""
    cycle = launch(town, "self-review")
    go(town, ON + 1 * DAY)
    finish(town, cycle, "self-review", "kavya", "daniel")
    go(town, ON + 3 * DAY)
    finish(town, cycle, "self-review", "arjun", "emily", "rafael")
    go(town, ON + 7 * DAY)
    finish(town, cycle, "self-review", "lina")
    return cycle


def answered(town: Any, name: str, *what: Any) -> str:
    """What somebody is told, or sees, when they do this."""
    person = town.player(name).person
    reply = town.receive(person.account, *what)
    return str(reply.what.words if isinstance(reply.what, Say) else reply.what)


def test_hr_sees_how_far_everybody_is_and_who_needs_help(quiet_town: Any) -> None:
    town = quiet_town
    a_week_in(town)
    marta = town.player("marta")
    marta.command("/report")
    assert "How far is everybody, where will it end, and who needs help?" in marta.window()
    marta.touch("Open", beside="Completion")
    window = marta.window()
    assert "Completion · the company · Q2" in window
    assert "“Self review”: 6/24 done (25%). By plan it would be 62%." in window
    assert "At this pace it ends at" in window
    assert "Most will be missing in Engineering (" in window
    assert "Done 3 · Of 5 · Share 60%" in window
    marta.touch("By manager")
    assert "✓ By manager" in marta.window() or "By manager · Self review" in marta.window()
    assert "陈伟" in marta.window()
    assert "a manager above you" in marta.window()
    assert "刘芳" not in marta.window()


def test_what_was_chosen_stays_and_the_figures_say_what_they_are(quiet_town: Any) -> None:
    town = quiet_town
    a_week_in(town)
    marta = town.player("marta")
    marta.command("/report completion")
    marta.touch("Sales")
    assert "Completion · Sales · Q2" in marta.window()
    marta.touch("By level")
    assert "Completion · Sales · Q2" in marta.window()
    assert "By level · Self review" in marta.window()
    marta.touch("What is this?")
    window = marta.window()
    assert "What would be done by now if the same share were done on each working day of the phase." in window
    assert "working days that are over ÷ working days from opening to due" in window


def test_both_files_come_after_a_word_about_who_can_read_them(quiet_town: Any) -> None:
    town = quiet_town
    cycle = a_week_in(town)
    marta = town.player("marta")
    marta.command("/report completion sales")
    marta.touch("As a picture")
    assert "comes into your chat with me in a moment" in marta.window()
    marta.touch("As a sheet")
    names = [name for name, _ in marta.files()]
    assert any(name.endswith(".png") for name in names)
    assert any(name.endswith(".xlsx") for name in names)
    noted = town.records(lambda records: records.audit.latest("report.export", ON))
    assert [(thing, detail["file"], detail["whose"]) for _, thing, detail in noted] == [
        (f"cycle/{cycle}", "report-sheet", "d:Sales"),
        (f"cycle/{cycle}", "report-picture", "d:Sales"),
    ]


def test_a_manager_sees_their_line_and_nothing_else(quiet_town: Any) -> None:
    town = quiet_town
    a_week_in(town)
    anna, emily = town.player("anna"), town.player("emily")
    anna.command("/report completion")
    assert "Completion · Anna Becker's people · Q2" in anna.window()
    assert "3/11 done" in anna.window()
    anna.touch("By department")
    assert "Engineering" in anna.window()
    anna.touch("By manager")
    anna.touch("Open", beside="陈伟")
    assert "Completion · 陈伟's people · Q2" in anna.window()
    emily.command("/report completion")
    assert "1/2 done" in emily.window()
    assert "Rafael" not in emily.window()
    emily.touch("Your people", beside="Self review")
    assert "Ana Ribeiro: not yet, due Wednesday 11 March" in emily.window()


def test_a_chinese_reader_types_it_in_chinese(quiet_town: Any) -> None:
    town = quiet_town
    a_week_in(town)
    liu = town.player("liufang")
    liu.command("/report 完成情况 按上级")
    window = liu.window()
    assert "完成情况 · 全公司 · Q2" in window
    assert "“自评”：已完成 6/24（25%）。按计划应为 62%。" in window
    assert "按上级 · 自评" in window
    liu.touch("指标说明")
    assert "已完成任务占全部任务的百分比。" in liu.window()


def test_whoever_neither_is_hr_nor_leads_anybody_has_no_reports(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    a_week_in(town)
    for typed in ("", "completion", "completion Sales"):
        told = answered(town, "kavya", Command("report", typed))
        assert "There is nothing here for you under that name." in told
    assert "/report" not in answered(town, "kavya", Command("perf", "help"))
    assert "/report" in answered(town, "emily", Command("perf", "help"))


@pytest.mark.parametrize("reader", ["juliana", "emily", "chenwei"])
def test_beyond_ones_scope_reads_like_what_there_is_not(bare_quiet_town: Any, reader: str) -> None:
    """A department, a manager and a cycle that one may not see, each against one that does not exist."""
    town = bare_quiet_town
    a_week_in(town)
    for there, not_there in (("Operations", "Operatione"), ("Priya Nair", "Priya Nais")):
        told = [
            answered(town, reader, Command("report", f"completion {name}")) for name in (there, not_there)
        ]
        assert told[0].replace(there, "…") == told[1].replace(not_there, "…")
        assert there not in told[1]
        assert "I find no report, department, manager or cycle" in told[0]
        assert "Engineering" not in told[0]
    for act in (("d:Operations",), ("d:Nowhereland",), ("all",), ("b:5",), ("b:999999",), ("x",)):
        told = answered(town, reader, Press(Act("see", ("report-view", "completion", *act)), "modal"))
        assert "There is nothing here for you under that name." in told, act
        for file in ("report-sheet", "report-picture"):
            told = answered(town, reader, Press(Act("do", (file, "completion", *act)), "modal"))
            assert "There is nothing here for you under that name." in told, act


def test_a_partner_sees_their_department_by_itself(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    a_week_in(town)
    juliana = town.player("juliana")
    juliana.command("/report completion")
    assert "Completion · Sales · Q2" in juliana.window()
    juliana.command("/report completion Rafael Souza")
    assert "Completion · Rafael Souza's people · Q2" in juliana.window()
    juliana.command("/report completion Engineering")
    assert "There is: " in juliana.aside()


def test_what_is_typed_wrong_is_named_with_what_there_is(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    a_week_in(town)
    marta = town.player("marta")
    marta.command("/report completion Enginering")
    assert "Did you mean “Engineering”?" in marta.aside()
    marta.command("/report completion Q9")
    assert "There is: completion" in marta.aside()
    marta.command("/report completion sales q2 by manager")
    assert "Completion · Sales · Q2" in marta.window()
    marta.command("/report q2 上级 Engineering completion")
    assert "Completion · Engineering · Q2" in marta.window()


def test_the_form_stays_open_with_what_was_typed(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    a_week_in(town)
    marta = town.player("marta")
    marta.command("/report completion")
    marta.touch("Choose")
    marta.fill(department="Slaes", by="manager")
    assert marta.submit() == {}
    assert "Did you mean “Sales”?" in marta.window()
    marta.touch("Edit") if "Edit" in marta.window() else None
    assert marta.field("department") == "Slaes"
    marta.fill(department="sales")
    assert marta.submit() == {}
    marta.touch("Show it")
    assert "Completion · Sales · Q2" in marta.window()
    assert "By manager · Self review" in marta.window()


def test_a_cycle_without_data_says_what_to_choose_instead(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    marta = town.player("marta")
    marta.command("/report completion")
    assert "No cycle has been launched for the company yet" in marta.window()
    launch(town, "goals")
    marta.command("/report completion")
    assert "Nothing of Q2 is open yet: “Goals” opens on Monday 2 March." in marta.window()


def test_two_departments_of_one_name_in_other_letters_are_told_apart(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    a_week_in(town)

    def move(records: Any) -> None:
        ana = records.people.by_email("ana@example.com")
        records.people.save(replace(ana, department="SALES"))

    town.records(move)
    marta = town.player("marta")
    marta.command("/report completion sales")
    assert "There are several that read alike: “SALES”, “Sales”." in marta.aside()
    marta.command("/report completion Sales")
    assert "Completion · Sales · Q2" in marta.window()
