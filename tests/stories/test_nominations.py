"""Colleagues are named to review somebody, approved, asked and replaced; nobody learns who has answered."""

from __future__ import annotations

from typing import Any

import pytest

from flows.core.refusal import Refusal
from tests.stories.colleagues import (
    DAY,
    REVIEWS_OPEN,
    asked,
    begun,
    change,
    name,
    person,
    ruled,
    states,
    tasks_of,
)
from tests.stories.quarter import ON, go
from tests.stories.test_a_quarter import opens, sees


def test_an_employee_names_colleagues_and_the_manager_says_yes(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    assert "Naming colleagues · Q2 · due" in kavya.home()
    kavya.press_home("Choose colleagues")
    assert "At least 3, at most 5" in kavya.window()
    assert "The manager sees whom you name; HR sees only how many." in kavya.window()
    assert "Jonas Weber" in kavya.window()
    jonas, arjun = (str(person(town, one).id) for one in ("jonas", "arjun"))
    kavya.fill(suggested=[jonas, arjun], others=[town.mention("priya")])
    assert kavya.submit() == {}
    assert "Kept: 3 colleagues." in kavya.window()
    kavya.close()
    kavya.command("/review nominate")
    assert "3 named (at least 3, at most 5)" in kavya.window()
    assert "Priya Nair\nwaits for your manager" in kavya.window()
    assert "Naming colleagues · Q2\ndone" in kavya.home()
    assert "待确认的评估人：Kavya Iyer · Q2" in wei.home()
    wei.command("/review approve")
    assert "Jonas Weber\nEngineering · Senior Backend Engineer" in wei.window()
    wei.touch("全部同意")
    assert "已同意 3 位评估人。" in wei.window()
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "priya"), "approved")
    assert "待确认的评估人" not in wei.home()
    kavya.command("/review nominate")
    assert "Priya Nair: is asked on Thursday 12 March" in kavya.window()
    assert asked(town, cycle, "kavya") == set()
    go(town, REVIEWS_OPEN)
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "priya"}
    kavya.command("/review nominate")
    assert "Priya Nair: asked" in kavya.window()
    assert "Reviews of colleagues · Q2" in town.player("priya").home()
    said = [text for who in ("kavya", "chenwei", "priya") for text in town.player(who).messages()]
    assert said
    assert not any(name in text for text in said for name in ("Jonas", "Arjun", "Priya"))


