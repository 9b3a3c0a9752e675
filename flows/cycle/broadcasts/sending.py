"""Sends a broadcast: its audience is frozen, then its messages are written, in slices that survive a kill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.core.catalog import sweep
from flows.core.owed import Message
from flows.cycle.broadcasts.tasks import LOOK_AGAIN, as_it_is, first_tasks, first_window, waits_until
from flows.cycle.calendar import at_local, local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.nudges.pace import working_moment
from flows.cycle.records import Broadcast, CycleRecords, Sweep
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

SLICE = 1000  # people in one transaction
AHEAD = timedelta(hours=1)  # the audience is frozen so long before the first zone reaches its moment
EASTERNMOST, WESTERNMOST = "Pacific/Kiritimati", "Etc/GMT+12"  # 14 hours ahead of UTC, 12 behind it
HELD = datetime(2200, 1, 1, tzinfo=UTC)  # when the messages of a paused broadcast would go
OVER = ("cancelled", "recalled", "done")


def beginning(broadcast: int) -> str:
    """How the keys of all its messages begin."""
    return f"broadcast/{broadcast}/"


def key_to(broadcast: int, person: int) -> str:
    """The key of the one message that a reader gets; of fixed width, so that no key begins another."""
    return f"{beginning(broadcast)}{person:09d}"


def writing(broadcast: Broadcast) -> str:
    """The key of the work that writes its messages; a kick-off's sorts after that which plans its cycle's phases."""
    return f"{'broadcast' if broadcast.cycle is None else 'kickoff'}.write/{broadcast.id}"


def begin(records: CycleRecords, broadcast: Broadcast, now: datetime) -> None:
    """Plan everything from freezing the audience on; nothing leaves before that is done."""
    about = {"broadcast": broadcast.id}
    first = first_moment(records, broadcast)
    if broadcast.channels:
        records.sweeps.plan(Sweep(writing(broadcast), about, max(now, first or now)))
    else:
        start = max(now, first - AHEAD) if first else now
        records.sweeps.plan(Sweep(f"broadcast.freeze/{broadcast.id}", about, start))


def first_moment(records: CycleRecords, broadcast: Broadcast) -> datetime | None:
    """When the first of its messages may leave, in UTC; None is at once. A channel's is by the author's clock."""
    if broadcast.send_on is None or broadcast.send_at is None:
        return None
    author = records.people.get(broadcast.author)
    zone = author.zone if broadcast.channels and author else EASTERNMOST
    return at_local(broadcast.send_on, broadcast.send_at, zone)


def waits_for_clocks(broadcast: Broadcast, now: datetime) -> bool:
    """Whether the chosen hour is still ahead somewhere on earth."""
    if broadcast.send_on is None or broadcast.send_at is None or broadcast.channels:
        return False
    return now < at_local(broadcast.send_on, broadcast.send_at, WESTERNMOST)


@sweep("broadcast.freeze")
def freeze(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """Put one slice of those who are meant into the frozen audience; after the last one it is written."""
    broadcast = records.broadcasts.lock(work.about["broadcast"])
    if broadcast is None or broadcast.state in OVER:
        return replace(work, done=True)
    if broadcast.state == "paused":
        return replace(work, due_at=now + LOOK_AGAIN)
    broadcast = as_it_is(records, broadcast)
    first = first_moment(records, broadcast)
    if first is not None and now < first - AHEAD:  # its cycle has been moved
        records.broadcasts.save(broadcast)
        return replace(work, due_at=first - AHEAD)
    met, meant = _slice(records, broadcast, work.cursor)
    broadcast = replace(broadcast, readers=broadcast.readers + records.broadcasts.freeze(broadcast.id, meant))
    if len(met) == SLICE:
        records.broadcasts.save(broadcast)
        return replace(work, cursor=met[-1])
    records.broadcasts.save(replace(broadcast, state="sending", started_at=now))
    records.sweeps.plan(Sweep(writing(broadcast), work.about, now))
    return replace(work, done=True)


def _slice(records: CycleRecords, broadcast: Broadcast, after: int) -> tuple[list[int], list[int]]:
    """The next people by id, and those of them who are meant."""
    if broadcast.cycle is not None:
        found = [one.person for one in records.participants.slice(broadcast.cycle, after, SLICE)]
        return found, found
    people = records.people.slice(after, SLICE)
    return [one.id for one in people], [one.id for one in people if broadcast.audience.has(one)]


@sweep("broadcast.write")
def write(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """Write the messages to one slice of the frozen audience. Who has left since is dropped when it would leave."""
    broadcast = records.broadcasts.lock(work.about["broadcast"])
    if broadcast is None or broadcast.state in OVER:
        return replace(work, done=True)
    wait = now + LOOK_AGAIN if broadcast.state == "paused" else waits_until(records, broadcast, now)
    if wait is not None:
        return replace(work, due_at=wait)
    if broadcast.channels:
        _to_channels(records, broadcast, now)
        return replace(work, done=True)
    readers = records.broadcasts.frozen(broadcast.id, work.cursor, SLICE)
    people = records.people.many(readers)
    messages = _messages(records, broadcast, people, now)
    records.messages.write_many(list(messages.values()))
    _speak_of(records, broadcast, messages, now)
    if len(readers) == SLICE:
        return replace(work, cursor=readers[-1])
    return replace(work, done=True)


write_kickoff = sweep("kickoff.write")(write.step)


@sweep("broadcast.resume")
def resume(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """Give the held messages of one slice their moment back, on the day on which they will now come."""
    broadcast = records.broadcasts.get(work.about["broadcast"])
    if broadcast is None or broadcast.state != "sending":
        return replace(work, done=True)
    if broadcast.channels:
        records.messages.hasten_all(beginning(broadcast.id), now)
        return replace(work, done=True)
    readers = records.broadcasts.frozen(broadcast.id, work.cursor, SLICE)
    for message in _messages(records, broadcast, records.people.many(readers), now).values():
        records.messages.hasten(message.key, message.due_at, message.day)
    if len(readers) == SLICE:
        return replace(work, cursor=readers[-1])
    return replace(work, done=True)


@sweep("broadcast.dropped")
def let_go(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """After a cancel: the tasks of those who did not get it are spoken of as if it had never been written."""
    broadcast = records.broadcasts.get(work.about["broadcast"])
    readers = records.broadcasts.frozen(broadcast.id, work.cursor, SLICE) if broadcast else []
    if broadcast is None or not readers:
        return replace(work, done=True)
    keys = key_to(broadcast.id, readers[0]), key_to(broadcast.id, readers[-1])
    opening = broadcast.cycle is not None
    records.broadcasts.unspeak((readers[0], readers[-1]), keys, now, opening)
    return replace(work, cursor=readers[-1])


def policy_of(records: CycleRecords, broadcast: Broadcast) -> NudgePolicy | None:
    """The nudge policy of a kick-off's cycle."""
    cycle = records.cycles.get(broadcast.cycle) if broadcast.cycle is not None else None
    return cycle.template.nudges if cycle else None


