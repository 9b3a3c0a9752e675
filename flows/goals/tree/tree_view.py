"""The tree of goals: the company's with what covers them, and one goal with the way up and what is right below it."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen, here
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import thing_of_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.amounts import told
from flows.goals.current import taking_part
from flows.goals.kept import LIVE, Goal
from flows.goals.measure.standing import standings
from flows.goals.records import GoalsRecords
from flows.goals.rights import goal_thing
from flows.goals.tree.company import company_thing
from flows.goals.tree.splitting import with_number
from flows.goals.tree.tree import counted_words, coverage_words, may_see
from flows.goals.tree.tree_words import STATES, below, part_words, value_words
from flows.people.person import Person
from flows.people.policy import Thing, may, relations

SHOWN = 20  # goals on one page; more are a button away
LINES = 8  # of a company goal's parts on the first page
TITLE = Words("Goal tree", "目标树")
OPEN = Words("Open", "打开")
WITHDRAW = Words("Withdraw this goal? The goals below it stay.", "撤回这个目标？下级目标会保留。")
MORE = Words("Show more", "查看更多")


def tree_of(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The tree of the cycle that is named; before it is launched only HR sees it. Each goal is asked about by itself."""
    cycle = records.cycles.get(whole(about[0])) if about and about[0] else None
    if not about or not about[0]:
        return Thing("goal_tree")
    if cycle is None:
        return None
    if cycle.launched_at is None and "hr_part" not in relations(actor, thing_of_cycle(records, actor, cycle)):
        return None
    return Thing("goal_tree")


