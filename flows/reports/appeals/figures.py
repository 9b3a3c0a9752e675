"""The figures of the report of appeals, each with its definition."""

from __future__ import annotations

from collections.abc import Mapping

from flows.core.words import Words
from flows.reports.appeals.kept import Stage
from flows.reports.report import Figure
from flows.results.appealing.figures import FEWEST

TITLE = Words("Appeals", "申诉统计")
STAGE_WORDS: Mapping[Stage, Words] = {
    "check": Words("Formal check by HR", "HR 形式审查"),
    "level1": Words("Level 1", "第一级"),
    "level2": Words("Level 2: the panel", "第二级（复审小组）"),
}
WORKING = Words("Working days are those of whoever appeals.", "工作日按申诉人的日历计算。")

GROUP = Figure(
    "department",
    Words("Department", "部门"),
    Words("The department of whoever appeals, as it was in the cycle.", "申诉人在该周期内所属的部门。"),
    "text",
)
FILED = Figure("filed", Words("Filed", "提交"), Words("Appeals that were filed.", "提交的申诉数量。"))
RAISED = Figure(
    "raised",
    Words("Raised", "提高"),
    Words("Appeals that ended with “upheld” or “upheld in part”.", "最终获支持或部分支持的申诉。"),
)
KEPT = Figure(
    "kept",
    Words("Kept", "维持"),
    Words("Appeals that ended with “rejected”: the result stays.", "最终被驳回、维持原结果的申诉。"),
)
INADMISSIBLE = Figure(
    "inadmissible",
    Words("Not admissible", "不予受理"),
    Words("Appeals that HR's formal check turned down.", "未通过 HR 形式审查的申诉。"),
)
WITHDRAWN = Figure(
    "withdrawn",
    Words("Withdrawn", "撤回"),
    Words(
        "Appeals that were taken back, or ended because the employee left.", "撤回或因员工离职终止的申诉。"
    ),
)
OPEN_NOW = Figure("open", Words("Open", "处理中"), Words("Appeals that are not over.", "尚未结束的申诉。"))
DAYS = Figure(
    "days",
    Words("Days, median", "天数（中位数）"),
    Words(
        "Working days from filing to the end, in the middle of all that are over. ",
        "从提交到结束的工作日中位数。",
    )
    + WORKING,
    "amount",
)
GROUND = Figure(
    "ground",
    Words("Ground", "理由"),
    Words(
        "What is contested: a part of the score, the rating as a whole, or the procedure.",
        "有异议的内容：得分的一部分、整体评级或程序。",
    ),
    "text",
)
STAGE = Figure(
    "stage",
    Words("Stage", "阶段"),
    Words("Who has to act: HR, level 1 or level 2.", "由谁处理：HR、第一级或第二级。"),
    "text",
)
ON = Figure(
    "on", Words("On now", "进行中"), Words("Appeals that are at this stage.", "目前处于该阶段的申诉。")
)
OVER = Figure(
    "over", Words("Over", "已完成"), Words("How often this stage came to its end.", "该阶段已完成的次数。")
)
CLOCK = Figure(
    "clock", Words("Clock", "时限"), Words("Working days that the stage may take.", "该阶段允许的工作日。")
)
TOOK = Figure(
    "took",
    Words("Days, median", "天数（中位数）"),
    Words(
        f"Working days that it took in the middle; nothing of fewer than {FEWEST}. ",
        f"实际用时的中位数；少于 {FEWEST} 次不显示。",
    )
    + WORKING,
    "amount",
)
IN_TIME = Figure(
    "in_time",
    Words("In time", "按时"),
    Words("How often it took no longer than its clock.", "未超过时限的次数。"),
)
LATE = Figure(
    "late",
    Words("Late", "超时"),
    Words(
        "How often HR was told that it was past its clock, those that are on included.",
        "HR 收到超时通知的次数，包括进行中的。",
    ),
)
BY_DEPARTMENT = (GROUP, FILED, RAISED, KEPT, INADMISSIBLE, WITHDRAWN, OPEN_NOW, DAYS)
BY_GROUND = (GROUND, FILED, RAISED, KEPT)
BY_STAGE = (STAGE, ON, OVER, CLOCK, TOOK, IN_TIME, LATE)
FIGURES = tuple(dict.fromkeys((*BY_DEPARTMENT, *BY_GROUND, *BY_STAGE)))
