"""What all reports have in common: how one is typed and chosen, shown, and ordered as a file."""
