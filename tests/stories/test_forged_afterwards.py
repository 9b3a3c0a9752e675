"""What follows a result, whoever presses whatever: buttons with forged ids show and change nothing of somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.exchange import Command, Press, Reply
from bot.workspace.sample import PEOPLE_CSV
from flows.core.screen import Act
from flows.cycle.people.changes import person_changed
from storage.tables.every import METADATA
from tests.bot.cycle_house import TakenBack
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import acts_of, screens_in
from tests.messengers.plain import PlainTown
from tests.stories.afterwards import under_way
from tests.stories.conftest import SUNDAY

OURS = ("flows.interviews", "flows.plans", "flows.results.appealing", "flows.results.rewards", "flows.coaching",
        "flows.people.mine")  # fmt: skip
INVOLVED = ("kavya", "chenwei", "marta", "liufang", "anna")
STRANGERS = ("daniel", "emily", "rahul")
"""One with a result of their own, a manager of others, and an operator."""
LISTS = ("interview", "interview calendar", "interview overview", "appeal", "appeal list", "appeal figures", "plan",
         "plan team", "plan actions", "plan improvement", "plan trainings", "reward", "reward mine", "reward payroll",
         "kudos list", "feedback list", "evidence list", "suggest", "suggest box", "1on1", "1on1 kavya@example.com",
         "perf my-data", "perf data-requests")  # fmt: skip
ODD = (
    "",
    "x",
    "9999999999",
    "9" * 18,
    "1/2/3",
    "../",
    "１",
    "-1",
    "0",
    "²",
    "1/",
    "/1",
    "//",
    "1/x",
    "a" * 400,
)
MOST = 250  # screens that are opened from the lists, for each of those involved
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
OWNERS = ("person", "manager", "by", "about", "actor", "reader")
KAVYAS = (
    "Zwhy of the bonus", "Zfacts of the appeal", "Zwhy of the plan", "Zexamples", "Zexpected", "Zmeasure", "Zsupport",
    "Znote of the meeting", "Zaction of the meeting", "Zskill of the plan", "Ztime", "Zbook of the plan", "Zpraise",
    "Zquestion", "Zsuggestion", "Zevidence", "Zsaid", "They stopped telling us",
)  # fmt: skip
EVERY = 15  # one of so many ids for each entry, others for each


class Trying:
    """The town, in which each press is taken back, and every row that it would have changed is known."""

    def __init__(self, town: PlainTown) -> None:
        self.town, self.written, self.drawn = town, set[str](), set[str]()
        with town.store.work() as records:
            self.before = {table: rows_of(records, table) for table in METADATA.tables}
        event.listen(town.store.engine, "after_cursor_execute", self.note)
        self.ids = {name: town.player(name).person.id for name in (*INVOLVED, *STRANGERS, "ana")}
        self.accounts = {name: str(town.player(name).person.account) for name in self.ids}

    def note(self, _connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if (found := WRITE.match(statement)) and cursor.rowcount:
            self.written.add(found[1])

    def press(self, name: str, *several: Act | Command) -> tuple[Reply, list[Row]]:
        """What the last of these is answered, and the rows that it changes."""
        changed: list[Row] = []
        try:
            with self.town.store.work() as records:
                for number, act in enumerate(several):
                    self.written, what = set(), Press(act, "modal", said={}) if isinstance(act, Act) else act
                    reply = self.town.front.receive(
                        records, self.accounts[name], str(number), what, self.town.now()
                    )
                    self.draw(act, reply)
                for table in self.written - {"inbound"}:
                    changed += self.changed(records, table)
                raise TakenBack
        except TakenBack:
            pass
        return reply, changed

    def draw(self, act: Any, reply: Reply) -> None:
        """It can be drawn for Slack; most are the same words, and drawn once."""
        if told(reply) not in self.drawn:
            check_drawn(act, reply)
            self.drawn.add(told(reply))

    def changed(self, records: Any, table: str) -> list[Row]:
        """The rows of a table that are not as they were before this transaction."""
        before, after = self.before[table], rows_of(records, table)
        return [
            (table, row)
            for rows, other in ((before, after), (after, before))
            for row in rows
            if row not in other
        ]

    def check(self, name: str, act: Act, missing: Reply) -> bool:
        """Whether there is something for this stranger; nothing of it is Kavya's, and nothing else changes."""
        reply, changed = self.press(name, act)
        theirs = {self.ids[one] for one in (name, *(("daniel", "ana") if name == "emily" else ()))}
        for table, row in changed:
            assert table == "sweep" or owners(row) & theirs, f"{act} by {name}: {table} {row}"
        assert not (reply == missing and changed), f"{act} by {name} is not there, and changes {changed}"
        said = told(reply)
        assert not any(text in said for text in KAVYAS), f"{name} reads Kavya's by {act}"
        return reply != missing


Row = tuple[str, dict[str, Any]]


def rows_of(records: Any, table: str) -> list[dict[str, Any]]:
    rows = records._connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()  # noqa: S608
    return [dict(row) for row in rows]


def owners(row: dict[str, Any]) -> set[Any]:
    """Whom a row is about, and who has made it."""
    return {row.get(column) for column in OWNERS}


def told(reply: Reply) -> str:
    return repr(reply)


@pytest.fixture(scope="module")
def trying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trying]:
    town = PlainTown(
        SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path_factory.mktemp("forged"), running_programme=False
    )
    under_way(town)
    yield Trying(town)
    town.close()


@pytest.fixture(scope="module")
def real(trying: Trying) -> dict[Act, set[str]]:
    return offered(trying)


