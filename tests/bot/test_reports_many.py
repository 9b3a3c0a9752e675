"""Every report of companies that are empty, tiny, huge or oddly named: within Slack's limits, and never without a sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from bot.report_files import pictures_of, sheets_of
from bot.sheets import workbook
from bot.slack.draw import draw_modal
from bot.workspace.blocks import view_findings
from flows.core.screen import Buttons, Line, Row, Screen
from flows.people.person import Person
from flows.reports.frame.filters import Filters
from flows.reports.frame.listing import listed
from flows.reports.frame.meant import made
from flows.reports.frame.showing import means, shown
from flows.reports.kinds import REPORTS
from flows.reports.report import ReportKind
from storage.engine import open_store
from tests.bot.test_cycles_drawn import MOST_VIEW
from tests.reports.released_house import House

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ODD = (
    "👩‍👩‍👧‍👦 Care",
    "قسم المبيعات",
    "部" * 200,
    "<!channel> *x* & y",
    "=SUM(A1)",
    "\u202eback\u202c",
    "e\u0301" * 60,
)
DEPARTMENTS, LED, CYCLES = 500, 300, 40
KINDS = pytest.mark.parametrize("kind", REPORTS, ids=[kind.name for kind in REPORTS])


@pytest.fixture
def tiny(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """HR, alone."""
    house = House(open_store(sqlite_url, lambda: NOW, keys=tmp_path / "keys"), NOW)
    house.hire("Chief", "Board", roles=("hr",))
    yield house
    house.store.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """500 departments with odd names among them, a manager of 300 people, and 40 cycles of which two are released."""
    folder = tmp_path_factory.mktemp("large")
    house = House(open_store(f"sqlite:///{folder / 'perfloop.db'}", lambda: NOW, keys=folder / "keys"), NOW)
    house.hire("Chief", "Board", roles=("hr",))
    house.hire("Mei", "Sales", "Chief")
    for n in range(LED):
        house.hire(f"Led {n} {ODD[n % len(ODD)]}"[:200], "Sales", "Mei", level=f"P{n % 12}")
    for n in range(DEPARTMENTS):
        house.hire(f"Of {n}", ODD[n] if n < len(ODD) else f"Department {n}", "Chief")
    for n in range(CYCLES):
        cycle = house.cycle(f"{ODD[n % len(ODD)]} {n}"[:80], first=date(2023, 1, 1) + timedelta(days=30 * n))
        if n < CYCLES - 2:
            state: Any = "archived" if n % 2 else "closed"
            with house.store.work() as records:
                records.cycles.save(replace(cycle, state=state, closed_at=NOW - timedelta(days=9)))
        else:
            house.release(cycle, {f"Of {nth}": "A" for nth in range(40)})
    yield house
    house.store.close()


def drawn(screen: Screen) -> str:
    """Both languages of a window, which has to be one that Slack takes; what it says in English."""
    for language in ("en", "zh"):
        view = draw_modal(screen, language)
        found, _ = view_findings(view, "modal")
        assert not found, (screen.title.en, language, found)
        assert len(json.dumps(view).encode()) < MOST_VIEW
    assert any(isinstance(one, (Line, Row)) for one in screen.body), "something is said"
    return json.dumps(draw_modal(screen, "en"), ensure_ascii=False)


def seen(house: House, reader: str, filters: Filters) -> tuple[Screen, str]:
    with house.store.work() as records:
        screen = shown.screen(records, house.people[reader], filters.about, NOW)
    return screen, drawn(screen)


def has_files(screen: Screen) -> bool:
    """Whether the report has figures, or says why not."""
    return any(
        isinstance(one, Buttons) and any(way.act.about[:1] == ("report-sheet",) for way in one.buttons)
        for one in screen.body
    )


def files(house: House, reader: Person, kind: ReportKind, filters: Filters) -> None:
    """The pictures are drawn, and the sheets open with their headers frozen and filtered and nothing that runs."""
    with house.store.work() as records:
        report = made(records, reader, filters, NOW)
    for language in ("en", "zh"):
        one = replace(reader, language=language)
        for picture in pictures_of(report, one):
            assert picture.content.startswith(b"\x89PNG")
            assert 0 < len(picture.instead) <= 1000
        book = load_workbook(io.BytesIO(workbook(sheets_of(report, kind.question, kind.figures, one))))
        for page, table in zip(book.worksheets[1:-1], report.tables, strict=True):
            assert page.freeze_panes == "A2"
            assert page.auto_filter.ref == page.dimensions
            assert page.max_row == 1 + len(table.rows)
            assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
        defined = {row[0].value for row in book.worksheets[-1].iter_rows()}
        assert {figure.title.say(language) for figure in kind.figures} <= defined


@KINDS
def test_a_report_of_a_huge_company_fits_its_window_and_its_files(large: House, kind: ReportKind) -> None:
    figures = 0
    for by in kind.bys or ("",):
        for whose in ("all", f"d:{ODD[2]}", f"b:{large.people['Mei'].id}"):
            screen, _ = seen(large, "Chief", Filters(kind.name, whose, 0, by))
            figures += has_files(screen)
            if has_files(screen):
                files(large, large.people["Chief"], kind, Filters(kind.name, whose, 0, by))
    seen(large, "Mei", Filters(kind.name)) if kind.readers == "leads" else None
    with large.store.work() as records:
        drawn(means.screen(records, large.people["Chief"], (kind.name,), NOW))
    assert figures or kind.name in ("goals", "risks", "returns", "appeals", "trends")


@KINDS
def test_closed_and_archived_cycles_have_their_report_or_say_why_not(large: House, kind: ReportKind) -> None:
    with large.store.work() as records:
        cycles = {one.state: one.id for one in records.cycles.all()}
    for state in ("closed", "archived"):
        seen(large, "Chief", Filters(kind.name, "all", cycles[state]))


@pytest.mark.parametrize("state", ["", "draft", "scheduled", "live", "closed", "archived"])
def test_one_person_and_no_cycle_or_one_that_nobody_takes_part_in(tiny: House, state: Any) -> None:
    if state:
        cycle = tiny.cycle()
        with tiny.store.work() as records:
            launched = None if state in ("draft", "scheduled") else cycle.launched_at
            records.cycles.save(replace(cycle, state=state, launched_at=launched))
    for kind in REPORTS:
        screen, words = seen(tiny, "Chief", Filters(kind.name))
        if kind.needs_cycle:
            assert not has_files(screen)
            assert "No cycle has been launched for the company yet" in words
    with tiny.store.work() as records:
        drawn(listed.screen(records, tiny.people["Chief"], (), NOW))
