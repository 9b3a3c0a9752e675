"""What is said about a task, when, and what its person can do about it."""
