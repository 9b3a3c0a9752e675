"""Reviews, the goals of a cycle, and tasks about one person, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from flows.core.records import Task
from flows.core.words import Words
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Template
from flows.goals.kept import Goal, Terms
from flows.reviews.records import Review
from storage.engine import Store

TEMPLATE = Template("okr", Words("OKR", "OKR"), "quarter", (Phase("goals", Words("Goals", "目标"), 0, 10),))


@pytest.fixture
def cycle(store: Store, hire, now) -> Cycle:
    hr = hire("Hana")
    with store.work() as records:
        return records.cycles.save(
            Cycle(0, "live", "Q4", date(2026, 11, 16), TEMPLATE, Audience(), hr.id, now)
        )


def review(cycle: Cycle, about: int, author: int, now: datetime, **other: object) -> Review:
    answers = {"results": "4", "words": "签下了最大的客户 😀", "skills": ["a", "b"], "left": None}
    made = Review(0, cycle.id, "self-review", "self", about, author, None, answers, now)
    return replace(made, **other)


def test_a_review_is_kept_whole_and_changed(store: Store, cycle: Cycle, hire, now) -> None:
    boss = hire("Boss")
    ann = hire("Ann", boss)
    with store.work() as records:
        kept = records.reviews.keep(review(cycle, ann.id, ann.id, now, manager=boss.id))
        assert records.reviews.get(kept.id) == kept
        assert records.reviews.find(cycle.id, "self-review", ann.id, "self") == kept
        edited = records.reviews.keep(replace(kept, answers={"results": "5"}, edited_at=now))
        assert records.reviews.get(kept.id) == edited
        assert records.reviews.get(999) is None
        assert records.reviews.find(cycle.id, "self-review", ann.id, "manager") is None


def test_one_of_a_kind_by_each_author_about_each_person_in_a_phase(
    store: Store, cycle: Cycle, hire, now
) -> None:
    ann, boss, lead = hire("Ann"), hire("Boss"), hire("Lead")
    with store.work() as records:
        for author in (boss, lead):
            records.reviews.keep(review(cycle, ann.id, author.id, now, kind="project", phase="projects"))
    with pytest.raises(IntegrityError), store.work() as records:
        records.reviews.keep(review(cycle, ann.id, lead.id, now, kind="project", phase="projects"))


def test_of_several_authors_each_ones_own_is_found(store: Store, cycle: Cycle, hire, now) -> None:
    ann, boss, lead = hire("Ann"), hire("Boss"), hire("Lead")
    with store.work() as records:
        first, second = (
            records.reviews.keep(review(cycle, ann.id, author.id, now, kind="project", phase="projects"))
            for author in (boss, lead)
        )
        about = (cycle.id, "projects", ann.id, "project")
        assert records.reviews.find(*about, lead.id) == second
        assert records.reviews.find(*about, ann.id) is None
        assert records.reviews.find(*about) == first


def test_everything_about_some_people_is_found_by_person_phase_and_author(
    store: Store, cycle: Cycle, hire, now
) -> None:
    ann, ben, boss = hire("Ann"), hire("Ben"), hire("Boss")
    with store.work() as records:
        for about, author, kind, phase in (
            (ben, ben, "self", "self-review"), (ann, boss, "manager", "manager-review"),
            (ann, ann, "self", "self-review"), (ann, ben, "project", "manager-review"), (boss, boss, "self", "self-review"),
        ):  # fmt: skip
            records.reviews.keep(review(cycle, about.id, author.id, now, kind=kind, phase=phase))
        found = records.reviews.about(cycle.id, [ben.id, ann.id, ann.id])
        assert [(one.about, one.phase, one.author) for one in found] == [
            (ann.id, "manager-review", ben.id), (ann.id, "manager-review", boss.id), (ann.id, "self-review", ann.id),
            (ben.id, "self-review", ben.id),
        ]  # fmt: skip
        assert records.reviews.about(cycle.id, []) == []
        assert records.reviews.about(999, [ann.id]) == []


def test_reviews_are_found_by_who_wrote_them(store: Store, cycle: Cycle, hire, now) -> None:
    ann, ben, boss = hire("Ann"), hire("Ben"), hire("Boss")
    with store.work() as records:
        for about in (ben, ann):
            records.reviews.keep(review(cycle, about.id, boss.id, now, kind="manager"))
        records.reviews.keep(review(cycle, ann.id, ann.id, now))
        assert [one.about for one in records.reviews.by_author(cycle.id, boss.id)] == [ben.id, ann.id]
        assert records.reviews.by_author(999, boss.id) == []


def test_goals_are_kept_by_cycle_and_those_of_a_closed_one_are_past(store: Store, cycle: Cycle, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        loose = records.goals.add(ann.id, "学英语")
        mine = records.goals.save(
            Goal(0, ann.id, Terms("Win 12 customers", measure="from the CRM"), cycle.id)
        )
        assert records.goals.of_person(ann.id) == [loose, mine]
        assert records.goals.of_cycle(cycle.id, ann.id) == [mine]
        renamed = records.goals.save(replace(mine, terms=replace(mine.terms, title="Win 15 customers")))
        assert records.goals.of_cycle(cycle.id, ann.id) == [renamed]
        records.cycles.save(replace(cycle, state="closed"))
        assert records.goals.of_person(ann.id) == [loose]
        assert records.goals.of_cycle(cycle.id, ann.id) == [renamed]
        records.goals.forget([renamed.id, 999])
        assert records.goals.of_cycle(cycle.id, ann.id) == []


def test_a_task_about_one_person_is_found_in_any_state(store: Store, cycle: Cycle, hire, now) -> None:
    ann, ben, boss, deputy = (hire(name) for name in ("Ann", "Ben", "Boss", "Deputy"))
    later = now + timedelta(days=5)
    task = Task(0, "review", cycle.id, boss.id, "manager-review", "open", now, later, later, about=ann.id)
    with store.work() as records:
        records.tasks.add([task, replace(task, about=ben.id, person=deputy.id, owner=boss.id)])
        found = records.tasks.for_person("review", cycle.id, "manager-review", ben.id, [boss.id, ben.id])
        assert [(one.person, one.owner, one.about) for one in found] == [(deputy.id, boss.id, ben.id)]
        records.tasks.save(replace(found[0], state="done"))
        again = records.tasks.for_person("review", cycle.id, "manager-review", ben.id, [boss.id])
        assert [one.state for one in again] == ["done"]
        assert records.tasks.for_person("review", cycle.id, "manager-review", ann.id, [ben.id]) == []
        assert records.tasks.for_person("review", cycle.id, "manager-review", ann.id, []) == []
