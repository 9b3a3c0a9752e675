"""People who come, go and change while a cycle runs, and who does what for whom."""
