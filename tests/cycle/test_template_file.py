"""Templates as files: those that come along are sound, and whatever is wrong in one is named with its line."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.core.kinds import Choice, Choices, Day, Money, Number, Percent, Rating, Text
from flows.core.questions_json import KINDS
from flows.core.words import Words
from flows.cycle.template import (
    Anonymity,
    Free,
    Guide,
    Nominations,
    NudgePolicy,
    Opening,
    OwnDays,
    Phase,
    Step,
    Template,
)
from flows.cycle.templates import kept_json as template_json
from flows.cycle.templates.file import built_in, built_in_texts, read_template
from flows.cycle.templates.parts import MOST, parts_of
from flows.cycle.templates.questions import FROM_REVIEWS
from flows.results.gathering import counted, of_question
from flows.results.inputs import worth

NAMES = ["annual-review", "half-year-review", "monthly-kpi", "probation", "quarterly-okr"]
SMALL = """\
name: small
title: { en: Small, zh: 小 }
period: month
phases:
  - name: only
    title: { en: Only, zh: 唯一 }
    starts: 0
    days: 1
"""
WORDS = "{ en: A, zh: 甲 }"
RATED = (
    f"steps: [{{ key: 1, label: {WORDS}, anchor: {WORDS} }}, {{ key: 2, label: {WORDS}, anchor: {WORDS} }}]"
)
EVEN = RATED.replace("]", f", {{ key: 3, label: {WORDS}, anchor: {WORDS} }}]")


def good(text: str) -> Template:
    found = read_template(text)
    assert isinstance(found, Template), found
    return found


def wrong(text: str) -> list[tuple[int, str]]:
    found = read_template(text)
    assert isinstance(found, list)
    for _, words in found:
        assert words.en != words.zh
        assert not re.search(r"\{(key|name|given|keys|known|right|line|n|it|do)\}", words.en + words.zh)
    return [(line, words.en) for line, words in found]


def only(text: str) -> tuple[int, str]:
    (found,) = wrong(text)
    return found


def question(more: str) -> str:
    """A template whose self review asks one question, in its line 13."""
    begun = f"{SMALL}reviews:\n  self:\n    title: {WORDS}\n    questions:\n"
    return f"{begun}      - {{ name: q, ask: {WORDS}, {more} }}\n"


def asked(kind: str, more: str = "kind: text") -> str:
    """The same in a review of that kind."""
    return question(more).replace("self:", f"{kind}:")


def nominating(first: str, then: str = "") -> str:
    """A template that asks for peer reviews and has two phases; the second begins in line 9."""
    second = f"  - {{ name: then, title: {WORDS}, starts: 1, days: 1, {then} }}\n" if then else ""
    return asked("peer").replace("    days: 1\n", f"    days: 1\n    {first}\n{second}")


def phase(more: str) -> str:
    """A template whose only phase says more, in its line 9."""
    return f"{SMALL}    {more}\n"


# What comes along


def test_five_templates_come_along_under_the_names_of_their_files() -> None:
    assert [template.name for template in built_in()] == NAMES
    assert list(built_in_texts()) == NAMES
    assert {template.period for template in built_in()} == {
        "month",
        "quarter",
        "half_year",
        "year",
        "probation",
    }


@pytest.mark.parametrize("template", built_in(), ids=NAMES)
def test_what_comes_along_survives_json(template: Template) -> None:
    assert template_json.load(json.loads(json.dumps(template_json.dump(template)))) == template


@pytest.mark.parametrize("template", built_in(), ids=NAMES)
def test_a_copy_from_before_there_were_perspectives_has_the_usual_ones(template: Template) -> None:
    kept = template_json.dump(template)
    del kept["perspectives"], kept["goal_cap"]
    assert template_json.load(kept) == template


@pytest.mark.parametrize("template", built_in(), ids=NAMES)
def test_a_copy_from_before_there_were_results_is_read_with_what_is_usual(template: Template) -> None:
    kept = template_json.dump(template)
    for key in ("nominations", "formula", "free", "opening", "external_days"):
        del kept[key]
    del kept["guide"]["tolerance"], kept["guide"]["pool"]
    kept["scale"] = [step[:3] for step in kept["scale"]]
    for review in kept["reviews"].values():
        del review["private"]
    read = template_json.load(json.loads(json.dumps(kept)))
    assert (read.opening, read.nominations, read.external_days) == (Opening(), Nominations(), 14)
    assert read.phases == template.phases
    assert [step.value for step in read.scale] == [step.value for step in template.scale]
    assert {step.least for step in read.scale} | {step.coefficient for step in read.scale} <= {None}
    assert not any(review.private for review in read.reviews.values())


@pytest.mark.parametrize("template", built_in(), ids=NAMES)
def test_what_comes_along_is_said_in_both_languages(template: Template) -> None:
    told = list(all_words(template))
    assert len(told) > 15
    for words in told:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in words.zh), words
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in words.en), words


def all_words(value: Any) -> Any:
    """Every `Words` in a value, however deep."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from all_words(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from all_words(inner)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from all_words(getattr(value, field.name))


