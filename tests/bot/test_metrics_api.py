"""`POST /api/metrics` over the real application: who may send what, what is refused and how, and what is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.clock import VirtualClock
from bot.intake import PATH, Intake
from bot.logs import set_up
from bot.metrics import Metrics
from bot.upload import AT_ONCE
from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import metric_series
from flows.goals.measure.standing import standings
from flows.goals.signals.looking import SOON
from flows.people.person import Person
from storage.engine import Store, open_store

NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
CSV, LINES = "text/csv", "application/x-ndjson"
MOST = 200_000  # bytes of a body, here
HEAD = "metric,subject,period,value\n"
GOOD = HEAD + "orders,ann@example.com,2026-03,12\n"


@dataclass
class Bench:
    """The way in over a database of four people, with a token for everything."""

    store: Store
    clock: VirtualClock
    intake: Intake
    people: Mapping[str, Person]
    secret: str = ""

    def token(self, *, by: str = "hana", metrics: Any = (), departments: Any = ()) -> str:
        with self.store.work() as records:
            _, secret = records.tokens.make("it", metrics, departments, self.people[by].id, self.clock.now())
        return secret

    def run(self, work: Callable[[httpx.AsyncClient], Coroutine[Any, Any, Any]]) -> Any:
        async def story() -> Any:
            app = httpx.ASGITransport(Starlette(routes=[self.intake.route()]))
            async with httpx.AsyncClient(transport=app, base_url="http://bot") as client:
                return await work(client)

        return asyncio.run(story())

    def send(self, body: Any, kind: str = CSV, secret: str | None = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Authorization": f"Bearer {secret or self.secret}", "Content-Type": kind, **named}
        answer: httpx.Response = self.run(lambda client: client.post(PATH, content=body, headers=given))
        return answer

    def series(self, who: str, metric: str = "orders") -> str:
        return metric_series(metric, "person", self.people[who].id)

    def said(self, who: str, period: str, metric: str = "orders") -> list[Reading]:
        """Everything that was ever said for a period."""
        with self.store.work() as records:
            return records.readings.history(self.series(who, metric), period)

    def kept(self) -> int:
        """How many values stand for everybody and everything the tests send about."""
        names = [metric_series("orders", "company", ""), metric_series("orders", "department", "Sales")]
        names += [self.series(who) for who in self.people]
        with self.store.work() as records:
            return sum(len(values) for values in records.readings.of(names).values())


def person(name: str, department: str, *roles: str, **other: Any) -> Person:
    email = f"{name}@example.com"
    given = Person(0, email, name, None, department, "", "", roles, "UTC", "en", None, None, None, True)
    return replace(given, **other)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from opened(tmp_path)


def opened(home: Path) -> Iterator[Bench]:
    clock = VirtualClock(NOW, speed=0)
    store = open_store(f"sqlite:///{home / 'perfloop.db'}", clock.now)
    executor = ThreadPoolExecutor(store.threads)
    with store.work() as records:
        staff = [
            person("hana", "People", "hr"),
            person("part", "People", "hr:Sales"),
            person("ann", "Sales"),
            person("bo", "Support"),
            person("left", "Sales", left_on=date(2026, 1, 31), active=False),
            person("gone", "Sales", active=False),
        ]
        people = {one.name: records.people.save(one) for one in staff}
    bench = Bench(store, clock, Intake(store, executor, clock, Metrics(), MOST), people)
    bench.secret = bench.token()
    try:
        yield bench
    finally:
        executor.shutdown()
        store.close()


# What is kept


def test_rows_are_kept_with_who_sent_them_and_when(bench: Bench) -> None:
    answer = bench.send(
        "\ufeffMetric,Subject,Period,Value,Note\r\n"
        'orders,ANN@example.com,2026-03-10,1250.55555,"counted, by ""hand"""\r\n'
        "\r\n"
        "orders,department:Sales,2026-W09,-3,\r\n"
        "orders,company,2025-Q4,8000000,\r\n"
    )
    assert (answer.status_code, answer.json()) == (200, {"rows": 3, "new": 3, "corrected": 0, "same": 0})
    (reading,) = bench.said("ann", "2026-03-10")
    assert (reading.value, reading.note) == (Decimal("1250.5556"), 'counted, by "hand"')
    assert (reading.source, reading.at, reading.by, reading.token) == ("api", NOW, None, 1)
    with bench.store.work() as records:
        found = records.readings.of(
            [metric_series("orders", "department", "Sales"), metric_series("orders", "company", "")]
        )
        token = records.tokens.find(bench.secret)
        lines = records.audit.latest("metrics.sent", NOW)
    assert sorted((one.day, one.value) for (one,) in found.values()) == [
        (date(2025, 12, 31), Decimal(8_000_000)),
        (date(2026, 3, 1), Decimal(-3)),
    ]
    assert token is not None
    assert token.used_at == NOW
    assert [(thing, detail["rows"]) for _, thing, detail in lines] == [("api_token/1", 3)]


