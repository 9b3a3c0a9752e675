"""`/feedback ask`: somebody asks a colleague for feedback about one thing; the colleague answers, or says no."""

from __future__ import annotations

from datetime import datetime

from flows.coaching.feedback import REQUEST, TYPED
from flows.coaching.feedback_records import FeedbackRecords, FeedbackRequest
from flows.coaching.praising import WHOM
from flows.core.catalog import deed, flow, notice
from flows.core.kinds import Text
from flows.core.owed import Notice
from flows.core.page import Page, person, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line, Quote
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing

ASKED = "feedback.asked"
MOST = 1000
MOST_OPEN = 20  # requests of one person that wait at the same time
TITLE = Words("Ask for feedback", "请求反馈")
READERS = Words(
    "They see your name and what you ask about. What they answer, you read; your manager does only if they choose so.",
    "对方会看到你的姓名和想了解的内容。对方的回答由你阅读，只有对方选择时你的上级才能看到。",
)


class Request(Page):
    title = TITLE
    whom: int = person("Whom would you like to ask?", "你想请谁给你反馈？")
    what: str = text(
        "What about?",
        "关于什么？",
        lines=3,
        most=MOST,
        hint=Words(
            "One thing is easier to answer than everything: “how I led the release meeting”.",
            "问得具体更容易回答，例如“我主持发布会议的表现”。",
        ),
    )


def own(_records: FeedbackRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("feedback", actor)


def keep(
    records: FeedbackRecords, actor: Person, _subject: str, asked: tuple[int, str], now: datetime
) -> Words:
    """Keep it, and have the colleague asked with their next digest."""
    whom = records.people.get(asked[0])
    if whom is None or not whom.active:
        raise Refusal(
            "This person is not active in the company's directory. Please choose a colleague who is.",
            "该同事不在职，请选择一位在职的同事。",
        )
    if whom.id == actor.id:
        raise Refusal("Please choose a colleague, not yourself.", "请选择一位同事，而不是自己。")
    waiting = [one for one in records.feedback.asked_of(whom.id) if one.by == actor.id]
    if any(one.about == asked[1] for one in waiting):
        return Words("{name} is asked already.", "已经向 {name} 发出请求。").fill(name=same(whom.name))
    if len(waiting) >= MOST_OPEN:
        raise Refusal(
            "{name} has {n} requests of yours to answer. Please wait for these first.",
            "{name} 还有你的 {n} 条请求未回答，请先等待。",
            name=whom.name,
            n=len(waiting),
        )
    request = records.feedback.ask(FeedbackRequest(0, actor.id, whom.id, asked[1], "open", now))
    records.notices.add([Notice(0, f"{ASKED}/{request.id}", whom.id, ASKED, {"request": request.id}, now)])
    return Words("{name} is asked with their next message.", "{name} 会在下一次消息中看到你的请求。").fill(
        name=same(whom.name)
    )


@flow(
    "feedback-ask",
    TITLE,
    may=("feedback", "give"),
    of=own,
    facts=lambda *_: None,
    keep=keep,
    readers=lambda _: READERS,
    again=True,
)
def ask_for_feedback(ask: Ask, _facts: None) -> tuple[int, str]:
    asked = ask(Request)
    return asked.whom, asked.what


@deed(
    "feedback-request",
    may=("feedback", "give"),
    of=own,
    command="feedback ask",
    help=Words("ask a colleague for feedback", "请同事给你反馈"),
)
def request_by_command(
    records: FeedbackRecords, actor: Person, about: tuple[str, ...], now: datetime
) -> Words | Act:
    """Without somebody and something: the form. With both the colleague is asked at once."""
    typed = about[0].strip() if about else ""
    named = WHOM.match(typed)
    if not typed or (named and not typed[named.end() :].strip()):
        return Act("open", ("feedback-ask", ""))
    reader = reader_of(records, actor, now)
    whom = reader.find(named[1]) if named else None
    if named is None or whom is None:
        raise Refusal(NOBODY + TYPED.fill(typed=typed))
    try:
        what = str(Text(3, MOST).understand(typed[named.end() :].strip(), reader))
    except Refusal as no:
        raise Refusal(no.words + TYPED.fill(typed=typed)) from None
    return keep(records, actor, "", (whom, what), now)


NOBODY = Words(
    "I can't find whom you mean. Please begin with a mention or an e-mail address, or use the form that /feedback ask "
    "alone opens.",
    "没有找到你要请求的人。请以 @提及 或邮箱开头，或只输入 /feedback ask 打开表单。",
)


def buttons(request: FeedbackRequest) -> Buttons:
    """To answer, or to say that one can't."""
    sure = Words("They are told that you can't say anything about it.", "会告知对方你暂时无法就此给出反馈。")
    decline = Act("do", ("feedback-decline", str(request.id)))
    return Buttons(
        (
            Button(Words("Answer", "回答"), Act("open", ("feedback", f"{REQUEST}{request.id}")), "primary"),
            Button(Words("Not this time", "这次不便"), decline, confirm=sure),
        )
    )


@notice(ASKED)
def told(records: FeedbackRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """Who asks, and about what, while it waits for an answer."""
    request = records.feedback.request(one.about["request"])
    by = records.people.get(request.by) if request else None
    if request is None or by is None or request.state != "open":
        return None
    words = Words("{name} asks you for feedback about:", "{name} 想请你反馈：").fill(name=same(by.name))
    return [Line(words), Quote(request.about), buttons(request)]


def asked_of(records: FeedbackRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A request as the thing of whoever is asked."""
    found = records.feedback.request(whole(about[0])) if about else None
    whom = records.people.get(found.whom) if found else None
    return Thing("feedback_request", whom) if whom else None


@deed("feedback-decline", may=("feedback_request", "answer"), of=asked_of)
def decline(records: FeedbackRecords, _actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Say no without a reason; whoever asked is told with their next digest."""
    request = records.feedback.request(int(about[0]))
    if request is None or request.state != "open":
        return Words("It is settled already.", "已处理。")
    records.feedback.settle(request.id, "declined")
    key = f"feedback.declined/{request.id}"
    records.notices.add([Notice(0, key, request.by, "feedback.declined", {"request": request.id}, now)])
    return Words("They are told that you can't say anything about it.", "已告知对方你这次不便反馈。")


@notice("feedback.declined")
def told_no(records: FeedbackRecords, one: Notice, _now: datetime) -> list[Element] | None:
    request = records.feedback.request(one.about["request"])
    whom = records.people.get(request.whom) if request else None
    if whom is None:
        return None
    return [
        Line(
            Words(
                "{name} can't give you the feedback that you asked for this time.",
                "{name} 这次不便给出你请求的反馈。",
            ).fill(name=same(whom.name))
        )
    ]
