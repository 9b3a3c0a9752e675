"""Slack as one messenger: verify, read, draw, and the calls the bot makes."""
