"""Whatever people have typed, and however many there are: every screen and message of cycles is within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.exchange import Press, Reply
from bot.rounds import Tick
from bot.slack.draw import draw_home, draw_message, draw_modal
from bot.workspace.blocks import message_findings, view_findings
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.kept import Audience
from flows.cycle.people.joiners import ask_about
from tests.bot.cycle_house import NOW, START, CycleHouse, account, hire, house_in, run
from tests.bot.hostile import TEXTS
from tests.bot.test_front_cycles import acts_of, screens_in

MOST_VIEW = 250_000  # bytes
STARTS = ("home", "cycles", "broadcasts", "reviews", "todo", "deputies", "cycle-status")
STORED = [text for text in TEXTS if text.strip() and "\x00" not in text and "\ud800" not in text]
MOST_SCREENS = 120


@pytest.fixture
def house(sqlite_url: str) -> Iterator[CycleHouse]:
    here = house_in(sqlite_url)
    yield here
    here.store.close()


def crawled(house: CycleHouse, who: str, most: int = MOST_SCREENS) -> Iterator[tuple[Act, Reply]]:
    """Every screen that somebody can open from the home tab and the lists."""
    todo = [Act("see", (name,)) for name in reversed(STARTS)]
    seen: set[Act] = set()
    while todo and len(seen) < most:
        act = todo.pop()
        if act in seen or act.verb not in ("see", "open", "part"):
            continue
        seen.add(act)
        with house.trying() as (records, _):
            reply = house.front.receive(records, account(who), "one", Press(act, "modal", said={}), NOW)
        yield act, reply
        for screen in screens_in(reply):
            todo += acts_of(screen.body)


def marked_up(value: object) -> str:
    """Every text in which Slack looks for markup; the others are shown as they are."""
    if isinstance(value, dict):
        own = str(value.get("text")) if value.get("type") == "mrkdwn" else ""
        return own + "".join(marked_up(part) for part in value.values())
    return "".join(marked_up(part) for part in value) if isinstance(value, list) else ""


def check_drawn(act: Act, reply: Reply) -> None:
    for screen in screens_in(reply):
        for language in ("en", "zh"):
            for view, kind in (
                (draw_modal(screen, language), "modal"),
                (draw_home(screen, language), "home"),
            ):
                found, _ = view_findings(view, kind)
                if kind == "home" and any("input" in str(one) for one in found):
                    continue  # forms are never on the home tab
                assert not found, f"{act} {language} {kind}: {found}"
                assert len(json.dumps(view).encode()) < MOST_VIEW, act
                assert "<!channel>" not in marked_up(view), act


def check_messages(house: CycleHouse) -> None:
    with house.store.work() as records:
        for prefix in ("day/", "broadcast", "cycle-", "kickoff"):
            for one in records.messages.starting(prefix):
                about = {**one.message.about, "id": one.id, "sent": True}
                letter = house.catalog.letters[one.message.kind].write(records, about, NOW)
                for language in ("en", "zh") if letter else ():
                    assert letter
                    message = draw_message(letter, language)
                    found, _ = message_findings(message["blocks"])
                    assert not found, f"{one.message.key}: {found}"
                    assert "<!channel>" not in message["text"] + marked_up(message["blocks"])


@pytest.mark.parametrize("number", range(len(STORED)))
def test_what_people_typed_is_shown_as_text_and_within_the_limits(house: CycleHouse, number: int) -> None:
    text = STORED[number]
    with house.store.work() as records:
        for cycle in records.cycles.all():
            records.cycles.save(replace(cycle, name=text[:300]))
        for person in house.people.values():
            records.people.save(replace(person, name=text[:200], title=text[:200]))
        for broadcast in records.broadcasts.latest(50):
            records.broadcasts.save(replace(broadcast, text=Words(text, text[::-1])))
        for n in (1, 2):
            review = records.reviews.get(n)
            assert review
            records.reviews.keep(
                replace(review, answers={"proud": text, "learned": text, "results": "2", "why": text})
            )
        for goal in records.goals.of_cycle(house.cycles["all"], house.people["lin"].id):
            records.goals.save(replace(goal, terms=replace(goal.terms, title=text, measure=text)))
        waived = records.tasks.get(int(house.waived))
        assert waived
        records.tasks.save(replace(waived, why=text))
    with house.trying() as (records, _):
        act = Act("see", ("waiver", house.waived))
        check_drawn(
            act, house.front.receive(records, account("sally"), "one", Press(act, "modal", said={}), NOW)
        )
    for who in ("mei", "hanna"):
        for act, reply in crawled(house, who):
            check_drawn(act, reply)
    check_messages(house)


def test_a_large_company_fits(sqlite_url: str) -> None:
    """A manager of 300, 80 departments, 200 joiners, 25 live cycles, and a name of 300 characters."""
    house = house_in(sqlite_url)
    with house.store.work() as records:
        for n in range(300):
            hire(house, records, f"report{n}", "mei", f"Department {n % 80}", ())
        for n in range(23):
            run(house, records, f"{n} " + "long name " * 30, "live", Audience())
    for moment in (START + timedelta(days=10), NOW):
        Tick(house.store, house.catalog, moment).run()
    with house.store.work() as records:
        joined = [hire(house, records, f"joiner{n}", "mei", "Sales", ()) for n in range(200)]
        for cycle in records.cycles.in_state("live"):
            ask_about(records, cycle, joined, NOW)
    Tick(house.store, house.catalog, NOW).run()
    for who in ("mei", "hanna"):
        for act, reply in crawled(house, who, 40):
            check_drawn(act, reply)
    check_messages(house)
    house.store.close()
