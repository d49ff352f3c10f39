"""All that we hold of one person or business, to take along (AVG 15 and 20)."""
