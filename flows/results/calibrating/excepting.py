"""HR gives the reason why a group may differ from the guide, or takes it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import carried
from flows.core.words import Words
from flows.people.person import Person
from flows.results.calibrating.groups import Compared
from flows.results.calibrating.rights import KIND, Table, refuse_final, table_of, whose_steering
from flows.results.calibrating.spread import figures_of
from flows.results.calibrating.told import Names, group_words, verdict
from flows.results.records import ResultRecords

TITLE = Words("Exception from the guide", "分布指引例外")
WHY = Words("Why may this group differ? (empty: no exception)", "为什么可以与指引不符？（留空则取消例外）")


@dataclass(frozen=True, slots=True)
class Differing:
    """A group that differs from the guide, in a session whose people its reader sees all."""

    table: Table
    group: Compared
    names: Names


def differing(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Differing:
    """The group that "7/…" names; refuses in a locked session, and where the group fits by now."""
    table = table_of(records, actor, (subject,), now)
    refuse_final(table.session)
    if not table.everyone:
        raise NotThere
    figures = figures_of(records, table)
    key = subject.partition("/")[2]
    found = next((one for one in figures.compared if carried(one.group.key) == key), None)
    if found is None or not found.differs:
        raise Refusal(
            "This group fits the guide by now, or is looked at with another. Open the session again to see how it stands.",
            "该组现在已符合指引，或已与其他组合并查看。请重新打开校准会查看最新情况。",
        )
    return Differing(table, found, figures.names)


def known(its: Differing) -> Answers:
    return {"why": {"why": its.table.session.exceptions.get(its.group.group.key)}}


def steps(ask: Ask, its: Differing) -> str:
    """The reason."""
    beside = group_words(its.group.group, its.names) + Words(": ", "：") + verdict(its.group)
    note = Words(
        "Those who take part and see everybody in this session read it. It clears the warning; a guide that the template "
        "forces has to be met all the same.",
        "能看到本校准会全体人员的参与者可以看到。说明原因后不再提示；如果模板强制执行指引，仍须符合。",
    )
    page = Questionnaire("why", TITLE, (Question("why", WHY, Text(3, 500), optional=True),), note)
    return ask.form(page, beside={"why": beside})["why"] or ""


def keep(records: ResultRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """Keep the reason under the group's key, or take it away."""
    its = differing(records, actor, subject, now)
    session = records.sessions.lock(its.table.session.id) or its.table.session
    refuse_final(session)
    key = its.group.group.key
    exceptions = {name: reason for name, reason in session.exceptions.items() if name != key}
    if why:
        exceptions[key] = why
    records.sessions.save(replace(session, exceptions=exceptions))
    detail = {"session": session.id, "group": carried(key), "given": bool(why)}
    records.audit.note(now, actor.id, "calibration.exception", f"cycle/{session.cycle}", detail)
    if why:
        return Words("Kept: the group may differ.", "已保存：该组可以与指引不符。")
    return Words("The exception is taken back.", "已取消例外。")


except_group = flow(
    "calibration-exception", TITLE, may=(KIND, "edit"), of=whose_steering, facts=differing, keep=keep,
    prefill=known, again=True,
)(steps)  # fmt: skip
