"""Somebody with the files, before the seal and after it, links no comment to its author better than by chance.

10,020 reviews of 2,004 people, each written by five. Every attack puts the five authors of a review into some order,
and the five comments into some order, and guesses that they go together. By chance one in five is right.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flows.reviews.sealing import seal_cycle
from storage.engine import Store, open_store
from tests.anonymity.company import CLOSED, Company, answers_of, ask, company, releasing

TEAM, PEOPLE = 6, 2004
MARK = re.compile(rb"mark-[12]-[0-9a-f]{12}")
SIGMAS = 3

Group = int
"""Whom it is about."""


@dataclass
class Traces:
    """What can be known of the authors: for each review what orders them. `marks` are by (about, author, question)."""

    marks: dict[tuple[int, int, int], str] = field(default_factory=dict)
    submitted: dict[tuple[int, int], int] = field(default_factory=dict)
    edited: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: dict[tuple[int, int], int] = field(default_factory=dict)
    sizes: dict[tuple[int, int], int] = field(default_factory=dict)
    typed: dict[tuple[int, int], str] = field(default_factory=dict)
    tasks: dict[tuple[int, int], int] = field(default_factory=dict)

    def authors(self) -> dict[Group, list[int]]:
        found: dict[Group, list[int]] = defaultdict(list)
        for about, author in self.submitted:
            found[about].append(author)
        return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> tuple[Path, Traces]:
    """A database in which all of them have written, in random order; some of them twice."""
    rng, home = Random(20260302), tmp_path_factory.mktemp("linkage")
    file = Path(shutil.copy(migrated_file, home / "written.db"))
    with closing(open_store(f"sqlite:///{file}", lambda: CLOSED)) as store:
        here = company(store, PEOPLE + 1, TEAM, hr=False)
        people = here.people[1:]
        teams = [people[first : first + TEAM] for first in range(0, len(people), TEAM)]
        pairs = [(one.id, other.id) for team in teams for one in team for other in team if one.id != other.id]
        ask(here, [("peers", author, about) for author, about in pairs])
        traces = Traces()
        rng.shuffle(pairs)
        again = [pair for pair in pairs if rng.random() < 0.1]
        rng.shuffle(again)
        write(here, rng, traces, [*pairs, *again])
        read_tables(store, traces)
        releasing(here)
    return file, traces


def write(here: Company, rng: Random, traces: Traces, pairs: list[tuple[int, int]]) -> None:
    """Each is drafted, sent and its task closed, a few in one transaction."""
    cycle = here.cycle.id
    for first in range(0, len(pairs), 50):
        with here.store.work() as records:
            for number, (author, about) in enumerate(pairs[first : first + 50], first):
                texts = {f"said{n}": text(rng, traces, about, author, n) for n in (1, 2)}
                answers, subject = answers_of(rng, texts), f"{cycle}/peers/{about}"
                records.pens.keep(cycle, "peers", author, about, answers)
                traces.submitted.setdefault((about, author), number)
                traces.edited[about, author] = number
                draft = records.conversations.start("review", author, subject, cycle)
                records.conversations.keep_typed(draft.id, draft.revision, answers, f"{number:08}")


def text(rng: Random, traces: Traces, about: int, author: int, question: int) -> str:
    """Some words, of which only the mark says whose they are: few or many."""
    mark = traces.marks.setdefault((about, author, question), f"mark-{question}-{rng.getrandbits(48):012x}")
    words = " ".join(
        rng.choice(("clear", "kind", "late", "often", "helps"))
        for _ in range(rng.randint(1, rng.choice((5, 40, 200))))
    )
    return f"{mark} {words}"


def read_tables(store: Store, traces: Traces) -> None:
    """What the tables say in plain words before the seal."""
    with store.engine.connect() as connection:
        drafts = connection.exec_driver_sql(
            "SELECT person, subject, rowid, length(content), typed_at FROM conversation"
        ).all()
        tasks = connection.exec_driver_sql("SELECT about, owner, id FROM task").all()
    for person, subject, row, size, typed in drafts:
        pair = int(subject.rpartition("/")[2]), person
        traces.rows[pair], traces.sizes[pair], traces.typed[pair] = row, size, typed
    traces.tasks = {(about, owner): number for about, owner, number in tasks}


@dataclass
class Sealed:
    """What is there after the seal: each comment with its places in tables and files."""

    shown: dict[Group, dict[int, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    names: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    in_log: dict[str, int] = field(default_factory=dict)
    in_file: dict[str, int] = field(default_factory=dict)


def seal(written: Path, home: Path) -> Sealed:
    """Seal a copy, and look at everything that is left."""
    file = home / "sealed.db"
    for old in (file, *home.glob("sealed.db*")):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    shutil.copy(written, file)
    shutil.copytree(written.with_name(written.name + ".keys"), file.with_name(file.name + ".keys"))
    found = Sealed()
    with closing(open_store(f"sqlite:///{file}", lambda: CLOSED)) as store:
        with store.work() as records:
            cycle = records.cycles.get(1)
            assert cycle is not None
            assert seal_cycle(records, cycle, CLOSED) == PEOPLE
        found.in_log = places(file.with_name(file.name + "-wal"))
        assert store.scrub() == 1
        found.in_file = places(file)
        with store.work() as records:
            people = records.pens.asked(1, ["peers"])
            for about in people:
                for one in records.sealed.answers(1, about):
                    mark = one.answer.partition(" ")[0]
                    found.shown[about][int(one.question[-1])].append(mark)
                    found.lengths[mark] = len(one.answer)
        with store.engine.connect() as connection:
            for name, answer in connection.exec_driver_sql("SELECT id, answer FROM sealed_answer"):
                found.names[answer.strip('"').partition(" ")[0]] = name
    return found


def places(file: Path) -> dict[str, int]:
    """Where each comment stands first in the bytes of a file."""
    found: dict[str, int] = {}
    for match in MARK.finditer(file.read_bytes()):
        found.setdefault(match[0].decode(), match.start())
    return found


Order = Callable[[int, int], Any]
"""What orders the authors of a review: from whom it is about and the author."""


def attacks(traces: Traces, sealed: Sealed) -> Iterator[tuple[str, Order, Mapping[str, Any] | None]]:
    """(what is tried, how authors are ordered, how comments are; None: as they are shown)."""
    authors: dict[str, Order] = {
        "who sent first": lambda about, author: traces.submitted[about, author],
        "who changed last": lambda about, author: traces.edited[about, author],
        "rows of drafts": lambda about, author: traces.rows[about, author],
        "when drafts were typed": lambda about, author: traces.typed[about, author],
        "sizes of drafts": lambda about, author: traces.sizes[about, author],
        "ids of tasks": lambda about, author: traces.tasks[about, author],
        "ids of people": lambda _, author: author,
    }
    texts: dict[str, Mapping[str, Any] | None] = {
        "as shown": None,
        "by their names": sealed.names,
        "by length": sealed.lengths,
        "in the bytes of the log": sealed.in_log,
        "in the bytes of the file": sealed.in_file,
    }
    for who, order in authors.items():
        for what, places_of in texts.items():
            yield f"{who}, comments {what}", order, places_of


def hit_rate(traces: Traces, sealed: Sealed, order: Order, places_of: Mapping[str, Any] | None) -> float:
    """How many of the guesses are right; what is alike is guessed at."""
    rng, right, all_of = Random(7), 0, 0
    for about, authors in traces.authors().items():
        ranked = sorted(authors, key=lambda author: (order(about, author), rng.random()))
        for question, marks in sealed.shown[about].items():
            if places_of is not None:
                marks = sorted(marks, key=lambda mark: (places_of[mark], rng.random()))
            right += sum(
                traces.marks[about, author, question] == mark
                for author, mark in zip(ranked, marks, strict=True)
            )
            all_of += len(marks)
    return right / all_of


def bound(groups: int) -> float:
    """What chance alone stays below, but for one time in a thousand. Of a random order one guess in a group is right
    on the average, with a variance of 1."""
    each = TEAM - 1
    return 1 / each + SIGMAS / (each * sqrt(groups))


def test_no_order_links_comments_to_authors(written: tuple[Path, Traces], tmp_path: Path) -> None:
    file, traces = written
    suspects: set[str] | None = None
    for _ in range(3):  # chance alone goes beyond three sigma sometimes, and never three times in a row
        sealed = seal(file, tmp_path)
        assert sum(
            len(marks) for asked in sealed.shown.values() for marks in asked.values()
        ) == 2 * PEOPLE * (TEAM - 1)
        most = bound(2 * PEOPLE)
        found = {
            name: rate
            for name, order, places_of in attacks(traces, sealed)
            if (suspects is None or name in suspects)
            and (rate := hit_rate(traces, sealed, order, places_of)) > most
        }
        suspects = set(found)
        if not suspects:
            return
    raise AssertionError(f"better than chance ({most:.3f}): {found}")


def test_the_two_comments_of_one_author_are_not_linked_either(
    written: tuple[Path, Traces], tmp_path: Path
) -> None:
    file, traces = written
    whose = {mark: author for (_, author, _), mark in traces.marks.items()}
    rates = []
    for _ in range(2):
        sealed = seal(file, tmp_path)
        pairs = [
            (whose[one], whose[other])
            for asked in sealed.shown.values()
            for one, other in zip(asked[1], asked[2], strict=True)
        ]
        rates.append(sum(one == other for one, other in pairs) / len(pairs))
    assert min(rates) <= bound(PEOPLE)


def test_the_attacks_would_succeed_on_rows_that_are_kept_as_they_come(
    written: tuple[Path, Traces], tmp_path: Path
) -> None:
    """Had each comment been stored when it was sent, its place would say whose it is."""
    _, traces = written
    naive = Sealed()
    for (about, author), number in traces.submitted.items():
        for question in (1, 2):
            mark = traces.marks[about, author, question]
            naive.shown[about][question].append(mark)
            naive.in_file[mark] = number
    rate = hit_rate(traces, naive, lambda about, author: traces.submitted[about, author], naive.in_file)
    assert rate == 1


def test_before_the_seal_the_sizes_of_what_is_kept_say_nothing(written: tuple[Path, Traces]) -> None:
    file, traces = written
    assert len(set(traces.sizes.values())) == 1
    reading = open_store(f"sqlite:///{file}", lambda: CLOSED, read_only=True)
    with closing(reading) as store, store.engine.connect() as connection:
        sizes = connection.exec_driver_sql("SELECT DISTINCT length(content) FROM pen").scalars().all()
        names = connection.exec_driver_sql("SELECT id FROM pen").scalars().all()
    assert len(sizes) == 1
    assert len(names) == len(traces.submitted)
    assert not MARK.search(file.read_bytes())
