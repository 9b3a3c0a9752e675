"""Anonymous answers before the release, and HR's word about single comments: both under names that only a key gives."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from flows.reviews.records import Flag, Pen, SealedAnswer, SealedGroup, Writer
from storage.keys import KeyMissing
from storage.records.levelling import OF_PHASES, level_all
from storage.records.rows import CHUNK, MOST_IDS, chunks, columns_of, new_or_changed
from storage.records.unlocking import Ciphers
from storage.tables.conversations import CONVERSATION
from storage.tables.sealed import FLAG, PEN, SEALED_ANSWER, SEALED_GROUP
from storage.tables.tasks import TASK

KEEP = new_or_changed(PEN, "bag", "id")
ONE = select(PEN.c.content).where(PEN.c.bag == bindparam("bag"), PEN.c.id == bindparam("id"))
# Sorted where it was asked for: SQLite would sort the contents with their names, on disk.
IN_BAGS = select(PEN.c.bag, PEN.c.id, PEN.c.content).where(PEN.c.bag.in_(bindparam("bags", expanding=True)))
ADD_GROUPS, ADD_ANSWERS = insert(SEALED_GROUP), insert(SEALED_ANSWER)
FORGET = tuple(
    delete(table).where(column == bindparam("cycle"))
    for table, column in ((PEN, PEN.c.cycle), (FLAG, FLAG.c.cycle), (CONVERSATION, CONVERSATION.c.sealed))
)
WRITERS = select(*(TASK.c["subject" if name == "phase" else name] for name in Writer._fields)).where(
    OF_PHASES, TASK.c.about.in_(bindparam("people", expanding=True))
)
ASKED = select(TASK.c.about).where(OF_PHASES).distinct().order_by(TASK.c.about)
FLAGS = select(*(FLAG.c[name] for name in Flag.__slots__)).order_by(FLAG.c.id)
FLAG_BY_ID = FLAGS.where(FLAG.c.id == bindparam("id"))
FLAGS_OF_CYCLE = FLAGS.where(FLAG.c.cycle == bindparam("cycle"))
FLAGS_ABOUT = FLAGS_OF_CYCLE.where(FLAG.c.about == bindparam("person"))
KEEP_FLAG = new_or_changed(FLAG, "id")


class Pens:
    """Implements `flows.reviews.records.PenRecords`.

    A pen's name comes from who wrote about whom, and its order among others from its name: neither says anything
    to somebody without the key.
    """

    __slots__ = ("_ciphers", "_connection")

    def __init__(self, connection: Connection, ciphers: Ciphers) -> None:
        self._connection = connection
        self._ciphers = ciphers

    def can_open(self, cycle: int) -> bool:
        try:
            self._ciphers.reading(cycle)
        except KeyMissing:
            return False
        return True

    def keep(self, cycle: int, phase: str, author: int, about: int, answers: Mapping[str, Any]) -> None:
        cipher = self._ciphers.writing(cycle)
        pen = cipher.name("pen", phase, author, about)
        row = {"id": pen, "cycle": cycle, "bag": cipher.name("bag", phase, about)}
        self._connection.execute(KEEP, {**row, "content": cipher.lock(answers, pen)})

    def mine(self, cycle: int, phase: str, author: int, about: int) -> Mapping[str, Any] | None:
        cipher = self._ciphers.reading(cycle)
        if cipher is None:
            return None
        pen = cipher.name("pen", phase, author, about)
        which = {"bag": cipher.name("bag", phase, about), "id": pen}
        content = self._connection.execute(ONE, which).scalar()
        return None if content is None else cipher.open(content, pen)

    def about(self, cycle: int, phase: str, about: int) -> list[Pen]:
        return next((pens for _, _, pens in self.everything(cycle, [phase], [about])), [])

    def everything(
        self, cycle: int, phases: Sequence[str], people: Sequence[int]
    ) -> Iterator[tuple[str, int, list[Pen]]]:
        cipher = self._ciphers.reading(cycle)
        wanted = [(phase, about) for phase in phases for about in people] if cipher else []
        for some in chunks(wanted, MOST_IDS):
            names = {cipher.name("bag", *one): one for one in some} if cipher else {}
            bags: dict[str, list[Pen]] = defaultdict(list)
            for bag, pen, content in self._connection.execute(IN_BAGS, {"bags": list(names)}).all():
                bags[bag].append(Pen(pen, cipher.open(content, pen) if cipher else {}))
            for bag, one in names.items():
                if bag in bags:
                    yield (*one, sorted(bags[bag], key=lambda pen: pen.id))

    def asked(self, cycle: int, phases: Sequence[str]) -> list[int]:
        return list(self._connection.execute(ASKED, {"of_cycle": cycle, "phases": phases}).scalars())

    def writers(self, cycle: int, phases: Sequence[str], people: Sequence[int]) -> list[Writer]:
        asked = {"of_cycle": cycle, "phases": phases}
        return [
            Writer(*row)
            for some in chunks(people, MOST_IDS)
            for row in self._connection.execute(WRITERS, {**asked, "people": some}).all()
        ]

    def comment(self, cycle: int, pen: str, question: str) -> str:
        return self._ciphers.writing(cycle).name("comment", pen, question)

    def own_comment(self, cycle: int, phase: str, author: int, about: int, question: str) -> str:
        pen = self._ciphers.writing(cycle).name("pen", phase, author, about)
        return self.comment(cycle, pen, question)

    def seal(self, cycle: int, groups: Sequence[SealedGroup], answers: Sequence[SealedAnswer]) -> None:
        """Names are drawn by the system's own chance, and so is the order of writing."""
        for some in chunks(groups, CHUNK):
            self._connection.execute(ADD_GROUPS, [{"cycle": cycle, **columns_of(group)} for group in some])
        shuffled = [*answers]
        secrets.SystemRandom().shuffle(shuffled)
        for answered in chunks(shuffled, CHUNK):
            rows = [{"id": secrets.token_hex(16), "cycle": cycle, **columns_of(one)} for one in answered]
            self._connection.execute(ADD_ANSWERS, rows)

    def forget(self, cycle: int) -> None:
        for deletion in FORGET:
            self._connection.execute(deletion, {"cycle": cycle})

    def level(self, cycle: int, phases: Sequence[str], why: str) -> list[str]:
        return level_all(self._connection, cycle, phases, why)

    def is_sealed(self, cycle: int) -> bool:
        return self._ciphers.is_sealed(cycle)


class Flags:
    """Implements `flows.reviews.records.FlagRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, flag: str) -> Flag | None:
        return next(iter(self._many(FLAG_BY_ID, {"id": flag})), None)

    def about(self, cycle: int, person: int) -> list[Flag]:
        return self._many(FLAGS_ABOUT, {"cycle": cycle, "person": person})

    def of_cycle(self, cycle: int) -> list[Flag]:
        return self._many(FLAGS_OF_CYCLE, {"cycle": cycle})

    def save(self, flag: Flag) -> None:
        self._connection.execute(KEEP_FLAG, columns_of(flag))

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Flag]:
        return [Flag(*row) for row in self._connection.execute(statement, values)]
