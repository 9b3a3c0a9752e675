"""What holds in every company, whoever asks: nobody judges themselves, a deputy has no more than is lent, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.people.person import HR, HR_OF, Person
from flows.people.policy import Thing, allows, may, thing_of
from flows.people.policy_rules import ADMINISTERED, EVERYDAY
from flows.people.policy_table import COUNT, NOT_LENT, STAGES, TABLE
from tests.people.test_policy import person

NOW = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
TODAY = date(2026, 3, 4)
ROLES = st.sampled_from(
    [
        (),
        (),
        (),
        ("hr",),
        ("hr:Sales",),
        ("hr:Sales", "hr:Legal"),
        ("auditor",),
        ("operator",),
        ("hr", "operator"),
    ]
)
MANY = settings(max_examples=60, deadline=None)
STANDINGS = ("author", "reviewer", "session", "delegate", "former_manager", "decider", "audience", "head")
EVERYWHERE = [*STAGES, None]
STAGED = [(kind, action) for kind, row in TABLE.items() for action in row]
WRITING = ("create", "edit", "submit", "retract", "delete", "assign", "release", "delegate")
SCORES = ("score_proposed", "score_calibrated", "score_final")


@dataclass(frozen=True)
class Company:
    """People who report to whoever stands before them."""

    people: tuple[Person, ...]

    def line_of(self, who: int) -> tuple[int, ...]:
        above, found = self.people[who - 1].manager, []
        while above is not None:
            found.append(above)
            above = self.people[above - 1].manager
        return tuple(found)

    def manager_of(self, who: Person) -> Person | None:
        return self.people[who.manager - 1] if who.manager else None


@dataclass(frozen=True)
class Meeting:
    """Somebody of a company meets what is somebody's, with what they are to it besides."""

    company: Company
    actor: Person
    owner: Person
    standing: frozenset[Any]

    @property
    def own(self) -> bool:
        return self.actor.id == self.owner.id

    @property
    def upwards(self) -> bool:
        """It is the actor's own, or of somebody above them."""
        return self.own or self.owner.id in self.company.line_of(self.actor.id)

    @cached_property
    def first(self) -> Thing:
        found = thing_of("", self.owner, self.actor, self.company)
        above = self.owner.id in self.company.line_of(self.actor.id)
        return replace(found, standing=self.standing, above_actor=above)

    def thing(self, kind: str, stage: Any) -> Thing:
        first = self.first
        return Thing(kind, first.owner, first.line, None, stage, first.standing, first.above_actor)

    def may(self, kind: str, action: str, stage: Any, actor: Person | None = None) -> bool:
        return may(actor or self.actor, action, self.thing(kind, stage), NOW)

    def granted(self, *stages: Any) -> Iterator[tuple[str, str, Any]]:
        """Everything of the table that the actor may do with the owner's."""
        for (kind, action), stage in product(STAGED, stages or EVERYWHERE):
            if self.may(kind, action, stage):
                yield kind, action, stage


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    size = draw(st.integers(2, 7))
    people = []
    for number in range(1, size + 1):
        manager = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        department = draw(st.sampled_from(["Sales", "Legal"]))
        people.append(replace(person(number, *draw(ROLES), department=department), manager=manager))
    company = Company(tuple(people))
    actor, owner = draw(st.sampled_from(people)), draw(st.sampled_from(people))
    return Meeting(company, actor, owner, draw(st.frozensets(st.sampled_from(STANDINGS), max_size=3)))


TO_OWN = {
    "goal", "checkin", "self_review", "appeal", "appeal_apart",
    "peer_nomination",  # one may propose who reviews one: the manager approves
    "interview", "improvement_plan",  # one signs what was agreed
    "export",  # of one's own record
    "broadcast",  # its owner wrote it and is not its subject
}  # fmt: skip


@MANY
@given(meetings())
def test_w1_nobody_writes_scores_releases_decides_or_delegates_what_is_about_themselves(one: Meeting) -> None:
    own = replace(one, owner=one.actor)
    written = {(kind, action) for kind, action, _ in own.granted() if action in WRITING}
    if not (one.actor.is_hr and one.actor.hr_scope is None):  # of broadcasts, an HR admin is everybody's HR
        assert {kind for kind, _ in written} <= TO_OWN
    assert {kind for kind, _ in written} - {"broadcast"} <= TO_OWN
    assert {action for kind, action in written if kind != "broadcast"} <= {
        "create", "edit", "submit", "retract", "delete",
    }  # fmt: skip
    assert {action for kind, action in written if kind in ("interview", "improvement_plan")} <= {"submit"}


