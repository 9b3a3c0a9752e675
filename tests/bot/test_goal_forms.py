"""Whatever is typed into the forms about goals: it is kept or refused in words, whole, and shown within Slack's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from bot.exchange import Press, Reply, Show, Submit, Wrong
from flows.core.kinds import Choice, Choices, Day, Number, People, Percent, Rating, Someone, YesNo
from flows.core.said import Said
from flows.core.screen import Act, Field, Screen
from flows.goals.kept import LARGEST
from storage.work import Work
from tests.bot.cycle_house import NOW, CycleHouse, account, house_in
from tests.bot.hostile import TEXTS
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import rows

MOST_SCREENS = 80
KEPT = ("goal", "goal_version", "goal_step", "reading", "api_token")
LONG = "目标" * 150
SAID = (*TEXTS, LONG, "{n} {{goal}} %s %(x)s {", "@everyone <@UMEI> 完成")
NUMBERS = (
    "NaN", "inf", "-inf", "1e308", "-0", str(10**14), str(10**14 + 1), str(-(10**14) - 1), "0.00001", "0.00000000001",
    "1.000", "1,000", "１２３．５", "１００", "一百", "10万", "9" * 300, "1e-400", "0x10", "½", "٣", "--1", "1.2.3", "", "0",
    "-5", "100.00001", "3" + "0" * 12, "1_000", "+7", "(5)", "5%", "¥5", "∞",
)  # fmt: skip
FITTING = {
    "baseline": "1",
    "target": "20",
    "stretch": "30",
    "steps": "5: 60",
    "metrics": "crm.*",
    "metric": "sales",
    "way": "higher",
    "rule": "none",
    "unit": "customers",
    "factor": "2",
}
Fill = Callable[[Field], Said | None]


@pytest.fixture
def house(sqlite_url: str) -> Iterator[CycleHouse]:
    here = house_in(sqlite_url)
    yield here
    here.store.close()


def forms(house: CycleHouse) -> list[tuple[str, str, str]]:
    """(who, flow, subject) of every form about goals that somebody can open here."""
    live = house.cycles["all"]

    def of(title: str) -> str:
        return str(house.goals[title])

    return [
        ("lin", "goal", f"{live}/new"),
        ("lin", "goal", f"{live}/{of('Zq lin team draft all.')}"),
        ("lin", "goal", f"{live}/{of('Zq lin private agreed all.')}"),
        ("mei", "goal", f"{live}/{of('Zq lin private proposed all.')}"),
        ("mei", "goal-answer", f"{live}/{house.people['lin'].id}"),
        ("mei", "goal-give", str(live)),
        ("top", "goal-split", of("company")),
        ("hanna", "goal-company", f"{live}/new"),
        ("hanna", "goal-company", f"{live}/{of('company')}"),
        ("sally", "goal-company", f"{live}/new"),
        ("lin", "goal-link", of("Zq lin private agreed all.")),
        ("lin", "goal-progress", of("Zq lin private agreed all.")),
        ("mei", "goal-correct", f"2/{of('Zq lin private agreed all.')}"),
        ("lin", "goal-steps", of("Zq lin private agreed all.")),
        ("mei", "goal-step-answer", "1"),
        ("hanna", "api-token-new", ""),
    ]


def usual(field: Field) -> Said | None:
    """What stands in the field, else an answer that fits it; another goal above than none."""
    return fitting(field) if field.name == "parent.parent" else field.said or fitting(field)


def fitting(field: Field) -> Said | None:
    """An answer that fits the field."""
    if known := FITTING.get(field.name.rpartition(".")[2]):
        return known
    match field.question.kind:
        case Choice(options) | Rating(options):
            return options[0].key
        case Choices(options):
            return [one.key for one in options[:2]]
        case Someone():
            return f"account:{account('lin')}"
        case People():
            return [f"account:{account('lin')}", f"account:{account('tom')}"]
        case Day():
            return "2026-03-31"
        case YesNo():
            return "yes"
        case Number() | Percent():
            return "10"
    return f"Win ten customers {field.name}"  # no two steps may be called alike


def typed(text: str) -> Fill:
    """The text in every field that one types into; the first choice elsewhere."""

    def fill(field: Field) -> Said | None:
        chosen = (Choice, Choices, Someone, People, Day, YesNo, Number, Percent, Rating)
        return usual(field) if isinstance(field.question.kind, chosen) else text

    return fill


def counted(number: str) -> Fill:
    """The number in every field for numbers."""

    def fill(field: Field) -> Said | None:
        return number if isinstance(field.question.kind, (Number, Percent)) else usual(field)

    return fill


def play(house: CycleHouse, records: Work, form: tuple[str, str, str], fill: Fill) -> list[Reply]:
    """Open a form and send each of its screens; a field that is refused is filled as usual the second time."""
    who, name, subject = form
    keys = count()
    act = Act("open", (name, subject))
    replies: list[Reply] = []
    seen: set[tuple[str, ...]] = set()

    def receive(what: Press | Submit) -> Reply:
        reply = house.front.receive(records, account(who), f"key {next(keys)}", what, NOW)
        check_drawn(act, reply)
        replies.append(reply)
        return reply

    reply = receive(Press(act, "modal", said={}))
    assert isinstance(reply.what, Show), f"{form}: {reply.what}"
    for _ in range(MOST_SCREENS):
        screen = reply.what.screen if isinstance(reply.what, Show) else None
        if screen is None or screen.submit is None or screen.place is None:
            return replies
        fields = tuple(element.name for element in screen.body if isinstance(element, Field))
        reply = send(screen, fitting if fields in seen else fill, receive)  # again: it was refused as a whole
        seen.add(fields)
        if not fields:
            return replies  # it was looked through and sent: kept, or refused in words
        assert not isinstance(reply.what, Wrong), f"{form}: what fits is refused: {reply.what}"
    raise AssertionError(f"{form} never ends: {replies[-1]}")


def send(screen: Screen, fill: Fill, receive: Callable[[Submit], Reply]) -> Reply:
    fields = [element for element in screen.body if isinstance(element, Field)]
    assert screen.place
    said = {one.name: answer for one in fields if (answer := fill(one)) is not None}
    reply = receive(Submit(screen.place, said))
    wrong: set[str] = set()
    for _ in range(len(fields)):
        if not isinstance(reply.what, Wrong):
            break
        for name, words in reply.what.problems.items():
            assert words.en, name
            assert words.zh, name
        wrong |= set(reply.what.problems)
        said |= {
            one.name: answer for one in fields if one.name in wrong and (answer := fitting(one)) is not None
        }
        reply = receive(Submit(screen.place, said))
    return reply


def of_goals(connection: Any) -> dict[str, Any]:
    """All that is kept of goals."""
    return {table: found for table, found in rows(connection).items() if table in KEPT}


def looked_at(house: CycleHouse, records: Work) -> None:
    """Every screen about goals as the two sides and HR see it after that."""
    live, lin = str(house.cycles["all"]), str(house.people["lin"].id)
    every = records.goals.of_cycle(house.cycles["all"], house.people["lin"].id)
    screens = [
        ("goals", live, lin),
        ("goals-asked", live, lin),
        ("goal-tree", live),
        ("team-goals", live),
        ("home",),
    ]
    screens += [("goal-update",), ("goals-missing", live), ("api-tokens",), ("goal-words",)]
    screens += [
        (name, goal.key) for goal in every for name in ("goal-card", "goal-versions", "goal-readings")
    ]
    for who in ("lin", "mei", "hanna"):
        for about in screens:
            act = Act("see", about)
            reply = house.front.receive(records, account(who), "look", Press(act, "modal", said={}), NOW)
            check_drawn(act, reply)


def sound(records: Work) -> None:
    """No number outside what is kept exactly, whatever was typed."""
    for column in ("baseline", "target", "stretch", "weight"):
        for (value,) in records._connection.exec_driver_sql(f"SELECT {column} FROM goal"):  # noqa: S608
            assert value is None or abs(Decimal(str(value))) <= LARGEST * 10**4
    for (value,) in records._connection.exec_driver_sql("SELECT factor FROM goal"):
        assert value is None or Decimal(str(value)).is_finite()


def test_what_fits_is_kept(house: CycleHouse) -> None:
    for form in forms(house):
        with house.trying() as (records, connection):
            before = of_goals(connection)
            replies = play(house, records, form, usual)
            assert of_goals(connection) != before, f"{form}: {replies[-1]}"


@pytest.mark.parametrize("number", range(len(SAID)))
def test_a_text_in_every_field_is_kept_or_refused_in_words(house: CycleHouse, number: int) -> None:
    for form in forms(house):
        with house.trying() as (records, _):
            play(house, records, form, typed(SAID[number]))
            looked_at(house, records)


WITHOUT_NUMBERS = ("goal-answer", "goal-steps", "goal-step-answer", "api-token-new")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_in_every_field_is_kept_or_refused_in_words(house: CycleHouse, number: str) -> None:
    for form in forms(house):
        if form[1] in WITHOUT_NUMBERS:
            continue
        with house.trying() as (records, _):
            play(house, records, form, counted(number))
            sound(records)
            looked_at(house, records)
