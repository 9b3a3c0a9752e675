"""What both sides say was agreed, side by side: how they differ, what may be taken over, and who has signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.owing import whole
from flows.interviews.agreeing import MOST, other_side, say
from flows.interviews.differing import Pair, difference, pairs, told
from flows.interviews.following import follow, known, signing
from flows.interviews.sides import CLOSE, LOOK, SAY, Both, found, thing_in, whose_interview
from flows.interviews.signing import MEANS, WAYS
from flows.interviews.talked import SIDES, Point, Side, Talk, TalkRecords
from flows.people.person import Person
from flows.people.policy import may, relations

TITLE = Words("What was agreed", "面谈约定")
SAY_IT = Words("Say what was agreed", "填写约定事项")
CHANGE = Words("Change mine", "修改我的内容")
SIGN = Words("Sign", "签署")
TAKE = Words("Take over", "采纳")
AGENDA = Words("Agenda", "面谈提纲")


@view("interview-talk", may=LOOK, of=whose_interview)
def talk_view(records: TalkRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Both sides for whoever takes part; for the managers above and HR once both are open to each other."""
    both = found(records, about)
    talk = known(records, both)
    side = speaks_for(records, actor, both, now)
    thing = thing_in(records, actor, both, now)
    if thing and relations(actor, thing).isdisjoint(CLOSE):
        detail = {"person": both.person.id}
        records.audit.note(now, actor.id, "interview.read", f"interview/{both.interview.id}", detail)
    opened = both.opened_at(talk, now)
    body: list[Element] = [Heading(heading(both, side)), Line(state_words(both, talk, actor, now))]
    if side is not None and both.is_over(now):
        body += ways(both, talk, side, opened)
    for one in (side, other_side(side)) if side else SIDES:
        body += said_by(both, talk, one, actor, shown=opened is not None or one == side)
    if opened is not None:
        body += differences(both, talk, side)
        body += signatures(records, both, talk, actor)
    return Screen(TITLE, tuple(body), place=Act("see", ("interview-talk", *about)))


def speaks_for(records: TalkRecords, actor: Person, both: Both, now: datetime) -> Side | None:
    """The side for which the reader may speak; None for whoever only reads."""
    thing = thing_in(records, actor, both, now)
    return both.side_of(actor) if thing and may(actor, SAY[1], thing, now) else None


def heading(both: Both, side: Side | None) -> Words:
    if side is None:
        return both.titled(same(f"{both.person.name} – {both.manager.name}"))
    return both.titled(same(both.of(other_side(side)).name))


def state_words(both: Both, talk: Talk, actor: Person, now: datetime) -> Words:
    """How far it is, in a sentence."""
    if not both.is_over(now):
        starts = both.interview.starts_at
        if both.interview.state == "booked" and starts is not None:
            return Words("The talk is on {when}.", "面谈时间：{when}。").fill(
                when=day_and_time(starts, actor.zone)
            )
        return Words("The talk has not taken place yet.", "面谈尚未进行。")
    if talk.is_final:
        return Words(
            "Both have signed. It stays as it is; a change makes a new version.",
            "双方已签署，内容不再变动；如需修改会生成新版本。",
        )
    if both.opened_at(talk, now) is not None:
        return Words(
            "Look at what each of you says, and sign that you took note.",
            "请查看双方的内容，并签署表示知悉。",
        )
    missing = [same(who.name) for side, who in both.each() if side not in talk.said]
    return Words("Waits for what {names} say.", "等待{names}填写。").fill(names=join(missing, " and ", "和"))


def ways(both: Both, talk: Talk, side: Side, opened: datetime | None) -> list[Element]:
    """What the reader can do: say theirs, sign, look at the agenda."""
    number = str(both.interview.id)
    found_ = [Button(AGENDA, Act("see", ("interview-agenda", number)))]
    said = side in talk.said
    write = Button(
        CHANGE if said else SAY_IT, Act("open", ("interview-agreed", number)), "plain" if said else "primary"
    )
    found_.insert(0, write)
    if opened is not None and not talk.has_signed(side):
        act = Act("open", ("interview-sign", signing(both, talk.version)))
        found_.insert(0, Button(SIGN, act, "primary"))
    return [Buttons(tuple(found_))]


def said_by(both: Both, talk: Talk, side: Side, actor: Person, *, shown: bool) -> list[Element]:
    """One side's list, or the sentence that it is not there to be read."""
    who = both.of(side)
    body: list[Element] = [Divider(), Heading(Words("{name} says", "{name}填写的内容").fill(name=who.name))]
    said = talk.said.get(side)
    if said is None:
        return [*body, Line(Words("Nothing has been said yet.", "尚未填写。"))]
    if not shown:
        return [*body, Line(HIDDEN)]
    body += [Line(Words("• ", "• ") + told(point, both.names)) for point in said.points]
    if not said.points:
        body.append(Line(Words("Nothing was agreed.", "没有约定事项。")))
    body += [Quote(said.comment)] if said.comment else []
    when = day_and_time(said.at, actor.zone)
    return [*body, Note(Words("Said {when}", "填写于 {when}").fill(when=when))]


