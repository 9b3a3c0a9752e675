"""Whether the messenger can be spoken to at present, and when to try again."""

from __future__ import annotations

import random

from bot.buckets import Buckets
from bot.clock import Clock
from bot.messenger import SurelyNot, Unclear
from bot.outgoing import Figures
from bot.troubles import Troubles

SHUT = 60.0  # seconds between two tries with a token that was refused
FAILURES = 5  # unclear answers in a row that still count as bad luck
LONGEST = 60.0  # seconds
SILENT = 3  # pauses in a row from which on nobody answers, and that was no hiccup

REFUSED = (
    "Slack refuses the bot token: nothing is sent until it is put right, and nothing is lost. `perfloop doctor` tells"
    " what to do; a new token needs a restart."
)
SILENCE = "Slack can't be reached. Look at status.slack.com and at the way out to it; what waits is sent afterwards."


class Gate:
    """Open as a rule. It closes for all messages alike, and the outbox stays as it is:

    - while a refused token is waiting for the operator: then one message a minute is tried, nothing else;
    - for as long as the messenger asks (429), or a growing while when nobody answers at all.
    """

    def __init__(
        self, clock: Clock, buckets: Buckets, figures: Figures, chance: random.Random, troubles: Troubles
    ) -> None:
        self._clock = clock
        self._buckets = buckets
        self._figures = figures
        self._chance = chance
        self._troubles = troubles
        self._refused: str | None = None
        self._again_at = 0.0
        self._failures = 0

    def room(self, in_hand: int) -> int | None:
        """How many more messages may be taken in hand beside `in_hand`; None when that is no concern here."""
        if self._refused is None:
            return None
        return 1 if not in_hand and self.wait() == 0 else 0

    def wait(self) -> float:
        """Seconds until it is worth another try; 0.0 is now."""
        return max(0.0, self._again_at - self._clock.monotonic()) if self._refused else 0.0

    def passed(self) -> None:
        """Something arrived."""
        self._failures = 0
        self._refused = None
        self._troubles.ends("token")
        self._troubles.ends("slack")

    def refused(self, method: str, outcome: SurelyNot | Unclear) -> None:
        """Something did not, or perhaps did not, for a reason that may concern every message."""
        if isinstance(outcome, Unclear):
            self._fail(method, outcome.error, FAILURES)
        elif outcome.whose == "token":
            self._shut(outcome.error)
        elif outcome.whose == "rate" and outcome.retry_after is not None:
            self._figures.limited(method)
            # Replicas that were refused together should not come back together.
            self._buckets.pause(method, outcome.retry_after * (1 + self._chance.random() / 10))
        elif outcome.whose == "rate":
            self._fail(method, outcome.error, 0)

    def _fail(self, method: str, error: str, luck: int) -> None:
        if self._buckets.shut(method):  # what was on its way when it closed tells nothing new
            return
        self._failures += 1
        if self._failures > luck:
            pause = min(LONGEST, 2.0 ** (self._failures - luck - 1))
            self._buckets.pause(method, pause * (1 + self._chance.random() / 10))
        if self._failures >= luck + SILENT:
            self._troubles.begins("slack", error, SILENCE)

    def _shut(self, error: str) -> None:
        self._again_at = self._clock.monotonic() + SHUT
        if self._refused != error:
            self._figures.failed("token")
            self._troubles.begins("token", error, REFUSED)
        self._refused = error
