"""Whether a manager's team posts its check-ins to a channel; by default it does not."""

from __future__ import annotations

import re
from datetime import datetime

from flows.checkins.records import CheckinRecords
from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import Thing

MENTION = re.compile(r"<#([CG][A-Z0-9]+)(\|[^>]*)?>")


def own_team(records: CheckinRecords, actor: Person, _about: tuple[str, ...]) -> Thing | None:
    """A team's channel is its manager's to set; who leads nobody has none."""
    return Thing("team_channel", actor) if records.people.reports_of(actor.id) else None


@deed(
    "team-channel",
    may=("team_channel", "set"),
    of=own_team,
    command="checkin channel",
    help=Words(
        "team leads: post done, next and blockers to #channel, or “off”",
        "团队负责人：将“完成、接下来、阻碍”发到 #频道，或 off 关闭",
    ),
)
def set_channel(records: CheckinRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Post the team's check-ins to the channel that is named, or to none with "off"."""
    said = about[0].strip() if about else ""
    if said.casefold() in ("off", "none", "关闭", "关"):
        records.team_channels.set(actor.id, None)
        records.audit.note(now, actor.id, "team_channel.off", f"person/{actor.id}", {})
        return Words("Your team's check-ins are posted nowhere.", "团队周报不会发布到任何频道。")
    found = MENTION.fullmatch(said)
    if found is None:
        raise Refusal(
            "Please name the channel, as in: /checkin channel #team-north. To stop it: /checkin channel off",
            "请指定频道，例如：/checkin channel #team-north。停止发布：/checkin channel off",
        )
    records.team_channels.set(actor.id, found[1])
    records.audit.note(now, actor.id, "team_channel.set", f"person/{actor.id}", {"channel": found[1]})
    return Words(
        "From the next round on, your team's done, next and blockers are posted there with the digest, never a mood. "
        "Your team sees this on the form. Please invite me to the channel.",
        "从下一轮起，团队的“完成、接下来、阻碍”会随汇总发布到该频道，不含心情。成员在表单上会看到这一说明。请先把我邀请进频道。",
    )
