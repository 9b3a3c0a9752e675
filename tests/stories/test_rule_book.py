"""Everybody who takes part reads the rules before they apply: dates, questions, weights, scale, anonymity, opening."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.cycle.template import Anonymity, Template
from flows.cycle.templates.file import built_in
from tests.stories.quarter import MONDAY, ON, QUARTER, launch
from tests.stories.test_a_quarter import sees

TEMPLATES = {template.name: template for template in built_in()}
HALF_YEAR, YEAR, MONTH = (TEMPLATES[name] for name in ("half-year-review", "annual-review", "monthly-kpi"))


def rules(town: Any, who: str, *press: str) -> str:
    """What somebody reads who asks for the rules, or for one questionnaire of them."""
    player = town.player(who)
    player.command("/review rules")
    if press:
        player.touch(*press)
    text: str = player.window()
    return text


def test_the_rules_are_there_before_anything_has_begun(quiet_town: Any) -> None:
    town = quiet_town
    first = launch(town, "self-review", HALF_YEAR, "H1")
    town.records(lambda records: ahead(records, first))
    book = rules(town, "kavya")
    assert "H1" in book
    assert "The same rules hold for everybody of the same role and level" in book
    assert "Choose reviewers" in book
    assert "(1 day of grace): everyone names colleagues who review them" in book
    assert "whoever was named reviews their colleague" in book
    assert "3 to 5 colleagues are named, by the employee, the manager or HR." in book
    assert "Nobody is asked for more than 6 reviews of colleagues." in book
    assert "without names; shown from 3 answers on, not counting a reader's own" in book
    assert "shown from 4 answers on" in book
    assert "nobody can tell who wrote what. How somebody writes can still give them away." in book
    for part in ("Goals", "60 %", "How does this person work together with others?", "20 %", "10 %"):
        assert part in book
    assert "Beyond expectations · from 105 points on · coefficient 1.2" in book
    assert "Far below expectations · coefficient 0.5" in book
    assert (
        "differs by more than 10 points is talked about in the calibration; it forces nobody's rating" in book
    )
    assert "to managers first, 2 working days later to everybody" in book
    assert "5 working days to look at yours, and 7 working days to appeal" in book


def ahead(records: Any, cycle: int) -> None:
    """The cycle was launched well before its first day."""
    known = records.cycles.get(cycle)
    records.cycles.save(replace(known, first=MONDAY + timedelta(days=30)))


def test_they_read_the_same_in_chinese(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "self-review", HALF_YEAR, "H1")
    town.to(ON)
    book = rules(town, "lina")
    assert "同岗同级适用同一套规则" in book
    assert "（宽限 1 天）：每人提名评价自己的同事" in book
    assert "由员工本人、上级或 HR 提名 3–5 位同事。" in book
    assert "匿名；至少有 3 份回答（不含查看者自己的）才显示" in book
    assert "略超预期 · 105 分起 · 系数 1.2" in book
    assert (
        "先向管理者开放，2 个工作日后向所有人开放。你有 5 个工作日查看结果；如有异议，可在 7 个工作日内申诉"
        in book
    )
    asked = rules(town, "lina", "查看", "上级评估")
    assert "由上级为每位下属填写。" in asked
    assert "5 · 卓越（120 分）：成果推动了公司整体发展" in asked
    assert "只有 HR 能看到回答。" in asked


def test_every_question_is_read_with_its_anchors_and_its_readers(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "self-review", HALF_YEAR, "H1")
    town.to(ON)
    manager = rules(town, "kavya", "Read", "Manager's review")
    assert (
        "3 · Meets expectations (100 points): Goals were reached, or missed for reasons named in time"
        in manager
    )
    assert "Is this person ready for the next level?" in manager
    assert "Yes / Within a year / Not yet\nOnly HR reads the answer." in manager
    assert "within a year? (may be left empty)" in manager
    peer = rules(town, "kavya", "Read", "Review by a colleague")
    assert "Colleagues who were named write it. Nobody is ever shown who wrote what, HR included." in peer
    assert "4 · Nearly always (120 points): Whenever it mattered\nI can't judge" in peer
    upward = rules(town, "kavya", "Read", "Review of my manager")
    assert "Only from 4 answers on, not counting a reader's own, is anything shown" in upward


@pytest.mark.parametrize(
    "template", [YEAR, MONTH, TEMPLATES["probation"], TEMPLATES["quarterly-okr"], QUARTER]
)
def test_every_template_has_its_book(quiet_town: Any, template: Template) -> None:
    town = quiet_town
    launch(town, template.phases[0].name, template, "C1")
    for who, read in (("kavya", "Read"), ("lina", "查看")):
        book = rules(town, who)
        language = "zh" if read == "查看" else "en"
        for phase in template.phases:
            assert phase.title.say(language) in book
        for review in template.reviews.values():
            asked = rules(town, who, read, review.title.say(language))
            for question in review.questions:
                assert question.words.say(language) in asked


def test_with_names_the_rules_say_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    reviews = {kind: replace(review, anonymous=False) for kind, review in YEAR.reviews.items()}
    launch(town, "self-review", replace(YEAR, reviews=reviews, anonymity=Anonymity(attributed=True)), "Y1")
    book = rules(town, "kavya")
    assert book.count("with the writer's name") == 4
    assert "without names" not in book
    assert "It carries the writer's name." in rules(town, "kavya", "Read", "Review by a colleague")


def test_a_formula_is_read_as_it_is(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "set", replace(MONTH, formula="min(weighted(), 110)"), "March")
    book = rules(town, "kavya")
    assert "min(weighted(), 110)" in book
    assert "where the formula needs it, nothing is computed" in book
    assert "in proportion" not in book


def test_a_day_of_ones_own_stands_in_ones_own_book(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "set", MONTH, "March")

    def extend(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com").id
        place = records.participants.get(cycle, kavya)
        records.participants.save(replace(place, extended={"set": MONDAY + timedelta(days=9)}))

    town.records(extend)
    assert "Monday 2 March to Wednesday 11 March" in rules(town, "kavya")
    assert "Monday 2 March to Saturday 7 March" in rules(town, "arjun")


def test_of_several_cycles_one_is_chosen_and_a_closed_one_can_still_be_read(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    first, second = launch(town, "set", MONTH, "March"), launch(town, "self-review", HALF_YEAR, "H1")
    kavya = town.player("kavya")
    kavya.command("/review rules")
    assert "March" in kavya.window()
    kavya.touch("Read", beside="H1")
    assert "Half-year review" in kavya.window()

    def close(records: Any) -> None:
        for cycle in (first, second):
            records.cycles.save(replace(records.cycles.get(cycle), state="closed"))

    town.records(close)
    kavya.command("/review rules")
    kavya.touch("Read", beside="March")
    assert "Monthly KPI" in kavya.window()


def test_who_takes_no_part_reads_nothing_and_hr_reads_all(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    assert "You take part in no cycle at the moment" in rules(town, "kavya")
    cycle = launch(town, "set", MONTH, "March")

    def leave_out(records: Any) -> None:
        for name in ("kavya", "marta"):
            place = records.participants.get(cycle, records.people.by_email(f"{name}@example.com").id)
            records.participants.save(replace(place, place="out"))

    town.records(leave_out)
    assert "You take part in no cycle at the moment" in rules(town, "kavya")
    assert "设定指标" in rules(town, "chenwei")
    assert "Set indicators" in rules(town, "marta")
    for about in ((str(cycle),), (str(cycle), "manager"), ("999",), ("x",)):
        assert not sees(town, "kavya", "rules", *about)
    assert sees(town, "arjun", "rules", str(cycle), "manager")
