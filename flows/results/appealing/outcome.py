"""What a decision makes of a result: never less than it was, and as a further version of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.cycle.template import Template
from flows.results.appealing.records import Outcome
from flows.results.inputs import on_scale, recompute, text
from flows.results.ledger import next_version, plain
from flows.results.rating import rating_words
from flows.results.records import ResultRecords, Version
from flows.results.scale import coefficient, proposed, step_of

WORSE = Words(
    "An appeal never makes a result worse, and this would: {what}. Please choose at least what there was, or reject the "
    "appeal. What you wrote is kept.",
    "申诉不会使结果变差，而这样会变差：{what}。请至少保持原有结果，或驳回申诉。你写的内容已保留。",
)
RATING = Words("{now} is below {before}", "{now} 低于 {before}")
SCORE = Words("the score {now} is below {before}", "得分 {now} 低于 {before}")
FACTOR = Words("the factor for pay {now} is below {before}", "薪酬系数 {now} 低于 {before}")
NOTHING_CHANGED = Words(
    "The result would stay as it is. Upheld means that it gets better: choose a higher rating or step, or “upheld in "
    "part” where only the procedure was wrong. What you wrote is kept.",
    "这样结果没有变化。“支持”意味着结果会提高：请选择更高的评级或等级；如果只是程序有误，请选择“部分支持”。你写的内容已保留。",
)
MEANWHILE = Words(
    "This result was changed at this moment. Please look at it and send your decision again; what you wrote is kept.",
    "该结果刚刚有变动。请查看后再次提交，你写的内容已保留。",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why. `rating` is the new one, "" where it stays; `steps` are new steps of parts of the score.

    `outside` names who decided, where that was nobody of the company.
    """

    outcome: Outcome
    why: str
    rating: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    outside: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "rating": self.rating,
            "steps": dict(self.steps),
            "outside": self.outside,
        }


def decision_of(about: Mapping[str, Any], why: str) -> Decision:
    """The decision as it was kept with a step."""
    return Decision(about["outcome"], why, about["rating"], about["steps"], about["outside"])


@dataclass(frozen=True, slots=True)
class Result:
    """A result as far as a decision can change it."""

    rating: str
    score: Decimal | None
    inputs: Mapping[str, Any]


def standing_result(versions: Sequence[Version]) -> Result:
    """The result as it stands: the rating that a person set last, and the newest score."""
    given = [one for one in versions if one.kind != "computed"]
    last = versions[-1]
    return Result(given[-1].rating if given else "", last.score, last.inputs)


def after(template: Template, before: Result, decision: Decision) -> Result:
    """The result that follows from a decision; refuses what would be worse, or an upheld appeal that changes nothing."""
    if decision.outcome == "rejected":
        return before
    inputs = corrected(template, before.inputs, decision.steps) if decision.steps else before.inputs
    score = recompute(inputs) if decision.steps else before.score
    now = Result(decision.rating or before.rating, score, inputs)
    if what := worse(template, before, now):
        raise Refusal(WORSE.fill(what=what))
    if decision.outcome == "upheld" and now == before:
        raise Refusal(NOTHING_CHANGED)
    return now


def corrected(template: Template, inputs: Mapping[str, Any], steps: Mapping[str, str]) -> dict[str, Any]:
    """The inputs with other steps of what the manager has rated: the score follows from them as it always does.

    What a step `was` stays beside it.
    """
    parts = []
    for part in inputs.get("components", ()):
        step = steps.get(part["name"])
        if step is None or "rated" not in part:
            parts.append(part)
            continue
        value = on_scale({"": step}, {"": part["of"]})
        was = part.get("was", part["rated"])
        parts.append({**part, "rated": step, "was": was, "value": None if value is None else text(value)})
    fresh = {**inputs, "components": parts}
    if rating := proposed(template, recompute(fresh)):
        fresh["proposed"] = rating
    return fresh


def worse(template: Template, before: Result, now: Result) -> Words | None:
    """What of the result would be less than it was; None where nothing is."""
    was, is_ = value_of(template, before.rating), value_of(template, now.rating)
    if was is not None and (is_ is None or is_ < was):
        return RATING.fill(
            now=rating_words(template, now.rating), before=rating_words(template, before.rating)
        )
    if before.score is not None and (now.score is None or now.score < before.score):
        return SCORE.fill(now=plain(now.score) or "–", before=plain(before.score))
    paid, pays = coefficient(template, before.rating), coefficient(template, now.rating)
    if paid is not None and (pays is None or pays < paid):
        return FACTOR.fill(now=plain(pays) or "–", before=plain(paid))
    return None


def value_of(template: Template, rating: str) -> Decimal | None:
    """How high a rating stands on the scale; None where there is none."""
    if not rating:
        return None
    if template.free is not None:
        return Decimal(rating)
    step = step_of(template, rating)
    return step.value if step else None


def write(
    records: ResultRecords,
    cycle: Cycle,
    versions: Sequence[Version],
    against: int,
    decision: Decision,
    by: int,
    now: datetime,
) -> int:
    """Add the version that a decision makes of the result; the number of the one that stands then.

    Refuses where the result is not the one any more that was appealed `against`. What changes nothing adds nothing.
    """
    last = versions[-1]
    if last.version != against:
        raise Refusal(MEANWHILE)
    before = standing_result(versions)
    new = after(cycle.template, before, decision)
    if new == before:
        return last.version
    version = next_version(
        last, cycle=cycle.id, person=last.person, kind="appealed", score=new.score, rating=new.rating,
        coefficient=coefficient(cycle.template, new.rating), inputs=new.inputs, why=reason(decision), by=by, at=now,
    )  # fmt: skip
    if not records.ledger.add([version]):
        raise Refusal(MEANWHILE)
    return version.version


def reason(decision: Decision) -> str:
    """Why, as it stands in the result's history."""
    return f"{decision.outside}: {decision.why}" if decision.outside else decision.why


OUTCOMES: Mapping[Outcome, Words] = {
    "upheld": Words("Upheld: the result gets better", "支持：结果将提高"),
    "partly": Words("Upheld in part", "部分支持"),
    "rejected": Words("Rejected: the result stays", "驳回：维持原结果"),
}


def outcome_words(outcome: str) -> Words:
    return OUTCOMES.get(outcome, same("–"))  # type: ignore[call-overload,no-any-return]
