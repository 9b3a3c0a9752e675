"""Drawing for Slack: whatever stands on a screen, Slack takes it, nothing of it is live, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.draw import HEADLINE, draw_home, draw_message, draw_modal
from bot.slack.plain import pieces, plain
from bot.slack.read import places, said_by
from bot.ticket import MOST, decode, encode
from bot.workspace.blocks import message_findings, view_findings
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
)
from flows.core.page import Question
from flows.core.said import Option, Reader, chosen, keyed
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
    Row,
    Screen,
)  # fmt: skip
from flows.core.words import Words, same
from tests.bot.hostile import TEXTS, texts

PLACE = Act("see", ("report", "7"))
FORM = Act("form", ("c1", "3", "week.done"))
LONG = " ".join(f"word{n}" for n in range(2000))
SIGNS = st.characters(codec="utf-8", exclude_characters="\x00")

words = st.builds(Words, texts, texts)
short = st.builds(Words, st.text(max_size=40), st.text(max_size=40))
abouts = st.lists(st.text(SIGNS, max_size=40).filter(lambda text: not re.search(r"\d{19}", text)), max_size=4)
acts = st.builds(lambda verb, about: Act(verb, tuple(about)), st.sampled_from(["open", "see", "do"]), abouts)
buttons = st.builds(Button, words, acts, st.sampled_from(["plain", "primary", "danger"]), st.none() | words)
options = st.lists(
    st.builds(Option, st.text(max_size=200), words, st.none() | words),
    max_size=14,
    unique_by=lambda one: one.key,
).map(tuple)
kinds: st.SearchStrategy[Kind] = st.one_of(
    st.builds(Text, st.integers(1, 6)), st.builds(Number), st.builds(Percent), st.builds(Money), st.builds(YesNo),
    st.builds(Choice, options), st.builds(Choices, options), st.builds(Rating, options, st.booleans()), st.builds(Someone),
    st.builds(People), st.builds(Day), st.builds(Moment), st.builds(Link),
)  # fmt: skip
said = st.one_of(
    st.none(), texts, st.lists(texts, max_size=3),
    st.sampled_from(["account:U12345678", "account:", "account:<!channel>", "2026-02-30", "2026-11-16", "1763283600",
                     "0123456789", "99999999999", "yes", "no", "next Friday", LONG]),
)  # fmt: skip
elements: st.SearchStrategy[Element] = st.one_of(
    st.builds(Heading, words), st.builds(Line, words), st.builds(Note, words), st.builds(Quote, texts),
    st.builds(Facts, st.lists(st.tuples(words, words), max_size=4).map(tuple)), st.just(Divider()),
    st.builds(Buttons, st.lists(buttons, max_size=30).map(tuple)), st.builds(Row, words, buttons, st.none() | words),
    st.builds(Menu, short, st.lists(st.tuples(words, acts), max_size=8).map(tuple)),
)  # fmt: skip
bodies = st.lists(elements, max_size=12).map(tuple)


@st.composite
def fields(draw: st.DrawFn) -> tuple[Element, ...]:
    """A form's fields, each under its own name, with words of a size that a question may have."""
    found: list[Element] = []
    for number in range(draw(st.integers(1, 6))):
        question = Question(
            f"q{number}", draw(short), draw(kinds), draw(st.booleans()), draw(st.none() | short)
        )
        problem = draw(st.none() | short)
        found.append(Field(f"week.q{number}", question, draw(said), draw(st.none() | words), problem))
    return tuple(found)


def complaints_about_view(view: Any) -> Any:
    return view_findings(json.loads(json.dumps(view)), view["type"])


def all_texts(value: Any) -> Iterator[str]:
    """Every text that a person reads in blocks."""
    for part in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from all_texts(part)
    if isinstance(value, dict):
        yield from (value[name] for name in ("text", "initial_value") if isinstance(value.get(name), str))


