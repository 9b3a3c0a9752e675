"""What opens when somebody chooses an entry of a message's menu: the catalogue's shortcut says it."""

from __future__ import annotations

from datetime import datetime

from bot.exchange import FromMenu
from flows.core.catalog import Catalog, thing_named
from flows.core.desk import NotThere
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.people.person import Person
from flows.people.policy import allows


def taken_up(catalog: Catalog, records: Records, actor: Person, what: FromMenu, now: datetime) -> Act:
    """Take the message up; refuses where the entry is not known, or the message could not be read."""
    found = catalog.shortcuts.get(what.name)
    if found is None or what.message is None:
        raise Refusal(
            "I could not read this message. Please try it from the menu of another one.",
            "无法读取这条消息，请从另一条消息的菜单中再试。",
        )
    if not allows(actor, found.may, thing_named(found.of, records, actor, ("",), now), now):
        raise NotThere
    return found.act(records, actor, what.message, now)
