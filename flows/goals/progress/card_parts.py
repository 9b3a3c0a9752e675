"""The parts of a goal's card: where it stands and why, the ways to report, its steps, and its latest values."""

from __future__ import annotations

from collections.abc import Sequence

from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Row
from flows.core.words import Words, join, same
from flows.goals.amounts import figure, percent, told
from flows.goals.kept import ActionStep
from flows.goals.measure.series import series_of
from flows.goals.measure.standing import Standing
from flows.goals.pictures.panels import short_of
from flows.goals.progress.granting import undecided, ways_to_decide
from flows.goals.progress.progress import taps
from flows.goals.progress.recording import told_value, why_not_reported
from flows.goals.progress.sources import latest, reading_elements
from flows.goals.records import GoalsRecords
from flows.people.person import Person

NOTHING = same("")
LATEST = 3  # values on the card; all of them are one tap away
SIGNALS = {
    "off_track": Words("off its track", "进度落后"),
    "drop": Words("has dropped suddenly", "突然下滑"),
    "silent": Words("no update for three weeks", "三周没有更新"),
    "forecast": Words("will probably miss its target", "很可能达不到目标值"),
}


def standing_elements(found: Standing, within: bool) -> list[Element]:
    """The numbers, each with how it came about; how sure somebody is and what to look at, for the goal's line."""
    goal, rows = found.goal, []
    if goal.terms.shape != "objective":
        rows.append((Words("Value", "当前数值"), told_value(goal.terms, found.value)))
    if found.valued != NOTHING and (found.below or is_gathered(found)):
        rows.append((Words("Made of", "数值来源"), found.valued))
    reached = percent(found.attainment) if found.attainment is not None else "–"
    rows.append((Words("Attainment", "达成率"), same(reached)))
    if found.formula != NOTHING:
        rows.append((Words("Computed", "计算方式"), found.formula))
    if found.expected is not None:
        rows.append((Words("Expected by now", "当前应达成"), same(percent(found.expected))))
    if found.forecast is not None:
        rows.append((Words("Heading for", "预计期末"), forecast_words(found)))
    last = found.readings[-1].confidence if found.readings and within else None
    if last is not None:
        rows.append((Words("Confidence", "把握"), same(f"{last}/10")))
    if found.signals and within:
        words = join(SIGNALS[signal.kind] for signal in found.signals)
        rows.append((Words("To look at", "需要关注"), words))
    return [Facts(tuple(rows))]


def is_gathered(found: Standing) -> bool:
    """Whether several imported values make the one that is shown; of the latest there is nothing to add."""
    imported = bool(found.readings) and found.readings[0].series != series_of(found.goal)
    return imported and found.goal.terms.gather != "latest"


def forecast_words(found: Standing) -> Words:
    """The end value to be expected and the band in which it lies four times of five."""
    if found.forecast is None:
        return NOTHING
    unit, ends = found.goal.terms.unit, found.forecast
    words = Words(
        "{middle} (between {low} and {high} in 4 of 5 cases)",
        "{middle}（80% 的可能介于 {low} 与 {high} 之间）",
    )
    low, high = figure(short_of(ends.low)), figure(short_of(ends.high))
    return words.fill(middle=told(short_of(ends.middle), unit), low=low, high=high)


def report_elements(records: GoalsRecords, found: Standing) -> list[Element]:
    """The quick ways to report; where the value comes from elsewhere, that it does."""
    words = why_not_reported(records, found.goal)
    if words is None:
        return [Buttons(taps(found))]
    return [Note(words.fill(goal=found.goal.title))]


def step_elements(
    records: GoalsRecords, steps: Sequence[ActionStep], within: bool, writes: bool, decides: bool
) -> list[Element]:
    """The action steps: done with a tap by whoever answers for them, decided on by the other side.

    Only those `within` the goal's line see them.
    """
    if not steps or not within:
        return []
    body: list[Element] = [Divider(), Heading(Words("Action steps", "行动步骤"))]
    for step in steps:
        if writes and step.done_on is None:
            done = Button(Words("Done", "完成"), Act("do", ("goal-step-done", str(step.id))))
            body.append(Row(step_words(step), done, same(step.title)))
        else:
            body.append(Line(same(f"{step.title}\n") + step_words(step)))
        body += decision_elements(records, step)
        body += [ways_to_decide(step)] if decides and undecided([step]) else []
    return body


def step_words(step: ActionStep) -> Words:
    """Until when, what it takes, and whether that is granted."""
    parts = []
    if step.done_on:
        parts.append(Words("done on {day}", "已于{day}完成").fill(day=day_words(step.done_on)))
    elif step.due:
        parts.append(Words("until {day}", "{day}前").fill(day=day_words(step.due)))
    if step.needs:
        parts.append(Words("takes: {needs}", "所需资源：{needs}").fill(needs=step.needs))
        parts.append(DECISIONS[step.decision])
    return join(parts, " · ", " · ") if parts else Words("no day set", "未定日期")


DECISIONS = {
    "": Words("not decided yet", "待审批"),
    "granted": Words("granted", "已批准"),
    "declined": Words("declined", "已婉拒"),
}


def decision_elements(records: GoalsRecords, step: ActionStep) -> list[Element]:
    """What was said about the decision, and by whom."""
    by = records.people.get(step.decided_by) if step.decided_by and step.note else None
    return [Note(same(f"{by.name}: “{step.note}”"))] if by else []


def value_elements(
    records: GoalsRecords, found: Standing, actor: Person, within: bool, corrects: bool
) -> list[Element]:
    """The latest values down to their source, newest first."""
    if not found.readings:
        return []
    body: list[Element] = [Divider(), Heading(Words("Values", "数值记录"))]
    for reading in latest(found.readings, LATEST):
        body += reading_elements(records, found.goal, reading, actor, within, corrects)
    if len(found.readings) > LATEST:
        every = Words("All {n} values", "全部 {n} 个数值").fill(n=len(found.readings))
        body.append(Buttons((Button(every, Act("see", ("goal-readings", found.goal.key))),)))
    return body
