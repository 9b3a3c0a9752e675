"""What a person can do about a task besides doing it: put it off, hand it over, say it does not apply, ask why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.core.owed import Message
from flows.cycle.kept import Audience
from flows.cycle.nudges.waive import hr_of
from tests.cycle.live_cycle import launched
from tests.stories.conftest import SUNDAY

TUESDAY = datetime(2026, 3, 3, 15, tzinfo=UTC)  # 10:00 in New York, 11:00 in São Paulo
WEDNESDAY = TUESDAY + timedelta(days=1)


def with_cycle(town: Any) -> None:
    """Marta (HR) has a quarter running for Emily and Daniel: self reviews, and a day later Emily's review of him."""

    def launch(records: Any) -> None:
        owner = records.people.by_email("marta@example.com").id
        people = tuple(records.people.by_email(f"{name}@example.com").id for name in ("emily", "daniel"))
        launched(records, owner, Audience(people=people), town.now())

    town.records(launch)


def tasks(town: Any, name: str, phase: str) -> list[Any]:
    """The open tasks of somebody in a phase."""

    def find(records: Any) -> list[Any]:
        person = records.people.by_email(f"{name}@example.com")
        return [task for task in records.tasks.open_of(person.id) if task.subject == phase]

    found: list[Any] = town.records(find)
    return found


def hand_over(town: Any, name: str, to: str) -> str:
    """Try to hand the review over; the window after it."""
    player = town.player(name)
    player.press("Hand over")
    player.fill(to=town.mention(to), why="On a long trip")
    assert player.submit() == {}
    window: str = player.window()
    return window


def test_a_review_is_handed_over_and_back_and_one_person_has_it_all_the_time(quiet_town: Any) -> None:
    town = quiet_town
    with_cycle(town)
    town.to(TUESDAY)
    emily, grace = town.player("emily"), town.player("grace")
    assert "Please review Daniel Brooks" in emily.messages()[-1]
    for wrong, refused in (
        ("emily", "That is yourself"),
        ("daniel", "can't do it about themselves"),
        ("lena", "is away today"),
    ):
        assert refused in hand_over(town, "emily", wrong)
        emily.close()
        assert len(tasks(town, "emily", "manager")) == 1
    assert "Handed over to Grace" in hand_over(town, "emily", "grace")
    emily.close()
    assert "somebody else does it now" in emily.messages()[-1]
    assert emily.buttons() == []
    assert (len(tasks(town, "emily", "manager")), len(tasks(town, "grace", "manager"))) == (0, 1)
    town.to(WEDNESDAY)
    assert "Please review Daniel Brooks" in grace.messages()[-1]
    assert "Hand over" not in grace.buttons()
    grace.press("Why am I getting this?")
    assert "Emily Carter handed it over to you: On a long trip" in grace.window()
    grace.close()
    grace.press("Hand back")
    town.to(WEDNESDAY + timedelta(hours=1))
    assert grace.buttons() == []
    assert (len(tasks(town, "emily", "manager")), len(tasks(town, "grace", "manager"))) == (1, 0)
    town.to(WEDNESDAY + timedelta(days=1))
    assert "Please review Daniel Brooks" in emily.messages()[-1]
    lines = town.records(lambda records: [
        len(records.audit.latest(action, SUNDAY)) for action in ("task.hand_over", "task.hand_back")
    ])  # fmt: skip
    assert lines == [1, 1]


def test_one_says_that_it_does_not_apply_and_hr_objects(quiet_town: Any) -> None:
    town = quiet_town
    with_cycle(town)
    town.to(TUESDAY)
    emily, marta = town.player("emily"), town.player("marta")
    emily.press("Does not apply")
    assert "HR sees the reason and may object" in emily.window()
    emily.fill(reason="He works for somebody else by now")
    assert emily.submit() == {}
    assert "it does not apply to you" in emily.window()
    emily.close()
    assert tasks(town, "emily", "manager") == []
    assert emily.buttons() == []
    town.to(WEDNESDAY)
    told = marta.messages()[-1]
    assert "Emily Carter says that" in told
    assert "somebody else by now" not in told  # a message holds no reasons
    marta.press("Read why")
    assert "He works for somebody else by now" in marta.window()
    marta.touch("Object")
    marta.close()
    assert len(tasks(town, "emily", "manager")) == 1
    marta.press("Object")
    assert "asked of them again already" in marta.aside() + marta.window()
    town.to(WEDNESDAY + timedelta(days=1))
    assert "HR asks you to do" in emily.messages()[-1]
    assert "Hand over" in emily.buttons()


