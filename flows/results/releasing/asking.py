"""HR looks at what a release would open, and asks for it; above 50 people a second person of HR approves it first."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed
from flows.core.moments import day_words
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.hr.launch import ALONE
from flows.cycle.hr.scope import RUNNING, STATES, the_cycle, thing_of_cycle
from flows.cycle.hr.setup import told_people
from flows.cycle.records import Cycle, Sweep
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import Release, ResultRecords
from flows.results.releasing.readiness import Ready, in_the_way, ready
from flows.results.releasing.states import name_of, opening_key, release_thing, state_of

SURE = Words(
    "Afterwards nothing of these results changes in place, and nobody can tell any more who wrote without a name.",
    "发布之后，结果不能再直接修改；匿名内容与作者的对应关系也将永久删除。",
)


@deed("release-ask", may=("release", "create"), of=release_thing)
def ask(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Have the results opened, or ask the others of HR for their approval first."""
    return ask_for(records, actor, about[0], "", now)


def ask_for(records: ResultRecords, actor: Person, subject: str, despite: str, now: datetime) -> Words:
    """The same; `despite`: why it is released although it was not calibrated as its template wants it."""
    cycle = the_cycle(records, actor, (subject,), RUNNING, now)
    refuse_state(cycle)
    refuse_asked(records, cycle, records.releases.lock(cycle.id), actor)
    found = refuse_unready(records, cycle, now, excused=bool(despite))
    release = Release(cycle.id, actor.id, now, despite=despite)
    if found.people <= ALONE:
        records.releases.save(release)
        return begin(records, cycle, release, actor, found, now)
    others = approvers(records, actor, cycle, now)
    if not others:
        raise Refusal(
            "{people} take part, so a second person of HR has to approve it, and there is none. "
            "Have another HR admin named in the directory first.",
            "参与者共 {people}，需要另一位 HR 批准，但目前没有。请先在通讯录中指定另一位 HR 管理员。",
            people=told_people(found.people),
        )
    records.releases.save(release)
    records.audit.note(now, actor.id, "release.ask", f"cycle/{cycle.id}", detail(found, release))
    for person in others:
        n = asked_times(records, cycle.id, person.id) + 1
        about_it = {"cycle": cycle.id, "person": person.id, "n": n}
        key = f"release-approval/{cycle.id}/{person.id}/{n}"
        records.messages.write(Message(key, "release.approval", about_it, now, person.id, urgency=0))
    records.messages.refresh_all(f"release-approval/{cycle.id}/")
    return Words(
        "{people} take part, so a second person approves it. Asked: {names}.",
        "参与者共 {people}，需要另一位 HR 批准。已通知：{names}。",
    ).fill(people=told_people(found.people), names=join(same(person.name) for person in others[:10]))


def begin(
    records: ResultRecords, cycle: Cycle, release: Release, actor: Person, found: Ready, now: datetime
) -> Words:
    """Nobody has to approve it any more: have the results opened, in slices, from now on."""
    records.audit.note(now, actor.id, "release.begin", f"cycle/{cycle.id}", detail(found, release))
    records.sweeps.plan(Sweep(opening_key(release), {"cycle": cycle.id}, now))
    return Words(
        "The results of {name} are being opened: {people}. You will be told when it is done.",
        "正在发布“{name}”的结果，共 {people}。完成后会通知你。",
    ).fill(name=cycle.name, people=told_people(found.results))


def detail(found: Ready, release: Release) -> dict[str, int | str]:
    """What the audit log says of it: how many, and the reason where it took one."""
    counts = {"people": found.people, "results": found.results, "withheld": found.withheld}
    return counts | ({"despite": release.despite} if release.despite else {})


def approvers(records: ResultRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Person]:
    """Everybody else in HR who may release this cycle."""
    return [
        person
        for person in records.people.hr()
        if person.id != actor.id and may(person, "create", thing_for(records, person, cycle), now)
    ]


def thing_for(records: ResultRecords, person: Person, cycle: Cycle) -> Thing:
    return Thing("release", departments=thing_of_cycle(records, person, cycle).departments)


def asked_times(records: ResultRecords, cycle: int, person: int) -> int:
    """How often the person was asked to approve this release."""
    return len(records.messages.starting(f"release-approval/{cycle}/{person}/"))


def refuse_state(cycle: Cycle) -> None:
    """Only what runs can be released."""
    if cycle.state != "live":
        raise Refusal(
            "{name} is {state}; only the results of a cycle that runs can be released. Type /cycle to see it.",
            "“{name}”{state}，只有进行中的周期才能发布结果。输入 /cycle 查看。",
            name=cycle.name, state=STATES[cycle.state],
        )  # fmt: skip
    if cycle.paused_at is not None:
        raise Refusal(
            "{name} is paused, and nobody would hear of it. Resume it on /cycle first.",
            "“{name}”已暂停，没有人会收到通知。请先在 /cycle 中恢复。", name=cycle.name,
        )  # fmt: skip


def refuse_asked(records: ResultRecords, cycle: Cycle, release: Release | None, actor: Person) -> None:
    """The second of two who ask at once is told about the first, and nothing is done twice."""
    if release is None:
        return
    day = release.released_at and day_words(local_day(release.released_at, actor.zone))
    raise Refusal(
        ASKED[state_of(records, release)],
        who=name_of(records, release.asked_by), name=cycle.name, day=day,
    )  # fmt: skip


ASKED = {
    "released": Words(
        "{who} has released the results of {name} already, on {day}. Nothing was done twice.",
        "{who} 已于 {day} 发布“{name}”的结果，没有重复操作。",
    ),
    "going": Words(
        "{who} is having the results of {name} opened already. Nothing was done twice.",
        "{who} 正在发布“{name}”的结果，没有重复操作。",
    ),
    "asked": Words(
        "{who} has asked for the release of {name} already. Somebody else in HR approves it or sends it back, on /cycle.",
        "{who} 已申请发布“{name}”的结果，需由另一位 HR 在 /cycle 中批准或退回。",
    ),
}


def refuse_unready(records: ResultRecords, cycle: Cycle, now: datetime, *, excused: bool) -> Ready:
    """What would be opened now; refuses while something stands in the way (`in_the_way`), naming all of it."""
    found = ready(records, cycle, now)
    if hinders := in_the_way(records, found, excused=excused):
        raise Refusal(
            "The results of {name} can't be released yet: {why}.", "“{name}”的结果暂时不能发布：{why}。",
            name=cycle.name, why=join(hinders, "; ", "；"),
        )  # fmt: skip
    return found
