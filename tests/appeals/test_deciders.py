"""Nobody decides an appeal who had a part in the score, reports to somebody who had, or stands in for one: any company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.core.words import same
from flows.cycle.records import Audience, Cycle, Delegation, Participant
from flows.cycle.template import Phase, Template
from flows.people.person import Person
from flows.results.appealing.deciders import PANEL, Chain, first_level, may_decide, panel
from flows.results.appealing.records import Appeal
from flows.results.appealing.ties import tie
from flows.results.records import Session

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
WHOSE = 1
TEMPLATE = Template("t", same("T"), "quarter", (Phase("p", same("P"), 0, 5),))
CYCLE = Cycle(7, "live", "Q1", date(2026, 3, 2), TEMPLATE, Audience(), 1, NOW)
APPEAL = Appeal(
    3, 7, WHOSE, "D1", 2, "level2", ("rating",), "f", "", "held", "w", False, NOW, 1, NOW, NOW
)  # fmt: skip


@dataclass
class Company:
    """A company in memory, as far as choosing deciders asks about it: ordinary lists, whatever loops are in them."""

    managers: dict[int, int | None]
    in_cycle: dict[int, int | None]
    pairs: list[tuple[int, int]]
    authors: list[int]
    session: Session | None
    hr_ids: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def person(self, number: int) -> Person:
        return Person(
            number, f"p{number}@example.com", f"P{number}", self.managers[number], f"D{number % 3}", "L3", "",
            ("hr",) if number in self.hr_ids else (), "Asia/Shanghai", "zh", None, None, None, number not in self.gone,
        )  # fmt: skip

    def get(self, number: int, whose: int | None = None) -> Any:
        if whose is not None:  # a place in the cycle
            return Participant(
                7, whose, "in", self.in_cycle.get(whose), "D1", "L3", "Asia/Shanghai", "zh", NOW
            )
        return self.person(number) if number in self.managers else None

    def many(self, people: Sequence[int]) -> list[Person]:
        return [self.person(one) for one in sorted({*people}) if one in self.managers]

    def line_of(self, number: int) -> tuple[int, ...]:
        found: list[int] = []
        above = self.managers.get(number)
        while above is not None and above not in found and above != number:
            found.append(above)
            above = self.managers.get(above)
        return tuple(found)

    def slice(self, after: int, limit: int) -> list[Person]:
        return self.many(
            [one for one in sorted(self.managers) if one > after and one not in self.gone][:limit]
        )

    def of_person(self, *asked: int) -> Any:
        if len(asked) == 2:  # the calibration of somebody
            return self.session
        return [self.delegation(one) for one in self.pairs if one[0] == asked[0]]

    def to_deputy(self, number: int) -> list[Delegation]:
        return [self.delegation(one) for one in self.pairs if one[1] == number]

    def delegation(self, pair: tuple[int, int]) -> Delegation:
        return Delegation(1, *pair, date(2026, 3, 1), date(2026, 4, 1), pair[0], NOW)

    def about(self, _cycle: int, _people: Sequence[int]) -> list[Any]:
        return [SimpleNamespace(author=one, manager=None, kind="project") for one in self.authors]

    def of(self, _cycle: int, _person: int) -> list[Any]:
        return []

    def leaders(self, _cycle: int) -> list[int]:
        return sorted({one for one in self.managers.values() if one is not None})

    def chain(self) -> Chain:
        kept = SimpleNamespace(
            people=self, delegations=self, reviews=self, ledger=self, sessions=self,
            participants=SimpleNamespace(get=self.get, managers=self.leaders),
        )  # fmt: skip
        return Chain(kept, CYCLE, WHOSE)  # type: ignore[arg-type]

    def had(self) -> set[int]:
        part = {WHOSE, self.in_cycle.get(WHOSE), *self.authors}
        part |= {*self.session.participants, self.session.made_by} if self.session else set()
        return {one for one in part if one is not None}

    def is_tied(self, number: int) -> bool:
        """The rule once more, by filling sets until nothing is added."""
        group = {number}
        while more := {b for a, b in [*self.pairs, *((b, a) for a, b in self.pairs)] if a in group} - group:
            group |= more
        while (
            more := {
                above
                for one in group
                for above in (self.managers.get(one), self.in_cycle.get(one))
                if above is not None
            }
            - group
        ):
            group |= more
        return bool(group & self.had())


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Up to 14 people with any managers (also loops and themselves), deputies, authors and calibrators."""
    people = list(range(1, draw(st.integers(3, 14)) + 1))
    one = st.sampled_from(people)
    anybody = st.one_of(st.none(), one)
    managers = {number: draw(anybody) for number in people}
    moved = draw(st.dictionaries(one, anybody, max_size=4))
    in_cycle = {**managers, **moved}
    pairs = draw(st.lists(st.tuples(one, one), max_size=4))
    seats = draw(st.lists(one, max_size=2))
    session = Session(1, 7, "S", "locked", tuple(seats), seats[0], NOW) if seats else None
    return Company(
        managers, in_cycle, pairs, draw(st.lists(one, max_size=2)), session,
        draw(st.sets(one, max_size=4)), draw(st.sets(one, max_size=3)),
    )  # fmt: skip


