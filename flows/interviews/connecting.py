"""`/interview calendar`: connect one's calendar, so that proposed times suit it, and take it away again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flows.core.catalog import deed, flow, view
from flows.core.kinds import Text
from flows.core.moments import day_and_time, day_words
from flows.core.page import Page, Question
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Screen
from flows.core.words import Words, count, same
from flows.cycle.calendar import local_day
from flows.interviews.calendars import KINDS, PROBLEMS, Access, Calendar, CalendarRecords, Kind
from flows.people.person import Person
from flows.people.policy import Thing

TITLE = Words("Your calendar", "我的日历")
JUST_NOW = timedelta(minutes=1)  # what was read so lately is not read again
LONGEST = 2000  # characters of an address
ADDRESS = re.compile(r"[!-~]+")  # as browsers copy it: all else is written as %…
KEPT = Words(
    "I keep when you are busy, from when to when, for the next 90 days: never what it is, nor with whom. Nobody sees it; "
    "times are proposed around it. What you type here is locked away and never shown again. “Disconnect” deletes it all.",
    "我只保存未来 90 天内你的忙碌时段（起止时间），不保存事项内容和参与人，也不会给任何人看，只用于避开这些时段。"
    "你填写的内容会加密保存，不会再显示；点击“断开”会全部删除。",
)
READING = Words(
    "I am reading it now, and write to you here in a moment what I found.",
    "正在读取，稍后会在这里告诉你结果。",
)
NONE = Words(
    "No calendar is connected. Times are proposed within working hours, around holidays, leave and other interviews.",
    "尚未连接日历。建议的时间会在工作时间内，并避开节假日、请假和其他面谈。",
)


def address(text: str) -> str:
    """The web address that was typed; webcal:// means https://. Refuses what can't be one."""
    typed = text.strip().strip("<>").split("|")[0]
    url = re.sub(r"^webcals?://", "https://", typed, flags=re.IGNORECASE)
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        fine = fine and parts.username is None and parts.password is None
    except ValueError:  # a port that is no number, a bracket too many
        fine = False
    if not fine or len(url) > LONGEST or not ADDRESS.fullmatch(url):
        raise Refusal(
            "Please give the calendar's web address, which begins with https:// and has no user name in it.",
            "请填写日历的网址，以 https:// 开头，且其中不含用户名。",
        )
    return url


def user_name(text: str) -> None:
    """Refuses a name that can't be sent with a password."""
    if ":" in text:
        raise Refusal("A user name has no colon in it.", "用户名中不能有冒号。")


def typed(
    en: str, zh: str, hint: Words | None = None, check: Callable[[str], object] | None = None, most: int = 300
) -> Any:
    return Question("", Words(en, zh), Text(1, most, check), hint=hint)


class Feed(Page):
    title = Words("Connect an ICS feed", "连接 ICS 订阅地址")
    url: str = typed(
        "What is the feed's address?",
        "订阅地址是什么？",
        Words(
            "Google: Settings → your calendar → Secret address in iCal format. Outlook: Settings → Shared calendars → "
            "Publish → ICS. Apple: Share → Public Calendar.",
            "Google：设置 → 你的日历 → iCal 格式的私密地址；Outlook：设置 → 共享日历 → 发布 → ICS；Apple：共享 → 公开日历。",
        ),
        address,
        LONGEST,
    )


class CalDav(Page):
    title = Words("Connect by CalDAV", "通过 CalDAV 连接")
    url: str = typed(
        "What is the address of the server, or of your calendar there?",
        "服务器或你的日历的地址是什么？",
        Words("Invitations are then written into that calendar.", "面谈会直接写入该日历。"),
        address,
        LONGEST,
    )
    user: str = typed("What is your user name there?", "用户名是什么？", check=user_name)
    password: str = typed(
        "And your app password?",
        "应用专用密码是什么？",
        Words(
            "Please make one for perfloop alone in your calendar account, and don't give your usual password.",
            "请在日历账号中为 perfloop 单独生成一个，不要填写你的常用密码。",
        ),
    )


