"""People connect their calendars: what they type is never seen again, and talks are proposed around what they have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.interviews.calendars import Access, Calendar
from flows.interviews.heard import failed, read
from tests.stories.releasing import person
from tests.stories.test_interviews import calendars, opened, talk

FEED = "webcal://127.0.0.1/calendar/private-0123456789/basic.ics"
SECRETS = ("private-0123456789", "basic.ics", "app-password-9")


def calendar_of(town: Any, name: str) -> Calendar | None:
    who = person(town, name).id
    found: Calendar | None = town.records(lambda records: records.calendars.get(who))
    return found


def looked(town: Any, name: str, problem: str) -> None:
    """The bot has looked: it has done so itself where it has a network."""
    town.settle()
    calendar = calendar_of(town, name)
    assert calendar is not None
    if not calendar.problem:
        town.records(lambda records: failed(records, calendar, problem, town.now()))
        town.settle()


def seen(player: Any) -> Iterator[str]:
    yield player.window()
    yield from player.messages()


def test_what_is_connected_is_read_told_and_taken_away_and_never_shown(quiet_town: Any) -> None:
    town = quiet_town
    jonas = town.player("jonas")
    jonas.command("/interview calendar")
    assert "No calendar is connected." in jonas.window()
    assert "never what it is, nor with whom" in jonas.window()
    jonas.touch("Connect an ICS feed")
    jonas.fill(url="my calendar")
    assert jonas.submit() == {
        "url": "Please give the calendar's web address, which begins with https:// and has no user name in it."
    }
    assert jonas.field("url") == "my calendar"
    jonas.fill(url=FEED)
    assert jonas.submit() == {}
    assert "I am reading it now" in jonas.window()
    looked(town, "jonas", "inside")
    assert "Connected: ICS feed at 127.0.0.1" in jonas.messages()[-1]
    assert "I can't read it at the moment: the address leads into a private network" in jonas.messages()[-1]
    jonas.close()
    jonas.command("/interview calendar")
    assert "the address leads into a private network" in jonas.window()
    jonas.touch("Connect an ICS feed")
    assert not jonas.field("url"), "what was typed once is not there again"
    jonas.close()
    jonas.command("/interview calendar")
    jonas.touch("Disconnect")
    assert "I have deleted the address and your busy times" in jonas.window() + jonas.aside()
    assert calendar_of(town, "jonas") is None
    assert not [text for text in seen(jonas) for secret in SECRETS if secret in text]
    who = person(town, "jonas").id
    assert town.records(lambda records: records.conversations.find("calendar-feed", who, "mine")) is None


def test_caldav_in_chinese_and_on_somebody_else_s_screen(quiet_town: Any) -> None:
    town = quiet_town
    lina = town.player("lina")
    lina.command("/interview calendar")
    lina.touch("通过 CalDAV 连接")
    lina.fill(url="https://lina@127.0.0.1/", user="li:na", password="app-password-9")
    wrong = lina.submit()
    assert wrong == {
        "url": "请填写日历的网址，以 https:// 开头，且其中不含用户名。",
        "user": "用户名中不能有冒号。",
    }
    lina.fill(url="https://127.0.0.1/dav/", user="lina", password="app-password-9")
    assert lina.submit() == {}
    looked(town, "lina", "inside")
    assert "目前无法读取：该地址指向内部网络" in lina.messages()[-1]
    lina.close()
    lina.command("/interview calendar")
    assert "已连接：CalDAV（127.0.0.1）" in lina.window()
    assert not [text for text in seen(lina) for secret in SECRETS if secret in text]
    kavya = town.player("kavya")
    kavya.command("/interview")
    kavya.touch("Your calendar")
    assert "No calendar is connected." in kavya.window(), "everybody sees their own"


def test_a_feed_that_stops_is_told_of_once_with_the_day_s_digest(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    connect(town, "jonas", [])
    jonas = town.player("jonas")
    assert "0 busy times in the next 90 days" in jonas.messages()[-1]
    for _ in range(4):
        town.to(town.now() + timedelta(hours=12))
        calendar = calendar_of(town, "jonas")
        town.records(lambda records, found=calendar: failed(records, found, "slow", town.now()))
    town.to(town.now() + timedelta(days=2))
    said = "I can't read your calendar at cal.example.com: the server takes too long to answer."
    assert len([text for text in jonas.messages() if said in text]) == 1
    jonas.command("/interview calendar")
    jonas.touch("Read it now")
    found = calendar_of(town, "jonas")
    assert found is not None
    assert found.telling
    assert found.next_at <= town.now()


def connect(town: Any, name: str, busy: list[tuple[datetime, datetime]], kind: str = "feed") -> None:
    """Somebody's calendar, as it stands once it was read."""
    who, now = person(town, name).id, town.now()
    calendar = Calendar(who, kind, "cal.example.com", now, now)  # type: ignore[arg-type]

    def keep(records: Any) -> None:
        records.calendars.connect(calendar, Access("https://cal.example.com/"))
        read(records, calendar, busy, now)

    town.records(keep)
    town.settle()


def test_talks_are_proposed_around_what_both_calendars_say(bare_quiet_town: Any) -> None:
    """Jonas is busy on odd days, and his manager on those that 4 divides."""
    town = bare_quiet_town
    days = [datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=n) for n in range(60)]
    connect(town, "jonas", [(day, day + timedelta(days=1)) for day in days if day.day % 2])
    connect(town, "chenwei", [(day, day + timedelta(days=1)) for day in days if day.day % 4 == 0])
    cycle = opened(town)
    slots = talk(town, cycle, "jonas").slots
    assert len(slots) == 3
    assert {start.day % 4 for start, _ in slots} == {2}


def test_a_manager_with_caldav_gets_no_file_and_the_employee_does(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    connect(town, "chenwei", [], "caldav")
    cycle = opened(town)
    jonas = town.player("jonas")
    jonas.command("/interview pick")
    jonas.touch("Take this time", beside="Thursday 19 March")
    assert [one[0] for one in calendars(jonas)] == ["REQUEST"]
    assert calendars(town.player("chenwei")) == []
    who = person(town, "chenwei").id
    (writing,) = town.records(lambda records: records.calendars.writings_of(who))
    assert writing.invitation.starts_at == talk(town, cycle, "jonas").starts_at
