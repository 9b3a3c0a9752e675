"""The feedback interview: when it is held, what it is about, and what both sides say was agreed."""
