"""Whatever is typed into the forms of reviews and results: it is kept or refused in words, whole, and shown as text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from bot.exchange import Command, Press, Reply, Show, Submit, Wrong
from flows.core.kinds import Choice, People, Someone, Text
from flows.core.said import Said, carried, clean
from flows.core.screen import Act, Field
from storage.work import Work
from tests.bot.cycle_house import CycleHouse, account
from tests.bot.hostile import TEXTS
from tests.bot.review_house import EXTERNAL, NOW, review_house_in
from tests.bot.test_cycles_drawn import check_drawn
from tests.bot.test_front_cycles import told
from tests.bot.test_goal_forms import fitting
from tests.stories.reviewing import PEERS, PROJECTS, UPWARD

Form = tuple[str, str, str]
SAID = (*TEXTS, "{0.__class__} {name} {why} {text} {n!r:>9999999999}", "}{ %(x)s $& \\1 `{{7*7}}`")
SCORES = (
    "NaN",
    "inf",
    "1e308",
    "9" * 300,
    "-0",
    "½",
    "٣",
    "S",
    "A; DROP",
    "=1+1",
    "１２３",
    "4 4 4",
    '"',
    "“",
    "=",
    "goals=",
)
MOST_SCREENS = 12
CHOSEN = {"others": ("kim", "nia", "tom"), "reviewers": ("nia", "kim", "rae")}


@pytest.fixture(scope="module")
def house(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CycleHouse]:
    here = review_house_in(f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('forms'))}")
    yield here
    here.store.close()


def forms(house: CycleHouse) -> list[Form]:
    """(who, flow, subject) of every form about reviews and results that somebody can open here."""
    cycles, ids = house.cycles, {name: person.id for name, person in house.people.items()}
    naming, writing, lin = cycles["naming"], cycles["reviewing"], ids["lin"]
    with house.store.work() as records:
        proposed = next(
            one for one in records.nominations.about(naming, PEERS, lin) if one.state == "proposed"
        )
        task = next(
            one for one in records.tasks.of_about("review", writing, PEERS, [lin]) if one.person == ids["kim"]
        )
        rude = records.pens.own_comment(cycles["closed"], PEERS, ids["rae"], lin, "keep")
    return [
        ("lin", "nominate", f"{naming}/{PEERS}/{lin}"),
        ("mei", "nominate-lead", f"{naming}/{PROJECTS}/{lin}"),
        ("mei", "nomination-reject", str(proposed.id)),
        ("hanna", "reviewers-for", f"{naming}/{PEERS}"),
        ("kim", "review-decline", str(task.id)),
        ("nia", "review", f"{writing}/{PEERS}/{lin}"),
        ("tom", "review", f"{writing}/{UPWARD}/{ids['mei']}"),
        ("rae", "review", f"{writing}/self-review/{ids['rae']}"),
        ("eva", "review", f"{writing}/{PROJECTS}/{lin}"),
        ("mei", "review", f"{writing}/manager-review/{ids['tom']}"),
        ("mei", "score-table", f"{writing}/manager-review/results"),
        ("mei", "guest-invite", f"{writing}/{EXTERNAL}/{lin}"),
        ("hanna", "comment-decide", f"{cycles['closed']}/{lin}/{rude}"),
        ("tom", "comments-look", f"{cycles['closed']}/{PEERS}"),
        ("hanna", "calibration-new", str(cycles["closed"])),
        ("ned", "calibration-move", f"1/{ids['tom']}"),
        ("hanna", "calibration-exception", f"1/{carried('all')}"),
        ("hanna", "calibration-people", "1"),
        ("hanna", "result-withhold", f"{cycles['calibrating']}/{ids['rae']}"),
    ]  # fmt: skip


def answer(form: Form, field: Field, text: str) -> Said | None:
    """The text where one types; people who fit, another choice than stands there, and what is usual elsewhere."""
    name = field.name.rpartition(".")[2]
    match field.question.kind:
        case Text():
            return text
        case Someone():
            return f"account:{account('tom')}"
        case People():
            people = ("ned", "eva") if form[1] == "nominate-lead" else CHOSEN.get(name, ("mei", "ned"))
            return [f"account:{account(who)}" for who in people]
        case Choice(options) if name == "rating":
            return options[-1].key
    return fitting(field)


def play(house: CycleHouse, records: Work, form: Form, text: str) -> list[Reply]:
    """Open a form and send its screens; what was refused for the text is sent once more without it."""
    who, name, subject = form
    keys, act = count(), Act("open", (name, subject))
    replies: list[Reply] = []
    seen: set[str] = set()

    def receive(what: Press | Submit) -> Reply:
        reply = house.front.receive(records, account(who), f"{form} {next(keys)}", what, NOW)
        check_drawn(act, reply)
        replies.append(reply)
        return reply

    reply = receive(Press(act, "modal", said={}))
    assert isinstance(reply.what, Show), f"{form}: {reply.what}"
    for _ in range(MOST_SCREENS):
        screen = reply.what.screen if isinstance(reply.what, Show) else None
        if screen is None or screen.submit is None or screen.place is None:
            return replies
        fields = [element for element in screen.body if isinstance(element, Field)]
        said = {one.name: given for one in fields if (given := answer(form, one, text)) is not None}
        reply = receive(Submit(screen.place, said))
        if isinstance(reply.what, Wrong):
            for words in reply.what.problems.values():
                assert words.en
                assert words.zh
            said |= dict.fromkeys(reply.what.problems, "Fits")
            reply = receive(Submit(screen.place, said))
        assert not isinstance(reply.what, Wrong), f"{form}: {reply.what}"
        if not fields or str(fields) in seen:
            return replies  # looked through and sent, or refused as a whole
        seen.add(str(fields))
    raise AssertionError(f"{form} never ends: {replies[-1]}")


def was_kept(records: Work, house: CycleHouse, form: Form, text: str, replies: list[Reply]) -> None:
    """What was not refused stands in the answers as it was typed, but for what no text holds."""
    found = records.conversations.find(form[1], house.people[form[0]].id, form[2])
    assert found, form
    wrong = any(isinstance(reply.what, Wrong) for reply in replies)
    given = [value for page in found.answers.values() for value in page.values() if isinstance(value, str)]
    if form[1] in TYPED and not wrong and clean(text).strip():
        assert clean(text).strip() in [value.strip() for value in given], (form, given)


TYPED = ("nomination-reject", "review-decline", "review", "guest-invite", "comment-decide", "comments-look",
         "calibration-move", "calibration-exception", "result-withhold", "calibration-new")  # fmt: skip


def looked_at(house: CycleHouse, records: Work, every: Sequence[Form]) -> None:
    """Every screen on which what was written may stand by now."""
    cycles, ids = house.cycles, {name: str(person.id) for name, person in house.people.items()}
    naming, writing, closed, now = (
        str(cycles[one]) for one in ("naming", "reviewing", "closed", "calibrating")
    )
    screens: list[tuple[str, tuple[str, ...]]] = [
        ("mei", ("nominations-of", naming, PEERS, ids["lin"])), ("lin", ("nominations",)), ("mei", ("approvals",)),
        ("mei", ("project-reviewers",)), ("mei", ("score-list",)), ("mei", ("guests",)), ("mei", ("results-team",)),
        ("mei", ("reviews-of", writing, ids["tom"])), ("mei", ("result-explained", writing, ids["tom"])),
        ("hanna", ("calibrations",)), ("hanna", ("calibration", "1")), ("hanna", ("comments-about", closed, ids["lin"])),
        ("ned", ("calibration-person", f"1/{ids['tom']}")), ("hanna", ("cycle-withheld", now)),
        ("hanna", ("cycle-release", now)), ("hanna", ("cycle-results", now)),
    ]  # fmt: skip
    screens += [
        (who, (name,)) for who in ("lin", "mei", "hanna") for name in ("home", "reviews", "rules", "todo")
    ]
    screens += [(who, ("review-own", subject)) for who, flow, subject in every if flow == "review"]
    found = records._connection.exec_driver_sql("SELECT id, author FROM review").all()
    screens += [(house.names[author], ("review-read", str(number))) for number, author in found]
    for number, (who, about) in enumerate(screens):
        act = Act("see", about)
        reply = house.front.receive(records, account(who), f"l {number}", Press(act, "modal", said={}), NOW)
        check_drawn(act, reply)


@pytest.mark.parametrize("number", range(len(SAID)))
def test_a_text_in_every_field_is_kept_or_refused_in_words(house: CycleHouse, number: int) -> None:
    every = forms(house)
    with house.trying() as (records, _):
        for form in every:
            replies = play(house, records, form, SAID[number])
            was_kept(records, house, form, SAID[number], replies)
        looked_at(house, records, every)


def test_what_fits_is_kept(house: CycleHouse) -> None:
    """Else that nothing breaks would be no news."""
    for form in forms(house):
        with house.trying() as (records, _):
            replies = play(house, records, form, "Sells more than all")
            found = records.conversations.find(form[1], house.people[form[0]].id, form[2])
            assert found, form
            assert found.state == "done", (form, replies[-1])


@pytest.mark.parametrize("text", [*SCORES, *(text[:3000] for text in TEXTS)])
def test_a_line_of_scoring_is_recorded_or_refused_in_words(house: CycleHouse, text: str) -> None:
    for line in (
        text,
        f"Tom {text}",
        f"tom@example.com results={text} {text}",
        f'Tom 2 "{text}',
        f"<@{text}> 2",
    ):
        with house.trying() as (records, _):
            what = Command("score", line)
            reply = house.front.receive(records, account("mei"), "line", what, NOW)
            assert reply.what is not None
            check_drawn(Act("do", ("score", line)), reply)


def test_names_with_braces_are_names(house: CycleHouse) -> None:
    """Of people, cycles, sessions and guests: they stand in sentences, and are none."""
    hostile = "{0.__class__} {name} %s {"
    every = forms(house)
    with house.trying() as (records, connection):
        for statement in ("UPDATE person SET name = ?", "UPDATE cycle SET name = ?", "UPDATE calibration SET name = ?",
                          "UPDATE guest SET name = ?"):  # fmt: skip
            connection.exec_driver_sql(statement, (hostile,))
        for form in every:
            replies = play(house, records, form, "A text")
            assert "class '" not in told(replies)
        looked_at(house, records, every)
