"""Anonymous answers in both databases: encrypted, found again, flagged, sealed, forgotten and scrubbed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from flows.core.owed import Message, Task
from flows.core.refusal import Refusal
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.records import Release
from flows.reviews.records import Flag, Pen, SealedAnswer, SealedGroup
from storage.connect import file_of
from storage.engine import Store, open_store
from storage.keys import KeyMissing
from storage.tables.conversations import CONVERSATION
from storage.tables.sealed import FLAG, PEN, SEALED_ANSWER
from tests.storage.conftest import NOW, Hire, a_cycle

PHASE = "peers"
TEXT = "gives clear and quick answers"


@pytest.fixture
def people(hire: Hire) -> list[Person]:
    return [hire(name) for name in ("Ann", "Bo", "Cy", "Di", "Ed")]


@pytest.fixture
def cycle(store: Store, people: list[Person]) -> Cycle:
    return a_cycle(store, people[0], NOW)


def texts(pens: list[Pen]) -> set[str]:
    return {pen.answers["said"] for pen in pens}


def written(store: Store, cycle: Cycle, people: list[Person]) -> None:
    """Everybody writes about the first."""
    with store.work() as records:
        for number, author in enumerate(people[1:], 1):
            records.pens.keep(cycle.id, PHASE, author.id, people[0].id, {"said": f"{TEXT} {number}"})


def sealed(store: Store, cycle: Cycle, hr: Person) -> None:
    with store.work() as records:
        records.releases.save(Release(cycle.id, hr.id, NOW, sealed_at=NOW))
        records.pens.forget(cycle.id)
        records.pens.level(cycle.id, [PHASE], "sealed")


def test_what_was_written_about_somebody_comes_without_authors(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    ann, bo = people[:2]
    with store.work() as records:
        records.pens.keep(cycle.id, "upward", bo.id, ann.id, {"said": "of another phase"})
        found = records.pens.about(cycle.id, PHASE, ann.id)
        assert texts(found) == {f"{TEXT} {number}" for number in range(1, 5)}
        assert [pen.id for pen in found] == sorted(pen.id for pen in found), "their order is their names'"
        assert records.pens.mine(cycle.id, PHASE, bo.id, ann.id) == {"said": f"{TEXT} 1"}
        assert records.pens.mine(cycle.id, PHASE, ann.id, bo.id) is None
        assert records.pens.about(cycle.id, PHASE, bo.id) == []
        everything = list(records.pens.everything(cycle.id, [PHASE, "upward"], [one.id for one in people]))
        assert [(phase, about, len(pens)) for phase, about, pens in everything] == [
            (PHASE, ann.id, 4), ("upward", ann.id, 1),
        ]  # fmt: skip


def test_whoever_changes_their_mind_still_wrote_once(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    with store.work() as records:
        before = {pen.id for pen in records.pens.about(cycle.id, PHASE, people[0].id)}
        records.pens.keep(cycle.id, PHASE, people[1].id, people[0].id, {"said": "better words"})
        after = records.pens.about(cycle.id, PHASE, people[0].id)
        assert {pen.id for pen in after} == before
        assert "better words" in texts(after)


def test_the_database_alone_says_neither_who_nor_what(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    with store.engine.connect() as connection:
        rows = connection.execute(select(PEN)).all()
    assert len({len(row.content) for row in rows}) == 1
    assert not any(TEXT.split()[1].encode() in row.content for row in rows)
    assert {len(row.id) for row in rows} == {32}
    assert len({row.bag for row in rows}) == 1


def test_without_the_key_nothing_is_made_up(store: Store, cycle: Cycle, people: list[Person]) -> None:
    with store.work() as records:
        assert records.pens.mine(cycle.id, PHASE, people[1].id, people[0].id) is None
        assert records.pens.about(cycle.id, PHASE, people[0].id) == []
    assert store.keys.cycles() == set(), "reading makes no key"
    written(store, cycle, people)
    assert store.keys.cycles() == {cycle.id}
    store.keys.destroy(cycle.id)
    with store.work() as records:
        with pytest.raises(KeyMissing):
            records.pens.about(cycle.id, PHASE, people[0].id)
        with pytest.raises(KeyMissing):
            records.pens.keep(cycle.id, PHASE, people[1].id, people[0].id, {"said": "again"})
    assert store.keys.cycles() == set(), "a lost key is not replaced behind anybody's back"
    store.keys.create(cycle.id)
    with store.work() as records, pytest.raises(KeyMissing):
        records.pens.about(cycle.id, PHASE, people[0].id)


def test_a_draft_is_as_closed_as_what_was_sent(store: Store, cycle: Cycle, people: list[Person]) -> None:
    subject = f"{cycle.id}/{PHASE}/{people[0].id}"
    with store.work() as records:
        started = records.conversations.start("review", people[1].id, subject, cycle.id)
        assert records.conversations.save(replace(started, answers={"review": {"said": TEXT}}), was=0)
        assert records.conversations.keep_typed(started.id, 1, {"review.more": TEXT}, "7")
    with store.work() as records:
        kept = records.conversations.find("review", people[1].id, subject)
        assert kept is not None
        assert (kept.answers, kept.typed, kept.typed_at) == (
            {"review": {"said": TEXT}}, {"review.more": TEXT}, "7",
        )  # fmt: skip
    with store.engine.connect() as connection:
        row = connection.execute(select(CONVERSATION)).one()
    assert (row.answers, row.typed) == ({}, {})
    assert TEXT.encode() not in row.content
    key = store.keys.get(cycle.id)
    store.keys.destroy(cycle.id)
    with store.work() as records, pytest.raises(KeyMissing):
        records.conversations.get(started.id)
    assert key


def test_a_comment_is_flagged_under_a_name_that_its_author_finds_too(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    ann, bo = people[:2]
    with store.work() as records:
        own = records.pens.own_comment(cycle.id, PHASE, bo.id, ann.id, "said")
        pens = records.pens.about(cycle.id, PHASE, ann.id)
        names = {records.pens.comment(cycle.id, pen.id, "said") for pen in pens}
        assert own in names
        assert len(names) == 4
        assert records.pens.comment(cycle.id, pens[0].id, "other") not in names
        flag = Flag(own, cycle.id, ann.id, PHASE, "said", "reword", "too harsh", ann.id)
        records.flags.save(flag)
        records.flags.save(replace(flag, state="reworded"))
        assert records.flags.get(own) == replace(flag, state="reworded")
        assert (
            records.flags.about(cycle.id, ann.id)
            == records.flags.of_cycle(cycle.id)
            == [replace(flag, state="reworded")]
        )
        assert records.flags.about(cycle.id, bo.id) == []
        assert records.flags.get("nothing") is None


def test_after_the_seal_there_is_what_is_shown_and_nothing_else(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    ann = people[0]
    group = SealedGroup(ann.id, PHASE, "peer", shown=True, averages={"rated": "3.5"})
    answers = [SealedAnswer(ann.id, PHASE, "peer", "said", f"comment {number}") for number in range(200)]
    with store.work() as records:
        records.conversations.start("review", people[1].id, "x", cycle.id)
        own = records.pens.own_comment(cycle.id, PHASE, people[1].id, ann.id, "said")
        records.flags.save(Flag(own, cycle.id, ann.id, PHASE, "said", "withheld", "unkind", ann.id))
        records.pens.seal(cycle.id, [group], answers)
    sealed(store, cycle, ann)
    with store.work() as records:
        assert records.pens.is_sealed(cycle.id)
        assert records.sealed.groups(cycle.id, ann.id) == [group]
        assert records.sealed.groups_many(cycle.id, [one.id for one in people]) == [group]
        shown = records.sealed.answers(cycle.id, ann.id)
        assert sorted(shown, key=lambda one: one.answer) == sorted(answers, key=lambda one: one.answer)
        assert shown != answers, "two hundred in the very order that they came in would be a wonder"
        assert shown == records.sealed.answers(cycle.id, ann.id)
        assert records.pens.about(cycle.id, PHASE, ann.id) == []
    with store.engine.connect() as connection:
        for table in (PEN, FLAG, CONVERSATION):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
        assert len(set(connection.execute(select(SEALED_ANSWER.c.id)).scalars())) == 200


def test_nothing_is_written_after_the_seal(store: Store, cycle: Cycle, people: list[Person]) -> None:
    written(store, cycle, people)
    sealed(store, cycle, people[0])
    with store.work() as records, pytest.raises(Refusal, match="released"):
        records.pens.keep(cycle.id, PHASE, people[1].id, people[0].id, {"said": "late"})
    with store.work() as records, pytest.raises(Refusal, match="released"):
        records.conversations.start("review", people[1].id, "x", cycle.id)


def test_who_wrote_and_who_did_not_are_then_the_same(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    ann, bo, cy = people[:3]
    hours = timedelta(hours=1)
    task = Task(0, "review", cycle.id, bo.id, PHASE, "done", NOW, NOW + hours, NOW + 2 * hours, about=ann.id)
    told = replace(
        task, person=cy.id, owner=cy.id, state="open", said=3, snoozed=True, live="m1", said_at=NOW, told_due=NOW,
        next_at=NOW,
    )  # fmt: skip
    other = replace(task, subject="self", done_at=NOW, about=bo.id)
    with store.work() as records:
        records.tasks.add([replace(task, done_at=NOW), told, other])
        assert records.pens.asked(cycle.id, [PHASE]) == [ann.id]
    sealed(store, cycle, ann)
    with store.work() as records:
        alike = records.tasks.of_round("review", cycle.id, PHASE)
        assert {replace(one, id=0, person=bo.id, owner=bo.id) for one in alike} == {
            replace(task, state="waived", why="sealed")
        }
        assert records.tasks.of_round("review", cycle.id, "self")[0].done_at == NOW


def test_the_messages_that_asked_name_the_phase_alone_from_then_on(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    ann, bo, cy = people[:3]
    task = Task(0, "review", cycle.id, bo.id, PHASE, "done", NOW, NOW, NOW + timedelta(hours=1), about=ann.id)
    other = replace(task, subject="self", about=bo.id)
    with store.work() as records:
        records.tasks.add([task, replace(task, person=cy.id, owner=cy.id, state="open"), other])
        mine, own = (
            records.tasks.of_round("review", cycle.id, name, [bo.id])[0].id for name in (PHASE, "self")
        )
        (hers,) = (one.id for one in records.tasks.of_round("review", cycle.id, PHASE, [cy.id]))

        def say(
            key: str, person: int, tasks: list[list[int]], day: bool = True, **more: object
        ) -> str | None:
            about = {"person": person, "tasks": tasks, "notices": [], **more}
            return records.messages.write(
                Message(key, "digest", about, NOW, person, day=NOW.date() if day else None)
            )

        say(f"day/{bo.id}/1", bo.id, [[mine, 0], [own, 0]])
        say(f"day/{bo.id}/2", bo.id, [[own, 1]], again=[own])
        say(f"day/{cy.id}/1", cy.id, [[hers, 0]])
        say(f"day/{cy.id}/2", cy.id, [[hers, 1]], again=[hers], moved=[hers])
        say(f"snooze/{hers}/1", cy.id, [[hers, 2]], day=False, again=[hers])
    sealed(store, cycle, ann)
    closed = [[cycle.id, PHASE]]
    with store.work() as records:
        alone = {"person": cy.id, "tasks": [], "notices": [], "closed": closed}
        told = {one.message.key: one.message.about for one in records.messages.starting("")}
        (snoozed,) = (
            key for key in told if key not in (f"day/{one.id}/{n}" for one in (bo, cy) for n in (1, 2))
        )
        assert snoozed.startswith("sealed/")
        assert told == {
            f"day/{bo.id}/1": {"person": bo.id, "tasks": [[own, 0]], "notices": [], "closed": closed},
            f"day/{bo.id}/2": {"person": bo.id, "tasks": [[own, 1]], "notices": [], "again": [own]},
            f"day/{cy.id}/1": alone,
            f"day/{cy.id}/2": alone,
            snoozed: alone,
        }
        assert len(records.pens.level(cycle.id, [PHASE], "sealed")) == 0, (
            "a second time there is nothing to do"
        )


def test_the_scrub_destroys_the_key_and_can_be_done_again(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    written(store, cycle, people)
    assert store.scrub() == 0
    assert store.keys.cycles() == {cycle.id}, "not before the seal"
    sealed(store, cycle, people[0])
    store.keys.destroy(cycle.id)  # as if killed right after the first step
    assert store.scrub() == 1
    assert store.scrub() == 0
    with store.work() as records:
        release = records.releases.get(cycle.id)
        assert release is not None
        assert release.scrubbed_at == NOW
        assert records.pens.about(cycle.id, PHASE, people[0].id) == []


def test_what_was_deleted_is_gone_from_the_files(tmp_path: Path, sqlite_url: str) -> None:
    with closing(open_store(sqlite_url, lambda: NOW)) as store:
        file = file_of(sqlite_url)
        assert file is not None
        hire = Person(
            0, "a@x.example", "Ann", None, "", "", "", (), "UTC", "en", None, None, None, active=True
        )
        with store.work() as records:
            people = [records.people.save(replace(hire, email=f"{n}@x.example")) for n in range(4)]
        cycle = a_cycle(store, people[0], NOW)
        written(store, cycle, people)
        with store.engine.connect() as connection:
            contents = list(connection.execute(select(PEN.c.content)).scalars())
        sealed(store, cycle, people[0])
        files = [file, file.with_name(file.name + "-wal")]
        assert any(content[100:200] in part.read_bytes() for part in files for content in contents)
        assert store.scrub() == 1
        assert not any(content[100:200] in part.read_bytes() for part in files for content in contents)


def test_a_reader_of_the_old_state_puts_the_scrub_off(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url, lambda: NOW)) as store:
        with store.work() as records:
            hr = records.people.save(
                Person(
                    0, "a@x.example", "Ann", None, "", "", "", (), "UTC", "en", None, None, None, active=True
                )
            )
        cycle = a_cycle(store, hr, NOW)
        sealed(store, cycle, hr)
        with closing(open_store(sqlite_url, lambda: NOW, read_only=True)) as other:
            with other.work() as reading:
                assert reading.people.active() == [hr]
                assert store.scrub() == 0
            assert store.scrub() == 1


def test_a_group_is_closed_once_with_its_readers_of_then(
    store: Store, cycle: Cycle, people: list[Person]
) -> None:
    ann, bo = (person.id for person in people[:2])
    with store.work() as records:
        records.closings.close(cycle.id, {(ann, PHASE): {bo}, (bo, PHASE): set()})
    with store.work() as records:
        records.closings.close(cycle.id, {(ann, PHASE): set(), (ann, "upward"): {bo}})
        kept = {(ann, PHASE): {bo}, (ann, "upward"): {bo}, (bo, PHASE): set()}
        assert records.closings.of(cycle.id, [ann, bo]) == kept
        assert records.closings.of(cycle.id, [bo]) == {(bo, PHASE): set()}
        assert records.closings.of(cycle.id + 1, [ann, bo]) == {}
