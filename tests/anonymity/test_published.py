"""Everything that anybody is ever shown of anonymous answers: the same for all, at all times, and never of a few."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.cycle.template import Anonymity
from flows.results.records import ResultRecords
from flows.reviews.published import published, published_comments
from flows.reviews.records import SealedGroup
from flows.reviews.sealing import seal_cycle
from storage.engine import open_store
from tests.anonymity.company import CLOSED, START, TEMPLATE, Company, ask, company, releasing, rounds
from tests.anonymity.span import Group, smallest_derivable

Said = dict[tuple[str, int, int], dict[str, Any]]
"""What each wrote, by phase, author and whom it is about."""

OPEN = START + timedelta(days=5)


def written(here: Company, rng: Random, team: int) -> Said:
    """Some of those who were asked write, and answer some of the questions."""
    said: Said = {}
    pairs = list(rounds(here, team, rng))
    for pair in pairs:
        if rng.random() < 0.7:
            said[pair] = {
                **{f"rated{n}": rng.choice(("1", "3", "5", "unknown", None)) for n in (1, 2)},
                **{f"said{n}": rng.choice((None, " ", f"text {pair} {n}")) for n in (1, 2)},
            }
    ask(here, pairs, set(said))
    with here.store.work() as records:
        for (phase, author, about), answers in said.items():
            records.pens.keep(here.cycle.id, phase, author, about, answers)
    return said


def seen(
    here: Company, moment: datetime
) -> tuple[list[SealedGroup], dict[int, dict[tuple[str, str], list[str]]]]:
    """Groups and comments of everybody, as they are published at that moment; the order of comments is another thing."""
    ids = [person.id for person in here.people]
    with here.store.work() as records:
        groups = published(records, here.cycle, ids, moment)
        comments: dict[int, dict[tuple[str, str], list[str]]] = {}
        for person in ids:
            for one in published_comments(records, here.cycle, person, moment):
                comments.setdefault(person, {}).setdefault((one.phase, one.question), []).append(one.answer)
    return groups, {
        person: {where: sorted(texts) for where, texts in theirs.items()}
        for person, theirs in comments.items()
    }


@pytest.mark.parametrize("seed", range(12))
def test_in_random_companies_nothing_of_a_few_is_ever_shown(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    team, least = rng.randint(3, 9), rng.randint(3, 5)
    template = replace(TEMPLATE, anonymity=Anonymity(peers=least, upward=least))
    with closing(open_store(f"sqlite:///{tmp_path / 'x.db'}", lambda: CLOSED)) as store:
        here = company(store, rng.randint(8, 40), team, template, hr=bool(seed % 2))
        said = written(here, rng, team)
        assert seen(here, OPEN) == ([], {}), "nothing is shown while somebody writes"
        before = seen(here, CLOSED)
        releasing(here)
        with store.work() as records:
            seal_cycle(records, here.cycle, CLOSED)
        store.scrub()
        assert seen(here, CLOSED + timedelta(days=90)) == before, "and what is shown never changes"

    groups, comments = before
    cells = [answered(said, group, question) for group in groups for question in group.averages]
    for about, by_question in comments.items():
        for (phase, question), texts in by_question.items():
            wrote = [one for one in said if one[0] == phase and one[2] == about and said[one][question]]
            assert len([one for one in wrote if str(said[one][question]).strip()]) == len(texts) >= least
    readers = {author for _, author, _ in said}
    for reader in readers:
        own = frozenset((pair, question) for pair in said if pair[1] == reader for question in said[pair])
        mine = [cell for cell in cells if may_read(here, reader, cell)]
        assert smallest_derivable(mine, least, own) is None


def answered(said: Said, group: SealedGroup, question: str) -> Group:
    """Whose answers an average is made of."""
    return frozenset(
        (pair, question)
        for pair, answers in said.items()
        if pair[0] == group.phase and pair[2] == group.about and answers[question] not in (None, "unknown")
    )


def may_read(here: Company, reader: int, cell: Group) -> bool:
    """Whether somebody is above whom it is about, or HR: they can subtract what they wrote themselves."""
    (_, _, about), _ = next(iter(cell))
    one = here.by_id[about].manager
    while one is not None:
        if one == reader:
            return True
        one = here.by_id[one].manager
    return "hr" in here.by_id[reader].roles


def test_a_reader_among_those_asked_costs_one_answer_for_everybody(database_url: str, tmp_path: Path) -> None:
    """Whether or not they wrote: whoever makes somebody a reader would otherwise learn which of the two it was."""
    with closing(open_store(database_url, lambda: CLOSED, keys=tmp_path / "keys")) as store:
        here = company(store, 14, 6)
        head, authors = here.people[0], here.people[8:12]  # who is HR, and above them all; and another team
        cases = (
            (authors[:3], authors[:3], True),
            ([head, *authors[:2]], [head, *authors[:2]], False),
            ([head, *authors[:3]], authors[:3], False),
            ([head, *authors[:3]], [head, *authors[:3]], True),
            ([head, *authors[:4]], authors[:4], True),
        )
        for about, (asked, wrote, _) in zip(here.people[2:7], cases, strict=True):
            with store.work() as records:
                for author in wrote:
                    given = {"rated1": "4", "said1": "good"}
                    records.pens.keep(here.cycle.id, "peers", author.id, about.id, given)
            ask(here, [("peers", author.id, about.id) for author in asked])
        groups, comments = seen(here, CLOSED)
        assert [group.shown for group in groups] == [shown for *_, shown in cases]
        assert sorted(comments) == [group.about for group in groups if group.shown]


def test_the_seal_belongs_to_a_release_and_is_done_once(database_url: str, tmp_path: Path) -> None:
    with closing(open_store(database_url, lambda: CLOSED, keys=tmp_path / "keys")) as store:
        here = company(store, 8, 6)
        written(here, Random(1), 6)

        def seal(records: ResultRecords) -> int:
            return seal_cycle(records, here.cycle, CLOSED)

        with store.work() as records:
            assert seal(records) == 0, "without a release there is no seal"
        releasing(here)
        with store.work() as records:
            first = seal(records)
            assert first > 0
            assert seal(records) == 0
            assert [thing for _, thing, _ in records.audit.latest("review.sealed", START)] == ["cycle/1"]
        assert store.keys.cycles() == {1}, "a release that is undone with its transaction keeps its key"
        store.scrub()
        assert store.keys.cycles() == set()


def test_what_is_archived_without_a_release_is_forgotten(database_url: str, tmp_path: Path) -> None:
    with closing(open_store(database_url, lambda: CLOSED, keys=tmp_path / "keys")) as store:
        here = company(store, 8, 6)
        written(here, Random(1), 6)
        with store.work() as records:
            records.cycles.save(replace(here.cycle, state="closed"))
        store.scrub()
        assert store.keys.cycles() == {1}
        with store.work() as records:
            records.cycles.save(replace(here.cycle, state="archived"))
        store.scrub()
        assert store.keys.cycles() == set()
        with store.work() as records:
            tasks = records.tasks.of_scope(["review"], here.cycle.id)
        assert {(task.state, task.why) for task in tasks} == {("waived", "sealed")}, (
            "whoever wrote is like the rest"
        )
        groups, comments = seen(here, CLOSED)
        assert not any(group.shown for group in groups)
        assert comments == {}


def test_who_writes_at_the_very_moment_of_the_seal_is_told_so(database_url: str, tmp_path: Path) -> None:
    with closing(open_store(database_url, lambda: CLOSED, keys=tmp_path / "keys")) as store:
        here = company(store, 8, 6)
        written(here, Random(1), 6)
        releasing(here)
        about, author = here.people[1:3]

        def write() -> None:
            with store.work() as records:
                records.pens.keep(here.cycle.id, "peers", author.id, about.id, {"said1": "late"})

        with ThreadPoolExecutor(1) as pool:
            with store.work() as records:
                seal_cycle(records, here.cycle, CLOSED)
                late = pool.submit(write)
            with pytest.raises(Refusal, match="released"):
                late.result()
        with store.work() as records:
            assert records.pens.about(here.cycle.id, "peers", about.id) == []
