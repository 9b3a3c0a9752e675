"""The benches: what the bot costs on this machine, beside a floor measured in the same run."""
