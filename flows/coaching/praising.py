"""`/kudos`: praise for a colleague, between the two or in a channel; it stands in their diary at the next review."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.coaching.clipping import clip, shown, taken_up
from flows.coaching.evidence_records import Clipping, ClippingRecords
from flows.coaching.points import left_of, question, spend
from flows.coaching.records import Praise, PraiseRecords, PraiseRules
from flows.core.catalog import deed, flow, shortcut
from flows.core.kinds import Choice, Someone, Text
from flows.core.owed import Message, Notice
from flows.core.page import Question, Questionnaire
from flows.core.picked import Picked
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import Thing

GIVEN, POSTED = "praise.given", "praise.posted"
LEAST, MOST = 4, 1000  # characters: it is said in one message
PRIVATE = "private"
WHOM = re.compile(r"\s*(<@[^>]*>|[^\s@]+@[^\s@:：,，]+)[\s:：,，]*")
TITLE = Words("Praise", "点赞")
READERS = Words(
    "They read it with your name in their next digest, and everybody does where you choose a channel. It stands in their "
    "diary, which whoever writes their review opens beside it. It never counts in a score.",
    "对方会在下一次消息中看到这条点赞和你的姓名；如果选择频道，频道里的人都能看到。它会记入对方的工作记录，撰写其评估的人可以参考，但不计入任何得分。",
)


@dataclass(frozen=True, slots=True)
class Praising:
    """What the form needs: HR's rules, the points that are left (None: there are none), and the message taken up."""

    rules: PraiseRules
    left: int | None
    message: Clipping | None


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered."""

    whom: int
    what: str
    value: Words | None = None
    channel: str | None = None
    points: Any = None


def own(_records: PraiseRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("praise", actor)


def praising(records: ClippingRecords, actor: Person, subject: str, now: datetime) -> Praising:
    rules = records.praise.rules()
    return Praising(rules, left_of(records, actor, rules, now), taken_up(records, actor, subject))


def form_of(its: Praising) -> Questionnaire:
    """One screen: whom, for what, for which value, where, and points where there are any left."""
    values = tuple(Option(value.en, value, value=value) for value in its.rules.values)
    asked = [
        Question("whom", Words("Whom would you like to praise?", "你想为谁点赞？"), Someone()),
        Question(
            "what",
            Words("What did they do, and what came of it?", "TA 做了什么，带来了什么效果？"),
            Text(4, MOST),
        ),
    ]
    if values:
        words = Words("Which of our values does it show?", "体现了哪项公司价值观？")
        asked.append(Question("value", words, Choice(values), optional=True))
    if its.rules.channels:
        places = [Option(PRIVATE, Words("Between the two of us", "只有我们两人"), value=None)]
        places += [Option(one, same(f"#{name}"), value=one) for one, name in its.rules.channels]
        asked.append(Question("where", Words("Who should see it?", "谁可以看到？"), Choice(tuple(places))))
    if its.left:
        asked.append(question(its.left))
    return Questionnaire("Kudos", TITLE, tuple(asked), note_of(its))


def note_of(its: Praising) -> Words | None:
    """The message that it is for, as far as it may be shown."""
    message = its.message
    return shown(message) if message is not None and not message.withheld else None


def keep(records: PraiseRecords, actor: Person, _subject: str, given: Given, now: datetime) -> Words:
    """Keep it, and have it told with the colleague's next digest, and in a channel if one was chosen."""
    whom, rules = records.people.get(given.whom), records.praise.rules()
    if whom is None or not whom.active:
        raise Refusal(
            "This person is not active in the company's directory. Please choose a colleague who is.",
            "该同事不在职，请选择一位在职的同事。",
        )
    if whom.id == actor.id:
        raise Refusal("Please choose a colleague, not yourself.", "请选择一位同事，而不是自己。")
    if given.channel is not None and given.channel not in dict(rules.channels):
        raise Refusal(
            "This channel is not open for praise any more. Please choose another, or none.",
            "该频道已不再用于点赞，请选择其他频道或不公开。",
        )
    points = spend(records, actor, rules, given.points, now)
    en, zh = (given.value.en, given.value.zh) if given.value else (None, None)
    praise = records.praise.keep(Praise(0, whom.id, actor.id, given.what, now, en, zh, given.channel, points))
    records.notices.add([Notice(0, f"{GIVEN}/{praise.id}", whom.id, GIVEN, {"praise": praise.id}, now)])
    words = Words("{name} will read it with the next digest.", "{name}会在下一次消息中看到。")
    if given.channel is not None:
        about = {"praise": praise.id}
        records.messages.write(Message(f"praise/{praise.id}", POSTED, about, now, channel=given.channel))
        words += Words(" It is posted to #{channel} now.", "现在会发布到 #{channel}。").fill(
            channel=same(dict(rules.channels)[given.channel])
        )
    return words.fill(name=whom.name)


@flow(
    "praise",
    TITLE,
    may=("praise", "give"),
    of=own,
    keep=keep,
    facts=praising,
    readers=lambda _: READERS,
    again=True,
)
def give(ask: Ask, its: Praising) -> Given:
    start: Mapping[str, Any] = {"where": PRIVATE}
    if its.message is not None and its.message.author not in (None, its.message.by):
        start = {**start, "whom": its.message.author}
    said = ask.form(form_of(its), start=start)
    return Given(said["whom"], said["what"], said.get("value"), said.get("where"), said.get("points"))


@shortcut("praise", Words("Praise for this", "为此点赞"), may=("praise", "give"), of=own)
def praise_for(records: ClippingRecords, actor: Person, message: Picked, now: datetime) -> Act:
    """The form, with the message's author in it."""
    return Act("open", ("praise", f"message/{clip(records, actor, message, now).id}"))


@deed(
    "kudos",
    may=("praise", "give"),
    of=own,
    command="kudos",
    help=Words("praise a colleague", "为同事点赞"),
)
def kudos(records: PraiseRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words | Act:
    """Nothing but a name typed: the form. Somebody and something: it is kept at once."""
    typed = about[0].strip() if about else ""
    named = WHOM.match(typed)
    if not typed or (named and not typed[named.end() :].strip()):
        return Act("open", ("praise", ""))
    reader = reader_of(records, actor, now)
    whom = reader.find(named[1]) if named else None
    if named is None or whom is None:
        raise Refusal(NOBODY + TYPED.fill(typed=typed))
    try:
        words = str(Text(LEAST, MOST).understand(typed[named.end() :].strip(), reader))
    except Refusal as no:
        raise Refusal(no.words + TYPED.fill(typed=typed)) from None
    return keep(records, actor, "", Given(whom, words), now)


NOBODY = Words(
    "I can't find whom you mean. Please begin with a mention or an e-mail address, or use the form that /kudos alone "
    "opens.",
    "没有找到你要点赞的人。请以 @提及 或邮箱开头，或只输入 /kudos 打开表单。",
)
TYPED = Words(" This is what you typed: {typed}", "你输入的内容是：{typed}")
