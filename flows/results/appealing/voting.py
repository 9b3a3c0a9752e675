"""How a panel decides: somebody proposes, and it counts once more than half of those who decide agree."""

from __future__ import annotations

from flows.results.appealing.records import Appeal, Step, on
from flows.results.records import ResultRecords


def votes(records: ResultRecords, appeal: Appeal) -> int:
    """How many have to agree: more than half of those who decide."""
    return len(on(records.appeals.seats(appeal.id), appeal.level)) // 2 + 1


def proposal(records: ResultRecords, appeal: Appeal) -> Step | None:
    """What somebody who decides has proposed last in the present step; whoever was replaced proposes nothing any more."""
    seated = on(records.appeals.seats(appeal.id), appeal.level)
    steps = [one for one in records.appeals.steps(appeal.id) if one.about.get("step") == appeal.step]
    return next((one for one in reversed(steps) if one.kind == "proposed" and one.by in seated), None)


def agreed_to(records: ResultRecords, appeal: Appeal, proposed: Step) -> set[int]:
    """Who is for it: whoever proposed it and those who agreed since, as far as they decide now."""
    steps = records.appeals.steps(appeal.id)
    said = {one.by for one in steps if one.kind == "agreed" and one.about.get("proposal") == proposed.id}
    return (said | {proposed.by}) & {*on(records.appeals.seats(appeal.id), appeal.level)}  # type: ignore[return-value]
