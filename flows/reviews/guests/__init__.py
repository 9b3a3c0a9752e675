"""External reviewers: a link instead of an account, made by the manager or HR, and the one form behind it."""
