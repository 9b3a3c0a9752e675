"""What a manager sees of a round: one message, the team's screen, each report, and what they can do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.checkins.digest_goals import goal_rows
from flows.checkins.questions import MOOD, MOODS, RESOURCE
from flows.checkins.records import Checkin, CheckinRecords, Programme, Response
from flows.checkins.rounds import KIND, name_of_round, on_leave
from flows.core.catalog import letter, view
from flows.core.records import Task
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Heading,
    Letter,
    Line,
    Note,
    Row,
    Screen,
)
from flows.core.words import Words, count, join, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing


@dataclass(frozen=True, slots=True)
class Team:
    """One manager's round: the programme, the round's key, and per direct report the task and the check-in."""

    programme: Programme
    round: str
    manager: Person
    members: tuple[tuple[Person, Task, Checkin | None], ...]
    open_requests: frozenset[int]

    @property
    def name(self) -> Words:
        return name_of_round(self.programme.schedule.rhythm, self.round)

    def answered(self) -> list[tuple[Person, Checkin]]:
        return [
            (person, checkin) for person, task, checkin in self.members if checkin and task.state == "done"
        ]

    def said(self, question: str) -> list[tuple[Person, Checkin]]:
        """Those who wrote something under `question`."""
        return [(person, checkin) for person, checkin in self.answered() if checkin.form.get(question)]


def team_of(records: CheckinRecords, programme: int, round_key: str, manager: int) -> Team | None:
    """The manager's direct reports of this moment who were asked in that round; None without any."""
    found, person = records.programmes.get(programme), records.people.get(manager)
    if found is None or person is None:
        return None
    reports = {report.id: report for report in records.people.reports_of(manager)}
    tasks = records.tasks.of_round(KIND, programme, round_key, list(reports))
    checkins = {c.person: c for c in records.checkins.of_people(programme, round_key, list(reports))}
    members = [(reports[task.person], task, checkins.get(task.person)) for task in tasks]
    if not members:
        return None
    asked_for = [c for c in checkins.values() if c.form.get(RESOURCE)]
    decided = {
        r.checkin for r in records.checkins.responses([c.id for c in asked_for]) if r.kind in DECISIONS
    }
    members.sort(key=lambda member: member[0].name)
    waiting = frozenset(c.id for c in asked_for) - decided
    return Team(found, round_key, person, tuple(members), waiting)


DECISIONS = ("granted", "declined")


def summary(team: Team) -> list[Element]:
    """Who answered, who is blocked, what help is asked for, moods in total: names and counts, no contents."""
    answered = team.answered()
    rows = [
        (
            Words("Answered", "已提交"),
            Words("{n} of {m}", "{n}/{m}").fill(n=len(answered), m=len(team.members)),
        )
    ]
    rows += _names(Words("Late", "迟交"), [p for p, c in answered if c.late])
    silent = [(p, on_leave(task, p)) for p, task, _ in team.members if task.state in ("open", "expired")]
    rows += _names(Words("Not yet", "未提交"), [p for p, away in silent if not away])
    rows += _names(Words("On leave", "休假"), [p for p, away in silent if away])
    rows += _names(Words("Skipped", "已跳过"), [p for p, task, _ in team.members if task.state == "waived"])
    rows += _names(Words("Blocked", "遇到阻碍"), [p for p, _ in team.said("blockers")])
    rows += _names(Words("Off track", "目标偏离"), [p for p, c in answered if c.rescue])
    rows += _names(
        Words("Ask for resources", "申请资源"), [p for p, c in answered if c.id in team.open_requests]
    )
    rows += _names(Words("For the 1:1", "一对一话题"), [p for p, _ in team.said("one_on_one")])
    moods = Counter(str(c.form[MOOD]) for _, c in team.said(MOOD))
    if moods:
        told = [
            same(f"{moods[option.key]} × ") + option.label for option in reversed(MOODS) if moods[option.key]
        ]
        rows.append((Words("Moods", "心情"), join(told)))
    return [Facts(tuple(rows))]


def _names(label: Words, people: list[Person]) -> list[tuple[Words, Words]]:
    return [(label, join(same(person.name) for person in people))] if people else []


