"""Who proposes and approves what, and what happens when it is late, old, twice, or the result has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.results.computing import rate as set_rating
from flows.results.rewards.form import Wanted
from flows.results.rewards.proposing import propose as propose_flow
from flows.results.rewards.records import Reward
from tests.stories.calibrating import GONE, change_place, does, opens, sees, told
from tests.stories.quarter import go
from tests.stories.releasing import OVER, person
from tests.stories.rewarding import DAY, fresh, open_reward, opened, propose, set_budgets, used


def latest(town: Any, cycle: int, name: str) -> Reward:
    who = person(town, name).id
    found: Reward = town.records(lambda records: records.rewards.of_people(cycle, [who])[-1])
    return found


def said(town: Any, name: str, deed: str, *about: str) -> str:
    """What comes of a button, or the no, in English."""
    found = does(town, name, deed, *about)
    return str(found.words.en if isinstance(found, Refusal) else getattr(found, "en", found))


def bonus(town: Any, amount: str = "1000", by: str = "chenwei", name: str = "Kavya Iyer") -> None:
    propose(town.player(by), name, "bonus", amount=amount, valid_from="2026-05-01", why="Good work")


def test_nobody_proposes_for_themselves_upwards_or_for_others_people(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    subject = {
        name: f"{cycle}/{person(town, name).id}" for name in ("chenwei", "anna", "kavya", "emily", "marta")
    }
    assert not opens(town, "chenwei", "reward-propose", subject["chenwei"])
    assert not opens(town, "chenwei", "reward-propose", subject["anna"])
    assert not opens(town, "chenwei", "reward-propose", subject["emily"])
    assert not opens(town, "anna", "reward-propose", subject["kavya"]), "the manager does, not the one above"
    assert not opens(town, "marta", "reward-propose", subject["marta"])
    assert "is led by somebody else" in told(town, "marta", "reward-propose", subject["kavya"])
    assert opens(town, "chenwei", "reward-propose", subject["kavya"])
    bonus(town)
    it = str(latest(town, cycle, "kavya").id)
    for name in ("kavya", "jonas", "emily", "juliana", "olivia", "rahul"):
        assert not sees(town, name, "reward", it), name
        assert does(town, name, "reward-approve", it, "1") == GONE
        assert does(town, name, "payroll-run") == GONE
        assert not sees(town, name, "payroll")
    assert does(town, "chenwei", "reward-approve", it, "1") == GONE
    assert sees(town, "anna", "reward", it)


def test_of_two_approvals_at_once_one_counts_and_an_old_button_approves_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town)
    before = latest(town, cycle, "kavya")
    assert "changed after you opened it" in said(town, "marta", "reward-approve", str(before.id), "7")
    assert "changed after you opened it" in said(town, "marta", "reward-approve", str(before.id))
    assert said(town, "marta", "reward-approve", str(before.id), "1") == "Approved."
    assert "is approved by now (Marta Klein)" in said(town, "liufang", "reward-approve", str(before.id), "1")
    assert "does not change any more" in said(town, "chenwei", "reward-withdraw", str(before.id))
    assert "does not change any more" in told(town, "chenwei", "reward-change", str(before.id))
    assert used(town, cycle)["Engineering"] == 1000


def test_the_second_approval_is_another_persons(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town, "20000.01")
    it = str(latest(town, cycle, "kavya").id)
    assert "takes a second HR admin" in said(town, "marta", "reward-approve", it, "1")
    assert "You approved it as the first" in said(town, "marta", "reward-second", it, "2")
    assert "waits for a second person of HR by now" in said(town, "liufang", "reward-approve", it, "2")
    assert said(town, "liufang", "reward-second", it, "2") == "Approved."
    kept = latest(town, cycle, "kavya")
    assert (kept.state, kept.approved_by, kept.second_by) == (
        "approved", person(town, "marta").id, person(town, "liufang").id,
    )  # fmt: skip


def test_an_appeal_in_the_middle_has_it_looked_at_again(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town)

    def appealed(records: Any) -> None:
        who, by = (records.people.by_email(f"{name}@example.com") for name in ("kavya", "grace"))
        set_rating(records, records.cycles.get(cycle), who.id, "appealed", "A", "Upheld", by, town.now())

    town.records(appealed)
    marta, chenwei = town.player("marta"), town.player("chenwei")
    assert "The result has changed since this was proposed: look again." in open_reward(marta, "Kavya")
    marta.touch("Approve")
    assert "Send it back, so that it is looked at again." in marta.window()
    chenwei.command("/reward")
    assert "结果有变动，请重新确认" in chenwei.window()
    chenwei.touch("打开", beside="等待 HR 审批")
    chenwei.touch("修改")
    assert chenwei.submit() == {}
    assert latest(town, cycle, "kavya").coefficient == Decimal("1.2")
    open_reward(marta, "Kavya")
    marta.touch("Approve")
    assert latest(town, cycle, "kavya").state == "approved"


def test_a_new_manager_takes_over_what_is_open_and_the_old_one_sees_it_no_more(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town, "Engineering 50000\nanna@example.com 3000")
    bonus(town)
    it = str(latest(town, cycle, "kavya").id)
    change_place(town, cycle, "kavya", manager=person(town, "anna").id)
    assert not opens(town, "chenwei", "reward-change", it)
    anna = town.player("anna")
    anna.command("/reward")
    assert "3,000 CNY left of 3,000 CNY" in anna.window()
    anna.touch("Open", beside="Bonus · 1,000 CNY")
    anna.touch("Change")
    anna.touch("Edit", beside="1,000")
    anna.fill(amount="2500")
    assert anna.submit() == {}
    assert anna.submit() == {}
    assert used(town, cycle) == {"Engineering": Decimal(0), str(person(town, "anna").id): Decimal(2500)}


def test_whom_nobody_leads_hr_proposes_for_and_another_of_hr_approves(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    change_place(town, cycle, "kavya", manager=None)
    marta = town.player("marta")
    fresh(marta)
    marta.command("/reward")
    marta.touch("Open", beside="Q1")
    marta.touch("Propose", beside="Kavya")
    marta.fill(kind="warning")
    assert marta.submit() == {}
    marta.fill(why="Missed three agreed dates")
    assert marta.submit() == {}
    assert marta.submit() == {}
    it = str(latest(town, cycle, "kavya").id)
    assert "You proposed this yourself" in said(town, "marta", "reward-approve", it, "1")
    assert said(town, "liufang", "reward-approve", it, "1") == "Approved."
    go(town, OVER + 22 * DAY)
    kavya = town.player("kavya")
    assert "There is something for you to read in private." in "".join(kavya.messages())
    assert not [text for text in kavya.messages() if "arning" in text or "Missed" in text]
    kavya.command("/reward")
    assert "Warning\nQ1" in kavya.window()
    assert "Missed three agreed dates" in kavya.window()


def test_late_foreign_and_odd_amounts_are_refused_and_nothing_typed_is_lost(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    chenwei = town.player("chenwei")
    for amount, no in (
        ("EUR 100", "本周期的金额以 CNY 计"),
        ("1.2345", "最多保留两位小数"),
        ("0", "请填写大于 0 的金额"),
    ):
        window = propose(
            chenwei, "Kavya Iyer", "bonus", amount=amount, valid_from="2026-05-01", why="x" * 999
        )
        assert no in window
        assert "x" * 999 in window
        chenwei.touch("重新填写")
    sales = town.player("emily")
    fresh(sales)
    set_budgets(town, "Sales 0")
    assert "is above the budget: 0 CNY is left" in propose(
        sales, "Daniel", "bonus", amount="1", valid_from="2026-05-01", why="y"
    )
    go(town, OVER + 17 * DAY)
    fresh(chenwei)
    chenwei.command("/reward")
    assert "提议已于 3月31日（周二） 截止。" in chenwei.window()
    assert "提议\n" not in chenwei.window()
    late = Wanted("bonus", "", (Decimal(5), "CNY"), None, "Late", "")
    actor, kavya = person(town, "chenwei"), person(town, "kavya").id
    subject = f"{cycle}/{kavya}"
    with pytest.raises(Refusal, match="Proposals were taken until Tuesday 31 March"):
        town.records(lambda records: propose_flow.keep(records, actor, subject, late, town.now()))
    assert not town.records(lambda records: records.rewards.about(kavya))


def test_a_correction_after_the_export_is_a_row_with_the_difference(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town)
    first = latest(town, cycle, "kavya")
    assert said(town, "marta", "reward-approve", str(first.id), "1") == "Approved."
    assert "Run 1: 1 row." in said(town, "marta", "payroll-run")
    assert "There is nothing to export" in said(town, "liufang", "payroll-run")
    assert "exported for payroll" in told(town, "marta", "reward-cancel", str(first.id))
    marta = town.player("marta")
    open_reward(marta, "Kavya")
    marta.touch("Correct the amount")
    marta.fill(amount="700", why="A slip of the pen")
    assert marta.submit() == {}
    assert "The difference of -300 CNY waits" in marta.window()
    more = latest(town, cycle, "kavya")
    assert (more.amount, more.replaces) == (Decimal(-300), first.id)
    assert "A correction of it waits" in told(town, "liufang", "reward-correct", str(first.id))
    assert "You proposed this yourself" in said(town, "marta", "reward-approve", str(more.id), "1")
    assert said(town, "liufang", "reward-approve", str(more.id), "1") == "Approved."
    assert used(town, cycle)["Engineering"] == 700
    assert "Run 2: 1 row." in said(town, "liufang", "payroll-run")
    run = town.records(lambda records: records.rewards.run(2))
    assert (run.rows[0][6], run.rows[0][10]) == ("-300", f"R-{first.id}")
    assert "1 row go into the next run" in said(town, "marta", "payroll-cancel", "2").replace("goes", "go")
    assert "cancelled already" in said(town, "liufang", "payroll-cancel", "2")
    assert "Run 3: 1 row." in said(town, "marta", "payroll-run")


def test_a_partner_of_hr_decides_in_their_department_only(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town)
    bonus(town, "200", "emily", "Daniel")
    kavya, daniel = latest(town, cycle, "kavya"), latest(town, cycle, "daniel")
    juliana = town.player("juliana")
    juliana.command("/reward")
    juliana.touch("Open", beside="Q1")
    assert "Daniel" in juliana.window()
    assert "Kavya" not in juliana.window()
    assert "Budgets" not in juliana.window()
    assert does(town, "juliana", "reward-approve", str(kavya.id), "1") == GONE
    assert said(town, "juliana", "reward-approve", str(daniel.id), "1") == "Approved."
    assert not opens(town, "juliana", "reward-budgets", str(cycle))


def test_a_cancelled_reward_gives_its_money_back(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town, "50000")
    it = str(latest(town, cycle, "kavya").id)
    assert "takes a second" in said(town, "marta", "reward-approve", it, "1")
    assert said(town, "liufang", "reward-second", it, "2") == "Approved."
    marta = town.player("marta")
    open_reward(marta, "Kavya")
    marta.touch("Cancel it")
    marta.fill(why="She leaves in April")
    assert marta.submit() == {}
    assert used(town, cycle)["Engineering"] == 0
    assert latest(town, cycle, "kavya").note == "She leaves in April"
    town.to(town.now() + timedelta(days=40))
    kavya = town.player("kavya")
    kavya.command("/reward mine")
    assert "There is nothing for you here" in kavya.window()
    assert not [text for text in kavya.messages() if "to read in private" in text]


def test_the_form_proposes_the_base_times_the_factor(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    opened(town)
    marta = town.player("marta")
    fresh(marta)
    marta.command("/reward")
    marta.touch("Open", beside="Q1")
    marta.touch("Base amounts")
    marta.fill(lines="kavya@example.com: 10,000.10\nlina@example.com 2万")
    assert marta.submit() == {}
    assert "2 base amounts are kept." in marta.window()
    chenwei = town.player("chenwei")
    chenwei.command("/reward")
    chenwei.touch("提议", beside="Kavya")
    chenwei.fill(kind="bonus")
    assert chenwei.submit() == {}
    assert "薪酬系数：0.8。基数：10,000.10 CNY。预算剩余：50,000 CNY" in chenwei.window()
    assert chenwei.field("amount") == "8000.08 CNY"


def test_the_day_of_seeing_can_be_moved_and_people_hear_of_it_then(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    bonus(town)
    assert said(town, "marta", "reward-approve", str(latest(town, cycle, "kavya").id), "1") == "Approved."
    rules = town.records(lambda records: records.rewards.rules(cycle))
    marta, kavya = town.player("marta"), town.player("kavya")
    fresh(marta)
    marta.command("/reward open")
    assert marta.field("until") == "2026-03-31"
    marta.fill(seen_on="2026-04-13")
    assert marta.submit() == {}
    assert "Changed. What was proposed stays." in marta.window()
    assert town.records(lambda records: records.rewards.rules(cycle)) == replace(
        rules, seen_on=rules.seen_on + timedelta(days=7)
    )
    go(town, OVER + 23 * DAY)
    assert not [text for text in kavya.messages() if "to read in private" in text]
    go(town, OVER + 29 * DAY)
    assert len([text for text in kavya.messages() if "to read in private" in text]) == 1
