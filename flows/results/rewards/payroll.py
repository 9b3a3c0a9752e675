"""What payroll has to pay, in runs: each approved amount is in one run, whose rows stay as they were."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.file_orders import ON_ITS_WAY, FileOrder
from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.ledger import plain
from flows.results.releasing.states import name_of
from flows.results.rewards.kinds import A_YEAR, PAID, money
from flows.results.rewards.records import Reward, RewardRecords, Run

SHEET = "payroll"
TITLE = Words("Payroll", "薪资导出")
COLUMNS = (
    "reference", "email", "name", "department", "kind", "per", "amount", "currency", "valid_from", "cycle", "corrects",
)  # fmt: skip
"""What a row holds, in this order, all as text: "per" is "once" or "year", "corrects" the reference of another row."""

MOST = 20
SURE = Words(
    "Everything approved and not exported yet goes into one file, and into no other.",
    "所有已批准且未导出的项目将进入一个文件，且不会再次导出。",
)
UNPAID = Words(
    "Only if nobody was paid from it: what was in it goes into the next run.",
    "仅限尚未据此发放时：其中的项目将进入下一批次。",
)
IN_CHAT = Words(
    "The file comes into your chat with me. Whoever may export this workspace can read what is in it. Delete it when "
    "you are done.",
    "文件会发到你和我的聊天里。有权导出本工作区数据的人可以看到其中的内容，用完后请删除。",
)


def payroll_thing(_records: RewardRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    """It reaches the whole company: for HR admins."""
    return Thing("payroll")


@view("payroll", may=("payroll", "run"), of=payroll_thing, command="reward payroll",
      help=Words("HR: export what is approved for payroll", "HR：导出薪资文件"))  # fmt: skip
def payroll(records: RewardRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """What waits to be exported, and the runs so far."""
    waiting = records.rewards.unpaid(PAID)
    words = count(
        waiting, "{n} amount is approved and not exported yet.", "{n} amounts are approved and not exported yet.",
        "有 {n} 项金额已批准、尚未导出。",
    )  # fmt: skip
    body: list[Element] = [Line(words)]
    if waiting:
        export = Button(
            Words("Export for payroll", "导出薪资文件"),
            Act("do", ("payroll-run",)),
            "primary",
            SURE + IN_CHAT,
        )
        body.append(Buttons((export,)))
    if runs := records.rewards.runs(MOST):
        body.append(Heading(Words("Runs", "批次")))
        body += [one for run in runs for one in row_of(records, run, actor)]
    return Screen(TITLE, tuple(body), place=Act("see", ("payroll",)))


def row_of(records: RewardRecords, run: Run, actor: Person) -> list[Element]:
    """One run: when, by whom, what it came to, and its check value."""
    told = Words("{when}, {who} · {rows} · {totals}", "{when}，{who} · {rows} · {totals}").fill(
        when=day_and_time(run.made_at, actor.zone), who=name_of(records, run.made_by), rows=rows_words(len(run.rows)),
        totals=join(money(total, currency) for (_, _, currency), total in totals(run.rows).items()),
    )  # fmt: skip
    told += same(f"\n{run.check[:16]}…")
    it = str(run.id)
    name = Words("Run {n}", "批次 {n}").fill(n=run.id)
    if run.cancelled_at is not None:
        who = name_of(records, run.cancelled_by)
        return [
            Row(
                told + Words("\ncancelled by {who}", "\n已由 {who} 取消").fill(who=who), file_button(it), name
            )
        ]
    cancel = Button(
        Words("Cancel run {n}", "取消批次 {n}").fill(n=run.id),
        Act("do", ("payroll-cancel", it)),
        "danger",
        UNPAID,
    )
    return [Row(told, file_button(it), name), Buttons((cancel,))]


def file_button(run: str) -> Button:
    return Button(Words("The file", "下载文件"), Act("do", ("payroll-file", run)), confirm=IN_CHAT)


def rows_words(number: int) -> Words:
    return count(number, "{n} row", "{n} rows", "{n} 行")


@deed("payroll-run", may=("payroll", "run"), of=payroll_thing)
def make_run(records: RewardRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Put everything that is not exported into one run, and send its file to whoever asked."""
    if not records.alone("payroll"):
        raise Refusal(
            "Somebody else is exporting at this very moment. Look at /reward payroll in a minute.",
            "另一位同事正在导出，请稍后在 /reward payroll 中查看。",
        )
    if not records.rewards.unpaid(PAID):
        raise Refusal(
            "There is nothing to export: everything approved is in a run already. Its file is on /reward payroll.",
            "没有可导出的项目：已批准的都在之前的批次中。可在 /reward payroll 中下载文件。",
        )
    run = records.rewards.begin_run(Run(0, actor.id, now))
    rows = rows_of(records, records.rewards.claim(run.id, PAID))
    made = replace(run, rows=rows, check=check_of(rows))
    records.rewards.save_run(made)
    records.file_orders.ask(SHEET, actor.id, {"run": run.id}, now)
    detail = {
        "rows": len(rows),
        "check": made.check,
        **{"/".join(key): plain(total) for key, total in totals(rows).items()},
    }
    records.audit.note(now, actor.id, "payroll.run", f"payroll_run/{run.id}", detail)
    words = Words("Run {n}: {rows}. ", "批次 {n}：{rows}。").fill(n=run.id, rows=rows_words(len(rows)))
    return words + ON_ITS_WAY


