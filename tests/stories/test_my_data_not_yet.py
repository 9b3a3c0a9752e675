"""My data shows nothing that its person may not read elsewhere: no steps on the way, and nothing before its day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.core.screen import Line
from flows.people.mine.openings import openings_shown
from flows.people.mine.records import Opening
from flows.people.mine.subjects import SUBJECTS
from flows.results.computing import rate as set_rating
from flows.reviews.guests.visiting import send, visit
from tests.stories.appealing import DAY, HOUR, check, decide, file, look, opened, seated, theirs
from tests.stories.quarter import go
from tests.stories.releasing import OVER, launched, person, rate, ready, release
from tests.stories.reviewing import write
from tests.stories.rewarding import fresh, open_reward, propose
from tests.stories.rewarding import opened as rewarded
from tests.stories.test_external_reviews import CUSTOMERS, invited
from tests.stories.test_improvement_plan import FIRST, agree, begun
from tests.stories.test_release import COLLEAGUES, PRIVATE, SHANGHAI


def file_of(player: Any) -> str:
    """The newest file about oneself, in whatever language one reads."""
    if player.window():
        player.close()
    player.command("/perf my-data")
    player.touch("发送文件" if player.title() == "我的数据" else "Send me the file")
    return str(player.files()[-1][1].decode())


def part(page: str, title: str) -> str:
    """What stands under a title."""
    return page.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]


def test_what_a_panel_proposes_stays_with_the_panel(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    kavya = town.player("kavya")
    file(kavya)
    appeal = theirs(town, cycle, "kavya")
    check(town, appeal)
    decide(town, "anna", appeal, "rejected", "The date was moved in January")
    kavya.command("/appeal")
    kavya.touch("Go on to a panel")
    first, second, _ = seated(town, appeal, 2)
    decide(town, first, appeal, "upheld", "It was finished in time", rating="B", **{"part-results": "2"})
    page = file_of(kavya)
    assert "The date was moved in January" in page
    assert "It was finished in time" not in page, "nothing is decided by one of three"
    assert "proposed" not in part(page, "How an appeal went")
    other = look(town, second, appeal)
    other.touch("同意" if other.title() == "申诉" else "I agree")
    assert "It was finished in time" in file_of(kavya)


def test_a_result_stands_there_as_it_was_opened_without_the_ratings_before(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town)

    def calibrated(records: Any) -> None:
        wei, lina = (records.people.by_email(f"{name}@example.com") for name in ("chenwei", "lina"))
        its = records.cycles.get(cycle)
        set_rating(records, its, lina.id, "calibrated", "C", "Emily's people did more", wei, town.now())

    town.records(calibrated)
    release(town)
    town.to(SHANGHAI + 15 * HOUR)
    page = file_of(town.player("lina"))
    results = part(page, "你的结果")
    assert ">calibrated<" in results
    assert ">computed<" in results
    assert ">manager<" not in results, "what the manager had proposed is read by managers and HR"
    assert "did more" not in page, "what was said in the calibration stays there"


def test_private_questions_of_groups_and_customers_are_not_in_the_file(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    first = PRIVATE.phases[0]
    template = replace(
        PRIVATE,
        phases=(*PRIVATE.phases, replace(first, name="customers", review="external")),
        reviews={**PRIVATE.reviews, "external": CUSTOMERS.reviews["external"]},
    )
    cycle = launched(town, template, lina=COLLEAGUES)
    for author in COLLEAGUES:
        write(
            town.player(author), person(town, "lina").name, helps="3", keep="Go on", ready="She is ready", risk="She may leave"
        )  # fmt: skip
    token = invited(town.player("chenwei"), "吴女士", "李娜", "邀请")
    assert not town.records(
        lambda records: send(records, visit(records, token, town.now()), {"results": "3", "why": "按时交付"}, town.now())
    )  # fmt: skip
    rate(town, cycle)
    go(town, OVER)
    release(town)
    town.to(SHANGHAI + 15 * HOUR)
    page = file_of(town.player("lina"))
    assert "Go on" in page
    assert "外部评估" in page
    for said in ("She is ready", "She may leave", "按时交付"):
        assert said not in page


def test_a_reward_is_not_given_away_before_its_day(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    rewarded(town)
    chenwei, marta, lina = (town.player(name) for name in ("chenwei", "marta", "lina"))
    propose(chenwei, "李娜", "bonus", amount="3000", valid_from="2026-05-01", why="发布周的表现")
    open_reward(marta, "李娜")
    marta.touch("Approve")
    page = file_of(lina)
    assert "reward.there" not in page, "what will be told is not told yet"
    assert "发布周的表现" not in page
    assert "Marta Klein · 奖励" not in lina.window(), "that somebody looked at one tells that there is one"
    fresh(lina)
    go(town, OVER + 21 * DAY - timedelta(hours=9))  # the day has begun in Shanghai, its morning has not
    assert "发布周的表现" not in file_of(lina)
    town.to(OVER + 22 * DAY)
    fresh(lina)
    page = file_of(lina)
    assert "发布周的表现" in page
    assert "reward.there" in page
    fresh(marta)
    open_reward(marta, "李娜")
    lina.command("/perf my-data")
    assert "Marta Klein · 奖励" in lina.window()


def test_that_a_result_is_withheld_is_not_told_by_the_file(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    marta = release(town)
    before = file_of(town.player("kavya"))
    assert ">view<" not in before, "what is to come is not asked yet"
    fresh(marta)
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("kavya"), why="Her leave is not settled")
    assert marta.submit() == {}
    town.to(SHANGHAI + 15 * HOUR)
    page = file_of(town.player("kavya"))
    assert "withheld" not in page
    assert "not settled" not in page
    assert ">view<" in file_of(town.player("jonas"))


def test_short_names_and_mentions_are_taken_out_and_words_stay_whole(bare_quiet_town: Any) -> None:
    town = bare_quiet_town

    def renamed(records: Any) -> None:
        wei = records.people.by_email("chenwei@example.com")
        records.people.save(replace(wei, name="An"))

    town.records(renamed)
    kavya, lina = town.player("kavya"), town.player("lina")
    lina.command("/kudos kavya@example.com Another plan with An, An认为 <@U0123ABC|wei> and <@U0456DEF> 好")
    page = file_of(kavya)
    assert "Another plan with [a colleague], [a colleague]认为" in page
    assert "U0123ABC" not in page
    assert "U0456DEF" not in page


def test_whoever_had_to_do_with_it_is_not_named_however_far_away(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    emily, kavya = town.player("emily"), town.player("kavya")
    emily.command("/kudos kavya@example.com Emily Carter thanks you")
    page = file_of(kavya)
    assert "[a colleague] thanks you" in page
    assert "Emily" not in page


def test_who_opened_the_record_is_listed_for_more_than_a_season(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    kavya, wei = person(town, "kavya"), person(town, "chenwei")
    today = town.now().date()

    def looked(records: Any) -> list[str]:
        for n in range(100):
            records.openings.note(Opening(kavya.id, wei.id, "checkin", today - n * DAY))
        return [one.words.en for one in openings_shown(records, kavya) if isinstance(one, Line)]

    assert len(town.records(looked)) == 100


def test_no_form_shows_the_ids_of_colleagues() -> None:
    """Whoever is chosen in a form is kept by id: each such question is known to the file."""
    asked = set()
    for path in Path("flows").rglob("*.py"):
        source = path.read_text()
        asked |= {*re.findall(r'Question\("(\w+)",[^\n]*Someone\(\)', source)}
        asked |= {*re.findall(r"^    (\w+): [^=\n]+= (?:person|people)\(", source, re.M)}
    assert len(asked) > 5
    (forms,) = (subject for subject in SUBJECTS if subject.table == "conversation")
    assert asked - {*forms.ids} == set()


def test_an_improvement_plan_stands_there_from_its_publishing_on(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    kavya = town.player("kavya")
    assert FIRST not in file_of(kavya)
    agree(town)
    page = file_of(kavya)
    assert FIRST in page
    assert "published" in part(page, "How an improvement plan went")
    assert "asked" not in part(page, "How an improvement plan went"), (
        "what the manager and HR said stays there"
    )
