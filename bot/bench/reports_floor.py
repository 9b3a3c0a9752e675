"""The arithmetic of each report as plain SQL over the whole company, without names, rights or words.

Each counts in one pass what the report says by the same groups, as whoever knows the tables would write it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

COMPLETION = """
    SELECT {key}, m.name, t.subject, t.state, date(t.done_at), count(*)
    FROM task t JOIN participant p ON p.cycle = t.scope AND p.person = t.owner LEFT JOIN person m ON m.id = {manager}
    WHERE t.scope = :now AND t.kind IN ('review', 'nominate') GROUP BY {key}, m.name, t.subject, t.state, date(t.done_at)
"""
QUIET = """
    SELECT {key}, m.name, count(*), sum(CASE WHEN said.person IS NULL THEN 1 ELSE 0 END),
        sum(CASE WHEN talked.person IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN sent.person IS NULL THEN 1 ELSE 0 END)
    FROM person p LEFT JOIN person m ON m.id = {manager}
    LEFT JOIN (
        SELECT about AS person FROM praise WHERE at >= '2026-10-19' UNION SELECT about FROM feedback WHERE at >= '2026-10-19'
    ) said ON said.person = p.id
    LEFT JOIN (SELECT DISTINCT person FROM meeting WHERE last_on >= '2026-11-04') talked ON talked.person = p.id
    LEFT JOIN (
        SELECT DISTINCT person FROM checkin WHERE round IN ('2026-11-02', '2026-11-09')
    ) sent ON sent.person = p.id
    WHERE p.active GROUP BY {key}, m.name
"""

# Who may be told of which group follows from where everybody stands, so the finest groups are read.
RATINGS = """
    SELECT department, level, manager, rating, count(*) FROM released_result WHERE cycle = :before
    GROUP BY department, level, manager, rating
"""
STRICTNESS = """
    SELECT r.department, r.level, r.manager, m.name, r.given, count(*)
    FROM released_result r LEFT JOIN person m ON m.id = r.manager WHERE r.cycle = :before
    GROUP BY r.department, r.level, r.manager, m.name, r.given
"""
REVIEWED = """
    SELECT r.department, r.manager, count(*), sum(CAST(v.answers ->> 'results' AS integer)),
        sum(CAST(v.answers ->> 'behaviour' AS integer)), sum(CAST(v.answers ->> 'ability' AS integer))
    FROM released_result r JOIN review v ON v.cycle = r.cycle AND v.about = r.person AND v.kind = 'manager'
    WHERE r.cycle = :before GROUP BY r.department, r.manager
"""
PUBLISHED = """
    SELECT r.department, r.manager, count(*), sum(CAST(g.averages ->> 'helps' AS numeric)),
        sum(CAST(g.averages ->> 'reliable' AS numeric))
    FROM released_result r JOIN sealed_group g ON g.cycle = r.cycle AND g.about = r.person AND g.shown
    WHERE r.cycle = :before GROUP BY r.department, r.manager
"""
CHANGES = """
    SELECT r.department, r.level, r.manager, o.rating, r.rating, count(*)
    FROM released_result r JOIN released_result o ON o.person = r.person AND o.cycle = :oldest WHERE r.cycle = :before
    GROUP BY r.department, r.level, r.manager, o.rating, r.rating
"""

GOALS = """
    SELECT {key}, m.name, count(*), sum(s.share), sum(s.share * s.attainment), sum(s.share * s.paced),
        sum(CASE WHEN s.attainment < s.paced THEN 1 ELSE 0 END)
    FROM goal_standing s JOIN goal g ON g.id = s.goal JOIN participant p ON p.cycle = s.cycle AND p.person = s.person
    LEFT JOIN person m ON m.id = {manager} WHERE s.cycle = :now GROUP BY {key}, m.name
"""
RISKS = """
    SELECT g.id, g.title, o.name, m.name, {key}, x.kind, s.attainment, s.low, s.middle, s.high, s.ending
    FROM goal_signal x JOIN goal g ON g.id = x.goal JOIN goal_standing s ON s.goal = g.id
    JOIN participant p ON p.cycle = g.cycle AND p.person = g.person JOIN person o ON o.id = g.person
    LEFT JOIN person m ON m.id = p.manager
    WHERE g.cycle = :now AND x.ended_at IS NULL ORDER BY s.share * (1000000 - s.ending) DESC, g.id LIMIT 2000
