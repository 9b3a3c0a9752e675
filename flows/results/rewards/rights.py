"""Whose rewards: the things that the policy decides about, who proposes for whom, and what has come to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from flows.core.desk import NotThere
from flows.cycle.calendar import DAY, at_local
from flows.cycle.hr.scope import departments_of, named
from flows.cycle.nudges.pace import MORNING
from flows.cycle.owing import whole
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.releasing.states import is_released
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.scale import coefficient
from flows.results.shown.standing import standings
from flows.results.stages import has_result, thing_about, things_about
from flows.reviews.owed import Moment

KIND = "reward"


def found_rules(records: RewardRecords, cycle: Cycle | None) -> tuple[Cycle, Rules]:
    """The cycle with what HR has opened for it; not there otherwise."""
    rules = records.rewards.rules(cycle.id) if cycle else None
    if cycle is None or rules is None:
        raise NotThere
    return cycle, rules


def thing_for(
    records: RewardRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> Thing | None:
    """Rewards of a person in a cycle, as the policy sees them; None where they have no result there."""
    if not has_result(records.participants.get(cycle.id, person.id)):
        return None
    return thing_about(records, actor, KIND, cycle, person, now)


def whose_reward(records: RewardRecords, actor: Person, about: tuple[str, ...]) -> Moment | None:
    """The reward that a button names; to its person it is not there before it may be seen."""
    reward = records.rewards.get(whole(about[0].partition("/")[0])) if about else None
    person = records.people.get(reward.person) if reward else None
    cycle = records.cycles.get(reward.cycle) if reward else None
    if reward is None or person is None or cycle is None:
        return None

    def load(now: datetime) -> Thing | None:
        if actor.id == person.id and not is_seen(records, reward, person, now):
            return None
        return thing_for(records, actor, cycle, person, now)

    return load


def whose_person(records: RewardRecords, actor: Person, about: tuple[str, ...]) -> Moment | None:
    """The person of a cycle that "cycle/person" names."""
    first, _, second = about[0].partition("/") if about else ("", "", "")
    cycle, person = records.cycles.get(whole(first)), records.people.get(whole(second))
    if cycle is None or person is None:
        return None
    return lambda now: thing_for(records, actor, cycle, person, now)


def budget_thing(records: RewardRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The rewards of a cycle as HR keeps them; a command that names none finds the cycle later."""
    if not any(about):
        return Thing("reward_budget")
    cycle = named(records, about)
    return budget_of(records, actor, cycle) if cycle else None


def budget_of(records: RewardRecords, actor: Person, cycle: Cycle) -> Thing:
    departments = None if actor.hr_scope is None else departments_of(records, cycle)
    return Thing("reward_budget", departments=departments)


def steered(records: RewardRecords, actor: Person, action: str, now: datetime) -> list[Cycle]:
    """The cycles whose results are released and whose rewards the actor may read or set, the newest first."""
    return [
        cycle
        for cycle in records.cycles.all()
        if cycle.state in ("live", "closed")
        and is_released(records, cycle.id)
        and may(actor, action, budget_of(records, actor, cycle), now)
    ]


def proposes(records: RewardRecords, actor: Person, cycle: Cycle, person: Person, now: datetime) -> bool:
    """Whether the actor proposes for the person: whoever leads them in the cycle; HR, where nobody does."""
    place = records.participants.get(cycle.id, person.id)
    thing = thing_for(records, actor, cycle, person, now)
    if place is None or thing is None or not may(actor, "create", thing, now):
        return False
    return place.manager == actor.id if has_leader(records, place) else True


def has_leader(records: RewardRecords, place: Participant) -> bool:
    manager = records.people.get(place.manager) if place.manager else None
    return manager is not None and manager.active


def led(records: RewardRecords, actor: Person, cycle: Cycle) -> list[Person]:
    """Whom the actor leads in the cycle, by name."""
    places = records.participants.led_by(cycle.id, actor.id)
    return sorted(records.people.many([place.person for place in places]), key=lambda one: (one.name, one.id))


def leading(records: RewardRecords, actor: Person) -> list[tuple[Cycle, Rules]]:
    """The cycles with rewards in which the actor leads somebody, the newest first."""
    found = []
    for rules in records.rewards.all_rules():
        cycle = records.cycles.get(rules.cycle)
        if cycle and cycle.state in ("live", "closed") and records.participants.led_by(cycle.id, actor.id):
            found.append((cycle, rules))
    return found


def is_over(rules: Rules, person: Person, now: datetime) -> bool:
    """Whether the last day of proposals is over for whoever proposes."""
    return now >= at_local(rules.until + DAY, time(0), person.zone)


def seen_from(rules: Rules, person: Person) -> datetime:
    """The morning (UTC) from which the person sees what was approved by then."""
    return at_local(rules.seen_on, MORNING, person.zone)


def is_seen(records: RewardRecords, reward: Reward, person: Person, now: datetime) -> bool:
    """Whether the person may see it by now: it is approved, and the day has come."""
    rules = records.rewards.rules(reward.cycle)
    return reward.state == "approved" and rules is not None and now >= seen_from(rules, person)


def seen_by(records: RewardRecords, person: Person, now: datetime) -> list[Reward]:
    """What the person may see of their own, the newest first."""
    found = [one for one in records.rewards.about(person.id) if is_seen(records, one, person, now)]
    open_cycles = {
        one.cycle
        for one in found
        if (cycle := records.cycles.get(one.cycle))
        and (thing := thing_for(records, person, cycle, person, now))
        and may(person, "view", thing, now)
    }
    return [one for one in reversed(found) if one.cycle in open_cycles]


def things_for(
    records: RewardRecords, actor: Person, cycle: Cycle, people: Sequence[Person], now: datetime
) -> dict[int, Thing]:
    """The same of several people, by their ids."""
    places = records.participants.many(cycle.id, [person.id for person in people])
    there = {place.person for place in places if has_result(place)}
    return things_about(records, actor, KIND, cycle, [one for one in people if one.id in there], now)


def readable(
    records: RewardRecords, actor: Person, cycle: Cycle, rewards: Sequence[Reward], now: datetime
) -> list[Reward]:
    """Those that the actor may look at as a manager or HR."""
    people = [one for one in records.people.many({reward.person for reward in rewards}) if one.id != actor.id]
    things = things_for(records, actor, cycle, people, now)
    return [reward for reward in rewards if may(actor, "view", things.get(reward.person), now)]


def factors(records: RewardRecords, cycle: Cycle, people: Sequence[int]) -> dict[int, Decimal | None]:
    """What pay is multiplied by, by person, for those who have a result: as a person has rated them last."""
    return {
        person: coefficient(cycle.template, standing.rating)
        for person, standing in standings(records, cycle, people).items()
    }


def results_newer(records: RewardRecords, cycle: int, rewards: Sequence[Reward]) -> set[int]:
    """The ids of those whose person has a newer result than whoever proposed it saw: an appeal was decided since."""
    latest = records.ledger.latest_many(cycle, list({one.person for one in rewards}))
    return {
        one.id
        for one in rewards
        if (version := latest.get(one.person)) is not None and version.version > one.version
    }
