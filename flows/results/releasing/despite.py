"""HR releases a cycle that was not calibrated as its template wants it, and says why."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import flow
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, join
from flows.cycle.hr.scope import RUNNING, the_cycle
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.results.releasing.asking import SURE, ask_for, refuse_asked, refuse_state, refuse_unready
from flows.results.releasing.readiness import Ready
from flows.results.releasing.states import release_thing

TITLE = Words("Release with a reason", "说明原因后发布")
WHY = Question("why", Words("Why is it released all the same?", "为什么仍要发布？"), Text(3, 500))
READ = Words(
    "HR reads the reason, the second person before they approve; it is written to the audit log. ",
    "HR 可以看到原因，另一位 HR 批准之前也会看到；原因会写入审计日志。",
)


def doubted(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Ready:
    """What would be opened; refuses while something else is in the way, and where no reason is needed."""
    cycle = the_cycle(records, actor, (subject,), RUNNING, now)
    refuse_state(cycle)
    refuse_asked(records, cycle, records.releases.get(cycle.id), actor)
    found = refuse_unready(records, cycle, now, excused=True)
    if not found.doubts:
        raise Refusal(
            "{name} needs no reason any more: release it on /cycle release.",
            "“{name}”已不需要说明原因，请用 /cycle release 发布。", name=cycle.name,
        )  # fmt: skip
    return found


def steps(ask: Ask, found: Ready) -> str:
    """The reason, beside what it is for."""
    page = Questionnaire("why", TITLE, (WHY,), READ + SURE)
    return str(ask.form(page, beside={"why": join(found.doubts, "; ", "；")})["why"])


def keep(records: ResultRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """Have it opened, or ask the others of HR first, with the reason."""
    return ask_for(records, actor, subject, why, now)


release_despite = flow(
    "release-despite",
    TITLE,
    may=("release", "create"),
    of=release_thing,
    facts=doubted,
    keep=keep,
    again=True,
)(steps)
