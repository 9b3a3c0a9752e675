"""Goals of a cycle: each person writes their own, and their manager reads them."""
