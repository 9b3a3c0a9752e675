"""The whole table of the policy against its specification: every case there is, and would a wrong cell be noticed?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from flows.people.person import Person
from flows.people.policy import Thing, allowed, may
from flows.people.policy_cells import GRANTED, cells_of, granted_by, stages_in
from flows.people.policy_table import ACTIONS, COUNT, NOT_LENT, STAGES, TABLE
from tests.people import policy_oracle as oracle
from tests.people.policy_oracle import OBJECTS, OWN_OBJECTS, RELATIONS, STATUSES, Case, says
from tests.people.test_policy import person

NOW = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
OWNER = replace(person(1), manager=2, department="Sales")
LINE = (2, 3)
LEAVE = ((date(2026, 3, 1), date(2026, 3, 31)),)
GONE = date(2026, 3, 1)

ASKED = frozenset({"reviewer"})
ACTORS: Mapping[str, tuple[Person, frozenset[Any]]] = {
    "SELF": (OWNER, frozenset()),
    "PEER": (replace(person(5), manager=2), ASKED),
    "UPWARD": (replace(person(6), manager=1), ASKED),
    "MGR": (person(2), frozenset()),
    "EXMGR": (person(7), frozenset({"former_manager"})),
    "SKIP": (person(3), frozenset()),
    "DEPT": (person(8), frozenset({"head"})),
    "HRBP": (person(9, "hr:Sales", department="People"), frozenset()),
    "HRADMIN": (person(10, "hr", department="People"), frozenset()),
    "AUDITOR": (person(11, "auditor"), frozenset()),
    "OPERATOR": (person(12, "operator"), frozenset()),
    "DELEGATE": (person(13), frozenset({"delegate"})),
    "COLLEAGUE": (person(14), frozenset()),
    "LEFT": (replace(person(2), left_on=GONE), frozenset({"author", "session"})),
    "BOT": (replace(person(2), id=0), frozenset({"author"})),
}
BESIDES = [
    frozenset(several)
    for several in (
        {"author"}, {"session"}, {"decider"}, {"audience"}, {"above"}, {"wide"}, {"author", "decider"},
        {"session", "above"}, {"decider", "above"}, {"author", "above"},
    )
]  # fmt: skip
REFERENCE = tuple(product(OBJECTS, oracle.ACTIONS, RELATIONS, STAGES, STATUSES, (False, True), (False, True)))


def cases(kinds: tuple[str, ...], actions: tuple[str, ...]) -> Iterator[Case]:
    """Everything that somebody may be besides, things of no cycle, and standing in: beyond the reference's cases."""
    for kind, action, who, stage, delegated in product(
        kinds, actions, RELATIONS, (*STAGES, None), (False, True)
    ):
        for besides in (frozenset[str](), *BESIDES):
            yield Case(kind, action, who, stage, "active", delegated, False, besides)


def situation(case: Case) -> tuple[Person, Thing]:
    """Who asks, and about what."""
    actor, standing = ACTORS[case.who]
    if case.status != "active":
        actor = replace(actor, away=LEAVE) if case.status == "leave" else replace(actor, left_on=GONE)
    if case.delegated:
        standing = standing | {"delegate"}
    owner = replace(OWNER, away=LEAVE) if case.subject_on_leave else OWNER
    stage: Any = case.stage
    return actor, Thing(
        case.object, owner, LINE,
        frozenset({"Sales", "Legal"}) if "wide" in case.besides else None,
        stage, standing | (case.besides - {"above", "wide"}), "above" in case.besides and case.who != "SELF",
    )  # fmt: skip


def test_nothing_of_the_reference_is_missing_and_each_kind_and_action_has_a_name_in_it() -> None:
    assert len(REFERENCE) == 356_400
    assert set(TABLE) == {*OBJECTS, *OWN_OBJECTS} == set(oracle.BY_OBJECT)
    assert ACTIONS == oracle.ACTIONS
    assert {action for row in TABLE.values() for action in row} == {*ACTIONS, COUNT}


def test_all_356400_cases_of_the_reference_are_decided_as_it_says() -> None:
    situations: dict[tuple[Any, ...], tuple[Person, Thing]] = {}
    wrong, yes = [], 0
    for row in REFERENCE:
        kind, action, who, stage, status, delegated, on_leave = row
        case = Case(kind, action, who, stage, status, delegated, on_leave)
        key = (kind, who, stage, status, delegated, on_leave)
        found = situations.get(key) or situations.setdefault(key, situation(case))
        decided = may(found[0], action, found[1], NOW)
        yes += decided
        if decided is not says(case):
            wrong.append(case)
    assert wrong == []
    assert 5_000 < yes < 50_000  # most is refused, and not everything


