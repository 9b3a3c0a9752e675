"""A person's goals of a cycle on one sheet: how each stands, what is still wrong, and every way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.asked import to_answer
from flows.goals.current import NO_CYCLE, goals_window, taking_part
from flows.goals.kept import Goal, Version
from flows.goals.measure.standing import Standing, is_result_of, standings
from flows.goals.measure.weights import weighed, weights_problem
from flows.goals.records import GoalsRecords
from flows.goals.rights import reviewer_of, sheet_thing
from flows.goals.setting.copying import offers
from flows.goals.setting.form import NEW
from flows.goals.setting.lines import Sides, line, state_line
from flows.goals.setting.proposing import as_asked, is_rewritten, problem_of, proposal_words, ready
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.plans.unfinished import way_to_unfinished

TITLE = Words("Goals", "目标")
OPEN = Words("Open", "打开")
ADD, ADD_RESULT = Words("Add a goal", "添加目标"), Words("Add a key result", "添加关键结果")
TAKE_OVER = Words("Take over", "沿用")
EVEN = Words("Even out to 100%", "一键均衡到 100%")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the sheet: the goals that the viewer may see, how they stand, and what happened to each."""

    cycle: Cycle
    sides: Sides
    goals: tuple[Goal, ...]
    standings: Mapping[int, Standing]
    histories: Mapping[int, Sequence[Version]]

    @property
    def own(self) -> bool:
        return self.sides.viewer.id == self.sides.owner.id


