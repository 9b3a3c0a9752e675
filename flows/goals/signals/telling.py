"""Who is told of a signal: its owner with the next digest, a week later whoever stands above them; each once.

An episode is told once, and the same kind of signal of the same goal not again within four weeks. Several goals make
one sentence. Who stands above gets at most one such sentence a week, of what has stood for a week since it was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.core.catalog import notice
from flows.core.owed import Notice
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, join
from flows.cycle.calendar import DAY, at_local, local_day
from flows.goals.kept import Goal, Signal, SignalKind
from flows.goals.records import GoalsRecords
from flows.goals.rights import other_side
from flows.people.person import Person

OWNER, MANAGER = "goal.signals", "goal.signals.manager"
HOUR = time(9)
AGAIN = timedelta(weeks=4)
STANDS = timedelta(days=6)  # since the notice to the owner, whose hour may be later in the day than the look
MOST = 5  # goals named in one sentence
URGENT: tuple[SignalKind, ...] = ("drop", "off_track", "forecast", "silent")
SAID: Mapping[SignalKind, Words] = {
    "drop": Words("{goals} {has} dropped suddenly", "{goals}突然下滑"),
    "off_track": Words("{goals} {is_} off track", "{goals}进度落后"),
    "forecast": Words("{goals} will probably miss the target", "{goals}很可能达不到目标"),
    "silent": Words("{goals} {has} had no update for three weeks", "{goals}已有三周没有更新"),
}
PRIVATE = Words("a private goal", "一个私密目标")


def tell_owners(
    records: GoalsRecords,
    begun: Sequence[tuple[int, SignalKind]],
    owners: Mapping[int, Person],
    now: datetime,
) -> None:
    """Have the owners (by goal) told of what has begun, with their next digest."""
    new = set(begun)
    kept = records.signals.of_goals([goal for goal, _ in begun])
    told: list[Signal] = []
    notices: dict[int, Notice] = {}
    for one in (one for found in kept.values() for one in found if (one.goal, one.kind) in new):
        owner = owners[one.goal]
        if one.told_at is not None and now - one.told_at < AGAIN:
            continue
        if owner.id not in notices:
            at = next_morning(owner, now)
            key = f"{OWNER}/{owner.id}/{at.isoformat()}"
            notices[owner.id] = Notice(0, key, owner.id, OWNER, {"at": at.isoformat()}, at)
        told.append(replace(one, told_at=notices[owner.id].due_at))
    records.signals.told(told)
    records.notices.add(list(notices.values()))


def raise_to_managers(records: GoalsRecords, standing: Sequence[Signal], monday: date, now: datetime) -> None:
    """Have whoever stands above the owners told on Tuesday of what the owners were told a week ago and still stands."""
    due = [
        one
        for one in standing
        if one.told_at is not None
        and now - one.told_at >= STANDS
        and (one.raised_at is None or now - one.raised_at >= AGAIN)
    ]
    goals = {goal.id: goal for goal in records.goals.many({one.goal for one in due})}
    sides = _sides(records, goals.values())
    people = {person.id: person for person in records.people.many({side for side in sides.values() if side})}
    raised: list[Signal] = []
    notices: dict[int, Notice] = {}
    for one in due:
        side = people.get(sides.get(one.goal) or 0)
        if side is not None:
            at = at_local(monday + DAY, HOUR, side.zone)
            raised.append(replace(one, raised_at=at, raised_to=side.id))
            key = f"{MANAGER}/{side.id}/{monday}"
            notices[side.id] = Notice(0, key, side.id, MANAGER, {"at": at.isoformat()}, at)
    records.signals.told(raised)
    records.notices.add(list(notices.values()))


def _sides(records: GoalsRecords, goals: Iterable[Goal]) -> dict[int, int | None]:
    """Who stands on the other side of each; asked once for all goals of one person's own in a cycle."""
    known: dict[tuple[int | None, int, int], int | None] = {}
    found = {}
    for goal in goals:
        place = (goal.cycle, goal.person, 0 if goal.level == "person" else goal.id)
        if place not in known:
            known[place] = other_side(records, goal)
        found[goal.id] = known[place]
    return found


def next_morning(person: Person, now: datetime) -> datetime:
    """The person's next nine o'clock."""
    at = at_local(local_day(now, person.zone), HOUR, person.zone)
    return at if at > now else at_local(local_day(now, person.zone) + DAY, HOUR, person.zone)


@notice(OWNER)
def told_to_owner(records: GoalsRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """One sentence about the reader's own goals."""
    signals = records.signals.told_to(one.person, datetime.fromisoformat(one.about["at"]))
    named = _named(records, signals)
    if not named:
        return None
    goal = named[0][0]
    words = _sentence(Words("Worth a look: ", "值得关注："), [(_title(goal), kind) for goal, kind in named])
    button = Button(Words("My goals", "我的目标"), Act("see", ("goals", str(goal.cycle), str(one.person))))
    return [Line(words), Buttons((button,))]


@notice(MANAGER)
def told_to_manager(records: GoalsRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """One sentence about goals of people whose other side the reader is."""
    signals = records.signals.raised_to(one.person, datetime.fromisoformat(one.about["at"]))
    named = [
        (goal, kind) for goal, kind in _named(records, signals) if other_side(records, goal) == one.person
    ]
    if not named:
        return None
    names = {person.id: person.name for person in records.people.many({goal.person for goal, _ in named})}
    theirs = Words("{goal} of {name}", "{name}的{goal}")
    parts = [(theirs.fill(goal=_title(goal), name=names[goal.person]), kind) for goal, kind in named]
    words = _sentence(Words("A word from you may help: ", "也许需要你的支持："), parts)
    button = Button(Words("My team's goals", "团队目标"), Act("see", ("team-goals", str(named[0][0].cycle))))
    return [Line(words), Buttons((button,))]


def _named(records: GoalsRecords, signals: Sequence[Signal]) -> list[tuple[Goal, SignalKind]]:
    """The goals of the signals that may be spoken of, each with what is most urgent, the most urgent first."""
    worst: dict[int, SignalKind] = {}
    for one in sorted(signals, key=lambda one: URGENT.index(one.kind)):
        worst.setdefault(one.goal, one.kind)
    goals = {goal.id: goal for goal in records.goals.many(worst)}
    cycles = {goal.cycle: records.cycles.get(goal.cycle) for goal in goals.values() if goal.cycle}
    found = []
    for number, kind in worst.items():
        goal = goals.get(number)
        cycle = cycles.get(goal.cycle) if goal and goal.cycle else None
        if goal is not None and goal.state == "agreed" and cycle is not None and cycle.is_running:
            found.append((goal, kind))
    return found


def _title(goal: Goal) -> Words:
    """The goal as a message may name it."""
    return (
        PRIVATE
        if goal.terms.visibility == "private"
        else Words("“{title}”", "“{title}”").fill(title=goal.title)
    )


def _sentence(start: Words, named: Sequence[tuple[Words, SignalKind]]) -> Words:
    """All in one sentence, what is of one kind together."""
    kinds: dict[SignalKind, list[Words]] = {}
    for goal, kind in named[:MOST]:
        kinds.setdefault(kind, []).append(goal)
    parts = [
        SAID[kind].fill(
            goals=join(goals),
            has="has" if len(goals) == 1 else "have",
            is_="is" if len(goals) == 1 else "are",
        )
        for kind, goals in kinds.items()
    ]
    if len(named) > MOST:
        parts.append(Words("and {n} more", "另有 {n} 个目标").fill(n=len(named) - MOST))
    return start + join(parts, "; ", "；") + Words(".", "。")
