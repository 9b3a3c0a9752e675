"""Metrics that other systems send: what a line of them may say, which token may send it, and the tokens in the chat."""
