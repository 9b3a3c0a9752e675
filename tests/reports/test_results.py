"""Reports of released results: who is counted in what, what the figures come to, and what is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.cycle.template import Free, Guide
from flows.cycle.template import Review as Form
from flows.reports.report import WITHHELD, Bars, Shares
from flows.reports.rights import COMPANY
from flows.reports.scope import Scope
from flows.results.records import Release, Version
from flows.results.stages import hr_and_above
from flows.reviews.records import Review, SealedGroup
from storage.engine import Store
from tests.reports.released_house import QUESTIONS, TEMPLATE, House, company, rows

NONE_SHOWN = (WITHHELD,) * 7
FITS = Words("fits the guide", "符合指引")
SMALL = Words("too few people for it", "人数不足，不适用")
SALES, HR = Scope(Words("Sales", "Sales"), frozenset({"Sales"})), Scope(Words("HR", "HR"), frozenset({"HR"}))
RATINGS = {"Sara": "A", "Sara 0": "A", "Stan 0": "A", "Lea 0": "D", "Lea 1": "C", "Hugo": "D", "Hana": "A"}


@pytest.fixture
def house(store: Store, now: datetime) -> House:
    return company(store, now)


@pytest.fixture
def released(house: House) -> tuple[House, Cycle]:
    cycle = house.cycle()
    house.release(cycle, RATINGS)
    return house, cycle


def test_every_group_that_may_be_shown_is(released: tuple[House, Cycle]) -> None:
    """Hana, who is HR, and Hugo above her are not counted."""
    house, cycle = released
    found = rows(house.report("ratings", "Chief", cycle))
    assert found["the company"] == (26, 3, 21, 1, 1, Decimal("3"), FITS)
    assert found["Sales"] == (13, 3, 10, 0, 0, Decimal("3.23"), FITS)
    assert found["Lab"] == (9, 0, 7, 1, 1, Decimal("2.67"), SMALL)
    assert found["HR"] == (4, 0, 4, 0, 0, Decimal("3"), SMALL)
    report = house.report("ratings", "Chief", cycle)
    assert report.said.en == "Of 26 people, 21 (81%) have B · B."
    shares = report.panels[0]
    assert isinstance(shares, Shares)
    assert [numbers for _, numbers in shares.rows] == [
        (3, 21, 1, 1), (0, 4, 0, 0), (0, 7, 1, 1), (3, 10, 0, 0),
    ]  # fmt: skip


def test_hr_people_who_compare_learn_nothing_of_the_manager_between_them(
    released: tuple[House, Cycle],
) -> None:
    """Hana sees everybody's result but Hugo's: were he counted for anybody, a forwarded picture would tell it."""
    house, cycle = released
    for name in ("ratings", "strengths"):
        report = house.report(name, "Hana", cycle)
        assert report == house.report(name, "Chief", cycle)
        note = report.tables[0].note
        assert note is not None
        assert "HR and the managers above them are not counted" in note.en
    by_manager = rows(house.report("ratings", "Hana", cycle, by="manager"))
    assert "Hugo" not in by_manager
    assert by_manager["Sara"] == (6, 1, 5, 0, 0, Decimal("3.17"), SMALL)


def test_a_team_that_leaves_too_few_in_its_department_is_not_shown(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    found = rows(house.report("ratings", "Chief", cycle, by="manager"))
    assert found["Sara"][0] == 6
    assert found["Hugo"][0] == 4
    assert found["Stan"] == found["Lea"] == found["Chief"] == NONE_SHOWN
    assert "0" not in {str(cell) for cell in found["Lea"]}


def test_a_manager_sees_the_teams_of_their_line_and_nothing_beside(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    for by in ("department", "level", "manager"):
        found = rows(house.report("ratings", "Sara", cycle, house.below("Sara"), by))
        assert found == {"Sara": (6, 1, 5, 0, 0, Decimal("3.17"), SMALL)}
    assert rows(house.report("ratings", "Lea", cycle, house.below("Lea"))) == {"Lea": NONE_SHOWN}


def test_a_partner_sees_their_department(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    house.hire("Petra", "HR", "Hugo", roles=("hr:Sales",))
    assert rows(house.report("ratings", "Petra", cycle, SALES)) == {
        "Sales": (13, 3, 10, 0, 0, Decimal("3.23"), FITS)
    }
    assert rows(house.report("ratings", "Petra", cycle, SALES, "level")).keys() == {"Sales"}


def test_whoever_is_hr_later_and_below_somebody_counted_sees_no_group_with_them(
    released: tuple[House, Cycle],
) -> None:
    """Sara was counted when Petra was not there; what Petra is shown is what others are, or nothing."""
    house, cycle = released
    house.hire("Petra", "Sales", "Sara", roles=("hr",))
    found, others = (rows(house.report("ratings", name, cycle)) for name in ("Petra", "Chief"))
    assert found["the company"] == found["Sales"] == NONE_SHOWN
    assert {name: found[name] for name in ("Lab", "HR")} == {name: others[name] for name in ("Lab", "HR")}
    by_level = rows(house.report("ratings", "Petra", cycle, by="level"))
    assert by_level["P5"] == NONE_SHOWN


def test_how_somebody_moved_does_not_tell_a_rating_that_may_not_be_looked_up(
    released: tuple[House, Cycle],
) -> None:
    """Sara has led Lea 0 in the later cycle alone: both ratings together would follow from the later one and the move."""
    house, before = released
    mover = house.people["Lea 0"]
    with house.store.work() as records:
        house.people["Lea 0"] = records.people.save(
            replace(mover, department="Sales", manager=house.people["Sara"].id)
        )
    cycle = house.cycle("H3", first=date(2027, 1, 1))
    house.release(cycle, {})
    mine, everybody = (
        rows(house.report("changes", name, cycle, scope, "manager", before))["Sara"]
        for name, scope in (("Sara", house.below("Sara")), ("Chief", COMPANY))
    )
    assert everybody[3:] == (7, 1, 1)
    assert mine[3:] == (WITHHELD,) * 3
    assert mine[1] == everybody[1]


def test_before_everybody_may_look_there_are_no_figures(house: House) -> None:
    cycle = house.cycle()
    with pytest.raises(Refusal, match="not released yet"):
        house.report("ratings", "Chief", cycle)
    house.release(cycle, {})
    later = house.now + timedelta(days=1)
    with house.store.work() as records:
        release = records.releases.get(cycle.id)
        assert release is not None
        records.releases.save(replace(release, employees_at=later))
    for name in ("ratings", "strictness", "strengths"):
        with pytest.raises(Refusal, match="open to everybody on"):
            house.report(name, "Chief", cycle)


def test_what_is_not_kept_any_longer_is_said(house: House) -> None:
    cycle = house.cycle()
    with house.store.work() as records:
        records.releases.save(
            Release(cycle.id, house.people["Chief"].id, house.now, None, house.now, house.now)
        )
    with pytest.raises(Refusal, match="not kept any longer"):
        house.report("ratings", "Chief", cycle)


def test_neither_an_appeal_nor_a_move_changes_a_figure(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    before = [house.report(name, "Chief", cycle) for name in ("ratings", "strictness", "strengths")]
    stan = house.people["Stan 0"].id
    with house.store.work() as records:
        records.ledger.add(
            [Version(cycle.id, stan, 5, "appealed", None, "D", None, {}, "", None, house.now, "", "h")]
        )
        place = records.participants.get(cycle.id, stan)
        assert place is not None
        records.participants.save(
            replace(place, manager=house.people["Lea"].id, department="Lab", place="out")
        )
        records.people.save(replace(house.people["Stan 0"], department="Lab", active=False))
    assert before == [house.report(name, "Chief", cycle) for name in ("ratings", "strictness", "strengths")]


def test_whoever_became_a_manager_later_does_not_see_whom_they_never_led(
    released: tuple[House, Cycle],
) -> None:
    """Sara 0 went to another team after the release; whoever leads Sara's line since may not see their result."""
    house, cycle = released
    gone = house.people["Sara 0"].id
    with house.store.work() as records:
        place = records.participants.get(cycle.id, gone)
        assert place is not None
        records.participants.save(replace(place, manager=house.people["Stan"].id))
    assert rows(house.report("ratings", "Sara", cycle, house.below("Sara"))) == {"Sara": NONE_SHOWN}


