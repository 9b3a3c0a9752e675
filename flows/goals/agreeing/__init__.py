"""Both sides agree: the negotiation, who has to answer, the history, and setting goals for a team."""
