"""What somebody asks for about their own data: that it is corrected or erased; HR answers, and says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow, notice, view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Quote, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.people.mine.records import DataRequest, MineRecords, Wish
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of

ASK, ANSWER = ("my_data", "ask"), ("data_request", "answer")
ASKED, ANSWERED = "data-request.asked", "data-request.answered"
MOST_OPEN = 5
WISHES: Mapping[str, Words] = {
    "correction": Words("Something about me is wrong", "内容有误"),
    "erasure": Words("Please erase what was written about me", "申请删除关于我的文字"),
}
STATES: Mapping[str, Words] = {
    "open": Words("waiting for HR", "等待 HR 处理"),
    "done": Words("done", "已处理"),
    "declined": Words("declined", "已婉拒"),
}
READERS = Words(
    "HR reads this, and nobody else. A result that was released stays as it is: whoever disagrees with it appeals.",
    "仅 HR 可见。已公布的结果不会更改，如有异议请提出申诉。",
)
ERASES = Words(
    "“Done” takes away at once what this person wrote about themselves and what was written about them. "
    "Ratings, pay, what others' results rest on, and the reviews of cycles that are not closed yet stay. "
    "It can't be taken back.",
    "选择“已处理”会立即删除此人所写的关于自己的文字，以及关于此人的文字；评级、薪酬、他人结果所依据的内容，以及未关闭周期的评估会保留。"
    "此操作无法撤销。",
)


class Request(Page):
    title = Words("Your request", "你的请求")
    what: str = text("What is it about, and what should happen?", "请说明内容和希望的处理方式", lines=5)


def own_wish(_records: MineRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    return Thing("my_data", actor) if about and about[0] in WISHES else None


def keep(records: MineRecords, actor: Person, wish: str, words: str, now: datetime) -> Words:
    """Keep the request, and tell whoever of HR may answer it."""
    waiting = [one for one in records.wishes.of(actor.id) if one.state == "open"]
    if len(waiting) >= MOST_OPEN:
        raise Refusal(
            "{n} requests of yours are waiting already. HR answers them one by one.",
            "你已有 {n} 个请求在等待处理，HR 会逐一答复。",
            n=MOST_OPEN,
        )
    kind: Wish = "erasure" if wish == "erasure" else "correction"
    made = records.wishes.add(DataRequest(0, actor.id, kind, words, now))
    told = [
        Notice(0, f"{ASKED}/{made.id}/{hr.id}", hr.id, ASKED, {"request": made.id}, now)
        for hr in records.people.hr()
        if may(hr, ANSWER[1], thing_of(ANSWER[0], actor, hr, records.people), now)
    ]
    records.notices.add(told)
    if not told:
        return Words(
            "Kept. Nobody of HR can answer it at the moment: please tell whoever runs perfloop for you.",
            "已保存。目前没有可以处理的 HR，请联系负责 perfloop 的同事。",
        )
    return Words("Kept. HR is told, and you get an answer here.", "已保存并通知 HR，答复会显示在这里。")


@flow(
    "data-request",
    Request.title,
    may=ASK,
    of=own_wish,
    facts=lambda _records, _actor, wish, _now: wish,
    keep=keep,
    about=lambda wish: WISHES[wish],
    readers=lambda _: READERS,
    again=True,
)
def ask_for(ask: Ask, _wish: str) -> str:
    return ask(Request).what


def requests_shown(records: MineRecords, actor: Person) -> list[Element]:
    """One's own requests with how far they are."""
    found = records.wishes.of(actor.id)
    body: list[Element] = []
    for one in reversed(found):
        day = day_words(local_day(one.at, actor.zone))
        body += [
            Line(WISHES[one.wish] + same(" · ") + day + same(" · ") + STATES[one.state]),
            Quote(one.text),
        ]
        body += [Line(Words("HR: ", "HR：") + same(one.answer))] if one.answer else []
    return [Heading(Words("Your requests", "你的请求")), *body, Divider()] if body else []


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that waits, and who asks."""

    request: DataRequest
    person: Person


def named(records: MineRecords, about: tuple[str, ...]) -> Asked | None:
    request = records.wishes.get(whole(about[0])) if about else None
    person = records.people.get(request.person) if request else None
    return Asked(request, person) if request and person else None


def whose_request(records: MineRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    found = named(records, about)
    return thing_of(ANSWER[0], found.person, actor, records.people) if found else None


@view("data-requests", may=("data_requests", "read"), of=lambda *_: Thing("data_requests"), command="perf data-requests",
      help=Words("HR: requests about people's own data", "HR：员工的数据请求"))  # fmt: skip
def waiting_requests(records: MineRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What waits for an answer, as far as it is the actor's to give."""
    title = Words("Requests about data", "数据请求")
    body: list[Element] = [Heading(title)]
    waiting = records.wishes.open()
    people = {person.id: person for person in records.people.many({one.person for one in waiting})}
    for one in waiting:
        person = people[one.person]
        if not may(actor, ANSWER[1], thing_of(ANSWER[0], person, actor, records.people), now):
            continue
        button = Button(Words("Answer", "答复"), Act("open", ("data-answer", str(one.id))))
        day = day_words(local_day(one.at, actor.zone))
        body.append(Row(WISHES[one.wish] + same(" · ") + day, button, same(person.name)))
    if len(body) == 1:
        body.append(Line(Words("Nothing waits.", "没有待处理的请求。")))
    return Screen(title, tuple(body), place=Act("see", ("data-requests",)))


