"""What the figures of returns mean, with the formula that ranks them."""

from __future__ import annotations

from datetime import timedelta

from flows.core.words import Words
from flows.reports.goals.measures import FEWEST
from flows.reports.report import GROUP, Figure

SETTLED = timedelta(weeks=2)  # what was granted later has had no time to bring anything
FORMULA = Words(
    "R = Σx ÷ Σm over goals with a granted resource; x = (attainment − expected now) − (attainment − expected on the day of the "
    "first grant), m = resources granted for the goal",
    "R = Σx ÷ Σm，对有批准资源的目标求和；x =（现在的 达成率 − 应达成）−（首次批准当天的 达成率 − 应达成），"
    "m = 该目标获批的资源数",
)
BAND = Words(
    "R ± t(n − 1; 80 %) × √(Σ(x − R·m)² ÷ (n − 1) ÷ n) ÷ (Σm ÷ n)",
    "R ± t(n − 1; 80%) × √(Σ(x − R·m)² ÷ (n − 1) ÷ n) ÷ (Σm ÷ n)",
)
PROJECT = Figure(
    "project",
    Words("Project", "项目"),
    Words(
        "A goal of the company or of a department, with all people's goals below it that serve no other such goal in between.",
        "公司或部门的某个目标，以及其下（中间没有其他此类目标）的全部个人目标。",
    ),
    "text",
)
RANK = Figure(
    "rank",
    Words("Rank", "排名"),
    Words(
        f"By return. Fewer than {FEWEST} goals with a grant that is two weeks old are not ranked.",
        f"按回报排序。批准满两周的目标少于 {FEWEST} 个时不排名。",
    ),
)
RETURN = Figure(
    "return",
    Words("Return", "回报"),
    Words(
        "Percent points by which goals gained on their even pace for each resource that was granted for them. It goes with "
        "the resource, which need not be its cause.",
        "每项获批资源对应的目标进度提升（相对匀速进度的百分点）。两者同时发生，未必是因果关系。",
    ),
    "points",
    FORMULA,
)
LOW = Figure(
    "low",
    Words("At least", "至少"),
    Words("The low end of the 80 % band of the return.", "回报 80% 区间的下限。"),
    "points",
    BAND,
)
HIGH = Figure(
    "high",
    Words("At most", "至多"),
    Words("The high end of the 80 % band of the return.", "回报 80% 区间的上限。"),
    "points",
    BAND,
)
ASKED = Figure(
    "asked",
    Words("Asked", "申请"),
    Words("Resources that action steps of agreed goals asked for.", "已确认目标的行动步骤中申请的资源数。"),
)
GRANTED = Figure(
    "granted", Words("Granted", "批准"), Words("How many of them were granted.", "其中获批的数量。")
)
MEASURED = Figure(
    "measured",
    Words("Goals measured", "计入目标"),
    Words(
        "Goals with a grant at least two weeks old, whose attainment was known then and is known now.",
        "批准满两周、且当时与现在都有达成率的目标数。",
    ),
)
WEEKLY = Figure(
    "weekly",
    Words("In check-ins", "周报批准"),
    Words(
        "Requests of check-ins that were granted during the cycle. They belong to no goal and are not in the return.",
        "周期内在周报中获批的申请数。它们不属于某个目标，不计入回报。",
    ),
)
WITH_IT = Figure(
    "with_it",
    Words("Reached with", "有资源达成"),
    Words("Mean attainment of goals for which a resource was granted.", "有获批资源的目标的平均达成率。"),
    "percent",
)
WITHOUT = Figure(
    "without",
    Words("Reached without", "无资源达成"),
    Words("Mean attainment of all other goals of the group.", "该组其余目标的平均达成率。"),
    "percent",
)
RANKED = (RANK, RETURN, LOW, HIGH, ASKED, GRANTED, MEASURED)
BY_GROUP = (GROUP, *RANKED, WEEKLY, WITH_IT, WITHOUT)
BY_PROJECT = (PROJECT, *RANKED)
FIGURES = (GROUP, PROJECT, *RANKED, WEEKLY, WITH_IT, WITHOUT)
