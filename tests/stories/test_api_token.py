"""HR makes a token for another system, sees when it was used, and revokes it; its secret is shown once."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from bot.exchange import Press
from flows.core.screen import Act
from tests.stories.conftest import opened

SECRET = re.compile(r"pl_[\w-]{43}")


def make(player: Any, name: str, new: str = "New token", **more: object) -> str:
    """Make a token in the window; its secret."""
    player.command("/goal api-token")
    player.touch(new)
    player.fill(name=name, **more)
    assert player.submit() == {}
    return SECRET.findall(player.window())[0]


def token_of(town: Any, secret: str) -> Any:
    return town.records(lambda records: records.tokens.find(secret))


def everything_kept(town: Any) -> str:
    """All that anybody was sent, and every line of the log of changes."""
    sent = "".join("".join(town.player(name).messages()) for name in ("marta", "juliana", "liufang"))
    lines = town.records(
        lambda records: records.audit.latest("api_token.make", town.now().replace(year=2020))
    )
    return sent + str(lines)


def test_a_token_is_made_and_its_secret_is_shown_once(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    secret = make(marta, "CRM", metrics="crm.*, orders.won\norders.won")
    assert "can't be shown again" in marta.window()
    token = token_of(quiet_town, secret)
    assert (token.name, token.metrics, token.departments) == ("CRM", ("crm.*", "orders.won"), ())
    marta_id = quiet_town.records(lambda records: records.people.by_email("marta@example.com").id)
    assert token.made_by == marta_id
    quiet_town.settle()
    marta.command("/goal api-token")
    shown = marta.window()
    assert "Metrics: crm.*, orders.won · The whole company" in shown
    assert "never used" in shown
    assert "Marta" in shown
    assert secret not in shown + everything_kept(quiet_town)
    assert "{'metrics': 2, 'departments': 0}" in everything_kept(quiet_town)


def test_revoked_it_stays_in_the_list_and_twice_is_once(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    secret = make(marta, "CRM")
    marta.command("/goal api-token")
    marta.touch("Revoke", beside="CRM")
    assert "CRM is revoked" in marta.window()
    assert "Revoked" in marta.window()
    revoked = token_of(quiet_town, secret)
    assert revoked.revoked_at == quiet_town.now()
    assert "There are no tokens yet." in marta.window()


def test_in_chinese(quiet_town: Any) -> None:
    fang = quiet_town.player("liufang")
    secret = make(fang, "订单系统", "新建令牌", metrics="订单数、回款")
    assert "之后无法再次显示" in fang.window()
    assert token_of(quiet_town, secret).metrics == ("订单数", "回款")
    fang.command("/goal api-token")
    assert "指标：订单数、回款 · 全公司" in fang.window()
    assert "创建于" in fang.window()


def test_an_hr_partner_makes_and_sees_only_tokens_of_their_own_departments(quiet_town: Any) -> None:
    marta, juliana = quiet_town.player("marta"), quiet_town.player("juliana")
    make(marta, "Everything")
    make(marta, "Engineers", departments=["Engineering"])
    juliana.command("/goal api-token")
    assert "Everything" not in juliana.window()
    assert "Engineers" not in juliana.window()
    juliana.touch("New token")
    juliana.fill(name="Sales figures")
    assert "departments" in juliana.submit(), "hers is never for the whole company"
    juliana.fill(departments=["Sales"])
    assert juliana.submit() == {}
    secret = SECRET.findall(juliana.window())[0]
    assert token_of(quiet_town, secret).departments == ("Sales",)
    marta.command("/goal api-token")
    marta.touch("Revoke", beside="Sales figures")
    assert token_of(quiet_town, secret).revoked_at is not None


def test_only_hr_has_tokens(quiet_town: Any) -> None:
    kavya = quiet_town.player("kavya")
    kavya.command("/goal api-token")
    assert "There is nothing here for you" in kavya.aside()


def test_what_is_no_metric_is_named_and_nothing_typed_is_lost(quiet_town: Any) -> None:
    marta = quiet_town.player("marta")
    marta.command("/goal api-token")
    marta.touch("New token")
    marta.fill(name="CRM", metrics="orders/won")
    marta.submit()
    assert "“orders/won” can't be a metric's name" in marta.window()
    assert marta.field("metrics") == "orders/won"
    marta.fill(name="CRM", metrics="orders.won")
    assert marta.submit() == {}
    make_again = quiet_town.player("marta")
    make_again.command("/goal api-token")
    make_again.touch("New token")
    make_again.fill(name="crm")
    make_again.submit()
    assert "There is a token called crm already" in make_again.window()


def test_a_token_ends_with_its_makers_right_and_the_list_says_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    make(town.player("juliana"), "Sales figures", departments=["Sales"])
    town.records(
        lambda records: records.people.save(replace(records.people.by_email("juliana@example.com"), roles=()))
    )
    marta = town.player("marta")
    marta.command("/goal api-token")
    assert "It does not work any more" in marta.window()


def test_a_forged_button_for_someone_elses_token_finds_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    secret = make(town.player("marta"), "Everything")
    juliana = town.player("juliana")
    for about in (str(token_of(town, secret).id), "999", "x", ""):
        reply = town.receive(juliana.person.account, Press(Act("do", ("api-token-revoke", about)), "message"))
        assert "nothing here for you" in reply.what.words.en
    assert token_of(town, secret).revoked_at is None


def test_a_system_sends_with_it_until_it_is_revoked(tmp_path: Path) -> None:
    with contextmanager(opened)("slack", tmp_path, running_programme=False) as town:
        marta = town.player("marta")
        secret = make(marta, "CRM", metrics="crm.*")
        given = {"Authorization": f"Bearer {secret}", "Content-Type": "text/csv"}
        row = "metric,subject,period,value\ncrm.orders,kavya@example.com,2026-02,42\n"

        def send() -> httpx.Response:
            return httpx.post(f"{town.trial.api}/api/metrics", content=row, headers=given)

        assert send().json() == {"rows": 1, "new": 1, "corrected": 0, "same": 0}
        marta.command("/goal api-token")
        assert "last used on 2026-03-01" in marta.window()
        marta.touch("Revoke", beside="CRM")
        assert send().status_code == 401
