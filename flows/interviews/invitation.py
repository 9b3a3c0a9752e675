"""An interview as it stands in a calendar: what the invitation holds, and its words. No result is ever in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.core.words import Words
from flows.interviews.records import Interview
from flows.people.person import Person

HOUSE = "@perfloop"  # ends the uid of all that is ours in a calendar

SUMMARY = Words("Feedback interview: {person} and {manager}", "绩效面谈：{person} 与 {manager}")
DESCRIPTION = Words(
    "Your talk about the past period. In perfloop, /interview shows the agenda, and moves or cancels the talk: "
    "answers to this invitation don't reach it.",
    "围绕上一周期的面谈。在 perfloop 中输入 /interview 可以查看议程、改期或取消；直接回复本邀请不会生效。",
)
REMINDER = Words("Feedback interview", "绩效面谈提醒")
FILE = Words("Invitation for your calendar", "日历邀请")
CANCELLATION = Words("Cancellation for your calendar", "日历取消通知")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One version of one interview for calendars: `uid` names it, a higher `sequence` replaces a lower one.

    Moments are in UTC. `cancelled`: it does not take place then, for whoever gets this.
    """

    interview: int
    uid: str
    sequence: int
    person: int
    manager: int
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False

    @property
    def people(self) -> tuple[int, int]:
        """Both sides, by id."""
        return (self.person, self.manager)

    def as_json(self) -> dict[str, Any]:
        """It as plain values; `from_json` gives it back."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Invitation:
        moments = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**kept, **moments})


def invitation_of(interview: Interview) -> Invitation | None:
    """The invitation to an interview that is booked; None to any other."""
    starts, ends = interview.starts_at, interview.ends_at
    if interview.state != "booked" or starts is None or ends is None:
        return None
    uid = interview.uid.removesuffix(HOUSE) + HOUSE
    sides = (interview.person, interview.manager)
    return Invitation(interview.id, uid, interview.sequence, *sides, starts, ends)


def cancellation(was: Invitation, sequence: int) -> Invitation:
    """That what was booked does not take place; `sequence` is the interview's now, where it is the same one."""
    return replace(was, sequence=max(sequence, was.sequence + 1), cancelled=True)


def summary(person: Person, manager: Person) -> Words:
    """The one line that stands in the calendar."""
    return SUMMARY.fill(person=person.name, manager=manager.name)
