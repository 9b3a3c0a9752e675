"""How far people are in a cycle: by phase and by group, against the plan, and where it will end at this pace."""