def offered(trying: Trying) -> dict[Act, set[str]]:
    """Everything that is offered to somebody in the lists and on what opens from there; to whom."""
    found: dict[Act, set[str]] = {}
    for name in INVOLVED:
        start = [trying.press(name, Command(*line.partition(" ")[::2]))[0] for line in LISTS]
        todo = [act for reply in start for screen in screens_in(reply) for act in acts_of(screen.body)]
        mine: set[Act] = set()
        while todo and len(mine) < MOST:
            act = todo.pop(0)
            if act in mine or act.verb not in ("see", "open", "do"):
                continue
            mine.add(act)
            found.setdefault(act, set()).add(name)
            for screen in screens_in(trying.press(name, act)[0]):
                todo += acts_of(screen.body)
    return found


def ours(trying: Trying) -> list[tuple[str, str]]:
    """Every entry of the catalogue that follows a result or goes on all year."""
    whole = trying.town.catalog
    kinds: dict[str, Any] = {"see": whole.views, "open": whole.flows, "do": whole.deeds}

    def module(entry: Any) -> str:
        return str((getattr(entry, "steps", None) or getattr(entry, "screen", None) or entry.act).__module__)

    return [
        (verb, name)
        for verb, kind in kinds.items()
        for name, one in kind.items()
        if module(one).startswith(OURS)
    ]


@pytest.fixture(scope="module")
def missing(trying: Trying) -> dict[str, Reply]:
    """How it reads when there is no such thing, by name."""
    return {name: trying.press(name, Act("see", ("there is no such view",)))[0] for name in trying.ids}


def test_those_involved_read_it_all(trying: Trying, real: dict[Act, set[str]]) -> None:
    """Else that no stranger reads it would be no news."""
    read = "".join(told(trying.press(name, act)[0]) for act, several in real.items() for name in several)
    assert [text for text in KAVYAS if text not in read and text != "Zsuggestion"] == []


@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_offered_to_others_is_not_there(
    trying: Trying, real: dict[Act, set[str]], missing: dict[str, Reply], who: str
) -> None:
    there = {act.about[0] for act in real if trying.check(who, act, missing[who])}
    assert there == EVERYBODYS | (MANAGERS if who == "emily" else set())


EVERYBODYS = frozenset({
    "calendar-caldav", "calendar-feed", "data-request", "evidence", "feedback", "feedback-ask", "interview-calendar",
    "my-data-file", "praise", "suggest", "training-enrol", "trainings",
})  # fmt: skip
MANAGERS = {"improvement-write", "reward-done"}  # a new one; what they have proposed themselves


@pytest.mark.parametrize("who", STRANGERS)
def test_every_entry_with_ids_of_every_shape_is_answered(
    trying: Trying, real: dict[Act, set[str]], missing: dict[str, Reply], who: str
) -> None:
    abouts = [*sorted({act.about[1:] for act in real}), *[(str(number),) for number in range(1, 26)]]
    for number, (verb, name) in enumerate(ours(trying)):
        for about in abouts[(number + STRANGERS.index(who)) % EVERY :: EVERY]:
            if verb != "open" or len(about) == 1:
                trying.check(who, Act(verb, (name, *about)), missing[who])


@pytest.mark.parametrize("who", ["kavya", "chenwei", "marta"])
def test_an_id_that_nothing_has_is_answered_in_words_and_changes_nothing(trying: Trying, who: str) -> None:
    none = [(), *[(odd,) for odd in ODD if not odd.startswith("1")]]
    more = (
        [(odd,) for odd in ODD if odd.startswith("1")]
        + [("1", odd) for odd in ODD]
        + [(f"{w}/{odd}",) for w in ("1", "pair", "team", "new", "feed") for odd in ODD]
    )
    for number, (verb, name) in enumerate(ours(trying)):
        for about in none + more[number % EVERY :: EVERY]:
            if verb != "open" or len(about) == 1:
                reply, changed = trying.press(who, Act(verb, (name, *about)))
                assert verb == "do" or reply.what is not None
                for table, row in changed if about in none else ():
                    assert trying.ids[who] in owners(row), f"{verb} {name} {about} by {who}: {table} {row}"


def test_a_deed_that_is_done_twice_acts_once(trying: Trying, real: dict[Act, set[str]]) -> None:
    for act in [act for act in real if act.verb == "do" and act.about[0] not in AGAIN]:
        for name in real[act]:
            _, changed = trying.press(name, act, act)
            assert not changed, f"{act} by {name}: {changed}"


AGAIN = ("interview-others", "improvement-paper")
"""Each press asks for other times; each paper that is fetched is noted."""


def test_buttons_of_old_windows_are_answered_when_things_have_moved_on(tmp_path: Path) -> None:
    """Everything that one tap can do is done; then the cycle is closed, and the manager leaves."""
    town = PlainTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, running_programme=False)
    cycle = under_way(town)
    trying = Trying(town)
    old = offered(trying)
    for act in [act for act in old if act.verb == "do"]:
        for name in sorted(old[act]):
            town.receive(trying.accounts[name], Press(act, "modal", said={}))
    town.to(town.now() + timedelta(days=1))
    pressed_again(trying, old)

    def ends(records: Any) -> None:
        records.cycles.save(replace(records.cycles.get(cycle), state="closed"))
        wei = records.people.get(trying.ids["chenwei"])
        gone = records.people.save(replace(wei, left_on=town.now().date() - timedelta(days=1)))
        person_changed(records, wei, gone, town.now())

    town.records(ends)
    town.to(town.now() + timedelta(days=20))
    pressed_again(trying, old)
    town.close()


def pressed_again(trying: Trying, old: dict[Act, set[str]]) -> None:
    for act, several in old.items():
        for name in several:
            reply, _ = trying.press(name, act)
            assert act.verb == "do" or reply.what is not None, f"{act} by {name}"