def own(_records: CalendarRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("calendar", actor)


def connect(records: CalendarRecords, actor: Person, kind: Kind, access: Access, now: datetime) -> Words:
    """Keep how it is reached, and have it read at once."""
    host = urlsplit(access.url).hostname or "?"
    records.calendars.connect(Calendar(actor.id, kind, host, now, now), access)
    records.audit.note(now, actor.id, "calendar.connected", f"person/{actor.id}", {"kind": kind})
    return READING


PARTS: dict[str, Any] = {
    "may": ("calendar", "keep"),
    "of": own,
    "facts": lambda *_: None,
    "subject": lambda *_: "mine",
    "readers": lambda _: KEPT,
    "traceless": True,  # what is typed is secret
}


@flow(
    "calendar-feed",
    TITLE,
    keep=lambda records, actor, _, url, now: connect(records, actor, "feed", Access(address(url)), now),
    **PARTS,
)
def connect_feed(ask: Ask, _facts: None) -> str:
    return ask(Feed).url


@flow(
    "calendar-caldav",
    TITLE,
    keep=lambda records, actor, _, access, now: connect(records, actor, "caldav", access, now),
    **PARTS,
)
def connect_caldav(ask: Ask, _facts: None) -> Access:
    page = ask(CalDav)
    return Access(address(page.url), page.user, page.password)


@view(
    "interview-calendar",
    may=("calendar", "keep"),
    of=own,
    command="interview calendar",
    help=Words("connect your calendar", "连接你的日历"),
)
def my_calendar(records: CalendarRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """Which calendar is connected, and how reading it went."""
    calendar = records.calendars.get(actor.id)
    feed = Button(Feed.title, Act("open", ("calendar-feed", "")))
    caldav = Button(CalDav.title, Act("open", ("calendar-caldav", "")))
    body: list[Element] = [Heading(TITLE)]
    if calendar is None:
        body += [Line(NONE), Buttons((feed, caldav))]
    else:
        sure = Words(
            "I forget the address and your busy times. What I wrote into your calendar stays there.",
            "将删除地址和忙碌时段；已写入日历的日程会保留。",
        )
        again = Button(Words("Read it now", "立即读取"), Act("do", ("calendar-read",)))
        away = Button(Words("Disconnect", "断开"), Act("do", ("calendar-disconnect",)), "danger", sure)
        body += [Line(connected(calendar, actor)), Line(standing(calendar, actor))]
        body += [Buttons((again, away)), Buttons((feed, caldav))]
    return Screen(TITLE, (*body, Note(KEPT)), place=Act("see", ("interview-calendar",)))


@deed("calendar-read", may=("calendar", "keep"), of=own)
def read_now(records: CalendarRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Have it read at once, and say what came of it."""
    calendar = records.calendars.get(actor.id)
    if calendar is None:
        return NONE
    if calendar.read_at and now - calendar.read_at < JUST_NOW:
        return standing(calendar, actor)
    if not calendar.telling:  # else it is under way
        records.calendars.save(replace(calendar, next_at=now, telling=True))
    return READING


@deed("calendar-disconnect", may=("calendar", "keep"), of=own)
def disconnect(records: CalendarRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Forget all about it."""
    if not records.calendars.disconnect(actor.id):
        return NONE
    records.audit.note(now, actor.id, "calendar.disconnected", f"person/{actor.id}", {})
    return Words(
        "It is disconnected: I have deleted the address and your busy times.",
        "已断开：地址和忙碌时段均已删除。",
    )


def connected(calendar: Calendar, person: Person) -> Words:
    """What is connected, and since when; never its address."""
    return Words("Connected: {kind} at {host}, since {day}.", "已连接：{kind}（{host}），自{day}起。").fill(
        kind=KINDS[calendar.kind],
        host=calendar.host,
        day=day_words(local_day(calendar.connected_at, person.zone)),
    )


def standing(calendar: Calendar, person: Person) -> Words:
    """How the last looks went."""
    found = count(calendar.busy, "{n} busy time", "{n} busy times", "{n} 个忙碌时段")
    read = Words("", "")
    if calendar.read_at:
        at = day_and_time(calendar.read_at, person.zone)
        read = Words(
            "Last read {at}: {found} in the next 90 days.", "上次读取：{at}，未来 90 天内有{found}。"
        )
        read = read.fill(at=at, found=found)
    if not calendar.problem:
        return read if calendar.read_at else READING
    trouble = Words("I can't read it at the moment: {why}.", "目前无法读取：{why}。")
    trouble = trouble.fill(why=PROBLEMS[calendar.problem])
    return trouble + same(" ") + read if calendar.read_at else trouble
