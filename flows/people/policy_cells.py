"""The policy's tables as the policy function looks them up: for a kind, an action and a stage, whom it is allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from flows.people.policy_rules import EVERYDAY
from flows.people.policy_table import NOT_LENT, STAGES, TABLE, Relation, Stage

Rule = tuple[str, str]
"""(kind of thing, action)."""

Cell = Mapping[Relation, frozenset[Stage | None]]
"""When whom a rule allows something; None stands for things of no cycle."""

Granted = Mapping[tuple[str, str, Stage | None], frozenset[Relation]]

ALWAYS: frozenset[Stage | None] = frozenset((None, *STAGES))
KEPT = STAGES[:-1]  # the stages in which there is something to see


def stages_in(words: str) -> frozenset[Stage | None]:
    """The stages of a cell: "R+" from R on, "G-C" from G to C, "OCK" these; "*" is always. X is in none but "*X"."""
    match [*words]:
        case ["*"]:
            return frozenset((None, *KEPT))
        case ["*", "X"]:
            return ALWAYS
        case [first, "+"]:
            return frozenset(KEPT[KEPT.index(cast(Stage, first)) :])
        case [first, "-", last]:
            return frozenset(KEPT[KEPT.index(cast(Stage, first)) : KEPT.index(cast(Stage, last)) + 1])
        case []:
            raise ValueError("no stage at all")
        case letters:
            return frozenset(KEPT[KEPT.index(cast(Stage, letter))] for letter in letters)


def cell_in(words: str) -> Cell:
    """A cell of the table: "manager line: C+; self: R+"."""
    found: dict[Relation, frozenset[Stage | None]] = {}
    for part in words.split("; "):
        who, _, when = part.partition(": ")
        for relation in who.split():
            found[cast(Relation, relation)] = stages_in(when)
    return found


def lent(rule: Rule, cell: Cell, not_lent: frozenset[Rule]) -> Cell:
    """The cell with what a delegate may in it: as much as the manager whom they stand in for, where it can be lent."""
    kind, action = rule
    if "manager" not in cell or not not_lent.isdisjoint({rule, (kind, "*"), ("*", action)}):
        return cell
    return {**cell, "delegate": cell["manager"]}


def cells_of(
    table: Mapping[str, Mapping[str, str]], not_lent: frozenset[Rule] = NOT_LENT
) -> dict[Rule, Cell]:
    """Every cell of a table, with what is lent."""
    rules = {(kind, action): cell_in(words) for kind, row in table.items() for action, words in row.items()}
    return {rule: lent(rule, cell, not_lent) for rule, cell in rules.items()}


def granted_by(cells: Mapping[Rule, Cell]) -> Granted:
    """Turned round, so that one look-up gives everybody to whom it is allowed now."""
    found: dict[tuple[str, str, Stage | None], set[Relation]] = defaultdict(set)
    for (kind, action), cell in cells.items():
        for relation, stages in cell.items():
            for stage in stages:
                found[kind, action, stage].add(relation)
    return {key: frozenset(relations) for key, relations in found.items()}


CELLS: Mapping[Rule, Cell] = {
    **{rule: dict.fromkeys(sorted(who), ALWAYS) for rule, who in EVERYDAY.items()},
    **cells_of(TABLE),
}
GRANTED = granted_by(CELLS)
