"""Ways to play a person: through Slack's double, and on the bare screens."""
