"""What a rehearsal finds before launch: one story for each problem, and figures that add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.kept import Audience, Cycle, Participant
from flows.cycle.rehearsals import kept_json as rehearsal_json
from flows.cycle.rehearsals.checks import Company, load_problems, problems_of
from flows.cycle.rehearsals.figures import busiest_in_words, contents, in_words
from flows.cycle.rehearsals.rehearsal import Found, Problem, Thing, Told, mark_of, over_budget, summed
from flows.cycle.rehearsals.words import SAID, said
from flows.cycle.template import Anonymity, Nominations, NudgePolicy, OwnDays, Phase, Review, Template
from flows.cycle.templates.file import built_in
from flows.people.person import Person

FIRST = date(2026, 3, 9)  # a Monday
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOALS = Phase("goals", Words("Goals", "目标"), 0, 12, "goals")
MANAGERS = Phase("mgr", Words("Manager review", "上级评估"), 21, 12, "review", "managers", "manager")


def cycle_of(*phases: Phase, first: date = FIRST, **template: Any) -> Cycle:
    made = Template("t", Words("T", "T"), "quarter", phases or (GOALS,), **template)
    return Cycle(1, "draft", "Q2", first, made, Audience(), 1, NOW)


def person(number: int, manager: int | None = 1, **other: Any) -> Person:
    given = Person(
        number, f"p{number}@example.com", f"P{number}", manager if number > 1 else None, "Sales", "P5", "", (),
        "Europe/Berlin", "en", None, None, f"U{number}", True,
    )  # fmt: skip
    return replace(given, **other)


def company(cycle: Cycle, *people: Person, now: datetime = NOW, approvers: tuple[int, ...] = (2,)) -> Company:
    taking = [
        Participant(cycle.id, p.id, "in", p.manager, p.department, p.level, p.zone, p.language, now)
        for p in people
    ]
    return Company(cycle, taking, {p.id: p for p in people}, now, approvers)


def kinds(found: list[Problem]) -> set[str]:
    return {problem.kind for problem in found}


def only(found: list[Problem], kind: str) -> Problem:
    (problem,) = [problem for problem in found if problem.kind == kind]
    return problem


def team(size: int) -> list[Person]:
    return [person(number) for number in range(1, size + 1)]


def test_a_sound_draft_has_no_problems() -> None:
    assert problems_of(company(cycle_of(), *team(6))) == []


def test_nobody_in_the_audience_blocks_the_launch() -> None:
    (problem,) = problems_of(company(cycle_of()))
    assert (problem.kind, problem.blocking) == ("nobody", True)


@pytest.mark.parametrize(
    ("size", "approvers", "blocked"), [(50, (), False), (51, (), True), (51, (2,), False)]
)
def test_above_fifty_people_somebody_else_must_be_able_to_approve(
    size: int, approvers: tuple[int, ...], blocked: bool
) -> None:
    found = problems_of(company(cycle_of(), *team(size), approvers=approvers))
    assert ("no_second" in kinds(found)) is blocked


def test_dates_that_passed_since_the_draft_was_made() -> None:
    begun = problems_of(company(cycle_of(), *team(3), now=NOW + timedelta(days=10)))
    assert only(begun, "begun").values["opens"] == "2026-03-09"
    over = problems_of(company(cycle_of(), *team(3), now=NOW + timedelta(days=30)))
    assert only(over, "over").blocking


def test_who_has_no_manager_is_named_only_where_managers_are_asked() -> None:
    people = [*team(3), person(4, None)]
    assert "no_manager" not in kinds(problems_of(company(cycle_of(GOALS), *people)))
    assert only(problems_of(company(cycle_of(MANAGERS), *people)), "no_manager").people == (1, 4)


def test_a_manager_who_is_gone() -> None:
    people = [replace(person(1), active=False), *team(4)[1:]]
    assert only(problems_of(company(cycle_of(MANAGERS), *people)), "manager_gone").people == (2, 3, 4)


def test_who_is_nowhere_known() -> None:
    people = [person(1), person(2, zone="UTC"), person(3, account=None)]
    found = problems_of(company(cycle_of(), *people))
    assert only(found, "no_zone").people == (2,)
    assert only(found, "no_account").people == (3,)


def test_leave_over_a_whole_phase_and_over_a_part() -> None:
    whole = person(2, away=((date(2026, 3, 1), date(2026, 3, 31)),))
    part = person(3, away=((date(2026, 3, 9), date(2026, 3, 10)),))
    weekend = person(4, away=((date(2026, 3, 14), date(2026, 3, 15)),))
    found = problems_of(company(cycle_of(), person(1), whole, part, weekend))
    assert only(found, "away").people == (2,)
    assert only(found, "partly_away").people == (3,)


def test_who_leaves_is_named_by_day() -> None:
    people = [
        person(1),
        person(2, left_on=date(2026, 3, 20)),
        person(3, left_on=date(2026, 3, 12)),
        person(4, left_on=date(2027, 1, 1)),
    ]
    problem = only(problems_of(company(cycle_of(), *people)), "leaving")
    assert problem.people == (3, 2)
    assert problem.values == {"first": "2026-03-12", "last": "2026-03-20"}


def test_phases_on_holidays_by_country() -> None:
    may = replace(GOALS, days=5)  # from Monday 27 April to Labour Day
    people = [person(1), person(2, zone="Asia/Shanghai"), person(3, zone="America/New_York")]
    found = problems_of(company(cycle_of(may, first=date(2026, 4, 27)), *people))
    due = {problem.values["country"] for problem in found if problem.kind == "due_on_holiday"}
    assert due == {"CN", "DE"}
    own = cycle_of(may, first=date(2026, 4, 27), nudges=NudgePolicy(
        own_days={"DE": OwnDays(working=frozenset({date(2026, 5, 1)}))}
    ))  # fmt: skip
    due = {p.values["country"] for p in problems_of(company(own, *people)) if p.kind == "due_on_holiday"}
    assert due == {"CN"}


def test_a_phase_with_too_few_working_days_names_the_country() -> None:
    golden = cycle_of(replace(GOALS, days=7), first=date(2026, 10, 1))
    found = problems_of(company(golden, person(1), person(2, zone="Asia/Shanghai")))
    assert only(found, "few_days").values["country"] == "CN"


def test_make_up_days_that_are_not_published_yet() -> None:
    found = problems_of(company(cycle_of(first=date(2028, 3, 6)), person(1), person(2, zone="Asia/Shanghai")))
    assert only(found, "days_unknown").values == {"country": "CN", "year": 2028, "people": 1}


PEERS = Phase("peers", Words("Peers", "同事评价"), 0, 12, "review", review="peer")
ANONYMOUS = {
    "peer": Review("peer", Words("Peers", "同事"), (), anonymous=True),
    "upward": Review("upward", Words("Upward", "向上"), (), anonymous=True),
}


def test_groups_that_never_reach_the_threshold() -> None:
    people = [*team(4), person(5, 1, department="Law"), person(6, 5, department="Law")]
    found = problems_of(company(cycle_of(PEERS, reviews=ANONYMOUS), *people))
    assert only(found, "small_team").people == (5,)  # leads one person; person 1 leads four
    assert only(found, "few_peers").people == (1, 6) or only(found, "few_peers").people == (6,)


NAMING = Phase("naming", Words("Naming", "提名"), -7, 5, "nominate", review="peer")


def test_reviews_that_nobody_is_named_for() -> None:
    assert only(problems_of(company(cycle_of(PEERS), *team(2))), "unnamed").values == {"phase": "peers"}
    assert "unnamed" not in kinds(problems_of(company(cycle_of(NAMING, PEERS), *team(2))))
    by_hr = cycle_of(NAMING, PEERS, nominations=Nominations(by=("hr",)))
    assert only(problems_of(company(by_hr, *team(2))), "unnamed").values == {"phase": "peers"}


def test_customers_are_asked_by_a_link() -> None:
    customers = Phase("customers", Words("Customers", "客户"), 0, 12, "review", review="external")
    assert only(problems_of(company(cycle_of(customers), *team(2))), "by_link").values == {
        "phase": "customers"
    }


def test_what_colleagues_say_counts_once_they_can_write_no_more() -> None:
    assert "counts_late" not in kinds(problems_of(company(cycle_of(PEERS, MANAGERS), *team(2))))
    late = replace(PEERS, days=26)  # its seven days of grace end with the day on which managers are due
    problem = only(problems_of(company(cycle_of(late, MANAGERS), *team(2))), "counts_late")
    assert problem.values == {"phase": "peers", "rating": "mgr"}


@pytest.mark.parametrize("template", built_in(), ids=lambda template: template.name)
def test_what_comes_along_has_reviewers_named_and_counted_in_time(template: Template) -> None:
    cycle = replace(cycle_of(), template=template)
    assert not {"unnamed", "counts_late"} & kinds(problems_of(company(cycle, *team(6))))


def test_what_an_earlier_release_found_and_this_one_does_not_know_is_left_out() -> None:
    found = replace(
        summed({}, 0, NOW, 0, 240), problems=(Problem("nobody", blocking=True), Problem("not_collected"))
    )
    assert rehearsal_json.load(rehearsal_json.dump(found)).problems == (Problem("nobody", blocking=True),)


def test_attributed_reviews_need_no_threshold() -> None:
    named = cycle_of(PEERS, reviews=ANONYMOUS, anonymity=Anonymity(attributed=True))
    assert not {"small_team", "few_peers"} & kinds(problems_of(company(named, *team(2))))


def test_a_manager_with_very_many_reviews() -> None:
    problem = only(problems_of(company(cycle_of(MANAGERS), *team(14))), "many_reviews")
    assert (problem.people, problem.values["most"]) == ((1,), 13)


def told(day: date, *things: Thing, person_zone: str = "Europe/Berlin") -> Told:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Told(at, local_day(at, person_zone), "digest", things or (Thing("goals", 1, "goals"),))


def test_a_full_week_counts_only_where_things_compete() -> None:
    week = [told(FIRST + timedelta(days=n)) for n in range(4)]
    assert over_budget({7: week}, 4) == {}
    competing = [*week[:3], told(FIRST + timedelta(days=3), Thing("checkin", 2, "w"))]
    assert over_budget({7: competing, 8: competing[:3]}, 4) == {7: 1}
    assert kinds(load_problems({7: 1}, 200)) == {"full_weeks", "long_kickoff"}


lines = st.lists(st.integers(0, 60), max_size=12).map(
    lambda days: [told(FIRST + timedelta(days=day)) for day in sorted(days)]
)


@given(st.dictionaries(st.integers(1, 40), lines.filter(bool), max_size=40))
def test_the_figures_add_up(timelines: dict[int, list[Told]]) -> None:
    found = summed(timelines, 40, NOW, 40, 240)
    assert sum(found.days.values()) == found.messages == sum(len(t) for t in timelines.values())
    assert found.readers == len(timelines)
    assert [busy.messages for busy in found.busiest] == sorted(
        (len(t) for t in timelines.values()), reverse=True
    )[:30]
    assert found.peak is None or found.peak[1] == max(found.days.values())
    assert rehearsal_json.load(rehearsal_json.dump(found)) == found
    for timeline in timelines.values():
        assert rehearsal_json.load_told(rehearsal_json.dump_told(timeline)) == timeline


VALUES = {
    "phase": "goals", "due": "2026-03-20", "opens": "2026-03-09", "day": "2026-05-01", "country": "CN", "people": 3,
    "first": "2026-03-09", "last": "2026-03-20", "days": 2, "year": 2028, "least": 4, "most": 13, "usual": 12,
    "minutes": 200, "from": 50, "rating": "mgr",
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("people", [(), (1,), (1, 2)])
def test_every_problem_and_its_remedy_is_said_in_both_languages(kind: str, people: tuple[int, ...]) -> None:
    for words in said(Problem(kind, VALUES, people), cycle_of()):
        for language in ("en", "zh"):
            text = words.say(language)
            assert text
            assert "{" not in text
        assert "1 people" not in words.en
        assert "2026-" not in words.en


def test_every_problem_that_is_found_has_its_words() -> None:
    bad = cycle_of(PEERS, MANAGERS, first=date(2028, 1, 24), reviews=ANONYMOUS)
    people = [person(1), person(2, zone="UTC", account=None, away=((bad.first, date(2028, 12, 1)),))]
    people += [person(3, None, left_on=date(2028, 2, 1), zone="Asia/Shanghai")]
    found = problems_of(company(bad, *people)) + problems_of(company(bad)) + load_problems({1: 2}, 999)
    assert len(kinds(found)) > 8
    assert kinds(found) <= SAID.keys()


def test_the_pictures_are_also_said_in_words() -> None:
    timelines = {1: [told(FIRST), told(FIRST + timedelta(days=7))], 2: [told(FIRST)]}
    found = summed(timelines, 2, NOW, 0, 240)
    words = in_words(found)
    assert words.en == ("3 messages on 2 days. Most on Monday 9 March: 2. By week: week 11: 2; week 12: 1.")
    assert "3月9日（周一）" in words.zh
    assert busiest_in_words(found, [person(1)]).en == "P1: 2 messages"
    assert in_words(summed({}, 0, NOW, 0, 240)).en == "No messages."


def test_a_message_is_told_by_what_it_asks() -> None:
    cycle = cycle_of(GOALS, MANAGERS)
    one = replace(
        told(FIRST, Thing("review", 1, "mgr", 9), Thing("checkin", 1, "w"), Thing("goals", 5, "x")),
        notices=("cycle.moved",),
    )
    assert contents(one, cycle).en == "Manager review ×9, Check-in, Another cycle, News about the cycle"
    assert contents(Told(one.at, one.day, "broadcast"), cycle).zh == "启动通知或公告"


def test_a_draft_is_known_again_by_what_decides_who_is_told_what() -> None:
    cycle = cycle_of()
    assert mark_of(cycle) == mark_of(replace(cycle, name="Other", state="rehearsed", rehearsed_at=NOW))
    changes: list[dict[str, Any]] = [
        {"first": FIRST + timedelta(days=1)},
        {"moved": {"goals": (FIRST, FIRST)}},
        {"audience": Audience(without=(3,))},
        {"template": replace(cycle.template, anonymity=Anonymity(peers=5))},
    ]
    marks = Counter(mark_of(replace(cycle, **change)) for change in [{}, *changes])
    assert set(marks.values()) == {1}


def test_a_kick_off_takes_whole_minutes() -> None:
    found = Found(NOW, 0, 0, 0, 0, {}, (), 241, 240)
    assert found.kickoff_minutes == 2
