"""Everything that is kept about somebody: they can have it, see who looked, ask for corrections, and it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flows.people.mine.subjects import COLUMNS, SUBJECTS
from tests.stories.conftest import MONDAY_BERLIN
from tests.stories.releasing import OPENS, ready, release

DAY = timedelta(days=1)
SAID = "Fixed the login page with Priya Nair and 陈伟"


def checked_in(town: Any) -> Any:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    kavya.fill(done=SAID, next="The release", blockers="<b>No key</b>")
    assert kavya.submit() == {}
    kavya.close()
    return kavya


def file_of(player: Any) -> str:
    player.command("/perf my-data")
    player.touch("Send me the file")
    name, content = player.files()[-1]
    assert name == "my-data.html"
    return str(content.decode())


def test_everything_about_me_comes_as_a_file_without_others_names(town: Any) -> None:
    kavya, wei = checked_in(town), town.player("chenwei")
    wei.command("/kudos kavya@example.com 陈伟认为她做得很好")
    page = file_of(kavya)
    assert "Kavya Iyer" in page
    assert "Fixed the login page with Priya Nair and [a colleague]" in page, (
        "names of those around are left out"
    )
    assert "陈伟" not in page
    assert "[a colleague]认为她做得很好" in page
    assert "&lt;b&gt;No key&lt;/b&gt;" in page, "what people wrote is text"
    assert "<script" not in page
    assert "kavya@example.com" in page
    assert "chenwei@example.com" not in page


def test_who_opened_my_record_is_told_to_me_and_to_nobody_else(town: Any) -> None:
    kavya, wei = checked_in(town), town.player("chenwei")
    kavya.command("/perf my-data")
    assert "Nobody but you." in kavya.window()
    for _ in range(2):
        wei.command("/checkin team")
        wei.touch("打开", beside="Kavya Iyer")
    kavya.command("/perf my-data")
    assert "Monday 2 March · 陈伟 · a check-in" in kavya.window()
    assert kavya.window().count("陈伟 ·") == 1, "once a day"
    wei.command("/perf my-data")
    assert "只有你自己。" in wei.window()


def test_a_result_stands_in_the_file_once_it_is_open(quiet_town: Any) -> None:
    town = quiet_town
    ready(town, kavya=("wangqiang", "zhangmin", "jonas"))
    release(town)
    kavya = town.player("kavya")
    before = file_of(kavya)
    assert "Reviews about you" not in before
    assert "Your results" not in before
    town.to(OPENS + 12 * timedelta(hours=1))
    after = file_of(kavya)
    assert "Your results" in after
    assert "Reviews about you" in after
    for name in ("陈伟", "王强", "张敏", "Jonas Weber"):
        assert name not in after


def test_something_is_wrong_and_hr_answers(quiet_town: Any) -> None:
    town = quiet_town
    kavya, marta = town.player("kavya"), town.player("marta")
    kavya.command("/perf my-data")
    kavya.touch("Something is wrong")
    assert "HR reads this, and nobody else." in kavya.window()
    kavya.fill(what="I was hired in 2022")
    assert kavya.submit() == {}
    town.to(town.now() + 3 * DAY)
    assert [text for text in marta.messages() if "A request about somebody's own data" in text]
    assert "hired in 2022" not in "".join(marta.messages())
    marta.command("/perf data-requests")
    marta.touch("Answer")
    assert "I was hired in 2022" in marta.window()
    marta.fill(state="done", answer="Corrected in the directory")
    assert marta.submit() == {}
    kavya.command("/perf my-data")
    assert "HR: Corrected in the directory" in kavya.window()
    wei = town.player("chenwei")
    wei.command("/perf data-requests")
    assert "hired" not in wei.window() + wei.aside()


def test_what_is_erased_is_gone_and_what_others_rest_on_stays(town: Any) -> None:
    kavya, marta = checked_in(town), town.player("marta")
    kavya.command("/perf my-data")
    kavya.touch("Ask for erasure")
    kavya.fill(what="Please")
    assert kavya.submit() == {}
    marta.command("/perf data-requests")
    marta.touch("Answer")
    assert "It can't be taken back." in marta.window()
    marta.fill(state="done", answer="Done")
    assert marta.submit() == {}
    page = file_of(kavya)
    assert "Fixed the login page" not in page
    assert "Please" in page, "the request itself is how HR shows that it was done"
    wei = town.player("chenwei")
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert "Fixed the login page" not in wei.window()


def test_texts_end_after_the_months_that_hr_has_chosen(quiet_town: Any) -> None:
    town = quiet_town
    priya, lina, marta = town.player("priya"), town.player("lina"), town.player("marta")
    priya.command("/kudos lina@example.com Wrote the interface guide")
    marta.command("/perf retention")
    marta.fill(texts="12", ratings="6")
    marta.submit()
    assert "please keep ratings at least as long as texts" in marta.window()
    marta.touch("Edit") if "Edit" in marta.window() else None
    marta.fill(ratings="48")
    marta.submit()
    assert "It holds from tonight on." in marta.window()
    lina.command("/kudos list")
    assert "Wrote the interface guide" in lina.window()
    town.to(datetime(2027, 2, 27, 9, tzinfo=UTC))
    lina.command("/kudos list")
    assert "Wrote the interface guide" in lina.window()
    town.to(datetime(2027, 3, 3, 9, tzinfo=UTC))
    lina.command("/perf my-data")
    assert "文字内容 12 个月" in lina.window()
    lines = town.records(
        lambda records: records.audit.latest("retention.let_go", datetime(2027, 1, 1, tzinfo=UTC))
    )
    assert [detail["praise"] for _, _, detail in lines if "praise" in detail] == [1]


def test_only_hr_of_all_says_how_long(bare_quiet_town: Any) -> None:
    for name in ("kavya", "chenwei", "priya"):
        player = bare_quiet_town.player(name)
        player.command("/perf retention")
        assert "Months" not in player.window()


def test_everything_that_the_file_shows_has_a_name_to_be_read_by() -> None:
    assert {name for one in SUBJECTS for name in one.shown} - {"titles"} <= COLUMNS.keys()


def test_what_was_noted_of_a_talk_for_both_is_in_it_and_what_was_not_is_not(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    wei, kavya = town.player("chenwei"), town.player("kavya")
    for said, readers in (("Agreed to try the night shift", "shared"), ("Might leave", "mine")):
        wei.command("/1on1 kavya@example.com")
        wei.touch("写记录")
        wei.fill(said=said, readers=readers)
        for _ in range(3):
            assert wei.submit() == {}
        wei.close()
    page = file_of(kavya)
    assert "Agreed to try the night shift" in page
    assert "Might leave" not in page
