"""What is worth a word about a goal: when it is so, and who is told."""
