"""HR's API tokens: who made which for what, when it was last used, and how it is revoked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.goals.kept import Token
from flows.goals.metrics.permit import still_backed, token_thing
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing, may

TITLE = Words("API tokens", "API 令牌")
ABOUT = Words(
    "With a token another system sends values of metrics to perfloop (POST /api/metrics); "
    "goals that name the metric move by themselves.",
    "其他系统可以用令牌向 perfloop 发送指标数值（POST /api/metrics），引用该指标的目标会自动更新进度。",
)
NONE = Words("There are no tokens yet.", "还没有令牌。")
NEW = Words("New token", "新建令牌")
REVOKE = Words("Revoke", "吊销")
SURE = Words(
    "Systems that use this token can't send anything any more. What they sent stays. This can't be undone.",
    "使用该令牌的系统将无法再发送数据，已发送的数据会保留。此操作无法撤销。",
)
MOST_REVOKED = 20  # that are still shown, the latest first


def all_tokens(_records: GoalsRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("api_tokens")


def named_token(records: GoalsRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The token that a button names."""
    token = records.tokens.get(whole(about[0])) if about else None
    return token_thing(token) if token else None


@view(
    "api-tokens", may=("api_tokens", "steer"), of=all_tokens, command="goal api-token",
    help=Words("HR: let other systems send the values of metrics", "HR：管理指标数据接口的令牌"),
)  # fmt: skip
def tokens(records: GoalsRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The tokens that the actor may revoke, those in force first."""
    mine = [token for token in records.tokens.all() if may(actor, "steer", token_thing(token), now)]
    live = [token for token in mine if token.revoked_at is None]
    over = sorted((token for token in mine if token.revoked_at), key=lambda token: token.id, reverse=True)
    body: list[Element] = [
        Note(ABOUT),
        Buttons((Button(NEW, Act("open", ("api-token-new", "new")), "primary"),)),
        *(one for token in live for one in shown(records, token, actor, now)),
    ]
    if not live:
        body.append(Line(NONE))
    if over:
        body.append(Heading(Words("Revoked", "已吊销")))
        body += [
            Line(join([same(token.name), *history(records, token, actor)], " · ", " · "))
            for token in over[:MOST_REVOKED]
        ]
    return Screen(TITLE, tuple(body), place=Act("see", ("api-tokens",)))


def shown(records: GoalsRecords, token: Token, actor: Person, now: datetime) -> list[Element]:
    """A token in force: what it may send, who made it and when, and the way to revoke it."""
    told: list[Element] = [
        Row(
            join(
                [scope_words(token.metrics, token.departments), *history(records, token, actor)], "\n", "\n"
            ),
            Button(REVOKE, Act("do", ("api-token-revoke", str(token.id))), "danger", SURE),
            same(token.name),
        )
    ]
    if not still_backed(token, records.people.get(token.made_by), now):
        told.append(
            Note(
                Words(
                    "It does not work any more: whoever made it is not HR for all of it now. Make a new one.",
                    "该令牌已失效：创建人不再负责其全部范围。请新建一个令牌。",
                )
            )
        )
    return told


def scope_words(metrics: Sequence[str], departments: Sequence[str]) -> Words:
    """What a token may send, about whom."""
    what = (
        Words("Metrics: {names}", "指标：{names}").fill(names=join(same(one) for one in metrics))
        if metrics
        else Words("All metrics", "所有指标")
    )
    whom = (
        Words("Departments: {names}", "部门：{names}").fill(names=join(same(one) for one in departments))
        if departments
        else Words("The whole company", "全公司")
    )
    return join([what, whom], " · ", " · ")


def history(records: GoalsRecords, token: Token, actor: Person) -> list[Words]:
    """Who made it, when it was used last, and when it was revoked."""
    maker = records.people.get(token.made_by)

    def day(moment: datetime) -> Words:
        return same(local_day(moment, actor.zone))  # with its year: a token may be an old one

    told = [
        Words("made by {who} on {day}", "{who} 创建于 {day}").fill(
            who=maker.name if maker else "?", day=day(token.made_at)
        ),
        Words("last used on {day}", "最近使用：{day}").fill(day=day(token.used_at))
        if token.used_at
        else Words("never used", "尚未使用"),
    ]
    if token.revoked_at:
        told.append(Words("revoked on {day}", "吊销于 {day}").fill(day=day(token.revoked_at)))
    return told


@deed("api-token-revoke", may=("api_tokens", "steer"), of=named_token)
def revoke(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take the token out of force for good; done twice, it acts once."""
    token = records.tokens.get(whole(about[0]))
    if token is not None and token.revoked_at is None:
        records.tokens.revoke(token.id, now)
        records.audit.note(now, actor.id, "api_token.revoke", f"api_token/{token.id}", {})
    return Words(
        "{name} is revoked: nothing can be sent with it any more.", "“{name}”已吊销，无法再用它发送数据。"
    ).fill(name=token.name if token else "?")
