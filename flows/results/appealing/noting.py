"""What was said at a hearing: written by HR or whoever decides, and read by the employee as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.appealing.records import Appeal
from flows.results.appealing.rights import locked, named, place_of, rights_of, whose_appeal
from flows.results.appealing.steps import NEWS, note, tell
from flows.results.records import ResultRecords

TITLE = Words("Hearing note", "听证记录")
NOTE = Question("text", Words("What was said, and what came of it?", "说了什么，有何结论？"), Text(8))
READERS = Words(
    "The employee reads it, HR, and whoever decides, with your name.",
    "员工、HR 和裁决人会看到，并显示你的姓名。",
)


@dataclass(frozen=True, slots=True)
class Hearing:
    appeal: Appeal
    cycle: Cycle
    person: Person


def hearing(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Hearing:
    """For HR and whoever decides; refuses once it is over."""
    appeal, cycle, person = place_of(records, named(records, (subject,)))
    rights = rights_of(records, actor, appeal, now)
    if not (rights.assigns or rights.decides):
        raise NotThere
    if not appeal.is_open:
        raise Refusal(
            "This appeal is over, so nothing is added to it. What you wrote is kept.",
            "这份申诉已结束，不能再添加记录。你写的内容已保留。",
        )
    return Hearing(appeal, cycle, person)


def keep(records: ResultRecords, actor: Person, subject: str, text: str, now: datetime) -> Words:
    appeal, _cycle, person = locked(records, (subject,))
    hearing(records, actor, subject, now)
    note(records, appeal, "note", actor.id, now, text)
    tell(records, appeal, [person.id], NEWS, now)
    return Words("Noted. {name} can read it.", "已记录，{name}可以查看。").fill(name=person.name)


@flow(
    "appeal-note", TITLE, may=("appeal", "view"), of=whose_appeal, facts=hearing, keep=keep, again=True,
    about=lambda its: same(f"{its.person.name} · {its.cycle.name}"), readers=lambda _its: READERS,
)  # fmt: skip
def write_note(ask: Ask, _its: Hearing) -> str:
    return str(ask.form(Questionnaire("note", TITLE, (NOTE,)))["text"] or "")
