"""`/kudos`: praise for a colleague, who reads it with the next digest; it stands in their diary at the next review."""

from __future__ import annotations

import re
from datetime import datetime

from flows.coaching.records import A_YEAR, Praise, PraiseRecords
from flows.core.catalog import deed, flow, notice, view
from flows.core.kinds import Text
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.page import Page, person, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Quote, Screen
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.people.policy import Thing

GIVEN = "praise.given"
LEAST, MOST = 4, 1000  # characters: it is said in one message
SHOWN = 30
WHOM = re.compile(r"\s*(<@[^>]*>|[^\s@]+@[^\s@:：,，]+)[\s:：,，]*")
TITLE = Words("Praise", "点赞")
READERS = Words(
    "They read it with your name in their next digest. It stands in their diary, which whoever writes their review "
    "opens beside it. It never counts in a score.",
    "对方会在下一次消息中看到这条点赞和你的姓名。它会记入对方的工作记录，撰写其评估的人可以参考，但不计入任何得分。",
)


class Kudos(Page):
    title = TITLE
    whom: int = person("Whom would you like to praise?", "你想为谁点赞？")
    what: str = text(
        "What did they do, and what came of it?", "TA 做了什么，带来了什么效果？", lines=4, most=MOST
    )


def own(_records: PraiseRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("praise", actor)


def keep(
    records: PraiseRecords, actor: Person, _subject: str, given: tuple[int, str], now: datetime
) -> Words:
    """Keep it, and have it told with the colleague's next digest."""
    whom, words = records.people.get(given[0]), given[1]
    if whom is None or not whom.active:
        raise Refusal(
            "This person is not active in the company's directory. Please choose a colleague who is.",
            "该同事不在职，请选择一位在职的同事。",
        )
    if whom.id == actor.id:
        raise Refusal("Please choose a colleague, not yourself.", "请选择一位同事，而不是自己。")
    praise = records.praise.keep(Praise(0, whom.id, actor.id, words, now))
    records.notices.add([Notice(0, f"{GIVEN}/{praise.id}", whom.id, GIVEN, {"praise": praise.id}, now)])
    return Words("{name} will read it with the next digest.", "{name}会在下一次消息中看到。").fill(
        name=whom.name
    )


@flow(
    "praise",
    TITLE,
    may=("praise", "give"),
    of=own,
    keep=keep,
    facts=lambda *_: None,
    readers=lambda _: READERS,
)
def give(ask: Ask, _facts: None) -> tuple[int, str]:
    kudos = ask(Kudos)
    return kudos.whom, kudos.what


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
    return keep(records, actor, "", (whom, words), now)


NOBODY = Words(
    "I can't find whom you mean. Please begin with a mention or an e-mail address, or use the form that /kudos alone "
    "opens.",
    "没有找到你要点赞的人。请以 @提及 或邮箱开头，或只输入 /kudos 打开表单。",
)
TYPED = Words(" This is what you typed: {typed}", "你输入的内容是：{typed}")


@view(
    "praise-list",
    may=("praise", "read"),
    of=own,
    command="kudos list",
    help=Words("what you were praised for", "查看收到的点赞"),
)
def praise_list(records: PraiseRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What I was praised for in the last year, the newest first."""
    found = list(reversed(records.praise.about(actor.id, now - A_YEAR)))
    body: list[Element] = [Heading(TITLE)]
    for one in found[:SHOWN]:
        by = records.people.get(one.by)
        body.append(Line(same(f"{by.name if by else '?'} · ") + day_words(local_day(one.at, actor.zone))))
        body.append(Quote(one.text))
    if not found:
        body.append(Line(Words("Nothing yet.", "暂无。")))
    elif len(found) > SHOWN:
        body.append(Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(found) - SHOWN)))
    return Screen(TITLE, tuple(body), place=Act("see", ("praise-list",)))


@notice(GIVEN)
def told(records: PraiseRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """The praise itself, with who gave it."""
    praise = records.praise.get(one.about["praise"])
    by = records.people.get(praise.by) if praise else None
    if praise is None or by is None:
        return None
    words = Words("{name} praises you:", "{name} 为你点赞：").fill(name=by.name)
    button = Button(Words("All praise", "全部点赞"), Act("see", ("praise-list",)))
    return [Line(words), Quote(praise.text), Buttons((button,))]
