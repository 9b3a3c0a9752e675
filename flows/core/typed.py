"""What a person typed, understood in English and Chinese: numbers, percents, money, yes and no.

Every function gives None for what it does not understand in full; none guesses and none raises.
"""

from __future__ import annotations

import re
from decimal import Decimal

LONGEST = 60  # characters; no number, date or yes is longer, and it bounds the work on hostile text
MOST_DIGITS = 26  # below Decimal's 28, so that no unit rounds what was typed
LARGEST = Decimal(10) ** 18  # fits a signed 64-bit integer

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
LOOKALIKES = str.maketrans(
    "−–￥￡\u3000\u00a0\u2009\u202f’", "--¥£    '", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)

PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
FIGURES = (  # (pattern, what groups the digits, the decimal mark)
    (PLAIN, "", "."),
    (re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"), ",", "."),  # 1,200.50
    (re.compile(r"[1-9][0-9]?(,[0-9]{2})*,[0-9]{3}(\.[0-9]+)?"), ",", "."),  # 12,34,567 as in India
    (re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+"), ".", ","),  # 1.200,50
    (re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3}){2,}"), ".", ","),  # 1.200.000
    (re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?"), " ", "."),  # 1 200,50
    (re.compile(r"[1-9][0-9]{0,2}('[0-9]{3})+(\.[0-9]+)?"), "'", "."),  # 1'200.50 as in Switzerland
    (re.compile(r"[0-9]+,[0-9]{1,2}|0,[0-9]+"), "", ","),  # 3,5
)
UNITS = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mio", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    "w": 10**4,  # 8.5w is how 8.5万 is typed in a hurry
    "lakh": 10**5,
    "crore": 10**7,
}
FIGURE_AND_UNIT = re.compile(r"([0-9.][0-9.,' ]*)([a-z]*)")

DIGITS = {
    character: value
    for value, ten in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆"))
    for character in ten
}
DIGITS |= dict(zip("五六七八九伍陆柒捌玖", (5, 6, 7, 8, 9) * 2, strict=True))
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8}
SPOKEN = re.compile(r"[0-9.][0-9.,' ]*|.")

YES_AND_NO = {
    True: "yes y yeah yep yup ok okay sure true agree agreed correct right 👍 ✅ "
    "是 是的 好 好的 好啊 好呀 对 对的 行 可以 嗯 嗯嗯 要 有 同意 没问题 当然",
    False: "no n nope nah not false disagree 👎 ❌ "
    "否 不 不是 不要 不行 不好 不对 不用 不可以 不同意 没 没有 无",
}
ANSWERS = {word: answer for answer, words in YES_AND_NO.items() for word in words.split()}


def number(text: str) -> Decimal | None:
    """A number: "1,200.50", "１２", "12k", "8.5万", "三十五", "一万二", "1亿2000万"; at most 10¹⁸ either way.

    A comma or dot is read as follows. With both, the last is the decimal mark. A single dot is decimal
    ("1.200" is 1.2). Commas before groups of three digits group thousands ("1,200" is 1200); otherwise a
    single comma is decimal with one or two digits behind it ("3,5") or a zero in front ("0,125").
    A percent sign is left off ("20%" is 20). An exponent ("1e5") is not understood.
    """
    plain = tidy(text).removesuffix("%").rstrip()
    negative = plain.startswith(("-", "负"))
    unsigned = plain[1:].lstrip() if negative or plain.startswith("+") else plain
    value = _with_unit(unsigned)
    if value is None:
        value = chinese(unsigned)
    if value is None or value > LARGEST:
        return None
    return -value if negative and value else value


def percent(text: str) -> Decimal | None:
    """Percent points as typed: "20%", "20 percent", "百分之二十" are 20, "八成" is 80, "0.2" is 0.2."""
    plain = tidy(text)
    if plain.startswith("百分之"):
        return number(plain.removeprefix("百分之"))
    if "成" in plain:
        return _tenths(plain)
    for word in ("percent", "per cent", "pct"):
        plain = plain.removesuffix(word)
    return number(plain)