@pytest.mark.parametrize("template", built_in(), ids=NAMES)
def test_what_comes_along_asks_in_the_order_of_its_days(template: Template) -> None:
    assert [phase.starts for phase in template.phases] == sorted(phase.starts for phase in template.phases)
    assert any(phase.work != "none" for phase in template.phases)
    assert template.kickoff
    assert template.about


def test_the_half_year_review_says_what_it_should() -> None:
    template = next(template for template in built_in() if template.name == "half-year-review")
    assert template.weights == {"goals": 60, "behaviour": 20, "ability": 10, "peers": 10}
    assert [step.key for step in template.scale] == ["S", "A", "B", "C", "D"]
    assert template.guide == Guide(
        ((("S", "A"), Decimal(20)), (("B",), Decimal(70)), (("C", "D"), Decimal(10)))
    )
    assert [kind for kind, review in template.reviews.items() if review.anonymous] == ["peer", "upward"]
    manager = template.phase("manager-review")
    assert manager is not None
    assert (manager.who, manager.review, manager.grace) == ("managers", "manager", 2)
    assert template.reviews["manager"].private == {"ready": "hr", "leaving": "hr"}
    assert [step.coefficient for step in template.scale] == [
        Decimal(one) for one in ("1.5", "1.2", "1.0", "0.8", "0.5")
    ]
    rating = template.reviews["manager"].questions[0].kind
    assert isinstance(rating, Rating)
    assert all(option.anchor for option in rating.options)


@pytest.mark.parametrize("name", ["half-year-review", "annual-review"])
def test_what_colleagues_say_is_complete_before_managers_write(name: str) -> None:
    template = next(template for template in built_in() if template.name == name)
    named, peers, manager = map(template.phase, ("nominate", "peer-review", "manager-review"))
    assert named
    assert peers
    assert manager
    assert named.starts + named.days + named.grace <= peers.starts
    # A day more: in the west the last day ends when the next one has its morning behind it in the east.
    assert peers.starts + peers.days + peers.grace + 1 <= manager.starts
    assert {phase.review for phase in template.phases if phase.work == "review"} == set(template.reviews)


REACHED = {"goals": Decimal(100)}


def counts(template: Template, part: str, step: str) -> Decimal:
    """What a part counts where everybody gives this step."""
    form = template.reviews[FROM_REVIEWS.get(part, "manager")]
    of = [of_question(one) for one in counted(form) if part in FROM_REVIEWS or one.name == part]
    return sum((worth(Decimal(step), one) for one in of), Decimal()) / len(of)


@pytest.mark.parametrize(
    ("name", "middle"), [("half-year-review", "B"), ("annual-review", "3.5"), ("monthly-kpi", "3.5")]
)
@pytest.mark.parametrize("left_out", [(), ("peers", "project", "external"), ("goals",)])
def test_whoever_reaches_their_goals_and_meets_expectations_is_as_expected(
    name: str, middle: str, left_out: tuple[str, ...]
) -> None:
    template = next(template for template in built_in() if template.name == name)
    weights = {part: weight for part, weight in template.weights.items() if part not in left_out}
    usual = {part: REACHED.get(part) or counts(template, part, "3") for part in weights}
    points = sum(weight * usual[part] for part, weight in weights.items()) / sum(weights.values())
    proposed = max(
        (step for step in template.scale if (step.least or 0) <= points), key=lambda step: step.value
    )
    assert proposed.key == middle
    best = {
        part: Decimal(120) if part == "goals" else counts(template, part, "5") for part in template.weights
    }
    highest = sum(weight * best[part] for part, weight in template.weights.items()) / 100
    assert max(step.least or 0 for step in template.scale) < highest


# What is left out, and what may be said


def test_what_is_left_out_is_as_usual() -> None:
    assert good(SMALL) == Template(
        name="small",
        title=Words("Small", "小"),
        period="month",
        phases=(Phase("only", Words("Only", "唯一"), 0, 1),),
    )


