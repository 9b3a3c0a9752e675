"""Orders for files are done once, in turn; dropped sheets come back as they were and are forgotten after a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.core.file_orders import LEASE, TRIES, end, sending, take
from flows.core.words import Words
from flows.goals.importing.dropped import Dropped, Table
from storage.engine import Store
from tests.storage.conftest import NOW, Hire

LATER = NOW + LEASE + timedelta(seconds=1)


def test_an_order_is_in_one_hand_and_a_lost_one_is_taken_up_again(store: Store, hire: Hire) -> None:
    ana = hire("Ana")
    with store.work() as records:
        order = records.file_orders.ask("template", ana.id, {"n": 1}, NOW)
        assert records.file_orders.ask("template", ana.id, {"n": 1}, NOW) == order
        assert records.file_orders.touched
        other = records.file_orders.ask("template", ana.id, {"n": 2}, NOW)
    with store.work() as records:
        taken = take(records, NOW)
        assert taken == replace(order, until=NOW + LEASE, tries=1)
    with store.work() as records:
        second = take(records, NOW)
        assert second is not None
        assert second.id == other.id
        assert take(records, NOW) is None
        end(records, second)
    with store.work() as records:
        again = take(records, LATER)
        assert again is not None
        assert again.id == order.id
        assert again.tries == 2
        assert taken is not None
        assert not sending(records, taken, LATER)  # whoever was taken for lost sends nothing any more
        assert sending(records, again, LATER)


def test_what_was_lost_while_it_was_sent_is_not_sent_twice(store: Store, hire: Hire) -> None:
    ana = hire("Ana")
    with store.work() as records:
        records.file_orders.ask("template", ana.id, {}, NOW)
        order = take(records, NOW)
        assert order is not None
        assert sending(records, order, NOW)
    with store.work() as records:
        assert take(records, LATER) is None
        kept = records.file_orders.get(order.id)
        assert kept is not None
        assert (kept.state, kept.failure) == ("failed", "lost")
        assert records.messages.by_key(f"file/{order.id}") is not None


def test_an_order_that_ends_its_maker_again_and_again_is_given_up(store: Store, hire: Hire) -> None:
    ana, moment = hire("Ana"), NOW
    with store.work() as records:
        asked = records.file_orders.ask("template", ana.id, {}, NOW)
    for _ in range(TRIES):
        with store.work() as records:
            assert take(records, moment) is not None
        moment += LEASE + timedelta(seconds=1)
    with store.work() as records:
        assert take(records, moment) is None
        kept = records.file_orders.get(asked.id)
        assert kept is not None
        assert kept.state == "failed"


def test_a_dropped_sheet_comes_back_as_it_was_and_is_gone_after_a_day(store: Store, hire: Hire) -> None:
    ana = hire("Ana")
    content = Table(("目标", "Target"), 3, ((4, ("新客户", "10")), (5, ("", ""))))
    with store.work() as records:
        made = records.dropped.add(ana.id, "目标.xlsx", NOW)
        read = replace(made, state="read", content=content)
        records.dropped.save(read)
        wrong = records.dropped.add(ana.id, "b.csv", NOW)
        records.dropped.save(replace(wrong, state="unreadable", problem=Words("No", "不行")))
    with store.work() as records:
        assert records.dropped.get(made.id) == records.dropped.lock(made.id) == read
        assert records.dropped.get(wrong.id) == Dropped(
            wrong.id, ana.id, "b.csv", NOW, "unreadable", None, Words("No", "不行")
        )
        records.prune(NOW + timedelta(hours=25))
        assert records.dropped.get(made.id) is None