def yes_no(text: str) -> bool | None:
    """Yes or no in a word or two."""
    return ANSWERS.get(tidy(text).rstrip(".!~。 ").removesuffix(" thanks"))


def chinese(text: str) -> Decimal | None:
    """A number in Chinese numerals, or figures with Chinese units; a last lone digit is a tenth of its unit.

    "一万二" is 12000 and "一万零二" 10002. A row of digits is read one by one ("二〇二七"), but not two of
    them: "三五个" means "three to five".
    """
    whole, point, decimals = text.partition("点")
    if point:
        return _with_point(whole, decimals)
    if len(text) != 2 and text and all(character in DIGITS for character in text):
        return Decimal("".join(str(DIGITS[character]) for character in text))
    return _spoken(SPOKEN.findall(text)) if text else None


def figure(text: str) -> Decimal | None:
    """Digits with a decimal mark and grouped thousands, and nothing else."""
    if sum(character.isdigit() for character in text) > MOST_DIGITS:
        return None
    for pattern, group, mark in FIGURES:
        if pattern.fullmatch(text):
            ungrouped = text.replace(group, "") if group else text
            return Decimal(ungrouped.replace(mark, ".").replace(",", "."))
    return None


def tidy(text: str) -> str:
    """Lower case, half-width, single spaces, no invisible marks; empty where it is too long for an answer."""
    if len(text) > 20 * LONGEST:
        return ""
    plain = " ".join(text.translate(FULL_WIDTH).translate(LOOKALIKES).lower().split())
    return plain if len(plain) <= LONGEST else ""


def _with_unit(text: str) -> Decimal | None:
    match = FIGURE_AND_UNIT.fullmatch(text)
    if match is None or (match[2] and match[2] not in UNITS):
        return None
    value = figure(match[1].rstrip())
    return None if value is None else value * UNITS.get(match[2], 1)


def _with_point(whole: str, decimals: str) -> Decimal | None:
    """What stands around the point of "三点五万"."""
    digits = decimals.rstrip("百千万亿")
    before = chinese(whole)
    if before is None or not digits or not all(character in DIGITS for character in digits):
        return None
    value = Decimal(f"{before}." + "".join(str(DIGITS[character]) for character in digits))
    for unit in decimals[len(digits) :]:
        value *= SMALL.get(unit) or BIG[unit]
    return value


def _spoken(words: list[str]) -> Decimal | None:
    """Digits and units in falling order: thousands inside 万 inside 亿."""
    yi = wan = section = Decimal(0)
    digit: Decimal | None = None
    unit, limit, after_zero = 1, 10**4, False
    for place, word in enumerate(words):
        if DIGITS.get(word) == 0:
            if digit is not None or place == len(words) - 1:
                return None
            after_zero = True
        elif word in SMALL:
            unit = SMALL[word]
            if digit is None and (unit == 10 or place == 0):
                digit = Decimal(1)  # 十五, 百万
            if digit is None or unit >= limit:
                return None
            section, digit, limit, after_zero = section + digit * unit, None, unit, False
        elif word in BIG:
            unit, section, digit = BIG[word], section + (digit or 0), None
            if word == "万" and section and not wan:
                wan = section * unit
            elif word == "亿" and (wan or section) and not yi:
                yi, wan = (wan + section) * unit, Decimal(0)
            else:
                return None
            section, limit, after_zero = Decimal(0), 10**4, False
        else:
            value = Decimal(DIGITS[word]) if word in DIGITS else figure(word.rstrip())
            if value is None or digit is not None:
                return None
            digit = value
    if digit is not None and unit > 1:
        if digit >= unit:
            return None
        if unit > 10 and len(words[-1]) == 1 and not after_zero:
            digit *= unit // 10  # 一万二 is 12000
    return yi + wan + section + (digit or 0)


def _tenths(text: str) -> Decimal | None:
    """八成 is 80 %, 八成五 and 八成半 are 85 %."""
    whole, _, half = text.partition("成")
    tens = chinese(whole)
    ones = Decimal(5) if half == "半" else chinese(half) if half else Decimal(0)
    if tens is None or ones is None or tens > 10 or ones >= 10:
        return None
    return tens * 10 + ones
