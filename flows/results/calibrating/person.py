"""One person in a session: the rating before and now, its history, and what there is to discuss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Screen, here
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import may
from flows.results.calibrating.moving import MOVE, change_rating
from flows.results.calibrating.rights import KIND, Table, row_of, table_of, whose_session
from flows.results.calibrating.seats import Row
from flows.results.calibrating.session import TITLE
from flows.results.explaining import result_explained
from flows.results.rating import rating_words
from flows.results.records import Given, ResultRecords, VersionKind
from flows.results.stages import thing_about
from flows.reviews.about_somebody import everything_about, review_row

KINDS: Mapping[VersionKind, Words] = {
    "computed": Words("computed", "系统计算"),
    "manager": Words("by the manager", "上级评定"),
    "calibrated": Words("calibrated", "校准"),
    "appealed": Words("after an appeal", "申诉后"),
}
HISTORY = Words("Every version so far", "历次版本")
EXPLAINED = Words("How it was computed", "计算过程")
REVIEWS = Words("What was written", "相关评估")
BACK = Words("Back to the session", "返回校准会")


@view("calibration-person", may=(KIND, "view"), of=whose_session)
def calibration_person(
    records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime
) -> Screen:
    """The person's rating with every version, and the ways to its computation and to what was written."""
    table = table_of(records, actor, about, now)
    row = row_of(table, whole(about[0].partition("/")[2]))
    manager = records.people.get(row.place.manager) if row.place.manager else None
    facts = (
        (Words("Rating now", "当前评级"), rating_words(table.cycle.template, row.rating)),
        (Words("By the manager", "上级评定"), rating_words(table.cycle.template, row.rated().given)),
        (Words("Manager", "上级"), same(manager.name if manager else "–")),
        (Words("Department", "部门"), same(row.place.department or "–")),
        (Words("Level", "职级"), same(row.place.level or "–")),
    )
    body: list[Element] = [Heading(same(f"{row.person.name} · {table.session.name}")), Facts(facts)]
    body.append(Buttons(tuple(buttons(records, actor, table, row, now))))
    body += reviews(records, actor, table, row, now)
    body += [Heading(HISTORY), *history(records, actor, table, row)]
    return Screen(TITLE, tuple(body), place=Act("see", ("calibration-person", about[0])))


def buttons(records: ResultRecords, actor: Person, table: Table, row: Row, now: datetime) -> list[Button]:
    """To change it while that is possible, to its computation, and back to the session with its figures as they are."""
    found = []
    moved = thing_about(records, actor, "score_calibrated", table.cycle, row.person, now)
    if table.is_open and moved and may(actor, "create", moved, now):
        it = f"{table.session.id}/{row.person.id}"
        found.append(Button(MOVE, Act("open", (change_rating.name, it)), "primary"))
    if row.versions:
        place = (result_explained.name, str(table.cycle.id), str(row.person.id))
        found.append(Button(EXPLAINED, Act("see", place)))
    return [*found, Button(BACK, here(Act("see", ("calibration", str(table.session.id)))))]


def reviews(records: ResultRecords, actor: Person, table: Table, row: Row, now: datetime) -> list[Element]:
    """What was written about the person with a name, as far as the actor may read it."""
    found = everything_about(records, actor, table.cycle, row.person, now)
    return [Heading(REVIEWS), *(review_row(records, table.cycle, sent) for sent in found)] if found else []


def history(records: ResultRecords, actor: Person, table: Table, row: Row) -> list[Element]:
    """Every version, the newest first: who, when and why. Reasons of a calibration are for those who take part."""
    if not row.versions:
        return [Line(Words("There is none yet.", "还没有任何版本。"))]
    names = {
        one.id: one.name for one in records.people.many({v.by for v in row.versions if v.by is not None})
    }
    body: list[Element] = []
    for version in reversed(row.versions):
        body.append(Line(version_words(version, table, names, actor)))
        if version.why and (table.notes or version.kind != "calibrated"):
            body.append(Quote(version.why))
    if not table.notes and row.latest("calibrated"):
        body.append(
            Note(
                Words(
                    "Why ratings were changed is read by those who take part.",
                    "调整原因仅供参与校准的人查看。",
                )
            )
        )
    return body


def version_words(version: Given, table: Table, names: Mapping[int, str], actor: Person) -> Words:
    """ "3 · calibrated: A · Beyond expectations · Chen Wei, Friday 16 January, 16:00"."""
    words = same(f"{version.version} · ") + KINDS[version.kind] + Words(": ", "：")
    words += rating_words(table.cycle.template, version.rating) + same(" · ")
    if version.by is not None:
        words += same(names.get(version.by, "?")) + Words(", ", "，")
    return words + day_and_time(version.at, actor.zone)
