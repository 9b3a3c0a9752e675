"""What the figures of completion mean."""

from __future__ import annotations

from flows.core.words import Words
from flows.reports.report import GROUP, Figure

PHASE = Figure("phase", Words("Phase", "阶段"), Words("A phase of the cycle.", "周期中的一个阶段。"), "text")
DUE = Figure(
    "due",
    Words("Due", "截止"),
    Words("The last day of the phase, without the days of grace.", "阶段的最后一天，不含宽限期。"),
    "day",
)
DONE = Figure(
    "done",
    Words("Done", "已完成"),
    Words(
        "How many tasks are done. One person can owe several, such as a review for each of their people.",
        "已完成的任务数。一个人可能有多项任务，例如要为每位下属写评估。",
    ),
)
ALL = Figure(
    "all",
    Words("Of", "总数"),
    Words(
        "How many tasks there are. Those that were waived are not counted.", "任务总数，不含已免除的任务。"
    ),
)
SHARE = Figure(
    "share",
    Words("Share", "完成率"),
    Words("How many of all tasks are done, in percent.", "已完成任务占全部任务的百分比。"),
    "percent",
    Words("done ÷ of", "已完成 ÷ 总数"),
)
PLAN = Figure(
    "plan",
    Words("Plan now", "计划进度"),
    Words(
        "What would be done by now if the same share were done on each working day of the phase. "
        "It needs no history, and leaves no rush for the last day.",
        "如果阶段内每个工作日完成相同比例，目前应达到的完成率。此算法不依赖历史数据，也不会把任务堆到最后一天。",
    ),
    "percent",
    Words(
        "working days that are over ÷ working days from opening to due, by the calendar of where you are",
        "已过的工作日 ÷ 从开放到截止的工作日（按你所在地的日历）",
    ),
)
END = Figure(
    "end",
    Words("At the end", "预计完成率"),
    Words(
        "Where the phase ends on its due day (after it: on the last day on which it is taken) if it goes on at the pace "
        "of the last five working days.",
        "按最近五个工作日的速度，到截止日（已过截止日的，到最后可提交日）预计达到的完成率。",
    ),
    "percent",
    Words(
        "done + left × (1 − (1 − c)^d), with c = done in the last 5 working days ÷ (days × (left + half of them)), "
        "and d = working days to go",
        "已完成 + 剩余 × (1 − (1 − c)^d)；c = 最近 5 个工作日完成数 ÷（天数 ×（剩余 + 该完成数的一半）），d = 剩余工作日数",
    ),
)
BAND = Words(
    "the ends of an 80 % band: Wilson's of c, widened where the days differ more than by chance, and what falls to luck",
    "80% 区间的两端：c 的 Wilson 区间（各天差异超出随机时会放宽），再加上随机波动",
)
LOW = Figure(
    "low",
    Words("At least", "至少"),
    Words(
        "The low end of where it will be: four of five outcomes fall between “at least” and “at most”.",
        "预计的下限：五次中有四次会落在“至少”与“至多”之间。",
    ),
    "percent",
    BAND,
)
HIGH = Figure(
    "high",
    Words("At most", "至多"),
    Words(
        "The high end of where it will be: four of five outcomes fall between “at least” and “at most”.",
        "预计的上限：五次中有四次会落在“至少”与“至多”之间。",
    ),
    "percent",
    BAND,
)
MISSING = Figure(
    "missing",
    Words("Will be missing", "预计未完成"),
    Words(
        "How many tasks will not be done at the end at this pace; what is not done already, once a phase is over. "
        "A small group is seen through the pace of all.",
        "按目前速度到结束时仍未完成的任务数；阶段结束后为实际未完成数。人数少的组会参考整体速度。",
    ),
    "count",
    Words(
        "left × (1 − c)^d, with c = (the group's done in the last 5 working days + 50 × everybody's c) ÷ (its chances + 50)",
        "剩余 × (1 − c)^d；c =（本组最近 5 个工作日完成数 + 50 × 整体 c）÷（本组机会数 + 50）",
    ),
)

BY_PHASE = (PHASE, DUE, DONE, ALL, SHARE, PLAN, END, LOW, HIGH)
BY_GROUP = (GROUP, DONE, ALL, SHARE, PLAN, MISSING)
FIGURES = (PHASE, GROUP, DUE, DONE, ALL, SHARE, PLAN, END, LOW, HIGH, MISSING)
