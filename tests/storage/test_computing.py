"""Results computed from what is kept: every component with its sources, versions only where something has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import event

from flows.core.kinds import Rating, Text
from flows.core.owed import Task
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import same
from flows.cycle.records import Audience, Cycle, Participant, Sweep
from flows.cycle.template import Anonymity, Phase, Step, Template
from flows.cycle.template import Review as Form
from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import series_of
from flows.people.person import Person
from flows.results.computing import NAME, compute, compute_all, plan_results, proposal, rate
from flows.results.inputs import recompute
from flows.results.ledger import check
from flows.results.records import Release, Session, Version
from flows.reviews.published import published
from flows.reviews.records import Guest, Review
from storage.engine import Store
from tests.storage.conftest import Hire

D = Decimal
FIVE = Rating(tuple(Option(str(step), same(step)) for step in range(1, 6)), unknown=True)
FOUR = Rating(tuple(Option(str(step), same(step)) for step in range(1, 5)))
BEHAVIOUR, HELPS = (Question("behaviour", same("Behaviour?"), FIVE), Question("helps", same("Helps?"), FOUR))
RISK, WHY = Question("risk", same("Risk?"), FIVE), Question("why", same("Why?"), Text(4))


def form(kind: Any, *questions: Question, **more: Any) -> Form:
    return Form(kind, same(kind), questions, **more)


def phase(kind: Any, starts: int, work: Any = "review") -> Phase:
    return Phase(f"{kind}-review", same(kind), starts, 5, work, review=kind, hard=True, grace=0)


TEMPLATE = Template(
    "all", same("All"), "quarter",
    (phase("peer", -30), phase("project", -30), phase("external", -30), phase("upward", -30), phase("manager", 0)),
    reviews={
        "peer": form("peer", HELPS, WHY, anonymous=True),
        "upward": form("upward", HELPS, anonymous=True),
        "project": form("project", HELPS, BEHAVIOUR, RISK, private={"risk": "hr"}),
        "external": form("external", HELPS),
        "manager": form("manager", BEHAVIOUR, WHY),
    },
    goal_methods=("kpi", "okr"),
    weights={name: D(share) for name, share in (
        ("goals", 50), ("behaviour", 20), ("peers", 10), ("project", 10), ("external", 10),
    )},
    scale=tuple(Step(str(step), same(step), D(step), coefficient=D(step) / 4) for step in range(1, 6)),
    anonymity=Anonymity(peers=3, upward=4),
)  # fmt: skip


class Office:
    """Ann and some others, whom Mo leads; colleagues, a lead and a customer can review them."""

    def __init__(self, store: Store, hire: Hire, now: datetime) -> None:
        self.store, self.now, self.hire = store, now, hire
        self.mo = hire("Mo")
        self.ann, self.bo = hire("Ann", self.mo), hire("Bo", self.mo)
        self.colleagues = [hire(f"Colleague {number}", self.mo) for number in range(4)]
        self.cycle = self.kept(TEMPLATE)
        for one in (self.ann, self.bo):
            self.join(one)

    def kept(self, template: Template) -> Cycle:
        with self.store.work() as records:
            return records.cycles.save(
                Cycle(0, "live", "Q4", date(2026, 11, 16), template, Audience(), self.mo.id, self.now)
            )

    def join(self, person: Person, place: Any = "in") -> None:
        made = Participant(
            self.cycle.id, person.id, place, self.mo.id, person.department, person.level, person.zone,
            person.language, self.now,
        )  # fmt: skip
        with self.store.work() as records:
            records.participants.add([made])

    def goal(
        self, person: Person, title: str, value: object = None, state: Any = "agreed", **terms: Any
    ) -> Goal:
        with self.store.work() as records:
            goal = records.goals.save(Goal(0, person.id, Terms(title, **terms), self.cycle.id, state=state))
        if value is not None:
            self.say(goal, value)
        return goal

    def say(self, goal: Goal, value: object, day: date = date(2026, 11, 18)) -> None:
        with self.store.work() as records:
            records.readings.keep(
                [Reading(0, series_of(goal), day.isoformat(), day, D(str(value)), "goal", self.now)]
            )

    def reviewed(self, kind: Any, about: Person, author: Person, **answers: Any) -> Review:
        review = Review(
            0, self.cycle.id, f"{kind}-review", kind, about.id, author.id, self.mo.id, answers, self.now
        )
        with self.store.work() as records:
            return records.reviews.keep(review)

    def unnamed(
        self, about: Person, *answers: Any, kind: str = "peer", until: timedelta = timedelta(-20)
    ) -> None:
        """Anonymous reviews by as many colleagues."""
        with self.store.work() as records:
            for author, helps in zip(self.colleagues, answers, strict=False):
                at = self.now + until
                records.tasks.add(
                    [
                        Task(
                            0,
                            "review",
                            self.cycle.id,
                            author.id,
                            f"{kind}-review",
                            "done",
                            at,
                            at,
                            at,
                            about=about.id,
                        )
                    ]
                )
                records.pens.keep(self.cycle.id, f"{kind}-review", author.id, about.id, {"helps": helps})

    def guest(self, about: Person, helps: str, sent: bool = True) -> None:
        with self.store.work() as records:
            guest, _ = records.guests.invite(
                Guest(
                    0, self.cycle.id, "external-review", about.id, "Customer", "Co", "en", "", self.mo.id,
                    self.now, self.now,
                )
            )  # fmt: skip
            if sent:
                records.guests.save(replace(guest, sent_at=self.now, answers={"helps": helps}))

    def compute(self, *people: Person, days: int = 0) -> int:
        ids = [one.id for one in people or (self.ann, self.bo)]
        with self.store.work() as records:
            return compute(records, self.cycle, ids, self.now + timedelta(days=days))

    def versions(self, person: Person) -> list[Version]:
        with self.store.work() as records:
            return records.ledger.of(self.cycle.id, person.id)

    def last(self, person: Person) -> Version:
        return self.versions(person)[-1]

    def components(self, person: Person) -> dict[str, Any]:
        return {one["name"]: one for one in self.last(person).inputs["components"]}


@pytest.fixture
def office(store: Store, hire: Hire, now: datetime) -> Office:
    return Office(store, hire, now)


def everything(office: Office) -> None:
    """All five components of Ann's result."""
    ann = office.ann
    office.goal(ann, "Orders", 90, target=D(100), weight=D(60))
    office.goal(ann, "Errors", 12, target=D(10), lower=True, weight=D(40))
    office.reviewed("manager", ann, office.mo, behaviour="4", why="x")
    office.unnamed(ann, "3", "3", "4")
    office.reviewed("project", ann, office.colleagues[0], helps="2", behaviour="5", risk="1")
    office.reviewed("project", ann, office.colleagues[1], helps="3", behaviour="unknown", risk="1")
    office.guest(ann, "4")


