"""How goals hang together: company, departments and people, and how a number divides."""
