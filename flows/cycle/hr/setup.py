"""HR sets a cycle up: picks a template, a name, a first day and who takes part; nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.core.catalog import deed, flow
from flows.core.kinds import Choice, Day, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, count
from flows.cycle.audience import Groups, ask_audience, audience_answers, groups_for, refuse_beyond
from flows.cycle.calendar import local_day
from flows.cycle.hr.dates import in_the_past
from flows.cycle.hr.scope import BEFORE, all_cycles, steered_cycle, subject_in, the_cycle
from flows.cycle.records import Audience, Cycle, CycleRecords
from flows.cycle.template import Template
from flows.people.person import Person

NEXT = {
    "month": timedelta(days=28),
    "quarter": timedelta(weeks=13),
    "half_year": timedelta(weeks=26),
    "year": timedelta(weeks=52),
    "probation": timedelta(0),
}
"""How much later the copy of a cycle begins: whole weeks, so that it begins on the same weekday."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the steps need: templates and groups to choose from, today, and the draft that is to change, if any."""

    today: date
    templates: tuple[Template, ...]
    groups: Groups
    draft: Cycle | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What HR decided."""

    template: Template
    name: str
    first: date
    audience: Audience


def setup(records: CycleRecords, actor: Person, subject: str, now: datetime) -> Setup:
    """What there is to choose from; refuses a cycle that is not a draft any more."""
    draft = None if subject == "new" else the_draft(records, actor, subject, now)
    templates = {template.name: template for template in records.templates.all()}
    if draft and draft.template.name not in templates:
        templates[draft.template.name] = draft.template
    if not templates:
        raise Refusal(
            "There are no templates yet. Add one first: perfloop template add my.yml",
            "还没有模板，请先添加：perfloop template add my.yml",
        )
    return Setup(
        local_day(now, actor.zone), tuple(templates.values()), groups_for(records.people, actor), draft
    )


def the_draft(records: CycleRecords, actor: Person, subject: str, now: datetime) -> Cycle:
    """The cycle to edit; refuses one that is launched."""
    cycle = the_cycle(records, actor, (subject,), BEFORE, now)
    if cycle.state not in BEFORE:
        raise Refusal(
            "{name} is launched; move its dates or change who takes part instead, on /cycle.",
            "{name} 已经启动。请在 /cycle 中调整日期或参与人员。",
            name=cycle.name,
        )
    return cycle


def first_page(has: Setup) -> Questionnaire:
    """Template, name and first day; asked as data because the templates are the company's own."""
    options = tuple(Option(one.name, one.title, one.about, one) for one in has.templates)
    earliest = min(has.today, has.draft.first) if has.draft else has.today
    return Questionnaire(
        "cycle",
        Words("The cycle", "周期"),
        (
            Question("template", Words("Which template?", "使用哪个模板？"), Choice(options)),
            Question("name", Words("What is it called?", "周期名称？"), Text(1, 80),
                     hint=Words("Such as: Q2 2026", "例如：2026 年第二季度")),
            Question("first", Words("On which day does it begin?", "从哪一天开始？"),
                     Day(earliest, has.today + timedelta(days=731)),
                     hint=Words("The phases count from this day.", "各阶段从这一天起计算。")),
        ),
    )  # fmt: skip


def decide(ask: Ask, has: Setup) -> Plan:
    """The steps of a new cycle, and of changing a draft."""
    page = ask.form(first_page(has))
    return Plan(page["template"], page["name"], page["first"], ask_audience(ask, has.groups))


def as_answers(has: Setup) -> Answers:
    """A draft's answers, to begin its change with."""
    if has.draft is None:
        return {}
    draft = has.draft
    page = {"template": draft.template.name, "name": draft.name, "first": draft.first.isoformat()}
    return {"cycle": page, **audience_answers(draft.audience)}


def check(records: CycleRecords, actor: Person, plan: Plan, itself: int, now: datetime) -> int:
    """How many people it is for. Refuses an audience beyond one's scope or of nobody, dates in the past, a taken name."""
    refuse_beyond(records.people, actor, plan.audience)
    people = sum(row[-1] for row in records.participants.meant(plan.audience))
    if not people:
        raise Refusal(
            "Nobody would take part: choose a department, a level or people who are in the directory.",
            "这样没有人参与：请选择通讯录中的部门、职级或人员。",
        )
    wanted = Cycle(0, "draft", plan.name, plan.first, plan.template, plan.audience, actor.id, now)
    if problem := in_the_past(wanted, local_day(now, actor.zone)):
        raise Refusal(problem)
    taken = (one for one in records.cycles.all() if one.state != "archived" and one.id != itself)
    if any(one.name.casefold() == plan.name.casefold() for one in taken):
        raise Refusal(
            "There is a cycle called {name} already. Choose another name.", "已有名为“{name}”的周期，请换一个名称。",
            name=plan.name,
        )  # fmt: skip
    return people


