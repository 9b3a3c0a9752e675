"""What HR sees of anonymous comments between their closing and the release, and what it has said about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.hr.scope import readable_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.missing import the_cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.anonymity import comments_of
from flows.reviews.gathering import Gathered, gather
from flows.reviews.owed import Moment, place_named
from flows.reviews.published import NOT_YOURS, kept_from
from flows.reviews.records import Flag

KIND = "unnamed_comment"
AT_ONCE, ROWS = 50, 10  # people looked through for one screen, and names on it

TITLE = Words("Comments", "评语")
READ, NEXT, DECIDE = Words("Read", "查看"), Words("Next", "下一页"), Words("Not like this …", "需要处理…")
NONE_LEFT = Words("Nobody (else) has comments to look at.", "没有（更多）可以查看的评语。")
RULES = Words(
    "For comments that insult or tell what is nobody's business. They come without authors, and only where enough "
    "people wrote; to find somebody, type /cycle comments and their name.",
    "用于处理侮辱性或涉及隐私的评语。评语不显示作者，且只有作答人数足够时才会显示。要查找某人，请输入 /cycle comments 加姓名。",
)
STATES = {
    "reword": Words("You have asked for other words. As it stands it will not be shown.", "已请作者修改，现有内容不会显示。"),
    "reworded": Words("The author has put it in other words.", "作者已修改。"),
    "withheld": Words("Withheld: it will not be shown.", "已隐藏，不会显示。"),
    "kept": Words("Looked at: it will be shown as it is.", "已查看，将按原文显示。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as HR reads it: its opaque name, and what HR has said about it."""

    id: str
    gathered: Gathered
    question: Question
    text: str
    flag: Flag | None


def comments_about(
    records: ResultRecords, actor: Person, cycle: Cycle, person: int, now: datetime
) -> Iterator[Comment]:
    """The comments about somebody that are closed and of groups that are large enough, each question in its own order.

    None of a group that the actor isn't shown, having been asked themself.
    """
    closed = gather(records, cycle, [person], now)
    hidden = kept_from(records, cycle, actor.id, [person])
    for gathered in closed:
        if (person, gathered.phase.name) in hidden:
            continue
        given = comments_of(gathered.form, gathered.pens, gathered.least, gathered.own)
        flags = {flag.id: flag for flag in gathered.flags}
        for question in gathered.form.questions:
            named = [
                (records.pens.comment(cycle.id, pen, question.name), text)
                for pen, text in given.get(question.name, ())
            ]
            for name, text in sorted(named):
                yield Comment(name, gathered, question, text, flags.get(name))


