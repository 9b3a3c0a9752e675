"""`/kudos values` and `/kudos channel`: HR sets the company's values, points, and where praise may be posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.checkins.channel import MENTION
from flows.coaching.points import MOST, USUAL
from flows.coaching.records import PraiseRecords, PraiseRules
from flows.core.catalog import deed, flow, letter
from flows.core.kinds import Number, Text
from flows.core.owed import Message
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.screen import Letter, Line
from flows.core.words import Words, join, same
from flows.people.person import Person
from flows.people.policy import Thing

TITLE = Words("Praise: values and points", "点赞：价值观与积分")
MOST_VALUES, LONGEST = 20, 60
OFF = ("off", "none", "关闭", "关")


@dataclass(frozen=True, slots=True)
class Setting:
    values: tuple[Words, ...]
    points: Decimal | None


def rules_thing(_records: PraiseRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("praise_rules")


def as_answers(rules: PraiseRules) -> Answers:
    """The rules as they stand, in the form."""
    written = "\n".join(f"{value.en} | {value.zh}" for value in rules.values)
    points = None if rules.points is None else str(rules.points)
    return {"Rules": {"values": written, "points": points}}


def values_in(written: str) -> tuple[Words, ...]:
    """The values of a text, one on a line; refuses more than fit in a list, and two that read alike."""
    found: dict[str, Words] = {}
    for line in written.splitlines():
        en, _, zh = (part.strip() for part in line.replace("｜", "|").partition("|"))
        if not en and not zh:
            continue
        value = Words(en or zh, zh or en)
        if max(len(value.en), len(value.zh)) > LONGEST:
            raise Refusal(
                "“{line}” is longer than {most} characters. Please shorten it.",
                "“{line}”超过 {most} 个字符，请缩短。",
                line=line.strip()[:80],
                most=LONGEST,
            )
        if found.setdefault(value.en.casefold(), value) is not value:
            raise Refusal("“{value}” stands there twice.", "“{value}”重复了。", value=value.en)
    if len(found) > MOST_VALUES:
        raise Refusal(f"Please name at most {MOST_VALUES} values.", f"最多填写 {MOST_VALUES} 项价值观。")
    return tuple(found.values())


RULES = Questionnaire(
    "Rules",
    TITLE,
    (
        Question(
            "values",
            Words("The company's values, one on each line", "公司价值观，每行一项"),
            Text(8, check=values_in),
            optional=True,
            hint=Words(
                "English | 中文. What praise was given for keeps its name when you change one here.",
                "English | 中文。修改后，以前的点赞仍保留当时的名称。",
            ),
        ),
        Question(
            "points",
            Words("Points a month for everybody to give", "每人每月可赠送的积分"),
            Number(least=Decimal(0), most=Decimal(MOST)),
            optional=True,
            hint=Words(
                f"Empty: no points. {USUAL} is usual. Nothing is carried over, and no formula counts them.",
                f"留空：不使用积分，通常为 {USUAL}。不累计到下月，也不计入任何公式。",
            ),
        ),
    ),
)


def keep(records: PraiseRecords, actor: Person, _subject: str, setting: Setting, now: datetime) -> Words:
    if setting.points is not None and setting.points != setting.points.to_integral_value():
        raise Refusal("Please give whole points.", "积分请填写整数。")
    points = int(setting.points) if setting.points else None
    records.praise.set_rules(replace(records.praise.rules(), values=setting.values, points=points))
    detail = {"values": len(setting.values), "points": points}
    records.audit.note(now, actor.id, "praise.rules", "praise", detail)
    named = join(setting.values) if setting.values else Words("none", "无")
    told = Words(
        "Kept. Values: {values}. Points a month: {points}.", "已保存。价值观：{values}。每月积分：{points}。"
    )
    return told.fill(values=named, points=points if points else Words("none", "无"))


@flow(
    "praise-rules",
    TITLE,
    may=("praise_rules", "set"),
    of=rules_thing,
    keep=keep,
    facts=lambda records, *_: records.praise.rules(),
    prefill=as_answers,
    subject=lambda *_: "company",
    again=True,
    command="kudos values",
    help=Words("HR: the company's values, and points for praise", "HR：设置公司价值观和点赞积分"),
)
def set_rules(ask: Ask, _rules: PraiseRules) -> Setting:
    said = ask.form(RULES)
    return Setting(values_in(said["values"] or ""), said["points"])


@deed(
    "praise-channel",
    may=("praise_rules", "set"),
    of=rules_thing,
    command="kudos channel",
    help=Words("HR: let praise be posted to #channel, or “off”", "HR：允许点赞发布到 #频道，或 off 关闭"),
)
def set_channel(records: PraiseRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """One channel more in which praise may be posted, or none any more with "off"."""
    said, rules = about[0].strip() if about else "", records.praise.rules()
    if said.casefold() in OFF:
        records.praise.set_rules(replace(rules, channels=()))
        records.audit.note(now, actor.id, "praise.channel_off", "praise", {})
        return Words("Praise is posted to no channel any more.", "点赞不再发布到任何频道。")
    found = MENTION.fullmatch(said)
    if found is None:
        raise Refusal(
            "Please name the channel, as in: /kudos channel #praise. To stop it: /kudos channel off",
            "请指定频道，例如：/kudos channel #praise。停止发布：/kudos channel off",
        )
    name = (found[2] or "").lstrip("|") or found[1]
    channels = {**dict(rules.channels), found[1]: name}
    records.praise.set_rules(replace(rules, channels=tuple(channels.items())))
    records.audit.note(now, actor.id, "praise.channel", "praise", {"channel": found[1]})
    key = f"praise.hello/{found[1]}/{int(now.timestamp())}"
    records.messages.write(Message(key, "praise.hello", {}, now, channel=found[1], urgency=0))
    return Words(
        "Praise can be posted to #{name} now. Please invite me there: a first message is on its way.",
        "点赞现在可以发布到 #{name}。请把我邀请进频道，第一条消息正在发送。",
    ).fill(name=same(name))


@letter("praise.hello")
def hello(_records: PraiseRecords, _about: Mapping[str, Any], _now: datetime) -> Letter:
    """The channel's first message, by which HR sees that the bot may post there."""
    words = Words("Praise can be posted here with /kudos.", "现在可以用 /kudos 把点赞发布到这里。")
    return Letter(words, (Line(same(f"{words.en}\n{words.zh}")),))