def keep_new(records: CycleRecords, actor: Person, _subject: str, plan: Plan, now: datetime) -> Words:
    """Keep a draft."""
    people = check(records, actor, plan, 0, now)
    cycle = records.cycles.save(
        Cycle(0, "draft", plan.name, plan.first, plan.template, plan.audience, actor.id, now)
    )
    records.audit.note(now, actor.id, "cycle.draft", f"cycle/{cycle.id}", {"people": people})
    return Words(
        "{name} is kept as a draft for {people}. Nothing is sent: look at it, rehearse it, launch it on /cycle.",
        "“{name}”已保存为草稿，共 {people}。尚未发送任何消息：请在 /cycle 中预览、演练并启动。",
    ).fill(name=plan.name, people=told_people(people))


def told_people(number: int) -> Words:
    return count(number, "{n} person", "{n} people", "{n} 人")


def keep_change(records: CycleRecords, actor: Person, subject: str, plan: Plan, now: datetime) -> Words:
    """Change a draft: it has to be rehearsed and, where it needs a second person, approved anew."""
    before = the_draft(records, actor, subject, now)
    people = check(records, actor, plan, before.id, now)
    changed = replace(
        before, template=plan.template, name=plan.name, first=plan.first, audience=plan.audience
    )
    same_dates = (before.template, before.first) == (changed.template, changed.first)
    records.cycles.save(as_draft(replace(changed, moved=before.moved if same_dates else {})))
    records.audit.note(now, actor.id, "cycle.edit", f"cycle/{before.id}", {"people": people})
    withdraw(records, before)
    return Words(
        "Changed. It is a draft for {people}; rehearse it before you launch it.",
        "已修改。现为草稿，共 {people}；启动前请先演练。",
    ).fill(people=told_people(people))


def as_draft(cycle: Cycle) -> Cycle:
    """The cycle as a draft: neither rehearsed nor waiting for anybody's approval."""
    return replace(cycle, state="draft", rehearsed_at=None, asked_by=None, approved_by=None)


def withdraw(records: CycleRecords, cycle: Cycle) -> None:
    """Requests for approval that were sent lose their buttons."""
    records.messages.refresh_all(f"cycle-approval/{cycle.id}/")


new = flow(
    "cycle-new", Words("New cycle", "新建周期"), may=("cycles", "read"), of=all_cycles, facts=setup, keep=keep_new,
    subject=lambda *_: "new", again=True, command="cycle new",
    help=Words("HR: set up a cycle", "HR：新建周期"),
)(decide)  # fmt: skip
edit = flow(
    "cycle-edit", Words("Change the draft", "修改草稿"), may=("cycle", "steer"), of=steered_cycle, facts=setup,
    keep=keep_change, subject=subject_in(*BEFORE), prefill=as_answers, again=True, command="cycle edit",
    help=Words("HR: change a draft", "HR：修改周期草稿"),
)(decide)  # fmt: skip


@deed("cycle-copy", may=("cycle", "steer"), of=steered_cycle, command="cycle copy",
      help=Words("HR: a new draft like a cycle", "HR：复制周期"))  # fmt: skip
def copy(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """A new draft like this cycle, a period later."""
    cycle = the_cycle(records, actor, about, ("draft", "rehearsed", "live", "closed", "archived"), now)
    first = cycle.first + NEXT[cycle.template.period]
    today = local_day(now, actor.zone)
    while first < today:
        first += timedelta(weeks=1)
    taken = {one.name.casefold() for one in records.cycles.all()}
    names = (f"{cycle.name} ({n})" for n in range(2, 10_000))
    name = next(name for name in names if name.casefold() not in taken)
    draft = records.cycles.save(Cycle(0, "draft", name, first, cycle.template, cycle.audience, actor.id, now))
    records.audit.note(now, actor.id, "cycle.copy", f"cycle/{draft.id}", {"of": cycle.id})
    return Words(
        "Copied as the draft {name}. Change its name and first day on /cycle.",
        "已复制为草稿“{name}”。请在 /cycle 中修改名称和开始日期。",
    ).fill(name=name)