def test_json_lines_say_the_same(bench: Bench) -> None:
    rows = [
        {"metric": "orders", "subject": "ann@example.com", "period": "2026-02", "value": 12.5},
        {
            "metric": "orders",
            "subject": "ann@example.com",
            "period": "2026",
            "value": "0.25",
            "note": "因促销",
        },
        {"metric": "orders", "subject": "bo@example.com", "period": "2026-02", "value": 1e3, "note": None},
    ]
    body = "\ufeff" + "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    assert bench.send(body.encode(), LINES).json() == {"rows": 3, "new": 3, "corrected": 0, "same": 0}
    assert bench.said("ann", "2026-02")[0].value == Decimal("12.5")
    assert bench.said("ann", "2026")[0].note == "因促销"
    assert bench.said("ann", "2026")[0].day == date(2026, 12, 31)
    assert bench.said("bo", "2026-02")[0].value == 1000


def test_the_same_again_changes_nothing_and_a_correction_keeps_both(bench: Bench) -> None:
    assert bench.send(GOOD).json()["new"] == 1
    bench.clock.to(NOW + timedelta(days=1))
    assert bench.send(GOOD).json() == {"rows": 1, "new": 0, "corrected": 0, "same": 1}
    other = bench.token()
    corrected = bench.send(GOOD.replace(",12", ",13"), secret=other)
    assert corrected.json() == {"rows": 1, "new": 0, "corrected": 1, "same": 0}
    told = [(one.value, one.current, one.token, one.at) for one in bench.said("ann", "2026-03")]
    assert told == [(12, False, 1, NOW), (13, True, 2, NOW + timedelta(days=1))]


def test_of_two_rows_for_one_period_the_later_counts_and_again_nothing_changes(bench: Bench) -> None:
    rows = "".join(f"orders,ann@example.com,2026-01-{day:02},{day}\n" for day in range(1, 32))
    body = HEAD + "orders,ann@example.com,2026-03,1\n" + rows * 100 + "orders,Ann@example.com,2026-03,2\n"
    assert bench.send(body).json() == {"rows": 3102, "new": 32, "corrected": 0, "same": 3070}
    assert bench.send(body).json() == {"rows": 3102, "new": 0, "corrected": 0, "same": 3102}
    assert [one.value for one in bench.said("ann", "2026-03")] == [2]


def test_somebody_who_left_has_numbers_up_to_their_last_day(bench: Bench) -> None:
    assert bench.send(HEAD + "orders,left@example.com,2026-01,1\n").json()["new"] == 1
    late = bench.send(HEAD + "orders,left@example.com,2026-02,1\n")
    assert late.status_code == 422
    assert "had left the company" in late.text
    assert len(bench.said("left", "2026-01")) == 1
    assert bench.said("left", "2026-02") == []


def test_the_goals_that_name_the_metric_move(bench: Bench) -> None:
    terms = Terms("Orders", unit="orders", target=Decimal(50), metric="orders")
    with bench.store.work() as records:
        mine = records.goals.save(Goal(0, bench.people["ann"].id, terms))
        ours = records.goals.save(
            Goal(0, bench.people["bo"].id, terms, level="department", department="Sales")
        )
    body = GOOD + "orders,department:Sales,2026-03,40\norders,bo@example.com,2026-03,7\n"
    assert bench.send(body).status_code == 200
    with bench.store.work() as records:
        found = standings(records, [mine, ours], NOW)
    assert (found[mine.id].value, found[ours.id].value) == (12, 40)


# What a line may not say


