"""A report's panels in words, for whoever can't see the picture: what is largest, smallest and behind, and the forecast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from flows.core.rounding import half_up
from flows.core.words import Words, count, join, same
from flows.cycle.progress import short_day
from flows.goals.amounts import figure
from flows.reports.report import WITHHELD, Bar, Bars, Change, Changes, Forecast, Line, Lines, Panel, Shares

T = TypeVar("T")

LONGEST = 1000  # signs of a picture's words, as Slack takes them
LONGEST_NAME, LONGEST_TITLE = 60, 150
MOST = 8  # rows that are told one by one; of more only those at the ends are
ENDS = 3
PLACES = Decimal("0.01")

EMPTY = Words("There is nothing to show yet.", "目前没有可显示的内容。")
NOBODY = Words("nobody", "无")
STOP, COLON = Words(".", "。"), Words(": ", "：")
PAIR = same("{before} → {after}")


def panel_words(panel: Panel) -> Words:
    """The panel in at most `LONGEST` signs in each language."""
    sentences = list(_sentences(panel)) or [EMPTY]
    return shortened([cut(panel.title, LONGEST_TITLE) + STOP, *sentences])


def shortened(sentences: Sequence[Words]) -> Words:
    """As many of the sentences, from the first on, as there is room for."""
    return Words(_fitting([one.en for one in sentences], " "), _fitting([one.zh for one in sentences], ""))


def cut(words: Words, most: int = LONGEST_NAME) -> Words:
    """At most so many signs; what was cut ends with three dots."""
    return Words(
        *(text if len(text) <= most else text[: most - 1].rstrip() + "…" for text in (words.en, words.zh))
    )


def said_of(value: Decimal, whole: Decimal | None = None) -> str:
    """A value with at most two places; of a hundred it is a percentage."""
    return figure(half_up(value, PLACES)) + ("%" if whole == 100 else "")


def _sentences(panel: Panel) -> Iterable[Words]:
    match panel:
        case Bars():
            return _bars(panel)
        case Shares():
            return _shares(panel)
        case Lines():
            return _lines(panel)
        case Changes():
            return _changes(panel)


def _bars(panel: Bars) -> Iterable[Words]:
    if len(panel.bars) <= MOST:
        yield from (bar_words(bar) + STOP for bar in panel.bars)
    else:
        told = [bar for bar in panel.bars if bar.said != WITHHELD]
        ranked = sorted(told, key=lambda bar: -bar.value)
        yield Words("{n} rows. Largest: {rows}.", "共 {n} 项。最高：{rows}。").fill(
            n=f"{len(panel.bars):,}", rows=_listed(ranked[:ENDS], bar_words)
        )
        yield Words("Smallest: {rows}.", "最低：{rows}。").fill(rows=_listed(ranked[-ENDS:], bar_words))
    if late := [bar for bar in panel.bars if bar.alarm]:
        yield _sentence(panel.alarm) + COLON + _listed(late, lambda bar: cut(bar.label)) + STOP
    if panel.mark is not None and (
        mark := next((bar.mark for bar in panel.bars if bar.mark is not None), None)
    ):
        alike = all(bar.mark == mark for bar in panel.bars)
        words = cut(panel.mark, LONGEST_TITLE)
        yield (words + COLON + same(said_of(mark, panel.whole)) if alike else words) + STOP


def bar_words(bar: Bar) -> Words:
    """A bar in words: "Sales: 12/20"."""
    return cut(bar.label) + COLON + cut(bar.said)


def _shares(panel: Shares) -> Iterable[Words]:
    shown = [(label, counts) for label, counts in panel.rows if counts is not None]
    parts = [cut(part) for part in panel.parts]
    for label, counts in shown[:MOST]:
        told = [part + same(f" {number:,}") for part, number in zip(parts, counts, strict=False) if number]
        yield cut(label) + COLON + (join(told) if told else NOBODY) + STOP
    if len(shown) > MOST:
        yield _more(len(shown) - MOST)
    if few := len(panel.rows) - len(shown):
        yield count(few, "{n} row", "{n} rows", "{n} 项") + COLON + WITHHELD + STOP


def _lines(panel: Lines) -> Iterable[Words]:
    drawn = [line for line in panel.lines if line.points]
    for line in drawn[:MOST]:
        yield line_words(line, panel.whole)
    if len(drawn) > MOST:
        yield _more(len(drawn) - MOST)
    if drawn and panel.plan is not None and panel.plan.points:
        last, _ = drawn[0].points[-1]
        yield _at(panel.plan.name, planned(panel.plan, last), last, panel.whole)
    if panel.forecast is not None and panel.forecast.points:
        yield forecast_words(panel.forecast, panel.whole)


def planned(plan: Line, day: date) -> Decimal:
    """The plan on a day: on the straight way between its points, and as at its ends outside of them."""
    before = [point for point in plan.points if point[0] <= day] or plan.points[:1]
    after = [point for point in plan.points if point[0] >= day] or plan.points[-1:]
    (begin, low), (end, high) = before[-1], after[0]
    return low if begin >= end else low + (high - low) * (day - begin).days / (end - begin).days


def line_words(line: Line, whole: Decimal | None) -> Words:
    """A line in words: where it begins and ends, and between which values it moved."""
    (first, began), (last, ends) = line.points[0], line.points[-1]
    if len(line.points) == 1:
        return _at(line.name, ends, last, whole)
    values = [value for _, value in line.points]
    return Words(
        "{name}: from {began} on {first} to {ends} on {last}, between {low} and {high}.",
        "{name}：从 {first} 的 {began} 到 {last} 的 {ends}，介于 {low} 与 {high} 之间。",
    ).fill(
        name=cut(line.name), began=said_of(began, whole), first=short_day(first), ends=said_of(ends, whole),
        last=short_day(last), low=said_of(min(values), whole), high=said_of(max(values), whole),
    )  # fmt: skip


def forecast_words(forecast: Forecast, whole: Decimal | None) -> Words:
    """Where it will be at the end of the forecast, and how that was found."""
    day, low, middle, high = forecast.points[-1]
    return Words(
        "Forecast for {day}: {middle}, between {low} and {high}. {said}",
        "预测到 {day}：{middle}，介于 {low} 与 {high} 之间。{said}",
    ).fill(
        day=short_day(day), middle=said_of(middle, whole), low=said_of(low, whole), high=said_of(high, whole),
        said=cut(forecast.said, LONGEST_TITLE),
    )  # fmt: skip


def _changes(panel: Changes) -> Iterable[Words]:
    known = [
        (row, row.after - row.before)
        for row in panel.rows
        if row.before is not None and row.after is not None
    ]
    if not panel.rows:
        return
    yield PAIR.fill(before=cut(panel.before), after=cut(panel.after)) + STOP
    if len(known) <= MOST:
        yield from (change_words(row) + STOP for row, _ in known)
    else:
        ranked = [row for row, _ in sorted(known, key=lambda pair: -pair[1])]
        yield Words("Rose most: {rows}.", "上升最多：{rows}。").fill(
            rows=_listed(ranked[:ENDS], change_words)
        )
        yield Words("Fell most, or rose least: {rows}.", "下降最多（或上升最少）：{rows}。").fill(
            rows=_listed(ranked[: -ENDS - 1 : -1], change_words)
        )
    up, down = sum(by > 0 for _, by in known), sum(by < 0 for _, by in known)
    yield Words(
        "{up} higher, {down} lower, {same} the same.", "{up} 项上升，{down} 项下降，{same} 项不变。"
    ).fill(up=f"{up:,}", down=f"{down:,}", same=f"{len(known) - up - down:,}")
    if few := len(panel.rows) - len(known):
        yield count(few, "{n} row is not shown.", "{n} rows are not shown.", "{n} 项不显示。")


def change_words(row: Change) -> Words:
    """A row in words: "Sales: 3.1 → 3.4"; a dash where there is nothing to compare."""
    before, after = ("–" if value is None else said_of(value) for value in (row.before, row.after))
    return cut(row.label) + COLON + PAIR.fill(before=before, after=after)


def _listed(rows: Sequence[T], told: Callable[[T], Words]) -> Words:
    found = join(told(row) for row in rows[:MOST])
    if len(rows) <= MOST:
        return found
    return found + Words(" and {n} more", "等，另有 {n} 项").fill(n=f"{len(rows) - MOST:,}")


def _more(number: int) -> Words:
    return Words("And {n} more.", "另有 {n} 项。").fill(n=f"{number:,}")


def _at(name: Words, value: Decimal, day: date, whole: Decimal | None) -> Words:
    return Words("{name}: {value} on {day}.", "{name}：{day} 为 {value}。").fill(
        name=cut(name), value=said_of(value, whole), day=short_day(day)
    )


def _sentence(words: Words) -> Words:
    """The words as a sentence begins."""
    return Words(words.en[:1].upper() + words.en[1:], words.zh)


def _fitting(sentences: Sequence[str], between: str) -> str:
    found = ""
    for sentence in sentences:
        longer = f"{found}{between}{sentence}" if found else sentence
        if len(longer) > LONGEST - 1:
            return found + "…"
        found = longer
    return found
