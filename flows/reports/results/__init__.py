"""What the released results come to, in groups of which everybody is shown the same."""
