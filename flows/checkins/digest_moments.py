"""When a manager gets the digest of a round: on its day, on the next working one, or when the whole team has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import KIND, on_leave
from flows.core.records import Message, Written
from flows.cycle.calendar import Round, at_local, local_day, round_on
from flows.cycle.nudges.milestones import works
from flows.cycle.nudges.pace import Taken, allowed_moment, since, working_moment
from flows.people.person import Person


def digest_key(programme: int, round_key: str, manager: int) -> str:
    return f"digest/{programme}/{round_key}/{manager}"


def team_key(programme: int, round_key: str, manager: int) -> str:
    return f"team/{programme}/{round_key}/{manager}"


def digest_moment(programme: Programme, round_: Round, manager: Person) -> datetime:
    """When the round's digest goes out to the manager, in UTC: not on a day off, but the next working morning."""
    due = at_local(round_.digest_on, programme.schedule.digest, manager.zone)
    return due if works(manager, round_.digest_on) else working_moment(manager, due)


def at_closing(round_: Round, zone: str) -> datetime:
    """When the round closes in that zone, in UTC: until then a pause may end."""
    return at_local(round_.closes_on + timedelta(days=1), time(0), zone)


def messages_at(
    programme: Programme, round_key: str, manager: Person, channel: str | None, due: datetime
) -> list[Message]:
    """The manager's digest for that moment, and the team's post where there is a channel.

    The digest is the one message of its day that the manager did not ask for; the team's post is nobody's.
    """
    about = {"programme": programme.id, "round": round_key, "manager": manager.id}
    own = digest_key(programme.id, round_key, manager.id)
    day = local_day(due, manager.zone)
    found = [Message(own, "checkin.digest", about, due, person=manager.id, day=day)]
    if channel:
        shared = team_key(programme.id, round_key, manager.id)
        found.append(Message(shared, "checkin.team", about, due, channel=channel))
    return found


def moments_at(
    programme: int, round_key: str, manager: Person, due: datetime
) -> list[tuple[str, datetime, date | None]]:
    """That moment for the manager's digest and the team's post, as `hasten_many` moves them."""
    own, shared = (key(programme, round_key, manager.id) for key in (digest_key, team_key))
    return [(own, due, local_day(due, manager.zone)), (shared, due, None)]


def free_moments(
    records: CheckinRecords, programme: Programme, round_key: str, managers: Sequence[Person], now: datetime
) -> dict[int, datetime]:
    """The first moment from `now` on at which each manager may get the digest, by id: one such message a day, four
    a week."""
    taken = records.messages.unasked([manager.id for manager in managers], since(now)) if managers else {}
    own = records.messages.by_keys([digest_key(programme.id, round_key, manager.id) for manager in managers])
    return {
        manager.id: _free_moment(
            manager, own.get(digest_key(programme.id, round_key, manager.id)), taken.get(manager.id, {}), now
        )
        for manager in managers
    }


def _free_moment(manager: Person, own: Written | None, taken: Taken, now: datetime) -> datetime:
    day = own.message.day if own else None
    if day is not None and day in taken:  # it does not stand in its own way
        taken = {**taken, day: taken[day] - 1}
    return allowed_moment(manager, now, taken)


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
        due = digest_moment(programme, round_, manager)
        if due <= now:
            due = free_moments(records, programme, round_key, [manager], now)[manager.id]
        records.messages.write_many(messages_at(programme, round_key, manager, channel, due))
        expected = [records.messages.by_key(key) for key in keys]
    records.messages.refresh(one.id for one in expected if one and one.state != "waiting")
    send_early(records, programme, round_key, manager, now)


def send_early(
    records: CheckinRecords, programme: Programme, round_key: str, manager: Person, now: datetime
) -> None:
    """Have a digest that waits go out as soon as it may when nobody of the team owes anything any more."""
    if programme.state != "running" or is_owed(records, programme, round_key, manager):
        return
    records.messages.hasten(team_key(programme.id, round_key, manager.id), now)
    own = records.messages.by_key(digest_key(programme.id, round_key, manager.id))
    if own and own.state == "waiting":
        due = free_moments(records, programme, round_key, [manager], now)[manager.id]
        if due < own.message.due_at:
            records.messages.hasten(own.message.key, due, local_day(due, manager.zone))


def is_owed(records: CheckinRecords, programme: Programme, round_key: str, manager: Person) -> bool:
    """Whether anybody of the manager's team still owes a check-in and can be waited for."""
    for task in records.tasks.owed_by_team(KIND, programme.id, round_key, manager.id):
        person = records.people.get(task.person)
        if person and not on_leave(task, person):
            return True
    return False
