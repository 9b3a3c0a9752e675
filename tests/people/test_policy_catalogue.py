"""The policy and everything else that is declared: each entry names a rule, each rule is used, and the page tells all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import flows
from flows.core.catalog import Catalog
from flows.people.policy import RULES
from flows.people.policy_rules import ADMINISTERED, EVERYDAY, NARROWER
from flows.people.policy_table import ACTIONS, COUNT, NOT_LENT, TABLE
from flows.people.policy_text import everyday_text, staged_text

ROOT = Path(__file__).parents[2]
FOUND = Catalog.find(flows)
ENTRIES = [*FOUND.flows.values(), *FOUND.views.values(), *FOUND.deeds.values()]


def nodes() -> Iterator[ast.AST]:
    """Everything that the house says in code, besides the policy itself."""
    for module in sorted([*(ROOT / "flows").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        if not module.name.startswith("policy"):
            yield from ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def words(node: ast.AST) -> tuple[object, ...]:
    return tuple(one.value for one in ast.iter_child_nodes(node) if isinstance(one, ast.Constant))


def test_every_flow_view_and_deed_names_a_rule_of_the_table() -> None:
    assert len(ENTRIES) > 100
    assert {entry.name: entry.may for entry in ENTRIES if entry.may not in RULES} == {}


def test_a_kind_stands_for_narrower_ones_that_the_table_knows() -> None:
    kinds = {kind for kind, _ in RULES}
    for wide, narrower in NARROWER.items():
        assert {wide, *narrower} <= kinds
        for action in {entry.may[1] for entry in ENTRIES if entry.may[0] == wide}:
            assert any((kind, action) in RULES for kind in (wide, *narrower)), (wide, action)
    assert kinds >= ADMINISTERED
    assert {kind for kind, _ in NOT_LENT} - {"*"} <= set(TABLE)
    assert {action for _, action in NOT_LENT} - {"*"} <= {*ACTIONS, COUNT}


def test_every_rule_of_every_day_is_asked_for_somewhere() -> None:
    """By an entry, or in code: as the pair of both words, or `may(…, "action", …)` about things of that kind."""
    pairs: set[object] = {entry.may for entry in ENTRIES}
    said: set[object] = set()
    asked: set[object] = set()
    for node in nodes():
        if isinstance(node, ast.Tuple):
            pairs.add(words(node))
        elif isinstance(node, ast.Constant):
            said.add(node.value)
        elif isinstance(node, ast.Call) and called(node) == "may":
            asked |= set(words(node))
    visible = {"goal_public", "goal_team", "goal_private"}  # their names are made of a goal's visibility
    unused = [
        (kind, action)
        for kind, action in EVERYDAY
        if (kind, action) not in pairs and not (action in asked and (kind in said or kind in visible))
    ]
    assert unused == []


LATER = frozenset({"private_note", "interview", "export", "audit"})
"""Kinds of features that are to come: their rules are there, and what asks for them is not, or not all of it."""

EVERY_DAY = frozenset(
    {"goal", "checkin", "broadcast", "manager_review_draft", "peer_assignment", "named_assignment"}
)
"""Kinds that are decided by rules of every day so far: one's own tasks and forms, goals, check-ins, broadcasts."""

BY_TASK = {
    "self_review": "create edit submit retract",
    "manager_review": "create edit retract",
    "project_review": "create edit submit retract",
    "peer_review": "create edit submit retract",
    "peer_raw": "create edit submit retract",
    "score_proposed": "create edit submit retract",
    "score_calibrated": "edit submit",
    "peer_nomination": "edit submit",
    "calibration_note": "create",
    "peer_completion": "view",
    "appeal": "edit submit",
    "appeal_decision": "edit submit",
}
"""What whoever owes a task, or takes part in a session, does with it: `("review", "write")`, `("task", "answer")` and
the session's own rules ask, and the stage is looked at in their words. Whoever has appealed completes it by
`("appeal", "retract")`, and a decision is agreed to by `("appeal_decision", "create")`."""

FIGURES = {"manager_review": "count", "external_review": "count", "score_proposed": "count", "score_final": "count",
           "peer_nomination": "count"}  # fmt: skip
"""How many there are: `("cycle", "read")` asks for all of them at once."""

ANY_KIND = {"export": "files of results are to come", "delegate": "deputies are set by ('delegation', 'set')"}
RELEASED = {"score_final": "release"}
"""Asked as ("release", "create"): all of a cycle's results together."""


def test_every_row_of_the_table_is_asked_for_or_named_here_as_not_yet() -> None:
    """In one module as `may(…, "action", …)` about a thing of that kind, or as the pair of both words."""
    pairs: set[object] = {entry.may for entry in ENTRIES}
    modules: list[tuple[set[object], set[object]]] = []
    for module in sorted([*(ROOT / "flows").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        if module.name.startswith("policy"):
            continue
        said: set[object] = set()
        asked: set[object] = set()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple):
                pairs.add(words(node))
            elif isinstance(node, ast.Constant):
                said.add(node.value)
                if node.value == "private_":  # the kind is made of it and of whom a question is private to
                    said |= {"private_manager", "private_hr"}
            elif isinstance(node, ast.Call) and called(node) in ("may", "allowed", "allows"):
                asked |= set(words(node))
        modules.append((said, asked))
    dead = {
        (kind, action)
        for kind, row in TABLE.items()
        for action in row
        if (kind, action) not in pairs
        and not any(kind in said and action in asked for said, asked in modules)
    }
    named = {(kind, action) for kind in LATER | EVERY_DAY for action in TABLE[kind]}
    named |= {(kind, action) for kind, row in TABLE.items() for action in row if action in ANY_KIND}
    for some in (BY_TASK, FIGURES, RELEASED):
        named |= {(kind, action) for kind, actions in some.items() for action in actions.split()}
    assert dead - named == set(), "a row that nothing asks for"
    assert {kind for kind, _ in dead} >= LATER | EVERY_DAY, "what is asked for by now stands here no more"
    assert named <= {(kind, action) for kind, row in TABLE.items() for action in row}


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def test_the_page_on_the_policy_shows_the_tables_as_they_are() -> None:
    page = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    for name, text in (("staged", staged_text()), ("everyday", everyday_text())):
        shown = page.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]
        assert shown.strip() == text, f"docs/policy.md: between the marks of {name} should stand\n{text}"
