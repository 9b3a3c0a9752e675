"""Cycles and broadcasts, whoever presses whatever: nobody sees or changes what is not theirs; the answer is in words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.exchange import Press, Reply
from bot.rounds import Tick
from bot.slack.draw import draw_home, draw_message, draw_modal
from flows.core.screen import Act, Button, Buttons, Menu, Row, Screen
from flows.goals.agreeing.answering import mark
from flows.goals.kept import Goal, Terms
from flows.people.policy import RULES
from tests.bot.cycle_house import NOW, PEOPLE, SALES, SECRETS, TECH, CycleHouse, account, house_in
from tests.bot.goal_house import GOALS
from tests.conftest import database_on

ACTORS = (
    "lin",
    "tom",
    "mei",
    "ned",
    "olu",
    "dep",
    "top",
    "hanna",
    "sally",
    "petra",
    "audrey",
    "oscar",
    "gone",
)
KEPT = (
    "task",
    "cycle",
    "participant",
    "delegation",
    "broadcast",
    "review",
    "goal",
    "person",
    "programme",
    "conversation",
    "goal_version",
    "goal_step",
    "reading",
    "goal_signal",
    "api_token",
    "goal_library",
    "dropped_sheet",
    "file_order",
)
KEYS = {"participant": ("cycle", "person"), "goal_signal": ("goal", "kind")}
OF_GOALS = ("goal", "team_goals", "company_goals", "api_tokens")
ODD = (
    (), ("",), ("-1",), ("0",), ("9" * 9,), ("9" * 15,), ("9" * 18,), ("²",), ("١",), ("one",), ("1/2/3",), ("1/",),
    ("1/" + "9" * 18,), ("/1",), ("1", "9" * 18), ("1", "-1"), ("1", "²"), ("1", "goals"), ("1", "no such phase"),
    ("1", "in", "out"), ("1", ""), ("new",), ("1/goals",), ("1/self-review/3",), ("1/manager-review/4",),
    ("999999/1",),
)  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CycleHouse]:
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('house'))}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE house TEMPLATE template")
        url = database_on(server, "house")
    here = house_in(url)
    yield here
    here.store.close()


def named(house: CycleHouse) -> list[tuple[str, ...]]:
    """Ids that are there: cycles, broadcasts, tasks, reviews, delegations, alone and with people and phases."""
    cycles = [str(one) for one in house.cycles.values()]
    people = [str(house.people[name].id) for name in ("lin", "tom", "olu", "joe", "alone")]
    pairs = [(cycle, person) for cycle in cycles[:2] for person in people]
    joined = [("/".join(pair),) for pair in pairs]
    return [(str(number),) for number in range(1, 31)] + pairs + joined


def of_goals(house: CycleHouse, verb: str, turn: int) -> list[tuple[str, ...]]:
    """Every goal by itself and in its cycle, and by turns as what else a button or a form could say of it."""
    every, people = str(house.cycles["all"]), [str(one.id) for one in house.people.values()]
    with house.store.work() as records:
        goals = [goal for goal in map(records.goals.get, house.goals.values()) if goal]
    plain: list[tuple[str, ...]] = []
    other: list[tuple[str, ...]] = []
    for goal in goals:
        key, mine = goal.key, str(goal.cycle)
        plain += [(key,), (key, mark(goal)) if verb == "do" else (f"{mine}/{key}",)]
        other += [(f"{mine}/{key}",), (key, every), (mine, key), (f"{every}/{key}",), (f"{mine}/new-{key}",)]
        other += [(f"{mine}/{goal.person}/{key}",), (f"1/{key}",), (f"2/{key}",)]
    marks = tuple(f"{goal.id}-{mark(goal)}" for goal in goals)
    for person in people:
        other += [(every, person, *marks), (f"{every}/{person}",), (every, person)]
    return list(dict.fromkeys([*plain, *other[turn % 5 :: 5]]))


def told(reply: object) -> str:
    return repr(reply)


def drawn(reply: Reply) -> None:
    for shown in (getattr(reply.what, "screen", None), reply.below):
        if shown is not None:
            draw_home(shown, reply.language)
            draw_modal(shown, reply.language)


def check_secrets(who: str, reply: object, act: object) -> None:
    for secret, readers in SECRETS.items():
        assert who in readers or secret not in told(reply), f"{who} reads “{secret}” by {act}"


def rows(connection: Any) -> dict[str, dict[Any, Any]]:
    found: dict[str, dict[Any, Any]] = {}
    for table in KEPT:
        result = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()  # noqa: S608
        key = KEYS.get(table, ("id",))
        found[table] = {tuple(row[part] for part in key): dict(row) for row in result}
    return found


def test_the_secrets_are_there_to_be_read(house: CycleHouse) -> None:
    live = str(house.cycles["all"])
    assert "Lin wrote this" in told(house.press("mei", "see", "review-read", "1"))
    assert "Mei wrote this" in told(house.press("mei", "see", "review-read", "2"))
    assert "Lin's goal" in told(house.press("top", "see", "goals", live, str(house.people["lin"].id)))
    assert "Lin's draft" in told(house.press("lin", "see", "goals", live, str(house.people["lin"].id)))
    assert "Tom's private" in told(house.press("mei", "see", "goals", live, str(house.people["tom"].id)))
    waived = house.waived
    assert "Tom says" in told(house.press("sally", "see", "waiver", waived))
    assert "Tom says" not in told(house.press("petra", "see", "waiver", waived))
    assert any(
        "Sally's words" in told(house.press("sally", "see", "broadcast", str(n))) for n in range(1, 30)
    )


def some(house: CycleHouse, abouts: list[tuple[str, ...]], number: int) -> list[tuple[str, ...]]:
    """All of them on SQLite; a fifth on PostgreSQL, another one for each entry: there each try takes ten times as long."""
    return abouts if house.store.threads == 1 else abouts[number % 5 :: 5]


def goals_too(house: CycleHouse, verb: str, name: str, turn: int) -> list[tuple[str, ...]]:
    """The goals, for an entry that is about goals."""
    kinds = {"see": house.catalog.views, "open": house.catalog.flows, "do": house.catalog.deeds}
    return of_goals(house, verb, turn) if kinds[verb][name].may[0].startswith(OF_GOALS) else []  # type: ignore[index]


@pytest.mark.parametrize("who", ACTORS)
def test_every_entry_with_every_id_is_answered_and_shows_nobody_elses(house: CycleHouse, who: str) -> None:
    abouts = [*ODD, *named(house), (house.waived,)]
    entries = [("see", name) for name in house.catalog.views] + [
        ("open", name) for name in house.catalog.flows
    ]
    for number, (verb, name) in enumerate(entries):
        for about in some(house, abouts + goals_too(house, verb, name, number + ACTORS.index(who)), number):
            if verb == "open" and len(about) != 1:
                continue
            with house.trying() as (records, _):
                act = Act(verb, (name, *about))
                reply = house.front.receive(records, account(who), "one", Press(act, "modal", said={}), NOW)
            drawn(reply)
            check_secrets(who, reply, act)


@pytest.mark.parametrize("who", ACTORS)
def test_no_deed_changes_what_is_not_the_actors(house: CycleHouse, who: str) -> None:
    abouts = [
        *ODD,
        *named(house),
        *[(str(n), choice) for n in (1, 2) for choice in ("in", "out", "hour", "tomorrow")],
    ]
    with house.trying() as (_, connection):
        before = rows(connection)
    for number, name in enumerate(house.catalog.deeds):
        for about in some(house, abouts + goals_too(house, "do", name, number + ACTORS.index(who)), number):
            with house.trying() as (records, connection):
                act = Act("do", (name, *about))
                reply = house.front.receive(records, account(who), "one", Press(act, "message", said={}), NOW)
                after = rows(connection) if reply.what is None else before
                noted = connection.exec_driver_sql("SELECT action, thing, detail FROM audit").all()
            check_secrets(who, reply, act)
            assert not any(secret in told(noted) for secret in SECRETS), (
                f"{act} writes {noted} into the audit log"
            )
            for table in KEPT:
                for key in before[table].keys() | after[table].keys():
                    was, now = before[table].get(key), after[table].get(key)
                    if was != now:
                        assert allowed(house, who, table, was, now), f"{act} by {who}: {table} {was} → {now}"


def allowed(house: CycleHouse, who: str, table: str, was: Any, now: Any) -> bool:
    """Whether this person may change that row: said here anew, without asking the policy."""
    row, me = was or now, house.people[who]
    scope = {"hanna": {SALES, TECH, "", "People", "Audit", "IT"}, "sally": {SALES}, "petra": {TECH}}.get(
        who, set()
    )
    department = {person.id: person.department for person in house.people.values()}
    match table:
        case "cycle":
            if was is None:  # a copy, of what the copier may set up
                return (
                    who == "hanna"
                    or (who == "sally" and SALES in str(now["audience"]))
                    or (who == "petra" and TECH in str(now["audience"]))
                )
            mine = {"draft": SALES, "sales": SALES, "closed": SALES, "rehearsed": TECH}
            state = next(name for name, number in house.cycles.items() if number == row["id"])
            return who == "hanna" or mine.get(state) in scope
        case "task":
            return (
                me.id in (row["person"], row["owner"])
                or department[row["owner"]] in scope
                or department[row["about"]] in scope
                or (row["kind"], row["about"])
                == ("agree", me.id)  # what one asks for is for others to answer
            )
        case "participant":
            return row["department"] in scope
        case "broadcast":
            return who == "hanna" or (row["author"] == me.id and bool(scope))
        case "delegation":
            return row["person"] == me.id
        case "person":
            return row["id"] == me.id
        case "programme":
            return who == "hanna"
        case "conversation":
            return row["person"] == me.id
        case "goal" if row["level"] == "person":  # one's own; a report's only once it was put before them
            if was is None and row["title"] == "Zi in Hanna's sheet":
                return who == "hanna"
            mine = row["person"] == me.id
            return mine or (row["state"] != "draft" and who == answers_for(house, row["person"]))
        case "goal":
            of = {"hanna", "top"} if row["level"] == "company" else {"hanna", "petra", "eva", "top"}
            return who in of
        case "goal_version":
            return bool(was is None and now["by"] == me.id)
        case "goal_step" | "goal_signal" | "reading":
            goal = row["goal"] if "goal" in row else int(row["series"].removeprefix("goal/"))
            with house.store.work() as records:
                found = records.goals.get(goal)
            assert found
            return who in house.names[found.person] or who == answers_for(house, found.person)
        case "api_token":
            return who == "hanna" or (who == "sally" and SALES in str(row["departments"]))
        case "dropped_sheet" | "file_order":
            return row["person"] == me.id and (bool(scope) or row.get("kind") in ("goal-pictures", "my-data"))
    return False


def answers_for(house: CycleHouse, person: int) -> str | None:
    """Who stands on the other side of somebody's goals: who was their manager when the cycle was launched."""
    launched = PEOPLE.get(house.names[person])
    return launched[0] if launched else "mei"