def tickets(blocks: list[Any]) -> list[Act]:
    """What every button and menu of the blocks carries."""
    found = []
    for block in blocks:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if element.get("type") == "button":
                found.append(decode(element["value"]))
            found += [decode(option["value"]) for option in element.get("options", ())]
    return found


def acts_of(body: tuple[Element, ...]) -> list[Act]:
    found: list[Act] = []
    for element in body:
        if isinstance(element, Buttons):
            found += [button.act for button in element.buttons]
        if isinstance(element, Row):
            found.append(element.button.act)
        if isinstance(element, Menu):
            found += [act for _, act in element.choices]
    return found


def parts_of(screen: Screen, draw: Any = draw_modal) -> list[Any]:
    """Every part of a screen, by pressing "show more" until there is no more."""
    views = [draw(screen, "en")]
    while more := [act for act in tickets(views[-1]["blocks"]) if act.verb == "part"]:
        assert more[0].about[1:] == (PLACE.verb, *PLACE.about)
        part = int(more[0].about[0])
        assert part == len(views), "each part leads to the next"
        views.append(draw(Screen(screen.title, screen.body, place=PLACE, part=part), "en"))
    return views


@settings(deadline=None)
@given(
    title=words,
    body=bodies,
    surface=st.sampled_from([draw_modal, draw_home]),
    language=st.sampled_from(["en", "zh"]),
)
def test_slack_takes_any_screen(title: Words, body: tuple[Element, ...], surface: Any, language: str) -> None:
    for place in (PLACE, None):
        assert complaints_about_view(surface(Screen(title, body, place=place), language)) == ([], False)


@settings(deadline=None)
@given(body=fields(), parent=st.none() | acts, language=st.sampled_from(["en", "zh"]))
def test_slack_takes_any_form_and_its_fields_stay_on_one_screen(
    body: Any, parent: Any, language: str
) -> None:
    view = draw_modal(Screen(same("Form"), body, same("Send"), FORM), language, parent)
    assert complaints_about_view(view) == ([], False)
    drawn = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert drawn == [field.name for field in body]
    assert places(view) == (FORM, parent)


@settings(deadline=None)
@given(headline=words, body=bodies, language=st.sampled_from(["en", "zh"]))
def test_slack_takes_any_message_and_none_of_it_is_live(headline: Words, body: Any, language: str) -> None:
    drawn = draw_message(Letter(headline, body), language)
    assert message_findings(json.loads(json.dumps(drawn["blocks"]))) == ([], False)
    assert 0 < len(drawn["text"]) <= 4000, "chat.update takes no more"
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", drawn["text"])
    assert "mrkdwn" not in json.dumps(drawn["blocks"])


@settings(deadline=None, max_examples=50)
@given(body=bodies)
def test_every_button_leads_where_it_should(body: tuple[Element, ...]) -> None:
    drawn = [
        act for view in parts_of(Screen(same("Screen"), body, place=PLACE)) for act in tickets(view["blocks"])
    ]
    assert {act for act in drawn if act.verb != "part"} == set(acts_of(body))


@settings(deadline=None, max_examples=50)
@given(body=bodies)
def test_nothing_on_a_screen_is_lost(body: tuple[Element, ...]) -> None:
    blocks = [
        block for view in parts_of(Screen(same("Screen"), body, place=PLACE)) for block in view["blocks"]
    ]
    shown = "".join(text for block in blocks for text in all_texts({**block, "accessory": None}))
    shown += "".join(text for block in blocks for text in all_texts(block.get("accessory")))
    for element in body:
        if isinstance(element, Heading | Line | Note | Row):
            assert plain(element.words.en) in shown
        if isinstance(element, Quote):
            assert plain(element.text) in shown
        if isinstance(element, Facts):
            assert all(plain(value.en) in shown for _, value in element.rows)
        if isinstance(element, Buttons):
            assert all(plain(button.label.en) in shown for button in element.buttons)


