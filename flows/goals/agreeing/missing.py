"""HR sees how many have no agreed goal yet, by department, and who they are; names and counts only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.hr.scope import named, thing_of_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.kept import State
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing, may

KIND = "goals_agreed"
PAGE = 50  # names at a time

TITLE = Words("Goals not agreed", "未确认目标")
ALL_AGREED = Words("Everybody has at least one agreed goal.", "所有人都至少有一个已确认的目标。")
WHO = Words("Who", "查看名单")
NEXT = Words("Next", "下一页")
BACK = Words("All departments", "全部部门")
NAMES_ONLY = Words(
    "Names and counts only; nobody is written to from here.", "仅显示姓名和数量，不会在此发送消息。"
)
NO_CYCLE = Words(
    "No cycle of yours runs at the moment. Type /cycle to see them all.",
    "目前没有由你负责的进行中周期。输入 /cycle 查看所有周期。",
)
HAS: Mapping[State, tuple[str, str, str]] = {
    "proposed": ("{n} proposed", "{n} proposed", "{n} 个待确认"),
    "returned": ("{n} sent back", "{n} sent back", "{n} 个被退回"),
    "draft": ("{n} draft", "{n} drafts", "{n} 个草稿"),
}
NOTHING = Words("nothing written yet", "尚未填写")


def missing_thing(_records: GoalsRecords, _actor: Person, about: tuple[str, ...]) -> Thing:
    """Who has none agreed: of one department where it is named, else of those that the reader looks after."""
    return Thing(KIND, departments=frozenset(about[1:2]) if about[1:] else None)


@view("goals-missing", may=(KIND, "read"), of=missing_thing, command="goal missing",
      help=Words("HR: who has no agreed goal yet", "HR：查看谁还没有已确认的目标"))  # fmt: skip
def missing(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """By department, or by name in one of them: about is (cycle, department, the last id on the page before)."""
    cycle = the_cycle(records, actor, about, now)
    place = Act("see", ("goals-missing", str(cycle.id), *about[1:3]))
    body: list[Element] = [Heading(same(cycle.name))]
    if about[1:]:
        body += by_name(records, cycle, about[1], whole(about[2]) if about[2:] else 0)
    else:
        body += by_department(records, actor, cycle)
    return Screen(TITLE, (*body, Note(NAMES_ONLY)), place=place)


def the_cycle(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Cycle:
    """The cycle that is named; without one the newest that runs. Refuses where there is none for the actor."""
    if about and about[0]:
        found = named(records, about)
        if found is None or not may(actor, "read", thing_of_cycle(records, actor, found), now):
            raise NotThere
        return found
    for cycle in sorted(records.cycles.in_state("live"), key=lambda one: -one.id):
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now):
            return cycle
    raise Refusal(NO_CYCLE)


def by_department(records: GoalsRecords, actor: Person, cycle: Cycle) -> list[Element]:
    """How many of how many, a line for each department where somebody is missing."""
    scope = actor.hr_scope
    without = records.goals.unagreed_count(cycle.id)
    everybody = records.participants.count(cycle.id)
    shown = {name: n for name, n in without.items() if scope is None or name in scope}
    if not shown:
        return [Line(ALL_AGREED)]
    told = Words("{n} of {all} have no agreed goal yet.", "{all} 人中有 {n} 人还没有已确认的目标。")
    mine = sum(n for name, n in everybody.items() if scope is None or name in scope)
    body: list[Element] = [Line(told.fill(n=f"{sum(shown.values()):,}", all=f"{mine:,}"))]
    for name in sorted(shown):
        words = Words("{n} of {all}", "{all} 人中 {n} 人").fill(
            n=shown[name], all=everybody.get(name, shown[name])
        )
        act = Act("see", ("goals-missing", str(cycle.id), name))
        body.append(Row(words, Button(WHO, act), same(name or "–")))
    return body


def by_name(records: GoalsRecords, cycle: Cycle, department: str, after: int) -> list[Element]:
    """A page of the department's people, with how far each is."""
    found = records.goals.unagreed(cycle.id, frozenset({department}), after, PAGE + 1)
    shown = [person for person, _ in found[:PAGE]]
    states = records.goals.states(cycle.id, shown)
    people = {person.id: person for person in records.people.many(shown)}
    body: list[Element] = [Heading(same(department or "–"))]
    body += [
        Line(same(f"{people[one].name} · ") + how_far(states.get(one, {}))) for one in shown if one in people
    ] or [Line(ALL_AGREED)]
    ways = [Button(BACK, Act("see", ("goals-missing", str(cycle.id))))]
    if len(found) > PAGE:
        more = Act("see", ("goals-missing", str(cycle.id), department, str(shown[-1])))
        ways.insert(0, Button(NEXT, more, "primary"))
    return [*body, Buttons(tuple(ways))]


def how_far(states: Mapping[State, int]) -> Words:
    """What there is instead of an agreed goal."""
    said = [count(states[state], *words) for state, words in HAS.items() if states.get(state)]
    return join(said) if said else NOTHING
