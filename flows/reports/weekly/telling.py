"""Every Monday morning, HR and managers of managers are told in their digest how far everybody is: counts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.core.catalog import deed, notice, sweep
from flows.core.owed import Notice
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, join
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.records import Sweep
from flows.people.person import Person
from flows.reports.frame.listing import OPEN, SWITCH
from flows.reports.frame.showing import LIST
from flows.reports.records import ReportRecords
from flows.reports.rights import own_reports
from flows.reports.weekly.glance import glance, goals_behind

NAME = "reports.weekly"
KIND = "reports.weekly"
EARLIEST = "Etc/GMT-14"  # where a Monday begins first
MORNING = time(9)
SLICE = 500
A_WEEK = timedelta(days=6)  # then the next one comes, and what an older one says would be the same
LATE = timedelta(days=1)  # after that, Monday is over everywhere
STOP = Words("Not every week", "不再每周发送")
OFF = Words(
    "Switched off. The reports stay where they are, and /report list switches it on again.",
    "已关闭。报告仍可随时查看，可在 /report list 中重新开启。",
)
ON = Words("Switched on: it comes on Monday mornings.", "已开启：每周一早上发送。")


def plan_weekly(records: ReportRecords, now: datetime) -> None:
    """Once Monday has begun somewhere, have the week's look planned, while there is anything to tell."""
    today = local_day(now, EARLIEST)
    monday = today - today.weekday() * DAY
    key = f"{NAME}/{monday}"
    if not is_late(monday, now) and records.sweeps.get(key) is None and is_on(records):
        records.sweeps.plan(Sweep(key, {"day": monday.isoformat()}, now))


def is_late(monday: date, now: datetime) -> bool:
    """Whether everybody has that Monday behind them."""
    return now - at_local(monday, MORNING, "UTC") > LATE


def is_on(records: ReportRecords) -> bool:
    """Whether a cycle runs, or check-ins do."""
    programme = records.programmes.current()
    running = programme is not None and programme.state == "running"
    return running or any(cycle.is_running for cycle in records.cycles.in_state("live"))


@sweep(NAME)
def tell_weekly(records: ReportRecords, work: Sweep, now: datetime) -> Sweep:
    """Have the next readers told on the morning of their own Monday."""
    day = date.fromisoformat(work.about["day"])
    if is_late(day, now):
        return replace(work, done=True)
    ids = records.reports.weekly.readers(work.cursor, SLICE)
    readers = [one for one in records.people.many(ids) if wants(records, one)]
    records.notices.add([
        Notice(0, f"{KIND}/{day}/{one.id}", one.id, KIND, {"day": day.isoformat()}, at_local(day, MORNING, one.zone))
        for one in readers
    ])  # fmt: skip
    return replace(work, cursor=ids[-1] if ids else work.cursor, done=len(ids) < SLICE)


def wants(records: ReportRecords, one: Person) -> bool:
    """HR, and whoever leads managers; other roles have nothing here."""
    return one.active and (one.is_hr or records.reports.groups.leads_leads(one.id))


@notice(KIND)
def told(records: ReportRecords, one: Notice, now: datetime) -> list[Element] | None:
    """How far the reader's people are in what is on, and how many goals are at risk; nothing where nothing is on."""
    reader = records.people.get(one.person)
    over = now - at_local(date.fromisoformat(one.about["day"]), MORNING, "UTC") > A_WEEK
    if reader is None or over or records.reports.weekly.is_off(reader.id) or not is_on(records):
        return None
    sentences = [*glance(records, reader, now), *goals_behind(records, reader)]
    if not sentences:
        return None
    buttons = (Button(OPEN, LIST), Button(STOP, Act("do", (SWITCH, "off"))))
    return [Line(join(sentences, " ", "")), Buttons(buttons)]


@deed(SWITCH, may=("reports", "read"), of=own_reports)
def switch(records: ReportRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Switch one's own weekly look on or off."""
    on = about[:1] == ("on",)
    records.reports.weekly.switch(actor.id, now, on=on)
    return ON if on else OFF
