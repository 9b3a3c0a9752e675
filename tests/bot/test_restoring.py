"""A bot is backed up, says more, and is lost; the one from the backup says nothing twice and leaves nothing out."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot.bench.reviewed import reviewed
from bot.bench.staff import NOON
from bot.build import catalog
from bot.clock import VirtualClock
from bot.messages import letter_writer
from bot.messenger import Unreadable
from bot.restoring import KeysMissing, restore
from bot.rounds import Tick, next_moment
from bot.settings import Settings
from bot.workspace.furnishing import furnish
from bot.workspace.sample import PEOPLE_CSV
from flows.checkins.setup import usual
from flows.core.file_orders import sending, take
from flows.cycle.nudges.pace import EVENING, MORNING
from flows.people.directory import read_people
from storage.backup.backing_up import back_up
from storage.backup.sealing import new_key
from storage.engine import Store, open_store
from tests.bot.fake_messenger import Desk, FakeMessenger, desk, message, running

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(hours=6)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = MONDAY + 3 * DAY


@dataclass
class Company:
    """The sample company with its check-in, a bot that serves it, and the messenger, which outlives the bot."""

    clock: VirtualClock
    store: Store
    slack: FakeMessenger

    def desk(self) -> Desk:
        words = letter_writer(KNOWN, self.clock, "en")
        return desk(self.clock, self.store, self.slack, letters=words, settle=60)

    def live(self, to: datetime) -> None:
        """Do what is due at every moment until `to`, and deliver it."""
        asyncio.run(self._live(self.desk(), to))

    async def _live(self, here: Desk, to: datetime) -> None:
        async with running(here):
            while True:
                Tick(self.store, KNOWN, self.clock.now()).run()
                here.sender.wake()
                await here.pass_time(120)
                with self.store.work() as records:
                    moment = next_moment(records, self.clock.now())
                if moment is None or moment > to:
                    self.clock.to(to)
                    return
                self.clock.to(moment)

    def told(self) -> Counter[tuple[str, str]]:
        """What everybody has in their chat: the chat and the message's mark."""
        return Counter((one.channel, one.mark) for one in self.slack.posted)


KNOWN = catalog()[0]


@contextmanager
def company(url: str, keys: Path) -> Iterator[Company]:
    clock = VirtualClock(SUNDAY, speed=0)
    with closing(open_store(url, clock.now, keys=keys)) as store:
        with store.work() as records:
            records.people.apply_import(read_people(PEOPLE_CSV.read_bytes()).rows)
            furnish(records, SUNDAY.date())
            records.programmes.save(usual(MONDAY.date(), None, SUNDAY))
            for person in records.people.active():
                records.people.save(replace(person, account=f"U{person.id}"))
        yield Company(clock, store, FakeMessenger(clock))


@contextmanager
def restored(lost: Company, file: Path, key: Path, url: str, keys: Path) -> Iterator[Company]:
    with structlog.testing.capture_logs() as logs:
        restore(file, key, url, Settings(keys=keys), lost.clock.now())
    assert [line for line in logs if line["log_level"] == "error"] == []
    with closing(open_store(url, lost.clock.now, keys=keys)) as store:
        yield Company(lost.clock, store, lost.slack)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, str]]:
    """What everybody is told in these days where nothing goes wrong."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with company(f"sqlite:///{folder / 'a.db'}", folder / "keys") as one:
        one.live(END)
        return one.told()


@pytest.mark.parametrize(
    ("backup", "lost", "back"),
    [
        pytest.param(-2, -1, 0, id="nothing was said in between"),
        pytest.param(-2, 3, 4, id="Asia has been told and Europe has not"),
        pytest.param(3, 7, 20, id="back in the evening, when nobody is written to"),
        pytest.param(-2, 30, 31, id="a day later"),
        pytest.param(2, 5, 53, id="down for two days"),
    ],
)  # hours from Monday's midnight in UTC
def test_nothing_is_told_twice_and_nothing_is_left_out(
    database_url: str,
    tmp_path: Path,
    undisturbed: Counter[tuple[str, str]],
    backup: int,
    lost: int,
    back: int,
) -> None:
    there = f"sqlite:///{tmp_path / 'restored.db'}"
    keys, key = tmp_path / "keys", tmp_path / "key.txt"
    public = new_key(key)
    with ExitStack() as stack:
        first = stack.enter_context(company(database_url, keys))
        first.live(MONDAY + backup * HOUR)
        file = back_up(database_url, tmp_path, public, "1", first.clock.now()).file
        before = len(first.slack.posted)
        first.live(MONDAY + lost * HOUR)
        said = first.told()
        first.clock.to(MONDAY + back * HOUR)
        second = stack.enter_context(restored(first, file, key, there, keys))
        assert second.told() == said, "restoring says nothing"
        second.live(END)
        told, at_night = second.told(), unasked_at_night(second)
    if lost > 0:
        assert len(said) > before, "something was said after the backup"
    assert told == undisturbed, "nothing twice, nothing left out, nothing besides"
    assert at_night == []


def unasked_at_night(here: Company) -> list[str]:
    """What nobody asked for and came outside its reader's working hours."""
    found = []
    with here.store.work() as records:
        for one in here.slack.posted:
            written = records.messages.get(one.mark)
            person = records.people.get(written.message.person or 0) if written else None
            if written and person and written.message.day is not None:
                local = one.at.astimezone(ZoneInfo(person.zone)).time()
                if not MORNING <= local < EVENING:
                    found.append(f"{written.message.key} at {local}")
    return found


