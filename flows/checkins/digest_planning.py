"""The digests of a round are looked after in slices of managers: written ahead, and moved when HR moves the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flows.checkins import schedule_json
from flows.checkins.digest_moments import (
    at_closing,
    digest_moment,
    free_moments,
    messages_at,
    moments_at,
)
from flows.checkins.records import CheckinRecords, Programme
from flows.core.catalog import sweep
from flows.cycle.calendar import Round, Schedule, round_on
from flows.cycle.records import Sweep
from flows.people.person import Person

SLICE = 2000  # managers in one transaction: short enough that a click never waits long behind it
LAST_ZONE = "Etc/GMT+12"  # where a day ends last


def digests_key(programme: int, round_key: str) -> str:
    return f"checkin.digests/{programme}/{round_key}"


def look_after(records: CheckinRecords, programme: Programme, round_: Round, now: datetime) -> None:
    """Have the round's digests written, from now on until it closes; said twice, it is done once."""
    about = {"programme": programme.id, "round": round_.key}
    records.sweeps.plan(Sweep(digests_key(programme.id, round_.key), about, now))


def look_again(
    records: CheckinRecords, programme: Programme, round_: Round, now: datetime, by: Schedule | None = None,
    move: bool = True,
) -> None:  # fmt: skip
    """Have the round's digests brought to the rules of this moment, with the next tick.

    `by`: the rules that the round began with, where HR has changed them since. `move`: also those that wait already.
    """
    key = digests_key(programme.id, round_.key)
    before = records.sweeps.get(key)
    about: dict[str, Any] = {
        **(before.about if before else {}),
        "programme": programme.id,
        "round": round_.key,
    }
    about["move"] = move
    if by is not None:
        about["by"] = schedule_json.dump(by)
    if not records.sweeps.plan(Sweep(key, about, now)):
        records.sweeps.save(Sweep(key, about, now))


def put_off(records: CheckinRecords, programme: Programme, round_: Round, now: datetime) -> None:
    """Have no digest of the round go out before the round is closed everywhere, from this very moment on."""
    for kind in ("digest", "team"):
        records.messages.hasten_all(f"{kind}/{programme.id}/{round_.key}/", at_closing(round_, LAST_ZONE))
    look_again(records, programme, round_, now)


def ruled(programme: Programme, round_key: str, by: dict[str, Any] | None) -> tuple[Programme, Round] | None:
    """The programme with the rules that hold for the round, and the round; None where HR has moved the days away."""
    mine = replace(programme, schedule=schedule_json.load(by)) if by else programme
    round_ = round_on(mine.schedule, date.fromisoformat(round_key))
    return (mine, round_) if round_ and round_.key == round_key else None


@sweep("checkin.digests")
def plan_digests(records: CheckinRecords, sweep: Sweep, now: datetime) -> Sweep:
    """One slice of managers. It comes anew every day: somebody may have got their first report in mid-round."""
    programme = records.programmes.get(sweep.about["programme"])
    open_still = programme is not None and programme.state != "ended"
    found = (
        ruled(programme, sweep.about["round"], sweep.about.get("by")) if programme and open_still else None
    )
    if found is None:
        return replace(sweep, done=True)
    programme, round_ = found
    ids = records.programmes.leading(programme.audience, sweep.cursor, SLICE)
    managers = records.people.many(ids)
    expect(records, programme, round_, managers, now)
    if sweep.about.get("move"):
        move(records, programme, round_, managers, now)
    if len(ids) == SLICE:
        return replace(sweep, cursor=ids[-1])
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(0), tzinfo=UTC)
    about = {**sweep.about, "move": False}
    return replace(sweep, about=about, cursor=0, due_at=tomorrow, done=tomorrow.date() > round_.closes_on)


def expect(
    records: CheckinRecords, programme: Programme, round_: Round, managers: Sequence[Person], now: datetime
) -> None:
    """Have a digest go out to these managers, unless one is written already.

    Where its moment has passed already (the programme began late in the week), one goes out when somebody answers.
    """
    if programme.state != "running":
        return
    moments = {manager.id: digest_moment(programme, round_, manager) for manager in managers}
    coming = [manager for manager in managers if moments[manager.id] > now]
    channels = records.team_channels.of_managers([manager.id for manager in coming])
    records.messages.write_many(
        [
            message
            for manager in coming
            for message in messages_at(
                programme, round_.key, manager, channels.get(manager.id), moments[manager.id]
            )
        ]
    )


def move(
    records: CheckinRecords, programme: Programme, round_: Round, managers: Sequence[Person], now: datetime
) -> None:
    """Give the managers' digests that wait their moments anew: while HR has paused, when the round closes; else the
    usual one, or when that has passed the next one at which the manager may be written to."""
    if programme.state == "running":
        moments = {manager.id: digest_moment(programme, round_, manager) for manager in managers}
        passed = [manager for manager in managers if moments[manager.id] <= now]
        moments |= free_moments(records, programme, round_.key, passed, now)
    else:
        moments = {manager.id: at_closing(round_, manager.zone) for manager in managers}
    records.messages.hasten_many(
        [
            moved
            for manager in managers
            for moved in moments_at(programme.id, round_.key, manager, moments[manager.id])
        ]
    )