HIDDEN = Words(
    "This is shown once both have said what was agreed, so that each says it by themselves.",
    "双方各自填写后才会显示，以便各自独立填写。",
)


def differences(both: Both, talk: Talk, side: Side | None) -> list[Element]:
    """What is not the same in both lists, with a button to take over the other's."""
    if not talk.is_said:
        return [Divider(), Line(LATE), *takeable(both, talk, side)]
    found_ = compared(talk)
    sentences = [(pair, words) for pair in found_ if (words := difference(pair, both.names))]
    title = Heading(Words("Where you differ" if side else "Where they differ", "不一致之处"))
    if not sentences:
        return [Divider(), Line(Words("Both say the same.", "双方的内容一致。"))]
    body: list[Element] = [Divider(), title]
    for pair, words in sentences:
        body.append(row(both, talk, side, pair, words))
    return body


LATE = Words(
    "One side has not said anything in time, so what the other said is open to both. It can be taken over as it is.",
    "其中一方未按时填写，因此另一方的内容已对双方开放，可以直接采纳。",
)


def takeable(both: Both, talk: Talk, side: Side | None) -> list[Element]:
    """For the side that is late: every point of the other's."""
    if side is None or side in talk.said:
        return []
    theirs = talk.said[other_side(side)].points
    return [
        row(both, talk, side, Pair(None, one) if side == "person" else Pair(one, None), told(one, both.names))
        for one in theirs
    ]


def row(both: Both, talk: Talk, side: Side | None, pair: Pair, words: Words) -> Element:
    """One difference; with the button where the reader can take over what the other wrote."""
    theirs = pair.of(other_side(side)) if side else None
    if side is None or theirs is None or talk.is_final:
        return Line(words)
    nth = talk.said[other_side(side)].points.index(theirs)
    about = (str(both.interview.id), str(talk.version), str(nth))
    return Row(words, Button(TAKE, Act("do", ("interview-adopt", *about))))


def compared(talk: Talk) -> list[Pair]:
    lists = [talk.said[side].points if side in talk.said else () for side in SIDES]
    return pairs(*lists)


def signatures(records: TalkRecords, both: Both, talk: Talk, actor: Person) -> list[Element]:
    """Who has signed, and how they stand to it."""
    body: list[Element] = [Divider(), Heading(Words("Signatures", "签署")), Note(MEANS)]
    for side, who in both.each():
        signature = talk.signed.get(side)
        name = same(who.name) + Words(": ", "：")
        if signature is None:
            body.append(Line(name + Words("not signed yet", "尚未签署")))
            continue
        when = day_and_time(signature.at, actor.zone)
        if signature.way == "missing":
            body.append(
                Line(name + Words("not signed (recorded {when})", "未签署（记录于 {when}）").fill(when=when))
            )
            continue
        signer = records.people.get(signature.by) if signature.by not in (None, who.id) else None
        if signer is not None:
            name = same(who.name) + FOR.fill(name=signer.name)
        body.append(Line(name + WAYS[signature.way] + Words(" · {when}", " · {when}").fill(when=when)))
        body += [Quote(signature.comment)] if signature.comment else []
    return body


FOR = Words(", by {name} in their place: ", "（由{name}代签）：")


@deed("interview-adopt", may=SAY, of=whose_interview)
def adopt(records: TalkRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """Take over one point of the other's as one's own; taken over twice, it stands there once."""
    both = found(records, about)
    records.interviews.lock(both.interview.id)
    talk, side = known(records, both), both.side_of(actor)
    theirs = talk.said.get(other_side(side))
    if talk.is_final or both.opened_at(talk, now) is None or theirs is None:
        raise Refusal(
            "This can't be taken over now. Open what was agreed once more to see how it stands.",
            "现在无法采纳。请重新打开面谈约定查看最新情况。",
        )
    nth = whole(about[2]) if len(about) > 2 else MOST * 9
    place = Act("see", ("interview-talk", str(both.interview.id)))
    if len(about) < 3 or nth >= len(theirs.points) or about[1] != str(talk.version):
        return place
    mine = talk.said.get(side)
    points = taken_over(mine.points if mine else (), theirs.points[nth], talk, side)
    say(records, both, talk, side, actor, points, mine.comment if mine else "", now)
    follow(records, both, now)
    return place


def taken_over(mine: tuple[Point, ...], theirs: Point, talk: Talk, side: Side) -> tuple[Point, ...]:
    """The list with the other's point: in place of the own one that means the same, else behind all others."""
    for pair in compared(talk):
        own = pair.of(side)
        if own is not None and pair.of(other_side(side)) == theirs:
            return tuple(replace(theirs, what=own.what) if one is own else one for one in mine)
    return mine if theirs in mine else (*mine, theirs)
