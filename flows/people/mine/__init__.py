"""My data: all that is kept about somebody, who looked at it, what is wrong with it, and how long it is kept."""
