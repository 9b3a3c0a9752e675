"""Everything that is kept, inside one transaction; implements the flows' record protocols."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, func, select

from storage.keys import KeyRing
from storage.listening import NOTIFY, News, written
from storage.outbox import Outbox
from storage.records.actions import Actions, CarriedOver
from storage.records.agreements import Agreements
from storage.records.appeals import Appeals
from storage.records.audit import Audit
from storage.records.broadcasts import Broadcasts
from storage.records.calendars import Calendars
from storage.records.checkins import Checkins
from storage.records.conversations import Conversations
from storage.records.cycles import Cycles, Delegations, Templates
from storage.records.development import Development
from storage.records.dropped import DroppedSheets
from storage.records.evidence import EvidenceKept
from storage.records.feedback import FeedbackKept
from storage.records.file_orders import FileOrders
from storage.records.goal_parts import Library, Steps, Tokens
from storage.records.goals import Goals
from storage.records.guests import Guests
from storage.records.improvement import Improvements
from storage.records.interviews import Interviews
from storage.records.kept import DataRequests, Held, Openings
from storage.records.meetings import Meetings
from storage.records.messages import Messages
from storage.records.nominations import Nominations
from storage.records.notices import Notices
from storage.records.participants import Participants
from storage.records.pens import Flags, Pens
from storage.records.people import People, TeamChannels
from storage.records.praise import PraiseKept
from storage.records.programmes import Programmes
from storage.records.readings import Readings
from storage.records.rehearsals import Rehearsals
from storage.records.releases import Releases
from storage.records.reports import Reports
from storage.records.results import Ledger
from storage.records.retention import Retention
from storage.records.reviews import Reviews
from storage.records.rewards import Rewards
from storage.records.rows import new_only
from storage.records.sealed import Closings, Sealed
from storage.records.sessions import Sessions
from storage.records.signals import Signals
from storage.records.standings import Standings
from storage.records.suggestions import Suggestions
from storage.records.sweeps import Sweeps
from storage.records.tasks import Tasks
from storage.records.training import Trainings
from storage.records.unlocking import Ciphers
from storage.tables.messages import INBOUND

INBOUND_KEPT = timedelta(days=7)  # a messenger repeats for an hour at most; a week is safe and stays small
FIRST_TIME = new_only(INBOUND)
LOCK = select(func.pg_try_advisory_xact_lock(bindparam("lock")))
PRUNE = delete(INBOUND).where(INBOUND.c.at < bindparam("before"))


class Work:
    """The records of one transaction: the check-ins', the cycles', and the sender's outbox."""

    def __init__(
        self,
        connection: Connection,
        clock_now: Callable[[], datetime],
        owner: str,
        posts_per_minute: float,
        address: str = "",
        keys: KeyRing | None = None,
    ) -> None:
        keys = keys or KeyRing(None)
        ciphers = Ciphers(connection, keys)
        self._connection, self._owner = connection, owner
        self.posts_per_minute = posts_per_minute
        self.people = People(connection, clock_now)
        self.conversations = Conversations(connection, ciphers, clock_now)
        self.tasks = Tasks(connection, clock_now)
        self.messages = Messages(connection, clock_now)
        self.notices = Notices(connection)
        self.audit = Audit(connection)
        self.programmes = Programmes(connection)
        self.checkins = Checkins(connection)
        self.goals = Goals(connection, clock_now)
        self.steps = Steps(connection)
        self.readings = Readings(connection)
        self.signals = Signals(connection)
        self.standings = Standings(connection)
        self.tokens = Tokens(connection)
        self.library = Library(connection)
        self.team_channels = TeamChannels(connection)
        self.cycles = Cycles(connection)
        self.templates = Templates(connection)
        self.participants = Participants(connection)
        self.reviews = Reviews(connection)
        self.nominations = Nominations(connection)
        self.ledger = Ledger(connection)
        self.sessions = Sessions(connection)
        self.releases = Releases(connection)
        self.guests = Guests(connection, address)
        self.pens = Pens(connection, ciphers)
        self.flags = Flags(connection)
        self.praise = PraiseKept(connection)
        self.evidence = EvidenceKept(connection)
        self.feedback = FeedbackKept(connection)
        self.suggestions = Suggestions(connection, keys)
        self.meetings = Meetings(connection)
        self.actions = Actions(connection)
        self.held = Held(connection)
        self.openings = Openings(connection)
        self.wishes = DataRequests(connection)
        self.retention = Retention(connection, self)
        self.appeals = Appeals(connection)
        self.carried = CarriedOver(connection)
        self.development = Development(connection)
        self.trainings = Trainings(connection)
        self.calendars = Calendars(connection, keys)
        self.rewards = Rewards(connection)
        self.agreements = Agreements(connection)
        self.improvements = Improvements(connection)
        self.interviews = Interviews(connection)
        self.sealed = Sealed(connection)
        self.closings = Closings(connection)
        self.rehearsals = Rehearsals(connection)
        self.delegations = Delegations(connection)
        self.broadcasts = Broadcasts(connection)
        self.sweeps = Sweeps(connection)
        self.file_orders = FileOrders(connection)
        self.dropped = DroppedSheets(connection)
        self.reports = Reports(connection)
        self.outbox = Outbox(connection, owner)

    @property
    def news(self) -> frozenset[News]:
        """What there is to do now: messages were written, hastened or refreshed, a file was ordered, …"""
        kinds: dict[News, bool] = {
            "mail": self.messages.touched,
            "files": self.file_orders.touched,
            "calendars": self.calendars.touched,
        }
        return frozenset(kind for kind, touched in kinds.items() if touched)

    def tell(self) -> None:
        """Ring for the other replicas about the news, once this is committed; an SQLite file has no others."""
        if self.news and self._connection.dialect.name == "postgresql":
            self._connection.execute(NOTIFY, {"said": written(self._owner, self.news)})

    def alone(self, work: str) -> bool:
        if self._connection.dialect.name != "postgresql":
            return True  # an SQLite file has one process, and one transaction that writes
        lock = int.from_bytes(sha256(work.encode()).digest()[:8], "big", signed=True)
        return bool(self._connection.execute(LOCK, {"lock": lock}).scalar())

    def first_time(self, key: str, now: datetime) -> bool:
        return self._connection.execute(FIRST_TIME, {"key": key, "at": now}).rowcount == 1

    def prune(self, now: datetime) -> int:
        """Forget the keys of events older than a week (how many), and files and messages that nobody waits for any more."""
        self.file_orders.prune(now)
        self.dropped.prune(now)
        self.evidence.prune(now)
        return self._connection.execute(PRUNE, {"before": now - INBOUND_KEPT}).rowcount
