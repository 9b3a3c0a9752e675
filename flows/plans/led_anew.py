"""After a change of managers: whoever leads people now answers about their plans and their trainings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.records import Sweep
from flows.plans.agreeing_tasks import follow_plan
from flows.plans.developing_kept import PlanRecords
from flows.plans.following import PLANS_FOLLOW
from flows.plans.training_owed import follow_place


@sweep(PLANS_FOLLOW)
def follow_people(records: PlanRecords, work: Sweep, now: datetime) -> Sweep:
    """What waits about the people who are named goes to whoever leads them now; nothing is asked anew."""
    people = [int(one) for one in work.about["people"]]
    for plan in records.development.open_of(people):
        locked = records.development.lock(plan.id)
        if locked is not None:
            follow_plan(records, locked, now, asked=False)
    for place in records.trainings.asked_of(people):
        follow_place(records, place, now)
    return replace(work, done=True)
