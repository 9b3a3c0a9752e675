"""HR keeps one person's result back, with a reason, and opens it later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import deed, flow, notice
from flows.core.desk import NotThere
from flows.core.kinds import Someone, Text
from flows.core.moments import day_and_time, day_words
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.records import Notice
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.hr.members import WHO, refuse_oneself
from flows.cycle.hr.scope import RUNNING, named, the_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle, CycleState
from flows.interviews.planning import plan_proposals
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords, Withheld
from flows.results.releasing.looking import LOOK, RESULT, not_to_be_seen, own_opening, task_for
from flows.results.releasing.opening import is_kept_back
from flows.results.releasing.readiness import with_result
from flows.results.releasing.states import cycle_to_show, is_released
from flows.results.stages import thing_about
from flows.reviews.owed import Moment, place_named

TITLE = Words("Withhold one result", "暂不发布个人结果")
WHY = Question("why", Words("Why?", "原因？"), Text(2, 500))
NOTE = Words(
    "It is opened to nobody, neither to them nor to their manager, who read that it is not open yet. HR reads the "
    "reason.",
    "结果不会向任何人公开：本人和其上级都只会看到“尚未开放”。HR 可以看到原因。",
)
UNRATED = Words(
    " Whoever has no rating by the release will have no result in this cycle, as nobody can be rated afterwards.",
    "发布时仍无评级的人，在本周期将没有结果：发布之后不能再评级。",
)
READABLE = Words(
    " Managers could read the results of their people since {when}, so this one may have been read. It can't be read "
    "any more from now on.",
    "自 {when} 起，上级已可查看下属的结果，所以这份结果可能已被看过；从现在起将不能再查看。",
)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Whom the button names, if it names one, and what the form says before."""

    person: int | None
    note: Words


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whom it is about, and why."""

    person: int
    why: str


def withheld_thing(records: ResultRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """For HR of any department; who it is about is checked with the answer."""
    if not any(about):
        return Thing("release")
    return Thing("release") if named(records, about) else None


def choosing(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Choosing:
    """The person whom the subject names, if it names one, and what follows; refuses a cycle that does not run."""
    cycle = running(records, actor, subject, now)
    release = records.releases.get(cycle.id)
    since = release.released_at if release else None
    note = UNRATED if since is None else READABLE.fill(when=day_and_time(since, actor.zone))
    return Choosing(whole(subject.partition("/")[2]) or None, NOTE + note)


def running(
    records: ResultRecords,
    actor: Person,
    subject: str,
    now: datetime,
    states: tuple[CycleState, ...] = RUNNING,
) -> Cycle:
    """The cycle, held for this transaction; refuses one that is in none of these states."""
    cycle = the_cycle(records, actor, (subject,), RUNNING, now)
    if cycle.state not in states:
        raise Refusal(
            "{name} is not running, so nothing about its results changes. Type /cycle to see its state.",
            "“{name}”不在进行中，结果不再变动。输入 /cycle 查看状态。", name=cycle.name,
        )  # fmt: skip
    return cycle


def keep(records: ResultRecords, actor: Person, subject: str, wanted: Keeping, now: datetime) -> Words:
    """Withhold it, as long as the person could not read it."""
    cycle = running(records, actor, subject, now)
    person = whom(records, actor, cycle, wanted.person, now)
    if is_kept_back(records.releases.is_withheld(cycle.id, person.id)):
        raise Refusal("{who} is withheld already.", "{who} 的结果已暂不发布。", who=person.name)
    release = records.releases.lock(cycle.id)
    opens = own_opening(records, cycle, release, person) if release else None
    if opens is not None and opens <= now:
        raise Refusal(
            "{who} could read it since {day}, and what is released does not change.",
            "{who} 自 {day} 起已可查看结果，已发布的内容不再变动。",
            who=person.name, day=day_words(local_day(opens, person.zone)),
        )  # fmt: skip
    records.releases.withhold(Withheld(cycle.id, person.id, wanted.why, actor.id, now))
    not_to_be_seen(records, cycle, [person.id], now)
    records.audit.note(now, actor.id, "result.withhold", f"cycle/{cycle.id}", {"person": person.id})
    return Words("{who} is withheld: nothing of theirs is opened.", "已暂不发布 {who} 的结果。").fill(
        who=person.name
    )


def whom(records: ResultRecords, actor: Person, cycle: Cycle, person: int, now: datetime) -> Person:
    """The participant, if the actor decides about them: nobody does about themselves or those above them."""
    refuse_oneself(actor, person)
    found = records.people.get(person)
    thing = thing_about(records, actor, "release", cycle, found, now) if found else None
    if found is None or thing is None:
        raise Refusal(
            "{who} does not take part in {cycle}. Choose somebody else.",
            "{who} 未参与“{cycle}”，请选择其他人。", who=found.name if found else "–", cycle=cycle.name,
        )  # fmt: skip
    if not may(actor, "retract", thing, now):
        raise Refusal(
            "{who} is above you, or in a department that you don't look after. Somebody else in HR has to decide.",
            "{who} 是你的上级，或不在你负责的部门。需要由另一位 HR 决定。", who=found.name,
        )  # fmt: skip
    return found


@flow(
    "result-withhold", TITLE, may=("release", "retract"), of=withheld_thing, facts=choosing, keep=keep,
    subject=lambda records, actor, now: str(cycle_to_show(records, actor, (), now).id), again=True, command="cycle withhold",
    help=Words("HR: keep one person's result back", "HR：暂不发布某人的结果"),
)  # fmt: skip
def withhold(ask: Ask, has: Choosing) -> Keeping:
    questions = (WHY,) if has.person else (Question("person", WHO, Someone()), WHY)
    said = ask.form(Questionnaire("withhold", TITLE, questions, has.note))
    return Keeping(has.person or said["person"], said["why"])


def lifted_thing(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment | None:
    """The participant of a cycle that a button names, as HR decides about them."""
    cycle, person = place_named(records, about)
    if cycle is None or person is None:
        return None
    return lambda now: thing_about(records, actor, "release", cycle, person, now)


@deed("result-lift", may=("release", "retract"), of=lifted_thing)
def lift(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Open it after all: with the others, or by itself when they are open already; also in a closed cycle."""
    cycle = running(records, actor, about[0], now, ("live", "closed"))
    person = whom(records, actor, cycle, whole(about[1]), now)
    records.releases.lock(cycle.id)
    withheld = records.releases.is_withheld(cycle.id, person.id)
    if withheld is None:
        raise NotThere
    if withheld.lifted_at is not None:
        raise Refusal("{who} is not withheld any more.", "{who} 的结果已不再暂缓。", who=person.name)
    if not is_released(records, cycle.id):
        opened(records, actor, cycle, withheld, now)
        return Words("{who} is opened with the others.", "{who} 的结果将与其他人一起发布。").fill(
            who=person.name
        )
    if not with_result(records, cycle, [person.id]):
        raise Refusal(
            "{who} has no result in {cycle}: nobody had rated them by the release, and afterwards nobody can. There is "
            "nothing to open.",
            "{who} 在“{cycle}”中没有结果：发布时尚无评级，之后也不能再评级，没有可发布的内容。",
            who=person.name, cycle=cycle.name,
        )  # fmt: skip
    opened(records, actor, cycle, withheld, now)
    if cycle.state != "live":
        return Words(
            "{who}'s result is open. Nobody is written to about a closed cycle, so tell them and their manager.",
            "{who} 的结果已开放。已关闭的周期不再发送消息，请自行告知本人及其上级。",
        ).fill(who=person.name)
    return ask_them(records, cycle, person, now)


