"""Draws a question as one of Slack's inputs, with what stands in it already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.slack.plain import plain, plain_text, shorten
from flows.core.kinds import Choice, Choices, Day, Kind, Link, Moment, People, Rating, Someone, Text, YesNo
from flows.core.said import LONG, Option, Said, carried
from flows.core.screen import Field
from flows.core.words import Words

Block = dict[str, Any]

LABEL, OPTION, HINT = 2000, 75, 2000
RADIOS, OPTIONS = 10, 100
HEAVIEST = 100_000  # bytes of one field's options, in a view that may have 250 kB
ACCOUNT = "account:"
ACCOUNTS = re.compile(ACCOUNT + r"([UW][A-Z0-9]{8,30})")
MOMENTS = re.compile(r"[1-9][0-9]{9}")
REST = Words("Kept, but too long for the field: …{rest}", "已保留，但超出了输入框的长度：…{rest}")
WROTE = Words("You wrote: {rest}", "你写的是：{rest}")
YES_NO = (Option("yes", Words("Yes", "是")), Option("no", Words("No", "否")))


def draw_input(field: Field, language: str) -> tuple[Block, str]:
    """The input block, and in full what Slack's field is too short for: of the question, or of what was said."""
    question = field.question
    element, below = draw_element(question.kind, field.said, language)
    element["action_id"] = "answer"
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(question.words.say(language), LABEL),
        "element": element,
        "optional": question.optional,
        "dispatch_action": True,
    }
    if question.hint:
        block["hint"] = plain_text(question.hint.say(language), HINT)
    for words in filter(None, (question.hint, question.words)):
        if len(plain(words.say(language))) > LABEL:
            below = [words.say(language), *below]
    return block, "\n".join(below)


def draw_element(kind: Kind, said: Said | None, language: str) -> tuple[Block, list[str]]:
    """The element for a kind of question, and texts to stand below it."""
    several = said if isinstance(said, list) else [said] if said else []
    match kind:
        case Choice(options):
            return choosing(options, several, language, many=False)
        case Rating():
            return choosing(kind.offered, several, language, many=False)
        case YesNo():
            return choosing(YES_NO, several, language, many=False)
        case Choices(options):
            return choosing(options, several, language, many=True)
        case Someone():
            found, others = accounts(several[:1])
            return {"type": "users_select"} | _initial("initial_user", found[:1] and found[0]), wrote(
                others, language
            )
        case People():
            found, others = accounts(several)
            return {"type": "multi_users_select"} | _initial("initial_users", found[:OPTIONS]), wrote(
                others, language
            )
        case Day():
            day = next((text for text in several if is_day(text)), None)
            return {"type": "datepicker"} | _initial("initial_date", day), wrote(
                [] if day else several, language
            )
        case Moment():
            moment = next((int(text) for text in several if MOMENTS.fullmatch(text)), None)
            element = {"type": "datetimepicker"} | _initial("initial_date_time", moment)
            return element, wrote([] if moment else several, language)
        case Link():
            return typed({"type": "url_text_input"}, several, language)
        case _:
            return typed(text_input(kind), several, language)


def text_input(kind: Kind) -> Block:
    """A text field. Its own limit is Slack's, not the question's: a longer text gets our words, not a cut."""
    return {
        "type": "plain_text_input",
        "multiline": isinstance(kind, Text) and kind.lines > 1,
        "max_length": LONG,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }


def typed(element: Block, said: Sequence[str], language: str) -> tuple[Block, list[str]]:
    """The element with what was said in it, and the rest of it."""
    text = plain(", ".join(said))
    rest = [REST.fill(rest=text[LONG:]).say(language)] if text[LONG:] else []
    return element | _initial("initial_value", text[:LONG]), rest


def choosing(
    options: Sequence[Option], said: Sequence[str], language: str, *, many: bool
) -> tuple[Block, list[str]]:
    """Buttons or boxes while they are few, else a menu; a text field where no menu can hold them.

    Words that are too long for an option stand below in full, and so does what was said and is no option.
    """
    drawn = {carried(option.key): draw_option(option, language) for option in options}
    shown = list(drawn.values())
    if not shown or len(shown) > OPTIONS**2 or sum(len(str(one).encode()) for one in shown) > HEAVIEST:
        return typed(text_input(Text()), said, language)
    chosen = [drawn[carried(key)] for key in said if carried(key) in drawn]
    others = [key for key in said if carried(key) not in drawn]
    if len(shown) <= RADIOS:
        element: Block = {"type": "checkboxes" if many else "radio_buttons", "options": shown}
    else:
        element = {"type": "multi_static_select" if many else "static_select"} | menu(shown)
    element |= (
        _initial("initial_options", chosen) if many else _initial("initial_option", chosen and chosen[0])
    )
    return element, [*in_full(options, language), *wrote(others, language)]


def draw_option(option: Option, language: str) -> Block:
    drawn: Block = {"text": plain_text(option.label.say(language), OPTION), "value": carried(option.key)}
    if option.anchor:
        drawn["description"] = plain_text(option.anchor.say(language), OPTION)
    return drawn


def in_full(options: Sequence[Option], language: str) -> list[str]:
    """The options whose words were shortened."""
    told = [[words.say(language) for words in (option.label, option.anchor) if words] for option in options]
    return ["\n".join(words) for words in told if any(len(plain(text)) > OPTION for text in words)]


def menu(drawn: list[Block]) -> Block:
    """A menu's options; more than 100 are grouped."""
    if len(drawn) <= OPTIONS:
        return {"options": drawn}
    groups = [drawn[start : start + OPTIONS] for start in range(0, len(drawn), OPTIONS)]
    label = [f"{g[0]['text']['text'][:30]} … {g[-1]['text']['text'][:30]}" for g in groups]
    named = [{"type": "plain_text", "text": shorten(text, OPTION), "emoji": False} for text in label]
    return {
        "option_groups": [
            {"label": name, "options": group} for name, group in zip(named, groups, strict=True)
        ]
    }


def accounts(said: Sequence[str]) -> tuple[list[str], list[str]]:
    """The Slack accounts in what was said, and what names none."""
    found = {text: match[1] for text in said if (match := ACCOUNTS.fullmatch(text))}
    return list(dict.fromkeys(found.values())), [text for text in said if text and text not in found]


def is_day(text: str) -> bool:
    """Whether it is a date as Slack writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def wrote(said: Sequence[str], language: str) -> list[str]:
    """What was said in words, for a field that can't hold words."""
    return [WROTE.fill(rest=text).say(language) for text in said if plain(text).strip()]


def _initial(name: str, value: object) -> Block:
    return {name: value} if value else {}
