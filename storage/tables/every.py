"""All tables at once, for the migrations and the test that holds them against each other."""

from storage.tables import (
    METADATA,
    audit,
    checkins,
    coaching,
    conversations,
    cycles,
    files,
    goals,
    messages,
    people,
    plans,
    rehearsals,
    results,
    reviews,
    sealed,
    tasks,
)

__all__ = [
    "METADATA", "audit", "checkins", "coaching", "conversations", "cycles", "files", "goals", "messages", "people",
    "plans", "rehearsals", "results", "reviews", "sealed", "tasks",
]  # fmt: skip
