"""Very many reviews, people, questions and words: each screen is within Slack's limits, and everything can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.exchange import Press, Reply, Show, Submit
from bot.rounds import Tick
from bot.slack.draw import draw_modal
from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.said import Option
from flows.core.screen import Act, Field, Screen
from flows.core.words import Words
from flows.cycle.kept import Audience, Cycle
from flows.cycle.planning import plan_snapshot
from flows.cycle.template import Review
from flows.goals.kept import Goal, Terms
from flows.results.records import Release, Session
from flows.reviews.records import Guest, Nomination
from flows.reviews.records import Review as Sent
from flows.reviews.sealing import seal_cycle
from tests.bot.cycle_house import CycleHouse, account, hire
from tests.bot.review_house import NOW, TEMPLATE, rated, review_house_in
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import acts_of, screens_in, told
from tests.bot.test_goal_forms import fitting
from tests.stories.reviewing import PEERS

LONG = "“长” <long> & *text* " * 150  # 3,000 characters
ANCHORS = tuple(
    Option(
        str(n),
        Words(f"Step {n} " + "long " * 20, f"第 {n} 级" + "很" * 60),
        Words("anchor " * 200, "锚" * 900),
    )
    for n in range(1, 6)
)
FORTY = tuple(
    Question(f"q{n}", Words(f"Question {n}? " + "Really? " * 30, f"问题 {n}？" + "真" * 150), Rating(ANCHORS, unknown=True))
    if n % 2
    else Question(f"q{n}", Words(f"Question {n}?", f"问题 {n}？"), Text(4), optional=True)
    for n in range(40)
)  # fmt: skip
MANY = replace(
    TEMPLATE,
    phases=tuple(phase for phase in TEMPLATE.phases if phase.name in (PEERS, "manager-review", "customers")),
    reviews={
        **TEMPLATE.reviews,
        "peer": Review("peer", Words("Colleague", "同事"), FORTY, anonymous=True),
        "manager": Review("manager", Words("Manager", "上级"), FORTY),
    },
    weights={"q1": Decimal(70), "peers": Decimal(30)},
)
TEAM = 120


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CycleHouse]:
    """Mei has 120 reports; Nia reviews 60 of them; the same again, released, with 300 people in one session."""
    here = review_house_in(f"sqlite:///{tmp_path_factory.mktemp('many') / 'perfloop.db'}")
    with here.store.work() as records:
        for n in range(TEAM):
            hire(here, records, f"report{n:03}", "mei", "Sales", ())
        for n in range(180):
            hire(here, records, f"other{n:03}", "ned", "Sales", ())
        for name, days in (("many", 18), ("over", 40)):
            begun(here, records, name, days)
    for days in (25, 3, 0):
        Tick(here.store, here.catalog, NOW - timedelta(days=days)).run()
    with here.store.work() as records:
        filled(here, records)
    yield here
    here.store.close()


def begun(house: CycleHouse, records: Any, name: str, days: int) -> None:
    owner = house.people["hanna"].id
    at = NOW - timedelta(days=days + 1)
    cycle = records.cycles.save(
        Cycle(0, "live", f"Cycle {name}", (NOW - timedelta(days=days)).date(), MANY, Audience(("Sales",)), owner, at,
              launched_at=at, launched_by=owner)
    )  # fmt: skip
    house.cycles[name] = cycle.id
    plan_snapshot(records, cycle, at)
    nia = house.people["nia"].id
    for n in range(60):
        about = house.people[f"report{n:03}"].id
        records.nominations.save(Nomination(0, cycle.id, PEERS, "peer", about, nia, "approved", about))
    for n in range(61, 118):
        lin = house.people["lin"].id
        who = house.people[f"report{n:03}"].id
        records.nominations.save(Nomination(0, cycle.id, PEERS, "peer", lin, who, "approved", lin))


def filled(house: CycleHouse, records: Any) -> None:
    """Lin has 50 goals, 57 colleagues who each wrote 3,000 characters to every question, and 20 customers."""
    over, lin, mei = house.cycles["over"], house.people["lin"].id, house.people["mei"].id
    for cycle in (over, house.cycles["many"]):
        for n in range(50):
            records.goals.save(Goal(0, lin, Terms(f"Goal {n} {LONG}"[:300], measure=LONG[:500]), cycle))
    answers = {one.name: "3" if isinstance(one.kind, Rating) else one.name for one in FORTY} | {"q0": LONG}
    for n in range(61, 118):
        records.pens.keep(over, PEERS, house.people[f"report{n:03}"].id, lin, answers)
    records.reviews.keep(Sent(0, over, "manager-review", "manager", lin, mei, mei, answers, NOW))
    for n in range(20):
        guest = Guest(0, over, "customers", lin, f"Guest {n} {LONG}"[:80], "Shop", "en", "", mei, NOW,
                      NOW + timedelta(days=1), None, NOW, {"keep": LONG})  # fmt: skip
        records.guests.invite(guest)
    people = [
        person.id for name, person in house.people.items() if name.startswith(("report", "other", "lin"))
    ]
    session = records.sessions.save(
        Session(0, over, "Many", "open", (house.people["hanna"].id,), house.people["hanna"].id, NOW)
    )
    records.sessions.seat(session, people)
    house.goals = {"session": session.id}
    for name in house.people:
        if name.startswith(("report", "other", "lin")):
            for turn in range(12 if name == "lin" else 1):
                rated(house, records, "over", name, "manager", "ABC"[turn % 3], "mei", LONG[:1000])


def pressed(house: CycleHouse, records: Any, who: str, act: Act, key: str) -> Reply:
    reply = house.front.receive(records, account(who), key, Press(act, "modal", said={}), NOW)
    check_drawn(act, reply)
    return reply


def all_parts(house: CycleHouse, records: Any, who: str, *about: str) -> list[Any]:
    """The blocks of a view in all its parts: each has a button to the next."""
    reply = pressed(house, records, who, Act("see", about), f"{who} {about}")
    assert isinstance(reply.what, Show)
    screen, parts = reply.what.screen, []
    for number in range(400):
        view = draw_modal(replace(screen, part=number), "en")
        parts.append(view["blocks"])
        if f'["part","{number + 1}"' not in str(view):
            return parts
    raise AssertionError("it never ends")


def read(parts: list[Any]) -> str:
    return str(parts)


def test_every_screen_of_many_is_within_the_limits(house: CycleHouse) -> None:
    """What leads on from the lists, the first screens of each kind."""
    over, many, lin = (
        str(one) for one in (house.cycles["over"], house.cycles["many"], house.people["lin"].id)
    )
    starts = {
        "nia": ["home", "reviews", "todo"],
        "mei": ["home", "score-list", "reviews", "guests", "approvals", "results-team", "cycle-team", "todo"],
        "hanna": ["calibrations", "cycles", "cycle-status", "guests"],
        "lin": ["home", "results", "nominations"],
    }
    seen = 0
    for who, names in starts.items():
        todo = [Act("see", (name,)) for name in names]
        if who in ("mei", "hanna"):
            todo += [
                Act("see", (name, over, lin)) for name in ("reviews-of", "diary", "result-explained", "goals")
            ]
            todo += [Act("see", (name, cycle)) for name in ("comments", "cycle-results", "cycle-reviewers", "cycle-release")
                     for cycle in (over, many)]  # fmt: skip
            todo += [
                Act("see", ("comments-about", over, lin)),
                Act("see", ("calibration", str(house.goals["session"]))),
            ]
        kinds: dict[tuple[str, str], int] = {}
        while todo:
            act = todo.pop(0)
            kind = (act.verb, act.about[0] if act.about else "")
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] > 3 or act.verb not in ("see", "open"):
                continue
            with house.trying() as (records, _):
                reply = pressed(house, records, who, act, f"{who} {seen}")
            seen += 1
            todo += [more for screen in screens_in(reply) for more in acts_of(screen.body)]
    assert seen > 60


def test_everybody_is_reached_by_paging(house: CycleHouse) -> None:
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "nia", "reviews", str(house.cycles["many"]), PEERS))
        assert all(f"Report{n:03}" in listed for n in range(60))
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "mei", "score-list"))
        assert all(f"Report{n:03}" in listed for n in range(TEAM))
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "hanna", "calibration", str(house.goals["session"])))
        assert all(f"Report{n:03}" in listed for n in range(TEAM))
        assert all(f"Other{n:03}" in listed for n in range(180))
    with house.trying() as (records, _):
        listed = read(all_parts(house, records, "hanna", "guests"))
        assert all(f"Guest {n} " in listed for n in range(20))
    for who in ("mei", "hanna"):
        with house.trying() as (records, _):
            listed = pages_of(house, records, who, Act("see", ("guests",)))
            assert all(f"Report{n:03}" in listed for n in range(TEAM))
            assert ("Other179" in listed) == (who == "hanna")


def pages_of(house: CycleHouse, records: Any, who: str, first: Act) -> str:
    """What stands on a list and on the pages that its buttons lead to."""
    todo, seen, found = [first], set[Act](), ""
    while todo:
        act = todo.pop()
        if act in seen:
            continue
        seen.add(act)
        reply = pressed(house, records, who, act, f"page {len(seen)}")
        found += told(reply)
        every = [more for screen in screens_in(reply) for more in acts_of(screen.body)]
        todo += [more for more in every if more.verb == "see" and more.about[0] == first.about[0]]
    return found


def sent_to_the_end(house: CycleHouse, records: Any, who: str, flow: str, subject: str) -> list[Screen]:
    """Fill a form of many screens in and send it; its screens."""
    reply = pressed(house, records, who, Act("open", (flow, subject)), "open")
    screens: list[Screen] = []
    for number in range(60):
        assert isinstance(reply.what, Show), reply.what
        screen = reply.what.screen
        if screen.submit is None or screen.place is None:
            return screens
        screens.append(screen)
        fields = [one for one in screen.body if isinstance(one, Field)]
        said = {
            one.name: LONG[: one.question.kind.most] if isinstance(one.question.kind, Text) else fitting(one)
            for one in fields
        }
        said = {name: answer for name, answer in said.items() if answer is not None}
        what = Submit(screen.place, said)
        reply = house.front.receive(records, account(who), f"send {number}", what, NOW)
        check_drawn(Act("open", (flow, subject)), reply)
    raise AssertionError("it never ends")


def test_forty_questions_with_long_anchors_are_written_and_read(house: CycleHouse) -> None:
    many, about = house.cycles["many"], house.people["report007"].id
    for who, phase in (("nia", PEERS), ("mei", "manager-review")):
        with house.trying() as (records, _):
            screens = sent_to_the_end(house, records, who, "review", f"{many}/{phase}/{about}")
            fields = [one.name for screen in screens for one in screen.body if isinstance(one, Field)]
            assert {f"review.q{n}" for n in range(40)} <= set(fields)
            for view in (("review-own", f"{many}/{phase}/{about}"), ("reviews-of", str(many), str(about))):
                pressed(house, records, who, Act("see", view), view[0])


def test_one_question_for_120_people_side_by_side(house: CycleHouse) -> None:
    with house.trying() as (records, _):
        screens = sent_to_the_end(
            house, records, "mei", "score-table", f"{house.cycles['many']}/manager-review/q1"
        )
        people = {one.name for screen in screens for one in screen.body if isinstance(one, Field)}
        assert len(people) >= TEAM


def test_a_result_of_fifty_goals_and_long_comments_is_read_to_its_end(house: CycleHouse) -> None:
    over, lin = house.cycles["over"], house.people["lin"].id
    with house.trying() as (records, _):
        cycle = records.cycles.get(over)
        assert cycle
        ago = NOW - timedelta(days=5)
        records.releases.save(Release(over, house.people["hanna"].id, ago))
        seal_cycle(records, cycle, ago)
        records.releases.save(
            Release(over, house.people["hanna"].id, ago, None, ago, ago + timedelta(days=2), ago)
        )
        for who in ("lin", "mei"):
            parts = all_parts(house, records, who, "result", str(over), str(lin))
            assert len(parts) > 5
            assert all(f"Question {n}?" in read(parts) for n in range(40))
            explained = all_parts(house, records, who, "result-explained", str(over), str(lin))
            assert told(explained)
