"""A manager with a hundred reports, and very much of everything that follows a result or goes on all year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from flows.checkins.records import Checkin
from flows.checkins.setup import usual
from flows.coaching.evidence_records import Evidence
from flows.coaching.feedback_records import Feedback
from flows.coaching.meetings.records import Meeting, MeetingNote, Point
from flows.coaching.records import Praise
from flows.coaching.suggestion_records import Remark, Suggestion, week_of
from flows.cycle.calendar import Rhythm
from flows.cycle.kept import Audience, Cycle
from flows.cycle.planning import place_of
from flows.cycle.template import Phase
from flows.goals.kept import Goal, Terms
from flows.interviews.records import Interview
from flows.people.mine.records import DataRequest, Opening
from flows.plans.developing_kept import Content, DevelopmentPlan, Planned, PlanStep
from flows.plans.improving.records import Plan
from flows.plans.improving.terms import Expectation
from flows.plans.improving.terms import Terms as Expected
from flows.plans.records import Action
from flows.plans.training_kept import Enrolment, Training
from flows.results.appealing.records import Appeal
from flows.results.records import Release
from flows.results.rewards.records import Budget, Reward, Rules
from flows.reviews.records import Review
from flows.reviews.sealing import seal_cycle
from storage.work import Work
from tests.bot.cycle_house import CycleHouse, hire
from tests.bot.review_house import NOW, TEMPLATE, rated, review_house_in

LONG = ("“长” <long> & *text* " * 180)[:3000]
REPORTS, MANY, GOALS, TRAININGS, APPEALS, SUGGESTIONS = 100, 500, 60, 2000, 300, 200
TALKS = Phase("talks", TEMPLATE.phases[0].title, 40, 20, "interview", minutes=45)
DAY = timedelta(days=1)
TODAY = NOW.date()


def year_house_in(url: str) -> CycleHouse:
    """Mei leads a hundred people: all have a talk, a plan, rewards, actions and a 1:1; Lin has most of everything."""
    house = review_house_in(url)
    with house.store.work() as records:
        for n in range(REPORTS):
            hire(house, records, f"report{n:03}", "mei", "Sales", ())
        for n in range(APPEALS):
            hire(house, records, f"other{n:03}", "ned", "Sales", ())
        cycle = ended(house, records)
        for part in (talks, plans, meetings, rewards, appeals, trainings, coaching, own_data):
            part(house, records, cycle)
    return house


def team_of(house: CycleHouse) -> list[int]:
    return [house.people["lin"].id, *(house.people[f"report{n:03}"].id for n in range(REPORTS))]


def ended(house: CycleHouse, records: Work) -> Cycle:
    """A cycle whose results are open to everybody; Lin has 60 goals and wrote 3,000 characters to each question."""
    hanna, lin, mei, ned = (house.people[name].id for name in ("hanna", "lin", "mei", "ned"))
    begun, opened = NOW - 40 * DAY, NOW - 5 * DAY
    phases = (*(phase for phase in TEMPLATE.phases if phase.name in ("self-review", "manager-review")), TALKS)
    template = replace(TEMPLATE, phases=phases, weights={"results": Decimal(100)})
    cycle = records.cycles.save(
        Cycle(0, "live", "Cycle full", begun.date(), template, Audience(("Sales",)), hanna, begun,
              launched_at=begun, launched_by=hanna)
    )  # fmt: skip
    house.cycles["full"] = cycle.id
    managers = {mei: house.people["mei"], ned: house.people["ned"]}
    taking = [house.people[name] for name in house.people if name.startswith(("report", "other", "lin"))]
    records.participants.add([place_of(cycle.id, person, managers, begun) for person in taking])
    for n in range(GOALS):
        records.goals.save(Goal(0, lin, Terms(f"Goal {n} {LONG}"[:300], measure=LONG[:500]), cycle.id))
    answers = {"proud": LONG, "why": LONG, "learned": LONG, "results": "2"}
    for phase, kind, by in (("self-review", "self", lin), ("manager-review", "manager", mei)):
        records.reviews.keep(Review(0, cycle.id, phase, kind, lin, by, mei, answers, NOW - 20 * DAY))  # type: ignore[arg-type]
    for person in taking:
        name = person.name.lower()
        rated(house, records, "full", name, "manager", "B", "mei", LONG[:1000])
    records.releases.save(Release(cycle.id, hanna, opened))
    seal_cycle(records, cycle, opened)
    open_to_all = opened + 2 * DAY
    records.releases.save(Release(cycle.id, hanna, opened, None, opened, open_to_all, opened))
    return cycle


def talks(house: CycleHouse, records: Work, cycle: Cycle) -> None:
    """A talk with each: booked on the days to come, waiting for a time, held."""
    mei = house.people["mei"].id
    for n, person in enumerate(team_of(house)):
        starts = NOW + (n // 10 - 3) * DAY + timedelta(minutes=50 * (n % 10) - 180)
        span = (starts, starts + timedelta(minutes=45))
        state: Any = ("held" if span[0] < NOW else "booked") if n % 2 else "proposed"
        timed = span if state != "proposed" else (None, None)
        fresh = Interview(0, cycle.id, person, mei, "proposed", 45, NOW + 20 * DAY, f"talk-{n}@perfloop", 0, (span,) * 3,
                          person, None, None, LONG[:300], NOW, NOW)  # fmt: skip
        records.interviews.add([fresh])
        kept = records.interviews.find(cycle.id, person)
        assert kept
        records.interviews.save(replace(kept, state=state, starts_at=timed[0], ends_at=timed[1], turn=0))


def plans(house: CycleHouse, records: Work, cycle: Cycle) -> None:
    """A development plan of each, an improvement plan of every second, and Lin's 500 actions."""
    mei = house.people["mei"].id
    content = Content(
        LONG, LONG, LONG, LONG, tuple(Planned(f"Action {n} {LONG}"[:300], TODAY) for n in range(20))
    )
    expected = Expected(
        LONG, LONG, tuple(Expectation(n, LONG[:500], LONG[:500], TODAY, LONG[:500]) for n in range(8)), "weekly",
        TODAY + 60 * DAY,
    )  # fmt: skip
    for n, person in enumerate(team_of(house)):
        fresh = DevelopmentPlan(0, person, cycle.id, "proposed", content, NOW, asked_by=person)
        plan = replace(fresh, state="agreed", asked_by=None) if n % 2 else fresh
        records.development.save(plan, PlanStep(0, 0, 1, "proposed", person, NOW, content))
        if n % 2:
            records.improvements.start(
                Plan(
                    0,
                    person,
                    mei,
                    mei,
                    NOW,
                    "published",
                    1,
                    expected,
                    published_at=NOW,
                    meeting=TODAY + 7 * DAY,
                )
            )
    lin = house.people["lin"].id
    for n in range(MANY):
        done: Any = {"state": "done", "ended_at": NOW} if n % 3 == 0 else {"state": "open"}
        records.actions.add(
            Action(0, lin, "meeting", 1, f"Action {n} {LONG}"[:500], TODAY, made_by=mei, made_at=NOW, **done)
        )


