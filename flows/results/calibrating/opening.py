"""HR opens a calibration session: whose results it is about, and who takes part in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow
from flows.core.kinds import Choice, Choices, People, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, count, same
from flows.cycle.hr.members import live_cycle
from flows.cycle.hr.scope import RUNNING, subject_in
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.calibrating.rights import KIND, whose_cycle
from flows.results.calibrating.seats import hidden_from
from flows.results.calibrating.taking_part import WHO, refuse_strangers, tell
from flows.results.computing import compute
from flows.results.records import ResultRecords, Session

MOST = 300  # people in one session: more nobody can discuss, and a click gets them all
DEPARTMENTS, LEVELS, MANAGERS, LEFT = "departments", "levels", "managers", "left"
NEW = Words("New calibration session", "新建校准会")
WHOSE = Words("Whose results is it about?", "讨论哪些人的结果？")
KINDS = {
    DEPARTMENTS: Words("Some departments", "部分部门"),
    LEVELS: Words("Some levels", "部分职级"),
    MANAGERS: Words("The people of some managers, and everybody below", "部分管理者的下属（含各级）"),
    LEFT: Words("Everybody who is in no session yet", "所有尚未分配校准会的人"),
}
OTHERS = Words("Everybody else", "其余人员")
ONCE = Words(
    "Each person is in one session of a cycle. Whoever has a seat already stays there; you yourself and the managers "
    "above you are left to a session of a colleague in HR.",
    "每人在一个周期中只属于一个校准会，已有席位的人不变；你本人和你的各级上级由其他 HR 同事安排。",
)


@dataclass(frozen=True, slots=True)
class Choosable:
    """The cycle, and the departments and levels that the actor may choose from."""

    cycle: Cycle
    departments: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session to be opened: the kind of group with what was chosen of it, who takes part, and its name."""

    kind: str
    departments: tuple[str, ...]
    levels: tuple[str, ...]
    managers: tuple[int, ...]
    participants: tuple[int, ...]
    name: str


