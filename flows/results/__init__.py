"""Results: how they are computed, calibrated and opened, version by version, each explained down to its source."""
