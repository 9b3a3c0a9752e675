"""Each of Slack's limits on blocks and views, at the limit and one over."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.workspace.blocks import message_findings, view_findings

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(count: int, text: str = "o", value: int = 5) -> list[Json]:
    return [{"text": plain(text), "value": str(index).zfill(value)} for index in range(count)]


def section(**more: Any) -> Json:
    return {"type": "section", "text": plain("x"), **more}


def accessory(**element: Any) -> list[Json]:
    return [section(accessory=element)]


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("x"), **more}


def confirm(**more: str) -> Json:
    texts = {"title": "t", "text": "t", "confirm": "c", "deny": "d"} | more
    return {name: plain(text) for name, text in texts.items()}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("l"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": list(blocks), **more}


SELECT: Json = {"type": "static_select"}
TEXT: Json = {"type": "plain_text_input"}
NUMBER: Json = {"type": "number_input", "is_decimal_allowed": False}
MARKUP: Json = {"type": "mrkdwn", "text": "x"}
CELL: Json = {"type": "raw_text", "text": "x"}

MESSAGE_LIMITS: list[tuple[str, int, Callable[[int], list[Json]]]] = [
    ("blocks of a message", 50, lambda n: [{"type": "divider"}] * n),
    ("block_id", 255, lambda n: [section(block_id="b" * n)]),
    ("action_id", 255, lambda n: actions(button(action_id="a" * n))),
    ("section text", 3000, lambda n: [section(text=plain("x" * n))]),
    ("section fields", 10, lambda n: [{"type": "section", "fields": [plain("x")] * n}]),
    ("text of a field", 2000, lambda n: [{"type": "section", "fields": [plain("x" * n)]}]),
    ("header", 150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    ("context elements", 10, lambda n: [{"type": "context", "elements": [plain("x")] * n}]),
    ("actions elements", 25, lambda n: actions(*[button(action_id=f"a{i}") for i in range(n)])),
    (
        "image alt_text",
        2000,
        lambda n: [{"type": "image", "image_url": "https://x.y/z", "alt_text": "x" * n}],
    ),
    (
        "image url",
        3000,
        lambda n: [{"type": "image", "image_url": "https://x.y/".ljust(n, "z"), "alt_text": "x"}],
    ),
    ("markdown", 12000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    (
        "markdown in sum",
        12000,
        lambda n: [{"type": "markdown", "text": "x" * part} for part in (n - 6000, 6000)],
    ),
    ("table rows", 100, lambda n: [{"type": "table", "rows": [[CELL]] * n}]),
    ("table columns", 20, lambda n: [{"type": "table", "rows": [[CELL] * n]}]),
    ("table text", 10000, lambda n: [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * n}]]}]),
    ("tables", 1, lambda n: [{"type": "table", "rows": [[CELL]]}] * n),
    ("button text", 75, lambda n: actions(button(text=plain("x" * n)))),
    ("button value", 2000, lambda n: actions(button(value="x" * n))),
    ("button url", 3000, lambda n: actions(button(url="https://x.y/".ljust(n, "z")))),
    ("overflow", 5, lambda n: accessory(type="overflow", options=options(n))),
    ("checkboxes", 10, lambda n: accessory(type="checkboxes", options=options(n))),
    ("radio buttons", 10, lambda n: accessory(type="radio_buttons", options=options(n))),
    ("select options", 100, lambda n: accessory(type="static_select", options=options(n))),
    (
        "select groups",
        100,
        lambda n: accessory(
            type="static_select", option_groups=[{"label": plain("g"), "options": options(1)}] * n
        ),
    ),
    (
        "options of a group",
        100,
        lambda n: accessory(
            type="static_select", option_groups=[{"label": plain("g"), "options": options(n)}]
        ),
    ),
    (
        "group label",
        75,
        lambda n: accessory(
            type="static_select", option_groups=[{"label": plain("g" * n), "options": options(1)}]
        ),
    ),
    ("option text", 75, lambda n: accessory(type="static_select", options=options(1, "x" * n))),
    ("option value", 150, lambda n: accessory(type="static_select", options=options(1, value=n))),
    (
        "option description",
        75,
        lambda n: accessory(type="radio_buttons", options=[options(1)[0] | {"description": plain("d" * n)}]),
    ),
    (
        "placeholder",
        150,
        lambda n: accessory(type="static_select", options=options(1), placeholder=plain("p" * n)),
    ),
    ("confirm title", 100, lambda n: actions(button(confirm=confirm(title="x" * n)))),
    ("confirm text", 300, lambda n: actions(button(confirm=confirm(text="x" * n)))),
    ("confirm button", 30, lambda n: actions(button(confirm=confirm(confirm="x" * n)))),
    ("deny button", 30, lambda n: actions(button(confirm=confirm(deny="x" * n)))),
    (
        "charts",
        2,
        lambda n: (
            [
                {
                    "type": "data_visualization",
                    "title": "t",
                    "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]},
                }
            ]
            * n
        ),
    ),
    (
        "chart segments",
        6,
        lambda n: [
            {
                "type": "data_visualization",
                "title": "t",
                "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}] * n},
            }
        ],
    ),
]


@pytest.mark.parametrize(
    ("limit", "make"), [row[1:] for row in MESSAGE_LIMITS], ids=[row[0] for row in MESSAGE_LIMITS]
)
def test_a_message_is_taken_at_each_limit_and_refused_one_over(
    limit: int, make: Callable[[int], list[Json]]
) -> None:
    assert message_findings(make(limit)) == ([], False)
    found, _ = message_findings(make(limit + 1))
    assert found
    assert all(pointer.startswith("/blocks") and sentence for pointer, sentence in found)


VIEW_LIMITS: list[tuple[str, int, Callable[[int], Json]]] = [
    ("blocks", 100, lambda n: modal(*[{"type": "divider"}] * n)),
    ("title", 24, lambda n: modal(title=plain("t" * n))),
    ("submit", 24, lambda n: modal(submit=plain("t" * n))),
    ("close", 24, lambda n: modal(close=plain("t" * n))),
    ("callback_id", 255, lambda n: modal(callback_id="c" * n)),
    ("private_metadata", 3000, lambda n: modal(private_metadata="m" * n)),
    ("external_id", 255, lambda n: modal(external_id="e" * n)),
    ("label", 2000, lambda n: modal(field(TEXT, label=plain("l" * n)))),
    ("hint", 2000, lambda n: modal(field(TEXT, hint=plain("h" * n)))),
    ("initial text", 3000, lambda n: modal(field(TEXT | {"initial_value": "v" * n}))),
    ("max_length", 3000, lambda n: modal(field(TEXT | {"max_length": n}))),
    ("min_length", 3000, lambda n: modal(field(TEXT | {"min_length": n}))),
    ("rich text lines", 100, lambda n: modal(field({"type": "rich_text_input", "max_lines": n}))),
    ("files", 10, lambda n: modal(field({"type": "file_input", "max_files": n}))),
]


@pytest.mark.parametrize(
    ("limit", "make"), [row[1:] for row in VIEW_LIMITS], ids=[row[0] for row in VIEW_LIMITS]
)
def test_a_modal_is_taken_at_each_limit_and_refused_one_over(limit: int, make: Callable[[int], Json]) -> None:
    assert view_findings(make(limit), "modal") == ([], False)
    assert view_findings(make(limit + 1), "modal")[0]


WRONG: list[tuple[str, list[Any], str]] = [
    ("unknown block", [{"type": "zap"}], "/blocks/0/type"),
    ("no object", ["text"], "/blocks/0/type"),
    ("unknown field", [section(colour="red")], "/blocks/0/colour"),
    ("empty text", [section(text=plain(""))], "/blocks/0/text/text"),
    ("section without text", [{"type": "section"}], "/blocks/0"),
    (
        "markup in a header",
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "/blocks/0/text/type",
    ),
    (
        "markup on a button",
        actions(button(text={"type": "mrkdwn", "text": "x"})),
        "/blocks/0/elements/0/text/type",
    ),
    (
        "emoji on mrkdwn",
        [section(text={"type": "mrkdwn", "text": "x", "emoji": True})],
        "/blocks/0/text/emoji",
    ),
    ("same block_id", [section(block_id="b"), section(block_id="b")], "/blocks"),
    ("same action_id", actions(button(action_id="a"), button(action_id="a")), "/blocks/0"),
    ("style", actions(button(style="blue")), "/blocks/0/elements/0/style"),
    ("no options", accessory(**SELECT), "/blocks/0/accessory"),
    ("empty options", accessory(**SELECT, options=[]), "/blocks/0/accessory/options"),
    ("same option value", accessory(**SELECT, options=options(1) * 2), "/blocks/0/accessory/options"),
    (
        "number as value",
        accessory(**SELECT, options=[{"text": plain("x"), "value": 1}]),
        "/blocks/0/accessory/options/0/value",
    ),
    (
        "initial option among others",
        accessory(**SELECT, options=options(1), initial_option={"text": plain("z"), "value": "z"}),
        "/blocks/0/accessory/initial_option",
    ),
    ("day", accessory(type="datepicker", initial_date="2026-02-30"), "/blocks/0/accessory/initial_date"),
    ("time", accessory(type="timepicker", initial_time="9:00"), "/blocks/0/accessory/initial_time"),
    ("zone", accessory(type="timepicker", timezone="Mars/Base"), "/blocks/0/accessory/timezone"),
    ("user id", accessory(type="users_select", initial_user="anna"), "/blocks/0/accessory/initial_user"),
    ("text field in a section", accessory(**TEXT), "/blocks/0/accessory/type"),
    ("button in an input", [field(button())], "/blocks/0/element/type"),
    (
        "whole numbers only as strings",
        [field(NUMBER | {"min_value": 1})],
        "/blocks/0/element/min_value",
    ),
    ("number_input needs is_decimal_allowed", [field({"type": "number_input"})], "/blocks/0/element"),
    (
        "uneven table",
        [{"type": "table", "rows": [[CELL] * n for n in (1, 2)]}],
        "/blocks/0/rows",
    ),
    ("picture without source", [{"type": "image", "alt_text": "x"}], "/blocks/0"),
]


@pytest.mark.parametrize(("blocks", "pointer"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_fault_is_named_with_the_pointer_of_its_place(blocks: list[Any], pointer: str) -> None:
    found, _ = message_findings(blocks)
    assert [at for at, _ in found] == [pointer]


def test_blocks_may_hold_13200_characters_in_all() -> None:
    parts = [2640] * 5
    assert message_findings([section(text=plain("x" * part)) for part in parts]) == ([], False)
    assert message_findings([section(text=plain("x" * part)) for part in [*parts, 1]]) == ([], True)


def test_input_blocks_need_a_submit_button() -> None:
    view = modal(field(TEXT))
    assert view_findings(view, "modal") == ([], False)
    del view["submit"]
    assert [sentence for _, sentence in view_findings(view, "modal")[0]] == [
        "missing required field: submit (the view has input blocks)"
    ]


def test_a_home_tab_has_neither_title_nor_submit() -> None:
    assert view_findings({"type": "home", "blocks": []}, "home") == ([], False)
    found, _ = view_findings(modal() | {"type": "home"}, "home")
    assert {at for at, _ in found} == {"/title", "/submit"}


def test_a_view_of_250_kilobytes_is_the_largest() -> None:
    def of_bytes(size: int) -> Json:
        import json

        view = modal(*[section(text=plain("x" * 3000)) for _ in range(80)], private_metadata="")
        view["blocks"][0]["text"]["text"] += "x" * (size - len(json.dumps(view)))
        return view

    assert view_findings(of_bytes(250_000), "modal")[1] is False
    assert view_findings(of_bytes(250_001), "modal")[1] is True


def test_only_one_field_may_have_the_focus() -> None:
    focused = TEXT | {"focus_on_load": True}
    assert view_findings(modal(field(focused)), "modal") == ([], False)
    assert view_findings(modal(field(focused), field(focused)), "modal")[0]


def test_a_table_is_no_part_of_a_modal() -> None:
    table = {"type": "table", "rows": [[CELL]]}
    assert message_findings([table]) == ([], False)
    assert view_findings(modal(table), "modal")[0] == [("/blocks/0/type", "unsupported type: table")]


def test_an_alert_is_only_for_modals() -> None:
    alert = {"type": "alert", "text": plain("x"), "level": "warning"}
    assert view_findings(modal(alert), "modal") == ([], False)
    assert message_findings([alert])[0] == [("/blocks/0/type", "unsupported type: alert")]