def test_a_scale_without_steps_is_cut_into_parts(house: House) -> None:
    free = replace(TEMPLATE, scale=(), free=Free(Decimal(0), Decimal(100), 1), guide=Guide())
    cycle = house.cycle(template=free)
    house.release(cycle, {"Sara": "99.5", "Lea": "12"}, other="70")
    report = house.report("ratings", "Chief", cycle)
    assert [column.title.en for column in report.tables[0].columns] == [
        "Group", "Rated", "80–100", "60–80", "40–60", "20–40", "0–20", "Mean",
    ]  # fmt: skip
    assert rows(report)["the company"] == (26, 1, 24, 0, 0, 1, Decimal("68.9"))


def test_strictness_is_told_of_managers_whose_people_may_be_shown(house: House) -> None:
    for nth in range(4):
        house.hire(f"Lena {nth}", "Lab", "Chief")  # so that beside Lea's people there are enough
        house.hire(f"Stina {nth}", "Sales", "Chief")
    cycle = house.cycle()
    house.release(cycle, {f"Lea {nth}": "D" for nth in range(8)} | {f"Sara {nth}": "A" for nth in range(6)})
    found = rows(house.report("strictness", "Chief", cycle))
    strict, medium, lenient = (Words("strict", "偏严"), Words("medium", "适中"), Words("lenient", "偏宽"))
    assert list(found) == ["Lea", "Stan", "Hugo", "Sara"]
    assert found["Lea"] == (8, Decimal("-1.71"), Decimal("-1.71"), strict)
    assert found["Stan"] == (5, Decimal("0.29"), Decimal("0.29"), medium)
    assert found["Sara"] == (6, Decimal("1.29"), Decimal("1.29"), lenient)
    assert list(rows(house.report("strictness", "Chief", cycle, SALES))) == ["Stan", "Sara"]


