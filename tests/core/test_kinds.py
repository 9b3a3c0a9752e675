"""Every kind of question: what it understands, what it keeps, what it refuses with which words, and how it tells it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.kinds import (
    Choice,
    Choices,
    Day,
    Kind,
    Link,
    Moment,
    Money,
    Number,
    People,
    Percent,
    Rating,
    Someone,
    Text,
    YesNo,
    as_said,
)
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.said import Option, Reader, clean
from flows.core.sitting import understand_one
from flows.core.words import Words

NOW = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)  # a Wednesday
PEOPLE = {"ana@example.com": 7, "@ana ribeiro": 7, "account:U7": 7, "account:U8": 8, "王强": 8}
NAMES = {7: "Ana Ribeiro", 8: "王强"}


def reader(language: str = "en", now: datetime = NOW) -> Reader:
    return Reader(
        language,
        "Asia/Shanghai",
        now,
        lambda text: PEOPLE.get(text.casefold()) or PEOPLE.get(text),
        lambda person: NAMES.get(person, "?"),
        lambda person: f"account:U{person}",
    )


PLACES = (
    Option("office", Words("Office", "办公室")),
    Option("home", Words("At home", "在家"), value="H"),
    Option("2", Words("Three", "三号")),
)
STEPS = (
    Option("1", Words("Rough", "很糟"), Words("Bad", "差")),
    Option("5", Words("Great", "很好")),
)
JUDGED = Rating(STEPS, unknown=True)
ONE_OF = "Please choose one of: 1 Office, 2 At home, 3 Three"

UNDERSTOOD: list[tuple[Kind, Any, Any, Any, str, str]] = [
    # kind, said, kept, value, told in English, told in Chinese
    (Text(), "  two\r\nlines  ", "two\nlines", "two\nlines", "two\nlines", "two\nlines"),
    (Text(), "<!channel> & *b*", "<!channel> & *b*", "<!channel> & *b*", "<!channel> & *b*", "<!channel> & *b*"),
    (Text(), "a\x00b\x07c", "abc", "abc", "abc", "abc"),
    (Text(), "half \ud83d", "half \ufffd", "half \ufffd", "half \ufffd", "half \ufffd"),
    (Number(), "8.5万", "85000", Decimal(85000), "85,000", "85,000"),
    (Number(Words("days", "天")), "1,200", "1200", Decimal(1200), "1,200 days", "1,200 天"),
    (Number(least=Decimal(0)), "0", "0", Decimal(0), "0", "0"),
    (Number(), "-0", "0", Decimal(0), "0", "0"),
    (Percent(), "20%", "20", Decimal(20), "20%", "20%"),
    (Percent(), "八成", "80", Decimal(80), "80%", "80%"),
    (Percent(), "百分之十二", "12", Decimal(12), "12%", "12%"),
    (Money("EUR"), "1,200", ["1200", "EUR"], (Decimal(1200), "EUR"), "1,200 EUR", "1,200 EUR"),
    (Money(), "USD 20k", ["20000", "USD"], (Decimal(20000), "USD"), "20,000 USD", "20,000 USD"),
    (Money(), "8.5万元", ["85000", "CNY"], (Decimal(85000), "CNY"), "85,000 CNY", "85,000 CNY"),
    (YesNo(), "Yes", True, True, "Yes", "是"),
    (YesNo(), "不是", False, False, "No", "否"),
    (Choice(PLACES), "office", "office", "office", "Office", "办公室"),
    (Choice(PLACES), "at home.", "home", "H", "At home", "在家"),
    (Choice(PLACES), "在家", "home", "H", "At home", "在家"),
    (Choice(PLACES), "1", "office", "office", "Office", "办公室"),
    (Choice(PLACES), "2", "2", "2", "Three", "三号"),  # its own key comes before the place in the list
    (Choices(PLACES), ["home", "office"], ["office", "home"], ("office", "H"), "Office, At home", "办公室、在家"),
    (Choices(PLACES), "在家，办公室", ["office", "home"], ("office", "H"), "Office, At home", "办公室、在家"),
    (Choices(PLACES), "1, 1", ["office"], ("office",), "Office", "办公室"),
    (Rating(STEPS), "5", "5", 5, "5 · Great", "5 · 很好"),
    (Rating(STEPS), "很好", "5", 5, "5 · Great", "5 · 很好"),
    (JUDGED, "5", "5", 5, "5 · Great", "5 · 很好"),
    (JUDGED, "unknown", "unknown", None, "I can't judge", "无法判断"),
    (JUDGED, "I can’t judge.", "unknown", None, "I can't judge", "无法判断"),
    (JUDGED, "Can't judge", "unknown", None, "I can't judge", "无法判断"),
    (JUDGED, "无法判断。", "unknown", None, "I can't judge", "无法判断"),
    (JUDGED, "不清楚", "unknown", None, "I can't judge", "无法判断"),
    (Someone(), "account:U7", 7, 7, "Ana Ribeiro", "Ana Ribeiro"),
    (Someone(), "@Ana Ribeiro", 7, 7, "Ana Ribeiro", "Ana Ribeiro"),
    (People(), "ana@example.com、王强", [7, 8], (7, 8), "Ana Ribeiro, 王强", "Ana Ribeiro、王强"),
    (People(), ["account:U8", "account:U8"], [8], (8,), "王强", "王强"),
    (Day(), "下周五", "2026-03-13", date(2026, 3, 13), "Friday 13 March 2026", "2026年3月13日（周五）"),
    (Day(), "2026-03-12", "2026-03-12", date(2026, 3, 12), "Thursday 12 March 2026", "2026年3月12日（周四）"),
    (
        Moment(), "下周五下午3点", ["2026-03-13T07:00:00+00:00", "Asia/Shanghai"],
        datetime(2026, 3, 13, 7, tzinfo=UTC), "2026-03-13 15:00 (Asia/Shanghai)", "2026-03-13 15:00 (Asia/Shanghai)",
    ),
    (
        Moment(), "1773385200", ["2026-03-13T07:00:00+00:00", "Asia/Shanghai"],
        datetime(2026, 3, 13, 7, tzinfo=UTC), "2026-03-13 15:00 (Asia/Shanghai)", "2026-03-13 15:00 (Asia/Shanghai)",
    ),
    (Link(), "https://a.example/x?y=1&z", *["https://a.example/x?y=1&z"] * 4),
    (Link(), "<https://a.example|a.example>", *["https://a.example"] * 4),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "kept", "value", "en", "zh"), UNDERSTOOD)
def test_it_is_understood_kept_as_json_and_told_back(
    kind: Kind, said: Any, kept: Any, value: Any, en: str, zh: str
) -> None:
    found = kind.understand(said, reader())
    assert found == kept
    assert kind.understand(said, reader("zh")) == kept
    assert json.loads(json.dumps(found)) == found
    assert kind.value(found) == value
    told = kind.tell(found, reader())
    assert (told.en, told.zh) == (en, zh)


@pytest.mark.parametrize(("kind", "said", "kept", "value", "en", "zh"), UNDERSTOOD)
def test_what_stands_in_the_field_again_means_the_same(
    kind: Kind, said: Any, kept: Any, value: Any, en: str, zh: str
) -> None:
    again = as_said(kind, kept, reader())
    assert again is not None
    assert kind.understand(again, reader()) == kept


REFUSED: list[tuple[Kind, Any, str, str]] = [
    (Text(most=3), "abcd", "That is 4 characters; this field takes 3. Please shorten it by 1.",
     "共 4 个字符，这里最多 3 个，请删去 1 个。"),
    (Text(), "x" * 4000, "That is 4,000 characters; this field takes 3,000.", "共 4,000 个字符，这里最多 3,000 个"),
    (Number(), "many", "Please give a number, such as 85, 1,200 or 8.5k.", "请填写一个数字，例如 85、1,200 或 8.5万。"),
    (Number(least=Decimal(0)), "-1", "Please give at least 0.", "不能小于 0。"),
    (Number(most=Decimal(1000)), "1,001", "Please give at most 1,000.", "不能大于 1,000。"),
    (Number(), "9" * 4000, "Please give a number", "请填写一个数字"),
    (Number(), "nan", "Please give a number", "请填写一个数字"),
    (Number(), "inf", "Please give a number", "请填写一个数字"),
    (Percent(), "120%", "Please give at most 100.", "不能大于 100。"),
    (Percent(), "half", "Please give a percentage, such as 20 or 20%.", "请填写百分比，例如 20 或 20%。"),
    (Money(), "-5", "Please give at least 0.", "不能小于 0。"),
    (Money(), "12 bananas", "Please give an amount, such as 1,200 or EUR 1,200.", "请填写金额，例如 8.5万 或 1,200 欧元。"),
    (YesNo(), "maybe", "Please answer yes or no.", "请回答“是”或“否”。"),
    (Choice(PLACES), "4", ONE_OF, "请从中选择一项：1 办公室、2 在家、3 三号"),
    (Choice(PLACES), "x" * 4000, ONE_OF, "请从中选择一项"),
    (Choices(PLACES, least=2), ["home"], "Please choose at least 2.", "请至少选 2 个。"),
    (Choices(PLACES, most=1), ["home", "office"], "Please choose at most 1.", "最多选 1 个。"),
    (Choices(PLACES), ["gone"], ONE_OF, "请从中选择一项"),
    (Rating(STEPS), "3", "Please choose one of: 1 · Rough, 5 · Great", "请从中选择一项：1 · 很糟、5 · 很好"),
    (Rating(STEPS), "2", "Please choose one of: 1 · Rough, 5 · Great", "请从中选择一项：1 · 很糟、5 · 很好"),
    (Rating(STEPS), "can't judge", "Please choose one of: 1 · Rough, 5 · Great", "请从中选择一项：1 · 很糟、5 · 很好"),
    (JUDGED, "3", "Please choose one of: 1 · Rough, 5 · Great, I can't judge", "1 · 很糟、5 · 很好、无法判断"),
    (Someone(), "nobody", "I can't find nobody in the company's directory.", "在公司通讯录中没有找到 nobody。"),
    (Someone(), "{name}" * 50, "I can't find {name}{name}", "在公司通讯录中没有找到 {name}{name}"),
    (People(least=2), ["account:U7"], "Please name at least 2.", "请至少写 2 个。"),
    (People(most=1), ["account:U7", "account:U8"], "Please name at most 1.", "最多写 1 个。"),
    (People(), ["account:U7", "account:U9"], "I can't find account:U9", "没有找到 account:U9"),
    (Day(), "someday", "Please give a day, such as 2026-03-12 or next Friday.", "请填写日期，例如 2026-03-12 或 下周五。"),
    (Day(), "2026-02-30", "Please give a day", "请填写日期"),
    (Day(least=date(2026, 3, 4)), "2026-03-03", "Please choose a day from 2026-03-04 on.", "请选择 2026-03-04 或之后的日期。"),
    (Day(most=date(2026, 3, 4)), "2026-03-05", "Please choose a day up to 2026-03-04.", "请选择 2026-03-04 或之前的日期。"),
    (Moment(), "next Friday", "Please give a day and a time, such as next Friday 15:00.",
     "请填写日期和时间，例如 下周五下午3点。"),
    (Moment(), "99999999999", "Please give a day and a time", "请填写日期和时间"),
    (Link(), "javascript:alert(1)", "Please give a web address that starts with https://.", "请填写以 https:// 开头的网址。"),
    (Link(), "https://", "Please give a web address", "请填写以 https:// 开头的网址"),
    (Link(), "https://a.example/<script>", "Please give a web address", "请填写以 https:// 开头的网址"),
    (Link(), "https://a.example/" + "x" * 4000, "Please give a web address", "请填写以 https:// 开头的网址"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "en", "zh"), REFUSED)
def test_it_is_refused_in_words_that_say_what_to_do(kind: Kind, said: Any, en: str, zh: str) -> None:
    with pytest.raises(Refusal) as no:
        kind.understand(said, reader())
    assert no.value.words.en.startswith(en)
    assert zh in no.value.words.zh


EVERY: list[Kind] = [
    Text(), Text(4), Number(), Percent(), Money(), YesNo(), Choice(PLACES), Choices(PLACES), Rating(STEPS), JUDGED, Someone(),
    People(), Day(), Moment(), Link(),
]  # fmt: skip
NOTHING = [
    "",
    "   ",
    "\n\t",
    "\x00\x01",
    "\u200b\u200d\ufeff",
    "\u202e\u2066",
    "\u3000\u00a0",
    [],
    [""],
    ["\u200b"],
]


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: type(kind).__name__)
@pytest.mark.parametrize("said", [None, *NOTHING])
def test_nothing_is_nothing_where_it_is_optional_and_asked_for_where_not(kind: Kind, said: Any) -> None:
    words = Words("?", "？")
    assert understand_one(Question("q", words, kind, optional=True), said, reader()) is None
    with pytest.raises(Refusal, match="needs an answer"):
        understand_one(Question("q", words, kind), said, reader())


MOMENTS = st.integers(631_152_000, 7_258_118_400).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)  # to 2200
ANYTHING = st.text(st.characters(), max_size=80) | st.lists(st.text(st.characters(), max_size=20), max_size=4)
TYPED = st.one_of(
    ANYTHING,
    st.from_regex(r"[A-Z]{0,3} ?[0-9]{1,6}([.,][0-9]{1,4}){0,2} ?(k|万|亿|%|CNY|€|kwd)?", fullmatch=True),
    st.sampled_from(
        [
            "next Friday 15:00",
            "in 2 hours",
            "now",
            "半小时后",
            "今晚8点",
            "2026-10-25 02:30",
            "eom",
            "是",
            "1",
        ]
    ),
    st.sampled_from(sorted(PEOPLE)),
    st.lists(st.sampled_from(["office", "home", "2", "在家"]), min_size=1),
)


@given(st.sampled_from(EVERY), TYPED, MOMENTS)
def test_whatever_is_typed_is_refused_in_words_or_kept_as_json_that_means_the_same_again(
    kind: Kind, said: Any, now: datetime
) -> None:
    who = reader(now=now)
    refused: Words | None = None
    try:
        kept = kind.understand(said, who)
    except Refusal as no:
        refused = no.words
    if refused is not None:
        assert refused.en
        assert refused.zh
        return
    assert json.loads(json.dumps(kept)) == kept
    kind.value(kept)
    told = kind.tell(kept, who)
    told.en.encode()
    told.zh.encode()
    again = as_said(kind, kept, who)
    assert again is not None
    assert kind.value(kind.understand(again, who)) == kind.value(kept)


@given(st.text(st.characters()))
def test_cleaned_text_can_be_kept_anywhere_and_is_clean(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["CNY", "EUR", "KWD"]))
def test_every_amount_means_the_same_again(amount: Decimal, currency: str) -> None:
    kept = [f"{amount:f}", currency]
    kind = Money(least=None)
    again = as_said(kind, kept, reader())
    assert again is not None
    assert kind.value(kind.understand(again, reader())) == kind.value(kept)


@given(MOMENTS)
def test_every_moment_means_the_same_again(moment: datetime) -> None:
    kept = [moment.replace(microsecond=0).isoformat(), "Asia/Shanghai"]
    again = as_said(Moment(), kept, reader())
    assert again is not None
    assert Moment().understand(again, reader()) == kept


def test_an_option_that_is_gone_is_still_told() -> None:
    assert Choice(PLACES).tell("gone", reader()) == Words("gone", "gone")
    assert Choice(PLACES).value("gone") == "gone"
    assert Rating(STEPS).tell("3", reader()) == Words("3", "3")


def test_nothing_stands_in_a_field_that_has_no_answer() -> None:
    assert [as_said(kind, None, reader()) for kind in EVERY] == [None] * len(EVERY)


def test_a_day_means_the_answerers_own() -> None:
    late = NOW + timedelta(hours=10)  # Wednesday in London, Thursday in Shanghai
    assert Day().understand("today", reader(now=late)) == "2026-03-05"


def test_a_text_can_be_refused_by_what_it_has_to_be() -> None:
    def check(text: str) -> None:
        if "!" in text:
            raise Refusal("Calmly, please.", "请平静。")

    with pytest.raises(Refusal, match="Calmly"):
        Text(check=check).understand("help!", reader())
