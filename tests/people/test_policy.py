"""Who may do what: every relation to every thing, against a table that is written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.people.person import Person
from flows.people.policy import Thing, allows, may, thing_of
from flows.people.policy_rules import EVERYDAY as RULES

NOW = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)

# Who asks, seen from the owner (Ana, of Sales): one column each, "x" where it is allowed.
ACTORS = (
    "self",
    "manager",
    "above",
    "top",
    "peer",
    "report",
    "hr",
    "hr_sales",
    "hr_other",
    "auditor",
    "operator",
)
ORACLE = """
                      self manager above top peer report hr hr_sales hr_other auditor operator
checkin write         x    -       -     -   -    -      -  -        -        -       -
checkin read          x    x       x     x   -    -      -  -        -        -       -
checkin read_mood     x    x       -     -   -    -      -  -        -        -       -
checkin respond       -    x       -     -   -    -      -  -        -        -       -
digest read           x    -       -     -   -    -      -  -        -        -       -
team_channel set      x    -       -     -   -    -      -  -        -        -       -
praise       give     x    -       -     -   -    -      -  -        -        -       -
praise       read     x    -       -     -   -    -      -  -        -        -       -
praise_rules set      -    -       -     -   -    -      x  -        -        -       -
evidence note         x    x       x     x   -    -      -  -        -        -       -
evidence read         x    x       x     x   -    -      -  -        -        -       -
evidence_noted take_back x -       -     -   -    -      -  -        -        -       -
feedback give         x    -       -     -   -    -      -  -        -        -       -
feedback read         x    -       -     -   -    -      -  -        -        -       -
feedback_shared read  x    x       -     -   -    -      -  -        -        -       -
feedback_request answer x  -       -     -   -    -      -  -        -        -       -
suggestion write      x    -       -     -   -    -      -  -        -        -       -
suggestions answer    -    -       -     -   -    -      x  -        -        -       -
my_data read          x    -       -     -   -    -      -  -        -        -       -
my_data ask           x    -       -     -   -    -      -  -        -        -       -
data_requests read    -    -       -     -   -    -      x  x        -        -       -
data_request answer   -    -       -     -   -    -      x  x        -        -       -
retention set         -    -       -     -   -    -      x  -        -        -       -
meeting_list read     x    -       -     -   -    -      -  -        -        -       -
meeting hold          -    -       -     -   -    -      -  -        -        -       -
meeting steer         -    -       -     -   -    -      -  -        -        -       -
one_on_one hold       x    x       -     -   -    -      -  -        -        -       -
one_on_one steer      x    x       -     -   -    -      -  -        -        -       -
team_meeting hold     x    -       -     -   -    x      -  -        -        -       -
team_meeting steer    x    -       -     -   -    -      -  -        -        -       -
calendar keep         x    -       -     -   -    -      -  -        -        -       -
improvement_list read  x   -       -     -   -    -      -  -        -        -       -
improvement_list edit  x   -       -     -   -    -      -  -        -        -       -
improvement_draft view -   x       -     -   -    -      x  x        -        -       -
improvement_draft edit -   x       -     -   -    -      x  x        -        -       -
improvement_asking answer - -      -     -   -    -      x  x        -        -       -
development_plan read  x   x       x     x   -    -      -  -        -        -       -
development_plan write x   x       -     -   -    -      -  -        -        -       -
development_plan answer x  x       -     -   -    -      -  -        -        -       -
development_plans read x   -       -     -   -    -      -  -        -        -       -
action close          x    x       -     -   -    -      -  -        -        -       -
actions read          x    x       x     x   -    -      -  -        -        -       -
trainings read        x    x       x     x   x    x      x  x        x        x       x
training_catalogue steer - -       -     -   -    -      x  x        -        -       -
training_place ask    x    -       -     -   -    -      -  -        -        -       -
training_place decide -    x       -     -   -    -      x  x        -        -       -
training_place record -    x       -     -   -    -      x  x        -        -       -
task answer           x    -       -     -   -    -      -  -        -        -       -
absence set           x    -       -     -   -    -      -  -        -        -       -
conversation hold     x    -       -     -   -    -      -  -        -        -       -
completion read       -    -       -     -   -    -      x  x        -        -       -
programme steer       -    -       -     -   -    -      x  -        -        -       -
broadcast write       -    -       -     -   -    -      x  x        -        -       -
broadcast steer       x    -       -     -   -    -      x  -        -        -       -
rehearsal read        -    -       -     -   -    -      x  x        -        -       -
joiners decide        -    -       -     -   -    -      x  x        -        -       -
joiner decide         -    -       -     -   -    -      x  x        -        -       -
unled name            -    -       -     -   -    -      x  x        -        -       -
delegation set        x    -       -     -   -    -      -  -        -        -       -
waiver read           -    -       -     -   -    -      x  x        -        -       -
waiver object         -    -       -     -   -    -      x  x        -        -       -
operator read         -    -       -     -   -    -      -  -        -        -       x
cycles read           -    -       -     -   -    -      x  x        -        -       -
cycle read            -    -       -     -   -    -      x  x        -        -       -
cycle steer           -    -       -     -   -    -      x  x        -        -       -
cycle_people change   -    -       -     -   -    -      x  x        -        -       -
goals write           x    -       -     -   -    -      -  -        -        -       -
goals read            x    x       x     x   -    -      -  -        -        -       -
goals answer          x    x       -     -   -    -      -  -        -        -       -
goal_draft read       x    -       -     -   -    -      -  -        -        -       -
goal_public read      x    x       x     x   x    x      x  x        x        x       x
goal_team read        x    x       x     x   x    x      -  -        -        -       -
goal_private read     x    x       x     x   -    -      -  -        -        -       -
goal write            x    -       -     -   -    -      -  -        -        -       -
goal change           x    x       -     -   -    -      -  -        -        -       -
goal answer           x    x       -     -   -    -      -  -        -        -       -
goal record           x    x       -     -   -    -      -  -        -        -       -
goal split            x    -       -     -   -    -      x  -        -        -       -
goal_step write       x    -       -     -   -    -      -  -        -        -       -
goal_step decide      -    x       -     -   -    -      -  -        -        -       -
goal_tree read        x    x       x     x   x    x      x  x        x        x       x
team_goals read       x    -       -     -   -    -      -  -        -        -       -
team_goals set        x    -       -     -   -    -      -  -        -        -       -
company_goals set     -    -       -     -   -    -      x  x        -        -       -
goals_import do       -    -       -     -   -    -      x  x        -        -       -
goals_agreed read     -    -       -     -   -    -      x  x        -        -       -
api_tokens steer      -    -       -     -   -    -      x  x        -        -       -
review write          x    -       -     -   -    -      -  -        -        -       -
review view           -    -       -     -   -    -      -  -        -        -       -
diary read            x    x       x     x   -    -      -  -        -        -       -
score view            -    -       -     -   -    -      -  -        -        -       -
review_list read      x    -       -     -   -    -      -  -        -        -       -
appeal_figures read   -    -       -     -   -    -      x  x        -        -       -
rule_book read        x    -       -     -   -    -      x  x        -        -       -
reward_budget read    -    -       -     -   -    -      x  x        -        -       -
reward_budget set     -    -       -     -   -    -      x  x        -        -       -
payroll run           -    -       -     -   -    -      x  -        -        -       -
todo tick             x    -       -     -   -    -      -  -        -        -       -
cycle_team read       x    -       -     -   -    -      -  -        -        -       -
goal_risk read        x    x       x     x   -    -      x  x        -        -       -
quiet_person read     -    x       x     x   -    -      x  x        -        -       -
reports read          x    -       -     -   -    -      -  -        -        -       -
report read           -    -       -     -   -    -      -  -        -        -       -
report read_hr        -    -       -     -   -    -      -  -        -        -       -
report_company read   -    -       -     -   -    -      x  -        -        -       -
report_company read_hr -   -       -     -   -    -      x  -        -        -       -
report_department read -   -       -     -   -    -      x  x        -        -       -
report_department read_hr - -      -     -   -    -      x  x        -        -       -
report_line read      x    x       x     x   -    -      x  x        -        -       -
report_line read_hr   -    -       -     -   -    -      x  x        -        -       -
operator release      -    -       -     -   -    -      -  -        -        -       x
door read             x    x       x     x   x    x      x  x        x        x       x
"""  # fmt: skip
TABLE = {
    (kind, action, actor): mark == "x"
    for kind, action, *marks in (line.split() for line in ORACLE.strip().splitlines()[1:])
    for actor, mark in zip(ACTORS, marks, strict=True)
}


def person(number: int, *roles: str, department: str = "Sales") -> Person:
    return Person(
        number, f"p{number}@example.com", f"P{number}", None, department, "L3", "", roles, "Europe/Berlin", "en", None,
        None, f"U{number}", True,
    )  # fmt: skip


OWNER = replace(person(1), manager=2)
OF_HR = (
    "goal_risk",
    "quiet_person",
    "rehearsal",
    "joiners",
    "joiner",
    "unled",
    "appeal_figures",
    "improvement_asking",
    "improvement_draft",
    "training_catalogue",
    "data_requests",
    "data_request",
    "rule_book",
    "waiver",
    "cycles",
    "cycle",
    "cycle_people",
    "company_goals",
    "goals_import",
    "goals_agreed",
    "api_tokens",
    "rule_book",
    "reward_budget",
    "report_department",
    "report_line",
)
"""Kinds of things that all of HR looks after, each in their own departments."""

PEOPLE = {
    "self": OWNER,
    "manager": person(2),
    "above": person(3),
    "top": person(4),
    "peer": replace(person(5), manager=2),
    "report": replace(person(6), manager=1),
    "hr": person(7, "hr", department="People"),
    "hr_sales": person(8, "hr:Sales", department="People"),
    "hr_other": person(9, "hr:Engineering", department="People"),
    "auditor": person(10, "auditor"),
    "operator": person(11, "operator"),
}
LINE = (2, 3, 4)


def owned(kind: str) -> Thing:
    return Thing(kind, OWNER, LINE)


def test_the_table_names_every_rule_and_no_other() -> None:
    assert {(kind, action) for kind, action, _ in TABLE} == set(RULES)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "action"), sorted(RULES))
def test_it_is_allowed_where_the_table_says_so(kind: str, action: str, actor: str) -> None:
    assert may(PEOPLE[actor], action, owned(kind), NOW) is TABLE[kind, action, actor]


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "action"), sorted(RULES))
def test_who_has_left_may_do_nothing(kind: str, action: str, actor: str) -> None:
    assert not may(replace(PEOPLE[actor], active=False), action, owned(kind), NOW)
    assert not may(replace(PEOPLE[actor], left_on=date(2026, 3, 3)), action, owned(kind), NOW)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "action"), sorted(RULES))
def test_what_no_rule_names_is_refused(kind: str, action: str, actor: str) -> None:
    assert not may(PEOPLE[actor], "delete", owned(kind), NOW)
    assert not may(PEOPLE[actor], action, owned("weather"), NOW)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "action"), sorted(RULES))
def test_a_thing_that_is_nobodys_is_only_for_roles_and_the_door(kind: str, action: str, actor: str) -> None:
    roles = {("completion", "read"): {"hr", "hr_sales", "hr_other"}, ("programme", "steer"): {"hr"}}
    roles |= {("broadcast", "write"): {"hr", "hr_sales", "hr_other"}, ("broadcast", "steer"): {"hr"}}
    roles |= {rule: {"hr", "hr_sales", "hr_other"} for rule in RULES if rule[0] in OF_HR}
    roles |= {("training_place", action): {"hr", "hr_sales", "hr_other"} for action in ("decide", "record")}
    roles |= {
        ("operator", "read"): {"operator"},
        ("operator", "release"): {"operator"},
        ("report_company", "read"): {"hr"},
        ("report_company", "read_hr"): {"hr"},
        ("goal", "split"): {"hr"},
        ("payroll", "run"): {"hr"},
        ("retention", "set"): {"hr"},
        ("praise_rules", "set"): {"hr"},
        ("suggestions", "answer"): {"hr"},
    }
    allowed = (
        set(ACTORS)
        if kind in ("door", "goal_public", "goal_tree", "trainings")
        else roles.get((kind, action), set())
    )
    assert may(PEOPLE[actor], action, Thing(kind), NOW) is (actor in allowed)


@pytest.mark.parametrize(
    ("reach", "steers", "reads"),
    [
        ({"Sales"}, "hr hr_sales", "hr hr_sales"),
        ({"Sales", "Engineering"}, "hr", "hr hr_sales hr_other"),
        ({"Legal"}, "hr", "hr"),
        ({"Sales", ""}, "hr", "hr hr_sales"),
        (set(), "hr", "hr"),
    ],
)
def test_who_steers_a_cycle_looks_after_every_department_that_it_reaches(
    reach: set[str], steers: str, reads: str
) -> None:
    thing = Thing("cycle", departments=frozenset(reach))
    assert [name for name in ACTORS if may(PEOPLE[name], "steer", thing, NOW)] == steers.split()
    assert [name for name in ACTORS if may(PEOPLE[name], "read", thing, NOW)] == reads.split()


def test_the_last_day_of_work_counts_by_the_persons_own_calendar() -> None:
    leaver = replace(OWNER, left_on=date(2026, 3, 4), zone="America/Los_Angeles")
    assert may(leaver, "write", Thing("checkin", leaver), datetime(2026, 3, 5, 7, 59, tzinfo=UTC))
    assert not may(leaver, "write", Thing("checkin", leaver), datetime(2026, 3, 5, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("owner", "read", "mood"),
    [
        ((), False, False),
        ((2,), True, True),
        ((9, 2), True, False),
        ((9, 8, 2), True, False),
        ((9, 8), False, False),
    ],
)
def test_rights_follow_the_line_as_it_is_now(owner: tuple[int, ...], read: bool, mood: bool) -> None:
    thing = Thing("checkin", OWNER, owner)
    assert may(PEOPLE["manager"], "read", thing, NOW) is read
    assert may(PEOPLE["manager"], "read_mood", thing, NOW) is mood


def test_hr_who_is_also_a_manager_reads_as_a_manager_does() -> None:
    both = replace(PEOPLE["hr"], id=2)
    assert may(both, "read", owned("checkin"), NOW)
    assert may(both, "steer", Thing("programme"), NOW)


def test_a_role_that_only_looks_like_one_gives_nothing() -> None:
    for role in ("HR", "hr:", "hr:sales", "human resources", "hrx"):
        odd = person(12, role)
        assert not may(odd, "read", owned("completion"), NOW), role
        assert not may(odd, "steer", Thing("programme"), NOW), role


class Line:
    """A directory that knows one line and counts who asks for it."""

    asked = 0

    def line_of(self, _person: int) -> tuple[int, ...]:
        self.asked += 1
        return LINE


def test_the_line_above_is_looked_up_for_others_only() -> None:
    lines = Line()
    assert thing_of("checkin", OWNER, OWNER, lines) == Thing("checkin", OWNER)
    assert lines.asked == 0
    assert thing_of("checkin", OWNER, PEOPLE["manager"], lines) == owned("checkin")


class Below:
    """A directory in which person 7 reports to 20, who reports to the owner."""

    def line_of(self, person: int) -> tuple[int, ...]:
        return {7: (20, 1), 20: (1,)}.get(person, ())


def test_hr_is_nobodys_hr_towards_managers_above_them_except_where_nobody_is_judged() -> None:
    hr = replace(PEOPLE["hr"], manager=20)
    assert not may(hr, "object", thing_of("waiver", OWNER, hr, Below()), NOW)
    assert may(hr, "object", thing_of("waiver", PEOPLE["peer"], hr, Below()), NOW)
    assert may(hr, "decide", thing_of("joiner", OWNER, hr, Below()), NOW)


@pytest.mark.parametrize(
    ("rule", "kind", "actor", "allowed"),
    [
        (("goal_public", "read"), "goal_public", "report", True),
        (("goal_public", "read"), "goal_team", "hr", False),
        (("goal_public", "read"), "goal_private", "peer", False),
        (("goal_public", "read"), "goal_draft", "manager", False),
        (("goal_public", "read"), "goal_draft", "self", True),
        (("goal_public", "read"), "goals", "self", False),
        (("goal_team", "read"), "goal_public", "self", False),
    ],
)
def test_what_is_declared_for_a_kind_is_used_on_it_or_on_what_fewer_may_see(
    rule: tuple[str, str], kind: str, actor: str, allowed: bool
) -> None:
    assert allows(PEOPLE[actor], rule, owned(kind), NOW) is allowed
    assert not allows(PEOPLE[actor], rule, None, NOW)