def rows_of(records: RewardRecords, rewards: Sequence[Reward]) -> tuple[tuple[str, ...], ...]:
    """The rows as they are at this moment, by reference."""
    people = {one.id: one for one in records.people.many({reward.person for reward in rewards})}
    cycles = {one: records.cycles.get(one) for one in {reward.cycle for reward in rewards}}
    rules = {one: records.rewards.rules(one) for one in cycles}
    found = []
    for reward in rewards:
        person, cycle, its = people[reward.person], cycles[reward.cycle], rules[reward.cycle]
        found.append(
            (
                f"R-{reward.id}", person.email, person.name, person.department, reward.kind,
                "year" if reward.kind in A_YEAR else "once", plain(reward.amount) or "0", its.currency if its else "",
                reward.valid_from.isoformat() if reward.valid_from else "", cycle.name if cycle else "",
                f"R-{reward.replaces}" if reward.replaces else "",
            )
        )  # fmt: skip
    return tuple(found)


def check_of(rows: Sequence[Sequence[Any]]) -> str:
    """SHA-256, in hex, over the UTF-8 bytes of the rows as a JSON array of arrays of texts without blanks."""
    text = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def totals(rows: Sequence[Sequence[Any]]) -> dict[tuple[str, str, str], Decimal]:
    """What all comes to by (kind, per, currency)."""
    found: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        by = dict(zip(COLUMNS, row, strict=True))
        found[by["kind"], by["per"], by["currency"]] += Decimal(by["amount"])
    return dict(found)


def named_run(records: RewardRecords, about: tuple[str, ...]) -> Run:
    run = records.rewards.run(whole(about[0])) if about else None
    if run is None:
        raise NotThere
    return run


@deed("payroll-file", may=("payroll", "run"), of=payroll_thing)
def file_again(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Send a run's file once more: the same rows, as long as they are kept."""
    run = named_run(records, about)
    if not run.rows:
        raise Refusal(
            "The rows of this run are gone: the time to keep them is over. Its check value is still on the list.",
            "该批次的明细已超过保存期限，已删除。列表中仍保留其校验值。",
        )
    records.file_orders.ask(SHEET, actor.id, {"run": run.id}, now)
    records.audit.note(now, actor.id, "payroll.file", f"payroll_run/{run.id}", {"check": run.check})
    return ON_ITS_WAY


def ordered(records: RewardRecords, order: FileOrder, reader: Person, now: datetime) -> Run | None:
    """The run whose file was ordered, if the reader may (still) have it."""
    if not may(reader, "run", Thing("payroll"), now):
        return None
    return records.rewards.run(whole(str(order.about.get("run", ""))))


@deed("payroll-cancel", may=("payroll", "run"), of=payroll_thing)
def cancel_run(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Nobody was paid from it: its rewards are in no run, and go into the next one."""
    run = named_run(records, about)
    if not records.rewards.cancel_run(run.id, actor.id, now):
        return Words("It is cancelled already.", "已经取消。")
    records.audit.note(
        now, actor.id, "payroll.cancel", f"payroll_run/{run.id}", {"rows": len(run.rows), "check": run.check}
    )
    return Words(
        "Cancelled: {rows} go into the next run. Tell payroll not to use the file.",
        "已取消：{rows}将进入下一批次。请告知薪资人员不要使用该文件。",
    ).fill(rows=rows_words(len(run.rows)))
