"""HR looks at what a dropped sheet would change, and imports it with one tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Menu, Note, Screen
from flows.core.words import Words, count, same
from flows.cycle.hr.scope import thing_of_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle, CycleState
from flows.goals.importing.columns import columns_of
from flows.goals.importing.dropped import Dropped, ImportRecords, Table
from flows.goals.importing.goal_columns import GOAL_COLUMNS
from flows.goals.importing.lines import read_lines
from flows.goals.importing.place import place_of
from flows.goals.importing.plan import Plan, planned
from flows.goals.importing.problem import Problem
from flows.goals.importing.taking import DONE, GOING_ON, GONE
from flows.goals.importing.values import is_of_values, read_values, value_facts
from flows.people.person import Person
from flows.people.policy import Thing, may

MOST_SHOWN = 60  # problems on the screen; the rest is counted
STATES: tuple[CycleState, ...] = ("live", "rehearsed", "draft")
PROPOSE, AGREED = "propose", "agreed"

TITLE = Words("Import", "导入")
IMPORT = Words("Import", "导入")
IMPORT_AGREED = Words("Import as agreed", "按已确认导入")
SURE = Words(
    "Import these goals? Those whom they concern are asked to agree.",
    "确认导入？相关人员会收到请其确认目标的任务。",
)
SURE_AGREED = Words(
    "Import these goals as agreed? Nobody is asked any more.", "按已确认导入？不会再请任何人确认。"
)
HOW = Words(
    "“Import” asks each person to agree. Choose “Import as agreed” only where both sides have agreed outside perfloop.",
    "“导入”会请每个人确认。只有双方已在系统外达成一致时，才选择“按已确认导入”。",
)
NOTHING = Words("Everything in this file is there already.", "文件中的内容都已存在，无需导入。")
WRONG = Words(
    "Nothing can be imported yet. Please correct these lines in the file, and drop it again.",
    "暂时不能导入。请在文件中修改以下问题后重新发送。",
)
AND_MORE = Words("… and {n} more.", "……另有 {n} 处。")
WEIGHTS = Words("Worth a look; these do not keep you from importing:", "请留意，不影响导入：")
NO_CYCLE = Words(
    "There is no cycle that goals could be imported into. HR makes one with /cycle new.",
    "没有可以导入目标的周期。HR 可用 /cycle new 新建。",
)
OTHER_CYCLE = Words("Into another cycle", "导入其他周期")


def own_sheet(records: ImportRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The sheet that somebody dropped: theirs alone to import."""
    dropped = records.dropped.get(whole(about[0])) if about else None
    return Thing("goals_import") if dropped and dropped.person == actor.id else None


