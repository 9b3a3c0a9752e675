"""Who may do what with goals, reviews, scores, results and what follows from them, by the stage of the cycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Stage = Literal["S", "G", "O", "C", "K", "R", "A", "F", "X"]
"""Where a person's cycle is: set-up, goals, open (reviews are written), closed, K for calibration, released,
appeals, final, X for expired: the retention is over and the contents are gone."""

Relation = Literal[
    "self", "manager", "line", "head", "hr", "hr_part", "hr_admin", "auditor", "operator", "peer", "report", "anyone",
    "author", "reviewer", "session", "delegate", "former_manager", "decider", "audience",
]  # fmt: skip
"""How an actor stands to a thing's owner: "line" is everybody above the manager, "hr" counts in its own scope.

"peer" has the same manager, "report" has the owner as theirs. "hr" looks after all of a thing's departments, "hr_part"
after at least one of them. From "author" on they are loaded with the thing (`Thing.standing`), and "head" too:
the author wrote it, a reviewer was asked and has not declined, "session" takes part in the calibration of the owner,
a delegate stands in for the manager, a former manager led the owner earlier in the cycle, a decider decides an appeal,
the audience gets a broadcast.
"""

STAGES: tuple[Stage, ...] = ("S", "G", "O", "C", "K", "R", "A", "F", "X")
ACTIONS = ("view", "create", "edit", "submit", "retract", "delete", "assign", "release", "export", "delegate")
COUNT = "count"
"""Besides the ten actions: to see how many, or how far, and not what or whose."""

NOT_LENT = frozenset(
    {
        ("*", "export"), ("*", "delegate"), ("private_note", "*"), ("private_manager", "*"),
        ("private_hr", "*"), ("calibration_note", "*"), ("peer_raw", "*"), ("improvement_plan", "create"),
        ("appeal", "*"), ("appeal_decision", "*"), ("reward", "*"), ("export", "*"),
    }
)  # fmt: skip
"""What a delegate may not do although the manager whom they stand in for may: kinds and actions, "*" is every one."""

TABLE: Mapping[str, Mapping[str, str]] = {
    "goal": {
        "view": "self manager line head: G+; former_manager: G+",
        "create": "self manager: G-C",
        "edit": "self manager: G-C",
        "submit": "self manager: G-C",
        "retract": "self manager: G-C",
        "delete": "self: G",
        "assign": "manager line: G-C",
        "export": "self manager line: G+",
        "delegate": "manager: G-C",
    },
    "checkin": {
        "view": "self manager line: *; former_manager: *",
        "count": "head hr: *",
        "create": "self: *",
        "edit": "self: *",
        "submit": "self: *",
        "export": "self: *",
    },
    "private_note": {
        "view": "author: *",
        "create": "manager: *",
        "edit": "author: *",
        "delete": "author: *",
    },
    "self_review": {
        "view": "self: O+; manager former_manager: O+; line hr: C+; head: K+",
        "count": "manager line hr: O+",
        "create": "self: O",
        "edit": "self: O",
        "submit": "self: O",
        "retract": "self: O",
        "export": "self: O+",
    },
    "manager_review_draft": {
        "view": "author: OC",
        "count": "hr line: OC",
        "create": "manager: OC",
        "edit": "author: OC",
        "submit": "author: OC",
        "retract": "author: OC",
        "delete": "author: OC",
        "delegate": "manager: GOC",
    },
    "manager_review": {
        "view": "author: O+; line: C+; manager head hr session: K+; self: R+",
        "count": "hr line: O+",
        "create": "manager: OC",
        "edit": "author: OC",
        "retract": "author: OC",
        "export": "self manager line hr: R+",
    },
    "project_review": {
        "view": "reviewer: O; author: O+; manager line: C+; head hr: K+; self: R+",
        "create": "reviewer: O",
        "edit": "author: O",
        "submit": "reviewer: O",
        "retract": "author: O",
        "assign": "manager hr: GO",
        "export": "self: R+",
    },
    "peer_review": {
        "view": "author: O+; manager line: C+; head hr: K+; self: R+",
        "create": "reviewer: O",
        "edit": "author: O",
        "submit": "reviewer: O",
        "retract": "author: O",
        "export": "self: R+",
    },
    "external_review": {
        "view": "manager line: C+; head hr: K+; self: R+",
        "count": "manager hr: G+",
        "assign": "manager hr: GO",
        "retract": "manager hr: GOC",
        "export": "self: R+",
    },
    "private_manager": {"view": "author: O+; manager line: C+; hr: K+"},
    "private_hr": {"view": "author: O+; hr: K+"},
    "score_proposed": {
        "view": "author manager: O+; line: C+; session hr: K+",
        "count": "hr line: O+",
        "create": "manager: OC",
        "edit": "manager: OC",
        "submit": "manager: OC",
        "retract": "manager: OC",
        "delegate": "manager: GOC",
    },
    "score_calibrated": {
        "view": "session: K+; hr_admin: K; manager line head hr: R+",
        "create": "session: K",
        "edit": "session: K",
        "submit": "session: K",
    },
    "score_final": {
        "view": "self manager line head hr: R+",
        "count": "hr: K+",
        "release": "hr_admin: K",
        "export": "self manager line head hr: R+",
    },
    "calibration_note": {
        "view": "session: K+",
        "create": "session: K",
    },
    "peer_nomination": {
        "view": "self manager: G+",
        "count": "hr: G+",
        "create": "self manager hr: GO",
        "edit": "self manager: GO",
        "submit": "self: GO",
        "retract": "self manager hr: GO",
        "assign": "manager: GO",
        "delegate": "manager: GO",
    },
    "peer_assignment": {
        "view": "reviewer: G+",
        "count": "self manager hr: G+",
        "retract": "reviewer: GO",
    },
    "named_assignment": {
        "view": "reviewer self manager line: G+",
        "count": "hr: G+",
        "retract": "reviewer: GO",
    },
    "peer_completion": {
        "view": "reviewer: O+",
        "count": "hr: O+",
    },
    "peer_raw": {
        "view": "author: OCK",
        "create": "reviewer: O",
        "edit": "author: OCK",
        "submit": "reviewer: O",
        "retract": "author: O",
    },
    "unnamed_comment": {"view": "hr: CK", "edit": "hr: CK"},
    "peer_aggregate": {
        "view": "manager line: C+; head hr: K+; self: R+",
        "export": "self hr: R+",
    },
    "interview": {
        "view": "manager: C+; self line hr: R+",
        "create": "manager: C+",
        "edit": "manager: C+",
        "submit": "self manager: R+",
        "export": "self: R+",
        "delegate": "manager: C+",
    },
    "improvement_plan": {
        "view": "self manager line hr former_manager: *",
        "count": "head: *",
        "create": "manager hr: *",
        "edit": "manager hr: *",
        "submit": "self manager: *",
        "export": "self hr: *",
        "delegate": "manager: *",
    },
    "appeal": {
        "view": "self hr decider: AF",
        "count": "manager: AF",
        "create": "self: A",
        "edit": "self: A",
        "submit": "self: A",
        "retract": "self: AF",
        "assign": "hr: AF",
        "export": "self: AF",
    },
    "appeal_decision": {
        "view": "self manager hr decider former_manager: AF",
        "create": "decider: AF",
        "edit": "decider: AF",
        "submit": "decider: AF",
        "export": "self hr: AF",
    },
    "appeal_apart": {
        "view": "self hr_admin decider: AF",
        "create": "decider: AF",
        "retract": "self: AF",
        "assign": "hr_admin: AF",
    },
    "reward": {
        "view": "self manager line hr: R+", "create": "manager hr: R+",
        "submit": "hr: R+", "release": "hr_admin: R+",
    },
    "broadcast": {
        "view": "audience self hr_admin: *",
        "create": "hr: *",
        "edit": "self: *",
        "submit": "self: *",
        "retract": "self hr_admin: *",
        "release": "self hr_admin: *",
    },
    "export": {
        "view": "self: *; manager line head hr: R+",
        "count": "auditor: *",
        "create": "self: *; manager line head hr: R+",
    },
    "audit": {
        "view": "self auditor: *X",
        "count": "operator: *X",
        "export": "auditor: *X",
    },
    "calibration": {
        "view": "session hr: *",
        "create": "hr: *",
        "edit": "hr: *",
        "submit": "hr: *",
    },
    "release": {"view": "hr_part: *", "create": "hr_admin: *", "retract": "hr: *"},
}  # fmt: skip
