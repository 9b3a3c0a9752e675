"""Under which name the readings of a goal or of an imported metric are kept."""

from __future__ import annotations

from flows.goals.kept import Goal, Level


def series_of(goal: Goal | int) -> str:
    """The series of what is reported for one goal itself."""
    return f"goal/{goal if isinstance(goal, int) else goal.id}"


def metric_series(metric: str, level: Level, subject: int | str) -> str:
    """The series of an imported metric: of a person (id), of a department (name), or of the company ("")."""
    return f"metric/{metric}/{level}/{subject}"


def sources_of(goal: Goal) -> tuple[str, ...]:
    """The series that a goal's value is read from: its metric's where it names one, and what was reported by hand."""
    own = series_of(goal)
    if not goal.terms.metric:
        return (own,)
    whole = goal.department if goal.level == "department" else ""
    subject = goal.person if goal.level == "person" else whole
    return metric_series(goal.terms.metric, goal.level, subject), own
