"""One body of metrics on its way in: its lines are read and checked as they come, and kept when all are sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.goals.kept import Reading
from flows.goals.metrics.lines import Read, Sent, Wrong, csv_reader, read_json
from flows.goals.metrics.permit import Permit
from flows.goals.signals.looking import plan_look
from storage.engine import Store
from storage.staging import Row, Staging
from storage.work import Work

LONGEST_LINE = 8_192  # bytes
MOST_ROWS = 1_000_000
MOST_ERRORS = 100  # that are told; the others are counted
AT_ONCE = 1_000  # rows in one transaction: short enough that a click never waits long behind it
BOM = b"\xef\xbb\xbf"

NOT_UTF8 = "This line is not UTF-8. Send UTF-8 (Excel: save as “CSV UTF-8”), not GBK or UTF-16."
TOO_LONG = f"This line is longer than {LONGEST_LINE} bytes."
NOTHING = "There are no rows."


class TooManyRows(Exception):
    """The body has more rows than one request may have."""


@dataclass(slots=True)
class Upload:
    """What has come so far. Its methods run one after the other on the database's threads.

    `read` reads a line; None until the first line of CSV has named the columns. `rows` counts sound lines, `wrong` all
    others, of which `errors` tells the first by line number.
    """

    permit: Permit
    read: Read | None
    staging: Staging
    line: int = 0
    rows: int = 0
    wrong: int = 0
    errors: list[dict[str, object]] = field(default_factory=list)
    forbidden: bool = False

    def take(self, store: Store, lines: Sequence[bytes]) -> None:
        """Read the next lines; the sound ones are staged. Raises TooManyRows."""
        found: list[tuple[int, Sent | Wrong]] = []
        for raw in lines:
            self.line += 1
            try:
                if (sent := self._sent(raw)) is not None:
                    found.append((self.line, sent))
            except Wrong as wrong:
                found.append((self.line, wrong))
            if self.read is None:
                break
        if strangers := self.permit.strangers(sent for _, sent in found if isinstance(sent, Sent)):
            with store.work() as records:
                self.permit.meet(records.people.by_emails(strangers))
        self._stage(found)
        if self.rows + self.wrong > MOST_ROWS:
            raise TooManyRows

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the line after those taken."""
        self._note(self.line + 1, Wrong(sentence))

    @property
    def unread(self) -> bool:
        """Whether its columns are not known, so that nothing below the first line can be read."""
        return self.read is None and self.line > 0

    def _sent(self, raw: bytes) -> Sent | None:
        """The line; nothing for a header and an empty line."""
        if self.line == 1:
            raw = raw.removeprefix(BOM)
        if len(raw) > LONGEST_LINE:
            raise Wrong(TOO_LONG)
        try:
            said = raw.decode().strip()
        except UnicodeDecodeError:
            raise Wrong(NOT_UTF8) from None
        if self.read is None:
            self.read = csv_reader(said)
            return None
        return self.read(said) if said else None

    def _stage(self, found: Sequence[tuple[int, Sent | Wrong]]) -> None:
        values: list[Row] = []
        for number, sent in found:
            try:
                if isinstance(sent, Wrong):
                    raise sent
                values.append(self.permit.value(sent))
            except Wrong as wrong:
                self._note(number, wrong)
        self.rows += len(values)
        if not self.wrong:  # with an error nothing is kept any more
            self.staging.put(values)

    def _note(self, line: int, wrong: Wrong) -> None:
        self.wrong += 1
        self.forbidden |= wrong.forbidden
        if len(self.errors) < MOST_ERRORS:
            self.errors.append({"line": line, "error": wrong.sentence})


def begin(permit: Permit, media_type: str) -> Upload:
    """A body of this media type, of which nothing has come yet."""
    return Upload(permit, None if media_type == "text/csv" else read_json, Staging())


def readings_of(rows: Sequence[Row], token: int, now: datetime) -> list[Reading]:
    """The rows as readings that this token sent."""
    return [
        Reading(0, series, period, day, value, "api", now, token=token, note=note)
        for series, period, day, value, note in rows
    ]


def keep(store: Store, rows: Sequence[Row], token: int, now: datetime) -> Counter[str]:
    """Keep some rows in a transaction of their own: how many were new, corrected and the same as before."""
    with store.work() as records:
        new, corrected, same = records.readings.keep(readings_of(rows, token, now))
    return Counter(new=new, corrected=corrected, same=same)


def finish(records: Work, upload: Upload, counted: Counter[str], now: datetime) -> None:
    """Leave one line about the whole, and look anew at the goals that read these metrics."""
    token = upload.permit.token
    if counted["new"] or counted["corrected"]:
        plan_look(records, upload.permit.metrics, now)
    records.tokens.used(token.id, now)
    records.audit.note(now, None, "metrics.sent", f"api_token/{token.id}", {"rows": upload.rows, **counted})