BAD_ROWS = [
    ("orders,nobody@example.com,2026-03,1", "Nobody in the directory"),
    ("orders,gone@example.com,2026-03,1", "Nobody in the directory"),
    ("orders,ann,2026-03,1", "e-mail address, department:<name>, or company"),
    ("orders,department:Moon,2026-03,1", "no department of this name"),
    ("orders,,2026-03,1", "subject is empty"),
    ("or/ders,ann@example.com,2026-03,1", "metric has to be a name"),
    (",ann@example.com,2026-03,1", "metric has to be a name"),
    ("orders,ann@example.com,2026-3,1", "period has to be like"),
    ("orders,ann@example.com,2026-13,1", "period has to be like"),
    ("orders,ann@example.com,2026-02-30,1", "period has to be like"),
    ("orders,ann@example.com,2025-W53,1", "period has to be like"),
    ("orders,ann@example.com,9999,1", "period has to be like"),
    ("orders,ann@example.com,2026-03-13,1", "has not begun yet"),
    ("orders,ann@example.com,2015,1", "more than ten years ago"),
    ("orders,ann@example.com,2026-03,", "plain number"),
    ("orders,ann@example.com,2026-03,NaN", "plain number"),
    ("orders,ann@example.com,2026-03,1e308", "plain number"),
    ('orders,ann@example.com,2026-03,"1,250"', "plain number"),
    ("orders,ann@example.com,2026-03,１２", "plain number"),
    ("orders,ann@example.com,2026-03,100000000000001", "too large"),
    ("orders,ann@example.com,2026-03", "There are 3 columns"),
    ('orders,ann@example.com,2026-03,"1', "quotes don't match"),
    ("orders,ann@example.com\x00,2026-03,1", "can't be printed"),
    (f"{'x' * 81},ann@example.com,2026-03,1", "longer than 80"),
    (f"orders,ann@example.com,2026-03,{'1' * 9000}", "longer than 8192 bytes"),
]


@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS)
def test_a_bad_row_of_csv_is_named_by_its_line_and_nothing_is_kept(
    bench: Bench, row: str, sentence: str
) -> None:
    answer = bench.send((GOOD + row + "\n" + GOOD.splitlines()[1]).encode())
    assert answer.status_code == 422
    assert [(error["line"], sentence in error["error"]) for error in answer.json()["errors"]] == [(3, True)]
    assert bench.kept() == 0


GOOD_OBJECT = '{"metric": "orders", "subject": "ann@example.com", "period": "2026-03", "value": 1}'


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("NaN", "NaN and Infinity are none"),
        ("-Infinity", "NaN and Infinity are none"),
        ("1e308", "too large"),
        ("1e99999999999999999999", "too many digits"),
        ("1" * 5000, "too large"),
        ("true", "has to be a number"),
        ("[1]", "has to be a number"),
        ("null", "value is missing"),
        ('"1e3"', "plain number"),
        ('1, "extra": 2', "There is no field “extra”"),
        ('1, "note": 7', "note has to be a text"),
        ('1, "note": "\\ud800"', "can't be printed"),
        ('1, "note": "a\\u0000"', "can't be printed"),
        ('1, "note": "因促销\\n　👩\\u200d💻"', None),
        ('1, "subject": "ann\\ud800@example.com"', "can't be printed"),
        ('1, "subject": 7', "subject has to be a text"),
        ("1", None),
    ],
)
def test_a_bad_value_of_json_is_named_by_its_line(bench: Bench, value: str, sentence: str | None) -> None:
    line = GOOD_OBJECT.replace('"value": 1', f'"value": {value}')
    answer = bench.send(f"{GOOD_OBJECT}\n\n{line}\n", LINES)
    if sentence is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert [(error["line"], sentence in error["error"]) for error in answer.json()["errors"]] == [(3, True)]
    assert bench.kept() == 0


@pytest.mark.parametrize(
    ("body", "kind", "sentence"),
    [
        ("", CSV, "There are no rows"),
        (HEAD, CSV, "There are no rows"),
        ("\n\n", LINES, "There are no rows"),
        ("metric,subject,period\n", CSV, "The column value is missing"),
        ("metric;subject;period;value\n1;2;3;4\n" + GOOD, CSV, "separated by commas"),
        ("metric,subject,period,value,value\n", CSV, "named twice"),
        (GOOD.replace("ann", "张三").encode("gbk"), CSV, "not UTF-8"),
        (GOOD.encode("utf-16"), CSV, "not UTF-8"),
        (f"[{GOOD_OBJECT}]", LINES, "Each line is one JSON object"),
        ("{\n", "application/json", "not JSON"),
        ("[" * 8000, LINES, "not JSON"),
        ("x" * 100_000, LINES, "longer than 8192 bytes"),
    ],
)
def test_a_body_that_is_none_says_why(bench: Bench, body: Any, kind: str, sentence: str) -> None:
    answer = bench.send(body, kind)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert sentence in error["error"]
    assert bench.kept() == 0


