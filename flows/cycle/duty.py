"""A duty is one kind of task: how it shows, when it is spoken of, and whether it can be handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.core.owed import Task
from flows.core.screen import Button
from flows.core.words import Words
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

R = Any  # the records: each duty names the protocol that it needs


@dataclass(frozen=True, slots=True)
class Face:
    """How one task shows to the person who has to do it.

    `title` names it in a list ("Check-in, week 32"); `first` and `again` are the sentences when it is spoken of
    for the first time and later. `button` leads into it. `why` says why it came and who reads what is written.
    `more` are further ways to deal with it. `over` says how it ended, once it is done, waived or closed.
    Until when it is owed is added by whoever shows it. Where one person owes the same about several people,
    `together` names all of it ("Manager review · Q3") and `list` leads to the list. `personal`: it asks what they
    themselves think of somebody, so they may decline, and nobody does it instead. `by` says until when (before it is
    due, and later) what is not something to send: with the slots {due} and {until}. `alike`: it is over, and must
    read the same whether or not they did it.
    """

    title: Words
    first: Words
    again: Words
    button: Button
    why: Words
    more: tuple[Button, ...] = ()
    over: Words | None = None
    together: Words | None = None
    list: Button | None = None
    personal: bool = False
    by: tuple[Words, Words] | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of task; `name` is the task's `kind`.

    `policy` says when it is spoken of; None while nothing is to be said (paused, not live). `face` shows it, also
    when it is over; None when it is not to be shown at all. `moments` derives (opens, due, until), in UTC, from the
    dates as they are now and the person's zone; None when it is not owed any more. `to_others`: it is about
    somebody else, so a deputy or a colleague may do it instead, unless its face is `personal`.
    """

    name: str
    policy: Callable[[R, Task], NudgePolicy | None]
    face: Callable[[R, Task, Person, datetime], Face | None]
    moments: Callable[[R, Task, Person], tuple[datetime, datetime, datetime] | None]
    to_others: bool = False
    skips: bool = False
