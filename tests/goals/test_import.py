"""A sheet of goals held against a company: every problem with its line and column, and what would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from flows.cycle.kept import Audience, Cycle
from flows.goals.importing.columns import columns_of, plain
from flows.goals.importing.dropped import Table
from flows.goals.importing.goal_columns import GOAL_COLUMNS
from flows.goals.importing.lines import read_lines
from flows.goals.importing.place import Place
from flows.goals.importing.plan import Plan, planned
from flows.goals.kept import Goal, Terms
from flows.goals.measure.span import days_of
from flows.people.person import Person
from tests.stories.quarter import MONDAY, QUARTER

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CYCLE = Cycle(7, "live", "Q2", MONDAY, QUARTER, Audience(), 1, NOW)


def person(number: int, name: str, department: str, *roles: str, **more: Any) -> Person:
    email = f"{name.lower()}@example.com"
    made = Person(
        number, email, name, 9, department, "L3", "T", roles, "UTC", "en", None, None, f"U{number}", True
    )
    return replace(made, **more)


HR = person(1, "Hanna", "People", "hr")
PARTNER = person(2, "Paul", "People", "hr:Sales")
DAN = person(3, "Dan", "Sales")
LIN = person(4, "Lin", "Engineering")
GONE = person(5, "Gus", "Sales", left_on=date(2026, 2, 1))
OUT = person(6, "Otto", "Sales")
TOP = Goal(20, 1, Terms("Revenue", unit="CNY", target=Decimal(100)), 7, "company")
SUB_TERMS = Terms("Sales revenue", unit="CNY", target=Decimal(60), parent=20, rule="sum")
SUB = Goal(21, 3, SUB_TERMS, 7, "department", "Sales")
OWN = Goal(30, 3, Terms("Calls", unit="calls", target=Decimal(10), due=date(2026, 6, 1)), 7)
AIM = Goal(31, 3, Terms("Be known", "objective", "okr", due=date(2026, 6, 1)), 7)


def place(actor: Person = HR, **more: Any) -> Place:
    people = {one.email: one for one in (HR, PARTNER, DAN, LIN, GONE, OUT)}
    made = Place(
        CYCLE, days_of(CYCLE), actor, NOW, people, frozenset({3, 4, 5}),
        {plain(name): name for name in ("Sales", "Engineering", "People")}, {"Sales": DAN},
        {20: TOP, 21: SUB}, {3: [OWN, AIM]}, frozenset({99}),
    )  # fmt: skip
    return replace(made, **more)


def plan(header: str, *rows: str, actor: Person = HR, **more: Any) -> Plan:
    cells = tuple((nth + 2, tuple(part.strip() for part in row.split("|"))) for nth, row in enumerate(rows))
    table = Table(tuple(part.strip() for part in header.split("|")), 1, cells)
    lines, problems = read_lines(table)
    columns, _ = columns_of(table, GOAL_COLUMNS)
    return planned(lines, place(actor, columns=frozenset(columns), **more), problems)


def test_headings_and_choices_are_understood_in_both_languages() -> None:
    english = plan(
        "Goal | Email | Unit | Better is | Target | Weight | Due | Serves | Seen by",
        "Win orders | DAN@example.com | rmb | lower | 1,200.5 | 40% | 2026-05-31 | revenue | private",
    )
    chinese = plan(
        "目标 | 邮箱 | 单位 | 方向 | 目标值 | 权重 | 截止日期 | 上级目标 | 可见范围",
        "Win orders | dan@example.com | 人民币 | 越低越好 | 1200.5 | 40 | 2026年5月31日 | Revenue | 仅上级",
    )
    assert not english.problems
    assert not chinese.problems
    [entry] = english.entries
    assert chinese.entries[0].terms == entry.terms
    assert entry.terms == Terms(
        "Win orders", unit="CNY", lower=True, target=Decimal("1200.5"), weight=Decimal(40),
        due=date(2026, 5, 31), parent=20, rule="none", visibility="private",
    )  # fmt: skip


FULL = (
    "Goal | Email | Target | Weight | Due | Serves | Level | Department | Key result of | Kind | Unit | "
    "Towards the goal above | Factor"
)
WRONG = [
    (" | dan@example.com", "Line 2: It has no goal"),
    ("A | ", "Line 2, Email: Say with an email address"),
    ("A | nobody@example.com", "Nobody in the directory has the address nobody@example.com."),
    ("A | gus@example.com", "Gus has left the company."),
    ("A | otto@example.com", "Otto does not take part in Q2."),
    ("A | dan@example.com | NaN", "Line 2, Target: “NaN” is not a number"),
    ("A | dan@example.com | 1e308", "Line 2, Target: “1e308” is not a number"),
    ("A | dan@example.com | 1.5e+300", "is not a number"),
    ("A | dan@example.com | 9999999999999999999", "is not a number"),
    ("A | dan@example.com | -5", "is below zero"),
    ("A | dan@example.com | 0.00001", "more than 4 digits"),
    ("A | dan@example.com | 5 | 120", "A weight lies between 0% and 100%"),
    ("A | dan@example.com | 5 | 50 | 2027-01-01", "outside the cycle"),
    ("A | dan@example.com | 5 | 50 | 31/31/2026", "Line 2, Due: “31/31/2026” is not a day"),
    ("A | dan@example.com | 5 | 50 | | Nothing like it", "Line 2, Serves: There is no goal “Nothing like it”"),
    ("A | dan@example.com | 5 | 50 | | 99", "Goal 99 belongs to another cycle."),
    ("A | dan@example.com | 5 | 50 | | 98", "There is no goal “98”"),
    ("A | dan@example.com | 5 | 50 | | | galaxy", "“galaxy” is none of the possible values: person, department, company."),
    ("A | | 5 | | | | department | Space", "“Space” is no department"),
    ("A | dan@example.com | 5 | | | | | | Not mine", "has no objective “Not mine”"),
    ("A | dan@example.com | | | | | | | | milestones", "at least one milestone"),
    ("A | dan@example.com | 5 | | | Revenue | | | | | calls | adds up", "counts in another unit than “Revenue”"),
    ("A | dan@example.com | 5 | | | Revenue | | | | | calls | times the factor", "needs a factor"),
    ("A" * 301 + " | dan@example.com", "more than 300 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sentence"), WRONG, ids=[sentence[:40] for _, sentence in WRONG])
def test_what_is_wrong_is_named_with_its_place_in_both_languages(row: str, sentence: str) -> None:
    cells = row + " |" * (12 - row.count("|"))
    [problem] = plan(FULL, cells).problems
    assert sentence in problem.said().en
    assert problem.said().zh.startswith("第 2 行")


def test_every_problem_is_named_at_once() -> None:
    found = plan(
        "Goal | Email | Target | Colour",
        "A | dan@example.com | x | red",
    )
    assert [one.said().en for one in found.problems] == [
        "The column “Colour” is not known. Please use the headings of /goal template, or delete the column."
    ]
    found = plan(
        "Goal | Email | Target", "A | x@example.com | 1", "B | dan@example.com | x", "B | dan@example.com | 2"
    )
    assert [one.line for one in found.problems] == [2, 3, 4]


def test_who_is_meant_is_looked_at_even_where_a_number_is_wrong() -> None:
    found = plan(
        "Goal | Email | Target | Level",
        "A | nobody@x.com | NaN |",
        "B | dan@example.com | 1 | galaxy",
        "C | y@x.com | -1 |",
    )
    assert [(one.line, one.column.en if one.column else "") for one in found.problems] == [
        (2, "Target"), (2, "Email"), (3, "Level"), (4, "Email"), (4, ""),
    ]  # fmt: skip


def test_a_circle_of_goals_is_refused() -> None:
    found = plan(
        "Goal | Level | Department | Serves",
        "Sales revenue | department | Sales | Engineering revenue",
        "Engineering revenue | department | Engineering | Sales revenue",
    )
    assert [one.line for one in found.problems if "circle" in one.words.en] == [2, 3]
    top = plan("Goal | Level | Serves", "Revenue | company | Sales revenue")
    assert "circle" in top.problems[0].words.en


def test_a_partner_reaches_their_own_departments_only() -> None:
    found = plan(
        "Goal | Email | Level | Department | For job title",
        "A | dan@example.com | | |",
        "B | lin@example.com | | |",
        "C | | company | |",
        "D | | department | Engineering |",
        "E | | department | Sales |",
        "F | | | | Engineer",
        actor=PARTNER,
    )
    assert [one.line for one in found.problems] == [3, 4, 5, 7]


def test_new_changed_and_the_same_are_told_apart() -> None:
    header = "Goal | Email | Unit | Target"
    same = plan(header, "Calls | dan@example.com | calls | 10")
    assert (same.new, same.changed, len(same.entries)) == ([], [], 1)
    changed = plan(header, "Calls | dan@example.com | calls | 12")
    assert [(one.id, one.terms.target) for one in changed.changed] == [(30, 12)]
    assert [one.terms.title for one in plan(header, "Visits | dan@example.com | | 3").new] == ["Visits"]


def test_a_column_that_is_not_there_leaves_what_was_agreed() -> None:
    [entry] = plan("Goal | Email | Weight", "Calls | dan@example.com | 30").entries
    assert entry.terms == replace(OWN.terms, weight=Decimal(30))
    [cleared] = plan("Goal | Email | Target", "Calls | dan@example.com |").entries
    assert cleared.terms.target is None


def test_key_results_find_their_objective_in_the_file_or_among_the_goals() -> None:
    found = plan(
        "Goal | Email | Kind | Key result of",
        "Press | dan@example.com | | New aim",
        "New aim | dan@example.com | objective |",
        "Talks | dan@example.com | | be known",
    )
    press, aim, talks = found.entries
    assert not found.problems
    assert press.terms.parent == aim.id < 0
    assert (talks.terms.parent, talks.terms.method, aim.terms.method) == (31, "okr", "okr")


def test_weights_that_do_not_come_to_100_are_a_warning_by_name() -> None:
    found = plan("Goal | Email | Weight", "Calls | dan@example.com | 60", "Be known | dan@example.com | 30")
    assert not found.problems
    assert [words.en.split(".")[0] for words in found.warnings] == [
        "Dan: The weights come to 90%, 10% too little"
    ]


def test_a_cycle_that_has_not_started_takes_the_companys_goals_only() -> None:
    draft = replace(CYCLE, state="draft")
    found = plan("Goal | Email | Level", "A | dan@example.com |", "B | | company", cycle=draft)
    assert [one.line for one in found.problems] == [2]


def test_lines_for_a_job_title_go_into_the_library() -> None:
    found = plan(
        "Goal | For job title | Target", "Ship | Engineer | 4", "Learn | * | 2", "Fix | Engineer | 9"
    )
    assert {job: [one.terms.title for one in goals] for job, goals in found.library.items()} == {
        "Engineer": ["Ship", "Fix"], "": ["Learn"],
    }  # fmt: skip
    assert found.entries == []


def test_a_percentage_in_the_target_is_its_unit() -> None:
    [entry] = plan("Goal | Email | Target", "On time | dan@example.com | 95%").entries
    assert (entry.terms.unit, entry.terms.target) == ("%", 95)


def test_more_goals_than_can_be_looked_at_are_refused_in_one_sentence() -> None:
    found = plan("Goal | Email", *["A | dan@example.com"] * 10_001)
    assert [one.said().en for one in found.problems] == [
        "These are 10,001 lines; please drop at most 10,000 of this kind at a time."
    ]
