"""Days and moments, as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.core.local import instant
from flows.core.typed_dates import day, full_date
from flows.core.typed_moments import moment

WEDNESDAY = date(2027, 3, 10)
DAYS = {
    "2027-3-12": "2027-03-12",
    "2027-03-12": "2027-03-12",
    "2027/3/12": "2027-03-12",
    "2027.3.12": "2027-03-12",
    "20270312": "2027-03-12",
    "12.3.2027": "2027-03-12",
    "25/12/2027": "2027-12-25",
    "12/25/2027": "2027-12-25",
    "25/12": "2027-12-25",
    "3/3": "2028-03-03",
    "12 March": "2027-03-12",
    "March 12": "2027-03-12",
    "Mar 12 2027": "2027-03-12",
    "Mar. 12, 2027": "2027-03-12",
    "12th of March 2027": "2027-03-12",
    "12-Mar-2027": "2027-03-12",
    "9 March": "2028-03-09",
    "10 March": "2027-03-10",
    "29 Feb": "2028-02-29",
    "the 5th": "2027-04-05",
    "31st": "2027-03-31",
    "5th of next month": "2027-04-05",
    "today": "2027-03-10",
    "Tomorrow": "2027-03-11",
    "day after tomorrow": "2027-03-12",
    "yesterday": "2027-03-09",
    "Friday": "2027-03-12",
    "on Friday": "2027-03-12",
    "Wednesday": "2027-03-10",
    "Tue": "2027-03-16",
    "this Friday": "2027-03-12",
    "this Monday": "2027-03-08",
    "next Friday": "2027-03-19",
    "next Monday": "2027-03-15",
    "Friday next week": "2027-03-19",
    "last Friday": "2027-03-05",
    "in 3 days": "2027-03-13",
    "in a week": "2027-03-17",
    "in two weeks": "2027-03-24",
    "3 days from now": "2027-03-13",
    "2 weeks ago": "2027-02-24",
    "in 1 month": "2027-04-10",
    "end of month": "2027-03-31",
    "end of the month": "2027-03-31",
    "end of next month": "2027-04-30",
    "end of the quarter": "2027-03-31",
    "end of year": "2027-12-31",
    "今天": "2027-03-10",
    "明天": "2027-03-11",
    "后天": "2027-03-12",
    "大后天": "2027-03-13",
    "昨天": "2027-03-09",
    "周五": "2027-03-12",
    "周三": "2027-03-10",
    "星期日": "2027-03-14",
    "礼拜天": "2027-03-14",
    "本周五": "2027-03-12",
    "这周一": "2027-03-08",
    "下周五": "2027-03-19",
    "下个星期一": "2027-03-15",
    "下下周一": "2027-03-22",
    "上周五": "2027-03-05",
    "三天后": "2027-03-13",
    "3天后": "2027-03-13",
    "3日后": "2027-03-13",
    "两周后": "2027-03-24",
    "一个星期后": "2027-03-17",
    "3个月后": "2027-06-10",
    "三天前": "2027-03-07",
    "3月12日": "2027-03-12",
    "３月１２日": "2027-03-12",
    "三月十二号": "2027-03-12",
    "3月9日": "2028-03-09",
    "2027年3月12日": "2027-03-12",
    "二〇二七年三月十二日": "2027-03-12",
    "今年3月1日": "2027-03-01",
    "明年3月1日": "2028-03-01",
    "15号": "2027-03-15",
    "5号": "2027-04-05",
    "31号": "2027-03-31",
    "本月1号": "2027-03-01",
    "下个月1号": "2027-04-01",
    "下月15日": "2027-04-15",
    "月底": "2027-03-31",
    "下个月底": "2027-04-30",
    "季末": "2027-03-31",
    "年底": "2027-12-31",
    "明年年底": "2028-12-31",
}
NO_DAYS = [
    "", "10", "5", "soon", "3/12", "3/12/2027", "12.3", "12 Mar 27", "2027", "2027-02-29", "31 April",
    "2027-13-01", "0202-01-01", "2200-01-01", "9999-12-31", "next month", "next week", "March", "tomorrow?",
    "friday friday", "in 9999 days", "in 999 years",
    "下周", "下个月31号", "周八", "13月1日", "2月30日", "一", "日", "32号", "0号",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_typed_day_is_understood(text: str, expected: str) -> None:
    assert day(text, WEDNESDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_not_clearly_a_day_is_none(text: str) -> None:
    assert day(text, WEDNESDAY) is None


@pytest.mark.parametrize("text", ["tomorrow", "Friday", "12 March", "3月12日", "15号", "月底", "25/12"])
def test_a_file_holds_only_dates_with_their_year(text: str) -> None:
    assert full_date(text) is None


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_friday_means_the_same_wherever_the_week_begins(today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    assert day("next Friday", today) == day("下周五", today) == monday + timedelta(days=11)
    assert day("this Friday", today) == day("本周五", today) == monday + timedelta(days=4)
    bare = day("Friday", today)
    assert bare == day("周五", today)
    assert bare is not None
    assert bare.weekday() == 4
    assert timedelta() <= bare - today < timedelta(days=7)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_written_date_is_read_back(written: date) -> None:
    y, m, d = written.year, written.month, written.day
    forms = [
        written.isoformat(), f"{y}/{m}/{d}", f"{d}.{m}.{y}", f"{y}年{m}月{d}日", f"{y:04}{m:02}{d:02}",
        written.strftime("%B %d, ") + str(y), written.strftime("%d %b ") + str(y),
    ]  # fmt: skip
    assert {day(form, WEDNESDAY) for form in forms} == {full_date(form) for form in forms} == {written}


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.dates(date(2028, 1, 1), date(2028, 12, 31)))
def test_a_date_without_a_year_is_the_next_one(today: date, written: date) -> None:
    found = day(f"{written.month}月{written.day}日", today)
    assert found is not None
    assert (found.month, found.day) == (written.month, written.day)
    assert found >= today
    assert found == day(written.strftime("%d %B"), today)


BERLIN = datetime(2027, 3, 10, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
MOMENTS = {
    "next Friday 15:00": "2027-03-19T15:00+01:00",
    "next Friday at 3 pm": "2027-03-19T15:00+01:00",
    "15:00 next Friday": "2027-03-19T15:00+01:00",
    "tomorrow 3pm": "2027-03-11T15:00+01:00",
    "3:30 p.m. tomorrow": "2027-03-11T15:30+01:00",
    "tomorrow, 12am": "2027-03-11T00:00+01:00",
    "tomorrow 12pm": "2027-03-11T12:00+01:00",
    "noon tomorrow": "2027-03-11T12:00+01:00",
    "12 March 15:00": "2027-03-12T15:00+01:00",
    "2027-03-12 15:00": "2027-03-12T15:00+01:00",
    "2027-03-12T15:00+08:00": "2027-03-12T08:00+01:00",
    "2027-03-12T15:00Z": "2027-03-12T16:00+01:00",
    "15:00": "2027-03-10T15:00+01:00",
    "14:00": "2027-03-11T14:00+01:00",
    "9am": "2027-03-11T09:00+01:00",
    "in 2 hours": "2027-03-10T16:00+01:00",
    "in 90 minutes": "2027-03-10T15:30+01:00",
    "下周五15:00": "2027-03-19T15:00+01:00",
    "下周五下午3点": "2027-03-19T15:00+01:00",
    "下周五下午三点半": "2027-03-19T15:30+01:00",
    "明天9点半": "2027-03-11T09:30+01:00",
    "明天九点一刻": "2027-03-11T09:15+01:00",
    "明天十点零五分": "2027-03-11T10:05+01:00",
    "明天的上午10点": "2027-03-11T10:00+01:00",
    "明早九点": "2027-03-11T09:00+01:00",
    "今晚8点": "2027-03-10T20:00+01:00",
    "中午12点半": "2027-03-11T12:30+01:00",
    "晚上12点": "2027-03-11T00:00+01:00",
    "明天凌晨12点": "2027-03-11T00:00+01:00",
    "3月12日下午3:15": "2027-03-12T15:15+01:00",
    "两小时后": "2027-03-10T16:00+01:00",
    "半小时后": "2027-03-10T14:30+01:00",
}


@pytest.mark.parametrize(("text", "expected"), MOMENTS.items())
def test_a_typed_moment_is_understood(text: str, expected: str) -> None:
    found = moment(text, BERLIN)
    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is BERLIN.tzinfo


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "at 9", "tomorrow at 9", "25:00", "tomorrow 24:30", "13pm", "0am", "12:60", "noon noon",
     "周五晚上1点", "2027-3-115:00", "9999-12-31T23:59Z", "0001-01-01T00:00+23:00"],
)  # fmt: skip
def test_what_is_not_clearly_a_moment_is_none(text: str) -> None:
    assert moment(text, BERLIN) is None


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28T01:00Z"),  # skipped: 03:00 summer time
        ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31T00:30Z"),  # happens twice: the first
        (
            "America/Nuuk",
            "2027-03-27 23:30",
            "2027-03-28T00:59:59Z",
        ),  # skipped until midnight: stays on its day
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02T15:30Z"),  # half an hour
        ("Asia/Shanghai", "2027-03-28 02:30", "2027-03-27T18:30Z"),
        ("Pacific/Apia", "2011-12-30 09:00", "2011-12-30T10:00Z"),  # a day that never was
    ],
)
def test_a_clock_change_moves_a_local_time_to_an_instant_that_exists(
    zone: str, wall: str, expected: str
) -> None:
    found = instant(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is UTC


def test_a_moment_in_a_gap_or_an_overlap_follows_the_same_rule() -> None:
    for text, hour, minute in (("2027-03-28 02:30", 1, 0), ("2027-10-31 02:30", 0, 30)):
        found = moment(text, BERLIN)
        assert found is not None
        utc = found.astimezone(UTC)
        assert (utc.hour, utc.minute) == (hour, minute)


def test_an_hour_later_is_an_hour_by_the_stopwatch() -> None:
    before = datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN.tzinfo)
    found = moment("in 1 hour", before)
    assert found is not None
    assert (found.hour, found.minute) == (3, 30)


ANY_TEXT = st.text() | st.text(
    alphabet="0123456789-/.: 年月日号周下本五底天后点半上午pmaefridynxtoh", max_size=60
)


@given(ANY_TEXT)
@example("\ud800")
@example("9" * 10_000)
@example("1:" * 5_000)
@example("下" * 60)
@example("2027-03-12T15:00+99:99")
def test_no_text_raises(text: str) -> None:
    day(text, WEDNESDAY)
    full_date(text)
    moment(text, BERLIN)