def test_many_errors_are_told_in_part_and_counted_in_full(bench: Bench) -> None:
    told = bench.send(GOOD + "orders,ann@example.com,2026-03,x\n" * 2500).json()
    assert [error["line"] for error in told["errors"]] == list(range(3, 103))
    assert told["more"] == 2400
    assert bench.kept() == 0
    assert b'perfloop_metric_rows_total{outcome="refused"} 2500.0' in bench.intake.metrics.render()


# Who may send it


@pytest.mark.parametrize(
    "given", ["", "Bearer ", "Basic x", "Bearer pl_" + "x" * 43, "Bearer pl_ü", "revoked"]
)
def test_without_a_good_token_it_is_401_in_the_same_words(bench: Bench, given: str) -> None:
    if given == "revoked":
        with bench.store.work() as records:
            records.tokens.revoke(1, NOW)
        given = f"Bearer {bench.secret}"
    answer = bench.send(GOOD, Authorization=given.encode().decode("latin-1") if given.isascii() else "x")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json() == bench.send(GOOD, secret="none").json()
    assert bench.kept() == 0


SALES = {"departments": ["Sales"]}
SCOPES = [
    ({"metrics": ["orders"]}, "orders,ann@example.com", 200),
    ({"metrics": ["ord*"]}, "orders,ann@example.com", 200),
    ({"metrics": ["ord"]}, "orders,ann@example.com", 403),
    ({"metrics": ["crm.*"]}, "orders,ann@example.com", 403),
    (SALES, "orders,ann@example.com", 200),
    (SALES, "orders,department:Sales", 200),
    (SALES, "orders,bo@example.com", 403),
    (SALES, "orders,nobody@example.com", 403),
    (SALES, "orders,department:Support", 403),
    (SALES, "orders,company", 403),
    ({"by": "part", **SALES}, "orders,ann@example.com", 200),
    ({"by": "part"}, "orders,ann@example.com", 403),
    ({"by": "part", "departments": ["Support"]}, "orders,bo@example.com", 403),
    ({"by": "ann", **SALES}, "orders,ann@example.com", 403),
    ({"by": "left", **SALES}, "orders,ann@example.com", 403),
]


@pytest.mark.parametrize(("token", "row", "status"), SCOPES)
def test_a_token_is_for_its_own_and_no_longer_than_its_maker_is_hr(
    bench: Bench, token: Any, row: str, status: int
) -> None:
    answer = bench.send(f"{HEAD}{row},2026-03,1\n", secret=bench.token(**token))
    assert answer.status_code == status
    assert bench.kept() == (status == 200)


def test_nobody_outside_a_tokens_departments_is_told_from_nobody_at_all(bench: Bench) -> None:
    secret = bench.token(departments=["Sales"])
    told = {
        bench.send(f"{HEAD}orders,{who}@example.com,2026-03,1\n", secret=secret).text
        for who in ("bo", "nobody")
    }
    assert len(told) == 1


# The request itself


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": ""}, 415),
        ({"Content_Type": "text/csv; charset=gbk"}, 415),
        ({"Content_Type": 'Text/CSV; Charset="UTF-8"; header=present'}, 200),
        ({"Content_Encoding": "gzip"}, 415),
        ({"Content_Length": str(MOST + 1)}, 413),
        ({"Content_Length": "9" * 30}, 413),
        ({"Content_Length": "x"}, 400),
    ],
)
def test_headers_decide_before_the_body_is_read(bench: Bench, headers: Any, status: int) -> None:
    assert bench.send(GOOD, **headers).status_code == status
    assert bench.kept() == (status == 200)


def test_only_post_is_answered(bench: Bench) -> None:
    answer = bench.run(lambda client: client.get(PATH))
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@dataclass
class Body:
    """A body that comes in pieces, and how much of it was taken."""

    pieces: int
    taken: int = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield HEAD.encode()
        for _ in range(self.pieces):
            self.taken += 1
            yield b"orders,ann@example.com,2026-03,1\n" * 30


def test_a_body_without_a_length_is_cut_off_where_it_is_too_large(bench: Bench) -> None:
    body = Body(10_000)
    answer = bench.send(body)
    assert answer.status_code == 413
    assert body.taken < 500
    assert bench.kept() == 0
    assert bench.send(Body(10)).json()["rows"] == 300


def test_a_token_that_is_revoked_while_its_body_comes_keeps_nothing(bench: Bench) -> None:
    class Revoked(Body):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            with bench.store.work() as records:
                records.tokens.revoke(1, NOW)
            async for piece in super().__aiter__():
                yield piece

    assert bench.send(Revoked(3)).status_code == 401
    assert bench.kept() == 0


