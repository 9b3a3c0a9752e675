"""What the specification of permissions says, object by object and in its own words; the table is compared with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

ORDER = "SGOCKRAF"  # X, when the contents are gone, comes after all of these

RELATIONS = (
    "SELF", "PEER", "UPWARD", "MGR", "EXMGR", "SKIP", "DEPT", "HRBP", "HRADMIN", "AUDITOR", "OPERATOR", "DELEGATE",
    "COLLEAGUE", "LEFT", "BOT",
)  # fmt: skip
OBJECTS = (
    "goal", "checkin", "private_note", "self_review", "manager_review_draft", "manager_review", "score_proposed",
    "score_calibrated", "score_final", "calibration_note", "peer_nomination", "peer_assignment", "peer_completion",
    "peer_raw", "peer_aggregate", "interview", "improvement_plan", "appeal", "appeal_decision", "broadcast", "export",
    "audit",
)  # fmt: skip
OWN_OBJECTS = (
    "project_review", "peer_review", "external_review", "private_manager", "private_hr", "named_assignment", "appeal_apart",
    "calibration", "release", "unnamed_comment", "reward",
)  # fmt: skip
ACTIONS = ("view", "create", "edit", "submit", "retract", "delete", "assign", "release", "export", "delegate")
STATUSES = ("active", "leave", "left")


@dataclass(frozen=True)
class Case:
    """Somebody who stands in `who` to the owner asks to do something.

    `delegated`: they stand in for the owner's manager. `besides` are what they are as well: "author", "session",
    "decider", "audience"; "above" puts the owner into their own line of managers, "wide" lets the thing reach a
    second department. `stage` is None for what belongs to no cycle.
    """

    object: str
    action: str
    who: str
    stage: str | None
    status: str = "active"
    delegated: bool = False
    subject_on_leave: bool = False
    besides: frozenset[str] = frozenset()

    def since(self, letter: str) -> bool:
        return self.stage is not None and self.stage in ORDER[ORDER.index(letter) :]

    def at(self, letters: str) -> bool:
        return self.stage is not None and self.stage in letters

    @property
    def kept(self) -> bool:
        """W14: at X the contents are gone."""
        return self.stage != "X"

    @property
    def mine(self) -> bool:
        return self.who == "SELF"

    @property
    def above_me(self) -> bool:
        """The owner is my own manager, or further up my line."""
        return self.who == "UPWARD" or ("above" in self.besides and not self.mine)

    @property
    def mgr(self) -> bool:
        return self.who == "MGR"

    @property
    def exmgr(self) -> bool:
        return self.who == "EXMGR" and not self.above_me

    @property
    def skip(self) -> bool:
        return self.who == "SKIP"

    @property
    def line(self) -> bool:
        """The managers above, the direct one with them."""
        return self.who in ("MGR", "SKIP")

    @property
    def dept(self) -> bool:
        return self.who == "DEPT"

    @property
    def hradmin(self) -> bool:
        return self.who == "HRADMIN" and not self.above_me  # W9

    @property
    def hr(self) -> bool:
        """HR with everything that the thing reaches in their scope."""
        return self.hradmin or (self.who == "HRBP" and not self.above_me and "wide" not in self.besides)

    @property
    def some_hr(self) -> bool:
        return self.hradmin or (self.who == "HRBP" and not self.above_me)

    @property
    def asked(self) -> bool:
        """They were asked to review the owner, and have not declined."""
        return self.who in ("PEER", "UPWARD")

    @property
    def wrote(self) -> bool:
        return "author" in self.besides and not self.mine  # W1

    @property
    def session(self) -> bool:
        return "session" in self.besides and not (self.mine or self.above_me)

    @property
    def audience(self) -> bool:
        return "audience" in self.besides

    @property
    def decides(self) -> bool:
        """W2: who scored, the subject, and whoever stands in for one of them decide nothing."""
        stands_in = (self.delegated or self.who == "DELEGATE") and not self.above_me
        free = not (self.mine or self.mgr or self.wrote or self.above_me or stands_in)
        return "decider" in self.besides and free


def says(case: Case) -> bool:
    """Whether the specification lets this happen."""
    if case.status == "left" or case.who in (
        "LEFT",
        "BOT",
    ):  # W8; the bot has its sweeps and asks for nothing
        return False
    if BY_OBJECT[case.object](case):
        return True
    stands_in = case.delegated or case.who == "DELEGATE"
    if not stands_in or case.status == "leave" or case.mine or case.above_me:  # W6, W7
        return False
    if case.object in NEVER_LENT or case.action in ("export", "delegate"):
        return False
    if (case.object, case.action) == ("improvement_plan", "create"):
        return False
    as_manager = replace(case, who="MGR", delegated=False, besides=frozenset())
    return BY_OBJECT[case.object](as_manager)


NEVER_LENT = {"reward", "peer_raw", "private_note", "calibration_note", "appeal", "appeal_decision", "export",
              "private_manager", "private_hr"}  # fmt: skip


def goal(c: Case) -> bool:
    """Goals are the owner's and the line's; who else reads one, its visibility says (those kinds are not staged)."""
    match c.action:
        case "view":
            return (c.mine or c.line or c.dept or c.exmgr) and c.since("G")
        case "create" | "edit" | "submit" | "retract":
            return (c.mine or c.mgr) and c.at("GOC")
        case "delete":
            return c.mine and c.stage == "G"
        case "assign":
            return c.line and c.at("GOC")
        case "export":
            return (c.mine or c.line) and c.since("G")
        case "delegate":
            return c.mgr and c.at("GOC")
    return False


def checkin(c: Case) -> bool:
    """Check-ins have no cycle. HR and heads of departments see who has sent one, and nothing of it."""
    match c.action:
        case "view":
            return (c.mine or c.line or c.exmgr) and c.kept
        case "count":
            return (c.dept or c.hr) and c.kept
        case "create" | "edit" | "submit" | "export":
            return c.mine and c.kept
    return False


def private_note(c: Case) -> bool:
    """A manager's note for themselves is seen by whoever wrote it."""
    if c.action == "create":
        return c.mgr and c.kept
    return c.action in ("view", "edit", "delete") and c.wrote and c.kept


