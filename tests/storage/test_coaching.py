"""Praise's rules and points, evidence, feedback and suggestions come back as they were kept, and go when they are old."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flows.coaching.evidence_records import Clipping, Evidence
from flows.coaching.feedback_records import Feedback, FeedbackRequest
from flows.coaching.points import spend
from flows.coaching.records import USUAL_VALUES, Praise, PraiseRules
from flows.coaching.suggestion_records import Remark, Suggestion
from flows.core.refusal import Refusal
from flows.core.words import Words
from storage.engine import Store

DAY = timedelta(days=1)
HARD = "naïve 王 \u2028 𝔘 'quote' \x00"


def test_rules_are_the_usual_ones_until_hr_sets_others(store: Store) -> None:
    with store.work() as records:
        assert records.praise.rules() == PraiseRules(USUAL_VALUES)
        mine = PraiseRules((Words("Courage", "勇气"),), (("C1", "praise"),), 100)
        records.praise.set_rules(mine)
        records.praise.set_rules(replace(mine, points=None))
    with store.work() as records:
        assert records.praise.rules() == replace(mine, points=None)


def test_praise_comes_back_with_its_value_and_is_forgotten(store: Store, hire: Any, now: datetime) -> None:
    ana, bo = hire("Ana"), hire("Bo")
    with store.work() as records:
        records.praise.keep(Praise(0, bo.id, ana.id, "old", now - 9 * DAY))
        new = records.praise.keep(Praise(0, bo.id, ana.id, "new", now, "Courage", "勇气", "C1", 20))
        assert [one.text for one in records.praise.by(ana.id, now - 30 * DAY)] == ["old", "new"]
        assert records.praise.get(new.id) == new
        assert new.value == Words("Courage", "勇气")
        assert records.praise.points_given(ana.id, now - 30 * DAY) == 20
        assert records.praise.forget(now - DAY) == 1
        assert list(records.praise.about(bo.id, now - 30 * DAY)) == [new]


def test_two_that_give_at_once_never_spend_more_than_there_is(
    store: Store, hire: Callable[..., Any], now: datetime
) -> None:
    ana, bo = hire("Ana"), hire("Bo")
    rules = PraiseRules(points=100)

    def give(_: int) -> int:
        try:
            with store.work() as records:
                points = spend(records, ana, rules, Decimal(30), now)
                records.praise.keep(Praise(0, bo.id, ana.id, "x", now, points=points))
                return points or 0
        except Refusal:
            return 0

    with ThreadPoolExecutor(store.threads) as at_once:
        given = sum(at_once.map(give, range(8)))
    assert given == 90
    with store.work() as records:
        assert records.praise.points_given(ana.id, now - 30 * DAY) == 90


def test_evidence_and_what_was_taken_up(store: Store, hire: Any, now: datetime) -> None:
    ana, bo = hire("Ana"), hire("Bo")
    with store.work() as records:
        clipping = Clipping(0, ana.id, bo.id, "Bo", "said", "general", "https://x", False, now, now)
        kept = records.evidence.clip(clipping)
        assert records.evidence.clipping(kept.id) == replace(clipping, id=kept.id)
        records.evidence.prune(now + 8 * DAY)
        assert records.evidence.clipping(kept.id) is None
        seen = [
            records.evidence.keep(
                Evidence(0, bo.id, ana.id, day, "saw", "said", "Bo", "general", "", None, now - back * DAY)
            )
            for day, back in ((date(2026, 11, 2), 1), (date(2026, 10, 1), 40))
        ]
        assert list(records.evidence.about(bo.id, date(2026, 1, 1))) == [seen[1], seen[0]]
        assert list(records.evidence.about(bo.id, date(2026, 10, 2))) == [seen[0]]
        assert list(records.evidence.by(ana.id)) == [seen[1], seen[0]]
        assert records.evidence.forget(now - 30 * DAY) == 1
        records.evidence.take_away(seen[0].id)
        records.evidence.take_away(seen[0].id)
        assert records.evidence.get(seen[0].id) is None


def test_feedback_and_requests(store: Store, hire: Any, now: datetime) -> None:
    ana, bo = hire("Ana"), hire("Bo")
    with store.work() as records:
        request = records.feedback.ask(FeedbackRequest(0, bo.id, ana.id, "the demo", "open", now))
        assert list(records.feedback.asked_of(ana.id)) == [request]
        one = records.feedback.keep(Feedback(0, bo.id, ana.id, "s", "b", "e", "", True, request.id, now))
        records.feedback.settle(request.id, "answered")
        assert list(records.feedback.asked_of(ana.id)) == []
        assert [r.state for r in records.feedback.asked_by(bo.id, now)] == ["answered"]
        records.feedback.keep(Feedback(0, bo.id, ana.id, "s", "b", "e", "w", False, None, now - 9 * DAY))
        assert list(records.feedback.shared_about([ana.id, bo.id], now - 30 * DAY)) == [one]
        assert (records.feedback.thank(one.id, now), records.feedback.thank(one.id, now)) == (True, False)
        assert len(records.feedback.about(bo.id, now - 30 * DAY)) == 2
        assert records.feedback.forget(now - DAY) == 1
        assert [kept.thanked_at for kept in records.feedback.by(ana.id, now - 30 * DAY)] == [now]


def test_suggestions_are_their_authors_and_grow(store: Store) -> None:
    first = Suggestion("", (Remark("author", HARD, date(2026, 3, 2)),), "new", "tools")
    with store.work() as records:
        assert records.suggestions.of_author(1) == []
        assert records.suggestions.everything() == []
        kept = records.suggestions.add(1, first)
        other = records.suggestions.add(2, replace(first, signed=2))
        assert kept
        assert other
        assert kept.id != other.id
    with store.work() as records:
        assert list(records.suggestions.of_author(1)) == [kept]
        assert [one.signed for one in records.suggestions.of_author(2)] == [2]
        found = records.suggestions.get(kept.id)
        assert found
        records.suggestions.save(found.having(Remark("hr", "yes", date(2026, 3, 9)), "answered"))
    with store.work() as records:
        (grown,) = records.suggestions.of_author(1)
        assert [remark.text for remark in grown.remarks] == [HARD, "yes"]
        assert grown.state == "answered"
        assert records.suggestions.get("nothing") is None
        assert records.suggestions.forget(datetime(2026, 3, 9, tzinfo=UTC)) == 1, (
            "the one of which nothing was said since"
        )
        assert records.suggestions.of_author(2) == []
        assert len(records.suggestions.everything()) == 1


def test_hr_sees_a_week_later_and_the_author_opens_it_again() -> None:
    monday = date(2026, 3, 2)
    one = Suggestion("a", (Remark("author", "x", monday),))
    assert one.to_hr(monday) is None
    assert one.to_hr(monday + 7 * DAY) == one
    answered = one.having(Remark("hr", "y", monday + 7 * DAY), "answered")
    again = answered.having(Remark("author", "z", monday + 7 * DAY), "answered")
    seen = again.to_hr(monday + 7 * DAY)
    assert seen == answered, "what its author said this week is not there, in no way"
    later = again.to_hr(monday + 14 * DAY)
    assert later
    assert (later.state, len(later.remarks)) == ("in_progress", 3)
