"""How goals move: values by hand, corrections, a goal's card down to its sources, and action steps."""
