"""Planning a round: its tasks are written ahead, and when each manager gets the digest is kept true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import AHEAD, KIND, asked, near_rounds, on_leave, task_for
from flows.core.records import Message
from flows.cycle.calendar import (
    Round,
    at_local,
    local_day,
    next_round,
    round_on,
)
from flows.cycle.nudges.milestones import works
from flows.cycle.nudges.pace import allowed_moment, taken_of, working_moment
from flows.people.person import Person


def plan(records: CheckinRecords, now: datetime) -> int:
    """Plan the round that is on and the one about to open; how many tasks are new. Planned twice, it acts once.

    Digests are looked after once a day besides: somebody may have got their first report in the middle of a round.
    """
    programme = records.programmes.current()
    if programme is None or programme.state != "running":
        return 0
    new = 0
    for round_ in near_rounds(programme, now):
        if records.first_time(f"plan/{programme.id}/{round_.key}", now):
            new += plan_round(records, programme, round_, now)
        elif records.first_time(f"digests/{programme.id}/{round_.key}/{now.date()}", now):
            expect_digests(records, programme, round_, now)
    return new


def replan(records: CheckinRecords, programme: Programme, now: datetime) -> int:
    """Plan the near rounds again under changed rules; what is there already stays, digests move."""
    new = 0
    for round_ in near_rounds(programme, now):
        new += plan_round(records, programme, round_, now)
        if round_.opens_on > now.date():
            move_digests(records, programme, round_, lambda _manager, due: due)
    return new


def next_planning(records: CheckinRecords, now: datetime) -> datetime | None:
    """When the round after the near ones is to be planned; None when nothing is running."""
    programme = records.programmes.current()
    if programme is None or programme.state != "running":
        return None
    opens = next_round(programme.schedule, now.date()).opens_on
    if opens - AHEAD <= now.date():
        opens = next_round(programme.schedule, opens).opens_on
    return datetime.combine(opens - AHEAD, time(0), tzinfo=UTC)


def plan_round(records: CheckinRecords, programme: Programme, round_: Round, now: datetime) -> int:
    """Write the tasks of a round and the digests their managers will get."""
    people = [person for person in records.people.active() if asked(programme.audience, person)]
    tasks = [task for person in people if (task := task_for(programme, round_, person)) and task.until > now]
    expect_digests(records, programme, round_, now)
    return records.tasks.add(tasks)


def expect_digests(records: CheckinRecords, programme: Programme, round_: Round, now: datetime) -> None:
    """Have a digest go out to everybody who leads somebody that the programme asks.

    Where its moment has passed already (the programme began late in the week), one goes out when somebody answers.
    """
    expected: list[Message] = []
    for manager in managers_of(records, programme):
        if digest_moment(programme, round_, manager) > now:
            expected += digests_for(records, programme, round_, manager, now)
    records.messages.write_many(expected)


def managers_of(records: CheckinRecords, programme: Programme) -> list[Person]:
    """Whoever leads somebody that the programme asks."""
    people = (person for person in records.people.active() if asked(programme.audience, person))
    return records.people.many(sorted({person.manager for person in people if person.manager}))


def move_digests(
    records: CheckinRecords,
    programme: Programme,
    round_: Round,
    moment: Callable[[Person, datetime], datetime],
) -> None:
    """Let the round's digests that still wait go out at another moment: `moment` of the manager and the usual one."""
    for manager in managers_of(records, programme):
        due = moment(manager, digest_moment(programme, round_, manager))
        _hasten(records, programme, round_.key, manager, due)


def _hasten(
    records: CheckinRecords, programme: Programme, round_key: str, manager: Person, due: datetime
) -> None:
    """The digest is the one message of its day that the manager did not ask for; the team's post is nobody's."""
    day = local_day(due, manager.zone)
    records.messages.hasten(digest_key(programme.id, round_key, manager.id), due, day)
    records.messages.hasten(team_key(programme.id, round_key, manager.id), due)


def digest_moment(programme: Programme, round_: Round, manager: Person) -> datetime:
    """When the round's digest goes out to the manager, in UTC: not on a day off, but the next working morning."""
    due = at_local(round_.digest_on, programme.schedule.digest, manager.zone)
    return due if works(manager, round_.digest_on) else working_moment(manager, due)


def digests_for(
    records: CheckinRecords, programme: Programme, round_: Round, manager: Person, now: datetime
) -> list[Message]:
    """The manager's digest, and the team's post where there is one, for the digest moment, or for when the manager
    next works if that has passed."""
    due = digest_moment(programme, round_, manager)
    due = due if due > now else free_moment(records, programme, round_.key, manager, now)
    about = {"programme": programme.id, "round": round_.key, "manager": manager.id}
    own = digest_key(programme.id, round_.key, manager.id)
    day = local_day(due, manager.zone)
    found = [Message(own, "checkin.digest", about, due, person=manager.id, day=day)]
    if channel := records.team_channels.of_manager(manager.id):
        shared = team_key(programme.id, round_.key, manager.id)
        found.append(Message(shared, "checkin.team", about, due, channel=channel))
    return found


def digest_key(programme: int, round_key: str, manager: int) -> str:
    return f"digest/{programme}/{round_key}/{manager}"


def team_key(programme: int, round_key: str, manager: int) -> str:
    return f"team/{programme}/{round_key}/{manager}"


def refresh_digest(
    records: CheckinRecords, programme: Programme, round_key: str, person: Person, now: datetime
) -> None:
    """After a check-in came, changed or was skipped: bring the manager's digest to the state of things.

    It goes out early when nobody of the team owes anything any more: at once, or when the manager may be written to.
    """
    manager = records.people.get(person.manager) if person.manager else None
    if manager is None:
        return
    channel = records.team_channels.of_manager(manager.id)
    keys = [digest_key(programme.id, round_key, manager.id)]
    keys += [team_key(programme.id, round_key, manager.id)] if channel else []
    expected = [records.messages.by_key(key) for key in keys]
    round_ = round_on(programme.schedule, date.fromisoformat(round_key))
    if None in expected and round_ and round_.key == round_key:  # else HR has moved the days since
        records.messages.write_many(digests_for(records, programme, round_, manager, now))
        expected = [records.messages.by_key(key) for key in keys]
    written = [one for one in expected if one]
    records.messages.refresh(one.id for one in written if one.state != "waiting")
    if programme.state == "running" and not is_owed(records, programme, round_key, manager):
        records.messages.hasten(team_key(programme.id, round_key, manager.id), now)
        due = free_moment(records, programme, round_key, manager, now)
        own = expected[0]
        if own and own.state == "waiting" and due < own.message.due_at:
            records.messages.hasten(own.message.key, due, local_day(due, manager.zone))


def free_moment(
    records: CheckinRecords, programme: Programme, round_key: str, manager: Person, now: datetime
) -> datetime:
    """The first moment from `now` on at which the manager may get the digest: one such message a day, four a week."""
    taken = dict(taken_of(records, manager, now))
    own = records.messages.by_key(digest_key(programme.id, round_key, manager.id))
    if own and own.message.day in taken:  # it does not stand in its own way
        taken[own.message.day] -= 1
    return allowed_moment(manager, now, taken)


def is_owed(records: CheckinRecords, programme: Programme, round_key: str, manager: Person) -> bool:
    """Whether anybody of the manager's team still owes a check-in and can be waited for."""
    for task in records.tasks.owed_by_team(KIND, programme.id, round_key, manager.id):
        person = records.people.get(task.person)
        if person and not on_leave(task, person):
            return True
    return False
