"""One person's result as it stands: the rating that a person set last, and the score that was computed last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.core.words import Words, same
from flows.cycle.template import Template
from flows.results.ledger import plain
from flows.results.rating import rating_words
from flows.results.records import Version, VersionKind

NONE = Words("none", "无")
WAYS: dict[VersionKind, Words] = {
    "calibrated": Words(
        "Your manager's rating was looked at beside others' in a calibration; what stands here is final.",
        "你的评级已与其他人的评级一并校准，此处为最终结果。",
    ),
    "appealed": Words(
        "This is the result after an appeal; what was before it stays in its history.",
        "这是申诉之后的结果，之前的结果保留在历史版本中。",
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`rating` is "" where the template rates nobody; `kind` says how it came about last."""

    version: int
    kind: VersionKind
    rating: str
    score: Decimal | None
    coefficient: Decimal | None


def standing_of(versions: Sequence[Version]) -> Standing | None:
    """The result of one person's versions, oldest first; None without any.

    A score that was computed after the rating is the newer one: the rating is a person's, and stays until one changes
    it.
    """
    if not versions:
        return None
    last = versions[-1]
    given = next((one for one in reversed(versions) if one.kind != "computed"), None)
    if given is None:
        return Standing(last.version, last.kind, "", last.score, None)
    return Standing(last.version, given.kind, given.rating, last.score, given.coefficient)


def rating_of(template: Template, standing: Standing) -> Words:
    """The rating with its label; a dash where nobody is rated."""
    return rating_words(template, standing.rating) if standing.rating else same("–")


def facts_of(template: Template, standing: Standing) -> tuple[tuple[Words, Words], ...]:
    """Rating, score, and what pay is multiplied by, as far as there are any."""
    rows = []
    if standing.rating:
        rows.append((Words("Rating", "评级"), rating_words(template, standing.rating)))
    if standing.score is not None:
        rows.append((Words("Score", "得分"), same(plain(standing.score))))
    if standing.coefficient is not None:
        rows.append((Words("Factor for pay", "薪酬系数"), same(plain(standing.coefficient))))
    return tuple(rows)


def in_short(template: Template, standing: Standing) -> Words:
    """Rating and score in one line, for a list."""
    words = rating_of(template, standing)
    return words if standing.score is None else words + same(f" · {plain(standing.score)}")
