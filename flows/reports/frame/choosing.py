"""A form to choose what a report shows, for what no menu holds: a department by name, or everybody below a manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice as OneOf
from flows.core.kinds import Someone, Text
from flows.core.page import Question, Questionnaire, values_of
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Button, here
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.frame.asking import MAY, whose_report
from flows.reports.frame.filters import Filters, filters_at
from flows.reports.frame.meant import cycles_of, meant
from flows.reports.frame.opening import choices_for
from flows.reports.frame.showing import see
from flows.reports.frame.typed import not_found, understood
from flows.reports.kinds import report_named
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, ReportKind
from flows.reports.rights import BELOW, scope_meant

CHOOSE, PAGE = "report-choose", "choice"
TITLE = Words("What to show", "选择范围")
SHOW = Words("Show it", "查看")
KEPT = Words("That is what you chose. Press the button to see it.", "已选择，点击按钮查看。")
ONE_OF_BOTH = Words(
    "Name a department or a manager, not both: a report is about one of them.",
    "部门和上级只能填一个：报告只针对其中之一。",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What stands to choose from: the report, what is shown now, and the cycles that there are figures of."""

    kind: ReportKind
    filters: Filters
    cycles: Sequence[Cycle]


def offered(records: ReportRecords, actor: Person, subject: str, now: datetime) -> Offered:
    filters = filters_at(subject)
    kind = report_named(filters.name)
    scope = scope_meant(records, actor, filters.whose, kind, now) if kind else None
    if kind is None or scope is None:
        raise NotThere
    return Offered(kind, filters, cycles_of(records, scope) if kind.needs_cycle else ())


def form(has: Offered) -> Questionnaire:
    """Everything may be left as it is; what is left empty is the reader's own, and the newest."""
    questions = [
        Question(
            "department", Words("Which department?", "哪个部门？"), Text(1, 120), optional=True,
            hint=Words("Empty: everything that is yours to see.", "留空表示你可以查看的全部内容。"),
        ),
        Question(
            "manager", Words("Or everybody below which manager?", "或者哪位上级的全部下级？"), Someone(), optional=True
        ),
    ]  # fmt: skip
    if has.cycles:
        options = tuple(Option(str(one.id), same(one.name)) for one in has.cycles[:100])
        questions.append(
            Question("cycle", Words("Which cycle?", "哪个周期？"), OneOf(options), optional=True)
        )
    if len(has.kind.bys) > 1:
        by = tuple(Option(one, BYS[one]) for one in has.kind.bys)
        questions.append(Question("by", Words("Rows by what?", "按什么分组？"), OneOf(by), optional=True))
    return Questionnaire(PAGE, has.kind.title, tuple(questions))


def chosen(
    records: ReportRecords, actor: Person, has: Offered, page: Mapping[str, Any], now: datetime
) -> Filters:
    """What was filled in; refuses what there is not, or not for this reader, in the same words."""
    whose = ""
    if page["department"] and page["manager"]:
        raise Refusal(ONE_OF_BOTH)
    if page["department"]:
        choices = [one for one in choices_for(records, actor, [], now) if one.part == "whose"]
        said = understood(page["department"], choices)
        if said.unknown or "whose" not in said.found:
            raise not_found(page["department"], choices)
        whose = said.found["whose"]
    if page["manager"]:
        whose = f"{BELOW}{page['manager']}"
        if scope_meant(records, actor, whose, has.kind, now) is None:
            person = records.people.get(page["manager"])
            raise not_found(person.name if person else "?", list(choices_for(records, actor, [], now)))
    cycle = whole(page.get("cycle") or "") or has.filters.cycle
    return replace(has.filters, whose=whose, cycle=cycle, by=page.get("by") or has.filters.by)


def keep(
    records: ReportRecords, actor: Person, subject: str, page: Mapping[str, Any], now: datetime
) -> Words:
    """Nothing is kept but what was chosen; a choice without any figures is refused, with what there is."""
    meant(records, actor, chosen(records, actor, offered(records, actor, subject, now), page, now), now)
    return KEPT


def onward(records: ReportRecords, actor: Person, subject: str, now: datetime) -> list[Button]:
    """To what was chosen, as the form that was just sent keeps it."""
    sent = records.conversations.find(CHOOSE, actor.id, subject)
    if sent is None:
        return []
    has = offered(records, actor, subject, now)
    page = values_of(form(has).questions, sent.answers.get(PAGE, {}))
    return [Button(SHOW, here(see(chosen(records, actor, has, page, now))), "primary")]


@flow(
    CHOOSE,
    TITLE,
    may=MAY,
    of=lambda records, actor, about: whose_report(
        records, actor, filters_at(about[0] if about else "").about
    ),
    facts=offered,
    keep=keep,
    onward=onward,
    again=True,
)
def choose(ask: Ask, has: Offered) -> dict[str, Any]:
    return ask.form(form(has))
