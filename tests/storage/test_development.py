"""Development plans, actions, trainings and what was taken over, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flows.plans.agreeing import agree, propose
from flows.plans.developing_kept import Content, DevelopmentPlan, Planned
from flows.plans.records import Action, Carried
from flows.plans.training_kept import Enrolment, Training
from storage.engine import Store
from tests.storage.conftest import a_cycle

CONTENT = Content(
    "接口设计 😀", "A course", "Lead", "Time", (Planned("Read", date(2026, 12, 1)), Planned("Talk"))
)
LATER = timedelta(days=800)


def test_a_plan_is_kept_with_everything_that_happened_to_it(store: Store, hire: Any, now: Any) -> None:
    boss = hire("Boss")
    ann = hire("Ann", boss)
    cycle = a_cycle(store, boss, now)
    with store.work() as records:
        new = DevelopmentPlan(0, ann.id, cycle.id, "proposed", CONTENT, now)
        kept = records.development.save(*propose(new, CONTENT, ann.id, now))
        assert kept is not None
        assert records.development.get(kept.id) == records.development.lock(kept.id) == kept
        assert records.development.save(*propose(new, CONTENT, ann.id, now)) is None  # somebody was faster
        loose = replace(new, cycle=None)
        assert records.development.save(*propose(loose, CONTENT, ann.id, now)) is not None
        assert records.development.save(*propose(loose, CONTENT, ann.id, now)) is None
        agreed = records.development.save(*agree(kept, boss.id, now))
        assert agreed is not None
        assert records.development.find(ann.id, cycle.id) == agreed
        assert [plan.cycle for plan in records.development.of_person(ann.id)] == [cycle.id, None]
        assert [plan.cycle for plan in records.development.open_of([ann.id, boss.id])] == [None]
        assert set(records.development.latest_of([ann.id, boss.id])) == {ann.id}
        changed = replace(CONTENT, skills="Other", actions=())
        asked = records.development.save(*propose(agreed, changed, ann.id, now))
        assert asked is not None
        found = records.development.get(kept.id)
        assert found is not None
        assert (found.content, found.pending) == (CONTENT, changed)
        steps = records.development.history(kept.id)
        assert [(step.act, step.by) for step in steps] == [
            ("proposed", ann.id), ("agreed", boss.id), ("changed", ann.id),
        ]  # fmt: skip
        assert steps[0].content == CONTENT
        assert records.development.forget_texts(now) == 0
        assert records.development.forget_texts(now + LATER) == 2
        assert records.development.forget_texts(now + LATER) == 0
        found = records.development.get(kept.id)
        assert found is not None
        assert (found.content, found.pending) == (Content(""), None)
        assert {step.content for step in records.development.history(kept.id)} == {Content("")}


def test_actions_are_read_by_whose_they_are_and_who_wrote_them(store: Store, hire: Any, now: Any) -> None:
    boss = hire("Boss")
    ann = hire("Ann", boss)
    with store.work() as records:
        add = records.actions.add
        late = add(Action(0, ann.id, "development", 1, "Late", date(2026, 12, 9), "open", ann.id, now))
        early = add(Action(0, ann.id, "meeting", 2, "Early", date(2026, 12, 1), "open", boss.id, now))
        loose = add(Action(0, ann.id, "interview", 3, "Some day", None, "open", boss.id, now))
        assert records.actions.open_of(ann.id) == [early, late, loose]
        done = replace(early, state="done", ended_at=now, why="Because")
        records.actions.save(done)
        assert records.actions.get(early.id) == records.actions.lock(early.id) == done
        assert records.actions.open_of(ann.id) == [late, loose]
        assert records.actions.about(ann.id) == [late, done, loose]
        assert records.actions.of("development", 1) == [late]
        assert records.actions.forget_texts(now) == 0
        assert records.actions.forget_texts(now + LATER) == 1
        assert [one.text for one in records.actions.about(ann.id)] == ["Late", "", "Some day"]


def test_what_was_decided_at_the_beginning_of_a_cycle_is_decided_once(
    store: Store, hire: Any, now: Any
) -> None:
    ann = hire("Ann")
    cycle = a_cycle(store, ann, now)
    taken = Carried(cycle.id, "goal", 7, ann.id, taken=True, at=now)
    gone = Carried(cycle.id, "action", 7, ann.id, taken=False, at=now)
    with store.work() as records:
        assert records.carried.keep(taken)
        assert records.carried.keep(gone)
        assert not records.carried.keep(replace(taken, taken=False))
        assert sorted(records.carried.of(cycle.id, ann.id), key=lambda one: one.kind) == [gone, taken]
        assert records.carried.of(cycle.id, ann.id + 1) == []


def test_trainings_and_places_in_them(store: Store, hire: Any, now: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        kept = records.trainings.save(
            Training(
                0, "B-1", "Negotiating", "谈判", Decimal("7.5"), "online", "", "talk", Decimal(1200), "CNY"
            )
        )
        free = records.trainings.save(Training(0, "A-1", "Writing"))
        assert records.trainings.all() == [free, kept]
        assert records.trainings.get(kept.id) == kept
        gone = records.trainings.save(replace(free, offered=False))
        assert records.trainings.many([free.id]) == [gone]
        place = records.trainings.save_place(Enrolment(0, kept.id, ann.id, "asked", now))
        assert records.trainings.asked_of([ann.id]) == [place]
        no = replace(place, state="declined", decided_by=ann.id, decided_at=now, why="Later")
        records.trainings.save_place(no)
        assert records.trainings.place(place.id) == records.trainings.lock_place(place.id) == no
        assert records.trainings.asked_of([ann.id]) == []
        assert records.trainings.places_of(ann.id) == records.trainings.places_in(kept.id) == [no]
        assert records.trainings.forget_texts(now + LATER) == 1
        assert records.trainings.place(place.id) == replace(no, why="")
