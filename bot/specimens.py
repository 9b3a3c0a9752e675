"""One of everything that the bot draws, for Slack's own check."""

from __future__ import annotations

from bot.slack.draw import draw_home, draw_message, draw_modal
from bot.slack.layout import Block
from flows.core.kinds import (
    Choice,
    Choices,
    Day,
    Kind,
    Link,
    Moment,
    Money,
    Number,
    People,
    Percent,
    Rating,
    Someone,
    Text,
    YesNo,
)  # fmt: skip
from flows.core.page import Question
from flows.core.said import Option
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Field,
    Heading,
    Letter,
    Line,
    Menu,
    Note,
    Quote,
    Rich,
    Row,
    Screen,
)  # fmt: skip
from flows.core.words import Words, same

ACT = Act("see", ("home",))
SIGNS = Words("Words <&> *all* of them", "文字 <&> *全部*")  # with signs that are drawn with care


def specimens() -> dict[str, Block]:
    """A message, a home tab and a window with every kind of element and of question, by what each is called."""
    shown, title = _elements(), same("perfloop")
    return {
        "message": draw_message(Letter(SIGNS, shown), "en"),
        "home tab": draw_home(Screen(title, shown, place=ACT), "zh"),
        "window": draw_modal(Screen(title, (*shown, *_fields()), submit=same("OK"), place=ACT), "en"),
    }


def _elements() -> tuple[Element, ...]:
    asking, alarming = Button(SIGNS, ACT, "primary", confirm=SIGNS), Button(SIGNS, ACT, "danger")
    return (
        Heading(SIGNS), Line(SIGNS), Note(SIGNS), Quote("> a\n```b```"), Rich(SIGNS), Facts(((SIGNS, SIGNS),)), Divider(),
        Buttons((asking, alarming)), Row(SIGNS, asking, same("A name")), Menu(SIGNS, ((SIGNS, ACT), (same("Home"), ACT))),
    )  # fmt: skip


def _fields() -> tuple[Field, ...]:
    options = (Option("a", SIGNS), Option("b", same("B")))
    kinds: tuple[Kind, ...] = (
        Text(), Number(), Percent(), Money(), YesNo(), Choice(options), Choices(options), Rating(options), Someone(),
        People(), Day(), Moment(), Link(),
    )  # fmt: skip
    return tuple(Field(f"q{nth}", Question(f"q{nth}", SIGNS, kind)) for nth, kind in enumerate(kinds))