"""
RISKY = """
    SELECT {key}, m.name, count(*) FROM goal_signal x JOIN goal g ON g.id = x.goal
    JOIN participant p ON p.cycle = g.cycle AND p.person = g.person LEFT JOIN person m ON m.id = {manager}
    WHERE g.cycle = :now AND x.ended_at IS NULL GROUP BY {key}, m.name
"""
GIVEN = (
    "SELECT parent, sum(gives), count(*) FROM goal WHERE cycle = :now AND parent IS NOT NULL GROUP BY parent"
)
WITHOUT = """
    SELECT {key}, m.name, count(*), count(CASE WHEN EXISTS (
        SELECT 1 FROM goal g WHERE g.cycle = :now AND g.person = p.person AND g.state = 'agreed'
    ) THEN 1 END) FROM participant p LEFT JOIN person m ON m.id = {manager} WHERE p.cycle = :now GROUP BY {key}, m.name
"""
RETURNS = """
    SELECT {key}, m.name, t.decision, count(*), sum(s.share), sum(s.share * (s.attainment - coalesce(t.reached, 0))),
        sum(s.share * s.share)
    FROM goal_standing s JOIN goal g ON g.id = s.goal JOIN participant p ON p.cycle = s.cycle AND p.person = s.person
    LEFT JOIN goal_step t ON t.goal = s.goal LEFT JOIN person m ON m.id = {manager}
    WHERE s.cycle = :now GROUP BY {key}, m.name, t.decision
"""
APPEALS = (
    "SELECT id, parts, state, outcome, filed_at, ended_at FROM appeal WHERE cycle = :before",
    "SELECT s.appeal, s.kind, s.at FROM appeal_step s JOIN appeal a ON a.id = s.appeal WHERE a.cycle = :before",
)
PLANS = (
    """
    SELECT p.department, d.state, count(*) FROM participant p LEFT JOIN development d ON d.cycle = p.cycle
    AND d.person = p.person WHERE p.cycle = :before GROUP BY p.department, d.state
    """,
    """
    SELECT p.department, a.source, a.state, a.due < '2026-11-18', count(*), count(DISTINCT a.person)
    FROM action a JOIN participant p ON p.cycle = :before AND p.person = a.person
    GROUP BY p.department, a.source, a.state, a.due < '2026-11-18'
    """,
)
TRENDS = (
    "SELECT subject, state, count(*) FROM task WHERE kind = 'checkin' GROUP BY subject, state",
    "SELECT round, count(*) FROM checkin WHERE late GROUP BY round",
    "SELECT day, count(*) FROM meeting_held GROUP BY day",
    "SELECT date(at), count(*) FROM praise GROUP BY date(at)",
    "SELECT day, sum(goals), sum(behind), sum(points) FROM goal_week WHERE cycle = :now GROUP BY day",
)

NO_NAME = {"manager": "NULL"}
BY = {
    "department": {"key": "p.department", **NO_NAME},
    "manager": {"key": "p.manager", "manager": "p.manager"},
    "level": {"key": "p.level", **NO_NAME},
}
FLOORS: Mapping[str, Sequence[str]] = {
    **{f"completion {by}": (COMPLETION.format(**given),) for by, given in BY.items()},
    **{f"goals {by}": (GOALS.format(**given),) for by, given in BY.items()},
    **{f"risks {by}": (RISKS.format(**given), RISKY.format(**given)) for by, given in BY.items()},
    **{f"coverage {by}": (GIVEN, WITHOUT.format(**given)) for by, given in BY.items()},
    **{f"returns {by}": (RETURNS.format(**BY[by]),) for by in ("department", "manager")},
    **{f"quiet {by}": (QUIET.format(**BY[by]),) for by in ("department", "manager")},
    **{f"ratings {by}": (RATINGS,) for by in BY},
    "strictness": (STRICTNESS,),
    "strengths": (REVIEWED, PUBLISHED),
    **{f"changes {by}": (CHANGES,) for by in ("department", "manager")},
    "appeals": APPEALS,
    "plans": PLANS,
    "trends": TRENDS,
}
"""By what the bench calls a report: its statements."""


def look(connection: Connection, statements: Sequence[str], cycles: Mapping[str, int]) -> int:
    """Run them all; how many groups there are."""
    return sum(len(connection.execute(text(one), cycles).all()) for one in statements)
