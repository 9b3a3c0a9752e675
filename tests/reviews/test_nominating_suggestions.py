"""Who is suggested, in which order and why; who can't be named; and how many are named in a rehearsal."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.phase import window_of
from flows.cycle.records import Audience, Cycle, Participant
from flows.cycle.template import Nominations, Phase, Review, Template
from flows.people.person import Person
from flows.reviews.nominating.fitting import Surroundings, is_missing, problem_with
from flows.reviews.nominating.naming import Naming, is_open_to, main_nominator, namings
from flows.reviews.nominating.rehearsed import pretended
from flows.reviews.nominating.suggesting import TIES, Tie, ranked
from flows.reviews.records import Nomination

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAME = Phase("name", Words("Name", "提名"), 0, 5, "nominate", review="peer")
PEERS = Phase("peers", Words("Peers", "同事"), 10, 5, "review", review="peer")
LEADS = Phase("leads", Words("Leads", "项目"), 10, 5, "review", review="project")
MANAGERS = Phase("managers", Words("Managers", "上级"), 20, 5, "review", "managers", "manager")


def review(kind: Any, anonymous: bool = False) -> Review:
    return Review(kind, Words(kind, kind), (), anonymous)


REVIEWS = {
    "peer": review("peer", anonymous=True),
    "project": review("project"),
    "upward": review("upward", anonymous=True),
    "manager": review("manager"),
}


def naming(reviews: Any = None, phases: Any = (NAME, PEERS, LEADS, MANAGERS), **rule: Any) -> Naming:
    template = Template(
        "t", Words("T", "T"), "quarter", phases, reviews or REVIEWS, nominations=Nominations(**rule)
    )
    cycle = Cycle(1, "live", "Q2", date(2026, 3, 2), template, Audience(), 1, NOW, launched_at=NOW)
    return namings(cycle)[0]


def person(number: int, manager: int | None = 1, **other: Any) -> Person:
    one = Person(
        number, f"p{number}@example.com", f"P{number}", manager, "Sales", "L3", "", (), "UTC", "en", None, None,
        None, True,
    )  # fmt: skip
    return replace(one, **other)


def place(number: int, manager: int | None = 1, department: str = "Sales") -> Participant:
    return Participant(1, number, "in", manager, department, "L3", "UTC", "en", NOW)


def nominated(reviewer: int, state: Any, **other: Any) -> Nomination:
    return replace(Nomination(7, 1, "peers", "peer", 2, reviewer, state, 2), **other)


TIE = st.sampled_from(list(TIES))


@given(
    st.lists(st.tuples(st.integers(1, 8), TIE)),
    st.dictionaries(st.integers(1, 8), st.integers(0, 6)),
    st.randoms(),
)
def test_the_same_ties_in_whatever_order_give_the_same_list(
    ties: list[tuple[int, Tie]], load: dict[int, int], chance: random.Random
) -> None:
    shuffled = [*ties]
    chance.shuffle(shuffled)
    found = ranked(ties, load)
    assert ranked(shuffled, load) == found == ranked([*ties, *ties], load)
    assert sorted(one.person for one in found) == sorted({person for person, _ in ties})
    assert all((one.person, one.tie) in ties for one in found)


def test_the_closest_come_first_and_of_equals_who_is_asked_for_less() -> None:
    ties: list[tuple[int, Tie]] = [
        (2, "team"), (3, "team"), (4, "team"), (4, "below"), (5, "returned"), (6, "above"), (7, "beside"), (7, "team"),
    ]  # fmt: skip
    found = ranked(ties, {2: 3}, without={9})
    assert [(one.person, one.tie) for one in found] == [
        (4, "below"), (7, "beside"), (6, "above"), (3, "team"), (2, "team"), (5, "returned"),
    ]  # fmt: skip
    assert [one.person for one in ranked(ties, {}, without={4, 7})] == [6, 2, 3, 5]
    assert found[0].reason == Words("their goal serves yours", "对方的目标支撑你的目标")


ANN = person(2)
AWAY = ((date(2026, 3, 1), date(2026, 3, 30)),)


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (person(3), None),
        (None, "does not work here any more"),
        (person(3, active=False), "does not work here any more"),
        (person(3, left_on=date(2026, 3, 1)), "does not work here any more"),
        (ANN, "that is yourself"),
        (person(1, None), "reviews you as your manager already"),
        (person(4, 2), "is asked about you as one of your people already"),
        (person(3, left_on=date(2026, 3, 15)), "is not there while the reviews are written"),
        (person(3, left_on=date(2026, 3, 16)), None),
        (person(3, away=AWAY), "is not there while the reviews are written"),
        (person(3, away=((date(2026, 3, 12), date(2026, 3, 15)),)), None),
        (person(5), "is named for another review of the same person already"),
        (person(6), "the manager has said no to this one"),
        (person(7), "has said that they can't"),
        (person(8), "has said that they can't, or is not there any more"),
        (person(9), "is asked for 6 reviews already"),
        (person(10), None),  # who is one of them already
    ],
)
def test_who_can_be_named_and_why_not(candidate: Person | None, why: str | None) -> None:
    known = Surroundings(
        naming(), ANN, place(2), NOW,
        nominations=(
            nominated(6, "rejected"), nominated(7, "declined"), nominated(8, "withdrawn", why="left"),
            nominated(10, "proposed"),
        ),
        elsewhere={5}, load={9: 6, 10: 6}, reports={4},
    )  # fmt: skip
    found = problem_with(candidate, known, own=True)
    assert (found is None) is (why is None)
    assert why is None or (found and found.en.startswith(why))


def test_a_manager_or_a_report_may_be_named_where_they_write_no_review_of_their_own() -> None:
    peers_only = naming({"peer": REVIEWS["peer"]}, (NAME, PEERS))
    known = Surroundings(peers_only, ANN, place(2), NOW, reports={4})
    assert problem_with(person(1, None), known, own=True) is None
    assert problem_with(person(4, 2), known, own=True) is None
    for other in (person(1, None), person(4, 2), ANN):
        told = problem_with(other, Surroundings(naming(), ANN, place(2), NOW, reports={4}), own=False)
        assert told is not None
        assert "you" not in told.en.replace("your", "")


def test_who_took_it_back_may_be_named_again() -> None:
    known = Surroundings(naming(), ANN, place(2), NOW, nominations=(nominated(3, "withdrawn"),))
    assert problem_with(person(3), known, own=True) is None


def test_an_own_last_day_counts_for_who_is_there() -> None:
    late = window_of(naming().cycle, PEERS, {"peers": date(2026, 3, 31)})
    assert is_missing(person(3, left_on=date(2026, 3, 20)), late)
    assert not is_missing(person(3, away=AWAY), late)


@pytest.mark.parametrize(
    ("nomination", "actor", "asked", "open_to"),
    [
        (nominated(3, "proposed"), 2, False, True),
        (nominated(3, "proposed"), 2, True, True),
        (nominated(3, "proposed"), 1, False, False),
        (nominated(3, "approved"), 2, False, True),
        (nominated(3, "approved"), 2, True, False),
        (nominated(3, "approved", decided_by=1), 2, False, False),
        (nominated(3, "approved", decided_by=1, by=1), 1, False, True),
        (nominated(3, "approved", decided_by=1, by=1), 1, True, False),
        (nominated(3, "rejected"), 2, False, False),
        (nominated(3, "declined"), 2, False, False),
    ],
)
def test_one_takes_back_ones_own_word_until_somebody_decides_or_is_asked(
    nomination: Nomination, actor: int, asked: bool, open_to: bool
) -> None:
    assert is_open_to(nomination, actor, 2, asked=asked) is open_to


def test_people_are_named_for_the_first_review_of_the_kind_that_follows() -> None:
    early = replace(PEERS, name="early", starts=-5)
    again = replace(PEERS, name="again", starts=40)
    one = naming(phases=(early, NAME, PEERS, again))
    found = {each.phase.name: each.asking and each.asking.name for each in namings(one.cycle)}
    assert found == {"early": None, "peers": "name", "again": None}


@pytest.mark.parametrize(
    ("by", "who"),
    [(("employee", "manager"), 2), (("manager", "hr"), 1), (("hr",), None)],
)
def test_who_is_asked_to_name_somebody(by: Any, who: int | None) -> None:
    assert main_nominator(naming(by=by), place(2)) == who
    assert main_nominator(naming(phases=(PEERS,), by=by), place(2)) == who


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from("AB")), unique_by=lambda p: p[0]),
    st.integers(1, 5),
)  # fmt: skip
def test_a_rehearsal_names_nobodys_manager_or_report(people: list[tuple[int, int, str]], least: int) -> None:
    rows = {number: place(number, manager, department) for number, manager, department in people}
    named = list(pretended(naming(least=least), [*rows.values()]))
    assert len({(one.about, one.reviewer) for one in named}) == len(named)
    for one in named:
        about, reviewer = rows[one.about], rows[one.reviewer]
        assert about.person != reviewer.person
        assert (about.manager, reviewer.manager) != (reviewer.person, about.person)
        assert about.department == reviewer.department
    assert all(number <= least for number in Counter(one.about for one in named).values())


@given(st.integers(1, 12), st.integers(1, 5))
def test_a_rehearsal_asks_everybody_for_equally_many(size: int, least: int) -> None:
    named = list(pretended(naming(least=least), [place(number, None) for number in range(1, size + 1)]))
    enough = min(least, size - 1)
    everybody = dict.fromkeys(range(1, size + 1), enough) if enough else {}
    assert Counter(one.about for one in named) == Counter(one.reviewer for one in named) == everybody


def test_the_load_limit_is_of_the_template() -> None:
    known = Surroundings(naming(load=1), ANN, place(2), NOW, load={3: 1})
    told = problem_with(person(3), known, own=True)
    assert told is not None
    assert told.en == "is asked for 1 reviews already, and nobody is asked for more"
    assert problem_with(person(3), replace(known, now=NOW + timedelta(days=1), load={}), own=True) is None