def meetings(house: CycleHouse, records: Work, _cycle: Cycle) -> None:
    """A 1:1 with each; Lin's and the team's have 500 open points and 500 notes, and everybody reported for weeks."""
    mei, lin = house.people["mei"].id, house.people["lin"].id
    programme = records.programmes.save(usual(TODAY - 60 * DAY, None, NOW - 60 * DAY)).id
    form = {"done": LONG, "blockers": LONG[:1000], "one_on_one": LONG[:1000], "resource": LONG[:500]}
    for person in team_of(house):
        records.meetings.begin(Meeting(0, mei, person, Rhythm.WEEKLY, TODAY + DAY, TODAY - 30 * DAY, NOW))
        for week in range(4):
            day = NOW - (7 * week + 1) * DAY
            goals = {str(n): {"health": "off_track"} for n in range(5)}
            titles = {str(n): f"Goal {n} {LONG}"[:300] for n in range(5)}
            records.checkins.keep(
                Checkin(0, programme, person, day.date().isoformat(), form, goals, {}, titles, False, day)
            )
    team = records.meetings.begin(Meeting(0, mei, mei, Rhythm.MONTHLY, TODAY + DAY, TODAY - 30 * DAY, NOW))
    pair = records.meetings.find(mei, lin)
    assert pair
    for talk in (team, pair):
        for n in range(MANY):
            by = team_of(house)[n % REPORTS]
            records.meetings.add_point(
                Point(0, talk.id, by if talk is team else mei, f"Point {n} {LONG}"[:500], NOW)
            )
            records.meetings.keep_note(
                MeetingNote(
                    0, talk.id, by if talk is team else mei, TODAY, f"Note {n} {LONG}"[:3000], True, NOW
                )
            )


