"""The figures an operator watches, in Prometheus' format: counts and times, no names and no contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot import __version__

# Slack waits 3 s; the buckets are close together where our goal lies.
ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
STATES = (
    "waiting",
    "sending",
    "unsure",
    "parked",
    "stale",
)  # sent ones are not counted: that would read them all

Outcome = Literal["sent", "edited", "unsure", "parked", "dropped"]
Kept = Literal["kept", "refused"]


class Metrics:
    """One set of figures in a registry of its own, so that two bots in one process (a test) stay apart.

    A `kind` is one of a few words of the code (block_actions, view_submission, …), never a value from out
    there: each new one is a new series for as long as the process lives.
    """

    content_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._ack = Histogram(
            "perfloop_ack_seconds",
            "Time until Slack was answered",
            ["kind"],
            registry=own,
            buckets=ACK_SECONDS,
        )
        self._refusals = Counter("perfloop_refusals", "Refusals told to a person", ["kind"], registry=own)
        self._errors = Counter("perfloop_errors", "Errors of our own", ["kind"], registry=own)
        self._deliveries = Counter("perfloop_deliveries", "Deliveries by outcome", ["outcome"], registry=own)
        self._limited = Counter("perfloop_rate_limited", "Calls that Slack put off", ["method"], registry=own)
        self._ticks = Counter("perfloop_ticks", "Looks at what is due", registry=own)
        self._missed = Counter(
            "perfloop_nudges_missed", "Reminders that came too late to be made up for", registry=own
        )
        self._rows = Counter("perfloop_metric_rows", "Rows that came by API", ["outcome"], registry=own)
        self._ticked_at = Gauge(
            "perfloop_last_tick_timestamp_seconds", "When the last look at what is due ended", registry=own
        )
        self._jumps = Counter("perfloop_clock_jumps", "Times that the machine's clock was set", registry=own)
        self._up = Gauge("perfloop_up", "Whether it works: database, slack, token", ["part"], registry=own)
        self._orders = Gauge(
            "perfloop_file_orders", "Files that are asked for and not yet sent", registry=own
        )
        self._sweeps = Gauge("perfloop_sweeps", "Work over many people that is due", registry=own)
        self._oldest_sweep = Gauge(
            "perfloop_oldest_sweep_seconds", "Age of the longest due work over many people", registry=own
        )
        self._connections = Gauge("perfloop_database_connections", "Connections in use", registry=own)
        self._most_connections = Gauge(
            "perfloop_database_connections_limit", "Connections that this process may use", registry=own
        )
        Gauge("perfloop_build_info", "The release", ["version"], registry=own).labels(__version__).set(1)
        self._tick_seconds = Gauge("perfloop_tick_seconds", "How long the last look took", registry=own)
        self._messages = Gauge("perfloop_messages", "Messages by state", ["state"], registry=own)
        self._oldest = Gauge(
            "perfloop_oldest_waiting_seconds", "Age of the oldest unsent message", registry=own
        )

        for counter, outcomes in ((self._deliveries, Outcome), (self._rows, Kept)):
            for outcome in get_args(outcomes):
                counter.labels(outcome)  # at 0: a series that begins with its first 1 does not grow

    def acked(self, kind: str, seconds: float) -> None:
        """Slack was answered `seconds` after its request came in."""
        self._ack.labels(kind).observe(seconds)

    def refused(self, kind: str) -> None:
        """A person was told no."""
        self._refusals.labels(kind).inc()

    def failed(self, kind: str) -> None:
        """Something of ours broke; the log has it under a reference."""
        self._errors.labels(kind).inc()

    def delivered(self, outcome: Outcome) -> None:
        """One message got that far."""
        self._deliveries.labels(outcome).inc()

    def limited(self, method: str) -> None:
        """Slack answered 429 to a Web API method."""
        self._limited.labels(method).inc()

    def ticked(self, seconds: float, missed: int = 0, at: float = 0.0) -> None:
        """One look at what is due took `seconds`, ended `at` (Unix time), and so many reminders were missed for good."""
        self._ticked_at.set(at)
        self._ticks.inc()
        self._missed.inc(missed)
        self._tick_seconds.set(seconds)

    def rows(self, outcome: Kept, number: int) -> None:
        """So many rows of metrics came by API; refused are those with an error, and nothing of their body is kept."""
        self._rows.labels(outcome).inc(number)

    def outbox(self, states: Mapping[str, int], oldest_waiting: float) -> None:
        """How many messages are in each state, and the oldest due one's age in seconds (0 when none is)."""
        for state in STATES:
            self._messages.labels(state).set(states.get(state, 0))
        self._oldest.set(oldest_waiting)

    def jumped(self) -> None:
        """The machine's clock was set by more than a minute."""
        self._jumps.inc()

    def works(self, part: str, up: bool) -> None:
        """Whether a part of what the bot needs works just now."""
        self._up.labels(part).set(up)

    def backlog(self, orders: int, sweeps: int, oldest_sweep: float) -> None:
        """How many files are to be made, how much work over many people is due, and its greatest age in seconds."""
        self._orders.set(orders)
        self._sweeps.set(sweeps)
        self._oldest_sweep.set(oldest_sweep)

    def connections(self, used: int, most: int) -> None:
        """How many of the database connections that this process may have are in use."""
        self._connections.set(used)
        self._most_connections.set(most)

    def render(self) -> bytes:
        """The figures as they are now, in Prometheus' text format."""
        return generate_latest(self._registry)
