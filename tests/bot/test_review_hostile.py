"""Reviews and results, whoever presses whatever: no text reaches anybody whom the policy does not name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.exchange import Press
from flows.core.catalog import Deed, Flow, View
from flows.core.screen import Act
from tests.bot.cycle_house import CycleHouse, account
from tests.bot.review_house import CANARIES, COLLEAGUES, NOW, PEOPLE, STAGES, review_house_in
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import ODD, acts_of, screens_in, told
from tests.conftest import database_on
from tests.stories.reviewing import PEERS, PROJECTS, UPWARD

ACTORS = tuple(name for name in PEOPLE if name not in ("rae", "kim"))
EVERY = int(
    os.environ.get("PERFLOOP_TEST_EVERY", "70")
)  # one of so many ids for each entry and person; 1 takes an hour
OURS = ("flows.reviews", "flows.results", "flows.home", "flows.cycle.hr")
STARTS = ("home", "todo", "reviews", "results", "results-team", "score-list", "nominations", "approvals", "guests",
          "project-reviewers", "calibrations", "cycles", "cycle-status", "rules")  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CycleHouse]:
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('reviews'))}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE review_house TEMPLATE template")
        url = database_on(server, "review_house")
    here = review_house_in(url)
    yield here
    here.store.close()


def named(house: CycleHouse) -> list[tuple[str, ...]]:
    """Ids that are there, in every shape in which a button or a form names something of a review or a result."""
    cycles = [str(number) for number in house.cycles.values()]
    people = [str(house.people[name].id) for name in ("lin", "mei", "tom")]
    pairs = [(cycle, person) for cycle in cycles for person in people]
    found: list[tuple[str, ...]] = [(str(number),) for number in range(1, 25)] + [(one,) for one in cycles]
    found += pairs + [("/".join(pair),) for pair in pairs]
    for phase in ("naming", PEERS, UPWARD, PROJECTS, "self-review", "manager-review", "customers"):
        for cycle, person in (pair for pair in pairs if pair[1] != people[1] or phase == UPWARD):
            found += [(cycle, phase, person), (f"{cycle}/{phase}/{person}",)]
        found += [(f"{cycle}/{phase}",) for cycle in cycles] + [(cycle, phase) for cycle in cycles]
    found += [(*pair, version) for pair in pairs for version in ("1", "2", "9")]
    found += [(f"{session}/{person}",) for session in (1, 2, 3) for person in people]
    found += [(mention, more) for mention in ("Lin", "lin@example.com") for more in ("", "B")]
    return [*found, *[(f"{cycle}/{people[0]}/{name}",) for cycle, name in comments(house)]]


def comments(house: CycleHouse) -> list[tuple[str, str]]:
    """The names of all that colleagues wrote about Lin, by cycle."""
    lin = house.people["lin"].id
    with house.store.work() as records:
        return [
            (str(cycle), records.pens.own_comment(cycle, PEERS, house.people[author].id, lin, "keep"))
            for cycle in (house.cycles["closed"], house.cycles["calibrating"])
            for author in COLLEAGUES
        ]


def entries(house: CycleHouse) -> list[tuple[str, str]]:
    """Everything of the catalogue that is about reviews, results or a cycle's figures."""

    def ours(entry: Flow | View | Deed) -> bool:
        function: Any = getattr(entry, "steps", None) or getattr(entry, "screen", None) or entry.act  # type: ignore[union-attr]
        return str(function.__module__).startswith(OURS)

    kinds = {"see": house.catalog.views, "open": house.catalog.flows, "do": house.catalog.deeds}
    return [(verb, name) for verb, kind in kinds.items() for name, entry in kind.items() if ours(entry)]  # type: ignore[attr-defined]


def check_canaries(who: str, reply: object, act: object) -> None:
    said = told(reply)
    if "Z" in said:
        for text, readers in CANARIES.items():
            assert text not in said or who in readers, f"{who} reads “{text}” by {act}"


