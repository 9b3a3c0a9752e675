"""A world survives a restart."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.workspace.link import BotLink
from bot.workspace.serve import serving
from bot.workspace.store import frozen, load_world, moment_saved, save_world
from bot.workspace.workspace import Workspace
from bot.workspace.world import Member, World
from tests.workspace.office import ANNA, PEOPLE, START, Office, field_block, modal, opened, section

pytestmark = pytest.mark.anyio


async def lived_in(office: Office) -> World:
    """A world in which every kind of thing has happened."""
    first = await office.client.chat_postMessage(
        channel=ANNA, text="x", blocks=[section()], metadata={"event_type": "d", "event_payload": {"k": "1"}}
    )
    await office.client.chat_update(channel=first["channel"], ts=first["ts"], text="好 \ud800")
    await office.client.chat_postMessage(channel=ANNA, text="reply", thread_ts=first["ts"])
    await office.workspace.say(ANNA, "general", "hello")
    await office.client.chat_postEphemeral(channel=office.workspace.dm(ANNA), user=ANNA, text="psst")
    view = await opened(office, modal(field_block("b")))
    office.bot.answer = lambda _: {"response_action": "errors", "errors": {"b": "no"}}
    await office.workspace.submit(ANNA, view["id"], {"b": {"a": {"value": "typed"}}})
    await office.client.views_publish(user_id=ANNA, view={"type": "home", "blocks": [section()]})
    await office.client.files_upload_v2(
        channel=first["channel"], content=b"\x00\xff", filename="x.bin", request_file_info=False
    )
    office.world.add_person(Member("new@example.com", "Nora New", roles=("hr",)))
    return office.world


async def test_everything_is_there_again(office: Office, tmp_path: Path) -> None:
    world = await lived_in(office)
    office.clock.advance(90)
    path = tmp_path / "world.json"
    save_world(world, path)
    moment = moment_saved(path)
    assert moment == office.clock.now()
    again = load_world(path, VirtualClock(moment, speed=0))
    assert frozen(again) == frozen(world)
    assert again.user("new@example.com").member.roles == ("hr",)
    assert again.stacks[ANNA][0].typed == {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    assert again.dm(ANNA).threads == world.dm(ANNA).threads


async def test_numbers_go_on_where_they_were(office: Office, tmp_path: Path) -> None:
    world = await lived_in(office)
    save_world(world, tmp_path / "world.json")
    again = load_world(tmp_path / "world.json", office.clock)
    assert float(again.next_ts()) > max(
        float(ts) for one in world.conversations.values() for ts in one.messages
    )
    assert again.next_number() == world.next_number()
    assert again.add_person(Member("new@other.example", "Nils New")).id not in world.users


async def test_a_served_world_is_saved_at_the_end(anyio_backend: str, tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    assert moment_saved(path) is None
    clock = VirtualClock(START, speed=0)
    workspace = Workspace(World(PEOPLE, clock=clock), clock, BotLink())
    async with serving(workspace, path=path):
        workspace.world.deactivate("anna")
    assert load_world(path, clock).user("anna").member == replace(PEOPLE[0], deleted=True)
    assert os.listdir(tmp_path) == ["world.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"format": 99}), json.dumps({"now": 1})])
def test_a_file_that_is_no_world_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"world\.json is not a workspace"):
        load_world(path, VirtualClock(START))
