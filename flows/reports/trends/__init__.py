"""The main figures week by week, and where they go on to."""