def of_person(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The comments about somebody, for the policy: there are none after the seal."""

    def at(now: datetime) -> Thing | None:
        cycle, person = place_named(records, about)
        if cycle is None or person is None or records.pens.is_sealed(cycle.id):
            return None
        return thing_about(records, actor, KIND, cycle, person, now)

    return at


def of_cycle(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle that a button names; a command finds it by itself."""
    return readable_cycle(records, actor, about) if about and about[0].isdigit() else Thing("cycle")


@deed("comments-find", may=("cycle", "read"), of=of_cycle, command="cycle comments",
      help=Words("HR: anonymous comments before they are shown", "HR：在显示之前查看匿名评语"))  # fmt: skip
def find(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """The list of the newest cycle that runs, or somebody's comments where the command names them."""
    cycle, said = the_cycle(records, actor, (), now), about[0].strip() if about else ""
    if not said:
        return Act("see", ("comments", str(cycle.id)))
    found = reader_of(records, actor, now).find(said)
    if not found or not readable(records, actor, cycle, [found], now):
        raise Refusal(
            "There are no comments about “{who}” for you to look at. /cycle comments shows where there are.",
            "没有你可以查看的关于“{who}”的评语。输入 /cycle comments 查看列表。",
            who=said[:60],
        )
    return Act("see", ("comments-about", str(cycle.id), str(found)))


@view("comments", may=("cycle", "read"), of=of_cycle)
def comments(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Counts, and who has comments to look at; about is (cycle, the last id before)."""
    cycle = the_cycle(records, actor, about[:1], now)
    places = records.participants.slice(cycle.id, whole(about[1]) if len(about) > 1 else 0, AT_ONCE)
    shown = readable(records, actor, cycle, [place.person for place in places], now)
    body: list[Element] = [Heading(same(cycle.name)), Facts(counts(records, actor, cycle))]
    for person in shown[:ROWS]:
        place = Act("see", ("comments-about", str(cycle.id), str(person.id)))
        body.append(Row(same(person.name), Button(READ, place)))
    if not shown and len(places) < AT_ONCE:
        body.append(Line(NONE_LEFT))
    last = places[-1].person if len(places) == AT_ONCE else 0
    if after := shown[ROWS - 1].id if len(shown) > ROWS else last:
        body.append(Buttons((Button(NEXT, Act("see", ("comments", str(cycle.id), str(after)))),)))
    return Screen(TITLE, (*body, Note(RULES)), place=Act("see", ("comments", str(cycle.id))))


def readable(
    records: ResultRecords, actor: Person, cycle: Cycle, people: list[int], now: datetime
) -> list[Person]:
    """Those of these people who have comments that the actor may look at now, by id."""
    if records.pens.is_sealed(cycle.id):
        return []
    closed = gather(records, cycle, people, now)
    hidden = kept_from(records, cycle, actor.id, people)
    having = {
        one.about
        for one in closed
        if (one.about, one.phase.name) not in hidden and comments_of(one.form, one.pens, one.least, one.own)
    }
    known = {person.id: person for person in records.people.many(sorted(having))}
    return [
        person
        for _, person in sorted(known.items())
        if may(actor, "view", thing_about(records, actor, KIND, cycle, person, now), now)
    ]


def counts(records: ResultRecords, actor: Person, cycle: Cycle) -> tuple[tuple[Words, Words], ...]:
    """How much was asked and what came of it, over everybody whom the actor looks after."""
    flags = records.flags.of_cycle(cycle.id)
    places = records.participants.many(cycle.id, sorted({flag.about for flag in flags}))
    scope = actor.hr_scope
    mine = {place.person for place in places if scope is None or place.department in scope}
    states = Counter(flag.state for flag in flags if flag.about in mine)
    asked = states["reword"] + states["reworded"]
    return (
        (Words("Asked for other words", "已请修改"), same(asked)),
        (Words("Put in other words", "已修改"), same(states["reworded"])),
        (Words("Withheld", "已隐藏"), same(states["withheld"])),
    )


@view("comments-about", may=(KIND, "view"), of=of_person)
def comments_about_somebody(
    records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime
) -> Screen:
    """The comments about one person, and for each what HR can do about it."""
    cycle, person = place_named(records, about)
    if cycle is None or person is None:
        raise NotThere
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}"))]
    before = None
    for one in comments_about(records, actor, cycle, person.id, now):
        if before != (where := (one.gathered.phase.name, one.question.name)):
            body.append(Line(one.gathered.form.title + Words(": ", "：") + one.question.words))
        before = where
        place = Act("open", ("comment-decide", f"{cycle.id}/{person.id}/{one.id}"))
        body.append(Row(same(one.text), Button(DECIDE, place)))
        body += [Note(STATES[one.flag.state])] if one.flag else []
    hidden = kept_from(records, cycle, actor.id, [person.id])
    if hidden or before is None:
        body.append(Line(NOT_YOURS if hidden else NONE_LEFT))
    records.audit.note(now, actor.id, "comments.read", f"cycle/{cycle.id}", {})
    return Screen(TITLE, tuple(body), place=Act("see", ("comments-about", str(cycle.id), str(person.id))))
