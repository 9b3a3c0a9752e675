"""`/suggest`: a suggestion with or without a name; whoever wrote it comes back to read the answer and write on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flows.coaching.suggestion_records import Remark, Suggestion, SuggestionRecords, week_of
from flows.core.catalog import flow, view
from flows.core.desk import NotThere
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Quote, Screen
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import Thing

MOST = 3000
MOST_REMARKS = 60  # of one suggestion
SHOWN = 20
TITLE = Words("Suggestion box", "意见箱")
CATEGORIES = {
    "work": Words("How we work", "工作方式与流程"),
    "tools": Words("Tools and rooms", "工具与办公环境"),
    "people": Words("Leading and working together", "管理与协作"),
    "pay": Words("Pay and benefits", "薪酬与福利"),
    "customers": Words("Product and customers", "产品与客户"),
    "other": Words("Something else", "其他"),
}
STATES = {
    "new": Words("new", "新建"),
    "in_progress": Words("in progress", "处理中"),
    "answered": Words("answered", "已答复"),
    "closed": Words("closed", "已关闭"),
}
WITHOUT, WITH = "without", "with"
READERS = Words(
    "Without your name, HR reads the text from next Monday on and never who wrote it: nothing is kept that says it, and "
    "only you are led to the answer, here under /suggest. No message is sent about it. How you write can still give you "
    "away. Nothing is kept before you press Send.",
    "不署名时，HR 从下周一起能看到内容，但看不到作者：系统不保存任何作者信息，"
    "只有你自己在 /suggest 中能看到答复，也不会发送任何消息。"
    "但文风仍可能暴露身份。点击“提交”之前，不会保存任何内容。",
)


class Box(Page):
    title = TITLE
    what: str = text(
        "What do you suggest, or what should we know?", "你的建议或想反映的情况？", lines=8, most=MOST
    )
    category: str = choice("What is it about?", "属于哪一类？", CATEGORIES)
    name: str = choice(
        "Your name",
        "是否署名",
        {
            WITHOUT: Words("Without my name", "不署名"),
            WITH: Words("With my name: HR sees it", "署名，HR 可以看到我是谁"),
        },
    )


class More(Page):
    title = TITLE
    what: str = text("What would you like to add?", "你想补充什么？", lines=8, most=MOST)


@dataclass(frozen=True, slots=True)
class Thought:
    what: str
    category: str
    signed: bool


def this_week(now: datetime) -> date:
    """The week that a remark is kept with, by UTC: nobody's zone tells where they are."""
    return week_of(now.astimezone(UTC).date())


