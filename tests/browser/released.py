"""The sample company after its half-year review: the results are open, and everybody's morning has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.workspace.sample import PEOPLE_CSV
from bot.workspace.sample_reviews import answer_rest, named, release
from flows.reviews.records import Review
from tests.browser.conftest import SUNDAY
from tests.messengers.slack import SlackTown

NAME = "H2 2025"


def with_results(folder: Path, **wrote: str) -> Iterator[SlackTown]:
    """Kavya wrote that about herself; it is the Thursday after managers have looked."""
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), folder, reviews=True)
    town.to(SUNDAY + timedelta(hours=20, minutes=30))

    def written(records: Any) -> None:
        cycle = records.cycles.in_state("live")[0]
        answer_rest(records, town.now())
        kavya, said = named(records, "kavya").id, {**wrote, "results": "5", "behaviour": "4"}
        review = Review(0, cycle.id, "self-review", "self", kavya, kavya, None, said, sent_at=town.now())
        records.reviews.keep(review)

    town.records(written)
    town.to(SUNDAY + timedelta(days=7, hours=16))
    town.records(lambda records: release(records, town.now()))
    town.to(SUNDAY + timedelta(days=10, hours=16))
    yield town
    town.close()
