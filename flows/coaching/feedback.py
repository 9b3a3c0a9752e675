"""`/feedback`: constructive feedback for one colleague, with their manager only where the giver chooses so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.coaching.feedback_records import Feedback, FeedbackRecords, FeedbackRequest
from flows.coaching.praising import WHOM
from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, Someone, Text
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act, Button
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import Thing

GIVEN, SHARED = "feedback.given", "feedback.shared"
REQUEST, PERSON = "request/", "person/"  # begin the subject of a form for one colleague
MOST = 2000
TITLE = Words("Feedback", "反馈")
READERS = Words(
    "With your name. Whoever it is for reads it, and nobody else; their manager does only if you choose so below. It "
    "counts in no score.",
    "对方会看到你的姓名和内容。除非你在下面选择同时给其上级看，否则其他人都看不到。不计入任何得分。",
)


@dataclass(frozen=True, slots=True)
class Giving:
    """What the form needs: the colleague where they are known already, and what they asked for."""

    actor: Person
    whom: Person | None
    request: FeedbackRequest | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    whom: int
    shared: bool
    situation: str
    behaviour: str
    effect: str
    wish: str
    request: int | None


def own(_records: FeedbackRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("feedback", actor)


def giving(records: FeedbackRecords, actor: Person, subject: str, _now: datetime) -> Giving:
    """Whom the subject names: a colleague, or one who has asked; "" is a form that asks for somebody."""
    if not subject:
        return Giving(actor, None, None)
    number = subject.removeprefix(REQUEST).removeprefix(PERSON)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotThere
    if subject.startswith(REQUEST):
        request = records.feedback.request(int(number))
        whom = records.people.get(request.by) if request and request.whom == actor.id else None
        if request is None or whom is None:
            raise NotThere
        return Giving(actor, whom, request)
    whom = records.people.get(int(number))
    if whom is None:
        raise NotThere
    return Giving(actor, whom, None)


def readers_page(its: Giving) -> Questionnaire:
    """Whom it is for, and who reads it: said before anything else is typed."""
    asked: list[Question] = []
    if its.whom is None:
        asked.append(Question("whom", Words("Who is it for?", "给谁的反馈？"), Someone()))
    places = (
        Option("private", Words("Only this person", "只有对方"), value=False),
        Option("shared", Words("This person and their manager", "对方及其上级"), value=True),
    )
    asked.append(Question("shared", Words("Who reads it?", "谁可以看到？"), Choice(places)))
    note = None
    if its.request is not None:
        note = Words("They ask you about: {about}", "对方想听你谈谈：{about}").fill(
            about=same(its.request.about)
        )
    title = TITLE if its.whom is None else Words("For {name}", "给 {name}").fill(name=same(its.whom.name))
    return Questionnaire("readers", title, tuple(asked), note)


def words_page(shared: bool) -> Questionnaire:
    """The three questions, with who reads the answers once more above them."""
    return Questionnaire(
        "feedback",
        Words("Situation, behaviour, effect", "情境、行为、影响"),
        (
            Question(
                "situation",
                Words("The situation: when and where was it?", "情境：什么时候、在什么场合？"),
                Text(2, MOST),
                hint=Words("“In the review with the customer on Tuesday …”", "例如：“周二和客户评审时……”"),
            ),
            Question(
                "behaviour",
                Words("The behaviour: what did they do or say?", "行为：对方具体做了或说了什么？"),
                Text(3, MOST),
                hint=Words(
                    "What anybody in the room could have seen, not what they are like.",
                    "写在场的人都能看到的事实，不评价人品。",
                ),
            ),
            Question(
                "effect",
                Words(
                    "The effect: what came of it, for you or the work?", "影响：对你或工作造成了什么结果？"
                ),
                Text(3, MOST),
            ),
            Question(
                "wish",
                Words("What would you like to see next time?", "下次你希望看到什么？"),
                Text(3, MOST),
                optional=True,
            ),
        ),
        READ_BY_BOTH if shared else READ_BY_ONE,
    )


READ_BY_ONE = Words("Only this person reads it.", "只有对方能看到。")
READ_BY_BOTH = Words("This person reads it, and so does whoever is their manager.", "对方和其上级都能看到。")


def keep(records: FeedbackRecords, actor: Person, told: Told, now: datetime) -> Words:
    """Keep it, and tell its reader that it is there, without what it says."""
    whom = records.people.get(told.whom)
    if whom is None or not whom.active:
        raise Refusal(
            "This person is not active in the company's directory. Please choose a colleague who is.",
            "该同事不在职，请选择一位在职的同事。",
        )
    if whom.id == actor.id:
        raise Refusal("Please choose a colleague, not yourself.", "请选择一位同事，而不是自己。")
    feedback = records.feedback.keep(
        Feedback(
            0, whom.id, actor.id, told.situation, told.behaviour, told.effect, told.wish, told.shared,
            told.request, now,
        )
    )  # fmt: skip
    if told.request is not None:
        records.feedback.settle(told.request, "answered")
    about = {"feedback": feedback.id}
    notices = [Notice(0, f"{GIVEN}/{feedback.id}", whom.id, GIVEN, about, now)]
    if told.shared and whom.manager is not None and whom.manager != actor.id:
        notices.append(Notice(0, f"{SHARED}/{feedback.id}", whom.manager, SHARED, about, now))
    records.notices.add(notices)
    return Words(
        "{name} will see with their next message that you have feedback for them.",
        "{name} 会在下一次消息中得知你给了反馈。",
    ).fill(name=same(whom.name))


@flow(
    "feedback",
    TITLE,
    may=("feedback", "give"),
    of=own,
    facts=giving,
    keep=lambda records, actor, _subject, told, now: keep(records, actor, told, now),
    readers=lambda _: READERS,
    again=True,
    onward=lambda *_: [Button(Words("All feedback", "全部反馈"), Act("see", ("feedback-list",)))],
)
def give_feedback(ask: Ask, its: Giving) -> Told:
    first = ask.form(readers_page(its), start={"shared": "private"})
    said = ask.form(words_page(bool(first["shared"])))
    whom = its.whom.id if its.whom else first["whom"]
    return Told(
        whom, bool(first["shared"]), said["situation"], said["behaviour"], said["effect"], said["wish"] or "",
        its.request.id if its.request else None,
    )  # fmt: skip


@deed(
    "feedback-to",
    may=("feedback", "give"),
    of=own,
    command="feedback",
    help=Words("give a colleague feedback, privately", "私下给同事反馈"),
)
def feedback_to(records: FeedbackRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """The form, for whom was named with the command; the words themselves are for the form alone."""
    typed = about[0].strip() if about else ""
    if not typed:
        return Act("open", ("feedback", ""))
    named = WHOM.match(typed)
    whom = reader_of(records, actor, now).find(named[1]) if named else None
    if named is None or whom is None or typed[named.end() :].strip():
        raise Refusal(NOBODY + TYPED.fill(typed=typed))
    return Act("open", ("feedback", f"{PERSON}{whom}"))


NOBODY = Words(
    "Please type /feedback with a mention or an e-mail address and nothing else; what you have to say goes into the form "
    "that then opens.",
    "请只输入 /feedback 加 @提及 或邮箱，反馈内容请写在随后打开的表单中。",
)
TYPED = Words(" This is what you typed: {typed}", "你输入的内容是：{typed}")
