"""All year round: what people say to each other between the reviews."""
