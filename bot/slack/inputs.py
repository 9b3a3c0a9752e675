"""Draws a question as one of Slack's inputs, with what stands in it already."""

from __future__ import annotations

from typing import Any

from bot.slack.plain import plain, shorten
from flows.core.kinds import Choice, Choices, Day, Kind, Link, Moment, People, Rating, Someone, Text, YesNo
from flows.core.said import LONG, Option, Said
from flows.core.screen import Field
from flows.core.words import Words

Block = dict[str, Any]

LABEL, OPTION, VALUE, HINT = 2000, 75, 150, 2000
RADIOS, OPTIONS = 10, 100
ACCOUNT = "account:"
REST = Words("Kept, but too long for the field: …{rest}", "已保留，但超出了输入框的长度：…{rest}")
YES_NO = (Option("yes", Words("Yes", "是")), Option("no", Words("No", "否")))


def draw_input(field: Field, language: str) -> tuple[Block, str]:
    """The input block, and the text that stands in the field but is too long for Slack's."""
    question = field.question
    element, rest = draw_element(question.kind, field.said, language)
    element["action_id"] = "answer"
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": words(question.words, language, LABEL),
        "element": element,
        "optional": question.optional,
        "dispatch_action": True,
    }
    if question.hint:
        block["hint"] = words(question.hint, language, HINT)
    return block, REST.fill(rest=rest).say(language) if rest else ""


def draw_element(kind: Kind, said: Said | None, language: str) -> tuple[Block, str]:
    """The element for a kind of question, and what did not fit into it."""
    text = said if isinstance(said, str) else (said[0] if said else "")
    match kind:
        case Choice(options) | Rating(options):
            return one_of(options, text, language), ""
        case YesNo():
            return one_of(YES_NO, text, language), ""
        case Choices(options):
            return many_of(options, said if isinstance(said, list) else [], language), ""
        case Someone():
            return {"type": "users_select"} | _initial("initial_user", account(text)), ""
        case People():
            accounts = (
                [found for one in said or [] if (found := account(one))] if isinstance(said, list) else []
            )
            return {"type": "multi_users_select"} | _initial("initial_users", accounts), ""
        case Day():
            return {"type": "datepicker"} | _initial("initial_date", text), ""
        case Moment():
            moment = int(text) if text.isascii() and text.isdigit() and len(text) == 10 else None
            return {"type": "datetimepicker"} | _initial("initial_date_time", moment), ""
        case Link():
            return {"type": "url_text_input"} | _initial("initial_value", text[:LONG]), text[LONG:]
        case _:
            return typed(kind, text)


def typed(kind: Kind, text: str) -> tuple[Block, str]:
    """A text field. Its own limit is Slack's, not the question's: a longer text gets our words, not a cut."""
    long = isinstance(kind, Text) and kind.lines > 1
    element: Block = {
        "type": "plain_text_input",
        "multiline": long,
        "max_length": LONG,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    shown = plain(text)
    return element | _initial("initial_value", shown[:LONG]), shown[LONG:]


def one_of(options: tuple[Option, ...], key: str, language: str) -> Block:
    """Radio buttons while they are few, a menu otherwise; more than 100 are grouped."""
    if len(options) <= RADIOS:
        drawn = [draw_option(option, language) for option in options]
        return {"type": "radio_buttons", "options": drawn} | _initial("initial_option", _chosen(drawn, key))
    drawn = [draw_option(option, language) for option in options]
    return {"type": "static_select"} | _menu(drawn) | _initial("initial_option", _chosen(drawn, key))


def many_of(options: tuple[Option, ...], keys: list[str], language: str) -> Block:
    """Checkboxes while they are few, a menu otherwise."""
    drawn = [draw_option(option, language) for option in options]
    chosen = [found for key in keys if (found := _chosen(drawn, key))]
    if len(options) <= RADIOS:
        return {"type": "checkboxes", "options": drawn} | _initial("initial_options", chosen)
    return {"type": "multi_static_select"} | _menu(drawn) | _initial("initial_options", chosen)


def draw_option(option: Option, language: str) -> Block:
    drawn: Block = {"text": words(option.label, language, OPTION), "value": option.key[:VALUE]}
    if option.anchor:
        drawn["description"] = words(option.anchor, language, OPTION)
    return drawn


def account(said: str) -> str:
    """The Slack account in what was said, or nothing."""
    return said.removeprefix(ACCOUNT) if said.startswith(ACCOUNT) else ""


def words(said: Words, language: str, most: int) -> Block:
    return {"type": "plain_text", "text": shorten(plain(said.say(language)), most) or " ", "emoji": False}


def _menu(drawn: list[Block]) -> Block:
    if len(drawn) <= OPTIONS:
        return {"options": drawn}
    groups = [drawn[start : start + OPTIONS] for start in range(0, len(drawn), OPTIONS)][:OPTIONS]
    label = [f"{g[0]['text']['text'][:30]} … {g[-1]['text']['text'][:30]}" for g in groups]
    named = [{"type": "plain_text", "text": shorten(text, OPTION), "emoji": False} for text in label]
    return {
        "option_groups": [
            {"label": name, "options": group} for name, group in zip(named, groups, strict=True)
        ]
    }


def _chosen(drawn: list[Block], key: str) -> Block | None:
    return next((option for option in drawn if option["value"] == key), None)


def _initial(name: str, value: object) -> Block:
    return {name: value} if value else {}