def self_review(c: Case) -> bool:
    match c.action:
        case "view":
            early, later = c.mine or c.mgr or c.exmgr, c.skip or c.hr
            return (early and c.since("O")) or (later and c.since("C")) or (c.dept and c.since("K"))
        case "count":
            return (c.line or c.hr) and c.since("O")
        case "create" | "edit" | "submit" | "retract":
            return c.mine and c.stage == "O"
        case "export":
            return c.mine and c.since("O")
    return False


def manager_review_draft(c: Case) -> bool:
    """W5: the manager at that instant writes, while reviews are open or just closed; others see that there is one."""
    writing = c.at("OC")
    match c.action:
        case "view" | "edit" | "submit" | "retract" | "delete":
            return c.wrote and writing
        case "count":
            return (c.skip or c.hr) and writing
        case "create":
            return c.mgr and writing
        case "delegate":
            return c.mgr and (writing or c.stage == "G")
    return False


def manager_review(c: Case) -> bool:
    """Whoever calibrates a rating reads on what it rests."""
    match c.action:
        case "view":
            return (
                (c.wrote and c.since("O"))
                or (c.skip and c.since("C"))
                or ((c.mgr or c.dept or c.hr or c.session) and c.since("K"))
                or (c.mine and c.since("R"))
            )
        case "count":
            return (c.skip or c.hr) and c.since("O")
        case "create":
            return c.mgr and c.at("OC")
        case "edit" | "retract":
            return c.wrote and c.at("OC")
        case "export":
            return (c.mine or c.line or c.hr) and c.since("R")
    return False


def score_proposed(c: Case) -> bool:
    """Computed, or set by the manager: it changes until the calibration begins, and its person never sees it."""
    match c.action:
        case "view":
            if c.wrote or c.mgr:
                return c.since("O")
            return (c.skip and c.since("C")) or ((c.session or c.hr) and c.since("K"))
        case "count":
            return (c.skip or c.hr) and c.since("O")
        case "create" | "edit" | "submit" | "retract":
            return c.mgr and c.at("OC")
        case "delegate":
            return c.mgr and c.at("GOC")
    return False


def score_calibrated(c: Case) -> bool:
    match c.action:
        case "view":
            at_the_table = (c.session or c.hradmin) and c.since("K")
            return at_the_table or ((c.line or c.dept or c.hr) and c.since("R"))
        case "create" | "edit" | "submit":
            return c.session and c.stage == "K"
    return False


