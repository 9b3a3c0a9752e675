"""Where a goal stands: value, attainment, weights, what was to be expected and where it is heading."""
