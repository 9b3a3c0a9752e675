"""The page on reports has every report with its question, and every figure with its definition."""

from __future__ import annotations

from pathlib import Path

from flows.core.words import Words
from flows.reports.kinds import REPORTS
from flows.reports.report import ReportKind

PAGE = Path(__file__).parents[2] / "docs" / "reports.md"


def both(words: Words) -> str:
    """In English, with the Chinese where that is another."""
    said = words.en if words.en == words.zh else f"{words.en} ({words.zh})"
    return said.replace("|", "\\|").replace("\n", " ")


def told(kind: ReportKind) -> str:
    """The part of the page on one report."""
    rows = [
        f"| {both(one.title)} | {one.definition.en} | {one.formula.en if one.formula else ''} |".replace(
            "\n", " "
        )
        for one in kind.figures
    ]
    head = ["| figure | what it is | how it is worked out |", "| --- | --- | --- |"]
    return "\n".join(
        [f"### {both(kind.title)}", "", f"`/report {kind.name}`: {kind.question.en}", "", *head, *rows]
    )


def test_the_page_tells_every_report_and_every_figure_as_they_are() -> None:
    text = "\n\n".join(told(kind) for kind in REPORTS)
    shown = PAGE.read_text("utf-8").partition("<!-- figures -->\n")[2].partition("\n<!-- /figures -->")[0]
    assert shown == text, f"docs/reports.md: between the marks should stand\n{text}"
