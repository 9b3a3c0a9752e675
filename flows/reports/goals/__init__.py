"""What goals come to: how far they are, which will miss, what is covered, and what granted resources brought."""