def moment_for(
    broadcast: Broadcast, person: Person, now: datetime, policy: NudgePolicy | None = None
) -> datetime:
    """When this reader gets it: at the chosen hour of their own clock, at once where that is over.

    A kick-off comes on a working day and, once its hour is over, in working hours.
    """
    chosen = now
    if broadcast.send_on is not None and broadcast.send_at is not None:
        chosen = at_local(broadcast.send_on, broadcast.send_at, person.zone)
    if broadcast.cycle is None:
        return max(now, chosen)
    if chosen > now and works(person, local_day(chosen, person.zone), policy):
        return chosen
    return working_moment(person, max(now, chosen), policy)


def _messages(
    records: CycleRecords, broadcast: Broadcast, people: Sequence[Person], now: datetime
) -> dict[int, Message]:
    """The message to each reader. It is the one of that day that they did not ask for, so that nudges give way.

    An unclear one is repeated in a kick-off once it is surely not there; HR's own words wait for a person instead.
    """
    policy = policy_of(records, broadcast)
    moments: dict[tuple[object, ...], tuple[datetime, date]] = {}  # most of a company share a few zones
    found = {}
    for person in people:
        alike = (person.zone, person.away)
        if alike not in moments:
            due_at = moment_for(broadcast, person, now, policy)
            moments[alike] = due_at, local_day(due_at, person.zone)
        due_at, day = moments[alike]
        found[person.id] = Message(
            key_to(broadcast.id, person.id), "broadcast", {"broadcast": broadcast.id, "person": person.id},
            due_at, person.id, urgency=2, sensitive=broadcast.cycle is None, day=day,
        )  # fmt: skip
    return found


def _to_channels(records: CycleRecords, broadcast: Broadcast, now: datetime) -> None:
    about = {"broadcast": broadcast.id}
    records.messages.write_many(
        [
            Message(
                f"{beginning(broadcast.id)}channel/{channel}", "broadcast", about, now,
                channel=channel, urgency=2, sensitive=True,
            )
            for channel in broadcast.channels
        ]
    )  # fmt: skip
    state = replace(broadcast, state="sending", readers=len(broadcast.channels), started_at=now)
    records.broadcasts.save(state)


def _speak_of(
    records: CycleRecords, broadcast: Broadcast, messages: Mapping[int, Message], now: datetime
) -> None:
    """Give each reader's first task its button in this message, where no other message has it.

    A kick-off tells of the first phase: its task counts as spoken of, and is not told once more when it opens.
    """
    if broadcast.cycle is not None:
        cycle = records.cycles.get(broadcast.cycle)
        window = first_window(cycle) if cycle else None
        if messages and window:
            ids = min(messages), max(messages)
            keys = key_to(broadcast.id, ids[0]), key_to(broadcast.id, ids[1])
            records.broadcasts.speak_of(broadcast.cycle, window.phase.name, ids, keys)
        return
    found = [task for task in first_tasks(records, list(messages), now) if task.person in messages]
    kept = records.messages.ids_of([messages[task.person].key for task in found])
    records.tasks.save_many([replace(task, live=kept[messages[task.person].key]) for task in found])
