"""Who stands to whom, and the one policy function."""