def test_every_component_counts_with_its_weight_and_carries_its_source(office: Office) -> None:
    everything(office)
    assert office.compute() == 1  # Bo has nothing yet
    found, of = office.last(office.ann), office.components(office.ann)
    assert (found.kind, found.version, found.by, found.why, found.before) == ("computed", 1, None, "", "")
    # goals: 0.6 x 90 + 0.4 x (2 − 12 ÷ 10 = 80) = 86
    assert of["goals"]["value"] == "86"
    assert [one["attainment"] for one in of["goals"]["goals"]] == ["90", "80"]
    assert of["goals"]["goals"][0]["valued"][0] == "90, the value of Wednesday 18 November"
    assert of["goals"]["goals"][0]["source"] == "goal"
    assert of["behaviour"] | {"review": 0} == {
        "name": "behaviour", "value": "80", "review": 0, "phase": "manager-review", "by": office.mo.id,
        "rated": "4", "of": "5",
    }  # fmt: skip
    # the published average of 3, 3 and 4 is 3.5, of 4 steps
    assert of["peers"] == {
        "name": "peers", "value": "87.5", "phase": "peer-review", "averages": {"helps": "3.5"}, "of": {"helps": "4"},
    }  # fmt: skip
    # helps 2.5 of 4 is 62.5, behaviour 5 of 5 is 100; what only HR reads counts nowhere, nor who can't judge
    assert of["project"]["averages"] == {"helps": "2.5", "behaviour": "5"}
    assert of["project"]["value"] == "81.25"
    assert len(of["project"]["reviews"]) == 2
    assert of["external"]["value"] == "100"
    # 0.5 x 86 + 0.2 x 80 + 0.1 x (87.5 + 81.25 + 100)
    assert found.score == D("85.88")
    assert found.rating == proposal(found) == "4"  # 1 + 4 x 0.8588 = 4.4
    assert found.coefficient == 1
    assert recompute(found.inputs) == found.score
    assert check([found]) is None


