"""Somebody was asked about a colleague and may read about them as well: what it tells, and what it doesn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.cycle.hr.extending import Extension, keep_extension
from flows.results.explaining import result_explained
from flows.results.gathering import gather
from flows.results.records import Session
from flows.results.shown.result import result
from flows.results.simulating import way_of
from flows.results.trying import look
from flows.reviews.published import NOT_YOURS, published, published_comments
from flows.reviews.wording.comments import comments_about_somebody
from flows.reviews.wording.comments import find as find_comments
from tests.messengers.plain import lines
from tests.stories.quarter import go
from tests.stories.releasing import OVER, RELEASED, launched, person, rate, ready, release
from tests.stories.reviewing import write

WROTE, ONLY_ASKED = "zhangmin", "arjun"
ASKED = ("wangqiang", WROTE, "jonas", ONLY_ASKED)


def written(town: Any, rating: str = "A") -> int:
    """Three of the four who were asked about Li Na have written; it is over, and nobody has looked."""
    cycle = launched(town, RELEASED, lina=ASKED)
    for author in ASKED[:3]:
        write(town.player(author), "李娜", helps="2", keep=f"by {author}")
    rate(town, cycle, {"lina": rating})
    return cycle


def session(town: Any, cycle: int, *names: str) -> None:
    """Li Na's result is calibrated by Marta and these."""

    def keep(records: Any) -> None:
        marta = records.people.by_email("marta@example.com")
        several = (marta.id, *(records.people.by_email(f"{name}@example.com").id for name in names))
        known = records.sessions.of_cycle(cycle)
        if known:
            records.sessions.save(replace(known[0], participants=several))
        else:
            made = records.sessions.save(Session(0, cycle, "S", "open", several, marta.id, town.now()))
            records.sessions.seat(made, [records.people.by_email("lina@example.com").id])

    town.records(keep)


def seen(town: Any, cycle: int) -> tuple[Any, list[str]]:
    """What is published about Li Na."""

    def look(records: Any) -> tuple[Any, list[str]]:
        known, lina = records.cycles.get(cycle), records.people.by_email("lina@example.com").id
        groups = [(one.shown, one.averages) for one in published(records, known, [lina], town.now())]
        comments = published_comments(records, known, lina, town.now())
        return groups, sorted(one.answer for one in comments)

    found: tuple[Any, list[str]] = town.records(look)
    return found


def becomes_hr(town: Any, name: str) -> None:
    whose = person(town, name)
    town.records(lambda records: records.people.save(replace(whose, roles=("hr",))))


def screen(town: Any, view: Any, name: str, *about: str, language: str = "en") -> str:
    """Everything that somebody reads on a screen."""
    actor = person(town, name)
    shown = town.records(lambda records: view.screen(records, actor, about, town.now()))
    return "\n".join(lines(shown.body, language))


def test_seating_somebody_never_tells_whether_they_wrote(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = written(town)
    session(town, cycle)
    go(town, OVER)
    before = seen(town, cycle)
    assert before[0] == [(True, {"helps": "2.0"})]
    for name in (WROTE, ONLY_ASKED, "anna"):
        session(town, cycle, name)
        assert seen(town, cycle) == before


@pytest.mark.parametrize("name", [WROTE, ONLY_ASKED])
def test_a_reader_who_was_asked_costs_one_answer_whether_or_not_they_wrote(
    bare_quiet_town: Any, name: str
) -> None:
    town = bare_quiet_town
    cycle = written(town)
    session(town, cycle, name)
    go(town, OVER)
    assert seen(town, cycle) == ([(False, {})], [])
    session(town, cycle)
    assert seen(town, cycle) == ([(False, {})], []), "what was withheld once stays so"


def test_who_reads_later_and_was_asked_is_not_shown_the_group(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, RELEASED, lina=ASKED)
    becomes_hr(town, ONLY_ASKED)
    lina = str(person(town, "lina").id)
    assert "Keep lina" in screen(town, comments_about_somebody, "marta", str(cycle), lina)
    later = screen(town, comments_about_somebody, ONLY_ASKED, str(cycle), lina)
    assert NOT_YOURS.en in later
    assert "Keep lina" not in later
    arjun = person(town, ONLY_ASKED)
    with pytest.raises((Refusal, NotThere)):
        town.records(lambda records: find_comments.act(records, arjun, ("李娜",), town.now()))

    release(town)
    go(town, town.now() + timedelta(days=3))
    becomes_hr(town, WROTE)
    average = "2.0 of 3"
    marta = screen(town, result, "marta", str(cycle), lina)
    assert average in marta
    assert "Keep lina 0" in marta
    assert average in screen(town, result_explained, "marta", str(cycle), lina)
    for name in (WROTE, ONLY_ASKED):
        for view in (result, result_explained):
            said = screen(town, view, name, str(cycle), lina)
            assert NOT_YOURS.en in said
            assert NOT_YOURS.zh in screen(town, view, name, str(cycle), lina, language="zh")
            assert average not in said
            assert "Keep lina" not in said
            assert "Score" in said, "the score itself is theirs to see"


def test_a_trial_of_another_template_does_not_tell_what_the_group_counts_for(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = written(town, "C")
    go(town, OVER)
    release(town)
    go(town, town.now() + timedelta(days=3))
    other = replace(RELEASED, name="other", weights={"results": Decimal(30), "peers": Decimal(70)})
    becomes_hr(town, WROTE)

    def why(name: str) -> str:
        actor, lina = person(town, name), person(town, "lina").id
        found = town.records(
            lambda records: look(records, actor, records.cycles.get(cycle), way_of(other), None, town.now())
        )
        return next(str(one.why.en) for one in found.trials if one.person == lina)

    assert "30% × 66.67 → 70% × 66.67" in why("marta")
    assert why(WROTE) == ""


def test_while_somebody_has_more_time_the_score_says_that_it_is_too_early(bare_quiet_town: Any) -> None:
    """Not that nobody has answered: the group is not closed before the last of them has no time any more."""
    town = bare_quiet_town
    cycle = launched(town, RELEASED, lina=ASKED)
    hr, lina = person(town, "marta"), person(town, "lina").id
    more = Extension(lina, "peers", date(2026, 3, 25))
    town.records(lambda records: keep_extension(records, hr, str(cycle), more, town.now()))
    go(town, OVER)

    def part(records: Any) -> Any:
        return gather(records, records.cycles.get(cycle), ["peers"], [lina], town.now())[lina][0].source

    assert town.records(part) == {"missing": "not_yet"}
    assert seen(town, cycle) == ([], [])
    go(town, OVER + timedelta(days=12))
    assert town.records(part)["missing"] == "too_few"
    with pytest.raises(Refusal, match="is over and its answers are counted"):
        town.records(
            lambda records: keep_extension(
                records, hr, str(cycle), replace(more, last=date(2026, 4, 20)), town.now()
            )
        )
