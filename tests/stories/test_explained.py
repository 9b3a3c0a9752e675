"""How a result was computed: everybody who may read it opens it down to its sources, and nobody else finds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from bot.exchange import Press
from flows.core.screen import Act
from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import series_of
from flows.results.computing import compute
from flows.results.computing import rate as rate_one
from flows.results.records import Session
from flows.reviews.records import Review
from tests.stories.quarter import go
from tests.stories.releasing import OPENS, OVER, RELEASED, SCALE, launched, person, rate, release
from tests.stories.reviewing import write

D = Decimal
MADE = replace(
    RELEASED,
    goal_methods=("kpi",),
    weights={"goals": D(60), "results": D(20), "peers": D(20)},
    scale=tuple(replace(step, least=least) for step, least in zip(SCALE, (D(90), D(60), None), strict=True)),
)
DAY = timedelta(days=1)
COLLEAGUES = ("wangqiang", "zhangmin", "jonas")


def goal(town: Any, cycle: int, name: str, title: str, value: object, **terms: Any) -> int:
    whose, at = person(town, name).id, town.now()

    def work(records: Any) -> int:
        made = records.goals.save(Goal(0, whose, Terms(title, **terms), cycle))
        day = date(2026, 3, 10)
        records.readings.keep(
            [Reading(0, series_of(made), day.isoformat(), day, D(str(value)), "import", at)]
        )
        return int(made.id)

    return int(town.records(work))


def computed(town: Any, cycle: int, *names: str) -> None:
    ids = [person(town, name).id for name in names]

    def work(records: Any) -> None:
        compute(records, records.cycles.get(cycle), ids, town.now())

    town.records(work)


def rated(town: Any, cycle: int, name: str, rating: str, why: str, by: str, kind: str = "manager") -> None:
    whose, who = person(town, name), person(town, by)
    town.records(
        lambda records: rate_one(
            records,
            records.cycles.get(cycle),
            whose.id,
            kind,
            rating,
            why,
            who,
            town.now(),  # type: ignore[arg-type]
        )
    )


def prepared(town: Any) -> int:
    """Lina has two goals, three colleagues' reviews and her manager's, and a rating above the computed one."""
    cycle = launched(town, MADE, lina=COLLEAGUES)
    goal(town, cycle, "lina", "Orders", 90, target=D(100), weight=D(75), visibility="public")
    goal(town, cycle, "lina", "Night shifts", 3, target=D(2), lower=True, weight=D(25), visibility="private")
    for n, author in enumerate(COLLEAGUES):
        write(town.player(author), "李娜", helps=str(n % 2 + 2), keep=f"Keep {n}")
    go(town, OVER)
    lina, chenwei = person(town, "lina").id, person(town, "chenwei").id
    answers = {"results": "3", "why": "Saved the launch"}
    review = Review(0, cycle, "manager-review", "manager", lina, chenwei, chenwei, answers, town.now())
    town.records(lambda records: records.reviews.keep(review))
    computed(town, cycle, "lina", "kavya")
    rated(town, cycle, "lina", "A", "The score does not show the launch", "chenwei")
    return cycle


def seated(town: Any, cycle: int, *names: str) -> Session:
    """A calibration of these people, with two managers of other teams."""
    hr, others = person(town, "marta").id, [person(town, name).id for name in ("chenwei", "rahul")]

    def work(records: Any) -> Session:
        session = records.sessions.save(Session(0, cycle, "Here", "open", tuple(others), hr, town.now()))
        records.sessions.seat(session, [records.people.by_email(f"{name}@example.com").id for name in names])
        return session  # type: ignore[no-any-return]

    return town.records(work)  # type: ignore[no-any-return]


def opens(town: Any, name: str, cycle: int, about: str, *version: str) -> str:
    """The screen, as it reads for somebody who presses the button wherever they may have it from."""
    player = town.player(name)
    act = Act("see", ("result-explained", str(cycle), str(person(town, about).id), *version))
    player._take(Press(act, "message"))
    return str(player.window())


def test_a_manager_opens_the_score_down_to_every_source(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    seen = opens(town, "chenwei", cycle, "lina")
    for line in (
        "李娜 · Q1",
        # 0.6 x (0.75 x 90 + 0.25 x 50) + 0.2 x 100 + 0.2 x 2.5 ÷ 3 x 100
        "目标: 80 · 权重 60% · 贡献 48 分",
        "成果如何？ 100 · 权重 20% · 贡献 20 分",
        "同事评估: 83.3333 · 权重 20% · 贡献 16.67 分",
        "得分：60% × 80 + 20% × 100 + 20% × 83.3333 = 84.67",
        "60 分起，建议评级为 B · 良好。",
        "75% × 90% + 25% × 50% = 80%",
        "90（3月10日（周二）的数值） · 导入 · 90 ÷ 100 = 90% · 占 75%",
        "3（3月10日（周二）的数值） · 导入 · 2 − 3 ÷ 2 = 50% · 占 25%",
        "评分 3（最高 3）：3 ÷ 3 × 100",
        "此人给你的帮助有多大？ 2.5（最高 3）",
        "A · 卓越 · 得分 84.67 · 陈伟，3月16日（周一）17:00",
        "The score does not show the launch",
        "建议 B · 良好 · 得分 84.67 · 3月16日（周一）",
    ):
        assert line in seen
    for name in ("王强", "张敏", "Jonas", "Keep 0"):
        assert name not in seen, "peers are never named"
    chenwei = town.player("chenwei")
    chenwei.touch("打开", beside="Orders")
    assert "达成率: 90%" in chenwei.window()
    opens(town, "chenwei", cycle, "lina")
    chenwei.touch("打开", beside="评分 3")
    assert "Saved the launch" in chenwei.window()


def test_what_it_was_before_is_kept_as_it_was(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    goal(town, cycle, "lina", "A late one", 100, target=D(100), weight=D(100))
    computed(town, cycle, "lina")
    assert "50% × 100%" in opens(town, "chenwei", cycle, "lina")
    lina = person(town, "lina").id
    versions = town.records(lambda records: records.ledger.of(cycle, lina))
    then = next(one for one in versions if one.score == D("84.67"))
    before = opens(town, "chenwei", cycle, "lina", str(then.version))
    assert "= 84.67" in before
    assert "3月16日（周一）17:00的计算" in before
    assert "A late one" not in before
    assert "建议 A" in before, "the history is told with each version"


def test_what_is_missing_is_named_with_its_reason(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    goal(town, cycle, "kavya", "Calls", 50, target=D(100))
    computed(town, cycle, "kavya")
    seen = opens(town, "chenwei", cycle, "kavya")
    assert "得分：100% × 50 = 50" in seen
    assert "未计入：成果如何？（上级评估尚未提交）、同事评估（没有人评价）。其余部分的权重按比例折算" in seen
    assert "低于其他各级的起始分，建议评级为 C · 待改进。" in seen


def test_who_reads_it_when(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)

    def finds(name: str) -> bool:
        town.player(name).last_aside = ""
        seen = opens(town, name, cycle, "lina")
        return "84.67" in seen and not town.player(name).last_aside

    readers = ("lina", "chenwei", "anna", "rahul", "marta", "juliana", "wangqiang", "kavya", "olivia")
    # Everything is written, and nothing is calibrated: the manager and the managers above.
    assert [name for name in readers if finds(name)] == ["chenwei", "anna"]
    session = seated(town, cycle, "lina")
    assert [name for name in readers if finds(name)] == ["chenwei", "anna", "rahul", "marta"]
    town.records(lambda records: records.sessions.save(replace(session, state="locked")))
    rate(town, cycle, without=("lina",))
    release(town)
    assert [name for name in readers if finds(name)] == ["chenwei", "anna", "rahul", "marta"]
    town.to(OPENS + DAY)
    assert [name for name in readers if finds(name)] == ["lina", "chenwei", "anna", "rahul", "marta"]
    audited = town.records(lambda records: records.audit.latest("result.explain", OVER - DAY))
    assert len(audited) == 3, "only HR, each time"


def test_whoever_it_is_about_reads_how_it_stands_and_no_more(bare_quiet_town: Any) -> None:
    """The manager's rating before the calibration, and why it was changed there, are not theirs to read."""
    town = bare_quiet_town
    cycle = prepared(town)
    session = seated(town, cycle, "lina")
    rated(town, cycle, "lina", "B", "Others did more", "rahul", "calibrated")
    assert "调整" not in opens(town, "rahul", cycle, "lina")
    rahul = opens(town, "rahul", cycle, "lina")
    assert "Calibrated" in rahul
    assert "Others did more" in rahul
    assert "By the manager" in rahul
    chenwei = opens(town, "anna", cycle, "lina")
    assert "Others did more" not in chenwei, "she takes no part in it"
    assert "Calibrated" not in chenwei
    town.records(lambda records: records.sessions.save(replace(session, state="locked")))
    rate(town, cycle, without=("lina",))
    release(town)
    town.to(OPENS + DAY)
    lina = opens(town, "lina", cycle, "lina")
    assert "校准\nB · 良好" in lina
    assert "得分：60% × 80 + 20% × 100 + 20% × 83.3333 = 84.67" in lina
    for hidden in ("A · 卓越", "Others did more", "The score does not show", "Rahul"):
        assert hidden not in lina
    anna = opens(town, "anna", cycle, "lina")
    assert "Calibrated" in anna
    assert "Others did more" not in anna


