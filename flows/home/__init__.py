"""The home tab: what I owe, where each cycle is, what is owed to me, and for HR how far everyone is."""
