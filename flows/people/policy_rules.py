"""What is done every day, with who may: check-ins, goals, cycles and the forms, whatever stage a cycle is in."""

from __future__ import annotations

from collections.abc import Mapping

from flows.people.policy_table import Relation

EVERYDAY: Mapping[tuple[str, str], frozenset[Relation]] = {
    ("checkin", "write"): frozenset({"self"}),
    ("checkin", "read"): frozenset({"self", "manager", "line"}),
    ("checkin", "read_mood"): frozenset({"self", "manager"}),
    ("checkin", "respond"): frozenset({"manager"}),
    ("digest", "read"): frozenset({"self"}),
    ("team_channel", "set"): frozenset({"self"}),
    ("praise", "give"): frozenset({"self"}),
    ("praise", "read"): frozenset({"self"}),
    ("praise_rules", "set"): frozenset({"hr_admin"}),
    ("evidence", "note"): frozenset({"self", "manager", "line"}),
    ("evidence", "read"): frozenset({"self", "manager", "line"}),
    ("evidence_noted", "take_back"): frozenset({"self"}),
    ("feedback", "give"): frozenset({"self"}),
    ("feedback", "read"): frozenset({"self"}),
    ("feedback_shared", "read"): frozenset({"self", "manager"}),  # where its giver has chosen it
    ("feedback_request", "answer"): frozenset({"self"}),
    ("suggestion", "write"): frozenset({"self"}),
    ("suggestions", "answer"): frozenset({"hr_admin"}),
    ("my_data", "read"): frozenset({"self"}),
    ("my_data", "ask"): frozenset({"self"}),
    ("data_requests", "read"): frozenset({"hr"}),
    ("data_request", "answer"): frozenset({"hr"}),
    ("retention", "set"): frozenset({"hr_admin"}),
    ("meeting_list", "read"): frozenset({"self"}),
    ("meeting", "hold"): frozenset(),  # of a 1:1 or a team's, its thing says, and that kind's row by whom
    ("meeting", "steer"): frozenset(),
    ("one_on_one", "hold"): frozenset({"self", "manager"}),
    ("one_on_one", "steer"): frozenset({"self", "manager"}),
    ("team_meeting", "hold"): frozenset({"self", "report"}),
    ("team_meeting", "steer"): frozenset({"self"}),
    ("calendar", "keep"): frozenset({"self"}),
    ("task", "answer"): frozenset({"self"}),
    ("waiver", "read"): frozenset({"hr"}),
    ("waiver", "object"): frozenset({"hr"}),
    ("operator", "read"): frozenset({"operator"}),
    ("operator", "release"): frozenset({"operator"}),
    ("absence", "set"): frozenset({"self"}),
    ("conversation", "hold"): frozenset({"self"}),
    ("completion", "read"): frozenset({"hr"}),
    ("programme", "steer"): frozenset({"hr_admin"}),
    ("cycles", "read"): frozenset({"hr"}),
    ("cycle", "read"): frozenset({"hr_part"}),
    ("cycle", "steer"): frozenset({"hr"}),
    ("cycle_people", "change"): frozenset({"hr_part"}),
    ("rehearsal", "read"): frozenset({"hr"}),
    ("joiners", "decide"): frozenset({"hr"}),
    ("joiner", "decide"): frozenset({"hr"}),
    ("unled", "name"): frozenset({"hr"}),
    ("delegation", "set"): frozenset({"self"}),
    ("broadcast", "write"): frozenset({"hr"}),
    ("broadcast", "steer"): frozenset({"self", "hr_admin"}),
    ("door", "read"): frozenset({"anyone"}),
    ("goals", "write"): frozenset({"self"}),
    ("goals", "read"): frozenset({"self", "manager", "line"}),
    ("goals", "answer"): frozenset({"self", "manager"}),  # whose turn it is, the negotiation says
    ("goal_draft", "read"): frozenset({"self"}),
    ("goal_public", "read"): frozenset({"anyone"}),
    ("goal_team", "read"): frozenset({"self", "manager", "line", "peer", "report"}),
    ("goal_private", "read"): frozenset({"self", "manager", "line"}),
    ("goal", "write"): frozenset({"self"}),  # its terms, before and after it is agreed
    ("goal", "change"): frozenset({"self", "manager"}),
    ("goal", "answer"): frozenset({"self", "manager"}),  # whose turn it is, the negotiation says
    ("goal", "record"): frozenset({"self", "manager"}),
    ("goal", "split"): frozenset({"self", "hr_admin"}),
    ("goal_step", "write"): frozenset({"self"}),
    ("goal_step", "decide"): frozenset({"manager"}),
    ("goal_tree", "read"): frozenset({"anyone"}),  # each goal in it is asked about by itself
    ("team_goals", "read"): frozenset({"self"}),
    ("team_goals", "set"): frozenset({"self"}),
    ("company_goals", "set"): frozenset({"hr"}),
    ("goals_import", "do"): frozenset({"hr"}),
    ("goals_agreed", "read"): frozenset({"hr"}),
    ("api_tokens", "steer"): frozenset({"hr"}),
    ("review", "write"): frozenset({"self"}),  # whoever has to do it now, and nobody for them
    ("diary", "read"): frozenset(
        {"self", "manager", "line", "author"}
    ),  # whoever writes the manager's review, too
    ("review", "view"): frozenset(),  # of which kind it is, its thing says, and that kind's row who reads it
    ("score", "view"): frozenset(),  # what of it may be read, its thing says, and that kind's row by whom
    ("review_list", "read"): frozenset({"self"}),
    ("appeal_figures", "read"): frozenset({"hr"}),
    ("rule_book", "read"): frozenset({"self", "hr_part"}),  # one's own where one takes part
    ("reward_budget", "read"): frozenset({"hr_part"}),
    ("reward_budget", "set"): frozenset({"hr"}),
    ("payroll", "run"): frozenset({"hr_admin"}),
    ("improvement_list", "read"): frozenset({"self"}),
    ("improvement_list", "edit"): frozenset(
        {"self"}
    ),  # a new one; about whom, ("improvement_plan", "create") says
    ("improvement_draft", "view"): frozenset({"manager", "hr"}),
    ("improvement_draft", "edit"): frozenset({"manager", "hr"}),
    ("improvement_asking", "answer"): frozenset({"hr"}),
    ("development_plan", "read"): frozenset({"self", "manager", "line"}),
    ("development_plan", "write"): frozenset({"self", "manager"}),
    ("development_plan", "answer"): frozenset({"self", "manager"}),  # whose turn it is, the negotiation says
    ("development_plans", "read"): frozenset({"self"}),
    ("action", "close"): frozenset({"self", "manager"}),
    ("actions", "read"): frozenset({"self", "manager", "line"}),
    ("trainings", "read"): frozenset({"anyone"}),
    ("training_catalogue", "steer"): frozenset({"hr"}),
    ("training_place", "ask"): frozenset({"self"}),
    ("training_place", "decide"): frozenset({"manager", "hr"}),
    ("training_place", "record"): frozenset({"manager", "hr"}),
    ("todo", "tick"): frozenset({"self"}),
    ("cycle_team", "read"): frozenset({"self"}),
    ("reports", "read"): frozenset({"self"}),  # the list, of whoever is HR or leads people
    ("report", "read"): frozenset(),  # whose figures it shows, its thing says, and that kind's row by whom
    ("report", "read_hr"): frozenset(),  # the same of the reports that are for HR alone
    ("report_company", "read"): frozenset({"hr_admin"}),
    ("report_company", "read_hr"): frozenset({"hr_admin"}),
    ("report_department", "read"): frozenset({"hr"}),
    ("report_department", "read_hr"): frozenset({"hr"}),
    ("report_line", "read"): frozenset({"self", "manager", "line", "hr"}),
    ("report_line", "read_hr"): frozenset({"hr"}),
    ("goal_risk", "read"): frozenset(
        {"self", "manager", "line", "hr"}
    ),  # by name in a list of goals that go badly
    ("quiet_person", "read"): frozenset(
        {"manager", "line", "hr"}
    ),  # in a list of whom nothing was heard for long
}

NARROWER: Mapping[str, frozenset[str]] = {
    "goal_public": frozenset({"goal_team", "goal_private", "goal_draft"}),
    "meeting": frozenset({"one_on_one", "team_meeting"}),
    "improvement_plan": frozenset({"improvement_draft", "improvement_list"}),
    "review": frozenset({"self_review", "manager_review", "project_review", "peer_review"}),
    "appeal": frozenset({"appeal_apart"}),
    "appeal_decision": frozenset({"appeal_apart"}),
    "score": frozenset({"score_proposed", "score_calibrated", "score_final"}),
    "report": frozenset({"report_company", "report_department", "report_line"}),
}
"""Kinds whose things may turn out to be of another kind with fewer readers, whose own rules then decide."""

ADMINISTERED = frozenset({"goal", "joiner", "unled", "broadcast", "goals_import"})
"""What HR keeps in order for everybody, themselves and the managers above them included: it judges nobody."""
