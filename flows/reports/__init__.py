"""Reports: what is going on and what to do about it, for HR, managers and heads, as pure functions over rows."""