@view("goal-import", may=("goals_import", "do"), of=own_sheet)
def look(records: ImportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What would change, or everything that is wrong; a file that was imported says so."""
    dropped = the_sheet(records, about)
    place = Act("see", ("goal-import", *about))
    if dropped.state == "importing":
        return Screen(TITLE, (Line(GOING_ON.fill(name=dropped.name)),), place=place)
    if dropped.content is None:
        words = DONE.fill(name=dropped.name) if dropped.state == "imported" else dropped.problem or GONE
        return Screen(TITLE, (Line(words),), place=place)
    if is_of_values(dropped.content):
        return Screen(TITLE, tuple(values_shown(records, actor, dropped, dropped.content, now)), place=place)
    cycles = cycles_for(records, actor, now)
    cycle = chosen_cycle(cycles, about)
    plan = plan_of(records, actor, dropped.content, cycle, now)
    body: list[Element] = [Heading(same(dropped.name)), Facts(facts_of(plan))]
    body += wrong(plan.problems) if plan.problems else offered(plan, dropped, cycle)
    others = [one for one in cycles if one.id != cycle.id]
    if others:
        choices = tuple(
            (same(one.name), Act("see", ("goal-import", str(dropped.id), str(one.id)))) for one in others
        )
        body.append(Menu(OTHER_CYCLE, choices[:100]))
    return Screen(TITLE, tuple(body), place=place)


def values_shown(
    records: ImportRecords, actor: Person, dropped: Dropped, content: Table, now: datetime
) -> list[Element]:
    """How many values there are, with the button that imports them, or what is wrong."""
    values = read_values(records, actor, content, now)
    if values.problems:
        return [Heading(same(dropped.name)), *wrong(values.problems)]
    act = Act("do", ("goal-import-do", str(dropped.id)))
    return [
        Heading(same(dropped.name)),
        Facts(value_facts(values)),
        Buttons((Button(IMPORT, act, "primary"),)),
    ]


def wrong(problems: Sequence[Problem]) -> list[Element]:
    """What keeps the sheet from being imported, by line."""
    more = [Note(AND_MORE.fill(n=len(problems) - MOST_SHOWN))] if len(problems) > MOST_SHOWN else []
    return [Line(WRONG), *(Line(one.said()) for one in problems[:MOST_SHOWN]), *more]


def offered(plan: Plan, dropped: Dropped, cycle: Cycle) -> list[Element]:
    """The buttons that import, with what is worth a look."""
    body: list[Element] = []
    if plan.warnings:
        body += [Line(WEIGHTS), *(Note(words) for words in plan.warnings[:MOST_SHOWN])]
        if len(plan.warnings) > MOST_SHOWN:
            body.append(Note(AND_MORE.fill(n=len(plan.warnings) - MOST_SHOWN)))
    about = ("goal-import-do", str(dropped.id), str(cycle.id))
    asked = Button(IMPORT, Act("do", (*about, PROPOSE)), "primary", SURE)
    agreed = Button(IMPORT_AGREED, Act("do", (*about, AGREED)), confirm=SURE_AGREED)
    if not (plan.new or plan.changed or plan.library):
        return [*body, Line(NOTHING), *([Buttons((agreed,))] if plan.waiting else [])]
    if not plan.people and all(entry.line.level == "company" for entry in plan.entries):
        return [*body, Buttons((Button(IMPORT, asked.act, "primary"),))]
    return [*body, Note(HOW), Buttons((asked, agreed))]


def facts_of(plan: Plan) -> tuple[tuple[Words, Words], ...]:
    """The counts: goals that are new, changed and the same, for how many people."""
    rows = [
        (Words("Cycle", "周期"), same(plan.cycle.name)),
        (Words("New", "新增"), same(len(plan.new))),
        (Words("Changed", "变更"), same(len(plan.changed))),
        (Words("The same", "不变"), same(len(plan.entries) - len(plan.new) - len(plan.changed))),
        (Words("People", "涉及人数"), same(len(plan.people))),
    ]
    if plan.library:
        goals = sum(map(len, plan.library.values()))
        rows.append((Words("Library", "目标库"), count(goals, "{n} goal", "{n} goals", "{n} 个目标")))
    return tuple(rows)


def the_sheet(records: ImportRecords, about: tuple[str, ...]) -> Dropped:
    """The sheet that a button names."""
    found = records.dropped.get(whole(about[0]))
    if found is None:
        raise Refusal(GONE)
    return found


def cycles_for(records: ImportRecords, actor: Person, now: datetime) -> list[Cycle]:
    """Those that the actor may fill: running ones first, then the newest."""
    found = [
        cycle
        for cycle in records.cycles.in_state(*STATES)
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now)
    ]
    if not found:
        raise Refusal(NO_CYCLE)
    return sorted(found, key=lambda one: (one.state != "live", -one.id))


def chosen_cycle(cycles: Sequence[Cycle], about: tuple[str, ...]) -> Cycle:
    """The one that is named behind the sheet, else the first."""
    named = whole(about[1]) if about[1:] else 0
    found = next((cycle for cycle in cycles if cycle.id == named), None)
    if found is None and named:
        raise NotThere
    return found or cycles[0]


def plan_of(records: ImportRecords, actor: Person, content: Table, cycle: Cycle, now: datetime) -> Plan:
    """What the sheet would do to the cycle as things are now."""
    lines, problems = read_lines(content)
    columns, _ = columns_of(content, GOAL_COLUMNS)
    return planned(lines, place_of(records, actor, cycle, lines, columns, now), problems)
