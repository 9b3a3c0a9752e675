"""`perfloop serve` as it runs at a company: a process of its own, killed, stopped and lied to."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.importing import import_people
from bot.settings import Settings
from bot.workspace import payloads
from bot.workspace.conversations import Message
from bot.workspace.link import COMMAND, EVENT, INTERACTIVE, BotLink
from bot.workspace.people import Member
from tests.bot.served import SECRETS, Town, filled, town, words_of

NAMES = ("hanna", "mei", "lin", "tom", "ana", "eve", "bo", "cy", "dee", "flo")
PEOPLE_CSV = """email,name,manager_email,department,role
hanna@example.com,Hanna,,People,hr
mei@example.com,Mei,,North,
lin@example.com,Lin,mei@example.com,North,
tom@example.com,Tom,mei@example.com,North,
ana@example.com,Ana,,South,
eve@example.com,Eve,,South,
bo@example.com,Bo,ana@example.com,South,
cy@example.com,Cy,ana@example.com,South,
dee@example.com,Dee,ana@example.com,South,
flo@example.com,Flo,ana@example.com,South,
"""
ANSWER = "canary of an answer"
DOOR = "What you can do here"
UNKNOWN = "You are not in perfloop's directory"
JOINED = "SELECT count(*) FROM person WHERE account IS NOT NULL"
Play = Callable[[Callable[[Town], Coroutine[Any, Any, None]]], None]


def members() -> list[Member]:
    return [
        Member(f"{name}@example.com", name.title(), "", "", "zh" if name == "lin" else "en", "UTC")
        for name in NAMES
    ]


@asynccontextmanager
async def imported(home: Path, *, by_command: bool = False, **settings: str) -> AsyncIterator[Town]:
    """A town whose directory was imported from a file; the bot is not started yet."""
    (home / "people.csv").write_text(PEOPLE_CSV, encoding="utf-8")
    async with town(home, members(), **settings) as here:
        if by_command:
            importing = await here.perfloop("import", str(home / "people.csv"))
            said, _ = await importing.communicate()
            assert (importing.returncode, b"10 new" in said) == (0, True), said
        else:  # the same, without the second that a process takes to start
            known, said = Settings.read(here.settings), []
            assert import_people(
                PEOPLE_CSV.encode(), known, skip_bad=False, say=said.append, complain=said.append
            )
        yield here


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """One company for the tests that need nothing else, in which HR has started the check-ins."""
    home = imported(tmp_path_factory.mktemp("town"), by_command=True)
    with asyncio.Runner() as runner:
        here = runner.run(home.__aenter__())

        async def begin() -> None:
            await here.start()
            await here.start_programme("hanna")

        def run(work: Callable[[Town], Coroutine[Any, Any, None]]) -> None:
            before = len(here.world.problems)
            runner.run(work(here))
            assert here.world.problems[before:] == []

        runner.run(begin())
        try:
            yield run
        finally:
            runner.run(home.__aexit__(None, None, None))


async def delivered(here: Town, kind: str, payload: Any) -> Any:
    return await here.workspace.delivery.hand_over(kind, payload, "by hand")


def form_of(here: Town, who: str) -> Any:
    return here.world.view(here.top(who)["id"])


# Nobody is written to before HR says so


def test_hr_starts_from_nothing_and_until_then_nobody_is_written_to(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, members(), PERFLOOP_HR="hanna@example.com") as here:
            await here.start()
            await asyncio.gather(*(here.workspace.open_home(name) for name in NAMES))
            await here.until(lambda: all(here.workspace.home(name) for name in NAMES))
            await here.until(lambda: here.count(JOINED) == len(NAMES))
            assert not any(here.texts(name) for name in NAMES)
            await here.workspace.command("tom", "/checkin", "start")
            assert "There is nothing here for you" in here.asides("tom")[-1], "he is not HR"
            await here.start_programme("hanna")
            view = await here.command("tom", "/checkin")
            assert "What did you finish" in words_of(view)
            await here.until(lambda: here.count("SELECT count(DISTINCT person) FROM task") == len(NAMES))
            assert here.world.problems == []
            assert await here.end() == 0

    asyncio.run(story())


# What Slack sends twice, wrongly, or not at all


def test_every_delivery_three_times_and_in_any_order_acts_once(play: Play) -> None:
    async def story(here: Town) -> None:
        names = ("ana", "eve", "cy", "dee", "flo")
        deliveries: list[tuple[str, Any]] = []
        for name in names:
            user = here.world.user(name)
            message = here.world.dm(name)
            said = {
                "type": "message",
                "channel_type": "im",
                "channel": message.id,
                "user": user.id,
                "text": "hello",
            }
            deliveries.append((EVENT, payloads.event_envelope(here.world, said)))
            opened = payloads.command_form(here.world, user, message, "/checkin", "", "")
            deliveries.append((COMMAND, opened))
        thrice = deliveries * 3
        random.Random(3).shuffle(thrice)
        answers = await asyncio.gather(*(delivered(here, kind, payload) for kind, payload in thrice))
        assert {answer.status for answer in answers} == {200}
        await here.until(lambda: all(here.top(name) and DOOR in "".join(here.texts(name)) for name in names))
        for name in names:
            assert sum(DOOR in text for text in here.texts(name)) == 1, name
            assert len(here.workspace.views(name)) == 1, "a trigger is used once"

    play(story)


FORGED: dict[str, tuple[bytes, dict[str, str], int]] = {
    "nothing at all": (b"", {}, 401),
    "no signature": (b"{}", {"X-Slack-Request-Timestamp": "1"}, 401),
    "a signature of another secret": (b"{}", {"X-Slack-Signature": "v0=" + "0" * 64}, 401),
    "a time that is no number": (
        b"{}",
        {"X-Slack-Request-Timestamp": "abc", "X-Slack-Signature": "v0=1"},
        401,
    ),
    "a body that is no text": (b"\xff\xfe", {"Content-Type": "application/json"}, 401),
    "an unsigned check of the certificate": (b"ssl_check=1&token=x", {}, 401),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_slack_did_not_sign_is_refused(play: Play, name: str) -> None:
    body, headers, status = FORGED[name]

    async def story(here: Town) -> None:
        address = str(here.workspace.bot.url)
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, data=body, headers=headers) as answer,
        ):
            assert answer.status == status

    play(story)


def test_a_request_is_refused_when_it_comes_five_minutes_late(play: Play) -> None:
    async def story(here: Town) -> None:
        http, now = here.workspace.http, int(here.world.now())
        said = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()
        headers = {"Content-Type": "application/json"}
        assert (await http.send(said, headers, now - 310)).status == 401
        assert (await http.send(said, headers, now + 310)).status == 401
        assert (await http.send(said, headers, now - 250)).status == 200

    play(story)


def test_signed_oddities_are_no_failures_of_the_server(play: Play) -> None:
    async def story(here: Town) -> None:
        for body in (
            b"[]",
            b"{",
            b"\xff",
            b"payload=1",
            b"payload={",
            b'{"type":"view_submission"}',
        ):
            for kind in ("application/json", "application/x-www-form-urlencoded", ""):
                answer = await here.workspace.http.send(body, {"Content-Type": kind})
                assert answer.status in (200, 400, 413) or answer.failure == "connection_failed", (
                    body[:20],
                    answer,
                )

    play(story)


def test_unknown_events_are_taken_note_of_and_unknown_commands_are_answered(play: Play) -> None:
    async def story(here: Town) -> None:
        for kind in (
            "reaction_added",
            "tokens_revoked",
            "app_uninstalled",
            "something_new",
            "message.unheard_of",
        ):
            envelope = payloads.event_envelope(here.world, {"type": kind, "user": here.world.user("tom").id})
            assert (await delivered(here, EVENT, envelope)).status == 200
        await here.workspace.command("bo", "/checkin", "teem")
        assert "Did you mean /checkin team?" in here.asides("bo")[-1]

    play(story)


# People who press what is not theirs, too late, or twice


def test_an_old_button_and_one_of_somebody_else_are_answered_in_words(play: Play) -> None:
    async def story(here: Town) -> None:
        await here.command("tom", "/checkin")
        mine = json.loads(here.top("tom")["private_metadata"])[0]
        conversation = json.loads(mine)[1]
        tickets = ['["open","checkin","99/2020-01-06"]', '["gone","x"]', "not a ticket", '["do","snooze","1","hour"]',
                   json.dumps(["continue", conversation]), json.dumps(["answer", conversation, "week.done", "hers"]),
                   '["see","report","1"]', '["open","checkin-skip","99999999999999999999"]']  # fmt: skip
        before = len(here.texts("eve"))
        await here.workspace.say("eve", None, "hello")
        await here.until(lambda: len(here.texts("eve")) > before)
        chat, told = here.world.dm("eve"), len(here.asides("eve"))
        ts = next(iter(here.workspace.messages("eve")))["ts"]
        for ticket in tickets:
            forged = {"action_id": "act.0", "type": "button", "value": ticket}
            where = {"conversation": chat.id, "ts": ts}
            assert (await here.workspace.act("eve", where, "b", forged, unchecked=True)).ok
        await here.until(lambda: len(here.asides("eve")) == told + len(tickets))
        assert not here.workspace.views("eve")[1:], "no window of another opened"
        assert all(re.search("[Tt]ype /(perf|checkin)", text) for text in here.asides("eve")[told:])

    play(story)


def test_of_fifty_submits_at_once_one_is_kept(play: Play) -> None:
    async def story(here: Town) -> None:
        await here.command("bo", "/checkin")
        view = form_of(here, "bo")
        view.typed = filled(here.top("bo"), {"done": ANSWER, "next": "more"})
        sent = payloads.view_submission(here.world, here.world.user("bo"), view, [])
        answers = await asyncio.gather(*(delivered(here, INTERACTIVE, sent) for _ in range(50)))
        assert {answer.status for answer in answers} == {200}
        texts = [words_of(answer.body) for answer in answers]
        assert sum("You can change it until" in text for text in texts) == 1
        assert sum("This is sent already" in text for text in texts) == 49
        bo = here.world.user("bo").id
        kept = "SELECT count(*) FROM checkin JOIN person ON person.id = person WHERE account = ?"
        assert here.count(kept, bo) == 1

    play(story)


def test_what_is_sent_from_an_old_window_is_kept_and_said_so(play: Play) -> None:
    async def story(here: Town) -> None:
        await here.command("mei", "/checkin")
        old = form_of(here, "mei")
        old.typed = filled(here.top("mei"), {"done": "from the old window", "next": "x"})
        stale = payloads.view_submission(here.world, here.world.user("mei"), old, [])
        await here.workspace.say("mei", None, "by chat instead")
        await here.until(lambda: any("What is next?" in text for text in here.texts("mei")))
        answer = await delivered(here, INTERACTIVE, stale)
        assert "changed in another window" in words_of(answer.body)
        assert "from the old window" in words_of(answer.body)
        view = await here.command("mei", "/checkin")
        assert "from the old window" in words_of(view)

    play(story)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("expired_trigger_id", "type /perf"),
        ("exchanged_trigger_id", "type /perf"),
        ("view_too_large", "number"),
    ],
)
def test_a_window_that_does_not_open_leaves_a_next_step(play: Play, error: str, says: str) -> None:
    async def story(here: Town) -> None:
        told = len(here.asides("hanna"))
        here.world.misbehave.next("views.open", f"error:{error}")
        await here.workspace.command("hanna", "/perf")
        await here.until(lambda: len(here.asides("hanna")) > told)
        assert says in here.asides("hanna")[-1]
        if says == "number":
            number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", here.asides("hanna")[-1])
            assert number is not None
            logged = await here.until(lambda: here.said("a window did not open"))
            assert (logged[-1]["error"], logged[-1]["reference"]) == (error, number[0])

    play(story)


def test_who_is_deactivated_is_written_to_no_more_and_may_do_nothing(play: Play) -> None:
    async def story(here: Town) -> None:
        await here.command("dee", "/checkin")
        form = form_of(here, "dee")
        form.typed = filled(here.top("dee"), {"done": ANSWER, "next": "x"})
        here.world.deactivate("dee")
        await here.workspace.idle()
        told = len(here.texts("dee"))
        sent = payloads.view_submission(here.world, here.world.user("dee"), form, [])
        assert UNKNOWN in words_of((await delivered(here, INTERACTIVE, sent)).body)
        await here.workspace.command("dee", "/checkin")
        assert UNKNOWN in here.asides("dee")[-1]
        assert len(here.texts("dee")) == told
        dee = here.world.user("dee").id
        owed = "SELECT count(*) FROM task JOIN person ON person.id = person WHERE account = ? AND task.state = 'open'"
        assert here.count(owed, dee) == 0

    play(story)


def test_a_check_in_that_hr_has_ended_meanwhile_gives_the_text_back(tmp_path: Path) -> None:
    async def story() -> None:
        async with imported(tmp_path) as here:
            await here.start()
            await here.start_programme("hanna")
            await here.command("tom", "/checkin")
            await here.workspace.command("hanna", "/checkin", "end")
            view = await here.submit("tom", done="typed for nothing?", next="x")
            assert "HR has ended the check-ins" in words_of(view)
            assert "typed for nothing?" in words_of(view)
            assert here.world.problems == []

    asyncio.run(story())


# Whoever watches


def test_health_readiness_and_figures_are_there_for_whoever_watches(play: Play) -> None:
    async def story(here: Town) -> None:
        assert await here.get("/healthz") == (200, "ok\n")
        assert (await here.get("/readyz"))[0] == 200
        status, figures = await here.get("/metrics")
        assert status == 200
        assert "perfloop_" in figures
        assert ANSWER not in figures

    play(story)


def test_the_log_holds_neither_answers_nor_secrets_and_each_failure_has_its_number(play: Play) -> None:
    async def story(here: Town) -> None:
        log = "".join(here.raw)
        for canary in (ANSWER, *SECRETS.values(), "from the old window", "by chat instead", "@example.com"):
            assert canary not in log
        assert all("reference" in line for line in here.log if line["level"] == "error")
        assert len(here.log) == len(here.raw), "every line is JSON"

    play(story)


# The end of a process, and what comes after


def test_where_the_port_is_taken_it_ends_with_one_line(tmp_path: Path) -> None:
    async def story() -> None:
        async with imported(tmp_path) as here:
            server = await asyncio.start_server(
                lambda *_: None, "127.0.0.1", int(here.settings["PERFLOOP_PORT"])
            )
            async with server:
                process = await here.perfloop("serve")
                said, _ = await process.communicate()
        assert process.returncode == 1
        assert said.decode().startswith("The port is in use")
        assert len(said.decode().splitlines()) == 1

    asyncio.run(story())


def test_sigterm_lets_what_is_in_flight_finish(tmp_path: Path) -> None:
    async def story() -> None:
        async with imported(tmp_path) as here:
            await here.start()
            await here.start_programme("hanna")
            await here.command("tom", "/checkin")
            here.world.misbehave.next("views.open", "slow", seconds=0.5)
            await here.workspace.command("lin", "/checkin")
            sending = asyncio.create_task(here.submit("tom", done=ANSWER, next="x"))
            await asyncio.sleep(0)
            code, sent = await asyncio.gather(here.end(), sending)
            assert code == 0
            assert "Sent" in words_of(sent)
            assert here.top("lin"), "the window that was under way opened"
            assert here.count("SELECT count(*) FROM checkin") == 1
            assert here.world.problems == []

    asyncio.run(story())


async def type_on(here: Town, who: str, first: int) -> int:
    """Type ever higher numbers into the form until the bot no longer answers; the last one that it acknowledged."""
    view = here.top(who)
    block = next(block["block_id"] for block in view["blocks"] if block["type"] == "input")
    for number in range(first, first + 10_000):
        typed = {"action_id": "answer", "type": "plain_text_input", "value": str(number)}
        values = {block: {"answer": typed}}
        if not (await here.workspace.act(who, {"view": view["id"]}, block, typed, values, unchecked=True)).ok:
            return number - 1
    raise AssertionError("the bot was never killed")


def test_whenever_it_is_killed_nothing_it_acknowledged_is_lost_and_no_message_comes_twice(
    tmp_path: Path,
) -> None:
    async def story() -> None:
        chance, names = random.Random(7), ("tom", "bo", "cy")
        draft = """SELECT json_extract(typed, '$."week.done"') FROM conversation JOIN person ON person.id = person
                   WHERE email = ?"""
        said = "SELECT count(*) FROM message JOIN person ON person.id = person WHERE email = ? AND kind = 'chat.door'"
        async with imported(tmp_path) as here:
            await here.start()
            await here.start_programme("hanna")
            for name in names:
                await here.command(name, "/checkin")
            last = dict.fromkeys(names, 0)
            for other in ("eve", "flo", "dee"):
                typing = [asyncio.create_task(type_on(here, name, last[name] + 1)) for name in names]
                await here.after(chance.randrange(5, 60))
                hello = payloads.message_event(here.world, here.world.dm(other), heard(here, other))
                greeting = asyncio.create_task(
                    delivered(here, EVENT, payloads.event_envelope(here.world, hello))
                )
                await here.after(chance.randrange(1, 9))
                assert await here.end(signal.SIGKILL) == -signal.SIGKILL
                for name, number in zip(names, await asyncio.gather(*typing), strict=True):
                    assert number <= here.count(draft, f"{name}@example.com") <= number + 1
                    last[name] = number
                if (await greeting).acknowledged:
                    assert here.count(said, f"{other}@example.com") == 1
                assert sum(DOOR in text for text in here.texts(other)) <= 1
                await here.start()
            assert min(last.values()) > 3, "they did type"
            for name in names:
                assert "Sent" in words_of(await here.submit(name, done=ANSWER, next="x"))
            assert here.count("SELECT count(*) FROM checkin") == len(names)
            assert here.count("SELECT count(*) FROM message WHERE state = 'parked'") == 0
            for name in NAMES:
                assert len(here.texts(name)) == len(set(here.texts(name))), name

    asyncio.run(story())


def heard(here: Town, who: str) -> Message:
    return Message(here.world.next_ts(), here.world.user(who).id, "hello", [])


def test_a_revoked_token_loses_nothing_and_a_new_one_sends_it_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with imported(tmp_path) as here:
            await here.start()
            await here.until(lambda: here.count(JOINED) == len(NAMES))
            link = here.workspace.door.link
            here.workspace.door.link = BotLink(
                link.url, link.signing_secret, "xoxb-a-new-one", link.app_token
            )
            await here.workspace.say("tom", None, "hello")
            refused = await here.until(lambda: here.said("slack refuses the token"))
            assert refused[0]["error"] == "invalid_auth"
            assert here.texts("tom") == []
            await here.until(lambda: here.count("SELECT count(*) FROM message WHERE state = 'waiting'") == 1)
            assert await here.end() == 0
            here.settings["SLACK_BOT_TOKEN"] = "xoxb-a-new-one"
            await here.start()
            await here.until(lambda: here.texts("tom"))
            assert len(here.texts("tom")) == 1

    asyncio.run(story())


def test_the_same_over_socket_mode(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path, members(), socket_mode=True, PERFLOOP_HR="hanna@example.com") as here:
            await here.start()
            await here.until(lambda: here.count(JOINED) == len(NAMES))
            await here.start_programme("hanna")
            await here.command("tom", "/checkin")
            wrong = await here.submit("tom", done="\u200b", next="x")
            assert "needs an answer" in str(wrong.errors)
            assert "Sent" in words_of(await here.submit("tom", done=ANSWER, next="x"))
            await here.workspace.command("tom", "/checkin", "teem")
            assert "Did you mean" in here.asides("tom")[-1]
            odd = payloads.event_envelope(here.world, {"type": "something_new"})
            assert (await delivered(here, EVENT, odd)).acknowledged
            assert (await here.get("/readyz"))[0] == 200
            assert here.world.problems == []
            assert await here.end() == 0
            assert ANSWER not in "".join(here.raw)
            assert not [line for line in here.log if line["level"] == "error"]

    asyncio.run(story())
