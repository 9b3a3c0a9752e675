"""The line of phases, and shares of what is done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.cycle.progress import Share, by_phase, in_all, line_of_phases, on_now, share_of
from flows.cycle.records import Audience, Cycle
from tests.stories.quarter import QUARTER

FIRST = date(2026, 3, 9)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def cycle(**other: Any) -> Cycle:
    return Cycle(1, "live", "Q2", FIRST, QUARTER, Audience(), 1, NOW, **other)


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (date(2026, 3, 8), "○ Goals · ○ Goal talk", "○ 目标 · ○ 目标沟通"),
        (date(2026, 3, 9), "● Goals (until 15 Mar) · ○ Goal talk", "● 目标（截至 3月15日） · ○ 目标沟通"),
        (date(2026, 3, 15), "● Goals (until 15 Mar) · ○ Goal talk", "● 目标（截至 3月15日） · ○ 目标沟通"),
        (
            date(2026, 3, 16),
            "● Goals (was due 15 Mar) · ● Goal talk (until 22 Mar)",
            "● 目标（3月15日 已截止） · ● 目标沟通（截至 3月22日）",
        ),
        (
            date(2026, 3, 23),
            "✓ Goals · ● Goal talk (was due 22 Mar)",
            "✓ 目标 · ● 目标沟通（3月22日 已截止）",
        ),
    ],
)
def test_the_line_says_what_is_over_on_and_ahead(day: date, en: str, zh: str) -> None:
    words = line_of_phases(cycle(), day)
    assert words.en.startswith(en)
    assert words.zh.startswith(zh)


def test_a_moved_phase_and_a_last_day_of_ones_own_show_in_the_line() -> None:
    moved = cycle(moved={"goals": (date(2026, 3, 11), date(2026, 3, 20))})
    assert line_of_phases(moved, date(2026, 3, 10)).en.startswith("○ Goals")
    assert "Goals (until 20 Mar)" in line_of_phases(moved, date(2026, 3, 12)).en
    own = line_of_phases(moved, date(2026, 3, 12), {"goals": date(2026, 3, 25)})
    assert "Goals (until 25 Mar)" in own.en


def test_a_phase_in_which_nobody_is_asked_is_never_on() -> None:
    assert [window.phase.name for window in on_now(cycle(), date(2026, 4, 18))] == ["manager-review"]
    assert [window.phase.name for window in on_now(cycle(), date(2026, 3, 16))] == ["goals", "talk"]


def test_what_is_waived_is_not_counted() -> None:
    counted = [
        ("goals", "Sales", "done", 3), ("goals", "Sales", "open", 1), ("goals", "Sales", "waived", 9),
        ("goals", "Legal", "expired", 2), ("talk", "Legal", "waived", 1),
    ]  # fmt: skip
    shares = by_phase(counted)  # type: ignore[arg-type]
    assert shares == {"goals": {"Sales": Share(3, 4), "Legal": Share(0, 2)}, "talk": {"Legal": Share()}}
    assert in_all(shares["goals"].values()) == Share(3, 6)
    assert in_all(shares["goals"].values()).percent == 50
    assert in_all([]).percent == share_of([]).percent == 0
    assert by_phase(counted, {"Legal"})["goals"] == {"Legal": Share(0, 2)}  # type: ignore[arg-type]
