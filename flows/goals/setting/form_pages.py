"""What is asked about one goal: its sentence and kind, then its numbers, and only on request all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.core.kinds import Choice, Day, Kind, Number, Percent, Text, YesNo
from flows.core.page import Page, Question, Questionnaire, as_options, choice, text
from flows.core.said import SHORT, Option
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.goals.agreeing.telling import PARTS, PERSPECTIVES, VISIBILITIES
from flows.goals.amounts import LONGEST_UNIT, told
from flows.goals.kept import LARGEST, Goal, Shape, Terms
from flows.goals.setting.form_lists import milestones_of, steps_of
from flows.goals.smart.checking import Context
from flows.people.person import Person

AMOUNT = Number(least=-LARGEST, most=LARGEST)
HIGHER, LOWER = "higher", "lower"
KINDS: Mapping[Shape, Words] = {
    "number": Words("A number to reach", "数值指标"),
    "objective": Words("An objective with key results (OKR)", "目标与关键结果（OKR）"),
    "milestones": Words("Milestones", "里程碑"),
    "yes_no": Words("Done or not", "是否完成"),
}
PLAIN_KINDS = {kind: words for kind, words in KINDS.items() if kind != "objective"}
EXAMPLE = Words(
    "For example: Raise paying customers from 12 to 20 by the end of the quarter",
    "例如：本季度末把付费客户从 12 家增加到 20 家",
)


@dataclass(frozen=True, slots=True)
class Writing:
    """What the form needs: the cycle, whose goal it is and who writes, and what is known of it already.

    `goal` is None for a new one, `objective` the one that a new key result measures. `other` is who agrees; `parents`
    are goals that it may serve. `today` is the owner's day, `last` the last day that it may be due.
    """

    cycle: Cycle
    owner: Person
    writer: Person
    goal: Goal | None
    objective: Goal | None
    other: Person | None
    parents: tuple[Goal, ...]
    context: Context
    today: date
    last: date

    @property
    def base(self) -> Terms:
        """The terms that the form begins with: those that the other side was asked about last, if there are any."""
        if self.goal:
            return self.goal.pending or self.goal.terms
        if self.objective:
            visibility = self.objective.terms.visibility
            return Terms("", method="okr", parent=self.objective.id, visibility=visibility)
        return Terms("")


class Sentence(Page):
    title = Words("The goal", "目标")
    sentence: str = text("The goal in one sentence", "用一句话写出目标", hint=EXAMPLE)
    kind: Shape = choice("What kind is it?", "目标类型", KINDS)


class KeyResult(Page):
    title = Words("The key result", "关键结果")
    sentence: str = text("The key result in one sentence", "用一句话写出关键结果", hint=EXAMPLE)
    kind: Shape = choice("What kind is it?", "类型", PLAIN_KINDS)


def _ask(
    name: str, en: str, zh: str, kind: Kind, hint: Words | None = None, *, must: bool = False
) -> Question:
    return Question(name, Words(en, zh), kind, not must, hint)


def terms_page(has: Writing, shape: Shape, note: Words) -> Questionnaire:
    """The numbers of a goal of that kind, until when, and what it weighs."""
    asked: list[Question] = []
    if shape == "number":
        asked += [
            _ask("unit", "What is counted?", "单位", Text(1, LONGEST_UNIT),
                 Words("customers, %, CNY, hours…", "家、%、元、小时……")),
            _ask("baseline", "From (where it stands now)", "现状值", AMOUNT),
            _ask("target", "To (target)", "目标值", AMOUNT),
            _ask("way", "Which is better?", "哪个方向更好？", Choice((
                Option(HIGHER, Words("Higher", "越高越好")), Option(LOWER, Words("Lower", "越低越好")),
            )), must=True),
        ]  # fmt: skip
    elif shape == "milestones":
        hint = Words("One per line, in their order.", "每行一个，按先后顺序。")
        asked.append(
            _ask("milestones", "Milestones", "里程碑", Text(6, check=milestones_of), hint, must=True)
        )
    first = min(has.today, has.last, has.base.due or has.today)
    asked.append(_ask("due", "By when?", "截止日期", Day(first, has.last), must=True))
    if has.base.method != "okr" or has.base.shape == "objective":
        hint = Words(
            "All weights make 100%. Left empty everywhere, all weigh the same.",
            "所有目标权重合计 100%；全部留空则权重相同。",
        )
        asked.append(
            _ask("weight", "Weight in percent", "权重（%）", Percent(Decimal(0), Decimal(100)), hint)
        )
        if has.cycle.template.perspectives:
            options = {
                name: PERSPECTIVES[name] for name in PERSPECTIVES if name in has.cycle.template.perspectives
            }
            asked.append(_ask("perspective", "Perspective", "维度", Choice(as_options(options))))
    more = MORE if shape == "number" else MORE_OF_RESULT if is_key_result(has) else MORE_WITHOUT_NUMBER
    asked.append(_ask("more", "Set more?", "更多设置？", YesNo(), more))
    return Questionnaire(shape, Words("Numbers and dates", "数值与日期"), tuple(asked), note)


MORE = Words(
    "Stretch, who may see it, the goal above, source of the data, bonus or penalty, score by steps",
    "挑战值、可见范围、上级目标、数据来源、加分或扣分、分段计分",
)
MORE_WITHOUT_NUMBER = Words(
    "Who may see it, the goal above, bonus or penalty", "可见范围、上级目标、加分或扣分"
)
MORE_OF_RESULT = Words("Who may see it", "可见范围")


def more_page(has: Writing, shape: Shape) -> Questionnaire:
    """All that is seldom needed."""
    asked: list[Question] = []
    if shape == "number":
        asked.append(_ask("stretch", "Stretch (beyond the target)", "挑战值（比目标值更进一步）", AMOUNT))
    visible = Choice(as_options(VISIBILITIES))
    asked.append(_ask("visibility", "Who may see it?", "谁可以看到？", visible, must=True))
    if has.parents and not is_key_result(has):
        options = [Option(str(goal.id), same(goal.title), aim_of(goal)) for goal in has.parents]
        asked.append(
            _ask("parent", "Which goal does it serve?", "对应哪个上级目标？", Choice(tuple(options)))
        )
        if shape == "number":
            asked += counting()
    if shape == "number":
        asked += [
            _ask("measure", "Where does the number come from?", "数据来源", Text(1, SHORT)),
            _ask("metric", "Name of the imported metric", "导入指标的名称", Text(1, 60),
                 Words("Only where data is imported or sent by API", "仅在通过导入或 API 获取数据时填写")),
            _ask("gather", "How do its periods make one value?", "各期数据如何汇总？", Choice((
                Option("latest", Words("The latest counts", "取最新值")), Option("sum", Words("They add up", "累加")),
                Option("mean", Words("Their mean", "取平均值")),
            ))),
            _ask("steps", "Score by steps", "分段计分", Text(4, check=steps_of),
                 Words("One per line, value: score. For example 15: 60", "每行一条，数值：得分。例如 15：60")),
        ]  # fmt: skip
    if not is_key_result(has):
        asked.append(_ask("part", "How does it count?", "计分方式", Choice(as_options(PARTS)), must=True))
    return Questionnaire(f"more-{shape}", Words("More", "更多设置"), tuple(asked))


def counting() -> list[Question]:
    """How its target counts towards the goal above."""
    rules = (
        Option("sum", Words("It adds up (same unit)", "直接累加（单位相同）")),
        Option("factor", Words("Times a factor (another unit)", "乘以系数（单位不同）")),
        Option("none", Words("It is only linked", "仅关联，不计入")),
    )
    hint = Words(
        "How many units of the goal above one of its own makes", "本目标 1 个单位折合上级目标多少单位"
    )
    return [
        _ask("rule", "How does it count for the goal above?", "如何计入上级目标？", Choice(rules)),
        _ask("factor", "Factor", "系数", AMOUNT, hint),
    ]


def is_key_result(has: Writing) -> bool:
    """Whether what is written measures an objective."""
    return has.objective is not None


def aim_of(goal: Goal) -> Words | None:
    """The number of a goal that can be chosen, below its title."""
    return told(goal.terms.target, goal.terms.unit) if goal.terms.target is not None else None
