"""Makes the pictures of goals that somebody asked for, in a process of their own: drawing takes 60 MB and a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.drawn_apart import drawn_apart
from bot.file_orders import Draw
from bot.files import File
from flows.core.file_orders import FileOrder
from flows.goals.pictures.asking import MINE, NO_NUMBERS, TEAM, TREE
from flows.goals.pictures.panels import Branch, Panel, TeamRow, branch_words, in_words, panel_words, row_words
from flows.goals.pictures.picturing import branches, my_panels, team_rows
from flows.people.person import Person
from storage.work import Work


def goal_pictures(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The reader's goals, their team's where they lead one, and the company's where there are any."""
    cycle = records.cycles.get(int(order.about.get("cycle", 0)))
    if cycle is None:
        return None
    mine = my_panels(records, reader, cycle, now)
    team = team_rows(records, reader, cycle, now)
    tree = branches(records, reader, cycle, now)
    return drawn_apart(drawn, mine, team, tree, reader.language)


def drawn(
    mine: Sequence[Panel], team: Sequence[TeamRow], tree: Sequence[Branch], language: str
) -> list[File]:
    """The pictures as files; each says the same in words for screen readers."""
    from bot import goal_charts  # here because it brings matplotlib

    words = in_words([panel_words(panel) for panel in mine]) if mine else NO_NUMBERS
    files = [File("goals.png", MINE.say(language), goal_charts.my_goals(mine, language), words.say(language))]
    if team:
        words = in_words([row_words(row) for row in team])
        picture = goal_charts.team_goals(team, language)
        files.append(File("team-goals.png", TEAM.say(language), picture, words.say(language)))
    if tree:
        words = in_words([branch_words(branch) for branch in tree])
        files.append(
            File("goal-tree.png", TREE.say(language), goal_charts.tree(tree, language), words.say(language))
        )
    return files
