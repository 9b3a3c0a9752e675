"""One line of metrics as another system sends it, read from JSON or CSV; what is wrong with it is one sentence.

Whoever reads these sentences is a programmer at a terminal: they are in English alone.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, NoReturn
from unicodedata import category

from flows.goals.metrics.periods import span_of
from flows.goals.tree.dividing import in_places

NEEDED, OPTIONAL = ("metric", "subject", "period", "value"), "note"
FIELDS = (*NEEDED, OPTIONAL)
LONGEST_METRIC, LONGEST_SUBJECT, LONGEST_NOTE, LONGEST_NUMBER = 80, 320, 300, 60  # characters
METRIC = re.compile(r"[\w.:-]+(?: [\w.:-]+)*")
"""A metric's name: letters of any script, digits, dots, colons, hyphens, underscores, single blanks. No slash: it parts a
series' name."""
UNPRINTABLE = ("Cc", "Cs")  # control characters, and halves of characters
PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class Wrong(Exception):
    """Why a line is not taken, as a sentence. `forbidden`: the line is sound, but the token is not for it."""

    def __init__(self, sentence: str, *, forbidden: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.forbidden = sentence, forbidden


class Sent(NamedTuple):
    """A sound line. `first` and `last` are the period's days; the value has at most four decimals."""

    metric: str
    subject: str
    period: str
    first: date
    last: date
    value: Decimal
    note: str


Read = Callable[[str], Sent]


def read_json(line: str) -> Sent:
    """A line of JSON Lines; raises Wrong."""
    try:
        thing = DECODER.decode(line)
    except ArithmeticError:
        raise Wrong("value has too many digits.") from None
    except (ValueError, RecursionError):
        raise Wrong("This line is not JSON. Send one JSON object per line.") from None
    if not isinstance(thing, dict):
        raise Wrong('Each line is one JSON object: {"metric": …, "subject": …, "period": …, "value": …}.')
    if strange := [name for name in thing if name not in FIELDS]:
        raise Wrong(f"There is no field {_shown(strange[0])}: they are {', '.join(FIELDS)}.")
    if missing := [name for name in NEEDED if thing.get(name) is None]:
        raise Wrong(f"{missing[0]} is missing.")
    note = thing.get(OPTIONAL)
    return sent(
        thing["metric"], thing["subject"], thing["period"], thing["value"], "" if note is None else note
    )


def csv_reader(header: str) -> Read:
    """How the lines below this header are read; raises Wrong for a header without the four columns."""
    names = [cell.strip().lower() for cell in _cells(header)]
    if strange := [name for name in names if name not in FIELDS]:
        raise Wrong(
            f"The first line has to name the columns {','.join(NEEDED)} and perhaps note, separated by commas;"
            f" {_shown(strange[0])} is none of them."
        )
    if missing := [name for name in NEEDED if name not in names]:
        raise Wrong(f"The column {missing[0]} is missing in the first line.")
    if len(set(names)) < len(names):
        raise Wrong("A column is named twice in the first line.")
    metric, subject, period, value = (names.index(name) for name in NEEDED)
    note = names.index(OPTIONAL) if OPTIONAL in names else None

    def read(line: str) -> Sent:
        cells = _cells(line)
        if len(cells) != len(names):
            raise Wrong(f"There are {len(cells)} columns where the first line has {len(names)}.")
        said = cells[note] if note is not None else ""
        return sent(cells[metric], cells[subject], cells[period], cells[value], said)

    return read


def sent(metric: object, subject: object, period: object, value: object, note: object) -> Sent:
    """The line of these five, checked one by one; raises Wrong."""
    name = _text("metric", metric, LONGEST_METRIC)
    if not METRIC.fullmatch(name):
        raise Wrong(
            "metric has to be a name of letters, digits, single blanks and . : - _, for example orders.won."
        )
    whose = _text("subject", subject, LONGEST_SUBJECT)
    if not whose:
        raise Wrong("subject is empty: an e-mail address, department:<name>, or company.")
    when = _text("period", period, LONGEST_NUMBER)
    span = span_of(when)
    if span is None:
        raise Wrong("period has to be like 2026-03-31, 2026-W09, 2026-03, 2026-Q1 or 2026.")
    said = (
        _text("note", " ".join(note.split()) if isinstance(note, str) else note, LONGEST_NOTE) if note else ""
    )
    return Sent(name, whose, when, *span, amount_of(value), said)


def amount_of(value: object) -> Decimal:
    """The number, rounded half to even to four decimals; raises Wrong for what is none or has over 14 digits."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) > LONGEST_NUMBER or not PLAIN.fullmatch(text):
            raise Wrong(
                "value has to be a plain number such as 1250.5: no unit, no thousands separator, no exponent."
            )
        value = Decimal(text)
    if not isinstance(value, Decimal):
        raise Wrong("value has to be a number.")
    amount = in_places(value)
    if amount is None:
        raise Wrong("value is too large: at most 14 digits before the decimal point.")
    return amount


def _text(field: str, value: object, most: int) -> str:
    if not isinstance(value, str):
        raise Wrong(f"{field} has to be a text.")
    text = value.strip()
    if len(text) > most:
        raise Wrong(f"{field} is longer than {most} characters.")
    if not text.isprintable() and any(category(sign) in UNPRINTABLE for sign in text):
        raise Wrong(f"{field} has signs in it that can't be printed, such as a tab or half a character.")
    return text


def _cells(line: str) -> Sequence[str]:
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader([line], strict=True), [""])
    except csv.Error:
        raise Wrong("The quotes don't match. A row is one line; a quote inside quotes is doubled.") from None


def _shown(name: str) -> str:
    return f"“{name[:40]}”" if name.isprintable() else "with such a name"


def _no_number(_constant: str) -> NoReturn:
    raise Wrong("value has to be a number, and NaN and Infinity are none.")


DECODER = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
