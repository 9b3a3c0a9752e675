"""Everything that was ever published of a random small company's reviews, to every reader, over time: never of a few."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flows.cycle.template import Anonymity
from flows.reviews.published import kept_from, published, published_comments
from flows.reviews.sealing import seal_cycle
from storage.engine import open_store
from tests.anonymity.company import CLOSED, START, TEMPLATE, Company, ask, company, releasing, rounds
from tests.anonymity.span import Group, smallest_derivable

Pair = tuple[str, int, int]
DAY = timedelta(days=1)


@dataclass
class Watched:
    """What each wrote, and whose answers each reader has seen put together, by all that was ever shown to them."""

    here: Company
    said: dict[Pair, dict[str, Any]] = field(default_factory=dict)
    seen: dict[int, set[Group]] = field(default_factory=lambda: defaultdict(set))

    def write(self, rng: Random, pairs: list[Pair]) -> None:
        with self.here.store.work() as records:
            for phase, author, about in pairs:
                said = {f"rated{n}": rng.choice(("1", "3", "5", "unknown", None)) for n in (1, 2)}
                said |= {f"said{n}": rng.choice((None, " ", f"{phase}/{author}/{about}")) for n in (1, 2)}
                self.said[phase, author, about] = said
                records.pens.keep(self.here.cycle.id, phase, author, about, said)

    def look(self, now: datetime) -> int:
        """Everybody looks at everything that they may; how many groups are shown."""
        people = {person.id: person for person in self.here.people}
        number = 0
        with self.here.store.work() as records:
            groups = [one for one in published(records, self.here.cycle, [*people], now) if one.shown]
            cells = [
                (one.about, one.phase, self.rated(one.about, one.phase, q))
                for one in groups
                for q in one.averages
            ]
            for about in people:
                by_question: dict[tuple[str, str], set[Pair]] = defaultdict(set)
                for one in published_comments(records, self.here.cycle, about, now):
                    phase, author, whom = one.answer.split("/")
                    by_question[one.phase, one.question].add((phase, int(author), int(whom)))
                cells += [
                    (about, phase, frozenset((pair, question) for pair in pairs))
                    for (phase, question), pairs in by_question.items()
                ]
            for reader in people:
                hidden = kept_from(records, self.here.cycle, reader, [*people])
                line = {about for about in people if reader in records.people.line_of(about)}
                for about, phase, cell in cells:
                    if (
                        (about in line or people[reader].roles)
                        and about != reader
                        and (about, phase) not in hidden
                    ):
                        self.seen[reader].add(cell)
                        number += 1
        return number

    def rated(self, about: int, phase: str, question: str) -> Group:
        """Whose answers an average is made of, now."""
        return frozenset(
            (pair, question)
            for pair, answers in self.said.items()
            if (pair[0], pair[2]) == (phase, about) and answers[question] not in (None, "unknown")
        )

    def later(self, rng: Random) -> None:
        """What may happen once reviews are closed: somebody becomes HR, is led by another, goes, or comes back."""
        people = self.here.people
        with self.here.store.work() as records:
            new = rng.randrange(1, len(people))
            people[new] = records.people.save(replace(people[new], roles=("hr",)))
            moved = rng.randrange(2, len(people))
            people[moved] = records.people.save(replace(people[moved], manager=people[1].id))
            for one in rng.sample(people, 2):
                place = records.participants.get(self.here.cycle.id, one.id)
                assert place is not None
                records.participants.save(replace(place, place=rng.choice(("in", "out"))))


@pytest.mark.parametrize("seed", range(8))
def test_from_all_that_was_ever_published_no_small_group_is_worked_out(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    team, least = rng.randint(6, 8), rng.randint(3, 4)
    template = replace(TEMPLATE, anonymity=Anonymity(peers=least, upward=least))
    with closing(open_store(f"sqlite:///{tmp_path / 'x.db'}", lambda: CLOSED)) as store:
        here = company(store, rng.randint(10, 16), team, template, hr=bool(seed % 2))
        all_of = Watched(here)
        pairs = list(rounds(here, team, rng))
        ask(here, pairs)
        extended = {about for _, _, about in rng.sample(pairs, 3)}
        with store.work() as records:
            tasks = records.tasks.of_scope(["review"], here.cycle.id)
            more = [replace(one, until=START + 50 * DAY) for one in tasks if one.about in extended]
            records.tasks.save_many(more)
        writing = [pair for pair in pairs if rng.random() < 0.8]
        for number, part in enumerate((writing[::2], writing[1::2])):
            all_of.write(rng, part)
            assert all_of.look(START + (4 + number) * DAY) == 0, "nothing is shown while somebody writes"
        shown = all_of.look(CLOSED)
        all_of.write(rng, [pair for pair in pairs if pair[2] in extended and rng.random() < 0.5])
        for days in (35, 51, 60):
            all_of.later(rng)
            shown += all_of.look(START + days * DAY)
        releasing(here)
        with store.work() as records:
            seal_cycle(records, here.cycle, START + 61 * DAY)
        store.scrub()
        shown += all_of.look(START + 62 * DAY)
    for reader, cells in all_of.seen.items():
        own = frozenset((pair, question) for pair in pairs if pair[1] == reader for question in QUESTIONS)
        assert smallest_derivable(cells, least, own) is None
    together = {cell for cells in all_of.seen.values() for cell in cells}
    assert smallest_derivable(together, least) is None, "nor by all readers together, but for what they wrote"
    assert shown, "there was something to look at"


QUESTIONS = ("rated1", "rated2", "said1", "said2")