def test_each_person_who_cannot_be_named_is_told_and_nothing_typed_is_lost(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    said = name(town, "chenwei", "chenwei", "anna", "kavya", "priya")
    assert "尚未保存。" in said
    assert "陈伟：不能提名自己，自己的看法请写在自评里" in said
    assert "Anna Becker：已作为上级评估你" in said
    assert "Kavya Iyer：已作为你的下属对你进行评估" in said
    assert "Priya Nair：" not in said
    wei = town.player("chenwei")
    assert wei.field("others") == [town.mention(one) for one in ("chenwei", "anna", "kavya", "priya")]
    assert states(town, cycle, "chenwei") == {}
    wei.fill(others=[town.mention(one) for one in ("priya", "emily", "rafael")])
    wei.submit()
    assert "已保存：3 位同事。" in wei.window()


def test_nobody_names_half_the_company(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    everybody = town.records(lambda records: [one.email.partition("@")[0] for one in records.people.active()])
    others = [one for one in everybody if one not in ("kavya", "chenwei", "felix", "lena")]
    said = name(town, "kavya", *others)
    assert f"That makes {len(others)}, and there may be 5 at most." in said
    assert f"Please take {len(others) - 5} out; nothing is kept yet." in said
    assert states(town, cycle, "kavya") == {}
    assert len(town.player("kavya").field("others")) == len(others)


def test_who_is_not_there_to_write_is_not_asked(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    change(town, "daniel", left_on=(ON + 12 * DAY).date())
    said = name(town, "kavya", "daniel", "lena", "priya")
    assert "Daniel Brooks: is not there while the reviews are written" in said
    assert "Lena Hoffmann: is not there while the reviews are written" in said
    kavya = town.player("kavya")
    kavya.fill(others="somebody@elsewhere.example")
    assert "I can't find somebody@elsewhere.example" in kavya.submit()["others"]


def test_nobody_is_asked_for_more_than_the_limit(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, ruled(load=2, least=1))
    for who in ("kavya", "arjun"):
        assert "Kept: 1 colleague." in name(town, who, "priya")
    said = name(town, "jonas", "priya", "emily")
    assert "Priya Nair: is asked for 2 reviews already, and nobody is asked for more" in said
    assert states(town, cycle, "jonas") == {}
    town.player("kavya").command("/review nominate")
    town.player("kavya").touch("Take back", beside="Priya Nair")
    assert "Kept: 2 colleagues." in name(town, "jonas", "priya", "emily")


def test_the_manager_turns_one_down_and_another_is_named(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    wei, kavya = town.player("chenwei"), town.player("kavya")
    wei.command("/review approve")
    wei.touch("不同意", beside="Priya Nair")
    assert "Kavya Iyer能看到原因。" in wei.window()
    wei.fill(why="项目上没有合作过")
    wei.submit()
    assert "已不同意Priya Nair，Kavya Iyer会收到通知，可另选他人。" in wei.window()
    wei.close()
    assert states(town, cycle, "kavya") == {"jonas": "proposed", "arjun": "proposed", "priya": "rejected"}
    assert "Naming colleagues · Q2 · due" in kavya.home()
    kavya.command("/review nominate")
    assert "Priya Nair: your manager said no; please name another" in kavya.window()
    assert "项目上没有合作过" in kavya.window()
    said = name(town, "kavya", "jonas", "arjun", "priya")
    assert "Priya Nair: the manager has said no to this one" in said
    assert "Kept: 3 colleagues." in name(town, "kavya", "jonas", "arjun", "emily")
    assert "Naming colleagues · Q2\ndone" in kavya.home()
    wei.command("/review approve")
    wei.touch("全部同意")
    assert states(town, cycle, "kavya") == {
        "jonas": "approved", "arjun": "approved", "emily": "approved", "priya": "rejected",
    }  # fmt: skip


def test_the_manager_approves_what_they_saw_and_may_add_somebody(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, ruled(by=("employee", "manager")))
    name(town, "kavya", "jonas")
    wei = town.player("chenwei")
    wei.command("/review approve")
    name(town, "kavya", "jonas", "arjun")  # meanwhile
    wei.touch("全部同意")
    assert "已同意 1 位评估人。另有 1 人是刚刚提名的，仍待确认。" in wei.window()
    assert states(town, cycle, "kavya") == {"jonas": "approved", "arjun": "proposed"}
    wei.touch("提名同事", beside="")
    wei.fill(others=[town.mention("priya"), town.mention("arjun")])
    wei.submit()
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "priya"), "approved")
    kavya = town.player("kavya")
    kavya.command("/review nominate")
    assert "3 named" in kavya.window()
    assert "1 of them was named by your manager or HR." in kavya.window()
    assert "Priya" not in kavya.window()


def test_what_the_manager_leaves_undecided_counts_as_approved(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    go(town, REVIEWS_OPEN)
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "priya"), "approved")
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "priya"}
    assert tasks_of(town, "chenwei", "approve") == []
    assert "等待你确认" not in town.player("chenwei").home()
    lines = town.records(lambda records: records.audit.latest("nominations.let_pass", town.now() - 3 * DAY))
    assert [dict(detail) for _, _, detail in lines] == [{"phase": "peer-review", "number": 3}]


def test_where_nobody_has_to_say_yes_they_are_approved_at_once_and_can_be_taken_back(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = begun(town, ruled(approve=False))
    name(town, "kavya", "jonas", "arjun", "priya")
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "priya"), "approved")
    assert tasks_of(town, "chenwei", "approve") == []
    kavya = town.player("kavya")
    kavya.command("/review nominate")
    kavya.touch("Take back", beside="Priya Nair")
    assert states(town, cycle, "kavya")["priya"] == "withdrawn"
    assert "Naming colleagues · Q2 · due" in kavya.home()
    name(town, "kavya", "jonas", "arjun", "emily")
    go(town, REVIEWS_OPEN)
    kavya.command("/review nominate")
    assert "Take back" not in kavya.window()
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "emily"}


