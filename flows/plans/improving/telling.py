"""How an improvement plan reads: where it stands, what it expects, how far each is, and each step that led there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.core.moments import day_words
from flows.core.screen import Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words, count, join, same
from flows.people.person import Person
from flows.plans.improving.records import INSIDE, Plan, State, Step, Wish
from flows.plans.improving.terms import Rhythm, Terms

TITLE = Words("Improvement plan", "改进计划")
STATES: Mapping[State, Words] = {
    "draft": Words("Draft: only the manager and HR see it", "草稿：仅上级和 HR 可见"),
    "published": Words("In force, not yet confirmed as read", "执行中，尚未确认阅读"),
    "acknowledged": Words("In force, confirmed as read", "执行中，已确认阅读"),
    "paused": Words("Paused", "已暂停"),
    "met": Words("Ended: the expectations were met", "已结束：达到期望"),
    "not_met": Words("Ended: the expectations were not met", "已结束：未达到期望"),
    "withdrawn": Words("Withdrawn", "已撤回"),
}
WISHES: Mapping[Wish, Words] = {
    "publish": Words("publish the plan", "发布计划"),
    "change": Words("change the plan", "修改计划"),
    "extend": Words("extend the plan", "延长计划"),
    "met": Words("end it: the expectations were met", "结束计划：达到期望"),
    "not_met": Words("end it: the expectations were not met", "结束计划：未达到期望"),
    "withdrawn": Words("withdraw the plan", "撤回计划"),
}
RHYTHMS: Mapping[Rhythm, Words] = {
    "weekly": Words("Every week", "每周"),
    "biweekly": Words("Every two weeks", "每两周"),
}
MARKS: Mapping[str, Words] = {
    "met": Words("Met", "已达到"),
    "on_track": Words("On track", "进展正常"),
    "behind": Words("Behind", "落后"),
}
MOST_STEPS = 40  # in a window; the paper has them all


def full_day(day: date) -> Words:
    """A day with its year: it is read in other years, too."""
    told = day_words(day)
    return Words(f"{told.en} {day.year}", f"{day.year}年{told.zh}")


def full_moment(moment: datetime, zone: str) -> Words:
    """The same of a moment, on a reader's clock."""
    local = moment.astimezone(ZoneInfo(zone))
    return full_day(local.date()) + Words(f", {local:%H:%M}", f"{local:%H:%M}")


def terms_body(terms: Terms, marks: Mapping[int, Words] | None = None) -> list[Element]:
    """Why, the examples, and what is expected, with how far each is where a meeting has said it."""
    body: list[Element] = [Heading(Words("Why", "原因")), Quote(terms.why)]
    body += [Heading(Words("Examples", "事例")), Quote(terms.examples)]
    for one in terms.expectations:
        body.append(Heading(Words("Expectation {n}", "期望 {n}").fill(n=one.key)))
        body.append(Quote(one.what))
        rows = [
            (Words("Measured by", "衡量方式"), same(one.measure)),
            (Words("By", "完成期限"), full_day(one.by)),
            (Words("Support", "提供的支持"), same(one.support)),
        ]
        if marks and one.key in marks:
            rows.append((Words("At the last meeting", "最近一次面谈"), marks[one.key]))
        body.append(Facts(tuple(rows)))
    return body


def frame_rows(terms: Terms) -> list[tuple[Words, Words]]:
    return [
        (Words("Until", "截止"), full_day(terms.ends)),
        (Words("Meetings", "面谈"), RHYTHMS[terms.rhythm]),
    ]


def standing_rows(plan: Plan, names: Mapping[int, str]) -> list[tuple[Words, Words]]:
    """Where it stands, in pairs."""
    rows = [
        (Words("Stands", "状态"), STATES[plan.state]),
        (Words("Led by", "负责人"), same(names.get(plan.manager, "?"))),
    ]
    if plan.terms:
        rows += frame_rows(plan.terms)
    if plan.version:
        rows.append((Words("Version", "版本"), version_words(plan)))
    if plan.extended:
        times = count(plan.extended, "once", "{n} times", "{n} 次")
        rows.append((Words("Extended", "已延长"), times))
    if plan.meeting and plan.terms and plan.meeting <= plan.terms.ends and plan.state != "paused":
        rows.append((Words("Next meeting", "下次面谈"), full_day(plan.meeting)))
    return rows


def version_words(plan: Plan) -> Words:
    if plan.acknowledged == plan.version:
        return Words("{n}, confirmed as read", "第 {n} 版，已确认阅读").fill(n=plan.version)
    return Words("{n}, not yet confirmed as read", "第 {n} 版，尚未确认阅读").fill(n=plan.version)


