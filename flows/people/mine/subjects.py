"""What a person's file shows of each table: through which columns a row is theirs, and which of it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.core.words import Words

When = Literal[
    "always", "result_open", "review_open", "final", "reward_seen", "published", "due", "asked", "not_inside",
    "of_a_plan", "shared",
]  # fmt: skip
"""Shown at any time; once the result of the row's cycle is open to them, and so what others wrote, and the result as it
was opened; a reward that is approved from HR's day on; an improvement plan once it is published; what they are told
once it is due; a task once it is asked, unless it tells that their result is withheld; a step of an appeal unless it
stays inside the panel, and one of an improvement plan that is published unless it stays with HR; a note that is shared."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing that is kept about somebody.

    `mine` are the columns by which a row is theirs, "parent.column" those of the row that it belongs to. `shown` are
    the columns in the file: never one that names somebody else. `ids` are the names of answers that are ids of others.
    """

    table: str
    title: Words
    mine: tuple[str, ...]
    shown: tuple[str, ...]
    when: When = "always"
    ids: tuple[str, ...] = ()


COLLEAGUES = ("helper", "whom", "who", "person", "reviewers", "to", "manager", "deputy")
"""What forms call a question whose answer is a colleague, who is kept by id."""

SUBJECTS: tuple[Subject, ...] = (
    Subject("person", Words("In the directory", "通讯录"), ("id",), (
        "name", "email", "department", "level", "title", "roles", "zone", "language", "hired_on", "left_on", "away")),
    Subject("checkin", Words("Check-ins", "周报"), ("person",), (
        "round", "titles", "form", "goals", "rescue", "late", "sent_at", "edited_at"), ids=("helper",)),
    Subject("response", Words("What was answered to your check-ins", "对你周报的回应"), ("checkin.person",), (
        "kind", "text", "at")),
    Subject("response", Words("What you answered to check-ins", "你对周报的回应"), ("author",), ("kind", "text", "at")),
    Subject("goal", Words("Goals", "目标"), ("person",), (
        "title", "cycle", "state", "method", "unit", "baseline", "target", "stretch", "weight", "due", "created_at")),
    Subject("goal_version", Words("How goals were agreed", "目标的确认过程"), ("goal.person",), (
        "version", "act", "at", "comment")),
    Subject("goal_step", Words("Action steps", "行动步骤"), ("goal.person",), (
        "title", "due", "needs", "decision", "note", "done_on")),
    Subject("participant", Words("Cycles that you took part in", "你参加的周期"), ("person",), (
        "cycle", "place", "department", "level", "since", "why")),
    Subject("review", Words("Reviews that you wrote", "你写的评估"), ("author",), (
        "cycle", "phase", "kind", "answers", "sent_at", "edited_at")),
    Subject("review", Words("Reviews about you", "对你的评估"), ("about",), (
        "cycle", "phase", "kind", "answers"), "review_open"),
    Subject("nomination", Words("Being asked to review", "被邀请评估他人"), ("reviewer",), (
        "cycle", "phase", "kind", "state")),
    Subject("sealed_answer", Words("What groups wrote about you", "群体对你的评估"), ("about",), (
        "cycle", "phase", "kind", "question", "answer"), "review_open"),
    Subject("sealed_group", Words("Averages of groups about you", "群体评分的平均值"), ("about",), (
        "cycle", "phase", "kind", "averages"), "review_open"),
    Subject("guest", Words("Reviews from outside", "外部评估"), ("about",), (
        "cycle", "phase", "answers", "sent_at"), "review_open"),
    Subject("result_version", Words("Your results", "你的结果"), ("person",), (
        "cycle", "version", "kind", "score", "rating", "coefficient", "why", "at", "hash"), "final"),
    Subject("praise", Words("Praise", "点赞"), ("about", "by"), ("text", "value_en", "points", "at")),
    Subject("feedback", Words("Feedback", "反馈"), ("about", "by"), (
        "situation", "behaviour", "effect", "wish", "shared", "at", "thanked_at")),
    Subject("feedback_request", Words("Requests for feedback", "反馈请求"), ("by", "whom"), ("about", "state", "at")),
    Subject("evidence", Words("Evidence", "工作记录素材"), ("about", "by"), ("day", "text", "quote", "place", "at")),
    Subject("clipping", Words("Messages you took up", "你收藏的消息"), ("by",), ("text", "place", "at")),
    Subject("interview", Words("Interviews", "面谈"), ("person",), (
        "cycle", "state", "starts_at", "ends_at", "note"), "result_open"),
    Subject("interview", Words("Interviews that you hold", "你主持的面谈"), ("manager",), (
        "cycle", "state", "starts_at", "ends_at", "note")),
    Subject("interview_said", Words("What you said was agreed", "你记录的面谈约定"), ("by",), (
        "version", "points", "comment", "at")),
    Subject("interview_signature", Words("What you signed", "你的签字"), ("by",), ("version", "way", "comment", "at")),
    Subject("appeal", Words("Appeals", "申诉"), ("person",), (
        "cycle", "state", "parts", "facts", "evidence", "talk", "wish", "filed_at", "due_at", "outcome", "ended_at")),
    Subject("appeal_step", Words("How an appeal went", "申诉进展"), ("appeal.person",), ("kind", "at", "text"), "not_inside"),
    Subject("development", Words("Development plans", "发展计划"), ("person",), (
        "cycle", "state", "content", "pending", "version", "changed_at")),
    Subject("development_step", Words("How a plan was agreed", "计划的确认过程"), ("plan.person",), (
        "version", "act", "at", "content", "comment")),
    Subject("enrolment", Words("Trainings", "培训"), ("person",), ("state", "asked_at", "took_place", "why")),
    Subject("carried", Words("What you took over", "延续的事项"), ("person",), ("cycle", "kind", "taken", "at")),
    Subject("improvement", Words("Improvement plans", "改进计划"), ("person",), (
        "state", "version", "terms", "published_at", "paused_on", "ended_at"), "published"),
    Subject("improvement_step", Words("How an improvement plan went", "改进计划的进展"), ("plan.person",), (
        "plan", "kind", "at", "content"), "of_a_plan", ids=("from", "to", "asked_by")),
    Subject("reward", Words("Rewards", "奖励"), ("person",), (
        "cycle", "kind", "state", "amount", "title", "why", "letter", "valid_from"), "reward_seen"),
    Subject("reward_base", Words("What a bonus is computed from", "奖金基数"), ("person",), ("cycle", "amount")),
    Subject("calendar", Words("Your calendar", "你的日历"), ("person",), ("kind", "host", "connected_at", "read_at")),
    Subject("calendar_busy", Words("Your busy times", "你的忙碌时间"), ("person",), ("starts_at", "ends_at")),
    Subject("meeting", Words("Regular talks", "定期沟通"), ("person", "manager"), ("rhythm", "next_on", "last_on")),
    Subject("meeting_point", Words("Points you put on an agenda", "你提出的议题"), ("by",), ("text", "at", "ended_at")),
    Subject("meeting_note", Words("Your notes of talks", "你的沟通记录"), ("by",), ("on", "text", "shared", "at")),
    Subject("meeting_note", Words("Shared notes of your 1:1s", "一对一的共享记录"), ("meeting.person",), (
        "on", "text", "shared"), "shared"),
    Subject("action", Words("Actions", "行动项"), ("person",), ("source", "text", "due", "state", "ended_at")),
    Subject("delegation", Words("Standing in", "代理"), ("person", "deputy"), ("first", "last", "ended_at")),
    Subject("team_channel", Words("Your team's channel", "团队频道"), ("manager",), ("channel",)),
    Subject("broadcast", Words("Broadcasts that you wrote", "你发的通知"), ("author",), ("state", "text", "created_at")),
    Subject("conversation", Words("Forms you filled in", "你填写的表单"), ("person",), (
        "flow", "state", "answers", "typed", "touched_on"), ids=COLLEAGUES),
    Subject("task", Words("What you were asked to do", "你的任务"), ("person",), (
        "kind", "state", "opens_at", "due_at", "done_at", "why"), "asked"),
    Subject("notice", Words("What you were told once", "通知"), ("person",), ("kind", "due_at", "state"), "due"),
    Subject("message", Words("Messages to you", "发给你的消息"), ("person",), ("kind", "state", "sent_at")),
    Subject("file_order", Words("Files you asked for", "你请求的文件"), ("person",), ("kind", "asked_at", "state")),
    Subject("dropped_sheet", Words("Files you sent", "你发送的文件"), ("person",), ("name", "at", "state")),
    Subject("data_request", Words("Requests about your data", "你的数据请求"), ("person",), (
        "wish", "text", "at", "state", "answer", "ended_at")),
)  # fmt: skip

LEFT_OUT: Mapping[str, str] = {
    "person.manager": "who somebody's manager is, names a third party",
    "participant.manager": "names who reviewed them; the reviews themselves are shown",
    "nomination.about": "would name who was asked about them; what they wrote is shown",
    "task.owner": "the same task stands at whoever has to do it",
    "task.about": "others' tasks about them tell who is asked, and how far that is",
    "comment_flag.about": "HR's work on the wording of one comment, before anybody reads it",
    "closed_group.about": "ids of those who read a group first",
    "calibration_seat.person": "in which session somebody was discussed says nothing about them",
    "result_withheld.person": "HR tells them; until then it is HR's own consideration",
    "opening.person": "shown as a page of its own, with names",
    "appeal_seat.person": "on whose panel somebody sat names the one who appealed",
    "calendar_writing.person": "invitations on their way; the interview itself is shown",
    "clipping.author": "somebody else keeps a copy of what they wrote; evidence about them is shown",
    "goal_standing.person": "worked out each night from the goals and their values, which are shown",
    "goal_week.manager": "sums of a team's goals",
    "improvement.manager": "their reports' plans are about those",
    "interview_time.person": "the interview's minutes once more",
    "review.manager": "led somebody when that was written",
    "released_result.person": "the result as it was opened, once more; every version of it is shown",
    "released_result.manager": "their people's results are about those",
    "reward_budget.manager": "the company's money",
    "weekly_off.person": "a setting of messages, shown where it is chosen",
    "timeline.person": "how often the dates of a cycle were said to them",
    "reader.person": "to whom a broadcast went; the messages are shown",
}
"""Columns that name a person and are no way into their file, each with its reason. What somebody did for the company
(`by`, `made_by`, `decided_by` and the like) is about the thing that they did it to."""

ACTED = (
    "by", "made_by", "decided_by", "recorded_by", "locked_by", "asked_by", "launched_by", "approved_by", "second_by",
    "lifted_by", "started_by", "opened_by", "proposed_by", "cancelled_by", "owner", "raised_to", "reader",
)  # fmt: skip

COLUMNS: Mapping[str, Words] = {
    "about": Words("About", "内容"), "act": Words("Step", "步骤"), "answer": Words("Answer", "回复"),
    "answers": Words("Answers", "回答"), "asked_at": Words("Asked", "请求时间"), "at": Words("When", "时间"),
    "averages": Words("Averages", "平均值"), "away": Words("Leave", "休假"), "baseline": Words("Baseline", "基线"),
    "changed_at": Words("Changed", "修改时间"), "channel": Words("Channel", "频道"),
    "coefficient": Words("Coefficient", "系数"), "comment": Words("Comment", "说明"),
    "created_at": Words("Made", "创建时间"), "cycle": Words("Cycle", "周期"), "decision": Words("Decision", "决定"),
    "department": Words("Department", "部门"), "done_at": Words("Done", "完成时间"), "done_on": Words("Done", "完成日期"),
    "due": Words("Due", "截止"), "due_at": Words("Due", "截止"), "edited_at": Words("Changed", "修改时间"),
    "email": Words("E-mail", "邮箱"), "ended_at": Words("Ended", "结束时间"), "first": Words("First day", "开始"),
    "flow": Words("Form", "表单"), "form": Words("Answers", "回答"), "goals": Words("About goals", "目标进展"),
    "hash": Words("Check value", "校验值"), "hired_on": Words("Hired", "入职"), "kind": Words("Kind", "类型"),
    "language": Words("Language", "语言"), "last": Words("Last day", "结束"), "last_on": Words("Last on", "上次"),
    "late": Words("Late", "迟交"), "left_on": Words("Last day of work", "离职日期"), "level": Words("Level", "职级"),
    "method": Words("Method", "方法"), "name": Words("Name", "名称"), "needs": Words("Needs", "所需资源"),
    "next_on": Words("Next on", "下次"), "note": Words("Note", "备注"), "on": Words("Day", "日期"),
    "opens_at": Words("Opened", "开放时间"), "phase": Words("Phase", "阶段"), "place": Words("Place", "参与状态"),
    "question": Words("Question", "问题"), "rating": Words("Rating", "评级"), "rescue": Words("What would help", "所需帮助"),
    "rhythm": Words("Rhythm", "频率"), "roles": Words("Roles", "角色"), "round": Words("Round", "轮次"),
    "score": Words("Score", "得分"), "sent_at": Words("Sent", "发送时间"), "shared": Words("Shared", "共享"),
    "since": Words("Since", "开始时间"), "source": Words("Agreed in", "来源"), "state": Words("State", "状态"),
    "stretch": Words("Stretch", "挑战值"), "target": Words("Target", "目标值"), "text": Words("Text", "内容"),
    "title": Words("Title", "标题"), "titles": Words("Named", "名称"), "touched_on": Words("Last written", "最后填写"),
    "typed": Words("Typed, not sent", "已输入未提交"), "unit": Words("Unit", "单位"), "version": Words("Version", "版本"),
    "weight": Words("Weight", "权重"), "why": Words("Reason", "原因"), "wish": Words("Asked for", "请求"),
    "zone": Words("Time zone", "时区"),
    "amount": Words("Amount", "金额"), "behaviour": Words("Behaviour", "行为"), "connected_at": Words("Connected", "连接时间"),
    "content": Words("Content", "内容"), "day": Words("Day", "日期"), "effect": Words("Effect", "影响"),
    "ends_at": Words("Ends", "结束"), "evidence": Words("Evidence", "证据"), "facts": Words("Facts", "事实"),
    "filed_at": Words("Filed", "提交时间"), "host": Words("Server", "服务器"), "letter": Words("Letter", "表扬信"),
    "outcome": Words("Outcome", "结果"), "parts": Words("Contested", "异议部分"), "paused_on": Words("Paused", "暂停"),
    "pending": Words("Proposed", "待确认内容"), "plan": Words("Plan number", "计划编号"),
    "points": Words("Points", "要点"), "published_at": Words("Published", "发布时间"),
    "quote": Words("Message", "消息原文"), "read_at": Words("Read", "读取时间"), "situation": Words("Situation", "情境"),
    "starts_at": Words("Begins", "开始"), "taken": Words("Taken over", "已延续"), "talk": Words("Talk held", "是否面谈"),
    "terms": Words("Expectations", "期望"), "thanked_at": Words("Thanked", "致谢时间"),
    "took_place": Words("Took place", "举行日期"),
    "valid_from": Words("Valid from", "生效日期"), "value_en": Words("Value", "价值观"), "way": Words("How", "方式"),
}  # fmt: skip
