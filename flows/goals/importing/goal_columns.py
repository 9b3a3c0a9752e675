"""The columns of a sheet of goals: how each is called in both languages, what may stand in it, and what for."""

from __future__ import annotations

from flows.core.words import Words
from flows.goals.agreeing.telling import METHODS, PARTS, PERSPECTIVES
from flows.goals.importing.columns import Column

LEVELS = {
    "person": Words("person", "个人"),
    "department": Words("department", "部门"),
    "company": Words("company", "公司"),
}
SHAPES = {
    "number": Words("number", "数值"),
    "milestones": Words("milestones", "里程碑"),
    "yes_no": Words("yes or no", "是否完成"),
    "objective": Words("objective", "目标与关键结果"),
}
DIRECTIONS = {"higher": Words("higher", "越高越好"), "lower": Words("lower", "越低越好")}
RULES = {
    "sum": Words("adds up", "累加"),
    "factor": Words("times the factor", "乘以系数"),
    "none": Words("does not count", "不计入"),
}
GATHERS = {
    "latest": Words("latest value", "最新值"),
    "sum": Words("sum", "求和"),
    "mean": Words("mean", "平均"),
}
VISIBLE = {
    "public": Words("company", "全公司"),
    "team": Words("team", "团队"),
    "private": Words("private", "仅上级"),
}

GOAL_COLUMNS = (
    Column(
        "title",
        Words("Goal", "目标"),
        Words("What is to be achieved; needed in every line.", "要达成什么，每行必填。"),
        ("title", "goal title", "objective", "目标名称", "目标标题"),
    ),
    Column(
        "email",
        Words("Email", "邮箱"),
        Words(
            "Who answers for the goal. A goal of the company without one is yours.",
            "谁对目标负责。公司目标留空时由你负责。",
        ),
        ("e-mail", "mail", "work email", "owner", "电子邮箱", "工作邮箱", "员工邮箱", "负责人邮箱", "负责人"),
    ),
    Column(
        "level",
        Words("Level", "层级"),
        Words("Whose goal it is; empty means a person's.", "属于公司、部门还是个人；留空表示个人。"),
        ("goal level", "目标层级"),
        LEVELS,
    ),
    Column(
        "department",
        Words("Department", "部门"),
        Words("Which department's goal it is, as in the directory.", "部门目标属于哪个部门，与通讯录一致。"),
        ("dept", "所属部门"),
    ),
    Column(
        "job",
        Words("For job title", "适用岗位"),
        Words(
            "The line goes into the library of that job title instead of to a person; * is for everybody.",
            "该行写入这个岗位的目标库，而不是某个人；* 表示所有岗位。",
        ),
        ("job title", "for job", "岗位", "职位"),
    ),
    Column(
        "shape",
        Words("Kind", "类型"),
        Words("How it is measured; empty means a number.", "如何衡量；留空表示数值。"),
        ("shape", "type", "目标类型"),
        SHAPES,
    ),
    Column(
        "method", Words("Method", "方法"), Words("Empty means KPI.", "留空表示 KPI。"), ("管理方法",), METHODS
    ),
    Column(
        "unit",
        Words("Unit", "单位"),
        Words("For example %, CNY, customers.", "例如 %、CNY、客户。"),
        ("currency", "计量单位"),
    ),
    Column(
        "lower",
        Words("Better is", "方向"),
        Words("Empty means higher.", "留空表示越高越好。"),
        ("direction", "指标方向"),
        DIRECTIONS,
    ),
    Column(
        "baseline",
        Words("Starts from", "起点"),
        Words("The value now; may be empty.", "目前的数值，可留空。"),
        ("baseline", "start", "基线", "基准值"),
    ),
    Column(
        "target",
        Words("Target", "目标值"),
        Words("The value that counts as reached.", "达到多少算完成。"),
        ("target value", "指标值"),
    ),
    Column(
        "stretch",
        Words("Stretch", "挑战值"),
        Words("More than the target; may be empty.", "高于目标的挑战值，可留空。"),
        ("stretch target",),
    ),
    Column(
        "weight",
        Words("Weight", "权重"),
        Words(
            "In percent. The ordinary goals of a person come to 100.", "百分比。一个人的常规目标合计 100。"
        ),
        ("weight %", "weight (%)", "权重%", "权重（%）"),
    ),
    Column(
        "part",
        Words("Counts as", "计分方式"),
        Words("Empty means ordinary.", "留空表示常规目标。"),
        ("part", "加减分"),
        PARTS,
    ),
    Column(
        "perspective",
        Words("Perspective", "维度"),
        Words("For goals of a balanced scorecard.", "用于平衡计分卡。"),
        ("bsc", "bsc 维度", "bsc维度"),
        PERSPECTIVES,
    ),
    Column(
        "due",
        Words("Due", "截止日期"),
        Words("A day inside the cycle, as 2026-03-31.", "周期内的日期，如 2026-03-31。"),
        ("due date", "deadline", "到期日", "完成日期"),
    ),
    Column(
        "milestones",
        Words("Milestones", "里程碑"),
        Words("Their names, with ; between them.", "各里程碑名称，用分号隔开。"),
        ("milestone names",),
    ),
    Column(
        "measure",
        Words("Measured by", "衡量方式"),
        Words("Where the number comes from, in words.", "数据从哪里来，用文字说明。"),
        ("measure", "data source", "数据来源"),
    ),
    Column(
        "metric",
        Words("Imported as", "导入指标"),
        Words("The name under which its values are imported.", "数值导入时使用的指标名称。"),
        ("metric", "指标", "指标名称"),
    ),
    Column(
        "gather",
        Words("Several values make", "多期合成"),
        Words(
            "How the metric's periods make one value; empty means the latest.",
            "多期数据如何合成一个值；留空表示最新值。",
        ),
        ("gather", "汇总方式"),
        GATHERS,
    ),
    Column(
        "parent",
        Words("Serves", "上级目标"),
        Words(
            "The title (or number) of the goal above it, of this file or of the cycle.",
            "上级目标的名称或编号，可在本文件或本周期中。",
        ),
        ("parent", "parent goal", "对应上级目标", "支撑目标"),
    ),
    Column(
        "objective",
        Words("Key result of", "所属目标"),
        Words("The title of the same person's objective.", "同一个人的目标（O）的名称。"),
        ("objective title", "所属 o", "所属o", "所属目标（o）"),
    ),
    Column(
        "rule",
        Words("Towards the goal above", "计入上级"),
        Words(
            "Whether its number adds up into the one above; empty means it does where the units agree.",
            "数值是否累加到上级目标；留空时单位相同则累加。",
        ),
        ("rule", "计入方式"),
        RULES,
    ),
    Column(
        "factor",
        Words("Factor", "换算系数"),
        Words("How much of the goal above one of this is worth.", "本目标每 1 单位折合上级目标多少。"),
        ("系数",),
    ),
    Column(
        "visibility",
        Words("Seen by", "可见范围"),
        Words("Empty means the team.", "留空表示团队。"),
        ("visibility", "visible to", "可见性"),
        VISIBLE,
    ),
)
BY_NAME = {column.name: column for column in GOAL_COLUMNS}
