"""Regular talks: the 1:1 of a manager and each of their people, and the team's monthly meeting."""