def score_final(c: Case) -> bool:
    """W3, W4: HR admin releases it, and from then on nothing but a decision on an appeal adds to it."""
    match c.action:
        case "view" | "export":
            return (c.mine or c.line or c.dept or c.hr) and c.since("R")
        case "count":
            return c.hr and c.since("K")
        case "release":
            return c.hradmin and c.stage == "K"
    return False


def calibration_note(c: Case) -> bool:
    return c.session and (c.since("K") if c.action == "view" else c.action == "create" and c.stage == "K")


def peer_nomination(c: Case) -> bool:
    """The employee, the manager or HR name reviewers; the manager approves. HR sees how many there are."""
    naming = c.at("GO")
    match c.action:
        case "view":
            return (c.mine or c.mgr) and c.since("G")
        case "count":
            return c.hr and c.since("G")
        case "create" | "retract":
            return (c.mine or c.mgr or c.hr) and naming
        case "edit":
            return (c.mine or c.mgr) and naming
        case "submit":
            return c.mine and naming
        case "assign" | "delegate":
            return c.mgr and naming
    return False


def peer_assignment(c: Case) -> bool:
    """Who was asked, anonymously: each knows of themselves, and may decline. Others see how many."""
    match c.action:
        case "view":
            return c.asked and c.since("G")
        case "count":
            return (c.mine or c.mgr or c.hr) and c.since("G")
        case "retract":
            return c.asked and c.at("GO")
    return False


def named_assignment(c: Case) -> bool:
    """Who was asked by name: the owner and the managers above know who it is."""
    if c.action == "view":
        return (c.asked or c.mine or c.line) and c.since("G")
    return (c.action == "retract" and c.asked and c.at("GO")) or (
        c.action == "count" and c.hr and c.since("G")
    )


def peer_completion(c: Case) -> bool:
    """That somebody still owes a review: HR hears of it, not the managers; about whom, only they know."""
    if c.action == "view":
        return c.asked and c.since("O")
    return c.action == "count" and c.hr and c.since("O")


def peer_raw(c: Case) -> bool:
    """What one author wrote, before the seal: theirs alone. Later than O only what HR asks to be put otherwise."""
    match c.action:
        case "view" | "edit":
            return c.wrote and c.at("OCK")
        case "create" | "submit":
            return c.asked and c.stage == "O"
        case "retract":
            return c.wrote and c.stage == "O"
    return False


def unnamed_comment(c: Case) -> bool:
    """A comment whose author nobody learns: HR may have it reworded or withhold it, between the closing and the release."""
    return c.action in ("view", "edit") and c.hr and c.at("CK")


def peer_aggregate(c: Case) -> bool:
    match c.action:
        case "view":
            later = (c.dept or c.hr) and c.since("K")
            return (c.line and c.since("C")) or later or (c.mine and c.since("R"))
        case "export":
            return (c.mine or c.hr) and c.since("R")
    return False


def interview(c: Case) -> bool:
    match c.action:
        case "view":
            return (c.mgr and c.since("C")) or ((c.mine or c.skip or c.hr) and c.since("R"))
        case "create" | "edit" | "delegate":
            return c.mgr and c.since("C")
        case "submit":
            return (c.mine or c.mgr) and c.since("R")
        case "export":
            return c.mine and c.since("R")
    return False


def improvement_plan(c: Case) -> bool:
    if not c.kept:
        return False
    match c.action:
        case "view":
            return c.mine or c.line or c.hr or c.exmgr
        case "count":
            return c.dept
        case "create" | "edit":
            return c.mgr or c.hr
        case "submit":
            return c.mine or c.mgr
        case "export":
            return c.mine or c.hr
        case "delegate":
            return c.mgr
    return False


def appeal(c: Case) -> bool:
    """The employee's own; the manager learns that there is one."""
    running = c.at("AF")
    match c.action:
        case "view":
            return (c.mine or c.hr or c.decides) and running
        case "count":
            return c.mgr and running
        case "create" | "edit" | "submit":
            return c.mine and c.stage == "A"
        case "retract" | "export":
            return c.mine and running
        case "assign":
            return c.hr and running
    return False


