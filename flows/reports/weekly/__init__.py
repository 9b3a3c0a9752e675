"""The weekly look at how far everybody is, in the digest."""
