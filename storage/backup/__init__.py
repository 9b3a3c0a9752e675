"""A company's rows on the way: into a backup, out of it, and from one database into another."""