class Answering(Page):
    title = Words("Your answer", "你的答复")
    state: str = choice("What is done?", "处理结果", {"done": STATES["done"], "declined": STATES["declined"]})
    answer: str = text("What do you tell them?", "答复内容", lines=3, most=1000)


def waiting(records: MineRecords, _actor: Person, subject: str, _now: datetime) -> Asked:
    found = named(records, (subject,))
    if found is None:
        raise NotThere
    if found.request.state != "open":
        raise Refusal("This request is answered already.", "该请求已经答复。")
    return found


def keep_answer(
    records: MineRecords, actor: Person, subject: str, said: tuple[str, str], now: datetime
) -> Words:
    """Keep the answer and tell the one who asked; where erasure is granted, it is done at once."""
    found = waiting(records, actor, subject, now)
    state, answer = said
    done = state == "done"
    erased = records.retention.erase(found.person.id) if done and found.request.wish == "erasure" else {}
    request = replace(
        found.request, state="done" if done else "declined", answer=answer, by=actor.id, ended_at=now
    )
    records.wishes.save(request)
    detail = {"person": found.person.id, "wish": request.wish, "state": request.state, "erased": dict(erased)}
    records.audit.note(now, actor.id, "data.request", f"data_request/{request.id}", detail)
    key = f"{ANSWERED}/{request.id}"
    records.notices.add([Notice(0, key, found.person.id, ANSWERED, {"request": request.id}, now)])
    return Words("Kept. {name} is told.", "已保存，{name}会收到通知。").fill(name=found.person.name)


@flow(
    "data-answer",
    Words("A request about data", "数据请求"),
    may=ANSWER,
    of=whose_request,
    facts=waiting,
    keep=keep_answer,
    about=lambda asked: WISHES[asked.request.wish] + same(f" · {asked.person.name}: {asked.request.text}"),
    readers=lambda asked: ERASES if asked.request.wish == "erasure" else READERS,
    again=True,
)
def answer(ask: Ask, _asked: Asked) -> tuple[str, str]:
    page = ask(Answering)
    return page.state, page.answer


@notice(ASKED)
def told_hr(records: MineRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That somebody asks something about their data; what, is read in the window."""
    found = named(records, (str(one.about["request"]),))
    if found is None or found.request.state != "open":
        return None
    button = Button(Words("Open", "打开"), Act("see", ("data-requests",)))
    return [
        Line(Words("A request about somebody's own data waits for you.", "有一个数据请求等待你处理。")),
        Buttons((button,)),
    ]


@notice(ANSWERED)
def told_person(_records: MineRecords, _one: Notice, _now: datetime) -> list[Element] | None:
    button = Button(Words("Open", "打开"), Act("see", ("my-data",)))
    return [
        Line(Words("HR has answered your request about your data.", "HR 已答复你的数据请求。")),
        Buttons((button,)),
    ]
