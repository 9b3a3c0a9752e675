"""HR opens a cycle's results: who is withheld, the second person, the opening itself and the tasks of looking."""
