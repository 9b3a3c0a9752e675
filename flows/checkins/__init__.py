"""The weekly check-in: its questions, its flow, and the manager's digest."""
