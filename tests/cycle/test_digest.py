"""The day's digest: all that is due in one message, one live request for each task, and the state of things after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.slack.draw import draw_message
from flows.core.owed import Message
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.riding import ride_along
from flows.cycle.nudges.snooze import snooze
from storage.engine import open_store
from tests.cycle.office import BERLIN, CATALOG, DAY, DUE, HOUR, MONDAY, UNTIL, Office, pressable, text


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    store = open_store(database_url, lambda: MONDAY)
    yield Office.opened(store)
    store.close()


def done(office: Office, task: int) -> None:
    with office.store.work() as records:
        close(records, replace(records.tasks.get(task), state="done", done_at=office.now))


def stale(office: Office) -> set[str]:
    """The keys of the messages that are to be edited."""
    with office.store.work() as records:
        rows = records.outbox.stale(office.now, 100)
        for row in rows:
            records.outbox.mark_fresh(row.id, row.token)
    return {row.message.key for row in rows}


def test_one_task_reads_as_a_request_of_its_own(office: Office) -> None:
    office.owe("goals")
    office.tick(MONDAY)
    letter = office.day("2026-03-02")
    assert letter
    assert letter.headline.en == "Please do goals."
    assert "Please send it by Friday 13 March, 23:59" in text(letter)
    assert "Why me? You were asked." in text(letter)
    assert pressable(letter) == [
        "Do goals", "in 1 hour", "tomorrow morning", "on Monday", "Does not apply", "Why am I getting this?",
    ]  # fmt: skip
    office.deliver()
    office.tick(MONDAY + 8 * DAY)
    assert "A reminder: goals." in text(office.day("2026-03-10"))


def test_everything_due_stands_in_one_message_with_the_news(office: Office) -> None:
    for subject in ("goals", "talk"):
        office.owe(subject)
    office.owe("later today", opens_at=MONDAY + 4 * HOUR)
    office.owe("tomorrow", opens_at=MONDAY + DAY)
    office.tell("A date has moved.")
    office.tell("")  # nothing left to tell
    assert office.tick(MONDAY) == ["2026-03-02"]
    letter = office.day("2026-03-02")
    assert letter
    assert letter.headline.en == "3 things are waiting for you."
    for words in ("goals", "talk", "later today", "A date has moved."):
        assert words in text(letter)
    assert "tomorrow" not in text(letter)
    assert office.tick(MONDAY + 4 * HOUR) == []


def test_news_alone_make_a_message_once(office: Office) -> None:
    office.tell("A date has moved.")
    assert office.tick(MONDAY + 12 * HOUR) == []  # in the evening it waits for the morning
    assert office.tick(MONDAY + DAY) == ["2026-03-03"]
    letter = office.day("2026-03-03")
    assert letter
    assert letter.headline.en == "A date has moved."
    assert office.tick(MONDAY + 2 * DAY) == []


def test_what_has_nothing_left_to_say_is_not_sent(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    done(office, task)
    assert office.day("2026-03-02", sent=False) is None


def test_a_message_that_was_dropped_does_not_use_up_the_day(office: Office) -> None:
    first = office.owe()
    office.tick(MONDAY)
    done(office, first)
    with office.store.work() as records:
        (row,) = records.outbox.claim(MONDAY, 9, sending=True)
        records.outbox.mark_dropped(row.id, "no longer needed")
    office.owe("talk", opens_at=MONDAY + HOUR)
    assert office.tick(MONDAY + HOUR) == [f"2026-03-02/{(MONDAY + HOUR).timestamp():.0f}"]
    assert office.count(office.ann, date(2026, 3, 2)) == 1


def test_the_last_one_done_says_that_everything_is_done(office: Office) -> None:
    goals, talk = office.owe("goals"), office.owe("talk")
    office.tick(MONDAY)
    office.deliver()
    done(office, goals)
    assert stale(office) == {f"day/{office.ann.id}/2026-03-02"}
    letter = office.day("2026-03-02")
    assert "Do goals" not in pressable(letter)
    assert "Do talk" in pressable(letter)
    assert "goals is done. Thank you!" in text(letter)
    done(office, talk)
    letter = office.day("2026-03-02")
    assert letter
    assert letter.headline.en == "Everything here is done. Thank you!"
    assert pressable(letter) == []


def test_a_task_has_buttons_in_one_message_only(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    office.deliver()
    office.tick(MONDAY + 8 * DAY)
    office.deliver()
    assert stale(office) == {f"day/{office.ann.id}/2026-03-02"}
    assert pressable(office.day("2026-03-02")) == []
    assert "see the newer message" in text(office.day("2026-03-02"))
    assert "Do goals" in pressable(office.day("2026-03-10"))
    with office.store.work() as records:
        snooze.act(records, office.ann, (str(task), "tomorrow"), MONDAY + 8 * DAY)
    assert stale(office) == {f"day/{office.ann.id}/2026-03-10"}
    assert "put off until Wednesday 11 March, 09:00" in text(office.day("2026-03-10"))
    assert [pressable(office.day(day)) for day in ("2026-03-02", "2026-03-10")] == [[], []]
    office.tick(MONDAY + 9 * DAY)
    office.deliver()
    assert stale(office) == {f"day/{office.ann.id}/2026-03-10"}
    assert "Do goals" in pressable(office.letter(f"snooze/{task}/2"))
    done(office, task)
    assert stale(office) == {
        f"day/{office.ann.id}/2026-03-02", f"day/{office.ann.id}/2026-03-10", f"snooze/{task}/2"
    }  # fmt: skip
    for day in ("2026-03-02", "2026-03-10"):
        assert text(office.day(day)) == "goals is done. Thank you!"


def test_it_says_that_it_is_late_and_then_that_it_is_closed(office: Office) -> None:
    office.owe()
    office.run(DUE - HOUR)
    stale(office)
    assert office.run(DUE + HOUR) == []
    assert stale(office) == {f"day/{office.ann.id}/2026-03-13"}
    assert "It was due on Friday 13 March, 23:59; you can still send it until" in text(
        office.day("2026-03-13")
    )
    office.run(UNTIL + HOUR)
    assert f"day/{office.ann.id}/2026-03-17" in stale(office)
    assert text(office.day("2026-03-17")) == "goals: closed."


def test_what_is_owed_about_several_people_is_one_entry(office: Office) -> None:
    about = [office.hire(f"Colleague {n}") for n in range(9)]
    tasks = [office.owe("Manager review", kind="look", about=one.id) for one in about]
    alone = office.owe("goals")
    office.tick(MONDAY)
    done(office, tasks[0])
    letter = office.day("2026-03-02")
    assert "Manager review: 9 people, 1 done. Due Friday 13 March, 23:59." in text(letter)
    assert pressable(letter).count("Open the list") == 1
    assert not [label for label in pressable(letter) if "about" in label]
    assert "Do goals" in pressable(letter)
    assert office.task(alone).live == office.task(tasks[5]).live


def test_a_hundred_tasks_keep_to_the_messengers_limits(office: Office) -> None:
    for number in range(60):
        office.owe(f"task {number}", due_at=DUE + number * DAY, until=UNTIL + 100 * DAY)
    for number in range(20):
        office.tell(f"News {number}")
    office.tick(MONDAY)
    letter = office.day("2026-03-02")
    assert letter
    for language in ("en", "zh"):
        blocks = draw_message(letter, language)["blocks"]
        assert len(blocks) <= 50
        assert all(len(block["elements"]) <= 25 for block in blocks if block["type"] == "actions")
    assert "… and 55 more on your Home tab." in text(letter)
    assert "… and 10 more." in text(letter)
    assert len([label for label in pressable(letter) if label.startswith("Do ")]) == 5


def test_what_somebody_owes_rides_in_what_they_get_anyway(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    office.deliver()
    later = MONDAY + 4 * DAY
    with office.store.work() as records:
        carrier = records.messages.write(
            Message("digest/x", "checkin.digest", {}, later, office.ann.id, day=date(2026, 3, 6))
        )
        ride_along(records, CATALOG.duties, later - HOUR)
        assert records.tasks.get(task).live != carrier
        ride_along(records, CATALOG.duties, later)
        ride_along(records, CATALOG.duties, later)
    rides = office.task(task)
    assert (rides.live, rides.said, rides.said_at) == (carrier, 2, later)
    assert stale(office) == {f"day/{office.ann.id}/2026-03-02"}
    assert pressable(office.day("2026-03-02")) == []


def test_two_people_hear_of_their_own_and_nothing_of_each_other(office: Office) -> None:
    ben = office.hire("Ben")
    office.owe("goals of Ann")
    office.owe("goals of Ben", ben)
    office.tell("News for Ben", ben)
    assert len(office.tick(MONDAY)) == 2
    assert "Ben" not in text(office.day("2026-03-02"))
    assert "Ann" not in text(office.day("2026-03-02", ben))


def test_who_has_not_the_task_any_more_sees_no_button(office: Office) -> None:
    ben = office.hire("Ben")
    task = office.owe("review", kind="look", about=ben.id)
    office.tick(MONDAY)
    office.keep(task, person=ben.id, said_at=None, told_due=None, next_at=MONDAY)
    assert pressable(office.day("2026-03-02")) == []
    assert "somebody else does it now" in text(office.day("2026-03-02"))
    office.tick(MONDAY)
    letter = office.day("2026-03-02", ben)
    assert "Hand back" in pressable(letter)
    assert "Hand over" not in pressable(letter)


def test_of_two_replicas_one_says_it(postgresql_url: str) -> None:
    first, second = (open_store(postgresql_url, lambda: MONDAY) for _ in range(2))
    office, other = Office.opened(first), Office(second, replace(BERLIN, id=1))
    office.owe()
    with first.work() as records:
        assert records.alone("tick")
        assert other.tick(MONDAY) == []
    assert len([*office.tick(MONDAY), *other.tick(MONDAY)]) == 1
    first.close()
    second.close()


def test_news_wait_for_a_free_day(office: Office) -> None:
    with office.store.work() as records:
        day = date(2026, 3, 2)
        records.messages.write(Message("other", "broadcast", {}, MONDAY, office.ann.id, day=day))
    office.tell("A date has moved.")
    assert office.tick(MONDAY) == []
    assert office.run(MONDAY + 3 * DAY) == ["2026-03-03"]
