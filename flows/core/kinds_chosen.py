"""Kinds of question that are answered by choosing: options, people, days and moments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.said import ONE_OF, Kept, Option, Reader, Said, called, chosen, enough, keyed, one, several
from flows.core.typed import tidy
from flows.core.typed_dates import day
from flows.core.typed_moments import moment
from flows.core.words import Words, join, same


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


UNKNOWN = Option("unknown", Words("I can't judge", "无法判断"))
CANT_JUDGE = frozenset(
    (
        "can't judge", "cant judge", "cannot judge", "i can't judge", "i cannot judge", "can't say", "don't know",
        "i don't know", "n/a", "无法判断", "我无法判断", "无法评价", "不好判断", "判断不了", "不了解", "不清楚", "不知道",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rating:
    """A whole number of steps, each with a sentence (`anchor`) that says what it looks like; kept as its key.

    It is chosen by its key or its words, not by its place in the list: "3" is never the third of 1, 3 and 5.
    With `unknown` one may also say that one can't judge. That is an answer, its value is None, and it counts nowhere.
    """

    options: tuple[Option, ...]
    unknown: bool = False

    @property
    def offered(self) -> tuple[Option, ...]:
        """Everything that one may choose: the steps, and that one can't judge."""
        return (*self.options, UNKNOWN) if self.unknown else self.options

    def understand(self, said: Said, reader: Reader) -> Kept:
        text = one(said)
        if option := called(text, self.offered):
            return option.key
        if self.unknown and tidy(text).strip(" .!。") in CANT_JUDGE:
            return UNKNOWN.key
        raise Refusal(ONE_OF + join(self.tell(option.key, reader) for option in self.offered))

    def value(self, kept: Kept) -> int | None:
        return None if kept == UNKNOWN.key else int(kept)

    def tell(self, kept: Kept, _reader: Reader) -> Words:
        if kept == UNKNOWN.key:
            return UNKNOWN.label
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
        chosen_day = self.value(kept)
        told = day_words(chosen_day)
        return Words(f"{told.en} {chosen_day.year}", f"{chosen_day.year}年{told.zh}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the answerer's own zone; kept as [ISO instant in UTC, zone name]."""

    def understand(self, said: Said, reader: Reader) -> Kept:
        text = one(said)
        if re.fullmatch(r"\d{9,10}", text):
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
