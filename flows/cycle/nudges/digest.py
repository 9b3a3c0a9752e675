"""The day's digest: everything that is due to one person in one message, as things stand when it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.core.catalog import Catalog, LetterKind
from flows.core.moments import day_and_time
from flows.core.records import Records
from flows.core.screen import Act, Buttons, Divider, Element, Heading, Letter, Line, Menu, Note
from flows.core.words import Words, count, same
from flows.cycle.duty import Duty
from flows.cycle.nudges.entry import MORE, WHY, Spoken, headline, is_live, state_of, ways, when_due
from flows.cycle.owing import closed_words
from flows.cycle.records import CycleRecords
from flows.people.person import Person

CARRIED = ("checkin.digest",)  # letters in which what their reader owes is shown as well
MOST = 5  # tasks shown in full: each takes three blocks of the fifty that a message can have
MOST_NOTICES = 10
MOST_OVER = 10  # lines of what is over


def day_letter(catalog: Catalog) -> LetterKind:
    """The day's digest, and a reminder that somebody asked for."""

    def write(records: CycleRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
        person = records.people.get(about["person"])
        if person is None:
            return None
        spoken = spoken_of(records, catalog.duties, about, person, now)
        told = notices_of(records, catalog, about["notices"], now)
        if not about.get("sent"):  # what was paused meanwhile is not spoken of
            spoken = [one for one in spoken if one.duty.policy(records, one.task) is not None]
        live = [one for one in spoken if is_live(one.task, about.get("id"), person)]
        if not live and not told and not about.get("sent"):
            return None
        over = [one for one in spoken if one not in live]
        ended = _ended(records, over, about, person)
        if not live:
            thanks = not about.get("closed") and all(_thanked(one) for one in over)
            return _all_over(ended, told, thanks=thanks)
        if len(live) == 1 and not told and not ended:
            return alone(live[0], person, now)
        return _several(records, live, ended, told, person, now)

    return LetterKind("digest", write)


def carrying(catalog: Catalog, letter: LetterKind) -> LetterKind:
    """A letter that also shows what its reader owes, where their tasks were put into it."""

    def write(records: Records, about: Mapping[str, Any], now: datetime) -> Letter | None:
        written = letter.write(records, about, now)
        message = records.messages.get(about["id"]) if written and about.get("id") else None
        person = records.people.get(message.message.person or 0) if message else None
        if written is None or message is None or person is None:
            return written
        mine = [task for task in records.tasks.open_of(person.id) if task.live == message.id]
        live = [
            Spoken(task, task.said - 1, duty, face, again=True)
            for task in mine
            if (duty := catalog.duties.get(task.kind)) and (face := duty.face(records, task, person, now))
        ]
        if not live:
            return written
        body = (*written.body, Divider(), Heading(Words("You still owe", "你还需要完成")))
        return Letter(written.headline, (*body, *_entries(records, live, person, now)))

    return LetterKind(letter.name, write)


def spoken_of(
    records: Records, duties: Mapping[str, Duty], about: Mapping[str, Any], person: Person, now: datetime
) -> list[Spoken]:
    """The message's tasks as they are now, by when they are due; those that are not to be shown are left out."""
    again, moved = set(about.get("again", ())), set(about.get("moved", ()))
    found = []
    for number, n in about["tasks"]:
        task = records.tasks.get(number)
        duty = duties.get(task.kind) if task else None
        face = duty.face(records, task, person, now) if task and duty else None
        if task and duty and face:
            found.append(Spoken(task, n, duty, face, number in again, number in moved))
    return found


def notices_of(
    records: Records, catalog: Catalog, ids: Sequence[int], now: datetime
) -> list[Sequence[Element]]:
    """The message's notices in words; one that has nothing left to tell is left out."""
    found = []
    for number in ids:
        notice = records.notices.get(number)
        kind = catalog.notices.get(notice.kind) if notice else None
        words = kind.words(records, notice, now) if notice and kind else None
        if words:
            found.append(words)
    return found


def alone(one: Spoken, person: Person, now: datetime) -> Letter:
    """One task by itself: what, until when, the ways to deal with it, and why."""
    words = headline(one, person)
    body: list[Element] = [
        Line(words + same(" ") + when_due(one.task, person, now, one.face.by)),
        *ways(one, person, now),
    ]
    return Letter(words, (*body, Note(one.face.why)))


def _several(
    records: Records,
    live: Sequence[Spoken],
    ended: Sequence[Words],
    told: Sequence[Sequence[Element]],
    person: Person,
    now: datetime,
) -> Letter:
    number = len(live)
    words = count(
        number, "{n} thing is waiting for you.", "{n} things are waiting for you.", "你有 {n} 项待办。"
    )
    if number == 1:
        words = headline(live[0], person)
    body: list[Element] = [Line(words)] if number > 1 else []
    body += _entries(records, live, person, now)
    body += [Line(words) for words in ended[:MOST_OVER]]
    body += _told(told)
    if number > 1:
        body.append(Note(CAP))
    return Letter(words, tuple(body))


CAP = Words(
    "At most one such message a day and four a week. “More” says why each is asked.",
    "这类消息每天最多一条，每周最多四条。“更多”里可以查看每一项的原因。",
)


def _entries(records: Records, live: Sequence[Spoken], person: Person, now: datetime) -> list[Element]:
    """Each task with its buttons; what one owes about several people in one phase is one entry."""
    together = Counter(_phase(one) for one in live)
    shown: dict[tuple[str, int, str], list[Element]] = {}
    body: list[Element] = []
    left = 0
    for one in live:
        several = together[_phase(one)] > 1 and one.face.list is not None
        if several and _phase(one) in shown:
            continue
        if len(shown) >= MOST:
            left += 1 if not several else together[_phase(one)]
            shown.setdefault(_phase(one), []) if several else None
            continue
        entry = _group(records, one, person) if several else _entry(one, person, now)
        shown[_phase(one) if several else (one.task.kind, one.task.id, "one")] = entry
        body += entry
    if left:
        body.append(
            Note(Words("… and {n} more on your Home tab.", "……还有 {n} 项，请看“首页”。").fill(n=left))
        )
    return body


def _phase(one: Spoken) -> tuple[str, int, str]:
    return one.task.kind, one.task.scope, one.task.subject


def _entry(one: Spoken, person: Person, now: datetime) -> list[Element]:
    return [
        Line(headline(one, person) + same(" ") + when_due(one.task, person, now, one.face.by)),
        *ways(one, person, now),
    ]


def _group(records: Records, one: Spoken, person: Person) -> list[Element]:
    """All that the person owes in one phase, as one line with one button."""
    task = one.task
    every = [
        other for other in records.tasks.of_round(task.kind, task.scope, task.subject, [person.id])
        if other.person == person.id and other.state in ("open", "done")
    ]  # fmt: skip
    done = sum(other.state == "done" for other in every)
    words = (one.face.together or one.face.title) + Words(
        ": {n} people, {done} done. Due {due}.", "：共 {n} 人，已完成 {done} 人，{due} 截止。"
    ).fill(n=len(every), done=done, due=day_and_time(task.due_at, person.zone))
    if one.moved:
        words += Words(" The date has moved.", "日期已调整。")
    leads = one.face.list or one.face.button
    why = Menu(MORE, ((WHY, Act("see", ("why", str(task.id)))),))
    return [Line(words), Buttons((leads,)), why]


def _ended(
    records: CycleRecords, over: Sequence[Spoken], about: Mapping[str, Any], person: Person
) -> list[Words]:
    """How each task ended that has no buttons here any more; what is closed for all alike is said once for a phase."""
    closed = [
        words for cycle, phase in about.get("closed", ()) if (words := closed_words(records, cycle, phase))
    ]
    return list(dict.fromkeys([*(state_of(one, person) for one in over), *closed]))


def _thanked(one: Spoken) -> bool:
    """Whether its message may say thanks: not where it must read the same for whoever did nothing."""
    return one.task.state == "done" and not one.face.alike


def _all_over(ended: Sequence[Words], told: Sequence[Sequence[Element]], *, thanks: bool) -> Letter:
    """Nothing in it is to be done any more, or it only has news."""
    body: list[Element] = []
    if len(ended) == 1:
        words = ended[0]
        body.append(Line(words))
    elif ended:
        words = ALL_DONE if thanks else NOTHING_LEFT
        body += [Line(words), *(Line(one) for one in ended[:MOST_OVER])]
    else:
        words = next((e.words for e in (told[0] if told else ()) if isinstance(e, Heading | Line)), NEWS)
    return Letter(words, (*body, *_told(told)) or (Line(words),))


ALL_DONE = Words("Everything here is done. Thank you!", "这里的事项都已完成，谢谢！")
NOTHING_LEFT = Words("Nothing in this message waits for you any more.", "这条消息里已没有需要你处理的事项。")
NEWS = Words("Some news for you.", "有新消息。")


def _told(told: Sequence[Sequence[Element]]) -> list[Element]:
    body = [element for words in told[:MOST_NOTICES] for element in words]
    if len(told) > MOST_NOTICES:
        more = len(told) - MOST_NOTICES
        body.append(Note(Words("… and {n} more.", "……还有 {n} 条。").fill(n=more)))
    return body
