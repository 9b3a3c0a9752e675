"""A broadcast's audience is frozen before anything leaves, each of it is written to once, and a kick-off opens a phase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flows
from bot.rounds import Tick
from flows.core.catalog import Catalog
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.audience import Groups, audience_answers, audience_from, refuse_beyond, told_audience
from flows.cycle.broadcasts import sending as broadcast_sending
from flows.cycle.broadcasts import steer as broadcast_steer
from flows.cycle.broadcasts.card import EVERY, look, show
from flows.cycle.broadcasts.kickoff import kickoff_text, plan_kickoff
from flows.cycle.broadcasts.letter import to_reader
from flows.cycle.broadcasts.progress import progress_of, reasons
from flows.cycle.broadcasts.sending import HELD, SLICE, begin, beginning, key_to, moment_for
from flows.cycle.planning import phase_key, plan_snapshot
from flows.cycle.records import Audience, Broadcast, Cycle, Sweep
from flows.people.person import Person
from storage.engine import Store, open_store
from tests.cycle.live_cycle import MONDAY, TEMPLATE, person

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
CATALOG = Catalog.find(flows)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store("sqlite://", lambda: NOW)
    yield opened
    opened.close()


def hire(store: Store, name: str, **other: Any) -> Person:
    with store.work() as records:
        return records.people.save(person(name, **other))


def crowd(store: Store, number: int) -> list[Person]:
    with store.work() as records:
        return [
            records.people.save(person(f"p{n}", department="Sales" if n % 2 else "Support"))
            for n in range(number)
        ]


def written(store: Store, author: Person, audience: Audience | None = None, **more: Any) -> Broadcast:
    """A broadcast that was sent off."""
    with store.work() as records:
        broadcast = records.broadcasts.save(
            Broadcast(0, "waiting", author.id, Words("Hello", "你好"), audience or Audience(), NOW, **more)
        )
        begin(records, broadcast, NOW)
        show(records, broadcast, NOW)
        return broadcast


def tick(store: Store, now: datetime = NOW) -> None:
    Tick(store, CATALOG, now).run()


def state(store: Store, broadcast: Broadcast) -> Broadcast:
    with store.work() as records:
        found: Broadcast | None = records.broadcasts.get(broadcast.id)
        assert found is not None
        return found


def deliver(store: Store, now: datetime, most: int = 10_000) -> list[str]:
    """Everything that is due arrives."""
    with store.work() as records:
        rows = records.outbox.claim(now, most, sending=True)
        for row in rows:
            records.outbox.mark_sent(row.id, "D1", "1.0", now)
        return [row.message.key for row in rows]


class Killed(Exception):
    pass


def test_the_audience_is_frozen_before_anything_is_written(store: Store) -> None:
    people = crowd(store, SLICE + 200)
    broadcast = written(store, people[0], Audience(("Sales",)))
    Tick(store, CATALOG, NOW).sweep()
    assert deliver(store, NOW) == ["broadcast.card/1"], "one slice is frozen, nothing else has happened"
    tick(store)
    assert state(store, broadcast).readers == (SLICE + 200) // 2
    keys = deliver(store, NOW)
    assert sorted(keys) == sorted(key_to(1, one.id) for one in people if one.department == "Sales")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.booleans(), max_size=12))
def test_killed_between_and_inside_slices_each_is_written_to_once(kills: list[bool]) -> None:
    store = open_store("sqlite://", lambda: NOW)
    people = crowd(store, SLICE + 50)
    written(store, people[0])
    for killed in [*kills, *[False] * 8]:
        try:
            with store.work() as records:
                due = records.sweeps.due(NOW)
                if due is None:
                    break
                records.sweeps.save(CATALOG.sweeps[due.key.partition("/")[0]].step(records, due, NOW))
                if killed:
                    raise Killed
        except Killed:
            continue
    keys = deliver(store, NOW)
    assert sorted(keys) == sorted(["broadcast.card/1", *(key_to(1, one.id) for one in people)])
    store.close()


def test_it_counts_as_the_readers_one_message_of_that_day(store: Store) -> None:
    mei = hire(store, "mei", zone="Pacific/Auckland")
    written(store, mei)
    tick(store)
    with store.work() as records:
        assert records.messages.unasked([mei.id], date(2026, 3, 1)) == {mei.id: {date(2026, 3, 5): 1}}
        kept = records.messages.by_key(key_to(1, mei.id))
        assert kept is not None
        assert kept.message.sensitive
        assert kept.message.urgency == 2


MAY_BE = replace(person("x"), id=1)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Asia/Shanghai", date(2026, 3, 5), time(9), datetime(2026, 3, 5, 1, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 5), time(9), datetime(2026, 3, 5, 14, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2026, 3, 4), time(9), NOW),
    ],
)  # fmt: skip
def test_each_reader_has_a_moment_of_their_own(zone: str, day: date, at: time, expected: datetime) -> None:
    broadcast = Broadcast(1, "sending", 1, Words("a", "b"), Audience(), NOW, send_on=day, send_at=at)
    assert moment_for(broadcast, replace(MAY_BE, zone=zone), NOW) == expected


def test_a_channel_is_written_to_by_the_authors_clock(store: Store) -> None:
    marta = hire(store, "marta", zone="Europe/Berlin")
    broadcast = written(store, marta, channels=("C1", "C2"), send_on=date(2026, 3, 5), send_at=time(9))
    tick(store)
    assert deliver(store, NOW) == ["broadcast.card/1"]
    tick(store, datetime(2026, 3, 5, 8, tzinfo=UTC))
    assert deliver(store, datetime(2026, 3, 5, 8, tzinfo=UTC)) == [
        "broadcast/1/channel/C1",
        "broadcast/1/channel/C2",
    ]
    assert state(store, broadcast).readers == 2


def steer(store: Store, what: str, actor: Person, now: datetime) -> str:
    deed = getattr(broadcast_steer, what)
    with store.work() as records:
        return str(deed.act(records, actor, ("1",), now).en)


def test_what_is_paused_is_held_and_comes_on_the_day_on_which_it_goes_on(store: Store) -> None:
    people = crowd(store, 6)
    written(store, people[0])
    tick(store)
    assert len(deliver(store, NOW, 3)) == 3
    steer(store, "pause", people[0], NOW)
    tomorrow = NOW + timedelta(days=1)
    tick(store, tomorrow)
    assert not [key for key in deliver(store, tomorrow) if key.startswith("broadcast/")]
    steer(store, "resume", people[0], tomorrow)
    tick(store, tomorrow)
    assert len(deliver(store, tomorrow)) == 4
    with store.work() as records:
        days = [
            day
            for one in records.messages.unasked([p.id for p in people], date(2026, 3, 1)).values()
            for day in one
        ]
    assert sorted(days) == [date(2026, 3, 4)] * 2 + [date(2026, 3, 5)] * 4
    tick(store, tomorrow + EVERY)
    with store.work() as records:
        found = records.broadcasts.get(1)
        assert found is not None
        assert found.state == "done"


def test_one_that_came_back_to_wait_after_the_pause_is_held_too(store: Store) -> None:
    people = crowd(store, 3)
    written(store, people[0])
    tick(store)
    with store.work() as records:
        rows = records.outbox.claim(NOW, 9, sending=True)
    steer(store, "pause", people[0], NOW)
    with store.work() as records:
        for row in rows:
            records.outbox.mark_waiting(row.id, NOW, "ratelimited", count_try=False)
    tick(store, NOW + EVERY)
    assert [key for key in deliver(store, NOW + EVERY) if key.startswith("broadcast/")] == []
    with store.work() as records:
        kept = records.messages.by_key(key_to(1, people[1].id))
        assert kept is not None
        assert kept.message.due_at == HELD


def test_paused_while_the_audience_is_frozen_it_waits_there(store: Store) -> None:
    people = crowd(store, 3)
    broadcast = written(store, people[0])
    steer(store, "pause", people[0], NOW)
    tick(store)
    assert state(store, broadcast).readers == 0
    steer(store, "resume", people[0], NOW)
    later = NOW + timedelta(minutes=1)
    tick(store, later)
    assert state(store, broadcast).readers == 3
    assert len(deliver(store, later)) == 4


@pytest.mark.parametrize(
    ("what", "before"), [("pause", "done"), ("resume", "sending"), ("cancel", "done"), ("recall", "recalled")]
)
def test_what_can_not_be_done_any_more_is_said(store: Store, what: str, before: Any) -> None:
    marta = hire(store, "marta")
    broadcast = written(store, marta)
    with store.work() as records:
        records.broadcasts.save(replace(broadcast, state=before))
    with pytest.raises(Refusal, match="can't be done any more"):
        steer(store, what, marta, NOW)


def test_the_card_counts_and_names_what_went_wrong(store: Store) -> None:
    people = crowd(store, 8)
    gone = people[7]
    broadcast = written(store, people[0])
    tick(store)
    with store.work() as records:
        rows = [row for row in records.outbox.claim(NOW, 99, sending=True) if row.message.urgency == 2]
        errors = ["user_disabled", "account_inactive", "unclear", "msg_too_long"]
        for row, error in zip(rows, errors, strict=False):
            records.outbox.mark_parked(row.id, error)
        records.outbox.mark_waiting(rows[4].id, NOW + timedelta(minutes=15), "no account", count_try=False)
        records.outbox.mark_dropped(rows[5].id, "left")
        records.outbox.mark_sent(rows[6].id, "D1", "1.0", NOW)
        assert rows[7].message.person == gone.id
        progress = progress_of(records, records.broadcasts.get(broadcast.id))
        assert (progress.readers, progress.sent, progress.remaining) == (8, 1, 1)
        assert (progress.unreached, progress.left, sum(progress.failed.values())) == (1, 1, 4)
        said = [words.en for words in reasons(progress)]
        assert "2 · the account is closed or can't be written to" in said
        assert "1 · unclear whether it arrived, so not repeated" in said
        assert "1 · the messenger refused it (msg_too_long)" in said
        assert all(words.zh for words in reasons(progress))
        records.outbox.mark_sent(rows[7].id, "D1", "2.0", NOW)
    tick(store, NOW + EVERY)
    assert state(store, broadcast).state == "done", "who has no account yet holds up nothing"


def test_the_card_is_edited_every_five_seconds_at_most_and_less_often_while_nothing_moves(
    store: Store,
) -> None:
    people = crowd(store, 30)
    written(store, people[0])
    tick(store)
    pauses, now = [], NOW + EVERY
    for _ in range(6):
        with store.work() as records:
            work = records.sweeps.get("broadcast.card/1/0")
            assert work is not None
            work = look.step(records, replace(work, due_at=now), now)
            records.sweeps.save(work)
        pauses.append((work.due_at - now).total_seconds())
        now = work.due_at
    assert pauses == [5, 10, 20, 40, 80, 160]


# The kick-off


def cycle_of(store: Store, **more: Any) -> tuple[Cycle, list[Person]]:
    """A live cycle of three people in three zones."""
    boss = hire(store, "boss", zone="Europe/Berlin", roles=("hr",))
    people = [boss, *(hire(store, name, manager=boss, zone=zone) for name, zone in ZONES.items())]
    with store.work() as records:
        cycle = Cycle(
            0, "live", "Q1", MONDAY, TEMPLATE, Audience(), boss.id, NOW, launched_at=NOW, launched_by=boss.id
        )
        cycle = records.cycles.save(replace(cycle, **more))
        plan_snapshot(records, cycle, NOW)
        return cycle, people


ZONES = {"lina": "Asia/Shanghai", "emily": "America/New_York"}


def test_a_kick_off_comes_at_the_hour_of_the_first_day_with_the_first_task(store: Store) -> None:
    first = MONDAY + timedelta(days=7)
    cycle, people = cycle_of(store, first=first)
    tick(store)
    tick(store, datetime(2026, 3, 8, 18, 30, tzinfo=UTC))
    with store.work() as records:
        broadcast = records.broadcasts.of_cycle(cycle.id)
        assert broadcast is not None
        assert plan_kickoff(records, cycle, NOW) == broadcast, "asked for twice, there is one"
        tasks = {task.person: task for task in records.tasks.of_scope(["review"], cycle.id, "self")}
        for one in people:
            message = records.messages.by_key(key_to(broadcast.id, one.id))
            assert message is not None
            nine = message.message.due_at
            assert tasks[one.id].opens_at == nine
            assert tasks[one.id].live == message.id
            assert (tasks[one.id].said, tasks[one.id].said_at) == (1, nine)
            assert tasks[one.id].told_due == tasks[one.id].due_at
    lina = people[1]
    nine = datetime(2026, 3, 9, 1, tzinfo=UTC)
    tick(store, nine)
    with store.work() as records:
        message = records.messages.by_key(key_to(broadcast.id, lina.id))
        assert message is not None
        letter = to_reader(records, CATALOG.duties, {**message.message.about, "id": message.id}, nine)
        assert letter is not None
        assert "Self review" in str(letter.body)
        assert "Buttons" in str(letter.body)
        due = [
            task for task in records.tasks.of_scope(["review"], cycle.id, "self") if task.person == lina.id
        ]
        assert due[0].said == 1, "the opening is not said once more"
    assert [key for key in deliver(store, nine) if key.startswith(f"day/{lina.id}/")] == []


def test_a_kick_off_waits_for_the_tasks_whose_buttons_it_carries(store: Store) -> None:
    cycle, people = cycle_of(store)
    with store.work() as records:
        records.participants.add([])
        plan_kickoff(records, cycle, NOW)
        records.sweeps.plan(Sweep(phase_key(cycle.id, "self"), {"cycle": cycle.id, "phase": "self"}, HELD))
        work = records.sweeps.get("broadcast.freeze/1")
        assert work is not None
        frozen = broadcast_sending.freeze.step(records, work, NOW)
        assert frozen.done
        work = records.sweeps.get("kickoff.write/1")
        assert work is not None
        assert not broadcast_sending.write.step(records, work, NOW).done
        phase = records.sweeps.get(phase_key(cycle.id, "self"))
        assert phase is not None
        records.sweeps.save(replace(phase, done=True))
        assert broadcast_sending.write.step(records, work, NOW).done
    assert len(people) == 3


def test_launched_late_a_kick_off_comes_in_working_hours(store: Store) -> None:
    cycle, people = cycle_of(store)  # the first day was Monday; it is Wednesday, 12:00 UTC
    tick(store)
    with store.work() as records:
        due = {
            one.name: records.messages.by_key(key_to(1, one.id)).message.due_at  # type: ignore[union-attr]
            for one in people
        }
    assert due["Boss"] == NOW
    assert due["Lina"] == datetime(2026, 3, 5, 1, tzinfo=UTC), "it is 20:00 there"
    assert due["Emily"] == datetime(2026, 3, 4, 14, tzinfo=UTC), "it is 07:00 there"
    assert cycle.first == MONDAY


def test_a_kick_off_follows_its_cycle_while_it_has_not_begun(store: Store) -> None:
    cycle, people = cycle_of(store, first=MONDAY + timedelta(days=14))
    tick(store)
    with store.work() as records:
        records.cycles.save(replace(cycle, first=MONDAY + timedelta(days=28), moved={}))
    tick(store, datetime(2026, 3, 16, 20, tzinfo=UTC))
    with store.work() as records:
        assert records.messages.states(beginning(1)) == {}
        kept = records.broadcasts.get(1)
        assert kept is not None
        assert kept.send_on == MONDAY + timedelta(days=28)
        assert "30 March" in kept.text.en
    assert people


def test_a_companys_own_text_is_filled_and_other_braces_stay() -> None:
    own = Words("{name} from {first}: {all of you} {}", "{name}从{first}开始 {}")
    cycle = Cycle(1, "live", "Q1", MONDAY, replace(TEMPLATE, kickoff=own), Audience(), 1, NOW)
    assert kickoff_text(cycle) == Words(
        "Q1 from Monday 2 March: {all of you} {}", "Q1从3月2日（周一）开始 {}"
    )
    standard = kickoff_text(replace(cycle, template=TEMPLATE))
    assert "*Q1* begins on Monday 2 March" in standard.en
    assert "- Self review: Monday 2 March to Sunday 15 March" in standard.en


# Audiences

GROUPS = Groups(("Engineering", "Sales"), ("L1", "L2"))


@pytest.mark.parametrize(
    "audience",
    [
        Audience(),
        Audience(("Sales",)),
        Audience(("Sales",), ("L1",), (3,)),
        Audience((), ("L2",), (), (4,)),
        Audience((), (), (1, 2), (2,)),
    ],
)
def test_an_audience_comes_back_from_the_answers_it_gives(audience: Audience) -> None:
    answers = {name: value for page in audience_answers(audience).values() for name, value in page.items()}
    assert audience_from(answers, GROUPS) == audience


def test_an_hr_partners_everyone_are_their_departments(store: Store) -> None:
    own = Groups(("Engineering", "Sales"), ("L1",), frozenset({"Sales"}))
    assert own.open_departments == ("Sales",)
    assert audience_from({"audience": "everyone"}, own) == Audience(("Sales",))
    assert audience_from({"audience": "levels", "levels": ("L1",)}, own) == Audience(("Sales",), ("L1",))
    partner = hire(store, "juliana", roles=("hr:Sales",))
    other = hire(store, "kavya", department="Engineering")
    with store.work() as records:
        refuse_beyond(records.people, partner, Audience(("Sales",)))
        refuse_beyond(records.people, partner, Audience((), (), (partner.id,)))
        for beyond in (
            Audience(),
            Audience(("Engineering",)),
            Audience((), ("L3",)),
            Audience((), (), (other.id,)),
        ):
            with pytest.raises(Refusal, match="You look after Sales"):
                refuse_beyond(records.people, partner, beyond)
        told = told_audience(Audience(("Sales",), ("L3",), (other.id,), (partner.id,)), records.people)
        assert told.en == "Sales · L3 · Kavya · without Juliana"


def test_a_cancelled_kick_off_leaves_the_opening_to_be_said_to_whoever_did_not_get_it(store: Store) -> None:
    cycle, people = cycle_of(store, first=MONDAY + timedelta(days=7))
    tick(store)
    nine_in_china = datetime(2026, 3, 9, 1, tzinfo=UTC)
    tick(store, nine_in_china - timedelta(minutes=30))
    assert key_to(1, people[1].id) in deliver(store, nine_in_china)
    steer(store, "cancel", people[0], nine_in_china)
    tick(store, nine_in_china)
    with store.work() as records:
        tasks = records.tasks.of_scope(["review"], cycle.id, "self")
        told = {task.person: (task.said, task.live is None) for task in tasks}
    assert told == {people[0].id: (0, True), people[1].id: (1, False), people[2].id: (0, True)}
    nine_in_new_york = datetime(2026, 3, 9, 13, tzinfo=UTC)  # its clocks changed the day before
    tick(store, nine_in_new_york)
    assert f"day/{people[2].id}/2026-03-09" in deliver(store, nine_in_new_york)


def test_a_broadcast_leads_into_the_first_task_unless_another_message_does(store: Store) -> None:
    boss = hire(store, "boss", roles=("hr",))
    with store.work() as records:
        cycle = records.cycles.save(
            Cycle(
                0,
                "live",
                "Q1",
                MONDAY,
                TEMPLATE,
                Audience(),
                boss.id,
                NOW,
                launched_at=NOW,
                launched_by=boss.id,
            )
        )
        records.broadcasts.save(
            Broadcast(0, "done", boss.id, Words("It begins.", "开始"), Audience(), NOW, cycle.id)
        )
        plan_snapshot(records, cycle, NOW)
    sweeping = Tick(store, CATALOG, NOW).sweep
    while sweeping():
        pass
    with store.work() as records:
        broadcast = records.broadcasts.save(
            Broadcast(0, "waiting", boss.id, Words("Hello", "你好"), Audience(), NOW)
        )
        begin(records, broadcast, NOW)
    while sweeping():
        pass
    with store.work() as records:
        kept = records.messages.by_key(key_to(broadcast.id, boss.id))
        assert kept is not None
        about = {**kept.message.about, "id": kept.id}
        letter = to_reader(records, CATALOG.duties, about, NOW)
        task = records.tasks.find("review", cycle.id, boss.id, "self")
        assert letter is not None
        assert task is not None
        assert task.live == kept.id
        assert "self review" in str(letter.body)
        records.tasks.save(replace(task, live="a newer digest"))
        letter = to_reader(records, CATALOG.duties, {**about, "sent": True}, NOW)
        assert "See what is open for me" in str(letter)
        records.tasks.save(replace(task, state="done", live=None, next_at=None))
        letter = to_reader(records, CATALOG.duties, {**about, "sent": True}, NOW)
        assert "Button" not in str(letter)
