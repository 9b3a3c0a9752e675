"""The page of external reviewers over the real application: once, in time, escaped, and nothing else reachable."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from starlette.applications import Starlette

from bot.clock import VirtualClock
from bot.guests import A_MINUTE, BACK, GUESSES_A_MINUTE, MOST, GuestPages, Limits
from bot.metrics import Metrics
from flows.core.kinds import Choices, Rating, Text, YesNo
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words
from flows.cycle.kept import Audience, Cycle
from flows.cycle.template import Phase, Review, Template
from flows.people.person import Person
from flows.reviews.guests.visiting import OVER, SENT, UNKNOWN, USED
from flows.reviews.records import Guest
from storage.engine import Store, open_store

NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
STEPS = tuple(Option(str(n), Words(f"Step {n}", f"{n} 级"), Words("Looks so", "如此")) for n in (1, 2, 3))
HOSTILE = "<script>alert(1)</script> & \"quotes\" '{{ 7*7 }}'"
FORM = Review(
    "external",
    Words("Customer review", "客户评价"),
    (
        Question("agreed", Words("Was the work as agreed?", "是否按约定完成？"), Rating(STEPS, unknown=True)),
        Question("said", Words("What went well?", "哪些做得好？"), Text(4)),
        Question("again", Words("Would you work together again?", "愿意再次合作吗？"), YesNo(), optional=True),
        Question(
            "areas", Words("In which areas?", "哪些方面？"),
            Choices((Option("a", Words("Speed", "速度")), Option("b", Words("Quality", "质量")))), optional=True,
        ),
        Question("for-hr", Words("Anything for HR?", "想对 HR 说的？"), Text(2), optional=True),
    ),
    private={"for-hr": "hr"},
)  # fmt: skip
TEMPLATE = Template(
    "t", Words("Review", "评估"), "quarter",
    (Phase("customers", Words("Customers", "客户"), 0, 20, "review", review="external"),),
    {"external": FORM},
)  # fmt: skip


@dataclass
class House:
    """The pages over a database with one cycle, in which somebody outside is asked about Ann."""

    store: Store
    clock: VirtualClock
    pages: GuestPages
    guest: Guest
    token: str

    def browse(self, work: Callable[[httpx.AsyncClient], Coroutine[Any, Any, Any]]) -> Any:
        async def story() -> Any:
            app = httpx.ASGITransport(Starlette(routes=[self.pages.route()]))
            async with httpx.AsyncClient(transport=app, base_url="https://bot.example") as client:
                return await work(client)

        return asyncio.run(story())

    def get(self, token: str | None = None, **more: Any) -> httpx.Response:
        path = f"/r/{self.token if token is None else token}"
        answer: httpx.Response = self.browse(lambda client: client.get(path, **more))
        return answer

    def post(self, said: dict[str, Any], token: str | None = None, **headers: str) -> httpx.Response:
        path = f"/r/{token or self.token}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer: httpx.Response = self.browse(lambda client: client.post(path, data=said, headers=named))
        return answer

    def proof(self) -> str:
        found = re.search(r'name="proof" value="([0-9a-f]+)"', self.get().text)
        assert found
        return found[1]

    def filled(self, **more: Any) -> dict[str, Any]:
        said = {"q.agreed": "3", "q.said": "All of it", "act": "send", "proof": self.proof()}
        return said | more

    def kept(self) -> Guest:
        with self.store.work() as records:
            found = records.guests.get(self.guest.id)
        assert found
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = VirtualClock(NOW, speed=0)
    store = open_store(f"sqlite:///{tmp_path / 'perfloop.db'}", clock.now)
    with store.work() as records:
        hr = records.people.save(person("hana", roles=("hr",)))
        ann = records.people.save(person("Ann <b>Bold</b>"))
        cycle = records.cycles.save(
            Cycle(0, "live", "Q1", date(2026, 3, 9), TEMPLATE, Audience(), hr.id, NOW, launched_at=NOW)
        )
        ends = NOW + timedelta(days=7)
        new = Guest(0, cycle.id, "customers", ann.id, "Ms Wu", "Wu Ltd", "en", "", hr.id, NOW, ends)
        guest, token = records.guests.invite(new)
    with ThreadPoolExecutor(1) as executor:
        pages = GuestPages(store, executor, clock, Metrics(), Limits(clock))
        yield House(store, clock, pages, guest, token)
    store.close()


def person(name: str, roles: tuple[str, ...] = ()) -> Person:
    email = f"{len(name)}@example.com"
    return Person(0, email, name, None, "Sales", "", "", roles, "UTC", "en", None, None, None, True)


def test_the_form_opens_in_the_language_of_the_invitation_and_shows_nothing_but_the_form(
    house: House,
) -> None:
    answer = house.get()
    assert answer.status_code == 200
    assert "Was the work as agreed?" in answer.text
    assert "Read by HR alone." in answer.text
    assert "Ann &lt;b&gt;Bold&lt;/b&gt;" in answer.text
    assert "<script" not in answer.text
    assert "example.com" not in answer.text
    assert "hana" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_it_is_sent_once(house: House) -> None:
    answer = house.post(house.filled())
    assert (answer.status_code, SENT.en in answer.text) == (200, True)
    assert house.kept().answers == {
        "agreed": "3",
        "said": "All of it",
        "again": None,
        "areas": None,
        "for-hr": None,
    }
    again = house.post({"q.agreed": "1", "q.said": "Changed", "act": "send"})
    assert (again.status_code, USED.en in again.text) == (410, True)
    assert (house.get().status_code, house.kept().answers["said"]) == (410, "All of it")


def test_two_that_send_at_once_are_one(house: House) -> None:
    said = house.filled()

    async def both(client: httpx.AsyncClient) -> list[httpx.Response]:
        return await asyncio.gather(*(client.post(f"/r/{house.token}", data=said) for _ in range(5)))

    assert sorted(answer.status_code for answer in house.browse(both)) == [200, 410, 410, 410, 410]


def test_what_is_missing_is_named_and_what_was_typed_stays(house: House) -> None:
    answer = house.post(house.filled(**{"q.agreed": "", "q.said": HOSTILE, "q.areas": ["b"]}))
    assert answer.status_code == 422
    assert "This one needs an answer before you go on." in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quotes&#34;" in answer.text
    assert "{{ 7*7 }}" in answer.text
    assert 'value="b" checked' in answer.text
    assert house.kept().sent_at is None
    assert house.post(house.filled(**{"q.said": HOSTILE})).status_code == 200
    assert house.kept().answers["said"] == HOSTILE


def test_another_language_keeps_what_was_typed(house: House) -> None:
    answer = house.post({"q.said": "Half a sentence", "lang": "zh", "proof": house.proof()})
    assert answer.status_code == 200
    assert "哪些做得好？" in answer.text
    assert "Half a sentence" in answer.text
    assert house.kept().sent_at is None
    wrong = house.post({"act": "send", "proof": house.proof()}, f"{house.token}?lang=zh")
    assert "这一项需要填写后才能继续。" in wrong.text


def test_can_t_judge_is_an_answer(house: House) -> None:
    assert "can't judge" in house.get().text.replace("&#39;", "'").lower()


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5000, "%00", "é", "..%2f..", "' OR 1=1 --"])
def test_a_guessed_link_says_that_it_is_not_valid(house: House, token: str) -> None:
    answer = house.get(token)
    assert answer.status_code == 404
    assert "Ann" not in answer.text


def test_an_expired_a_withdrawn_and_a_closed_cycle_s_link_say_so(house: House) -> None:
    with house.store.work() as records:
        records.guests.save(replace(house.guest, revoked_at=NOW))
    assert (house.get().status_code, OVER.en in house.get().text) == (410, True)
    with house.store.work() as records:
        records.guests.save(house.guest)
    said = house.filled()
    house.clock.advance(7 * 86400)
    answer = house.post(said)
    assert (answer.status_code, OVER.en in answer.text) == (410, True)
    assert BACK.en in answer.text, "what was typed is not gone"
    assert house.kept().sent_at is None


def test_a_form_from_another_site_is_refused(house: House) -> None:
    for said, headers in (
        (house.filled(proof="0" * 64), {}),
        (house.filled(), {"Origin": "https://evil.example"}),
        (house.filled(), {"Sec_Fetch_Site": "cross-site"}),
    ):
        assert house.post(said, **headers).status_code == 403
    assert house.kept().sent_at is None
    assert house.post(house.filled(), Origin="https://bot.example").status_code == 200


def test_who_guesses_too_often_waits(house: House) -> None:
    answers = [house.get(f"guess{n}").status_code for n in range(GUESSES_A_MINUTE + 3)]
    assert answers == [404] * GUESSES_A_MINUTE + [429] * 3
    assert house.get().status_code == 200, (
        "whoever has a link is not counted with strangers behind the same proxy"
    )
    house.clock.advance(60)
    assert house.get().status_code == 200


def test_who_asks_too_often_waits(house: House) -> None:
    answers = [house.get().status_code for _ in range(A_MINUTE + 2)]
    assert answers == [200] * A_MINUTE + [429] * 2


def test_a_body_that_is_too_large_or_no_form_changes_nothing(house: House) -> None:
    assert house.post(house.filled(**{"q.said": "x" * (MOST + 1)})).status_code == 413
    answer = house.browse(
        lambda client: client.post(
            f"/r/{house.token}", content=b"\xff\xfe{", headers={"Content-Type": "application/json"}
        )
    )
    assert answer.status_code == 403
    assert house.post(house.filled(**{f"q.x{n}": "1" for n in range(600)})).status_code == 413
    assert house.kept().sent_at is None


def test_the_token_is_kept_nowhere(house: House, tmp_path: Path) -> None:
    house.post(house.filled())
    for file in tmp_path.iterdir():
        if file.is_file():
            assert house.token.encode() not in file.read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_is_shown_as_text(house: House, text: str) -> None:
    house.clock.advance(60)
    answer = house.post(house.filled(**{"q.agreed": "", "q.said": text}))
    assert answer.status_code == 422
    assert answer.text.count("<textarea") == 2
    assert answer.text.count("</textarea>") == 2


def test_the_words_of_every_end_are_there_in_both_languages() -> None:
    for words in (UNKNOWN, USED, OVER, SENT):
        assert words.en
        assert any("\u4e00" <= sign <= "\u9fff" for sign in words.zh)