def test_everything_that_is_said_is_read() -> None:
    more = """\
    work: none
    who: managers
    deadline: hard
    note: { en: Note, zh: 注 }
goal_methods: [kpi, bsc]
perspectives: { financial: 55.5, learning: 44.5 }
goal_cap: 150
scale: [{ key: 3.25, value: 3.25, label: { en: Low, zh: 低 } }, { key: 4, value: 4, label: { en: High, zh: 高 } }]
guide: { forced: yes, shares: [{ steps: [3.25], percent: 12.5 }, { steps: [4], percent: 87.5 }] }
weights: { goals: 100 }
anonymity: { attributed: yes }
nudges: { hour: 8:30, before: [1, 3], on_day: no, after: [], manager: never, hr: 2 }
holidays: { NO: { off: [2026-05-18] }, CN: { working: [2026-10-10] } }
kickoff: { en: "Go: now", zh: 开始 }
"""
    template = good(SMALL + more)
    assert template.phases[0] == Phase(
        "only", Words("Only", "唯一"), 0, 1, who="managers", hard=True, grace=0, note=Words("Note", "注")
    )
    assert template.goal_methods == ("kpi", "bsc")
    assert template.perspectives == {"financial": Decimal("55.5"), "learning": Decimal("44.5")}
    assert template.goal_cap == 150
    assert template.scale[0] == Step("3.25", Words("Low", "低"), Decimal("3.25"))
    assert template.guide == Guide(((("3.25",), Decimal("12.5")), (("4",), Decimal("87.5"))), forced=True)
    assert template.weights == {"goals": Decimal(100)}
    assert template.anonymity == Anonymity(attributed=True)
    days = {
        "NO": OwnDays(off=frozenset({date(2026, 5, 18)})),
        "CN": OwnDays(working=frozenset({date(2026, 10, 10)})),
    }
    assert template.nudges == NudgePolicy(time(8, 30), (3, 1), False, (), None, 2, days)
    assert template.kickoff == Words("Go: now", "开始")


def test_how_results_are_made_and_opened_is_read() -> None:
    more = f"""\
goal_methods: [kpi]
goal_cap: 150
nominations: {{ least: 2, most: 6, by: [manager, hr], approve: no, load: 4 }}
external: {{ days: 30 }}
formula: min(goals, 120) * 0.7 + peers * 0.3
scale:
  - {{ key: A, value: 2, label: {WORDS}, least: 92.5, coefficient: 1.5 }}
  - {{ key: B, value: 1, label: {WORDS}, coefficient: 0 }}
guide: {{ tolerance: 5, pool: 20, shares: [{{ steps: [A, B], percent: 100 }}] }}
opening: {{ lead: 1, view: 10, appeal: 5 }}
"""
    reviews = f"""\
reviews:
  peer: {{ title: {WORDS}, questions: [{{ name: p, ask: {WORDS}, kind: rating, cant_judge: yes, {EVEN} }}] }}
  external: {{ title: {WORDS}, questions: [{{ name: p, ask: {WORDS}, kind: text, private: hr }}] }}
"""
    template = good(SMALL + more + reviews)
    assert template.nominations == Nominations(2, 6, ("manager", "hr"), False, 4)
    assert template.external_days == 30
    assert template.formula == "min(goals, 120) * 0.7 + peers * 0.3"
    assert template.scale == (
        Step("A", Words("A", "甲"), Decimal(2), Decimal("92.5"), Decimal("1.5")),
        Step("B", Words("A", "甲"), Decimal(1), None, Decimal(0)),
    )
    assert template.guide == Guide(((("A", "B"), Decimal(100)),), False, Decimal(5), 20)
    assert template.opening == Opening(1, 10, 5)
    rated = template.reviews["peer"].questions[0].kind
    assert isinstance(rated, Rating)
    assert rated.unknown
    assert template.reviews["external"].private == {"p": "hr"}
    assert template_json.load(json.loads(json.dumps(template_json.dump(template)))) == template


def test_a_formula_may_use_the_weights() -> None:
    both = "goal_methods: [kpi]\nweights: { goals: 100 }\nformula: min(weighted(), 110)\n"
    assert good(SMALL + both).formula == "min(weighted(), 110)"


def test_a_scale_can_be_any_number() -> None:
    template = good(SMALL + "scale: { least: 0, most: 5, places: 1 }\n")
    assert (template.scale, template.free) == ((), Free(Decimal(0), Decimal(5), 1))
    assert template_json.load(json.loads(json.dumps(template_json.dump(template)))) == template


def test_reviewers_are_named_before_they_write() -> None:
    named, written = good(nominating("work: nominate", "work: review, review: peer")).phases
    assert (named.work, named.review, named.who) == ("nominate", "peer", "everyone")
    assert (written.work, written.review) == ("review", "peer")


def test_who_leads_a_project_writes_with_their_name() -> None:
    assert not good(asked("project")).reviews["project"].anonymous
    assert not good(asked("external")).reviews["external"].anonymous


