"""The page on templates says what the reader reads: its examples are sound, its keys and defaults are the real ones."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from flows.core.questions_json import KINDS
from flows.cycle.template import (
    Anonymity,
    Free,
    Guide,
    Nominations,
    NudgePolicy,
    Opening,
    Phase,
    Rewards,
    Template,
)
from flows.cycle.templates.file import KEYS, built_in_texts, read_template
from flows.cycle.templates.phases import PHASE
from flows.cycle.templates.question_kinds import OWN
from flows.cycle.templates.questions import ANONYMOUS, COMMON, REVIEWS
from flows.cycle.templates.scales import STEP

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WHOLE = [example for example in EXAMPLES if example.startswith("name:")]
PIECES = [example for example in EXAMPLES if example not in WHOLE]
SECTIONS = dict(re.findall(r"^##+ (.*?)\n(.*?)(?=^##+ |\Z)", PAGE, re.DOTALL | re.MULTILINE))


def rows(section: str, header: str, nth: int = 1) -> dict[str, str]:
    """The second column of a section's table by its first."""
    table = SECTIONS[section].split(f"| {header} |")[nth].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| `([\w-]+)` \| (.*?) ?\|", table, re.MULTILINE))


@pytest.mark.parametrize("example", WHOLE)
def test_a_whole_example_is_sound(example: str) -> None:
    assert isinstance(read_template(example), Template)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_fits_into_an_example(piece: str) -> None:
    assert isinstance(read_template(WHOLE[0] + piece), Template)


def test_there_are_examples() -> None:
    assert (len(WHOLE), len(PIECES)) == (2, 8)
    assert all(f"`{name}`" in PAGE for name in built_in_texts())


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("The template", KEYS),
        ("Phases", PHASE),
        ("Questions", COMMON),
        ("Nominations", Nominations.__slots__),
        ("The scale", STEP),
        ("The guide", Guide.__slots__),
        ("The opening", Opening.__slots__),
        ("The rewards", Rewards.__slots__),
        ("Anonymity", Anonymity.__slots__),
        ("Nudges", NudgePolicy.__slots__[:-2]),
    ],
)
def test_every_key_is_on_the_page_in_its_order(section: str, keys: tuple[str, ...]) -> None:
    assert tuple(rows(section, "key")) == tuple(keys)


def test_a_scale_without_steps_has_its_keys_on_the_page() -> None:
    assert tuple(rows("The scale", "key", 2)) == Free.__slots__


def test_every_review_is_on_the_page_with_whether_it_has_a_name() -> None:
    told = dict(
        re.findall(r"^\| `(\w+)` \|.*\| (\w+)[^|]*\|$", SECTIONS["Who writes a review"], re.MULTILINE)
    )
    assert tuple(told) == tuple(REVIEWS)
    assert {kind for kind, named in told.items() if named == "no"} == set(ANONYMOUS)


def test_every_kind_of_question_is_on_the_page_with_its_keys() -> None:
    told = rows("Questions", "kind")
    assert list(told) == list(KINDS)
    for kind, words in told.items():
        assert set(OWN.get(kind, ())) <= set(re.findall(r"`(\w+)`", words)), kind


@pytest.mark.parametrize(
    ("section", "of", "names"),
    [
        ("Phases", Phase, ("work", "who", "grace")),
        ("Nominations", Nominations, Nominations.__slots__),
        ("The guide", Guide, ("forced", "tolerance", "pool")),
        ("The opening", Opening, Opening.__slots__),
        ("Anonymity", Anonymity, Anonymity.__slots__),
        ("Nudges", NudgePolicy, NudgePolicy.__slots__[:-2]),
    ],
)
def test_the_defaults_are_the_real_ones(section: str, of: type[Any], names: tuple[str, ...]) -> None:
    real = {field.name: field.default for field in fields(of) if field.default is not MISSING}
    assert {name: rows(section, "key")[name].strip('`"') for name in names} == {
        name: as_written(real[name]) for name in names
    }


def as_written(value: Any) -> str:
    """A default as one writes it in YAML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return value.isoformat("minutes") if hasattr(value, "isoformat") else str(value)
