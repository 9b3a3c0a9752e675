"""What `docs/scoring.md` says is what is computed: its example, its rounding, and the hash that it defines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from flows.core.rounding import half_up
from flows.core.words import same
from flows.cycle.template import Step, Template
from flows.goals.amounts import figure
from flows.results.formula import SCORE, score_of
from flows.results.inputs import RULE, recompute
from flows.results.ledger import FORM, next_version
from flows.results.scale import proposal_words, proposed

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text("utf-8")
D = Decimal
GOALS = [
    {
        "goal": 1,
        "terms": {"title": "a", "target": "100", "weight": "60"},
        "value": "108",
        "attainment": "108",
    },
    {"goal": 2, "terms": {"title": "b", "target": "100", "weight": "40"}, "value": "75", "attainment": "75"},
]
INPUTS = {
    "rule": RULE, "cap": "120", "weights": {"goals": "50", "behaviour": "20", "peers": "20", "external": "10"},
    "components": [
        {"name": "goals", "value": "94.8", "goals": GOALS},
        {"name": "behaviour", "value": "80", "rated": "4", "of": "5"},
        {"name": "peers", "value": "75", "averages": {"helps": "3.5", "listens": "2.5"}, "of": {"helps": "4", "listens": "4"}},
        {"name": "external", "value": None, "missing": "nobody"},
    ],
}  # fmt: skip
SCALE = tuple(Step(str(step), same(""), D(step)) for step in range(1, 6))


def rows(heading: str) -> dict[str, list[str]]:
    """The first table behind a line of its heads, by its first column."""
    found = {}
    for line in PAGE.split(heading, 1)[1].splitlines()[2:]:
        if not line.startswith("|"):
            break
        first, *rest = (cell.strip() for cell in line.strip("|").split("|"))
        found[first] = rest
    return found


def test_the_example_is_computed_as_it_stands_there() -> None:
    components = {name: cells[-1] for name, cells in rows("| component | from | value |").items()}
    assert components == {"goals": "94.8", "behaviour": "80", "peers": "75", "external": "missing"}
    values = {name: None if value == "missing" else D(value) for name, value in components.items()}
    table = rows("| component | weight | share | points |")
    score = score_of(values, {name: D(cells[0]) for name, cells in table.items()})
    for term in score.terms:
        shown = (
            "–" if term.share is None else str(term.share),
            "–" if term.points is None else str(term.points),
        )
        assert (table[term.name][1], table[term.name][2]) == shown
    assert f"÷ 90 = {score.score}\n" in PAGE
    assert recompute(INPUTS) == score.score == D("87.11")


def test_so_is_its_rating() -> None:
    template = Template("t", same(""), "year", (), scale=SCALE)
    rating = proposed(template, D("87.11"))
    numbers = proposal_words(template, D("87.11"), rating).en.partition(",")[0]
    assert f"proposed rating: {numbers}, and the nearest step is {rating}\n" in PAGE


def test_so_is_the_rounding() -> None:
    assert f"82.345 is {figure(half_up(D('82.345'), SCORE))}." in PAGE


def test_a_hash_is_what_the_page_defines() -> None:
    assert (
        f'["{FORM}", cycle, person, version, kind, score, rating, coefficient, inputs, why, by, at, before]'
        in PAGE
    )
    version = next_version(
        None, cycle=3, person=17, kind="manager", score=D("87.110"), rating="4", coefficient=D("1.20"), inputs=INPUTS,
        why="好", by=5, at=datetime(2026, 3, 31, 8, tzinfo=UTC),
    )  # fmt: skip
    fields = [
        FORM, 3, 17, 1, "manager", "87.11", "4", "1.2", INPUTS, "好", 5, "2026-03-31T08:00:00.000000+00:00", "",
    ]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert version.hash == sha256(text.encode()).hexdigest()
