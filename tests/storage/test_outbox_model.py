"""The outbox against a small model: two processes, any order of events, the same states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from flows.core.records import Message
from storage.connect import make_engine
from storage.engine import Store
from storage.outbox import Outbox
from storage.tables.every import METADATA

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LEASE = timedelta(seconds=120)
WAITS = [0, 0, 1, 30, 60, 120]
LIKELY = {
    "waiting": ["sending", "sending", "later", "dropped"],
    "sending": ["sent", "sent with others", "failed", "unsure", "unsure", "parked"],
    "unsure": ["absent", "absent", "sent", "failed", "parked"],
    "sent": ["edited"],
    "parked": ["sent"],
    "dropped": ["sent"],
}
EVERY = sorted({fate for fates in LIKELY.values() for fate in fates})


@dataclass
class Sheet:
    """What the model knows about a message."""

    number: int
    chat: str
    urgency: int
    due: datetime
    state: str = "waiting"
    owner: str | None = None
    until: datetime | None = None
    tries: int = 0
    absent: int = 0
    unsure_since: datetime | None = None
    looked: datetime | None = None
    stale: bool = False
    version: int = 0
    token: int = 0

    def is_free(self, now: datetime) -> bool:
        return self.until is None or self.until <= now

    def let_go(self) -> None:
        self.owner = self.until = None

    def start_anew(self) -> None:
        self.let_go()
        self.absent, self.unsure_since, self.looked, self.stale = 0, None, None, False


class Deliveries:
    """The outbox and the model side by side; each step does the same to both and compares."""

    def __init__(self) -> None:
        self.now = START
        self.sheets: dict[str, Sheet] = {}
        self.store = Store(make_engine("sqlite://"), lambda: self.now)
        METADATA.create_all(self.store.engine)  # quicker than migrating, and there are many

    def step(self, random: Random) -> None:
        """One event. Most are marks by whoever holds a message, so that all states are reached."""
        process, number, wait = random.choice(["one", "two"]), random.randrange, random.choice(WAITS)
        events = {
            self.mark: (12, lambda: self.mark(number(100), number(100))),
            self.claim: (4, lambda: self.claim(process, number(3) + 1, random.random() < 0.5, wait)),
            self.look: (3, lambda: self.look(process, wait)),
            self.refresh: (3, lambda: self.refresh(number(100))),
            self.take_edits: (2, lambda: self.take_edits(process)),
            self.write: (2, lambda: self.write(random.choice("ab"), number(3), number(90))),
            self.release: (1, lambda: self.release(number(100))),
            self.recover: (1, lambda: self.recover(process, wait)),
        }
        weights, steps = zip(*events.values(), strict=True)
        random.choices(steps, weights)[0]()
        self.the_states_are_the_models()

    def outbox(self, records, process: str) -> Outbox:
        return Outbox(records._connection, process)

    def write(self, chat: str, urgency: int, delay: int) -> None:
        number, due = len(self.sheets), self.now + timedelta(seconds=delay)
        with self.store.work() as records:
            id_ = records.messages.write(Message(f"k/{number}", "k", {}, due, channel=chat, urgency=urgency))
        self.sheets[id_] = Sheet(number, chat, urgency, due)

    def _one(self, number: int) -> str:
        """A message, mostly one that somebody holds."""
        held = [id_ for id_, sheet in self.sheets.items() if sheet.owner]
        those = held if held and number % 5 else list(self.sheets)
        return those[number // 5 % len(those)]

    def claim(self, process: str, limit: int, sending: bool, wait: int) -> None:
        self.now += timedelta(seconds=wait)
        due = [
            (sheet.urgency, sheet.due, sheet.number, id_)
            for id_, sheet in self.sheets.items()
            if sheet.state == "waiting" and sheet.due <= self.now
            and sheet.is_free(self.now) and self._in_turn(sheet)
        ]  # fmt: skip
        expected = [id_ for *_, id_ in sorted(due)[:limit]]
        with self.store.work() as records:
            found = self.outbox(records, process).claim(self.now, limit, sending=sending)
        assert [one.id for one in found] == expected
        for id_ in expected:
            sheet = self.sheets[id_]
            sheet.owner, sheet.until, sheet.stale = process, self.now + LEASE, False
            sheet.state = "sending" if sending else "waiting"

    def _in_turn(self, sheet: Sheet) -> bool:
        return sheet.urgency != 0 or not any(
            other.urgency == 0 and other.chat == sheet.chat and other.number < sheet.number
            and other.state in ("waiting", "sending")
            for other in self.sheets.values()
        )  # fmt: skip

    def mark(self, which: int, what: int) -> None:
        """The holder of a message says what became of it; now and then it is somebody else, or nonsense."""
        id_ = self._one(which)
        sheet = self.sheets[id_]
        holder = sheet.owner or "one"
        process = holder if what % 5 else {"one": "two", "two": "one"}[holder]
        fates = LIKELY[sheet.state] if what % 4 else EVERY
        fate = fates[what // 4 % len(fates)]
        marks = {
            "sending": lambda: self._mark_sending(process, id_),
            "sent": lambda: self._mark_sent(process, id_, many=False),
            "sent with others": lambda: self._mark_sent(process, id_, many=True),
            "later": lambda: self._mark_waiting(process, id_, 60, counts=False),
            "failed": lambda: self._mark_waiting(process, id_, 0, counts=True),
            "unsure": lambda: self._mark_unsure(process, id_),
            "parked": lambda: self._finish(process, id_, parked=True),
            "dropped": lambda: self._finish(process, id_, parked=False),
            "absent": lambda: self._absent(process, id_),
            "edited": lambda: self._edited(process, id_),
        }
        marks[fate]()

    def _mark_sending(self, process: str, id_: str) -> None:
        sheet = self.sheets[id_]
        right = sheet.state == "waiting" and sheet.owner == process and sheet.until > self.now
        with self.store.work() as records:
            assert self.outbox(records, process).mark_sending(id_, self.now, "D") is right
        if right:
            sheet.state, sheet.until = "sending", self.now + LEASE

    def _mark_sent(self, process: str, id_: str, many: bool) -> None:
        sheet = self.sheets[id_]
        right = sheet.state in ("sending", "unsure") and sheet.owner == process
        with self.store.work() as records:
            outbox = self.outbox(records, process)
            if many:
                assert outbox.mark_sent_many([(id_, "D", "1")], self.now) == right
            else:
                assert outbox.mark_sent(id_, "D", "1", self.now) is right
        if right:
            sheet.state = "sent"
            sheet.let_go()

    def _mark_waiting(self, process: str, id_: str, delay: int, counts: bool) -> None:
        sheet, due = self.sheets[id_], self.now + timedelta(seconds=delay)
        with self.store.work() as records:
            said = self.outbox(records, process).mark_waiting(id_, due, "busy", counts)
        if not (sheet.owner == process and sheet.state in ("waiting", "sending", "unsure")):
            assert said is None
            return
        sheet.tries += counts
        sheet.state, sheet.due = "parked" if sheet.tries >= 5 else "waiting", due
        sheet.start_anew()
        assert said == sheet.state

    def _mark_unsure(self, process: str, id_: str) -> None:
        sheet = self.sheets[id_]
        right = sheet.state == "sending" and sheet.owner == process
        with self.store.work() as records:
            assert self.outbox(records, process).mark_unsure(id_, self.now, "timeout") is right
        if right:
            self._is_unsure(sheet)

    def _is_unsure(self, sheet: Sheet) -> None:
        sheet.state, sheet.unsure_since, sheet.looked, sheet.absent = "unsure", self.now, None, 0
        sheet.let_go()

    def _finish(self, process: str, id_: str, parked: bool) -> None:
        sheet = self.sheets[id_]
        right = sheet.owner == process and sheet.state in ("waiting", "sending", "unsure")
        with self.store.work() as records:
            outbox = self.outbox(records, process)
            assert (outbox.mark_parked(id_, "x") if parked else outbox.mark_dropped(id_, "x")) is right
        if right:
            sheet.state, sheet.stale = "parked" if parked else "dropped", False
            sheet.let_go()

    def look(self, process: str, wait: int) -> None:
        self.now += timedelta(seconds=wait)
        expected = {
            id_ for id_, sheet in self.sheets.items()
            if sheet.state == "unsure" and sheet.unsure_since <= self.now - timedelta(seconds=60)
            and (sheet.looked is None or sheet.looked <= self.now - timedelta(seconds=30))
            and sheet.is_free(self.now)
        }  # fmt: skip
        with self.store.work() as records:
            found = self.outbox(records, process).unsure(self.now)
        assert {one.id for one in found} == expected
        for id_ in expected:
            self.sheets[id_].owner, self.sheets[id_].until = process, self.now + LEASE

    def _absent(self, process: str, id_: str) -> None:
        sheet = self.sheets[id_]
        right = sheet.state == "unsure" and sheet.owner == process
        if right:
            sheet.absent, sheet.looked = sheet.absent + 1, self.now
            if sheet.absent < 2:
                sheet.let_go()
        with self.store.work() as records:
            assert self.outbox(records, process).absent(id_, self.now) == (sheet.absent if right else None)

    def recover(self, process: str, wait: int) -> None:
        self.now += timedelta(seconds=wait)
        lost = [
            sheet for sheet in self.sheets.values()
            if sheet.state == "sending" and (sheet.until <= self.now or sheet.owner != process)
        ]  # fmt: skip
        with self.store.work() as records:
            assert self.outbox(records, process).recover(process, self.now) == len(lost)
        for sheet in lost:
            self._is_unsure(sheet)
        for sheet in self.sheets.values():
            if sheet.owner != process:
                sheet.let_go()

    def refresh(self, which: int) -> None:
        id_ = self._one(which)
        sheet = self.sheets[id_]
        with self.store.work() as records:
            records.messages.refresh([id_])
        if sheet.state in ("sending", "sent", "unsure") or (sheet.state == "waiting" and sheet.owner):
            sheet.stale, sheet.version = True, sheet.version + 1

    def take_edits(self, process: str) -> None:
        expected = {
            id_: sheet.version for id_, sheet in self.sheets.items()
            if sheet.state == "sent" and sheet.stale and sheet.is_free(self.now)
        }  # fmt: skip
        with self.store.work() as records:
            found = self.outbox(records, process).stale(self.now, 100)
        assert {one.id: one.token for one in found} == expected
        for id_ in expected:
            sheet = self.sheets[id_]
            sheet.owner, sheet.until, sheet.token = process, self.now + LEASE, sheet.version

    def _edited(self, process: str, id_: str) -> None:
        sheet = self.sheets[id_]
        token = sheet.token
        mine = sheet.owner == process and sheet.state == "sent"
        with self.store.work() as records:
            fresh = self.outbox(records, process).mark_fresh(id_, token)
        assert fresh is (mine and (token == sheet.version or not sheet.stale))
        if mine:
            sheet.stale = sheet.stale and token != sheet.version
            sheet.let_go()

    def release(self, which: int) -> None:
        parked = [id_ for id_, sheet in self.sheets.items() if sheet.state == "parked"]
        id_ = parked[which % len(parked)] if parked else self._one(which)
        sheet = self.sheets[id_]
        with self.store.work() as records:
            assert records.messages.settle(id_, again=True) is (sheet.state == "parked")
        if sheet.state == "parked":
            sheet.state, sheet.tries = "waiting", 0
            sheet.start_anew()

    def the_states_are_the_models(self) -> None:
        with self.store.work() as records:
            kept = {one.id: one.state for one in records.messages.starting("k/")}
            counts = records.outbox.counts()
        assert kept == {id_: sheet.state for id_, sheet in self.sheets.items()}
        stale = sum(sheet.state == "sent" and sheet.stale for sheet in self.sheets.values())
        assert counts == {
            **{
                state: list(kept.values()).count(state)
                for state in ("waiting", "sending", "unsure", "parked")
            },
            "stale": stale,
        }


@settings(max_examples=30, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_the_outbox_does_what_the_model_does(seed: int) -> None:
    """The rules are drawn by a plain generator: they need weights, or few messages ever get anywhere."""
    random, deliveries = Random(seed), Deliveries()
    for _ in range(3):
        deliveries.write("a", random.randrange(3), 0)
    for _ in range(80):
        deliveries.step(random)
    deliveries.store.close()