def tried(house: CycleHouse, who: str, act: Act) -> Any:
    with house.trying() as (records, connection):
        reply = house.front.receive(records, account(who), "one", Press(act, "modal", said={}), NOW)
        rows = connection.exec_driver_sql(
            "SELECT action, thing, detail FROM audit ORDER BY id DESC LIMIT 5"
        ).all()
    check_canaries(who, reply, act)
    noted = told(rows)
    assert not any(text in noted for text in CANARIES), f"{act} writes {noted} into the audit log"
    check_drawn(act, reply)
    return reply


def some(house: CycleHouse, abouts: Sequence[tuple[str, ...]], turn: int) -> Sequence[tuple[str, ...]]:
    """One of `EVERY` ids, others for each entry and person; on PostgreSQL, where each takes longer, a fourth of them."""
    step = EVERY if house.store.threads == 1 else EVERY * 4
    return abouts[turn * 7 % step :: step]


@pytest.mark.parametrize("who", ACTORS)
def test_every_entry_with_every_id_shows_nobody_what_others_wrote(house: CycleHouse, who: str) -> None:
    abouts = [*named(house), *ODD]
    for number, (verb, name) in enumerate(entries(house)):
        for about in some(house, abouts, number + ACTORS.index(who)):
            if verb != "open" or len(about) == 1:
                tried(house, who, Act(verb, (name, *about)))  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ACTORS)
def test_what_leads_on_from_the_lists_shows_nobody_what_others_wrote(house: CycleHouse, who: str) -> None:
    """From the lists, through everything that can be opened from there; no button that is shown leads nowhere."""
    if house.store.threads > 1 or who == "gone":
        return
    missing = told(house.press(who, "see", "there is no such view"))
    start = [Act("see", (name,)) for name in STARTS]
    todo, seen = list(start), set[Act]()
    while todo and len(seen) < MOST_SCREENS:
        act = todo.pop()
        if act in seen or act.verb not in ("see", "open"):
            continue
        seen.add(act)
        reply = tried(house, who, act)
        assert act in start or told(reply) != missing, f"{who} is shown {act}, and it is not there"
        todo += [more for screen in screens_in(reply) for more in acts_of(screen.body)]


MOST_SCREENS = 150


def test_the_texts_are_there_to_be_read(house: CycleHouse) -> None:
    """Else that nobody reads them would be no news."""
    lin, mei = str(house.people["lin"].id), str(house.people["mei"].id)
    for cycle in STAGES:
        if cycle in ("draft", "naming"):
            continue
        key = str(house.cycles[cycle])
        read = told([house.press("hanna", "see", "review-read", str(number)) for number in range(1, 20)])
        if cycle not in ("reviewing", "closed"):
            assert f"Zrisk manager {cycle}." in read
        if cycle in ("closed", "calibrating"):
            found = told(house.press("hanna", "see", "comments-about", key, lin))
            assert all(f"Zpeer {author} {cycle}." in found for author in COLLEAGUES)
            assert "Zupward rae" in told(house.press("sally", "see", "comments-about", key, mei))
        if cycle in ("opening", "released"):
            assert "Zpeer rae" in told(house.press("mei", "see", "result", key, lin))
            assert "Zwithheld" in told(house.press("sally", "see", "cycle-withheld", key))
            assert ("Zpeer rae" in told(house.press("lin", "see", "result", key, lin))) == (
                cycle == "released"
            )
    assert "Zdeclined naming." in told(
        house.press("mei", "see", "nominations-of", str(house.cycles["naming"]), PEERS, lin)
    )
    assert "Zmoved" in told(house.press("ned", "see", "calibration-person", f"1/{lin}"))
    assert "Zexcept" in told(house.press("ned", "see", "calibration", "1"))
    assert "Zdraft of Lin's" in told(
        house.press("lin", "open", "review", f"{house.cycles['reviewing']}/{PEERS}/{house.people['tom'].id}")
    )


def test_no_message_holds_what_was_written(house: CycleHouse) -> None:
    with house.store.work() as records:
        every = records.messages.starting("")
        for one in every:
            about = {**one.message.about, "id": one.id, "sent": True}
            said = told(house.catalog.letters[one.message.kind].write(records, about, NOW))
            assert not any(text in said for text in CANARIES), (one.message, said)
    assert len(every) > 20