@pytest.mark.parametrize(
    ("kind", "part"),
    [("peer", "peers"), ("upward", "upward"), ("project", "project"), ("external", "external")],
)
def test_what_others_rate_is_a_part_of_a_result_and_texts_are_none(kind: str, part: str) -> None:
    rated = asked(kind, f"kind: rating, {EVEN}") + f"weights: {{ {part}: 100 }}\n"
    assert good(rated).weights == {part: 100}
    assert only(asked(kind) + f"weights: {{ {part}: 100 }}\n") == (
        14,
        f"`{part}` is not known here: use one of .",
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("kind: text", Text(4)),
        ("kind: text, lines: 1", Text(1, 300)),
        ("kind: text, lines: 2, most: 500", Text(2, 500)),
        (
            f"kind: number, unit: {WORDS}, least: -1, most: 2.5",
            Number(Words("A", "甲"), Decimal(-1), Decimal("2.5")),
        ),
        ("kind: percent", Percent()),
        ("kind: percent, most: 300", Percent(most=Decimal(300))),
        ("kind: money, currency: EUR", Money("EUR")),
        ("kind: people, least: 1, most: 3", KINDS["people"](least=1, most=3)),
        ("kind: day, least: 2026-01-01", Day(date(2026, 1, 1))),
        *((f"kind: {word}", KINDS[word]()) for word in ("yes_no", "person", "moment", "link")),
    ],
)
def test_every_kind_of_question_can_be_asked(said: str, kind: Any) -> None:
    asked = good(question(said)).reviews["self"].questions[0]
    assert (asked.name, asked.kind, asked.optional) == ("q", kind, False)


def test_choices_and_ratings_carry_their_options() -> None:
    options = f"options: [{{ key: a, label: {WORDS} }}, {{ key: b, label: {WORDS}, anchor: {WORDS} }}]"
    chosen = good(question(f"kind: choice, {options}")).reviews["self"].questions[0].kind
    assert isinstance(chosen, Choice)
    several = good(question(f"kind: choices, {options}, least: 1, most: 2")).reviews["self"].questions[0].kind
    assert isinstance(several, Choices)
    assert (several.options, several.least, several.most) == (chosen.options, 1, 2)
    rated = good(question(f"kind: rating, {RATED}")).reviews["self"].questions[0].kind
    assert isinstance(rated, Rating)
    assert [rated.value(option.key) for option in rated.options] == [1, 2]


def test_steps_that_several_questions_share_are_named_once() -> None:
    shared = f"ratings:\n  quality: {RATED.removeprefix('steps: ')}\n"
    rated = good(question("kind: rating, steps: quality") + shared).reviews["self"].questions[0].kind
    assert isinstance(rated, Rating)
    assert len(rated.options) == 2
    assert only(question("kind: rating, steps: qualty") + shared) == (
        13,
        "`qualty` is not known here: did you mean `quality`?",
    )


def test_a_template_with_names_has_no_anonymous_reviews() -> None:
    peer = question("kind: text").replace("self:", "peer:")
    assert good(peer).reviews["peer"].anonymous
    assert not good(peer + "anonymity: { attributed: yes }\n").reviews["peer"].anonymous
    assert not good(question("kind: text")).reviews["self"].anonymous


def test_managers_write_the_managers_review_by_themselves() -> None:
    template = good(
        question("kind: text")
        .replace("self:", "manager:")
        .replace("days: 1", "days: 1\n    work: review\n    review: manager")
    )
    assert template.phases[0].who == "managers"


# What is wrong

SCALE = f"scale: [{{ key: A, value: 2, label: {WORDS} }}, {{ key: B, value: 1, label: {WORDS} }}]\n"

