"""How one goal reads in a line: what it aims at, how it stands, and whose word is awaited."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flows.core.words import Words, count, join, same
from flows.goals.agreeing.negotiation import awaits, is_turn_of
from flows.goals.agreeing.telling import PARTS, PERSPECTIVES
from flows.goals.amounts import figure, percent, told
from flows.goals.kept import Goal, Terms
from flows.goals.measure.standing import Standing
from flows.goals.pictures.panels import off_words
from flows.goals.pictures.picturing import is_off
from flows.goals.progress.recording import told_value
from flows.people.person import Person

BETWEEN = " · "
NOTHING = same("")
CELLS = 10  # of a bar made of text
LONGEST_COMMENT = 200  # characters of a comment in a line; the goal's own screen shows all of it


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands on both sides of somebody's goals, and who looks."""

    owner: Person
    other: Person | None
    viewer: Person

    def name_of(self, owners: bool) -> Words:
        """Who is meant, as the viewer calls them."""
        side = self.owner if owners else self.other
        if side is None:
            return Words("the manager", "上级")
        return Words("you", "你") if side.id == self.viewer.id else same(side.name)


def state_line(goal: Goal, sides: Sides, comment: str = "", rewritten: bool = False) -> Words:
    """How far the negotiation is, as the viewer reads it; `comment` is what was asked for last."""
    turn = sides.name_of(is_turn_of(goal, sides.owner.id))
    match goal.state:
        case "draft":
            return Words("draft, only you see it", "草稿，仅你可见")
        case "withdrawn":
            return Words("withdrawn", "已撤回")
        case "returned" if rewritten:
            return Words("rewritten, not proposed again yet", "已修改，尚未重新提交")
        case "returned":
            words = Words("changes asked of {who}", "需要{who}修改").fill(who=turn)
            return words + (same(f": “{short(comment)}”") if comment else NOTHING)
        case "proposed":
            return Words("waits for {who}", "等待{who}确认").fill(who=turn)
    if not awaits(goal):
        return Words("agreed", "已确认")
    if goal.leaving:
        return Words("agreed; to be withdrawn, waits for {who}", "已确认；申请撤回，等待{who}确认").fill(
            who=turn
        )
    return Words("agreed; a change waits for {who}", "已确认；修改内容等待{who}确认").fill(who=turn)


def short(text: str) -> str:
    """A comment as one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_COMMENT else line[:LONGEST_COMMENT] + "…"


def aim(terms: Terms) -> Words:
    """What is aimed at: "from 12 to 20 customers"; nothing where no number is set."""
    if terms.shape == "milestones":
        return count(len(terms.milestones), "{n} milestone", "{n} milestones", "{n} 个里程碑")
    if terms.shape == "yes_no":
        return Words("done or not", "是否完成")
    if terms.target is None or terms.shape == "objective":
        return NOTHING
    target = told(terms.target, terms.unit)
    if terms.baseline is not None:
        start = same(figure(terms.baseline)) if terms.unit != "%" else told(terms.baseline, terms.unit)
        return Words("from {start} to {target}", "从 {start} 到 {target}").fill(start=start, target=target)
    if terms.lower:
        return Words("at most {target}", "不超过 {target}").fill(target=target)
    return Words("target {target}", "目标值 {target}").fill(target=target)


def weight_words(terms: Terms) -> Words:
    """What it weighs, or adds and takes off; nothing where all weigh the same."""
    if terms.weight is None:
        return PARTS[terms.part] if terms.part != "ordinary" else NOTHING
    weight = same(f"{figure(terms.weight)}%")
    match terms.part:
        case "bonus":
            return Words("bonus up to {weight}", "加分项，最多 {weight}").fill(weight=weight)
        case "penalty":
            return Words("penalty up to {weight}", "扣分项，最多 {weight}").fill(weight=weight)
    return Words("weight {weight}", "权重 {weight}").fill(weight=weight)


def where(standing: Standing | None) -> Words:
    """Where it stands now, in its own unit and in percent; nothing while nothing was reported."""
    if standing is None or (standing.value is None and standing.attainment is None):
        return NOTHING
    terms, parts = standing.goal.terms, []
    if standing.value is not None and terms.shape != "yes_no":
        parts.append(Words("now {value}", "当前 {value}").fill(value=told_value(terms, standing.value)))
    if standing.attainment is not None:
        parts.append(Words("{share} done", "完成 {share}").fill(share=percent(standing.attainment)))
    return join(parts, BETWEEN, BETWEEN) + off_words(is_off(standing))


def line(goal: Goal, standing: Standing | None, state: Words) -> Words:
    """A goal in one line: how far the negotiation is, its aim, weight and standing."""
    terms = goal.pending or goal.terms
    perspective = PERSPECTIVES[terms.perspective] if terms.perspective else NOTHING
    parts = (state, aim(terms), weight_words(terms), perspective, where(standing))
    return join((part for part in parts if part != NOTHING), BETWEEN, BETWEEN)


def bar(attainment: Decimal | None) -> str:
    """An attainment in percent as a bar of text: "▰▰▰▱▱▱▱▱▱▱"; empty below 10 %, full from 100 % on."""
    full = min(CELLS, max(0, int((attainment or Decimal()) * CELLS // 100)))
    return "▰" * full + "▱" * (CELLS - full)
