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
    return names_of(goal.id, goal.terms.metric, goal.level, goal.person, goal.department)


def names_of(goal: int, metric: str, level: Level, person: int, department: str) -> tuple[str, ...]:
    """The same of a goal's plain columns."""
    own = series_of(goal)
    if not metric:
        return (own,)
    whole = department if level == "department" else ""
    return metric_series(metric, level, person if level == "person" else whole), own