def test_with_two_colleagues_it_is_said_beforehand_that_nothing_will_be_shown(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    said = name(town, "kavya", "jonas", "arjun")
    assert "Kept: 2 colleagues." in said
    assert "At least 3 are wanted, so please name more." in said
    nothing = (
        "With 2 colleagues nothing of what they write can be shown to anybody: at least 3 have to answer."
    )
    assert nothing in said
    kavya = town.player("kavya")
    kavya.command("/review nominate")
    assert nothing in kavya.window()
    assert "Naming colleagues · Q2 · due" in kavya.home()
    go(town, REVIEWS_OPEN)
    assert asked(town, cycle, "kavya") == {"jonas", "arjun"}


def test_who_cannot_judge_declines_and_is_replaced(quiet_town: Any) -> None:
    town = quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    go(town, REVIEWS_OPEN)
    priya, kavya, wei = (town.player(one) for one in ("priya", "kavya", "chenwei"))
    (task,) = tasks_of(town, "priya", "review")
    priya.home()
    priya.press_home("I can't judge this person")
    assert "陈伟 reads your reason; Kavya Iyer only learns that you can't." in priya.window()
    priya.fill(why="We met twice")
    assert priya.submit() == {}
    assert "Noted. It is off your list." in priya.window()
    priya.close()
    assert tasks_of(town, "priya", "review") == []
    assert states(town, cycle, "kavya")["priya"] == "declined"
    assert "Name another reviewer · Q2 · due" in kavya.home()
    kavya.command("/review nominate")
    assert "Priya Nair: can't do it; please name another" in kavya.window()
    assert "We met twice" not in kavya.window()
    wei.command("/review approve")
    wei.touch("打开", beside="Kavya Iyer")
    assert "We met twice" in wei.window()
    said = name(town, "kavya", "priya")
    assert "Priya Nair: has said that they can't, or is not there any more" in said
    kavya.fill(others=[town.mention("emily")])
    assert kavya.submit() == {}
    assert "Name another reviewer" not in kavya.home()
    assert asked(town, cycle, "kavya") == {"jonas", "arjun"}
    wei.close()
    wei.command("/review approve")
    wei.touch("全部同意")
    assert asked(town, cycle, "kavya") == {"jonas", "arjun", "emily"}
    assert not opens(town, "kavya", "review-decline", str(task.id))
    assert not any(
        "We met twice" in text for who in ("kavya", "chenwei") for text in town.player(who).messages()
    )


def test_a_review_that_is_sent_cannot_be_declined_and_nobody_sees_that_it_is_sent(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    go(town, REVIEWS_OPEN)
    (task,) = [one for one in tasks_of(town, "jonas", "review") if one.subject == "peer-review"]
    kavya = town.player("kavya")
    kavya.command("/review nominate")
    before = kavya.window()
    jonas = town.player("jonas")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    jonas.fill(results="3")
    jonas.submit()
    jonas.close()
    kavya.command("/review nominate")
    assert kavya.window() == before
    assert not opens(town, "priya", "review-decline", str(task.id))
    jonas.command("/review")
    assert "I can't judge this person" not in "".join(jonas.window())


def test_somebody_who_leaves_is_replaced_whether_they_had_written_or_not(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya", "emily")
    go(town, REVIEWS_OPEN)
    jonas = town.player("jonas")
    jonas.command("/review")
    jonas.touch("Write", beside="Kavya Iyer")
    jonas.fill(results="3")
    jonas.submit()
    for gone in ("jonas", "arjun"):
        change(town, gone, active=False)
    assert states(town, cycle, "kavya") == {
        "jonas": "withdrawn", "arjun": "withdrawn", "priya": "approved", "emily": "approved",
    }  # fmt: skip
    kavya = town.player("kavya")
    kavya.command("/review nominate")
    told = kavya.window()
    assert "Jonas Weber: can't do it; please name another" in told
    assert "Arjun Mehta: can't do it; please name another" in told
    assert "Name another reviewer · Q2 · due" in kavya.home()
    assert asked(town, cycle, "kavya") == {"priya", "emily"}


def test_a_leaver_is_reviewed_by_nobody_any_more(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    go(town, REVIEWS_OPEN)
    change(town, "kavya", active=False)
    assert asked(town, cycle, "kavya") == set()
    assert tasks_of(town, "chenwei", "approve") == []


def test_one_who_falls_out_of_enough_is_only_told(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    name(town, "kavya", "jonas", "arjun", "priya", "emily")
    go(town, REVIEWS_OPEN)
    emily = town.player("emily")
    emily.home()
    emily.press_home("I can't judge this person")
    emily.fill(why="Never met")
    emily.submit()
    assert tasks_of(town, "kavya", "replace") == []
    go(town, town.now() + 2 * DAY)
    kavya = town.player("kavya")
    assert "Reviewers of yours for Q2 who can't or may not: 1; 3 are left. You can name others." in "\n".join(
        kavya.messages()
    )
    assert not any("Emily" in text for text in kavya.messages())
    assert "Kept: 4 colleagues." in name(town, "kavya", "daniel")


def test_without_a_manager_nobody_has_to_say_yes_and_hr_helps(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    assert "Kept: 1 colleague." in name(town, "olivia", "marta")
    assert states(town, cycle, "olivia") == {"marta": "approved"}
    marta = town.player("marta")
    marta.command("/cycle reviewers")
    assert "Olivia Grant\n1 of 3" in marta.window()
    assert "Grace Miller: 0 of 3" in marta.window()
    marta.touch("Name reviewers", beside="Olivia Grant")
    marta.fill(others=[town.mention("emily"), town.mention("rahul")])
    marta.submit()
    assert "Kept: 3 colleagues." in marta.window()
    assert set(states(town, cycle, "olivia").values()) == {"approved"}


def test_hr_sees_counts_and_who_has_too_few_and_never_a_reviewer(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    name(town, "daniel", "ana", "emily")
    marta, juliana = town.player("marta"), town.player("juliana")
    marta.command("/cycle")
    marta.touch("Open", beside="Q2")
    marta.touch("Open", beside="Reviewers: who has too few")
    told = marta.window()
    assert "Engineering: 11 of 12 with too few, 1 waits for a yes" in told
    assert "Kavya Iyer" not in told
    assert "Jonas Weber\n0 of 3" in told
    juliana.command("/cycle reviewers")
    told = juliana.window()
    assert "Daniel Brooks\n0 of 3" in told  # Emily leads him, so only Ana stands, and not yet
    assert "Engineering" not in told
    juliana.touch("Name reviewers", beside="Daniel Brooks")
    juliana.fill(others=[town.mention("zhouting")])
    juliana.submit()
    assert states(town, cycle, "daniel") == {"zhouting": "approved"}
    assert not sees(town, "marta", "nominations-of", str(cycle), "peer-review", str(person(town, "kavya").id))


def test_hr_names_somebody_for_anybody_they_look_after(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    juliana = town.player("juliana")
    for whom, allowed in (("ana", True), ("kavya", False), ("juliana", False)):
        juliana.command("/cycle reviewers")
        juliana.touch("Name reviewers for somebody else")
        juliana.fill(whom=town.mention(whom), reviewers=[town.mention("zhouting")])
        juliana.submit()
        assert ("Kept: 1 colleague." in juliana.window()) is allowed
        juliana.close()
    assert states(town, cycle, "ana") == {"zhouting": "approved"}
    assert states(town, cycle, "kavya") == {}


def test_where_the_manager_names_them_the_employee_is_told_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, ruled(by=("manager",), least=1))
    kavya, wei = town.player("kavya"), town.player("chenwei")
    assert "Naming colleagues" not in kavya.home().partition("Q2")[0]
    kavya.command("/review nominate")
    assert "In Q2 you don't name your reviewers yourself: the manager does." in kavya.window()
    assert not opens_form(town, "kavya", f"{cycle}/peer-review/{person(town, 'kavya').id}")
    assert "提名同事 · Q2\n共 9 人，已完成 0 人" in wei.home()
    wei.press_home("打开下属的评估人")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("提名同事")
    wei.fill(others=[town.mention("jonas"), town.mention("priya")])
    wei.submit()
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "priya"), "approved")
    assert "共 9 人，已完成 1 人" in wei.home()
    kavya.close()
    kavya.command("/review nominate")
    assert "2 of them were named by your manager or HR." in kavya.window()
    assert "Jonas" not in kavya.window()


def test_where_hr_names_them_hr_is_told_how_many_are_missing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town, ruled(by=("hr",), least=1))
    assert tasks_of(town, "kavya", "nominate") == tasks_of(town, "chenwei", "nominate") == []
    town.to(ON + DAY)
    marta = town.player("marta")
    assert "24 people have fewer reviewers than wanted in Q2." in "\n".join(marta.messages())
    wei = town.player("chenwei")
    assert not opens_form(town, "chenwei", f"{cycle}/peer-review/{person(town, 'kavya').id}")
    wei.command("/review approve")
    wei.touch("打开", beside="Kavya Iyer")
    assert "“Q2”的评估人由HR提名，你只需确认是否同意。" in wei.window()


def test_while_the_manager_is_away_the_deputy_says_yes(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    wei, anna = town.player("chenwei"), town.player("anna")
    wei.command("/perf deputy")
    wei.fill(deputy=town.mention("priya"), first=ON.date(), last=(ON + 20 * DAY).date())
    wei.submit()
    name(town, "kavya", "jonas", "arjun", "emily")
    assert tasks_of(town, "chenwei", "approve") == []
    priya = town.player("priya")
    assert "Reviewers to approve: Kavya Iyer · Q2" in priya.home()
    priya.command("/review approve")
    priya.touch("Turn down", beside="Emily Carter")
    priya.fill(why="She is new")
    priya.submit()
    priya.close()
    priya.command("/review approve")
    priya.touch("Approve all")
    assert states(town, cycle, "kavya") == {"jonas": "approved", "arjun": "approved", "emily": "rejected"}
    anna.command("/review approve")
    assert "Kavya" not in anna.window()


def test_who_leads_somebody_now_says_yes(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "emily")
    change(town, "kavya", manager=person(town, "anna").id)
    assert tasks_of(town, "chenwei", "approve") == []
    (task,) = tasks_of(town, "anna", "approve")
    assert task.about == person(town, "kavya").id
    parts = (str(cycle), "peer-review", str(task.about))
    assert sees(town, "anna", "nominations-of", *parts)
    assert not sees(town, "chenwei", "nominations-of", *parts)
    change(town, "kavya", manager=None)
    assert states(town, cycle, "kavya") == dict.fromkeys(("jonas", "arjun", "emily"), "approved")
    assert tasks_of(town, "anna", "approve") == []


def test_a_review_of_a_colleague_is_not_handed_over_nor_said_not_to_apply(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    name(town, "jonas", "lina", "sunyue", "zhaolei")
    go(town, REVIEWS_OPEN)
    jonas = town.player("jonas")
    jonas.home()
    assert "I can't judge this person" in jonas.home_buttons()
    assert not {"Hand over", "Does not apply"} & set(jonas.home_buttons())
    (task,) = tasks_of(town, "jonas", "review")
    for flow, why in (
        ("hand-over", "This asks what you yourself think, so nobody can do it for you."),
        ("does-not-apply", "Please choose “I can't judge this person” for this one."),
    ):
        assert why in refused(town, "jonas", flow, str(task.id))
    jonas.command("/perf deputy")
    jonas.fill(deputy=town.mention("felix"), first=town.now().date(), last=(town.now() + 9 * DAY).date())
    jonas.submit()
    assert [one.person for one in tasks_of(town, "jonas", "review")] == [person(town, "jonas").id]
    assert tasks_of(town, "felix", "review") == []


def test_nobody_else_sees_or_names_anybodys_reviewers(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = begun(town)
    name(town, "kavya", "jonas", "arjun", "priya")
    kavya = person(town, "kavya").id
    parts = (str(cycle), "peer-review", str(kavya))
    for who, may_see, may_name in (
        ("kavya", True, True), ("chenwei", True, False), ("anna", False, False), ("jonas", False, False),
        ("emily", False, False), ("olivia", False, False),
    ):  # fmt: skip
        assert sees(town, who, "nominations-of", *parts) is may_see, who
        assert opens_form(town, who, "/".join(parts)) is may_name, who
    number = str(town.records(lambda r: r.nominations.about(cycle, "peer-review", kavya)[0].id))
    assert opens(town, "chenwei", "nomination-reject", number)
    for who in ("kavya", "anna", "marta", "jonas"):
        assert not opens(town, who, "nomination-reject", number), who
    for wrong in (
        "",
        "1",
        "a/b/c",
        f"{cycle}/naming",
        f"{cycle}/manager-review/{kavya}",
        f"{cycle}//{kavya}",
    ):
        assert not opens_form(town, "kavya", wrong), wrong


def opens_form(town: Any, who: str, subject: str) -> bool:
    """Whether somebody gets into the form at all; a friendly no counts as none."""
    try:
        return opens(town, who, "nominate", subject)
    except Refusal:
        return False


def refused(town: Any, who: str, flow: str, subject: str) -> str:
    """What somebody is told who can't get into a flow."""
    with pytest.raises(Refusal) as no:
        opens(town, who, flow, subject)
    return str(no.value.words.en)
