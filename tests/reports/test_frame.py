"""What holds for every report: whose it is, what a window carries, and that a large one fits."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.draw import TITLE, draw_modal
from flows.core.screen import Act, Facts, Row, Screen
from flows.core.words import Words, same
from flows.people.policy import Thing, may
from flows.reports.frame.cell_words import NO_DATA, cell_words, row_words
from flows.reports.frame.filters import Filters, filters_at, filters_in, filters_of
from flows.reports.frame.showing import MOST_ROWS, rows_of
from flows.reports.kinds import REPORTS
from flows.reports.report import WITHHELD, Figure, Table
from tests.people.test_policy import person

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
TEXT = Figure("name", same("Name"), same("A name."), "text")
SHARE = Figure("share", same("Share"), same("A share."), "percent")
NUMBER = Figure("number", same("N"), same("A number."))

ADMIN = person(10, "hr", department="People")
PARTNER = person(9, "hr:Sales", department="People")
HEAD = replace(person(3), department="Sales")
MANAGER = replace(person(2), manager=3, department="Sales")
OTHER = person(14)


@pytest.mark.parametrize(
    ("actor", "action", "thing", "allowed"),
    [
        (ADMIN, "read", Thing("report_company"), True),
        (PARTNER, "read", Thing("report_company"), False),
        (HEAD, "read", Thing("report_company"), False),
        (PARTNER, "read", Thing("report_department", departments=frozenset({"Sales"})), True),
        (PARTNER, "read", Thing("report_department", departments=frozenset({"Legal"})), False),
        (PARTNER, "read", Thing("report_department", departments=frozenset({"Sales", "Legal"})), False),
        (ADMIN, "read", Thing("report_department", departments=frozenset({"Legal"})), True),
        (HEAD, "read", Thing("report_department", departments=frozenset({"Sales"})), False),
        (MANAGER, "read", Thing("report_line", MANAGER), True),
        (HEAD, "read", Thing("report_line", MANAGER, (3, 1)), True),
        (person(1), "read", Thing("report_line", MANAGER, (3, 1)), True),
        (OTHER, "read", Thing("report_line", MANAGER, (3, 1)), False),
        (ADMIN, "read", Thing("report_line", MANAGER, (3, 1)), True),
        (ADMIN, "read", Thing("report_line", MANAGER, (3, 1), above_actor=True), False),
        (PARTNER, "read", Thing("report_line", MANAGER, (3, 1), frozenset({"Sales"})), True),
        (PARTNER, "read", Thing("report_line", MANAGER, (3, 1), frozenset({"Sales", "Legal"})), False),
        (MANAGER, "read_hr", Thing("report_line", MANAGER), False),
        (HEAD, "read_hr", Thing("report_line", MANAGER, (3, 1)), False),
        (ADMIN, "read_hr", Thing("report_line", MANAGER, (3, 1)), True),
        (person(11, "auditor"), "read", Thing("report_company"), False),
        (person(12, "operator"), "read", Thing("report_company"), False),
    ],
)  # fmt: skip
def test_whose_figures_somebody_may_see(actor: object, action: str, thing: Thing, allowed: bool) -> None:
    assert may(actor, action, thing, NOW) is allowed  # type: ignore[arg-type]


def test_every_report_says_what_it_answers_and_every_figure_what_it_is() -> None:
    names = [kind.name for kind in REPORTS]
    assert len(names) == len(set(names))
    for kind in REPORTS:
        assert kind.name.isascii()
        assert kind.name.islower()
        assert max(len(kind.title.en), len(kind.title.zh)) <= TITLE, "a window's title is cut there"
        figures = [one.name for one in kind.figures]
        assert len(figures) == len(set(figures)) > 0, kind.name
        for words in (kind.title, kind.question, *(one.title for one in kind.figures)):
            assert words.en.strip()
            assert words.zh.strip()
        for one in kind.figures:
            assert one.definition.en.endswith("."), (kind.name, one.name)
            assert one.definition.zh.endswith("。"), (kind.name, one.name)


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    folder = Path(__file__).parents[2] / "flows" / "reports"
    found = {
        (file.name, text)
        for file in folder.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Words", "Refusal", "count")
        for text in (one.value for one in call.args if isinstance(one, ast.Constant))
        if re.search(r"[\u4e00-\u9fff]", str(text)) and re.search(r"^ |[，。；：！？、）] ", str(text))
    }
    assert found == set()


@given(st.builds(Filters, st.text(), st.text(), st.integers(0, 10**8), st.text(), st.integers(0, 10**8)))
def test_what_is_chosen_comes_back_from_a_button_a_form_and_an_order(filters: Filters) -> None:
    assert filters_of(filters.about) == filters
    assert filters_at(filters.as_subject) == filters
    assert filters_in(filters.as_json) == filters


@pytest.mark.parametrize("subject", ["", "x", "[]", "[1]", "{}", "[" * 9999, '["a",2]', "null"])
def test_a_forged_form_means_no_report(subject: str) -> None:
    assert filters_at(subject).name == ""


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        (None, "count", NO_DATA),
        (WITHHELD, "percent", WITHHELD),
        (1234, "count", same("1,234")),
        (0, "count", same("0")),
        (Decimal("66.666"), "percent", same("66.7%")),
        (Decimal("3.14159"), "points", same("3.14")),
        (datetime(2026, 6, 12, tzinfo=UTC).date(), "day", Words("12 Jun", "6月12日")),
    ],
)
def test_how_a_cell_reads(cell: object, kind: str, words: Words) -> None:
    assert cell_words(cell, kind) == words  # type: ignore[arg-type]


def test_what_may_not_be_told_is_said_and_what_is_not_known_is_left_out() -> None:
    assert (
        row_words((TEXT, SHARE, NUMBER), (same("A"), WITHHELD, None))
        == Words("Share: ", "Share：") + WITHHELD
    )
    assert row_words((TEXT, SHARE), (same("A"), None)) == NO_DATA


@pytest.mark.parametrize("acts", [False, True])
def test_a_table_of_a_large_company_fits_into_a_window(acts: bool) -> None:
    rows = tuple((same(f"{'部' * 120} {n}"), Decimal(n % 101), n) for n in range(12_000))
    ways = tuple((n, same("Open"), Act("see", ("x", str(n)))) for n in range(12_000)) if acts else ()
    tables = [Table(same("By manager"), (TEXT, SHARE, NUMBER), rows, same("A note"), ways)] * 4
    body = [element for table in tables for element in rows_of(table)]
    told = [one for one in body if isinstance(one, Row)] if acts else [
        row for one in body if isinstance(one, Facts) for row in one.rows
    ]  # fmt: skip
    assert len(told) == 4 * MOST_ROWS
    view = draw_modal(Screen(same("Report"), tuple(body), place=Act("see", ("report-view", "x"))), "zh")
    assert len(view["blocks"]) <= 100
    assert "另有 11,988 行" in str(view)
