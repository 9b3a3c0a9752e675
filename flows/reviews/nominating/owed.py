"""How the tasks around reviewers show: naming them, saying yes or no, naming another. No message says who is named."""

from __future__ import annotations

from datetime import datetime

from flows.core.progress import way_in
from flows.core.records import Task
from flows.core.screen import Act, Button
from flows.core.words import Words, count, same
from flows.cycle import owing
from flows.cycle.asking import way_of
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import APPROVE, REPLACE, Owed, owed_in
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.form import name_colleagues
from flows.reviews.nominating.naming import NOMINATE, Naming, live, naming_in
from flows.reviews.nominating.shown import CHOOSE

LIST = Words("Open your people's reviewers", "打开下属的评估人")
SAY = Words("Look at them", "查看人选")
EVERYBODY = Button(LIST, Act("see", ("approvals",)), "primary")
DONE = Words("That's everybody", "没有其他人了")
LEADS = Words("Name leads", "指定负责人")


def naming_face(records: ResultRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """Naming one's own reviewers, those of a report, or the leads of all reports."""
    owed, naming = owed_in(records, task), naming_in(records, task.scope, task.subject)
    if owed is None or naming is None:
        return None
    if way_of(naming.cycle.template, owed.phase) == "once":
        return leads_face(owed, task, person)
    about = records.people.get(task.about)
    if about is None:
        return None
    own = task.about == task.owner
    values = {
        "least": naming.least, "most": naming.rule.most, "cycle": naming.cycle.name, "name": about.name,
    }  # fmt: skip
    first, again = OWN if own else OTHERS
    title = owed.title if own else owed.title + same(f" · {about.name}")
    return Face(
        title,
        first.fill(**values),
        again.fill(**values),
        into_form(records, naming, task, person, now),
        owing.why(owed) if own else reason(task, naming, about, person),
        over=owing.over(owed, title, person),
        together=None if own else owed.title,
        list=None if own else EVERYBODY,
        by=NAME_BY,
    )


NAME_BY = (
    Words("Please name them by {due}.", "请在 {due} 前完成提名。"),
    Words(
        "It was due on {due}; you can still name them until {until}.",
        "截止时间为 {due}，{until} 前仍可提名。",
    ),
)
ANSWER_BY = (
    Words("Please answer by {due}.", "请在 {due} 前答复。"),
    Words(
        "It was due on {due}; you can still answer until {until}.", "截止时间为 {due}，{until} 前仍可答复。"
    ),
)


OWN = (
    Words(
        "Please name {least} to {most} colleagues who review you for {cycle}.",
        "请为{cycle}提名 {least} 至 {most} 位评估你的同事。",
    ),
    Words(
        "A reminder: for {cycle} please name {least} to {most} colleagues who review you.",
        "提醒：请为{cycle}提名 {least} 至 {most} 位评估你的同事。",
    ),
)
OTHERS = (
    Words(
        "Please name {least} to {most} colleagues who review {name} for {cycle}.",
        "请为{cycle}提名 {least} 至 {most} 位评估{name}的同事。",
    ),
    Words(
        "A reminder: for {cycle} please name {least} to {most} colleagues who review {name}.",
        "提醒：请为{cycle}提名 {least} 至 {most} 位评估{name}的同事。",
    ),
)


def leads_face(owed: Owed, task: Task, person: Person) -> Face:
    """Each manager once: who of their people also works for a lead, if anybody does."""
    words = Words(
        "Who of your people works for a project or dotted-line lead as well? Please name these leads for {cycle}.",
        "你的下属中，谁还在项目或虚线关系中向他人汇报？请为{cycle}指定这些负责人。",
    ).fill(cycle=owed.cycle.name)
    return Face(
        owed.title,
        words,
        Words("A reminder: ", "提醒：") + words,
        Button(LEADS, Act("see", ("project-reviewers",)), "primary"),
        Words(
            "Why me? You lead people who take part in {cycle}.", "为什么收到？你的下属参加了{cycle}。"
        ).fill(cycle=owed.cycle.name),
        more=(Button(DONE, Act("do", ("leads-named", str(task.id)))),),
        over=owing.over(owed, owed.title, person),
        by=NAME_BY,
    )


def into_form(records: ResultRecords, naming: Naming, task: Task, person: Person, now: datetime) -> Button:
    """The button into the form, which says how far a draft is."""
    subject = naming.subject(task.about)
    label = way_in(records, person, name_colleagues, subject, now, begin=CHOOSE)
    return Button(label, Act("open", ("nominate", subject)), "primary")


def reason(task: Task, naming: Naming, about: Person, person: Person) -> Words:
    """Why somebody is asked about another one's reviewers."""
    if task.owner == person.id:
        words = Words(
            "Why me? You are the one who reviews {name} in {cycle}.", "为什么收到？{cycle}由你评估{name}。"
        )
    else:
        words = Words(
            "Why me? You do this instead of the one who usually reviews {name} in {cycle}.",
            "为什么收到？{cycle}由你代替{name}的评估人处理。",
        )
    return words.fill(name=about.name, cycle=naming.cycle.name)


def approving_face(records: ResultRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """Saying yes or no; how many wait is counted when it is read."""
    naming, about = naming_in(records, task.scope, task.subject), records.people.get(task.about)
    if naming is None or about is None:
        return None
    every = records.nominations.about(naming.cycle.id, naming.phase.name, about.id)
    number = sum(one.state == "proposed" for one in every)
    words = count(
        number,
        "{n} reviewer of {{name}} for {{cycle}} waits for your yes.",
        "{n} reviewers of {{name}} for {{cycle}} wait for your yes.",
        "{{name}}在{{cycle}}有 {n} 位评估人等待你确认。",
    ).fill(name=about.name, cycle=naming.cycle.name)
    title = Words("Reviewers to approve: {name} · {cycle}", "待确认的评估人：{name} · {cycle}").fill(
        name=about.name, cycle=naming.cycle.name
    )
    return Face(
        title,
        words,
        Words("A reminder: ", "提醒：") + words,
        Button(SAY, Act("see", ("approvals",)), "primary"),
        reason(task, naming, about, person),
        over=over(task, title),
        by=ANSWER_BY,
        together=Words("Reviewers to approve · {cycle}", "待确认的评估人 · {cycle}").fill(
            cycle=naming.cycle.name
        ),
        list=EVERYBODY,
    )


def over(task: Task, title: Words) -> Words | None:
    """How saying yes or no ended; None while it is open."""
    match task.state:
        case "done":
            return title + Words(": answered. Thank you!", "：已确认，谢谢！")
        case "waived":
            return title + Words(": nobody waits for you any more.", "：已无需确认。")
        case "expired":
            return title + Words(": closed. Whoever was undecided is asked.", "：已关闭，未答复的视为同意。")
    return None


def replacing_face(records: ResultRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """Naming another, because there are too few since somebody fell out."""
    owed, naming = owed_in(records, task), naming_in(records, task.scope, task.subject)
    about = records.people.get(task.about)
    if owed is None or naming is None or about is None:
        return None
    every = records.nominations.about(naming.cycle.id, naming.phase.name, about.id)
    own = task.about == task.owner
    words = Words(
        "Somebody who was named can't review {whom} for {cycle}: {n} are left, at least {least} are wanted. "
        "Please name another.",
        "有人无法参加{cycle}对{whom}的评估：目前剩 {n} 人，至少需要 {least} 人，请另选他人。",
    ).fill(
        whom=Words("you", "你") if own else about.name, cycle=naming.cycle.name, n=len(live(every)),
        least=naming.least,
    )  # fmt: skip
    title = Words("Name another reviewer · {cycle}", "补充评估人 · {cycle}").fill(cycle=naming.cycle.name)
    title += same("") if own else same(f" · {about.name}")
    return Face(
        title,
        words,
        Words("A reminder: ", "提醒：") + words,
        into_form(records, naming, task, person, now),
        owing.why(owed) if own else reason(task, naming, about, person),
        over=owing.over(owed, title, person),
        by=NAME_BY,
    )


NOMINATING = Duty(NOMINATE, owing.policy, naming_face, owing.moments, to_others=True)
APPROVING = Duty(APPROVE, owing.policy, approving_face, owing.moments, to_others=True)
REPLACING = Duty(REPLACE, owing.policy, replacing_face, owing.moments, to_others=True)