def own(_records: SuggestionRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("suggestion", actor)


def mine(records: SuggestionRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """One of the actor's own suggestions, by its name."""
    known = any(one.id == (about[0] if about else "") for one in records.suggestions.of_author(actor.id))
    return Thing("suggestion", actor) if known else None


def keep(records: SuggestionRecords, actor: Person, _subject: str, thought: Thought, now: datetime) -> Words:
    """Put it into the box; the same text twice stands there once."""
    remark = Remark("author", thought.what, this_week(now))
    signed = actor.id if thought.signed else None
    if all(one.text != thought.what for one in records.suggestions.of_author(actor.id)):
        kept = records.suggestions.add(actor.id, Suggestion("", (remark,), "new", thought.category, signed))
        if kept is None:
            raise Refusal(
                "You have made very many suggestions, and the box keeps no more of one person. Please copy your text and "
                "talk to HR.",
                "你提交的意见已达上限。请先复制你的内容，并直接联系 HR。",
            )
    return Words(
        "It is in the box. HR reads it from next Monday on; look under /suggest for the answer.",
        "已放入意见箱，HR 从下周一起可以看到。请在 /suggest 中查看答复。",
    )


@flow(
    "suggest",
    TITLE,
    may=("suggestion", "write"),
    of=own,
    facts=lambda *_: None,
    keep=keep,
    readers=lambda _: READERS,
    traceless=True,
    command="suggest new",
    help=Words("put a suggestion into the box, with or without your name", "向意见箱提交意见，可不署名"),
)
def suggest(ask: Ask, _facts: None) -> Thought:
    said = ask(Box, start={"name": WITHOUT})
    return Thought(said.what, said.category, said.name == WITH)


def keep_more(records: SuggestionRecords, actor: Person, subject: str, text: str, now: datetime) -> Words:
    """Add to one's own suggestion; the same words twice in a row stand there once."""
    if mine(records, actor, (subject,)) is None:
        raise NotThere
    found = records.suggestions.get(subject)
    if found is None:
        raise NotThere
    if (found.latest.whose, found.latest.text) != ("author", text):
        refuse_full(found)
        if found.state == "closed":
            raise Refusal(
                "This suggestion is closed. Please copy your text and begin a new one with /suggest new.",
                "这条意见已关闭，请复制内容后用 /suggest new 另提一条。",
            )
        records.suggestions.save(found.having(Remark("author", text, this_week(now)), found.state))
    return Words("It is added. HR reads it from next Monday on.", "已补充，HR 从下周一起可以看到。")


def refuse_full(suggestion: Suggestion) -> None:
    """Refuse a remark more where there are very many."""
    if len(suggestion.remarks) >= MOST_REMARKS:
        raise Refusal(
            "This suggestion has very many remarks by now. Please copy your text and begin a new one.",
            "这条意见的往来已经很多，请复制内容后另提一条。",
        )


@flow(
    "suggest-more",
    TITLE,
    may=("suggestion", "write"),
    of=mine,
    facts=lambda *_: None,
    keep=keep_more,
    readers=lambda _: READERS,
    traceless=True,
)
def suggest_more(ask: Ask, _facts: None) -> str:
    return ask(More).what


@view(
    "suggestions",
    may=("suggestion", "write"),
    of=own,
    command="suggest",
    help=Words("your suggestions and their answers", "你的意见和答复"),
)
def suggestions(records: SuggestionRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """What I have suggested with what was said since, the newest first; nobody else is ever shown this list."""
    found = [one.reopened() for one in reversed(records.suggestions.of_author(actor.id))]
    body: list[Element] = [Heading(TITLE)]
    new = Button(Words("New suggestion", "提交意见"), Act("open", ("suggest", "")), "primary")
    body += [Note(READERS), Buttons((new,))]
    for one in found[:SHOWN]:
        body += [Divider(), Line(headline(one)), *remarks(one, "author")]
        if one.state != "closed":
            more = Button(Words("Write on", "继续补充"), Act("open", ("suggest-more", one.id)))
            body.append(Buttons((more,)))
    if not found:
        body.append(Line(Words("You have suggested nothing yet.", "你还没有提交过意见。")))
    elif len(found) > SHOWN:
        body.append(Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(found) - SHOWN)))
    return Screen(TITLE, tuple(body), place=Act("see", ("suggestions",)))


def headline(one: Suggestion) -> Words:
    """The week, the category and the state."""
    return Words("Week of {week} · {category} · {state}", "{week} 当周 · {category} · {state}").fill(
        week=one.week.isoformat(),
        category=CATEGORIES.get(one.category, CATEGORIES["other"]),
        state=STATES[one.state],
    )


def remarks(one: Suggestion, reader: str) -> list[Element]:
    """Everything that was said, with whose it is; never a name."""
    yours, theirs = Words("You", "你"), Words("Whoever suggested it", "提出者")
    hr = Words("HR", "HR")
    body: list[Element] = []
    for remark in one.remarks:
        who = hr if remark.whose == "hr" else yours if reader == "author" else theirs
        body += [
            Note(who + Words(", week of {week}", "，{week} 当周").fill(week=remark.week)),
            Quote(remark.text),
        ]
    return body
