"""A cycle that was not calibrated as its template wants it is released with a reason only, which HR and the audit log keep."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Guide, Phase
from tests.stories.releasing import OVER, RELEASED, ready, release
from tests.stories.test_explained import seated
from tests.stories.test_release import DAY, HOUR, audited, hired, press_unasked

CALIBRATED = replace(
    RELEASED, phases=(*RELEASED.phases, Phase("calibration", Words("Calibration", "校准"), 12, 1))
)
SHARES = ((("A",), Decimal(20)), (("B",), Decimal(70)), (("C",), Decimal(10)))
FORCED = replace(RELEASED, guide=Guide(SHARES, forced=True))
WHY = "The owners have decided so"
NONE = "the template has a calibration, and there was none"


def locked(town: Any, cycle: int, *names: str) -> None:
    """These people were calibrated, and nothing about them changes any more."""
    session = seated(town, cycle, *names)
    town.records(lambda records: records.sessions.save(replace(session, state="locked")))


def release_with(town: Any, why: str) -> Any:
    """HR releases it all the same."""
    marta = town.player("marta")
    marta.command("/cycle release")
    marta.touch("Release with a reason")
    marta.fill(why=why)
    assert marta.submit() == {}
    return marta


def test_without_any_calibration_it_takes_a_reason(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, CALIBRATED)
    marta = town.player("marta")
    marta.command("/cycle release")
    assert NONE in marta.window()
    with pytest.raises(AssertionError, match="there is no 'Release'"):
        marta.touch("Release")
    press_unasked(town, "marta", "release-ask", str(cycle))
    assert NONE in marta.last_aside
    assert town.records(lambda records: records.releases.get(cycle)) is None
    assert "The results of Q1 are being opened: 20 people" in release_with(town, WHY).window()
    town.to(OVER + HOUR)
    assert "The results of Q1 are released" in marta.messages()[-1]
    assert [line[2]["despite"] for line in audited(town, "release.begin")] == [WHY]
    marta.command("/cycle release")
    assert WHY in marta.window()
    assert NONE not in marta.window()


def test_who_was_in_no_session_is_counted_and_keeps_the_managers_rating(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, CALIBRATED)
    locked(town, cycle, "lina", "kavya")
    marta = town.player("marta")
    marta.command("/cycle release")
    # she and the managers above her are counted nowhere, so that it does not say where they are
    assert "In no calibration: 16 people; the rating that their manager gave stands" in marta.window()
    assert NONE not in marta.window()
    release(town)
    assert "The results of Q1 are released" in marta.messages()[-1]
    assert "despite" not in audited(town, "release.begin")[0][2]


def test_a_binding_guide_is_met_by_everybody_together(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, FORCED)
    for names in (("lina", "kavya", "jonas"), ("wangqiang", "zhangmin", "lena")):
        locked(town, cycle, *names)  # each too small for the guide
    marta = town.player("marta")
    marta.command("/cycle release")
    assert (
        "the guide of this cycle is binding, and taken together it is not met: Everybody here."
        in marta.window()
    )
    press_unasked(town, "marta", "release-ask", str(cycle))
    assert "can't be released yet: the guide of this cycle is binding" in marta.last_aside
    release_with(town, WHY)
    town.to(OVER + HOUR)
    assert "The results of Q1 are released" in marta.messages()[-1]


def test_a_guide_that_only_warns_or_is_met_is_in_nobodys_way(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town, replace(RELEASED, guide=Guide(SHARES, forced=True, tolerance=Decimal(90))))
    release(town)
    assert "The results of Q1 are released" in town.player("marta").messages()[-1]


def test_a_reason_takes_away_nothing_else_that_is_in_the_way(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, CALIBRATED)
    marta = town.player("marta")
    marta.command("/cycle release")
    marta.touch("Release with a reason")
    seated(town, cycle, "lina")  # somebody opens one meanwhile
    marta.fill(why=WHY)
    marta.submit()
    assert "calibration is not locked: Here" in marta.window()
    assert WHY in marta.window(), "what was typed stays"
    assert town.records(lambda records: records.releases.get(cycle)) is None


def test_the_second_person_reads_the_reason_first(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    hired(town, 40)
    cycle = ready(town, CALIBRATED)
    release_with(town, WHY)
    town.settle()
    liufang = town.player("liufang")
    assert "本周期未按模板要求完成校准，原因写在发布页面上" in liufang.messages()[-1]
    assert WHY not in liufang.messages()[-1]
    liufang.press("查看")
    assert WHY in liufang.window()
    liufang.touch("批准")
    town.to(OVER + DAY / 24)
    assert town.records(lambda records: records.releases.get(cycle)).despite == WHY
    assert "The results of Q1 are released" in town.player("marta").messages()[-1]
