"""`/perf my-data`: the whole file about oneself, who opened one's record, and what one can ask for."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.file_orders import ON_ITS_WAY
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Screen
from flows.core.words import Words
from flows.people.mine.keeping import kept_how_long
from flows.people.mine.openings import openings_shown
from flows.people.mine.records import MineRecords
from flows.people.mine.requests import requests_shown
from flows.people.person import Person
from flows.people.policy import Thing

READ = ("my_data", "read")
FILE = "my-data"
TITLE = Words("My data", "我的数据")


def own(_records: MineRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("my_data", actor)


@view("my-data", may=READ, of=own, command="perf my-data",
      help=Words("everything kept about you, and who opened it", "查看保存的与你有关的全部数据"))  # fmt: skip
def own_record(records: MineRecords, actor: Person, _about: tuple[str, ...], _now: datetime) -> Screen:
    """What one can have, ask for and see."""
    body: list[Element] = [
        Heading(TITLE),
        Line(
            Words(
                "You can have everything that is kept about you as one file that opens in any browser. Other people's names "
                "are left out of it. What comes with a result stands in it once that is open to you.",
                "你可以获得一份包含与你有关的全部数据的文件，可用浏览器打开，其中不含他人姓名。随结果公布的内容，在结果向你开放后才会出现。",
            )
        ),
        Buttons(
            (
                Button(Words("Send me the file", "发送文件"), Act("do", ("my-data-file",)), "primary"),
                Button(Words("Something is wrong", "内容有误"), Act("open", ("data-request", "correction"))),
                Button(Words("Ask for erasure", "申请删除"), Act("open", ("data-request", "erasure"))),
            )
        ),
        Note(kept_how_long(records)),
        Divider(),
        *requests_shown(records, actor),
        *openings_shown(records, actor),
    ]
    return Screen(TITLE, tuple(body), place=Act("see", ("my-data",)))


@deed("my-data-file", may=READ, of=own)
def send_record(records: MineRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Have the file made; it comes into the chat with the bot, to nobody else."""
    records.file_orders.ask(FILE, actor.id, {}, now)
    return ON_ITS_WAY
