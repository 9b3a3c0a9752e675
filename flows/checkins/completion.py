"""How far a round is, for HR: counts by department, no contents."""

from __future__ import annotations

from datetime import datetime

from flows.checkins.digest import team_round
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import name_of_round
from flows.checkins.setup import NAMED_RHYTHMS, WEEKDAYS
from flows.core.catalog import view
from flows.core.screen import Act, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import Thing


def whose_completion(_records: CheckinRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("completion")


def visible_completion(
    records: CheckinRecords, actor: Person, programme: int, round_key: str
) -> list[tuple[str, int, int, int, int]]:
    """(department, asked, answered, late, waived) of the departments in the actor's scope as HR."""
    scope = actor.hr_scope
    rows = records.checkins.completion(programme, round_key)
    return [row for row in rows if scope is None or row[0] in scope]


def completion_body(
    records: CheckinRecords, actor: Person, programme: Programme, round_key: str
) -> list[Element]:
    """The round's completion in all and by department."""
    rows = visible_completion(records, actor, programme.id, round_key)
    asked, answered = sum(row[1] for row in rows), sum(row[2] for row in rows)
    name = name_of_round(programme.schedule.rhythm, round_key)
    told = Words("{n} of {m} answered ({share}%)", "已提交 {n}/{m}（{share}%）").fill(
        n=answered, m=asked, share=round(100 * answered / asked) if asked else 0
    )
    body: list[Element] = [Heading(Words("Check-ins, {round}", "周报：{round}").fill(round=name)), Line(told)]
    body.append(Facts(tuple((same(row[0] or "–"), _counts(*row[1:])) for row in rows)))
    return body


def _counts(asked: int, answered: int, late: int, waived: int) -> Words:
    words = Words("{n} of {m}", "{n}/{m}").fill(n=answered, m=asked)
    if late:
        words += Words(", {n} late", "，迟交 {n}").fill(n=late)
    if waived:
        words += Words(", {n} skipped", "，跳过 {n}").fill(n=waived)
    return words


def told_programme(programme: Programme) -> Words:
    """The programme in one line: state, rhythm, day and hour."""
    schedule = programme.schedule
    state = {
        "running": Words("Running", "进行中"),
        "paused": Words("Paused", "已暂停"),
        "ended": Words("Ended", "已结束"),
    }[programme.state]
    day = WEEKDAYS[schedule.weekday].label
    return state + Words(
        ": {rhythm}, {day} {hour} of each person's own time", "：{rhythm}{day} {hour}（各自时区）"
    ).fill(rhythm=NAMED_RHYTHMS[schedule.rhythm], day=day, hour=f"{schedule.opens:%H:%M}")


@view(
    "completion",
    may=("completion", "read"),
    of=whose_completion,
    command="checkin status",
    help=Words("HR: how far the round is, by department", "HR：各部门填写进度"),
)
def completion(records: CheckinRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Counts by department of the named round, or of the latest."""
    title = Words("Completion", "填写进度")
    programme_id, round_key = team_round(records, about)
    programme = records.programmes.get(programme_id)
    if programme is None:
        current = records.programmes.current()
        words = (
            told_programme(current) + Words(". No round has opened yet.", "。还没有开放的轮次。")
            if current
            else Words(
                "No check-ins are running. HR starts them with /checkin start.",
                "目前没有进行中的周报，HR 可用 /checkin start 启动。",
            )
        )
        return Screen(title, (Line(words),))
    note = Note(
        Words("Counts only: nobody in HR reads the check-ins here.", "仅显示数量，HR 在此看不到周报内容。")
    )
    body = [Line(told_programme(programme)), *completion_body(records, actor, programme, round_key), note]
    return Screen(title, tuple(body), place=Act("see", ("completion", str(programme_id), round_key)))
