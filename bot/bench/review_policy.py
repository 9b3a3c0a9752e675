"""Random questions to the policy function, and the same answers by NumPy, which looks up bits and knows nobody."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random
from typing import get_args

from bot.bench.staff import NOON, hire, leader
from bot.clock import SystemClock
from flows.people.person import Person
from flows.people.policy import RULES, Relation, Stage, Thing, may, relations
from flows.people.policy_cells import GRANTED
from storage.engine import open_store

RELATIONS: tuple[Relation, ...] = get_args(Relation)
STAGES: tuple[Stage | None, ...] = (*get_args(Stage), None)
STANDING: tuple[Relation, ...] = ("author", "session", "delegate", "former_manager", "decider")
STAFF = 1_000  # people among whom is asked

Question = tuple[Person, str, Thing]


@dataclass(frozen=True, slots=True)
class Decided:
    """How many were asked and allowed, seconds (and CPU) by the policy and by NumPy, and how many NumPy answers otherwise."""

    n: int
    allowed: int
    s: float
    cpu: float
    plain: float
    others: int


def decided(url: str, number: int) -> Decided:
    """Ask so many questions."""
    real = SystemClock()
    asked = _questions(url, number)
    began, cpu = real.monotonic(), time.process_time()
    answers = [may(actor, action, thing, NOON) for actor, action, thing in asked]
    seconds, used = real.monotonic() - began, time.process_time() - cpu
    plain, others = _by_bits(asked, answers)
    return Decided(number, sum(answers), seconds, used, plain, others)


def _questions(url: str, number: int) -> list[Question]:
    """Any cell of the table about anybody at any stage: by themselves, their managers, HR, colleagues or anybody."""
    random = Random(8)  # noqa: S311 - made-up data
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, STAFF)
        with store.work() as records:
            people = {person.id: person for person in records.people.active()}
    cells = sorted(RULES)
    asked = []
    for _ in range(number):
        owner = random.randint(1, STAFF)
        line = _line(owner)
        actor = random.choice((owner, line[0] if line else owner, *line[-1:], 1, 2, random.randint(1, STAFF)))
        kind, action = random.choice(cells)
        standing = frozenset(random.sample(STANDING, 1) if random.random() < 0.2 else ())
        above = actor in (1, 2) and owner < actor
        thing = Thing(
            kind, people[owner], line, stage=random.choice(STAGES), standing=standing, above_actor=above
        )
        asked.append((people[actor], action, thing))
    return asked


def _line(person: int) -> tuple[int, ...]:
    found: list[int] = []
    above = leader(person)
    while above:
        found.append(above)
        above = leader(above)
    return tuple(found)


def _by_bits(asked: Sequence[Question], answers: Sequence[bool]) -> tuple[float, int]:
    """Seconds in which NumPy looks up what is granted to whom; how everybody stands to the things is given to it."""
    import numpy as np  # here because only this bench needs it

    real = SystemClock()
    bits = {relation: 1 << place for place, relation in enumerate(RELATIONS)}
    places = {cell: place for place, cell in enumerate(sorted(RULES))}
    granted = np.zeros((len(places), len(STAGES)), dtype=np.int64)
    for (kind, action, stage), to in GRANTED.items():
        granted[places[kind, action], STAGES.index(stage)] = sum(bits[one] for one in to)
    cells = np.array([places[thing.kind, action] for _, action, thing in asked])
    stages = np.array([STAGES.index(thing.stage) for _, _, thing in asked])
    standing = np.array([sum(bits[one] for one in relations(actor, thing)) for actor, _, thing in asked])
    began = real.monotonic()
    found = (granted[cells, stages] & standing) != 0
    return real.monotonic() - began, int((found != np.array(answers)).sum())
