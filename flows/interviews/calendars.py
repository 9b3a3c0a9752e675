"""What is kept of people's calendars: how they are reached, when people are busy, and what is to be written there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from flows.core.records import Records
from flows.core.words import Words
from flows.interviews.invitation import Invitation
from flows.interviews.records import Span

Kind = Literal["feed", "caldav"]

EVERY = timedelta(minutes=30)  # how old busy times may be: a calendar is looked at so often
AHEAD = timedelta(days=90)  # how far busy times are read: further than any phase of interviews
PATIENT = 3  # looks in a row that may fail before the person is told
SLOWEST = timedelta(hours=12)  # how rarely one that fails again and again is looked at

KINDS: Mapping[Kind, Words] = {"feed": Words("ICS feed", "ICS 订阅地址"), "caldav": Words("CalDAV", "CalDAV")}

PROBLEMS: Mapping[str, Words] = {
    "inside": Words(
        "the address leads into a private network, which I don't read. If it is your company's own calendar server, "
        "your operator can allow it (PERFLOOP_CALENDAR_HOSTS)",
        "该地址指向内部网络，我不会读取。如果是公司自己的日历服务器，可由管理员放行（PERFLOOP_CALENDAR_HOSTS）",
    ),
    "address": Words(
        "the address is none that I read: it begins with https:// and has no user name in it",
        "地址无法使用：应以 https:// 开头，且其中不含用户名",
    ),
    "port": Words(
        "the address names a port that I don't use (80, 443 and 8443 are fine)",
        "地址中的端口不可用（可用端口为 80、443 和 8443）",
    ),
    "unreachable": Words("the server can't be reached under that address", "无法连接到该地址的服务器"),
    "slow": Words("the server takes too long to answer", "服务器响应太慢"),
    "large": Words("the calendar is larger than 5 MB", "日历超过 5 MB"),
    "redirects": Words("the address leads on and on to others", "地址跳转次数过多"),
    "refused": Words(
        "the server refuses the user name and password, or the address",
        "服务器拒绝了用户名和密码，或该地址无权访问",
    ),
    "missing": Words("there is nothing under that address", "该地址下没有内容"),
    "server": Words("the server answers with an error", "服务器返回错误"),
    "no-calendar": Words("what comes from that address is not a calendar", "该地址返回的内容不是日历"),
    "too-much": Words("the calendar takes too much to read", "读取该日历所需资源过多"),
    "no-collection": Words(
        "the server knows no calendar of yours that takes events",
        "服务器上没有找到你的可写入日程的日历",
    ),
    "key": Words(
        "I have lost the key with which the address was locked away",
        "用于保管该地址的密钥已丢失",
    ),
}
"""Why a calendar can't be read or written, as half a sentence."""

LASTING = frozenset(
    {"inside", "address", "port", "refused", "missing", "no-calendar", "no-collection", "key"}
)
"""Problems that do not pass by themselves: the person is told at once."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a calendar is reached. All of it is secret: an ICS address opens the calendar to whoever has it.

    `collection` is where CalDAV keeps the calendar, "" until it was found.
    """

    url: str = field(repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    collection: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A person's connected calendar, at `host`. Moments are in UTC; `connected_at` tells it from an earlier one.

    It is looked at next at `next_at`. `read_at` is when it was last read, with `busy` busy times; since then it failed
    `failures` times for the `problem`, one of PROBLEMS ("": none). `telling`: the person waits for the next outcome.
    """

    person: int
    kind: Kind
    host: str
    connected_at: datetime
    next_at: datetime
    read_at: datetime | None = None
    busy: int = 0
    problem: str = ""
    failures: int = 0
    telling: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to stand in a person's CalDAV calendar, until it does. `tries` counts from 0, `next_at` is in UTC."""

    person: int
    uid: str
    sequence: int
    invitation: Invitation
    next_at: datetime
    tries: int = 0


class CalendarKeeper(Protocol):
    def connect(self, calendar: Calendar, access: Access) -> None:
        """Keep it in place of the person's former one, whose busy times go; `access` is locked away."""
        ...

    def disconnect(self, person: int) -> bool:
        """Forget everything about the person's calendar; whether there was one."""
        ...

    def get(self, person: int) -> Calendar | None: ...
    def save(self, calendar: Calendar) -> bool:
        """Keep how it stands; False when the person has connected another one, or none, since."""
        ...

    def busy_of(
        self, people: Sequence[int], since: datetime, until: datetime
    ) -> Mapping[int, Sequence[Span]]:
        """When the calendars of these people say that they are busy, in UTC and in order; who is free all the time,
        or has none, is left out."""
        ...

    def set_busy(self, person: int, spans: Sequence[Span]) -> None:
        """Keep these in place of the person's former busy times."""
        ...

    def forget_busy(self, person: int, before: datetime) -> int:
        """Take away the person's busy times that were over before then; how many."""
        ...

    def write(self, writing: Writing) -> None:
        """Have it written, in place of what was still to be written of the same uid."""
        ...

    def written(self, writing: Writing) -> bool:
        """It stands there: forget it. False when something newer is to be written meanwhile."""
        ...

    def put_off(self, writing: Writing) -> None:
        """Try it again at its `next_at`, unless something newer is to be written meanwhile."""
        ...


class CalendarRecords(Records, Protocol):
    @property
    def calendars(self) -> CalendarKeeper: ...


def read_next(calendar: Calendar, now: datetime) -> datetime:
    """When it is looked at again: in half an hour, spread over people; later each time that it fails."""
    pause = min(EVERY * (1 << min(calendar.failures, 10)), SLOWEST)
    return now + pause + timedelta(seconds=calendar.person * 37 % 300)
