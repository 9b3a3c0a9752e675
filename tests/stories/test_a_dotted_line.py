"""A year with a dotted-line manager, from naming them to the opened result, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.words import Words
from flows.cycle.templates.file import built_in
from tests.stories.calibrating import change, open_session, sit_down
from tests.stories.colleagues import asked, states
from tests.stories.quarter import ON, go, launch
from tests.stories.rating import TEXTS, others_score, score
from tests.stories.releasing import release
from tests.stories.test_reviews_of_others import name_lead

DAY = timedelta(days=1)
YEAR = next(one for one in built_in() if one.name == "annual-review")
PROJECT = YEAR.reviews["project"]
AGAIN = Question("again", Words("Would you have this person again?", "是否愿意再次合作？"), Text(2))
RISK = Question("risk", Words("Might they leave?", "有离职风险吗？"), Text(2))
ANNUAL = replace(
    YEAR,
    reviews={
        **YEAR.reviews,
        "project": replace(
            PROJECT, questions=(*PROJECT.questions, AGAIN, RISK), private={"again": "manager", "risk": "hr"}
        ),
    },
)
"""The annual review that comes along, whose project leads are asked two private questions besides."""

LEADS = "project-review"
WRITTEN = {name: text for name, text in TEXTS.items() if name != "results-why"}
TEAM = ("wangqiang", "lina", "zhangmin", "zhaolei", "sunyue", "arjun", "kavya", "jonas", "lena")


def read(player: Any, about: str) -> str:
    """The lead's review of somebody, as their manager or HR finds it."""
    player.command(f"/cycle reviews @{about}")
    chinese = "评估" in player.title()
    player.touch("查看" if chinese else "Read", beside="项目负责人评估" if chinese else "by a project lead")
    seen: str = player.window()
    player.close()
    return seen


def read_own(player: Any, by: str) -> str:
    """The same, as the one whom it is about finds it in the result."""
    player.command("/result")
    player.touch("查看" if player.title() == "结果" else "Read", beside=by)
    seen: str = player.window()
    player.close()
    return seen


def result(player: Any) -> tuple[str, str]:
    """One's own result, and how it was computed."""
    player.command("/result")
    seen = player.window()
    player.touch("得分是如何计算的？" if player.title() == "结果" else "How was this computed?")
    how = player.window()
    player.close()
    return seen, how


