"""A local messenger that is Slack to the bot: the Web API on loopback, and a page to live a week in."""
