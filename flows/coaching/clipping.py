"""Taking a message up from its menu: what of it may be copied, and the copy that a form then begins with."""

from __future__ import annotations

import re
from datetime import datetime

from flows.coaching.evidence_records import Clipping, ClippingRecords
from flows.core.desk import NotThere
from flows.core.picked import Picked
from flows.core.records import Records
from flows.core.said import clean
from flows.core.words import Words, same
from flows.people.person import Person

SUBJECT = "message/"  # begins the subject of a form that a message was taken up for
MOST = 3000  # characters that are copied
SHOWN = 600  # of them on a form
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(\|[^>]*)?>")
LINK = re.compile(r"<([^@#!|>]+)\|([^>]+)>|<([^@#!|>]+)>")

WITHHELD = Words(
    "This message stands in a private conversation, and you did not write it. So it is not copied, not even for you. "
    "You can still write down in your own words what you saw.",
    "这条消息来自私密对话，而且不是你写的，因此不会被复制。你仍然可以用自己的话写下看到的情况。",
)


def clip(records: ClippingRecords, actor: Person, message: Picked, now: datetime) -> Clipping:
    """Keep what may be kept of it: anybody's words from where all can read, elsewhere only one's own."""
    author = records.people.by_account(message.account) if message.account else None
    own = author is not None and author.id == actor.id
    withheld = message.place != "public" and not own
    text = "" if withheld else plain(records, message.text)
    copied = not withheld
    return records.evidence.clip(
        Clipping(
            0,
            actor.id,
            author.id if author and (copied or author.active) else None,
            author.name if author else clean(message.author)[:100],
            text if len(text) <= MOST else text[: MOST - 1] + "…",
            message.channel if copied else "",
            message.link if copied else "",
            withheld,
            message.said_at,
            now,
        )
    )


def plain(records: Records, text: str) -> str:
    """A message's text with people by name and links as addresses."""

    def named(found: re.Match[str]) -> str:
        person = records.people.by_account(found[1])
        return f"@{person.name}" if person else "@?"

    return clean(LINK.sub(lambda link: link[2] or link[3] or link[1], MENTION.sub(named, text)))


def taken_up(records: ClippingRecords, actor: Person, subject: str) -> Clipping | None:
    """The message that a form's subject names; None for a form of its own. Another's is not there."""
    if not subject.startswith(SUBJECT):
        return None
    number = subject.removeprefix(SUBJECT)
    found = (
        records.evidence.clipping(int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or found.by != actor.id:
        raise NotThere
    return found


def shown(clipping: Clipping) -> Words:
    """The message as it stands above a form: who wrote it where, and what it says."""
    who = same(clipping.author_name or "?")
    where = Words(" in #{channel}", "（#{channel}）").fill(channel=same(clipping.place))
    text = clipping.text if len(clipping.text) <= SHOWN else clipping.text[:SHOWN] + "…"
    head = who + (where if clipping.place else same(""))
    return head + Words(": ", "：") + same(f"“{text}”")