def acts_of(body: Any) -> Iterator[Act]:
    """Everything that can be pressed on a screen or in a letter."""
    for element in body:
        match element:
            case Buttons(buttons):
                yield from (one.act for one in buttons)
            case Button():
                yield element.act
            case Row():
                if element.button:
                    yield element.button.act
            case Menu():
                yield from (act for _, act in element.choices)


def screens_in(reply: Reply) -> list[Screen]:
    return [one for one in (getattr(reply.what, "screen", None), reply.below) if one is not None]


@pytest.mark.parametrize("who", ACTORS)
def test_no_button_that_is_shown_leads_nowhere(house: CycleHouse, who: str) -> None:
    """From the home tab and the lists, through everything that can be opened from there."""
    if who == "gone":
        return
    missing = told(house.press(who, "see", "there is no such view"))
    start = ["home", "cycles", "broadcasts", "reviews", "todo", "deputies", "cycle-status", "door"]
    todo, seen = [Act("see", (name,)) for name in start], set()
    while todo:
        act = todo.pop()
        if act in seen or act.verb not in ("see", "open", "do"):
            continue
        seen.add(act)
        with house.trying() as (records, _):
            reply = house.front.receive(records, account(who), "one", Press(act, "modal", said={}), NOW)
        if act not in [Act("see", (name,)) for name in start]:
            assert told(reply) != missing, f"{who} is shown {act}, and it is not there"
        drawn(reply)
        check_secrets(who, reply, act)
        if act.verb != "do":
            todo += [more for screen in screens_in(reply) for more in acts_of(screen.body)]


