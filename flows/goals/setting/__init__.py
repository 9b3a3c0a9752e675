"""Writing goals: the sheet of a person's goals, the form of one, and putting them before the other side."""