def a_sheet(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(cycle, person), who takes part in it, or one's own: each goal on it is asked about by itself."""
    if about in ((), ("",)):
        return Thing("goal_tree", actor)
    if len(about) != 2 or records.participants.get(whole(about[0]), whole(about[1])) is None:
        return None
    return Thing("goal_tree", records.people.get(whole(about[1])))


@view(
    "goals",
    may=("goal_tree", "read"),
    of=a_sheet,
    command="goal",
    help=Words("your goals: set, propose, change and follow them", "我的目标：设定、提交、修改和跟进"),
)
def goals(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The goals that the viewer may see; one's own with the ways to set them."""
    if len(about) == 2:
        cycle, owner = records.cycles.get(whole(about[0])), records.people.get(whole(about[1]))
    else:
        cycle, owner = next(iter(taking_part(records, actor, now)), None), actor
        if cycle is None:
            return without_cycle(records, actor, now)
    if cycle is None or owner is None:
        raise NotThere
    place = Act("see", ("goals", str(cycle.id), str(owner.id)))
    shown = load(records, actor, cycle, owner, now)
    body: list[Element] = [Heading(same(f"{owner.name} · {cycle.name}"))]
    if shown.own:
        body += [*others(records, actor, cycle, now), *until(records, shown, now)]
    body += to_answer(records, actor, cycle, owner)
    body += listed(shown) if shown.goals else [Line(nothing(shown))]
    if may(actor, "read", sheet_thing(records, owner, actor, cycle.id), now):
        body += weights(shown)
    if shown.own and cycle.state == "live":
        body += [*ways(shown), *take_over(records, shown, now)]
        body += way_to_unfinished(records, actor, cycle, now)
    return Screen(TITLE, tuple(body), place=place)


def load(records: GoalsRecords, actor: Person, cycle: Cycle, owner: Person, now: datetime) -> Shown:
    """What the viewer may see of somebody's goals of a cycle; drafts are their writer's alone."""
    found = records.goals.of_cycle(cycle.id, owner.id)
    if actor.id != owner.id:
        found = [goal for goal in found if may_see(records, actor, goal, now)]
    ids = [goal.id for goal in found]
    side = reviewer_of(records, cycle.id, owner.id)
    other = records.people.get(side) if side and side != owner.id else None
    sides = Sides(owner, other if other and other.active else None, actor)
    return Shown(cycle, sides, tuple(found), standings(records, found, now), records.goals.histories(ids))


def without_cycle(records: GoalsRecords, actor: Person, now: datetime) -> Screen:
    """What there is to say while no cycle runs: the goals that belong to none, if there are any."""
    loose = [goal for goal in records.goals.of_person(actor.id) if goal.cycle is None]
    known = standings(records, loose, now)
    outside = Words("outside a cycle", "不属于任何周期")
    body: list[Element] = [Line(NO_CYCLE)]
    body += [Row(line(goal, known[goal.id], outside), see(goal), same(goal.title)) for goal in loose]
    return Screen(TITLE, tuple(body), place=Act("see", ("goals",)))


def others(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """The ways to one's goals of other cycles that run."""
    running = [one for one in taking_part(records, actor, now) if one.id != cycle.id]
    buttons = [Button(same(one.name), Act("see", ("goals", str(one.id), str(actor.id)))) for one in running]
    return [Buttons(tuple(buttons))] if buttons else []


def until(records: GoalsRecords, shown: Shown, now: datetime) -> list[Element]:
    """Until when goals are to be proposed, and what still goes afterwards."""
    body: list[Element] = []
    window = goals_window(records, shown.cycle, shown.sides.owner, now)
    today = local_day(now, shown.sides.owner.zone)
    if shown.cycle.state != "live":
        body.append(
            Note(Words("This cycle is over: its goals stay as they are.", "本周期已结束，目标不再更改。"))
        )
    elif window and today > window.due:
        late = Words(
            "They were due on {day}. While the cycle runs you can still propose and change them.",
            "截止日期为 {day}；周期进行期间仍可提交和修改。",
        )
        body.append(Note(late.fill(day=day_words(window.due))))
    elif window:
        body.append(
            Note(Words("Propose them by {day}.", "请在 {day} 前提交。").fill(day=day_words(window.due)))
        )
        if window.phase.note:
            body.append(Note(window.phase.note))
    if shown.sides.other is None and shown.cycle.state == "live":
        alone = Words(
            "You have no manager in the directory: what you propose stands as agreed at once.",
            "通讯录中没有你的上级：提交后直接生效。",
        )
        body.append(Note(alone))
    return body


def nothing(shown: Shown) -> Words:
    """What stands instead of goals."""
    if shown.own:
        return Words(
            "You have no goals for this cycle yet. Three to five that matter are enough.",
            "你还没有本周期的目标。三到五个重要的就够了。",
        )
    return Words(
        "No goals that you can see are written for this cycle yet.", "本周期还没有你可以查看的目标。"
    )


def listed(shown: Shown) -> list[Element]:
    """Every goal with a way to it, key results below their objective."""
    objectives = {goal.id: goal for goal in shown.goals if goal.terms.shape == "objective"}
    below: dict[int | None, list[Goal]] = {}
    for goal in shown.goals:
        above = objectives.get(goal.terms.parent or 0)
        below.setdefault(above.id if above and is_result_of(goal, above) else None, []).append(goal)
    body: list[Element] = []
    for goal in below.get(None, []):
        body.append(row(shown, goal))
        body += [row(shown, result, "– ") for result in below.get(goal.id, [])]
        if goal.id in objectives and shown.own and shown.cycle.state == "live":
            subject = f"{shown.cycle.id}/{NEW}-{goal.id}"
            body.append(Buttons((Button(ADD_RESULT, Act("open", ("goal", subject))),)))
    return body


def row(shown: Shown, goal: Goal, indent: str = "") -> Row:
    """One goal in a line."""
    history = shown.histories.get(goal.id, ())
    asked = [one.comment for one in history if one.act in ("asked", "declined") and one.comment]
    comment = asked[-1] if asked and history[-1].act in ("asked", "declined") else ""
    state = state_line(goal, shown.sides, comment, is_rewritten(goal, history))
    return Row(line(goal, shown.standings.get(goal.id), state), see(goal), same(indent + goal.title))


def see(goal: Goal) -> Button:
    return Button(OPEN, Act("see", ("goal-card", goal.key)))


def weights(shown: Shown) -> list[Element]:
    """What is wrong with the weights, and one tap that mends it."""
    if not shown.goals:
        return []
    problem = problem_of(shown.goals, shown.cycle.template)
    if problem is None:
        alike = all(goal.terms.weight is None for goal in weighed(as_asked(shown.goals)))
        words = Words("All goals weigh the same.", "所有目标权重相同。") if alike else Words(
            "The weights make 100%.", "权重合计 100%。"
        )  # fmt: skip
        return [Note(words)]
    return [Line(Words("⚠ ", "⚠ ") + problem)]


def ways(shown: Shown) -> list[Element]:
    """Add one, propose what is ready, even the weights out."""
    cycle = str(shown.cycle.id)
    waiting = bool(ready(shown.goals, shown.histories))
    add = Button(ADD, Act("open", ("goal", f"{cycle}/{NEW}")), "plain" if waiting else "primary")
    buttons = [add]
    if waiting:
        name = shown.sides.other.name if shown.sides.other else None
        buttons.insert(0, Button(proposal_words(name), Act("do", ("goal-propose", cycle)), "primary"))
    if weights_problem(as_asked(shown.goals), shown.cycle.template.perspectives):
        buttons.append(Button(EVEN, Act("do", ("goal-even", cycle))))
    return [Buttons(tuple(buttons))]


def take_over(records: GoalsRecords, shown: Shown, now: datetime) -> list[Element]:
    """What may be taken over with one tap."""
    found = offers(records, shown.sides.owner, shown.cycle, now)
    if not found:
        return []
    heading = Heading(Words("To take over", "可以沿用的目标"))
    cycle = str(shown.cycle.id)
    rows = [
        Row(one.origin, Button(TAKE_OVER, Act("do", ("goal-copy", one.key, cycle))), same(one.terms.title))
        for one in found
    ]
    return [Divider(), heading, *rows]
