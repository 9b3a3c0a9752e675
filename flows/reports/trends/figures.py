"""The figures of the report of trends, each with its definition, and the columns that show one."""

from __future__ import annotations

from flows.core.words import Words
from flows.reports.report import Figure, Kind
from flows.reports.trends.weeks import FEWEST

CHECKINS = Figure(
    "checkins",
    Words("Check-ins on time", "周报按时提交率"),
    Words(
        "Of everybody who was asked for a check-in in the rounds that began in the week, the share who sent it before the "
        "digest. Who was excused is not counted.",
        "当周开始的轮次中，被邀请填写周报的人里在汇总前提交的比例。免填的人不计入。",
    ),
    "percent",
    Words("(sent − late) ÷ (asked − excused)", "（已提交 − 迟交）÷（应交 − 免填）"),
)
TASKS = Figure(
    "tasks",
    Words("Cycle tasks on time", "周期任务按时完成率"),
    Words(
        "Of everything that was due in a cycle in the week (goals, reviews, talks, plans), the share that was done by "
        "then. What people write about colleagues and their manager is left out.",
        "当周到期的周期任务（目标、评估、面谈、计划）中按时完成的比例。对同事和上级的评估不计入。",
    ),
    "percent",
    Words("done by the due time ÷ (due − excused)", "按时完成 ÷（到期 − 免做）"),
)
ATTAINMENT = Figure(
    "attainment",
    Words("Mean attainment of goals", "目标平均达成率"),
    Words(
        "How far the agreed goals of the running cycle were on the Monday, in percent of their targets, each goal with its "
        "weight and each person alike.",
        "进行中周期的已约定目标在当周周一的达成率，按目标权重加权，每人等权。",
    ),
    "percent",
    Words("Σ weight × attainment ÷ Σ weight", "Σ 权重 × 达成率 ÷ Σ 权重"),
)
ON_TRACK = Figure(
    "on_track",
    Words("Goals on track", "目标正常比例"),
    Words(
        "Of the agreed goals of the running cycle that have a value, the share of which nothing says on the Monday that "
        "they will be missed.",
        "进行中周期内已有数值的目标中，当周周一没有未达成预警的比例。",
    ),
    "percent",
    Words("1 − goals forecast to miss ÷ goals with a value", "1 − 预计未达成的目标 ÷ 有数值的目标"),
)
TALKS = Figure(
    "talks",
    Words("1:1s held", "一对一次数"),
    Words(
        "How many 1:1s were held in the week: those on which a manager pressed “We met today”.",
        "当周举行的一对一次数（上级点击“今天已沟通”）。",
    ),
)
PRAISE = Figure(
    "praise",
    Words("Praise given", "点赞次数"),
    Words(
        "How often one of these people was praised in the week, by anybody.",
        "当周这些人员收到点赞的次数，不论来自谁。",
    ),
)
TRENDS = (CHECKINS, TASKS, ATTAINMENT, ON_TRACK, TALKS, PRAISE)

WHICH = Figure(
    "which", Words("Figure", "指标"), Words("What is followed week by week.", "按周跟踪的指标。"), "text"
)
WEEK = Figure(
    "week",
    Words("Week of", "周（周一）"),
    Words("The Monday of the week; days are those of UTC.", "当周的周一，按 UTC 计日。"),
    "day",
)
EXPECTED_SENTENCE = Words(
    f"What is to be expected four weeks after the last value; nothing with fewer than {FEWEST} weeks of values.",
    f"最近一个数值四周后的预期值；数据不足 {FEWEST} 周时不预测。",
)
BAND_SENTENCE = Words(
    "The ends of the 80 % band: in four of five cases the value should lie between them.",
    "80% 区间的两端：五次中约有四次落在其间。",
)


def columns(one: Kind, change: Kind) -> tuple[Figure, ...]:
    """The columns of a table whose figures are of the kind `one`, and their changes of the kind `change`."""
    return (
        WHICH,
        WEEK,
        Figure("latest", Words("Latest", "最新"), Words("The value of that week.", "该周的数值。"), one),
        Figure(
            "before",
            Words("4 weeks before", "四周前"),
            Words("The last value from four weeks before or earlier.", "四周前或更早的最近一个数值。"),
            one,
        ),
        Figure(
            "change",
            Words("Change", "变化"),
            Words("The latest less the one before.", "最新值减去四周前的值。"),
            change,
        ),
        Figure("expected", Words("Expected", "预期"), EXPECTED_SENTENCE, one),
        Figure("low", Words("From", "下限"), BAND_SENTENCE, one),
        Figure("high", Words("To", "上限"), BAND_SENTENCE, one),
    )