def test_a_dotted_line_manager_counts_from_the_naming_to_the_result(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "self-review", ANNUAL, "2026")
    kavya, lina, jonas, wei, marta, zhou, priya = (
        town.player(one) for one in ("kavya", "lina", "jonas", "chenwei", "marta", "zhouting", "priya")
    )

    # The manager names a lead for two of nine; the others need none.
    go(town, ON + 7 * DAY)
    assert "已保存：1 位负责人。" in name_lead(town, "chenwei", "kavya", "zhouting")
    assert "已保存：1 位负责人。" in name_lead(town, "chenwei", "lina", "priya")
    assert states(town, cycle, "kavya", LEADS) == {"zhouting": "approved"}

    # Each lead reads beforehand who will read what, and writes with their name.
    go(town, ON + 14 * DAY)
    assert asked(town, cycle, "kavya", LEADS) == {"zhouting"}
    assert asked(town, cycle, "lina", LEADS) == {"priya"}
    assert not asked(town, cycle, "jonas", LEADS)
    assert "请为Kavya Iyer填写2026的评估" in "\n".join(zhou.messages())
    zhou.command("/review")
    zhou.touch("填写", beside="Kavya Iyer")
    assert "这份评估会显示你的姓名。" in zhou.window()
    assert "Kavya Iyer看不到这一项，只有其上级、更上级的管理者和 HR 能看到。" in zhou.window()
    assert "只有 HR 能看到这一项。" in zhou.window()
    zhou.fill(
        part="负责移动端登录",
        contribution="4",
        growth="更早同步进度",
        again="非常愿意再合作",
        risk="看不出迹象",
    )
    assert zhou.submit() == {}
    priya.command("/review")
    priya.touch("Write", beside="李娜")
    assert "It carries your name." in priya.window()
    assert "李娜 never reads this: only their manager, the managers above and HR do." in priya.window()
    priya.fill(
        part="Drew the forms", contribution="2", growth="Ask sooner", again="Perhaps not", risk="She may go"
    )
    assert priya.submit() == {}

    # The managers score.
    go(town, ON + 37 * DAY)
    for one in TEAM:
        score(wei, f"{one}@example.com", "3.5", WRITTEN)
    others_score(town, cycle, "chenwei", "3.5", WRITTEN)

    # All reviews are closed: the manager reads what the lead wrote, and not yet the one whom it is about.
    go(town, ON + 57 * DAY)
    seen = read(wei, "Kavya Iyer")
    for text in ("负责移动端登录", "更早同步进度", "非常愿意再合作"):
        assert text in seen
    assert "看不出迹象" not in seen
    kavya.command("/cycle reviews @Kavya Iyer")
    assert "There is nothing here for you" in kavya.aside()

    # In the calibration she goes up by a step; then it is locked, and released.
    open_session(town, marta, "anna", "emily")
    change(town.player("anna"), "Kavya Iyer", "3.75", "The project would have failed without her")
    sit_down(marta)
    marta.touch("Lock")
    go(town, ON + 78 * DAY)
    release(town)
    kavya.command("/result")
    assert "no result" in kavya.window()
    kavya.close()
    town.to(town.now() + 4 * DAY)

    # Kavya: 4 of 5 counts 110, with a weight of 5 of the 30 that are there.
    seen, how = result(kavya)
    assert "Rating: 3.75 · Beyond expectations" in seen
    assert "Factor for pay: 1.2" in seen
    assert "Review by a project lead: 110 · weight 5%" in seen
    assert "Review by a project lead\nby 周婷" in seen
    assert "Review by a project lead: 110 · weight 5% · adds 18.33" in how
    assert "Score: (15 × 100 + 10 × 100 + 5 × 110) ÷ 30 = 101.67" in how
    assert "How much did this person bring the project forward? 4 of 5, which counts 110" in how
    assert "The average of 1 review. What counts is the mean of what the questions count for." in how
    assert "× 100," not in how, "the steps have points"
    assert "Review by a project lead (" not in how, "it is not left out"
    seen = read_own(kavya, "周婷")
    assert "Written by 周婷" in seen
    assert "负责移动端登录" in seen
    for text in (AGAIN, RISK):
        assert text.words.en not in seen
    for hidden in ("非常愿意再合作", "看不出迹象"):
        assert hidden not in seen

    # 李娜, in Chinese: 2 of 5 counts 70, with a weight of 5 of 85.
    seen, how = result(lina)
    assert "评级: 3.5 · 合格" in seen
    assert "项目负责人评估: 70 · 权重 5%" in seen
    assert "项目负责人评估\n评估人：Priya Nair" in seen
    assert "项目负责人评估: 70 · 权重 5% · 贡献 4.12 分" in how
    assert "得分：(55 × 94.1176 + 15 × 100 + 10 × 100 + 5 × 70) ÷ 85 = 94.43" in how
    assert "1 份评估的平均分。各题折算后取平均。" in how
    seen = read_own(lina, "Priya Nair")
    assert "Drew the forms" in seen
    for hidden in ("Perhaps not", "She may go"):
        assert hidden not in seen

    # Jonas had no lead: that part is left out, and the others count in proportion.
    seen, how = result(jonas)
    assert "Review by a project lead: left out · weight 5%" in seen
    assert "by 周婷" not in seen
    assert "Score: (55 × 92.5 + 15 × 100 + 10 × 100) ÷ 80 = 94.84" in how
    assert "Review by a project lead (nobody has given it)" in how
    assert "The weights of the others are taken in proportion" in how

    # What is private stays with the manager and HR, and nothing of it all stands in a message.
    seen = read(wei, "李娜")
    assert "Perhaps not" in seen
    assert "She may go" not in seen
    seen = read(marta, "李娜")
    assert "Perhaps not" in seen
    assert "She may go" in seen
    for who in (*TEAM, "chenwei", "zhouting", "priya", "anna", "marta"):
        told = "\n".join(town.player(who).messages())
        for text in (
            "负责移动端登录",
            "Drew the forms",
            "Perhaps not",
            "3.75",
            "Beyond expectations",
            "101.67",
        ):
            assert text not in told, who
