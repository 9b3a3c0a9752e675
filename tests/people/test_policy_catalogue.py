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
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "may":
            asked |= set(words(node))
    visible = {"goal_public", "goal_team", "goal_private"}  # their names are made of a goal's visibility
    unused = [
        (kind, action)
        for kind, action in EVERYDAY
        if (kind, action) not in pairs and not (action in asked and (kind in said or kind in visible))
    ]
    assert unused == []


def test_the_page_on_the_policy_shows_the_tables_as_they_are() -> None:
    page = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    for name, text in (("staged", staged_text()), ("everyday", everyday_text())):
        shown = page.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]
        assert shown.strip() == text, f"docs/policy.md: between the marks of {name} should stand\n{text}"