def test_nobody_of_hr_is_told_what_their_own_managers_say_does_not_apply(bare_quiet_town: Any) -> None:
    """Marta, who runs the cycle, reports to Liu Fang of HR, who reports to Grace."""
    with_cycle(bare_quiet_town)
    bare_quiet_town.to(TUESDAY)
    (task,) = tasks(bare_quiet_town, "emily", "manager")

    def told(records: Any) -> dict[str, list[str]]:
        named = {
            name: records.people.by_email(f"{name}@example.com") for name in ("emily", "liufang", "grace")
        }
        return {
            name: [hr.email for hr in hr_of(records, replace(task, person=person.id), person, TUESDAY)]
            for name, person in named.items()
        }

    assert bare_quiet_town.records(told) == {"emily": ["marta@example.com"], "liufang": [], "grace": []}


def test_why_says_who_asked_and_when_it_comes_again(quiet_town: Any) -> None:
    town = quiet_town
    with_cycle(town)
    town.to(TUESDAY)
    emily = town.player("emily")
    emily.press("Why am I getting this?")
    for words in (
        "Manager review",
        "Why me?",
        "at most once a day and four times a week",
        "I speak of it again",
    ):
        assert words in emily.window()
    assert "Friday 13 March, 09:00" in emily.window()  # three days before Monday the 16th is Friday


def test_nobody_deals_with_the_tasks_of_others(bare_quiet_town: Any) -> None:
    from bot.exchange import Press, Say
    from flows.core.screen import Act

    town = bare_quiet_town
    with_cycle(town)
    town.to(TUESDAY)
    (task,) = tasks(town, "emily", "manager")
    for name in ("grace", "daniel", "juliana"):
        account = town.player(name).person.account
        for act in (
            Act("open", ("hand-over", str(task.id))),
            Act("open", ("does-not-apply", str(task.id))),
            Act("see", ("why", str(task.id))),
            Act("do", ("hand-back", str(task.id))),
            Act("do", ("snooze", str(task.id), "hour")),
            Act("see", ("waiver", "x")),
            Act("see", ("operator",)),
        ):
            reply = town.receive(account, Press(act, "message"))
            assert isinstance(reply.what, Say), act
            assert "nothing here for you" in reply.what.words.en, act
    assert tasks(town, "emily", "manager") == [task]


def test_the_operator_deals_with_a_message_that_waits(bare_town: Any) -> None:
    town = bare_town
    kavya, ids = town.player("kavya"), []

    def park(records: Any) -> None:
        person = records.people.by_email("kavya@example.com")
        records.people.save(replace(person, roles=("operator",)))
        for nth in range(2):
            message = Message(f"m/{nth}", "chat.door", {"person": person.id}, town.now(), person=person.id)
            ids.append(records.messages.write(message))
        for one in records.outbox.claim(town.now(), 10, sending=True):
            records.outbox.mark_parked(one.id, "not_in_channel")

    def states(records: Any) -> list[str]:
        return [records.messages.get(one).state for one in ids]

    town.records(park)
    kavya.command("/perf operator")
    assert "not_in_channel" in kavya.window()
    assert ids[0][:8] in kavya.window()
    kavya.touch("Send again")
    assert "It is sent again." in kavya.window()
    kavya.command("/perf operator")
    kavya.touch("Leave it out")
    assert town.records(states)[1] == "dropped"
    assert town.records(states)[0] in ("waiting", "sent")


def test_the_operator_sees_what_was_missed(bare_town: Any) -> None:
    town = bare_town

    def appoint(records: Any) -> None:
        person = records.people.by_email("kavya@example.com")
        records.people.save(replace(person, roles=("operator",)))

    town.records(appoint)
    town.stop()
    town.to(datetime(2026, 3, 7, 10, tzinfo=UTC))
    town.start()
    kavya = town.player("kavya")
    kavya.command("/perf operator")
    assert "Reminders missed in 7 days" in kavya.window()
    assert "Saturday 7 March" in kavya.window()
    assert "No message waits for you." in kavya.window()
