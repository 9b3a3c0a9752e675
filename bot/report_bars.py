"""Draws what a report says row by row: bars, shares, and before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from bot.calibration_charts import ink_on, shade
from bot.chart_parts import BLUE, INK, ORANGE, QUIET, WIDE
from bot.report_canvas import EDGE, MARGIN, PLAIN, SMALL, TRACK, Canvas, Key, Letters, height_of
from flows.core.words import Words, same
from flows.reports.frame.spoken import said_of
from flows.reports.report import WITHHELD, Bar, Bars, Change, Changes, Shares

MOST_ROWS = 22  # what a picture of twice its width is high enough for
ROW, THICK = 0.5, 0.3  # inches, as every length here
NAME_ROOM, SAID_ROOM, GAP = 2.5, 2.1, 0.18
ROOM = 0.32  # of a part, for a number of one figure
BEYOND = Decimal("1.25")  # of the whole, is as far as a bar goes; how much more it is stands at its end
MORE = Words("and {n} more: the sheet has all", "另有 {n} 项，完整内容见表格")
NOBODY = Words("nobody", "无")
NOT_SHOWN, NOTHING = Words("not shown", "不显示"), Words("Nothing to show yet", "目前没有可显示的内容")
BLANK = same("")


class Rows:
    """A canvas with a name before each row, a track for what is drawn, and words at its end."""

    def __init__(
        self,
        heading: Words,
        title: Words,
        rows: Sequence[tuple[Words, Words]],
        keys: Sequence[Key],
        letters: Letters,
    ) -> None:
        self._rows, more = rows[:MOST_ROWS], len(rows) - MOST_ROWS
        self._keys = [*keys, *([Key(MORE.fill(n=f"{more:,}"))] if more > 0 else [])]
        high = max(1, len(self._rows)) * ROW
        self.canvas = Canvas(heading, title, high + height_of(self._keys, letters) + 0.4, letters)
        self._ends = self.canvas.body + high + 0.36

        def widest(texts: Sequence[Words], most: float) -> float:
            found = (letters.wide(letters.clean(one), PLAIN) * 1.1 for one in texts)  # bold letters are wider
            return min(most, max(found, default=0.0))

        self._names, self._said = (
            widest([name for name, _ in self._rows], NAME_ROOM),
            widest([said for _, said in self._rows], SAID_ROOM),
        )
        self.left = MARGIN + self._names + GAP
        self.wide = WIDE - MARGIN - (self._said + GAP if self._said else 0.0) - self.left

    def y(self, place: int) -> float:
        """The middle of a row."""
        return self.canvas.body + 0.3 + place * ROW

    def track(self, place: int, high: float = THICK) -> None:
        self.canvas.box(self.left, self.y(place), self.wide, high, TRACK)

    def hatched(self, place: int, words: Words) -> None:
        self.canvas.hatched(self.left, self.y(place), self.wide, THICK, words)

    def done(self, alarms: Sequence[bool] = ()) -> bytes:
        """The picture with its names and words; those of an alarm are bold and in orange."""
        for place, (name, said) in enumerate(self._rows):
            alarm = place < len(alarms) and alarms[place]
            self.canvas.write(MARGIN, self.y(place), name, PLAIN, self._names)
            self.canvas.write(
                WIDE - MARGIN, self.y(place), said, PLAIN, self._said if not alarm else self._said / 1.08,
                side="right", colour=ORANGE if alarm else INK, bold=alarm,
            )  # fmt: skip
        if not self._rows:
            self.canvas.write(WIDE / 2, self.y(0), NOTHING, PLAIN, WIDE, side="center", colour=QUIET)
        self.canvas.keys(self._ends, self._keys)
        return self.canvas.done()

    def scale(self, low: Decimal, high: Decimal) -> Callable[[Decimal], float]:
        """From values to places on the track; what lies outside stands at its end."""
        return lambda value: self.left + self.wide * float((min(max(value, low), high) - low) / (high - low))


def bars(panel: Bars, heading: Words, letters: Letters) -> bytes:
    """A bar a row over its whole, with the mark where it should be; what is behind says so."""
    shown = panel.bars[:MOST_ROWS]
    marked = any(bar.mark is not None for bar in shown)
    keys = [Key(panel.mark, _tick)] if panel.mark is not None and marked else []
    keys += [Key(same("! ") + panel.alarm)] if any(bar.alarm for bar in shown) else []
    rows = Rows(heading, panel.title, [(bar.label, said_at(bar)) for bar in panel.bars], keys, letters)
    low, high = span_of(shown, panel.whole)
    x, canvas = rows.scale(low, high), rows.canvas
    for place, bar in enumerate(shown):
        if bar.said == WITHHELD:
            rows.hatched(place, WITHHELD)
            continue
        y, zero, end = rows.y(place), x(Decimal(0)), x(bar.value)
        rows.track(place)
        canvas.box(min(zero, end), y, abs(end - zero), THICK, ORANGE if bar.alarm else BLUE)
        if not low <= bar.value <= high:
            canvas.box(end + (0.12 if end < zero else -0.16), y, 0.05, THICK, "white")  # broken: it goes on
        if low < 0:
            canvas.box(zero - 0.01, y, 0.02, ROW, QUIET)
        if bar.mark is not None:
            canvas.box(x(bar.mark) - 0.03, y, 0.06, THICK + 0.16, INK, edgecolor="white", linewidth=1)
    return rows.done([bar.alarm for bar in shown])


def said_at(bar: Bar) -> Words:
    """What stands at a bar's end; nothing where its stripes say it."""
    return BLANK if bar.said == WITHHELD else same("! ") + bar.said if bar.alarm else bar.said


