"""Reviews: what the cycle's own questionnaires ask about oneself or about a report, and who reads it."""
