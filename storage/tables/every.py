"""All tables at once, for the migrations and the test that holds them against each other."""

from storage.tables import (
    METADATA,
    agreements,
    appeals,
    audit,
    calendars,
    checkins,
    coaching,
    conversations,
    cycles,
    files,
    goals,
    improvement,
    interviews,
    kept,
    meetings,
    messages,
    people,
    plans,
    rehearsals,
    reports,
    results,
    reviews,
    rewards,
    sealed,
    tasks,
)

__all__ = [
    "METADATA", "agreements", "appeals", "audit", "calendars", "checkins", "coaching", "conversations", "cycles",
    "files", "goals", "improvement", "interviews", "kept", "meetings", "messages", "people", "plans", "rehearsals",
    "reports", "results", "reviews", "rewards", "sealed", "tasks",
]  # fmt: skip
