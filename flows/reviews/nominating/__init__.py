"""Reviewers are named for somebody, approved by the manager, and replaced where they can't."""
