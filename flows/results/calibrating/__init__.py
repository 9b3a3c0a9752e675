"""HR and managers calibrate ratings in sessions: who sees whom, the figures, changes with a reason, and the lock."""
