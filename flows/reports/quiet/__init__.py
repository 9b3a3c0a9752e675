"""Of whom nothing was heard for long."""
