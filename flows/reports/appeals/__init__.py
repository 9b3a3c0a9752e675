"""How appeals went, and how long each stage took."""
