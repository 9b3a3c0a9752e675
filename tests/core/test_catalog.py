"""The catalogue finds by itself what is declared, and two of one name are a mistake."""

from __future__ import annotations

from typing import Any

import pytest

import flows
from flows.core.catalog import Catalog, deed, flow, letter, view
from flows.core.screen import Letter, Screen
from flows.core.words import Words
from flows.people.policy import RULES, Thing

TITLE = Words("Title", "标题")
PARTS: dict[str, Any] = {"may": ("door", "read"), "of": lambda *_: Thing("door")}


def make(name: str, command: str | None = None) -> Any:
    return flow(name, TITLE, facts=lambda *_: None, keep=lambda *_: TITLE, command=command, **PARTS)(
        lambda *_: None
    )


def test_what_is_declared_is_found_by_kind_and_name() -> None:
    shown = view("v", command="perf v", **PARTS)(lambda *_: Screen(TITLE, ()))
    done = deed("d", **PARTS)(lambda *_: TITLE)
    written = letter("l")(lambda *_: Letter(TITLE, ()))
    found = Catalog.of([make("f", "perf f"), shown, done, written, "something else", 42, None])
    assert (list(found.flows), list(found.views), list(found.deeds), list(found.letters)) == (
        ["f"],
        ["v"],
        ["d"],
        ["l"],
    )
    assert found.commands() == {"perf f": found.flows["f"], "perf v": shown}


def test_one_that_is_imported_elsewhere_is_one() -> None:
    one = make("f")
    assert Catalog.of([one, one]).flows == {"f": one}


def test_two_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two of the kind Flow are called f"):
        Catalog.of([make("f"), make("f")])


def test_a_command_leads_to_one_thing() -> None:
    with pytest.raises(ValueError, match="perf f"):
        Catalog.of([make("f", "perf f"), make("g", "perf f")]).commands()


def test_everything_in_the_house_is_found_has_a_rule_and_its_command_has_help() -> None:
    found = Catalog.find(flows)
    assert {"checkin", "checkin-start", "checkin-skip", "away"} <= set(found.flows)
    entries = [*found.flows.values(), *found.views.values(), *found.deeds.values()]
    assert [entry.name for entry in entries if entry.may not in RULES] == []
    assert [command for command, entry in found.commands().items() if not entry.help] == []
    assert {command.split()[0] for command in found.commands()} == {
        "1on1", "appeal", "broadcast", "calibrate", "checkin", "cycle", "evidence", "feedback", "goal", "interview",
        "kudos", "perf", "plan", "report", "result", "review", "reward", "score", "suggest", "todo",
    }  # fmt: skip