def test_what_is_missing_is_left_out_and_says_why(office: Office) -> None:
    office.goal(office.ann, "Orders", target=D(100))
    office.unnamed(office.ann, "1", "1")  # two of three
    office.guest(office.ann, "1", sent=False)
    office.reviewed("manager", office.ann, office.mo, behaviour="3", why="x")
    office.compute()
    assert office.last(office.ann).score == 60
    assert {name: one.get("missing") for name, one in office.components(office.ann).items()} == {
        "goals": "no_values", "behaviour": None, "peers": "too_few", "project": "nobody", "external": "nobody",
    }  # fmt: skip


def test_an_objective_is_made_of_its_key_results(office: Office) -> None:
    objective = office.goal(office.ann, "Delight", shape="objective", method="okr", weight=D(100))
    for title, value, weight in (("One", 8, 75), ("Two", 4, 25), ("Three", None, 50)):
        office.goal(
            office.ann,
            title,
            value,
            method="okr",
            target=D(10),
            weight=D(weight),
            parent=objective.id,
            stretch=D(12),
        )
    office.compute()
    assert office.components(office.ann)["goals"]["value"] == "70"
    assert recompute(office.last(office.ann).inputs) == office.last(office.ann).score == 70


def test_only_what_is_agreed_counts(office: Office) -> None:
    office.goal(office.ann, "Proposed", 100, state="proposed", target=D(100))
    office.reviewed("manager", office.ann, office.mo, behaviour="3", why="x")
    office.compute()
    assert office.components(office.ann)["goals"]["missing"] == "no_goals"
    office.goal(office.ann, "Agreed", 50, target=D(100))
    office.compute()
    assert office.components(office.ann)["goals"]["value"] == "50"
    assert recompute(office.last(office.ann).inputs) == office.last(office.ann).score


def test_a_version_is_added_only_where_something_has_changed(office: Office) -> None:
    everything(office)
    assert office.compute() == 1
    assert office.compute() == office.compute(days=1) == 0
    goal = office.goal(office.bo, "Orders", 50, target=D(100))
    assert office.compute() == 1
    office.say(goal, 60, date(2026, 11, 19))
    assert office.compute() == 1
    assert [one.score for one in office.versions(office.bo)] == [50, 60]
    assert check(office.versions(office.bo)) is None


def test_what_others_give_counts_once_they_can_write_no_more(office: Office) -> None:
    late = replace(
        TEMPLATE, phases=(*(replace(one, starts=-1) for one in TEMPLATE.phases[:4]), TEMPLATE.phases[4])
    )
    office.cycle = office.kept(late)
    office.join(office.ann)
    everything(office)
    office.compute(office.ann)
    assert office.components(office.ann)["peers"] == {"name": "peers", "value": None, "missing": "not_yet"}
    assert office.components(office.ann)["external"]["missing"] == "not_yet"
    before = office.last(office.ann).score
    office.compute(office.ann, days=3)
    assert office.components(office.ann)["peers"]["value"] == "87.5"
    assert office.components(office.ann)["project"]["value"] == "81.25"
    assert office.last(office.ann).score != before


def test_with_names_the_average_is_the_plain_one(office: Office) -> None:
    open_form = replace(TEMPLATE.reviews["peer"], anonymous=False)
    office.cycle = office.kept(replace(TEMPLATE, reviews={**TEMPLATE.reviews, "peer": open_form}))
    office.join(office.ann)
    for author, helps in zip(office.colleagues, ("3", "3", "4"), strict=False):
        office.reviewed("peer", office.ann, author, helps=helps)
    office.compute(office.ann)
    assert office.components(office.ann)["peers"]["averages"] == {"helps": "3.3333"}
    assert office.components(office.ann)["peers"]["value"] == "83.3325"
    assert recompute(office.last(office.ann).inputs) == office.last(office.ann).score == D("83.33")