def test_every_message_can_be_drawn_and_none_holds_what_was_written(house: CycleHouse) -> None:
    with house.store.work() as records:
        for prefix in ("day/", "snooze/", "broadcast", "cycle-", "kickoff"):
            for one in records.messages.starting(prefix):
                kind = house.catalog.letters[one.message.kind]
                about = {**one.message.about, "id": one.id, "sent": True}
                letter = kind.write(records, about, NOW)
                if letter is not None:
                    draw_message(letter, "en")
                    draw_message(letter, "zh")
                    for secret in [text for text in SECRETS if "words" not in text]:
                        assert secret not in told(letter)


def check_titles(house: CycleHouse) -> int:
    """No message says a title that it may not; how many there are."""
    with house.store.work() as records:
        every = records.messages.starting("")
        for one in every:
            about = {**one.message.about, "id": one.id, "sent": True}
            said = told(house.catalog.letters[one.message.kind].write(records, about, house.now))
            for goal in GOALS:
                if goal.title in said or goal.wish in said:
                    sides = {goal.owner, answers_for(house, house.people[goal.owner].id)}
                    assert goal.visibility != "private", (one.message, said)
                    assert house.names.get(one.message.person or 0) in sides, (one.message, said)
        return len(every)


def test_weeks_later_no_message_says_what_is_private_or_a_draft(sqlite_url: str) -> None:
    """The title of a goal is for a message to its own two sides, and of a private one for none."""
    house = house_in(sqlite_url)
    live = str(house.cycles["all"])
    for who in ("lin", "tom", "olu", "mei"):
        for deed in ("goal-even", "goal-propose"):
            house.press(who, "do", deed, live)
    house.press("mei", "do", "goal-step-decline", "1")
    for goal in house.goals.values():
        for who in ("mei", "lin"):
            with house.store.work() as records:
                found = records.goals.get(goal)
            if found:
                house.press(who, "do", "goal-agree", str(goal), mark(found))
    sent = 0
    for hours in range(0, 24 * 24, 4):
        house.now = NOW + timedelta(hours=hours)
        Tick(house.store, house.catalog, house.now).run()
        sent = check_titles(house)
    assert sent > 100
    house.store.close()