MORE = ("waiting", "taken in hand", "sent since", "sensitive", "sensitive and sent since", "later")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Desk, Path, str]]:
    """A desk on a file, the backups' key and its public half."""
    key = tmp_path / "key.txt"
    public = new_key(key)
    clock = VirtualClock(SUNDAY, speed=0)
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}", clock.now)) as store:
        yield desk(clock, store), key, public


@contextmanager
def brought_back(here: Desk, file: Path, key: Path, folder: Path) -> Iterator[Desk]:
    """The desk of the bot that comes from the backup, over the same messenger."""
    url = f"sqlite:///{folder / 'b.db'}"
    restore(file, key, url, Settings(), here.clock.now())
    with closing(open_store(url, here.clock.now)) as store:
        yield desk(here.clock, store, here.slack, settle=60)


async def lived(here: Desk, seconds: float) -> None:
    async with running(here):
        await here.pass_time(seconds)


def test_what_was_waiting_is_looked_for_and_sent_where_it_is_not_there(
    small: tuple[Desk, Path, str], tmp_path: Path
) -> None:
    here, key, public = small
    here.write(
        *(
            message(name, f"C{n}", due_at=SUNDAY + HOUR, sensitive="sensitive" in name)
            for n, name in enumerate(MORE)
        )
    )
    here.write(message("much later", "C9", due_at=SUNDAY + 5 * DAY))
    file = back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, public, "1", here.clock.now()).file
    here.do(
        lambda records: [
            records.messages.hasten(f"{name}", here.clock.now()) for name in MORE if "since" in name
        ]
    )
    asyncio.run(lived(here, 30))
    assert here.slack.texts() == ["sent since", "sensitive and sent since"]
    here.clock.advance(86_400)
    with brought_back(here, file, key, tmp_path) as back:
        assert back.states([*MORE, "much later"]) == {"unsure"}
        asyncio.run(lived(back, 600))
        assert sorted(back.slack.texts()) == sorted(MORE), (
            "each once, also what is sensitive: nothing comes late any more"
        )
        assert back.states(MORE) == {"sent"}
        assert back.state("much later") == "waiting"


def test_what_can_not_be_looked_for_waits_for_a_person(small: tuple[Desk, Path, str], tmp_path: Path) -> None:
    here, key, public = small
    here.write(message("a"), message("b", "C2"))
    file = back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, public, "1", here.clock.now()).file
    with brought_back(here, file, key, tmp_path) as back:
        back.slack.unreadable = Unreadable("missing_scope", lasting=True)
        asyncio.run(lived(back, 600))
        assert back.slack.texts() == []
        assert back.states(["a", "b"]) == {"parked"}


def test_files_that_were_ordered_are_asked_for_again_by_whoever_waits(
    small: tuple[Desk, Path, str], tmp_path: Path
) -> None:
    here, key, public = small
    ann = here.hire("U1")
    orders = here.do(
        lambda records: [records.file_orders.ask("letter", ann.id, {"n": n}, SUNDAY).id for n in range(3)]
    )

    def begin(records: Any) -> None:
        order = take(records, SUNDAY)
        assert order
        assert sending(records, order, SUNDAY)

    here.do(begin)
    file = back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, public, "1", here.clock.now()).file
    with brought_back(here, file, key, tmp_path) as back:
        found = back.do(lambda records: [records.file_orders.get(one) for one in orders])
        assert [(one.state, one.failure) for one in found if one] == [("failed", "restored")] * 3
        asyncio.run(lived(back, 600))
        assert sorted(back.slack.texts()) == [f"file/{one}" for one in orders], (
            "each is told that it has to ask again"
        )


def test_without_the_keys_of_anonymous_answers_nothing_is_restored_unless_they_are_given_up(
    tmp_path: Path,
) -> None:
    key, url = tmp_path / "key.txt", f"sqlite:///{tmp_path / 'a.db'}"
    public = new_key(key)
    reviewed(url, 30, locked=False)
    file = back_up(url, tmp_path, public, "1", NOON).file
    there, keys = tmp_path / "b.db", tmp_path / "b.db.keys"
    with pytest.raises(KeysMissing, match=r"cycle 1 need theirs.*b\.db\.keys first.*Nothing was changed"):
        restore(file, key, f"sqlite:///{there}", Settings(), NOON)
    assert not there.exists()
    back = restore(file, key, f"sqlite:///{there}", Settings(), NOON + HOUR, without_keys=True)
    assert back.forgotten == (1,)
    with closing(open_store(f"sqlite:///{there}", lambda: NOON)) as store, store.work() as records:
        assert [thing for _, thing, _ in records.audit.latest("review.key_lost", SUNDAY)] == ["cycle/1"]
    there.unlink()
    shutil.copytree(tmp_path / "a.db.keys", keys)
    assert restore(file, key, f"sqlite:///{there}", Settings(), NOON + HOUR).forgotten == ()