def appeal_decision(c: Case) -> bool:
    running = c.at("AF")
    match c.action:
        case "view":
            return (c.mine or c.mgr or c.exmgr or c.hr or c.decides) and running
        case "create" | "edit" | "submit":
            return c.decides and running
        case "export":
            return (c.mine or c.hr) and running
    return False


def reward(c: Case) -> bool:
    """What follows from a result: proposed by the manager or HR, approved by HR, above the limit by an admin too."""
    match c.action:
        case "view":
            return (c.mine or c.line or c.hr) and c.since("R")
        case "create":
            return (c.mgr or c.hr) and c.since("R")
        case "submit":
            return c.hr and c.since("R")
        case "release":
            return c.hradmin and c.since("R")
    return False


def appeal_apart(c: Case) -> bool:
    """An appeal in which a retaliation is feared, and the decision on it: no manager learns of it."""
    if not c.at("AF"):
        return False
    match c.action:
        case "view":
            return c.mine or c.hradmin or c.decides
        case "create":
            return c.decides
        case "retract":
            return c.mine
        case "assign":
            return c.hradmin
    return False


def broadcast(c: Case) -> bool:
    """Its owner is its author. It judges nobody, so that HR is HR here whoever wrote it."""
    if not c.kept:
        return False
    admin, some_hr = c.who == "HRADMIN", c.who == "HRBP" and "wide" not in c.besides
    match c.action:
        case "view":
            return c.audience or c.mine or admin
        case "create":
            return admin or some_hr
        case "edit" | "submit":
            return c.mine
        case "retract" | "release":
            return c.mine or admin
    return False


def export(c: Case) -> bool:
    """One's own at any time, a team's or department's released results; auditors see that there was one."""
    if c.action in ("view", "create"):
        return (c.mine and c.kept) or ((c.line or c.dept or c.hr) and c.since("R"))
    return c.action == "count" and c.who == "AUDITOR" and c.kept


def audit(c: Case) -> bool:
    """It stays when the contents are gone."""
    match c.action:
        case "view":
            return c.mine or c.who == "AUDITOR"
        case "export":
            return c.who == "AUDITOR"
        case "count":
            return c.who == "OPERATOR"
    return False


def project_review(c: Case) -> bool:
    """By a project or dotted-line lead, always with their name."""
    if c.action == "assign":
        return (c.mgr or c.hr) and c.at("GO")
    return (c.action == "view" and c.asked and c.stage == "O") or peer_review(c)


def peer_review(c: Case) -> bool:
    """By a colleague, where the template says that reviews are attributed."""
    match c.action:
        case "view":
            return (
                (c.wrote and c.since("O"))
                or (c.line and c.since("C"))
                or ((c.dept or c.hr) and c.since("K"))
                or (c.mine and c.since("R"))
            )
        case "create" | "submit":
            return c.asked and c.stage == "O"
        case "edit" | "retract":
            return c.wrote and c.stage == "O"
        case "export":
            return c.mine and c.since("R")
    return False


def external_review(c: Case) -> bool:
    """By somebody outside, who has a link from the manager or HR."""
    match c.action:
        case "view":
            return peer_aggregate(c)
        case "count":
            return (c.mgr or c.hr) and c.since("G")
        case "assign":
            return (c.mgr or c.hr) and c.at("GO")
        case "retract":
            return (c.mgr or c.hr) and c.at("GOC")
        case "export":
            return c.mine and c.since("R")
    return False


def private_manager(c: Case) -> bool:
    if c.action != "view":
        return False
    return (c.wrote and c.since("O")) or (c.line and c.since("C")) or (c.hr and c.since("K"))


def private_hr(c: Case) -> bool:
    return c.action == "view" and ((c.wrote and c.since("O")) or (c.hr and c.since("K")))


def calibration(c: Case) -> bool:
    """The session itself: who takes part looks, HR sets it up and locks it."""
    if c.action == "view":
        return (c.session or c.hr) and c.kept
    return c.action in ("create", "edit", "submit") and c.hr and c.kept


def release(c: Case) -> bool:
    """The opening of a cycle's results."""
    if not c.kept:
        return False
    return {"view": c.some_hr, "create": c.hradmin, "retract": c.hr}.get(c.action, False)


BY_OBJECT: dict[str, Callable[[Case], bool]] = {name: globals()[name] for name in (*OBJECTS, *OWN_OBJECTS)}