def test_after_the_seal_the_same_is_read(office: Office) -> None:
    office.unnamed(office.ann, "3", "3", "4")
    office.compute()
    before = office.components(office.ann)["peers"]
    with office.store.work() as records:
        groups = published(records, office.cycle, [office.ann.id], office.now)
        records.pens.seal(office.cycle.id, groups, [])
        records.releases.save(Release(office.cycle.id, office.mo.id, office.now, sealed_at=office.now))
    office.goal(office.ann, "Orders", 50, target=D(100))
    office.compute()
    assert office.components(office.ann)["peers"] == before
    assert len(office.versions(office.ann)) == 2


def test_a_formula_of_the_templates_own(office: Office) -> None:
    office.cycle = office.kept(
        replace(TEMPLATE, formula="goals * or_else(behaviour, 50) / 100 + or_else(upward, 0) / 10")
    )
    office.join(office.ann)
    office.goal(office.ann, "Orders", 90, target=D(100))
    office.compute(office.ann)
    found = office.last(office.ann)
    assert found.score == 45
    assert [one["name"] for one in found.inputs["components"]] == [
        "goals", "behaviour", "peers", "project", "external", "upward",
    ]  # fmt: skip
    office.reviewed("manager", office.ann, office.mo, behaviour="4", why="x")
    office.compute(office.ann)
    assert office.last(office.ann).score == 72
    assert recompute(office.last(office.ann).inputs) == 72


def test_a_rating_by_a_person_stays_when_the_score_is_computed_anew(office: Office) -> None:
    goal = office.goal(office.ann, "Orders", 90, target=D(100))
    with office.store.work() as records:
        made = rate(
            records, office.cycle, office.ann.id, "manager", "3", "a quiet year", office.mo, office.now
        )
    assert (made.version, made.score, made.rating, made.coefficient) == (2, D(90), "3", D("0.75"))
    assert proposal(made) == "5"
    assert office.compute() == 0
    office.say(goal, 60, date(2026, 11, 19))
    assert office.compute() == 1
    versions = office.versions(office.ann)
    assert [(one.kind, one.rating, one.score) for one in versions] == [
        ("computed", "5", 90), ("manager", "3", 90), ("computed", "3", 60),
    ]  # fmt: skip
    assert check(versions) is None
    assert {recompute(one.inputs) for one in versions} == {90, 60}


def test_somebody_can_be_rated_of_whom_nothing_is_known(office: Office) -> None:
    with office.store.work() as records:
        made = rate(records, office.cycle, office.bo.id, "manager", "3", "no data", office.mo, office.now)
    assert (made.version, made.score, made.rating) == (1, None, "3")
    assert office.versions(office.bo) == [made]
    office.goal(office.bo, "Orders", 90, target=D(100))
    office.compute()
    assert [one.score for one in office.versions(office.bo)] == [None, 90]


def test_what_is_final_is_not_computed_any_more(office: Office) -> None:
    for one in (office.ann, office.bo):
        office.goal(one, "Orders", 90, target=D(100))
    with office.store.work() as records:
        session = records.sessions.save(
            Session(0, office.cycle.id, "Sales", "open", (), office.mo.id, office.now)
        )
        records.sessions.seat(session, [office.ann.id])
        records.sessions.save(replace(session, state="locked", locked_by=office.mo.id, locked_at=office.now))
    assert office.compute() == 1
    assert office.versions(office.ann) == []
    with office.store.work() as records:
        records.releases.save(Release(office.cycle.id, office.mo.id, office.now, released_at=office.now))
    office.goal(office.bo, "More", 10, target=D(100))
    assert office.compute() == 0


def test_who_takes_no_part_is_left_as_they_are(office: Office) -> None:
    gone, outside = office.colleagues[:2]
    office.join(gone, "out")
    for one in (gone, outside):
        office.goal(one, "Orders", 90, target=D(100))
    assert office.compute(gone, outside) == 0


def test_of_two_that_rate_at_once_one_is_told(office: Office) -> None:
    class Behind:
        """What somebody reads whose look came before the other's version."""

        def __init__(self, records: Any, latest: Callable[..., Any]) -> None:
            self.ledger, self.latest, self._records = self, latest, records

        def add(self, versions: Any) -> int:
            return int(self._records.ledger.add(versions))

        def latest_many(self, cycle: int, people: Any) -> Any:
            return self._records.ledger.latest_many(cycle, people)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._records, name)

    office.goal(office.ann, "Orders", 90, target=D(100))
    office.compute()
    first = office.last(office.ann)
    with office.store.work() as records:
        rate(records, office.cycle, office.ann.id, "manager", "3", "x", office.mo, office.now)
        behind: Any = Behind(records, lambda *_: first)
        with pytest.raises(Refusal, match="changed at this moment"):
            rate(behind, office.cycle, office.ann.id, "manager", "4", "y", office.mo, office.now)
    assert [one.rating for one in office.versions(office.ann)] == ["5", "3"]


