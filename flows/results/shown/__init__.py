"""A released result as the employee, the manager and HR see it."""
