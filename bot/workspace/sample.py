"""The sample company's extras: where its list is, who is on leave, and what some of them work towards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from bot.workspace.people import Member
from flows.core.words import Words
from flows.people.directory import read_people
from flows.people.row import PersonRow

PEOPLE_CSV = Path(__file__).with_name("people.csv")

ON_LEAVE = "lena@example.com"


def on_leave(today: date) -> tuple[str, date, date]:
    """Who of the sample is on leave: e-mail address, first and last day, counted from `today`."""
    return ON_LEAVE, today - timedelta(days=11), today + timedelta(days=55)


GOALS: Mapping[str, tuple[Words, ...]] = {
    "anna@example.com": (
        Words("Ship the new billing platform by 18 December", "12 月 18 日前上线新的计费平台"),
        Words("Hire three senior engineers this quarter", "本季度招到三名高级工程师"),
    ),
    "chenwei@example.com": (
        Words("Cut the time from commit to release to one day", "把从提交到发布的时间缩短到一天"),
        Words("Every engineer has a growth plan by mid-December", "12 月中旬前每位工程师都有成长计划"),
    ),
    "wangqiang@example.com": (
        Words("Move the order service to the new database", "把订单服务迁到新数据库"),
        Words("Bring the p99 response time below 200 ms", "把 p99 响应时间降到 200 毫秒以内"),
        Words("Mentor one junior engineer", "带教一名初级工程师"),
    ),
    "lina@example.com": (
        Words("Rebuild the checkout page", "重做结账页面"),
        Words("Raise the accessibility score from 78 to 95", "把无障碍评分从 78 提高到 95"),
    ),
    "sunyue@example.com": (
        Words("Finish onboarding and ship a first feature", "完成入职培训，独立上线第一个功能"),
        Words("Take over the weekly test report", "接手每周的测试报告"),
    ),
    "jonas@example.com": (
        Words("Retire the old invoicing service", "下线旧的开票服务"),
        Words("Cover the payment module with 80 contract tests", "为支付模块补齐 80 个契约测试"),
    ),
    "arjun@example.com": (
        Words("Keep availability at 99.95 % or better", "可用性保持在 99.95% 以上"),
        Words("Halve the number of night alerts", "把夜间告警次数减半"),
        Words("Rehearse the recovery plan twice", "演练两次灾备恢复方案"),
    ),
    "emily@example.com": (
        Words("Close 2.4 million dollars of new business", "签下 240 万美元新业务"),
        Words("Coach each account executive every two weeks", "每两周辅导一次每位客户经理"),
    ),
    "daniel@example.com": (
        Words("Win 12 new customers", "新签 12 家客户"),
        Words("Raise the renewal rate to 92 %", "把续约率提高到 92%"),
    ),
    "zhouting@example.com": (
        Words("Sign three key accounts in East China", "签下华东区三家重点客户"),
        Words("Collect 95 % of receivables on time", "应收账款按时回款率达到 95%"),
    ),
    "priya@example.com": (
        Words("Bring delivery time down from 9 to 6 days", "把交付周期从 9 天缩短到 6 天"),
        Words("Renegotiate the two largest supplier contracts", "重新谈定两份最大的供应商合同"),
    ),
}


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
