"""HR locks a session: from then on what was decided in it is final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.words import Words, count, join, same
from flows.people.person import Person
from flows.results.calibrating.groups import forbidden
from flows.results.calibrating.rights import KIND, named, refuse_final, table_of, whose_steering
from flows.results.calibrating.seats import Row
from flows.results.calibrating.spread import figures_of, unexplained
from flows.results.calibrating.told import group_words, verdict
from flows.results.records import ResultRecords

MOST_NAMED = 15


@deed("calibration-lock", may=(KIND, "submit"), of=whose_steering)
def lock(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Make it final; refuses while somebody has no rating, while reviews are due, and against a forced guide."""
    session = named(records, about)
    if session is None or records.sessions.lock(session.id) is None:
        raise NotThere
    table = table_of(records, actor, about, now)  # as it stands now that nobody else changes it
    refuse_final(table.session)
    if not table.everyone:
        raise Refusal(
            "You don't see everybody's rating here: not every review was due yet, or you don't take part. It can be locked "
            "once you see all of them.",
            "你还看不到所有人的评级：相关评估尚未全部到期，或你没有参与本校准会。看到全部评级后才能锁定。",
        )
    refuse_unrated([row for row in table.rows if not row.rating])
    figures = figures_of(records, table)
    if against := forbidden(figures.template.guide, figures.compared):
        groups = join((group_words(one.group, figures.names) + Words(" (", "（") + verdict(one) + Words(")", "）")
                       for one in against), "; ", "；")  # fmt: skip
        raise Refusal(
            Words(
                "The guide of this cycle is binding, and it is not met: {groups}. Change ratings first.",
                "本周期强制执行分布指引，目前不符合：{groups}。请先调整评级。",
            ).fill(groups=groups)
        )
    records.sessions.save(replace(table.session, state="locked", locked_by=actor.id, locked_at=now))
    differing = len(unexplained(figures, table))
    detail = {"session": table.session.id, "people": len(table.rows), "differing": differing}
    records.audit.note(now, actor.id, "calibration.lock", f"cycle/{table.cycle.id}", detail)
    return Words("Locked. What was decided in “{name}” is final.", "“{name}”已锁定，结果为最终结果。").fill(
        name=table.session.name
    )


def refuse_unrated(missing: Sequence[Row]) -> None:
    """Nobody's result is final without a rating: says who has none."""
    if missing:
        number = count(len(missing), "{n} person has", "{n} people have", "{n} 人")
        raise Refusal(
            Words(
                "{number} no rating yet: {names}{more}. Their managers rate them, or somebody here does.",
                "还有 {number}没有评级：{names}{more}。请由其上级评定，或在此设定。",
            ).fill(
                number=number, names=join(same(row.person.name) for row in missing[:MOST_NAMED]),
                more=Words(" …", "等") if len(missing) > MOST_NAMED else same(""),
            )
        )  # fmt: skip
