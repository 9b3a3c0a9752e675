"""From score to rating: which step a score proposes, and which one somebody means who types "4", "A" or "卓越"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from flows.core.refusal import Refusal
from flows.core.rounding import half_up
from flows.core.typed import number, tidy
from flows.core.words import Words, join, same
from flows.cycle.template import Free, Step, Template
from flows.goals.amounts import figure
from flows.results.expression import NUMBERS
from flows.results.formula import FINEST, HUNDRED

SHOWN = 60  # characters of what was typed, in an answer to it


def proposed(template: Template, score: Decimal | None) -> str:
    """The key of the step that a score of 0 to 100 (to the cap) proposes; "" without a score or a scale.

    - Where steps say from which score on they are proposed (`least`), the best whose least is reached; below all of
      them the lowest step.
    - Else the score is a place on the way from the lowest to the highest value, value = lowest + (highest − lowest) x
      score ÷ 100, and the nearest step is proposed; in the middle between two, the better one.
    - On a scale without steps the value itself is, rounded half up to the scale's places.

    A score above 100 proposes what 100 does, unless a `least` is above it.
    """
    if score is None or not (template.scale or template.free):
        return ""
    with localcontext(NUMBERS):
        if template.free is not None:
            return _free(template.free, score)
        rising = sorted(template.scale, key=lambda step: step.value)
        if any(step.least is not None for step in rising):
            reached = [step for step in rising if step.least is not None and score >= step.least]
            return (reached[-1] if reached else rising[0]).key
        value = _between(rising[0].value, rising[-1].value, score)
        best = min(rising, key=lambda step: (abs(step.value - value), -step.value))
        return best.key


def proposal_words(template: Template, score: Decimal, rating: str) -> Words:
    """Why this score proposes this rating, in its numbers."""
    step = step_of(template, rating)
    named = same(rating) + (same(" · ") + step.label if step else same(""))
    if any(one.least is not None for one in template.scale):
        if step and step.least is not None:
            words = Words(
                "From {least} points on {rating} is proposed.", "{least} 分起，建议评级为 {rating}。"
            )
            return words.fill(least=figure(step.least), rating=named)
        return Words(
            "Below all steps that say from when on they are: {rating} is proposed.",
            "低于其他各级的起始分，建议评级为 {rating}。",
        ).fill(rating=named)
    values = [one.value for one in template.scale]
    low, high = (template.free.least, template.free.most) if template.free else (min(values), max(values))
    return Words(
        "{low} + ({high} − {low}) × {score} ÷ 100 = {value}, and nearest is {rating}: it is proposed.",
        "{low} + ({high} − {low}) × {score} ÷ 100 = {value}，最接近 {rating}，即为建议评级。",
    ).fill(
        low=figure(low), high=figure(high), score=figure(min(score, HUNDRED)),
        value=figure(half_up(_between(low, high, score), FINEST)), rating=named,
    )  # fmt: skip


def coefficient(template: Template, rating: str) -> Decimal | None:
    """What pay is multiplied by at this rating; None where the template says nothing of it."""
    step = step_of(template, rating)
    return step.coefficient if step else None


def step_of(template: Template, rating: str) -> Step | None:
    """The scale's step of this key."""
    return next((step for step in template.scale if step.key == rating), None)


def rating_of(template: Template, typed: str) -> str:
    """The rating that somebody typed, as the ledger keeps it; a Refusal names the scale.

    A step is meant by its key, its label in either language, or its value: "4", "a", "Outstanding", "卓越", "4.0". On
    a scale without steps any number with its places between its ends is a rating.
    """
    if template.free is not None:
        return _free_of(template.free, typed)
    plain, value = tidy(typed), number(typed)
    for reads in (
        lambda step: tidy(step.key) == plain,
        lambda step: plain in (tidy(step.label.en), tidy(step.label.zh)),
        lambda step: value is not None and step.value == value,
    ):
        meant = [step.key for step in template.scale if reads(step)]
        if len(meant) == 1:
            return meant[0]
    raise Refusal(
        "“{typed}” is not on the scale. There are: {scale}.", "“{typed}”不在评级范围内，可选：{scale}。",
        typed=typed.strip()[:SHOWN], scale=scale_words(template),
    )  # fmt: skip


def scale_words(template: Template) -> Words:
    """The scale in one line, the best first: "S · Exceptional, A · Outstanding", or from where to where it goes."""
    if template.free is not None:
        free = template.free
        places = (
            Words(", with up to {n} decimals", "，最多 {n} 位小数").fill(n=free.places)
            if free.places
            else same("")
        )
        return (
            Words("{least} to {most}", "{least} 至 {most}").fill(
                least=f"{free.least:f}", most=f"{free.most:f}"
            )
            + places
        )
    return join(same(f"{step.key} · ") + step.label for step in _falling(template.scale))


def _falling(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.value, reverse=True)


def _free(free: Free, score: Decimal) -> str:
    return str(half_up(_between(free.least, free.most, score), places_of(free)))


def _between(lowest: Decimal, highest: Decimal, score: Decimal) -> Decimal:
    return lowest + (highest - lowest) * min(max(score, Decimal()), HUNDRED) / HUNDRED


def places_of(free: Free) -> Decimal:
    """The finest difference of a scale without steps."""
    return Decimal(1).scaleb(-free.places)


def _free_of(free: Free, typed: str) -> str:
    value = number(typed)
    if value is not None and free.least <= value <= free.most:
        rounded = half_up(value, places_of(free))
        if rounded == value:
            return str(rounded)
    raise Refusal(
        "“{typed}” is not on the scale, which goes from {scale}.", "“{typed}”不在评级范围内，范围为 {scale}。",
        typed=typed.strip()[:SHOWN], scale=scale_words(Template("", same(""), "year", (), free=free)),
    )  # fmt: skip
