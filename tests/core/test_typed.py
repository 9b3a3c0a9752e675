"""Numbers, percents, money, yes and no, as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.core.typed import LARGEST, number, percent, yes_no
from flows.core.typed_money import money

NUMBERS = {
    "12": "12",
    " 12 ": "12",
    "１２": "12",
    "１，２００．５": "1200.5",
    "007": "7",
    ".5": "0.5",
    "-3.5": "-3.5",
    "−3": "-3",
    "+3": "3",
    "-0": "0",
    "1,200.50": "1200.50",
    "1,200": "1200",
    "12,000,000": "12000000",
    "12,34,567": "1234567",
    "1.200,50": "1200.50",
    "1.200.000": "1200000",
    "1.200": "1.200",
    "1 200,50": "1200.50",
    "1\u202f200": "1200",
    "1'200.50": "1200.50",
    "1’200": "1200",
    "3,5": "3.5",
    "0,125": "0.125",
    "12k": "12000",
    "12 K": "12000",
    "2.5m": "2500000",
    "2.5 million": "2500000",
    "1bn": "1000000000",
    "3 thousand": "3000",
    "5 lakh": "500000",
    "2 crore": "20000000",
    "8.5w": "85000",
    "20%": "20",
    "20 ％": "20",
    "8.5万": "85000",
    "3亿": "300000000",
    "3百": "300",
    "3千5百": "3500",
    "2,000万": "20000000",
    "1亿2000万": "120000000",
    "3万5": "35000",
    "3万5千": "35000",
    "20 万": "200000",
    "三万亿": "3000000000000",
    "零": "0",
    "三": "3",
    "十": "10",
    "十二": "12",
    "三十五": "35",
    "两百": "200",
    "两百五": "250",
    "一百零五": "105",
    "一百一十": "110",
    "一千零五十": "1050",
    "一千五": "1500",
    "一万二": "12000",
    "一万零二": "10002",
    "一亿三": "130000000",
    "百万": "1000000",
    "三点五": "3.5",
    "三点五万": "35000",
    "负三": "-3",
    "二〇二七": "2027",
    "壹万贰仟": "12000",
    "1\u200b2": "12",
    "9" * 18: "9" * 18,
}

NO_NUMBERS = [
    "", " ", "about 20", "20 or so", "NaN", "inf", "-Infinity", "1e308", "1e5", "0x10", "1,2000", "1.2.3",
    "1,200,50", "1.200,5.0", ",", ".", "1,", "1.", "12x", "--3", "3-5", "²", "①", "٣", "1_000", "5 5", "None",
    "9" * 19, "9" * 61, "二三", "三五", "万", "一百零", "十百", "一万万", "几百", "约20", "12个", "3万50000",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_a_typed_number_is_understood(text: str, expected: str) -> None:
    assert number(text) == Decimal(expected)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_not_clearly_a_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20%", "20"),
        ("20 percent", "20"),
        ("20 per cent", "20"),
        ("2.5pct", "2.5"),
        ("２０％", "20"),
        ("20", "20"),
        ("0.2", "0.2"),
        ("-5%", "-5"),
        ("120%", "120"),
        ("百分之二十", "20"),
        ("百分之12.5", "12.5"),
        ("百分之百", "100"),
        ("八成", "80"),
        ("8成", "80"),
        ("八成五", "85"),
        ("七成半", "75"),
        ("十成", "100"),
        ("成", None),
        ("二十成", None),
        ("half", None),
        ("%", None),
        ("", None),
    ],
)
def test_a_percent_is_in_points_as_typed(text: str, expected: str | None) -> None:
    assert percent(text) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("8.5万元", "85000", "CNY"),
        ("人民币 8.5万元", "85000", "CNY"),
        ("¥300", "300", "CNY"),
        ("￥３００", "300", "CNY"),
        ("RMB300", "300", "CNY"),
        ("十块钱", "10", "CNY"),
        ("三千元整", "3000", "CNY"),
        ("300円", "300", "JPY"),
        ("JP¥300", "300", "JPY"),
        ("€1,200", "1200", "EUR"),
        ("€3.500", "3500", "EUR"),
        ("1.200,50 €", "1200.50", "EUR"),
        ("100 欧元", "100", "EUR"),
        ("R$ 3.500,00", "3500", "BRL"),
        ("USD 20k", "20000", "USD"),
        ("20k usd", "20000", "USD"),
        ("$1.2m", "1200000", "USD"),
        ("HK$500", "500", "HKD"),
        ("500港币", "500", "HKD"),
        ("Rs. 5 lakh", "500000", "INR"),
        ("KWD 3.500", "3.5", "KWD"),
        ("-€5", "-5", "EUR"),
        ("€-5", "-5", "EUR"),
        ("1,200", "1200", None),
        ("0.500", "0.5", None),
        ("12 dollars", "12", "USD"),
        ("£1 200", "1200", "GBP"),
    ],
)
def test_money_has_an_amount_and_its_currency_if_named(text: str, amount: str, currency: str | None) -> None:
    assert money(text) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["", "$", "元", "EUR 5 USD", "$ €", "5%", "--5", "-€-5", "a lot", "5 bitcoins"]
)
def test_what_is_not_clearly_money_is_none(text: str) -> None:
    assert money(text) is None


@pytest.mark.parametrize(
    "text", ["yes", "Y", "ok", "OK!", "Sure.", "yes thanks", "是", "是的。", "好", "好的！", "行", "👍"]
)
def test_a_yes_is_a_yes(text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize("text", ["no", "N", "Nope", "no thanks", "否", "不", "不是", "不用。", "没有", "❌"])
def test_a_no_is_a_no(text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "不知道", "yes and no", "好不好", "1"])
def test_neither_is_none(text: str) -> None:
    assert yes_no(text) is None


@given(st.text())
@example("\ud800")
@example("9" * 10_000)
@example("1," * 5_000)
@example(" " * 10_000 + "1")
@example("零" * 60)
@example("1 " * 30)
@example("一万" * 30)
@example("八成成")
def test_no_text_raises(text: str) -> None:
    for read in (number, percent, money, yes_no):
        read(text)


@given(st.text(alphabet="0123456789.,' -+%kmw万亿千百十零一二两三五点成百分之元$€", max_size=60))
def test_no_text_of_the_right_letters_raises(text: str) -> None:
    for read in (number, percent, money):
        read(text)


@given(st.decimals(min_value=-LARGEST, max_value=LARGEST, places=2))
def test_a_formatted_number_is_read_back(value: Decimal) -> None:
    english, german = f"{value:,}", f"{value:,}".translate(str.maketrans(",.", ".,"))
    assert (
        number(f"{value}") == number(english) == number(german) == number(english.replace(",", " ")) == value
    )
    assert money(f"{english} 元") == (value, "CNY")
    assert percent(f"{value}%") == value


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_chinese_numeral_is_read_back(value: int) -> None:
    assert number(spoken(value)) == value


def spoken(value: int) -> str:
    """A whole number below 10¹² in Chinese, every zero between two digits said."""
    said, gap = "", False
    for place, digit in zip(range(11, -1, -1), map(int, f"{value:012}"), strict=True):
        if digit:
            said += (
                ("零" if gap and said else "")
                + "零一二三四五六七八九"[digit]
                + ("", "十", "百", "千")[place % 4]
            )
        gap = not digit
        if place in (4, 8) and value // 10**place % 10**4:
            said += "万" if place == 4 else "亿"
    return said or "零"