def opened(records: ResultRecords, actor: Person, cycle: Cycle, withheld: Withheld, now: datetime) -> None:
    records.releases.withhold(replace(withheld, lifted_by=actor.id, lifted_at=now))
    records.audit.note(now, actor.id, "result.lift", f"cycle/{cycle.id}", {"person": withheld.person})


def ask_them(records: ResultRecords, cycle: Cycle, person: Person, now: datetime) -> Words:
    """The manager is told at once, the person asked to look when it opens to them."""
    place, release = records.participants.get(cycle.id, person.id), records.releases.get(cycle.id)
    manager = records.people.get(place.manager) if place and place.manager else None
    if manager and manager.active:
        key = f"result.lifted/{cycle.id}/{person.id}/{now.isoformat()}"
        records.notices.add([Notice(0, key, manager.id, "result.lifted", {"cycle": cycle.id}, now)])
    opens = own_opening(records, cycle, release, person) if release else None
    if opens is None or not person.active or place is None:
        return Words(
            "{who}'s result is open to their manager and HR.", "{who} 的结果已向其上级和 HR 开放。"
        ).fill(who=person.name)
    plan_proposals(records, cycle, now, [person.id])
    task = task_for(cycle, person, RESULT, opens, place.department)
    before = records.tasks.find(task.kind, task.scope, person.id, task.subject)
    if before is None:
        records.tasks.add([task])
    else:
        records.tasks.save(replace(task, id=before.id))
    return Words(
        "Their manager can read {who}'s result now, they themselves from the morning of {day}.",
        "{who} 的上级现在即可查看其结果，本人从 {day} 上午起可以查看。",
    ).fill(who=person.name, day=day_words(local_day(opens, person.zone)))


@notice("result.lifted")
def told_manager(records: ResultRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """That another result is there; whose, the list says."""
    cycle = records.cycles.get(notice.about["cycle"])
    if cycle is None:
        return None
    words = Words(
        "Another result of your team in {cycle} is there for you to read.",
        "{cycle}又有一份团队成员的结果可供你查看。",
    ).fill(cycle=cycle.name)
    return [Line(words), Buttons((Button(LOOK, Act("see", ("results-team", str(cycle.id)))),))]