@given(text=texts, most=st.integers(10, 3000))
def test_pieces_are_short_and_together_the_whole(text: str, most: int) -> None:
    found = pieces(text, most)
    assert "".join(found) == plain(text)
    assert all(0 < len(piece) <= most for piece in found)


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    blocks = draw_message(Letter(same(text), (Line(same(text)), Quote(text), Note(same(text)))), "en")[
        "blocks"
    ]
    assert {block["type"] for block in blocks} <= {"section", "rich_text", "context"}
    assert not set("\u202e\u202c\u200b\ufeff\x00\x1b") & set("".join(all_texts(blocks)))


def test_a_message_that_is_too_long_keeps_its_buttons_and_says_that_it_was_shortened() -> None:
    button = Button(same("Open"), PLACE)
    drawn = draw_message(Letter(same("Long"), (*[Line(same(LONG))] * 3, Buttons((button,)))), "en")
    assert tickets(drawn["blocks"]) == [PLACE]
    assert any("Shortened here" in text for text in all_texts(drawn["blocks"]))
    assert message_findings(drawn["blocks"]) == ([], False)


def test_two_hundred_rows_come_in_parts() -> None:
    body = tuple(
        Row(same(f"row {n}"), Button(same("Open"), Act("see", ("report", str(n))))) for n in range(200)
    )
    views = parts_of(Screen(same("Team"), body, place=PLACE))
    assert len(views) > 1
    assert [act for view in views for act in tickets(view["blocks"]) if act.verb == "see"] == acts_of(body)
    facts = Facts(tuple((same(f"name {n}"), same(f"value {n}")) for n in range(200)))
    assert all(
        complaints_about_view(view) == ([], False)
        for view in parts_of(Screen(same("T"), (facts,), place=PLACE))
    )


def test_a_headline_of_thousands_of_signs_is_shortened_without_splitting_an_entity() -> None:
    text = draw_message(Letter(same("<" * 4000), ()), "en")["text"]
    assert text == "&lt;" * (HEADLINE - 1) + "…"


def test_a_headline_of_invisible_signs_still_says_who_writes() -> None:
    assert draw_message(Letter(same("\u200b \n"), ()), "en")["text"] == "perfloop"


def element_of(kind: Kind, said: Any = None) -> tuple[Any, str]:
    """The input of a question, and everything that stands beside it."""
    view = draw_modal(
        Screen(same("F"), (Field("a.b", Question("b", same("?"), kind), said),), same("Send"), FORM), "en"
    )
    assert complaints_about_view(view) == ([], False)
    found = next(block for block in view["blocks"] if block["type"] == "input")
    return found["element"], "\n".join(all_texts([block for block in view["blocks"] if block is not found]))


ANYBODY = Reader("en", "UTC", None, lambda _: None, str, str)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 10, 11, 100, 101, 300])
@pytest.mark.parametrize("kind", [Choice, Choices, Rating])
def test_options_of_any_number_and_key_come_back_as_themselves(kind: Any, count: int) -> None:
    many = tuple(Option(f"{n} " + "k" * (n * 7 % 400), same(f"option {n}")) for n in range(count))
    element, _ = element_of(kind(many), [many[-1].key])
    drawn = [
        *element.get("options", ()),
        *(one for group in element.get("option_groups", ()) for one in group["options"]),
    ]
    assert len(drawn) == count
    for option, shown in zip(many, drawn, strict=True):
        assert len(shown["value"]) <= 150
        assert chosen(said_by({"selected_option": shown}), many) is option
    first = element.get("initial_option") or element["initial_options"][0]
    assert keyed(first["value"], many) is many[-1]


def test_that_one_cant_judge_is_drawn_as_the_last_of_the_options() -> None:
    steps = (Option("1", same("One")), Option("2", same("Two")))
    element, _ = element_of(Rating(steps, unknown=True), "unknown")
    assert [shown["text"]["text"] for shown in element["options"]] == ["One", "Two", "I can't judge"]
    assert said_by({"selected_option": element["initial_option"]}) == "unknown"


