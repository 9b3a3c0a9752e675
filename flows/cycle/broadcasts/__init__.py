"""One text to many, and the kick-off of a cycle."""
