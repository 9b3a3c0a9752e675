"""The only network, environment and clock: perfloop as a running program."""

__version__ = "0.1.0"
