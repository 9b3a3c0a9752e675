"""A session on its screen: its figures, its people, and what whoever leads it can do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flows.core.catalog import view
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Screen, here
from flows.core.screen import Row as Beside
from flows.core.words import Words, join, same
from flows.cycle.template import Template
from flows.people.person import Person
from flows.results.calibrating.asking import file_buttons
from flows.results.calibrating.rights import KIND, Table, table_of, whose_session
from flows.results.calibrating.seats import Row
from flows.results.calibrating.spread import Figures, figures_of, spread, unexplained
from flows.results.calibrating.told import people_words
from flows.results.distribution import MEANING
from flows.results.rating import rating_words
from flows.results.records import ResultRecords, Session

TITLE = Words("Calibration", "校准")
OPEN = Words("Open", "打开")
MEANINGS = Words("What is this?", "指标说明")
WITHOUT_YOU = Words(
    "Your own result and those of the managers above you are discussed without you: wherever they are, they are "
    "neither shown nor counted here.",
    "你本人和你各级上级的结果由他人讨论：无论在哪个校准会中，都不会在此显示，也不计入这里的任何数字。",
)
NOT_YET = Words(
    "Ratings are shown here, and can be changed, once every review about these people was due.",
    "相关评估全部到期之后，这里才会显示评级，并可以调整。",
)
LOCKING = Words(
    "After this nothing can be changed in this session any more, by nobody. Groups that differ from the guide without "
    "a reason: {n}.",
    "锁定后，任何人都不能再更改本校准会的结果。与指引不符且未说明原因的组：{n} 个。",
)


@view("calibration", may=(KIND, "view"), of=whose_session)
def calibration(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The session as the reader sees it: figures and people without themselves and the managers above them."""
    table = table_of(records, actor, about, now)
    figures = figures_of(records, table)
    body: list[Element] = [Heading(same(f"{table.session.name} · {table.cycle.name}"))]
    body += [Line(state_words(records, table, actor)), Note(WITHOUT_YOU)]
    body.append(Buttons(tuple(buttons(figures, table))))
    if table.rows:
        body += [*spread(figures, table), Heading(Words("People", "人员"))]
        body += [person_row(table, row) for row in by_rating(table.cycle.template, table.rows)]
    else:
        body.append(Line(NOT_YET))
    return Screen(TITLE, tuple(body), place=Act("see", ("calibration", str(table.session.id))))


def state_words(records: ResultRecords, table: Table, actor: Person) -> Words:
    """Open or locked, how many people, and who takes part."""
    session = table.session
    people = people_words(len(table.rows))
    parts = (
        [told_state(records, session, actor), people] if table.rows else [told_state(records, session, actor)]
    )
    names = join(same(person.name) for person in by_name(records, session))
    return join(parts, " · ", " · ") + Words(" · taking part: {names}", " · 参与校准：{names}").fill(
        names=names
    )


def told_state(records: ResultRecords, session: Session, actor: Person) -> Words:
    """Open, or who has locked it and when."""
    if session.state == "open" or session.locked_at is None:
        return Words("Going on", "进行中")
    who = records.people.get(session.locked_by) if session.locked_by else None
    return Words("Final: locked by {who}, {when}", "已锁定（最终结果）：{who}，{when}").fill(
        who=who.name if who else "–", when=day_and_time(session.locked_at, actor.zone)
    )


def by_name(records: ResultRecords, session: Session) -> list[Person]:
    return sorted(records.people.many(session.participants), key=lambda person: (person.name, person.id))


def buttons(figures: Figures, table: Table) -> list[Button]:
    """What may be done: the files, and for whoever leads it the participants and the lock."""
    it = str(table.session.id)
    found = file_buttons(it) if table.rows else []
    found.append(Button(MEANINGS, Act("see", ("calibration-meaning", it))))
    if table.steers and table.is_open:
        found.append(Button(Words("Who takes part", "参与校准的人"), Act("open", ("calibration-people", it))))
        sure = LOCKING.fill(n=len(unexplained(figures, table)))
        found.append(Button(Words("Lock", "锁定"), Act("do", ("calibration-lock", it)), "danger", sure))
    return found


def by_rating(template: Template, rows: tuple[Row, ...]) -> list[Row]:
    """People in the scale's own order (from the highest number down without steps), then by name; unrated ones first."""
    order: dict[str, Decimal | int] = {step.key: nth for nth, step in enumerate(template.scale)}
    if template.free is not None:
        order = {row.rating: -Decimal(row.rating) for row in rows if row.rating}
    return sorted(rows, key=lambda row: (row.rating in order, order.get(row.rating, 0), row.person.name))


def person_row(table: Table, row: Row) -> Beside:
    """One person: the rating now, and what it was where somebody has moved it."""
    words = change_words(table.cycle.template, row)
    place = Act("see", ("calibration-person", f"{table.session.id}/{row.person.id}"))
    groups = join([same(one) for one in (row.place.department, row.place.level) if one], " · ", " · ")
    return Beside(words + same("\n") + groups, Button(OPEN, here(place)), same(row.person.name))


def change_words(template: Template, row: Row) -> Words:
    """ "B · As expected", or "B → A · Beyond expectations" where it is another than the manager's."""
    now, before = rating_words(template, row.rating), row.rated().given
    return same(f"{before} → ") + now if row.latest("calibrated") and before != row.rating else now


NAMED = {
    "share": Words("Shares", "比例"),
    "guide": Words("The guide", "分布指引"),
    "pool": Words("Looked at together", "合并查看"),
    "strictness": Words("How strict", "评级宽严"),
    "moved": Words("Higher, lower", "上调、下调"),
}


@view("calibration-meaning", may=(KIND, "view"), of=whose_session)
def meaning(_records: ResultRecords, _actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """What each figure is."""
    return Screen(MEANINGS, (Facts(tuple((NAMED[name], words) for name, words in MEANING.items())),))
