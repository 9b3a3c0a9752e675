"""What is kept of rewards, on both databases: budgets that are never overspent, and runs that pay each amount once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from flows.core.words import Words
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Template
from flows.people.person import Person
from flows.results.rewards.kinds import PAID
from flows.results.rewards.records import Budget, Reward, Rules, Run
from storage.engine import Store, open_store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TEMPLATE = Template(
    "q", Words("Q", "季"), "quarter", (Phase("goals", Words("Goals", "目标"), 0, 10, "goals"),)
)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    store = open_store(database_url, lambda: NOW, keys=tmp_path / "keys")
    yield store
    store.close()


class Office:
    """A cycle of two people and their manager."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.work() as records:
            self.boss, self.ana, self.ben = (
                records.people.save(somebody(name)).id for name in ("Boss", "Ana", "Ben")
            )
            cycle = Cycle(0, "live", "Q4", date(2026, 11, 16), TEMPLATE, Audience(), self.boss, NOW)
            self.cycle = records.cycles.save(cycle).id

    def do(self, work: Callable[[Any], Any]) -> Any:
        with self.store.work() as records:
            return work(records)

    def budget(self, amount: int, department: str = "Sales", manager: int | None = None) -> Budget:
        self.do(
            lambda records: records.rewards.set_budget(
                Budget(0, self.cycle, department, manager, Decimal(amount))
            )
        )
        found: Budget = self.do(lambda records: records.rewards.budget_for(self.cycle, department, manager))
        return found

    def reward(self, **other: Any) -> Reward:
        made = Reward(
            0, self.cycle, self.ana, "bonus", "approved", Decimal(100), "", "why", "", None, 2, Decimal("1.2"), None,
            self.boss, NOW,
        )  # fmt: skip
        kept: Reward = self.do(lambda records: records.rewards.add(replace(made, **other)))
        return kept


def somebody(name: str) -> Person:
    return Person(
        0, f"{name}@example.com".lower(), name, None, "Sales", "L3", "", (), "Asia/Shanghai", "en", None, None, None, True,
    )  # fmt: skip


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(8) as pool:
        return [one.result() for one in [pool.submit(work) for work in works]]


def test_the_rules_of_a_cycle_are_kept_and_changed(office: Office) -> None:
    rules = Rules(
        office.cycle, ("bonus", "honour"), "EUR", Decimal("20000.5"), date(2026, 12, 1), date(2026, 12, 15), "C0GENERAL",
        "Acme 公司", office.boss, NOW,
    )  # fmt: skip
    changed = replace(rules, second=None, channel="")
    for one in (rules, changed):
        with office.store.work() as records:
            records.rewards.save_rules(one)
            assert records.rewards.rules(office.cycle) == one
    assert office.do(lambda records: records.rewards.all_rules()) == [changed]
    assert office.do(lambda records: records.rewards.rules(office.cycle + 1)) is None


def test_a_manager_with_a_budget_draws_on_it_and_others_on_the_departments(office: Office) -> None:
    sales, own = office.budget(1000), office.budget(300, "", office.boss)
    assert own.id != sales.id
    found = office.do(lambda records: records.rewards.budget_for(office.cycle, "Sales", office.boss))
    assert found.id == own.id
    assert (
        office.do(lambda records: records.rewards.budget_for(office.cycle, "Sales", office.ana)).id
        == sales.id
    )
    assert office.do(lambda records: records.rewards.budget_for(office.cycle, "Legal", None)) is None
    assert [one.id for one in office.do(lambda records: records.rewards.budgets(office.cycle))] == [
        sales.id,
        own.id,
    ]


def test_a_budget_is_never_less_than_what_is_used(office: Office) -> None:
    sales = office.budget(1000)
    assert office.do(lambda records: records.rewards.draw(sales.id, Decimal("700.25")))
    assert not office.do(
        lambda records: records.rewards.set_budget(replace(sales, id=0, amount=Decimal(700)))
    )
    assert office.do(
        lambda records: records.rewards.set_budget(replace(sales, id=0, amount=Decimal("700.25")))
    )
    assert not office.do(lambda records: records.rewards.draw(sales.id, Decimal("0.0001")))
    assert not office.do(lambda records: records.rewards.draw(sales.id, Decimal(-701)))
    assert office.do(lambda records: records.rewards.draw(sales.id, Decimal("-700.25")))
    assert office.budget(700).used == 0


def test_of_many_who_draw_at_once_nobody_gets_more_than_there_is(office: Office) -> None:
    sales = office.budget(1000)
    draws = [lambda: office.do(lambda records: records.rewards.draw(sales.id, Decimal(90)))] * 40
    assert at_once(draws).count(True) == 11
    after = office.do(lambda records: records.rewards.budgets(office.cycle)[0])
    assert (after.used, after.left) == (990, 10)