def choosable(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Choosable:
    """What there is to choose; refuses once the results are open, and without a scale."""
    cycle = live_cycle(records, actor, subject, now)
    refuse_released(records, cycle)
    if not (cycle.template.scale or cycle.template.free):
        raise Refusal(
            "{name} has no rating scale, so there is nothing to calibrate. Its results can be opened as they are.",
            "“{name}”没有评级等级，无需校准，可以直接发布结果。", name=cycle.name,
        )  # fmt: skip
    scope = actor.hr_scope
    departments = [
        name for name in records.participants.count(cycle.id) if name and (scope is None or name in scope)
    ]
    return Choosable(cycle, tuple(sorted(departments)), tuple(records.people.levels()))


def refuse_released(records: ResultRecords, cycle: Cycle) -> None:
    """Nothing is calibrated once results are open."""
    release = records.releases.get(cycle.id)
    if release is not None and release.released_at is not None:
        raise Refusal(
            "The results of {name} are released, so nothing can be calibrated any more.",
            "“{name}”的结果已发布，无法再校准。", name=cycle.name,
        )  # fmt: skip


def steps(ask: Ask, has: Choosable) -> Wanted:
    """Which kind of group, which of them, who takes part."""
    kinds = [kind for kind in KINDS if kind != DEPARTMENTS or has.departments]
    options = tuple(Option(kind, KINDS[kind]) for kind in kinds if kind != LEVELS or has.levels)
    kind = ask.form(Questionnaire("whose", WHOSE, (Question("kind", WHOSE, Choice(options)),), ONCE))["kind"]
    page = exactly(kind or LEFT, has)
    chosen = ask.form(page) if page else {}
    rest = ask.form(
        Questionnaire(
            "who",
            Words("The session", "校准会"),
            (
                Question("participants", WHO, People(least=1)),
                Question("name", Words("A name for it (empty: its groups)", "名称（留空则使用组名）"), Text(1, 80),
                         optional=True),
            ),
            Words(
                "Managers and HR. They discuss and change ratings, and see everybody here but themselves and the managers "
                "above them. You take part, too.",
                "管理者和 HR。他们讨论并调整评级，可以看到除本人及其各级上级以外的所有人。你也会参与。",
            ),
        )
    )  # fmt: skip
    return Wanted(
        kind,
        tuple(chosen.get(DEPARTMENTS) or ()),
        tuple(chosen.get(LEVELS) or ()),
        tuple(chosen.get(MANAGERS) or ()),
        tuple(rest["participants"] or ()),
        rest["name"] or "",
    )


def exactly(kind: str, has: Choosable) -> Questionnaire | None:
    """Which departments, levels or managers; nothing to ask for whoever is left."""
    if kind == DEPARTMENTS:
        options = tuple(Option(name, same(name)) for name in has.departments)
        asked = Question(DEPARTMENTS, Words("Which departments?", "哪些部门？"), Choices(options, least=1))
    elif kind == LEVELS:
        options = tuple(Option(name, same(name)) for name in has.levels)
        asked = Question(LEVELS, Words("Which levels?", "哪些职级？"), Choices(options, least=1))
    elif kind == MANAGERS:
        asked = Question(MANAGERS, Words("Which managers?", "哪些管理者？"), People(least=1, most=20))
    else:
        return None
    return Questionnaire(f"whose-{kind}", asked.words, (asked,))


def keep(records: ResultRecords, actor: Person, subject: str, wanted: Wanted, now: datetime) -> Words:
    """Open it: seats for everybody in the group who has none, what is computed so far, and those who take part told."""
    cycle = live_cycle(records, actor, subject, now)
    refuse_released(records, cycle)
    participants = tuple(sorted({*wanted.participants, actor.id}))
    refuse_strangers(records, cycle, participants)
    people = seated_anew(records, actor, cycle, wanted)
    session = records.sessions.save(
        Session(0, cycle.id, named(records, wanted, actor), "open", participants, actor.id, now)
    )
    number = records.sessions.seat(session, people)
    compute(records, cycle, people, now)
    detail = {"session": session.id, "people": number, "participants": list(participants)}
    records.audit.note(now, actor.id, "calibration.open", f"cycle/{cycle.id}", detail)
    tell(records, session, [person for person in participants if person != actor.id], now)
    return Words(
        "{name} is open with {people}. Those who take part are told with their next message.",
        "“{name}”已创建，共{people}。参与者会在下一条消息中得知。",
    ).fill(name=session.name, people=count(number, "{n} person", "{n} people", "{n} 人"))


def seated_anew(records: ResultRecords, actor: Person, cycle: Cycle, wanted: Wanted) -> list[int]:
    """Who gets a seat; refuses nobody, and too many."""
    scope = actor.hr_scope
    hidden = hidden_from(records, actor, cycle.id)
    if wanted.kind == MANAGERS:
        found = below(records, cycle.id, wanted.managers)
        found = sorted({*found} - records.sessions.seated(cycle.id, found))
    else:
        inside = wanted.departments or (tuple(sorted(scope)) if scope is not None else ())
        found = records.sessions.left(cycle.id, MOST + len(hidden) + 1, inside, wanted.levels)
    places = records.participants.many(cycle.id, [one for one in found if one not in hidden])
    people = [one.person for one in places if scope is None or one.department in scope]
    if not people:
        raise Refusal(
            "Nobody of this group is left: they take part no longer, or have a seat in another session already. "
            "Choose another group.",
            "该范围内没有可分配的人：可能已不参与本周期，或已在其他校准会中。请选择其他范围。",
        )
    if len(people) > MOST:
        raise Refusal(
            "These are more than {most} people, whom nobody can discuss in one session. Choose a smaller group.",
            "超过 {most} 人，无法在一个校准会中讨论。请缩小范围。", most=MOST,
        )  # fmt: skip
    return sorted(people)


def below(records: ResultRecords, cycle: int, managers: Sequence[int]) -> list[int]:
    """Everybody whom these managers review in the cycle, and everybody below those; up to somewhat more than fit."""
    found: set[int] = set()
    todo = list(managers)
    while todo and len(found) <= 2 * MOST:
        new = {place.person for place in records.participants.led_by(cycle, todo.pop())} - found
        found |= new
        todo += new
    return sorted(found)


def named(records: ResultRecords, wanted: Wanted, actor: Person) -> str:
    """The session's name: what was typed, else its groups; in the language of whoever opens it."""
    managers = [person.name for person in records.people.many(wanted.managers)]
    groups = [*wanted.departments, *wanted.levels, *sorted(managers)]
    return wanted.name or ", ".join(groups)[:80] or OTHERS.say(actor.language)


open_session = flow(
    "calibration-new", NEW, may=(KIND, "create"), of=whose_cycle, facts=choosable, keep=keep,
    subject=subject_in(*RUNNING), again=True, command="calibrate new",
    help=Words("HR: open a calibration session", "HR：新建校准会"),
)(steps)  # fmt: skip