PROBLEMS: list[tuple[str, str, int, str]] = [
    ("an unknown key", SMALL + "nudge: { hour: 9:00 }\n", 9, "did you mean `nudges`"),
    ("a far-off key", SMALL + "colour: red\n", 9, "use one of name, title"),
    ("no name", SMALL.removeprefix("name: small\n"), 1, "`name` is missing"),
    ("a key by mistake", SMALL.replace("period:", "perod:"), 3, "did you mean `period`"),
    ("a bad name", SMALL.replace("name: small", "name: Small One"), 1, "small letters, digits and hyphens"),
    ("one language", SMALL.replace("{ en: Small, zh: 小 }", "{ en: Small }"), 2, "`zh` is missing"),
    ("no language", SMALL.replace("{ en: Small, zh: 小 }", "Small"), 2, "both languages"),
    ("an empty text", SMALL.replace("en: Small", 'en: ""'), 2, "`en` is empty"),
    ("an empty key", SMALL + "kickoff:\n", 9, "`kickoff` is empty"),
    ("a placeholder", SMALL.replace("en: Small", 'en: "Hi {person}"'), 2, "without curly brackets"),
    ("a long text", SMALL.replace("en: Small", "en: " + "x" * 76), 2, "76 characters: shorten it to 75"),
    ("no phases", SMALL.split("  -")[0].replace("phases:", "phases: []"), 4, "a list of 1 to 30 items"),
    ("phases as a text", SMALL.split("  -")[0].replace("phases:", "phases: none"), 4, "must be a list"),
    ("a phase as a text", SMALL.split("  -")[0] + "  - self-review\n", 5, "needs keys of its own"),
    ("a short phase", SMALL.replace("days: 1", "days: 0"), 8, "`days` must be a whole number from 1"),
    ("days in words", SMALL.replace("days: 1", "days: a week"), 8, "not “a week”"),
    ("a phase twice", SMALL + SMALL[SMALL.index("  - name") :], 9, "“only” stands in line 5 already"),
    ("an unknown work", phase("work: reviews"), 9, "did you mean `review`"),
    ("goals without a method", phase("work: goals"), 9, "goal_methods"),
    ("a review of no kind", phase("work: review"), 9, "which review is written"),
    (
        "a review without questions",
        phase("work: review\n    review: peer"),
        10,
        "no questionnaire for the peer review",
    ),
    (
        "a review that is not written",
        question("kind: text").replace("days: 1", "days: 1\n    review: self"),
        9,
        "only where it says `work: review`",
    ),
    (
        "the wrong writer",
        question("kind: text").replace(
            "days: 1", "days: 1\n    work: review\n    review: self\n    who: managers"
        ),
        11,
        "review is `everyone`",
    ),
    ("grace after a hard end", phase("deadline: hard\n    grace: 2"), 10, "no days of grace"),
    ("weights of 90", SMALL + "goal_methods: [okr]\nweights: { goals: 90 }\n", 10, "`weights` come to 90 %"),
    ("a weight of nothing", SMALL + "weights: { goals: 100 }\n", 9, "not known here"),
    (
        "perspectives of 90",
        SMALL + "goal_methods: [bsc]\nperspectives: { financial: 90 }\n",
        10,
        "come to 90 %",
    ),
    ("perspectives alone", SMALL + "goal_methods: [okr]\nperspectives: { process: 100 }\n", 10, "add `bsc`"),
    ("a cap below 100", SMALL + "goal_cap: 90\n", 9, "a whole number from 100 to 300"),
    ("a negative weight", SMALL + "goal_methods: [okr]\nweights: { goals: -1 }\n", 10, "above 0"),
    (
        "steps up and down",
        SMALL + f"scale: [{{ key: A, value: 1, label: {WORDS} }}, {{ key: B, value: 1, label: {WORDS} }}]\n",
        9,
        "1, 1 go up and down",
    ),
    ("a step twice", SMALL + SCALE.replace("key: B", "key: A"), 9, "“A” stands in line 9 already"),
    (
        "shares of 90",
        SMALL + SCALE + "guide: { shares: [{ steps: [A, B], percent: 90 }] }\n",
        10,
        "`shares` come to 90 %",
    ),
    (
        "an unknown step",
        SMALL + SCALE + "guide: { shares: [{ steps: [A, C], percent: 100 }] }\n",
        10,
        "`C` is not known here",
    ),
    (
        "a step left out",
        SMALL + SCALE + "guide: { shares: [{ steps: [A], percent: 100 }] }\n",
        10,
        "No group has B",
    ),
    (
        "a step in two groups",
        SMALL + SCALE + "guide: { shares: [{ steps: [A, B], percent: 50 }, { steps: [B], percent: 50 }] }\n",
        10,
        "B stands in two groups",
    ),
    (
        "a guide without a scale",
        SMALL + "guide: { shares: [{ steps: [A], percent: 100 }] }\n",
        9,
        "add `scale`",
    ),
    ("a scale without an end", SMALL + "scale: { least: 0 }\n", 9, "`most` is missing"),
    ("a scale turned round", SMALL + "scale: { least: 5, most: 5 }\n", 9, "must be more than `least` (5)"),
    ("a scale of very small parts", SMALL + "scale: { least: 0, most: 5, places: 5 }\n", 9, "from 0 to 4"),
    (
        "a guide without steps",
        SMALL + "scale: { least: 0, most: 5 }\nguide: { shares: [{ steps: [A], percent: 100 }] }\n",
        10,
        "this scale has none",
    ),
    (
        "a best step without a start",
        SMALL + SCALE.replace("key: B,", "key: B, least: 0,"),
        9,
        "missing for A",
    ),
    (
        "a lowest step that begins",
        SMALL + SCALE.replace("key: B,", "key: B, least: 1,").replace("key: A,", "key: A, least: 2,"),
        9,
        "B is the lowest step",
    ),
    (
        "starts that fall",
        SMALL
        + f"scale: [{{ key: A, value: 3, least: 50, label: {WORDS} }}, {{ key: B, value: 2, least: 60, label: {WORDS} }}, "
        f"{{ key: C, value: 1, label: {WORDS} }}]\n",
        9,
        "`least` goes 0, 60, 50",
    ),
    ("a start out of reach", SMALL + SCALE.replace("key: A,", "key: A, least: 301,"), 9, "from 0 to 300"),
    ("pay for some steps", SMALL + SCALE.replace("key: A,", "key: A, coefficient: 1,"), 9, "missing for B"),
    (
        "more pay for less",
        SMALL
        + SCALE.replace("key: A,", "key: A, coefficient: 1,").replace("key: B,", "key: B, coefficient: 1.2,"),
        9,
        "they go 1.2, 1",
    ),
    (
        "a guide with a great tolerance",
        SMALL + SCALE + "guide: { tolerance: 101, shares: [{ steps: [A, B], percent: 100 }] }\n",
        10,
        "from 0 to 100",
    ),
    (
        "reviewers of oneself",
        nominating("work: nominate\n    review: self"),
        10,
        "Reviewers are named for the reviews peer, project",
    ),
    ("reviewers without questions", phase("work: nominate"), 5, "no questionnaire for the peer review"),
    (
        "reviewers named by managers",
        nominating("work: nominate\n    who: managers", "work: review, review: peer"),
        10,
        "take `who` out",
    ),
    ("reviewers who never write", nominating("work: nominate"), 9, "`review: peer` that starts on day 1"),
    (
        "reviewers named too late",
        nominating("work: review\n    review: peer", "work: nominate"),
        11,
        "starts on day 2 or later",
    ),
    (
        "reviewers named twice",
        nominating(
            "work: nominate",
            f"work: nominate }}\n  - {{ name: last, title: {WORDS}, starts: 2, days: 1, work: review, review: peer",
        ),
        10,
        "in an earlier phase already",
    ),
    ("nominations for nothing", SMALL + "nominations: { least: 3 }\n", 9, "add one under `reviews`"),
    (
        "nominations turned round",
        asked("peer") + "nominations: { least: 6 }\n",
        14,
        "`least` (6) is more than `most` (5)",
    ),
    ("fifty nominations", asked("peer") + "nominations: { most: 50 }\n", 14, "from 1 to 20"),
    ("nominations by nobody", asked("peer") + "nominations: { by: [] }\n", 14, "a list of 1 to 3 items"),
    (
        "nominations by anybody",
        asked("peer") + "nominations: { by: [boss] }\n",
        14,
        "use one of employee, manager, hr",
    ),
    (
        "too few for anything to be shown",
        asked("peer") + "nominations: { least: 2, most: 2 }\n",
        14,
        "nothing is shown below 3 answers",
    ),
    (
        "a threshold that nobody reaches",
        asked("peer") + "anonymity: { peers: 6 }\n",
        14,
        "nothing is shown below 6 answers",
    ),
    ("guests of nobody", SMALL + "external: { days: 10 }\n", 9, "Nobody outside is asked"),
    ("a link for a year", asked("external") + "external: { days: 365 }\n", 14, "from 1 to 90"),
    ("a late opening", SMALL + "opening: { lead: 31 }\n", 9, "from 1 to 30"),
    ("managers who don't look first", SMALL + "opening: { lead: 0 }\n", 9, "from 1 to 30"),
    ("no time to appeal", SMALL + "opening: { appeal: 0 }\n", 9, "from 1 to 60"),
    (
        "a formula beside weights",
        SMALL + "goal_methods: [okr]\nweights: { goals: 100 }\nformula: goals\n",
        10,
        "use `weighted()` in it",
    ),
    (
        "a mean of no weights",
        SMALL + "goal_methods: [okr]\nformula: weighted()\n",
        10,
        "there are none: add `weights`",
    ),
    (
        "a long formula",
        SMALL + f"goal_methods: [okr]\nformula: goals{' + goals' * 50}\n",
        10,
        "shorten it to 300",
    ),
    ("a formula that is none", SMALL + "goal_methods: [okr]\nformula: goals +\n", 10, "`formula`: "),
    ("a formula that calls", SMALL + "goal_methods: [okr]\nformula: exit(goals)\n", 10, "exit"),
    ("a formula of unknown parts", SMALL + "goal_methods: [okr]\nformula: goals + luck\n", 10, "luck"),
    ("a private self review", question("kind: text, private: hr"), 13, "nothing in it is private"),
    ("private from whom", asked("peer", "kind: text, private: yes"), 13, "use one of manager, hr"),
    (
        "a private part of a result",
        asked("manager", f"kind: rating, private: hr, {RATED}") + "weights: { q: 100 }\n",
        14,
        "`q` is private",
    ),
    (
        "a rating by another part's name",
        asked("manager", f"kind: rating, {RATED}").replace("name: q", "name: peers"),
        13,
        "give this rating another name",
    ),
    *(
        (
            f"a question by the name of {name} that a line behind /score gives the end of the form",
            asked("manager", f"kind: {kind}").replace("name: q", f"name: {name}"),
            13,
            "has its own meaning in a line behind /score",
        )
        for name in ("rating", "reason", "goals")
        for kind in ("text", f"rating, {RATED}")
    ),
    (
        "a text that one can't judge",
        question("kind: text, cant_judge: yes"),
        13,
        "`cant_judge` is not known here",
    ),
    ("a choice without a name", asked("peer", "kind: yes_no"), 13, "ask for a `rating` or a `text`"),
    ("an average of two steps", asked("upward", f"kind: rating, {RATED}"), 13, "three even steps"),
    (
        "an average of uneven steps",
        asked("peer", f"kind: rating, {EVEN.replace('key: 3', 'key: 5')}"),
        13,
        "three even steps",
    ),
    ("a low threshold", SMALL + "anonymity: { peers: 2 }\n", 9, "from 3 to 10"),
    ("a high threshold", SMALL + "anonymity: { upward: 11 }\n", 9, "from 3 to 10"),
    ("names and a threshold", SMALL + "anonymity: { attributed: yes, peers: 3 }\n", 9, "Names are shown"),
    ("a nudge in the past", SMALL + "nudges: { before: [-1] }\n", 9, "from 1 to 60"),
    ("six nudges", SMALL + "nudges: { after: [1, 2, 3, 4, 5, 6] }\n", 9, "at most 5 items, not a list of 6"),
    ("a nudge twice", SMALL + "nudges: { after: [2, 2] }\n", 9, "stands in line 9 already: take one out"),
    ("a nudge at night", SMALL + 'nudges: { hour: "05:59" }\n', 9, "06:00"),
    ("an hour that is none", SMALL + 'nudges: { hour: "19:60" }\n', 9, "06:00"),
    ("yes or no", SMALL + "nudges: { on_day: perhaps }\n", 9, "yes or no, not “perhaps”"),
    ("never is the word", SMALL + "nudges: { manager: no }\n", 9, "or never"),
    ("an unknown country", SMALL + "holidays: { XX: { off: [2026-01-02] } }\n", 9, "two capital letters"),
    ("a country by another name", SMALL + "holidays: { UK: { off: [2026-01-02] } }\n", 9, "write GB"),
    ("a country in small letters", SMALL + "holidays: { cn: { off: [2026-01-02] } }\n", 9, "write CN"),
    ("a day that is none", SMALL + "holidays: { CN: { off: [2026-02-30] } }\n", 9, "a day that exists"),
    ("a day in another form", SMALL + "holidays: { CN: { off: [30.1.2026] } }\n", 9, "a day that exists"),
    (
        "off and working",
        SMALL + "holidays: { CN: { off: [2026-01-02], working: [2026-01-02] } }\n",
        9,
        "both off and a working day",
    ),
    ("an unknown kind", question("kind: txt"), 13, "did you mean `text`"),
    ("a kind that is not said", question("optional: no"), 13, "`kind` is missing"),
    ("what another kind says", question("kind: yes_no, lines: 3"), 13, "`lines` is not known here"),
    ("one option", question(f"kind: choice, options: [{{ key: a, label: {WORDS} }}]"), 13, "2 to 100 items"),
    ("no options", question("kind: choice"), 13, "`options` is missing"),
    (
        "an option with a comma",
        question(f'kind: choice, options: [{{ key: "a,b", label: {WORDS} }}, {{ key: c, label: {WORDS} }}]'),
        13,
        "without blanks and commas",
    ),
    (
        "more than there is",
        question(
            f"kind: choices, least: 3, options: [{{ key: a, label: {WORDS} }}, {{ key: b, label: {WORDS} }}]"
        ),
        13,
        "asks for 3 of 2",
    ),
    ("bounds turned round", question("kind: number, least: 3, most: 1"), 13, "turn them round"),
    (
        "a rating without an anchor",
        question(f"kind: rating, {RATED}".replace(f", anchor: {WORDS}", "", 1)),
        13,
        "`anchor` is missing",
    ),
    (
        "a rating of letters",
        question(f"kind: rating, {RATED}".replace("key: 1", "key: A")),
        13,
        "a whole number",
    ),
    (
        "a rating in no order",
        question(f"kind: rating, {RATED}".replace("[", f"[{{ key: 9, label: {WORDS}, anchor: {WORDS} }}, ")),
        13,
        "in no order",
    ),
    (
        "points for one step alone",
        question(
            f"kind: rating, steps: [{{ key: 1, label: {WORDS}, anchor: {WORDS}, points: 50 }}, "
            f"{{ key: 2, label: {WORDS}, anchor: {WORDS} }}]"
        ),
        13,
        "give them to all, or to none",
    ),
    (
        "points that fall",
        question(
            f"kind: rating, steps: [{{ key: 2, label: {WORDS}, anchor: {WORDS}, points: 50 }}, "
            f"{{ key: 1, label: {WORDS}, anchor: {WORDS}, points: 50 }}]"
        ),
        13,
        "must rise with the steps",
    ),
    (
        "people of the directory in a guest's form",
        asked("external", "kind: people"),
        13,
        "sees nobody of the directory",
    ),
    ("a currency", question("kind: money, currency: yuan"), 13, "three capital letters"),
    ("steps that nobody named", question("kind: rating, steps: quality"), 13, "must be a list"),
    ("an unknown review", question("kind: text").replace("self:", "boss:"), 10, "`boss` is not known here"),
    ("nothing", "", 1, "The file is empty"),
    ("a list", "- a\n", 1, "A template is made of keys"),
    ("a tab", "name: a\n\ttitle: b\n", 2, "Indent with spaces"),
    ("a colon", "name: a: b\n", 1, "put a text with a colon into quotes"),
    ("half a list", "name: [a\n", 2, "can't be read as YAML"),
    ("two templates", SMALL + "---\nname: b\n", 9, "second document"),
    ("an alias", "name: &a x\ntitle: *a\n", 2, "An alias"),
    ("a bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2, "An alias"),
    ("itself", "a: &a [*a]\n", 1, "An alias"),
    ("brackets", "[" * 90_000, 1, "nested deeper"),
    ("a megabyte", "a" * 1_000_000, 1, f"at most {MOST:,}"),
    ("a control sign", "name: a\ntitle: \x07\n", 2, "no text can hold"),
    ("half a character", "name: \ud800\n", 1, "no text can hold"),
    ("an escape too far", 'name: a\ntitle: "\\UFFFFFFFF"\n', 2, "no text can hold"),
]


@pytest.mark.parametrize(
    ("text", "line", "words"), [case[1:] for case in PROBLEMS], ids=[case[0] for case in PROBLEMS]
)
def test_what_is_wrong_is_said_once_with_its_line(text: str, line: int, words: str) -> None:
    found = only(text)
    assert found[0] == line
    assert words in found[1]
    assert len(found[1]) < 300


def test_a_key_that_stands_twice_is_named_with_the_line_of_the_first() -> None:
    assert only(SMALL + "period: year\n") == (
        9,
        "`period` stands here for the second time, after line 3: keep one of them.",
    )


def test_a_tag_is_not_obeyed() -> None:
    text = SMALL.replace("name: small", "name: !!python/object/apply:os.getcwd small")
    assert only(text) == (1, "Take !!python/object/apply:os.getcwd away: a template has plain values only.")


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_lines() -> None:
    text = SMALL.replace("small", "S M").replace("month", "moon").replace("starts: 0", "starts: soon")
    found = wrong(text + "    grace: 99\nnudges: { hour: midnight }\nanonymity: { peers: 1 }\n")
    assert [line for line, _ in found] == [1, 3, 7, 9, 10, 11]


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    assert good(SMALL.replace("name: small", "name: no")).name == "no"
    assert good(SMALL.replace("en: Small", "en: 2026")).title.en == "2026"


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_gets_an_answer(text: str) -> None:
    found = read_template(text)
    assert isinstance(found, list)
    assert found
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 3 for line, _ in found)


