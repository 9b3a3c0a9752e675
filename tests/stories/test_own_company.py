"""A company of one's own in the local workspace: a file with the fewest columns, nobody's goals and no sample."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.messengers.slack import SlackTown
from tests.stories.conftest import MONDAY_BERLIN, SUNDAY

PEOPLE = """email,name,manager_email,department,timezone,role
boss@example.com,Boss,,Eng,Europe/Berlin,hr;operator
ann@example.com,Ann,boss@example.com,Eng,Europe/Berlin,
"""


def test_a_company_of_ones_own_checks_in(tmp_path: Path) -> None:
    town = SlackTown(SUNDAY, PEOPLE.encode(), tmp_path, sample=False)
    try:
        town.to(MONDAY_BERLIN)
        ann, boss = town.player("ann"), town.player("boss")
        ann.press("Write")
        ann.fill(done="Moved in", next="Unpack")
        assert ann.submit() == {}
        town.to(MONDAY_BERLIN + timedelta(days=1))  # on Monday the boss was asked for their own
        assert "Answered: 1 of 1" in boss.messages()[-1]
        assert "/checkin start" in (boss.command("/perf") or boss.window())
    finally:
        town.close()
