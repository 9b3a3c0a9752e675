"""Whatever a forged button names, a report is the reader's own to see, or there is nothing under that name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.exchange import Press, Say, Show
from flows.core.screen import Act
from flows.reports.frame.asking import SHEET, report_of
from flows.reports.frame.filters import Filters
from flows.reports.kinds import REPORTS
from tests.stories.appealing import opened

NOT_THERE = "There is nothing here for you under that name."
LONG = "x" * 4000
FORGED = (
    ("all",), ("d:Engineering",), ("d:Engineering\nSales",), ("d:",), ("d:\n",), ("d:" + LONG,), ("b:",), ("b:-1",),
    ("b:0",), ("b:1",), ("b:999999999",), ("b:" + "9" * 40,), ("c:1",), (LONG,), ("ALL",), ("b:1\nb:2",),
)  # fmt: skip
ODD = (
    ("", "-1"), ("", "999999999"), ("", LONG), ("", "", "salary"), ("", "", LONG), ("", "1", "level", "1"),
    ("", "", "", "-5"), ("", "", "", "", "more"),
)  # fmt: skip


def shown(town: Any, name: str, kind: str, *about: str) -> Any:
    reply = town.receive(
        town.player(name).person.account, Press(Act("see", ("report-view", kind, *about)), "modal")
    )
    return reply.what


def is_nothing(what: Any) -> bool:
    """Whether it is the one sentence, as a word or as a window of nothing else."""
    words = what.words if isinstance(what, Say) else what.screen.body[0].words
    alone = isinstance(what, Say) or len(what.screen.body) == 1
    return alone and str(words.en).startswith(NOT_THERE)


@pytest.mark.parametrize(
    ("name", "other"), [("chenwei", "emily"), ("emily", "chenwei"), ("juliana", "chenwei")]
)
def test_nobody_sees_beyond_what_is_theirs(bare_quiet_town: Any, name: str, other: str) -> None:
    """Chen Wei leads a part of Engineering, Emily a part of Sales, Juliana is HR of Sales."""
    town = bare_quiet_town
    opened(town)
    person, beyond = town.player(name).person, f"b:{town.player(other).person.id}"
    for kind in REPORTS:
        for about in (*FORGED, (beyond,)):
            assert is_nothing(shown(town, name, kind.name, *about)), (kind.name, about)
            form = Act("open", ("report-choose", Filters(kind.name, *about).as_subject))
            assert is_nothing(town.receive(person.account, Press(form, "modal")).what), (kind.name, about)


@pytest.mark.parametrize("name", ["marta", "emily", "juliana"])
def test_what_makes_no_sense_is_a_report_or_a_sentence(bare_quiet_town: Any, name: str) -> None:
    town = bare_quiet_town
    opened(town)
    for kind in REPORTS:
        for about in (*ODD, *(FORGED if name == "marta" else ())):
            what = shown(town, name, kind.name, *about)
            assert isinstance(what, Show | Say), (kind.name, about)


@pytest.mark.parametrize("name", ["kavya", "lina"])
def test_whoever_leads_nobody_has_none(bare_quiet_town: Any, name: str) -> None:
    town = bare_quiet_town
    opened(town)
    own = town.player(name).person.id
    for kind in REPORTS:
        for about in ((), *FORGED, (f"b:{own}",)):
            assert is_nothing(shown(town, name, kind.name, *about)), (kind.name, about)


def test_a_file_that_was_ordered_before_the_right_was_lost_is_not_made(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    opened(town)

    def made(records: Any, roles: tuple[str, ...], *, active: bool = True) -> Any:
        marta = replace(records.people.by_email("marta@example.com"), roles=roles, active=active)
        order = records.file_orders.ask(SHEET, marta.id, Filters("ratings", "all").as_json, town.now())
        return report_of(records, order, marta, town.now())

    assert town.records(lambda records: made(records, ("hr",))) is not None
    for roles in ((), ("hr:Sales",), ("auditor",), ("operator",)):
        assert town.records(lambda records, roles=roles: made(records, roles)) is None
    assert town.records(lambda records: made(records, ("hr",), active=False)) is None
