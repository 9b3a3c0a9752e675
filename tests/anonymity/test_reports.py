"""From all reports of results that anybody may have, nobody works out what fewer people than the threshold have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.report_files import sheets_of
from flows.core.refusal import Refusal
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.reports.cells import LEAST
from flows.reports.kinds import report_named
from flows.reports.report import WITHHELD, Asked, By, Cell, Changes, Report
from flows.reports.results.seen import far_from
from flows.reports.rights import COMPANY, below, of_departments
from flows.reports.scope import Scope
from flows.results.records import Version, Withheld
from flows.results.stages import above_in, things_about
from storage.engine import Store, open_store
from tests.anonymity.span import Group, smallest_derivable
from tests.reports.released_house import House

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAMES = ("ratings", "strictness", "strengths", "changes")
BYS: tuple[By, ...] = ("department", "level", "manager")
NUMBER = count()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    here = tmp_path_factory.mktemp("reports")
    with closing(open_store(f"sqlite:///{here / 'x.db'}", lambda: NOW, keys=Path(here) / "keys")) as store:
        yield store


@dataclass
class Company:
    """A random company with two released cycles; everybody is named by their place in it.

    `counted` have a result that figures count; `first` were HR for the whole company already when it was released.
    """

    house: House
    cycle: Cycle
    before: Cycle
    counted: Group
    first: frozenset[int]

    @property
    def people(self) -> list[Person]:
        return list(self.house.people.values())

    @property
    def taking_part(self) -> list[Person]:
        return [person for person in self.people if person.manager]

    def scopes_of(self, reader: Person) -> Iterator[Scope]:
        """Everything that the reader may ask for, as the policy has it (`flows.reports.rights`)."""
        departments = sorted({person.department for person in self.people})
        if reader.hr_scope is None:
            yield COMPANY
        yield from (
            of_departments([one]) for one in departments if reader.hr_scope is None or one in reader.hr_scope
        )
        leads = {person.manager for person in self.people}
        line = {reader.id} | self.line_of(reader)
        yield from (
            below(one)
            for one in self.people
            if one.id in leads and (one.id in line or reader.hr_scope is None)
        )

    def line_of(self, reader: Person) -> set[int]:
        found, todo = set[int](), {reader.id}
        while todo:
            todo = {one.id for one in self.people if one.manager in todo} - found
            found |= todo
        return found

    def members(self, label: str, by: By) -> Group:
        """Who is counted in a row of that name."""
        by_id = {person.id: person for person in self.people}

        def stands(person: Person) -> str:
            if by == "manager":
                return by_id[person.manager or 0].name
            return person.department if by == "department" else person.level

        whole = label == COMPANY.words.en
        return frozenset(p.id for p in self.taking_part if whole or stands(p) == label) & self.counted


def made(house: House, seed: int) -> Company:
    """A tree of 12 to 26 people; each stands in the department of whoever leads them, or now and then in another."""
    rng, tag = Random(seed), next(NUMBER)
    departments = [f"{tag}-{name}" for name in ("Sales", "Lab", "HR")]
    size = rng.randint(12, 26)
    for nth in range(size):
        above = f"{tag}.{max(0, (nth - 1) // rng.randint(3, 8))}" if nth else None
        inherited = house.people[above].department if above and rng.random() < 0.8 and nth > 3 else None
        roles = ("hr",) if nth == 0 or rng.random() < 0.08 else ()
        if not roles and rng.random() < 0.1:
            roles = (f"hr:{rng.choice(departments)}",)
        house.hire(
            f"{tag}.{nth}" if nth else f"{tag}.0", inherited or rng.choice(departments), above,
            level=rng.choice(("P5", "P5", "P5", "P6", "P7")), roles=roles,
        )  # fmt: skip
        if nth == 0:
            house.people["Chief"] = house.people[f"{tag}.0"]
    del house.people["Chief"]
    house.people = {"Chief": house.people.pop(f"{tag}.0"), **house.people}
    before, cycle = house.cycle(f"H1 {tag}"), house.cycle(f"H2 {tag}")
    for one in (before, cycle):
        house.release(one, {name: rng.choice("ABCD") for name in house.people})
    taking_part = {one.id for one in house.people.values() if one.manager}
    first = frozenset(one.id for one in house.people.values() if one.hr_scope is None)
    counted = frozenset(taking_part - house.uncounted)
    for name in rng.sample([name for name, one in house.people.items() if not one.is_hr], 3):
        appointed(house, name, rng.choice([("hr",), ("hr",), (f"hr:{rng.choice(departments)}",)]))
    return Company(house, cycle, before, counted, first)


def appointed(house: House, name: str, roles: tuple[str, ...]) -> None:
    """Somebody becomes HR after the release; whoever is above them was counted."""
    with house.store.work() as records:
        house.people[name] = records.people.save(replace(house.people[name], roles=roles))


def report(here: Company, name: str, reader: Person, scope: Scope, by: By) -> Report | None:
    kind = report_named(name)
    assert kind is not None
    asked = Asked(scope, here.cycle, here.before if kind.compares else None, by=by)
    with here.house.store.work() as records:
        try:
            return kind.make(records, reader, asked, NOW)
        except Refusal:
            return None


def seen_by_policy(here: Company, reader: Person) -> Group:
    """Whose results the reader may open by themselves, asked one by one."""
    with here.house.store.work() as records:
        things = things_about(records, reader, "score_final", here.cycle, here.taking_part, NOW)
    return frozenset(one.id for one in here.taking_part if may(reader, "view", things.get(one.id), NOW))


def out_of_sight(here: Company, reader: Person) -> int:
    """How many of those who are counted the reader may not look up."""
    with here.house.store.work() as records:
        return sum(far_from(records, reader, [here.cycle], NOW).values())


def readers_of(here: Company) -> list[Person]:
    leads = {person.manager for person in here.people}
    return [person for person in here.people if person.is_hr or person.id in leads]


def groups_shown(here: Company, reader: Person) -> set[Group]:
    """Whoever stands behind each row of the distributions that the reader can call up; what they say of them is true."""
    found = set[Group]()
    for scope in here.scopes_of(reader):
        for by in BYS:
            made_of = report(here, "ratings", reader, scope, by)
            if made_of is None:
                continue
            meant: By = by
            if scope.below is not None:
                meant = "manager"
            elif scope.departments is not None and by == "level":
                meant = "department"
            for label, people, *_ in made_of.tables[0].rows:
                assert people != 0
                if people == WITHHELD or (label == scope.words and not scope.whole):
                    continue
                group = here.members(label.en, meant)  # type: ignore[union-attr]
                assert len(group) == people, (label, by)
                found.add(group)
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_nothing_about_fewer_people_follows_from_all_that_is_shown(store: Store, seed: int) -> None:
    """Not from what one is shown and may look up, nor from what all have together, whoever forwards what to whom."""
    here = made(House(store, NOW), seed)
    seen = {reader.id: seen_by_policy(here, reader) & here.counted for reader in readers_of(here)}
    together = set[Group]()
    for reader in readers_of(here):
        assert len(here.counted - seen[reader.id]) == out_of_sight(here, reader)
        shown = groups_shown(here, reader)
        assert smallest_derivable(sorted(shown, key=sorted), LEAST, own=seen[reader.id]) is None
        together |= shown
    every = sorted(together, key=sorted)
    assert smallest_derivable(every, LEAST) is None
    for one in here.first & seen.keys():
        assert smallest_derivable(every, LEAST, own=seen[one]) is None, "whoever was HR then gets all files"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_two_readers_who_compare_have_the_same_numbers_or_none(store: Store, seed: int) -> None:
    """A picture or a sheet that is passed on differs from one's own at most by what is withheld."""
    here = made(House(store, NOW), seed)
    told: dict[tuple[object, ...], tuple[Cell, ...]] = {}
    compared = 0
    for reader in readers_of(here):
        for scope in here.scopes_of(reader):
            for name, by in ((name, by) for name in ("ratings", "changes", "strengths") for by in BYS):
                made_of = report(here, name, reader, scope, by)
                for label, *cells in made_of.tables[0].rows if made_of else ():
                    known = told.setdefault((name, scope.words, by, label), tuple(cells))
                    for one, other in zip(known, cells, strict=True):
                        assert WITHHELD in (one, other) or one == other, (name, label, known, cells)
                        compared += one != WITHHELD
    assert compared or len(here.counted) < LEAST


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_whatever_happens_after_the_release_no_figure_changes(store: Store, seed: int) -> None:
    here, rng = made(House(store, NOW), seed), Random(seed)
    chief = here.people[0]

    def all_of_it() -> list[Report | None]:
        scopes = [*here.scopes_of(chief)]
        return [
            report(here, name, chief, scope, by)
            for name in NAMES
            for scope in scopes
            for by in BYS
            if scope.below is None
        ]

    before = all_of_it()
    for _ in range(6):
        person, other = rng.sample(here.taking_part, 2)
        with store.work() as records:
            place = records.participants.get(here.cycle.id, person.id)
            assert place is not None
            match rng.randrange(4):
                case 0:
                    records.participants.save(
                        replace(place, manager=other.id, department=other.department, level="P9")
                    )
                case 1:
                    records.participants.save(replace(place, place="out", why="moved"))
                case 2:
                    number = len(records.ledger.of(here.cycle.id, person.id)) + 1
                    records.ledger.add(
                        [
                            Version(
                                here.cycle.id, person.id, number, "appealed", None, "A", None, {}, "", None, NOW, "", "h"
                            )
                        ]
                    )  # fmt: skip
                case 3:
                    lifted = NOW + timedelta(days=rng.randrange(9))
                    records.releases.withhold(
                        Withheld(here.cycle.id, person.id, "why", chief.id, NOW, chief.id, lifted)
                    )
    assert all_of_it() == before


