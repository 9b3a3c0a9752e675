"""What a manager is owed: how far the team is in each phase, who is late, and the team's list of one phase."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.checkins.digest import team_line, team_of, team_round
from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.records import Task
from flows.core.screen import Act, Button, Divider, Element, Heading, Line, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.asking import is_personal
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.progress import on_now, share_of
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.goals.agreeing.team import summary, team_in
from flows.home.mine import OPEN
from flows.home.records import HomeRecords
from flows.people.person import Person
from flows.people.policy import Thing

TEAM = Words("Your team", "我的团队")
ONE_DAY = timedelta(days=1)
MOST_NAMES = 10  # of those who are late; the list shows them all


def team(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """The team's check-ins of the latest round, and how far the team is in each phase that is on."""
    body = checkins(records, actor)
    today = local_day(now, actor.zone)
    for cycle in records.cycles.in_state("live"):
        people = [one.person for one in records.participants.led_by(cycle.id, actor.id)]
        for window in on_now(cycle, today) if people else []:
            body += of_phase(records, cycle, window.phase, people, now)
        body += goals_agreed(records, actor, cycle)
    return [Divider(), Heading(TEAM), *body] if body else []


def checkins(records: HomeRecords, actor: Person) -> list[Element]:
    """The latest round's line."""
    if not records.people.reports_of(actor.id):
        return []
    programme, round_key = team_round(records, ())
    found = team_of(records, programme, round_key, actor.id) if round_key else None
    if found is None:
        return [Line(Words("No check-ins of your team yet.", "还没有团队周报。"))]
    place = Act("see", ("team", str(programme), round_key))
    return [Row(team_line(found), Button(OPEN, place))]


def goals_agreed(records: HomeRecords, actor: Person, cycle: Cycle) -> list[Element]:
    """How far the team's goals are agreed, once somebody has proposed some."""
    team = team_in(records, actor, cycle)
    if not any(one.goals for one in team):
        return []
    title = Words("Goals agreed · {cycle}", "目标确认 · {cycle}").fill(cycle=cycle.name)
    return [Row(summary(team), Button(OPEN, Act("see", ("team-goals", str(cycle.id)))), title)]


def of_phase(
    records: HomeRecords, cycle: Cycle, phase: Phase, people: list[int], now: datetime
) -> list[Element]:
    """The phase's completion in the team, and the names of those who are late."""
    if phase.who != "everyone" or is_personal(phase):
        return []  # the manager's own to do, or what nobody looks at to see who has said it
    tasks = records.tasks.of_round(phase.work, cycle.id, phase.name, people)
    if not tasks:
        return []
    title = phase.title + same(f" · {cycle.name}")
    place = Act("see", ("cycle-team", str(cycle.id), phase.name))
    body: list[Element] = [Row(share_of(tasks).words, Button(OPEN, place), title)]
    late = [task for task in tasks if task.state == "open" and now > task.due_at]
    if late:
        body.append(Line(Words("Late: ", "已逾期：") + late_names(records, late, now)))
    return body


def late_names(records: HomeRecords, late: list[Task], now: datetime) -> Words:
    """Who is late and for how long, the longest first."""
    late = sorted(late, key=lambda task: task.due_at)
    names = {person.id: person.name for person in records.people.many([task.person for task in late])}
    parts = [
        same(names.get(task.person, "?")) + Words(" (", "（") + days_late(task, now) + Words(")", "）")
        for task in late[:MOST_NAMES]
    ]
    if len(late) > MOST_NAMES:
        parts.append(count(len(late) - MOST_NAMES, "{n} more", "{n} more", "另外 {n} 人"))
    return join(parts)


def days_late(task: Task, now: datetime) -> Words:
    """Since when, in days begun."""
    return count(max(1, -(-(now - task.due_at) // ONE_DAY)), "{n} day", "{n} days", "{n} 天")


def own_team(records: HomeRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The list is always of those whom the actor reviews in the cycle; who reviews nobody has none."""
    cycle = whole(about[0]) if len(about) == 2 else 0
    return Thing("cycle_team", actor) if cycle and records.participants.led_by(cycle, actor.id) else None


@view("cycle-team", may=("cycle_team", "read"), of=own_team)
def cycle_team(records: HomeRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everyone of the team in one phase: what is left first, and a way to what was sent."""
    cycle = records.cycles.get(whole(about[0]))
    phase = cycle.template.phase(about[1]) if cycle else None
    if cycle is None or phase is None or phase.who != "everyone" or is_personal(phase):
        raise NotThere
    people = [one.person for one in records.participants.led_by(cycle.id, actor.id)]
    tasks = records.tasks.of_round(phase.work, cycle.id, phase.name, people)
    names = {person.id: person.name for person in records.people.many(people)}
    tasks.sort(key=lambda task: (task.state != "open", task.due_at, names.get(task.person, "")))
    body: list[Element] = [Heading(phase.title + same(f" · {cycle.name}")), Line(share_of(tasks).words)]
    for task in tasks:
        name, state = same(names.get(task.person, "?")), state_words(task, actor, now)
        act = what_was_sent(records, cycle, phase, task)
        line = Line(name + Words(": ", "：") + state)
        body.append(Row(state, Button(OPEN, act), name) if act else line)
    return Screen(TEAM, tuple(body), place=Act("see", ("cycle-team", *about)))


def state_words(task: Task, actor: Person, now: datetime) -> Words:
    """How one person's task stands."""
    match task.state:
        case "done":
            return Words("done", "已完成")
        case "waived":
            return Words("not needed", "无需完成")
        case "expired":
            return Words("not done", "未完成")
    if now > task.due_at:
        return Words("late by {days}", "逾期 {days}").fill(days=days_late(task, now))
    return Words("not yet, due {due}", "未完成，{due} 截止").fill(due=day_and_time(task.due_at, actor.zone))


def what_was_sent(records: HomeRecords, cycle: Cycle, phase: Phase, task: Task) -> Act | None:
    """Where the manager reads it, if there is something to read: the policy asks again when it is opened."""
    if task.state != "done":
        return None
    if phase.work == "goals":
        return Act("see", ("goals", str(cycle.id), str(task.about)))
    sent = records.reviews.find(cycle.id, phase.name, task.about, "self") if phase.work == "review" else None
    return Act("see", ("review-read", str(sent.id))) if sent else None