def test_every_entry_of_the_catalogue_is_for_somebody(house: CycleHouse) -> None:
    """A rule that nobody has written down refuses everybody: the button would be dead."""
    every = [*house.catalog.flows.values(), *house.catalog.views.values(), *house.catalog.deeds.values()]
    assert {entry.may for entry in every} - set(RULES) == set()


def test_whoever_hr_named_to_review_somebody_reads_their_goals(house: CycleHouse) -> None:
    cycle, alone = house.cycles["all"], house.people["alone"].id
    with house.trying() as (records, _):
        place = records.participants.get(cycle, alone)
        assert place
        records.participants.save(replace(place, manager=house.people["ned"].id))
        records.goals.save(Goal(0, alone, Terms("Sell more tea"), cycle))
        read = Press(Act("see", ("goals", str(cycle), str(alone))), "modal", said={})
        replies = {who: told(house.front.receive(records, account(who), who, read, NOW)) for who in ACTORS}
    assert [who for who in ACTORS if "Sell more tea" in replies[who]] == ["ned"]


def test_a_decision_about_joiners_says_which(house: CycleHouse) -> None:
    with house.trying() as (records, _):
        act = Act("do", ("joiners-all", str(house.cycles["all"])))
        house.front.receive(records, account("hanna"), "one", Press(act, "message", said={}), NOW)
        assert len(records.participants.asked(house.cycles["all"])) == 2
