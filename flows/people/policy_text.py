"""The policy's tables as text for its documentation, out of what the policy function itself looks up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from flows.people.policy_cells import CELLS, KEPT, Cell, Rule
from flows.people.policy_rules import EVERYDAY
from flows.people.policy_table import TABLE, Relation, Stage


def staged_text() -> str:
    """What depends on the stage of a cycle: a Markdown table with a line for each kind of thing and action."""
    rules = [(kind, action) for kind, row in TABLE.items() for action in row]
    return text_of({rule: by_stage(CELLS[rule]) for rule in rules}, "who may, and when")


def everyday_text() -> str:
    """What may be done whatever the stage, as a Markdown table."""
    return text_of({rule: ", ".join(sorted(who)) for rule, who in EVERYDAY.items() if who}, "who may")


def text_of(lines: Mapping[Rule, str], title: str) -> str:
    """A Markdown table; actions that the same people may do stand together in one line."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (kind, action), words in lines.items():
        together[kind, words].append(action)
    found = [f"| thing | action | {title} |", "| --- | --- | --- |"]
    for (kind, words), actions in together.items():
        found.append(f"| `{kind}` | {', '.join(actions)} | {words} |")
    return "\n".join(found)


def by_stage(cell: Cell) -> str:
    """Whom a cell is for, those of the same stages together: "manager, line: from C; self: from R"."""
    together: dict[frozenset[Stage | None], list[Relation]] = defaultdict(list)
    for relation, stages in cell.items():
        together[stages].append(relation)
    parts = sorted(together.items(), key=lambda part: first(part[0]))
    return "; ".join(f"{', '.join(who)}: {when(stages)}" for stages, who in parts)


def first(stages: frozenset[Stage | None]) -> int:
    """Where the first of the stages stands; those of no cycle come before all."""
    return -1 if None in stages else min(KEPT.index(stage) for stage in stages if stage)


def when(stages: frozenset[Stage | None]) -> str:
    """The stages in words: "always", "from R", "in O, C"."""
    letters = [stage for stage in KEPT if stage in stages]
    if None in stages:
        return "always, even when the contents are gone" if "X" in stages else "always"
    if len(letters) > 1 and letters == list(KEPT[KEPT.index(letters[0]) :]):
        return f"from {letters[0]}"
    return f"in {', '.join(letters)}"
