"""Asking for pictures of goals, and reading the same in words: my own, my team's, and the tree with its coverage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flows.core.catalog import deed, view
from flows.core.file_orders import ON_ITS_WAY, FileOrderKeeper
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Screen
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.goals.current import NO_CYCLE, taking_part
from flows.goals.pictures.panels import branch_words, panel_words, row_words
from flows.goals.pictures.picturing import branches, my_panels, team_rows
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing

ORDER = "goal-pictures"
MINE = Words("My goals", "我的目标")
TEAM = Words("My team's goals", "团队目标")
TREE = Words("The company's goals", "公司目标")
NO_NUMBERS = Words("None of your goals has a number yet.", "你还没有可量化的目标。")
AS_PICTURES = Words("Send me the pictures", "发送图片")
IN_WORDS = Words("The same in words", "文字说明")


class PictureRecords(GoalsRecords, Protocol):
    @property
    def file_orders(self) -> FileOrderKeeper: ...


def own(_records: GoalsRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The pictures are always the reader's own: each goal in them is asked about by itself."""
    return Thing("team_goals", actor)


def cycle_shown(records: GoalsRecords, person: Person, now: datetime) -> Cycle | None:
    """The cycle that the pictures are of: the one that the person sets goals in, else the newest that is live."""
    taken = taking_part(records, person, now)
    return taken[0] if taken else next(iter(records.cycles.in_state("live")), None)


@deed(
    "goal-pictures",
    may=("team_goals", "read"),
    of=own,
    command="goal pictures",
    help=Words("your goals and your team's as pictures", "以图片查看自己和团队的目标"),
)
def send_pictures(records: PictureRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Order the pictures; they come into the reader's own chat."""
    cycle = cycle_shown(records, actor, now)
    if cycle is None:
        raise Refusal(NO_CYCLE)
    records.file_orders.ask(ORDER, actor.id, {"cycle": cycle.id}, now)
    return ON_ITS_WAY


@view(
    "goal-words",
    may=("team_goals", "read"),
    of=own,
    command="goal words",
    help=Words("the pictures of goals in words", "以文字查看目标图片的内容"),
)
def words_of_pictures(records: GoalsRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Everything that the pictures show, for whoever can't see them."""
    cycle = cycle_shown(records, actor, now)
    if cycle is None:
        raise Refusal(NO_CYCLE)
    body: list[Element] = [Heading(MINE)]
    panels = my_panels(records, actor, cycle, now)
    body += [Line(panel_words(panel)) for panel in panels] or [Line(NO_NUMBERS)]
    if rows := team_rows(records, actor, cycle, now):
        body += [Heading(TEAM), *(Line(row_words(row)) for row in rows)]
    if tree := branches(records, actor, cycle, now):
        body += [Heading(TREE), *(Line(branch_words(branch)) for branch in tree)]
    body.append(Buttons((Button(AS_PICTURES, Act("do", (send_pictures.name, ""))),)))
    return Screen(IN_WORDS, tuple(body), place=Act("see", ("goal-words",)))
