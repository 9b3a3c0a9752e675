"""The words of a computation, drawn from what is kept with a version alone."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.said import Option
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Note, Quote, Row
from flows.core.words import Words, same
from flows.cycle.template import Free, Phase, Review, Step, Template
from flows.results.explained import whole

D = Decimal
HELPS = Question(
    "helps", Words("Helps?", "帮助？"), Rating(tuple(Option(str(n), same(n)) for n in range(1, 5)))
)
SCALE = tuple(Step(str(n), Words(f"Step {n}", f"第{n}级"), D(n)) for n in range(1, 6))
TEMPLATE = Template(
    "t", same("T"), "year",
    (Phase("peers", same("Peers"), 0, 5, "review", review="peer"),),
    reviews={
        "peer": Review("peer", Words("Colleagues", "同事"), (HELPS,)),
        "manager": Review("manager", same("M"), (Question("attitude", Words("Attitude?", "态度？"), HELPS.kind),)),
    },
    scale=SCALE,
)  # fmt: skip
ATTITUDE = {"name": "attitude", "value": "75", "review": 7, "phase": "m", "by": 2, "rated": "3", "of": "4"}
PEERS = {
    "name": "peers",
    "value": "62.5",
    "phase": "peers",
    "averages": {"helps": "2.5"},
    "of": {"helps": "4"},
}


def said(body: list[Element], language: str) -> str:
    lines: list[Words] = []
    for one in body:
        match one:
            case Heading(words) | Line(words) | Note(words):
                lines.append(words)
            case Facts(rows):
                lines += [name + same(": ") + what for name, what in rows]
            case Row(words, button, name):
                lines.append((name or same("")) + same(" / ") + words + same(" / ") + button.label)
            case Quote(text):
                lines.append(same(text))
    return "\n".join(words.say(language) for words in lines)


def explained(template: Template = TEMPLATE, language: str = "en", **inputs: Any) -> str:
    kept = {"rule": 1, "cap": "120", "weights": {"attitude": "60", "peers": "40"}, **inputs}
    body = whole(
        template, kept, lambda _: True, lambda kind, n: Button(same("Open"), Act("see", (kind, str(n))))
    )
    return said(body, language)


def test_a_weighted_mean_in_both_languages() -> None:
    # 0.6 x 75 + 0.4 x 62.5 = 70; 1 + 4 x 0.7 = 3.8
    assert explained(components=[ATTITUDE, PEERS], proposed="4").splitlines() == [
        "How the score is made",
        "Attitude?: 75 · weight 60% · adds 45",
        "Colleagues: 62.5 · weight 40% · adds 25",
        "Score: 60% × 75 + 40% × 62.5 = 70",
        "1 + (5 − 1) × 70 ÷ 100 = 3.8, and nearest is 4 · Step 4: it is proposed.",
        "Attitude? · 75",
        " / Rated 3 of 4: 3 ÷ 4 × 100 / Open",
        "Colleagues · 62.5",
        "Helps?: 2.5 of 4: 2.5 ÷ 4 × 100",
        "Averages of everybody who answered, rounded to halves. Nobody can tell who said what. What counts is the "
        "mean of what the questions count for.",
    ]
    chinese = explained(language="zh", components=[ATTITUDE, PEERS], proposed="4")
    assert "得分：60% × 75 + 40% × 62.5 = 70" in chinese
    assert "1 + (5 − 1) × 70 ÷ 100 = 3.8，最接近 4 · 第4级，即为建议评级。" in chinese


def test_a_formula_of_the_templates_own_stands_as_it_was_written() -> None:
    seen = explained(formula="attitude * peers / 100", components=[ATTITUDE, PEERS], proposed="3")
    assert "Attitude?: 75\nColleagues: 62.5\nattitude * peers / 100\nScore: 46.88\n" in seen
    missing = {"name": "peers", "value": None, "missing": "too_few"}
    seen = explained(formula="attitude * peers / 100", components=[ATTITUDE, missing])
    assert "Score: The formula needs `peers`, and there is nothing yet." in seen
    assert "Left out: Colleagues (too few have answered, so it counts for nobody).\n" in seen
    assert "proportion" not in seen


def test_reviews_with_names_say_how_many_there_are() -> None:
    seen = explained(components=[ATTITUDE, PEERS | {"reviews": [4, 5]}], proposed="4")
    assert "The averages of 2 reviews." in seen
    assert seen.count("A review of it / Open") == 2
    assert "The average of 1 review." in explained(
        components=[ATTITUDE, PEERS | {"guests": [4]}], proposed="4"
    )


def test_what_the_manager_typed_for_goals_without_data_is_called_so() -> None:
    goals = {
        "name": "goals",
        "value": "85",
        "goals": [],
        "missing": "no_goals",
        "typed": "85",
        "review": 7,
        "by": 2,
    }
    seen = explained(weights={"goals": "100"}, components=[goals], proposed="4")
    assert "Score: 100% × 85 = 85" in seen
    assert "No data say it: the manager has given this number." in seen


def test_a_scale_without_steps_and_one_with_thresholds() -> None:
    free = Template("t", same("T"), "year", (), reviews=TEMPLATE.reviews, free=Free(D(0), D(4)))
    assert "0 + (4 − 0) × 70 ÷ 100 = 2.8, and nearest is 2.80: it is proposed." in explained(
        free, components=[ATTITUDE, PEERS], proposed="2.80"
    )
    steps = tuple(
        Step(step.key, step.label, step.value, D(step.value * 20) if step.value > 1 else None)
        for step in SCALE
    )
    stepped = Template("t", same("T"), "year", (), reviews=TEMPLATE.reviews, scale=steps)
    assert "From 60 points on 3 · Step 3 is proposed." in explained(
        stepped, components=[ATTITUDE, PEERS], proposed="3"
    )


def test_nothing_known_is_said_and_is_no_zero() -> None:
    assert "Score: Nothing is known yet." in explained(components=[])
    assert "Score: The template gives weights to nothing" in explained(weights={}, components=[])
    body = whole(TEMPLATE, {}, lambda _: True, lambda *_: None)
    assert "gives weights to nothing" in said(body, "en")


def by_hand(line: str) -> tuple[Decimal, Decimal]:
    """What a reader's own calculator makes of "(60 × 94.1176 + 20 × 100) ÷ 80 = 95.59", and what it says."""
    sides, says = line.rsplit(" = ", 1)
    over = D(100) if "%" in sides else D(sides.rsplit(" ÷ ", 1)[1])
    products = re.findall(r"([\d.]+)%? × ([\d.]+)", sides)
    found = sum((D(weight) * D(value) for weight, value in products), D()) / over
    return found.quantize(D("0.01"), ROUND_HALF_UP), D(says)


TENTHS = st.integers(1, 999).map(lambda n: D(n) / 10)
VALUES = st.integers(0, 1_200_000).map(lambda n: D(n) / 10_000)


@given(st.tuples(TENTHS, TENTHS), st.tuples(VALUES, VALUES | st.none()), st.booleans())
def test_the_formula_done_by_hand_gives_the_score_to_the_last_digit(
    weights: tuple[Decimal, Decimal], values: tuple[Decimal, Decimal | None], whole: bool
) -> None:
    first = weights[0]
    given = {"attitude": str(first), "peers": str(100 - first if whole else weights[1])}
    parts = [
        ATTITUDE | {"value": str(values[0])},
        PEERS | {"value": None if values[1] is None else str(values[1])},
    ]
    (line,) = re.findall(r"Score: (.*)", explained(weights=given, components=parts))
    found, says = by_hand(line)
    assert found == says, line
