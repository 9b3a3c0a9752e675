"""What whoever appeals does with it: leave it at the first decision, go on to a panel, or withdraw it."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person
from flows.results.appealing.records import Appeal
from flows.results.appealing.rights import locked, rights_of, whose_appeal
from flows.results.appealing.steps import begin, end, note
from flows.results.records import ResultRecords

RULE = ("appeal", "retract")
"""It is one's own to take back, and so to answer about; deciding it is others'."""

OVER = Words(
    "Nothing has to be answered about this appeal at the moment. Type /appeal to see where it is.",
    "这份申诉目前无需答复。输入 /appeal 查看进展。",
)


def refuse_unless_answered(appeal: Appeal) -> None:
    if appeal.state != "answered":
        raise Refusal(OVER)


@deed("appeal-accept", may=RULE, of=whose_appeal)
def accept(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Leave it at the first decision."""
    appeal, _cycle, _person = locked(records, about)
    refuse_unless_answered(appeal)
    note(records, appeal, "accepted", actor.id, now)
    end(records, appeal, "decided", now, actor.id)
    return Words("Noted. Your appeal is over.", "已记录，申诉结束。")


@deed("appeal-go-on", may=RULE, of=whose_appeal)
def go_on(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Have a panel look at it, whose decision is the last."""
    appeal, cycle, _person = locked(records, about)
    refuse_unless_answered(appeal)
    note(records, appeal, "went_on", actor.id, now)
    fresh = begin(records, cycle, appeal, "level2", now, actor.id)
    seats = [one for one in records.appeals.seats(fresh.id) if one.level == fresh.level and one.on]
    if not seats:
        return Words(
            "Noted. Nobody in the company may decide it: everybody had a part in the score or is tied to somebody who had. "
            "HR has somebody from outside decide it.",
            "已记录。公司内所有人都参与过评分或与参与者有关联，无人可裁决，HR 将请外部人员裁决。",
        )
    return Words(
        "Noted. A panel decides now; its decision is the last.", "已提交复审小组，其决定为最终决定。"
    )


@deed("appeal-withdraw", may=RULE, of=whose_appeal)
def withdraw(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take it back, at any time before the last decision; what was decided so far stays."""
    appeal, _cycle, _person = locked(records, about)
    if not rights_of(records, actor, appeal, now).retracts:
        raise NotThere
    if not appeal.is_open:
        raise Refusal(
            "Your appeal is over, so there is nothing to withdraw. Type /appeal to read what was decided.",
            "你的申诉已结束，无需撤回。输入 /appeal 查看决定。",
        )
    note(records, appeal, "withdrawn", actor.id, now)
    end(records, appeal, "withdrawn", now, actor.id)
    return Words(
        "Withdrawn. Nobody is asked about it any more, and your result stays as it is.",
        "已撤回，不再处理，你的结果保持不变。",
    )