def test_long_keys_that_begin_alike_stay_apart() -> None:
    alike = tuple(Option("k" * 200 + end, same(end)) for end in ("a", "b"))
    element, _ = element_of(Choice(alike))
    assert [keyed(shown["value"], alike) for shown in element["options"]] == list(alike)


@pytest.mark.parametrize("count", [0, 4000])
def test_options_that_no_menu_can_hold_are_typed(count: int) -> None:
    many = tuple(Option(f"key {n}", same("l" * 70 + str(n))) for n in range(count))
    element, _ = element_of(Choice(many), "key 7")
    assert element["type"] == "plain_text_input"
    assert element["initial_value"] == "key 7"


def test_an_option_whose_words_are_too_long_is_told_in_full() -> None:
    anchor = "It looks like this: " + "very " * 30 + "good."
    _, beside = element_of(Rating((Option("1", same("One"), same(anchor)), Option("2", same("Two")))))
    assert anchor in beside


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Day(), "someday"), (Day(), "2026-02-30"), (Day(), "20261116"), (Moment(), "0000000001"), (Moment(), "tomorrow"),
        (Moment(), "٠١٢٣٤٥٦٧٨٩"), (Someone(), "Anna"), (Someone(), "account:x"), (People(), ["account:U12345678", "Bob"]),
        (Choice((Option("a", same("A")),)), "maybe"), (Choices((Option("a", same("A")),)), ["a", "b or c"]), (YesNo(), "perhaps"),
    ],
)  # fmt: skip
def test_what_was_said_in_words_and_a_field_can_not_hold_is_shown_beside_it(kind: Kind, typed: Any) -> None:
    _, beside = element_of(kind, typed)
    assert (typed if isinstance(typed, str) else typed[-1]) in beside


@pytest.mark.parametrize(
    ("kind", "kept", "name"),
    [
        (Text(), "text", "initial_value"), (Link(), "https://x.example", "initial_value"), (Number(), "8.5", "initial_value"),
        (Day(), "2026-11-16", "initial_date"), (Moment(), "1763283600", "initial_date_time"),
        (Someone(), "account:U12345678", "initial_user"), (People(), ["account:U12345678"], "initial_users"),
        (YesNo(), "yes", "initial_option"), (Choices((Option("a", same("A")),)), ["a"], "initial_options"),
    ],
)  # fmt: skip
def test_what_is_kept_stands_in_its_field(kind: Kind, kept: Any, name: str) -> None:
    element, beside = element_of(kind, kept)
    assert element[name]
    assert not beside


def test_an_answer_of_12000_characters_fills_the_field_and_its_rest_stands_below() -> None:
    element, beside = element_of(Text(4), LONG)
    assert len(LONG) > 12_000
    assert element["initial_value"] == LONG[:3000]
    assert LONG[3000:] in "".join(beside.split("\n"))


def test_every_kind_of_question_is_tried_here() -> None:
    tried = {
        type(kind)
        for kind in (
            Text(),
            Number(),
            Percent(),
            Money(),
            YesNo(),
            Someone(),
            People(),
            Day(),
            Moment(),
            Link(),
        )
    }
    assert tried | {Choice, Choices, Rating} == set(get_args(Kind))


def test_a_button_that_could_not_carry_what_it_is_about_is_refused_when_it_is_drawn() -> None:
    with pytest.raises(ValueError, match="can't carry"):
        draw_modal(Screen(same("S"), (Buttons((Button(same("B"), Act("see", ("x" * MOST,))),)),)), "en")


def test_a_choice_too_long_for_a_menu_is_a_button() -> None:
    long = Act("do", ("snooze", "x" * 200))
    view = draw_modal(
        Screen(same("S"), (Menu(same("Later"), ((same("A"), PLACE), (same("B"), long))),)), "en"
    )
    assert complaints_about_view(view) == ([], False)
    assert set(tickets(view["blocks"])) == {PLACE, long}
    assert len(encode(long)) > 150
