"""HR looks at comments without authors before they are shown: it can ask for other words, or withhold one."""
