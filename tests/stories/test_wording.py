"""HR asks for other words before anonymous comments are shown, and neither learns nor shows whose they are."""

from __future__ import annotations

from typing import Any

import pytest

from flows.reviews.records import Flag
from tests.stories.quarter import WEEK, go
from tests.stories.releasing import OVER as REVIEWS_OVER
from tests.stories.releasing import RELEASED, launched, person, rate, ready, release
from tests.stories.reviewing import write
from tests.stories.test_hr_runs_a_cycle import fill_in

COLLEAGUES = ("wangqiang", "zhangmin", "jonas")
NOBODY = ("没有（更多）可以查看的评语", "Nobody (else) has comments")


def opened(town: Any) -> Any:
    """HR reads what is said of Lina."""
    marta = town.player("marta")
    marta.command("/cycle comments")
    marta.touch("Read", beside="李娜")
    return marta


def decide(town: Any, text: str, what: str, why: str = "Please stay with the work.") -> str:
    marta = opened(town)
    marta.touch("Not like this …", beside=text)
    marta.fill(what=what, why=why)
    assert marta.submit() == {}
    return str(marta.window())


def look(town: Any, name: str) -> Any:
    """Somebody follows the notice that came with their next message."""
    player = town.player(name)
    player.press("Look" if "Look" in player.buttons() else "查看")
    return player


def asked(player: Any) -> bool:
    return any(
        "look at their comments once more" in text or "再看一次自己的评语" in text
        for text in player.messages()
    )


def flags(town: Any, cycle: int) -> list[Flag]:
    return town.records(lambda records: records.flags.of_cycle(cycle))  # type: ignore[no-any-return]


def test_the_author_alone_finds_what_hr_asks_and_nothing_shows_who_it_was(quiet_town: Any) -> None:
    town = quiet_town
    cycle = ready(town, lina=COLLEAGUES, kavya=("ana",))
    window = opened(town).window()
    assert all(f"Keep lina {n}" in window for n in range(3))
    names = [person(town, name).name for name in COLLEAGUES]
    assert not any(name in window for name in names)
    assert "You have asked for other words" in decide(
        town, "Keep lina 1", "reword", "Less about the person, please."
    )
    assert "You have asked for other words" in opened(town).window()

    go(town, REVIEWS_OVER + WEEK / 7)
    players = [town.player(name) for name in COLLEAGUES]
    assert all(asked(player) for player in players)
    assert not asked(town.player("ana")), "nobody else is bothered"
    texts = {player.messages()[-1].replace("查看", "Look") for player in players}
    assert not any("李娜" in text or "Li Na" in text or "Less about" in text for text in texts)

    for name in ("wangqiang", "jonas"):
        other = look(town, name)
        assert "没有被标记" in other.window() or "Nothing of yours is marked" in other.window()
        assert "Less about" not in other.window()
        other.fill(seen="yes")
        assert other.submit() == {}
    zhangmin = look(town, "zhangmin")
    assert "Less about the person, please." in zhangmin.window()
    zhangmin.fill(keep="Explains well when somebody is stuck.", seen="yes")
    assert zhangmin.submit() == {}

    ids = [person(town, name).id for name in COLLEAGUES]
    kept = town.records(
        lambda records: [records.conversations.find("comments-look", one, f"{cycle}/peers") for one in ids]
    )
    assert len({(one.state, one.revision, one.at) for one in kept}) == 1, "one way through it for all"
    assert [flag.state for flag in flags(town, cycle)] == ["reworded"]
    window = opened(town).window()
    assert "Explains well when somebody is stuck." in window
    assert "Keep lina 1" not in window
    marta = town.player("marta")
    marta.command("/cycle comments")
    assert "Put in other words: 1" in marta.window()
    sent = town.records(lambda records: list(records.audit.latest("comment.reword", REVIEWS_OVER - WEEK)))
    assert [(thing, dict(detail)) for _, thing, detail in sent] == [(f"cycle/{cycle}", {})]


def test_what_is_withheld_takes_those_along_that_would_be_too_few(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, lina=(*COLLEAGUES, "ana"))
    assert "Withheld" in decide(town, "Keep lina 0", "withheld")
    release(town)
    lina = person(town, "lina").id
    shown = town.records(lambda records: records.sealed.answers(cycle, lina))
    assert sorted(one.answer for one in shown) == ["Keep lina 1", "Keep lina 2", "Keep lina 3"]
    assert flags(town, cycle) == []


def test_below_the_threshold_none_of_them_is_shown(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, lina=COLLEAGUES)
    decide(town, "Keep lina 0", "withheld")
    release(town)
    lina = person(town, "lina").id
    assert town.records(lambda records: records.sealed.answers(cycle, lina)) == []
    assert town.records(lambda records: records.sealed.groups(cycle, lina))[0].shown


def test_what_nobody_put_in_other_words_is_not_shown_and_hr_may_change_its_mind(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = ready(town, lina=(*COLLEAGUES, "ana"))
    decide(town, "Keep lina 0", "reword")
    decide(town, "Keep lina 1", "withheld")
    decide(town, "Keep lina 1", "kept")
    release(town)
    lina = person(town, "lina").id
    shown = town.records(lambda records: records.sealed.answers(cycle, lina))
    assert sorted(one.answer for one in shown) == ["Keep lina 1", "Keep lina 2", "Keep lina 3"]


def test_nothing_is_there_while_they_are_written_of_small_groups_and_after_the_release(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    cycle = launched(town, RELEASED, lina=COLLEAGUES, kavya=COLLEAGUES[:2])
    for about, name in (("lina", "李娜"), ("kavya", "Kavya Iyer")):
        for author in COLLEAGUES[: 3 if about == "lina" else 2]:
            write(town.player(author), name, helps="2", keep=f"Keep {about}")
    marta = town.player("marta")
    marta.command("/cycle comments")
    assert any(words in marta.window() for words in NOBODY)
    rate(town, cycle)
    go(town, REVIEWS_OVER)
    marta.command("/cycle comments")
    assert "李娜" in marta.window()
    assert "Kavya" not in marta.window()
    release(town)
    marta.command("/cycle comments")
    assert any(words in marta.window() for words in NOBODY)


@pytest.mark.parametrize("name", ["chenwei", "lina", "wangqiang"])
def test_who_is_not_hr_finds_nothing(bare_quiet_town: Any, name: str) -> None:
    ready(bare_quiet_town, lina=COLLEAGUES)
    player = bare_quiet_town.player(name)
    player.command("/cycle comments")
    assert "Keep lina" not in player.window()
    assert "李娜" not in player.window()


def test_nobody_is_given_more_time_for_what_is_counted_together(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launched(town, RELEASED, lina=(*COLLEAGUES, "ana"))
    for author in COLLEAGUES:
        write(town.player(author), "李娜", helps="2", keep="Keep lina")
    marta = town.player("marta")

    def extend(last: str) -> str:
        marta.command("/cycle extend")
        fill_in(marta, person=town.mention("ana"))
        fill_in(marta, phase="peers", last=last)
        marta.submit()
        return str(marta.window())

    assert "has until Monday 16 March" in extend("2026-03-16")
    go(town, REVIEWS_OVER)
    marta.command("/cycle comments")
    assert any(words in marta.window() for words in NOBODY), "one of them still has time"
    assert "has until Tuesday 17 March" in extend("2026-03-17"), "and may be given more while they have"
    go(town, REVIEWS_OVER + 3 * WEEK / 7)
    marta.command("/cycle comments")
    assert "李娜" in marta.window()
    assert "are counted together" in extend("2026-03-25")