def rewards(house: CycleHouse, records: Work, cycle: Cycle) -> None:
    """Three proposals for each of Mei's people."""
    hanna, mei = house.people["hanna"].id, house.people["mei"].id
    kinds: Any = ("bonus", "raise", "honour")
    records.rewards.save_rules(
        Rules(cycle.id, kinds, "EUR", None, TODAY + 20 * DAY, TODAY - DAY, "C1", "Northwind", hanna, NOW)
    )
    records.rewards.set_budget(Budget(0, cycle.id, "Sales", None, Decimal(10**7)))
    budget = records.rewards.budget_for(cycle.id, "Sales", mei)
    assert budget
    for n, person in enumerate(team_of(house)):
        for kind in kinds:
            state: Any = ("proposed", "approved", "second")[n % 3]
            amount = None if kind == "honour" else Decimal(100)
            records.rewards.add(
                Reward(0, cycle.id, person, kind, state, amount, "Title" if kind == "honour" else "", LONG[:1000],
                       LONG if kind == "honour" else "", TODAY, 1, Decimal(1), budget.id if amount else None, mei, NOW,
                       approved_by=hanna if state == "approved" else None)
            )  # fmt: skip


def appeals(house: CycleHouse, records: Work, cycle: Cycle) -> None:
    """Each of Ned's people contests their result."""
    for n in range(APPEALS):
        person = house.people[f"other{n:03}"].id
        records.appeals.add(
            Appeal(0, cycle.id, person, "Sales", 1, "filed", ("rating",), LONG, LONG, "held", LONG, False, NOW, 1,
                   NOW, NOW + 5 * DAY)
        )  # fmt: skip


def trainings(house: CycleHouse, records: Work, _cycle: Cycle) -> None:
    """A catalogue of 2,000, one of which everybody takes; most of the team asks for one that costs something."""
    every = [
        records.trainings.save(Training(0, f"T{n:04}", f"Training {n} {LONG}"[:200], skills=LONG[:200],
                                        cost=Decimal(n % 2) * 100, currency="EUR"))
        for n in range(TRAININGS)
    ]  # fmt: skip
    for person in team_of(house):
        records.trainings.save_place(Enrolment(0, every[0].id, person, "enrolled", NOW))
        records.trainings.save_place(Enrolment(0, every[1].id, person, "asked", NOW))


def coaching(house: CycleHouse, records: Work, _cycle: Cycle) -> None:
    """500 notes about Lin, 500 pieces of feedback, and 200 suggestions of one person and 200 of others."""
    mei, lin, nia = (house.people[name].id for name in ("mei", "lin", "nia"))
    week = week_of(TODAY) - 7 * DAY
    for n in range(MANY):
        noted = f"Note {n} {LONG}"[:2000]
        records.evidence.keep(
            Evidence(0, lin, mei, TODAY, noted, LONG[:500], "Tom", "#sales", "", None, NOW - DAY)
        )
        records.feedback.keep(
            Feedback(0, lin, nia, noted, LONG[:500], LONG[:500], "", True, None, NOW - DAY, None)
        )
        records.praise.keep(Praise(0, lin, nia, noted[:1000], NOW - DAY))
    for n in range(SUGGESTIONS):
        remarks = (Remark("author", f"Suggestion {n} {LONG}"[:3000], week),)
        records.suggestions.add(lin, Suggestion("", remarks))


def own_data(house: CycleHouse, records: Work, _cycle: Cycle) -> None:
    """Lin's record was opened by 100 people on many days, and HR has 200 requests to answer."""
    lin = house.people["lin"].id
    for n, reader in enumerate(team_of(house)[1:]):
        for kind in ("result", "goals", "reviews"):
            records.openings.note(Opening(lin, reader, kind, TODAY - (n % 30) * DAY))
        for _ in range(2):
            records.wishes.add(DataRequest(0, reader, "correction", LONG, NOW))
    for _ in range(30):
        records.wishes.add(DataRequest(0, lin, "correction", LONG, NOW))


@contextmanager
def counting(house: CycleHouse) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(house.store.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(house.store.engine, "before_cursor_execute", note)