@MANY
@given(meetings())
def test_w2_no_appeal_is_decided_by_its_subject_the_scorer_or_who_stands_in_for_them(one: Meeting) -> None:
    decided = any(one.may("appeal_decision", action, "A") for action in ("create", "edit", "submit"))
    had_part = one.standing & {"author", "delegate"} or one.owner.manager == one.actor.id
    assert not (decided and (had_part or one.upwards))
    assert decided is ("decider" in one.standing and not had_part and not one.upwards)
    assert decided is one.may("appeal_apart", "create", "A")


@MANY
@given(meetings())
def test_w3_after_the_release_only_a_decision_on_an_appeal_adds_to_a_score(one: Meeting) -> None:
    after = {(kind, action) for kind, action, _ in one.granted("R", "A", "F", "X") if action in WRITING}
    assert not any(kind in SCORES for kind, _ in after)
    assert not any(kind.endswith("review") or kind.startswith(("peer", "manager_")) for kind, _ in after)


@MANY
@given(meetings())
def test_w4_only_an_hr_admin_releases_and_only_what_is_calibrated(one: Meeting) -> None:
    released = {(kind, stage) for kind, action, stage in one.granted() if action == "release"}
    scores = {stage for kind, stage in released if kind == "score_final"}
    assert scores == ({"K"} if one.actor.hr_scope is None and not one.upwards else set())
    assert {kind for kind, _ in released} <= {"score_final", "broadcast", "reward"}


@MANY
@given(meetings())
def test_w5_scores_are_proposed_by_the_manager_of_that_instant_while_reviews_are_open_or_closed(
    one: Meeting,
) -> None:
    proposed = {
        stage for kind, action, stage in one.granted() if (kind, action) == ("score_proposed", "create")
    }
    manager = one.owner.manager == one.actor.id
    stands_in = "delegate" in one.standing and not one.upwards
    assert proposed == ({"O", "C"} if manager or stands_in else set())
    moved = replace(one, owner=replace(one.owner, manager=None), standing=frozenset())
    moved = replace(
        moved, company=Company(tuple(moved.owner if p.id == one.owner.id else p for p in one.company.people))
    )
    assert not any(kind == "score_proposed" and action == "create" for kind, action, _ in moved.granted())


def lendable(kind: str, action: str) -> bool:
    return NOT_LENT.isdisjoint({(kind, action), (kind, "*"), ("*", action)})


@MANY
@given(meetings())
def test_w6_a_deputy_has_what_the_manager_has_less_what_is_never_lent(one: Meeting) -> None:
    """They act on neither themselves nor their own managers, and pass nothing on."""
    manager = one.company.manager_of(one.owner)
    deputy = replace(one, actor=replace(one.actor, roles=()), standing=frozenset({"delegate"}))
    without = replace(deputy, standing=frozenset())
    gained = set(deputy.granted()) - set(without.granted())
    if one.upwards:
        assert gained == set()
        return
    assert all(lendable(kind, action) for kind, action, _ in gained)
    assert not any(action in ("delegate", "export") or stage == "X" for _, action, stage in gained)
    if manager is not None:
        theirs = set(replace(one, actor=replace(manager, roles=()), standing=frozenset()).granted())
        assert gained <= theirs
        assert {one for one in theirs if lendable(one[0], one[1])} <= set(deputy.granted())


@MANY
@given(meetings())
def test_w7_who_is_away_keeps_every_right_of_their_own_and_stands_in_for_nobody(one: Meeting) -> None:
    away = replace(one.actor, away=((TODAY, TODAY),))
    every = [(kind, action, stage) for (kind, action), stage in product(STAGED, STAGES)]
    lent_to_nobody = replace(one, standing=one.standing - {"delegate"})
    here = {case for case in every if lent_to_nobody.may(*case)}
    if "decider" not in one.standing:
        assert {case for case in every if one.may(*case, actor=away)} == here
    still = replace(one, owner=replace(one.owner, away=((TODAY, TODAY),)))
    assert set(still.granted()) == set(one.granted())


