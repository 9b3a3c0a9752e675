"""A template's own formula: what it can say, what it can't, and what is said about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies

from flows.core.refusal import Refusal
from flows.results.expression import Formula, Outcome, evaluate, problem, weighted_mean

NAMES = ("goals", "behaviour", "team-work")
WEIGHTS = {"goals": Decimal(60), "behaviour": Decimal(30), "team-work": Decimal(10)}


def values(*given: Any) -> dict[str, Decimal | None]:
    return {name: None if value is None else Decimal(value) for name, value in zip(NAMES, given, strict=True)}


def of(text: str, *given: Any) -> Outcome:
    assert problem(text, NAMES) is None
    return evaluate(text, values(*given), WEIGHTS)


@pytest.mark.parametrize(
    ("text", "components", "result"),
    [
        ("0.6 * goals + 0.4 * behaviour", (90, 80, 70), "86"),
        ("0.1 + 0.2 + goals * 0", (90, 80, 70), "0.3"),  # as it was typed, not as binary fractions
        ("goals - team_work", (90, 80, 70), "20"),  # team-work, whose hyphen would be a minus
        ("-goals + +behaviour", (90, 80, 70), "-10"),
        ("(goals + behaviour) / 2", (90, 85, 70), "87.5"),
        ("min(goals, behaviour, 100) + max(1, team_work)", (110, 130, 70), "170"),
        ("round(goals)", ("82.5", 0, 0), "83"),
        ("round(goals)", ("83.5", 0, 0), "84"),
        ("round(-goals)", ("82.5", 0, 0), "-83"),  # half up is away from zero
        ("round(goals, 1)", ("82.25", 0, 0), "82.3"),
        ("clip(goals, 0, 100)", (119, 0, 0), "100"),
        ("clip(goals - 200, 0, 100)", (119, 0, 0), "0"),
        ("goals if goals >= 60 else 0", (60, 0, 0), "60"),
        ("goals if goals >= 60 else 0", ("59.99", 0, 0), "0"),
        ("10 if goals > 90 and behaviour > 90 else 5 if not goals == 90 or behaviour != 90 else 1", (90, 90, 0), "1"),
        ("1 if 60 <= goals < 80 else 2", (80, 0, 0), "2"),
        ("1 if 60 <= goals < 80 else 2", (60, 0, 0), "1"),
        ("weighted()", (90, 80, 70), "85"),
        ("weighted()", (90, None, 70), "87.14"),
        ("weighted() + 5 if has(team_work) else weighted()", (90, 80, None), "86.67"),
        ("or_else(behaviour, goals)", (90, None, 70), "90"),
        ("or_else(behaviour, goals)", (None, 80, 70), "80"),
        ("goals / max(behaviour, 1)", (90, 0, 70), "90"),
        ("goals\n  +\tbehaviour", (90, 80, 70), "170"),
        ("+".join(["goals"] * 60), (1, 0, 0), "60"),
        ("（goals＋behaviour）÷2×1", (90, 80, 70), "85"),
        ("1 if goals ≥ 60 else 0", (60, 0, 0), "1"),
    ],
)  # fmt: skip
def test_a_formula_gives(text: str, components: tuple[Any, ...], result: str) -> None:
    found = of(text, *components)
    assert found.why is None
    assert found.value is not None
    assert round(found.value, 2) == Decimal(result)


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("0.6 * goals + 0.4 * behaviour", (90, None, 70)),
        ("min(goals, behaviour)", (90, None, 70)),
        ("1 if behaviour > 50 else 2", (90, None, 70)),
        ("or_else(behaviour, team_work)", (90, None, None)),
        ("weighted()", (None, None, None)),
        ("-behaviour", (90, None, 70)),
    ],
)
def test_what_is_missing_makes_the_whole_missing_and_never_a_zero(text: str, components: Any) -> None:
    found = of(text, *components)
    assert found.value is None
    assert found.why
    assert "nothing yet" in found.why.en


def test_it_says_which_component_is_missing() -> None:
    why = of("goals + team_work", 90, 80, None).why
    assert why
    assert why.en == "The formula needs `team_work`, and there is nothing yet."
    assert why.zh == "公式需要 `team_work`，目前没有数据。"


def test_a_part_that_is_not_reached_does_not_matter() -> None:
    assert of("behaviour if has(behaviour) else goals", 90, None, 70).value == 90


def test_division_by_zero_is_a_reason_and_no_crash() -> None:
    found = evaluate("goals / (behaviour - 81.7)", values(90, "81.7", 70), WEIGHTS)
    assert found.value is None
    assert found.why
    assert "divides by zero" in found.why.en
    assert evaluate("0 / (behaviour - 81.7)", values(90, "81.7", 70), WEIGHTS).value is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("gaols * 2", "did you mean `goals`"),
        ("Goals * 2", "did you mean `goals`"),
        ("sales * 2", "`sales` is not a component of this template. There are: goals, behaviour, team_work."),
        ("team-work", "`team` is not known here: did you mean `team_work`"),
        ("summe(goals)", "`summe` can't be called in a formula. There are: weighted(), has()"),
        ("rond(goals)", "did you mean `round`"),
        ("goals(2)", "put `*` between"),
        ("__import__('os').system('true')", "can't be called"),
        ("goals.real", "`.` can't stand in a formula"),
        ("goals.__class__", "`.` can't stand in a formula"),
        ("goals[0]", "`[` can't stand"),
        ("[goals for goals in goals]", "`[` can't stand"),
        ("{goals}", "`{` can't stand"),
        ("'a' * 9", "`'` can't stand"),
        ('f"{goals}"', "not a component"),
        ("lambda: goals", "not a component"),
        ("(x := goals)", "not a component"),
        ("goals; goals", "`;` can't stand"),
        ("goals = 5", "compare with `==`"),
        ("goals ** 9 ** 9", "`x * x` for a square"),
        ("goals * * 9", "`x * x` for a square"),
        ("goals // 2", "`x * x` for a square"),
        ("60% * goals", "write 0.6 for 60 %"),
        ("1e9 * goals", "`1e9` can't stand"),
        ("1_000 * goals", "`1_000` can't stand"),
        ("0x10 * goals", "`0x10` can't stand"),
        ("5goals", "`5goals` can't stand"),
        ("9999999999 * goals", "too large"),
        ("goals +", "can't be read"),
        ("goals behaviour", "can't be read"),
        ("(goals", "1 are opened and 0 closed"),
        ("goals))((", "can't be read"),
        ("goals if behaviour", "can't be read"),
        ("goals > 60", "gives yes or no"),
        ("has(goals)", "gives yes or no"),
        ("goals and behaviour", "`goals` is a number, where a condition is needed"),
        ("1 if goals else 2", "such as `goals >= 60`"),
        ("goals + (behaviour > 60)", "`behaviour > 60` is yes or no, where a number is needed"),
        ("has(goals) + goals", "is yes or no, where a number"),
        ("1 if has(5) else goals", "given a component's name"),
        ("True + goals", "`True` is not a component"),
        ("None", "`None` is not a component"),
        ("min(goals)", "is given 1 parts, but takes 2–9"),
        ("weighted(goals)", "is given 1 parts, but takes 0"),
        ("weighted + goals", "needs brackets"),
        ("round(goals, 9)", "a number from 0 to 4"),
        ("round(goals, behaviour)", "a number from 0 to 4"),
        ("min(goals, behaviour=3)", "compare with `==`"),
        ("max(*goals, 1)", "can't be read"),
        ("goals,", "can't be read"),
        ("50", "names no component"),
        ("goals / 0", "divides by zero"),
        ("goals / behaviour", "divides by zero for goals = 0, behaviour = 0"),
        ("100 / (goals - 100)", "divides by zero for goals = 100"),
        ("goals / (goals - behaviour)", "divides by zero"),
        ("(" * 21 + "goals" + ")" * 21, "nested more than 20 deep"),
        ("-" * 140 + "goals", "nested more than 20 deep"),
        ("+".join(["goals"] * 90), "at most 500"),
        ("goals\0", "can't stand"),
        ("目标", "`目` can't stand"),
        ("ｇoals", "can't stand"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(text: str, said: str) -> None:
    found = problem(text, NAMES)
    assert found
    assert said in found.en
    assert found.zh
    assert found.zh != found.en


def test_a_formula_with_a_problem_is_never_evaluated() -> None:
    with pytest.raises(Refusal):
        evaluate("goals.real", values(1, 2, 3), WEIGHTS)


@given(strategies.text(max_size=600))
def test_any_text_has_a_value_or_a_problem(text: str) -> None:
    found = problem(text, NAMES)
    if found is None:
        assert isinstance(evaluate(text, values(90, 80, None), WEIGHTS), Outcome)


PIECES = strategies.sampled_from(
    [
        *NAMES, "team_work", "0.5", "7", "+", "-", "*", "/", "(", ")", ",", "<", ">=", "==", " if ", " else ", " and ",
        " or ", " not ", "min(", "max(", "round(", "clip(", "has(goals)", "or_else(", "weighted()", "**", "lambda", ".x",
    ]
)  # fmt: skip


@given(strategies.lists(PIECES, max_size=14))
def test_any_mixture_of_its_words_has_a_value_or_a_problem(pieces: list[str]) -> None:
    text = "".join(pieces)
    if problem(text, NAMES) is None:
        for components in (values(90, 80, None), values(None, None, None), values("0", "33.33", "120")):
            found = evaluate(text, components, WEIGHTS)
            assert (found.value is None) != (found.why is None)


AMOUNTS = strategies.none() | strategies.decimals(0, 120, places=2)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_one_formula_serves_many_people(
    goals: Decimal | None, behaviour: Decimal | None, team: Decimal | None
) -> None:
    formula = Formula("weighted()", NAMES)
    for order in ((goals, behaviour, team), (team, goals, behaviour)):
        assert formula.of(values(*order), WEIGHTS).value == weighted_mean(values(*order), WEIGHTS)