def test_strictness_names_nobody_above_and_not_the_reader(store: Store) -> None:
    for seed in range(12):
        here = made(House(store, NOW), seed)
        for reader in readers_of(here):
            with store.work() as records:
                above = above_in(records, reader, here.cycle) | {reader.id}
            names = {person.name for person in here.people if person.id in above}
            for scope in here.scopes_of(reader) if reader.is_hr else ():
                told = report(here, "strictness", reader, scope, "manager")
                assert told is None or not {row[0].en for row in told.tables[0].rows} & names  # type: ignore[union-attr]


def test_a_sheet_holds_what_the_report_has_and_nothing_else(store: Store) -> None:
    """What may not be shown stands in no cell of it, not as a number and not hidden."""
    here = made(House(store, NOW), 7)
    chief, checked = here.people[0], 0
    for name in NAMES:
        kind, told = report_named(name), report(here, name, chief, COMPANY, "department")
        assert kind is not None
        assert told is not None
        sheets = sheets_of(told, kind.question, kind.figures, chief)
        numbers = {
            cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, int | float)
        }
        cells = [cell for table in told.tables for row in table.rows for cell in row]
        known = {float(cell) for cell in cells if isinstance(cell, int | Decimal)}
        assert {float(number) for number in numbers} <= known
        checked += len(numbers)
        for panel in told.panels:
            if isinstance(panel, Changes):
                shown = {str(row[0]): row[1:3] for row in told.tables[0].rows}
                for change in panel.rows:
                    values = tuple(WITHHELD if one is None else one for one in (change.before, change.after))
                    assert shown[str(change.label)] == values
    assert checked > 20