@letter("checkin.digest")
def digest(records: CheckinRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """The manager's one message of a round."""
    team = team_of(records, about["programme"], about["round"], about["manager"])
    if team is None or not team.manager.active or team.programme.state == "paused":
        return None
    headline = Words("Your team's check-ins, {round}", "团队周报：{round}").fill(round=team.name)
    place = Act("see", ("team", str(team.programme.id), team.round))
    button = Buttons((Button(Words("Read them", "查看"), place, "primary"),))
    goals = goal_rows(records, [person for person, *_ in team.members])
    return Letter(headline, (Heading(headline), *summary(team), *goals, button))


def whose_team(records: CheckinRecords, actor: Person, _about: tuple[str, ...]) -> Thing | None:
    """A team's screen is always the actor's own team; who leads nobody has none."""
    return Thing("digest", actor) if records.people.reports_of(actor.id) else None


@view(
    "team",
    may=("digest", "read"),
    of=whose_team,
    command="checkin team",
    help=Words("your team's check-ins, if you lead one", "查看团队周报（团队负责人）"),
)
def team_screen(records: CheckinRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Everyone of the team with their state; each opens to the whole report."""
    title = Words("Team check-ins", "团队周报")
    programme, round_key = team_round(records, about)
    team = team_of(records, programme, round_key, actor.id) if round_key else None
    if team is None:
        return Screen(
            title,
            (Line(Words("Nobody of your team is asked in this round.", "这一轮没有需要你查看的周报。")),),
        )
    body: list[Element] = [Heading(title + Words(", ", "：") + team.name), *summary(team)]
    body += [*goal_rows(records, [person for person, *_ in team.members]), Divider()]
    for person, task, checkin in team.members:
        if checkin and task.state == "done":
            state = Words("answered late", "迟交") if checkin.late else Words("answered", "已提交")
            body.append(
                Row(
                    state,
                    Button(Words("Open", "打开"), Act("see", ("report", str(checkin.id)))),
                    same(person.name),
                )
            )
        else:
            body.append(Line(same(f"{person.name}: ") + _state(task, person)))
    return Screen(title, tuple(body), place=Act("see", ("team", str(programme), round_key)))


def team_round(records: CheckinRecords, about: tuple[str, ...]) -> tuple[int, str]:
    """(programme, round) that was named, or the latest of the current programme; (0, "") when there is none."""
    if len(about) == 2 and whole(about[0]):
        return whole(about[0]), about[1]
    programme = records.programmes.current()
    latest = records.tasks.latest_subject(KIND, programme.id) if programme else None
    return (programme.id, latest) if programme and latest else (0, "")


def _state(task: Task, person: Person) -> Words:
    if on_leave(task, person) and task.state != "waived":
        return Words("on leave", "休假")
    if task.state == "waived":
        return Words("skipped: {why}", "已跳过：{why}").fill(why=same(task.why))
    if task.state == "expired":
        return Words("did not answer", "未提交")
    return Words("not yet", "未提交")


def team_line(team: Team) -> Words:
    """The team in one line, for the home tab."""
    answered = len(team.answered())
    words = Words("{round}: {n} of {m} answered", "{round}：已提交 {n}/{m}").fill(
        round=team.name, n=answered, m=len(team.members)
    )
    if blocked := len(team.said("blockers")):
        words += same(" · ") + count(blocked, "{n} blocked", "{n} blocked", "{n} 人受阻")
    return words


@letter("checkin.team")
def team_post(records: CheckinRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """The team's post in its channel: done, next and blockers of everyone, never a mood."""
    team = team_of(records, about["programme"], about["round"], about["manager"])
    if (
        team is None
        or team.programme.state == "paused"
        or not records.team_channels.of_manager(team.manager.id)
    ):
        return None
    headline = Words("Check-ins of {name}'s team, {round}", "{name} 团队周报：{round}").fill(
        name=team.manager.name, round=team.name
    )
    body: list[Element] = [Heading(headline)]
    for person, checkin in team.answered():
        body.append(Divider())
        rows = [(words, same(checkin.form[name])) for name, words in POSTED.items() if checkin.form.get(name)]
        body += [Line(same(person.name)), Facts(tuple(rows))]
    if not team.answered():
        body.append(Note(Words("Nobody has answered yet.", "还没有人提交。")))
    return Letter(headline, tuple(body))


POSTED = {
    "done": Words("Done", "完成"),
    "next": Words("Next", "接下来"),
    "blockers": Words("In the way", "阻碍"),
}


def told_response(response: Response) -> Words:
    """A manager's response in one word."""
    return {
        "reply": Words("Reply", "回复"),
        "granted": Words("Granted", "已批准"),
        "declined": Words("Declined", "已婉拒"),
        "discuss": Words("For our 1:1", "留待一对一沟通"),
    }[response.kind]
