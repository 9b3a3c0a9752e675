"""What is going on, on the home tab of HR and of whoever leads people: the furthest behind, and the way to reports."""

from __future__ import annotations

from datetime import datetime

from flows.core.screen import Button, Buttons, Divider, Element, Heading, Line
from flows.home.records import HomeRecords
from flows.people.person import Person
from flows.reports.frame.choices import reports_for
from flows.reports.frame.filters import Filters
from flows.reports.frame.listing import TITLE
from flows.reports.frame.showing import ALL_REPORTS, LIST, see
from flows.reports.rights import has_reports
from flows.reports.weekly.glance import glance

FIRST = ("completion", "risks")


def reports(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """A sentence or two with counts, and the reports that most is decided by."""
    if not has_reports(records, actor):
        return []
    known = {kind.name: kind for kind in reports_for(records, actor, now)}
    ways = [Button(known[name].title, see(Filters(name))) for name in FIRST if name in known]
    lines = [Line(words) for words in glance(records, actor, now)]
    return [Divider(), Heading(TITLE), *lines, Buttons((*ways, Button(ALL_REPORTS, LIST)))]
