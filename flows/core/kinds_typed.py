"""Kinds of question that are answered by typing: text, number, percent, money, yes or no, link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.said import LONG, Kept, Reader, Said, one, within
from flows.core.typed import number, percent, yes_no
from flows.core.typed_money import money
from flows.core.words import Words, same


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line, or of several when `lines` is more than 1; `check` refuses what it can't use."""

    lines: int = 1
    most: int = LONG
    check: Callable[[str], object] | None = None

    def understand(self, said: Said, _reader: Reader) -> Kept:
        text = one(said)
        if len(text) > self.most:
            raise Refusal(
                "That is {long:,} characters; this field takes {most:,}. Please shorten it by {over:,}.",
                "共 {long:,} 个字符，这里最多 {most:,} 个，请删去 {over:,} 个。",
                long=len(text), most=self.most, over=len(text) - self.most,
            )  # fmt: skip
        if self.check:
            self.check(text)
        return text

    def value(self, kept: Kept) -> str:
        return str(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(kept)


@dataclass(frozen=True, slots=True)
class Number:
    """A number between `least` and `most`, in `unit`; kept as a decimal's text."""

    unit: Words | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def understand(self, said: Said, _reader: Reader) -> Kept:
        figure = number(one(said))
        if figure is None:
            raise Refusal(
                "Please give a number, such as 85, 1,200 or 8.5k.",
                "请填写一个数字，例如 85、1,200 或 8.5万。",
            )
        return within(figure, self.least, self.most)

    def value(self, kept: Kept) -> Decimal:
        return Decimal(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        figure = same(f"{Decimal(kept):,}")
        return figure + same(" ") + self.unit if self.unit else figure


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage in points (20 means 20 %)."""

    least: Decimal | None = Decimal(0)
    most: Decimal | None = Decimal(100)

    def understand(self, said: Said, _reader: Reader) -> Kept:
        points = percent(one(said))
        if points is None:
            raise Refusal("Please give a percentage, such as 20 or 20%.", "请填写百分比，例如 20 或 20%。")
        return within(points, self.least, self.most)

    def value(self, kept: Kept) -> Decimal:
        return Decimal(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(f"{Decimal(kept):f}%")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in `currency` (ISO code) unless another is named with it; kept as [amount, currency]."""

    currency: str = "CNY"
    least: Decimal | None = Decimal(0)
    most: Decimal | None = None

    def understand(self, said: Said, _reader: Reader) -> Kept:
        found = money(one(said))
        if found is None:
            raise Refusal(
                "Please give an amount, such as 1,200 or EUR 1,200.", "请填写金额，例如 8.5万 或 1,200 欧元。"
            )
        amount, currency = found
        return [within(amount, self.least, self.most), currency or self.currency]

    def value(self, kept: Kept) -> tuple[Decimal, str]:
        return Decimal(kept[0]), str(kept[1])

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(f"{Decimal(kept[0]):,} {kept[1]}")


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def understand(self, said: Said, _reader: Reader) -> Kept:
        answer = yes_no(one(said))
        if answer is None:
            raise Refusal("Please answer yes or no.", "请回答“是”或“否”。")
        return answer

    def value(self, kept: Kept) -> bool:
        return bool(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return Words("Yes", "是") if kept else Words("No", "否")


@dataclass(frozen=True, slots=True)
class Link:
    """A web address."""

    def understand(self, said: Said, _reader: Reader) -> Kept:
        text = one(said).strip("<>").split("|")[0]
        if len(text) > LONG or not re.fullmatch(r"https?://[^\s/<>\"]+(/[^\s<>\"]*)?", text):
            raise Refusal(
                "Please give a web address that starts with https://.", "请填写以 https:// 开头的网址。"
            )
        return text

    def value(self, kept: Kept) -> str:
        return str(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(kept)
