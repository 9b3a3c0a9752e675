"""Makes the pictures of a calibration session that somebody asked for, in a process of their own."""

from __future__ import annotations

from datetime import datetime

from bot.drawn_apart import drawn_apart
from bot.file_orders import Draw
from bot.files import File
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.people.person import Person
from flows.results.calibrating.asking import FEWEST, ordered
from flows.results.calibrating.picturing import Picture, before_words, picture_of, spread_words
from flows.results.calibrating.spread import figures_of
from storage.work import Work

SPREAD = Words("Ratings in the calibration", "校准中的评级分布")
BEFORE = Words("Ratings before and after", "校准前后的评级")


def calibration_pictures(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The session as its reader sees it now, in counts; nothing where these would be single people."""
    table = ordered(records, order, reader, now)
    if table is None or len(table.rows) < FEWEST:
        return None
    picture = picture_of(figures_of(records, table), f"{table.session.name} · {table.cycle.name}")
    return drawn_apart(drawn, picture, reader.language)


def drawn(picture: Picture, language: str) -> list[File]:
    """Both pictures as files; each says the same in words for screen readers."""
    from bot import calibration_charts  # here because it brings matplotlib

    spread = calibration_charts.spread(picture, language)
    before = calibration_charts.before_and_after(picture, language)
    return [
        File("calibration.png", SPREAD.say(language), spread, spread_words(picture).say(language)),
        File("calibration-before.png", BEFORE.say(language), before, before_words(picture).say(language)),
    ]
