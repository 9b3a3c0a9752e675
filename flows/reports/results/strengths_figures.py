"""What the figures of strengths and gaps are, dimension by dimension."""

from __future__ import annotations

from flows.core.words import Words
from flows.reports.report import Figure

TITLE = Words("Strengths and gaps", "优势与差距")
DIMENSION = Figure(
    "dimension",
    Words("Dimension", "维度"),
    Words(
        "A rating that the reviews of this cycle ask for; what only HR or the manager reads is left out.",
        "本周期评估中的评分题；只供 HR 或上级阅读的题目不计入。",
    ),
    "text",
)
OF = Figure("of", Words("Of", "满分"), Words("The scale's highest step.", "评分的最高档。"))
PEOPLE = Figure(
    "people", Words("People", "人数"), Words("How many their manager rated here.", "上级在此维度评分的人数。")
)
MANAGERS = Figure(
    "managers", Words("Managers", "上级"),
    Words("The mean of the managers' ratings.", "上级评分的平均值。"), "points",
)  # fmt: skip
AGAINST = Figure(
    "against",
    Words("Against the company", "与全公司相比"),
    Words(
        "The managers' mean here less that of the whole company.", "此处上级评分平均值减去全公司的平均值。"
    ),
    "points",
)
THEMSELVES = Figure(
    "self",
    Words("Themselves", "自评"),
    Words("The mean of what people rated themselves.", "自评的平均值。"),
    "points",
)
MEAN_OF_PUBLISHED = Words(
    "The mean of the averages that are shown of each person, rounded to halves; people of whom none is shown don't count. ",
    "个人已公布平均值的平均，四舍五入到 0.5；没有公布平均值的人不计入。",
)
PEERS = Figure(
    "peer", Words("Colleagues", "同事"),
    MEAN_OF_PUBLISHED + Words("By colleagues.", "由同事评分。"), "points",
)  # fmt: skip
REPORTS = Figure(
    "upward", Words("Their reports", "下属"),
    MEAN_OF_PUBLISHED + Words("By the people they lead.", "由其下属评分。"), "points",
)  # fmt: skip
MARK = Figure(
    "mark",
    Words("Mark", "标记"),
    Words(
        "The dimensions with the highest and the lowest mean of the managers, as a share of the scale.",
        "上级评分平均值（占满分比例）最高与最低的维度。",
    ),
    "text",
)
STRONGEST, WEAKEST = Words("strongest", "最强"), Words("weakest", "最弱")
COLUMNS = (DIMENSION, OF, PEOPLE, MANAGERS, AGAINST, THEMSELVES, PEERS, REPORTS, MARK)
