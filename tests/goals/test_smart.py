"""The SMART check: what it reads, when each rule fires, the sentence rewritten, and the labelled sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bench.smart import FIRST, LAST, LEAST, RULES, TODAY, read_labelled, scores
from flows.goals.kept import LARGEST, Terms
from flows.goals.smart.checking import MOST, Context, Known, check, rewritten
from flows.goals.smart.folding import LONGEST, language_of
from flows.goals.smart.reading import Understood, understood

CYCLE = Context(TODAY, FIRST, LAST["quarter"])
MARCH = date(2027, 3, 31)
SENTENCES = Path(__file__).with_name("smart_sentences.yml")


def fired(title: str, context: Context = CYCLE, **fields: object) -> set[str]:
    return {hint.rule for hint in check(Terms(title, **fields), context)}  # type: ignore[arg-type]


def amounts(said: Understood) -> tuple[str, ...]:
    return tuple(
        "" if value is None else f"{value.normalize():f}"
        for value in (said.baseline, said.target, said.change)
    )


@pytest.mark.parametrize(
    ("sentence", "expected", "unit", "lower", "due"),
    [
        ("Increase new customers from 12 to 20 a month by 31 March", ("12", "20", ""), "customers", False, MARCH),
        ("新客户数从每月12家提高到20家，3月31日前", ("12", "20", ""), "家", False, MARCH),
        ("把客诉率降到 2% 以下", ("", "2", ""), "%", True, None),
        ("Reduce churn to under 3%", ("", "3", ""), "%", True, None),
        ("实现销售额 800 万元（去年 650 万元）", ("6500000", "8000000", ""), "CNY", False, None),
        ("Cut the bill from $42,000 to $35k by 31/03/2027", ("42000", "35000", ""), "USD", True, MARCH),
        ("Build time under 6 minutes (now 14 minutes)", ("14", "6", ""), "minutes", True, None),
        ("renewal rate: 85 % -> 92 %, end of Q1", ("85", "92", ""), "%", False, MARCH),
        ("客户满意度从八成二提到九成，三月底之前", ("82", "90", ""), "%", False, MARCH),
        ("不良率降低30%", ("", "", "-30"), "", True, None),
        ("Increase sales by 20% this quarter", ("", "", "20"), "", False, MARCH),
        ("Double the number of subscribers", ("", "", "100"), "", False, None),
        ("转化率翻一番", ("", "", "100"), "", False, None),
        ("Reduce p95 latency on line 4 per ISO 9001 in week 12 to 300 ms", ("", "300", ""), "ms", True, date(2027, 3, 28)),
        ("２０２７年３月底前，新客戶由１２家增至２０家", ("12", "20", ""), "家", False, MARCH),
        ("2027 年 3 月 31 日前，投诉从 30 起降到 5 起", ("30", "5", ""), "起", True, MARCH),
        ("Raise NPS to 45", ("", "45", ""), "NPS", False, None),
        ("Launch the shop in 2027", ("", "", ""), "", None, date(2027, 12, 31)),
        ("Sign 20 dealers next quarter", ("", "20", ""), "dealers", None, date(2027, 6, 30)),
        ("1e308 customers", ("", "", ""), "", None, None),
        (f"{10**15} customers", ("", "", ""), "", None, None),
        ("", ("", "", ""), "", None, None),
    ],
)  # fmt: skip
def test_what_a_sentence_says(
    sentence: str, expected: tuple[str, ...], unit: str, lower: bool | None, due: date | None
) -> None:
    said = understood(sentence, TODAY)
    assert (amounts(said), said.unit, said.lower, said.due) == (expected, unit, lower, due)


def test_a_range_is_a_target_and_what_would_be_more() -> None:
    said = understood("Sell 8-10 machines a month", TODAY)
    assert (said.target, said.stretch, said.unit, said.per) == (8, 10, "machines", "month")


def test_the_end_of_the_cycle_is_known_from_the_cycle() -> None:
    assert understood("学期末平均分达到80分", TODAY, MARCH).due == MARCH
    assert understood("学期末平均分达到80分", TODAY).due is None


@pytest.mark.parametrize(
    ("sentence", "done"),
    [("Launch the shop", True), ("新官网上线", True), ("Improve the shop", False), ("Sign 20 dealers", False)],
)  # fmt: skip
def test_what_is_done_or_not_needs_no_number(sentence: str, done: bool) -> None:
    assert understood(sentence, TODAY).yes_no is done


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("number", "Sales by 31 March", "Sign 20 dealers by 31 March"),
        ("number", "业绩，3月底", "3月底前签约经销商20家"),
        ("unit", "Revenue 3M by 31 March", "Revenue of 3M euros by 31 March"),
        ("unit", "利润做到150，3月底前", "利润做到150万元，3月底前"),
        ("baseline", "Raise the win rate to 28% in Q1", "Raise the win rate from 22% to 28% in Q1"),
        ("baseline", "续约率达到92%，3月底", "续约率达到92%（目前85%），3月底"),
        ("baseline", "Cut costs by 15% in Q1", "Keep costs below 15% of sales in Q1"),
        (
            "target",
            "Improve on last year's 30 customers in Q1",
            "Win 36 customers in Q1, last year's 30 and more",
        ),
        ("target", "目前退货率6%，本季度要降下来", "目前退货率6%，本季度降到4%"),
        ("date", "Sign 20 dealers", "Sign 20 dealers this quarter"),
        ("date", "Sign 20 dealers a month", "Sign 20 dealers a month until March"),
        ("date", "Sign 20 dealers by 30 April", "Sign 20 dealers by 30 March"),
        ("date", "2026年12月底前签约20家", "2027年2月底前签约20家"),
        ("owner", "We sign 20 dealers by 31 March", "Sign 20 dealers by 31 March"),
        ("owner", "由王芳负责3月5日前上线接口", "3月5日前上线接口"),
        (
            "outcome",
            "Organise three trainings by March",
            "Three trainings, so that errors fall from 8 to 3 by March",
        ),
        ("outcome", "组织三次培训，3月底前", "3月底前把差错从每月8起降到3起"),
        ("vague", "Improve service by March", "Improve service from 3.6 to 4 points by March"),
        ("vague", "服务态度好", "3月底前服务评分从3.6分提高到4分"),
        ("vague", "Launch the shop as soon as possible", "Launch the shop as soon as possible, by 1 March"),
        ("vague", "尽快上线", "尽快在3月10日前上线"),
    ],
)
def test_each_rule_fires_and_is_content(rule: str, bad: str, good: str) -> None:
    assert rule in fired(bad)
    assert rule not in fired(good)


def test_what_stands_in_a_field_is_not_asked_for_again() -> None:
    whole = {"unit": "%", "baseline": Decimal(85), "target": Decimal(92), "due": MARCH}
    assert fired("Improve the renewal rate", **whole) == set()
    for name, rule in [("baseline", "baseline"), ("due", "date")]:
        assert rule in fired("Improve the renewal rate", **{**whole, name: None})
    assert "unit" in fired("Improve the renewal rate", **{**whole, "unit": ""})
    assert "target" in fired("Improve the renewal rate", **{**whole, "target": None})


def test_kinds_of_goals_have_their_own_reading() -> None:
    assert fired("Make customers love us", shape="objective") == set()
    assert fired("Make customers love us", shape="number") == {"number", "date"}
    assert fired("Warehouse move", shape="milestones", due=MARCH) == {"number"}
    assert fired("Warehouse move", shape="milestones", milestones=("Lease",), due=MARCH) == set()
    assert fired("Warehouse move", shape="yes_no", due=MARCH) == set()
    assert fired("Improve the warehouse", shape="yes_no", due=MARCH) == {"vague"}


def test_outside_a_cycle_any_day_will_do() -> None:
    assert fired("Sign 20 dealers by 30 June 2029", Context(TODAY)) == set()


def test_a_parent_is_asked_for_only_where_there_is_one_and_of_no_company_goal() -> None:
    good = "Sign 20 dealers by 31 March"
    assert fired(good, Context(TODAY, FIRST, MARCH, parents=True)) == {"parent"}
    assert fired(good, Context(TODAY, FIRST, MARCH, parents=True), parent=4) == set()
    assert fired(good, Context(TODAY, FIRST, MARCH, parents=True, level="company")) == set()


def test_nobody_answers_for_it() -> None:
    assert fired("Sign 20 dealers by 31 March", Context(TODAY, FIRST, MARCH, owned=False)) == {"owner"}


def test_we_is_nobody_for_a_person_and_somebody_for_a_department() -> None:
    goal = "We sign 20 dealers by 31 March"
    assert fired(goal) == {"owner"}
    assert fired(goal, Context(TODAY, FIRST, MARCH, level="department")) == set()


def test_a_newcomer_and_a_veteran_get_different_hints() -> None:
    def words(title: str, **around: object) -> list[tuple[str, str]]:
        peers = tuple(
            Known("New customers a month", "customers", Decimal(n), per="month") for n in (9, 10, 11)
        )
        context = Context(TODAY, FIRST, MARCH, peers=peers, **around)  # type: ignore[arg-type]
        return [(hint.words.en, hint.words.zh) for hint in check(Terms(title), context)]

    five, ten = (f"Win {n} new customers a month by 31 March" for n in (5, 10))
    assert words(five, newcomer=True) == []
    assert words(ten) == []
    assert words(ten, newcomer=True) == [(
        "You are new: peers of your level agree on about 10 customers, and 5 customers is a good first step.",
        "你刚入职：同级同事一般约定 10 customers，先从 5 customers 起步更稳妥。",
    )]  # fmt: skip
    assert words(five) == [(
        "Peers of your level agree on about 10 customers: aim for more, or say why it is less.",
        "同级同事一般约定 10 customers：可以定高一些，或说明原因。",
    )]  # fmt: skip
    history = (Known("Customers a month", "customers", Decimal(4), Decimal(4), per="month"),)
    assert words(five, history=history) == []  # one's own history says more than one's peers
    assert words(ten, history=history)[0][0].startswith("Your best so far is 4 customers")


@pytest.mark.parametrize(
    ("title", "known", "fires"),
    [
        (
            "Defects from 9 to 4 a month by March",
            Known("Defects", "defects", Decimal(9), Decimal(8), True, "month"),
            True,
        ),
        (
            "Defects from 9 to 7 a month by March",
            Known("Defects", "defects", Decimal(9), Decimal(8), True, "month"),
            False,
        ),
        (
            "On-time delivery from 88% to 99% in Q1",
            Known("On-time delivery", "%", Decimal(90), Decimal(88)),
            True,
        ),
        (
            "On-time delivery from 88% to 91% in Q1",
            Known("On-time delivery", "%", Decimal(90), Decimal(88)),
            False,
        ),
        (
            "Sign 20 dealers in Q1",
            Known("Close 5 audits", "dealers", Decimal(5), Decimal(5)),
            False,
        ),  # about other things
        (
            "Sign 20 dealers in Q1",
            Known("Sign dealers", "dealers", Decimal(5), Decimal(5), False, "month"),
            False,
        ),
        ("Sign 20 dealers in Q1", Known("Sign dealers", "dealers", Decimal(0), Decimal(0)), False),
    ],
)
def test_attainable_beside_ones_own_history(title: str, known: Known, fires: bool) -> None:
    assert ("attainable" in fired(title, Context(TODAY, FIRST, MARCH, history=(known,)))) is fires


@pytest.mark.parametrize(
    ("title", "other", "twins"),
    [
        ("Sign 20 new customers by 31 March", "Sign twenty new customers until March", True),
        ("ISO 9001 audit passed", "Pass the ISO 9001 audit by 3 March", True),
        ("Pass the ISO 14001 audit", "Pass the ISO 9001 audit", False),
        ("Increase returns from 40 to 50", "Reduce returns from 50 to 40", False),
        ("供应商门户上线", "3月5日前上线供应商门户", True),
        ("提高客戶續約率", "提高客户续约率", True),
        ("华北区NPS从30提升到40", "华南区NPS从30提升到40", False),
        ("Sign 20 dealers", "", False),
    ],
)
def test_the_same_goal_twice(title: str, other: str, twins: bool) -> None:
    hints = check(Terms(title), Context(TODAY, others=("Learn to sail", other)))
    told = [hint.words.en for hint in hints if hint.rule == "duplicate"]
    assert told == ([f"It says the same as “{other}”: keep one of the two."] if twins else [])


@pytest.mark.parametrize(
    ("title", "fields", "expected"),
    [
        ("Improve service", {}, "Improve service from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩ by ⟨31 March or earlier⟩"),
        ("优化系统性能。", {}, "优化系统性能：⟨衡量指标⟩从⟨现值⟩到⟨目标值⟩⟨单位⟩，⟨3月31日⟩前"),
        ("Reduce churn to under 3%", {}, "Reduce churn to under 3% (now ⟨value today⟩) by ⟨31 March or earlier⟩"),
        ("把客诉率降到2%以下", {}, "把客诉率降到2%以下（目前⟨现值⟩），⟨3月31日⟩前"),
        ("Revenue of 3M by 31 March", {}, "Revenue of 3M ⟨unit⟩ by 31 March"),
        ("Sign 20 dealers by 30 June", {}, "Sign 20 dealers by ⟨31 March or earlier⟩"),
        ("尽快上线新系统", {}, "⟨3月31日⟩前上线新系统"),
        ("Organise three trainings by March", {},
         "Organise three trainings by March, so that ⟨result⟩ goes from ⟨value today⟩ to ⟨target⟩ ⟨unit⟩"),
        ("我们3月底前新签客户20家", {}, "我们3月底前新签客户20家（我负责：⟨自己的部分⟩）"),
        ("仓库项目", {"shape": "milestones", "due": MARCH}, "仓库项目：⟨里程碑⟩、⟨里程碑⟩、⟨里程碑⟩"),
        ("Sign 20 dealers by 31 March", {}, "Sign 20 dealers by 31 March"),
    ],
)  # fmt: skip
def test_the_sentence_rewritten_with_slots(title: str, fields: dict[str, object], expected: str) -> None:
    terms = Terms(title, **fields)  # type: ignore[arg-type]
    found = rewritten(terms, check(terms, CYCLE), CYCLE)
    assert (found.en, found.zh) == (expected, expected)


def test_the_most_helpful_hints_come_first_and_are_short() -> None:
    hints = check(Terms("Improve customer service"), Context(TODAY, FIRST, MARCH, parents=True))
    assert [hint.rule for hint in hints[:MOST]] == [
        "vague",
        "date",
        "parent",
    ]  # the number is asked for by "vague"
    hasty = check(Terms("Launch the shop asap"), Context(TODAY, FIRST, MARCH, parents=True))
    assert [hint.rule for hint in hasty] == ["vague", "parent", "date"]
    assert hasty[0].words.zh == "“asap”不是期限：写明哪一天。"
    assert hints[0].words.en == "“Improve” can mean anything: say from how much to how much."
    assert hints[1].words.zh == "写明期限：不晚于3月31日（周三）。"
    assert all(
        len(hint.words.en) <= 120
        for one in read_labelled(SENTENCES)
        for hint in check(one.terms, one.context)
    )


def test_the_labelled_set_is_large_and_half_chinese() -> None:
    labelled = read_labelled(SENTENCES)
    chinese = sum(language_of(one.terms.title) == "zh" for one in labelled)
    assert len(labelled) >= 500
    assert 0.4 <= chinese / len(labelled) <= 0.6
    assert len({one.terms.title for one in labelled}) == len(labelled)
    assert set(RULES) == set().union(*(one.fires for one in labelled))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_right_on_held_out_sentences(rule: str) -> None:
    score = scores([one for one in read_labelled(SENTENCES) if one.held_out])[rule]
    assert score.right >= 5
    assert score.precision >= LEAST
    assert score.recall >= LEAST


WORDS = (
    "from to by under 从 到 至 由 31 March 3月31日 Q1 一季度 20 % 1,2 1e308 -5 ¥ $ 万 亿 三十五 家 customers 去年 now we 我们 "
    "improve 尽快 so that 翻番 double no zero ISO 9001 ( ) ， 。 - ~ → 😀 İ \u200b \u0000 零 成 八成 百分之 99999999999999999999"
)
PIECES = st.sampled_from(WORDS.split())
SENTENCE = st.one_of(
    st.text(max_size=400),
    st.lists(PIECES, max_size=80).map(" ".join),
    st.lists(PIECES, max_size=80).map("".join),
)


@given(title=SENTENCE, others=st.lists(SENTENCE, max_size=3), chosen=st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_sentence_makes_it_fail(title: str, others: list[str], chosen: bool) -> None:
    known = tuple(Known(other, "", Decimal(3), Decimal(0)) for other in others)
    context = Context(
        TODAY, FIRST, MARCH, parents=chosen, others=tuple(others), history=known, peers=known, newcomer=chosen
    )
    terms = Terms(title)
    hints = check(terms, context)
    assert len({hint.rule for hint in hints}) == len(hints)
    text = rewritten(terms, hints, context).en
    assert text == title or "⟨" in text
    said = understood(title, TODAY)
    assert all(value is None or abs(value) <= LARGEST for value in (said.target, said.baseline, said.stretch))
    assert understood(title[:LONGEST], TODAY) == said