@MANY
@given(meetings())
def test_w8_who_has_left_may_do_nothing_from_the_day_after_and_at_once_when_they_are_not_active(
    one: Meeting,
) -> None:
    for gone in (replace(one.actor, active=False), replace(one.actor, left_on=date(2026, 3, 3))):
        assert not any(
            one.may(kind, action, stage, actor=gone) for (kind, action), stage in product(STAGED, EVERYWHERE)
        )
        assert not any(may(gone, action, one.thing(kind, None), NOW) for kind, action in EVERYDAY)
    last_day = replace(one.actor, left_on=TODAY)
    assert all(one.may(*case, actor=last_day) for case in one.granted())


@MANY
@given(meetings())
def test_w9_over_oneself_and_the_managers_above_roles_of_hr_are_worth_nothing(one: Meeting) -> None:
    plain = tuple(role for role in one.actor.roles if role != HR and not role.startswith(HR_OF))
    everything = [(kind, action, stage) for (kind, action), stage in product(STAGED, EVERYWHERE)]
    everything += [(kind, action, None) for kind, action in EVERYDAY]
    judging = [case for case in everything if case[0] not in ADMINISTERED]
    with_roles = {case for case in judging if one.may(*case)}
    without = {case for case in judging if one.may(*case, actor=replace(one.actor, roles=plain))}
    assert without <= with_roles  # additive: a role takes nothing away
    if one.upwards:
        assert with_roles == without
    elif one.actor.hr_scope is None:
        assert with_roles > without


@MANY
@given(meetings())
def test_w9_nobody_calibrates_themselves_or_a_manager_above(one: Meeting) -> None:
    in_session = replace(one, standing=frozenset({"session"}), actor=replace(one.actor, roles=()))
    moves = in_session.may("score_calibrated", "edit", "K")
    assert moves is not one.upwards
    assert in_session.may("calibration_note", "view", "K") is not one.upwards


@MANY
@given(meetings())
def test_w10_an_operator_sees_counts_and_an_auditor_the_log(one: Meeting) -> None:
    other = replace(one, standing=frozenset())
    plain = set(replace(other, actor=replace(one.actor, roles=())).granted())
    operator = set(replace(other, actor=replace(one.actor, roles=("operator",))).granted()) - plain
    assert {(kind, action) for kind, action, _ in operator} == {("audit", COUNT)}
    auditor = set(replace(other, actor=replace(one.actor, roles=("auditor",))).granted()) - plain
    assert {(kind, action) for kind, action, _ in auditor} <= {
        ("audit", "view"),
        ("audit", "export"),
        ("export", COUNT),
    }


@MANY
@given(meetings())
def test_w11_what_is_refused_and_what_is_not_there_are_one_answer(one: Meeting) -> None:
    for (kind, action), stage in product(STAGED, STAGES):
        thing = one.thing(kind, stage)
        refused = not may(one.actor, action, thing, NOW)
        assert may(one.actor, action, None, NOW) is False
        assert allows(one.actor, (kind, action), None, NOW) is False
        assert allows(one.actor, (kind, action), thing, NOW) is not refused


@MANY
@given(meetings())
def test_w14_of_what_has_expired_there_is_nothing_but_the_log(one: Meeting) -> None:
    assert {kind for kind, _, _ in one.granted("X")} <= {"audit"}


@MANY
@given(meetings())
def test_nobody_but_the_author_ever_sees_who_wrote_an_anonymous_review(one: Meeting) -> None:
    seen = {
        kind
        for kind, action, _ in one.granted()
        if kind == "peer_raw" and action in ("view", "edit", "export")
    }
    assert not seen or "author" in one.standing
    asked = {kind for kind, action, _ in one.granted() if kind == "peer_assignment" and action == "view"}
    assert not asked or "reviewer" in one.standing


@MANY
@given(meetings(), st.sampled_from(STANDINGS))
def test_to_stand_in_another_way_as_well_takes_nothing_away_but_deciding_an_appeal(
    one: Meeting, more: str
) -> None:
    more_of = replace(one, standing=one.standing | {more})
    lost = set(one.granted()) - set(more_of.granted())
    assert {kind for kind, _, _ in lost} <= {"appeal", "appeal_decision", "appeal_apart"}