def test_a_private_goal_is_named_to_those_alone_who_may_read_it(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    seated(town, cycle, "lina")
    assert "Night shifts" in opens(town, "chenwei", cycle, "lina")
    seen = opens(town, "rahul", cycle, "lina")
    assert "Night shifts" not in seen
    assert "A goal that is not open to you\n3, the value of Tuesday 10 March" in seen
    assert "Orders" in seen


@pytest.mark.parametrize(
    "about", [(), ("x",), ("1",), ("1", "999999"), ("999999", "1"), ("1", "2", "x"), ("-1", "²")]
)
def test_what_is_not_there_is_not_found(bare_quiet_town: Any, about: tuple[str, ...]) -> None:
    town = bare_quiet_town
    prepared(town)
    chenwei = town.player("chenwei")
    chenwei._take(Press(Act("see", ("result-explained", *about)), "message"))
    assert "这里没有" in chenwei.last_aside


def test_it_takes_a_few_queries_however_much_there_is(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = prepared(town)
    goal(town, cycle, "lina", "Of the team", 1, target=D(100), weight=D(1))
    computed(town, cycle, "lina")
    counts = []
    for _ in range(2):
        asked: list[str] = []

        def note(*given: Any, asked: list[str] = asked) -> None:
            asked.append(given[2])

        engine = town.records(lambda records: records.ledger._connection.engine)
        event.listen(engine, "before_cursor_execute", note)
        opens(town, "chenwei", cycle, "lina")
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(asked))
        for number in range(20):
            goal(town, cycle, "lina", f"Goal {number}", number, target=D(100), weight=D(1))
        computed(town, cycle, "lina")
    assert counts[0] == counts[1] < 60
