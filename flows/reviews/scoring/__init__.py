"""How a manager scores: hints before sending, the final rating, one line of a command, and one question side by side."""
