"""Somebody disagrees with their result: an appeal is checked, decided by people who had no part, and never makes it worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.exchange import Press
from flows.core.screen import Act
from flows.cycle.people.changes import person_changed
from flows.results.final import final_version
from flows.results.inputs import recompute
from flows.results.records import Session
from tests.stories.appealing import (
    DAY,
    FACTS,
    HOUR,
    READ,
    WISH,
    check,
    decide,
    file,
    look,
    opened,
    seated,
    see,
    theirs,
    versions,
)
from tests.stories.releasing import person, ready, release

TEXTS = (
    FACTS,
    WISH,
    "release notes",
    "The date was moved",
    "It was finished in time",
    "Outstanding",
    "C · Below",
)
NOT_THERE = ("There is nothing here for you", "这里没有你可以查看的内容")


def is_refused(player: Any) -> bool:
    return any(words in player.last_aside for words in NOT_THERE)


def act(town: Any, name: str, verb: str, *about: str) -> Any:
    """Press a button that is not there: an old message, or a forged one."""
    player = town.player(name)
    player._take(Press(Act(verb, about), "message"))
    return player


def test_an_appeal_is_won_at_level_2(quiet_town: Any) -> None:
    town = quiet_town
    cycle = opened(town)
    kavya, chenwei = town.player("kavya"), town.player("chenwei")
    kavya.command("/result")
    assert "If you disagree, appeal until the end of Monday 30 March" in kavya.window()
    kavya.touch("Appeal")
    assert "It never makes your result worse" in kavya.window()
    kavya.fill(
        parts=["results", "rating"],
        facts=FACTS,
        evidence="The release notes",
        talk="not_held",
        wish=WISH,
        apart="no",
    )
    assert kavya.submit() == {}
    assert "Your appeal is filed" in kavya.window()
    appeal = theirs(town, cycle, "kavya")
    kavya.command("/result")
    kavya.touch("Your appeal")
    assert "Where it is: Formal check by HR" in kavya.window()

    town.to(town.now() + DAY)
    liufang = town.player("liufang")
    assert any("有一份申诉等待形式审查" in text for text in liufang.messages())
    check(town, appeal, hr="liufang")
    assert seated(town, appeal, 1) == ["anna"], "the manager above the manager, who had no part in it"
    chenwei.command("/result team")
    assert "针对你团队成员结果的申诉：1 份" in chenwei.window()

    town.to(town.now() + DAY)
    anna = town.player("anna")
    assert any("An appeal in Q1 waits for your decision" in text for text in anna.messages())
    anna = look(town, "anna", appeal)
    assert FACTS in anna.window()
    assert "C · Below" in anna.window()
    anna.touch("How was this computed?")
    assert "Rated 1 of 3" in anna.window()
    decide(town, "anna", appeal, "rejected", "The date was moved in January")
    town.to(town.now() + 3 * DAY)
    assert any("There is a decision on your appeal in Q1" in text for text in kavya.messages())
    kavya.command("/appeal")
    assert "The date was moved in January" in kavya.window()
    kavya.touch("Go on to a panel")
    panel = seated(town, appeal, 2)
    assert len(panel) == 3
    assert not {"anna", "chenwei", "grace", "kavya", "olivia"} & {*panel}

    first, second, third = panel
    decide(town, first, appeal, "upheld", "It was finished in time", rating="B", **{"part-results": "2"})
    assert len(versions(town, cycle, "kavya")) == len(versions(town, cycle, "lina")), (
        "one of three decides nothing"
    )
    kavya.command("/appeal")
    assert "It was finished in time" not in kavya.window()
    other = look(town, second, appeal)
    other.touch("同意" if other.title() == "申诉" else "I agree")
    kept = versions(town, cycle, "kavya")
    assert (kept[-1].kind, kept[-1].rating, kept[-1].why) == ("appealed", "B", "It was finished in time")
    assert kept[-1].coefficient == Decimal(1)
    assert kept[-1].by == person(town, first).id
    assert recompute(kept[-1].inputs) == kept[-1].score > kept[-2].score
    assert [one.rating for one in kept if one.kind == "manager"] == ["C"], "what was released stays readable"
    whose = person(town, "kavya").id
    assert town.records(lambda records: final_version(records, cycle, whose)) == kept[-1]
    assert theirs(town, cycle, "kavya").state == "decided"
    late = look(town, third, appeal)
    assert "Decided" in late.window() or "已裁决" in late.window()

    town.to(town.now() + DAY)
    kavya.command("/result")
    assert "Rating: B · Good" in kavya.window()
    assert "This is the result after an appeal" in kavya.window()
    kavya.touch("How was this computed?")
    assert "After an appeal" in kavya.window()
    assert "It was finished in time" in kavya.window()
    assert any("有一份关于你团队结果的申诉已有决定" in text for text in chenwei.messages())
    chenwei.press("查看", next(n for n, text in enumerate(chenwei.messages()) if "的申诉已有决定" in text))
    assert "It was finished in time" in chenwei.window()
    assert FACTS not in chenwei.window()
    for name in ("kavya", "chenwei", "anna", "marta", "liufang", *panel):
        for text in town.player(name).messages():
            assert not [words for words in TEXTS if words in text], f"{name} reads contents in a message"


def test_one_is_withdrawn_filed_again_and_then_no_more(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    lina = town.player("lina")
    file(lina, "成果没有被完整计入")
    first = theirs(town, cycle, "lina")
    lina.command("/appeal")
    assert "HR 形式审查中" in lina.window()
    lina.touch("撤回")
    assert "已撤回" in lina.window()
    assert theirs(town, cycle, "lina").state == "withdrawn"
    town.to(town.now() + DAY)
    assert not any("申诉" in text for text in town.player("liufang").messages()), "nobody is asked any more"
    act(town, "lina", "do", "appeal-withdraw", str(first.id))
    assert "你的申诉已结束" in lina.last_aside
    file(lina, "再次说明")
    assert theirs(town, cycle, "lina").id != first.id
    lina.command("/appeal")
    lina.touch("撤回")
    act(town, "lina", "open", "appeal", str(cycle))
    assert "你已两次撤回" in lina.last_aside


def test_one_is_not_admissible_after_it_was_sent_back_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya = town.player("kavya")
    file(kavya, "I deserve better")
    appeal = theirs(town, cycle, "kavya")
    marta = check(town, appeal, "returned")
    assert "Please write what is missing" in marta.window()
    marta.fill(why="Which facts, and from when?")
    assert marta.submit() == {}
    town.to(town.now() + DAY)
    assert any("Your appeal in Q1 came back" in text for text in kavya.messages())
    kavya.command("/appeal")
    assert "Which facts, and from when?" in kavya.window()
    kavya.touch("Complete it")
    assert kavya.field("facts") == "I deserve better"
    kavya.fill(facts="I still deserve better")
    assert kavya.submit() == {}
    assert theirs(town, cycle, "kavya").facts == "I still deserve better"
    marta = see(town, "marta", appeal)
    marta.touch("Check it")
    assert "Sent back once" not in marta.window(), "it is sent back once"
    marta.fill(verdict="inadmissible", why="No facts are given")
    assert marta.submit() == {}
    town.to(town.now() + DAY)
    assert any("There is news about your appeal in Q1" in text for text in kavya.messages())
    kavya.command("/appeal")
    assert "Not admissible" in kavya.window()
    assert "No facts are given" in kavya.window()
    act(town, "kavya", "open", "appeal", str(cycle))
    assert "is not looked at a second time" in kavya.last_aside
    act(town, "marta", "open", "appeal-check", str(appeal.id))
    assert "was checked already" in town.player("marta").last_aside


def test_where_a_retaliation_is_feared_no_manager_learns_of_it(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya = town.player("kavya")
    file(kavya, apart="yes")
    appeal = theirs(town, cycle, "kavya")
    town.to(town.now() + DAY)
    for name in ("chenwei", "anna", "grace", "juliana"):
        player = see(town, name, appeal)
        assert is_refused(player), name
        assert not any("ppeal" in text or "申诉" in text for text in player.messages()), name
    chenwei = town.player("chenwei")
    chenwei.command("/result team")
    assert "申诉" not in chenwei.window()
    marta = check(town, appeal)
    assert "decides" in marta.window()
    decider = seated(town, appeal, 1)
    assert decider[0] in ("marta", "liufang"), "HR from the beginning"
    decide(town, decider[0], appeal, "upheld", "The facts are as described", rating="B")
    assert versions(town, cycle, "kavya")[-1].kind == "appealed"
    town.to(town.now() + 2 * DAY)
    assert not any("申诉" in text for text in chenwei.messages())
    assert is_refused(see(town, "chenwei", appeal, "appeal-decision"))
    marta.command("/appeal list")
    assert "Kavya Iyer · Q1" in marta.window()
    juliana = town.player("juliana")
    juliana.command("/appeal list")
    assert "Kavya" not in juliana.window()


def test_what_can_go_wrong_with_an_appeal_is_said_and_nothing_is_lost(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya, chenwei, lina = town.player("kavya"), town.player("chenwei"), town.player("lina")
    chenwei.command("/appeal kavya@example.com 评级太低")
    assert "只有结果的本人可以申诉" in chenwei.last_aside
    assert "评级太低" in chenwei.last_aside
    kavya.command("/appeal")
    kavya.fill(parts=["results"], facts="x" * 3001, talk="held", wish=WISH, apart="no")
    assert "Please shorten it by 1" in str(kavya.submit())
    lina.command("/appeal")
    lina.fill(parts=["rating"], facts="很长的说明", talk="held", wish="A", apart="no")
    file(kavya)
    appeal = theirs(town, cycle, "kavya")
    act(town, "kavya", "open", "appeal", str(cycle))
    assert "You have an appeal about your result of Q1 already" in kavya.last_aside
    for name in ("jonas", "rahul", "chenwei", "lina"):
        for verb, *about in (
            ("see", "appeal-shown"), ("see", "appeal-decision"), ("see", "appeal-computed"),
            ("do", "appeal-withdraw"), ("do", "appeal-go-on"),
            ("do", "appeal-agree"), ("do", "appeal-step-back"), ("open", "appeal-check"), ("open", "appeal-decide"),
            ("open", "appeal-note"), ("open", "appeal-deciders"), ("open", "appeal-complete"),
        ):  # fmt: skip
            assert is_refused(act(town, name, verb, *about, str(appeal.id))), (name, about)
    check(town, appeal)
    act(town, "anna", "open", "appeal-decide", str(appeal.id))
    anna = town.player("anna")
    anna.fill(outcome="partly", why="Only the procedure")
    assert anna.submit() == {}
    anna.fill(rating="C")
    anna.submit()
    anna.submit()
    assert theirs(town, cycle, "kavya").outcome == "partly"
    assert versions(town, cycle, "kavya")[-1].kind != "appealed", "nothing of the result changed"
    kavya.command("/appeal")
    kavya.touch("Accept")
    act(town, "kavya", "do", "appeal-go-on", str(appeal.id))
    assert "Nothing has to be answered" in kavya.last_aside

    town.to(town.now() + 12 * DAY)  # the window ended on Friday
    lina.submit()
    assert "申诉期限已于 3月27日（周五） 截止" in lina.window()
    assert "很长的说明" in lina.window()
    lina.command("/appeal")
    assert "申诉期限已于" in lina.last_aside
    jonas = town.player("jonas")
    jonas.command("/result")
    assert "The time to disagree ended" in jonas.window()
    assert "Appeal" not in jonas.window()


def test_a_decision_never_makes_it_worse(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    jonas = town.player("jonas")
    file(jonas)
    appeal = theirs(town, cycle, "jonas")
    check(town, appeal)
    anna = decide(town, "anna", appeal, "upheld", "It was less than that", rating="C")
    assert "C · Below is below B · Good" in anna.window()
    assert "What you wrote is kept" in anna.window()
    assert theirs(town, cycle, "jonas").state == "level1"
    anna = see(town, "anna", appeal)
    anna.touch("Decide")
    assert "It was less than that" in anna.window()


def test_who_does_not_answer_in_time_is_reminded_and_hr_is_told(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    jonas, anna, marta = town.player("jonas"), town.player("anna"), town.player("marta")
    file(jonas)
    appeal = theirs(town, cycle, "jonas")
    check(town, appeal)
    for _ in range(6):
        town.to(town.now() + DAY)
    assert any("A reminder: An appeal in Q1 waits for your decision" in text for text in anna.messages())
    assert not theirs(town, cycle, "jonas").late
    for _ in range(5):
        town.to(town.now() + DAY)
    assert theirs(town, cycle, "jonas").late
    assert any("An appeal in Q1 is late" in text for text in marta.messages())
    jonas.command("/appeal")
    assert "late, HR was told" in jonas.window()
    decide(town, "anna", appeal, "partly", "Late, and right in part", rating="A")
    assert versions(town, cycle, "jonas")[-1].rating == "A"
    for _ in range(10):
        town.to(town.now() + DAY)
    assert theirs(town, cycle, "jonas").state == "decided", "no answer leaves it at that"


def test_whoever_steps_back_or_is_tied_is_replaced_and_hr_names_within_the_rule(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya = town.player("kavya")
    file(kavya)
    appeal = theirs(town, cycle, "kavya")
    marta = check(town, appeal)
    marta = see(town, "marta", appeal)
    marta.touch("Who decides")
    marta.fill(people=[town.mention("chenwei")])
    marta.submit()
    assert "陈伟 had a part in this score" in marta.window()
    marta.fill(people=[town.mention("lina")])
    marta.submit()
    assert "李娜 is tied to the score" in marta.window()
    marta.fill(people=[town.mention("priya")])
    assert marta.submit() == {}
    assert seated(town, appeal, 1) == ["priya"]
    assert is_refused(see(town, "anna", appeal))
    priya = see(town, "priya", appeal)
    priya.touch("I can't decide this freely")
    assert seated(town, appeal, 1) in (["marta"], ["liufang"], ["juliana"])
    assert is_refused(see(town, "priya", appeal))


def test_where_nobody_in_the_company_may_decide_hr_enters_a_decision_from_outside(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = ready(town)
    top = tuple(person(town, name).id for name in ("grace", "olivia"))

    def calibrate(records: Any) -> None:
        session = records.sessions.save(Session(0, cycle, "All", "locked", top, top[0], town.now()))
        records.sessions.seat(session, [one.person for one in records.participants.slice(cycle, 0, 100)])

    town.records(calibrate)
    release(town)
    town.to(READ)
    kavya = town.player("kavya")
    kavya.command("/appeal")
    kavya.fill(parts=["rating"], facts=FACTS, talk="held", wish=WISH, apart="yes")
    kavya.submit()
    assert "so it can't be kept apart here" in kavya.window()
    assert kavya.field("facts") == FACTS
    kavya.fill(apart="no")
    assert kavya.submit() == {}
    appeal = theirs(town, cycle, "kavya")
    marta = look(town, "marta", appeal)
    marta.touch("Check it")
    assert "you can have the appeal go on, not stop it" in marta.window()
    assert "Not admissible" not in marta.window()
    marta.fill(verdict="admitted")
    assert marta.submit() == {}
    assert "Nobody in the company may decide it" in marta.window()
    kavya.command("/appeal")
    assert "HR has somebody from outside decide" in kavya.window()
    marta = look(town, "marta", appeal)
    marta.touch("Enter a decision from outside")
    marta.fill(outside="Dr. Meier, Mediation Berlin", outcome="upheld", why="The delivery was in time")
    assert marta.submit() == {}
    marta.fill(rating="A")
    assert marta.submit() == {}
    assert marta.submit() == {}
    last = versions(town, cycle, "kavya")[-1]
    assert (last.kind, last.rating) == ("appealed", "A")
    assert last.why == "Dr. Meier, Mediation Berlin: The delivery was in time"
    kavya.command("/appeal")
    assert "Dr. Meier, Mediation Berlin" in kavya.window()


def test_a_decider_who_leaves_is_replaced_and_leave_gives_them_time(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    file(town.player("kavya"))
    appeal = theirs(town, cycle, "kavya")
    check(town, appeal)
    due = theirs(town, cycle, "kavya").due_at
    anna = town.player("anna")
    anna.command("/perf away")
    anna.fill(first="2026-03-19", last="2026-03-20")
    assert anna.submit() == {}
    town.to(town.now() + 2 * DAY)
    assert theirs(town, cycle, "kavya").due_at == due + 2 * DAY, "two working days of leave"

    def leave(records: Any) -> None:
        one = records.people.by_email("anna@example.com")
        person_changed(records, one, records.people.save(replace(one, active=False)), town.now())

    town.records(leave)
    town.to(town.now() + 2 * DAY)
    assert seated(town, appeal, 1) != ["anna"]
    assert len(seated(town, appeal, 1)) == 1
    assert "Asked to decide" in look(town, "marta", appeal).window()


def test_a_proposal_is_read_by_the_panel_alone_and_stands_in_no_log(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya = town.player("kavya")
    file(kavya)
    appeal = theirs(town, cycle, "kavya")
    check(town, appeal)
    decide(town, "anna", appeal, "rejected", "The date was moved in January")
    kavya.command("/appeal")
    kavya.touch("Go on to a panel")
    first, second, _ = seated(town, appeal, 2)
    decide(town, first, appeal, "upheld", "It was finished in time", rating="B", **{"part-results": "2"})
    for name, shown in ((second, True), ("anna", False), ("kavya", False), ("marta", False)):
        seen = see(town, name, appeal).window()
        assert FACTS in seen, name
        assert ("It was finished in time" in seen) == shown, name
        assert ("Proposed" in seen or "提出决定" in seen) == shown, name
    lines = town.records(lambda records: records.audit.latest("appeal.proposed", READ))
    assert [detail for _, _, detail in lines] == [{}], "no rating stands in the log"


def test_hr_reads_figures_without_names(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    for name in ("kavya", "jonas", "lina"):
        file(town.player(name))
    marta = town.player("marta")
    marta.command("/appeal figures")
    assert "Fewer than 4: nothing more is told" in marta.window()
    file(town.player("arjun"))
    check(town, theirs(town, cycle, "arjun"), "inadmissible", "No facts")
    marta.command("/appeal figures")
    assert "Appeals: 4" in marta.window()
    assert "Not admissible: 1" in marta.window()
    assert "Kavya" not in marta.window()
    kavya = town.player("kavya")
    kavya.command("/appeal figures")
    assert is_refused(kavya)
    town.to(town.now() + HOUR)
