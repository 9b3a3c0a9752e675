"""A manager's team in a cycle: how far each person's goals are, what waits for the manager, and what goes wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.owing import AGREE, whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.asked import ANSWER
from flows.goals.agreeing.negotiation import is_turn_of
from flows.goals.agreeing.waiting import weight_sum
from flows.goals.amounts import figure
from flows.goals.kept import Goal, SignalKind
from flows.goals.measure.standing import Standing, standings
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing

TITLE = Words("Your team's goals", "团队目标")
OPEN = Words("Open", "打开")
GIVE = Words("Set a goal for several", "为多人设定目标")
NOBODY = Words(
    "You lead nobody in a cycle that is running, so there are no goals of a team to see. Type /goal for your own.",
    "目前进行中的周期里没有由你负责的成员，因此没有团队目标。输入 /goal 查看自己的目标。",
)
WORST: tuple[tuple[SignalKind, Words], ...] = (
    ("drop", Words("{n} with a sudden drop", "{n} 个突然下降")),
    ("off_track", Words("{n} off track", "{n} 个进度落后")),
    ("forecast", Words("{n} likely to miss the target", "{n} 个预计无法达成")),
    ("silent", Words("{n} without news for weeks", "{n} 个数周未更新")),
)
"""Signals from the worst on; only the worst is named in a line."""


@dataclass(frozen=True, slots=True)
class Report:
    """One person of the team: their goals in the cycle without drafts, and how many of them wait for the reader."""

    person: Person
    goals: tuple[Goal, ...]
    waiting: int

    @property
    def is_agreed(self) -> bool:
        """Whether something is agreed, and nothing is on its way."""
        return bool(self.goals) and all(goal.state == "agreed" for goal in self.goals)


def team_in(records: GoalsRecords, actor: Person, cycle: Cycle) -> list[Report]:
    """Whom the actor reviews in the cycle, and whose goals they answer instead of somebody; what waits comes first."""
    people = {one.person for one in records.participants.led_by(cycle.id, actor.id)}
    mine = {t.about for t in records.tasks.open_of(actor.id) if t.kind == AGREE and t.scope == cycle.id}
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in records.goals.of_people(cycle.id, sorted(people | mine)):
        goals[goal.person].append(goal)
    found = [
        Report(
            person,
            tuple(goals[person.id]),
            sum(is_turn_of(goal, actor.id) for goal in goals[person.id]),
        )
        for person in records.people.many(people | mine)
        if person.id != actor.id
    ]
    return sorted(found, key=lambda one: (not one.waiting, one.is_agreed, one.person.name))


def own_team(_records: GoalsRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The list is always of those whom the actor reviews, whatever the button says."""
    return Thing("team_goals", actor)


@view(
    "team-goals",
    may=("team_goals", "read"),
    of=own_team,
    command="goal team",
    help=Words("your team's goals: answer them, see how they stand", "查看并答复团队目标"),
)
def team_goals(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Each person's goals in one line, of the cycle that is named or of all that run."""
    body: list[Element] = []
    for cycle in records.cycles.in_state("live"):
        if not about or not about[0] or whole(about[0]) == cycle.id:
            body += of_cycle(records, actor, cycle, now)
    return Screen(TITLE, tuple(body) or (Line(NOBODY),), place=Act("see", ("team-goals", *about[:1])))


def of_cycle(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """The team in one cycle."""
    team = team_in(records, actor, cycle)
    if not team:
        return []
    stand = standings(records, [goal for one in team for goal in one.goals if goal.state == "agreed"], now)
    give = Buttons((Button(GIVE, Act("open", ("goal-give", str(cycle.id)))),))
    body: list[Element] = [Heading(same(cycle.name)), Line(summary(team)), give]
    for one in team:
        where = ("goals-asked" if one.waiting else "goals", str(cycle.id), str(one.person.id))
        button = Button(OPEN, Act("see", where))
        if one.waiting:
            button = Button(ANSWER, Act("see", where), "primary")
        body.append(Row(line_of(one, stand), button, same(one.person.name)))
    return body


def summary(team: Sequence[Report]) -> Words:
    """How many have agreed goals, and how many wait for the reader."""
    words = Words("{n} of {m} agreed", "{m} 人中 {n} 人已确认").fill(
        n=sum(one.is_agreed for one in team), m=len(team)
    )
    waiting = sum(bool(one.waiting) for one in team)
    if not waiting:
        return words
    return words + count(waiting, ", {n} waits for you", ", {n} wait for you", "，{n} 人等待你答复")


def line_of(one: Report, stand: Mapping[int, Standing]) -> Words:
    """One person's goals: what waits for whom, what is agreed, the weights, and the worst that is said of them."""
    if not one.goals:
        return Words("nothing proposed yet", "还没有提出目标")
    theirs = sum(is_turn_of(goal, one.person.id) for goal in one.goals)
    agreed = sum(goal.state == "agreed" for goal in one.goals)
    parts: list[Words | None] = []
    if one.waiting:
        parts.append(count(one.waiting, "{n} waits for you", "{n} wait for you", "{n} 个等待你答复"))
    if theirs:
        parts.append(Words("{n} with them", "{n} 个等待对方处理").fill(n=theirs))
    if agreed:
        parts.append(Words("{n} agreed", "已确认 {n} 个").fill(n=agreed))
    total = weight_sum(one.goals)
    if total is not None:
        parts.append(Words("weights {total}%", "权重合计 {total}%").fill(total=figure(total)))
    parts.append(worst(one.goals, stand))
    return join((part for part in parts if part), " · ", " · ")


def worst(goals: Sequence[Goal], stand: Mapping[int, Standing]) -> Words | None:
    """The worst signal of all these goals, and of how many."""
    kinds = Counter(signal.kind for goal in goals if goal.id in stand for signal in stand[goal.id].signals)
    return next((words.fill(n=kinds[kind]) for kind, words in WORST if kinds[kind]), None)