def test_the_database_itself_refuses_what_is_above_a_budget(store: Store, office: Office) -> None:
    office.budget(1000)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(text("UPDATE reward_budget SET used = amount + 1"))


def test_a_reward_is_kept_whole_and_found_about_and_by_people(office: Office) -> None:
    kept = office.reward(
        title="Star\x00",
        letter="信",
        valid_from=date(2026, 12, 1),
        amount=Decimal("0.0001"),
        second_by=office.ben,
    )
    kept = replace(kept, title="Star\ufffd")
    assert office.do(lambda records: records.rewards.get(kept.id)) == kept
    assert office.do(lambda records: records.rewards.lock(kept.id)) == kept
    changed = replace(kept, state="cancelled", note="no", channel="C1", amount=None)
    office.do(lambda records: records.rewards.save(changed))
    assert office.do(lambda records: records.rewards.about(office.ana)) == [changed]
    assert office.do(lambda records: records.rewards.of_people(office.cycle, [office.ana, office.ben])) == [
        changed
    ]
    assert office.do(lambda records: records.rewards.counts(office.cycle)) == {"cancelled": 1}


def test_texts_older_than_a_moment_are_taken_away_and_amounts_stay(office: Office) -> None:
    old, new = office.reward(letter="long ago"), office.reward(proposed_at=NOW + timedelta(days=1))
    assert office.do(lambda records: records.rewards.forget(NOW + timedelta(hours=1))) == 1
    assert office.do(lambda records: records.rewards.forget(NOW + timedelta(hours=1))) == 0
    assert office.do(lambda records: records.rewards.about(office.ana)) == [
        replace(old, why="", letter=""),
        new,
    ]


def test_everything_approved_with_an_amount_is_in_one_run_and_in_no_other(office: Office) -> None:
    due = [office.reward(), office.reward(kind="raise", person=office.ben)]
    (
        office.reward(state="second"),
        office.reward(kind="training"),
        office.reward(kind="promotion", amount=None),
    )
    assert office.do(lambda records: records.rewards.unpaid(PAID)) == 2
    first = office.do(lambda records: records.rewards.begin_run(Run(0, office.boss, NOW)))
    claimed = office.do(lambda records: records.rewards.claim(first.id, PAID))
    assert claimed == [replace(one, run=first.id) for one in due]
    made = replace(first, rows=tuple(("R-1", one.kind) for one in claimed), check="ab")
    office.do(lambda records: records.rewards.save_run(made))
    assert office.do(lambda records: records.rewards.run(first.id)) == made
    second = office.do(lambda records: records.rewards.begin_run(Run(0, office.boss, NOW)))
    assert office.do(lambda records: records.rewards.claim(second.id, PAID)) == []
    assert [one.id for one in office.do(lambda records: records.rewards.runs(9))] == [second.id, first.id]


def test_a_run_is_cancelled_once_and_its_rewards_are_due_again(office: Office) -> None:
    office.reward()
    run = office.do(lambda records: records.rewards.begin_run(Run(0, office.boss, NOW)))
    office.do(lambda records: records.rewards.claim(run.id, PAID))
    assert office.do(lambda records: records.rewards.cancel_run(run.id, office.ben, NOW))
    assert not office.do(lambda records: records.rewards.cancel_run(run.id, office.ana, NOW))
    assert office.do(lambda records: records.rewards.run(run.id)).cancelled_by == office.ben
    assert office.do(lambda records: records.rewards.unpaid(PAID)) == 1


def test_of_runs_that_begin_at_once_one_gets_each_reward(office: Office) -> None:
    for _ in range(20):
        office.reward()

    def begin() -> int:
        def work(records: Any) -> int:
            run = records.rewards.begin_run(Run(0, office.boss, NOW))
            return len(records.rewards.claim(run.id, PAID))

        return int(office.do(work))

    assert sorted(at_once([begin] * 6)) == [0, 0, 0, 0, 0, 20]


def test_bases_are_kept_by_person_and_changed(office: Office) -> None:
    office.do(
        lambda records: records.rewards.set_bases(
            office.cycle, {office.ana: Decimal(10), office.ben: Decimal(20)}
        )
    )
    office.do(lambda records: records.rewards.set_bases(office.cycle, {office.ana: Decimal("10.5")}))
    known = office.do(
        lambda records: records.rewards.bases(office.cycle, [office.ana, office.ben, office.boss])
    )
    assert known == {office.ana: Decimal("10.5"), office.ben: Decimal(20)}
