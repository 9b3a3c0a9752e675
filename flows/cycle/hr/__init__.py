"""HR's side of a cycle: from its draft to the archive."""
