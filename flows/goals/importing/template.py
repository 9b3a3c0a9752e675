"""HR asks for the template of a sheet of goals."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed
from flows.core.file_orders import ON_ITS_WAY
from flows.core.words import Words
from flows.goals.importing.dropped import ImportRecords
from flows.people.person import Person
from flows.people.policy import Thing


def importing(_records: ImportRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    """That somebody imports goals or metric values."""
    return Thing("goals_import")


@deed("goal-template", may=("goals_import", "do"), of=importing, command="goal template",
      help=Words("HR: a sheet to fill in and drop here, to import goals", "HR：获取目标导入模板，填好后拖到这里"))  # fmt: skip
def order_template(records: ImportRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Order the template for the actor's chat; twice before it has come is once."""
    records.file_orders.ask("goal-template", actor.id, {}, now)
    return ON_ITS_WAY
