"""A half-year review from the self reviews to the opened results, as the template comes along, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.verifying import verify
from flows.cycle.people.changes import person_changed
from flows.cycle.templates.file import built_in
from tests.stories.calibrating import change, open_session, sit_down
from tests.stories.colleagues import asked, name, states
from tests.stories.quarter import ON, go, launch
from tests.stories.rating import others_score, score
from tests.stories.releasing import person, release
from tests.stories.reviewing import write

DAY = timedelta(days=1)
TEMPLATE = next(one for one in built_in() if one.name == "half-year-review")
TEAM = ("wangqiang", "lina", "zhangmin", "sunyue", "arjun", "kavya", "jonas", "lena")
UPWARD = {"direction": "3", "feedback": "3", "obstacles": "3"}


def self_review(player: Any) -> None:
    player.command("/review")
    player.touch("填写" if player.title() == "评估" else "Write")
    player.fill(
        achievements="Cut the app's start to two seconds", learned="To measure first", values="Helped the new one",
        strengths="Patience", results="4", behaviour="3",
    )  # fmt: skip
    assert player.submit() == {}
    assert "Sent." in player.window() or "已提交" in player.window()
    player.close()


def test_everybody_lives_through_a_half_year(quiet_town: Any, tmp_path: Path) -> None:
    town = quiet_town
    cycle = launch(town, "self-review", TEMPLATE, "H1")
    town.to(ON)
    kavya, lina, wei, marta = (town.player(one) for one in ("kavya", "lina", "chenwei", "marta"))

    # Rules are there to read, oneself is looked back on, and colleagues are named.
    kavya.command("/review rules")
    assert "Result" in kavya.window()
    kavya.close()
    self_review(kavya)
    name(town, "kavya", "jonas", "arjun", "wangqiang")
    name(town, "lina", "wangqiang", "zhangmin", "sunyue")
    told = name(town, "lena", "jonas", "arjun")
    assert (
        "With 2 colleagues nothing of what they write can be shown to anybody: at least 3 have to answer."
        in told
    )
    wei.command("/review approve")
    wei.touch("全部同意")
    wei.close()
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "wangqiang"), "approved")

    # Colleagues write. One of three declines about 李娜 too late to be replaced, and Lena has two: whoever writes about
    # them reads beforehand that it is too few. Somebody leaves in the middle.
    go(town, ON + 9 * DAY)
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "wangqiang"}
    for author, step in (("jonas", "4"), ("arjun", "3"), ("wangqiang", "4")):
        write(
            town.player(author),
            "Kavya Iyer",
            keep=f"Keep calm, says {author}",
            change="Speak earlier",
            helps=step,
            reliable=step,
        )
    sunyue = town.player("sunyue")
    sunyue.command("/review")
    sunyue.touch("我无法评估此人")
    sunyue.fill(why="这半年没有一起工作过")
    sunyue.submit()
    sunyue.close()
    wang = town.player("wangqiang")
    wang.command("/review")
    wang.touch("填写", beside="李娜")
    assert "只邀请了 2 位同事评估李娜，而至少要有 3 人作答" in wang.window()
    assert "你写的内容不会显示给任何人" in wang.window()
    wang.close()
    jonas = town.player("jonas")
    jonas.command("/review")
    jonas.touch("Write", beside="Lena Hoffmann")
    assert "Only 2 colleagues were asked to review Lena Hoffmann, and at least 3 who don't" in jonas.window()
    assert "nothing of what you write will be shown to anybody" in jonas.window()
    jonas.close()
    for author in ("jonas", "arjun"):
        write(
            town.player(author), "Lena Hoffmann", keep="Her sketches", change="Ask", helps="4", reliable="4"
        )
    for author in ("wangqiang", "zhangmin"):
        write(town.player(author), "李娜", keep="耐心细致", change="多分享一些经验", helps="3", reliable="3")
    for author in ("wangqiang", "kavya", "jonas", "zhangmin", "arjun"):
        write(town.player(author), "陈伟", **UPWARD, **{"one-change": f"More time for talks ({author})"})
    leaver = person(town, "zhaolei")
    gone = replace(leaver, left_on=(town.now() - DAY).date(), active=False)
    town.records(
        lambda records: (records.people.save(gone), person_changed(records, leaver, gone, town.now()))
    )
    town.settle()
    said_before = len(town.player("zhaolei").messages())
    assert said_before

    # The manager of nine scores; HR looks at the ratings with Anna, who changes one with a reason.
    go(town, ON + 23 * DAY)
    wei.command("/score")
    assert "已完成 0/8" in wei.window()
    wei.close()
    for one in TEAM:
        score(wei, f"{one}@example.com", "A" if one == "kavya" else "B")
    others_score(town, cycle, "chenwei", "B")
    go(town, ON + 34 * DAY)
    open_session(town, marta, "anna", "emily")
    anna = town.player("anna")
    seen = sit_down(anna)
    assert "taking part: Anna Becker, Emily Carter, Marta Klein" in seen
    with pytest.raises(AssertionError, match="there is no 'Open'"):  # she has no row of her own,
        anna.touch("Open", beside="Anna Becker")
    for above in ("Anna Becker\n", "Grace Miller\n"):  # nor has anybody above her
        assert above not in seen
    with pytest.raises(AssertionError, match="there is no 'Open'"):  # and who has left has none either
        anna.touch("Open", beside="赵磊")
    assert "赵磊" not in seen
    change(anna, "Jonas Weber", "A", "Led the migration nobody else could")
    marta.close()
    marta.command("/cycle release")
    assert "Engineering, Sales" in marta.window()
    sit_down(marta)
    marta.touch("Lock")

    # The results open: managers first, then everybody.
    go(town, ON + 43 * DAY)
    marta.command("/cycle release")
    assert "Taking part: 23 people" in marta.window()  # one of 24 has left
    assert "Results to be opened: 21 people" in marta.window()
    assert "Reviewed by nobody: 2 people" in marta.window()  # whoever leads the company, and the auditor
    assert "赵磊" not in marta.window()
    marta.close()
    release(town)
    town.to(town.now() + DAY)
    wei.command("/result team")
    assert "Kavya Iyer" in wei.window()
    assert "赵磊" not in wei.window()
    kavya.command("/result")
    assert "no result" in kavya.window()
    kavya.close()
    town.to(town.now() + 2 * DAY)
    kavya.command("/result")
    seen = kavya.window()
    assert "A · Beyond expectations" in seen
    for author in ("jonas", "arjun", "wangqiang"):
        assert f"Keep calm, says {author}" in seen  # what they wrote names them; who wrote it stands nowhere
    kavya.touch("How was this computed?")
    assert "Versions" in kavya.window()
    lina.command("/result")
    seen = lina.window()
    lina.touch("得分是如何计算的？")
    how = lina.window()
    assert "评级: B · 符合预期" in seen
    assert "作答人数不足（至少需要 3 人），内容不会向任何人显示，以后也不会。" in seen
    assert "同事评估: 未计入 · 权重 10%" in seen
    assert "未计入：同事评估（作答人数不足，不计入）。其余部分的权重按比例折算" in how
    assert "÷ 90 = " in how  # the weights that are left: 60, 20 and 10
    assert "耐心细致" not in seen + how
    lena = town.player("lena")
    lena.command("/result")
    seen = lena.window()
    lena.touch("How was this computed?")
    how = lena.window()
    assert "Rating: B · As expected" in seen
    assert (
        "Too few have answered: it takes at least 3. Nothing of it is shown to anybody, now or later." in seen
    )
    assert "Review by a colleague: left out · weight 10%" in seen
    assert "Review by a colleague (too few have answered, so it counts for nobody)" in how
    assert "Her sketches" not in seen + how
    jonas.command("/result")
    assert "A · Beyond expectations" in jonas.window()
    assert "Led the migration" not in jonas.window()
    wei.command("/result")
    assert "More time for talks" in wei.window()
    for who in (*TEAM, "chenwei", "anna", "marta"):
        for text in town.player(who).messages():
            assert "Beyond expectations" not in text
            assert "略超预期" not in text
            assert "Keep calm" not in text
    assert len(town.player("zhaolei").messages()) == said_before
    assert not town.records(lambda records: records.tasks.open_of(leaver.id))
    assert town.records(lambda records: records.pens.is_sealed(cycle))
    (file,) = tmp_path.rglob("*.db")
    said: list[str] = []
    assert verify(cycle, Settings.read({"PERFLOOP_DATABASE_URL": f"sqlite:///{file}"}), said.append)
    assert "all as they were written and released" in said[-1]