@pytest.mark.parametrize("action", [*ACTIONS, COUNT])
def test_whatever_somebody_is_besides_is_decided_as_the_specification_says(action: str) -> None:
    wrong = []
    for case in cases((*OBJECTS, *OWN_OBJECTS), (action,)):
        actor, thing = situation(case)
        if may(actor, action, thing, NOW) is not says(case):
            wrong.append(case)
    assert wrong == []


def test_a_list_is_filtered_by_the_same_function() -> None:
    every = [
        situation(Case(kind, "view", "MGR", stage, besides=besides))[1]
        for kind, stage, besides in product((*OBJECTS, *OWN_OBJECTS), STAGES, (frozenset[str](), *BESIDES))
    ]
    for who in RELATIONS:
        actor = ACTORS[who][0]
        one_by_one = [thing for thing in every if may(actor, "view", thing, NOW)]
        assert allowed(actor, "view", every, NOW) == one_by_one
    assert allowed(ACTORS["MGR"][0], "view", every, NOW) not in ([], every)


@pytest.mark.parametrize(
    ("words", "letters", "without"),
    [
        ("R+", "RAF", False),
        ("G+", "GOCKRAF", False),
        ("G-C", "GOC", False),
        ("OCK", "OCK", False),
        ("K", "K", False),
        ("*", "SGOCKRAF", True),
        ("*X", "SGOCKRAFX", True),
    ],
)
def test_the_stages_of_a_cell_are_read_as_they_are_meant(words: str, letters: str, without: bool) -> None:
    assert stages_in(words) == {*letters} | ({None} if without else set())


@pytest.mark.parametrize("words", ["", "Q", "X", "+", "r+", "R +", "R-"])
def test_a_cell_that_means_nothing_is_a_mistake(words: str) -> None:
    with pytest.raises(ValueError, match=r"not in tuple|no stage"):
        stages_in(words)


# Mutants: the table with one thing wrong. Each has to be noticed by the comparison with the specification.

Cells = dict[tuple[str, str], dict[Any, frozenset[Any]]]
ADDED = ("self", "manager", "line", "head", "hr", "hr_admin", "auditor", "operator", "peer", "report", "anyone",
         "author", "reviewer", "session", "delegate", "former_manager", "decider", "audience")  # fmt: skip


def mutants() -> Iterator[tuple[tuple[str, str], dict[Any, frozenset[Any]]]]:
    """Every cell with a relation less, a relation more, or one that begins or ends a stage sooner or later."""
    for rule, cell in cells_of(TABLE).items():
        for relation, stages in cell.items():
            yield rule, {name: when for name, when in cell.items() if name != relation}
            letters = [stage for stage in STAGES if stage in stages]
            first, last = STAGES.index(letters[0]), STAGES.index(letters[-1])
            yield rule, {**cell, relation: stages - {letters[0]}}
            yield rule, {**cell, relation: stages - {letters[-1]}}
            if first:
                yield rule, {**cell, relation: stages | {STAGES[first - 1]}}
            if last + 1 < len(STAGES):
                yield rule, {**cell, relation: stages | {STAGES[last + 1]}}
        for relation in ADDED:
            if relation not in cell:
                yield rule, {**cell, relation: frozenset(STAGES)}


def is_noticed(rule: tuple[str, str], cell: dict[Any, frozenset[Any]]) -> bool:
    """Whether any case of this kind and action is decided otherwise than the specification says."""
    granted = {**{key: who for key, who in GRANTED.items() if key[:2] != rule}, **granted_by({rule: cell})}
    for case in cases((rule[0],), (rule[1],)):
        actor, thing = situation(case)
        if may(actor, rule[1], thing, NOW, granted) is not says(case):
            return True
    return False


def test_a_wrong_cell_is_noticed() -> None:
    """A fixed sample of 400 of all mutants; every one is noticed, so that none is equivalent."""
    every = list(mutants())
    assert len(every) > 3_000
    unnoticed = [one for one in random.Random(5).sample(every, 400) if not is_noticed(*one)]
    assert unnoticed == []


def test_what_is_not_lent_would_be_missed_where_it_is_lent() -> None:
    """Each line of what is not lent counts, unless the manager has nothing there that could be lent."""
    cells = cells_of(TABLE)
    for pattern in sorted(NOT_LENT):
        looser = granted_by(cells_of(TABLE, NOT_LENT - {pattern}))
        within = [rule for rule in cells if covers(pattern, rule)]
        differs = any(
            may(*asking(case), NOW, looser) is not says(case)
            for kind, action in within
            for case in cases((kind,), (action,))
        )
        only = [
            rule for rule in within
            if "manager" in cells[rule] and sum(covers(one, rule) for one in NOT_LENT) == 1
        ]  # fmt: skip
        assert differs is bool(only), pattern


def covers(pattern: tuple[str, str], rule: tuple[str, str]) -> bool:
    return all(one in ("*", other) for one, other in zip(pattern, rule, strict=True))


def asking(case: Case) -> tuple[Person, str, Thing]:
    actor, thing = situation(case)
    return actor, case.action, thing