keys = st.sampled_from(
    ["name", "title", "period", "phases", "reviews", "ratings", "weights", "scale", "guide", "anonymity", "nudges",
     "holidays", "kickoff", "en", "zh", "self", "questions", "kind", "steps", "key", "label", "value", "shares", "off", "CN"]
)  # fmt: skip
leaves = (
    st.none() | st.booleans() | st.integers(-5, 400) | st.floats() | st.dates() | st.text(max_size=5) | keys
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(keys, anything, max_size=8))
def test_any_structure_gets_an_answer(made: dict[str, Any]) -> None:
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
    assert isinstance(read_template(text), list)


@settings(deadline=None)  # the longest takes 60 ms to read, more on a busy machine
@given(st.sampled_from(NAMES), st.data())
def test_a_template_with_a_piece_torn_out_gets_an_answer(name: str, data: st.DataObject) -> None:
    text = built_in_texts()[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    found = read_template(text[:start] + data.draw(st.text(max_size=4)) + text[end:])
    assert isinstance(found, Template) or found


def test_parts_know_their_lines() -> None:
    whole, problems = parts_of("a:\n  - b\n  - c:\n      d\n")
    assert whole is not None
    assert problems == []
    assert isinstance(whole.value, dict)
    (first, second) = whole.value["a"].value
    assert (whole.value["a"].line, first.line, second.line, second.value["c"].line) == (1, 2, 3, 3)
