"""Cycles, the company's own templates and delegations, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.cycle.records import Audience, Cycle, Delegation
from flows.cycle.template import OwnDays
from flows.cycle.templates.file import built_in, built_in_texts, read_template
from storage.engine import Store

OWN = """\
name: ours
title: { en: Our own, zh: 我们的 }
period: month
phases:
  - { name: only, title: { en: Only, zh: 唯一 }, starts: 0, days: 1 }
"""
TEMPLATES = {template.name: template for template in built_in()}


@pytest.fixture
def cycle(store: Store, hire, now) -> Cycle:
    hana, ben = hire("Hana"), hire("Ben")
    template = TEMPLATES["half-year-review"]
    own = replace(
        template.nudges,
        own_days={"CN": OwnDays(frozenset({date(2026, 12, 31)}), frozenset({date(2027, 1, 3)}))},
    )
    audience = Audience(("Sales", "研发"), ("P5",), (ben.id,), (hana.id,))
    made = Cycle(
        0,
        "draft",
        "2026 H2 · 下半年",
        date(2026, 12, 1),
        replace(template, nudges=own),
        audience,
        hana.id,
        now,
    )
    with store.work() as records:
        return records.cycles.save(made)


# Cycles


def test_a_cycle_is_kept_whole_with_its_own_copy_of_the_template(store: Store, cycle: Cycle) -> None:
    assert cycle.id
    with store.work() as records:
        assert records.cycles.get(cycle.id) == cycle
        assert records.cycles.get(cycle.id + 1) is None


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_template_survives_being_kept(store: Store, cycle: Cycle, template) -> None:
    with store.work() as records:
        records.cycles.save(replace(cycle, template=template))
    with store.work() as records:
        assert records.cycles.get(cycle.id).template == template


def test_what_was_decided_about_a_cycle_is_kept(store: Store, cycle: Cycle, now) -> None:
    decided = replace(
        cycle,
        state="live",
        moved={"self-review": (date(2026, 12, 3), date(2026, 12, 14))},
        rehearsed_at=now,
        asked_by=cycle.owner,
        launched_by=cycle.owner,
        approved_by=cycle.owner,
        launched_at=now + timedelta(hours=1),
        paused_at=now + timedelta(days=1),
        closed_at=now + timedelta(days=2),
    )
    with store.work() as records:
        assert records.cycles.save(decided) == decided
    with store.work() as records:
        assert records.cycles.get(cycle.id) == decided
        assert records.cycles.lock(cycle.id) == decided


def test_a_cycle_is_read_anew_after_it_was_saved(store: Store, cycle: Cycle) -> None:
    with store.work() as records:
        assert records.cycles.get(cycle.id).state == "draft"
        records.cycles.save(replace(cycle, state="rehearsed"))
        assert records.cycles.get(cycle.id).state == "rehearsed"


def test_cycles_are_found_by_state_newest_first(store: Store, cycle: Cycle) -> None:
    with store.work() as records:
        live = records.cycles.save(replace(cycle, id=0, name="Q1", state="live"))
        closed = records.cycles.save(replace(cycle, id=0, name="Q2", state="closed"))
        assert records.cycles.all() == [closed, live, cycle]
        assert records.cycles.in_state("draft", "live") == [live, cycle]
        assert records.cycles.in_state("archived") == []


# Templates


def test_those_that_come_along_are_there_by_name(store: Store) -> None:
    with store.work() as records:
        assert records.templates.all() == list(built_in())
        assert records.templates.get("probation") == TEMPLATES["probation"]
        assert records.templates.get("ours") is None
        assert records.templates.text("probation") is None


def test_a_companys_own_template_is_kept_as_it_was_written(store: Store, now) -> None:
    with store.work() as records:
        records.templates.save("ours", OWN, now)
    with store.work() as records:
        assert records.templates.text("ours") == OWN
        assert records.templates.get("ours") == read_template(OWN)
        names = [template.name for template in records.templates.all()]
    assert names == sorted([*TEMPLATES, "ours"])


def test_a_companys_own_template_is_replaced_and_wins(store: Store, now) -> None:
    own = OWN.replace("name: ours", "name: probation")
    with store.work() as records:
        records.templates.save("probation", built_in_texts()["probation"], now)
        records.templates.save("probation", own, now)
        assert records.templates.get("probation") == read_template(own)
        assert len(records.templates.all()) == len(TEMPLATES)


def test_a_later_template_changes_nothing_that_runs(store: Store, cycle: Cycle, now) -> None:
    with store.work() as records:
        records.templates.save("half-year-review", OWN.replace("name: ours", "name: half-year-review"), now)
    with store.work() as records:
        assert records.cycles.get(cycle.id) == cycle


def test_a_text_that_this_release_can_not_read_is_left_out(store: Store, now) -> None:
    with store.work() as records:
        records.templates.save("ours", OWN + "from_a_later_release: yes\n", now)
        assert records.templates.get("ours") is None
        assert records.templates.all() == list(built_in())


# Delegations


def test_a_delegation_is_found_by_both_until_it_has_ended(store: Store, hire, now) -> None:
    mia, noah, omar = hire("Mia"), hire("Noah"), hire("Omar")
    later = Delegation(0, mia.id, noah.id, date(2026, 12, 21), date(2026, 12, 31), mia.id, now)
    sooner = replace(later, first=date(2026, 11, 23), last=date(2026, 11, 27), deputy=omar.id)
    with store.work() as records:
        later, sooner = records.delegations.save(later), records.delegations.save(sooner)
        assert records.delegations.get(later.id) == later
        assert records.delegations.of_person(mia.id) == [sooner, later]
        assert records.delegations.of_person(noah.id) == []
        assert records.delegations.to_deputy(noah.id) == [later]
        ended = records.delegations.save(replace(sooner, ended_at=now))
    with store.work() as records:
        assert records.delegations.get(sooner.id) == ended
        assert records.delegations.of_person(mia.id) == [later]
        assert records.delegations.to_deputy(omar.id) == []
        assert records.delegations.all_current() == [later]
        assert records.delegations.get(later.id + 100) is None
