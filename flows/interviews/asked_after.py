"""The tasks after an interview: to say what was agreed, and to sign; no message says what was."""

from __future__ import annotations

from datetime import datetime

from flows.core.owed import Task
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import AGREED, SIGN
from flows.interviews.agreeing import other_side
from flows.interviews.following import OLDER, known, signing
from flows.interviews.sides import Both, asking_times, named, signing_times
from flows.interviews.talked import TalkRecords
from flows.people.person import Person

SAY_IT = Words("Say what was agreed", "填写约定事项")
SIGN_IT = Words("Look and sign", "查看并签署")
BY = (
    Words("Please do it by {due}.", "请在 {due} 前完成。"),
    Words("You were asked to do it by {due}.", "原定完成时间为 {due} 之前。"),
)
SAYING = (
    Words("What was agreed with {name}", "与{name}的面谈约定"),
    Words(
        "You have talked with {name} about the result of {cycle}. Please say what was agreed; {name} does it too.",
        "你已与{name}就{cycle}的结果进行面谈。请填写约定的事项，{name}也会各自填写。",
    ),
    Words(
        "A reminder: what was agreed with {name} in your talk for {cycle} is still to be said.",
        "提醒：你与{name}关于{cycle}的面谈约定尚未填写。",
    ),
    Words(
        "Why me? You took part in the talk. What you write is read by {name} once they have said theirs.",
        "为什么收到？你参加了这次面谈。{name}填写之后才能看到你的内容。",
    ),
)
SIGNING = (
    Words("Sign what was agreed with {name}", "签署与{name}的面谈约定"),
    Words(
        "You and {name} have said what was agreed in the talk for {cycle}. Please look at it and sign that you took note.",
        "你和{name}关于{cycle}的面谈约定已可查看，请查看并签署表示知悉。",
    ),
    Words(
        "A reminder: what was agreed with {name} in the talk for {cycle} is not signed by you.",
        "提醒：你与{name}关于{cycle}的面谈约定，你尚未签署。",
    ),
    Words(
        "Why me? You took part in the talk. To sign is not to agree, and nothing waits for it.",
        "为什么收到？你参加了这次面谈。签署不代表同意，不签署也不影响任何事项。",
    ),
)
CHANGED = Words(": changed since; there is a newer one.", "：之后有改动，请看最新内容。")
NOT_SIGNED = Words(": not signed.", "：未签署。")


def moments(records: TalkRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """The moments in the person's own working days; None when it is not asked (any more)."""
    both = mine(records, task)
    if both is None or both.cycle.state != "live":
        return None
    if task.kind == AGREED:
        return asking_times(both, person)
    return signing_times(both, task.opens_at, person)


def mine(records: TalkRecords, task: Task) -> Both | None:
    """The interview of the task, while its person is one of both sides."""
    both = named(records, (task.subject,))
    return both if both and any(who.id == task.person for _, who in both.each()) else None


def face(records: TalkRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How it shows: with whom, and never what."""
    both = mine(records, task)
    if both is None:
        return None
    title, first, again, why = SAYING if task.kind == AGREED else SIGNING
    filled = {"name": both.of(other_side(both.side_of(person))).name, "cycle": both.cycle.name}
    place = ("interview-talk", str(both.interview.id))
    act = Act("open", ("interview-agreed", place[1])) if task.kind == AGREED else Act("see", place)
    titled = both.titled(title.fill(name=filled["name"]))
    return Face(
        titled,
        first.fill(**filled),
        again.fill(**filled),
        Button(SAY_IT if task.kind == AGREED else SIGN_IT, act, "primary"),
        why.fill(**filled),
        over=over(records, both, task, titled),
        by=BY,
    )


def over(records: TalkRecords, both: Both, task: Task, title: Words) -> Words | None:
    """How it ended, in one line; None while it is open."""
    match task.state:
        case "done":
            return title + Words(": done. Thank you!", "：已完成，谢谢！")
        case "waived":
            is_older = task.kind == SIGN and task.subject != signing(both, known(records, both).version)
            return title + (CHANGED if is_older or task.why == OLDER else NOT_NEEDED)
        case "expired":
            return title + (NOT_SIGNED if task.kind == SIGN else CLOSED)
    return None


NOT_NEEDED = Words(": not needed.", "：无需完成。")
CLOSED = Words(
    ": not said in time; it can still be added on /interview.", "：未按时填写，仍可通过 /interview 补充。"
)

SAYING_DUTY = Duty(AGREED, owing.policy, face, moments, skips=True)
SIGNING_DUTY = Duty(SIGN, owing.policy, face, moments, skips=True)
