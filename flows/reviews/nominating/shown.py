"""The reviewers of somebody in one list: how far each nomination is, never who has answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.reviews.nominating.following import follow
from flows.reviews.nominating.naming import Naming, has_left, is_open_to, live, planned, running
from flows.reviews.nominating.opening import refuse_unless_open
from flows.reviews.nominating.rights import named_by, nomination_named, thing_for, whose, whose_nomination
from flows.reviews.nominating.slate import PEERS
from flows.reviews.nominating.wording import summary
from flows.reviews.records import Nomination

TITLE = Words("Reviewers", "评估人")
BACK = Words("Take back", "撤回")
CHOOSE = Words("Choose colleagues", "选择同事")
NOTHING = Words(
    "There is nobody to name at the moment: no cycle asks you for reviewers now. You will be told when one does.",
    "目前不需要提名：现在没有周期需要你提名评估人，到时会通知你。",
)


def own_list(_records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """One's own reviewers, whatever the button says."""
    return Thing("review_list", actor)


@view(
    "nominations",
    may=("review_list", "read"),
    of=own_list,
    command="review nominate",
    help=Words("name the colleagues who review you", "提名评估你的同事"),
)
def nominations(records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Whom the actor has named in every running cycle, and how far each is."""
    body: list[Element] = []
    for naming in running(records, peers=True):
        place = records.participants.get(naming.cycle.id, actor.id)
        if (
            place
            and place.place == "in"
            and may(actor, "view", thing_for(records, actor, naming, actor, now), now)
        ):
            body += of_person(records, naming, actor, place, actor, now)
    return Screen(TITLE, tuple(body) or (Line(NOTHING),), place=Act("see", ("nominations",)))


@view("nominations-of", may=("peer_nomination", "view"), of=whose(peers=True))
def nominations_of(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One person's reviewers, for themselves or for whoever says yes to them."""
    found = named_by(records, about)
    if found is None:
        raise NotThere
    naming, person, place = found
    body = of_person(records, naming, person, place, actor, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("nominations-of", *naming.parts(person.id))))


def of_person(
    records: ResultRecords, naming: Naming, person: Person, place: Participant, actor: Person, now: datetime
) -> list[Element]:
    """The reviewers of one person in one phase; of those whom others named, the person is told how many."""
    every = records.nominations.about(naming.cycle.id, naming.phase.name, person.id)
    own, asked = actor.id == person.id, planned(records, naming)
    shown = [
        one
        for one in every
        if (one.by == person.id or not own) and (one.state != "withdrawn" or has_left(one))
    ]
    name = same("") if own else same(f" · {person.name}")
    body: list[Element] = [
        Heading(naming.phase.title + name + same(f" · {naming.cycle.name}")),
        Line(summary(naming, len(live(every)))),
    ]
    if others := len([one for one in live(every) if one not in shown]):
        body.append(Line(count(others, BY_ONE, BY_MANY, "其中 {n} 人由上级或 HR 指定。")))
    people = {one.id: one.name for one in records.people.many([one.reviewer for one in shown])}
    for one in sorted(shown, key=lambda one: (one not in live(every), people.get(one.reviewer, ""))):
        body += row(one, people.get(one.reviewer, "?"), naming, actor, own=own, asked=asked)
    return [*body, *ways(records, naming, person, place, actor, now)]


BY_ONE = "{n} of them was named by your manager or HR."
BY_MANY = "{n} of them were named by your manager or HR."


def row(
    one: Nomination, name: str, naming: Naming, actor: Person, *, own: bool, asked: bool
) -> list[Element]:
    """One reviewer with their state; whoever decides about them reads why somebody declined, the person does not."""
    state = state_words(one, naming, own=own, asked=asked)
    if is_open_to(one, actor.id, one.about, asked=asked):
        return [Row(state, Button(BACK, Act("do", ("nomination-back", str(one.id)))), same(name))]
    told = [Quote(one.why)] if one.why and not has_left(one) and (one.state == "rejected" or not own) else []
    return [Line(same(name) + Words(": ", "：") + state), *told]


def state_words(one: Nomination, naming: Naming, *, own: bool, asked: bool) -> Words:
    """How far a nomination is. Who was asked and has answered reads the same as who has not."""
    match one.state:
        case "proposed":
            return (
                Words("waits for your manager", "等待上级确认")
                if own
                else Words("waits for a yes", "等待确认")
            )
        case "approved" if asked:
            return Words("asked", "已邀请")
        case "approved":
            opens = day_words(naming.window().opens)
            return Words("is asked on {day}", "将于 {day} 收到邀请").fill(day=opens)
        case "rejected":
            if own:
                return Words("your manager said no; please name another", "上级未同意，请另选他人")
            return Words("turned down", "未同意")
    if own:
        return Words("can't do it; please name another", "无法评估，请另选他人")
    return Words("can't do it", "无法评估")


def ways(
    records: ResultRecords, naming: Naming, person: Person, place: Participant, actor: Person, now: datetime
) -> list[Element]:
    """The button into the form; why there is none, where nobody can be named by the reader now."""
    try:
        refuse_unless_open(records, naming, person, place, actor, now)
    except Refusal as no:
        return [Note(no.words)]
    label = CHOOSE if actor.id == person.id else PEERS
    return [Buttons((Button(label, Act("open", ("nominate", naming.subject(person.id))), "primary"),))]


@deed("nomination-back", may=("peer_nomination", "retract"), of=whose_nomination(peers=True))
def take_back(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take one's own word back, as long as nobody has decided about it and nobody was asked."""
    return taken_back(records, actor, about, now)


@deed("lead-back", may=("project_review", "assign"), of=whose_nomination(peers=False))
def take_lead_back(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The same for a lead; whoever may name one may also take one back that another has named."""
    return taken_back(records, actor, about, now, anybody=True)


def taken_back(
    records: ResultRecords, actor: Person, about: Sequence[str], now: datetime, *, anybody: bool = False
) -> Words:
    """Nobody is asked any more who was named by mistake; refuses where it is too late."""
    found = nomination_named(records, about)
    if found is None:
        raise NotThere
    one, naming, person, _ = found
    records.cycles.lock(naming.cycle.id)
    one = records.nominations.get(one.id) or one
    reviewer = records.people.get(one.reviewer)
    name = reviewer.name if reviewer else "?"
    if one.state == "withdrawn":
        return Words("{name} is taken back already.", "已撤回{name}。").fill(name=name)
    if anybody and has_written(records, one):
        raise Refusal(
            "{name} has written the review already, so it stays.", "{name}已提交评估，不能撤回。", name=name
        )
    if not anybody and not is_open_to(one, actor.id, person.id, asked=planned(records, naming)):
        raise Refusal(
            "{name} is settled or asked already and can't be taken back. Please ask your manager or HR.",
            "{name}已确定或已收到邀请，不能撤回。请联系上级或 HR。",
            name=name,
        )
    records.nominations.save(replace(one, state="withdrawn", decided_by=actor.id))
    detail = {"phase": naming.phase.name, "named": 0, "taken_back": 1}
    records.audit.note(now, actor.id, "nominations.name", f"cycle/{naming.cycle.id}/{person.id}", detail)
    follow(records, naming, person.id, now)
    return Words("{name} is taken back.", "已撤回{name}。").fill(name=name)


def has_written(records: ResultRecords, one: Nomination) -> bool:
    """Whether a named review is there already."""
    return records.reviews.find(one.cycle, one.phase, one.about, one.kind, one.reviewer) is not None
