"""Appeals are kept on both databases: one that is open for each result, their steps, who decides, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

from flows.results.appealing.records import Appeal, Seat, Step, on
from storage.engine import Store
from tests.storage.conftest import a_cycle


def appeal(cycle: int, person: int, now, **other) -> Appeal:
    made = Appeal(
        0, cycle, person, "Sales", 3, "filed", ("results", "rating"), "签下了最大的客户 😀", "links", "held", "A", False, now,
        0, now, now,
    )  # fmt: skip
    return replace(made, **other)


def test_one_is_kept_whole_and_a_second_waits_until_it_is_over(store: Store, hire, now) -> None:
    ann = hire("Ann")
    cycle = a_cycle(store, ann, now)
    with store.work() as records:
        kept = records.appeals.add(appeal(cycle.id, ann.id, now))
        assert kept is not None
        assert records.appeals.get(kept.id) == records.appeals.lock(kept.id) == kept
        assert records.appeals.add(appeal(cycle.id, ann.id, now)) is None
        records.appeals.save(replace(kept, state="withdrawn", ended_at=now))
        again = records.appeals.add(appeal(cycle.id, ann.id, now))
        assert again is not None
        assert [one.id for one in records.appeals.of(cycle.id, ann.id)] == [kept.id, again.id]
        assert records.appeals.of_cycle(cycle.id) == records.appeals.about(ann.id)
        assert records.appeals.cycles() == [cycle.id]
        assert records.appeals.get(999) is None


def test_two_windows_at_once_file_one(store: Store, hire, now) -> None:
    ann = hire("Ann")
    cycle = a_cycle(store, ann, now)
    together, found = Barrier(4), []

    def file() -> None:
        together.wait()
        with store.work() as records:
            found.append(records.appeals.add(appeal(cycle.id, ann.id, now)))

    threads = [Thread(target=file) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(one is not None for one in found) == 1


def test_steps_and_seats(store: Store, hire, now) -> None:
    ann, boss, other = hire("Ann"), hire("Boss"), hire("Other")
    cycle = a_cycle(store, ann, now)
    with store.work() as records:
        kept = records.appeals.add(appeal(cycle.id, ann.id, now))
        step = records.appeals.note(
            Step(0, kept.id, "note", boss.id, now, "听证", {"step": 1, "people": [1, 2]})
        )
        assert records.appeals.steps(kept.id) == [step]
        for one in (Seat(kept.id, 1, boss.id), Seat(kept.id, 2, other.id), Seat(kept.id, 2, boss.id)):
            records.appeals.seat(one)
        records.appeals.seat(Seat(kept.id, 1, boss.id, on=False))
        seats = records.appeals.seats(kept.id)
        assert (on(seats, 1), on(seats, 2)) == ([], sorted((boss.id, other.id)))
        assert [one.id for one in records.appeals.seated(other.id)] == [kept.id]
        records.appeals.seat(Seat(kept.id, 2, other.id, on=False))
        assert records.appeals.seated(other.id) == []


def test_texts_are_forgotten_when_it_is_long_over(store: Store, hire, now) -> None:
    ann = hire("Ann")
    cycle = a_cycle(store, ann, now)
    with store.work() as records:
        old = records.appeals.add(
            appeal(
                cycle.id, ann.id, now, state="decided", outcome="upheld", ended_at=now - timedelta(days=800)
            )
        )
        records.appeals.note(Step(0, old.id, "decided", ann.id, now, "because", {"outcome": "upheld"}))
        running = records.appeals.add(appeal(cycle.id, ann.id, now))
        before = now - timedelta(days=730)
        assert records.appeals.forget(before) == 1
        assert records.appeals.forget(before) == 0
        kept = records.appeals.get(old.id)
        assert (kept.facts, kept.evidence, kept.wish, kept.outcome) == ("", "", "", "upheld")
        assert [(one.text, one.about) for one in records.appeals.steps(old.id)] == [
            ("", {"outcome": "upheld"})
        ]
        assert records.appeals.get(running.id) == running
