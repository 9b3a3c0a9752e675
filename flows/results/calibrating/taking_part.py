"""Who takes part in a session: HR names them, adds and removes them, and they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import flow, notice
from flows.core.kinds import People
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, join, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.calibrating.rights import KIND, Table, refuse_final, table_of, whose_steering
from flows.results.records import ResultRecords, Session

WHO = Words("Who takes part?", "哪些人参与？")
TITLE = Words("Who takes part", "参与校准的人")
TOLD = "calibration.opened"


def sitting(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Table:
    """The session; refuses a locked one."""
    table = table_of(records, actor, (subject,), now)
    refuse_final(table.session)
    return table


def so_far(table: Table) -> Answers:
    return {"who": {"participants": list(table.session.participants)}}


def steps(ask: Ask, _table: Table) -> tuple[int, ...]:
    """Everybody who takes part from now on."""
    note = Words(
        "Managers and HR. Who is removed sees nothing of it any more; what they changed stays.",
        "管理者和 HR。被移除的人将无法再查看，其已作的调整保留。",
    )
    page = Questionnaire("who", TITLE, (Question("participants", WHO, People(least=1)),), note)
    return tuple(ask.form(page)["participants"] or ())


def keep(
    records: ResultRecords, actor: Person, subject: str, wanted: tuple[int, ...], now: datetime
) -> Words:
    """Keep who takes part, and tell the new ones."""
    table = sitting(records, actor, subject, now)
    session = records.sessions.lock(table.session.id) or table.session
    refuse_final(session)
    refuse_strangers(records, table.cycle, wanted)
    added, removed = {*wanted} - {*session.participants}, {*session.participants} - {*wanted}
    if not (added or removed):
        raise Refusal("They take part already; nothing was changed.", "参与者没有变化。")
    records.sessions.save(replace(session, participants=tuple(sorted(wanted))))
    detail = {"session": session.id, "added": sorted(added), "removed": sorted(removed)}
    records.audit.note(now, actor.id, "calibration.people", f"cycle/{session.cycle}", detail)
    tell(records, session, sorted(added - {actor.id}), now)
    return changed_words(records, added, removed)


def changed_words(records: ResultRecords, added: set[int], removed: set[int]) -> Words:
    """Who is new, and who is not in it any more."""
    parts = [
        words + join(same(person.name) for person in records.people.many(people))
        for words, people in (
            (Words("New: ", "新加入："), added),
            (Words("No longer: ", "已移除："), removed),
        )
        if people
    ]
    told = Words(" Who is new is told with their next message.", "新加入的人会在下一条消息中得知。")
    return join(parts, "; ", "；") + Words(".", "。") + (told if added else same(""))


def refuse_strangers(records: ResultRecords, cycle: Cycle, people: Sequence[int]) -> None:
    """Refuse whoever neither leads somebody nor is HR, naming them: others have no part in a calibration."""
    managers = {*records.participants.managers(cycle.id)}
    known = {person.id: person for person in records.people.many(people)}
    strangers = [
        same(known[one].name if one in known else "?")
        for one in people
        if one not in known or not known[one].active or not (one in managers or known[one].is_hr)
    ]
    if strangers:
        raise Refusal(
            Words(
                "{names}: only active managers who review somebody in this cycle, and HR, take part in a calibration. "
                "Leave them out.",
                "{names}：只有在本周期中评估他人的在职管理者和 HR 可以参与校准，请去掉。",
            ).fill(names=join(strangers[:10]))
        )


change_people = flow(
    "calibration-people", TITLE, may=(KIND, "edit"), of=whose_steering, facts=sitting, keep=keep,
    prefill=so_far, again=True,
)(steps)  # fmt: skip


def tell(records: ResultRecords, session: Session, people: Sequence[int], now: datetime) -> None:
    """A notice to each, which says that there is a session and nothing of what is in it."""
    records.notices.add(
        [
            Notice(0, f"{TOLD}/{session.id}/{person}/{now.isoformat()}", person, TOLD, {"session": session.id}, now)
            for person in people
        ]
    )  # fmt: skip


@notice(TOLD)
def opened(records: ResultRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That somebody takes part in a session; nothing once it is locked, or they don't any more."""
    session = records.sessions.get(one.about["session"])
    cycle = records.cycles.get(session.cycle) if session else None
    if (
        session is None
        or cycle is None
        or session.state == "locked"
        or one.person not in session.participants
    ):
        return None
    words = Words(
        "You take part in a calibration session of {cycle}.", "你将参与“{cycle}”的一个校准会。"
    ).fill(cycle=cycle.name)  # fmt: skip
    place = Act("see", ("calibration", str(session.id)))
    return [Line(words), Buttons((Button(Words("Open the session", "打开校准会"), place),))]
