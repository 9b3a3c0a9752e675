"""Praise where it is read: one's own list, the digest of whom it is for, and the channel that was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.coaching.praising import GIVEN, POSTED, TITLE, own
from flows.coaching.records import A_YEAR, Praise, PraiseRecords
from flows.core.catalog import letter, notice, view
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Heading,
    Letter,
    Line,
    Note,
    Quote,
    Screen,
)
from flows.core.words import Words, count, join, same
from flows.cycle.calendar import local_day
from flows.people.person import Person

SHOWN = 30


def tags(praise: Praise) -> Words:
    """The value and the points, where there are any: " · Ownership · 20 points"."""
    found = [praise.value] if praise.value else []
    if praise.points:
        found.append(count(praise.points, "{n} point", "{n} points", "{n} 分"))
    return join([same(""), *found], " · ", " · ")


@view(
    "praise-list",
    may=("praise", "read"),
    of=own,
    command="kudos list",
    help=Words("what you were praised for", "查看收到的点赞"),
)
def praise_list(records: PraiseRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What I was praised for in the last year and whom I praised, the newest first."""
    found = records.praise.about(actor.id, now - A_YEAR)
    given = records.praise.by(actor.id, now - A_YEAR)
    body: list[Element] = [Heading(TITLE), *lines(records, actor, found)]
    if given:
        body += [Divider(), Heading(Words("Given by you", "我给出的点赞")), *lines(records, actor, given)]
    if records.praise.rules().points is not None:
        got = sum(one.points or 0 for one in found)
        words = count(
            got,
            "{n} point in a year. Points count in no score.",
            "{n} points in a year. Points count in no score.",
            "一年内收到 {n} 分。积分不计入任何得分。",
        )
        body.insert(1, Note(words))
    body.append(Buttons((Button(Words("Praise somebody", "为同事点赞"), Act("open", ("praise", ""))),)))
    return Screen(TITLE, tuple(body), place=Act("see", ("praise-list",)))


def lines(records: PraiseRecords, reader: Person, praise: list[Praise] | Any) -> list[Element]:
    """Each with the other one's name, the day and its tags; the newest first."""
    newest = list(reversed(praise))
    body: list[Element] = []
    for one in newest[:SHOWN]:
        other = records.people.get(one.about if one.by == reader.id else one.by)
        head = same(f"{other.name if other else '?'} · ") + day_words(local_day(one.at, reader.zone))
        body += [Line(head + tags(one)), Quote(one.text)]
    if not newest:
        body.append(Line(Words("Nothing yet.", "暂无。")))
    elif len(newest) > SHOWN:
        body.append(Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(newest) - SHOWN)))
    return body


@notice(GIVEN)
def told(records: PraiseRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """The praise itself, with who gave it."""
    praise = records.praise.get(one.about["praise"])
    by = records.people.get(praise.by) if praise else None
    if praise is None or by is None:
        return None
    words = Words("{name} praises you", "{name} 为你点赞").fill(name=by.name) + tags(praise)
    button = Button(Words("All praise", "全部点赞"), Act("see", ("praise-list",)))
    return [Line(words + Words(":", "：")), Quote(praise.text), Buttons((button,))]


@letter(POSTED)
def posted(records: PraiseRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """In a channel, whose readers differ: in both languages, and the praise itself once."""
    praise = records.praise.get(about["praise"])
    by = records.people.get(praise.by) if praise else None
    whom = records.people.get(praise.about) if praise else None
    if praise is None or by is None or whom is None:
        return None
    words = Words("{by} praises {name}", "{by} 为 {name} 点赞").fill(by=by.name, name=whom.name) + tags(
        praise
    )
    return Letter(words, (Line(same(f"{words.en}\n{words.zh}")), Quote(praise.text)))
