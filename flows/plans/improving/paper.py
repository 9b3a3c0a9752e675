"""The improvement plan as a paper for the file: all of it, for HR and for whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.core.catalog import deed
from flows.core.file_orders import ON_ITS_WAY, FileOrder
from flows.core.screen import Element, Facts, Heading, Line
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import allows
from flows.plans.improving.ledger import broken_at
from flows.plans.improving.records import ImprovementRecords, Plan, Step
from flows.plans.improving.rights import KIND, its_plan, may_agree, the_plan, thing_for
from flows.plans.improving.shown import named
from flows.plans.improving.telling import (
    TITLE,
    full_moment,
    history,
    last_marks,
    standing_rows,
    terms_body,
)
from flows.plans.improving.terms import Terms, from_json

ORDER = "private-paper"
EXPORT = (KIND, "export")


@dataclass(frozen=True, slots=True)
class Signing:
    """A line on which somebody signs by hand."""

    name: str
    role: Words


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is drawn: a title, the contents as on a screen, and who signs."""

    title: Words
    body: tuple[Element, ...]
    signing: tuple[Signing, ...]
    at: datetime
    foot: Words


@deed("improvement-paper", may=EXPORT, of=its_plan)
def paper(records: ImprovementRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order it; it comes into the chat of whoever asked."""
    plan = the_plan(records, about)
    records.file_orders.ask(ORDER, actor.id, {"plan": plan.id}, now)
    records.audit.note(now, actor.id, "improvement.export", f"improvement/{plan.id}", {"steps": plan.steps})
    return ON_ITS_WAY


def ordered(records: ImprovementRecords, order: FileOrder, reader: Person, now: datetime) -> Leaf | None:
    """What is drawn for its reader; None where they may not have it (any more)."""
    plan = records.improvements.get(order.about["plan"])
    thing = thing_for(records, reader, plan) if plan else None
    if plan is None or not allows(reader, EXPORT, thing, now):
        return None
    return leaf_of(records, plan, reader, now)


def leaf_of(records: ImprovementRecords, plan: Plan, reader: Person, now: datetime) -> Leaf:
    """All of the plan: as it stands, every step, earlier versions, and whether the record is whole."""
    steps = records.improvements.steps(plan.id)
    known: dict[int, str] = named(records, plan, steps)
    inside = may_agree(records, reader, plan, now)
    body: list[Element] = [Facts(tuple(standing_rows(plan, known)))]
    if plan.terms:
        body += terms_body(plan.terms, last_marks(steps, plan.terms))
    body.append(Heading(Words("What has happened", "经过")))
    body += history(steps, known, reader, inside=inside)
    for number, terms in earlier(steps):
        body.append(Heading(Words("Version {n}, as it was", "第 {n} 版（历史版本）").fill(n=number)))
        body += terms_body(terms)
    body += [Heading(Words("The record", "记录校验")), Line(whole_words(plan, steps))]
    signing = (
        Signing(known.get(plan.person, "?"), Words("Employee: I have read it", "员工：已阅读")),
        Signing(known.get(plan.manager, "?"), Words("Manager", "上级")),
        Signing("", Words("HR", "HR")),
    )
    foot = Words("Made for {name} on {when}", "{when} 为{name}生成").fill(
        name=reader.name, when=full_moment(now, reader.zone)
    )
    title = TITLE + same(f" · {known.get(plan.person, '?')}")
    return Leaf(title, tuple(body), signing, now, foot)


def earlier(steps: Sequence[Step]) -> list[tuple[int, Terms]]:
    """Every version but the last, with its number."""
    published: list[dict[str, Any]] = [
        dict(step.content) for step in steps if step.kind in ("published", "extended") and step.content
    ]
    found = ((one["version"], from_json(one["terms"])) for one in published[:-1])
    return [(number, terms) for number, terms in found if terms is not None]


def whole_words(plan: Plan, steps: Sequence[Step]) -> Words:
    """Whether every step is what was added, with the check value of the last."""
    broken = broken_at(plan, steps)
    if broken is not None:
        return Words(
            "Attention: the record was changed outside of perfloop, from step {n} on. Please tell your operator.",
            "注意：从第 {n} 步起，记录在 perfloop 之外被修改过。请告知管理员。",
        ).fill(n=broken)
    return Words(
        "The record is whole: {n} steps, check value {value}.", "记录完整：共 {n} 步，校验值 {value}。"
    ).fill(n=len(steps), value=plan.head[:16])
