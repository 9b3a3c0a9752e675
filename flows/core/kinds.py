"""The kinds of question: how each understands what was said, keeps it as JSON, and tells it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flows.core.refusal import Refusal
from flows.core.said import LONG, Kept, Option, Reader, Said, chosen, enough, keyed, one, several, within
from flows.core.typed import number, percent, yes_no
from flows.core.typed_dates import day
from flows.core.typed_moments import moment
from flows.core.typed_money import money
from flows.core.words import Words, join, same


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
                "That is {long:,} characters; this field takes {most:,}. Please shorten it by {over:,}. "
                "Your text is kept.",
                "共 {long:,} 个字符，这里最多 {most:,} 个，请删去 {over:,} 个。你写的内容已保留。",
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
class Choice:
    """One of several options, chosen by key, by number or by its words."""

    options: tuple[Option, ...]

    def understand(self, said: Said, _reader: Reader) -> Kept:
        return chosen(one(said), self.options).key

    def value(self, kept: Kept) -> Any:
        option = keyed(kept, self.options)
        return kept if option is None or option.value is None else option.value

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        option = keyed(kept, self.options)
        return option.label if option else same(kept)


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of options, at least `least` and at most `most`; kept as a list of keys."""

    options: tuple[Option, ...]
    least: int = 0
    most: int | None = None

    def understand(self, said: Said, _reader: Reader) -> Kept:
        keys = [chosen(part, self.options).key for part in several(said)]
        keys = [option.key for option in self.options if option.key in keys]
        enough("choose", "选", len(keys), self.least, self.most)
        return keys

    def value(self, kept: Kept) -> tuple[Any, ...]:
        return tuple(Choice(self.options).value(key) for key in kept)

    def tell(self, kept: Kept, reader: Reader) -> Words:
        return join(Choice(self.options).tell(key, reader) for key in kept)


@dataclass(frozen=True, slots=True)
class Rating:
    """A whole number of steps, each with a sentence (`anchor`) that says what it looks like; kept as its key."""

    options: tuple[Option, ...]

    def understand(self, said: Said, _reader: Reader) -> Kept:
        return chosen(one(said), self.options).key

    def value(self, kept: Kept) -> int:
        return int(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        option = keyed(kept, self.options)
        return same(f"{kept} · ") + option.label if option else same(kept)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the directory; kept as their id."""

    def understand(self, said: Said, reader: Reader) -> Kept:
        text = one(said)
        found = reader.find(text)
        if found is None:
            raise Refusal(
                "I can't find {text} in the company's directory. Please mention the person with @, or give "
                "their e-mail address.",
                "在公司通讯录中没有找到 {text}。请用 @ 提及对方，或填写邮箱。",
                text=text[:60],
            )
        return found

    def value(self, kept: Kept) -> int:
        return int(kept)

    def tell(self, kept: Kept, reader: Reader) -> Words:
        return same(reader.name_of(kept))


@dataclass(frozen=True, slots=True)
class People:
    """Several people of the directory; kept as a list of their ids."""

    least: int = 0
    most: int | None = None

    def understand(self, said: Said, reader: Reader) -> Kept:
        found = list(dict.fromkeys(Someone().understand(part, reader) for part in several(said)))
        enough("name", "写", len(found), self.least, self.most)
        return found

    def value(self, kept: Kept) -> tuple[int, ...]:
        return tuple(int(one) for one in kept)

    def tell(self, kept: Kept, reader: Reader) -> Words:
        return join(same(reader.name_of(person)) for person in kept)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, not before `least` and not after `most`; kept as an ISO date."""

    least: date | None = None
    most: date | None = None

    def understand(self, said: Said, reader: Reader) -> Kept:
        chosen_day = day(one(said), reader.local.date())
        if chosen_day is None:
            raise Refusal(
                "Please give a day, such as 2026-03-12 or next Friday.",
                "请填写日期，例如 2026-03-12 或 下周五。",
            )
        if self.least and chosen_day < self.least:
            raise Refusal("Please choose a day from {day} on.", "请选择 {day} 或之后的日期。", day=self.least)
        if self.most and chosen_day > self.most:
            raise Refusal("Please choose a day up to {day}.", "请选择 {day} 或之前的日期。", day=self.most)
        return chosen_day.isoformat()

    def value(self, kept: Kept) -> date:
        return date.fromisoformat(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(kept)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the answerer's own zone; kept as [ISO instant in UTC, zone name]."""

    def understand(self, said: Said, reader: Reader) -> Kept:
        text = one(said)
        if re.fullmatch(r"\d{9,11}", text):
            return [datetime.fromtimestamp(int(text), ZoneInfo("UTC")).isoformat(), reader.zone]
        meant = moment(text, reader.local)
        if meant is None:
            raise Refusal(
                "Please give a day and a time, such as next Friday 15:00.",
                "请填写日期和时间，例如 下周五下午3点。",
            )
        return [meant.astimezone(ZoneInfo("UTC")).isoformat(), reader.zone]

    def value(self, kept: Kept) -> datetime:
        return datetime.fromisoformat(kept[0]).astimezone(ZoneInfo(kept[1]))

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        return same(f"{self.value(kept):%Y-%m-%d %H:%M} ({kept[1]})")


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


Kind = (
    Text
    | Number
    | Percent
    | Money
    | YesNo
    | Choice
    | Choices
    | Rating
    | Someone
    | People
    | Day
    | Moment
    | Link
)


def as_said(kind: Kind, kept: Kept, reader: Reader) -> Said | None:
    """A kept answer as it would have been said, for the field in which it is shown again."""
    if kept is None:
        return None
    if isinstance(kind, Someone):
        return reader.mention(kept)
    if isinstance(kind, People):
        return [reader.mention(person) for person in kept]
    if isinstance(kind, YesNo):
        return "yes" if kept else "no"
    if isinstance(kind, Money):
        return f"{kept[0]} {kept[1]}"
    if isinstance(kind, Moment):
        return str(int(datetime.fromisoformat(kept[0]).timestamp()))
    return [str(part) for part in kept] if isinstance(kept, list) else str(kept)
