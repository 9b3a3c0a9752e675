"""What may be shown of answers without authors: how many it takes, how averages are rounded, how comments are cleaned.

Averages are shown of ratings alone, on scales of three even steps or more; comments are texts. Anything else that an
anonymous form asks is shown to nobody. A question counts those who gave an answer to it, not who opened the form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.words import Words, same
from flows.cycle.template import Review, ReviewKind, Template
from flows.reviews.records import Pen, SealedGroup

BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
RUNS, TRAILING = (
    re.compile(f"({BLANKS.pattern})(?:{BLANKS.pattern})+"),
    re.compile(f"{BLANKS.pattern}+$", re.M),
)
# Every sign that may be of no width is among these; most texts have none of them, and are looked through in one go.
UNCOMMON = re.compile(
    "[\u00ad\u0600-\u08ff\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff\U00010000-\U0010ffff]"
)
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"


def threshold_of(template: Template, kind: ReviewKind) -> int:
    """The least number of answers of which anything is shown, beside the reader's own."""
    return template.anonymity.upward if kind == "upward" else template.anonymity.peers


def reachable(template: Template, kind: ReviewKind, reviewers: int, own: int = 0) -> bool:
    """Whether so many reviewers can reach the threshold at all; `own` of them would read the answers themselves."""
    return enough(reviewers, threshold_of(template, kind), own)


def enough(answers: int, least: int, own: int = 0) -> bool:
    """Whether `answers` may be shown. `own` is 1 where one of the authors is among the readers, who could subtract
    their own answer; everybody sees the same, so it counts for all readers."""
    return answers - own >= least


def group_of(
    form: Review, phase: str, about: int, pens: Sequence[Pen], least: int, own: int = 0
) -> SealedGroup:
    """What is shown of one group: the averages of those questions that enough people answered.

    The same answers give the same group at any time, before the release and after it, to every reader. `averages`
    are decimals as text, by question name.
    """
    if not enough(sum(has_answers(form, pen) for pen in pens), least, own):
        return SealedGroup(about, phase, form.kind, shown=False, averages={})
    averages = {}
    for question in form.questions:
        given = [value for pen in pens if (value := rated(question, pen.answers)) is not None]
        if is_averaged(question) and enough(len(given), least, own):
            averages[question.name] = str(average(question, given))
    return SealedGroup(about, phase, form.kind, shown=True, averages=averages)


def comments_of(
    form: Review, pens: Sequence[Pen], least: int, own: int = 0, without: Collection[tuple[str, str]] = ()
) -> dict[str, list[tuple[str, str]]]:
    """(pen, text) of the comments that may be shown, by question; `without` are (pen, question) that HR withholds.

    What is left of a question must reach the threshold by itself: who knows of a withheld comment could otherwise
    count those that remain.
    """
    shown: dict[str, list[tuple[str, str]]] = {}
    for question in form.questions:
        left = [
            (pen.id, text)
            for pen in pens
            if (pen.id, question.name) not in without and (text := comment(question, pen.answers))
        ]
        if left and enough(len(left), least, own):
            shown[question.name] = left
    return shown


def has_answers(form: Review, pen: Pen) -> bool:
    """Whether the author answered anything that can be shown."""
    return any(rated(question, pen.answers) is not None for question in form.questions) or any(
        comment(question, pen.answers) for question in form.questions
    )


def rated(question: Question, answers: Mapping[str, Any]) -> int | None:
    """The step that was chosen; None where none was, or where the author can't judge."""
    kept = answers.get(question.name)
    return None if kept is None or not isinstance(question.kind, Rating) else question.kind.value(kept)


def comment(question: Question, answers: Mapping[str, Any]) -> str:
    """What was written, as it would be shown; "" where nothing was."""
    kept = answers.get(question.name)
    return as_shown(kept) if isinstance(question.kind, Text) and isinstance(kept, str) else ""


def is_averaged(question: Question) -> bool:
    """Whether an average of it can be shown: on two steps, or on uneven ones, its rounding would hide too little."""
    steps = steps_of(question)
    return len(steps) > 2 and len({high - low for low, high in pairwise(steps)}) == 1


def steps_of(question: Question) -> list[int]:
    """The scale's steps, upwards; none of what is no rating."""
    return (
        sorted(int(option.key) for option in question.kind.options)
        if isinstance(question.kind, Rating)
        else []
    )


def ends_of(question: Question) -> tuple[Decimal, Decimal]:
    """The lowest and the highest average that is named: half a step from either end of the scale."""
    steps = steps_of(question)
    half = Decimal(steps[1] - steps[0]) / 2
    return steps[0] + half, steps[-1] - half


def average(question: Question, given: Sequence[int]) -> Decimal:
    """The mean, rounded to half a step (half up) and clipped half a step before the ends.

    One rater's own value is then never more than 2/3 certain to somebody who knows nothing else, for three answers
    and more: `tests/anonymity/test_certainty.py` counts all of them.
    """
    steps, (lowest, highest) = steps_of(question), ends_of(question)
    half = lowest - steps[0]
    halves = (Decimal(sum(given) - steps[0] * len(given)) / (half * len(given))).quantize(1, ROUND_HALF_UP)
    return min(max(steps[0] + half * halves, lowest), highest)


def average_words(question: Question, kept: str) -> Words:
    """A kept average as it is shown: "≤ 1.5" and "≥ 4.5" at the ends of 1 to 5."""
    value, (lowest, highest) = Decimal(kept), ends_of(question)
    sign = "≤ " if value <= lowest else "≥ " if value >= highest else ""
    return same(f"{sign}{value}")


def as_shown(text: str) -> str:
    """The text without what nobody sees and only its author would know again: blanks at ends, twice or of no width."""
    if UNCOMMON.search(text):
        text = "".join(sign for place, sign in enumerate(text) if is_seen(text, place))
    return TRAILING.sub("", RUNS.sub(r"\1", text)).strip()


def is_seen(text: str, place: int) -> bool:
    """Whether a sign shows: none of no width does, but for those that hold an emoji together."""
    sign = text[place]
    if sign == JOINER:
        around = (text[place - 1 : place], text[place + 1 : place + 2])
        return all(
            one and (one == EMOJI_STYLE or unicodedata.category(one) in ("So", "Sk")) for one in around
        )
    selector = "\ufe00" <= sign < EMOJI_STYLE or "\U000e0100" <= sign <= "\U000e01ef"
    return unicodedata.category(sign) != "Cf" and not selector
