"""What ends when: of every table with something that somebody wrote, was rated or paid, how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Table

from flows.people.mine.records import Keeping
from storage.tables.every import METADATA


@dataclass(frozen=True, slots=True)
class Part:
    """The contents of one table that end together.

    `at` names the moment or day from which on it is counted; None: when HR closed the row's `cycle`. The named
    `contents` are emptied; without any the `whole_rows` go. `theirs` are the
    columns that name whose it is where somebody may have it erased before its time ("parent.column": the row's
    parent's). Where its own keeper knows how to let go of it, `keeper` names that ("praise.forget"); it `covers` these
    further tables.
    """

    name: str
    keeping: Keeping
    at: str | None = None
    contents: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    keeper: str = ""
    covers: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        return METADATA.tables[self.name]

    @property
    def columns(self) -> tuple[Column[object], ...]:
        return tuple(self.table.c[name] for name in self.contents)

    @property
    def whole_rows(self) -> bool:
        return not self.contents

    @property
    def number(self) -> Column[object]:
        """What orders the rows, so that the work can go on behind a row: their id, or the first part of their key."""
        return next(iter(self.table.primary_key.columns))


TEXTS = (
    Part("checkin", "texts", "sent_at", ("form", "goals", "rescue", "titles"), ("person",)),
    Part("response", "texts", "at", ("text",), ("checkin.person",)),
    Part("review", "texts", None, ("answers",), ("about",)),
    Part("sealed_answer", "texts", None, (), ("about",)),
    Part("guest", "texts", None, ("name", "company", "answers"), ("about",)),
    Part("comment_flag", "texts"),
    Part("conversation", "texts", "touched_on", (), ("person",)),
    Part("praise", "texts", "at", ("text",), ("about",), keeper="praise.forget"),
    Part(
        "feedback",
        "texts",
        "at",
        ("situation", "behaviour", "effect", "wish"),
        ("about",),
        keeper="feedback.forget",
        covers=("feedback_request",),
    ),
    Part(
        "evidence",
        "texts",
        "at",
        ("text", "quote", "author_name", "place", "link"),
        ("about",),
        keeper="evidence.forget",
    ),
    Part("suggestion", "texts", keeper="suggestions.forget"),
    Part("meeting_point", "texts", "at", ("text",), ("by",), keeper="meetings.forget"),
    Part("meeting_note", "texts", "at", ("text",), ("by",), keeper="meetings.forget"),
    Part("interview", "texts", keeper="interviews.forget_texts"),
    Part("interview_said", "texts", keeper="agreements.forget_texts", covers=("interview_signature",)),
    Part("action", "texts", keeper="actions.forget_texts"),
    Part("development", "texts", keeper="development.forget_texts", covers=("development_step",)),
    Part("enrolment", "texts", keeper="trainings.forget_texts"),
    Part("appeal", "texts", keeper="appeals.forget", covers=("appeal_step",)),
    Part("goal_step", "texts", "done_on", ("needs", "note")),
    Part("goal_version", "texts", "at", ("comment",)),
    Part("dropped_sheet", "texts", "at", (), ("person",)),
    Part("data_request", "texts", "at", ("text", "answer")),
)
RATINGS = (
    Part("result_version", "ratings"),
    Part("released_result", "ratings"),
    Part("sealed_group", "ratings"),
    Part("result_withheld", "ratings", None, ("why",)),
    Part("improvement", "ratings", keeper="improvements.forget", covers=("improvement_step",)),
)
PAY = (
    Part("reward", "pay", keeper="rewards.forget"),
    Part("payroll_run", "pay", "made_at", ("rows",)),
)
TRACES = (
    Part("message", "traces", "sent_at"),
    Part("notice", "traces", "due_at"),
    Part("opening", "traces", "day"),
)
PARTS: Mapping[str, Part] = {part.name: part for part in (*TEXTS, *RATINGS, *PAY, *TRACES)}

STAYS: Mapping[str, str] = {
    "person": "the directory itself, which HR keeps",
    "cycle": "the company's cycles, their dates and rules",
    "template": "the company's rules",
    "programme": "the company's check-ins and their questions",
    "audit": "who did what; ids, counts and settings, never contents",
    "goal": "what was agreed is the ground of the rating, and part of the company's goals",
    "goal_library": "the company's own examples",
    "goal_signal": "numbers about goals",
    "goal_week": "sums of a department's goals",
    "reading": "values of goals, the ground of the rating",
    "participant": "who took part, and why not; part of the cycle",
    "nomination": "who was asked, not what they said",
    "task": "who owed what, and when it was done",
    "delegation": "who stood in for whom",
    "calibration": "the sessions, and HR's reasons for exceptions in a group",
    "broadcast": "what HR wrote to all",
    "api_token": "keys of machines",
    "sweep": "the bot's own work",
    "rehearsal": "a rehearsal's figures",
    "timeline": "the days that somebody was told of",
    "team_channel": "a setting",
    "weekly_off": "a setting",
    "result_release": "when results were released",
    "file_order": "ids of what was asked for; let go when it was sent",
    "pen": "anonymous reviews before the seal, which takes them away at the release",
    "closed_group": "ids of readers",
    "retention": "how long things are kept",
    "let_go": "how far that has got",
    "calendar": "how a calendar is reached, locked away until it is disconnected",
    "calendar_writing": "invitations on their way into a calendar",
    "carried": "what was taken over into the next cycle",
    "clipping": "messages that were taken up for a week, until something is made of them",
    "meeting": "rhythms and days",
    "meeting_held": "days of talks",
    "praise_rules": "the company's values",
    "training": "the company's trainings",
    "reward_rules": "what HR opened for a cycle",
    "reward_budget": "budgets of departments",
    "inbound": "keys of events, kept for a week",
}
"""Tables with text that no class of retention touches, each with its reason."""
