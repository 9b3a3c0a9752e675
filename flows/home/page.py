"""The home tab in one piece; it needs the whole catalogue, so it is made where everything is put together."""

from __future__ import annotations

from datetime import datetime

from flows.coaching.suggestion_box import at_home as suggestions
from flows.core.catalog import Catalog, View
from flows.core.screen import Act, Divider, Element, Line, Note, Screen
from flows.core.words import Words
from flows.home.cycles import cycles
from flows.home.goals import goals
from flows.home.mine import mine
from flows.home.records import HomeRecords
from flows.home.reports import reports
from flows.home.results import results
from flows.home.steering import all_cycles, programme
from flows.home.team import team
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.calibrating.listing import at_home

TITLE = Words("perfloop", "perfloop")


def anyone(_records: HomeRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("door")


def home_view(catalog: Catalog) -> View:
    """The view "home", over the duties of the catalogue."""

    def home(records: HomeRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
        body: list[Element] = [Line(Words("Hello {name}", "你好，{name}").fill(name=actor.name))]
        body += mine(records, actor, catalog.duties, now)
        body += goals(records, actor, now)
        body += cycles(records, actor, catalog.duties, now)
        body += results(records, actor, now)
        body += team(records, actor, now)
        body += at_home(records, actor, now)
        body += reports(records, actor, now)
        body += suggestions(records, actor, now)
        body += programme(records, actor, now)
        body += all_cycles(records, actor, now)
        more = Words("Type /perf to see everything you can do.", "输入 /perf 查看所有功能。")
        return Screen(TITLE, (*body, Divider(), Note(more)), place=Act("see", ("home",)))

    return View("home", ("door", "read"), anyone, home)