def test_new_values_have_their_goals_looked_at_and_the_same_again_do_not(bench: Bench) -> None:
    def due() -> Any:
        with bench.store.work() as records:
            return records.sweeps.due(bench.clock.now() + SOON)

    assert bench.send(GOOD).status_code == 200
    sweep = due()
    assert sweep.about == {"metric": "orders"}
    with bench.store.work() as records:
        records.sweeps.save(replace(sweep, done=True))
    bench.clock.to(NOW + timedelta(hours=1))
    assert bench.send(GOOD).status_code == 200
    assert due() is None


def test_a_stranger_sends_no_byte(bench: Bench) -> None:
    body = Body(100)
    assert bench.send(body, secret="pl_" + "x" * 43).status_code == 401
    assert bench.kept() == 0


def test_a_token_has_one_body_on_its_way_at_a_time(bench: Bench) -> None:
    async def story(client: httpx.AsyncClient) -> tuple[httpx.Response, httpx.Response]:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield HEAD.encode()
            begun.set()
            await go_on.wait()
            yield GOOD.splitlines()[1].encode()

        given = {"Authorization": f"Bearer {bench.secret}", "Content-Type": CSV}
        first = asyncio.create_task(client.post(PATH, content=slow(), headers=given))
        await begun.wait()
        second = await client.post(PATH, content=GOOD, headers=given)
        go_on.set()
        return await first, second

    first, second = bench.run(story)
    assert (first.status_code, second.status_code) == (200, 429)
    assert second.headers["retry-after"] == "5"
    assert bench.intake.busy == set()


def test_nothing_that_was_sent_and_no_secret_is_in_the_log(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up()
    bench.send(HEAD + "canary.metric,ann@example.com,2026-03,424242\n")
    bench.send(HEAD + "canary.metric,canary@example.com,2026-03,424242\n")
    bench.send(GOOD, secret="pl_" + "canary" * 7 + "x")
    log = capsys.readouterr().err
    assert "metrics are kept" in log
    assert "metrics are refused" in log
    assert "canary" not in log
    assert "4242" not in log
    assert bench.secret not in log


class Killed(BaseException):
    """The process is no more."""


def test_killed_half_way_and_sent_again_it_ends_the_same(bench: Bench) -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(2100)]
    rows = [f"orders,{who}@example.com,{day},{n}\n" for n, day in enumerate(days) for who in ("ann", "bo")]
    body = HEAD + "".join(rows)
    given = {"Authorization": f"Bearer {bench.secret}", "Content-Type": CSV}

    class OnePart(ThreadPoolExecutor):
        """Ends after two parts are kept."""

        def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Any:
            if bench.kept() >= 2 * AT_ONCE:
                raise Killed
            return super().submit(work, *args, **kwargs)

    with OnePart(1) as dying:
        whole = bench.intake
        bench.intake = replace(whole, executor=dying)
        with pytest.raises(Killed):
            bench.run(lambda client: client.post(PATH, content=body, headers=given))
        bench.intake = whole
    assert bench.kept() == 2 * AT_ONCE
    assert bench.send(body).json() == {
        "rows": 4200,
        "new": 4200 - 2 * AT_ONCE,
        "corrected": 0,
        "same": 2 * AT_ONCE,
    }
    assert bench.kept() == 4200
    with bench.store.work() as records:
        for who in ("ann", "bo"):
            values = records.readings.of([bench.series(who)])[bench.series(who)]
            assert [(one.day, one.value) for one in values] == list(
                zip(days, map(Decimal, range(2100)), strict=True)
            )


ROWS = st.lists(
    st.lists(
        st.sampled_from(["orders", "ann@example.com", "company", "2026-03", "1", '"', "", "\x00", "nan", "\n", "é"]),
        min_size=3, max_size=5,
    ).map(",".join),
).map(lambda rows: (HEAD + "\n".join(rows)).encode())  # fmt: skip
OBJECTS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just("ann@example.com"),
    lambda inner: st.dictionaries(st.sampled_from(["metric", "subject", "period", "value", "x"]), inner),
).map(lambda thing: json.dumps(thing).encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300) | ROWS | OBJECTS, kind=st.sampled_from([CSV, LINES]))
def test_whatever_comes_is_answered_and_nothing_is_kept_unless_it_is_200(
    bench: Bench, body: bytes, kind: str
) -> None:
    before = bench.kept()
    answer = bench.send(body, kind)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert bench.kept() - before == answer.json()["new"]
    else:
        assert bench.kept() == before
        assert answer.json()["errors"]
