"""HR makes an API token: a name, which metrics, which departments. Its secret is shown once, in the last screen alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow
from flows.core.kinds import Choices, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, same
from flows.goals.kept import Token
from flows.goals.metrics.lines import LONGEST_METRIC, METRIC
from flows.goals.metrics.permit import EVERYTHING_FROM, token_thing
from flows.goals.metrics.tokens import all_tokens, scope_words
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import may

BETWEEN = re.compile(r"[,，、;；\n]")
MOST_NAMED, LONGEST_NAME = 50, 60


@dataclass(frozen=True, slots=True)
class Scope:
    """The departments that may be named; `company`: whether none at all may be chosen, which means all."""

    departments: tuple[str, ...]
    company: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What HR decided."""

    name: str
    metrics: str
    departments: tuple[str, ...]


def scope(records: GoalsRecords, actor: Person, _subject: str, _now: datetime) -> Scope:
    """What the actor may open to a token."""
    everywhere = records.people.departments()
    own = actor.hr_scope
    return Scope(tuple(name for name in everywhere if own is None or name in own), own is None)


def page(known: Scope) -> Questionnaire:
    """The one page; asked as data because the departments are the company's own."""
    options = tuple(Option(name, same(name)) for name in known.departments)
    whom = Question(
        "departments",
        Words("About which departments?", "涉及哪些部门？"),
        Choices(options, least=0 if known.company else 1),
        optional=known.company,
        hint=Words("Leave it empty for the whole company.", "留空表示全公司。") if known.company else None,
    )
    return Questionnaire(
        "token",
        Words("The token", "令牌"),
        (
            Question(
                "name",
                Words("What is it called?", "令牌名称？"),
                Text(1, LONGEST_NAME),
                hint=Words("The system that will use it, such as: CRM", "使用它的系统，例如：CRM"),
            ),
            Question(
                "metrics",
                Words("Which metrics may it send?", "可以发送哪些指标？"),
                Text(3, 2000),
                optional=True,
                hint=Words(
                    "One name per line; crm.* means all that begin with “crm.”. Leave it empty for all.",
                    "每行一个指标名；crm.* 表示所有以“crm.”开头的指标；留空表示全部。",
                ),
            ),
            *((whom,) if options else ()),
        ),
    )


def named(text: str) -> tuple[str, ...]:
    """The metrics that were typed, without repeats; refuses what can't be a metric's name."""
    found = tuple(dict.fromkeys(one for part in BETWEEN.split(text) if (one := " ".join(part.split()))))
    for one in found:
        beginning = one.removesuffix(EVERYTHING_FROM)
        sound = METRIC.fullmatch(beginning.rstrip(".:-") or "x") and len(beginning) <= LONGEST_METRIC
        if not beginning or not sound:
            raise Refusal(
                Words(
                    "“{one}” can't be a metric's name: use letters, digits, blanks and . : - _, with * only at the end.",
                    "“{one}”不能作为指标名：只能使用文字、数字、空格和 . : - _，* 只能放在最后。",
                ).fill(one=one[:LONGEST_METRIC])
            )
    if len(found) > MOST_NAMED:
        raise Refusal(
            "Please name at most {most} metrics, or a beginning such as crm.*",
            "最多填写 {most} 个指标，也可以用 crm.* 这样的写法。",
            most=MOST_NAMED,
        )
    return found


def keep(records: GoalsRecords, actor: Person, _subject: str, wanted: Wanted, now: datetime) -> Words:
    """Make the token; only the words that this gives ever hold its secret."""
    metrics = named(wanted.metrics)
    meant = Token(0, wanted.name, metrics, wanted.departments, actor.id, now)
    if not may(actor, "steer", token_thing(meant), now):
        raise Refusal(
            "Choose departments that you look after as HR: a token for all is made by an HR admin.",
            "请选择你负责的部门。面向全公司的令牌需由 HR 管理员创建。",
        )
    if any(
        one.name.casefold() == wanted.name.casefold() for one in records.tokens.all() if not one.revoked_at
    ):
        raise Refusal(
            "There is a token called {name} already. Choose another name, or revoke that one first.",
            "已有名为“{name}”的令牌。请换一个名称，或先吊销原来的令牌。",
            name=wanted.name,
        )
    token, secret = records.tokens.make(wanted.name, metrics, wanted.departments, actor.id, now)
    records.audit.note(
        now, actor.id, "api_token.make", f"api_token/{token.id}",
        {"metrics": len(metrics), "departments": len(wanted.departments)},
    )  # fmt: skip
    return Words(
        "This is the token “{name}”. Copy it now and keep it like a password: it is not kept here and "
        "can't be shown again. If it is lost, revoke it and make a new one.\n\n{secret}\n\n{scope}",
        "这是令牌“{name}”。请立即复制并像密码一样妥善保管：系统不保存令牌原文，之后无法再次显示。"
        "如果丢失，请吊销后重新创建。\n\n{secret}\n\n{scope}",
    ).fill(name=wanted.name, secret=secret, scope=scope_words(metrics, wanted.departments))


@flow(
    "api-token-new",
    Words("New API token", "新建 API 令牌"),
    may=("api_tokens", "steer"),
    of=all_tokens,
    facts=scope,
    keep=keep,
    subject=lambda *_: "new",
    again=True,
)
def make(ask: Ask, known: Scope) -> Wanted:
    said = ask.form(page(known))
    return Wanted(said["name"], said["metrics"] or "", tuple(said.get("departments") or ()))
