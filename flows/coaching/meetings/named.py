"""Which regular talk a button or a command names, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from flows.coaching.meetings.records import Meeting, MeetingRecords
from flows.core.desk import NotThere
from flows.core.screen import Act
from flows.core.words import Words, same
from flows.cycle.owing import parts_of, whole
from flows.people.person import Person
from flows.people.policy import Thing, thing_of

PAIR: Final = "pair"
TEAM: Final = "team"
ONE_ON_ONE, TEAM_MEETING = "one_on_one", "team_meeting"
TITLES: Mapping[str, Words] = {
    PAIR: Words("1:1", "一对一"),
    TEAM: Words("Team meeting", "团队会议"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A manager's talk with `person`, or with the whole team, for which `person` is the manager too."""

    manager: Person
    person: Person

    @property
    def kind(self) -> Literal["pair", "team"]:
        return TEAM if self.manager.id == self.person.id else PAIR

    @property
    def about(self) -> tuple[str, str]:
        """How buttons name it."""
        return self.kind, str(self.person.id)

    @property
    def subject(self) -> str:
        """How conversations name it."""
        return "/".join(self.about)

    @property
    def place(self) -> Act:
        return Act("see", ("meeting", *self.about))

    def title(self, reader: Person) -> Words:
        """Its name for whoever looks: the other side's, or the team's."""
        other = self.person if reader.id == self.manager.id and self.kind == PAIR else self.manager
        return TITLES[self.kind] + same(f" · {other.name}")


def talk_named(records: MeetingRecords, about: tuple[str, ...]) -> Talk | None:
    """The talk that ("pair", person) or ("team", manager) names, or "pair/person/more" as a subject.

    Of a pair it is always the one with the manager whom the person has now.
    """
    parts = about if len(about) > 1 else tuple((about[0] if about else "").split("/"))
    if len(parts) < 2 or parts[0] not in TITLES:
        return None
    person = records.people.get(whole(parts[1]))
    if person is None or not person.active:
        return None
    if parts[0] == TEAM:
        return Talk(person, person) if records.people.reports_of(person.id) else None
    manager = records.people.get(person.manager or 0)
    return Talk(manager, person) if manager and manager.active else None


def whose_talk(records: MeetingRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A 1:1 is the report's, a team's meeting the manager's."""
    talk = talk_named(records, about)
    if talk is None:
        return None
    kind = ONE_ON_ONE if talk.kind == PAIR else TEAM_MEETING
    return thing_of(kind, talk.person, actor, records.people)


def talk_of(records: MeetingRecords, about: tuple[str, ...]) -> Talk:
    """The talk that is named; NotThere where there is none."""
    talk = talk_named(records, about)
    if talk is None:
        raise NotThere
    return talk


def meeting_of(records: MeetingRecords, talk: Talk) -> Meeting | None:
    """What is kept of it; None before anything was written."""
    return records.meetings.find(talk.manager.id, talk.person.id)


def begun(records: MeetingRecords, talk: Talk, now: datetime) -> Meeting:
    """What is kept of it, begun now if need be."""
    return meeting_of(records, talk) or records.meetings.begin(
        Meeting(0, talk.manager.id, talk.person.id, None, None, None, now)
    )


def number_in(subject: str) -> int:
    """The point or note that "pair/person/number" names; 0 for a new one."""
    parts = parts_of(subject, 3)
    return whole(parts[2]) if parts else 0