def last_marks(steps: Sequence[Step], version_terms: Terms | None) -> dict[int, Words]:
    """What the last meeting said of each expectation, by its number."""
    for step in reversed(steps):
        if step.kind in ("published", "extended"):
            continue
        marks = (step.content or {}).get("marks")
        if step.kind == "meeting" and marks:
            keys = {one.key for one in version_terms.expectations} if version_terms else set()
            return {int(key): MARKS[one["mark"]] for key, one in marks.items() if int(key) in keys}
    return {}


def history(
    steps: Sequence[Step], names: Mapping[int, str], reader: Person, *, inside: bool
) -> list[Element]:
    """Every step, oldest first; `inside`: with what passed between the manager and HR."""
    shown = [step for step in steps if inside or step.kind not in INSIDE]
    return [element for step in shown for element in step_body(step, names, reader)]


def step_body(step: Step, names: Mapping[int, str], reader: Person) -> list[Element]:
    """One step: when, who, what; and what was said in it."""
    said = step.content or {}
    who = same(names.get(step.by, "?")) if step.by else Words("perfloop", "perfloop")
    head = full_moment(step.at, reader.zone) + same(" · ") + who + same(" · ")
    body: list[Element] = [Line(head + what_words(step, names))]
    if step.content is None:
        return [
            *body,
            Note(
                Words("What was said is gone: its time to be kept is over.", "内容已超过保存期限，已删除。")
            ),
        ]
    texts = [said.get(name) for name in ("why", "comment", "note")]
    body += [Quote(text) for text in texts if text]
    for key, one in sorted(said.get("marks", {}).items()):
        words = Words("Expectation {n}: {mark}", "期望 {n}：{mark}").fill(n=key, mark=MARKS[one["mark"]])
        body.append(Note(words))
        body += [Quote(one["comment"])] if one.get("comment") else []
    return body


def what_words(step: Step, names: Mapping[int, str]) -> Words:
    """What happened, in a few words."""
    said = step.content or {}
    version = said.get("version", "?")
    match step.kind:
        case "asked":
            wish = WISHES[said["wish"]] if said else same("")
            return Words("asked HR to agree: {wish}", "请 HR 同意：{wish}").fill(wish=wish)
        case "returned":
            return Words("sent it back", "退回")
        case "published":
            return Words("version {n} is in force", "第 {n} 版生效").fill(n=version) + agreed(said, names)
        case "extended":
            ends = full_day(date.fromisoformat(said["terms"]["ends"])) if said else same("?")
            words = Words("extended until {day}, version {n}", "延长至 {day}，第 {n} 版")
            return words.fill(day=ends, n=version) + agreed(said, names)
        case "acknowledged":
            return Words("has read version {n}", "已阅读第 {n} 版").fill(n=version)
        case "unread":
            return Words("version {n} was not confirmed as read in time", "第 {n} 版未按时确认阅读").fill(
                n=version
            )
        case "commented":
            return Words("comments", "补充意见")
        case "meeting":
            return Words("meeting of {day}", "{day}的面谈").fill(day=day_of(said))
        case "missed":
            return Words("the meeting of {day} did not take place", "{day}的面谈未进行").fill(
                day=day_of(said)
            )
        case "paused":
            leave = Words("paused: on leave", "因休假暂停")
            return Words("paused", "暂停") if step.by else leave
        case "resumed":
            days = count(said.get("days", 0), "{n} working day", "{n} working days", "{n} 个工作日")
            return Words("goes on; the dates move by {days}", "恢复执行，日期顺延 {days}").fill(days=days)
        case "handed":
            to = names.get(said.get("to", 0), "?")
            return Words("{name} leads it from now on", "改由{name}负责").fill(name=to)
        case "met" | "not_met" | "withdrawn":
            left = Words("withdrawn: the person has left", "撤回：当事人已离职")
            return left if said.get("left") else STATES[step.kind] + agreed(said, names)


def day_of(said: Mapping[str, object]) -> Words:
    return full_day(date.fromisoformat(str(said["day"]))) if said else same("?")


def agreed(said: Mapping[str, object], names: Mapping[int, str]) -> Words:
    """Who had asked for it; that nobody else in HR could look, where that is so."""
    parts: list[Words] = []
    if asker := names.get(int(str(said.get("asked_by") or 0))):
        parts.append(Words("asked for by {name}", "由{name}提出").fill(name=asker))
    if said.get("alone"):
        parts.append(Words("no second person in HR could look at it", "没有其他 HR 可以复核"))
    return Words(" (", "（") + join(parts) + Words(")", "）") if parts else same("")
