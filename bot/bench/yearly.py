"""What a person adds to each table in a year, and what Slack lets a workspace do: the arithmetic of the capacity page."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.client import DELETE, EDIT, PAGE, POST, slack_limits

# Rows that a person adds in a year: four cycles of five goals with weekly check-ins, and two half-year reviews, each by
# oneself, the manager and three colleagues.
YEAR: dict[str, tuple[int, str]] = {
    "task": (52 + 4 * 4 + 2 * 5, "52 check-ins, 4 × 4 phases, 2 × 5 reviews"),
    "checkin": (52, "a week each"),
    "message": (2 * 52 + 20, "52 prompts, 52 answers, 20 of cycles"),
    "reader": (12, "2 broadcasts in each of 6 cycles"),
    "participant": (6, "4 quarters, 2 reviews"),
    "goal": (4 * 5, "5 a quarter"),
    "reading": (5 * 52, "5 goals a week"),
    "goal_standing": (4 * 5, "the last of each goal"),
    "review": (2 * 2, "by oneself and the manager"),
    "pen": (3, "at a time: gone with the release"),
    "result_version": (2 * 2, "computed, rated"),
    "calibration_seat": (2, "a review each"),
    "person": (1, "once"),
}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a table's rows take, in bytes each on the average; `indexes` is the part of the indexes."""

    rows: int
    each: float
    indexes: float


def a_year(table: str, weight: Weight, people: int) -> float:
    """GB that so many people add to the table in a year."""
    return YEAR[table][0] * weight.each * people / 1e9


@dataclass(frozen=True, slots=True)
class Pace:
    """One thing that goes at Slack's pace: `calls` for each person, by that method, so many hours for `unit` people."""

    what: str
    method: str
    calls: float
    reason: str

    def hours(self, people: int) -> float:
        """Hours that it takes at the rates that the bot keeps, whatever the machine does."""
        return people * self.calls / slack_limits()[self.method].per_minute / 60


PACES = (
    Pace("a kick-off, or a weekly prompt", POST, 1, "posts"),
    Pace("changing what stands in everybody's chat", EDIT, 1, "edits"),
    Pace("taking a message back from everybody", DELETE, 1, "deletions"),
    Pace("a look at the whole directory", "users.list", 1 / PAGE, f"pages of {PAGE}"),
)


def rate_of(method: str) -> float:
    """Calls a minute in the long run."""
    return slack_limits()[method].per_minute
