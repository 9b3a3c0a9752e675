"""What is kept, by subject: each module implements one of the flows' record protocols."""
