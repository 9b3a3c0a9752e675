"""The statements over goals, built once."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)

from storage.records.goal_rows import ALL
from storage.tables.cycles import CYCLE, PARTICIPANT
from storage.tables.goals import GOAL, VERSION
from storage.tables.people import PERSON

TABLE = GOAL.c


def said(words: str) -> ColumnElement[bool]:
    """A condition over constants as it stands, so that a partial index is recognised."""
    return literal_column(words)


STANDS = TABLE.state.in_([literal_column(f"'{state}'") for state in ("proposed", "returned", "agreed")])
PRESENT = TABLE.state != literal_column("'withdrawn'")
OWN = TABLE.level == literal_column("'person'")
ABOVE = said("level <> 'person'")
IS_LIVE = exists().where(CYCLE.c.id == TABLE.cycle, CYCLE.c.state == literal_column("'live'"))

BY_ID = ALL.where(TABLE.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
MANY = ALL.where(TABLE.id.in_(bindparam("ids", expanding=True))).order_by(TABLE.id)
NOW = ALL.where(
    TABLE.person == bindparam("person"), OWN, STANDS, or_(TABLE.cycle.is_(None), IS_LIVE)
).order_by(TABLE.id)
NOW_OF_PEOPLE = ALL.where(
    TABLE.person.in_(bindparam("people", expanding=True)), OWN, STANDS, or_(TABLE.cycle.is_(None), IS_LIVE)
).order_by(TABLE.person, TABLE.id)
OF_CYCLE = ALL.where(
    TABLE.cycle == bindparam("cycle"), TABLE.person == bindparam("person"), OWN, PRESENT
).order_by(TABLE.id)
OF_PEOPLE = ALL.where(
    TABLE.cycle == bindparam("cycle"), TABLE.person.in_(bindparam("people", expanding=True)), OWN, STANDS
).order_by(TABLE.person, TABLE.id)
OF_LEVELS = ALL.where(TABLE.cycle == bindparam("cycle"), ABOVE, PRESENT).order_by(
    case((TABLE.level == literal_column("'company'"), 0), else_=1), TABLE.department, TABLE.id
)
ANSWERED = ALL.where(
    TABLE.cycle == bindparam("cycle"), ABOVE, PRESENT, TABLE.person == bindparam("person")
).order_by(TABLE.id)
CHILDREN = ALL.where(TABLE.parent.in_(bindparam("ids", expanding=True)), STANDS).order_by(TABLE.id)
HIGH = 10**9  # summed in two halves: a few of the largest amounts together are more than 64 bits hold
PLAIN = type_coerce(TABLE.gives, BigInteger)
GIVEN = (
    func.sum(PLAIN.op("/")(HIGH)), func.sum(PLAIN.op("%")(HIGH)), func.count(TABLE.gives), func.count()
)  # fmt: skip
COVERED = (
    select(TABLE.parent, *GIVEN)
    .where(TABLE.parent.in_(bindparam("ids", expanding=True)), STANDS)
    .group_by(TABLE.parent)
)
ALL_COVERED = (
    select(TABLE.parent, *GIVEN)
    .where(TABLE.cycle == bindparam("cycle"), TABLE.parent.is_not(None), STANDS)
    .group_by(TABLE.parent)
)
INSERT = insert(GOAL)
UPDATE = update(GOAL).where(TABLE.id == bindparam("which"))
GIVE = update(GOAL).where(TABLE.id == bindparam("which")).values(gives=bindparam("given"))
OF_PARENT = ALL.where(TABLE.parent == bindparam("parent"))
ORPHAN = (
    update(GOAL)
    .where(TABLE.parent.in_(bindparam("ids", expanding=True)))
    .values(parent=None, gives=None, rule="none")
)
FORGET = delete(GOAL).where(TABLE.id.in_(bindparam("ids", expanding=True)))

KEEP_VERSION = insert(VERSION)
ANSWERS = (
    select(VERSION)
    .join(GOAL, TABLE.id == VERSION.c.goal)
    .where(
        TABLE.cycle == bindparam("cycle"), TABLE.person == bindparam("person"), VERSION.c.at >= bindparam("since"),
        VERSION.c.by != TABLE.person,
    )
    .order_by(VERSION.c.id)
)  # fmt: skip
VERSIONS = select(VERSION).where(VERSION.c.goal.in_(bindparam("ids", expanding=True))).order_by(VERSION.c.id)
LATEST = (
    ALL.where(
        TABLE.person == bindparam("person"), OWN, TABLE.state == "agreed", TABLE.cycle.is_not(None),
        TABLE.cycle != bindparam("before"),
    )
    .order_by(TABLE.cycle.desc(), TABLE.id)
    .limit(bindparam("most"))
)  # fmt: skip
PEERS = (
    ALL.join(PERSON, PERSON.c.id == TABLE.person)
    .where(
        PERSON.c.level == bindparam("level"), TABLE.person != bindparam("person"), OWN, TABLE.state == "agreed",
        TABLE.target.is_not(None), TABLE.cycle <= bindparam("cycle"),
    )
    .order_by(TABLE.cycle.desc(), TABLE.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip
STATES = (
    select(TABLE.person, TABLE.state, func.count())
    .where(TABLE.cycle == bindparam("cycle"), OWN, TABLE.person.in_(bindparam("people", expanding=True)))
    .group_by(TABLE.person, TABLE.state)
)
HAS_AGREED = exists().where(
    TABLE.cycle == PARTICIPANT.c.cycle, TABLE.person == PARTICIPANT.c.person, OWN, TABLE.state == "agreed"
)
UNAGREED = (
    select(PARTICIPANT.c.person, PARTICIPANT.c.department)
    .where(
        PARTICIPANT.c.cycle == bindparam("cycle"), PARTICIPANT.c.person > bindparam("after"),
        PARTICIPANT.c.place == "in", ~HAS_AGREED,
    )
    .order_by(PARTICIPANT.c.person)
    .limit(bindparam("most"))
)  # fmt: skip
UNAGREED_IN = UNAGREED.where(PARTICIPANT.c.department.in_(bindparam("departments", expanding=True)))
UNAGREED_COUNT = (
    select(PARTICIPANT.c.department, func.count())
    .where(PARTICIPANT.c.cycle == bindparam("cycle"), PARTICIPANT.c.place == "in", ~HAS_AGREED)
    .group_by(PARTICIPANT.c.department)
)
WITH_METRIC = (
    ALL.where(
        TABLE.metric == bindparam("metric"),
        said("metric <> ''"),
        TABLE.id > bindparam("after"),
        STANDS,
        IS_LIVE,
    )
    .order_by(TABLE.id)
    .limit(bindparam("most"))
)