def span_of(shown: Sequence[Bar], whole: Decimal | None) -> tuple[Decimal, Decimal]:
    """The ends of the axis: with zero, and with the whole where there is one; a bar far beyond it is cut."""
    values = [value for bar in shown for value in (bar.value, bar.mark) if value is not None]
    low, high = min([Decimal(0), *values]), max([whole or Decimal(0), *values])
    if whole:
        low, high = max(low, -whole * BEYOND), min(high, whole * BEYOND)
    return (low, high) if low < high else (Decimal(0), Decimal(1))


def shares(panel: Shares, heading: Words, letters: Letters) -> bytes:
    """A bar of full width for each row, cut by parts from dark to light; each part has its number."""
    keys = [Key(part, _swatch(shade(nth, len(panel.parts)))) for nth, part in enumerate(panel.parts)]
    said = [(label, BLANK if counts is None else same(f"{sum(counts):,}")) for label, counts in panel.rows]
    rows = Rows(heading, panel.title, said, keys, letters)
    for place, (_, counts) in enumerate(panel.rows[:MOST_ROWS]):
        if counts is None:
            rows.hatched(place, WITHHELD)
        elif not sum(counts):
            rows.track(place)
            rows.canvas.write(rows.left + 0.12, rows.y(place), NOBODY, SMALL, rows.wide, colour=QUIET)
        else:
            _stack(rows, place, counts)
    return rows.done()


def _stack(rows: Rows, place: int, counts: Sequence[int]) -> None:
    """The parts of one row beside each other."""
    canvas, left, y = rows.canvas, rows.left, rows.y(place)
    for nth, counted in enumerate(counts):
        wide, told = rows.wide * counted / sum(counts), same(f"{counted:,}")
        if counted:
            canvas.box(left, y, wide, THICK + 0.04, shade(nth, len(counts)), edgecolor="white", linewidth=1.2)
        if wide >= max(ROOM, canvas.letters.wide(told.en, SMALL) + 0.1):
            canvas.write(
                left + wide / 2, y, told, SMALL, wide, side="center", colour=ink_on(nth, len(counts))
            )
        left += wide


def changes(panel: Changes, heading: Words, letters: Letters) -> bytes:
    """A ring before, a disc after and the way between them for each row; an arrow says up or down."""
    keys = [Key(panel.before, lambda on, x, y: _ring(on, x + 0.2, y))]
    keys += [Key(panel.after, lambda on, x, y: _disc(on, x + 0.2, y))]
    rows = Rows(heading, panel.title, [(row.label, moved(row)) for row in panel.rows], keys, letters)
    shown = panel.rows[:MOST_ROWS]
    values = [value for row in shown for value in (row.before, row.after) if value is not None] or [
        Decimal(0)
    ]
    room = (max(values) - min(values)) * Decimal("0.06") or Decimal(1)
    x, canvas = rows.scale(min(values) - room, max(values) + room), rows.canvas
    for place, row in enumerate(shown):
        y = rows.y(place)
        if row.before is None and row.after is None:
            rows.hatched(place, NOT_SHOWN)
            continue
        rows.track(place, 0.04)
        if row.before is not None and row.after is not None:
            begin, end = sorted((x(row.before), x(row.after)))
            canvas.box(begin, y, end - begin, 0.07, BLUE)
        if row.before is not None:
            _ring(canvas, x(row.before), y)
        if row.after is not None:
            _disc(canvas, x(row.after), y)
    return rows.done()


def moved(row: Change) -> Words:
    """ "3.1 → 3.4 ↑"; a dash where there is nothing."""
    if row.before is None and row.after is None:
        return BLANK
    before, after = ("–" if value is None else said_of(value) for value in (row.before, row.after))
    if row.before is None or row.after is None:
        return same(f"{before} → {after}")
    return same(
        f"{before} → {after} {'↑' if row.after > row.before else '↓' if row.after < row.before else '='}"
    )


def _tick(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x + 0.17, y, 0.06, 0.26, INK)


def _swatch(colour: str) -> Callable[[Canvas, float, float], None]:
    return lambda canvas, x, y: canvas.box(x, y, 0.3, 0.2, colour, edgecolor=EDGE, linewidth=0.6)


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.axes.plot([x], [y], "o", markersize=12, color="white", markeredgecolor=QUIET, markeredgewidth=2)


def _disc(canvas: Canvas, x: float, y: float) -> None:
    canvas.axes.plot([x], [y], "o", markersize=11, color=BLUE)
