"""What single values of a template look like: names, texts in both languages, numbers, days, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import TypeVar

from flows.core.said import clean
from flows.core.words import Words
from flows.cycle.templates.entry import Entry, Read, must_be, say, unknown, unless_empty
from flows.cycle.templates.parts import Part, Problems

T = TypeVar("T")

NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def name(part: Part, problems: Problems) -> str | None:
    """A name that other parts and records go by."""
    if isinstance(part.value, str) and NAME.fullmatch(part.value):
        return part.value
    must_be(
        part, problems,
        "a name of small letters, digits and hyphens, at most 40, such as self-review",
        "由小写字母、数字和连字符组成的名称（最多 40 个字符），例如 self-review",
    )  # fmt: skip
    return None


def words(most: int) -> Read[Words]:
    """A text in both languages of at most `most` characters each."""

    def read(part: Part, problems: Problems) -> Words | None:
        if not isinstance(part.value, Mapping):
            en = "`{key}` is to be said in both languages: write {{ en: …, zh: … }}."
            zh = "`{key}` 需要中英文两种文字：请写成 {{ en: …, zh: … }}。"
            say(problems, part.line, en, zh, key=part.key)
            return None
        entry = Entry(part, ("en", "zh"), problems)
        both = [entry.need(language, text(most)) for language in ("en", "zh")]
        return Words(*both) if entry.sound else None

    return read


def key(part: Part, problems: Problems) -> str | None:
    """What an option or a step is kept under: short, without blanks and commas."""
    if isinstance(part.value, str) and re.fullmatch(r"[^\s,，、;；{}]{1,20}", clean(part.value)):
        return clean(part.value)
    must_be(
        part,
        problems,
        "a short word without blanks and commas, such as A or 3.5",
        "不含空格和逗号的短词，例如 A 或 3.5",
    )
    return None


def whole(least: int, most: int) -> Read[int]:
    """A whole number from `least` to `most`."""

    def read(part: Part, problems: Problems) -> int | None:
        written = part.value if isinstance(part.value, str) else ""
        if re.fullmatch(r"[+-]?[0-9]{1,9}", written) and least <= int(written) <= most:
            return int(written)
        en, zh = f"a whole number from {least} to {most}", f" {least} 到 {most} 之间的整数"
        must_be(part, problems, en, zh)
        return None

    return read


def decimal(part: Part, problems: Problems) -> Decimal | None:
    """A number with at most four digits behind the point."""
    if isinstance(part.value, str) and re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,4})?", part.value):
        return Decimal(part.value)
    must_be(part, problems, "a number such as 20 or 3.75", "数字，例如 20 或 3.75")
    return None


def between(least: int, most: int) -> Read[Decimal]:
    """A number from `least` to `most`, with at most four digits behind the point."""

    def read(part: Part, problems: Problems) -> Decimal | None:
        written = part.value if isinstance(part.value, str) else ""
        if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", written) and least <= Decimal(written) <= most:
            return Decimal(written)
        must_be(part, problems, f"a number from {least} to {most}", f" {least} 到 {most} 之间的数字")
        return None

    return read


def share(part: Part, problems: Problems) -> Decimal | None:
    """Percent, above 0 and up to 100."""
    written = part.value if isinstance(part.value, str) else ""
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", written) and 0 < Decimal(written) <= 100:
        return Decimal(written)
    must_be(
        part, problems, "a number above 0 and up to 100, without %", "大于 0 且不超过 100 的数字（不带 %）"
    )
    return None


def flag(part: Part, problems: Problems) -> bool | None:
    """Yes or no."""
    if isinstance(part.value, str) and part.value.casefold() in YES_NO:
        return YES_NO[part.value.casefold()]
    must_be(part, problems, "yes or no", "yes 或 no")
    return None


def one_of(known: Mapping[str, T]) -> Read[T]:
    """One of some words, each with what it means."""

    def read(part: Part, problems: Problems) -> T | None:
        if isinstance(part.value, str) and part.value in known:
            return known[part.value]
        if isinstance(part.value, str):
            unknown(part.line, part.value, known, problems)
            return None
        must_be(part, problems, "one of " + ", ".join(known), "以下之一：" + "、".join(known))
        return None

    return read


def hour(part: Part, problems: Problems) -> time | None:
    """A time of day at which people may be written to."""
    if isinstance(part.value, str) and re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", part.value):
        found = time.fromisoformat(part.value.zfill(5))
        if time(6) <= found <= time(20):
            return found
    must_be(part, problems, 'a time from "06:00" to "20:00"', "“06:00” 到 “20:00” 之间的时间")
    return None


def day(part: Part, problems: Problems) -> date | None:
    """A calendar day of this century."""
    if isinstance(part.value, str) and re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", part.value):
        try:
            return date.fromisoformat(part.value)
        except ValueError:
            pass
    must_be(part, problems, "a day that exists, such as 2026-10-01", "真实存在的日期，例如 2026-10-01")
    return None


def each(read: Read[T], most: int, least: int = 1, by: str | None = None) -> Read[tuple[T, ...]]:
    """A list; the items that are sound. `by` is the key by which no two items may be the same."""

    def read_all(part: Part, problems: Problems) -> tuple[T, ...] | None:
        if not isinstance(part.value, tuple):
            must_be(
                part,
                problems,
                "a list: one item a line after “- ”, or [a, b]",
                "列表：每行一项，以“- ”开头，或写作 [a, b]",
            )
            return None
        if not least <= len(part.value) <= most:
            en = f"a list of {least} to {most} items" if least else f"a list of at most {most} items"
            zh = f"包含 {least} 到 {most} 项的列表" if least else f"最多 {most} 项的列表"
            must_be(part, problems, en, zh)
        _once(part.value, by, problems)
        found = (unless_empty(item, read, problems) for item in part.value[:most])
        return tuple(value for value in found if value is not None)

    return read_all


def _once(items: tuple[Part, ...], by: str | None, problems: Problems) -> None:
    seen: dict[str, int] = {}
    for item in items:
        told = item.value.get(by) if by and isinstance(item.value, Mapping) else item
        if told is None or not isinstance(told.value, str) or not told.value:
            continue
        if told.value in seen:
            en, zh = "“{it}” stands in line {first} already: {do}.", "“{it}” 在第 {first} 行已经用过：{do}。"
            do = (
                Words("give one of them another name", "请给其中一个换个名称")
                if by
                else Words("take one out", "请删去一个")
            )
            say(problems, told.line, en, zh, it=told.value, first=seen[told.value], do=do)
        else:
            seen[told.value] = told.line


def text(most: int) -> Read[str]:
    """A text of at most `most` characters."""

    def read(part: Part, problems: Problems) -> str | None:
        found = clean(part.value) if isinstance(part.value, str) else ""
        if not found or re.search(r"[{}]", found):
            must_be(part, problems, "a text without curly brackets", "不含花括号的文字")
            return None
        if len(found) > most:
            en = "`{key}` has {n} characters: shorten it to {most}."
            say(
                problems,
                part.line,
                en,
                "`{key}` 共 {n} 个字符：请缩短到 {most} 个以内。",
                key=part.key,
                n=len(found),
                most=most,
            )
            return None
        return found

    return read
