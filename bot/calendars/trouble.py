"""Why a calendar could not be reached, read or written."""

from __future__ import annotations

from flows.interviews.calendars import PROBLEMS


class Unreachable(Exception):
    """The calendar can't be used for `problem`, one of `flows.interviews.calendars.PROBLEMS`. Never has an address."""

    def __init__(self, problem: str) -> None:
        super().__init__(PROBLEMS[problem].en)
        self.problem = problem
