"""What people type and press by mistake or on purpose: a clear sentence, nothing lost, nothing done twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.stories.conftest import MONDAY_BERLIN
from tests.stories.test_weekly_checkin import fill_all, goal_keys, report_as

MONDAY_ALL = datetime(2026, 3, 2, 15, tzinfo=UTC)

BROADCAST = "<!channel> <!here> <@U12345> <#C12345> @everyone"
LINK = "<https://evil.example|your bank> and *bold* _it_ `code` & <b>"
FORMAT = "{name} {0} {{x}} %s ${x}"
HIDDEN = "a\u200bb \ufeff \u202etxt.exe\u202c \u2066x\u2069 one\x00two\x07three \ud83d half \r\n end"


def test_hostile_text_is_text_in_the_report_the_channel_and_the_reply(town: Any) -> None:
    town.to(MONDAY_ALL)
    emily, ana, daniel = town.player("emily"), town.player("ana"), town.player("daniel")
    emily.command(f"/checkin channel {town.channel('sales')}")
    ana.press("Write")
    ana.fill(done=BROADCAST, next=LINK, blockers=FORMAT, resource=HIDDEN, one_on_one=BROADCAST)
    assert ana.submit() == {}
    assert "Sent" in ana.window()
    daniel.press("Skip this one")
    daniel.fill(reason=BROADCAST + FORMAT)
    assert daniel.submit() == {}
    town.to(MONDAY_ALL + timedelta(minutes=1))
    emily.command("/checkin team")
    assert f"Daniel Brooks: skipped: {BROADCAST}{FORMAT}" in emily.window()
    emily.touch("Open", beside="Ana Ribeiro")
    for text in (BROADCAST, LINK, FORMAT, "onetwothree", "half"):
        assert text in emily.window()
    emily.touch("Reply")
    emily.fill(text=LINK + FORMAT)
    assert emily.submit() == {}
    ana.press("Open")
    assert LINK + FORMAT in ana.window()
    (post,) = town.posts("sales")
    for text in (BROADCAST, LINK, FORMAT):
        assert text in post


def test_too_long_a_text_is_kept_and_says_by_how_much(bare_town: Any) -> None:
    # Slack's own client takes no more than 3,000 in a field.
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.press("Write")
    kavya.fill(done="界" * 4000, next="n")
    assert "shorten it by 1,000" in kavya.submit()["done"]
    kavya.close()
    kavya.command("/checkin")
    assert kavya.field("done") == "界" * 4000
    assert kavya.field("next") == "n"


def test_three_thousand_characters_in_every_field_are_readable_to_the_end(town: Any) -> None:
    town.to(MONDAY_ALL)
    ana = town.player("ana")
    ana.press("Write")
    long = "0123456789" * 299 + "the end"
    ana.fill(done=long, next=long, blockers=long, resource=long, one_on_one=long)
    assert ana.submit() == {}
    emily = town.player("emily")
    emily.command("/checkin team")
    emily.touch("Open", beside="Ana Ribeiro")
    assert "the end" in emily.window()


@pytest.mark.parametrize("empty", ["", "   ", "\u200b\u200e", "\x00", "\n\t "])
def test_an_empty_answer_is_named_at_its_question(bare_town: Any, empty: str) -> None:
    bare_town.to(MONDAY_BERLIN)
    lina = bare_town.player("lina")
    lina.press("填写")
    lina.fill(done=empty, next="联调")
    assert lina.submit() == {"done": "这一项需要填写后才能继续。"}
    assert lina.field("next") == "联调"


def test_somebody_elses_button_does_nothing(bare_town: Any) -> None:
    from bot.exchange import Press, Say
    from flows.core.screen import Act

    bare_town.to(MONDAY_BERLIN)
    kavya, arjun = bare_town.player("kavya"), bare_town.player("arjun")
    kavya.write("A draft of mine")
    whose = kavya.person
    task = bare_town.records(lambda records: records.tasks.open_of(whose.id))[0]
    subject = f"{task.scope}/{task.subject}"
    conversation = bare_town.records(lambda records: records.conversations.find("checkin", whose.id, subject))
    for act in (
        Act("do", ("snooze", str(task.id), "hour")),
        Act("open", ("checkin-skip", str(task.id))),
        Act("continue", (conversation.id,)),
        Act("send", (conversation.id,)),
        Act("answer", (conversation.id, "week.next", "x")),
        Act("edit", (conversation.id, "week.done")),
        Act("see", ("report", "1")),
        Act("do", ("checkin-end",)),
    ):
        reply = bare_town.receive(arjun.person.account, Press(act, "message"))
        assert isinstance(reply.what, Say), act
        assert "nothing here for you" in reply.what.words.en, act
    after = bare_town.records(lambda records: records.tasks.get(task.id))
    assert (after.state, after.snoozed) == ("open", False)


def test_old_buttons_say_what_has_become_of_it(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    write, skip, snooze = (kavya.later(label) for label in ("Write", "Skip this one", "tomorrow morning"))
    report_as(town, "kavya")
    skip()
    assert "sent already" in kavya.aside() + kavya.window()
    snooze()
    assert "done or closed" in kavya.aside() + kavya.window()
    write()  # what was sent can be changed
    assert kavya.field("done") == "Work"
    kavya.close()
    town.to(datetime(2026, 3, 9, 8, tzinfo=UTC))
    write()
    assert "closed on" in kavya.aside() + kavya.window()
    skip()
    assert "sent already" in kavya.aside() + kavya.window()


def test_pressing_twice_opens_the_same_draft_and_skips_once(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    kavya.close()
    kavya.press("Write")
    kavya.fill(done="First", next="Second")
    assert kavya.submit() == {}
    assert "Sent." in kavya.window()
    arjun = town.player("arjun")
    skip = arjun.later("Skip this one")
    for reason in ("At a fair", "At another"):
        skip()
        arjun.fill(reason=reason)
        arjun.submit()
        arjun.close()
    wei = town.player("chenwei")
    wei.command("/checkin team")
    assert "Arjun Mehta: 已跳过" in wei.window()


def test_a_skipped_check_in_can_still_be_written(bare_town: Any) -> None:
    bare_town.to(MONDAY_BERLIN)
    kavya = bare_town.player("kavya")
    kavya.press("Skip this one")
    kavya.fill(reason="Busy")
    kavya.submit()
    kavya.close()
    kavya.command("/checkin")
    fill_all(bare_town, kavya, "kavya")
    assert "Sent." in kavya.window()
    assert "is sent. Thank you!" in kavya.messages()[0]


def test_the_review_edits_each_answer(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    arjun.press("Write")
    arjun.fill(done="Halved the alerts", next="Drill")
    assert arjun.submit() == {}
    keys = goal_keys(town, "arjun")
    arjun.fill(**{f"Progress:{key}.health": "on_track" for key in keys})
    assert arjun.submit() == {}
    assert "Look through your answers" in arjun.window()
    arjun.touch("Edit", beside="What is next?")
    assert arjun.field("next") == "Drill"
    arjun.fill(next="Two drills")
    assert arjun.submit() == {}
    assert "Look through your answers" in arjun.window()
    assert "What is next?\nTwo drills" in arjun.window()
    arjun.touch("Edit", beside="How is it going?")
    arjun.fill(**{f"Progress:{keys[0]}.health": "off_track"})
    assert arjun.submit() == {}
    assert "What would help?" in arjun.window()
    arjun.touch("Back")
    arjun.fill(**{f"Progress:{keys[0]}.health": "at_risk"})
    assert arjun.submit() == {}
    assert "Look through your answers" in arjun.window()
    assert "What would help?" not in arjun.window()
    assert arjun.submit() == {}
    assert "Sent." in arjun.window()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/checkin strat", "/checkin start"),
        ("/checkin tema", "/checkin team"),
        ("/perf awya", "/perf away"),
        ("/checkin paus", "/checkin pause"),
    ],
)
def test_an_unknown_command_says_what_was_meant(bare_town: Any, typed: str, meant: str) -> None:
    marta = bare_town.player("marta")
    marta.command(typed)
    assert f"I don't know {typed}. Did you mean {meant}?" in marta.aside()
    assert "/perf shows everything" in marta.aside()


@pytest.mark.parametrize("typed", ["/checkin xyzzy qqqqq", "/perf <!channel> {0}", "/checkin " + "x" * 3000])
def test_a_senseless_command_says_where_to_look(town: Any, typed: str) -> None:
    kavya = town.player("kavya")
    kavya.command(typed)
    assert "/perf shows everything you can do" in kavya.aside()


def test_the_first_check_in_is_announced_with_its_day(bare_town: Any) -> None:
    kavya = bare_town.player("kavya")
    kavya.command("/checkin")
    assert "the first one opens on Monday 2 March" in kavya.aside()
    lina = bare_town.player("lina")  # in Shanghai it is Monday already
    lina.command("/checkin")
    assert "本周完成了什么？" in lina.window()


EVERYONE = {
    "/appeal", "/checkin", "/goal", "/goal new", "/goal update", "/goal team", "/goal give", "/goal tree", "/goal pictures",
    "/goal words", "/review", "/review nominate", "/review approve", "/review project", "/review external",
    "/review rules", "/score", "/result", "/reward", "/reward mine", "/todo", "/interview", "/interview calendar",
    "/interview pick",
    "/plan", "/plan actions", "/plan improvement", "/plan trainings",
    "/kudos", "/kudos list", "/evidence", "/evidence list", "/feedback", "/feedback ask", "/feedback list", "/suggest",
    "/suggest new",
    "/1on1", "/perf away", "/perf back", "/perf deputy", "/perf deputies", "/perf my-data",
}  # fmt: skip
HR = {
    "/appeal list", "/appeal figures", "/goal company", "/goal missing", "/goal template", "/goal api-token",
    "/checkin status", "/broadcast", "/broadcast list", "/cycle", "/cycle new", "/cycle edit", "/cycle copy",
    "/cycle preview", "/cycle rehearse", "/cycle launch", "/cycle status", "/cycle move", "/cycle extend",
    "/cycle add", "/cycle remove", "/cycle pause", "/cycle resume", "/cycle close", "/cycle archive",
    "/cycle reviewers", "/cycle comments", "/cycle results", "/cycle withhold", "/cycle simulate", "/calibrate",
    "/calibrate new", "/interview overview", "/reward open", "/perf data-requests",
}  # fmt: skip
ADMIN = {
    "/kudos values", "/kudos channel", "/suggest box", "/cycle release", "/reward payroll", "/perf retention",
}  # fmt: skip
REPORTS = {"/report", "/report list"}
PROGRAMME = {"/checkin start", "/checkin change", "/checkin pause", "/checkin resume", "/checkin end"}
DOORS = {
    "kavya": EVERYONE,
    "emily": EVERYONE | REPORTS | {"/plan team", "/checkin team", "/checkin channel"},
    "juliana": EVERYONE | HR | REPORTS,
    "marta": EVERYONE | HR | REPORTS | ADMIN | PROGRAMME,
    "olivia": EVERYONE,
    "rahul": EVERYONE | {"/perf operator"},
}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("typed", ["/perf", "/perf help"])
def test_the_door_shows_what_each_may_do_and_no_more(bare_town: Any, name: str, typed: str) -> None:
    player = bare_town.player(name)
    player.command(typed)
    lines = player.window().splitlines()
    assert {line for line in lines if line.startswith("/")} == DOORS[name]


def test_every_command_has_help(bare_town: Any) -> None:
    lina = bare_town.player("lina")
    lina.command("/checkin help")
    assert "/checkin\n填写或修改本周周报" in lina.window()
    assert "/perf away" not in lina.window()


def test_the_teams_channel_gets_done_next_and_blockers_and_never_a_mood(town: Any) -> None:
    emily = town.player("emily")
    emily.command("/checkin channel somewhere")
    assert "Please name the channel" in emily.aside()
    emily.command(f"/checkin channel {town.channel('sales')}")
    assert "posted there" in emily.aside()
    town.to(MONDAY_ALL)
    ana = town.player("ana")
    ana.press("Write")
    assert "Your team's channel gets done, next and blockers, never your mood." in ana.window()
    fill_all(town, ana, "ana", blockers="No CRM", mood="1", one_on_one="A private thing", resource="A desk")
    assert town.posts("sales") == []
    report_as(town, "daniel")
    town.to(MONDAY_ALL + timedelta(minutes=1))
    (post,) = town.posts("sales")
    assert "Check-ins of Emily Carter's team, week 10" in post
    assert "No CRM" in post
    for secret in ("Rough", "A private thing", "A desk", "Mood"):
        assert secret not in post
    emily.command("/checkin channel off")
    assert "posted nowhere" in emily.aside()
    town.to(MONDAY_ALL + timedelta(days=7))
    report_as(town, "ana")
    report_as(town, "daniel")
    town.to(MONDAY_ALL + timedelta(days=7, minutes=1))
    assert len(town.posts("sales")) == 1


def test_who_leads_nobody_sets_no_channel(bare_town: Any) -> None:
    kavya = bare_town.player("kavya")
    kavya.command(f"/checkin channel {bare_town.channel('sales')}")
    assert "nothing here for you" in kavya.aside()


def test_who_can_help_is_a_person_and_shown_by_name(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    kavya.fill(done="Login", next="Logout", helper=town.mention("zhaolei"))
    assert kavya.submit() == {}
    kavya.close()
    kavya.command("/checkin")
    assert town.mention("zhaolei") in str(kavya.field("helper"))
    wei = town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "谁能帮上忙？\n赵磊" in wei.window()


def test_two_windows_of_one_form_lose_nothing(bare_town: Any) -> None:
    from tests.messengers.plain import PlainPlayer

    bare_town.to(MONDAY_BERLIN)
    phone = bare_town.player("arjun")
    laptop = PlainPlayer(bare_town, "arjun")
    phone.press("Write")
    laptop.press("Write")
    phone.fill(done="From the phone", next="n")
    assert phone.submit() == {}
    laptop.fill(done="From the laptop", next="m")
    assert laptop.submit() == {}
    assert "changed in another window" in laptop.window()
    assert laptop.field("done") == "From the laptop"
    assert laptop.submit() == {}
    laptop.command("/checkin")
    assert "2 of" in laptop.window()


def test_a_decision_is_taken_once(bare_town: Any) -> None:
    bare_town.to(MONDAY_ALL)
    report_as(bare_town, "ana", resource="A licence")
    emily = bare_town.player("emily")
    emily.command("/checkin team")
    assert "Ask for resources: Ana Ribeiro" in emily.window()
    emily.touch("Open", beside="Ana Ribeiro")
    emily.touch("Grant")
    assert emily.submit() == {}
    emily.command("/checkin team")
    assert "Ask for resources" not in emily.window()
    emily.touch("Open", beside="Ana Ribeiro")
    assert "Granted" in emily.window()
    with pytest.raises(AssertionError, match="there is no 'Decline'"):
        emily.touch("Decline")
    assert len([text for text in bare_town.player("ana").messages() if "granted what you asked" in text]) == 1