@view(
    "goal-tree",
    may=("goal_tree", "read"),
    of=tree_of,
    command="goal tree",
    help=Words("see the company's goals and what they are divided into", "查看公司目标及其分解"),
)
def goal_tree(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """(cycle): the company's goals; (cycle, goal): one of them; (cycle, goal, first): those below it from the nth on."""
    cycle = records.cycles.get(whole(about[0])) if about and about[0] else meant(records, actor, now)
    if cycle is None:
        none = Words(
            "No cycle runs at the moment, so there are no goals to show.",
            "目前没有进行中的周期，没有可显示的目标。",
        )
        return Screen(TITLE, (Line(none),))
    place = Act("see", ("goal-tree", str(cycle.id), *about[1:3]))
    if len(about) < 2 or not about[1]:
        return Screen(TITLE, tuple(top(records, actor, cycle, now)), place=place)
    goal = records.goals.get(whole(about[1]))
    if goal is None or goal.cycle != cycle.id or not may_see(records, actor, goal, now):
        raise NotThere
    first = whole(about[2]) if len(about) > 2 else 0
    return Screen(TITLE, tuple(one(records, actor, cycle, goal, first, now)), place=place)


def meant(records: GoalsRecords, actor: Person, now: datetime) -> Cycle | None:
    """The cycle that the reader takes part in now, else the newest that runs."""
    mine = taking_part(records, actor, now) or sorted(
        records.cycles.in_state("live"), key=lambda cycle: -cycle.id
    )
    return mine[0] if mine else None


def top(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """The company's goals with their coverage and their parts, then departments' that hang under none of these."""
    above = [
        goal
        for goal in records.goals.above(cycle.id)
        if goal.state in LIVE and may_see(records, actor, goal, now)
    ]
    company = [goal for goal in above if goal.level == "company"]
    ids = {goal.id for goal in company}
    loose = [goal for goal in above if goal.level == "department" and goal.terms.parent not in ids]
    body: list[Element] = [Heading(same(cycle.name))]
    may_set = may(actor, "set", Thing("company_goals"), now)
    own = Button(Words("My goals", "我的目标"), Act("see", ("goals", str(cycle.id), str(actor.id))))
    buttons = [own] if records.participants.get(cycle.id, actor.id) else []
    if may_set and cycle.state not in ("closed", "archived"):
        new = Button(
            Words("New goal", "新建目标"), Act("open", ("goal-company", f"{cycle.id}/new")), "primary"
        )
        buttons.insert(0, new)
    body += [Buttons(tuple(buttons))] if buttons else []
    if not above:
        body.append(Line(Words("The company has no goals in this cycle yet.", "本周期还没有公司目标。")))
    covered = records.goals.coverage([goal.id for goal in (*company, *loose[:SHOWN])])
    stand = standings(records, company, now)
    for goal in company[:SHOWN]:
        parts = [child for child in above if child.terms.parent == goal.id]
        known = below(records, actor, goal, covered.get(goal.id), now)
        body.append(row(cycle, goal, coverage_words(goal, known.coverage) + value_words(stand.get(goal.id))))
        if parts:
            body.append(
                Facts(
                    tuple(
                        (same(child.department or child.title), part_words(child, goal))
                        for child in parts[:LINES]
                    )
                )
            )
    if loose:
        body.append(Heading(Words("Departments' goals of their own", "部门自有目标")))
    for goal in loose[:SHOWN]:
        known = below(records, actor, goal, covered.get(goal.id), now)
        body.append(row(cycle, goal, coverage_words(goal, known.coverage), same(goal.department)))
    shown = {goal.id for goal in (*company, *loose)}
    mine = [goal for goal in with_number(records, actor, cycle.id) if goal.id not in shown]
    if mine:
        body.append(Heading(Words("Yours", "你负责的目标")))
        covered = records.goals.coverage([goal.id for goal in mine])
        body += [row(cycle, goal, coverage_words(goal, covered.get(goal.id))) for goal in mine[:SHOWN]]
    if len(company) > SHOWN or len(loose) > SHOWN:
        body.append(Note(Words("Only the first {n} of each are shown.", "各仅显示前 {n} 个。").fill(n=SHOWN)))
    return body


def one(
    records: GoalsRecords, actor: Person, cycle: Cycle, goal: Goal, first: int, now: datetime
) -> list[Element]:
    """One goal: the way up, its number and how far it is covered, and what is right below it."""
    under = below(records, actor, goal, records.goals.coverage([goal.id]).get(goal.id), now)
    shown = under.seen[first : first + SHOWN]
    stand = standings(records, [goal, *shown], now)
    owner = records.people.get(goal.person)
    body: list[Element] = [Heading(same(goal.title)), *way_up(records, actor, cycle, goal, now)]
    rows = [
        (Words("Answers for it", "负责人"), same(owner.name if owner else "–")),
        (Words("State", "状态"), STATES[goal.state]),
    ]
    if goal.terms.target is not None:
        rows.append((Words("Target", "目标值"), told(goal.terms.target, goal.terms.unit)))
        rows.append((Words("Reached so far", "当前进展"), told(stand[goal.id].value, goal.terms.unit)))
    if goal.department:
        rows.insert(0, (Words("Department", "部门"), same(goal.department)))
    body += [Facts(tuple(rows)), Line(coverage_words(goal, under.coverage))]
    if under.coverage:
        body.append(Note(counted_words(under.coverage) + under.unsaid))
    body.append(Buttons(tuple(ways(records, actor, cycle, goal, now))))
    names = {person.id: person.name for person in records.people.many(child.person for child in shown)}
    for child in shown:
        whose = same(" · ") + same(names.get(child.person, "–"))
        name = same(f"{child.department}") + whose if child.department else same(names.get(child.person, "–"))
        words = same(child.title + "\n") + part_words(child, goal) + value_words(stand.get(child.id))
        body.append(Row(words, Button(OPEN, within(cycle, child.key)), name))
    if len(under.seen) > first + SHOWN:
        more = within(cycle, goal.key, str(first + SHOWN))
        body.append(Buttons((Button(MORE, more),)))
    return body


def way_up(records: GoalsRecords, actor: Person, cycle: Cycle, goal: Goal, now: datetime) -> list[Element]:
    """The goals above it, from the top, and a button to the next one up."""
    line = [above for above in records.goals.line_up(goal.id) if may_see(records, actor, above, now)]
    if goal.terms.parent is None:
        return []
    if not line:
        return [Note(Words("It serves a goal that you may not see.", "它支撑的上级目标你无权查看。"))]
    names = join((same(above.title) for above in reversed(line)), " › ", " › ")
    body: list[Element] = [Note(Words("Serves: ", "支撑：") + names)]
    if line[0].state == "withdrawn":
        body.append(Note(Words("The goal above was withdrawn.", "上级目标已撤回。")))
    elif line[0].cycle == cycle.id:
        body.append(Buttons((Button(Words("Up", "上一层"), within(cycle, line[0].key)),)))
    return body


def ways(records: GoalsRecords, actor: Person, cycle: Cycle, goal: Goal, now: datetime) -> list[Button]:
    """What the reader may do from here."""
    buttons = [Button(Words("Details", "详情"), Act("see", ("goal-card", goal.key)))]
    thing = goal_thing(records, goal, actor, "goal")
    runs = cycle.state == "live" and goal.state in LIVE
    if runs and thing and may(actor, "split", thing, now) and goal.terms.target is not None:
        buttons.append(Button(Words("Divide", "拆分"), Act("open", ("goal-split", goal.key)), "primary"))
    if runs and thing and may(actor, "write", thing, now) and goal.level != "company":
        buttons.append(
            Button(Words("Link to a goal above", "关联上级目标"), Act("open", ("goal-link", goal.key)))
        )
    changes = goal.level != "person" and cycle.state not in ("closed", "archived") and goal.state in LIVE
    if changes and may(actor, "set", company_thing(goal.level, goal.department), now):
        named = f"{cycle.id}/{goal.key}"
        buttons.append(Button(Words("Change", "修改"), Act("open", ("goal-company", named))))
        away = Act("do", ("goal-company-withdraw", named))
        buttons.append(Button(Words("Withdraw", "撤回"), away, "danger", WITHDRAW))
    buttons.append(Button(Words("The whole tree", "整棵目标树"), within(cycle)))
    return buttons


def row(cycle: Cycle, goal: Goal, words: Words, before: Words | None = None) -> Row:
    name = before + same(" · " + goal.title) if before else same(goal.title)
    return Row(words, Button(OPEN, within(cycle, goal.key)), name)


def within(cycle: Cycle, *rest: str) -> Act:
    """Another page of the tree in the same window: a tree is deeper than windows can be laid on each other."""
    return here(Act("see", ("goal-tree", str(cycle.id), *rest)))
