"""Goals are agreed in the chat: both sides, changes with a comment, what is agreed changes only with both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.cycle.people.changes import person_changed
from flows.goals.agreeing.answer_form import choice_of, comment_of
from flows.goals.kept import Goal, Terms
from flows.goals.tree.handing import put_before
from tests.stories.goal_setting import open_sheet, propose, write_goal
from tests.stories.quarter import ON, launch

DAY = timedelta(days=1)
CRASHES = Terms("Fewer crashes", unit="crashes", lower=True, baseline=Decimal(20), target=Decimal(15))
START = Terms("A faster start", unit="seconds", lower=True, baseline=Decimal(6), target=Decimal(2))


def named(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def change(town: Any, name: str, **to: Any) -> None:
    """What the directory tells of somebody."""

    def work(records: Any) -> None:
        before = records.people.by_email(f"{name}@example.com")
        person_changed(records, before, records.people.save(replace(before, **to)), town.now())

    town.records(work)


def goals_of(town: Any, name: str, cycle: int) -> list[Goal]:
    person = named(town, name).id
    found: list[Goal] = town.records(lambda records: records.goals.of_cycle(cycle, person))
    return found


def put(town: Any, by: str, goal: Goal, terms: Terms) -> Goal:
    """Somebody puts terms before the other side, as the form does that is told of elsewhere."""

    def work(records: Any) -> Goal:
        actor = records.people.by_email(f"{by}@example.com")
        return put_before(records, records.goals.get(goal.id) or goal, terms, actor, town.now())

    kept: Goal = town.records(work)
    town.to(town.now())
    return kept


def proposed(town: Any, name: str, cycle: int, *terms: Terms, by: str = "") -> list[Goal]:
    """Somebody's new goals, proposed by themselves unless another is named."""
    person = named(town, name).id
    return [put(town, by or name, Goal(0, person, Terms(""), cycle, state="draft"), one) for one in terms]


def message_with(town: Any, name: str, words: str) -> int:
    """Where the newest message with these words stands among somebody's."""
    messages = town.player(name).messages()
    found = [number for number, text in enumerate(messages) if words in text]
    assert found, messages
    return found[-1]


def agree_tasks(town: Any, name: str) -> list[Any]:
    about = named(town, name).id
    tasks = town.records(lambda records: records.tasks.open_about([about]))
    return [task for task in tasks if task.kind == "agree"]


