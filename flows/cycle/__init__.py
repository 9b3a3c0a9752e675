"""Time as the loop sees it: working days, local moments and rounds."""
