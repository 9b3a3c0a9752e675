"""What both sides say was agreed is only ever added to, and each version is signed once by each side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.cycle.records import Participant
from flows.interviews.records import Interview
from flows.interviews.talked import Point, Said, Signature
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
POINTS = (Point("结项报告第二版", "person", date(2026, 12, 1)), Point("A weekly look", "both"))


def an_interview(store: Store, hire: Hire) -> Interview:
    manager = hire("Mo")
    person = hire("Li", manager)
    cycle = a_cycle(store, manager, NOW)
    new = Interview(
        0, cycle.id, person.id, manager.id, "proposed", 45, NOW + timedelta(days=14), "uid-1", 0, (), person.id,
        None, None, "", NOW, NOW,
    )  # fmt: skip
    with store.work() as records:
        assert records.interviews.add([new]) == 1
        found = records.interviews.find(cycle.id, person.id)
    assert found is not None
    return found


def test_a_version_is_kept_once_and_the_newest_of_each_side_counts(store: Store, hire: Hire) -> None:
    one = an_interview(store, hire)
    mine = Said(one.id, 1, "person", one.person, POINTS, "And thanks", NOW)
    theirs = Said(one.id, 2, "manager", one.manager, POINTS[:1], "", NOW)
    again = Said(one.id, 3, "person", one.person, (), "", LATER)
    with store.work() as records:
        assert [records.agreements.say(said) for said in (mine, theirs, again)] == [True, True, True]
        assert not records.agreements.say(Said(one.id, 3, "manager", one.manager, (), "too late", LATER))
    with store.work() as records:
        first = records.agreements.said(one.id)[0]
        assert first.points == (Point("结项报告第二版", "person", date(2026, 12, 1)), POINTS[1])
        assert (first.comment, first.at) == ("And thanks", NOW)
        talk = records.agreements.many([one.id])[one.id]
        assert (talk.version, talk.said["person"].points, talk.is_said) == (3, (), True)
        assert [said.version for said in records.agreements.about(one.person)[0]] == [1, 2, 3]
        assert records.agreements.about(one.manager) == ([], [])


def test_a_version_is_signed_once_by_each_side_and_late_where_it_was_missing(
    store: Store, hire: Hire
) -> None:
    one = an_interview(store, hire)
    missing = Signature(one.id, 1, "person", "missing", None, "", NOW)
    late = Signature(one.id, 1, "person", "disagrees", one.person, "No", LATER)
    with store.work() as records:
        records.agreements.say(Said(one.id, 1, "person", one.person, POINTS, "", NOW))
        assert records.agreements.sign(missing)
        assert not records.agreements.sign(missing)
        assert records.agreements.sign(late)
        assert not records.agreements.sign(late)
        assert not records.agreements.sign(Signature(one.id, 1, "person", "noted", one.person, "", LATER))
        assert records.agreements.sign(Signature(one.id, 1, "manager", "noted", one.manager, "", LATER))
    with store.work() as records:
        talk = records.agreements.many([one.id])[one.id]
        assert talk.signed["person"] == late
        assert talk.is_final
        records.agreements.say(Said(one.id, 2, "manager", one.manager, (), "", LATER))
        assert records.agreements.many([one.id])[one.id].signed == {}, "a new version is signed anew"
        assert len(records.agreements.signatures(one.id)) == 2


def test_old_texts_are_taken_away_and_who_signed_stays(store: Store, hire: Hire) -> None:
    one = an_interview(store, hire)
    with store.work() as records:
        records.agreements.say(Said(one.id, 1, "person", one.person, POINTS, "Words", NOW))
        records.agreements.say(Said(one.id, 2, "manager", one.manager, POINTS, "", LATER))
        records.agreements.sign(Signature(one.id, 2, "person", "noted", one.person, "More words", NOW))
        assert records.agreements.forget_texts(NOW) == 0
        assert records.agreements.forget_texts(LATER) == 2
        assert records.agreements.forget_texts(LATER) == 0
        first, second = records.agreements.said(one.id)
        assert (first.points, first.comment, first.by) == ((), "", one.person)
        assert second.points[1] == POINTS[1]
        (signature,) = records.agreements.signatures(one.id)
        assert (signature.way, signature.comment) == ("noted", "")


def test_how_far_talks_are_is_counted_by_department(store: Store, hire: Hire) -> None:
    one = an_interview(store, hire)
    with store.work() as records:
        person = records.people.get(one.person)
        assert person is not None
        place = Participant(
            one.cycle, one.person, "in", one.manager, "Sales", "P5", "Asia/Shanghai", "zh", NOW
        )
        records.participants.add([place])
        assert records.agreements.counted(one.cycle) == []
        records.interviews.save(replace(one, state="held", starts_at=NOW, ends_at=NOW))
        assert records.agreements.counted(one.cycle) == [("Sales", 0, 0, 0, 1)]
        records.agreements.say(Said(one.id, 1, "person", one.person, POINTS, "", NOW))
        records.agreements.say(Said(one.id, 2, "manager", one.manager, POINTS, "", NOW))
        records.agreements.sign(Signature(one.id, 1, "person", "noted", one.person, "", NOW))
        assert records.agreements.counted(one.cycle) == [("Sales", 2, 0, 0, 1)]
        records.agreements.sign(Signature(one.id, 2, "person", "noted", one.person, "", NOW))
        records.agreements.sign(Signature(one.id, 2, "manager", "missing", None, "", NOW))
        assert records.agreements.counted(one.cycle) == [("Sales", 2, 1, 1, 1)]
        assert records.agreements.unfinished(one.cycle, None, 5) == [one.id]
        assert records.agreements.unfinished(one.cycle, ["Sales"], 5) == [one.id]
        assert records.agreements.unfinished(one.cycle, ["People"], 5) == []
        records.agreements.sign(Signature(one.id, 2, "manager", "noted", one.manager, "", LATER))
        assert records.agreements.unfinished(one.cycle, None, 5) == []
