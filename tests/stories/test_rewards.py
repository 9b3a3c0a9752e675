"""What follows from results: proposals inside a budget, two who approve, a letter of praise, and payroll."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.stories.quarter import go
from tests.stories.releasing import OVER
from tests.stories.rewarding import DAY, fresh, open_reward, opened, propose, used

LETTER = "Dear Lina,\n你在客户发布周里沉着可靠。Thank you for the calm launch week."


def test_a_proposal_is_made_inside_the_budget_and_refused_above_it(quiet_town: Any) -> None:
    town = quiet_town
    cycle = opened(town)
    chenwei = town.player("chenwei")
    assert any("你可以根据Q1的结果" in text for text in chenwei.messages())
    chenwei.command("/reward")
    team = chenwei.window()
    assert "剩余 50,000 CNY，共 50,000 CNY" in team
    assert "李娜 · 系数 1.2" in team
    assert "超出预算：剩余 50,000 CNY" in propose(
        chenwei, "李娜", "bonus", amount="60,000", valid_from="2026-05-01", why="发布周的表现"
    )
    assert used(town, cycle)["Engineering"] == 0
    chenwei.touch("修改", beside="60,000")
    chenwei.fill(amount="3万")
    assert chenwei.submit() == {}
    assert chenwei.submit() == {}
    assert "已提议" in chenwei.window()
    assert "预算剩余：20,000 CNY" in chenwei.window()
    assert used(town, cycle)["Engineering"] == 30000
    told = propose(chenwei, "李娜", "bonus", amount="1000", valid_from="2026-05-01", why="x")
    assert "李娜的奖金已存在" in told
    kavya = town.player("kavya")
    kavya.command("/reward")
    assert "There is nothing for you here at the moment." in kavya.window()


def test_a_bonus_is_approved_by_two_seen_by_its_person_and_paid_once(quiet_town: Any) -> None:
    town = quiet_town
    cycle = opened(town)
    chenwei, marta, liufang, lina = (town.player(name) for name in ("chenwei", "marta", "liufang", "lina"))
    propose(chenwei, "李娜", "bonus", amount="30000", valid_from="2026-05-01", why="发布周的表现")
    propose(
        chenwei,
        "Kavya Iyer",
        "bonus",
        amount="5000.50",
        valid_from="2026-05-01",
        why="Took the on-call shifts",
    )
    town.to(town.now() + 3 * DAY)
    assert any("Proposals of rewards in Q1 wait for HR." in text for text in marta.messages())
    assert "发布周的表现" in open_reward(marta, "李娜")
    marta.touch("Approve")
    assert "Approved as the first." in marta.window()
    assert "waits for a second person of HR" in marta.window()
    assert "Approve" not in marta.window().splitlines()
    open_reward(liufang, "李娜")
    liufang.touch("批准")
    assert "已批准" in liufang.window()
    open_reward(marta, "Kavya Iyer")
    marta.touch("Approve")
    assert "Approved." in marta.window()
    town.to(town.now() + 2 * DAY)
    assert any("HR 已审批Q1的奖励提议" in text for text in chenwei.messages())

    lina.command("/reward mine")
    assert "目前没有可查看的内容" in lina.window(), "not before the day"
    go(town, OVER + 22 * DAY)
    lina.command("/reward mine")
    assert "奖金 · 30,000 CNY" in lina.window()
    assert "发布周的表现" in lina.window()
    assert any("有一项内容需要你本人查看。" in text for text in lina.messages())
    fresh(lina)
    lina.command("/result")
    lina.touch("由此带来的奖励与安排")
    assert "奖金 · 30,000 CNY" in lina.window()
    for name in ("lina", "kavya", "chenwei", "marta", "liufang"):
        for text in town.player(name).messages():
            assert not [words for words in ("30,000", "奖金", "Bonus", "发布周") if words in text]

    fresh(marta)
    marta.command("/reward payroll")
    assert "2 amounts are approved and not exported yet." in marta.window()
    marta.touch("Export for payroll")
    assert "Run 1: 2 rows." in marta.window()
    files = dict(marta.files())
    assert set(files) == {"payroll-1.xlsx", "payroll-1.csv"}
    rows = [line.split(",") for line in files["payroll-1.csv"].decode("utf-8-sig").splitlines()]
    assert [(row[1], row[4], row[6], row[7]) for row in rows[1:]] == [
        ("lina@example.com", "bonus", "30000", "CNY"), ("kavya@example.com", "bonus", "5000.5", "CNY"),
    ]  # fmt: skip
    fresh(liufang)
    liufang.command("/reward payroll")
    assert "有 0 项金额已批准、尚未导出。" in liufang.window()
    assert "导出薪资文件" not in liufang.window()
    liufang.touch("下载文件")
    assert dict(liufang.files())["payroll-1.csv"] == files["payroll-1.csv"]
    assert used(town, cycle)["Engineering"] == Decimal("35000.5")


def test_a_letter_of_praise_is_looked_at_and_posted_only_if_its_person_agrees(quiet_town: Any) -> None:
    town = quiet_town
    opened(town)
    chenwei, marta, lina = (town.player(name) for name in ("chenwei", "marta", "lina"))
    propose(chenwei, "李娜", "honour", title="发布之星", why="发布周沉着可靠", letter=LETTER)
    open_reward(marta, "李娜")
    marta.touch("See it as a picture")
    name, picture = marta.files()[-1]
    assert (name, picture[:4]) == ("letter.png", b"\x89PNG")
    marta.touch("Approve")
    go(town, OVER + 22 * DAY)
    before = len(town.posts("general"))
    lina.command("/reward mine")
    assert "荣誉 “发布之星”" in lina.window()
    assert LETTER.splitlines()[1] in lina.window()
    lina.touch("查看图片")
    assert lina.files()[-1][0] == "letter.png"
    assert len(town.posts("general")) == before, "nothing is posted before she agrees"
    lina.touch("发布到频道")
    assert lina.submit() == {}
    assert "稍后会发布" in lina.window()
    town.to(town.now() + timedelta(minutes=1))
    assert "李娜 的表扬信" in town.posts("general")[-1]
    fresh(lina)
    lina.command("/reward mine")
    assert "你已同意将它发布到频道。" in lina.window()
    lina.touch("发布到频道")
    assert "你之前已发布过，再次提交会重新发布一次。" in lina.window()


def test_what_is_sent_back_is_changed_and_proposed_again(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    chenwei, marta = town.player("chenwei"), town.player("marta")
    propose(chenwei, "李娜", "raise", amount="12000", valid_from="2026-05-01", why="升职后的工作")
    open_reward(marta, "李娜")
    marta.touch("Send back")
    marta.fill(why="Half of it, please")
    assert marta.submit() == {}
    assert "Sent back with your reason." in marta.window()
    assert used(town, cycle)["Engineering"] == 0
    town.to(town.now() + 3 * DAY)
    assert any("HR 退回了Q1的奖励提议" in text for text in chenwei.messages())
    chenwei.command("/reward")
    chenwei.touch("打开", beside="已退回")
    assert "Half of it, please" in chenwei.window()
    chenwei.touch("修改")
    chenwei.touch("修改", beside="12,000")
    chenwei.fill(amount="6000")
    assert chenwei.submit() == {}
    assert chenwei.submit() == {}
    assert used(town, cycle)["Engineering"] == 6000
    assert "预算剩余：44,000 CNY" in chenwei.window()
    open_reward(marta, "李娜")
    assert "6,000 CNY a year" in marta.window()
    marta.touch("Approve")
    assert "Approved." in marta.window()


def test_a_run_whose_rows_are_gone_gives_no_empty_file(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    opened(town)
    chenwei, marta = town.player("chenwei"), town.player("marta")
    propose(chenwei, "李娜", "bonus", amount="3000", valid_from="2026-05-01", why="发布周的表现")
    open_reward(marta, "李娜")
    marta.touch("Approve")
    fresh(marta)
    marta.command("/reward payroll")
    marta.touch("Export for payroll")
    assert len(marta.files()) == 2
    later = town.now() + DAY
    assert town.records(lambda records: records.retention.let_go("payroll_run", later, 100)) == (1, True)
    fresh(marta)
    marta.command("/reward payroll")
    marta.touch("The file")
    assert "The rows of this run are gone" in marta.window() + marta.last_aside
    assert len(marta.files()) == 2
