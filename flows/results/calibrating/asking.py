"""Asking for a session's picture and sheet: they come into the asker's own chat, after a word about who can get them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flows.core.catalog import deed
from flows.core.file_orders import ON_ITS_WAY, FileOrder, FileOrderKeeper
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import allows
from flows.results.calibrating.rights import KIND, Table, table_of, whose_session
from flows.results.records import ResultRecords

PICTURE, SHEET = "calibration-picture", "calibration-sheet"
FEWEST = 5  # people in a picture, and in every group that it names
EXPORTED = Words(
    "The file comes into your chat with me. Whoever may export this workspace can read what is in it.",
    "文件会发到你和我的聊天里。有权导出本工作区数据的人可以看到其中的内容。",
)
COUNTS_ONLY = EXPORTED + Words(
    " It has counts only, and no names of those who are rated.", "其中只有人数，没有被评估人的姓名。"
)
NAMES = EXPORTED + Words(
    " It names people with their ratings and the reasons. Delete it when you are done.",
    "其中包含姓名、评级和原因，用完后请删除。",
)


class FilesOfResults(ResultRecords, Protocol):
    @property
    def file_orders(self) -> FileOrderKeeper: ...


def file_buttons(session: str) -> list[Button]:
    """The two files; nothing is made before the reader has said yes to what can become of it."""
    return [
        Button(Words("As a picture", "生成图片"), Act("do", (PICTURE, session)), confirm=COUNTS_ONLY),
        Button(Words("As a sheet", "导出表格"), Act("do", (SHEET, session)), confirm=NAMES),
    ]


def ordered(records: ResultRecords, order: FileOrder, reader: Person, now: datetime) -> Table | None:
    """The session as whoever ordered a file of it sees it when it is made; None where they may not any more."""
    about = (str(order.about.get("session", "")),)
    if not allows(reader, (KIND, "view"), whose_session(records, reader, about), now):
        return None
    table = table_of(records, reader, about, now)
    return table if table.rows else None


@deed(PICTURE, may=(KIND, "view"), of=whose_session)
def picture(records: FilesOfResults, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the picture; refuses where it would show single people."""
    table = table_of(records, actor, about, now)
    if len(table.rows) < FEWEST:
        raise Refusal(
            "A picture of fewer than {n} people would show each of them. Look at the session here instead.",
            "少于 {n} 人的图片会暴露个人评级，请直接在这里查看。", n=FEWEST,
        )  # fmt: skip
    records.file_orders.ask(PICTURE, actor.id, {"session": table.session.id}, now)
    return ON_ITS_WAY


@deed(SHEET, may=(KIND, "view"), of=whose_session)
def sheet(records: FilesOfResults, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the sheet, and note that it was."""
    table = table_of(records, actor, about, now)
    if not table.rows:
        raise Refusal("There is nobody here whom you could see yet.", "目前没有你可以查看的人员。")
    records.file_orders.ask(SHEET, actor.id, {"session": table.session.id}, now)
    detail = {"session": table.session.id, "people": len(table.rows)}
    records.audit.note(now, actor.id, "calibration.export", f"cycle/{table.cycle.id}", detail)
    return ON_ITS_WAY
