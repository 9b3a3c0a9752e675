"""What the operator sees: reminders that were missed and messages that wait for a person. No names, no contents."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from flows.core.catalog import deed, view
from flows.core.moments import day_and_time, day_words
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words, count
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.people.policy import Thing

DAYS = 7
MOST, MARK = 10, 8  # messages in the window; signs of a mark
PARKED = Words(
    "They failed five times, or nobody knows whether they arrived and they are not for repeating. Put right what the "
    "messenger says first; who they are for is not told here.",
    "这些消息失败了五次，或无法确认是否送达而不宜重复发送。请先解决消息服务提示的问题；收件人不在此显示。",
)
TWICE = Words(
    "If it did arrive, the person then has it twice. Send it again?",
    "如果之前已送达，对方会收到两次。确定重新发送吗？",
)
NEVER = Words("The person never gets it. Leave it out?", "对方将不会收到这条消息。确定不再发送吗？")
GONE = Words(
    "This message does not wait any more. Open /perf operator again.",
    "这条消息已处理。请重新打开 /perf operator。",
)


def health(_records: Records, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("operator")


@view(
    "operator",
    may=("operator", "read"),
    of=health,
    command="perf operator",
    help=Words("operator: what was missed, what is stuck", "运维：错过与卡住的消息"),
)
def operator(records: Records, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The last seven days in counts."""
    missed: Counter[date] = Counter()
    for at, _, detail in records.audit.latest("nudge.missed", now - timedelta(days=DAYS)):
        missed[local_day(at, actor.zone)] += detail["count"]
    words = Words(
        "Reminders missed in 7 days (the bot was down until after the deadline): {n}",
        "7 天内错过的提醒（停机至截止之后）：{n}",
    )
    body: list[Element] = [Heading(Words("Health", "运行情况")), Line(words.fill(n=missed.total()))]
    if missed:
        body.append(
            Facts(
                tuple(
                    (day_words(day), count(number, "{n} reminder", "{n} reminders", "{n} 条"))
                    for day, number in sorted(missed.items())
                )
            )
        )
    return Screen(
        Words("Operator", "运维"), (*body, *waiting(records, actor)), place=Act("see", ("operator",))
    )


def waiting(records: Records, actor: Person) -> list[Element]:
    """The messages that wait for a person, with what can be done; the log has each under the same mark."""
    number = records.messages.parked()
    if not number:
        return [Line(Words("No message waits for you.", "没有需要处理的消息。"))]
    body: list[Element] = [
        Heading(Words("Messages that wait for you: {n}", "等待处理的消息：{n} 条").fill(n=number))
    ]
    body.append(Note(PARKED))
    for one in records.messages.parked_first(MOST):
        since = day_and_time(one.due_at, actor.zone)
        words = Words("{since}, {error}, message {mark}", "{since}，{error}，消息 {mark}")
        body.append(Line(words.fill(since=since, error=one.error or "?", mark=one.id[:MARK])))
        again = Button(Words("Send again", "重新发送"), Act("do", ("parked-again", one.id)), confirm=TWICE)
        leave = Button(
            Words("Leave it out", "不再发送"), Act("do", ("parked-leave", one.id)), "danger", NEVER
        )
        body.append(Buttons((again, leave)))
    return body


@deed("parked-again", may=("operator", "release"), of=health)
def send_again(records: Records, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Send a parked message as if it were new."""
    settle(records, actor, about, now, again=True)
    return Words("It is sent again.", "已重新发送。")


@deed("parked-leave", may=("operator", "release"), of=health)
def leave_out(records: Records, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Send a parked message no more."""
    settle(records, actor, about, now, again=False)
    return Words("It is not sent any more.", "不再发送该消息。")


def settle(records: Records, actor: Person, about: tuple[str, ...], now: datetime, *, again: bool) -> None:
    """Decide about the message that a button names, with a line in the audit log; refuses one that does not wait."""
    message = about[0] if about else ""
    if not records.messages.settle(message, again=again):
        raise Refusal(GONE)
    done = "message.again" if again else "message.left-out"
    records.audit.note(now, actor.id, done, f"message/{message}", {})
