"""Customers review somebody through a link that the manager or HR has sent them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Phase, Review
from flows.reviews.guests.visiting import Closed, send, visit
from tests.stories.quarter import ON, QUARTER, RESULTS, WHY, go, launch
from tests.stories.test_a_quarter import opens, person, sees

DAY = timedelta(days=1)
CUSTOMERS = replace(
    QUARTER,
    phases=(
        *QUARTER.phases[:3],
        Phase("customers", Words("Customers", "客户评价"), 14, 10, "review", review="external"),
        *QUARTER.phases[3:],
    ),
    reviews={
        **QUARTER.reviews,
        "external": Review(
            "external", Words("Customer review", "客户评价"), (RESULTS, WHY), private={"why": "manager"}
        ),
    },
    external_days=5,
)


def invited(player: Any, name: str, beside: str, label: str = "Invite") -> str:
    """Invite somebody from outside; the token of the link, which is shown once."""
    player.command("/review external")
    player.touch(label, beside=beside)
    player.fill(name=name, company="Wu Ltd", language="zh")
    assert player.submit() == {}
    found = re.search(r"/r/([\w-]+)", player.window())
    assert found, player.window()
    return found[1]


def write(town: Any, token: str, **said: str) -> Any:
    return town.records(lambda records: send(records, visit(records, token, town.now()), said, town.now()))


def test_a_customer_reviews_somebody_and_only_the_right_ones_read_it(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "customers", CUSTOMERS)
    town.to(ON)
    wei = town.player("chenwei")
    token = invited(wei, "吴女士", "Kavya Iyer", "邀请")
    wei.close()
    assert not write(town, token, results="3", why="总是按时交付，沟通顺畅")
    with pytest.raises(Closed) as used:
        write(town, token, results="1")
    assert "已经提交" in used.value.words.zh
    wei.command("/review external")
    assert "吴女士, Wu Ltd：已提交；评估阶段结束后可查看" in wei.window()
    assert not sees(town, "chenwei", "guest-read", "1")
    go(town, ON + 29 * DAY)
    wei.command("/review external")
    wei.touch("查看", beside="吴女士")
    assert "总是按时交付" in wei.window()
    for name in ("kavya", "jonas", "emily"):
        assert not sees(town, name, "guest-read", "1")
    assert all(
        "总是按时交付" not in text for name in ("kavya", "chenwei") for text in town.player(name).messages()
    )


def test_a_link_can_be_taken_back_and_made_anew(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "customers", CUSTOMERS)
    town.to(ON)
    wei = town.player("chenwei")
    old = invited(wei, "Ms Wu", "Kavya Iyer", "邀请")
    wei.close()
    wei.command("/review external")
    wei.touch("撤回链接")
    assert "Ms Wu的链接已失效。" in wei.window()
    with pytest.raises(Closed):
        write(town, old, results="3")
    wei.touch("生成新链接", beside="Ms Wu")
    wei.touch("生成")
    new = re.search(r"/r/([\w-]+)", wei.window())
    assert new
    assert new[1] != old
    assert not write(town, new[1], results="2")


def test_a_link_ends_after_its_days(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "customers", CUSTOMERS)
    town.to(ON)
    token = invited(town.player("chenwei"), "Ms Wu", "Kavya Iyer", "邀请")
    town.to(ON + 6 * DAY)
    with pytest.raises(Closed) as over:
        write(town, token, results="3")
    assert "expired" in over.value.words.en


def test_hr_invites_for_others_but_not_for_themselves_and_nobody_else_does(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "customers", CUSTOMERS)
    town.to(ON)
    kavya, marta = person(town, "kavya"), person(town, "marta")
    subject = f"{cycle}/customers/{kavya.id}"
    assert opens(town, "marta", "guest-invite", subject)
    assert opens(town, "chenwei", "guest-invite", subject)
    for name in ("kavya", "jonas", "anna"):
        assert not opens(town, name, "guest-invite", subject), name
    assert not opens(town, "marta", "guest-invite", f"{cycle}/customers/{marta.id}")
    for wrong in ("", "1", f"{cycle}/goals/{kavya.id}", f"{cycle}/customers/0", f"9/customers/{kavya.id}"):
        assert not opens(town, "marta", "guest-invite", wrong)


def test_without_such_a_review_the_list_says_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "self-review")
    town.to(ON)
    kavya = town.player("kavya")
    kavya.command("/review external")
    assert "There is nobody for whom you can invite somebody from outside" in kavya.window()
