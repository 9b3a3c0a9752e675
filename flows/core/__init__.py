"""The engine under every flow: words, pages, the replay, and the desk that keeps a conversation."""
