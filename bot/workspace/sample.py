"""The sample company's extras: where its list is, who is on leave, and what some of them work towards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bot.workspace.people import Member
from flows.core.words import Words, same
from flows.people.directory import read_people
from flows.people.row import PersonRow

PEOPLE_CSV = Path(__file__).with_name("people.csv")

ON_LEAVE = "lena@example.com"


def on_leave(today: date) -> tuple[str, date, date]:
    """Who of the sample is on leave: e-mail address, first and last day, counted from `today`."""
    return ON_LEAVE, today - timedelta(days=11), today + timedelta(days=55)


NO_UNIT = same("")


@dataclass(frozen=True, slots=True)
class SampleGoal:
    """What somebody works towards, and what was reported week by week until now."""

    title: Words
    unit: Words = NO_UNIT
    baseline: Decimal | None = None
    target: Decimal | None = None
    values: tuple[Decimal, ...] = ()


def _goal(
    en: str,
    zh: str,
    unit: str | Words = "",
    start: str | None = None,
    target: str | None = None,
    values: str = "",
) -> SampleGoal:
    return SampleGoal(
        Words(en, zh), unit if isinstance(unit, Words) else same(unit), Decimal(start) if start else None,
        Decimal(target) if target else None, tuple(map(Decimal, values.split())),
    )  # fmt: skip


MILLISECONDS, TESTS = Words("ms", "毫秒"), Words("contract tests", "个契约测试")
CUSTOMERS, PEOPLE, ALERTS = (
    Words("customers", "家"),
    Words("engineers", "人"),
    Words("alerts a week", "次/周"),
)
DAYS, POINTS = Words("days", "天"), Words("points", "分")
GOALS: Mapping[str, tuple[SampleGoal, ...]] = {
    "anna@example.com": (
        _goal("Ship the new billing platform by 18 December", "12 月 18 日前上线新的计费平台"),
        _goal("Hire three senior engineers this quarter", "本季度招到三名高级工程师", PEOPLE, "0", "3", "0 1 3"),
    ),
    "chenwei@example.com": (
        _goal("Cut the time from commit to release to one day", "把从提交到发布的时间缩短到一天", DAYS, "4", "1", "3 2 1.2"),
        _goal("Every engineer has a growth plan by mid-December", "12 月中旬前每位工程师都有成长计划"),
    ),
    "wangqiang@example.com": (
        _goal("Move the order service to the new database", "把订单服务迁到新数据库"),
        _goal("Bring the p99 response time below 200 ms", "把 p99 响应时间降到 200 毫秒以内",
              MILLISECONDS, "350", "200", "320 260 205"),
        _goal("Mentor one junior engineer", "带教一名初级工程师"),
    ),
    "lina@example.com": (
        _goal("Rebuild the checkout page", "重做结账页面"),
        _goal("Raise the accessibility score from 78 to 95", "把无障碍评分从 78 提高到 95", POINTS, "78", "95", "80 86 94"),
    ),
    "sunyue@example.com": (
        _goal("Finish onboarding and ship a first feature", "完成入职培训，独立上线第一个功能"),
        _goal("Take over the weekly test report", "接手每周的测试报告"),
    ),
    "jonas@example.com": (
        _goal("Retire the old invoicing service", "下线旧的开票服务"),
        _goal("Cover the payment module with 80 contract tests", "为支付模块补齐 80 个契约测试", TESTS, "0", "80", "26 51 74"),
    ),
    "arjun@example.com": (
        _goal("Keep availability at 99.95 % or better", "可用性保持在 99.95% 以上", "%", None, "99.95", "99.93 99.97 99.96"),
        _goal("Halve the number of night alerts", "把夜间告警次数减半", ALERTS, "40", "20", "35 29 21"),
        _goal("Rehearse the recovery plan twice", "演练两次灾备恢复方案"),
    ),
    "emily@example.com": (
        _goal("Close 2.4 million dollars of new business", "签下 240 万美元新业务",
              "USD", "0", "2400000", "640000 1305000 2190000"),
        _goal("Coach each account executive every two weeks", "每两周辅导一次每位客户经理"),
    ),
    "daniel@example.com": (
        _goal("Win 12 new customers", "新签 12 家客户", CUSTOMERS, "0", "12", "1 3 5"),
        _goal("Raise the renewal rate to 92 %", "把续约率提高到 92%", "%", "87", "92", "87 87.5 88"),
    ),
    "zhouting@example.com": (
        _goal("Sign three key accounts in East China", "签下华东区三家重点客户", CUSTOMERS, "0", "3", "0 1 1"),
        _goal("Collect 95 % of receivables on time", "应收账款按时回款率达到 95%", "%", "88", "95", "89 91 92"),
    ),
    "priya@example.com": (
        _goal("Bring delivery time down from 9 to 6 days", "把交付周期从 9 天缩短到 6 天", DAYS, "9", "6", "8.4 7.1 6.2"),
        _goal("Renegotiate the two largest supplier contracts", "重新谈定两份最大的供应商合同"),
    ),
}  # fmt: skip


def members_of(rows: Iterable[PersonRow], today: date) -> list[Member]:
    """The people of a file as the messenger knows them; whoever left before `today` is deactivated."""
    return [_member(row, today) for row in rows]


def sample_members(today: date) -> list[Member]:
    """The sample company's people."""
    return members_of(read_people(PEOPLE_CSV.read_bytes()).rows, today)


def _member(row: PersonRow, today: date) -> Member:
    return Member(
        email=row.email,
        name=row.name,
        title=row.title,
        department=row.department,
        locale=row.language,
        tz=row.zone or "UTC",
        deleted=row.left_on is not None and row.left_on < today,
        note=_note(row.email, row.left_on, today),
        roles=row.roles,
        manager=row.manager_email or "",
    )


def _note(email: str, left: date | None, today: date) -> str:
    if left is not None and left < today:
        return f"left on {left.day} {left:%b %Y}"
    leaving, _, last = on_leave(today)
    if email == leaving:
        return f"on leave until {last.day} {last:%b}"
    return ""
