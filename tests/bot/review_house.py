"""Cycles at every stage of their reviews, full of texts that each have readers of their own, said here anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from bot.build import catalog
from bot.front import Front
from bot.rounds import Tick
from flows.cycle.kept import Audience, Cycle, Delegation
from flows.cycle.planning import plan_snapshot
from flows.cycle.template import Guide, Nominations, Phase, Review, Template
from flows.results.ledger import next_version
from flows.results.records import Release, Session, VersionKind, Withheld
from flows.reviews.records import Flag, Guest, Nomination
from flows.reviews.records import Review as Sent
from flows.reviews.sealing import seal_cycle
from storage.engine import open_store
from storage.work import Work
from tests.bot.cycle_house import CycleHouse, hire
from tests.stories.colleagues import FIND_LEADS, NAMING
from tests.stories.releasing import SCALE
from tests.stories.reviewing import KEEP, PEERS, PROJECTS, RISK, SIDES, UPWARD

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(days=60)
SALES, TECH = "Sales", "Engineering"
PEOPLE: Mapping[str, tuple[str | None, str, tuple[str, ...]]] = {
    "top": (None, "", ()),
    "mei": ("top", SALES, ()),
    "lin": ("mei", SALES, ()),
    "tom": ("mei", SALES, ()),
    "rae": ("mei", SALES, ()),
    "kim": ("mei", SALES, ()),
    "hugo": ("mei", SALES, ("hr",)),  # HR below a manager: not over Mei, nor over Top
    "ned": ("top", SALES, ()),
    "nia": ("ned", SALES, ()),
    "eva": ("top", TECH, ()),
    "dep": ("top", SALES, ()),
    "hanna": (None, "People", ("hr",)),
    "sally": (None, "People", ("hr:Sales",)),
    "petra": (None, "People", ("hr:Engineering",)),
    "audrey": (None, "Audit", ("auditor",)),
    "oscar": (None, "IT", ("operator",)),
    "gone": ("mei", SALES, ()),
}
EXTERNAL = "customers"
SIDE = SIDES.reviews
TEMPLATE: Template = replace(
    SIDES,
    phases=(
        NAMING,
        replace(FIND_LEADS, starts=0),
        *(replace(phase, starts=14, days=10, grace=4) for phase in SIDES.phases if phase.work == "review"),
        Phase(EXTERNAL, SIDES.title, 14, 10, "review", review="external", grace=4),
    ),
    reviews={
        **SIDE,
        "external": Review("external", SIDES.title, (KEEP, RISK), private={"risk": "hr"}),
    },
    scale=SCALE,
    weights={"results": Decimal(70), "peers": Decimal(30)},
    nominations=Nominations(least=3, most=5),
    guide=Guide(((("A",), Decimal(90)), (("B", "C"), Decimal(10))), tolerance=Decimal(0), pool=2),
)  # fmt: skip
STAGES: Mapping[str, int] = {
    "draft": -20, "naming": 2, "reviewing": 18, "closed": 40, "calibrating": 40, "opening": 40, "released": 40,
}  # fmt: skip
"""How many days ago each cycle began."""

COLLEAGUES = ("tom", "rae", "kim", "nia")  # of Lin
TEAM = ("lin", "tom", "rae", "kim", "hugo")  # of Mei
WRITTEN = ("reviewing", "closed", "calibrating", "opening", "released")
SEALED = ("opening", "released")
DISCUSSED = ("calibrating", *SEALED)
HR_OF_LIN = frozenset({"hanna", "sally", "hugo"})
SIT = frozenset({"mei", "ned", "hanna"})  # who takes part in the session about Lin and others


def readers() -> dict[str, frozenset[str]]:
    """Every text, and who may ever read it at this moment."""
    found: dict[str, frozenset[str]] = {}
    for cycle in WRITTEN:
        over, late, own = cycle != "reviewing", cycle in DISCUSSED, cycle == "released"
        led = frozenset({"mei", "dep"} if over else ())
        line = frozenset({"top"} if over else ())
        hr = HR_OF_LIN if late else frozenset[str]()
        lin = frozenset({"lin"} if own else ())
        found[f"Zself {cycle}."] = frozenset({"lin", "mei", "dep"}) | line | (HR_OF_LIN if over else hr)
        at_table = (SIT | {"dep"}) if late else frozenset[str]()
        found[f"Zmanager {cycle}."] = frozenset({"mei"}) | line | hr | at_table | lin
        found[f"Zready manager {cycle}."] = frozenset({"mei"}) | line | hr
        found[f"Zrisk manager {cycle}."] = frozenset({"mei"}) | hr
        found[f"Zproject {cycle}."] = frozenset({"eva"}) | led | line | hr | lin
        found[f"Zready project {cycle}."] = frozenset({"eva", *({"mei"} if over else ())}) | line | hr
        found[f"Zrisk project {cycle}."] = frozenset({"eva"}) | hr
        found[f"Zguest {cycle}."] = led | line | hr | lin
        found[f"Zrisk guest {cycle}."] = hr
        sealed = cycle in SEALED
        watch = (
            HR_OF_LIN if over else frozenset[str]()
        )  # comments, or what is shown of them after the release
        shown = (led | line | lin) if sealed else frozenset[str]()
        for author in COLLEAGUES:
            found[f"Zpeer {author} {cycle}."] = watch | shown | (frozenset() if sealed else {author})
        above = frozenset({"top", *({"mei"} if own else ())}) if sealed else frozenset[str]()
        for author in TEAM:
            mine = frozenset[str]() if sealed else frozenset({author})
            found[f"Zupward {author} {cycle}."] = (watch - {"hugo"}) | above | mine
        found[f"Zwhy {cycle}."] = frozenset({"mei", "dep"}) | line | hr | at_table | lin
        if late:
            found[f"Zmoved {cycle}."] = SIT
            found[f"Zexcept {cycle}."] = SIT | HR_OF_LIN
        if sealed:
            found[f"Zwithheld {cycle}."] = HR_OF_LIN
            found[f"Zwhy tom {cycle}."] = frozenset({"mei", "dep", "top"}) | HR_OF_LIN | at_table
    for cycle in ("naming", *WRITTEN):
        found[f"Zdeclined {cycle}."] = frozenset({"mei", "dep"})
        found[f"Zrejected {cycle}."] = frozenset({"mei", "dep", "lin"})
    for cycle in ("closed", "calibrating"):
        found[f"Zflag {cycle}."] = HR_OF_LIN | {"tom"}
    found["Zdraft of Lin's about Tom."] = frozenset({"lin"})
    found["Zdraft of Mei's about Tom."] = frozenset({"mei"})
    found["Zdraft of Tom's."] = frozenset({"tom"})
    return found


CANARIES: Mapping[str, frozenset[str]] = readers()


def review_house_in(url: str) -> CycleHouse:
    """The company with its cycles, each at another stage."""
    whole, desk = catalog()
    house = CycleHouse(open_store(url, lambda: NOW), Front(whole, desk), whole, {}, {}, count(), NOW)
    with house.store.work() as records:
        for name, (manager, department, roles) in PEOPLE.items():
            hire(house, records, name, manager, department, roles)
        for name, days in STAGES.items():
            began(house, records, name, days)
    for days in (39, 25, 24, 3, 0):
        Tick(house.store, whole, NOW - timedelta(days=days)).run()
    with house.store.work() as records:
        first, last = NOW.date() - timedelta(days=2), NOW.date() + timedelta(days=5)
        mei = house.people["mei"].id
        records.delegations.save(Delegation(0, mei, house.people["dep"].id, first, last, mei, NOW))
        for name in WRITTEN:
            written(house, records, name)
        for name in ("closed", "calibrating"):
            flagged(house, records, name)
        for name in DISCUSSED:
            discussed(house, records, name)
        for name in SEALED:
            opened(house, records, name)
    drafts(house)
    return house


def began(house: CycleHouse, records: Work, name: str, days: int) -> None:
    """One cycle, with who was named to review Lin, who declined and who was turned down."""
    owner, day = house.people["hanna"].id, NOW.date() - timedelta(days=days)
    at = None if name == "draft" else NOW - timedelta(days=days + 5)
    cycle = records.cycles.save(
        Cycle(0, "live" if at else "draft", f"Cycle {name}", day, TEMPLATE, Audience((SALES, TECH)), owner, BEFORE,
              launched_at=at, launched_by=owner if at else None)
    )  # fmt: skip
    house.cycles[name] = cycle.id
    if at is None:
        return
    plan_snapshot(records, cycle, at)
    lin, mei = house.people["lin"].id, house.people["mei"].id

    def named(
        who: str, state: Any, why: str = "", phase: str = PEERS, about: int = lin, by: int = lin
    ) -> None:
        kind, place = ("project" if phase == PROJECTS else "peer"), house.people[who].id
        records.nominations.save(Nomination(0, cycle.id, phase, kind, about, place, state, by, mei, why))  # type: ignore[arg-type]

    for who in COLLEAGUES:
        named(who, "proposed" if name == "naming" else "approved")
    named("eva", "declined", f"Zdeclined {name}.")
    named("ned", "rejected", f"Zrejected {name}.")
    named("eva", "approved", phase=PROJECTS, by=mei)
    named("lin", "approved", about=house.people["tom"].id, by=house.people["tom"].id)


def written(house: CycleHouse, records: Work, name: str) -> None:
    """What everybody has written about Lin, and her team about Mei."""
    cycle, ids = house.cycles[name], {who: person.id for who, person in house.people.items()}
    lin, mei = ids["lin"], ids["mei"]
    sent = NOW - timedelta(hours=3)
    for kind, phase, author in (
        ("self", "self-review", "lin"), ("manager", "manager-review", "mei"), ("project", PROJECTS, "eva"),
    ):  # fmt: skip
        text = f"Z{kind} {name}."
        answers = {"proud": text, "learned": text, "why": text, "keep": text, "results": "2"}
        answers |= {"ready": f"Zready {kind} {name}.", "risk": f"Zrisk {kind} {name}."}
        asked = {question.name for question in TEMPLATE.reviews[kind].questions}
        kept = {question: said for question, said in answers.items() if question in asked}
        records.reviews.keep(Sent(0, cycle, phase, kind, lin, ids[author], mei, kept, sent))  # type: ignore[arg-type]
    for author in COLLEAGUES:
        said = {"helps": "2", "keep": f"Zpeer {author} {name}."}
        records.pens.keep(cycle, PEERS, ids[author], lin, said)
    for author in TEAM:
        said = {"helps": "2", "keep": f"Zupward {author} {name}."}
        records.pens.keep(cycle, UPWARD, ids[author], mei, said)
    answers = {"keep": f"Zguest {name}.", "risk": f"Zrisk guest {name}."}
    until = NOW + timedelta(days=9)
    records.guests.invite(
        Guest(0, cycle, EXTERNAL, lin, "Ms Guest", "Shop", "en", "", mei, sent, until, None, sent, answers)
    )
    rated(house, records, name, "lin", "manager", "B", "mei", f"Zwhy {name}.")
    for who in ("tom", "rae", "kim", "hugo", "nia"):
        rated(house, records, name, who, "manager", "B", "mei", f"Zwhy tom {name}." if who == "tom" else "")


def rated(
    house: CycleHouse, records: Work, name: str, who: str, kind: VersionKind, rating: str, by: str, why: str
) -> None:
    cycle, person = house.cycles[name], house.people[who].id
    last = records.ledger.latest(cycle, person)
    records.ledger.add([
        next_version(last, cycle=cycle, person=person, kind=kind, score=Decimal("66.67"), rating=rating,
                     coefficient=None, inputs={}, why=why, by=house.people[by].id, at=NOW - timedelta(hours=2)),
    ])  # fmt: skip


def flagged(house: CycleHouse, records: Work, name: str) -> None:
    """HR has asked Tom, whom it does not know, for other words."""
    cycle, lin, tom = house.cycles[name], house.people["lin"].id, house.people["tom"].id
    comment = records.pens.own_comment(cycle, PEERS, tom, lin, "keep")
    hanna = house.people["hanna"].id
    records.flags.save(Flag(comment, cycle, lin, PEERS, "keep", "reword", f"Zflag {name}.", hanna))


def discussed(house: CycleHouse, records: Work, name: str) -> None:
    """A session about Mei's team, in which Lin's rating was changed; it is locked where the results are open."""
    hanna, locked = house.people["hanna"].id, name in SEALED
    people = tuple(house.people[who].id for who in sorted(SIT))
    session = records.sessions.save(
        Session(0, house.cycles[name], f"Session {name}", "locked" if locked else "open", people, hanna, NOW,
                {"all": f"Zexcept {name}.", f"{SALES}": f"Zexcept {name}."}, hanna if locked else None,
                NOW if locked else None)
    )  # fmt: skip
    records.sessions.seat(session, [house.people[who].id for who in ("lin", "tom", "rae", "kim")])
    rated(house, records, name, "lin", "calibrated", "A", "ned", f"Zmoved {name}.")


def opened(house: CycleHouse, records: Work, name: str) -> None:
    """The results are open: to managers only, or to everybody. Tom's is withheld."""
    cycle = records.cycles.get(house.cycles[name])
    assert cycle
    hanna, tom = house.people["hanna"].id, house.people["tom"].id
    ago = timedelta(days=1) if name == "opening" else timedelta(days=5)
    records.releases.withhold(Withheld(cycle.id, tom, f"Zwithheld {name}.", hanna, NOW - ago))
    release = Release(cycle.id, hanna, NOW - ago)
    records.releases.save(release)
    seal_cycle(records, cycle, NOW - ago)
    open_from = NOW - ago + timedelta(days=2)
    records.releases.save(
        replace(release, released_at=NOW - ago, sealed_at=NOW - ago, employees_at=open_from)
    )


def drafts(house: CycleHouse) -> None:
    """What is typed and not sent yet."""
    from bot.exchange import Typing
    from flows.core.screen import Act

    cycle, tom = house.cycles["reviewing"], house.people["tom"].id
    for who, phase, text, field in (
        ("lin", PEERS, "Zdraft of Lin's about Tom.", "review.keep"),
        ("mei", "manager-review", "Zdraft of Mei's about Tom.", "review.why"),
        ("tom", "self-review", "Zdraft of Tom's.", "review.proud"),
    ):
        subject = f"{cycle}/{phase}/{tom}"
        house.press(who, "open", "review", subject)
        with house.store.work() as records:
            begun = records.conversations.find("review", house.people[who].id, subject)
        assert begun, (who, subject)
        place = Act("form", (begun.id, str(begun.revision), field))
        house.receive(who, Typing(place, {field: text}, "1.0"))
