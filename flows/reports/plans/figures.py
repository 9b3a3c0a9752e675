"""The figures of the report of plans, each with its definition."""

from __future__ import annotations

from collections.abc import Mapping

from flows.core.words import Words
from flows.plans.records import Source
from flows.reports.report import Figure

TITLE = Words("Plans and agreements", "计划与约定")
SOURCES: Mapping[Source, Words] = {
    "development": Words("Development plans", "发展计划"),
    "interview": Words("Feedback talks (“From last time”)", "绩效面谈约定（“上次约定”）"),
    "meeting": Words("1:1s and team meetings", "一对一与团队会议"),
}

DEPARTMENT = Figure(
    "department",
    Words("Department", "部门"),
    Words("As it was in the cycle.", "以周期内的部门为准。"),
    "text",
)
PEOPLE = Figure(
    "people", Words("People", "人数"), Words("Everybody who takes part in the cycle.", "参加该周期的人员。")
)
WRITTEN = Figure(
    "written",
    Words("With a plan", "已写计划"),
    Words(
        "People with a development plan of this cycle, agreed or not.",
        "已写本周期发展计划的人数，无论是否约定。",
    ),
)
AGREED = Figure(
    "agreed",
    Words("Agreed", "已约定"),
    Words("People whose plan both sides have agreed on.", "双方已约定发展计划的人数。"),
)
SHARE = Figure(
    "share",
    Words("Share agreed", "约定比例"),
    Words("Agreed plans in percent of the people.", "已约定计划的人数占总人数的百分比。"),
    "percent",
)
IN_TIME = Figure(
    "written_in_time",
    Words("Written in time", "按时填写"),
    Words(
        "Of those who were asked for their plan in a phase of the cycle, the share who wrote it by then.",
        "在周期的计划阶段被要求填写的人中，按时填写的比例。",
    ),
    "percent",
)
WHERE = Figure("where", Words("Agreed in", "来源"), Words("Where it was agreed.", "约定的来源。"), "text")
NUMBER = Figure(
    "number",
    Words("Agreed", "约定数"),
    Words(
        "What people have agreed to do: in development plans and feedback talks of this cycle, and in 1:1s and team "
        "meetings of its time. Improvement plans are not among them.",
        "约定要做的事项：来自本周期的发展计划和绩效面谈，以及周期期间的一对一和团队会议。不含改进计划。",
    ),
)
DONE_IN_TIME = Figure(
    "in_time",
    Words("Done in time", "按时完成"),
    Words("Done by its day, or without a day.", "在约定日期前完成，或未约定日期。"),
)
LATE = Figure("late", Words("Done late", "逾期完成"), Words("Done after its day.", "在约定日期之后完成。"))
OVERDUE = Figure(
    "overdue", Words("Overdue", "已逾期"), Words("Open, and its day is over.", "未完成且已过约定日期。")
)
OPEN = Figure("open", Words("Open", "未到期"), Words("Open, and not due yet.", "未完成且未到约定日期。"))
DROPPED = Figure(
    "dropped", Words("Dropped", "已放弃"), Words("Given up, with a reason.", "已放弃并说明原因。")
)
KEPT = Figure(
    "kept",
    Words("Kept", "兑现率"),
    Words("Of what is over or overdue, the share that was done.", "在已结束或已逾期的事项中完成的比例。"),
    "percent",
    Words(
        "(in time + late) ÷ (in time + late + overdue + dropped)",
        "（按时 + 逾期完成）÷（按时 + 逾期完成 + 已逾期 + 已放弃）",
    ),
)
STATE = Figure(
    "state", Words("Improvement plans", "改进计划"), Words("How the plan stands.", "计划的状态。"), "text"
)
PLANS = Figure(
    "plans",
    Words("Number", "数量"),
    Words(
        "Published improvement plans that run, or ended since the cycle began; of fewer than four nothing is told.",
        "正在进行或自周期开始以来结束的已发布改进计划；少于四份时不显示。",
    ),
)
BY_DEPARTMENT = (DEPARTMENT, PEOPLE, WRITTEN, AGREED, SHARE, IN_TIME)
COUNTS = (NUMBER, DONE_IN_TIME, LATE, OVERDUE, OPEN, DROPPED, KEPT)
FIGURES = (*BY_DEPARTMENT, WHERE, *COUNTS, STATE, PLANS)
