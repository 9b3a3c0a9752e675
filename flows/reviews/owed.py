"""Which review somebody owes, found by its subject "cycle/phase/person", and whether it can be written now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.records import Task
from flows.core.words import Words, same
from flows.cycle import owing
from flows.cycle.owing import Owed, owed_in
from flows.cycle.records import Cycle
from flows.cycle.template import Phase, Review
from flows.people.person import Person
from flows.people.policy import Thing
from flows.reviews.records import Review as Sent
from flows.reviews.records import ReviewRecords

Moment = Callable[[datetime], Thing | None]
"""Loads a thing as it is at a moment, for the policy: what a review is depends on the stage of its cycle."""

KIND = "review"
SEALED = "sealed"  # why the tasks of anonymous reviews are over after the seal, whether or not somebody wrote
BY_GUESTS = "external"  # written by people without an account, who owe no task


@dataclass(frozen=True, slots=True)
class Asked:
    """A review that is owed: the task with its phase, what is asked, and whom it is about."""

    owed: Owed
    form: Review
    about: Person

    @property
    def is_self(self) -> bool:
        return self.form.kind == "self"

    @property
    def title(self) -> Words:
        """The phase, whom it is about, and the cycle. It names somebody: it is for screens, never for messages."""
        name = same("") if self.is_self else Words(": {name}", "：{name}").fill(name=same(self.about.name))
        return self.owed.phase.title + name + same(f" · {self.owed.cycle.name}")


def subject_of(task: Task) -> str:
    return f"{task.scope}/{task.subject}/{task.about}"


def form_of(cycle: Cycle, phase: Phase) -> Review | None:
    """What the phase asks of people who have an account; None where it asks for no such review."""
    form = cycle.template.reviews.get(phase.review or "") if phase.work == KIND else None
    return form if form and form.kind != BY_GUESTS else None


def asked_in(records: ReviewRecords, task: Task) -> Asked | None:
    """What a task of this kind asks."""
    owed, about = owed_in(records, task), records.people.get(task.about)
    form = form_of(owed.cycle, owed.phase) if owed else None
    return Asked(owed, form, about) if owed and form and about else None


def named(records: ReviewRecords, actor: Person, subject: str) -> Asked | None:
    """The review that a subject names, if it is this person who has to write it now."""
    task = task_named(records, actor, subject)
    return asked_in(records, task) if task else None


def task_named(records: ReviewRecords, actor: Person, subject: str) -> Task | None:
    """It is looked for among the duties of those who usually have it, then among all that the actor owes."""
    parts = owing.parts_of(subject, 3)
    if parts is None:
        return None
    cycle, phase, about = owing.whole(parts[0]), parts[1], owing.whole(parts[2])
    whose = records.participants.get(cycle, about)
    owners = {actor.id, about} | ({whose.manager} if whose and whose.manager else set())
    usual = records.tasks.for_person(KIND, cycle, phase, about, sorted(owners))
    found = next((task for task in usual if task.person == actor.id), None)
    key = (KIND, cycle, phase, about)
    return found or next((task for task in records.tasks.open_of(actor.id) if key == key_of(task)), None)


def place_named(records: ReviewRecords, about: tuple[str, ...]) -> tuple[Cycle | None, Person | None]:
    """The cycle and the person whom a button names."""
    if len(about) != 2:
        return None, None
    return records.cycles.get(owing.whole(about[0])), records.people.get(owing.whole(about[1]))


def key_of(task: Task) -> tuple[str, int, str, int]:
    return task.kind, task.scope, task.subject, task.about


def whose(records: ReviewRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Whoever has to write a review now is the one who may."""
    return Thing("review", actor) if about and named(records, actor, about[0]) else None


def sent_of(records: ReviewRecords, asked: Asked, author: int) -> Sent | None:
    """The review with its author's name as it was sent; of a manager's, whoever wrote it. None for anonymous kinds."""
    task, kind = asked.owed.task, asked.form.kind
    if asked.form.anonymous:
        return None
    by = None if kind in ("self", "manager") else author
    return records.reviews.find(task.scope, task.subject, task.about, kind, by)


def writers_of(records: ReviewRecords, asked: Asked) -> set[int]:
    """Who is asked to write this review about the same person, and has not declined."""
    task = asked.owed.task
    every = records.tasks.of_about(KIND, task.scope, task.subject, [task.about])
    return {one.person for one in every if one.state != "waived"}


def everybody_asked(records: ReviewRecords, asked: Asked) -> set[int]:
    """Everybody who was asked to write this review about the same person, whatever has become of it."""
    task = asked.owed.task
    every = records.tasks.of_about(KIND, task.scope, task.subject, [task.about])
    return {one for found in every for one in (found.owner, found.person)}


def mine_in(records: ReviewRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> list[Task]:
    """Everything of a phase that is the actor's to write, or was written by them, and has opened."""
    found = {task.id: task for task in records.tasks.of_round(KIND, cycle.id, phase.name, [actor.id])}
    found |= {task.id: task for task in records.tasks.open_of(actor.id) if of_phase(task, cycle, phase)}
    found |= {task.id: task for task in done_for_others(records, actor, cycle, phase)}
    return [task for task in found.values() if task.opens_at <= now]


def of_phase(task: Task, cycle: Cycle, phase: Phase) -> bool:
    return (task.kind, task.scope, task.subject) == (KIND, cycle.id, phase.name)


def done_for_others(records: ReviewRecords, actor: Person, cycle: Cycle, phase: Phase) -> Sequence[Task]:
    """What the actor wrote in somebody else's place."""
    found: list[Task] = []
    for review in records.reviews.by_author(cycle.id, actor.id):
        if review.phase == phase.name and review.kind == "manager" and review.manager not in (None, actor.id):
            owners = [review.manager or 0]
            tasks = records.tasks.for_person(KIND, cycle.id, phase.name, review.about, owners)
            found += [task for task in tasks if task.person == actor.id and task.state == "done"]
    return found
