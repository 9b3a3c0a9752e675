"""Who is who in Slack: joined by e-mail, never twice, and whatever shape Slack gives a person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.slack.client import SlackRefused
from bot.slack.directory import Directory
from flows.core.records import Task
from flows.people.person import HR, Person
from storage.engine import Store, open_store
from tests.bot.hostile import anything, damaged, places, texts
from tests.cycle.live_cycle import launched, swept

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
ANNA = {
    "id": "U0ANNA000", "name": "anna", "real_name": "Anna Becker", "tz": "Europe/Berlin", "locale": "zh-CN", "deleted": False,
    "profile": {"email": "Anna@Example.com", "real_name": "Anna Becker", "title": "Engineer"}, "is_bot": False,
}  # fmt: skip


@dataclass
class Client:
    """Slack as far as people go."""

    known: dict[str, Any]
    error: str = ""

    async def users(self) -> AsyncIterator[list[Any]]:
        for user in self.known.values():
            yield [user]

    async def user(self, account: str) -> Any:
        if self.error or account not in self.known:
            raise SlackRefused(self.error or "user_not_found")
        return self.known[account]


class Here(SystemClock):
    """A clock that stands at the moment of the story."""

    def now(self) -> datetime:
        return NOW


@dataclass
class Office:
    store: Store
    directory: Directory
    client: Any

    def do(self, work: Any) -> Any:
        return asyncio.run(work)

    def find(self, email: str = "anna@example.com") -> Person | None:
        with self.store.work() as records:
            return records.people.by_email(email)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    store = open_store(sqlite_url, lambda: NOW)
    with ThreadPoolExecutor(1) as executor:
        client: Any = Client({ANNA["id"]: ANNA})
        yield Office(
            store,
            Directory(store, executor, client, ["anna@example.com"], "Asia/Shanghai", "en", Here()),
            client,
        )
    store.close()


def test_who_is_new_is_joined_with_what_slack_knows_and_hr_by_the_operators_word(office: Office) -> None:
    assert office.do(office.directory.meet(ANNA["id"]))
    anna = office.find()
    assert anna is not None
    assert (anna.account, anna.name, anna.zone, anna.language) == (
        ANNA["id"],
        "Anna Becker",
        "Europe/Berlin",
        "zh",
    )
    assert anna.roles == (HR,)


def test_who_was_joined_a_moment_ago_is_known_too(office: Office) -> None:
    """The hourly look at everybody may come between somebody's first act and the look at them alone."""
    assert office.do(office.directory.sync()) == 1
    assert office.do(office.directory.meet(ANNA["id"]))


@pytest.mark.parametrize(
    "change",
    [{"profile": {}}, {"profile": None}, {"profile": {"email": "  "}}, {"is_bot": True}, {"is_restricted": True},
     {"is_ultra_restricted": True}, {"is_stranger": True}, {"deleted": True}, {"is_app_user": True}],
)  # fmt: skip
def test_without_an_address_and_no_colleague_nobody_is_joined(office: Office, change: Any) -> None:
    office.do(office.directory.changed({**ANNA, **change}))
    assert office.find() is None


def test_who_is_deactivated_owes_nothing_any_more(office: Office) -> None:
    office.do(office.directory.sync())
    anna, until = office.find(), NOW + timedelta(days=5)
    assert anna is not None
    with office.store.work() as records:
        records.tasks.add([Task(0, "checkin", 1, anna.id, "2026-11-16", "open", NOW, until, until, NOW)])
    office.do(office.directory.changed({**ANNA, "deleted": True}))
    anna = office.find()
    assert anna is not None
    assert not anna.active
    with office.store.work() as records:
        assert records.tasks.open_of(anna.id) == []


def test_a_zone_that_nobody_knows_is_the_companys(office: Office) -> None:
    office.do(office.directory.changed({**ANNA, "tz": "Mars/Olympus"}))
    anna = office.find()
    assert anna is not None
    assert anna.zone == "Asia/Shanghai"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(put=anything | texts, data=st.data())
def test_whatever_shape_slack_gives_a_person_nothing_breaks(
    office: Office, put: Any, data: st.DataObject
) -> None:
    where = data.draw(st.lists(st.sampled_from(places(ANNA)), min_size=1, max_size=3))
    office.do(office.directory.changed(damaged(ANNA, where, put)))
    office.do(office.directory.changed(put))


def test_who_is_reactivated_is_active_again_unless_their_last_day_is_over(office: Office) -> None:
    office.do(office.directory.meet(ANNA["id"]))
    office.do(office.directory.changed(ANNA | {"deleted": True}))
    assert not found(office).active
    office.do(office.directory.changed(ANNA))
    assert found(office).active
    left = replace(found(office), left_on=NOW.date() - timedelta(days=1))
    with office.store.work() as records:
        records.people.save(left)
    office.do(office.directory.changed(ANNA))
    assert not found(office).active


def found(office: Office) -> Person:
    person = office.find()
    assert person is not None
    return person


def live_cycle(office: Office, owner: Person) -> int:
    with office.store.work() as records:
        cycle = launched(records, owner.id, now=NOW)
    swept(office.store, NOW)
    return cycle.id


BEN = {**ANNA, "id": "U0BEN0000", "profile": {"email": "ben@example.com", "real_name": "Ben"}}


def test_a_joiner_in_slack_is_asked_about_and_a_leaver_taken_out(office: Office) -> None:
    office.do(office.directory.meet(ANNA["id"]))
    cycle = live_cycle(office, found(office))
    office.do(office.directory.changed(BEN))
    ben = office.find("ben@example.com")
    assert ben is not None
    with office.store.work() as records:
        assert records.participants.get(cycle, ben.id).place == "asked"
    office.do(office.directory.changed({**ANNA, "deleted": True}))
    anna = found(office)
    with office.store.work() as records:
        assert records.participants.get(cycle, anna.id).place == "out"


def test_slack_leaves_manager_department_and_an_imported_zone_alone(office: Office) -> None:
    with office.store.work() as records:
        boss = records.people.save(replace(PERSON, email="boss@example.com"))
        anna = replace(PERSON, manager=boss.id, department="Sales", zone="Asia/Tokyo", title="Head")
        records.people.save(anna)
    office.do(office.directory.sync())
    after = found(office)
    assert (after.account, after.manager, after.department) == (ANNA["id"], boss.id, "Sales")
    assert (after.zone, after.title) == ("Asia/Tokyo", "Head")


def test_a_lost_event_is_caught_by_the_hourly_look(office: Office) -> None:
    office.do(office.directory.sync())
    office.client.known[ANNA["id"]] = {**ANNA, "deleted": True}
    assert office.do(office.directory.sync()) == 1
    assert not found(office).active


@pytest.mark.parametrize(
    ("error", "active"), [("user_not_found", False), ("ratelimited", True), ("account_inactive", True)]
)
def test_an_account_that_no_message_reaches_is_asked_about(office: Office, error: str, active: bool) -> None:
    office.do(office.directory.meet(ANNA["id"]))
    office.client.error = error
    office.do(office.directory.lost(ANNA["id"]))
    assert found(office).active is active
    office.client.error = ""
    office.client.known[ANNA["id"]] = {**ANNA, "deleted": True}
    office.do(office.directory.lost(ANNA["id"]))
    assert not found(office).active


def test_who_was_never_known_is_lost_to_nobody(office: Office) -> None:
    office.client.error = "user_not_found"
    office.do(office.directory.lost("U0NOBODY0"))
    assert office.find() is None


PERSON = Person(0, "anna@example.com", "Anna", None, "", "", "", (), "UTC", "en", None, None, None, True)
