"""The catalogue of trainings from a sheet that HR drops into the chat: looked at first, then imported with one tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Screen
from flows.core.typed import number
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.importing.dropped import Dropped, ImportRecords, Table
from flows.goals.importing.looking import AND_MORE, IMPORT, MOST_SHOWN, NOTHING, WRONG, the_sheet
from flows.goals.importing.taking import DONE, GONE, was_imported
from flows.goals.tree.dividing import in_places
from flows.people.person import Person
from flows.people.policy import Thing
from flows.plans.training_columns import COLUMNS, places_of
from flows.plans.training_kept import Training, TrainingRecords

TITLE = Words("Trainings to import", "导入培训")
MOST = 2000  # trainings in a catalogue
LENGTHS = {"code": 40, "title": 200, "title_zh": 200, "mode": 60, "link": 500, "skills": 300, "currency": 3}
RESULT = Words(
    "Imported: {new} new, {changed} changed, {same} as they were, {gone} not offered any more.",
    "已导入：新增 {new} 项，变更 {changed} 项，未变 {same} 项，下架 {gone} 项。",
)


class CatalogueRecords(ImportRecords, TrainingRecords, Protocol):
    """What importing a catalogue reads and writes."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a sheet would make of the catalogue, and what is wrong with it, by line."""

    new: Sequence[Training]
    changed: Sequence[Training]
    same: int
    gone: Sequence[Training]
    problems: Sequence[tuple[int, Words]]


def read(content: Table, known: Sequence[Training]) -> Catalogue:
    """Compare the sheet with the catalogue: what is not in the sheet is not offered any more, and nothing is deleted."""
    columns = places_of(content.header)
    before = {one.code.casefold(): one for one in known}
    found: dict[str, Training] = {}
    problems: list[tuple[int, Words]] = []
    for line, cells in content.rows:
        said = {name: cells[place] for name, place in columns.items()}
        try:
            one = training_in(said)
        except Refusal as no:
            problems.append((line, no.words))
            continue
        key = one.code.casefold()
        if key in found:
            problems.append((line, Words("The code is there twice.", "编号重复。")))
        found[key] = replace(one, id=before[key].id if key in before else 0)
    if len(found) > MOST:
        problems.append((0, Words("At most {n} trainings.", "最多 {n} 项培训。").fill(n=MOST)))
    new = [one for key, one in found.items() if key not in before]
    changed = [one for key, one in found.items() if key in before and one != before[key]]
    gone = [one for key, one in before.items() if key not in found and one.offered]
    return Catalogue(new, changed, len(found) - len(new) - len(changed), gone, problems)


def training_in(said: Mapping[str, str]) -> Training:
    """One line of the sheet; refuses in words what can't be kept."""
    for name, most in LENGTHS.items():
        if len(said.get(name, "")) > most:
            raise Refusal("“{column}” is too long: at most {n} characters.", "“{column}”过长，最多 {n} 个字符。",
                          column=COLUMNS[name][0], n=most)  # fmt: skip
    code, title, title_zh = (said.get(name, "").strip() for name in ("code", "title", "title_zh"))
    if not code or not (title or title_zh):
        raise Refusal("It needs a code and a title.", "需要编号和名称。")
    hours, cost = amount(said, "hours"), amount(said, "cost") or Decimal()
    currency = said.get("currency", "").strip().upper()
    if cost and len(currency) != 3:
        raise Refusal(
            "What costs something needs its currency, as CNY or EUR.", "有费用的培训需要填写币种，例如 CNY。"
        )
    link = said.get("link", "").strip()
    if link and not link.startswith(("https://", "http://")):
        raise Refusal("The link should begin with https://.", "链接应以 https:// 开头。")
    return Training(
        0, code, title, title_zh, hours, said.get("mode", "").strip(), link, said.get("skills", "").strip(), cost,
        currency if cost else "",
    )  # fmt: skip


def amount(said: Mapping[str, str], name: str) -> Decimal | None:
    """A number that is not negative; None where nothing stands."""
    text = said.get(name, "").strip()
    if not text:
        return None
    value = number(text)
    if value is None or value < 0 or in_places(value) is None:
        raise Refusal("“{text}” is not a number that I can use.", "“{text}”不是可用的数字。", text=text[:40])
    return value


def own_sheet(records: CatalogueRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The sheet that somebody dropped: theirs alone to import."""
    dropped = records.dropped.get(whole(about[0])) if about else None
    return Thing("training_catalogue") if dropped and dropped.person == actor.id else None


@view("training-import", may=("training_catalogue", "steer"), of=own_sheet)
def look(records: CatalogueRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """What would change, or everything that is wrong."""
    dropped = the_sheet(records, about)
    place = Act("see", ("training-import", *about))
    if dropped.content is None:
        words = DONE.fill(name=dropped.name) if dropped.state == "imported" else dropped.problem or GONE
        return Screen(TITLE, (Line(words),), place=place)
    found = read(dropped.content, records.trainings.all())
    body: list[Element] = [Heading(same(dropped.name)), Facts(facts_of(found))]
    if found.problems:
        body += [Line(WRONG), *(Line(said(*one)) for one in found.problems[:MOST_SHOWN])]
        if len(found.problems) > MOST_SHOWN:
            body.append(Note(AND_MORE.fill(n=len(found.problems) - MOST_SHOWN)))
    elif not (found.new or found.changed or found.gone):
        body.append(Line(NOTHING))
    else:
        act = Act("do", ("training-import-do", str(dropped.id)))
        body.append(Buttons((Button(IMPORT, act, "primary"),)))
    return Screen(TITLE, tuple(body), place=place)


def said(line: int, words: Words) -> Words:
    return Words("line {n}: ", "第 {n} 行：").fill(n=line) + words if line else words


def facts_of(found: Catalogue) -> tuple[tuple[Words, Words], ...]:
    """The counts."""
    return (
        (Words("New", "新增"), same(len(found.new))),
        (Words("Changed", "变更"), same(len(found.changed))),
        (Words("The same", "不变"), same(found.same)),
        (Words("Not offered any more", "下架"), same(len(found.gone))),
    )


@deed("training-import-do", may=("training_catalogue", "steer"), of=own_sheet)
def do_import(records: CatalogueRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Import it if nothing in it is wrong; a second tap finds it done."""
    dropped: Dropped | None = records.dropped.lock(the_sheet(records, about).id)
    if dropped is None:
        raise NotThere
    if dropped.content is None:
        return DONE.fill(name=dropped.name)
    found = read(dropped.content, records.trainings.all())
    if found.problems:
        raise Refusal(WRONG)
    for one in (*found.new, *found.changed, *(replace(old, offered=False) for old in found.gone)):
        records.trainings.save(one)
    counts = {
        "new": len(found.new), "changed": len(found.changed), "same": found.same, "gone": len(found.gone),
    }  # fmt: skip
    was_imported(records, dropped, counts)
    records.audit.note(now, actor.id, "training.imported", "trainings", counts)
    return RESULT.fill(**counts)
