"""Every report that there is, in the order of the list."""

from __future__ import annotations

from flows.reports.appeals import APPEALS
from flows.reports.changes import CHANGES
from flows.reports.completion.making import COMPLETION
from flows.reports.goals.coverage import COVERAGE
from flows.reports.goals.progress import GOALS_REPORT
from flows.reports.goals.returns import RETURNS
from flows.reports.goals.risks import RISKS
from flows.reports.plans import PLAN_REPORT
from flows.reports.quiet import QUIET
from flows.reports.ratings import RATINGS
from flows.reports.report import ReportKind
from flows.reports.strengths import STRENGTHS
from flows.reports.strictness import STRICTNESS
from flows.reports.trends import TREND

REPORTS: tuple[ReportKind, ...] = (
    COMPLETION,
    GOALS_REPORT,
    RISKS,
    COVERAGE,
    RETURNS,
    RATINGS,
    STRICTNESS,
    STRENGTHS,
    CHANGES,
    QUIET,
    APPEALS,
    PLAN_REPORT,
    TREND,
)


def report_named(name: str) -> ReportKind | None:
    """The report of that name."""
    return next((kind for kind in REPORTS if kind.name == name), None)