def test_once_a_day_all_running_cycles_are_computed(office: Office) -> None:
    office.goal(office.ann, "Orders", 90, target=D(100))

    def tick(now: datetime) -> int:
        done = 0
        with office.store.work() as records:
            plan_results(records, now)
        while True:
            with office.store.work() as records:
                work: Sweep | None = records.sweeps.due(now)
                if work is None:
                    return done
                assert work.key.startswith(f"{NAME}/")
                records.sweeps.save(compute_all.step(records, work, now))
                done += 1

    assert tick(office.now) == 2
    assert len(office.versions(office.ann)) == 1
    assert tick(office.now) == 0
    office.goal(office.ann, "More", 30, target=D(100))
    assert tick(office.now + timedelta(hours=1)) == 0
    assert tick(office.now + timedelta(days=1)) == 2
    assert [one.score for one in office.versions(office.ann)] == [90, 60]


def test_a_cycle_that_makes_no_results_or_not_yet_is_left_alone(office: Office) -> None:
    office.goal(office.ann, "Orders", 90, target=D(100))
    with office.store.work() as records:
        records.cycles.save(replace(office.cycle, template=replace(TEMPLATE, weights={})))
        plan_results(records, office.now)
        work = records.sweeps.due(office.now)
        assert work
        records.sweeps.save(compute_all.step(records, work, office.now))
        assert records.sweeps.due(office.now) is None


def test_many_are_read_in_as_few_queries_as_two(office: Office) -> None:
    people = [office.hire(f"Report {number}", office.mo) for number in range(40)]
    for one in people:
        office.join(one)
        office.goal(one, "Orders", 90, target=D(100))
        office.reviewed("manager", one, office.mo, behaviour="4", why="x")
        office.unnamed(one, "3", "3", "4")
    counts = []
    for some in (people[:2], people[2:]):
        asked: list[str] = []

        def note(*given: Any, asked: list[str] = asked) -> None:
            asked.append(given[2])

        event.listen(office.store.engine, "before_cursor_execute", note)
        assert office.compute(*some) == len(some)
        event.remove(office.store.engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 40


STEPS = strategies.sampled_from(["1", "2", "3", "4"])
AMOUNTS = strategies.decimals(0, 250, places=2)
GOALS = strategies.lists(
    strategies.fixed_dictionaries(
        {
            "value": strategies.none() | AMOUNTS,
            "target": strategies.none() | AMOUNTS,
            "baseline": strategies.none() | AMOUNTS,
            "stretch": strategies.none() | AMOUNTS,
            "weight": strategies.none() | strategies.sampled_from([D(10), D("33.33"), D(50)]),
            "lower": strategies.booleans(),
            "method": strategies.sampled_from(["kpi", "okr"]),
            "part": strategies.sampled_from(["ordinary", "ordinary", "bonus", "penalty"]),
        }
    ),
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    goals=GOALS,
    behaviour=strategies.none() | STEPS,
    peers=strategies.lists(STEPS, max_size=4),
    guests=strategies.lists(STEPS, max_size=2),
)
def test_whatever_is_kept_the_score_follows_from_the_inputs(
    office: Office, goals: Any, behaviour: Any, peers: Any, guests: Any
) -> None:
    person = office.hire(f"Person {len(office.colleagues)}", office.mo)
    office.colleagues.append(person)  # so that the next one has another name
    office.join(person)
    for number, terms in enumerate(goals):
        if terms["part"] != "ordinary" and terms["weight"] is None:
            terms = terms | {"part": "ordinary"}
        office.goal(person, f"Goal {number}", **terms)
    if behaviour:
        office.reviewed("manager", person, office.mo, behaviour=behaviour, why="x")
    office.unnamed(person, *peers)
    for helps in guests:
        office.guest(person, helps)
    office.compute(person)
    for version in office.versions(person):
        assert recompute(version.inputs) == version.score
        assert check([version]) is None
