"""No view, flow, deed or command leads HR, an operator, an auditor or a manager to what one author wrote.

Nor does any of them change the threshold that was promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.exchange import Command, Inbound, Press, Reply
from bot.workspace.sample import PEOPLE_CSV
from flows.core.screen import Act
from tests.messengers.plain import PlainTown
from tests.stories.conftest import SUNDAY
from tests.stories.quarter import go
from tests.stories.releasing import OVER, RELEASED, launched, rate, release
from tests.stories.reviewing import write

ENOUGH, TOO_FEW = ("wangqiang", "zhangmin", "jonas"), ("arjun", "lena")
WATCHERS = ("marta", "rahul", "olivia", "chenwei", "lina")
MAY_READ = {"comments-about", "comment-decide", "result", "result-of"}
"""What shows the comments of a group that is large enough, once it is closed."""


def canary(about: str, author: str) -> str:
    return f"Canary-{about}-{author}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Three have written about Lina and two about Kavya; one more has begun to."""
    town = PlainTown(
        SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path_factory.mktemp("path"), running_programme=False
    )
    town.cycle = launched(town, RELEASED, lina=ENOUGH, kavya=(*TOO_FEW, "zhaolei"))  # type: ignore[attr-defined]
    for name, about, authors in (("lina", "李娜", ENOUGH), ("kavya", "Kavya Iyer", TOO_FEW)):
        for author in authors:
            write(town.player(author), about, helps="2", keep=canary(name, author))
    half = town.player("zhaolei")
    half.command("/review")
    half.touch("填写", beside="Kavya Iyer")
    half.fill(keep=canary("kavya", "zhaolei"))
    yield town
    town.close()


class Undone(Exception):
    """What was answered, when what was done is to be taken back."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply


def tried(town: Any, who: str, what: Inbound) -> str:
    """Everything that somebody is told in answer, and nothing has happened."""
    account, key = f"U0{who.upper()}", f"tried/{who}/{what!r}"
    try:
        with town.store.work() as records:
            reply = town.front.receive(records, account, key, what, town.now())
            assert records.cycles.get(town.cycle).template == RELEASED, "a promise once given stays"
            raise Undone(reply)
    except Undone as done:
        return repr(done.reply)


def subjects(town: Any) -> list[tuple[str, ...]]:
    """What a button could be about: the cycle, people, phases, tasks, comments and conversations, alone and together."""
    cycle = str(town.cycle)

    def known(records: Any) -> list[tuple[str, ...]]:
        people = [
            str(records.people.by_email(f"{name}@example.com").id) for name in ("lina", "kavya", ENOUGH[0])
        ]
        tasks = [
            str(task.id)
            for task in records.tasks.of_scope(["review"], town.cycle)
            if str(task.about) in people[:2]
        ]
        about = people[:2]
        alone = [
            "", cycle, *people, *tasks[:1], "peers", f"{cycle}/peers",
            *(f"{cycle}/{one}" for one in about), *(f"{cycle}/peers/{one}" for one in about),
            *(f"{cycle}/{one}/{name}" for one in about for name in comments(records, town.cycle, int(one))),
        ]  # fmt: skip
        pairs = [(cycle, one) for one in (*people, "peers", *tasks[:1])]
        threes = [(cycle, "peers", one) for one in about] + [(cycle, one, "peers") for one in about]
        return [(one,) for one in alone] + pairs + threes

    return town.records(known)  # type: ignore[no-any-return]


def comments(records: Any, cycle: int, about: int) -> list[str]:
    return [records.pens.comment(cycle, pen.id, "keep") for pen in records.pens.about(cycle, "peers", about)]


def conversations(town: Any) -> list[str]:
    """The ids of everybody's drafts of reviews."""
    with town.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM conversation WHERE flow = 'review'").all()
    return [row[0] for row in rows]


def everything(town: Any) -> Iterator[tuple[str, Inbound]]:
    """Every entry of the catalogue with everything that it could be about, every command, every other's draft."""
    kinds = (("see", town.catalog.views), ("open", town.catalog.flows), ("do", town.catalog.deeds))
    for (verb, entries), about in product(kinds, subjects(town)):
        if verb != "see" and len(about) > 1:
            continue  # what a flow or a deed is about is one word, but for a few deeds of the nudges
        for name in entries:
            yield name, Press(Act(verb, (name, *about)), "message", None, said={})
    for draft in conversations(town):
        for verb, more in (
            ("continue", ()),
            ("edit", ("review.keep",)),
            ("back", ("review.keep",)),
            ("preview", ()),
        ):
            yield verb, Press(Act(verb, (draft, *more)), "message", None, said={})
    for command in town.catalog.commands():
        name, _, text = command.partition(" ")
        yield command, Command(name, text)


def found(town: Any, watchers: Iterable[str], only: tuple[str, ...] = ()) -> dict[tuple[str, str], set[str]]:
    """(who, by what) → the canaries that they came upon."""
    words = [
        canary(about, author) for about in ("lina", "kavya") for author in (*ENOUGH, *TOO_FEW, "zhaolei")
    ]
    seen: dict[tuple[str, str], set[str]] = {}
    every = [(name, what) for name, what in everything(town) if not only or name in only]
    for who, (name, what) in product(watchers, every):
        told = tried(town, who, what)
        if "Canary" in told:
            seen.setdefault((who, name), set()).update(word for word in words if word in told)
    return seen


def test_while_they_are_written_only_their_authors_can_read_them(written: Any) -> None:
    assert found(written, WATCHERS) == {}
    own = found(written, ("zhangmin",), only=("review", "review-own"))
    assert set().union(*own.values()) == {canary("lina", "zhangmin")}, "the test would see it"


def test_once_they_are_closed_only_large_groups_are_read_and_by_whom_the_policy_says(written: Any) -> None:
    rate(written, written.cycle)
    go(written, OVER)
    seen = found(written, WATCHERS)
    assert {name for _, name in seen} <= MAY_READ, seen
    assert {who for who, _ in seen} <= {"marta", "chenwei"}, seen
    assert ("marta", "comments-about") in seen, "the test would see it"
    assert not any("kavya" in word for words in seen.values() for word in words)


def test_after_the_release_the_small_group_is_gone_for_ever(written: Any) -> None:
    release(written)
    written.to(written.now() + timedelta(days=5))
    seen = found(written, ("marta", "chenwei", "lina"))
    assert "lina" in {who for who, _ in seen}, "now it is hers to read"
    assert not any("kavya" in word for words in seen.values() for word in words)


def test_no_message_ever_held_a_word_of_it_or_named_whom_it_was_about(written: Any) -> None:
    texts = [text for player in written.players.values() for text in player.messages()]
    assert texts
    assert not any("Canary" in text for text in texts)
    authors = [written.player(author) for author in (*ENOUGH, *TOO_FEW)]
    asked = [
        text for player in authors for text in player.messages() if "olleague" in text or "同事评估" in text
    ]
    assert asked
    assert not any("李娜" in text or "Kavya" in text for text in asked)