def test_a_newcomer_and_their_manager_agree_in_two_languages(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    jonas, wei = town.player("jonas"), town.player("chenwei")
    open_sheet(jonas)
    write_goal(jonas, "Fewer crashes", unit="crashes", baseline="20", target="15", way="lower")
    open_sheet(jonas)
    write_goal(jonas, "A faster start", unit="seconds", baseline="6", target="2", way="lower")
    propose(jonas, "陈伟")
    crashes, start = goals_of(town, "jonas", cycle)
    town.to(ON + DAY)
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 2 个目标等待你答复。"))
    assert "Fewer crashes" in wei.window()
    assert "Jonas Weber提出这个目标" in wei.window()
    assert "目标值: 15 crashes" in wei.window()
    wei.touch("逐个答复")
    wei.fill(**{choice_of(crashes): "changes", choice_of(start): "agree"})
    wei.submit()
    assert "请说明“Fewer crashes”需要修改什么" in wei.window()
    wei.fill(**{comment_of(crashes): "8 次就够了"})
    assert wei.submit() == {}
    assert "已确认 1 个目标。已请对方修改 1 个目标。" in wei.window()
    assert agree_tasks(town, "jonas") == []

    town.to(ON + 2 * DAY)
    at = message_with(town, "jonas", "changes are asked in 1 goal")
    assert "陈伟 about your goals for Q2: 1 agreed." in jonas.messages()[at]
    jonas.press("Answer", at)
    assert "陈伟: 8 次就够了" in jonas.window()
    jonas.touch("Write it differently", beside="Fewer crashes")
    assert jonas.submit() == {}
    jonas.fill(target="8")
    assert jonas.submit() == {}
    assert jonas.submit() == {}
    propose(jonas, "陈伟")
    town.to(ON + 3 * DAY)
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    assert "Jonas Weber已修改这个目标，改动如下" in wei.window()
    assert "目标值: 15 crashes → 8 crashes" in wei.window()
    assert "陈伟：8 次就够了" in wei.window()
    wei.touch("同意")
    assert "“Fewer crashes”已确认。" in wei.window()
    assert [goal.state for goal in goals_of(town, "jonas", cycle)] == ["agreed", "agreed"]
    town.to(ON + 4 * DAY)
    assert "陈伟 about your goals for Q2: 1 agreed." in jonas.messages()[-1]


def test_a_veteran_is_agreed_with_in_two_taps_and_twice_is_once(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    proposed(town, "wangqiang", cycle, CRASHES, START)
    town.to(ON + DAY)
    wei = town.player("chenwei")
    at = message_with(town, "chenwei", "王强在Q2有 2 个目标等待你答复。")
    again = wei.later("答复", at)
    wei.press("答复", at)
    wei.touch("全部同意（2 个）")
    assert "已确认 2 个目标。" in wei.window()
    assert "这里没有等待你答复的目标。" in wei.window()
    again()
    assert "这里没有等待你答复的目标。" in wei.window()
    assert "待答复的目标：王强 · Q2：已答复，谢谢！" in wei.messages()[at]
    (goal, _) = goals_of(town, "wangqiang", cycle)
    assert [line.act for line in history(town, goal)] == ["proposed", "agreed"]
    town.to(ON + 2 * DAY)
    assert "陈伟对你的Q2目标：已确认 2 个。" in town.player("wangqiang").messages()[-1]
    before = len(town.player("wangqiang").messages())
    town.to(ON + 4 * DAY)
    assert len(town.player("wangqiang").messages()) == before  # nothing is told twice


def history(town: Any, goal: Goal) -> list[Any]:
    found: list[Any] = town.records(lambda records: records.goals.history(goal.id))
    return found


def agreed(town: Any, name: str, cycle: int, *terms: Terms, manager: str = "chenwei") -> list[Goal]:
    """Somebody's goals that both sides have agreed to."""
    goals = proposed(town, name, cycle, *terms)
    player = town.player(manager)
    reads_english = named(town, manager).language == "en"
    player.command("/goal team")
    player.touch("Answer" if reads_english else "答复", beside=named(town, name).name)
    number = len(goals)
    every = f"Agree to all {number}" if reads_english else f"全部同意（{number} 个）"
    player.touch(every if number > 1 else "Agree" if reads_english else "同意")
    assert {goal.state for goal in goals_of(town, name, cycle)} == {"agreed"}
    player.close()
    return goals_of(town, name, cycle)


def test_what_is_agreed_changes_only_with_both_and_the_history_tells_all_of_it(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    (goal,) = agreed(town, "jonas", cycle, CRASHES)
    town.to(ON + 30 * DAY)  # the phase for goals is long over
    jonas, wei = town.player("jonas"), town.player("chenwei")
    put(town, "jonas", goal, replace(CRASHES, target=Decimal(10)))
    assert goals_of(town, "jonas", cycle)[0].terms == CRASHES
    town.to(ON + 31 * DAY)
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    assert "Jonas Weber申请修改这个已确认的目标" in wei.window()
    assert "目标值: 15 crashes → 10 crashes" in wei.window()
    wei.touch("请对方修改")
    assert wei.field(choice_of(goals_of(town, "jonas", cycle)[0])) == "changes"
    wei.fill(**{comment_of(goal): "维持原来的目标"})
    assert wei.submit() == {}
    (declined,) = goals_of(town, "jonas", cycle)
    assert (declined.state, declined.terms, declined.pending) == ("agreed", CRASHES, None)
    town.to(ON + 32 * DAY)
    assert "陈伟 about your goals for Q2: 1 left as agreed before." in jonas.messages()[-1]
    town.to(ON + 36 * DAY)
    put(town, "jonas", goal, replace(CRASHES, target=Decimal(8)))
    town.to(ON + 37 * DAY)
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    wei.touch("同意")
    assert goals_of(town, "jonas", cycle)[0].terms.target == 8
    acts = ["proposed", "agreed", "changed", "declined", "changed", "agreed"]
    assert [line.act for line in history(town, goal)] == acts
    town.to(ON + 38 * DAY)
    jonas.press("See the goals", message_with(town, "jonas", "陈伟 about your goals for Q2: 1 agreed."))
    jonas.touch("Open", beside="Fewer crashes")
    jonas.touch("History")
    assert "陈伟 left it as agreed before" in jonas.window()
    assert "维持原来的目标" in jonas.window()
    assert "Target: 15 crashes → 8 crashes" in jonas.window()


def test_nobody_agrees_to_terms_that_they_have_not_seen(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    crashes, _ = proposed(town, "jonas", cycle, CRASHES, START)
    wei = town.player("chenwei")
    wei.command("/goal team")
    wei.touch("答复", beside="Jonas Weber")
    put(town, "jonas", crashes, replace(CRASHES, target=Decimal(19)))
    wei.touch("全部同意（2 个）")
    assert "已确认 1 个目标。还有 1 个目标等待你答复" in wei.window()
    assert "目标值: 19 crashes" in wei.window()
    put(town, "jonas", crashes, replace(CRASHES, target=Decimal(18)))
    wei.touch("同意")
    assert "“Fewer crashes”在你打开后又有改动，尚未确认" in wei.window()
    assert "目标值: 18 crashes" in wei.window()
    wei.touch("请对方修改")
    put(town, "jonas", crashes, replace(CRASHES, target=Decimal(17)))
    wei.fill(**{comment_of(crashes): "再少一些"})
    wei.submit()
    assert "表单所涉及的内容刚刚有改动" in wei.window()
    assert "17 crashes" in wei.window()
    assert wei.field(comment_of(crashes)) == "再少一些"
    assert goals_of(town, "jonas", cycle)[0].state == "proposed"
    assert wei.submit() == {}
    assert goals_of(town, "jonas", cycle)[0].state == "returned"


def test_a_new_manager_answers_what_waited_for_the_one_before(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    (goal,) = proposed(town, "jonas", cycle, CRASHES)
    (given,) = proposed(town, "jonas", cycle, START, by="chenwei")
    town.to(ON + DAY)
    wei, anna = town.player("chenwei"), town.player("anna")
    old = wei.later("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    change(town, "jonas", manager=named(town, "anna").id)
    town.to(ON + 2 * DAY)
    old()
    assert "Jonas" not in wei.window()
    at = message_with(town, "anna", "1 goal of Jonas Weber for Q2 waits for your answer.")
    anna.press("Answer", at)
    anna.touch("Agree")
    assert goals_of(town, "jonas", cycle)[0].state == "agreed"
    jonas = town.player("jonas")
    jonas.press("Answer", message_with(town, "jonas", "1 goal waits for your answer"))
    assert "陈伟 proposes this goal" in jonas.window()  # what the old manager proposed still waits for them
    jonas.touch("Agree")
    assert {one.state for one in goals_of(town, "jonas", cycle)} == {"agreed"}
    assert given.id != goal.id


def test_a_deputy_answers_while_the_manager_is_away(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    wei, felix = town.player("chenwei"), town.player("felix")
    wei.command("/perf deputy")
    wei.fill(deputy=town.mention("felix"), first="2026-03-02", last="2026-03-06")
    assert wei.submit() == {}
    (goal,) = proposed(town, "jonas", cycle, CRASHES)
    town.to(ON + DAY)
    felix.press("Answer", message_with(town, "felix", "1 goal of Jonas Weber for Q2 waits for your answer."))
    felix.touch("Agree")
    assert "“Fewer crashes” is agreed." in felix.window()
    assert history(town, goal)[-1].by == named(town, "felix").id
    proposed(town, "jonas", cycle, START)
    town.to(ON + 7 * DAY)
    (task,) = agree_tasks(town, "jonas")
    assert task.person == named(town, "chenwei").id  # the delegation is over
    felix.command("/goal team")
    assert "Jonas" not in felix.window()


def test_who_has_no_manager_stands_by_their_own_word_until_hr_names_one(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    (first,) = proposed(town, "jonas", cycle, CRASHES)
    change(town, "jonas", manager=None)
    town.to(ON + timedelta(hours=1))
    assert agree_tasks(town, "jonas") == []
    (second,) = proposed(town, "jonas", cycle, START)
    assert [one.state for one in goals_of(town, "jonas", cycle)] == ["proposed", "agreed"]
    change(town, "jonas", manager=named(town, "anna").id)
    town.to(ON + 2 * DAY)
    assert [task.person for task in agree_tasks(town, "jonas")] == [named(town, "anna").id]
    assert first.id != second.id


def test_a_manager_sets_one_goal_for_several_and_each_answers_for_themselves(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    wei, jonas = town.player("chenwei"), town.player("jonas")
    team = [str(named(town, name).id) for name in ("jonas", "wangqiang")]
    wei.command("/goal give")
    wei.fill(people=team)
    assert wei.submit() == {}
    wei.fill(sentence="Fewer open bugs", kind="number")
    assert wei.submit() == {}
    wei.fill(unit="bugs", baseline="30", target="12", way="lower", due="2026-03-31")
    assert wei.submit() == {}
    assert wei.field(f"target{team[0]}") == "12"
    wei.fill(**{f"target{team[0]}": "6", f"weight{team[0]}": "40"})
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "已向Jonas Weber、王强提出这个目标" in wei.window()
    assert [goal.terms.target for goal in goals_of(town, "jonas", cycle)] == [6]
    assert [goal.terms.target for goal in goals_of(town, "wangqiang", cycle)] == [12]
    town.to(ON + DAY)
    at = message_with(town, "jonas", "1 goal waits for your answer")
    assert "Fewer open bugs" not in jonas.messages()[at]
    jonas.command("/goal")
    jonas.touch("Answer")
    jonas.touch("Ask for changes")
    (goal,) = goals_of(town, "jonas", cycle)
    jonas.fill(**{comment_of(goal): "Six is too few"})
    assert jonas.submit() == {}
    assert goals_of(town, "jonas", cycle)[0].state == "returned"
    town.to(ON + 2 * DAY)
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2的目标等待你处理。"))
    assert "Jonas Weber：Six is too few" in wei.window()
    wei.touch("自己修改", beside="Fewer open bugs")
    assert "Fewer open bugs" in str(wei.field("sentence"))


def test_what_a_manager_hands_down_counts_for_their_own_goal(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    bugs = Terms("Close 40 bugs", unit="bugs", target=Decimal(40))
    (own,) = agreed(town, "chenwei", cycle, bugs, manager="anna")
    wei = town.player("chenwei")
    wei.command("/goal give")
    wei.fill(people=[str(named(town, name).id) for name in ("jonas", "wangqiang")])
    assert wei.submit() == {}
    wei.fill(sentence="Close bugs", kind="number")
    assert wei.submit() == {}
    wei.fill(unit="bugs", target="10", way="higher", more="yes")
    assert wei.submit() == {}
    wei.fill(parent=str(own.id))
    assert wei.submit() == {}
    wei.fill(**{f"target{named(town, 'jonas').id}": "18"})
    assert wei.submit() == {}
    assert wei.submit() == {}
    covered = town.records(lambda records: records.goals.coverage([own.id]))
    assert covered[own.id].given == 28
    wei.close()
    wei.command("/goal give")
    wei.fill(people=[str(named(town, "jonas").id)])
    wei.submit()
    wei.fill(sentence="Close bugs", kind="number")
    wei.submit()
    wei.fill(unit="bugs", target="10", way="higher")
    wei.submit()
    wei.submit()
    wei.submit()
    assert "Jonas Weber已有同名目标，请换人或换一句话描述。" in wei.window()


def test_who_leads_nobody_is_told_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town)
    town.to(ON)
    jonas = town.player("jonas")
    jonas.command("/goal team")
    assert "You lead nobody in a cycle that is running" in jonas.window()
    jonas.command("/goal give")
    assert "You lead nobody in a cycle that is running" in jonas.aside()


def test_drafts_and_private_titles_stand_nowhere_that_others_read(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town)
    town.to(ON)
    jonas = named(town, "jonas").id
    draft = Goal(0, jonas, Terms("Only a thought"), cycle, state="draft")
    town.records(lambda records: records.goals.save(draft))
    proposed(town, "jonas", cycle, replace(CRASHES, visibility="private"))
    town.to(ON + DAY)
    wei = town.player("chenwei")
    wei.press("答复", message_with(town, "chenwei", "Jonas Weber在Q2有 1 个目标等待你答复。"))
    assert "Only a thought" not in wei.window()
    wei.touch("同意")
    town.to(ON + 2 * DAY)
    everything = "".join(
        text for name in ("jonas", "chenwei", "anna") for text in town.player(name).messages()
    )
    assert "Fewer crashes" not in everything
    assert "Only a thought" not in everything
