"""The states of an improvement plan, its record, and its dates, against whatever is pressed in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.plans.improving.ledger import broken_at, next_step, seal_of
from flows.plans.improving.machine import GRANTED, NotNow, after, may_follow, wishes
from flows.plans.improving.records import OVER, Plan, State, Step, StepKind, Wish
from flows.plans.improving.terms import (
    Expectation,
    Terms,
    as_json,
    from_json,
    later,
    meeting_after,
    moved,
    working_days,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TERMS = Terms(
    "late",
    "12 February",
    (Expectation(1, "say so", "asked", date(2026, 3, 20), "talks"),),
    "weekly",
    date(2026, 4, 10),
)
NEW = Plan(1, 10, 20, 20, NOW)
KINDS: tuple[StepKind, ...] = get_args(StepKind)
WISHES: tuple[Wish, ...] = get_args(Wish)

LEGAL: dict[State, set[State]] = {
    "draft": {"draft", "published", "withdrawn"},
    "published": {"published", "acknowledged", "paused", "met", "not_met", "withdrawn"},
    "acknowledged": {"published", "acknowledged", "paused", "met", "not_met", "withdrawn"},
    "paused": {"published", "acknowledged", "paused", "met", "not_met", "withdrawn"},
    "met": {"met"},
    "not_met": {"not_met"},
    "withdrawn": {"withdrawn"},
}
"""Written out by hand: from where to where a step may lead."""


def content_for(plan: Plan, kind: StepKind, wish: Wish) -> dict[str, Any]:
    """What a step of the kind says, as the flows say it."""
    today = date(2026, 3, 2).isoformat()
    match kind:
        case "asked":
            terms = TERMS if wish in ("publish", "change", "extend") else None
            return {"wish": wish, "why": "", "terms": as_json(terms)}
        case "published" | "extended" | "resumed":
            return {"terms": as_json(TERMS), "today": today, "version": plan.version + 1, "days": 0}
        case "meeting" | "missed":
            return {"day": plan.meeting.isoformat() if plan.meeting else today, "marks": {}}
        case "paused":
            return {"today": today, "why": ""}
        case "handed":
            return {"from": plan.manager, "to": plan.manager + 1}
        case _:
            return {"why": ""}


def press(plan: Plan, kind: StepKind, wish: Wish, by: int | None = 20) -> tuple[Plan, Step]:
    step = next_step(plan, kind, by, content_for(plan, kind, wish), NOW)
    return after(plan, step), step


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(WISHES), st.sampled_from([None, 20])), max_size=40
    )
)
def test_whatever_is_pressed_no_plan_goes_where_it_may_not(
    presses: list[tuple[StepKind, Wish, int | None]],
) -> None:
    plan, steps = NEW, []
    for kind, wish, by in presses:
        try:
            moved_on, step = press(plan, kind, wish, by)
        except NotNow:
            continue
        assert moved_on.state in LEGAL[plan.state]
        assert moved_on.version - plan.version == (kind in ("published", "extended"))
        if kind in ("published", "extended", "met", "not_met"):
            assert plan.asking is not None  # nothing takes effect that HR was not asked about
            assert GRANTED[plan.asking.wish] == kind
        plan, steps = moved_on, [*steps, step]
        assert plan.acknowledged <= plan.version
        assert (plan.paused_on is not None) == (plan.state == "paused")
        assert (plan.ended_at is not None) == (plan.state in OVER)
        assert (plan.terms is None) == (plan.version == 0)
        if plan.state == "acknowledged":
            assert plan.acknowledged == plan.version
    assert broken_at(plan, steps) is None


@given(st.sampled_from(KINDS), st.sampled_from(WISHES), st.sampled_from(["met", "not_met", "withdrawn"]))
def test_what_is_over_takes_comments_only(kind: StepKind, wish: Wish, state: State) -> None:
    over = replace(NEW, state=state, version=1, terms=TERMS, ended_at=NOW)
    if kind == "commented":
        assert press(over, kind, wish)[0].state == state
    else:
        with pytest.raises(NotNow):
            press(over, kind, wish)
    assert wishes(over) == []


@pytest.mark.parametrize("wish", WISHES)
def test_hr_agrees_to_what_it_was_asked_and_to_nothing_else(wish: Wish) -> None:
    plan = (
        NEW
        if wish == "publish"
        else replace(NEW, state="acknowledged", version=1, acknowledged=1, terms=TERMS)
    )
    asked, _ = press(plan, "asked", wish)
    granting = {kind for kind in ("published", "extended", "met", "not_met") if may_follow(asked, kind)}
    assert granting == ({GRANTED[wish]} if wish != "withdrawn" else set())
    assert not may_follow(asked, "asked")


def published() -> tuple[Plan, list[Step]]:
    plan, one = press(NEW, "asked", "publish")
    plan, two = press(plan, "published", "publish")
    return plan, [one, two]


def test_a_new_version_is_to_be_read_again_whatever_was_read_before() -> None:
    plan, _ = published()
    plan, _ = press(plan, "acknowledged", "publish")
    assert plan.state == "acknowledged"
    plan, _ = press(plan, "asked", "change")
    plan, _ = press(plan, "published", "change")
    assert (plan.state, plan.acknowledged, plan.version) == ("published", 1, 2)


def test_who_comes_back_from_a_pause_has_read_what_they_had_read() -> None:
    plan, _ = published()
    plan, _ = press(plan, "acknowledged", "publish")
    plan, _ = press(plan, "paused", "publish", None)
    assert plan.on_leave
    plan, _ = press(plan, "resumed", "publish", None)
    assert plan.state == "acknowledged"


@pytest.mark.parametrize("field", ["kind", "by", "at", "content", "seal", "before", "hash", "number"])
def test_any_change_of_the_record_shows(field: str) -> None:
    plan, steps = published()
    changed = {
        "kind": "extended", "by": 99, "at": NOW + timedelta(seconds=1), "content": {"wish": "met"},
        "seal": seal_of({}), "before": "x", "hash": "y", "number": 7,
    }  # fmt: skip
    assert broken_at(plan, [replace(steps[0], **{field: changed[field]}), steps[1]]) == 1  # type: ignore[arg-type]
    assert broken_at(plan, steps[:1]) == 2
    assert broken_at(plan, steps[1:]) == 1


def test_what_is_taken_away_by_age_leaves_a_record_that_is_whole() -> None:
    plan, steps = published()
    assert broken_at(plan, [replace(step, content=None) for step in steps]) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_sealed_as_a_database_gives_it_back(text: str) -> None:
    step = next_step(NEW, "commented", 10, {"comment": text}, NOW)
    assert step.content is not None
    kept = step.content["comment"]
    assert "\0" not in kept
    kept.encode()
    assert seal_of(step.content) == step.seal


def test_half_of_a_pair_is_kept_as_a_sign_that_can_be_kept() -> None:
    step = next_step(NEW, "commented", 10, {"comment": "a\ud83d b\0"}, NOW)
    assert step.content == {"comment": "a\ufffd b\ufffd"}


def test_terms_survive_being_kept() -> None:
    assert from_json(as_json(TERMS)) == TERMS
    assert from_json(None) is None


@pytest.mark.parametrize(
    ("day", "days", "country", "then"),
    [
        (date(2026, 4, 10), 0, "IN", date(2026, 4, 10)),
        (date(2026, 4, 10), 1, "IN", date(2026, 4, 13)),
        (date(2026, 4, 10), 5, "IN", date(2026, 4, 20)),  # the 14th is a holiday
        (date(2026, 9, 30), 1, "CN", date(2026, 10, 8)),  # the National Day week
        (date(2026, 12, 24), 2, "DE", date(2026, 12, 29)),
        (date(2026, 3, 6), 1, None, date(2026, 3, 9)),
    ],
)
def test_dates_move_by_working_days(day: date, days: int, country: str | None, then: date) -> None:
    assert later(day, days, country) == then


@given(st.integers(0, 60), st.sampled_from([None, "CN", "IN", "DE", "BR"]))
def test_moving_by_working_days_and_counting_them_agree(days: int, country: str | None) -> None:
    start = later(date(2026, 2, 27), 1, country)
    assert working_days(start, later(start, days, country), country) == days


def test_what_was_due_before_the_pause_stays_where_it_was() -> None:
    terms = replace(
        TERMS,
        expectations=(TERMS.expectations[0], replace(TERMS.expectations[0], key=2, by=date(2026, 4, 3))),
    )
    shifted = moved(terms, date(2026, 3, 23), 5, None)
    assert [one.by for one in shifted.expectations] == [date(2026, 3, 20), date(2026, 4, 10)]
    assert shifted.ends == date(2026, 4, 17)


@pytest.mark.parametrize(
    ("rhythm", "not_before", "then"),
    [
        ("weekly", date(2026, 3, 9), date(2026, 3, 16)),
        ("biweekly", date(2026, 3, 9), date(2026, 3, 23)),
        ("weekly", date(2026, 4, 1), date(2026, 4, 6)),
    ],
)
def test_meetings_keep_their_weekday(rhythm: Any, not_before: date, then: date) -> None:
    assert meeting_after(date(2026, 3, 9), rhythm, not_before) == then
