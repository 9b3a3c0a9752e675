"""Improvement plans: what has to get better by when, with whose help, and what came of it."""
