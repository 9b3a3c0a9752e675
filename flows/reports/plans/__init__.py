"""Whether plans are agreed, and whether what was agreed to be done is done."""