def test_nobody_reads_how_strict_they_or_those_above_them_are(house: House) -> None:
    for nth in range(8):
        house.hire(f"Hana {nth}", "HR", "Hana")
    cycle = house.cycle()
    house.release(cycle, {})
    assert "Hana" in rows(house.report("strictness", "Chief", cycle))
    assert rows(house.report("strictness", "Hana", cycle)).keys() & {"Hana", "Hugo"} == set()


def review(house: House, cycle: Cycle, kind: str, about: str, **said: str) -> None:
    one = house.people[about]
    author = one.id if kind == "self" else one.manager
    assert author is not None
    with house.store.work() as records:
        records.reviews.keep(
            Review(0, cycle.id, kind, kind, one.id, author, author, said, sent_at=house.now)  # type: ignore[arg-type]
        )


def sealed(house: House, cycle: Cycle, groups: Sequence[SealedGroup]) -> None:
    with house.store.work() as records:
        records.pens.seal(cycle.id, groups, [])


def test_a_dimension_that_no_phase_asks_for_has_no_row(store: Store, now: datetime) -> None:
    house = company(store, now)
    upward = Form("upward", Words("On the manager", "评上级"), (replace(QUESTIONS[0], name="direction"),))
    cycle = house.cycle(template=replace(TEMPLATE, reviews={**TEMPLATE.reviews, "upward": upward}))
    house.release(cycle, {})
    assert set(rows(house.report("strengths", "Chief", cycle))) == {"results", "behaviour", "ability"}


