"""A cycle whose reviews were all due, with ratings, for the stories of its calibration."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from bot.build import catalog
from bot.front import Front
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.template import Guide, Phase, Step
from flows.results.ledger import next_version
from flows.results.records import VersionKind
from tests.stories.quarter import ON, QUARTER, go, launch

SCALE = tuple(
    Step(key, Words(en, zh), Decimal(value))
    for key, value, en, zh in (
        ("S", 5, "Far beyond", "远超预期"), ("A", 4, "Beyond", "略超预期"), ("B", 3, "As expected", "符合预期"),
        ("C", 2, "Below", "略低预期"), ("D", 1, "Far below", "不符预期"),
    )
)  # fmt: skip
GUIDE = Guide(((("S", "A"), Decimal(20)), (("B",), Decimal(70)), (("C", "D"), Decimal(10))))
RATED = replace(
    QUARTER,
    phases=(
        Phase(
            "manager-review",
            Words("Manager review", "上级评估"),
            0,
            7,
            "review",
            "managers",
            "manager",
            grace=0,
        ),
        Phase("calibration", Words("Calibration", "校准"), 8, 14),
    ),
    scale=SCALE,
    guide=GUIDE,
)
FORCED = replace(RATED, guide=replace(GUIDE, forced=True))
DUE = ON + timedelta(days=8)  # every review was due
MANAGERS = {
    "anna": "grace", "chenwei": "anna", "felix": "anna", "rafael": "grace", "emily": "rafael",
    "zhouting": "rafael", "daniel": "emily", "ana": "emily",
}  # fmt: skip
ENGINEERS = ("wangqiang", "lina", "zhangmin", "zhaolei", "sunyue", "arjun", "kavya", "jonas", "lena")
ASIDE = {"anna": "A", "chenwei": "S", "arjun": "A", "sunyue": "C"}  # the others have a B


def rate(town: Any, cycle: int, ratings: dict[str, str] | None = None) -> None:
    """The managers have rated everybody of Engineering and Sales."""
    managers = {**MANAGERS, **dict.fromkeys(ENGINEERS, "chenwei")}
    wanted = {**dict.fromkeys(managers, "B"), **ASIDE, **(ratings or {})}

    def work(records: Any) -> None:
        for name, manager in managers.items():
            if wanted[name]:
                version(records, cycle, name, "manager", wanted[name], manager, town.now())

    town.records(work)


def version(
    records: Any, cycle: int, name: str, kind: VersionKind, rating: str, by: str, now: Any, why: str = ""
) -> None:
    person, author = (records.people.by_email(f"{one}@example.com") for one in (name, by))
    before = records.ledger.latest(cycle, person.id)
    made = next_version(
        before, cycle=cycle, person=person.id, kind=kind, score=None, rating=rating, coefficient=None, inputs={},
        why=why, by=author.id, at=now,
    )  # fmt: skip
    assert records.ledger.add([made]) == 1


def begin(town: Any, template: Any = RATED, ratings: dict[str, str] | None = None) -> int:
    """A cycle whose reviews were all due, with ratings."""
    cycle = launch(town, "manager-review", template, "H1")
    town.to(ON)
    rate(town, cycle, ratings)
    go(town, DUE)
    return cycle


def open_session(town: Any, hr: Any, *participants: str, **group: Any) -> None:
    """HR opens a session: over Engineering and Sales, if nothing else is said."""
    group = group or {"kind": "departments", "departments": ["Engineering", "Sales"]}
    hr.command("/calibrate")
    hr.touch("New calibration session")
    hr.fill(kind=group.pop("kind"))
    assert hr.submit() == {}
    if group:
        hr.fill(**group)
        assert hr.submit() == {}
    hr.fill(participants=[town.mention(name) for name in participants])
    assert hr.submit() == {}
    assert hr.submit() == {}


def sit_down(player: Any, name: str = "Sales") -> str:
    """Open the session from the list."""
    if player.window():
        player.close()
    player.command("/calibrate")
    player.touch("打开" if player.title() == "校准" else "Open", beside=name)
    window: str = player.window()
    return window


def change(player: Any, name: str, rating: str, why: str, *, send: bool = True) -> None:
    """Change somebody's rating in the session."""
    sit_down(player)
    player.touch("Open", beside=name)
    player.touch("Change the rating")
    player.fill(rating=rating, why=why)
    if send:
        assert player.submit() == {}


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def names_of(town: Any, people: list[int]) -> set[str]:
    found = town.records(lambda records: records.people.many(people))
    return {one.email.partition("@")[0] for one in found}


def session_of(town: Any, cycle: int) -> int:
    """The latest session of the cycle."""
    found: int = town.records(lambda records: records.sessions.of_cycle(cycle)[-1].id)
    return found


def ratings_of(town: Any, cycle: int, name: str) -> list[str]:
    """The ratings that people have given somebody, oldest first."""
    who = person(town, name).id
    found = town.records(lambda records: records.ledger.of(cycle, who))
    return [one.rating for one in found if one.kind != "computed"]


def above(name: str) -> list[str]:
    """The managers above somebody, up to the top."""
    manager = "chenwei" if name in ENGINEERS else MANAGERS.get(name)
    return [manager, *above(manager)] if manager else []


def change_place(town: Any, cycle: int, name: str, **other: Any) -> None:
    """Change somebody's place in the cycle: who reviews them, or that they take part no longer."""

    def work(records: Any) -> None:
        place = records.participants.get(cycle, records.people.by_email(f"{name}@example.com").id)
        records.participants.save(replace(place, **other))

    town.records(work)


def sees(town: Any, name: str, *view: str) -> bool:
    """Whether the person is shown a view, whatever button they would press to get there."""
    return attempt(town, name, lambda front, *who: front.see(*who, Act("see", view), town.now())) is not GONE


def opens(town: Any, name: str, flow: str, subject: str) -> bool:
    """Whether the person gets into a flow, whatever button they would press to get there."""
    return (
        attempt(town, name, lambda front, *who: front.desk.open(*who, flow, subject, town.now())) is not GONE
    )


def told(town: Any, name: str, flow: str, subject: str) -> str:
    """The no to somebody who opens a flow."""
    found = attempt(town, name, lambda front, *who: front.desk.open(*who, flow, subject, town.now()))
    return found.words.en if isinstance(found, Refusal) else ""


def does(town: Any, name: str, deed: str, *about: str) -> Any:
    """What comes of a button that somebody presses: what is said, or the no."""
    return attempt(
        town, name, lambda front, *who: front.done(*who, front.catalog.deeds[deed], about, town.now())
    )


GONE = "gone"
"""It is not there for them, or not at all."""


def attempt(town: Any, name: str, work: Any) -> Any:
    actor, front = person(town, name), Front(*catalog())
    try:
        return town.records(lambda records: work(front, records, actor))
    except NotThere:
        return GONE
    except Refusal as no:
        return no


def rows_in(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a workbook's sheet, without its header."""
    return list(load_workbook(BytesIO(content))[sheet].iter_rows(min_row=2, values_only=True))
