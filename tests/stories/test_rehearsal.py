"""HR rehearses a cycle in the chat: nobody is written to, and what was found can be looked at."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from flows.cycle.records import Audience, Cycle
from tests.stories.quarter import QUARTER

FIRST = date(2026, 3, 9)  # a Monday, eight days after the stories begin


def draft(town: Any, owner: str = "marta", name: str = "Q2", first: date = FIRST, **other: Any) -> int:
    def keep(records: Any) -> int:
        hr = records.people.by_email(f"{owner}@example.com").id
        cycle = Cycle(0, "draft", name, first, QUARTER, Audience(), hr, town.now())
        return int(records.cycles.save(replace(cycle, **other)).id)

    kept: int = town.records(keep)
    return kept


def state_of(town: Any, cycle: int) -> Any:
    return town.records(lambda records: records.cycles.get(cycle))


def test_hr_rehearses_a_draft_and_nobody_else_is_written_to(quiet_town: Any) -> None:
    cycle = draft(quiet_town)
    marta, tom = quiet_town.player("marta"), quiet_town.player("anna")
    marta.command("/cycle rehearse")
    assert "演练" not in marta.aside()
    assert "The rehearsal has begun" in marta.aside()
    quiet_town.settle()
    assert any("things to look at" in message for message in marta.messages())
    assert tom.messages() == []
    kept = state_of(quiet_town, cycle)
    assert kept.state == "rehearsed"
    assert kept.rehearsed_at == quiet_town.now()
    assert quiet_town.records(lambda records: records.tasks.of_scope(["goals"], cycle)) == []


def test_what_was_found_is_looked_at_with_each_problem_and_its_remedy(quiet_town: Any) -> None:
    draft(quiet_town)
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    quiet_town.settle()
    marta.press("See what was found", message=rehearsed(marta))
    shown = marta.window()
    assert "Messages in all" in shown
    assert "nobody finishes anything early" in shown
    assert "2 people have no manager" in shown
    assert "Grace Miller, Olivia Grant" in shown
    assert "→ Import their manager" in shown


def test_one_persons_timeline_is_by_their_own_clock(quiet_town: Any) -> None:
    draft(quiet_town)
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    quiet_town.settle()
    marta.press("See what was found", message=rehearsed(marta))
    marta.touch("One person's timeline")
    marta.fill(who=quiet_town.mention("anna"))
    assert marta.submit() == {}
    shown = marta.window()
    assert "Anna Becker" in shown
    assert "Monday 9 March, 09:00" in shown
    assert "Manager review ×" in shown


def test_a_second_request_while_it_is_played_says_so(quiet_town: Any) -> None:
    draft(quiet_town)
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    marta.command("/cycle rehearse")
    assert "is being rehearsed already" in marta.aside()
    quiet_town.settle()
    assert sum("things to look at" in message for message in marta.messages()) == 1


def test_a_draft_that_is_over_stays_a_draft_and_says_what_to_change(quiet_town: Any) -> None:
    cycle = draft(quiet_town, first=FIRST - timedelta(days=60))
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    quiet_town.settle()
    assert "It can't be launched like this" in marta.messages()[rehearsed(marta)]
    assert state_of(quiet_town, cycle).state == "draft"
    marta.press("See what was found", message=rehearsed(marta))
    assert "is over already" in marta.window()


def test_it_is_rehearsed_again_after_a_change(quiet_town: Any) -> None:
    cycle = draft(quiet_town)
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    quiet_town.settle()
    changed = replace(state_of(quiet_town, cycle), state="draft", first=FIRST + timedelta(days=7))
    quiet_town.records(lambda records: records.cycles.save(changed))
    marta.press("See what was found", message=rehearsed(marta))
    assert "The draft was changed meanwhile" in marta.window()
    marta.touch("Rehearse again")
    quiet_town.settle()
    assert state_of(quiet_town, cycle).state == "rehearsed"
    assert (
        sum("things to look at" in message for message in marta.messages()) == 1
    )  # the older one says it is over


def test_a_live_cycle_is_not_rehearsed(quiet_town: Any) -> None:
    cycle = draft(quiet_town, state="live", launched_at=quiet_town.now())
    marta = quiet_town.player("marta")
    marta.command(f"/cycle rehearse {cycle}")
    assert "can't be rehearsed any more" in marta.aside()


def test_an_hr_partner_neither_rehearses_nor_reads_beyond_their_departments(quiet_town: Any) -> None:
    cycle = draft(quiet_town)
    marta, juliana = quiet_town.player("marta"), quiet_town.player("juliana")
    juliana.command(f"/cycle rehearse {cycle}")
    assert "演练已开始" not in juliana.aside()
    assert "has begun" not in juliana.aside()
    marta.command("/cycle rehearse")
    quiet_town.settle()
    anna = quiet_town.records(lambda records: records.people.by_email("anna@example.com"))
    timeline = quiet_town.records(lambda records: records.rehearsals.timeline(cycle, anna.id))
    assert timeline
    quiet_town.player("anna").command(f"/cycle rehearse {cycle}")
    assert "has begun" not in quiet_town.player("anna").aside()


def test_the_rehearsal_says_what_then_happens(quiet_town: Any) -> None:
    cycle = draft(quiet_town)
    marta = quiet_town.player("marta")
    marta.command("/cycle rehearse")
    quiet_town.settle()
    marta.command(f"/cycle launch {cycle}")
    quiet_town.settle()
    anna = quiet_town.records(lambda records: records.people.by_email("anna@example.com"))
    foretold = quiet_town.records(lambda records: records.rehearsals.timeline(cycle, anna.id))
    quiet_town.to(foretold[3].at + timedelta(minutes=1))
    assert len(quiet_town.player("anna").messages()) == 4


def rehearsed(player: Any) -> int:
    """The place of the message that says what came of it, counted from the end."""
    found = [n for n, message in enumerate(player.messages()) if "things to look at" in message]
    return found[-1] - len(player.messages())


@pytest.mark.parametrize("messenger", ["slack"])
def test_the_pictures_and_the_sheet_come_into_the_askers_own_chat(quiet_town: Any) -> None:
    draft(quiet_town)
    quiet_town.player("marta").command("/cycle rehearse")
    quiet_town.settle()
    world = quiet_town.trial.workspace.world
    files = {
        file["name"].rpartition(".")[2]: base64.b64decode(file["content"]) for file in world.files.values()
    }
    assert len(world.files) == 3
    assert files["png"].startswith(b"\x89PNG")
    sheets = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).sheetnames
    assert sheets == ["Read me", "Problems", "Per day", "Per person", "Everything"]
    holders = [
        conversation
        for conversation in world.conversations.values()
        if any(message.files for message in conversation.messages.values())
    ]
    assert len(holders) == 1
    assert world.user("marta").id in holders[0].members


@pytest.mark.parametrize("messenger", ["slack"])
def test_a_rehearsal_that_a_restart_cut_off_is_played_again(quiet_town: Any) -> None:
    cycle = draft(quiet_town)
    quiet_town.player("marta").command("/cycle rehearse")
    quiet_town.run(quiet_town.trial.bot.rehearsals.look())  # it is being played when the bot goes down
    quiet_town.restart()
    assert state_of(quiet_town, cycle).state == "draft"
    quiet_town.to(quiet_town.now() + timedelta(minutes=4))
    assert state_of(quiet_town, cycle).state == "rehearsed"
    messages = quiet_town.player("marta").messages()
    assert sum("things to look at" in message for message in messages) == 1