def test_what_a_strict_managers_bar_means_is_said_beside_it(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    (panel,) = house.report("strictness", "Chief", cycle).panels
    assert isinstance(panel, Bars)
    assert panel.alarm == Words("strict or lenient", "偏严或偏宽")
    assert {bar.label.en for bar in panel.bars} <= {"-1", "-0.5", "0", "+0.5", "+1"}


def test_strengths_and_gaps_stand_beside_the_company(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    for name in house.people:
        if house.people[name].manager is None:
            continue
        if name.startswith("Sara"):
            review(house, cycle, "manager", name, results="5", behaviour="4", ability="unknown")
            review(house, cycle, "self", name, results="4", behaviour="4")
        else:
            review(house, cycle, "manager", name, results="3", behaviour="3", ability="2")
    groups = [
        SealedGroup(house.people[f"Sara {nth}"].id, "peers", "peer", True, {"behaviour": average})
        for nth, average in enumerate(("4.5", "4.5", "4.0", "3.5"))
    ]
    hidden = SealedGroup(house.people["Sara 4"].id, "peers", "peer", False, {})
    sealed(house, cycle, [*groups, hidden])
    found = rows(house.report("strengths", "Chief", cycle, SALES))
    assert found["results"][:4] == (5, 13, Decimal("4.08"), Decimal("0.54"))
    assert found["results"][4:] == (Decimal("4.00"), None, None, Words("strongest", "最强"))
    assert found["behaviour"][:4] == (5, 13, Decimal("3.54"), Decimal("0.27"))
    assert found["behaviour"][5] == Decimal("4.0")
    assert found["ability"] == (
        5, 6, Decimal("2.00"), Decimal("0.00"), None, None, None, Words("weakest", "最弱"),
    )  # fmt: skip
    assert rows(house.report("strengths", "Lea", cycle, house.below("Lea")))["results"][1] == WITHHELD


def test_published_averages_of_fewer_than_four_people_are_not_put_together(
    released: tuple[House, Cycle],
) -> None:
    house, cycle = released
    sealed(
        house,
        cycle,
        [
            SealedGroup(house.people[name].id, "peers", "peer", True, {"behaviour": "4.5"})
            for name in ("Lea 0", "Lea 1", "Lea 2")
        ],
    )
    assert rows(house.report("strengths", "Chief", cycle))["behaviour"][5] == WITHHELD


def test_two_cycles_are_put_side_by_side(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    before = house.cycle("H1", first=date(2026, 1, 1))
    house.release(before, {"Sara": "B", "Sara 0": "C", "Lea 0": "A", "Hugo": "A"})
    found = rows(house.report("changes", "Chief", cycle, before=before))
    assert found["the company"] == (Decimal("3"), Decimal("3"), Decimal("0"), 26, 3, 2)
    assert found["Sales"] == (Decimal("2.92"), Decimal("3.23"), Decimal("0.31"), 13, 3, 0)
    report = house.report("changes", "Chief", cycle, before=before)
    assert (
        report.said.en
        == "The mean went from 3.00 to 3.00. Of 26 people in both cycles, 3 have a higher and 2 a lower rating."
    )


def test_who_was_in_one_of_the_cycles_alone_did_not_move(
    released: tuple[House, Cycle], now: datetime
) -> None:
    house, cycle = released
    for nth in range(9):
        house.hire(f"New {nth}", "Field", "Chief")
    later = house.cycle("H3", first=date(2027, 1, 1))
    house.release(later, {})
    found = rows(house.report("changes", "Chief", later, before=cycle))
    assert found["Field"] == (WITHHELD, Decimal("3.00"), WITHHELD, WITHHELD, WITHHELD, WITHHELD)
    assert found["the company"][3] == 26


def test_different_scales_are_compared_by_score(released: tuple[House, Cycle]) -> None:
    house, cycle = released
    other = replace(TEMPLATE, scale=(), free=Free(Decimal(0), Decimal(100), 1), guide=Guide())
    before = house.cycle("H1", other, date(2026, 1, 1))
    house.release(before, {}, "70", {"Sara": 10850})
    report = house.report("changes", "Chief", cycle, before=before)
    assert rows(report)["Sales"] == (Decimal("82.19"), Decimal("80.00"), Decimal("-2.19"), None, None, None)
    assert "different scales" in (report.tables[0].note or Words("", "")).en


def test_whoever_is_above_somebody_of_hr_by_the_directory_or_the_cycle_is_not_counted(house: House) -> None:
    house.hire("Petra", "Lab", "Lea", roles=("hr:Sales",))
    house.hire("Gone", "Sales", "Stan", roles=("hr",), active=False)
    cycle = house.cycle()
    with house.store.work() as records:
        place = records.participants.get(cycle.id, house.people["Hana"].id)
        assert place is not None
        records.participants.save(replace(place, manager=house.people["Sara 0"].id))
        found = hr_and_above(records, cycle)
    names = {name for name, one in house.people.items() if one.id in found}
    assert names == {"Petra", "Lea", "Chief", "Hana", "Hugo", "Sara 0", "Sara"}
