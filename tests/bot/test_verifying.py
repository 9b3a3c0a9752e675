"""`perfloop verify` finds whatever was changed in the ledger behind the bot's back, and changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from bot import verifying
from bot.settings import Settings
from flows.core.words import same
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Template
from flows.people.person import Person
from flows.results.ledger import hash_of, next_version, noted, rated
from flows.results.records import Release, Version
from flows.results.releasing.doing import RELEASED
from storage.engine import Store, open_store
from storage.migrate import migrate
from storage.tables.audit import AUDIT
from storage.tables.results import VERSION
from tests.bot.conftest import CommandLine

NOW = datetime(2026, 3, 31, 8, tzinfo=UTC)
PEOPLE = 7
T = VERSION.c


@dataclass
class Office:
    """A store with a cycle in which everybody has three versions."""

    url: str
    cycle: int
    people: list[int]

    @contextmanager
    def opened(self) -> Iterator[Store]:
        store = open_store(self.url, lambda: NOW)
        try:
            yield store
        finally:
            store.close()

    def spoil(self, *statements: Any) -> None:
        with self.opened() as store, store.engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)

    @property
    def on_server(self) -> bool:
        return self.url.startswith("postgresql")

    def verify(self, cycle: int | None = None) -> tuple[bool, list[str]]:
        said: list[str] = []
        sound = verifying.verify(cycle, Settings.read({"PERFLOOP_DATABASE_URL": self.url}), said.append)
        return sound, said


def score_of(rated_at: int, **more: Any) -> dict[str, Any]:
    """Inputs of one rating of five."""
    part = {"name": "attitude", "value": str(rated_at * 20), "rated": str(rated_at), "of": "5"}
    return {"rule": 1, "cap": "120", "weights": {"attitude": "100"}, "components": [part], **more}


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(verifying, "SLICE", 3)
    here = Office(database_url, 0, [])
    with here.opened() as store, store.work() as records:
        people = [
            records.people.save(
                Person(
                    0, f"p{number}@example.com", f"P{number}", None, "Sales", "L1", "", (), "UTC", "en", None, None, None, True,
                )
            )
            for number in range(PEOPLE)
        ]  # fmt: skip
        template = Template("t", same("T"), "year", ())
        cycle = records.cycles.save(
            Cycle(0, "live", "Q1", date(2026, 1, 5), template, Audience(), people[0].id, NOW)
        )
        for person in people:
            first = next_version(
                None, cycle=cycle.id, person=person.id, kind="computed", score=Decimal(80), rating="4",
                coefficient=None, inputs=score_of(4), why="", by=None, at=NOW,
            )  # fmt: skip
            second = rated(first, "manager", "5", None, "launch 发布", people[0].id, NOW + timedelta(hours=1))
            third = rated(
                second, "calibrated", "4", Decimal("1.2"), "", people[0].id, NOW + timedelta(hours=2)
            )
            assert records.ledger.add([first, second, third]) == 3
    return Office(database_url, cycle.id, [person.id for person in people])


def of(person: int, version: int) -> Any:
    return (T.person == person) & (T.version == version)


def test_what_nobody_touched_is_whole(office: Office) -> None:
    sound, said = office.verify()
    assert sound
    (line,) = said
    assert line.startswith(
        f"Cycle {office.cycle} (Q1): 7 results, 21 versions, all as they were written. Digest "
    )
    assert office.verify() == office.verify(office.cycle) == (True, said)


def test_a_cycle_that_is_not_there(office: Office) -> None:
    assert office.verify(office.cycle + 1) == (False, [f"There is no cycle {office.cycle + 1}."])


def test_before_the_first_cycle_it_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    said: list[str] = []
    migrate(url)
    assert verifying.verify(None, Settings.read({"PERFLOOP_DATABASE_URL": url}), said.append)
    assert said == ["There is no cycle yet, so there are no results."]


@pytest.mark.parametrize("place", [0, 3, PEOPLE - 1])
@pytest.mark.parametrize(
    ("version", "change"),
    [
        (1, {"score": Decimal("80.01")}), (2, {"rating": "4"}), (3, {"coefficient": Decimal("1.3")}),
        (2, {"why": "no reason"}), (2, {"by": None}), (1, {"at": NOW - timedelta(microseconds=1)}),
        (3, {"kind": "manager"}), (2, {"hash": "0" * 64}), (3, {"before": ""}),
    ],
)  # fmt: skip
def test_any_change_is_found_and_named(
    office: Office, place: int, version: int, change: dict[str, Any]
) -> None:
    person = office.people[place]
    office.spoil(update(VERSION).where(of(person, version)).values(**change))
    sound, said = office.verify()
    assert not sound
    assert any(
        line.startswith(f"Cycle {office.cycle}, person {person}, version {version}: ") for line in said
    )
    assert {line.split(", version")[0] for line in said[:-1]} == {f"Cycle {office.cycle}, person {person}"}
    assert "7 results, 21 versions, 1 broken" in said[-1] or "2 broken" in said[-1]


def test_inputs_that_were_changed_are_found(office: Office) -> None:
    person = office.people[2]
    office.spoil(update(VERSION).where(of(person, 1)).values(inputs=score_of(5)))
    sound, said = office.verify()
    assert not sound
    assert said[:2] == [
        f"Cycle {office.cycle}, person {person}, version 1: was changed after it was written.",
        f"Cycle {office.cycle}, person {person}, version 1: has a score that does not follow from what it was made of.",
    ]


def test_who_makes_a_new_hash_breaks_the_chain_or_the_score(office: Office) -> None:
    person = office.people[2]
    with office.opened() as store, store.work() as records:
        first, *_ = records.ledger.of(office.cycle, person)
    other = Version(*(getattr(first, name) if name != "rating" else "1" for name in Version.__slots__))
    office.spoil(update(VERSION).where(of(person, 1)).values(rating="1", hash=hash_of(other)))
    assert office.verify()[1][0].endswith("version 2: does not follow the version before it.")
    # Even a whole chain made anew has to have scores that follow from their inputs.
    forged = next_version(
        None, cycle=office.cycle, person=person, kind="computed", score=Decimal(99), rating="5", coefficient=None,
        inputs=score_of(4), why="", by=None, at=NOW,
    )  # fmt: skip
    row = {name: getattr(forged, name) for name in Version.__slots__}
    office.spoil(delete(VERSION).where(T.person == person), insert(VERSION).values(**row))
    sound, said = office.verify()
    assert not sound
    assert said[0].endswith("version 1: has a score that does not follow from what it was made of.")


@pytest.mark.parametrize(
    "inputs", [{"rule": 1, "components": [{}]}, {"rule": 1, "components": 5}, {"rule": 1, "cap": "x"}]
)
def test_inputs_that_are_none_are_no_crash(office: Office, inputs: dict[str, Any]) -> None:
    office.spoil(update(VERSION).where(of(office.people[0], 1)).values(inputs=inputs))
    assert not office.verify()[0]


SQLITE_KEEPS = [
    ("inputs", "not json"), ("inputs", "5"), ("inputs", "[]"), ("inputs", "null"), ("inputs", "[" * 100_000),
    ("score", "abc"), ("score", b"\xff"), ("coefficient", "1,2"), ("at", "garbage"), ("at", "5"), ("at", ""),
]  # fmt: skip
POSTGRESQL_KEEPS = [
    ("inputs", "5"),
    ("inputs", "null"),
    ("score", "abc"),
    ("coefficient", ""),
    ("at", "infinity"),
]
KEPT_AS = {"inputs": "json", "at": "timestamptz"}


def spoil_raw(office: Office, column: str, value: object, person: int, version: int) -> None:
    """Write it past everything that keeps the column in order."""
    kept_as = f"CAST(:value AS {KEPT_AS[column]})" if office.on_server and column in KEPT_AS else ":value"
    raw = text(kept_as).bindparams(value=value)
    office.spoil(update(VERSION).where(of(person, version)).values({column: raw}))


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("column", ["inputs", "score", "coefficient", "at"])
def test_rows_that_can_not_be_read_are_named_and_the_others_looked_at(
    office: Office, column: str, version: int
) -> None:
    person, other = office.people[4], office.people[6]
    office.spoil(update(VERSION).where(of(other, 2)).values(rating="1"))
    for kept_in, value in POSTGRESQL_KEEPS if office.on_server else SQLITE_KEEPS:
        if kept_in != column:
            continue
        spoil_raw(office, column, value, person, version)
        sound, said = office.verify()
        assert not sound
        assert said[:-1] == [
            f"Cycle {office.cycle}, person {person}, version {version}: can't be read.",
            f"Cycle {office.cycle}, person {other}, version 2: was changed after it was written.",
        ], value
        assert said[-1].startswith(f"Cycle {office.cycle} (Q1): 7 results, 21 versions, 2 broken. Digest ")


def test_every_row_that_can_not_be_read_is_named(office: Office) -> None:
    for person in office.people:
        for version in (1, 3):
            spoil_raw(office, "score", "abc", person, version)
    sound, said = office.verify()
    assert not sound
    assert said[:-1] == [
        f"Cycle {office.cycle}, person {person}, version {version}: can't be read."
        for person in office.people
        for version in (1, 3)
    ]
    assert "7 results, 21 versions, 14 broken" in said[-1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL keeps no bytes there
@pytest.mark.parametrize(
    ("column", "value"), [("rating", b"\xff"), ("why", b"A"), ("hash", b""), ("kind", b"\x00")]
)
def test_bytes_in_the_place_of_text_are_a_change(office: Office, column: str, value: bytes) -> None:
    spoil_raw(office, column, value, office.people[4], 3)
    sound, said = office.verify()
    assert not sound
    assert said[0] == (
        f"Cycle {office.cycle}, person {office.people[4]}, version 3: was changed after it was written."
    )


def test_a_version_that_is_gone_is_missed(office: Office) -> None:
    person = office.people[4]
    office.spoil(delete(VERSION).where(of(person, 2)))
    assert office.verify()[1][0].endswith(f"person {person}, version 2: is missing.")


def test_results_that_were_kept_long_enough_are_no_loss(office: Office) -> None:
    released(office)
    closed = NOW + timedelta(days=30)
    with office.opened() as store, store.work() as records:
        cycle = records.cycles.get(office.cycle)
        assert cycle is not None
        records.cycles.save(replace(cycle, state="closed", closed_at=closed))
        assert records.retention.let_go("result_version", closed, 100) == (0, True)
        assert records.retention.let_go("result_version", closed + timedelta(days=1), 100) == (21, True)
    sound, (line,) = office.verify()
    assert sound
    assert line.endswith("its results were kept as long as they were to be, and let go of.")


def test_before_the_release_the_digest_alone_tells_what_is_cut_off_at_the_end(office: Office) -> None:
    before = office.verify()[1][-1]
    office.spoil(delete(VERSION).where(of(office.people[4], 3)))
    sound, (after,) = office.verify()
    assert sound, "the chain that is left is whole"
    assert after.rpartition(" ")[2] != before.rpartition(" ")[2]


def released(office: Office) -> str:
    """The results are released after the versions of two hours; the digest that the audit log has of it."""
    at, hr = NOW + timedelta(hours=3), office.people[0]
    with office.opened() as store, store.work() as records:
        detail = noted(*records.ledger.ends(office.cycle, at))
        records.audit.note(
            at, None, RELEASED, f"cycle/{office.cycle}", {"asked": hr, "approved": None} | detail
        )
        records.audit.note(at, None, RELEASED, f"cycle/{office.cycle}0", {"asked": hr})  # another cycle's
        records.releases.save(Release(office.cycle, hr, NOW, released_at=at))
    return str(detail["digest"])


def appeal(office: Office, person: int) -> None:
    with office.opened() as store, store.work() as records:
        last = records.ledger.latest(office.cycle, person)
        assert last is not None
        later = rated(last, "appealed", "5", None, "as agreed", person, NOW + timedelta(days=3))
        assert records.ledger.add([later]) == 1


def test_what_was_released_is_there_and_appeals_only_add(office: Office) -> None:
    digest = released(office)
    sound, said = office.verify()
    assert sound
    words = (
        f"Cycle {office.cycle} (Q1): 7 results, 21 versions, all as they were written and released. Digest "
    )
    assert said == [f"{words}{digest[:16]}"]
    appeal(office, office.people[4])
    sound, (line,) = office.verify()
    assert sound
    assert "7 results, 22 versions, all as they were written and released." in line
    assert not line.endswith(digest[:16])


@pytest.mark.parametrize("appealed", [False, True])
@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (T.version == 3, "7 results, 14 versions, digest"),
        ((T.version == 3) & (T.person == 4), "7 results, 20 versions, digest"),
        ((T.version >= 2) & (T.person == 7), "7 results, 19 versions, digest"),
        (T.person == 1, "6 results, 18 versions, digest"),
        (T.person > 0, "0 results, 0 versions, digest"),
    ],
)
def test_what_is_cut_off_after_the_release_is_seen(
    office: Office, gone: Any, left: str, *, appealed: bool
) -> None:
    digest = released(office)
    if appealed:
        appeal(office, office.people[2])
    office.spoil(delete(VERSION).where((T.at < NOW + timedelta(days=1)) & gone))
    sound, said = office.verify()
    assert not sound
    assert any(
        line.startswith(
            f"Cycle {office.cycle}: the results are not those that were released: "
            f"7 results, 21 versions, digest {digest[:16]} then, {left}"
        )
        for line in said
    ), said
    assert " broken. Digest" in said[-1]


def test_a_chain_made_anew_after_the_release_is_seen(office: Office) -> None:
    released(office)
    with office.opened() as store, store.work() as records:
        *_, second, third = records.ledger.of(office.cycle, office.people[3])
    other = rated(second, "calibrated", "5", None, "", office.people[0], third.at)
    row = {name: getattr(other, name) for name in Version.__slots__}
    office.spoil(update(VERSION).where(of(office.people[3], 3)).values(**row))
    sound, said = office.verify()
    assert not sound
    assert said[0].startswith(f"Cycle {office.cycle}: the results are not those that were released: ")


@pytest.mark.parametrize(
    ("spoilt", "said_then"),
    [
        (delete(AUDIT), "the audit log has nothing of its release."),
        (update(AUDIT).values(detail={}), "what the audit log has of its release can't be read."),
        (update(AUDIT).values(detail=5), "what the audit log has of its release can't be read."),
    ],
)
def test_a_release_of_which_nothing_is_noted_is_told(office: Office, spoilt: Any, said_then: str) -> None:
    released(office)
    office.spoil(spoilt)
    sound, said = office.verify()
    assert not sound
    assert said[0] == f"Cycle {office.cycle}: {said_then}"
    assert "7 results, 21 versions, 1 broken. Digest" in said[1]


def test_it_runs_beside_the_bot_and_writes_nothing(office: Office) -> None:
    with office.opened() as store:
        with store.engine.connect() as connection:
            before = connection.execute(select(VERSION)).all()
        assert office.verify()[0]
        with store.engine.connect() as connection:
            assert connection.execute(select(VERSION)).all() == before


def test_the_command_ends_in_code_1_when_something_is_broken(office: Office, perfloop: CommandLine) -> None:
    ended = perfloop("verify", PERFLOOP_DATABASE_URL=office.url)
    assert ended.code == 0
    assert "7 results, 21 versions" in ended.out
    office.spoil(update(VERSION).where(of(office.people[0], 2)).values(rating="1"))
    spoil_raw(office, "inputs", "5", office.people[0], 3)
    ended = perfloop("verify", "--cycle", str(office.cycle), PERFLOOP_DATABASE_URL=office.url)
    assert ended.code == 1
    assert f"person {office.people[0]}, version 3: can't be read." in ended.out
    assert not ended.err
    assert f"person {office.people[0]}, version 2: was changed after it was written." in ended.out
