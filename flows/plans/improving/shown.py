"""One improvement plan on a screen: to whom it is about, who leads it, the line above, and HR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import may
from flows.plans.improving.doing import names
from flows.plans.improving.machine import OPEN, RUNNING, wishes
from flows.plans.improving.records import ImprovementRecords, Plan, Step
from flows.plans.improving.rights import (
    KIND,
    its_plan,
    may_agree,
    may_write,
    the_plan,
    thing_for,
)
from flows.plans.improving.telling import (
    MOST_STEPS,
    TITLE,
    WISHES,
    history,
    last_marks,
    standing_rows,
    terms_body,
)

WHO_READS = Words(
    "You, whoever leads it, the managers above and HR read this, and nobody else. No message says what stands here.",
    "只有当事人、负责人、上级各级管理者和 HR 能看到。消息中不会包含任何内容。",
)


@view("improvement", may=(KIND, "view"), of=its_plan)
def improvement(records: ImprovementRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The plan as it stands, what can be done with it now, and every step."""
    plan = the_plan(records, about)
    steps = records.improvements.steps(plan.id)
    writes, agrees = may_write(records, actor, plan, now), may_agree(records, actor, plan, now)
    known = named(records, plan, steps)
    body: list[Element] = [
        Heading(TITLE + same(f" · {known.get(plan.person, '?')}")),
        Note(WHO_READS),
        Facts(tuple(standing_rows(plan, known))),
    ]
    if buttons := ways(records, actor, plan, now, writes=writes, agrees=agrees):
        body.append(Buttons(tuple(buttons)))
    if plan.asking and (writes or agrees):
        body += asked_body(plan, known)
    if plan.terms:
        body += [Divider(), *terms_body(plan.terms, last_marks(steps, plan.terms))]
    if plan.draft and writes and not plan.asking:
        body += [
            Divider(),
            Heading(Words("Written, and not published", "已起草，尚未发布")),
            *terms_body(plan.draft),
        ]
    told = history(steps[-MOST_STEPS:], known, actor, inside=writes or agrees)
    if told:
        body += [Divider(), Heading(Words("What has happened", "经过")), *told]
    return Screen(TITLE, tuple(body), place=Act("see", ("improvement", str(plan.id))))


def named(records: ImprovementRecords, plan: Plan, steps: Sequence[Step]) -> dict[int, str]:
    """The names of everybody who had to do with the plan, by id."""
    asked = [plan.asking.by] if plan.asking else []
    to = [step.content["to"] for step in steps if step.kind == "handed" and step.content]
    askers = [(step.content or {}).get("asked_by") or 0 for step in steps]
    by = [step.by for step in steps if step.by]
    return names(records, [plan.person, plan.manager, plan.made_by, *plan.former, *asked, *to, *askers, *by])


def asked_body(plan: Plan, known: dict[int, str]) -> list[Element]:
    """What HR is asked to agree to, with the terms that would then hold."""
    if plan.asking is None:
        return []
    words = Words("{name} asks HR to agree: {wish}.", "{name}请 HR 同意：{wish}。").fill(
        name=known.get(plan.asking.by, "?"), wish=WISHES[plan.asking.wish]
    )
    body: list[Element] = [Divider(), Heading(Words("Waits for HR", "等待 HR 处理")), Line(words)]
    if plan.asking.why:
        body.append(Note(same(plan.asking.why)))
    if plan.asking.terms:
        from_terms = plan.asking.terms
        body += [*terms_body(from_terms)]
    return body


def ways(
    records: ImprovementRecords, actor: Person, plan: Plan, now: datetime, *, writes: bool, agrees: bool
) -> list[Button]:
    """What the actor can do with it now; each is checked anew when it is pressed."""
    it, found = str(plan.id), []
    own = actor.id == plan.person and plan.version > 0
    if own and plan.state in OPEN and plan.acknowledged < plan.version:
        act = Act("open", ("improvement-read", f"{it}/{plan.version}"))
        found.append(Button(Words("I have read it", "我已阅读"), act, "primary"))
    if agrees and plan.asking and plan.asking.by != actor.id:
        act = Act("open", ("improvement-answer", f"{it}/{plan.asking.step}"))
        found.append(Button(Words("Answer", "处理"), act, "primary"))
    if writes:
        found += writing_ways(plan)
    if plan.version and (own or writes):
        found.append(Button(Words("Add a comment", "补充意见"), Act("open", ("improvement-comment", it))))
    if agrees and plan.state in RUNNING:
        found.append(Button(Words("Pause", "暂停"), Act("open", ("improvement-pause", it))))
    if agrees and plan.state == "paused":
        found.append(Button(Words("Go on", "恢复执行"), Act("do", ("improvement-resume", it)), "primary"))
    if may(actor, "export", thing_for(records, actor, plan), now):
        found.append(Button(Words("Send me the PDF", "发送 PDF 给我"), Act("do", ("improvement-paper", it))))
    return found


def writing_ways(plan: Plan) -> list[Button]:
    """What whoever leads it, and HR, can do with it now."""
    it = str(plan.id)
    write = Act("open", ("improvement-write", f"{it}/{plan.version}"))
    drop = Act("do", ("improvement-drop", it))
    possible = wishes(plan)
    found = []
    if "publish" in possible:
        if plan.draft:
            ask = Act("do", ("improvement-ask", it))
            found.append(Button(Words("Ask HR to look at it", "请 HR 审阅"), ask, "primary"))
        found += [
            Button(Words("Edit", "编辑"), write),
            Button(Words("Drop it", "放弃"), drop, "danger", SURE),
        ]
    if plan.meeting and plan.state in RUNNING:
        act = Act("open", ("improvement-meeting", f"{it}/{plan.meeting.isoformat()}"))
        found.append(Button(Words("Note a meeting", "记录面谈"), act))
    if "change" in possible:
        end = Act("open", ("improvement-end", it))
        found += [
            Button(Words("Change it", "修改"), write),
            Button(Words("Extend or end it", "延长或结束"), end),
        ]
    return found


SURE = Words("The draft is dropped. Nobody was told of it.", "草稿将被放弃，没有人收到过通知。")