LINE = {1: 2, 2: 3, 3: 4, 4: None, 5: 4, 6: 4, 7: 4, 8: None}
PLAIN = Company(LINE, dict(LINE), [], [], None, {8})


@settings(max_examples=400, deadline=None)
@given(companies())
@example(PLAIN)
@example(replace(PLAIN, managers={**LINE, 4: 1}))  # a loop through the one who appeals
@example(replace(PLAIN, pairs=[(2, 5), (5, 8)]))
def test_whoever_is_chosen_had_no_part_and_is_tied_to_nobody_who_had(company: Company) -> None:
    chain, hr = company.chain(), company.many(sorted(company.hr_ids))
    first = first_level(chain, APPEAL, (), hr, NOW)
    chosen = panel(chain, APPEAL, (), hr, NOW)
    for one in [*([first] if first else []), *chosen]:
        assert not company.is_tied(one.id)
        assert one.id not in company.gone
    assert len({one.id for one in chosen}) == len(chosen) <= PANEL
    assert not {one.id for one in chosen} & {*chain.upward}
    free = [one for one in company.managers if may_decide(chain, company.get(one), 2, (), NOW)]
    assert len(chosen) == min(PANEL, len(free)), "whoever may is found"
    assert not {one.id for one in panel(chain, APPEAL, free[:1], hr, NOW)} & {*free[:1]}


@settings(max_examples=400, deadline=None)
@given(companies())
def test_a_tie_is_a_way_that_can_be_followed(company: Company) -> None:
    chain = company.chain()
    for number in company.managers:
        way = chain.tie_of(number)
        assert (way is not None) == company.is_tied(number)
        if way is not None:
            assert way[0] == number
            assert way[-1] in company.had()
            assert len({*way}) == len(way) or len(way) > 1


def test_the_managers_manager_decides_first_and_hr_where_that_one_had_a_part() -> None:
    hr = PLAIN.many([8])
    assert first_level(PLAIN.chain(), APPEAL, (), hr, NOW) == PLAIN.person(3)
    calibrated = replace(PLAIN, session=Session(1, 7, "S", "locked", (3,), 3, NOW))
    assert first_level(calibrated.chain(), APPEAL, (), hr, NOW) == PLAIN.person(8)
    assert first_level(PLAIN.chain(), replace(APPEAL, apart=True), (), hr, NOW) == PLAIN.person(8)
    stands_in = replace(PLAIN, pairs=[(3, 2)])
    assert first_level(stands_in.chain(), APPEAL, (), [], NOW) is None, (
        "nobody is left: said, and not glossed over"
    )


def test_the_panel_is_drawn_by_lot_and_not_always_the_same() -> None:
    wide: dict[int, int | None] = {
        1: 2,
        2: 3,
        3: None,
        **dict.fromkeys(range(4, 40)),
        **{n: n - 36 for n in range(40, 76)},
    }
    company = Company(wide, dict(wide), [], [], None)
    drawn = {
        tuple(one.id for one in panel(company.chain(), replace(APPEAL, id=number), (), [], NOW))
        for number in range(20)
    }
    assert len(drawn) > 15
    assert all(len(several) == PANEL for several in drawn)


def test_standing_in_is_followed_first_and_the_reporting_line_after_it() -> None:
    above = {5: [4], 4: [2], 6: [5]}
    stands = {6: [7], 7: [6, 8], 8: [7]}
    found = tie(8, {2}, lambda one: above.get(one, []), lambda one: stands.get(one, []))
    assert found == (8, 7, 6, 5, 4, 2)
    assert tie(2, {2}, lambda _: [], lambda _: []) == (2,)
    assert tie(3, {2}, lambda _: [3], lambda _: [3]) is None
