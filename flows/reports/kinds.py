"""Every report that there is, in the order of the list."""

from __future__ import annotations

from flows.reports.appeals.making import APPEALS
from flows.reports.completion.making import COMPLETION
from flows.reports.goals.coverage import COVERAGE
from flows.reports.goals.progress import GOALS_REPORT
from flows.reports.goals.returns import RETURNS
from flows.reports.goals.risks import RISKS
from flows.reports.plans.making import PLAN_REPORT
from flows.reports.quiet.making import QUIET
from flows.reports.report import ReportKind
from flows.reports.results.changes import CHANGES
from flows.reports.results.ratings import RATINGS
from flows.reports.results.strengths import STRENGTHS
from flows.reports.results.strictness import STRICTNESS
from flows.reports.trends.making import TREND

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
